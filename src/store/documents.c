#include "store/documents.h"

#include "base/diag.h"
#include "base/text.h"
#include "store/blob.h"
#include "store/query.h"

static int64_t now(const xs_store *store)
{
  return store->host->now(store->host->user);
}

/* ---- documents ---- */

static xs_status find_document(xs_store *store, int64_t id, xs_text document, xs_diags *diags,
                               int64_t *blob)
{
  xs_query q;
  *blob = 0;
  xs_query_begin(&q, store, diags, XS_SQL_DOCUMENT_BLOB, "it", id, document);
  if (xs_query_row(&q)) *blob = xs_query_int(&q, 0);
  return xs_query_end(&q);
}

static xs_status refuse_taken(xs_diags *diags, xs_text uid, xs_text document)
{
  xs_diag(diags, XS_D_DOCUMENT_TAKEN, XS_NOWHERE,
          _("case “%.*s” has a document “%.*s” already; a document is never replaced"),
          XS_TEXT(uid), XS_TEXT(document));
  return XS_ECONFLICT;
}

static xs_status put_slots(xs_store *store, int64_t id, xs_text document,
                           const xs_store_slot *slots, size_t count, xs_diags *diags)
{
  xs_status st = XS_OK;
  for (size_t i = 0; !st && i < count; i++)
    st = xs_query_run(store, diags, XS_SQL_SLOT_PUT, "ititttttti", id, document, (int64_t)i,
                      slots[i].id, slots[i].kind, slots[i].side, slots[i].title, slots[i].name,
                      slots[i].person, (int64_t)slots[i].turn);
  return st;
}

static xs_status put_document(xs_store *store, xs_text uid, const xs_store_document *d,
                              xs_text bytes, const xs_store_slot *slots, size_t count,
                              xs_diags *diags)
{
  int64_t id, blob = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = find_document(store, id, d->id, diags, &blob);
  if (!st && blob) return refuse_taken(diags, uid, d->id);
  if (!st) st = xs_blob_put(store, bytes, 0, diags, &blob);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_DOCUMENT_PUT, "itttttttttiiitititt", id, d->id,
                      d->template_id, d->template_version, d->template_digest, d->title, d->track,
                      d->key, d->item, d->copy, d->revision, (int64_t)d->date, blob, d->text_digest,
                      d->frozen ? d->frozen : now(store), d->by, d->void_at, d->void_by,
                      d->void_reason);
  return st ? st : put_slots(store, id, d->id, slots, count, diags);
}

xs_status xs_store_document_put(xs_store *store, xs_text uid, const xs_store_document *document,
                                xs_text bytes, const xs_store_slot *slots, size_t slot_count,
                                xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put_document(store, uid, document, bytes, slots, slot_count, diags);
  return xs_store_leave(store, diags, own, st);
}

static void read_document(xs_query *q, xs_arena *a, xs_store_document *out)
{
  *out = (xs_store_document){
      .id = xs_query_text(q, a, 0),
      .template_id = xs_query_text(q, a, 1),
      .template_version = xs_query_text(q, a, 2),
      .template_digest = xs_query_text(q, a, 3),
      .title = xs_query_text(q, a, 4),
      .track = xs_query_text(q, a, 5),
      .key = xs_query_text(q, a, 6),
      .item = xs_query_text(q, a, 7),
      .copy = xs_query_text(q, a, 8),
      .revision = xs_query_int(q, 9),
      .date = (uint32_t)xs_query_int(q, 10),
      .digest = xs_query_text(q, a, 11),
      .text_digest = xs_query_text(q, a, 12),
      .frozen = xs_query_int(q, 13),
      .by = xs_query_text(q, a, 14),
      .void_at = xs_query_int(q, 15),
      .void_by = xs_query_text(q, a, 16),
      .void_reason = xs_query_text(q, a, 17),
  };
}

xs_status xs_store_document_list(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                                 xs_store_document **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_DOCUMENT_LIST, "i", id);
  while (xs_query_row(&q)) {
    xs_store_document *d = XS_PUSH(a, *out, *count, capacity);
    if (d)
      read_document(&q, a, d);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}

static xs_status refuse_unknown(xs_diags *diags, xs_text uid, xs_text document)
{
  xs_diag(diags, XS_D_DOCUMENT_UNKNOWN, XS_NOWHERE, _("case “%.*s” has no document “%.*s”"),
          XS_TEXT(uid), XS_TEXT(document));
  return XS_EINPUT;
}

static xs_status need_document(xs_store *store, xs_text uid, xs_text document, xs_diags *diags,
                               int64_t *id, int64_t *blob)
{
  xs_status st = xs_store_case_id(store, uid, diags, id);
  if (!st) st = find_document(store, *id, document, diags, blob);
  return st || *blob ? st : refuse_unknown(diags, uid, document);
}

xs_status xs_store_document_bytes(xs_arena *a, xs_store *store, xs_text uid, xs_text document,
                                  xs_diags *diags, xs_text *out)
{
  int64_t id, blob;
  xs_status st = need_document(store, uid, document, diags, &id, &blob);
  return st ? st : xs_blob_get(a, store, blob, diags, out);
}

xs_status xs_store_document_void(xs_store *store, xs_text uid, xs_text document, xs_text by,
                                 xs_text reason, xs_diags *diags)
{
  bool own;
  int64_t id, blob;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = need_document(store, uid, document, diags, &id, &blob);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_DOCUMENT_VOID, "ititt", id, document, now(store), by,
                      reason);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_slot_list(xs_arena *a, xs_store *store, xs_text uid, xs_text document,
                             xs_diags *diags, xs_store_slot **out, size_t *count)
{
  xs_query q;
  int64_t id, blob;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = need_document(store, uid, document, diags, &id, &blob);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_SLOT_LIST, "it", id, document);
  while (xs_query_row(&q)) {
    xs_store_slot *s = XS_PUSH(a, *out, *count, capacity);
    if (s)
      *s = (xs_store_slot){.id = xs_query_text(&q, a, 0),
                           .kind = xs_query_text(&q, a, 1),
                           .side = xs_query_text(&q, a, 2),
                           .title = xs_query_text(&q, a, 3),
                           .name = xs_query_text(&q, a, 4),
                           .person = xs_query_text(&q, a, 5),
                           .turn = (uint32_t)xs_query_int(&q, 6)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}
