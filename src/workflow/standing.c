#include "workflow/standing.h"

#include "workflow/question.h"

typedef struct standing {
  xs_question q;
  const xs_workflow *workflow;
  xs_date as_of;
  xs_position position;
  size_t capacity;
} standing;

/* The latest day, not after as_of, that the fact of a step was stated for; year 0: none. */
static xs_status find_day(standing *s, const xs_step_rule *step, xs_date *out)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  *out = (xs_date){0};
  if (!step->date) return XS_OK;
  xs_status st = xs_evaluate_nodes(&s->q.ev, step->date, s->q.node, &nodes, &count);
  for (size_t i = 0; i < count && !st; i++) {
    xs_date day;
    if (!xs_date_parse(xs_node_value(s->q.a, nodes[i]), &day)) continue;
    if (xs_date_compare(day, s->as_of) <= 0 && xs_date_compare(day, *out) > 0) *out = day;
  }
  return st;
}

/* Sets *state to where the latest step led; XS_NO_STATE when the track is not there. */
static xs_status find_state(standing *s, const xs_track_rule *track, size_t *state)
{
  xs_status st = XS_OK;
  xs_date latest = {0};
  bool is_there = track->starts;
  *state = track->starts ? 0 : XS_NO_STATE;
  for (size_t i = 0; i < track->step_count && !st; i++) {
    xs_date day;
    st = find_day(s, &track->steps[i], &day);
    if (st || !day.year || xs_date_compare(day, latest) < 0) continue;
    latest = day;
    *state = track->steps[i].to;
    is_there = is_there || !track->states[*state].is_final;
  }
  if (!is_there) *state = XS_NO_STATE;
  return st;
}

static xs_status add_track(standing *s, const xs_track_rule *track, const xs_about *about)
{
  size_t state = XS_NO_STATE;
  xs_status st = xs_question_set_node(&s->q, about->node);
  if (!st) st = find_state(s, track, &state);
  if (st || state == XS_NO_STATE) return st;
  xs_track *slot = XS_PUSH(s->q.a, s->position.tracks, s->position.count, s->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (xs_track){track->id, about->key, track->states[state].id};
  return XS_OK;
}

static xs_status add_tracks(standing *s, const xs_track_rule *track)
{
  xs_about *abouts = NULL;
  size_t count = 0;
  xs_status st = xs_question_abouts(&s->q, track, &abouts, &count);
  for (size_t i = 0; i < count && !st; i++) st = add_track(s, track, &abouts[i]);
  return st;
}

xs_status xs_position_of_facts(xs_arena *a, const xs_workflow *workflow, const xs_case *kase,
                               const xs_rules *rules, xs_date as_of, xs_diags *diags,
                               xs_position *out)
{
  *out = (xs_position){0};
  standing s = {.workflow = workflow, .as_of = as_of};
  xs_status st = xs_question_open(&s.q, a, kase, rules, NULL, NULL, diags);
  for (size_t i = 0; i < workflow->track_count && !st; i++)
    st = add_tracks(&s, &workflow->tracks[i]);
  xs_question_close(&s.q);
  if (!st) *out = s.position;
  return st;
}
