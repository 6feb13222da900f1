/*
 * Whether a workflow stands on what there is: rule packs, laws, templates, roles, and the moments
 * and deadlines of deadlines.xml.
 *
 * What no pack has at all is a misspelt name; that one pack lacks an entry is in order, the guard
 * is not asked there.
 */
#include "base/text.h"
#include "workflow/clock.h"
#include "workflow/roles.h"
#include "workflow/workflow_load.h"

#include <string.h>

typedef struct standing {
  const xs_workflow *w;
  xs_engine *engine;
  xs_diags *diags;
  xs_arena *a;
  xs_rules **packs;
  size_t pack_count, pack_capacity;
  xs_clock *clock;
  const xs_roles *roles;
  xs_status status; /* of a walk over the packs */
} standing;

/* ---- the packs ---- */

static xs_status load_pack(standing *s, xs_text id)
{
  const xs_schema *schema = NULL;
  xs_text dir = xs_arena_printf(s->a, "%.*s/rules", XS_TEXT(s->engine->template_dir));
  xs_rules **slot = XS_PUSH(s->a, s->packs, s->pack_count, s->pack_capacity);
  if (!dir.ptr || !slot) return XS_ENOMEM;
  s->pack_count--; /* until it is there */
  xs_status st = xs_engine_schema(s->engine, XS_VOCABULARY_RULES, s->diags, &schema);
  if (!st) st = xs_rules_load(s->engine->host, schema, dir, id, s->diags, slot);
  if (!st) s->pack_count++;
  return st;
}

static int visit_pack(void *arg, const char *file)
{
  standing *s = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml") || xs_text_is(name, "laws.xml")) return 0;
  name.len -= strlen(".xml");
  xs_text id = xs_arena_text(s->a, name);
  xs_status st = id.ptr ? load_pack(s, id) : XS_ENOMEM;
  if (st) s->status = st;
  return st == XS_ENOMEM;
}

static xs_status load_packs(standing *s)
{
  const xs_host *host = s->engine->host;
  xs_text dir = xs_arena_printf(s->a, "%.*s/rules", XS_TEXT(s->engine->template_dir));
  if (!dir.ptr) return XS_ENOMEM;
  (void)host->list(host->user, dir.ptr, visit_pack, s);
  return s->status;
}

/* ---- what guards rest on ---- */

static bool has_law(const standing *s, xs_text source)
{
  const char *colon = source.len ? memchr(source.ptr, ':', source.len) : NULL;
  if (colon) source.len = (size_t)(colon - source.ptr);
  for (size_t i = 0; i < s->pack_count; i++)
    if (xs_rules_law(s->packs[i], source)) return true;
  return false;
}

static bool has_entry(const standing *s, const char *element, xs_text id)
{
  for (size_t i = 0; i < s->pack_count; i++) {
    const xmlNode *root = xmlDocGetRootElement(s->packs[i]->doc);
    for (const xmlNode *e = xs_xml_child(root, element); e; e = xs_xml_next(e, element))
      if (xs_text_equal(xs_xml_attr(e, "id"), id)) return true;
  }
  return false;
}

static void check_guard(const standing *s, const xs_guard_rule *g)
{
  static const char *const elements[] = {
      [XS_GROUND_FIGURE] = "figure",
      [XS_GROUND_REQUIREMENT] = "requirement",
      [XS_GROUND_LIMIT] = "limit",
  };
  if (g->ground == XS_GROUND_LAW) {
    if (!has_law(s, g->basis))
      xs_diag(s->diags, XS_D_WORKFLOW_NAME, g->span,
              _("the guard “%.*s” rests on “%.*s”, which laws.xml does not have"), XS_TEXT(g->id),
              XS_TEXT(g->basis));
  } else if (!has_entry(s, elements[g->ground], g->basis)) {
    xs_diag(s->diags, XS_D_WORKFLOW_NAME, g->span,
            _("the guard “%.*s” rests on the %s “%.*s”, which no rule pack has"), XS_TEXT(g->id),
            elements[g->ground], XS_TEXT(g->basis));
  }
}

/* ---- papers and roles ---- */

static xs_status check_paper(const standing *s, const xs_paper_rule *p)
{
  const xs_template *t = NULL;
  size_t before = xs_diags_count(s->diags, XS_ERROR);
  xs_status st = xs_engine_template(s->engine, p->template_id, s->diags, &t);
  if (st == XS_EINPUT && xs_diags_count(s->diags, XS_ERROR) > before)
    xs_diag_note(s->diags, p->span, _("a step of the workflow asks for this paper"));
  return st == XS_EINPUT ? XS_OK : st;
}

static void check_roles(const standing *s, const xs_step_rule *step)
{
  for (size_t i = 0; i < step->role_count; i++) {
    if (xs_roles_find(s->roles, step->roles[i])) continue;
    xs_text near = xs_roles_nearest(s->roles, step->roles[i]);
    xs_diag(s->diags, XS_D_ROLE_UNKNOWN, step->role_span, _("there is no role “%.*s”"),
            XS_TEXT(step->roles[i]));
    if (near.len) xs_diag_note(s->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
  }
}

/* ---- moments ---- */

static void check_moment(const standing *s, xs_text id, xs_span at)
{
  const xs_moment *m = xs_clock_moment(s->clock, id);
  if (!m)
    xs_diag(s->diags, XS_D_WORKFLOW_NAME, at, _("deadlines.xml has no moment “%.*s”"), XS_TEXT(id));
  else if (!m->is_outside && !xs_workflow_track(s->w, m->spot.track))
    xs_diag(s->diags, XS_D_WORKFLOW_NAME, m->span, _("there is no track “%.*s”"),
            XS_TEXT(m->spot.track));
}

static bool is_among(const xs_text *list, size_t count, xs_text id)
{
  for (size_t i = 0; i < count; i++)
    if (xs_text_equal(list[i], id)) return true;
  return false;
}

/* Does a step bring the moment about, or does it come by itself? */
static bool comes_about(const xs_workflow *w, xs_text moment)
{
  for (size_t i = 0; i < w->track_count; i++) {
    const xs_track_rule *t = &w->tracks[i];
    if (is_among(t->moments, t->moment_count, moment)) return true;
    for (size_t k = 0; k < t->step_count; k++)
      if (is_among(t->steps[k].moments, t->steps[k].moment_count, moment)) return true;
  }
  return false;
}

/* A pack from whose limits a moment triggers this deadline; NULL when no pack does. */
static const xmlNode *find_limit(const standing *s, xs_text limit, xs_text moment)
{
  for (size_t i = 0; i < s->pack_count; i++) {
    const xmlNode *root = xmlDocGetRootElement(s->packs[i]->doc);
    for (const xmlNode *e = xs_xml_child(root, "limit"); e; e = xs_xml_next(e, "limit"))
      if ((!limit.len || xs_text_equal(xs_xml_attr(e, "id"), limit)) &&
          xs_text_equal(xs_xml_attr(e, "trigger"), moment))
        return e;
  }
  return NULL;
}

/* Every moment that a limit of some pack runs from comes about. */
static void check_triggers(const standing *s)
{
  for (size_t i = 0; i < s->clock->moment_count; i++) {
    const xs_moment *m = &s->clock->moments[i];
    const xmlNode *limit = find_limit(s, XS_NO_TEXT, m->id);
    if (!limit || m->is_outside || comes_about(s->w, m->id)) continue;
    xs_diag(s->diags, XS_D_WORKFLOW_DEADLINE, m->span,
            _("no step brings about the moment “%.*s”, from which a time limit runs"),
            XS_TEXT(m->id));
    xs_diag_note(s->diags, xs_xml_span(limit), _("the limit is here"));
  }
}

/* Every deadline has a limit in some pack whose moment comes about. */
static void check_deadlines(const standing *s)
{
  for (size_t i = 0; i < s->clock->due_count; i++) {
    const xs_due_rule *d = &s->clock->dues[i];
    bool can_come = !d->is_limit;
    for (size_t k = 0; k < s->clock->moment_count && !can_come; k++)
      can_come = find_limit(s, d->id, s->clock->moments[k].id) &&
                 comes_about(s->w, s->clock->moments[k].id);
    if (!can_come)
      xs_diag(s->diags, XS_D_WORKFLOW_DEADLINE, d->span,
              _("nothing ever triggers the deadline “%.*s”"), XS_TEXT(d->id));
  }
}

static void check_proposals(const standing *s)
{
  for (size_t i = 0; i < s->clock->proposal_count; i++) {
    const xs_proposal_rule *p = &s->clock->proposals[i];
    const xs_track_rule *track = NULL;
    if (xs_workflow_step(s->w, p->step, &track) && xs_text_equal(track->id, p->track)) continue;
    xs_diag(s->diags, XS_D_WORKFLOW_NAME, p->span, _("the track “%.*s” has no step “%.*s”"),
            XS_TEXT(p->track), XS_TEXT(p->step));
  }
}

/* ---- the whole ---- */

static xs_status check_step(const standing *s, const xs_step_rule *step)
{
  for (size_t i = 0; i < step->guard_count; i++) check_guard(s, &step->guards[i]);
  for (size_t i = 0; i < step->moment_count; i++)
    check_moment(s, step->moments[i], step->moment_span);
  check_roles(s, step);
  xs_status st = XS_OK;
  for (size_t i = 0; i < step->paper_count && !st; i++) st = check_paper(s, &step->papers[i]);
  return st;
}

static xs_status check_tracks(const standing *s)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < s->w->track_count && !st; i++) {
    const xs_track_rule *t = &s->w->tracks[i];
    for (size_t k = 0; k < t->moment_count; k++) check_moment(s, t->moments[k], t->moment_span);
    for (size_t k = 0; k < t->step_count && !st; k++) st = check_step(s, &t->steps[k]);
  }
  return st;
}

static xs_status check_clock(const standing *s)
{
  xs_status st = XS_OK;
  check_triggers(s);
  check_deadlines(s);
  check_proposals(s);
  for (size_t i = 0; i < s->pack_count && st != XS_ENOMEM; i++) {
    xs_status one = xs_clock_check(s->clock, s->packs[i], s->diags);
    if (one) st = one;
  }
  return st;
}

static xs_status load_roles(standing *s)
{
  const xs_schema *schema = NULL;
  xs_text path = xs_arena_printf(s->a, "%.*s/workflow/roles.xml", XS_TEXT(s->engine->template_dir));
  if (!path.ptr) return XS_ENOMEM;
  xs_status st = xs_engine_schema(s->engine, XS_VOCABULARY_ROLES, s->diags, &schema);
  return st ? st : xs_roles_load(s->a, schema, path, s->diags, &s->roles);
}

static xs_status check_standing(standing *s)
{
  xs_status st = load_packs(s);
  if (!st) st = load_roles(s);
  if (!st) st = xs_clock_load(s->engine, NULL, s->diags, &s->clock);
  if (!st) st = check_tracks(s);
  if (!st) st = check_clock(s);
  for (size_t i = 0; i < s->pack_count; i++) xs_rules_free(s->packs[i]);
  xs_clock_free(s->clock);
  return st;
}

xs_status xs_workflow_check(xs_engine *engine, const char *path, xs_diags *diags)
{
  xs_workflow *w = NULL;
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_status st = path ? xs_workflow_load_file(engine, xs_text_of(path), diags, &w)
                      : xs_workflow_load(engine, diags, &w);
  if (st) return st;
  standing s = {.w = w, .engine = engine, .diags = diags, .a = xs_arena_new(engine->host)};
  st = s.a ? check_standing(&s) : XS_ENOMEM;
  xs_arena_free(s.a);
  xs_workflow_free(w);
  return st ? st : xs_diags_since(diags, before);
}
