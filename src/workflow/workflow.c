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

/* The name is worked out at the node of the track, as long as the case has it. */
static xs_status work_out_name(xs_question *q, const xs_track_rule *rule, const xs_avt *name,
                               xs_text key, xs_text *out)
{
  xs_about *found = NULL;
  size_t count = 0;
  xs_status st = xs_question_abouts(q, rule, &found, &count);
  for (size_t i = 0; !st && i < count; i++)
    if (xs_text_equal(found[i].key, key)) st = xs_question_set_node(q, found[i].node);
  if (!st) st = xs_question_words(q, name->parts, name->part_count, "", out);
  return st;
}

xs_status xs_workflow_step_name(xs_arena *a, const xs_attempt *attempt, bool in_chinese,
                                xs_text *out)
{
  const xs_track_rule *rule = NULL;
  const xs_step_rule *step = xs_workflow_step(attempt->workflow, attempt->step, &rule);
  *out = attempt->step;
  if (!step) return XS_OK;
  const xs_avt *name = in_chinese ? step->name : step->name_en;
  xs_diags *unheard = xs_diags_new(xs_arena_host(a));
  if (!unheard) return XS_ENOMEM;
  xs_question q;
  xs_text words = XS_NO_TEXT;
  xs_status st =
      xs_question_open(&q, a, attempt->kase, attempt->rules, attempt->record, NULL, unheard);
  if (!st) st = work_out_name(&q, rule, name, attempt->key, &words);
  if (!st && words.len) *out = words;
  xs_question_close(&q);
  xs_diags_free(unheard);
  return st == XS_EINPUT ? XS_OK : st;
}
