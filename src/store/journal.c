#include "store/journal.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/query.h"

#include <string.h>

xs_status xs_journal_link(const xs_host *host, xs_text before, const xs_journal_entry *e,
                          char out[65])
{
  xs_buf line;
  xs_buf_init(&line, host, XS_MAX_EVENT_BYTES);
  xs_buf_printf(&line, "%.*s %lld %lld %.*s ", XS_TEXT(before), (long long)e->number,
                (long long)e->seq, XS_TEXT(e->hash));
  xs_status st = xs_buf_text(&line, e->uid);
  if (!st) st = xs_digest_hex(line.ptr, line.len, out);
  xs_buf_free(&line);
  return st;
}

xs_status xs_journal_end(xs_store *store, xs_diags *diags, int64_t *number, char link[65])
{
  xs_query q;
  *number = 0;
  link[0] = '\0';
  xs_query_begin(&q, store, diags, XS_SQL_JOURNAL_END, "");
  if (xs_query_row(&q)) {
    xs_text last = xs_query_view(&q, 1);
    *number = xs_query_int(&q, 0);
    if (last.len <= 64 && last.len) memcpy(link, last.ptr, last.len);
    link[last.len <= 64 ? last.len : 0] = '\0';
  }
  return xs_query_end(&q);
}

static xs_status add(xs_store *store, const xs_journal_entry *e, xs_diags *diags, char link[65])
{
  xs_text before = xs_text_of(link);
  char next[65];
  xs_status st = xs_journal_link(store->host, before, e, next);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_JOURNAL_PUT, "ititt", e->number, e->uid, e->seq, e->hash,
                      xs_text_of(next));
  memcpy(link, next, sizeof next);
  return st;
}

static xs_status mark(xs_store *store, int64_t number, const char *link, xs_diags *diags)
{
  return xs_query_run(store, diags, XS_SQL_JOURNAL_MARK, "it", number, xs_text_of(link));
}

xs_status xs_journal_append(xs_store *store, const xs_event *event, xs_diags *diags,
                            int64_t *number)
{
  char link[65];
  xs_status st = xs_journal_end(store, diags, number, link);
  if (st) return st;
  xs_journal_entry e = {++*number, event->uid, event->seq, event->hash};
  st = add(store, &e, diags, link);
  return st ? st : mark(store, *number, link, diags);
}

xs_status xs_journal_fill(xs_store *store, xs_diags *diags)
{
  xs_query q;
  char link[65] = "";
  int64_t last = 0;
  xs_query_begin(&q, store, diags, XS_SQL_JOURNAL_EVENTS, "");
  while (xs_query_row(&q)) {
    xs_journal_entry e = {last = xs_query_int(&q, 0), xs_query_view(&q, 1), xs_query_int(&q, 2),
                          xs_query_view(&q, 3)};
    q.status = add(store, &e, diags, link);
  }
  xs_status st = xs_query_end(&q);
  return st ? st : mark(store, last, link, diags);
}
