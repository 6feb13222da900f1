/* xieshang check: every problem of every file in one pass. */
#include "base/diag.h"
#include "cli/progress.h"
#include "cli/session.h"

#include <string.h>

xs_exit xs_cli_check(xs_session *s);

static void keep_result(json_t *files, xs_text path, xs_exit exit)
{
  json_t *file = json_object();
  json_object_set_new(file, "file", xs_json_text(path));
  json_object_set_new(file, "exit", json_integer((json_int_t)exit));
  json_array_append_new(files, file);
}

xs_exit xs_cli_check(xs_session *s)
{
  json_t *files = json_array();
  json_object_set_new(s->result, "files", files);
  xs_status status = xs_session_engine(s);
  if (status) return xs_session_report(s, status);

  xs_progress progress;
  xs_progress_begin(&progress);
  for (size_t i = 0; i < s->args->operand_count; i++) {
    const char *path = s->args->operands[i];
    xs_text name = {path, strlen(path)};
    xs_progress_step(&progress, i, s->args->operand_count, name);
    status = xs_engine_check(s->engine, path, s->diags);
    xs_progress_end(&progress);
    keep_result(files, name, xs_session_report(s, status));
  }
  return s->worst;
}
