/* The table of commands, and their help pages. */
#include "base/diag.h"
#include "cli/args.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 30, COMMAND_COLUMN = 25 };
#define XS_ANY_COUNT SIZE_MAX
#define O(id)        (UINT64_C(1) << XS_OPTION_##id)

#define X(id, words, synopsis, fewest, most, options, summary, details)                            \
  xs_exit xs_cli_##id(struct xs_session *session);
#include "cli/commands.def"
#undef X

static const xs_command commands[] = {
#define X(id, words, synopsis, fewest, most, options, summary, details)                            \
  {words,   synopsis, fewest,     most, (options) | O(SITE) | O(DATA_DIR) | O(FORMAT) | O(HELP),   \
   summary, details,  xs_cli_##id},
#include "cli/commands.def"
#undef X
};

static const struct {
  const char *name, *argument, *help;
  char letter;
} options[] = {
#define X(id, name, letter, argument, help) {name, argument, help, letter},
#include "cli/options.def"
#undef X
};

const xs_command *xs_command_find(const char *name)
{
  for (size_t i = 0; i < XS_COUNT(commands); i++)
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  return NULL;
}

const xs_command *xs_command_at(size_t i)
{
  return i < XS_COUNT(commands) ? &commands[i] : NULL;
}

bool xs_command_is_of(const xs_command *command, const char *group)
{
  size_t len = strlen(group);
  return strncmp(command->name, group, len) == 0 && command->name[len] == ' ';
}

bool xs_command_is_group(const char *name)
{
  for (size_t i = 0; i < XS_COUNT(commands); i++)
    if (xs_command_is_of(&commands[i], name)) return true;
  return false;
}

static void print_option(size_t i)
{
  char left[80];
  char letter[8] = "    ";
  if (options[i].letter) snprintf(letter, sizeof letter, "-%c, ", options[i].letter);
  const char *argument = options[i].argument;
  snprintf(left, sizeof left, "%s--%s%s%s", letter, options[i].name, argument ? " " : "",
           argument ? argument : "");
  if (strlen(left) < HELP_COLUMN)
    printf("  %-*s%s\n", HELP_COLUMN, left, _(options[i].help));
  else
    printf("  %s\n%*s%s\n", left, HELP_COLUMN + 2, "", _(options[i].help));
}

static void print_options(uint64_t mask)
{
  printf("\n%s\n", _("Options:"));
  for (size_t i = 0; i < XS_COUNT(options); i++)
    if (mask & (UINT64_C(1) << i)) print_option(i);
}

static void print_exit_codes(void)
{
  fputs(_("\nExit status: 0 clean, 1 warnings, 2 errors in the input, 3 wrong usage, 4 the system "
          "failed.\n"),
        stdout);
}

static void print_command(const xs_command *command)
{
  printf("  %-*s%s\n", COMMAND_COLUMN, command->name, _(command->summary));
}

void xs_help_print_group(const char *group)
{
  printf(_("Usage: xieshang %s COMMAND [OPTIONS]\n"), group);
  printf("\n%s\n", _("Commands:"));
  for (size_t i = 0; i < XS_COUNT(commands); i++)
    if (xs_command_is_of(&commands[i], group)) print_command(&commands[i]);
  fputs(_("\n“xieshang COMMAND --help” tells more about each command.\n"), stdout);
}

void xs_help_print(const xs_command *command)
{
  if (command) {
    printf(_("Usage: xieshang %s %s\n"), command->name, command->synopsis);
    printf("\n%s", _(command->details));
    print_options(command->options);
    print_exit_codes();
    return;
  }
  printf(_("Usage: xieshang COMMAND [OPTIONS]\n"));
  fputs(_("\nFrom the data of a collective-bargaining case to its paperwork: PDF pages, a packet "
          "to\nbe signed, an archive to be filed.\n"),
        stdout);
  printf("\n%s\n", _("Commands:"));
  for (size_t i = 0; i < XS_COUNT(commands); i++) print_command(&commands[i]);
  print_options(O(SITE) | O(DATA_DIR) | O(FORMAT) | O(HELP) | O(VERSION));
  print_exit_codes();
  fputs(_("\n“xieshang COMMAND --help” tells more about each command.\n"), stdout);
}
