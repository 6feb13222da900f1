/* Deadlines of all cases, so that what is due is known without opening one of them. */
#include "base/diag.h"
#include "base/text.h"
#include "store/query.h"

#include <string.h>

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

/* A row as it lies in the store. */
enum { KNOWN, STARTED, OPENS, DUE, MET, AGREED, CEASED, VERIFIED, PROVISIONAL, BACKWARD, NUMBERS };

typedef struct row {
  int64_t limit;
  xs_text track, key, item;
  int64_t n[NUMBERS];
} row;

static row row_of(const xs_store_deadline *d, int64_t limit)
{
  return (row){
      .limit = limit,
      .track = d->track,
      .key = d->key,
      .item = d->item,
      .n = {[KNOWN] = d->known,
            [STARTED] = d->trigger,
            [OPENS] = d->opens,
            [DUE] = d->due,
            [MET] = d->met,
            [AGREED] = d->agreed,
            [CEASED] = d->ceased,
            [VERIFIED] = d->verified,
            [PROVISIONAL] = d->provisional,
            [BACKWARD] = d->backward},
  };
}

static xs_text short_text(xs_query *q, xs_arena *a, int column)
{
  return xs_query_view(q, column).len ? xs_query_text(q, a, column) : XS_LIT("");
}

static void read_row(xs_query *q, xs_arena *a, row *out)
{
  *out = (row){.limit = xs_query_int(q, 0),
               .track = short_text(q, a, 1),
               .key = short_text(q, a, 2),
               .item = short_text(q, a, 3)};
  for (int i = 0; i < NUMBERS; i++) out->n[i] = xs_query_int(q, 4 + i);
}

static bool same_row(const row *a, const row *b)
{
  return a->limit == b->limit && memcmp(a->n, b->n, sizeof a->n) == 0 &&
         xs_text_equal(a->track, b->track) && xs_text_equal(a->key, b->key) &&
         xs_text_equal(a->item, b->item);
}

static xs_status drop_row(xs_store *store, int64_t id, size_t place, const row *r, xs_diags *diags)
{
  return xs_query_run(store, diags, XS_SQL_DEADLINE_DROP, "iiii", r->n[MET], r->n[DUE], id,
                      (int64_t)place);
}

static xs_status put_row(xs_store *store, int64_t id, size_t place, const row *r, xs_diags *diags)
{
  const int64_t *n = r->n;
  return xs_query_run(store, diags, XS_SQL_DEADLINE_PUT, "iiitttiiiiiiiiii", id, (int64_t)place,
                      r->limit, r->track, r->key, r->item, n[KNOWN], n[STARTED], n[OPENS], n[DUE],
                      n[MET], n[AGREED], n[CEASED], n[VERIFIED], n[PROVISIONAL], n[BACKWARD]);
}

static xs_status list_rows(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, row **out,
                           size_t *count)
{
  xs_query q;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_query_begin(&q, store, diags, XS_SQL_DEADLINE_ALL, "i", id);
  while (xs_query_row(&q)) {
    row *r = XS_PUSH(a, *out, *count, capacity);
    if (r)
      read_row(&q, a, r);
    else
      q.status = XS_ENOMEM;
  }
  return xs_query_end(&q);
}

/* A step changes few of them, and each that is written costs a page: what is the same stays. */
static xs_status put_rows(xs_arena *a, xs_store *store, xs_text uid, const xs_store_deadline *rows,
                          size_t count, xs_diags *diags)
{
  row *old;
  int64_t id, limit;
  size_t old_count;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = list_rows(a, store, id, diags, &old, &old_count);
  for (size_t i = 0; !st && i < count; i++) {
    st = find_limit(store, &rows[i], diags, &limit);
    row r = row_of(&rows[i], limit);
    if (st || (i < old_count && same_row(&old[i], &r))) continue;
    if (i < old_count) st = drop_row(store, id, i, &old[i], diags);
    if (!st) st = put_row(store, id, i, &r, diags);
  }
  for (size_t i = count; !st && i < old_count; i++) st = drop_row(store, id, i, &old[i], diags);
  return st;
}

xs_status xs_store_deadlines_put(xs_store *store, xs_text uid, const xs_store_deadline *rows,
                                 size_t count, xs_diags *diags)
{
  bool own;
  xs_arena *a = xs_arena_new(store->host);
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = a ? put_rows(a, store, uid, rows, count, diags) : XS_ENOMEM;
  xs_arena_free(a);
  return xs_store_leave(store, diags, own, st);
}

/* ---- reading ---- */

/* What limits are called: few, and the same for all rows of an answer. */
typedef struct names {
  xs_store_deadline *items; /* by id, from 0 */
  size_t count, capacity;
} names;

static xs_status read_names(xs_arena *a, xs_store *store, xs_diags *diags, names *out)
{
  xs_query q;
  *out = (names){.count = 0};
  xs_query_begin(&q, store, diags, XS_SQL_LIMIT_LIST, "");
  while (xs_query_row(&q)) {
    size_t id = (size_t)xs_query_int(&q, 0);
    xs_store_deadline *d = NULL;
    do d = XS_PUSH(a, out->items, out->count, out->capacity);
    while (d && out->count <= id);
    if (d)
      *d = (xs_store_deadline){.limit = xs_query_text(&q, a, 1),
                               .what = xs_query_text(&q, a, 2),
                               .actor = xs_query_text(&q, a, 3),
                               .law = xs_query_text(&q, a, 4),
                               .grade = xs_query_text(&q, a, 5),
                               .kind = xs_query_text(&q, a, 6)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}

static void read_deadline(xs_query *q, xs_arena *a, const names *known, xs_store_deadline *out)
{
  row r;
  read_row(q, a, &r);
  size_t limit = (size_t)r.limit;
  *out = limit < known->count ? known->items[limit] : (xs_store_deadline){.due = 0};
  out->uid = xs_query_text(q, a, 4 + NUMBERS);
  out->title = xs_query_text(q, a, 5 + NUMBERS);
  out->track = r.track;
  out->key = r.key;
  out->item = r.item;
  out->known = (uint32_t)r.n[KNOWN];
  out->trigger = (uint32_t)r.n[STARTED];
  out->opens = (uint32_t)r.n[OPENS];
  out->due = (uint32_t)r.n[DUE];
  out->met = (uint32_t)r.n[MET];
  out->agreed = (uint32_t)r.n[AGREED];
  out->ceased = (uint32_t)r.n[CEASED];
  out->verified = r.n[VERIFIED] != 0;
  out->provisional = r.n[PROVISIONAL] != 0;
  out->backward = r.n[BACKWARD] != 0;
}

static int64_t last_day(uint32_t to)
{
  return to ? (int64_t)to : 99991231;
}

/* The case of `id` alone, or all when it is 0. */
static void begin_list(xs_query *q, xs_store *store, const xs_store_due *f, int64_t id,
                       xs_diags *diags)
{
  int64_t as_of = f->as_of, from = f->from, to = last_day(f->to);
  int64_t limit = f->limit ? (int64_t)f->limit : -1;
  if (id)
    xs_query_begin(q, store, diags, XS_SQL_DEADLINE_OF, "iiiii", as_of, from, to, id, limit);
  else
    xs_query_begin(q, store, diags, XS_SQL_DEADLINE_LIST, "iiiooi", as_of, from, to, f->label_kind,
                   f->label, limit);
}

static xs_status count_fitting(xs_store *store, const xs_store_due *f, xs_diags *diags,
                               size_t *total)
{
  xs_query q;
  xs_query_begin(&q, store, diags, XS_SQL_DEADLINE_COUNT, "iiioo", (int64_t)f->as_of,
                 (int64_t)f->from, last_day(f->to), f->label_kind, f->label);
  if (xs_query_row(&q)) *total = (size_t)xs_query_int(&q, 0);
  return xs_query_end(&q);
}

xs_status xs_store_deadlines_find(xs_arena *a, xs_store *store, const xs_store_due *f,
                                  xs_diags *diags, xs_store_deadline **out, size_t *count,
                                  size_t *total)
{
  xs_query q;
  names known;
  int64_t id = 0;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = f->uid.len ? xs_store_case_id(store, f->uid, diags, &id) : XS_OK;
  if (!st) st = read_names(a, store, diags, &known);
  if (st) return st;
  begin_list(&q, store, f, id, diags);
  while (xs_query_row(&q)) {
    xs_store_deadline *d = XS_PUSH(a, *out, *count, capacity);
    if (d)
      read_deadline(&q, a, &known, d);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  st = xs_query_end(&q);
  if (st || !total) return st;
  *total = *count;
  return f->limit && !id ? count_fitting(store, f, diags, total) : XS_OK;
}
