/* xieshang render: one paper as PDF. */
#include "base/diag.h"
#include "cli/paper.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

xs_exit xs_cli_render(xs_session *s);

static bool to_stdout(const xs_session *s)
{
  return strcmp(xs_args_value(s->args, XS_OPTION_OUTPUT), "-") == 0;
}

static bool read_request(const xs_session *s, xs_paper *paper)
{
  if (!xs_paper_read(s->args, paper)) return false;
  if (!xs_args_need(s->args, XS_OPTION_OUTPUT)) return false;
  if (!to_stdout(s)) return true;
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

static xs_status write_out(xs_session *s, const xs_bytes *pdf)
{
  const char *path = xs_args_value(s->args, XS_OPTION_OUTPUT);
  if (to_stdout(s)) {
    fwrite(pdf->ptr, 1, pdf->len, stdout); /* a failure shows when the session closes */
    return XS_OK;
  }
  xs_result_text(s, "file", (xs_text){path, strlen(path)});
  json_object_set_new(s->result, "bytes", json_integer((json_int_t)pdf->len));
  return xs_session_save(s, path, pdf->ptr, pdf->len);
}

xs_exit xs_cli_render(xs_session *s)
{
  xs_paper paper;
  xs_case *kase = NULL;
  xs_bytes pdf = {0};
  if (!read_request(s, &paper)) return XS_EXIT_USAGE;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_session_case(s, &kase);
  if (!status)
    status = xs_engine_render(s->engine, paper.which, kase, &paper.options, s->diags, &pdf);
  if (!status) status = write_out(s, &pdf);
  xs_exit exit = xs_session_report(s, status);
  xs_bytes_free(&pdf);
  xs_case_free(kase);
  return exit;
}
