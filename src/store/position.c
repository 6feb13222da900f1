/* Where cases stand: their tracks, and the labels they are chosen by. */
#include "base/diag.h"
#include "store/query.h"

/* ---- tracks ---- */

static xs_status put_tracks(xs_store *store, xs_text uid, const xs_store_track *tracks,
                            size_t count, xs_diags *diags)
{
  int64_t id;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = xs_query_run(store, diags, XS_SQL_TRACKS_DROP, "i", id);
  for (size_t i = 0; !st && i < count; i++)
    st = xs_query_run(store, diags, XS_SQL_TRACK_PUT, "ittti", id, tracks[i].kind, tracks[i].key,
                      tracks[i].state, (int64_t)tracks[i].since);
  return st;
}

xs_status xs_store_tracks_put(xs_store *store, xs_text uid, const xs_store_track *tracks,
                              size_t count, xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put_tracks(store, uid, tracks, count, diags);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_tracks_get(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                              xs_store_track **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_TRACK_LIST, "i", id);
  while (xs_query_row(&q)) {
    xs_store_track *t = XS_PUSH(a, *out, *count, capacity);
    if (t)
      *t = (xs_store_track){.kind = xs_query_text(&q, a, 0),
                            .key = xs_query_text(&q, a, 1),
                            .state = xs_query_text(&q, a, 2),
                            .since = (uint32_t)xs_query_int(&q, 3)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}

/* ---- labels ---- */

static xs_status put_labels(xs_store *store, xs_text uid, const xs_store_label *labels,
                            size_t count, xs_diags *diags)
{
  int64_t id;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (!st) st = xs_query_run(store, diags, XS_SQL_LABELS_DROP, "i", id);
  for (size_t i = 0; !st && i < count; i++)
    st = xs_query_run(store, diags, XS_SQL_LABEL_PUT, "itt", id, labels[i].kind, labels[i].value);
  return st;
}

xs_status xs_store_labels_put(xs_store *store, xs_text uid, const xs_store_label *labels,
                              size_t count, xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st) st = put_labels(store, uid, labels, count, diags);
  return xs_store_leave(store, diags, own, st);
}

xs_status xs_store_labels_get(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                              xs_store_label **out, size_t *count)
{
  xs_query q;
  int64_t id;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_LABEL_LIST, "i", id);
  while (xs_query_row(&q)) {
    xs_store_label *l = XS_PUSH(a, *out, *count, capacity);
    if (l)
      *l = (xs_store_label){.kind = xs_query_text(&q, a, 0), .value = xs_query_text(&q, a, 1)};
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}
