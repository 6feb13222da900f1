#include "store/audit.h"

#include "base/diag.h"
#include "base/text.h"
#include "store/chain.h"
#include "store/journal.h"
#include "store/query.h"

#include <string.h>

/*
 * Three things are held against each other: the chain of each case, whose events hold the hash of
 * the one before; the journal, which has the hash of every event in the order they came; and the
 * rows that the events speak of. To change an event without a trace, one has to write its chain
 * anew, and the journal from there on.
 */
typedef struct audit {
  xs_store *store;
  xs_diags *diags;
  xs_audit *out;
  xs_text sought;
  xs_arena *kept;    /* texts of the case at hand */
  xs_arena *passing; /* of the event at hand */
  xs_chain chain;
  int64_t count; /* events and head as the case has them */
  xs_text head;
  xs_text gone; /* the case that was last told to be gone */
  size_t faults;
} audit;

static xs_status fresh(const xs_host *host, xs_arena **a)
{
  xs_arena_free(*a);
  *a = xs_arena_new(host);
  return *a ? XS_OK : XS_ENOMEM;
}

/* ---- rows that an event speaks of ---- */

static xs_status ask_digest(audit *t, xs_sql id, const xs_event *e, bool *same)
{
  xs_query q;
  if (id == XS_SQL_AUDIT_REVISION)
    xs_query_begin(&q, t->store, t->diags, id, "tit", e->uid, e->revision, e->digest);
  else
    xs_query_begin(&q, t->store, t->diags, id, "ttt", e->uid, e->document, e->digest);
  *same = xs_query_row(&q);
  return xs_query_end(&q);
}

static bool is(const xs_event *e, const char *kind)
{
  return xs_text_is(e->kind, kind);
}

static xs_status check_rows(audit *t, const xs_event *e)
{
  bool same = true;
  xs_status st = XS_OK;
  if (!e->digest.len || !e->uid.len) return XS_OK;
  if (e->document.len && (is(e, "freeze") || is(e, "sign"))) {
    st = ask_digest(t, XS_SQL_AUDIT_DOCUMENT, e, &same);
    if (!st && !same)
      xs_diag(t->diags, XS_D_DOCUMENT_CHANGED, XS_NOWHERE,
              _("case “%.*s”: document “%.*s” is not the one that event %lld speaks of"),
              XS_TEXT(e->uid), XS_TEXT(e->document), (long long)e->seq);
  } else if (!e->document.len && e->revision) {
    st = ask_digest(t, XS_SQL_AUDIT_REVISION, e, &same);
    if (!st && !same)
      xs_diag(t->diags, XS_D_REVISION_CHANGED, XS_NOWHERE,
              _("case “%.*s”: revision %lld is not the one that event %lld speaks of"),
              XS_TEXT(e->uid), (long long)e->revision, (long long)e->seq);
  }
  t->faults += !same;
  return st;
}

/* ---- cases ---- */

/* Is an event that is missing in its place still somewhere? Then it was moved. */
static xs_status look_elsewhere(audit *t)
{
  xs_query q;
  if (t->chain.fault != XS_FAULT_REMOVED) return XS_OK;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_EVENT_MISPLACED, "ti", t->chain.uid,
                 t->chain.fault_at);
  if (xs_query_row(&q)) t->chain.fault = XS_FAULT_MOVED;
  return xs_query_end(&q);
}

static xs_status end_case(audit *t)
{
  if (!t->out->cases) return XS_OK;
  xs_chain_end(&t->chain, t->count, t->head);
  xs_status st = look_elsewhere(t);
  if (st) return st;
  t->faults += xs_chain_report(&t->chain, t->diags) != XS_OK;
  t->out->sought_at = t->chain.sought_at;
  memcpy(t->out->head, t->chain.hash, sizeof t->out->head);
  return XS_OK;
}

static xs_status begin_case(audit *t, xs_query *q)
{
  xs_status st = end_case(t);
  if (!st) st = fresh(t->store->host, &t->kept);
  if (st) return st;
  t->out->cases++;
  t->chain = (xs_chain){.uid = xs_query_text(q, t->kept, 0), .sought = t->sought};
  t->count = xs_query_int(q, 1);
  t->head = xs_query_text(q, t->kept, 2);
  return q->status;
}

/* An event that the journal does not know was put in by something else. */
static xs_status add_event(audit *t, xs_query *q)
{
  xs_event e;
  xs_found found = {xs_query_int(q, 3), xs_query_view(q, 4), xs_query_view(q, 5),
                    xs_query_view(q, 6)};
  xs_status st = fresh(t->store->host, &t->passing);
  if (st) return st;
  t->out->events++;
  if (!t->chain.fault && xs_query_null(q, 6)) {
    t->chain.fault = XS_FAULT_INSERTED;
    t->chain.fault_at = found.seq;
  }
  return xs_chain_add(t->passing, &t->chain, &found, &e) ? check_rows(t, &e) : t->chain.status;
}

static xs_status check_cases(audit *t, xs_text uid)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_EVENT_AUDIT, "o", uid);
  while (xs_query_row(&q)) {
    if (!t->out->cases || !xs_text_equal(xs_query_view(&q, 0), t->chain.uid))
      q.status = begin_case(t, &q);
    if (!q.status && !xs_query_null(&q, 3)) q.status = add_event(t, &q);
  }
  xs_status st = xs_query_end(&q);
  return st ? st : end_case(t);
}

/* ---- the journal ---- */

static void tell_gone(audit *t, xs_text uid, int64_t seq, bool case_gone)
{
  if (case_gone && !xs_text_equal(uid, t->gone)) {
    xs_diag(t->diags, XS_D_CASE_REMOVED, XS_NOWHERE,
            _("case “%.*s” was removed from the store, with its log"), XS_TEXT(uid));
    t->gone = xs_arena_text(t->kept, uid);
    t->faults++;
  } else if (!case_gone && !t->faults) {
    t->chain = (xs_chain){.uid = uid, .fault = XS_FAULT_REMOVED, .fault_at = seq};
    t->faults += xs_chain_report(&t->chain, t->diags) != XS_OK;
  }
}

static void tell_journal(audit *t, int64_t number)
{
  t->faults++;
  xs_diag(t->diags, XS_D_JOURNAL_CHANGED, XS_NOWHERE,
          _("the journal of the store: entry %lld was changed, removed or put in"),
          (long long)number);
}

/* Walks the journal; *last and `link` are the last that was sound. False in *sound at a fault. */
static xs_status walk_journal(audit *t, int64_t *last, char link[65], bool *sound)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_JOURNAL_AUDIT, "");
  while (*sound && xs_query_row(&q)) {
    xs_journal_entry e = {xs_query_int(&q, 0), xs_query_view(&q, 1), xs_query_int(&q, 2),
                          xs_query_view(&q, 3)};
    char next[65];
    q.status = xs_journal_link(t->store->host, xs_text_of(link), &e, next);
    if (q.status) break;
    *sound = e.number == *last + 1 && xs_text_is(xs_query_view(&q, 4), next);
    if (!*sound) break;
    if (xs_query_null(&q, 5)) tell_gone(t, e.uid, e.seq, xs_query_null(&q, 6));
    *last = e.number;
    memcpy(link, next, sizeof next);
  }
  return xs_query_end(&q);
}

static xs_status check_journal(audit *t)
{
  int64_t last = 0, end;
  char link[65] = "", end_link[65];
  bool sound = true;
  xs_status st = walk_journal(t, &last, link, &sound);
  if (!st) st = xs_journal_end(t->store, t->diags, &end, end_link);
  if (st) return st;
  if (!sound || end != last || strcmp(link, end_link) != 0) tell_journal(t, last + 1);
  t->out->end = end;
  memcpy(t->out->head, end_link, sizeof end_link);
  return XS_OK;
}

/* The tail of one log may be cut off, and its case made to agree; the journal still has it. */
static xs_status check_tail(audit *t, xs_text uid)
{
  xs_query q;
  int64_t last = 0;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_JOURNAL_OF, "t", uid);
  if (xs_query_row(&q)) last = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  if (!st && !t->faults && last > t->count) tell_gone(t, uid, t->count + 1, false);
  return st;
}

/* ---- all of it ---- */

static xs_status run(audit *t, xs_text uid)
{
  int64_t id;
  xs_status st = uid.len ? xs_store_case_id(t->store, uid, t->diags, &id) : XS_OK;
  if (!st) st = check_cases(t, uid);
  if (!st) st = uid.len ? check_tail(t, uid) : check_journal(t);
  if (!st && !uid.len) t->out->cases--; /* the store itself */
  return st;
}

xs_status xs_store_log_verify(xs_store *store, xs_text uid, xs_text head, xs_diags *diags,
                              xs_audit *out)
{
  *out = (xs_audit){.cases = 0};
  audit t = {.store = store, .diags = diags, .out = out, .sought = head};
  t.kept = xs_arena_new(store->host);
  bool own = !store->inside;
  xs_status st = t.kept ? XS_OK : XS_ENOMEM;
  if (!st && own) st = xs_store_begin_read(store, diags);
  if (!st) st = run(&t, uid);
  if (own) xs_store_rollback(store);
  xs_arena_free(t.kept);
  xs_arena_free(t.passing);
  return st || !t.faults ? st : XS_EINPUT;
}
