/* The command line, read by the tables commands.def and options.def. */
#ifndef XS_CLI_ARGS_H
#define XS_CLI_ARGS_H

#include "xieshang/engine.h"

#include <stdbool.h>

/* Exit codes of the process. */
typedef enum xs_exit {
  XS_EXIT_CLEAN = 0,
  XS_EXIT_WARNINGS = 1,
  XS_EXIT_ERRORS = 2, /* in input */
  XS_EXIT_USAGE = 3,
  XS_EXIT_SYSTEM = 4,
} xs_exit;

typedef enum xs_option {
#define X(id, name, letter, argument, help) XS_OPTION_##id,
#include "cli/options.def"
#undef X
  XS_OPTION_COUNT
} xs_option;

struct xs_session;

typedef struct xs_command {
  const char *name;
  const char *synopsis;
  size_t operand_min, operand_max;
  uint32_t options;              /* one bit each: 1 << xs_option */
  const char *summary, *details; /* untranslated */
  xs_exit (*run)(struct xs_session *session);
} xs_command;

typedef struct xs_args {
  const xs_command *command;
  const char *values[XS_OPTION_COUNT]; /* NULL: not given; an option without argument: "" */
  char **operands;
  size_t operand_count;
} xs_args;

/*
 * Reads the command line; operands move to the front of argv. When it is wrong, says on stderr
 * what is wrong and returns false. Without a command, `command` is NULL.
 */
bool xs_args_parse(int argc, char **argv, xs_args *out);

bool xs_args_given(const xs_args *args, xs_option option);
const char *xs_args_value(const xs_args *args, xs_option option);

/* Each of these says on stderr what is wrong and returns false. */
bool xs_args_need(const xs_args *args, xs_option option);
bool xs_args_render_options(const xs_args *args, xs_render_options *out);
bool xs_args_date(const xs_args *args, uint32_t *out);
/* The place of the value among `count` words; `*out` stays as it was when it was not given. */
bool xs_args_choice(const xs_args *args, xs_option option, const char *const *words, size_t count,
                    size_t *out);

/* "xieshang COMMAND: …" and where to find help, on stderr. `command` may be NULL. */
void xs_usage_error(const xs_command *command, const char *format, ...) XS_PRINTF(2, 3);

/* The help page of a command, or of the whole when NULL, on stdout. */
void xs_help_print(const xs_command *command);

/* NULL when there is none of this name. */
const xs_command *xs_command_find(const char *name);
const xs_command *xs_command_at(size_t i);

#endif
