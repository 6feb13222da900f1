/* xieshang workflow check, workflow list: the table of states and steps. */
#include "workflow/workflow.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "workflow/question.h"

#include <stdio.h>

xs_exit xs_cli_workflow_check(xs_session *s);
xs_exit xs_cli_workflow_list(xs_session *s);

enum { STATE_CELLS = 16, STEP_CELLS = 20, NAME_CELLS = 34, TO_CELLS = 30 };

/* ---- check ---- */

xs_exit xs_cli_workflow_check(xs_session *s)
{
  const char *path = s->args->operand_count ? s->args->operands[0] : NULL;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_workflow_check(s->engine, path, s->diags);
  json_object_set_new(s->result, "sound", json_boolean(status == XS_OK));
  if (!status && !s->json) printf(_("%s: no problems\n"), path ? path : "bargaining.xml");
  return xs_session_report(s, status);
}

/* ---- list ---- */

/* A name as it stands in the file, values in it as {XPath}. */
static void write_name(const xs_avt *name, char *out, size_t len)
{
  size_t at = 0;
  out[0] = '\0';
  for (size_t i = 0; i < name->part_count && at < len; i++) {
    const xs_avt_part *p = &name->parts[i];
    int n = p->value ? snprintf(out + at, len - at, "{%.*s}", XS_TEXT(p->value->source))
                     : snprintf(out + at, len - at, "%.*s", XS_TEXT(p->words));
    at += n > 0 ? (size_t)n : 0;
  }
}

static json_t *json_of_names(const xs_text *names, size_t count)
{
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++) json_array_append_new(array, xs_json_text(names[i]));
  return array;
}

static json_t *json_of_guard(const xs_guard_rule *g)
{
  static const char *const grounds[] = {
      [XS_GROUND_LAW] = "law",
      [XS_GROUND_FIGURE] = "figure",
      [XS_GROUND_REQUIREMENT] = "requirement",
      [XS_GROUND_LIMIT] = "limit",
  };
  json_t *object = json_object();
  json_object_set_new(object, "id", xs_json_text(g->id));
  json_object_set_new(object, "ground", json_string(grounds[g->ground]));
  json_object_set_new(object, "basis", xs_json_text(g->basis));
  return object;
}

static json_t *json_of_avt(const xs_avt *avt)
{
  char name[256];
  write_name(avt, name, sizeof name);
  return xs_json_text(xs_text_of(name));
}

static void add_lists(json_t *object, const xs_track_rule *t, const xs_step_rule *step)
{
  json_t *from = json_array(), *guards = json_array(), *papers = json_array();
  for (size_t i = 0; i < step->from_count; i++)
    json_array_append_new(from, xs_json_text(t->states[step->from[i]].id));
  for (size_t i = 0; i < step->guard_count; i++)
    json_array_append_new(guards, json_of_guard(&step->guards[i]));
  for (size_t i = 0; i < step->paper_count; i++)
    json_array_append_new(papers, xs_json_text(step->papers[i].template_id));
  json_object_set_new(object, "from", from);
  json_object_set_new(object, "guards", guards);
  json_object_set_new(object, "papers", papers);
}

static json_t *json_of_step(const xs_track_rule *t, const xs_step_rule *step)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", xs_json_text(step->id));
  json_object_set_new(object, "name", json_of_avt(step->name));
  json_object_set_new(object, "name-en", json_of_avt(step->name_en));
  json_object_set_new(object, "to", xs_json_text(t->states[step->to].id));
  json_object_set_new(object, "date", step->date ? xs_json_text(step->date->source) : json_null());
  json_object_set_new(object, "moments", json_of_names(step->moments, step->moment_count));
  json_object_set_new(object, "roles", json_of_names(step->roles, step->role_count));
  json_object_set_new(object, "reason", json_boolean(step->needs_reason));
  json_object_set_new(object, "evidence", json_boolean(step->needs_evidence));
  json_object_set_new(object, "settles", json_boolean(step->settles));
  add_lists(object, t, step);
  return object;
}

static json_t *json_of_state(const xs_state_rule *state)
{
  static const char *const copies[] = {
      [XS_COPY_FILING] = "filing", [XS_COPY_PUBLIC] = "public", [XS_COPY_DRAFT] = "draft"};
  json_t *object = json_object();
  json_object_set_new(object, "id", xs_json_text(state->id));
  json_object_set_new(object, "name", xs_json_text(state->name));
  json_object_set_new(object, "name-en", xs_json_text(state->name_en));
  json_object_set_new(object, "copy", json_string(copies[state->copy]));
  json_object_set_new(object, "final", json_boolean(state->is_final));
  return object;
}

static json_t *json_of_track(const xs_track_rule *t)
{
  json_t *object = json_object(), *states = json_array(), *steps = json_array();
  for (size_t i = 0; i < t->state_count; i++)
    json_array_append_new(states, json_of_state(&t->states[i]));
  for (size_t i = 0; i < t->step_count; i++)
    json_array_append_new(steps, json_of_step(t, &t->steps[i]));
  json_object_set_new(object, "id", xs_json_text(t->id));
  json_object_set_new(object, "name", xs_json_text(t->name));
  json_object_set_new(object, "name-en", xs_json_text(t->name_en));
  json_object_set_new(object, "starts", json_boolean(t->starts));
  json_object_set_new(object, "states", states);
  json_object_set_new(object, "steps", steps);
  return object;
}

/* What a step asks for beside its guards. */
static void print_needs(const xs_step_rule *step)
{
  if (!step->date) printf("  %s", _("day stated"));
  if (step->needs_reason) printf("  %s", _("reason"));
  if (step->needs_evidence) printf("  %s", _("evidence"));
}

static void print_step(const xs_track_rule *t, const xs_step_rule *step, bool in_chinese)
{
  char name[256];
  const xs_state_rule *to = &t->states[step->to];
  write_name(in_chinese ? step->name : step->name_en, name, sizeof name);
  printf("    ");
  xs_terminal_pad(step->id, STEP_CELLS);
  xs_terminal_pad(xs_text_of(name), NAME_CELLS);
  printf("→ ");
  xs_terminal_pad(in_chinese ? to->name : to->name_en, TO_CELLS);
  printf(_("conditions: %zu"), step->guard_count);
  print_needs(step);
  putchar('\n');
}

static void print_state(const xs_track_rule *t, size_t state, bool in_chinese)
{
  const xs_state_rule *s = &t->states[state];
  printf("  ");
  xs_terminal_pad(s->id, STATE_CELLS);
  printf("%.*s%s%s\n", XS_TEXT(in_chinese ? s->name : s->name_en), s->is_final ? "  " : "",
         s->is_final ? _("(end)") : "");
  for (size_t i = 0; i < t->step_count; i++)
    for (size_t k = 0; k < t->steps[i].from_count; k++)
      if (t->steps[i].from[k] == state) print_step(t, &t->steps[i], in_chinese);
}

static void print_track(const xs_track_rule *t, bool is_first)
{
  bool in_chinese = xs_workflow_in_chinese();
  printf("%s%.*s (%.*s)\n", is_first ? "" : "\n", XS_TEXT(in_chinese ? t->name : t->name_en),
         XS_TEXT(t->id));
  for (size_t i = 0; i < t->state_count; i++) print_state(t, i, in_chinese);
}

static void show(xs_session *s, const xs_workflow *w)
{
  json_t *tracks = json_array();
  xs_result_text(s, "id", w->id);
  xs_result_text(s, "version", w->version);
  xs_result_text(s, "sha256", xs_text_of(w->digest));
  json_object_set_new(s->result, "tracks", tracks);
  for (size_t i = 0; i < w->track_count; i++)
    if (s->json)
      json_array_append_new(tracks, json_of_track(&w->tracks[i]));
    else
      print_track(&w->tracks[i], i == 0);
}

xs_exit xs_cli_workflow_list(xs_session *s)
{
  xs_workflow *w = NULL;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_workflow_load(s->engine, s->diags, &w);
  if (!status) show(s, w);
  xs_workflow_free(w);
  return xs_session_report(s, status);
}
