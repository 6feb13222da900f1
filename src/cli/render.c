/* xieshang render: one paper as PDF. */
#include "cli/out_file.h"
#include "cli/paper.h"

xs_exit xs_cli_render(xs_session *s);

static bool read_request(const xs_session *s, xs_paper *paper)
{
  return xs_paper_read(s->args, paper) && xs_args_need(s->args, XS_OPTION_OUTPUT) &&
         xs_out_file_check(s);
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
  if (!status) status = xs_out_file_write(s, &pdf);
  xs_exit exit = xs_session_report(s, status);
  xs_bytes_free(&pdf);
  xs_case_free(kase);
  return exit;
}
