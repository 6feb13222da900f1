#include "cli/out_file.h"

#include "base/diag.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool xs_out_file_is_stdout(const xs_session *s)
{
  const char *path = xs_args_value(s->args, XS_OPTION_OUTPUT);
  return path && strcmp(path, "-") == 0;
}

bool xs_out_file_check(const xs_session *s)
{
  if (!xs_out_file_is_stdout(s)) return true;
  if (s->json) {
    xs_usage_error(s->args->command, "%s", _("-o - and --format json exclude each other"));
    return false;
  }
  if (isatty(STDOUT_FILENO)) {
    xs_usage_error(s->args->command, "%s", _("a PDF does not belong on a terminal"));
    return false;
  }
  return true;
}

xs_status xs_out_file_write(xs_session *s, const xs_bytes *pdf)
{
  const char *path = xs_args_value(s->args, XS_OPTION_OUTPUT);
  if (xs_out_file_is_stdout(s)) {
    fwrite(pdf->ptr, 1, pdf->len, stdout); /* a failure shows when the session closes */
    return XS_OK;
  }
  xs_result_text(s, "file", (xs_text){path, strlen(path)});
  json_object_set_new(s->result, "bytes", json_integer((json_int_t)pdf->len));
  return xs_session_save(s, path, pdf->ptr, pdf->len);
}
