#include "workflow/history.h"

#include "base/text.h"

static bool is_kind(const xs_event *e, const char *kind)
{
  return xs_text_is(e->kind, kind);
}

/* ---- what was taken back ---- */

/* A step goes with the tracks that it opened. */
static void take_back(xs_history *h, size_t i)
{
  h->undone[i] = true;
  for (i++; i < h->count && is_kind(&h->events[i], XS_EVENT_OPEN); i++) h->undone[i] = true;
}

static xs_status find_undone(xs_arena *a, xs_history *h)
{
  size_t *acts = XS_NEW_ARRAY(a, h->count + 1, size_t), depth = 0;
  h->undone = XS_NEW_ARRAY(a, h->count + 1, bool);
  if (!acts || !h->undone) return XS_ENOMEM;
  for (size_t i = 0; i < h->count; i++) {
    const xs_event *e = &h->events[i];
    if (is_kind(e, XS_EVENT_STEP) || is_kind(e, XS_EVENT_REVISE))
      acts[depth++] = i;
    else if (is_kind(e, XS_EVENT_UNDO) && depth)
      take_back(h, acts[--depth]);
  }
  h->last = depth ? acts[depth - 1] : XS_NO_EVENT;
  return XS_OK;
}

/* ---- where the case stands ---- */

static size_t track_of(xs_history *h, const xs_event *e)
{
  xs_position *p = &h->position;
  for (size_t i = 0; i < p->count; i++)
    if (xs_text_equal(p->tracks[i].kind, e->track) && xs_text_equal(p->tracks[i].key, e->key))
      return i;
  p->tracks[p->count] = (xs_track){.kind = e->track, .key = e->key};
  return p->count++;
}

static void apply(xs_history *h, const xs_event *e)
{
  bool moves = is_kind(e, XS_EVENT_STEP) || is_kind(e, XS_EVENT_OPEN);
  if (moves) {
    size_t i = track_of(h, e);
    h->position.tracks[i].state = e->to;
    h->since[i] = e->date;
  }
  if (e->revision) h->revision = e->revision;
}

static bool has_come(const xs_event *e, uint32_t as_of)
{
  return !as_of || e->date <= as_of;
}

xs_status xs_history_read(xs_arena *a, const xs_position *start, const xs_event *events,
                          size_t count, uint32_t as_of, xs_history *out)
{
  *out = (xs_history){.events = events, .count = count};
  xs_status st = find_undone(a, out);
  if (st) return st;
  out->position.tracks = XS_NEW_ARRAY(a, start->count + count + 1, xs_track);
  out->since = XS_NEW_ARRAY(a, start->count + count + 1, uint32_t);
  if (!out->position.tracks || !out->since) return XS_ENOMEM;
  for (size_t i = 0; i < start->count; i++) out->position.tracks[i] = start->tracks[i];
  out->position.count = start->count;
  for (size_t i = 0; i < count; i++)
    if (!out->undone[i] && (has_come(&events[i], as_of) || !i)) apply(out, &events[i]);
  return XS_OK;
}

const xs_event *xs_history_signature(const xs_history *history)
{
  if (history->last == XS_NO_EVENT) return NULL;
  for (size_t i = history->last + 1; i < history->count; i++)
    if (is_kind(&history->events[i], XS_EVENT_SIGN)) return &history->events[i];
  return NULL;
}
