/* Sign-offs: who signed in which slot of a document, and which of them no longer hold. */
#include "base/diag.h"
#include "base/text.h"
#include "store/documents.h"
#include "store/query.h"

static int64_t now(const xs_store *store)
{
  return store->host->now(store->host->user);
}

/* ---- writing ---- */

static xs_status find_scan(xs_store *store, const xs_store_signoff *s, xs_diags *diags,
                           int64_t *scan)
{
  xs_query q;
  *scan = 0;
  if (!s->scan.len) return XS_OK;
  xs_query_begin(&q, store, diags, XS_SQL_BLOB_FIND, "t", s->scan);
  if (xs_query_row(&q)) *scan = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  if (st || *scan) return st;
  xs_diag(diags, XS_D_FILE_UNKNOWN, XS_NOWHERE, _("the store has no file with the digest %.*s"),
          XS_TEXT(s->scan));
  return XS_EINPUT;
}

/* Whether a sign-off of this slot stands; `slot` says whether the document has the slot at all. */
static xs_status look(xs_store *store, int64_t id, xs_text document, xs_text slot_id,
                      xs_diags *diags, bool *slot, bool *signed_off)
{
  xs_query q;
  *slot = *signed_off = false;
  xs_query_begin(&q, store, diags, XS_SQL_SLOT_SIGNED, "itt", id, document, slot_id);
  if (xs_query_row(&q)) {
    *slot = true;
    *signed_off = xs_query_int(&q, 0) != 0;
  }
  return xs_query_end(&q);
}

static xs_status check_slot(xs_store *store, int64_t id, xs_text document, xs_text slot_id,
                            xs_diags *diags)
{
  bool slot, signed_off;
  xs_status st = look(store, id, document, slot_id, diags, &slot, &signed_off);
  if (st || (slot && !signed_off)) return st;
  if (!slot) {
    xs_diag(diags, XS_D_SLOT_UNKNOWN, XS_NOWHERE,
            _("document “%.*s” has no place “%.*s” to be signed"), XS_TEXT(document),
            XS_TEXT(slot_id));
    return XS_EINPUT;
  }
  xs_diag(diags, XS_D_SLOT_SIGNED, XS_NOWHERE,
          _("the place “%.*s” of document “%.*s” is signed already; make that sign-off void first"),
          XS_TEXT(slot_id), XS_TEXT(document));
  return XS_ECONFLICT;
}

static xs_status put(xs_store *store, xs_text uid, xs_text document, const xs_store_signoff *s,
                     xs_diags *diags)
{
  int64_t id, scan;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st && !s->void_at) st = check_slot(store, id, document, s->slot, diags);
  if (!st) st = find_scan(store, s, diags, &scan);
  if (st) return st;
  return xs_query_run(store, diags, XS_SQL_SIGNOFF_PUT, "ittttttiittritt", id, document, s->slot,
                      s->person, s->ground, s->by, s->role, s->at ? s->at : now(store),
                      (int64_t)s->date, s->means, s->digest, scan, s->void_at, s->void_by,
                      s->void_reason);
}

xs_status xs_store_signoff_put(xs_store *store, xs_text uid, xs_text document,
                               const xs_store_signoff *signoff, xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put(store, uid, document, signoff, diags);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_signoff_void(xs_store *store, xs_text uid, xs_text document, int64_t signoff,
                                xs_text by, xs_text reason, xs_diags *diags)
{
  bool own;
  int64_t id;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = xs_store_case_id(store, uid, diags, &id);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_SIGNOFF_VOID, "itiitt", id, document, signoff,
                      now(store), by, reason);
  return xs_store_leave(store, diags, own, st);
}

/* ---- reading ---- */

static void read_row(xs_query *q, xs_arena *a, xs_store_signoff *out)
{
  *out = (xs_store_signoff){
      .id = xs_query_int(q, 0),
      .slot = xs_query_text(q, a, 1),
      .person = xs_query_text(q, a, 2),
      .ground = xs_query_text(q, a, 3),
      .by = xs_query_text(q, a, 4),
      .role = xs_query_text(q, a, 5),
      .at = xs_query_int(q, 6),
      .date = (uint32_t)xs_query_int(q, 7),
      .means = xs_query_text(q, a, 8),
      .digest = xs_query_text(q, a, 9),
      .scan = xs_query_text(q, a, 10),
      .void_at = xs_query_int(q, 11),
      .void_by = xs_query_text(q, a, 12),
      .void_reason = xs_query_text(q, a, 13),
  };
}

xs_status xs_store_signoff_list(xs_arena *a, xs_store *store, xs_text uid, xs_text document,
                                xs_diags *diags, xs_store_signoff **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_SIGNOFF_LIST, "it", id, document);
  while (xs_query_row(&q)) {
    xs_store_signoff *s = XS_PUSH(a, *out, *count, capacity);
    if (s)
      read_row(&q, a, s);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}
