/*
 * Whether the table of a workflow is whole: every name is given once, every state can be reached
 * and, unless it is the end, left again towards an end; what was printed as final never becomes a
 * draft again.
 *
 * States of a track are few, so that sets of them are arrays of truth values, filled until nothing
 * is added any more.
 */
#include "base/text.h"
#include "workflow/workflow_load.h"

/* ---- names ---- */

static void say_twice(xs_diags *diags, const char *what, xs_text id, xs_span at, xs_span first)
{
  xs_diag(diags, XS_D_WORKFLOW_TWICE, at, _("<%s> “%.*s” is stated twice"), what, XS_TEXT(id));
  xs_diag_note(diags, first, _("the other one is here"));
}

static void check_states_once(const xs_track_rule *t, xs_diags *diags)
{
  for (size_t i = 0; i < t->state_count; i++)
    for (size_t k = 0; k < i; k++)
      if (xs_text_equal(t->states[i].id, t->states[k].id))
        say_twice(diags, "state", t->states[i].id, t->states[i].span, t->states[k].span);
}

static void check_guards_once(const xs_step_rule *s, xs_diags *diags)
{
  for (size_t i = 0; i < s->guard_count; i++)
    for (size_t k = 0; k < i; k++)
      if (xs_text_equal(s->guards[i].id, s->guards[k].id))
        say_twice(diags, "guard", s->guards[i].id, s->guards[i].span, s->guards[k].span);
}

/* Steps are known by their ids alone, whatever track they belong to. */
static void check_steps_once(const xs_workflow *w, const xs_track_rule *t, xs_diags *diags)
{
  for (size_t i = 0; i < t->step_count; i++) {
    const xs_step_rule *first = xs_workflow_step(w, t->steps[i].id, NULL);
    if (first != &t->steps[i])
      say_twice(diags, "step", t->steps[i].id, t->steps[i].span, first->span);
    check_guards_once(&t->steps[i], diags);
  }
}

static void check_names(const xs_workflow *w, xs_diags *diags)
{
  for (size_t i = 0; i < w->track_count; i++) {
    const xs_track_rule *t = &w->tracks[i], *first = xs_workflow_track(w, t->id);
    if (first != t) say_twice(diags, "track", t->id, t->span, first->span);
    check_states_once(t, diags);
    check_steps_once(w, t, diags);
  }
}

void xs_workflow_say_unknown_state(xs_diags *diags, const xs_track_rule *track, xs_text name,
                                   xs_span at)
{
  unsigned best = xs_text_reach(name) + 1;
  xs_text near = XS_NO_TEXT;
  xs_diag(diags, XS_D_WORKFLOW_NAME, at, _("the track “%.*s” has no state “%.*s”"),
          XS_TEXT(track->id), XS_TEXT(name));
  for (size_t i = 0; i < track->state_count; i++) {
    unsigned distance = xs_text_distance(name, track->states[i].id, best);
    if (distance >= best) continue;
    best = distance;
    near = track->states[i].id;
  }
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
}

/* ---- which states can be reached, and left ---- */

static bool is_any_in(const xs_step_rule *s, const bool *set)
{
  for (size_t i = 0; i < s->from_count; i++)
    if (set[s->from[i]]) return true;
  return false;
}

static void reach(const xs_track_rule *t, bool *reached)
{
  reached[0] = true;
  for (bool grown = true; grown;) {
    grown = false;
    for (size_t i = 0; i < t->step_count; i++) {
      const xs_step_rule *s = &t->steps[i];
      if (reached[s->to] || !is_any_in(s, reached)) continue;
      reached[s->to] = grown = true;
    }
  }
}

static bool add_sources(const xs_step_rule *s, bool *ends)
{
  bool grown = false;
  for (size_t i = 0; ends[s->to] && i < s->from_count; i++) {
    grown = grown || !ends[s->from[i]];
    ends[s->from[i]] = true;
  }
  return grown;
}

/* From which states an end can be reached. */
static void find_ends(const xs_track_rule *t, bool *ends)
{
  for (size_t i = 0; i < t->state_count; i++) ends[i] = t->states[i].is_final;
  for (bool grown = true; grown;) {
    grown = false;
    for (size_t i = 0; i < t->step_count; i++) grown = add_sources(&t->steps[i], ends) || grown;
  }
}

static const xs_step_rule *find_leaving(const xs_track_rule *t, size_t state)
{
  for (size_t i = 0; i < t->step_count; i++)
    for (size_t k = 0; k < t->steps[i].from_count; k++)
      if (t->steps[i].from[k] == state) return &t->steps[i];
  return NULL;
}

static void check_state(const xs_track_rule *t, size_t i, const bool *reached, const bool *ends,
                        xs_diags *diags)
{
  const xs_state_rule *s = &t->states[i];
  const xs_step_rule *leaving = find_leaving(t, i);
  if (!reached[i])
    xs_diag(diags, XS_D_WORKFLOW_UNREACHABLE, s->span,
            _("no step leads to the state “%.*s” from the beginning of its track"), XS_TEXT(s->id));
  if (s->is_final && leaving) {
    xs_diag(diags, XS_D_WORKFLOW_DEAD_END, s->span,
            _("the state “%.*s” is an end, and a step leaves it"), XS_TEXT(s->id));
    xs_diag_note(diags, leaving->span, _("the step is here"));
  }
  if (s->is_final || ends[i]) return;
  if (leaving)
    xs_diag(diags, XS_D_WORKFLOW_CIRCLE, s->span,
            _("from the state “%.*s” steps go round and never come to an end"), XS_TEXT(s->id));
  else
    xs_diag(diags, XS_D_WORKFLOW_DEAD_END, s->span,
            _("no step leaves the state “%.*s”, which is no end"), XS_TEXT(s->id));
}

/* ---- drafts ---- */

/* 草案 becomes 定稿 only by a step that says so, and never again a draft. */
static void check_draft(const xs_track_rule *t, const xs_step_rule *s, size_t from, xs_diags *diags)
{
  bool was_draft = t->states[from].copy == XS_COPY_DRAFT;
  bool is_draft = t->states[s->to].copy == XS_COPY_DRAFT;
  if (was_draft && !is_draft && !s->settles)
    xs_diag(diags, XS_D_WORKFLOW_DRAFT, s->span,
            _("“%.*s” makes a final text of a draft without settles=\"yes\""), XS_TEXT(s->id));
  if (!was_draft && is_draft)
    xs_diag(diags, XS_D_WORKFLOW_DRAFT, s->span, _("“%.*s” makes a draft of a final text"),
            XS_TEXT(s->id));
  if (s->settles && (!was_draft || is_draft))
    xs_diag(diags, XS_D_WORKFLOW_DRAFT, s->span,
            _("“%.*s” settles a text, but does not lead from a draft to a final one"),
            XS_TEXT(s->id));
}

/* ---- tracks ---- */

static xs_status check_track(xs_arena *a, const xs_track_rule *t, xs_diags *diags)
{
  bool *reached = XS_NEW_ARRAY(a, t->state_count, bool);
  bool *ends = XS_NEW_ARRAY(a, t->state_count, bool);
  if (!reached || !ends) return XS_ENOMEM;
  for (size_t i = 0; i < t->state_count; i++) reached[i] = false;
  reach(t, reached);
  find_ends(t, ends);
  for (size_t i = 0; i < t->state_count; i++) check_state(t, i, reached, ends, diags);
  for (size_t i = 0; i < t->step_count; i++)
    for (size_t k = 0; k < t->steps[i].from_count; k++)
      check_draft(t, &t->steps[i], t->steps[i].from[k], diags);
  return XS_OK;
}

static bool open_further(const xs_track_rule *t, bool *opened)
{
  bool grown = false;
  for (size_t i = 0; i < t->step_count; i++)
    for (size_t k = 0; k < t->steps[i].open_count; k++) {
      size_t track = t->steps[i].opens[k].track;
      grown = grown || !opened[track];
      opened[track] = true;
    }
  return grown;
}

/* Every track begins with the case, or by a step of a track that begins. */
static xs_status check_begins(xs_arena *a, const xs_workflow *w, xs_diags *diags)
{
  bool *opened = XS_NEW_ARRAY(a, w->track_count, bool);
  if (!opened) return XS_ENOMEM;
  for (size_t i = 0; i < w->track_count; i++) opened[i] = w->tracks[i].starts;
  for (bool grown = true; grown;) {
    grown = false;
    for (size_t i = 0; i < w->track_count; i++)
      if (opened[i]) grown = open_further(&w->tracks[i], opened) || grown;
  }
  for (size_t i = 0; i < w->track_count; i++)
    if (!opened[i])
      xs_diag(diags, XS_D_WORKFLOW_UNREACHABLE, w->tracks[i].span,
              _("the track “%.*s” never begins"), XS_TEXT(w->tracks[i].id));
  return XS_OK;
}

xs_status xs_workflow_check_form(const xs_workflow *workflow, xs_diags *diags)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_arena *a = xs_arena_new(xs_arena_host(workflow->arena));
  xs_status st = a ? check_begins(a, workflow, diags) : XS_ENOMEM;
  check_names(workflow, diags);
  for (size_t i = 0; !st && i < workflow->track_count; i++)
    st = check_track(a, &workflow->tracks[i], diags);
  xs_arena_free(a);
  return st ? st : xs_diags_since(diags, before);
}
