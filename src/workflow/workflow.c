/* Looking things up in a workflow, and where a case begins. */
#include "workflow/workflow.h"

#include "base/text.h"
#include "workflow/question.h"

const xs_track_rule *xs_workflow_track(const xs_workflow *workflow, xs_text kind)
{
  for (size_t i = 0; i < workflow->track_count; i++)
    if (xs_text_equal(workflow->tracks[i].id, kind)) return &workflow->tracks[i];
  return NULL;
}

const xs_step_rule *xs_workflow_step(const xs_workflow *workflow, xs_text id,
                                     const xs_track_rule **track)
{
  for (size_t i = 0; i < workflow->track_count; i++) {
    const xs_track_rule *t = &workflow->tracks[i];
    for (size_t k = 0; k < t->step_count; k++) {
      if (!xs_text_equal(t->steps[k].id, id)) continue;
      if (track) *track = t;
      return &t->steps[k];
    }
  }
  return NULL;
}

size_t xs_track_state(const xs_track_rule *track, xs_text id)
{
  for (size_t i = 0; i < track->state_count; i++)
    if (xs_text_equal(track->states[i].id, id)) return i;
  return XS_NO_STATE;
}

const xs_track *xs_position_find(const xs_position *position, xs_text kind, xs_text key)
{
  for (size_t i = 0; i < position->count; i++) {
    const xs_track *t = &position->tracks[i];
    if (xs_text_equal(t->kind, kind) && xs_text_equal(t->key, key)) return t;
  }
  return NULL;
}

xs_copy xs_workflow_copy(const xs_workflow *workflow, const xs_track *track)
{
  const xs_track_rule *rule = xs_workflow_track(workflow, track->kind);
  size_t state = rule ? xs_track_state(rule, track->state) : XS_NO_STATE;
  return state == XS_NO_STATE ? XS_COPY_DRAFT : rule->states[state].copy;
}

static xs_status start_tracks(xs_question *q, const xs_track_rule *rule, xs_position *p,
                              size_t *capacity)
{
  xs_about *found = NULL;
  size_t count = 0;
  xs_status st = xs_question_abouts(q, rule, &found, &count);
  for (size_t i = 0; !st && i < count; i++) {
    xs_track *slot = XS_PUSH(q->a, p->tracks, p->count, *capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_track){rule->id, found[i].key, rule->states[0].id};
  }
  return st;
}

xs_status xs_position_start(xs_arena *a, const xs_workflow *workflow, const xs_case *kase,
                            xs_diags *diags, xs_position *out)
{
  size_t capacity = 0;
  xs_position p = {0};
  xs_question q;
  xs_status st = xs_question_open(&q, a, kase, NULL, NULL, NULL, diags);
  for (size_t i = 0; !st && i < workflow->track_count; i++)
    if (workflow->tracks[i].starts) st = start_tracks(&q, &workflow->tracks[i], &p, &capacity);
  xs_question_close(&q);
  if (!st) *out = p;
  return st;
}
