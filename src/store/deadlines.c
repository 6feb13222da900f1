/* Deadlines of all cases, so that what is due is known without opening one of them. */
#include "base/diag.h"
#include "store/query.h"

/* ---- writing ---- */

/* What a limit is called, once for all the cases that have it. */
static xs_status find_limit(xs_store *store, const xs_store_deadline *d, xs_diags *diags,
                            int64_t *id)
{
  xs_query q;
  *id = 0;
  xs_query_begin(&q, store, diags, XS_SQL_LIMIT_FIND, "tttttt", d->limit, d->what, d->actor, d->law,
                 d->grade, d->kind);
  if (xs_query_row(&q)) *id = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  if (st || *id) return st;
  st = xs_query_run(store, diags, XS_SQL_LIMIT_PUT, "tttttt", d->limit, d->what, d->actor, d->law,
                    d->grade, d->kind);
  *id = sqlite3_last_insert_rowid(store->db);
  return st;
}

static xs_status put_one(xs_store *store, int64_t id, const xs_store_deadline *d, xs_diags *diags)
{
  int64_t limit;
  xs_status st = find_limit(store, d, diags, &limit);
  return st ? st
            : xs_query_run(store, diags, XS_SQL_DEADLINE_PUT, "iitttiiiiiiiiii", id, limit,
                           d->track, d->key, d->item, (int64_t)d->known, (int64_t)d->trigger,
                           (int64_t)d->opens, (int64_t)d->due, (int64_t)d->met, (int64_t)d->agreed,
                           (int64_t)d->ceased, (int64_t)d->verified, (int64_t)d->provisional,
                           (int64_t)d->backward);
}

xs_status xs_store_deadlines_put(xs_store *store, xs_text uid, const xs_store_deadline *rows,
                                 size_t count, xs_diags *diags)
{
  bool own;
  int64_t id = 0;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = xs_query_run(store, diags, XS_SQL_DEADLINES_DROP, "i", id);
  for (size_t i = 0; !st && i < count; i++) st = put_one(store, id, &rows[i], diags);
  return xs_store_leave(store, diags, own, st);
}

/* ---- reading ---- */

static void read_row(xs_query *q, xs_arena *a, xs_store_deadline *out)
{
  *out = (xs_store_deadline){
      .uid = xs_query_text(q, a, 0),
      .title = xs_query_text(q, a, 1),
      .limit = xs_query_text(q, a, 2),
      .track = xs_query_text(q, a, 3),
      .key = xs_query_text(q, a, 4),
      .item = xs_query_text(q, a, 5),
      .what = xs_query_text(q, a, 6),
      .actor = xs_query_text(q, a, 7),
      .law = xs_query_text(q, a, 8),
      .grade = xs_query_text(q, a, 9),
      .kind = xs_query_text(q, a, 10),
      .known = (uint32_t)xs_query_int(q, 11),
      .trigger = (uint32_t)xs_query_int(q, 12),
      .opens = (uint32_t)xs_query_int(q, 13),
      .due = (uint32_t)xs_query_int(q, 14),
      .met = (uint32_t)xs_query_int(q, 15),
      .agreed = (uint32_t)xs_query_int(q, 16),
      .ceased = (uint32_t)xs_query_int(q, 17),
      .verified = xs_query_int(q, 18) != 0,
      .provisional = xs_query_int(q, 19) != 0,
      .backward = xs_query_int(q, 20) != 0,
  };
}

static int64_t last_day(uint32_t to)
{
  return to ? (int64_t)to : 99991231;
}

static xs_status count_fitting(xs_store *store, const xs_store_due *f, xs_diags *diags,
                               size_t *total)
{
  xs_query q;
  xs_query_begin(&q, store, diags, XS_SQL_DEADLINE_COUNT, "iiiooo", (int64_t)f->as_of,
                 (int64_t)f->from, last_day(f->to), f->uid, f->label_kind, f->label);
  if (xs_query_row(&q)) *total = (size_t)xs_query_int(&q, 0);
  return xs_query_end(&q);
}

xs_status xs_store_deadlines_find(xs_arena *a, xs_store *store, const xs_store_due *f,
                                  xs_diags *diags, xs_store_deadline **out, size_t *count,
                                  size_t *total)
{
  xs_query q;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_query_begin(&q, store, diags, XS_SQL_DEADLINE_LIST, "iiioooi", (int64_t)f->as_of,
                 (int64_t)f->from, last_day(f->to), f->uid, f->label_kind, f->label,
                 f->limit ? (int64_t)f->limit : -1);
  while (xs_query_row(&q)) {
    xs_store_deadline *row = XS_PUSH(a, *out, *count, capacity);
    if (row)
      read_row(&q, a, row);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  xs_status st = xs_query_end(&q);
  return st || !total ? st : count_fitting(store, f, diags, total);
}
