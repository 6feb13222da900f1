/* xieshang dump: one paper as text, before or after layout. */
#include "base/diag.h"
#include "cli/paper.h"

#include <stdio.h>

xs_exit xs_cli_dump(xs_session *s);

static bool read_request(const xs_session *s, xs_paper *paper, xs_stage *stage)
{
  static const char *const stages[] = {"document", "pages"};
  size_t chosen = 0;
  if (!xs_args_need(s->args, XS_OPTION_STAGE)) return false;
  if (!xs_args_choice(s->args, XS_OPTION_STAGE, stages, XS_COUNT(stages), &chosen)) return false;
  *stage = chosen == 0 ? XS_STAGE_DOCUMENT : XS_STAGE_PAGES;
  return xs_paper_read(s->args, paper);
}

xs_exit xs_cli_dump(xs_session *s)
{
  xs_paper paper;
  xs_stage stage;
  xs_case *kase = NULL;
  xs_bytes text = {0};
  if (!read_request(s, &paper, &stage)) return XS_EXIT_USAGE;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_session_case(s, &kase);
  if (!status)
    status = xs_engine_dump(s->engine, paper.which, kase, &paper.options, stage, s->diags, &text);
  if (!status && s->json) xs_result_text(s, "text", (xs_text){text.ptr, text.len});
  if (!status && !s->json) fwrite(text.ptr, 1, text.len, stdout);
  xs_exit exit = xs_session_report(s, status);
  xs_bytes_free(&text);
  xs_case_free(kase);
  return exit;
}
