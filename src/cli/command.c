/* The table of commands, and their help pages. */
#include "base/diag.h"
#include "cli/args.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 30 };
#define XS_ANY_COUNT SIZE_MAX
#define O(id)        (UINT32_C(1) << XS_OPTION_##id)

#define X(name, synopsis, fewest, most, options, summary, details)                                 \
  xs_exit xs_cli_##name(struct xs_session *session);
#include "cli/commands.def"
#undef X

static const xs_command commands[] = {
#define X(name, synopsis, fewest, most, options, summary, details)                                 \
  {#name,   synopsis, fewest,       most, (options) | O(DATA_DIR) | O(FORMAT) | O(HELP),           \
   summary, details,  xs_cli_##name},
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

static void print_options(uint32_t mask)
{
  printf("\n%s\n", _("Options:"));
  for (size_t i = 0; i < XS_COUNT(options); i++)
    if (mask & (UINT32_C(1) << i)) print_option(i);
}

static void print_exit_codes(void)
{
  fputs(_("\nExit status: 0 clean, 1 warnings, 2 errors in the input, 3 wrong usage, 4 the system "
          "failed.\n"),
        stdout);
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
  for (size_t i = 0; i < XS_COUNT(commands); i++)
    printf("  %-12s%s\n", commands[i].name, _(commands[i].summary));
  print_options(O(DATA_DIR) | O(FORMAT) | O(HELP) | O(VERSION));
  print_exit_codes();
  fputs(_("\n“xieshang COMMAND --help” tells more about each command.\n"), stdout);
}
