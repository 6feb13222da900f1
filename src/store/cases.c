/* Cases: one row each, and the lists of them. */
#include "base/diag.h"
#include "base/text.h"
#include "store/query.h"
#include "store/search.h"

static xs_status refuse_unknown(const xs_store *store, xs_diags *diags, xs_text uid)
{
  xs_diag(diags, XS_D_CASE_UNKNOWN, XS_NOWHERE,
          _("there is no case “%.*s” in %.*s; “xieshang case list” shows those there are"),
          XS_TEXT(uid), XS_TEXT(store->path));
  return XS_EINPUT;
}

xs_status xs_store_case_id(xs_store *store, xs_text uid, xs_diags *diags, int64_t *id)
{
  xs_query q;
  *id = 0;
  xs_query_begin(&q, store, diags, XS_SQL_CASE_ID, "t", uid);
  if (xs_query_row(&q)) *id = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  return st || *id ? st : refuse_unknown(store, diags, uid);
}

static xs_status refuse_taken(const xs_store *store, xs_diags *diags, xs_text uid)
{
  xs_diag(diags, XS_D_CASE_TAKEN, XS_NOWHERE,
          _("there is a case “%.*s” in %.*s already; to change it, use “xieshang case revise”; "
            "another case needs another id"),
          XS_TEXT(uid), XS_TEXT(store->path));
  return XS_ECONFLICT;
}

static xs_status add(xs_store *store, const xs_store_case *c, xs_diags *diags)
{
  xs_query q;
  bool taken;
  xs_query_begin(&q, store, diags, XS_SQL_CASE_ID, "t", c->uid);
  taken = xs_query_row(&q);
  xs_status st = xs_query_end(&q);
  if (st) return st;
  if (taken) return refuse_taken(store, diags, c->uid);
  return xs_query_run(store, diags, XS_SQL_CASE_NEW, "tttttoi", c->uid, c->title, c->kind, c->year,
                      c->state, c->pack, store->host->now(store->host->user));
}

xs_status xs_store_case_add(xs_store *store, const xs_store_case *c, xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = add(store, c, diags);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_case_change(xs_store *store, const xs_store_case *c, xs_diags *diags)
{
  bool own;
  int64_t id;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = xs_store_case_id(store, c->uid, diags, &id);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_CASE_CHANGE, "itttti", id, c->title, c->kind, c->year,
                      c->state, store->host->now(store->host->user));
  return xs_store_leave(store, diags, own, st);
}

static void read_row(xs_query *q, xs_arena *a, xs_store_case *out)
{
  *out = (xs_store_case){
      .uid = xs_query_text(q, a, 0),
      .title = xs_query_text(q, a, 1),
      .kind = xs_query_text(q, a, 2),
      .year = xs_query_text(q, a, 3),
      .state = xs_query_text(q, a, 4),
      .pack = xs_query_text(q, a, 5),
      .revision = xs_query_int(q, 6),
      .digest = xs_query_text(q, a, 7),
      .events = xs_query_int(q, 8),
      .head = xs_query_text(q, a, 9),
      .created = xs_query_int(q, 10),
      .changed = xs_query_int(q, 11),
  };
}

xs_status xs_store_case_find(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                             xs_store_case *out)
{
  xs_query q;
  *out = (xs_store_case){.revision = 0};
  xs_query_begin(&q, store, diags, XS_SQL_CASE_FIND, "t", uid);
  bool found = xs_query_row(&q);
  if (found) read_row(&q, a, out);
  xs_status st = xs_query_end(&q);
  return st || found ? st : refuse_unknown(store, diags, uid);
}

/* LIMIT and OFFSET as SQL has them: all is -1. */
static int64_t sql_limit(size_t limit)
{
  return limit ? (int64_t)limit : -1;
}

/* ---- lists ---- */

static bool is_plain(const xs_store_filter *f)
{
  return !f->kind.len && !f->year.len && !f->state.len && !f->label_kind.len;
}

static void begin_list(xs_query *q, xs_store *store, const xs_store_filter *f, xs_text question,
                       xs_diags *diags)
{
  if (question.len)
    xs_query_begin(q, store, diags, XS_SQL_SEARCH_LIST, "oooooiit", f->kind, f->year, f->state,
                   f->label_kind, f->label, sql_limit(f->limit), (int64_t)f->offset, question);
  else
    xs_query_begin(q, store, diags, XS_SQL_CASE_LIST, "oooooii", f->kind, f->year, f->state,
                   f->label_kind, f->label, sql_limit(f->limit), (int64_t)f->offset);
}

static void begin_count(xs_query *q, xs_store *store, const xs_store_filter *f, xs_text question,
                        xs_diags *diags)
{
  if (question.len && is_plain(f))
    xs_query_begin(q, store, diags, XS_SQL_SEARCH_COUNT_ALL, "t", question);
  else if (question.len)
    xs_query_begin(q, store, diags, XS_SQL_SEARCH_COUNT, "ooooot", f->kind, f->year, f->state,
                   f->label_kind, f->label, question);
  else
    xs_query_begin(q, store, diags, XS_SQL_CASE_COUNT, "ooooo", f->kind, f->year, f->state,
                   f->label_kind, f->label);
}

static xs_status count_fitting(xs_store *store, const xs_store_filter *f, xs_text question,
                               xs_diags *diags, size_t *total)
{
  xs_query q;
  begin_count(&q, store, f, question, diags);
  if (xs_query_row(&q)) *total = (size_t)xs_query_int(&q, 0);
  return xs_query_end(&q);
}

xs_status xs_store_case_list(xs_arena *a, xs_store *store, const xs_store_filter *f,
                             xs_diags *diags, xs_store_case **out, size_t *count, size_t *total)
{
  xs_query q;
  xs_text question = XS_NO_TEXT;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = f->text.len ? xs_search_question(a, f->text, diags, &question) : XS_OK;
  if (st) return st;
  begin_list(&q, store, f, question, diags);
  while (xs_query_row(&q)) {
    xs_store_case *row = XS_PUSH(a, *out, *count, capacity);
    if (row)
      read_row(&q, a, row);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  st = xs_query_end(&q);
  return st || !total ? st : count_fitting(store, f, question, diags, total);
}
