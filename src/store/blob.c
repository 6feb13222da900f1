#include "store/blob.h"

#include "base/diag.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/query.h"
#include "store/squeeze.h"

/*
 * A blob is deflated when that makes it smaller. The revisions of a case hardly differ, so a blob
 * may name another as its base: it is deflated with the bytes of that one as the dictionary. A base
 * has no base of its own, so that any blob is read with two rows at most; when the difference has
 * grown to half of what the blob takes alone, it stands alone and becomes the base of those after
 * it.
 */

/* ---- reading ---- */

static xs_status refuse_damaged(xs_store *store, xs_diags *diags, xs_text digest)
{
  xs_diag(diags, XS_D_STORE_DAMAGED, XS_NOWHERE,
          _("%.*s: the bytes kept under the digest %.*s are not those that were put there. Go on "
            "with the last backup"),
          XS_TEXT(store->path), XS_TEXT(digest));
  return XS_EINPUT;
}

typedef struct row {
  xs_text digest, form, bytes;
  size_t len;
  int64_t base;
} row;

static xs_status read_row(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, row *out)
{
  xs_query q;
  *out = (row){.len = 0};
  xs_query_begin(&q, store, diags, XS_SQL_BLOB_GET, "i", id);
  if (xs_query_row(&q)) {
    out->digest = xs_query_text(&q, a, 0);
    out->len = (size_t)xs_query_int(&q, 1);
    out->form = xs_query_text(&q, a, 2);
    out->base = xs_query_int(&q, 3);
    out->bytes = xs_query_text(&q, a, 4);
  }
  return xs_query_end(&q);
}

static xs_status unpack(xs_arena *a, xs_store *store, const row *r, xs_text dictionary,
                        xs_diags *diags, xs_text *out)
{
  char digest[65];
  if (r->len > XS_MAX_BLOB_BYTES) return refuse_damaged(store, diags, r->digest);
  *out = r->bytes;
  if (!xs_text_is(r->form, "plain")) {
    char *room = xs_arena_alloc(a, r->len + 1);
    if (!room) return xs_diags_arena(diags, a, XS_ENOMEM);
    xs_status st = xs_unsqueeze(store->host, r->bytes, dictionary, room, r->len);
    if (st) return st == XS_EINPUT ? refuse_damaged(store, diags, r->digest) : st;
    *out = (xs_text){room, r->len};
  }
  if (xs_digest_hex(out->ptr, out->len, digest)) return XS_ENOMEM;
  return xs_text_is(r->digest, digest) ? XS_OK : refuse_damaged(store, diags, r->digest);
}

xs_status xs_blob_get(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, xs_text *out)
{
  row r, base;
  xs_text dictionary = XS_NO_TEXT;
  xs_status st = read_row(a, store, id, diags, &r);
  if (!st && r.base) {
    st = read_row(a, store, r.base, diags, &base);
    if (!st && base.base) st = refuse_damaged(store, diags, r.digest);
    if (!st) st = unpack(a, store, &base, XS_NO_TEXT, diags, &dictionary);
  }
  return st ? st : unpack(a, store, &r, dictionary, diags, out);
}

/* ---- writing ---- */

static xs_status find(xs_store *store, xs_diags *diags, xs_text digest, int64_t *id)
{
  xs_query q;
  *id = 0;
  xs_query_begin(&q, store, diags, XS_SQL_BLOB_FIND, "t", digest);
  if (xs_query_row(&q)) *id = xs_query_int(&q, 0);
  return xs_query_end(&q);
}

/* The row whose bytes serve as dictionary for what is like `like`, and those bytes. */
static xs_status find_base(xs_arena *a, xs_store *store, int64_t like, xs_diags *diags,
                           int64_t *base, xs_text *dictionary)
{
  row r;
  *base = 0;
  *dictionary = XS_NO_TEXT;
  if (!like) return XS_OK;
  xs_status st = read_row(a, store, like, diags, &r);
  if (st) return st;
  *base = r.base ? r.base : like;
  return xs_blob_get(a, store, *base, diags, dictionary);
}

/* The difference alone, when it is worth it; else `leans` is false and *out holds all of it. */
static xs_status pack(xs_text bytes, xs_text dictionary, xs_buf *out, bool *leans)
{
  xs_buf apart;
  xs_buf_init(&apart, out->host, XS_MAX_BUF_BYTES);
  xs_status st = dictionary.len ? xs_squeeze(bytes, dictionary, &apart) : XS_OK;
  *leans = dictionary.len && apart.len < bytes.len / 10; /* far less than it takes alone */
  if (!st && !*leans) {
    st = xs_squeeze(bytes, XS_NO_TEXT, out);
    *leans = dictionary.len && apart.len < out->len / 2;
  }
  if (!st && *leans) {
    xs_buf_free(out);
    *out = apart;
  } else {
    xs_buf_free(&apart);
  }
  return st;
}

static xs_status insert(xs_store *store, xs_diags *diags, xs_text digest, xs_text bytes,
                        xs_text dictionary, int64_t base)
{
  xs_buf packed;
  bool leans;
  xs_buf_init(&packed, store->host, XS_MAX_BUF_BYTES);
  xs_status st = pack(bytes, dictionary, &packed, &leans);
  if (!st) {
    bool plain = packed.len >= bytes.len;
    st = xs_query_run(store, diags, XS_SQL_BLOB_PUT, "titrb", digest, (int64_t)bytes.len,
                      plain ? XS_LIT("plain") : XS_LIT("deflate"), leans && !plain ? base : 0,
                      plain ? bytes : xs_buf_view(&packed));
  }
  xs_buf_free(&packed);
  return st;
}

xs_status xs_blob_put(xs_store *store, xs_text bytes, int64_t like, xs_diags *diags, int64_t *id)
{
  char digest[65];
  if (bytes.len > XS_MAX_BLOB_BYTES) {
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("a file of %zu bytes; the store keeps up to %u"),
            bytes.len, XS_MAX_BLOB_BYTES);
    return XS_ELIMIT;
  }
  if (xs_digest_hex(bytes.ptr, bytes.len, digest)) return XS_ENOMEM;
  xs_status st = find(store, diags, xs_text_of(digest), id);
  if (st || *id) return st;

  xs_arena *a = xs_arena_new(store->host);
  if (!a) return XS_ENOMEM;
  int64_t base;
  xs_text dictionary;
  st = find_base(a, store, like, diags, &base, &dictionary);
  if (!st) st = insert(store, diags, xs_text_of(digest), bytes, dictionary, base);
  if (!st) *id = sqlite3_last_insert_rowid(store->db);
  xs_arena_free(a);
  return st;
}
