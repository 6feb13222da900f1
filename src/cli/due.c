/* xieshang due: who must do what by when, and what may be done next. */
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "cli/due_list.h"
#include "cli/office.h"
#include "cli/out_file.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

xs_exit xs_cli_due(xs_session *s);
xs_exit xs_cli_case_due(xs_session *s);

enum { MOST_SHOWN = 200 };

/* ---- what is asked ---- */

/* A case is asked by itself; of the cases in a store one is named, or some are chosen. */
static bool check_choice(const xs_session *s)
{
  static const xs_option choices[] = {XS_OPTION_CASE, XS_OPTION_PERSON, XS_OPTION_UNION,
                                      XS_OPTION_CAMPAIGN};
  size_t count = s->args->operand_count;
  for (size_t i = 0; i < XS_COUNT(choices); i++) count += xs_args_given(s->args, choices[i]);
  if (count <= 1) return true;
  xs_usage_error(s->args->command, "%s",
                 _("one of these is asked for: an ID, --case, --person, --union, --campaign"));
  return false;
}

/* The last day of a month; of today's when `day` is 0. */
static uint32_t month_end(const xs_session *s, uint32_t day)
{
  xs_date d = {0};
  if (!day) day = s->host->today(s->host->user);
  if (!xs_date_of_number(day, &d)) return 0;
  d.day = xs_date_month_days(d.year, d.month);
  return xs_date_number(d);
}

static bool read_filter(const xs_session *s, xs_due_filter *out)
{
  bool explains = xs_args_given(s->args, XS_OPTION_EXPLAIN);
  *out = (xs_due_filter){
      .uid = s->args->operand_count ? s->args->operands[0] : NULL,
      .person = xs_args_value(s->args, XS_OPTION_PERSON),
      .union_name = xs_args_value(s->args, XS_OPTION_UNION),
      .campaign = xs_args_value(s->args, XS_OPTION_CAMPAIGN),
      .explain = explains,
  };
  if (!xs_args_day(s->args, XS_OPTION_AS_OF, &out->as_of)) return false;
  if (explains && !out->uid && !xs_args_given(s->args, XS_OPTION_CASE)) {
    xs_usage_error(s->args->command, "%s", _("--explain is asked of one case: an ID, or --case"));
    return false;
  }
  /* people read the first of many; files and programs hold them all */
  if (!xs_args_given(s->args, XS_OPTION_ALL) && !xs_args_given(s->args, XS_OPTION_ICS) &&
      !xs_args_given(s->args, XS_OPTION_OUTPUT) && !s->json)
    out->most = MOST_SHOWN;
  /* a list of many cases ends with the month; a calendar looks further */
  if (!xs_args_given(s->args, XS_OPTION_ALL) && !xs_args_given(s->args, XS_OPTION_ICS))
    out->until = month_end(s, out->as_of);
  return check_choice(s) && xs_out_file_check(s);
}

/* ---- the files ---- */

static xs_status write_pdf(xs_session *s, xs_due *due)
{
  xs_bytes pdf = {0};
  if (!xs_args_given(s->args, XS_OPTION_OUTPUT)) return XS_OK;
  xs_status status = xs_args_given(s->args, XS_OPTION_EXPLAIN)
                         ? xs_due_annex(due, s->diags, &pdf)
                         : xs_due_worklist(due, s->diags, &pdf);
  if (!status) status = xs_out_file_write(s, &pdf);
  xs_bytes_free(&pdf);
  return status;
}

/* What the feed is called: whose it is. */
static const char *feed_name(const xs_due_filter *filter)
{
  if (filter->person) return filter->person;
  if (filter->union_name) return filter->union_name;
  return filter->campaign ? filter->campaign : _("Collective bargaining: deadlines");
}

static xs_status write_feed(xs_session *s, xs_due *due, const xs_due_filter *filter)
{
  const char *path = xs_args_value(s->args, XS_OPTION_ICS);
  xs_bytes feed = {0};
  if (!path) return XS_OK;
  xs_status status = xs_due_feed(due, feed_name(filter), s->diags, &feed);
  if (!status) status = xs_session_save(s, path, feed.ptr, feed.len);
  if (!status) xs_result_text(s, "ics", xs_text_of(path));
  xs_bytes_free(&feed);
  return status;
}

enum { MAX_DRAFTS = 64 };

typedef struct drafts {
  xs_host_file files[2 * MAX_DRAFTS];
  xs_bytes bytes[2 * MAX_DRAFTS];
  char names[2 * MAX_DRAFTS][64];
  size_t count;
} drafts;

static void keep(drafts *d, const xs_due_view *v, const char *ending, xs_bytes bytes)
{
  size_t i = d->count++;
  snprintf(d->names[i], sizeof d->names[i], "%.*s-%.*s.%s", XS_TEXT(v->step), XS_TEXT(v->item),
           ending);
  d->bytes[i] = bytes;
  d->files[i] = (xs_host_file){xs_text_of(d->names[i]), bytes.ptr, bytes.len};
}

static xs_status make_drafts(xs_session *s, xs_due *due, drafts *d)
{
  xs_due_view v;
  for (size_t i = 0; xs_due_at(due, i, &v); i++) {
    xs_bytes pdf = {0}, xml = {0};
    if (!v.is_proposal || d->count == XS_COUNT(d->files)) continue;
    xs_status status = xs_due_draft(due, i, s->diags, &pdf, &xml);
    if (status) return status;
    keep(d, &v, "pdf", pdf);
    keep(d, &v, "xml", xml);
  }
  return XS_OK;
}

static xs_status save_drafts(xs_session *s, const char *dir, const drafts *d)
{
  json_t *papers = json_array();
  if (d->count && s->host->save_dir(s->host->user, dir, d->files, d->count, NULL, 0) != 0) {
    json_decref(papers);
    xs_diag(s->diags, XS_D_FILE_WRITE, XS_NOWHERE, _("%s cannot be written: %s"), dir,
            strerror(errno));
    return XS_EIO;
  }
  for (size_t i = 0; i < d->count; i++) {
    json_array_append_new(papers, xs_json_text(d->files[i].name));
    if (!s->json) printf("%s/%s\n", dir, d->names[i]);
  }
  json_object_set_new(s->result, "papers", papers);
  return XS_OK;
}

static xs_status write_drafts(xs_session *s, xs_due *due)
{
  static drafts d;
  const char *dir = xs_args_value(s->args, XS_OPTION_PAPERS);
  if (!dir) return XS_OK;
  xs_status status = make_drafts(s, due, &d);
  if (!status) status = save_drafts(s, dir, &d);
  for (size_t i = 0; i < d.count; i++) xs_bytes_free(&d.bytes[i]);
  return status;
}

/* ---- the command ---- */

/* What was asked, and of whom. */
typedef struct asked {
  xs_office *office;
  xs_case *kase;
  xs_due *due;
} asked;

static void show(xs_session *s, const xs_due *due)
{
  const xs_due_style style = {
      .colour = xs_terminal_colour_out(),
      .all = xs_args_given(s->args, XS_OPTION_ALL),
      .explain = xs_args_given(s->args, XS_OPTION_EXPLAIN),
      .titles = !xs_args_given(s->args, XS_OPTION_CASE) && !s->args->operand_count,
  };
  if (s->json)
    xs_due_list_json(due, &style, s->result);
  else if (!xs_out_file_is_stdout(s))
    xs_due_list_print(due, &style);
}

/* From the case of --case, or from the store. */
static xs_status ask(xs_session *s, const xs_due_filter *filter, asked *a)
{
  if (!xs_args_given(s->args, XS_OPTION_CASE)) {
    xs_status status = xs_session_office(s, XS_OFFICE_READ_ONLY, &a->office);
    return status ? status : xs_office_due(a->office, filter, s->diags, &a->due);
  }
  xs_status status = xs_session_case(s, &a->kase);
  return status ? status : xs_engine_due(s->engine, a->kase, filter, s->diags, &a->due);
}

xs_exit xs_cli_due(xs_session *s)
{
  xs_due_filter filter;
  asked a = {0};
  if (!read_filter(s, &filter)) return XS_EXIT_USAGE;
  xs_status status = ask(s, &filter, &a);
  if (!status) show(s, a.due);
  if (!status) status = write_pdf(s, a.due);
  if (!status) status = write_feed(s, a.due, &filter);
  if (!status) status = write_drafts(s, a.due);
  xs_exit exit = xs_session_report(s, status);
  xs_due_free(a.due);
  xs_case_free(a.kase);
  xs_office_close(a.office);
  return exit;
}

xs_exit xs_cli_case_due(xs_session *s)
{
  return xs_cli_due(s);
}
