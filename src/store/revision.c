/* Revisions of case files, and the rule packs that cases go by. */
#include "base/diag.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/blob.h"
#include "store/moment.h"
#include "store/query.h"

/* ---- writing ---- */

/* The present revision of a case; number 0 when it has none. */
typedef struct last {
  int64_t number, at, blob;
  xs_text by;
} last;

static xs_status find_last(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, last *out)
{
  xs_query q;
  *out = (last){.number = 0};
  xs_query_begin(&q, store, diags, XS_SQL_REVISION_LAST, "i", id);
  if (xs_query_row(&q))
    *out = (last){.number = xs_query_int(&q, 0),
                  .at = xs_query_int(&q, 1),
                  .by = xs_query_text(&q, a, 2),
                  .blob = xs_query_int(&q, 3)};
  return xs_query_end(&q);
}

static xs_status refuse_conflict(xs_diags *diags, xs_text uid, int64_t base, const last *l)
{
  char at[XS_MOMENT_ROOM];
  xs_moment_write(l->at, at);
  xs_diag(diags, XS_D_REVISION_CONFLICT, XS_NOWHERE,
          _("case “%.*s”: what you changed was revision %lld, and since then %.*s has made it "
            "revision %lld (%s). Nothing was written: export the present revision, make your "
            "change in it, and give --base %lld"),
          XS_TEXT(uid), (long long)base, XS_TEXT(l->by), (long long)l->number, at,
          (long long)l->number);
  return XS_ECONFLICT;
}

static xs_status keep(xs_store *store, int64_t id, const last *l, xs_text bytes, int64_t at,
                      xs_text by, xs_diags *diags)
{
  int64_t blob;
  xs_status st = xs_blob_put(store, bytes, l->blob, diags, &blob);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_REVISION_PUT, "iiiit", id, l->number + 1, blob, at, by);
  return st ? st : xs_query_run(store, diags, XS_SQL_REVISION_MARK, "ii", id, l->number + 1);
}

static xs_status put(xs_arena *a, xs_store *store, xs_text uid, int64_t base, xs_text bytes,
                     xs_text by, xs_diags *diags, int64_t *number)
{
  int64_t id;
  last l;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = find_last(a, store, id, diags, &l);
  if (st) return st;
  if (l.number != base) return refuse_conflict(diags, uid, base, &l);

  *number = base + 1;
  return keep(store, id, &l, bytes, store->host->now(store->host->user), by, diags);
}

xs_status xs_store_revision_put(xs_store *store, xs_text uid, int64_t base, xs_text bytes,
                                xs_text by, xs_diags *diags, int64_t *number)
{
  bool own;
  xs_arena *a = xs_arena_new(store->host);
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = a ? put(a, store, uid, base, bytes, by, diags, number) : XS_ENOMEM;
  xs_arena_free(a);
  return xs_store_leave(store, diags, own, st);
}

static xs_status restore(xs_arena *a, xs_store *store, xs_text uid, int64_t number, xs_text bytes,
                         int64_t at, xs_text by, xs_diags *diags)
{
  int64_t id;
  last l;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = find_last(a, store, id, diags, &l);
  if (st) return st;
  if (number != l.number + 1) return refuse_conflict(diags, uid, number - 1, &l);
  return keep(store, id, &l, bytes, at, by, diags);
}

xs_status xs_store_revision_restore(xs_store *store, xs_text uid, int64_t number, xs_text bytes,
                                    int64_t at, xs_text by, xs_diags *diags)
{
  bool own;
  xs_arena *a = xs_arena_new(store->host);
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = a ? restore(a, store, uid, number, bytes, at, by, diags) : XS_ENOMEM;
  xs_arena_free(a);
  return xs_store_leave(store, diags, own, st);
}

/* ---- reading ---- */

static xs_status refuse_unknown(xs_diags *diags, xs_text uid, int64_t number)
{
  xs_diag(diags, XS_D_REVISION_UNKNOWN, XS_NOWHERE, _("case “%.*s” has no revision %lld"),
          XS_TEXT(uid), (long long)number);
  return XS_EINPUT;
}

static xs_status find_blob(xs_store *store, int64_t id, int64_t number, xs_diags *diags,
                           int64_t *blob)
{
  xs_query q;
  *blob = 0;
  xs_query_begin(&q, store, diags, XS_SQL_REVISION_GET, "ii", id, number);
  if (xs_query_row(&q)) *blob = xs_query_int(&q, 0);
  return xs_query_end(&q);
}

xs_status xs_store_revision_get(xs_arena *a, xs_store *store, xs_text uid, int64_t number,
                                xs_diags *diags, xs_text *out)
{
  int64_t id, blob = 0;
  last l;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st && !number) {
    st = find_last(a, store, id, diags, &l);
    if (!st) number = l.number;
  }
  if (!st) st = find_blob(store, id, number, diags, &blob);
  if (!st && !blob) st = refuse_unknown(diags, uid, number);
  return st ? st : xs_blob_get(a, store, blob, diags, out);
}

xs_status xs_store_revision_list(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                                 xs_store_revision **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_REVISION_LIST, "i", id);
  while (xs_query_row(&q)) {
    xs_store_revision *r = XS_PUSH(a, *out, *count, capacity);
    if (r)
      *r = (xs_store_revision){.number = xs_query_int(&q, 0),
                               .digest = xs_query_text(&q, a, 1),
                               .len = (size_t)xs_query_int(&q, 2),
                               .at = xs_query_int(&q, 3),
                               .by = xs_query_text(&q, a, 4)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}

/* ---- packs ---- */

static xs_status put_pack(xs_store *store, const xs_store_pack *pack, xs_diags *diags,
                          const char *digest)
{
  int64_t blob;
  xs_status st = xs_blob_put(store, pack->bytes, 0, diags, &blob);
  return st ? st
            : xs_query_run(store, diags, XS_SQL_PACK_PUT, "ttti", xs_text_of(digest), pack->id,
                           pack->version, blob);
}

xs_status xs_store_pack_put(xs_store *store, const xs_store_pack *pack, xs_diags *diags,
                            char digest[65])
{
  bool own;
  if (xs_digest_hex(pack->bytes.ptr, pack->bytes.len, digest)) return XS_ENOMEM;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put_pack(store, pack, diags, digest);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_pack_get(xs_arena *a, xs_store *store, xs_text digest, xs_diags *diags,
                            xs_store_pack *out)
{
  xs_query q;
  int64_t blob = 0;
  *out = (xs_store_pack){.id = XS_NO_TEXT};
  xs_query_begin(&q, store, diags, XS_SQL_PACK_GET, "t", digest);
  if (xs_query_row(&q)) {
    out->id = xs_query_text(&q, a, 0);
    out->version = xs_query_text(&q, a, 1);
    blob = xs_query_int(&q, 2);
  }
  xs_status st = xs_query_end(&q);
  if (!st && !blob) {
    xs_diag(diags, XS_D_STORE_DAMAGED, XS_NOWHERE, _("%.*s has no rule pack with the digest %.*s"),
            XS_TEXT(store->path), XS_TEXT(digest));
    st = XS_EINPUT;
  }
  return st ? st : xs_blob_get(a, store, blob, diags, &out->bytes);
}
