/* xieshang packet: all papers of a plan, merged and as an archive. */
#include "base/diag.h"
#include "cli/progress.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_packet(xs_session *s);

static bool read_request(const xs_session *s, xs_packet_options *options)
{
  if (!xs_args_need(s->args, XS_OPTION_PLAN)) return false;
  if (!xs_args_need(s->args, XS_OPTION_CASE)) return false;
  if (!xs_args_need(s->args, XS_OPTION_OUTPUT)) return false;
  *options = (xs_packet_options){
      .allow_missing = xs_args_given(s->args, XS_OPTION_ALLOW_MISSING),
      .attach_case = xs_args_given(s->args, XS_OPTION_ATTACH_CASE),
      .flatten = xs_args_given(s->args, XS_OPTION_FLATTEN),
  };
  return xs_args_date(s->args, &options->date);
}

static xs_status write_packet(xs_session *s, const xs_case *kase, xs_packet_options *options,
                              const char *dir)
{
  xs_progress progress;
  xs_progress_begin(&progress);
  options->progress = xs_progress_step;
  options->user = &progress;
  const char *plan = xs_args_value(s->args, XS_OPTION_PLAN);
  xs_status status = xs_engine_packet(s->engine, plan, kase, options, dir, s->diags);
  xs_progress_end(&progress);
  return status;
}

xs_exit xs_cli_packet(xs_session *s)
{
  xs_packet_options options;
  xs_case *kase = NULL;
  if (!read_request(s, &options)) return XS_EXIT_USAGE;
  const char *dir = xs_args_value(s->args, XS_OPTION_OUTPUT);
  xs_status status = xs_session_case(s, &kase);
  if (!status) status = write_packet(s, kase, &options, dir);
  if (!status) xs_result_text(s, "folder", (xs_text){dir, strlen(dir)});
  if (!status && !s->json) printf("%s/packet.pdf\n%s/packet.zip\n", dir, dir);
  xs_exit exit = xs_session_report(s, status);
  xs_case_free(kase);
  return exit;
}
