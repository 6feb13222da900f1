/* The table of a workflow, read from its file. */
#include "workflow/workflow_load.h"

#include "base/text.h"

#include <string.h>

typedef struct loader {
  xs_arena *a;
  xs_diags *diags;
  const xs_schema *case_schema;
  xs_workflow *workflow;
} loader;

/* ---- expressions ---- */

/* Variables that only a guard has, beside those of every expression. */
static bool is_of_guards(xs_text variable)
{
  return xs_text_is(variable, XS_GUARD_FACT) || xs_text_is(variable, XS_GUARD_RULE);
}

/* $rule is an entry of the rule pack, whose names no case has. */
static bool is_of_the_case(const xs_path_name *name)
{
  return name->root != XS_ROOT_VARIABLE || !xs_text_is(name->variable, XS_GUARD_RULE);
}

/* Names and variables of an expression that was parsed. */
static void check_names(const loader *l, const xs_expression *e, bool in_guard)
{
  for (size_t i = 0; i < e->variable_count; i++) {
    const xs_path_name *v = &e->variables[i];
    if (xs_evaluation_provides(v->name) || (in_guard && is_of_guards(v->name))) continue;
    xs_diag(l->diags, XS_D_VARIABLE_UNKNOWN, v->span, _("no variable “$%.*s”"), XS_TEXT(v->name));
  }
  for (size_t i = 0; i < e->name_count; i++)
    if (is_of_the_case(&e->names[i])) xs_path_name_check(&e->names[i], l->case_schema, l->diags);
}

static xs_status read_path(const loader *l, const xmlNode *node, const char *attribute,
                           bool in_guard, const xs_expression **out)
{
  xs_text source = xs_xml_attr(node, attribute);
  if (!source.ptr) return XS_OK;
  xs_expression *e = NULL;
  xs_status st = xs_expression_parse(l->a, source, xs_xml_attr_span(node, attribute), l->diags, &e);
  if (st == XS_EINPUT) return XS_OK; /* said already; the count of errors decides in the end */
  if (st) return st;
  check_names(l, e, in_guard);
  *out = e;
  return XS_OK;
}

static xs_status read_words(const loader *l, const xmlNode *node, const char *attribute,
                            const xs_avt **out)
{
  xs_avt *avt = NULL;
  xs_status st = xs_avt_parse(l->a, xs_xml_attr(node, attribute), xs_xml_attr_span(node, attribute),
                              l->diags, &avt);
  if (st == XS_EINPUT) return XS_OK;
  if (st) return st;
  for (size_t i = 0; i < avt->part_count; i++)
    if (avt->parts[i].value) check_names(l, avt->parts[i].value, false);
  *out = avt;
  return XS_OK;
}

/* ---- lists of names ---- */

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static xs_text next_word(xs_text *rest)
{
  *rest = xs_text_trim(*rest);
  size_t len = 0;
  while (len < rest->len && !is_space(rest->ptr[len])) len++;
  xs_text word = {rest->ptr, len};
  *rest = (xs_text){rest->ptr + len, rest->len - len};
  return word;
}

static xs_status read_list(const loader *l, xs_text list, const xs_text **out, size_t *count)
{
  xs_text *words = NULL;
  size_t capacity = 0;
  *count = 0;
  for (xs_text rest = xs_text_trim(list); rest.len; rest = xs_text_trim(rest)) {
    xs_text *slot = XS_PUSH(l->a, words, *count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = next_word(&rest);
  }
  *out = words;
  return XS_OK;
}

static bool is_yes(const xmlNode *node, const char *attribute)
{
  return xs_xml_attr_is(node, attribute, "yes");
}

/* ---- guards ---- */

/* Text that was broken into lines in the file is one line again: Chinese without, other languages
 * with a space where it was broken. */
static xs_text join_lines(const loader *l, xs_text t, const char *joint)
{
  xs_text out = XS_LIT("");
  for (size_t from = 0; from < t.len && out.ptr;) {
    size_t to = from;
    while (to < t.len && t.ptr[to] != '\n') to++;
    xs_text line = {t.ptr + from, to - from};
    from = to;
    while (from < t.len && is_space(t.ptr[from])) from++;
    out = xs_arena_printf(l->a, "%.*s%.*s%s", XS_TEXT(out), XS_TEXT(line),
                          from > to && from < t.len ? joint : "");
  }
  return out;
}

static xs_status read_say(const loader *l, const xmlNode *node, const char *joint, xs_say *out)
{
  xs_avt_part *parts = NULL;
  size_t capacity = 0;
  for (const xmlNode *n = node->children; n; n = n->next) {
    xs_avt_part part = {0};
    if (n->type == XML_TEXT_NODE) {
      part.words = join_lines(l, xs_text_of((const char *)n->content), joint);
      if (!part.words.ptr) return XS_ENOMEM;
    } else {
      xs_status st = read_path(l, n, "of", true, &part.value);
      if (st) return st;
      if (!part.value) continue;
    }
    xs_avt_part *slot = XS_PUSH(l->a, parts, out->part_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = part;
  }
  out->parts = parts;
  return XS_OK;
}

static xs_ground read_ground(const xmlNode *node, xs_text *basis)
{
  static const struct {
    const char *attribute;
    xs_ground ground;
  } grounds[] = {
      {"figure", XS_GROUND_FIGURE},
      {"requirement", XS_GROUND_REQUIREMENT},
      {"limit", XS_GROUND_LIMIT},
      {"source", XS_GROUND_LAW},
  };
  size_t i = 0;
  while (i + 1 < XS_COUNT(grounds) && !xs_xml_attr(node, grounds[i].attribute).ptr) i++;
  *basis = xs_xml_attr(node, grounds[i].attribute);
  return grounds[i].ground;
}

static xs_status read_guard(const loader *l, const xmlNode *node, xs_guard_rule *g)
{
  *g = (xs_guard_rule){.id = xs_xml_attr(node, "id"), .span = xs_xml_span(node)};
  g->ground = read_ground(node, &g->basis);
  xs_status st = read_path(l, node, "test", true, &g->test);
  if (!st) st = read_path(l, node, "when", true, &g->when);
  if (!st) st = read_path(l, node, "at", true, &g->at);
  if (!st) st = read_say(l, xs_xml_child(node, "zh"), "", &g->zh);
  if (!st) st = read_say(l, xs_xml_child(node, "en"), " ", &g->en);
  return st;
}

/* ---- steps ---- */

static xs_status read_from(const loader *l, const xmlNode *node, const xs_track_rule *track,
                           xs_step_rule *step)
{
  const xs_text *names;
  size_t count, kept = 0;
  xs_status st = read_list(l, xs_xml_attr(node, "from"), &names, &count);
  size_t *from = st ? NULL : XS_NEW_ARRAY(l->a, count ? count : 1, size_t);
  if (!from) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    size_t state = xs_track_state(track, names[i]);
    if (state != XS_NO_STATE)
      from[kept++] = state;
    else
      xs_workflow_say_unknown_state(l->diags, track, names[i], xs_xml_attr_span(node, "from"));
  }
  step->from = from;
  step->from_count = kept;
  step->to = xs_track_state(track, xs_xml_attr(node, "to"));
  if (step->to == XS_NO_STATE)
    xs_workflow_say_unknown_state(l->diags, track, xs_xml_attr(node, "to"),
                                  xs_xml_attr_span(node, "to"));
  return XS_OK;
}

static xs_status read_afters(const loader *l, const xmlNode *node, xs_step_rule *step)
{
  size_t capacity = 0;
  xs_after_rule *afters = NULL;
  for (const xmlNode *n = xs_xml_child(node, "after"); n; n = xs_xml_next(n, "after")) {
    xs_after_rule *slot = XS_PUSH(l->a, afters, step->after_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_after_rule){.name = xs_xml_attr(n, "name"), .name_en = xs_xml_attr(n, "en")};
    xs_status st = read_path(l, n, "date", true, &slot->date);
    if (st) return st;
  }
  step->afters = afters;
  return XS_OK;
}

static xs_status read_guards(const loader *l, const xmlNode *node, xs_step_rule *step)
{
  size_t capacity = 0;
  xs_guard_rule *guards = NULL;
  for (const xmlNode *n = xs_xml_child(node, "guard"); n; n = xs_xml_next(n, "guard")) {
    xs_guard_rule *slot = XS_PUSH(l->a, guards, step->guard_count, capacity);
    if (!slot) return XS_ENOMEM;
    xs_status st = read_guard(l, n, slot);
    if (st) return st;
  }
  step->guards = guards;
  return XS_OK;
}

static size_t find_track(const loader *l, xs_text id)
{
  size_t i = 0;
  while (i < l->workflow->track_count && !xs_text_equal(l->workflow->tracks[i].id, id)) i++;
  return i;
}

static xs_status read_opens(const loader *l, const xmlNode *node, xs_step_rule *step)
{
  size_t capacity = 0;
  xs_open_rule *opens = NULL;
  for (const xmlNode *n = xs_xml_child(node, "open"); n; n = xs_xml_next(n, "open")) {
    size_t track = find_track(l, xs_xml_attr(n, "track"));
    if (track == l->workflow->track_count) {
      xs_diag(l->diags, XS_D_WORKFLOW_NAME, xs_xml_attr_span(n, "track"),
              _("there is no track “%.*s”"), XS_TEXT(xs_xml_attr(n, "track")));
      continue;
    }
    xs_open_rule *slot = XS_PUSH(l->a, opens, step->open_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_open_rule){.track = track};
    xs_status st = read_path(l, n, "each", true, &slot->each);
    if (st) return st;
  }
  step->opens = opens;
  return XS_OK;
}

static xs_copy read_copy(const xmlNode *node)
{
  if (xs_xml_attr_is(node, "copy", "draft")) return XS_COPY_DRAFT;
  if (xs_xml_attr_is(node, "copy", "public")) return XS_COPY_PUBLIC;
  return XS_COPY_FILING;
}

static xs_status read_papers(const loader *l, const xmlNode *node, xs_step_rule *step)
{
  size_t capacity = 0;
  xs_paper_rule *papers = NULL;
  for (const xmlNode *n = xs_xml_child(node, "paper"); n; n = xs_xml_next(n, "paper")) {
    xs_paper_rule *slot = XS_PUSH(l->a, papers, step->paper_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_paper_rule){.template_id = xs_xml_attr(n, "template"),
                            .states_copy = xs_xml_attr(n, "copy").ptr != NULL,
                            .copy = read_copy(n),
                            .span = xs_xml_attr_span(n, "template")};
    xs_status st = read_path(l, n, "when", true, &slot->when);
    if (st) return st;
  }
  step->papers = papers;
  return XS_OK;
}

static xs_status read_step(const loader *l, const xmlNode *node, const xs_track_rule *track,
                           xs_step_rule *step)
{
  *step = (xs_step_rule){
      .id = xs_xml_attr(node, "id"),
      .needs_reason = is_yes(node, "reason"),
      .needs_evidence = is_yes(node, "evidence"),
      .settles = is_yes(node, "settles"),
      .span = xs_xml_span(node),
      .moment_span = xs_xml_attr_span(node, "moments"),
      .role_span = xs_xml_attr_span(node, "role"),
  };
  xs_status st = read_words(l, node, "name", &step->name);
  if (!st) st = read_words(l, node, "en", &step->name_en);
  if (!st) st = read_from(l, node, track, step);
  if (!st) st = read_path(l, node, "date", false, &step->date);
  if (!st) st = read_list(l, xs_xml_attr(node, "role"), &step->roles, &step->role_count);
  if (!st) st = read_list(l, xs_xml_attr(node, "moments"), &step->moments, &step->moment_count);
  if (!st) st = read_afters(l, node, step);
  if (!st) st = read_guards(l, node, step);
  if (!st) st = read_opens(l, node, step);
  if (!st) st = read_papers(l, node, step);
  return st;
}

/* ---- tracks ---- */

static xs_status read_states(const loader *l, const xmlNode *node, xs_track_rule *track)
{
  size_t capacity = 0;
  xs_state_rule *states = NULL;
  for (const xmlNode *n = xs_xml_child(node, "state"); n; n = xs_xml_next(n, "state")) {
    xs_state_rule *slot = XS_PUSH(l->a, states, track->state_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_state_rule){
        .id = xs_xml_attr(n, "id"),
        .name = xs_xml_attr(n, "name"),
        .name_en = xs_xml_attr(n, "en"),
        .copy = read_copy(n),
        .is_final = is_yes(n, "final"),
        .span = xs_xml_span(n),
    };
  }
  track->states = states;
  return XS_OK;
}

static xs_status read_steps(const loader *l, const xmlNode *node, xs_track_rule *track)
{
  size_t capacity = 0, count = 0;
  xs_step_rule *steps = NULL;
  for (const xmlNode *n = xs_xml_child(node, "step"); n; n = xs_xml_next(n, "step")) {
    xs_step_rule *slot = XS_PUSH(l->a, steps, count, capacity);
    if (!slot) return XS_ENOMEM;
    xs_status st = read_step(l, n, track, slot);
    if (st) return st;
  }
  track->steps = steps;
  track->step_count = count;
  return XS_OK;
}

static xs_status read_track(const loader *l, const xmlNode *node, xs_track_rule *track)
{
  *track = (xs_track_rule){
      .id = xs_xml_attr(node, "id"),
      .name = xs_xml_attr(node, "name"),
      .name_en = xs_xml_attr(node, "en"),
      .starts = is_yes(node, "start"),
      .span = xs_xml_span(node),
      .moment_span = xs_xml_attr_span(node, "moments"),
  };
  xs_status st = read_path(l, node, "about", false, &track->about);
  if (!st) st = read_path(l, node, "key", false, &track->key);
  if (!st) st = read_list(l, xs_xml_attr(node, "moments"), &track->moments, &track->moment_count);
  if (!st) st = read_states(l, node, track);
  return st;
}

/* All tracks and their states first: steps name them. */
static xs_status read_workflow(loader *l, xmlDocPtr doc)
{
  xs_workflow *w = l->workflow;
  const xmlNode *root = xmlDocGetRootElement(doc);
  size_t capacity = 0, i = 0;
  xs_track_rule *tracks = NULL;
  w->id = xs_xml_attr(root, "id");
  w->version = xs_xml_attr(root, "version");
  w->name = xs_xml_attr(root, "name");
  w->digest = xs_xml_digest(doc);
  for (const xmlNode *n = xs_xml_child(root, "track"); n; n = xs_xml_next(n, "track")) {
    xs_track_rule *slot = XS_PUSH(l->a, tracks, w->track_count, capacity);
    if (!slot) return XS_ENOMEM;
    xs_status st = read_track(l, n, slot);
    if (st) return st;
  }
  w->tracks = tracks;
  for (const xmlNode *n = xs_xml_child(root, "track"); n; n = xs_xml_next(n, "track")) {
    xs_status st = read_steps(l, n, &tracks[i++]);
    if (st) return st;
  }
  return XS_OK;
}

static xs_status load(loader *l, xs_engine *engine, xs_text path)
{
  const xs_schema *schema = NULL;
  xmlDocPtr doc = NULL;
  size_t before = xs_diags_count(l->diags, XS_ERROR);
  xs_status st = xs_engine_schema(engine, XS_VOCABULARY_WORKFLOW, l->diags, &schema);
  if (!st) st = xs_engine_schema(engine, XS_VOCABULARY_CASE, l->diags, &l->case_schema);
  if (!st) st = xs_xml_load(l->a, path, l->diags, &doc);
  if (!st) st = xs_schema_check(schema, doc, l->diags);
  if (!st) st = read_workflow(l, doc);
  if (!st) st = xs_diags_since(l->diags, before);
  if (!st) st = xs_workflow_check_form(l->workflow, l->diags);
  return st;
}

xs_status xs_workflow_load_file(xs_engine *engine, xs_text path, xs_diags *diags, xs_workflow **out)
{
  *out = NULL;
  loader l = {.a = xs_arena_new(engine->host), .diags = diags};
  l.workflow = l.a ? XS_NEW(l.a, xs_workflow) : NULL;
  xs_text kept = l.workflow ? xs_arena_text(l.a, path) : XS_NO_TEXT;
  xs_status st = XS_ENOMEM;
  if (kept.ptr) {
    l.workflow->arena = l.a;
    st = load(&l, engine, kept);
  }
  if (st)
    xs_arena_free(l.a);
  else
    *out = l.workflow;
  return st;
}

xs_status xs_workflow_load(xs_engine *engine, xs_diags *diags, xs_workflow **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_text path =
      a ? xs_arena_printf(a, "%.*s/workflow/bargaining.xml", XS_TEXT(engine->template_dir))
        : XS_NO_TEXT;
  xs_status st = path.ptr ? xs_workflow_load_file(engine, path, diags, out) : XS_ENOMEM;
  xs_arena_free(a);
  return st;
}

void xs_workflow_free(xs_workflow *workflow)
{
  if (workflow) xs_arena_free(workflow->arena);
}
