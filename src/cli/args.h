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
  const char *name; /* one word, or a group and a word: "case new" */
  const char *synopsis;
  size_t operand_min, operand_max;
  uint64_t options;              /* one bit each: 1 << xs_option */
  const char *summary, *details; /* untranslated */
  xs_exit (*run)(struct xs_session *session);
} xs_command;

enum { XS_MAX_REPEATED = 64 }; /* values of options that may be given several times, in all */

typedef struct xs_args {
  const xs_command *command;
  const char *group; /* the first of two words, while the second has not been read */
  const char *values[XS_OPTION_COUNT]; /* NULL: not given; an option without argument: "" */
  struct {
    xs_option option;
    const char *value;
  } repeated[XS_MAX_REPEATED];
  size_t repeated_count;
  char **operands;
  size_t operand_count;
} xs_args;

/*
 * Reads the command line; operands move to the front of argv. When it is wrong, says on stderr
 * what is wrong and returns false. Without a command, `command` is NULL.
 */
bool xs_args_parse(int argc, char **argv, xs_args *out);

bool xs_args_given(const xs_args *args, xs_option option);
const char *xs_args_value(const xs_args *args, xs_option option); /* the first one given */
/* The i-th value, in the order given, of an option that may be given several times; NULL past the
 * last. */
const char *xs_args_nth(const xs_args *args, xs_option option, size_t i);

/* Each of these says on stderr what is wrong and returns false. */
bool xs_args_need(const xs_args *args, xs_option option);
bool xs_args_render_options(const xs_args *args, xs_render_options *out);
bool xs_args_date(const xs_args *args, uint32_t *out);
/* The day YYYYMMDD of any option; `*out` stays as it was when it was not given. */
bool xs_args_day(const xs_args *args, xs_option option, uint32_t *out);
/* The place of the value among `count` words; `*out` stays as it was when it was not given. */
bool xs_args_choice(const xs_args *args, xs_option option, const char *const *words, size_t count,
                    size_t *out);

/* "xieshang COMMAND: …" and where to find help, on stderr. `command` may be NULL. */
void xs_usage_error(const xs_command *command, const char *format, ...) XS_PRINTF(2, 3);

/* The help page of a command, or of the whole when NULL, on stdout. */
void xs_help_print(const xs_command *command);
/* The commands of a group such as "case", on stdout. */
void xs_help_print_group(const char *group);

/* NULL when there is none of this name. */
const xs_command *xs_command_find(const char *name);
const xs_command *xs_command_at(size_t i);
bool xs_command_is_of(const xs_command *command, const char *group);
bool xs_command_is_group(const char *name);

#endif
