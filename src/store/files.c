/* Files of cases: evidence, scans, pictures. The same bytes are kept once, whoever brings them. */
#include "base/diag.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/blob.h"
#include "store/documents.h"
#include "store/query.h"

static xs_status find_named(xs_store *store, int64_t id, xs_text name, xs_diags *diags,
                            int64_t *blob)
{
  xs_query q;
  *blob = 0;
  xs_query_begin(&q, store, diags, XS_SQL_FILE_NAMED, "it", id, name);
  if (xs_query_row(&q)) *blob = xs_query_int(&q, 0);
  return xs_query_end(&q);
}

static xs_status put(xs_store *store, xs_text uid, const xs_store_file *f, xs_text bytes,
                     xs_diags *diags)
{
  int64_t id, blob, last;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = xs_blob_put(store, bytes, 0, diags, &blob);
  if (!st) st = find_named(store, id, f->name, diags, &last);
  if (st || blob == last) return st;
  return xs_query_run(store, diags, XS_SQL_FILE_PUT, "ittiit", id, f->name, f->what, blob, f->at,
                      f->by);
}

xs_status xs_store_file_put(xs_store *store, xs_text uid, xs_text name, xs_text bytes, xs_text what,
                            xs_text by, xs_diags *diags, char digest[65])
{
  bool own;
  if (xs_digest_hex(bytes.ptr, bytes.len, digest)) return XS_ENOMEM;
  xs_store_file f = {
      .name = name, .what = what, .by = by, .at = store->host->now(store->host->user)};
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put(store, uid, &f, bytes, diags);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_file_list(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                             xs_store_file **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_FILE_LIST, "i", id);
  while (xs_query_row(&q)) {
    xs_store_file *f = XS_PUSH(a, *out, *count, capacity);
    if (f)
      *f = (xs_store_file){.digest = xs_query_text(&q, a, 0),
                           .name = xs_query_text(&q, a, 1),
                           .what = xs_query_text(&q, a, 2),
                           .len = (size_t)xs_query_int(&q, 3),
                           .at = xs_query_int(&q, 4),
                           .by = xs_query_text(&q, a, 5)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}

xs_status xs_store_file_named(xs_arena *a, xs_store *store, xs_text uid, xs_text name,
                              xs_diags *diags, xs_text *out, bool *found)
{
  int64_t id, blob = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = find_named(store, id, name, diags, &blob);
  *found = !st && blob;
  return *found ? xs_blob_get(a, store, blob, diags, out) : st;
}

xs_status xs_store_file_get(xs_arena *a, xs_store *store, xs_text uid, xs_text digest,
                            xs_diags *diags, xs_text *out)
{
  xs_query q;
  int64_t id, blob = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_FILE_BLOB, "it", id, digest);
  if (xs_query_row(&q)) blob = xs_query_int(&q, 0);
  st = xs_query_end(&q);
  if (st || blob) return st ? st : xs_blob_get(a, store, blob, diags, out);
  xs_diag(diags, XS_D_FILE_UNKNOWN, XS_NOWHERE, _("case “%.*s” has no file with the digest %.*s"),
          XS_TEXT(uid), XS_TEXT(digest));
  return XS_EINPUT;
}
