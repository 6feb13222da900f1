#include "store/search.h"

#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/blob.h"
#include "store/query.h"
#include "store/squeeze.h"
#include "store/tokens.h"

/*
 * The index keeps no texts. To take an old text out, FTS5 must be told what it was; so the texts
 * lie beside it, deflated with the revision they come from as the dictionary: hardly any bytes.
 */

/* The text of a case in the index; id 0 when it has none. */
typedef struct indexed {
  int64_t id, base;
  xs_text text;
} indexed;

/* ---- writing ---- */

static xs_status damaged(xs_store *store, xs_diags *diags)
{
  return xs_store_failed(store, diags, SQLITE_CORRUPT);
}

static xs_status find(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, indexed *out)
{
  xs_query q;
  size_t len = 0;
  xs_text packed = XS_NO_TEXT, dictionary = XS_NO_TEXT;
  *out = (indexed){.id = 0};
  xs_query_begin(&q, store, diags, XS_SQL_SEARCH_FIND, "i", id);
  if (xs_query_row(&q)) {
    out->id = xs_query_int(&q, 0);
    out->base = xs_query_int(&q, 1);
    len = (size_t)xs_query_int(&q, 2);
    packed = xs_query_text(&q, a, 3);
  }
  xs_status st = xs_query_end(&q);
  if (st || !out->id) return st;
  if (out->base) st = xs_blob_get(a, store, out->base, diags, &dictionary);
  if (st) return st;
  char *room = len <= XS_MAX_BLOB_BYTES ? xs_arena_alloc(a, len + 1) : NULL;
  if (!room) return len <= XS_MAX_BLOB_BYTES ? XS_ENOMEM : damaged(store, diags);
  out->text = (xs_text){room, len};
  st = xs_unsqueeze(store->host, packed, dictionary, room, len);
  return st == XS_EINPUT ? damaged(store, diags) : st;
}

static xs_status find_revision(xs_store *store, int64_t id, xs_diags *diags, int64_t *blob)
{
  xs_query q;
  *blob = 0;
  xs_query_begin(&q, store, diags, XS_SQL_REVISION_LAST, "i", id);
  if (xs_query_row(&q)) *blob = xs_query_int(&q, 3);
  return xs_query_end(&q);
}

static xs_status insert(xs_arena *a, xs_store *store, int64_t id, xs_text text, xs_diags *diags)
{
  int64_t base;
  xs_text dictionary = XS_NO_TEXT;
  xs_buf packed;
  xs_buf_init(&packed, store->host, XS_MAX_BUF_BYTES);
  xs_status st = find_revision(store, id, diags, &base);
  if (!st && base) st = xs_blob_get(a, store, base, diags, &dictionary);
  if (!st) st = xs_squeeze(text, dictionary, &packed);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_SEARCH_PUT, "irib", id, base, (int64_t)text.len,
                      xs_buf_view(&packed));
  int64_t place = sqlite3_last_insert_rowid(store->db);
  if (!st) st = xs_query_run(store, diags, XS_SQL_SEARCH_INDEX, "it", place, text);
  xs_buf_free(&packed);
  return st;
}

static xs_status put(xs_arena *a, xs_store *store, xs_text uid, xs_text text, xs_diags *diags)
{
  int64_t id;
  indexed old;
  xs_text folded = xs_tokens_fold(a, text);
  if (!folded.ptr) return xs_diags_arena(diags, a, XS_ENOMEM);
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = find(a, store, id, diags, &old);
  if (st || (old.id && xs_text_equal(old.text, folded))) return st;
  if (old.id) st = xs_query_run(store, diags, XS_SQL_SEARCH_FORGET, "it", old.id, old.text);
  if (!st && old.id) st = xs_query_run(store, diags, XS_SQL_SEARCH_DROP, "i", old.id);
  return st ? st : insert(a, store, id, folded, diags);
}

xs_status xs_store_search_put(xs_store *store, xs_text uid, xs_text text, xs_diags *diags)
{
  bool own;
  xs_arena *a = xs_arena_new(store->host);
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = a ? put(a, store, uid, text, diags) : XS_ENOMEM;
  xs_arena_free(a);
  return xs_store_leave(store, diags, own, st);
}

/* ---- asking ---- */

/* From this many letters on, what a word begins with finds it. */
enum { PREFIX_FROM = 3 };

xs_status xs_search_question(xs_arena *a, xs_text words, xs_diags *diags, xs_text *out)
{
  xs_buf question;
  xs_run_of_letters run;
  xs_buf_init(&question, xs_arena_host(a), XS_MAX_EVENT_BYTES);
  xs_text folded = xs_tokens_fold(a, words);
  for (size_t off = 0; xs_tokens_run(folded, &off, &run);) {
    bool prefix = run.letter == XS_LETTER_WORD && run.count >= PREFIX_FROM;
    xs_buf_printf(&question, "%s\"%.*s\"%s", question.len ? " AND " : "", XS_TEXT(run.text),
                  prefix ? " *" : "");
  }
  xs_status st = folded.ptr ? question.status : XS_ENOMEM;
  if (!st && !question.len) {
    xs_diag(diags, XS_D_SEARCH_EMPTY, XS_NOWHERE,
            _("“%.*s” has no character, letter or digit that could be found"), XS_TEXT(words));
    st = XS_EINPUT;
  }
  if (!st) *out = xs_arena_text(a, xs_buf_view(&question));
  if (!st && !out->ptr) st = XS_ENOMEM;
  xs_buf_free(&question);
  return st;
}
