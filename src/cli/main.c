/*
 * xieshang: the command line over libxieshang. Each command is one line of commands.def and one
 * file; here they are only told apart.
 */
#include "base/diag.h"
#include "cli/place.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

/* Ends a run that only printed something. */
static xs_exit shown(void)
{
  if (fflush(stdout) == 0 && !ferror(stdout)) return XS_EXIT_CLEAN;
  perror("xieshang");
  return XS_EXIT_SYSTEM;
}

static xs_exit run(const xs_args *args)
{
  xs_session session;
  xs_exit exit = xs_session_open(args, &session);
  if (exit) return exit;
  return xs_session_close(&session, args->command->run(&session));
}

static xs_exit run_words(int argc, char **argv)
{
  xs_args args;
  if (!xs_args_parse(argc, argv, &args)) return XS_EXIT_USAGE;
  if (xs_args_given(&args, XS_OPTION_VERSION)) {
    printf("xieshang %s\n", xs_version());
    return shown();
  }
  if (xs_args_given(&args, XS_OPTION_HELP)) {
    if (!args.command && args.group)
      xs_help_print_group(args.group);
    else
      xs_help_print(args.command);
    return shown();
  }
  if (!args.command && args.group) {
    xs_usage_error(NULL, _("a command is missing behind “%s”"), args.group);
    return XS_EXIT_USAGE;
  }
  if (!args.command) {
    xs_usage_error(NULL, "%s", _("a command is missing"));
    return XS_EXIT_USAGE;
  }
  return run(&args);
}

int main(int argc, char **argv)
{
  xs_place_language();
  return (int)run_words(argc, argv);
}
