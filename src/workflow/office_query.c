/* Queries: what the store knows, and nothing of it changed. */
#include "base/limits.h"
#include "base/text.h"
#include "workflow/archive.h"
#include "workflow/record.h"

#include <libxml/xmlsave.h>
#include <string.h>

static xs_status give(const xs_host *host, const void *ptr, size_t len, xs_bytes *out)
{
  void *copy = host->resize(host->user, NULL, len ? len : 1);
  if (!copy) return XS_ENOMEM;
  if (len) memcpy(copy, ptr, len);
  *out = (xs_bytes){host, copy, len};
  return XS_OK;
}

/* ---- lists ---- */

/* What is due next in the case: overdue things first. A day that nobody has verified is no law. */
static xs_status find_due(xs_arena *a, xs_office *office, xs_text uid, uint32_t as_of,
                          xs_diags *diags, xs_case_row *row)
{
  const xs_store_due filter = {.as_of = as_of, .uid = uid};
  xs_store_deadline *found = NULL;
  size_t count = 0;
  xs_status st = xs_store_deadlines_find(a, office->store, &filter, diags, &found, &count, NULL);
  for (size_t i = 0; !st && i < count; i++) {
    if (!found[i].verified) continue;
    row->due = found[i].due;
    row->due_what = found[i].what;
    break;
  }
  return st;
}

static xs_status list(xs_arena *a, xs_office *office, const xs_case_filter *filter,
                      int (*each)(void *user, const xs_case_row *row), void *user, xs_diags *diags)
{
  const xs_store_filter wanted = {
      .state = xs_text_of(filter->state),
      .text = xs_text_of(filter->text),
      .limit = filter->limit,
  };
  uint32_t as_of = filter->as_of ? filter->as_of : office->host->today(office->host->user);
  xs_store_case *cases = NULL;
  size_t count = 0;
  xs_status st = xs_store_case_list(a, office->store, &wanted, diags, &cases, &count, NULL);
  for (size_t i = 0; !st && i < count; i++) {
    xs_case_row row = {
        .uid = cases[i].uid,
        .title = cases[i].title,
        .kind = cases[i].kind,
        .year = cases[i].year,
        .state = cases[i].state,
        .revision = cases[i].revision,
    };
    st = find_due(a, office, row.uid, as_of, diags, &row);
    if (!st && each(user, &row)) break;
  }
  return st;
}

/* All rows of one answer are of one moment, whoever writes meanwhile. */
xs_status xs_office_list(xs_office *office, const xs_case_filter *filter,
                         int (*each)(void *user, const xs_case_row *row), void *user,
                         xs_diags *diags)
{
  xs_arena *a = xs_arena_new(office->host);
  xs_status st = a ? xs_store_begin_read(office->store, diags) : XS_ENOMEM;
  if (!st) {
    st = list(a, office, filter, each, user, diags);
    xs_store_rollback(office->store);
  }
  xs_arena_free(a);
  return st;
}

/* ---- one case ---- */

static xs_status dump(const xs_office_case *c, xs_bytes *out)
{
  xmlChar *text = NULL;
  int len = 0;
  xmlDocDumpFormatMemoryEnc(c->record, &text, &len, "UTF-8", 1);
  if (!text) return XS_ENOMEM;
  xs_status st = give(c->office->host, text, (size_t)len, out);
  xmlFree(text);
  return st;
}

xs_status xs_office_record(xs_office *office, const char *uid, uint32_t as_of, xs_diags *diags,
                           xs_bytes *out)
{
  xs_office_case *c = NULL;
  *out = (xs_bytes){office->host, NULL, 0};
  xs_status st = xs_office_load(office, xs_text_of(uid), as_of, diags, &c);
  if (!st) st = xs_record_add_next(c, diags);
  if (!st) st = dump(c, out);
  xs_office_case_free(c);
  return st;
}

xs_status xs_office_case_file(xs_office *office, const char *uid, int64_t revision, xs_diags *diags,
                              xs_bytes *out)
{
  xs_text bytes = XS_NO_TEXT;
  *out = (xs_bytes){office->host, NULL, 0};
  xs_arena *a = xs_arena_new(office->host);
  xs_status st =
      a ? xs_store_revision_get(a, office->store, xs_text_of(uid), revision, diags, &bytes)
        : XS_ENOMEM;
  if (!st) st = give(office->host, bytes.ptr, bytes.len, out);
  xs_arena_free(a);
  return st;
}

xs_status xs_office_render(xs_office *office, const char *uid, const char *which,
                           const xs_render_options *options, uint32_t as_of, xs_diags *diags,
                           xs_bytes *out)
{
  xs_office_case *c = NULL;
  *out = (xs_bytes){office->host, NULL, 0};
  xs_status st = xs_office_load(office, xs_text_of(uid), as_of, diags, &c);
  if (st) return st;
  const xs_paper_order order = {.which = which,
                                .kase = c->kase,
                                .rules = c->rules,
                                .record = xs_office_record_of(c),
                                .options = *options};
  st = xs_engine_render_order(office->engine, &order, diags, out);
  xs_office_case_free(c);
  return st;
}

xs_status xs_office_export(xs_office *office, const char *uid, xs_diags *diags, xs_bytes *out)
{
  xs_buf zip;
  *out = (xs_bytes){office->host, NULL, 0};
  xs_buf_init(&zip, office->host, XS_MAX_ZIP_BYTES);
  xs_status st = xs_archive_write(office, xs_text_of(uid), diags, &zip);
  if (st)
    xs_buf_free(&zip);
  else
    *out = (xs_bytes){zip.host, zip.ptr, zip.len};
  return st;
}
