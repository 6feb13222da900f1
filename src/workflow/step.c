/*
 * One step: where it starts, its fact and date, what stands in its way, where it leads.
 *
 * Everything that stands in the way is collected before anything is said, so that a refused step
 * names all of it, and so that the list of next steps can tell the same without diagnostics.
 */
#include "base/text.h"
#include "workflow/guard.h"
#include "workflow/question.h"

typedef struct trying {
  const xs_attempt *attempt;
  const xs_track_rule *rule;
  const xs_step_rule *step;
  const xs_track *track; /* where it stands now */
  xs_question q;
  xs_move *move;
  size_t hindrance_capacity;
  bool is_listing; /* of next steps: who acts is not known yet */
} trying;

xs_status xs_hinder(xs_arena *a, xs_move *move, size_t *capacity, xs_hindrance h)
{
  if (!h.words.ptr) return XS_ENOMEM;
  xs_hindrance *slot = XS_PUSH(a, move->hindrances, move->hindrance_count, *capacity);
  if (!slot) return XS_ENOMEM;
  *slot = h;
  if (xs_diag_severity(h.code) == XS_ERROR) move->is_possible = false;
  return XS_OK;
}

static xs_status hinder(trying *t, xs_diag_code code, xs_span at, xs_text words)
{
  return xs_hinder(t->q.a, t->move, &t->hindrance_capacity,
                   (xs_hindrance){.code = code, .words = words, .at = at});
}

static xs_text state_name(const xs_track_rule *track, size_t state)
{
  const xs_state_rule *s = &track->states[state];
  return xs_workflow_in_chinese() ? s->name : s->name_en;
}

/* ---- what happened before ---- */

static bool is_of_track(const xmlNode *e, const char *kind, const xs_track *track)
{
  return xs_text_equal(xs_xml_attr(e, kind), track->kind) &&
         xs_text_equal(xs_xml_attr(e, "key"), track->key);
}

static bool is_same_fact(const xs_step_rule *a, const xs_step_rule *b)
{
  return a == b || (a->date && b->date && xs_text_equal(a->date->source, b->date->source));
}

/* The day of an event that made a step of this fact on this track, and was not undone. */
static bool is_of_fact(const trying *t, const xmlNode *event, xs_date *day)
{
  if (!is_of_track(event, "track", t->track) || xs_xml_attr_is(event, "undone", "yes"))
    return false;
  const xs_track_rule *rule = NULL;
  const xs_step_rule *s = xs_workflow_step(t->attempt->workflow, xs_xml_attr(event, "step"), &rule);
  return s && rule == t->rule && is_same_fact(s, t->step) &&
         xs_date_parse(xs_xml_attr(event, "date"), day);
}

static bool is_dated(const trying *t, const xmlNode *at, xs_date day)
{
  xs_date own;
  return at && xs_date_parse(xs_node_value(t->q.a, at), &own) && xs_date_compare(own, day) == 0;
}

/* Strikes out the facts that steps were made of: one of its day for each event. */
static void strike_done(const trying *t, const xmlNode **facts, size_t count)
{
  const xmlNode *e = t->attempt->record ? xs_xml_child(t->attempt->record, "event") : NULL;
  for (; e; e = xs_xml_next(e, "event")) {
    xs_date day;
    if (!is_of_fact(t, e, &day)) continue;
    size_t i = 0;
    while (i < count && !is_dated(t, facts[i], day)) i++;
    if (i < count) facts[i] = NULL;
  }
}

/* The day of the step before, on this track. */
static bool find_since(const trying *t, xs_date *out)
{
  const xmlNode *e = t->attempt->record ? xs_xml_child(t->attempt->record, "track") : NULL;
  while (e && !is_of_track(e, "kind", t->track)) e = xs_xml_next(e, "track");
  return e && xs_date_parse(xs_xml_attr(e, "since"), out);
}

/* ---- fact and date ---- */

static xs_status say_no_fact(trying *t, bool is_done)
{
  xs_text path = t->step->date->source;
  const char *format = is_done ? _("the case states no further one (“%.*s”)")
                               : _("the case does not state it (“%.*s”)");
  return hinder(t, XS_D_STEP_FACT, xs_xml_any_span(t->q.node),
                xs_arena_printf(t->q.a, format, XS_TEXT(path)));
}

/* Facts before the last step of the track are over: one from then on is meant, where there is one.
 * Without any, the first is told to be too early. */
static const xmlNode *choose_fact(const trying *t, const xmlNode *const *facts, size_t count)
{
  const xmlNode *first = NULL;
  xs_date since, day;
  bool has_since = find_since(t, &since);
  for (size_t i = 0; i < count; i++) {
    if (!facts[i]) continue;
    bool is_over = has_since && xs_date_parse(xs_node_value(t->q.a, facts[i]), &day) &&
                   xs_date_compare(day, since) < 0;
    if (!is_over) return facts[i];
    if (!first) first = facts[i];
  }
  return first;
}

/* The first fact that no step was made of yet. */
static xs_status find_fact(trying *t, const xmlNode **at)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status st = xs_evaluate_nodes(&t->q.ev, t->step->date, t->q.node, &nodes, &count);
  const xmlNode **facts = st ? NULL : XS_NEW_ARRAY(t->q.a, count ? count : 1, const xmlNode *);
  if (st || !facts) return st ? st : XS_ENOMEM;
  for (size_t i = 0; i < count; i++) facts[i] = nodes[i];
  strike_done(t, facts, count);
  *at = choose_fact(t, facts, count);
  if (!*at) return say_no_fact(t, count > 0);
  return xs_question_set_fact(&t->q, (*at)->type == XML_ATTRIBUTE_NODE ? (*at)->parent : *at);
}

static bool is_stated(xs_date date)
{
  return date.year != 0;
}

static xs_text write_date(xs_arena *a, xs_date d)
{
  return xs_arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* The date of the step: that of its fact, and where it has none, the one that was stated. */
static xs_status find_date(trying *t)
{
  const xmlNode *at = NULL;
  xs_date stated = t->attempt->date;
  xs_status st = t->step->date ? find_fact(t, &at) : XS_OK;
  if (st || (t->step->date && !at)) return st;
  if (!at) {
    if (!is_stated(stated))
      return t->is_listing
                 ? XS_OK
                 : hinder(t, XS_D_STEP_DATE, XS_NOWHERE,
                          xs_arena_printf(t->q.a, _("the day of this step must be stated")));
    t->move->date = stated;
    return xs_question_set_date(&t->q, stated);
  }
  xs_text text = xs_node_value(t->q.a, at);
  if (!xs_date_parse(text, &t->move->date))
    return hinder(t, XS_D_STEP_DATE, xs_xml_any_span(at),
                  xs_arena_printf(t->q.a, _("“%.*s” is not a day"), XS_TEXT(text)));
  if (!t->is_listing && is_stated(stated) && xs_date_compare(stated, t->move->date) != 0) {
    xs_text other = write_date(t->q.a, stated);
    st = hinder(t, XS_D_STEP_DATE, xs_xml_any_span(at),
                xs_arena_printf(t->q.a, _("the case dates it %.*s, not %.*s"), XS_TEXT(text),
                                XS_TEXT(other)));
  }
  return st ? st : xs_question_set_date(&t->q, t->move->date);
}

/* ---- the order of days ---- */

static xs_span fact_span(const trying *t)
{
  return t->q.fact ? xs_xml_span(t->q.fact) : XS_NOWHERE;
}

static xs_status check_not_before(trying *t, xs_date bound, xs_text what)
{
  if (xs_date_compare(t->move->date, bound) >= 0) return XS_OK;
  xs_text own = write_date(t->q.a, t->move->date), other = write_date(t->q.a, bound);
  return hinder(t, XS_D_STEP_DATE, fact_span(t),
                xs_arena_printf(t->q.a, _("%.*s lies before %.*s, %.*s"), XS_TEXT(own),
                                XS_TEXT(what), XS_TEXT(other)));
}

/* Not before any of these days; of several the last one counts. */
static xs_status check_after(trying *t, const xs_after_rule *after)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_date last = {0}, day;
  if (!after->date || !xs_question_can_ask(&t->q, after->date)) return XS_OK;
  xs_status st = xs_evaluate_nodes(&t->q.ev, after->date, t->q.node, &nodes, &count);
  for (size_t i = 0; !st && i < count; i++)
    if (xs_date_parse(xs_node_value(t->q.a, nodes[i]), &day) &&
        (!last.year || xs_date_compare(day, last) > 0))
      last = day;
  if (st || !last.year) return st;
  return check_not_before(t, last, xs_workflow_in_chinese() ? after->name : after->name_en);
}

static xs_status check_not_ahead(trying *t)
{
  xs_date as_of;
  xs_text stated = t->attempt->record ? xs_xml_attr(t->attempt->record, "as-of") : XS_NO_TEXT;
  if (!xs_date_parse(stated, &as_of) || xs_date_compare(t->move->date, as_of) <= 0) return XS_OK;
  xs_text own = write_date(t->q.a, t->move->date);
  return hinder(
      t, XS_D_STEP_DATE, fact_span(t),
      xs_arena_printf(t->q.a, _("%.*s has not come yet on %.*s"), XS_TEXT(own), XS_TEXT(stated)));
}

static xs_status check_date(trying *t)
{
  xs_date since;
  if (!t->q.date.year) return XS_OK;
  xs_status st = check_not_ahead(t);
  if (!st && find_since(t, &since))
    st = check_not_before(t, since, xs_text_of(_("the step before")));
  for (size_t i = 0; !st && i < t->step->after_count; i++) st = check_after(t, &t->step->afters[i]);
  return st;
}

/* ---- who and why ---- */

static bool has_role(const xs_step_rule *step, xs_text role)
{
  size_t i = 0;
  while (i < step->role_count && !xs_text_equal(step->roles[i], role)) i++;
  return i < step->role_count || !step->role_count;
}

static xs_status check_person(trying *t)
{
  const xs_attempt *at = t->attempt;
  xs_status st = XS_OK;
  if (at->role.len && !has_role(t->step, at->role))
    st = hinder(
        t, XS_D_STEP_ROLE, XS_NOWHERE,
        xs_arena_printf(t->q.a, _("the role “%.*s” does not make this step"), XS_TEXT(at->role)));
  if (t->is_listing) return st;
  if (!st && t->step->needs_reason && !xs_text_trim(at->reason).len)
    st = hinder(t, XS_D_STEP_REASON, XS_NOWHERE, xs_text_of(_("this step needs a reason")));
  if (!st && t->step->needs_evidence && !at->evidence_count)
    st = hinder(t, XS_D_STEP_EVIDENCE, XS_NOWHERE,
                xs_text_of(_("this step needs an evidence file")));
  return st;
}

/* ---- where it leads ---- */

static bool is_open_already(const trying *t, xs_text kind, xs_text key)
{
  if (xs_position_find(t->attempt->position, kind, key)) return true;
  const xs_position fresh = {t->move->opened, t->move->opened_count};
  return xs_position_find(&fresh, kind, key) != NULL;
}

static xs_status open_tracks(trying *t, const xs_open_rule *open, size_t *capacity)
{
  const xs_track_rule *rule = &t->attempt->workflow->tracks[open->track];
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  if (!open->each || !xs_question_can_ask(&t->q, open->each)) return XS_OK;
  xs_status st = xs_evaluate_nodes(&t->q.ev, open->each, t->q.node, &nodes, &count);
  for (size_t i = 0; !st && i < count; i++) {
    xs_text key;
    st = xs_question_key(&t->q, rule, nodes[i], &key);
    if (st || is_open_already(t, rule->id, key)) continue;
    xs_track *slot = XS_PUSH(t->q.a, t->move->opened, t->move->opened_count, *capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_track){rule->id, key, rule->states[0].id};
  }
  return st;
}

static xs_status choose_paper(trying *t)
{
  for (size_t i = 0; i < t->step->paper_count; i++) {
    const xs_paper_rule *p = &t->step->papers[i];
    bool wanted = true;
    if (p->when && !xs_question_can_ask(&t->q, p->when)) continue;
    xs_status st = p->when ? xs_evaluate_test(&t->q.ev, p->when, t->q.node, &wanted) : XS_OK;
    if (st) return st;
    if (!wanted) continue;
    t->move->paper = p->template_id;
    if (p->states_copy) t->move->copy = p->copy;
    break;
  }
  return XS_OK;
}

static xs_status name_step(trying *t, bool in_chinese)
{
  const xs_avt *name = in_chinese ? t->step->name : t->step->name_en;
  return xs_question_words(&t->q, name->parts, name->part_count, "", &t->move->name);
}

static xs_status lead_on(trying *t)
{
  size_t capacity = 0;
  xs_status st = choose_paper(t);
  for (size_t i = 0; !st && i < t->step->open_count; i++)
    st = open_tracks(t, &t->step->opens[i], &capacity);
  return st;
}

/* ---- the whole ---- */

static xs_status find_node(trying *t)
{
  xs_about *found = NULL;
  size_t count = 0;
  xs_status st = xs_question_abouts(&t->q, t->rule, &found, &count);
  for (size_t i = 0; !st && i < count; i++) {
    if (!xs_text_equal(found[i].key, t->track->key)) continue;
    return xs_question_set_node(&t->q, found[i].node);
  }
  if (st) return st;
  return hinder(t, XS_D_TRACK_UNKNOWN, XS_NOWHERE,
                xs_arena_printf(t->q.a, _("the case no longer has what “%.*s” follows"),
                                XS_TEXT(t->track->key)));
}

static xs_status ask(trying *t)
{
  const xs_attempt *at = t->attempt;
  xs_arena *a = t->q.a;
  xs_status st = xs_question_open(&t->q, a, at->kase, at->rules, at->record, NULL, t->q.diags);
  if (!st) st = find_node(t);
  if (!st) st = name_step(t, xs_workflow_in_chinese());
  if (!st && t->move->is_possible) st = find_date(t);
  if (!st) st = check_date(t);
  if (!st) st = check_person(t);
  for (size_t i = 0; !st && i < t->step->guard_count; i++)
    st = xs_guard_ask(&t->q, &t->step->guards[i], t->move, &t->hindrance_capacity);
  if (!st) st = lead_on(t);
  t->move->node = t->q.node;
  t->move->fact = t->q.fact;
  xs_question_close(&t->q);
  return st;
}

static xs_status try_step(xs_arena *a, trying *t, xs_diags *diags, xs_move *out)
{
  const xs_state_rule *to = &t->rule->states[t->step->to];
  *out = (xs_move){
      .step = t->step->id,
      .before = *t->track,
      .after = {t->track->kind, t->track->key, to->id},
      .copy = to->copy,
      .settles = t->step->settles,
      .needs_reason = t->step->needs_reason,
      .needs_evidence = t->step->needs_evidence,
      .is_possible = true,
  };
  t->move = out;
  t->q.a = a;
  t->q.diags = diags;
  return ask(t);
}

static bool leaves(const xs_step_rule *step, size_t state)
{
  size_t i = 0;
  while (i < step->from_count && step->from[i] != state) i++;
  return i < step->from_count;
}

/* ---- finding the step and its track ---- */

static xs_status find_step(const xs_attempt *at, trying *t, xs_diags *diags)
{
  t->step = xs_workflow_step(at->workflow, at->step, &t->rule);
  if (t->step) return XS_OK;
  unsigned best = xs_text_reach(at->step) + 1;
  xs_text near = XS_NO_TEXT;
  for (size_t i = 0; i < at->workflow->track_count; i++)
    for (size_t k = 0; k < at->workflow->tracks[i].step_count; k++) {
      xs_text id = at->workflow->tracks[i].steps[k].id;
      unsigned distance = xs_text_distance(at->step, id, best);
      if (distance >= best) continue;
      best = distance;
      near = id;
    }
  xs_diag(diags, XS_D_STEP_UNKNOWN, XS_NOWHERE, _("there is no step “%.*s”"), XS_TEXT(at->step));
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
  return XS_EINPUT;
}

static void note_tracks(const trying *t, xs_diags *diags)
{
  const xs_position *p = t->attempt->position;
  for (size_t i = 0; i < p->count; i++) {
    if (!xs_text_equal(p->tracks[i].kind, t->rule->id)) continue;
    size_t state = xs_track_state(t->rule, p->tracks[i].state);
    xs_text name = state == XS_NO_STATE ? p->tracks[i].state : state_name(t->rule, state);
    xs_diag_note(diags, XS_NOWHERE, _("there is “%.*s”: %.*s"), XS_TEXT(p->tracks[i].key),
                 XS_TEXT(name));
  }
}

static xs_status find_track(trying *t, xs_diags *diags)
{
  const xs_position *p = t->attempt->position;
  xs_text key = t->attempt->key, kind = t->rule->id;
  xs_text name = xs_workflow_in_chinese() ? t->rule->name : t->rule->name_en;
  size_t count = 0;
  for (size_t i = 0; i < p->count; i++) {
    if (!xs_text_equal(p->tracks[i].kind, kind)) continue;
    if (key.len && !xs_text_equal(p->tracks[i].key, key)) continue;
    t->track = &p->tracks[i];
    count++;
  }
  if (count == 1) return XS_OK;
  if (count > 1)
    xs_diag(diags, XS_D_TRACK_UNKNOWN, XS_NOWHERE,
            _("the case has %zu tracks “%.*s”; say which one is meant"), count, XS_TEXT(name));
  else if (key.len)
    xs_diag(diags, XS_D_TRACK_UNKNOWN, XS_NOWHERE, _("“%.*s” has no track “%.*s” in this case"),
            XS_TEXT(key), XS_TEXT(name));
  else
    xs_diag(diags, XS_D_TRACK_UNKNOWN, XS_NOWHERE, _("the track “%.*s” has not begun in this case"),
            XS_TEXT(name));
  note_tracks(t, diags);
  return XS_EINPUT;
}

static xs_text step_name(xs_arena *a, const xs_step_rule *step)
{
  const xs_avt *name = xs_workflow_in_chinese() ? step->name : step->name_en;
  bool is_plain = name->part_count == 1 && !name->parts[0].value;
  return is_plain ? name->parts[0].words : xs_arena_text(a, step->id);
}

static xs_status check_state(xs_arena *a, const trying *t, xs_diags *diags)
{
  size_t state = xs_track_state(t->rule, t->track->state);
  if (state != XS_NO_STATE && leaves(t->step, state)) return XS_OK;
  xs_text now = state == XS_NO_STATE ? t->track->state : state_name(t->rule, state);
  xs_text name = step_name(a, t->step);
  xs_diag(diags, XS_D_STEP_STATE, XS_NOWHERE, _("“%.*s” cannot be made from “%.*s”"), XS_TEXT(name),
          XS_TEXT(now));
  for (size_t i = 0; i < t->step->from_count; i++)
    xs_diag_note(diags, XS_NOWHERE, _("it is made from “%.*s”"),
                 XS_TEXT(state_name(t->rule, t->step->from[i])));
  for (size_t i = 0; state != XS_NO_STATE && i < t->rule->step_count; i++)
    if (leaves(&t->rule->steps[i], state))
      xs_diag_note(diags, XS_NOWHERE, _("“%.*s” (%.*s) could be made now"),
                   XS_TEXT(step_name(a, &t->rule->steps[i])), XS_TEXT(t->rule->steps[i].id));
  return XS_EINPUT;
}

static xs_status say_hindrances(const xs_move *move, xs_diags *diags)
{
  for (size_t i = 0; i < move->hindrance_count; i++) {
    const xs_hindrance *h = &move->hindrances[i];
    xs_diag(diags, h->code, h->at, _("%.*s: %.*s"), XS_TEXT(move->name), XS_TEXT(h->words));
  }
  return move->is_possible ? XS_OK : XS_EINPUT;
}

xs_status xs_workflow_try(xs_arena *a, const xs_attempt *attempt, xs_diags *diags, xs_move *out)
{
  trying t = {.attempt = attempt};
  *out = (xs_move){0};
  xs_status st = find_step(attempt, &t, diags);
  if (!st) st = find_track(&t, diags);
  if (!st) st = check_state(a, &t, diags);
  if (!st) st = try_step(a, &t, diags, out);
  return st ? st : say_hindrances(out, diags);
}

xs_status xs_workflow_next(xs_arena *a, const xs_attempt *attempt, xs_diags *diags, xs_move **out,
                           size_t *count)
{
  size_t capacity = 0;
  xs_status st = XS_OK;
  *out = NULL;
  *count = 0;
  for (size_t i = 0; i < attempt->position->count; i++) {
    const xs_track *track = &attempt->position->tracks[i];
    const xs_track_rule *rule = xs_workflow_track(attempt->workflow, track->kind);
    size_t state = rule ? xs_track_state(rule, track->state) : XS_NO_STATE;
    for (size_t k = 0; state != XS_NO_STATE && k < rule->step_count && !st; k++) {
      if (!leaves(&rule->steps[k], state)) continue;
      xs_move *slot = XS_PUSH(a, *out, *count, capacity);
      if (!slot) return XS_ENOMEM;
      trying t = {.attempt = attempt,
                  .rule = rule,
                  .step = &rule->steps[k],
                  .track = track,
                  .is_listing = true};
      st = try_step(a, &t, diags, slot);
    }
  }
  return st;
}
