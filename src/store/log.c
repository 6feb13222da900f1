#include "store/log.h"

#include "base/diag.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/moment.h"
#include "store/query.h"

/* The chain that an event is added to. */
typedef struct chain {
  int64_t id, events;
  xs_text head;
} chain;

static xs_status find_chain(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags, chain *out)
{
  xs_query q;
  *out = (chain){.id = -1};
  xs_query_begin(&q, store, diags, XS_SQL_CHAIN_FIND, "t", uid);
  if (xs_query_row(&q))
    *out = (chain){xs_query_int(&q, 0), xs_query_int(&q, 1), xs_query_text(&q, a, 2)};
  xs_status st = xs_query_end(&q);
  return st || out->id >= 0 ? st : xs_store_case_id(store, uid, diags, &out->id);
}

/* ---- the clock ---- */

static xs_status refuse_clock(xs_diags *diags, int64_t now, const xs_event *last)
{
  char then_text[XS_MOMENT_ROOM], now_text[XS_MOMENT_ROOM];
  xs_moment_write(last->at, then_text);
  xs_moment_write(now, now_text);
  xs_diag(diags, XS_D_STORE_CLOCK, XS_NOWHERE,
          _("the clock of this computer says %s, but the last entry of the log was made at %s. "
            "Nothing was written: set the clock right and do it again"),
          now_text, then_text);
  return XS_ECONFLICT;
}

static xs_status cannot_read(xs_store *store, xs_status read, xs_diags *diags)
{
  return read == XS_EINPUT ? xs_store_failed(store, diags, SQLITE_CORRUPT) : read;
}

/* No event is older than the one before it, whichever case that was about. */
static xs_status check_clock(xs_arena *a, xs_store *store, xs_diags *diags, int64_t now)
{
  xs_query q;
  xs_event last = {.at = 0};
  xs_query_begin(&q, store, diags, XS_SQL_EVENT_LAST, "");
  xs_status read = xs_query_row(&q) ? xs_event_read(a, xs_query_view(&q, 0), &last) : XS_OK;
  xs_status st = xs_query_end(&q);
  if (!st && read) st = cannot_read(store, read, diags);
  if (st) return st;
  return now < last.at ? refuse_clock(diags, now, &last) : XS_OK;
}

/* ---- adding ---- */

static xs_status insert(xs_store *store, const chain *c, xs_event *e, xs_arena *a, xs_diags *diags)
{
  xs_buf body;
  char hash[65];
  xs_buf_init(&body, store->host, XS_MAX_EVENT_BYTES);
  xs_status st = xs_event_write(e, &body);
  if (!st) st = xs_digest_hex(body.ptr, body.len, hash);
  if (st == XS_ELIMIT)
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("an entry of the log has more than %u bytes"),
            XS_MAX_EVENT_BYTES);
  if (st) goto done;
  e->hash = xs_arena_text(a, xs_text_of(hash));
  if (!e->hash.ptr) st = XS_ENOMEM;
  int64_t number;
  if (!st) st = xs_journal_append(store, e, diags, &number);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_EVENT_PUT, "iiitt", number, c->id, e->seq, e->hash,
                      xs_buf_view(&body));
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_CHAIN_MARK, "iiti", c->id, e->seq, e->hash, e->at);
done:
  xs_buf_free(&body);
  return st;
}

static xs_status append(xs_arena *a, xs_store *store, xs_text uid, xs_event *e, xs_diags *diags)
{
  chain c;
  int64_t now = store->host->now(store->host->user);
  xs_status st = find_chain(a, store, uid, diags, &c);
  if (!st) st = check_clock(a, store, diags, now);
  if (st) return st;
  e->uid = uid;
  e->seq = c.events + 1;
  e->at = now;
  e->prev = c.head;
  return insert(store, &c, e, a, diags);
}

xs_status xs_store_event_append(xs_arena *a, xs_store *store, xs_text uid, xs_event *event,
                                xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = append(a, store, uid, event, diags);
  return xs_store_leave(store, diags, own, st);
}

/* ---- from another store ---- */

static xs_status refuse_line(xs_diags *diags, xs_text uid, int64_t seq)
{
  xs_diag(diags, XS_D_EVENT_CHANGED, XS_NOWHERE,
          _("case “%.*s”: event %lld does not follow from the one before it; it was changed after "
            "it was written"),
          XS_TEXT(uid), (long long)seq);
  return XS_EINPUT;
}

static xs_status restore(xs_arena *a, xs_store *store, xs_text uid, xs_text line, xs_diags *diags)
{
  chain c;
  xs_event e, now = {.at = store->host->now(store->host->user)};
  xs_status st = find_chain(a, store, uid, diags, &c);
  if (!st) st = check_clock(a, store, diags, now.at);
  if (st) return st;
  st = xs_event_read(a, line, &e);
  if (st == XS_ENOMEM) return st;
  if (st || !xs_text_equal(e.uid, uid) || e.seq != c.events + 1 || !xs_text_equal(e.prev, c.head))
    return refuse_line(diags, uid, c.events + 1);
  return e.at > now.at ? refuse_clock(diags, now.at, &e) : insert(store, &c, &e, a, diags);
}

xs_status xs_store_event_restore(xs_store *store, xs_text uid, xs_text line, xs_diags *diags)
{
  bool own;
  xs_arena *a = xs_arena_new(store->host);
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = a ? restore(a, store, uid, line, diags) : XS_ENOMEM;
  xs_arena_free(a);
  return xs_store_leave(store, diags, own, st);
}

/* ---- reading ---- */

xs_status xs_store_event_list(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                              xs_event **out, size_t *count)
{
  xs_query q;
  chain c;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = find_chain(a, store, uid, diags, &c);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_EVENT_LIST, "i", c.id);
  while (xs_query_row(&q)) {
    xs_event *e = XS_PUSH(a, *out, *count, capacity);
    if (!e)
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
    else
      q.status = xs_event_read(a, xs_query_view(&q, 2), e);
    if (e && q.status) q.status = cannot_read(store, q.status, diags);
  }
  return xs_query_end(&q);
}
