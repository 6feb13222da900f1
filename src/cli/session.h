/* One run of one command: the engine it works with, what it found, what it has to say. */
#ifndef XS_CLI_SESSION_H
#define XS_CLI_SESSION_H

#include "cli/args.h"

#include <jansson.h>

typedef struct xs_session {
  const xs_host *host;
  const xs_args *args;
  xs_diags *diags;
  xs_engine *engine; /* opened when first asked for */
  bool json;         /* results and diagnostics as one JSON object on stdout */
  bool colour;       /* diagnostics in colour: stderr is a terminal and NO_COLOR is not set */
  json_t *result;    /* an object; what the command found */
  json_t *messages;  /* an array; all diagnostics so far */
  xs_exit worst;
} xs_session;

/* XS_EXIT_CLEAN, or why the session cannot begin. */
xs_exit xs_session_open(const xs_args *args, xs_session *out);
/* Prints what is left to be said, in JSON everything, and returns the exit code. */
xs_exit xs_session_close(xs_session *s, xs_exit exit);

/* Opens the engine with the data folder of --data-dir, XIESHANG_DATA or the installation. */
xs_status xs_session_engine(xs_session *s);
/* The case of --case; *out is NULL when the option was not given. */
xs_status xs_session_case(xs_session *s, xs_case **out);

/*
 * Ends a step: prints its diagnostics (or keeps them for JSON), forgets them, and tells what
 * exit code the step deserves. The worst of all steps is the exit code of the process.
 */
xs_exit xs_session_report(xs_session *s, xs_status status);

/* Writes a file in one step; a failure is the diagnostic file-write. */
xs_status xs_session_save(xs_session *s, const char *path, const void *ptr, size_t len);

/* A member of the result. Text that is not UTF-8 is mended. */
json_t *xs_json_text(xs_text text);
void xs_result_text(xs_session *s, const char *key, xs_text text);

#endif
