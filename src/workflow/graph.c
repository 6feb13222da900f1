#include "workflow/graph.h"

#include "base/text.h"
#include "template/law.h"
#include "workflow/question.h"

/* A step from more states than this goes out from a box of its own. */
enum { MOST_ARROWS = 3, CROWD_LINE_CHARS = 13 };

#define NO_NODE ((size_t)-1)

/* States that one or several steps may be made from, as a box. */
typedef struct crowd {
  const xs_step_rule *first; /* of the steps; the others have the same states */
  size_t before;             /* the state that it stands above: the first that its steps lead to */
  size_t node;
} crowd;

typedef struct drawing {
  xs_arena *a;
  const xs_graph_order *order;
  const xs_track_rule *track;
  xs_question q;
  crowd *crowds;
  size_t crowd_count, crowd_capacity;
  size_t *nodes_of; /* the node of each state */
  xs_diagram_node *nodes;
  size_t node_count;
  xs_diagram_arrow *arrows;
  size_t arrow_count, arrow_capacity;
} drawing;

/* ---- crowds ---------------------------------------------------------------------------------- */

static bool is_crowded(const xs_step_rule *step)
{
  return step->from_count > MOST_ARROWS;
}

static bool has_same_states(const xs_step_rule *a, const xs_step_rule *b)
{
  if (a->from_count != b->from_count) return false;
  for (size_t i = 0; i < a->from_count; i++)
    if (a->from[i] != b->from[i]) return false;
  return true;
}

static crowd *crowd_of(const drawing *d, const xs_step_rule *step)
{
  for (size_t i = 0; i < d->crowd_count; i++)
    if (has_same_states(d->crowds[i].first, step)) return &d->crowds[i];
  return NULL;
}

static xs_status find_crowds(drawing *d)
{
  for (size_t i = 0; i < d->track->step_count; i++) {
    const xs_step_rule *step = &d->track->steps[i];
    if (!is_crowded(step)) continue;
    crowd *c = crowd_of(d, step);
    if (c && step->to < c->before) c->before = step->to;
    if (c) continue;
    c = XS_PUSH(d->a, d->crowds, d->crowd_count, d->crowd_capacity);
    if (!c) return XS_ENOMEM;
    *c = (crowd){step, step->to, NO_NODE};
  }
  return XS_OK;
}

static bool leads_on(const drawing *d, size_t state)
{
  return !d->track->states[state].is_final;
}

/* All states that are not final, but those that its steps lead to? */
static bool is_everybody(const drawing *d, const xs_step_rule *step)
{
  size_t open = 0;
  for (size_t i = 0; i < d->track->state_count; i++) open += leads_on(d, i);
  return step->from_count == open;
}

/* The names of its states, in lines that are not much wider than a box. */
static xs_status name_crowd(drawing *d, const xs_step_rule *step, xs_text *out)
{
  *out = XS_LIT("任一尚未终结的状态");
  if (is_everybody(d, step)) return XS_OK;
  xs_text words = XS_LIT("");
  size_t chars = 0;
  for (size_t i = 0; i < step->from_count && words.ptr; i++) {
    xs_text name = d->track->states[step->from[i]].name;
    size_t more = xs_text_char_count(name) + 1;
    bool breaks = chars && chars + more > CROWD_LINE_CHARS;
    chars = breaks ? more : chars + more;
    words = xs_arena_printf(d->a, "%.*s%s%.*s%s", XS_TEXT(words), breaks ? "\n" : "", XS_TEXT(name),
                            i + 1 < step->from_count ? "、" : "");
  }
  *out = words;
  return words.ptr ? XS_OK : XS_ENOMEM;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static const char *copy_note(xs_copy copy)
{
  switch (copy) {
  case XS_COPY_DRAFT:
    return "草案";
  case XS_COPY_PUBLIC:
    return "公布件";
  case XS_COPY_FILING:
    break;
  }
  return "";
}

/* Which tracks stand in this state: their keys, or the words for the only one. */
static xs_status mark_state(const drawing *d, xs_text state, xs_text *out)
{
  *out = XS_LIT("");
  const xs_position *position = d->order->position;
  for (size_t i = 0; position && i < position->count; i++) {
    const xs_track *track = &position->tracks[i];
    if (!xs_text_equal(track->kind, d->track->id) || !xs_text_equal(track->state, state)) continue;
    xs_text word = track->key.len ? track->key : XS_LIT("目前在此");
    *out = xs_arena_printf(d->a, "%.*s%s%.*s", XS_TEXT(*out), out->len ? "、" : "", XS_TEXT(word));
    if (!out->ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

static xs_status add_state(drawing *d, size_t i)
{
  const xs_state_rule *state = &d->track->states[i];
  xs_diagram_node *node = &d->nodes[d->node_count];
  d->nodes_of[i] = d->node_count++;
  *node = (xs_diagram_node){.name = state->name,
                            .id = state->id,
                            .note = xs_text_of(copy_note(state->copy)),
                            .first = i == 0,
                            .final = state->is_final};
  return mark_state(d, state->id, &node->marked);
}

static xs_status add_crowds(drawing *d, size_t before)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < d->crowd_count && !st; i++) {
    crowd *c = &d->crowds[i];
    if (c->before != before) continue;
    xs_diagram_node *node = &d->nodes[d->node_count];
    c->node = d->node_count++;
    *node = (xs_diagram_node){.crowd = true};
    st = name_crowd(d, c->first, &node->name);
  }
  return st;
}

static xs_status make_nodes(drawing *d)
{
  size_t states = d->track->state_count;
  d->nodes = XS_NEW_ARRAY(d->a, states + d->crowd_count, xs_diagram_node);
  d->nodes_of = XS_NEW_ARRAY(d->a, states, size_t);
  if (!d->nodes || !d->nodes_of) return XS_ENOMEM;
  xs_status st = XS_OK;
  for (size_t i = 0; i < states && !st; i++) {
    if (i) st = add_crowds(d, i);
    if (!st) st = add_state(d, i);
    if (!i && !st) st = add_crowds(d, i);
  }
  return st;
}

/* ---- limits ---------------------------------------------------------------------------------- */

static bool has_word(xs_text list, xs_text word)
{
  for (size_t off = 0; off < list.len;) {
    size_t end = off;
    while (end < list.len && list.ptr[end] != ' ') end++;
    if (xs_text_equal((xs_text){list.ptr + off, end - off}, word)) return true;
    off = end + 1;
  }
  return false;
}

/* How kinds of contract are called where there is little room; "" is contracts in general. */
static const struct {
  const char *kind, *word;
} kinds[] = {
    {"", ""}, {"comprehensive", "综合"}, {"wage", "工资"}, {"safety", "安全"}, {"women", "女职工"}};

static xs_status make_term(const drawing *d, const xmlNode *limit, const char *kind,
                           xs_diagram_term *out)
{
  bool is_law = xs_grade_is_law(xs_xml_attr(limit, "grade"));
  bool backward = xs_xml_attr_is(limit, "direction", "backward");
  xs_text unit = xs_xml_attr(limit, "unit");
  *out = (xs_diagram_term){.law = XS_LIT("")};
  out->days = is_law ? xs_arena_printf(d->a, "%s%s%s%.*s%s%.*s", kind, *kind ? " " : "",
                                       backward ? "前 " : "", XS_TEXT(xs_xml_attr(limit, "n")),
                                       xs_text_is(unit, "日") ? "" : "个", XS_TEXT(unit))
                     : xs_arena_printf(d->a, "%s%s待核实", kind, *kind ? " " : "");
  if (!out->days.ptr) return XS_ENOMEM;
  xs_text law = XS_NO_TEXT;
  if (is_law) law = xs_law_text(d->a, d->order->rules, xs_xml_attr(limit, "source"));
  if (law.ptr) out->law = law;
  return XS_OK;
}

static bool is_said(const xs_diagram_term *terms, size_t count, const xs_diagram_term *term)
{
  for (size_t i = 0; i < count; i++)
    if (xs_text_equal(terms[i].days, term->days) && xs_text_equal(terms[i].law, term->law))
      return true;
  return false;
}

/* One limit for one kind of contract. */
static xs_status add_term_of(const drawing *d, xs_text limit, xs_diagram_term *terms, size_t *count)
{
  const xmlNode *entry = xs_rules_limit_for(d->order->rules, limit, d->order->kind, (xs_date){0});
  xs_status st = entry ? make_term(d, entry, "", &terms[*count]) : XS_OK;
  if (entry && !st && !is_said(terms, *count, &terms[*count])) (*count)++;
  return st;
}

/* One limit: for contracts in general, and for each kind for which another entry holds. */
static xs_status add_terms(const drawing *d, xs_text limit, xs_diagram_term *terms, size_t *count)
{
  if (d->order->kind.len) return add_term_of(d, limit, terms, count);
  const xmlNode *seen[XS_COUNT(kinds)] = {NULL};
  xs_status st = XS_OK;
  for (size_t i = 0; i < XS_COUNT(kinds) && !st; i++) {
    seen[i] = xs_rules_limit_for(d->order->rules, limit, xs_text_of(kinds[i].kind), (xs_date){0});
    bool is_new = seen[i] != NULL;
    for (size_t j = 0; j < i; j++) is_new = is_new && seen[j] != seen[i];
    if (!is_new) continue;
    st = make_term(d, seen[i], kinds[i].word, &terms[*count]);
    if (!st && !is_said(terms, *count, &terms[*count])) (*count)++;
  }
  return st;
}

static xs_status find_terms(const drawing *d, const xs_step_rule *step, xs_diagram_arrow *arrow)
{
  const xs_clock *clock = d->order->clock;
  size_t rules = 0;
  for (size_t i = 0; i < clock->due_count; i++) rules += has_word(clock->dues[i].steps, step->id);
  xs_diagram_term *terms = XS_NEW_ARRAY(d->a, rules * XS_COUNT(kinds) + 1, xs_diagram_term);
  if (!terms) return XS_ENOMEM;
  xs_status st = XS_OK;
  for (size_t i = 0; i < clock->due_count && !st; i++)
    if (clock->dues[i].is_limit && has_word(clock->dues[i].steps, step->id))
      st = add_terms(d, clock->dues[i].id, terms, &arrow->term_count);
  arrow->terms = terms;
  return st;
}

/* ---- arrows ---------------------------------------------------------------------------------- */

static xs_status add_arrow(drawing *d, size_t from, size_t to, const xs_diagram_arrow *words)
{
  xs_diagram_arrow *arrow = XS_PUSH(d->a, d->arrows, d->arrow_count, d->arrow_capacity);
  if (!arrow) return XS_ENOMEM;
  *arrow = *words;
  arrow->from = from;
  arrow->to = to;
  return XS_OK;
}

static xs_status name_roles(const drawing *d, const xs_step_rule *step, xs_text *out)
{
  *out = XS_LIT("");
  for (size_t i = 0; i < step->role_count; i++) {
    const xs_office_role *role = xs_roles_find(d->order->roles, step->roles[i]);
    if (!role) continue;
    *out = xs_arena_printf(d->a, "%.*s%s%.*s", XS_TEXT(*out), out->len ? "、" : "",
                           XS_TEXT(role->name));
    if (!out->ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

/* The limits of a step from several states stand beside its first arrow. */
static xs_status add_step(drawing *d, const xs_step_rule *step)
{
  xs_diagram_arrow words = {0};
  xs_status st =
      xs_question_words(&d->q, step->name->parts, step->name->part_count, "…", &words.name);
  if (!st) st = name_roles(d, step, &words.note);
  if (!st) st = find_terms(d, step, &words);
  size_t to = d->nodes_of[step->to];
  if (is_crowded(step)) return st ? st : add_arrow(d, crowd_of(d, step)->node, to, &words);
  for (size_t i = 0; i < step->from_count && !st; i++) {
    st = add_arrow(d, d->nodes_of[step->from[i]], to, &words);
    words.term_count = 0;
  }
  return st;
}

/* ---- lanes ----------------------------------------------------------------------------------- */

static xs_status make_lane(xs_arena *a, const xs_graph_order *order, const xs_track_rule *track,
                           xs_diags *diags, xs_diagram_lane *out)
{
  drawing d = {.a = a, .order = order, .track = track};
  xs_status st = xs_question_open(&d.q, a, order->kase, order->rules, NULL, NULL, diags);
  if (!st) st = find_crowds(&d);
  if (!st) st = make_nodes(&d);
  for (size_t i = 0; i < track->step_count && !st; i++) st = add_step(&d, &track->steps[i]);
  xs_question_close(&d.q);
  *out = (xs_diagram_lane){.name = track->name,
                           .id = track->id,
                           .color = (size_t)(track - order->workflow->tracks),
                           .nodes = d.nodes,
                           .node_count = d.node_count,
                           .arrows = d.arrows,
                           .arrow_count = d.arrow_count};
  return st;
}

static xs_status check_track(const xs_graph_order *order, xs_diags *diags)
{
  if (!order->track.len || xs_workflow_track(order->workflow, order->track)) return XS_OK;
  xs_diag(diags, XS_D_WORKFLOW_TRACK, XS_NOWHERE, _("the workflow has no track “%.*s”"),
          XS_TEXT(order->track));
  for (size_t i = 0; i < order->workflow->track_count; i++)
    xs_diag_note(diags, order->workflow->tracks[i].span, _("there is “%.*s”"),
                 XS_TEXT(order->workflow->tracks[i].id));
  return XS_EINPUT;
}

static xs_status name_diagram(xs_arena *a, const xs_graph_order *order, xs_diagram *out)
{
  const xs_workflow *w = order->workflow;
  const xmlNode *pack = xmlDocGetRootElement(order->rules->doc);
  size_t states = 0, steps = 0;
  for (size_t i = 0; i < w->track_count; i++) {
    if (order->track.len && !xs_text_equal(order->track, w->tracks[i].id)) continue;
    states += w->tracks[i].state_count;
    steps += w->tracks[i].step_count;
  }
  const xs_track_rule *only = xs_workflow_track(w, order->track);
  out->title = xs_arena_printf(a, "%.*s工作流程图%s%.*s", XS_TEXT(w->name), only ? " · " : "",
                               XS_TEXT(only ? only->name : XS_LIT("")));
  out->subtitle = xs_arena_printf(a, "期限依据：%.*s规则　%zu 个状态，%zu 个步骤",
                                  XS_TEXT(xs_xml_attr(pack, "name")), states, steps);
  out->foot = xs_arena_printf(a, "流程 %.*s 第 %.*s 版　规则 %.*s 第 %.*s 版", XS_TEXT(w->id),
                              XS_TEXT(w->version), XS_TEXT(order->rules->id),
                              XS_TEXT(xs_xml_attr(pack, "version")));
  return out->title.ptr && out->subtitle.ptr && out->foot.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_graph_make(xs_arena *a, const xs_graph_order *order, xs_diags *diags, xs_diagram *out)
{
  *out = (xs_diagram){0};
  const xs_workflow *w = order->workflow;
  xs_status st = check_track(order, diags);
  xs_diagram_lane *lanes = st ? NULL : XS_NEW_ARRAY(a, w->track_count, xs_diagram_lane);
  if (!st && !lanes) st = XS_ENOMEM;
  for (size_t i = 0; i < w->track_count && !st; i++) {
    if (order->track.len && !xs_text_equal(order->track, w->tracks[i].id)) continue;
    st = make_lane(a, order, &w->tracks[i], diags, &lanes[out->lane_count++]);
  }
  out->lanes = lanes;
  return st ? st : name_diagram(a, order, out);
}
