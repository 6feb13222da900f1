/* xieshang packet: all papers of a plan, merged and as an archive. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/progress.h"
#include "workflow/office.h"

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

static xs_status write_packet(xs_session *s, xs_packet_order *order, xs_packet_options *options,
                              const char *dir)
{
  xs_progress progress;
  xs_progress_begin(&progress);
  options->progress = xs_progress_step;
  options->user = &progress;
  order->which = xs_args_value(s->args, XS_OPTION_PLAN);
  order->options = options;
  xs_status status = xs_engine_packet_order(s->engine, order, dir, s->diags);
  xs_progress_end(&progress);
  return status;
}

/* A case is a file when its name says so, else one of the store. */
static bool is_file(const char *name)
{
  return strchr(name, '/') || xs_text_ends(xs_text_of(name), ".xml");
}

static xs_status of_file(xs_session *s, xs_packet_options *options, const char *dir)
{
  xs_case *kase = NULL;
  xs_status status = xs_session_case(s, &kase);
  xs_packet_order order = {.kase = kase};
  if (!status) status = write_packet(s, &order, options, dir);
  xs_case_free(kase);
  return status;
}

/* With the rules it began with, and the record of who did and signed what. */
static xs_status of_store(xs_session *s, const char *uid, xs_packet_options *options,
                          const char *dir)
{
  xs_office *office = NULL;
  xs_office_case *c = NULL;
  xs_status status = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!status) status = xs_office_load(office, xs_text_of(uid), 0, s->diags, &c);
  if (!status) {
    xs_packet_order order = {.kase = c->kase, .rules = c->rules, .record = xs_office_record_of(c)};
    status = write_packet(s, &order, options, dir);
  }
  xs_office_case_free(c);
  xs_office_close(office);
  return status;
}

xs_exit xs_cli_packet(xs_session *s)
{
  xs_packet_options options;
  if (!read_request(s, &options)) return XS_EXIT_USAGE;
  const char *dir = xs_args_value(s->args, XS_OPTION_OUTPUT);
  const char *kase = xs_args_value(s->args, XS_OPTION_CASE);
  xs_status status = is_file(kase) ? of_file(s, &options, dir) : of_store(s, kase, &options, dir);
  if (!status) xs_result_text(s, "folder", (xs_text){dir, strlen(dir)});
  if (!status && !s->json) printf("%s/packet.pdf\n%s/packet.zip\n", dir, dir);
  return xs_session_report(s, status);
}
