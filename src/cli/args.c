#include "cli/args.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NEAR_ENOUGH = 3 };

static const struct {
  const char *name;
  char letter;
  const char *argument;
} options[] = {
#define X(id, name, letter, argument, help) {name, letter, argument},
#include "cli/options.def"
#undef X
};

#define BIT(option) (UINT64_C(1) << (option))
#define BEFORE_COMMAND                                                                             \
  (BIT(XS_OPTION_SITE) | BIT(XS_OPTION_DATA_DIR) | BIT(XS_OPTION_FORMAT) | BIT(XS_OPTION_HELP) |   \
   BIT(XS_OPTION_VERSION))

void xs_usage_error(const xs_command *command, const char *format, ...)
{
  const char *space = command ? " " : "";
  const char *name = command ? command->name : "";
  fprintf(stderr, "xieshang%s%s: ", space, name);
  va_list rest;
  va_start(rest, format);
  vfprintf(stderr, format, rest);
  va_end(rest);
  fputc('\n', stderr);
  fprintf(stderr, _("“xieshang%s%s --help” shows how it is used.\n"), space, name);
}

/* ---- options ---- */

static uint64_t allowed(const xs_args *args)
{
  return args->command ? args->command->options : BEFORE_COMMAND;
}

/* The option of this name among all options, whether the command has it or not. */
static size_t find_long(xs_text name)
{
  size_t i = 0;
  while (i < XS_OPTION_COUNT && !xs_text_is(name, options[i].name)) i++;
  return i;
}

static size_t find_letter(char letter)
{
  size_t i = 0;
  while (i < XS_OPTION_COUNT && options[i].letter != letter) i++;
  return i;
}

static void complain_unknown(const xs_args *args, xs_text name)
{
  size_t best = XS_OPTION_COUNT;
  unsigned best_distance = NEAR_ENOUGH + 1;
  for (size_t i = 0; i < XS_OPTION_COUNT; i++) {
    if (!(allowed(args) & BIT(i))) continue;
    unsigned distance = xs_text_distance(name, xs_text_of(options[i].name), NEAR_ENOUGH);
    if (distance >= best_distance) continue;
    best = i;
    best_distance = distance;
  }
  if (best < XS_OPTION_COUNT)
    xs_usage_error(args->command, _("unknown option “--%.*s”; the nearest is “--%s”"),
                   XS_TEXT(name), options[best].name);
  else
    xs_usage_error(args->command, _("unknown option “--%.*s”"), XS_TEXT(name));
}

static bool may_be_repeated(size_t i)
{
  const char *argument = options[i].argument;
  return argument && xs_text_ends(xs_text_of(argument), "…");
}

static bool keep_value(xs_args *args, size_t i, const char *value)
{
  if (!args->values[i]) args->values[i] = value;
  if (!may_be_repeated(i)) return true;
  if (args->repeated_count == XS_MAX_REPEATED) {
    xs_usage_error(args->command, _("“--%s” is given too many times"), options[i].name);
    return false;
  }
  args->repeated[args->repeated_count].option = (xs_option)i;
  args->repeated[args->repeated_count++].value = value;
  return true;
}

/* Stores one option. `attached` is what stood in the same word, NULL for nothing; *next is the
 * word behind, taken when it is needed. */
static bool store(xs_args *args, size_t i, const char *attached, char **next, int *used)
{
  *used = 0;
  if (!(allowed(args) & BIT(i))) {
    xs_usage_error(args->command, _("“--%s” does not belong here"), options[i].name);
    return false;
  }
  if (args->values[i] && !may_be_repeated(i)) {
    xs_usage_error(args->command, _("“--%s” is given twice"), options[i].name);
    return false;
  }
  if (!options[i].argument) {
    if (attached) {
      xs_usage_error(args->command, _("“--%s” takes no value"), options[i].name);
      return false;
    }
    args->values[i] = "";
    return true;
  }
  if (!attached) {
    attached = *next;
    *used = 1;
  }
  if (!attached) {
    xs_usage_error(args->command, _("“--%s” needs a value"), options[i].name);
    return false;
  }
  return keep_value(args, i, attached);
}

static bool read_long(xs_args *args, char **word, int *used)
{
  const char *name = *word + 2;
  const char *equals = strchr(name, '=');
  xs_text text = {name, equals ? (size_t)(equals - name) : strlen(name)};
  size_t i = find_long(text);
  if (i == XS_OPTION_COUNT) {
    complain_unknown(args, text);
    return false;
  }
  return store(args, i, equals ? equals + 1 : NULL, word + 1, used);
}

static bool read_letter(xs_args *args, char **word, int *used)
{
  const char *letter = *word + 1;
  size_t i = find_letter(*letter);
  if (i == XS_OPTION_COUNT) {
    xs_usage_error(args->command, _("unknown option “%s”"), *word);
    return false;
  }
  return store(args, i, letter[1] ? letter + 1 : NULL, word + 1, used);
}

/* ---- operands ---- */

static bool complain_command(const char *name)
{
  const char *best = NULL;
  unsigned best_distance = NEAR_ENOUGH;
  const xs_command *c;
  for (size_t i = 0; (c = xs_command_at(i)); i++) {
    unsigned distance = xs_text_distance(xs_text_of(name), xs_text_of(c->name), NEAR_ENOUGH);
    if (distance >= best_distance) continue;
    best = c->name;
    best_distance = distance;
  }
  if (best)
    xs_usage_error(NULL, _("unknown command “%s”; the nearest is “%s”"), name, best);
  else
    xs_usage_error(NULL, _("unknown command “%s”"), name);
  return false;
}

/* The first word may be a command or a group, whose command is then the next word. */
static bool read_command(xs_args *args, const char *word)
{
  char name[64];
  const char *group = args->group;
  int len = snprintf(name, sizeof name, "%s%s%s", group ? group : "", group ? " " : "", word);
  args->command = len < (int)sizeof name ? xs_command_find(name) : NULL;
  if (args->command) return true;
  if (group || !xs_command_is_group(word)) return complain_command(name);
  args->group = word;
  return true;
}

static bool check_operands(const xs_args *args)
{
  const xs_command *c = args->command;
  if (!c || xs_args_given(args, XS_OPTION_HELP)) return true;
  if (args->operand_count < c->operand_min) {
    xs_usage_error(c, _("something is missing: xieshang %s %s"), c->name, c->synopsis);
    return false;
  }
  if (args->operand_count > c->operand_max) {
    xs_usage_error(c, _("“%s” does not belong here"), args->operands[c->operand_max]);
    return false;
  }
  return true;
}

bool xs_args_parse(int argc, char **argv, xs_args *out)
{
  *out = (xs_args){.operands = argv};
  bool options_end = false;
  for (int i = 1; i < argc; i++) {
    char *word = argv[i];
    int used = 0;
    if (!options_end && strcmp(word, "--") == 0) {
      options_end = true;
    } else if (!options_end && word[0] == '-' && word[1] == '-') {
      if (!read_long(out, &argv[i], &used)) return false;
    } else if (!options_end && word[0] == '-' && word[1]) {
      if (!read_letter(out, &argv[i], &used)) return false;
    } else if (!out->command) {
      if (!read_command(out, word)) return false;
    } else {
      out->operands[out->operand_count++] = word;
    }
    i += used;
  }
  return check_operands(out);
}

/* ---- values ---- */

bool xs_args_given(const xs_args *args, xs_option option)
{
  return args->values[option] != NULL;
}

const char *xs_args_value(const xs_args *args, xs_option option)
{
  return args->values[option];
}

bool xs_args_need(const xs_args *args, xs_option option)
{
  if (args->values[option]) return true;
  xs_usage_error(args->command, _("“--%s” is missing"), options[option].name);
  return false;
}

bool xs_args_choice(const xs_args *args, xs_option option, const char *const *words, size_t count,
                    size_t *out)
{
  const char *value = args->values[option];
  if (!value) return true;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(words[i], value) != 0) continue;
    *out = i;
    return true;
  }
  xs_usage_error(args->command, _("“--%s” cannot be “%s”"), options[option].name, value);
  return false;
}

const char *xs_args_nth(const xs_args *args, xs_option option, size_t i)
{
  for (size_t at = 0; at < args->repeated_count; at++)
    if (args->repeated[at].option == option && i-- == 0) return args->repeated[at].value;
  return NULL;
}

bool xs_args_date(const xs_args *args, uint32_t *out)
{
  return xs_args_day(args, XS_OPTION_DATE, out);
}

bool xs_args_day(const xs_args *args, xs_option option, uint32_t *out)
{
  const char *value = args->values[option];
  if (!value) return true;
  xs_date date;
  if (!xs_date_parse(xs_text_of(value), &date)) {
    xs_usage_error(args->command, _("“%s” is not a date of the form YYYY-MM-DD"), value);
    return false;
  }
  *out = xs_date_number(date);
  return true;
}

static bool read_item(const xs_args *args, size_t *out)
{
  const char *value = args->values[XS_OPTION_ITEM];
  uint64_t number = 0;
  if (!value) return true;
  if (!xs_text_uint(xs_text_of(value), &number) || number == 0 || number > UINT32_MAX) {
    xs_usage_error(args->command, _("“--item” takes a number from 1, not “%s”"), value);
    return false;
  }
  *out = (size_t)number;
  return true;
}

bool xs_args_render_options(const xs_args *args, xs_render_options *out)
{
  static const char *const copies[] = {"filing", "public", "draft"};
  size_t copy = 0;
  *out = (xs_render_options){.blank = xs_args_given(args, XS_OPTION_BLANK),
                             .flatten = xs_args_given(args, XS_OPTION_FLATTEN)};
  if (!xs_args_choice(args, XS_OPTION_COPY, copies, XS_COUNT(copies), &copy)) return false;
  if (!xs_args_date(args, &out->date)) return false;
  if (!read_item(args, &out->item)) return false;
  out->copy = (xs_copy)copy;
  return true;
}
