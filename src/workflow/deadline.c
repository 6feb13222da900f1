#include "workflow/deadline.h"

#include "base/text.h"
#include "template/evaluation.h"
#include "template/law.h"

#include <stdlib.h>

typedef struct finding {
  xs_arena *a;
  const xs_deadline_question *q;
  xs_diags *diags;
  xs_evaluation ev;
  xs_deadlines list;
  size_t capacity;
} finding;

static bool is_day(xs_date d)
{
  return d.year != 0;
}

/* The worse of two: a mistake is no reason to stop looking for the next one. */
static xs_status worse(xs_status a, xs_status b)
{
  return a && a != XS_EINPUT ? a : (b ? b : a);
}

/* ---- days of the case ---- */

/* The first of the days that a path selects, or the last; year 0 when it selects none. */
static xs_status day_at(finding *f, const xs_expression *e, const xmlNode *node, bool is_latest,
                        xs_date *out)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  *out = (xs_date){0};
  if (!e) return XS_OK;
  xs_status status = xs_evaluate_nodes(&f->ev, e, node, &nodes, &count);
  for (size_t i = 0; i < count && !status; i++) {
    xs_date day;
    if (!xs_date_parse(xs_node_value(f->a, nodes[i]), &day)) continue;
    int order = xs_date_compare(day, *out);
    if (!is_day(*out) || (is_latest ? order > 0 : order < 0)) *out = day;
  }
  return status;
}

static xs_status test_at(finding *f, const xs_expression *e, const xmlNode *node, bool *out)
{
  *out = true;
  return e ? xs_evaluate_test(&f->ev, e, node, out) : XS_OK;
}

static xs_status text_at(finding *f, const xs_expression *e, const xmlNode *node, xs_text *out)
{
  xs_value value = {0};
  *out = XS_LIT("");
  xs_status status = e ? xs_evaluate_value(&f->ev, e, node, &value) : XS_OK;
  if (!status && value.text.ptr) *out = value.text;
  return status;
}

/* Which of its like a node is, from 1. */
static size_t place_of(const xmlNode *node)
{
  size_t place = 1;
  for (const xmlNode *n = node->prev; n; n = n->prev)
    if (xs_xml_is(n, (const char *)node->name)) place++;
  return place;
}

/*
 * The id by which people and programs refer to a node: its own, else that of the nearest around it,
 * and where it is not the first of its like the name and the place: a1.material-2. Empty for the
 * case and for what stands in it alone. Empty, too, when out of memory.
 */
static xs_text item_of(xs_arena *a, const xmlNode *node)
{
  if (!node || node->type != XML_ELEMENT_NODE || xs_xml_is(node, "case")) return XS_LIT("");
  xs_text id = xs_xml_attr(node, "id");
  if (id.len) return id;
  xs_text around = item_of(a, node->parent);
  size_t place = place_of(node);
  if (place == 1) return around;
  xs_text item = xs_arena_printf(a, "%.*s%s%s-%zu", XS_TEXT(around), around.len ? "." : "",
                                 (const char *)node->name, place);
  return item.ptr ? item : XS_LIT("");
}

/* ---- pauses ---- */

/* Where a pause ends: at its end, else where it was agreed to, else nobody knows. */
static xs_status pause_end(finding *f, const xs_stop *stop, const xmlNode *node, xs_date *to,
                           bool *is_planned)
{
  const xs_date as_of = f->q->as_of;
  xs_status status = day_at(f, stop->to, node, false, to);
  if (status || (is_day(*to) && (!is_day(as_of) || xs_date_compare(*to, as_of) <= 0)))
    return status;
  status = day_at(f, stop->planned, node, false, to);
  if (is_day(*to) && is_day(as_of) && xs_date_compare(*to, as_of) < 0) *to = (xs_date){0};
  *is_planned = is_day(*to);
  return status;
}

static xs_status add_pauses(finding *f, const xs_stop *stop, xs_deadline *d, xs_pause **list,
                            size_t *capacity)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status status = xs_evaluate_nodes(&f->ev, stop->about, NULL, &nodes, &count);
  for (size_t i = 0; i < count && !status; i++) {
    xs_pause p = {0};
    bool is_planned = false;
    status = day_at(f, stop->from, nodes[i], false, &p.from);
    bool begun =
        is_day(p.from) && (!is_day(f->q->as_of) || xs_date_compare(p.from, f->q->as_of) <= 0);
    if (status || !begun) continue;
    status = pause_end(f, stop, nodes[i], &p.to, &is_planned);
    xs_pause *slot = XS_PUSH(f->a, *list, d->pause_count, *capacity);
    if (!slot) return XS_ENOMEM;
    *slot = p;
    d->provisional = d->provisional || is_planned;
  }
  return status;
}

static int by_first_day(const void *a, const void *b)
{
  return xs_date_compare(((const xs_pause *)a)->from, ((const xs_pause *)b)->from);
}

/* What stops a limit: the words of its @stopped-by. */
static xs_status find_pauses(finding *f, xs_deadline *d)
{
  xs_text list = xs_xml_attr(d->entry, "stopped-by"), id;
  xs_pause *pauses = NULL;
  size_t capacity = 0;
  xs_status status = XS_OK;
  while (!status && xs_text_word(&list, &id)) {
    const xs_stop *stop = xs_clock_stop(f->q->clock, id);
    if (stop) status = add_pauses(f, stop, d, &pauses, &capacity);
  }
  if (d->pause_count) qsort(pauses, d->pause_count, sizeof *pauses, by_first_day);
  d->pauses = pauses;
  return status;
}

/* ---- one deadline ---- */

static bool read_period(const xmlNode *entry, xs_period *out)
{
  uint64_t n = 0;
  *out = (xs_period){
      .backward = xs_xml_attr_is(entry, "direction", "backward"),
      .roll = xs_rules_rolls(entry) ? XS_ROLL_ON : XS_ROLL_NOT,
  };
  if (!xs_text_uint(xs_xml_attr(entry, "n"), &n) || n > UINT32_MAX) return false;
  out->n = (uint32_t)n;
  return xs_time_unit_of(xs_xml_attr(entry, "unit"), &out->unit);
}

static xs_text period_text(xs_arena *a, const xs_period *p)
{
  return xs_arena_printf(a, "%u%s%.*s", (unsigned)p->n, p->unit == XS_UNIT_DAY ? "" : "个",
                         XS_TEXT(xs_time_unit_name(p->unit)));
}

static xs_status count_limit(finding *f, xs_deadline *d)
{
  if (!read_period(d->entry, &d->how)) {
    xs_diag(f->diags, XS_D_DEADLINE_UNKNOWN, xs_xml_span(d->entry),
            _("the limit “%.*s” has no length that can be counted"), XS_TEXT(d->limit));
    return XS_EINPUT;
  }
  xs_status status = find_pauses(f, d);
  if (!status)
    status = xs_count_period(f->a, f->q->calendar, d->trigger, &d->how, d->pauses, d->pause_count,
                             f->q->explain, f->diags, &d->count);
  if (status) return status;
  d->backward = d->how.backward;
  d->window = d->backward && xs_xml_attr_is(d->entry, "window", "yes");
  d->provisional = (d->provisional && d->count.paused) || d->count.provisional;
  d->due = d->window ? d->trigger : d->count.due;
  if (d->window) d->opens = d->count.due;
  d->period = period_text(f->a, &d->how);
  return d->period.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status read_law(finding *f, xs_deadline *d)
{
  d->grade = xs_xml_attr(d->entry, "grade");
  d->verified = xs_grade_is_law(d->grade);
  d->actor = xs_xml_attr(d->entry, "actor");
  d->note = xs_xml_content(f->a, d->entry);
  if (!d->verified) return XS_OK;
  xs_text law = xs_law_text(f->a, f->q->rules, xs_xml_attr(d->entry, "source"));
  if (law.ptr) d->law = law;
  return XS_OK;
}

/* What has happened to it: met, no longer needed, agreed otherwise. */
static xs_status read_facts(finding *f, xs_deadline *d)
{
  const xs_due_rule *r = d->rule;
  xs_status status = day_at(f, r->met, d->node, r->is_latest, &d->met);
  status = worse(status, day_at(f, r->ceased, d->node, false, &d->ceased));
  return worse(status, day_at(f, r->agreed, d->node, false, &d->agreed));
}

static xs_status add(finding *f, const xs_deadline *d)
{
  bool wanted = false;
  xs_status status = test_at(f, d->rule->when, d->node, &wanted);
  if (status || !wanted) return status;
  xs_deadline *slot = XS_PUSH(f->a, f->list.items, f->list.count, f->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = *d;
  slot->what = d->rule->name;
  slot->agreed_in = d->rule->agreed_in;
  slot->right = d->rule->is_right;
  slot->law = XS_LIT("");
  status = read_facts(f, slot);
  if (d->entry) status = worse(status, read_law(f, slot));
  if (d->entry) status = worse(status, count_limit(f, slot));
  return status;
}

/* ---- where they are ---- */

/* One day in the case: its node, and what is known of it. A day that is not there is of year 0. */
static xs_status read_spot(finding *f, const xs_spot *spot, const xmlNode *node, xs_deadline *d)
{
  *d = (xs_deadline){.node = node, .track = spot->track, .item = item_of(f->a, node)};
  xs_status status = day_at(f, spot->date, node, false, &d->trigger);
  if (status || !is_day(d->trigger)) return status;
  d->known = d->trigger;
  if (spot->known) status = day_at(f, spot->known, node, false, &d->known);
  return worse(status, text_at(f, spot->key, node, &d->key));
}

/* The limit of this id that runs from a moment, for the kind of contract at a node; its place among
 * those that could hold is its rank. Only that which holds on the day: an older rule does not come
 * back because the newer one begins at another moment. */
static const xmlNode *entry_at(const finding *f, xs_text limit, const xs_moment *m,
                               const xs_deadline *d, size_t *rank)
{
  const xs_rules *rules = f->q->rules;
  const xmlNode *e = NULL;
  for (*rank = 0; (e = xs_rules_limit_next(rules, limit, d->kind, e)); ++*rank)
    if (xs_text_equal(xs_xml_attr(e, "trigger"), m->id) &&
        xs_rules_limit_for(rules, limit, d->kind, d->trigger) == e)
      return e;
  return NULL;
}

/* Where a limit runs in a case, while it is not settled yet which of its triggers counts. */
typedef struct candidate {
  xs_deadline d;
  const xs_moment *moment;
  size_t rank;
} candidate;

typedef struct candidates {
  candidate *items;
  size_t count, capacity;
} candidates;

static xs_status look_at(finding *f, xs_text limit, const xs_moment *m, candidates *found)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status status = xs_evaluate_nodes(&f->ev, m->spot.about, NULL, &nodes, &count);
  for (size_t i = 0; i < count && !status; i++) {
    candidate c = {.moment = m};
    status = read_spot(f, &m->spot, nodes[i], &c.d);
    if (status || !is_day(c.d.trigger)) continue;
    c.d.kind = xs_rules_kind_of(f->q->rules, nodes[i]);
    c.d.entry = entry_at(f, limit, m, &c.d, &c.rank);
    if (!c.d.entry) continue;
    c.d.since = m->name;
    candidate *slot = XS_PUSH(f->a, found->items, found->count, found->capacity);
    if (!slot) return XS_ENOMEM;
    *slot = c;
  }
  return status;
}

/* A place may count a limit from another moment than its base does. What holds before the others is
 * what counts on a track; another moment stands in only while that one has no day. */
static bool is_outranked(const candidates *found, const candidate *c)
{
  for (size_t i = 0; i < found->count; i++) {
    const candidate *other = &found->items[i];
    if (other->moment != c->moment && other->rank < c->rank &&
        xs_text_equal(other->d.track, c->d.track) && xs_text_equal(other->d.key, c->d.key))
      return true;
  }
  return false;
}

static bool is_looked_at(const xmlNode *limit)
{
  xs_text id = xs_xml_attr(limit, "id"), trigger = xs_xml_attr(limit, "trigger");
  const xmlNode *e = xs_xml_child(limit->parent, "limit");
  for (; e != limit; e = xs_xml_next(e, "limit"))
    if (xs_text_equal(xs_xml_attr(e, "id"), id) &&
        xs_text_equal(xs_xml_attr(e, "trigger"), trigger))
      return true;
  return false;
}

static xs_status find_limit(finding *f, const xs_due_rule *r)
{
  candidates found = {0};
  xs_status status = XS_OK;
  const xmlNode *e = xs_xml_child(xmlDocGetRootElement(f->q->rules->doc), "limit");
  for (; e; e = xs_xml_next(e, "limit")) {
    if (!xs_text_equal(xs_xml_attr(e, "id"), r->id) || is_looked_at(e)) continue;
    const xs_moment *m = xs_clock_moment(f->q->clock, xs_xml_attr(e, "trigger"));
    if (m && !m->is_outside) status = worse(status, look_at(f, r->id, m, &found));
  }
  for (size_t i = 0; i < found.count; i++) {
    candidate *c = &found.items[i];
    if (is_outranked(&found, c)) continue;
    c->d.rule = r;
    c->d.limit = r->id;
    c->d.is_limit = true;
    status = worse(status, add(f, &c->d));
  }
  return status;
}

static xs_status find_appointment(finding *f, const xs_due_rule *r)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status status = xs_evaluate_nodes(&f->ev, r->spot.about, NULL, &nodes, &count);
  for (size_t i = 0; i < count && (!status || status == XS_EINPUT); i++) {
    xs_deadline d;
    status = worse(status, read_spot(f, &r->spot, nodes[i], &d));
    if (!is_day(d.trigger)) continue;
    d.rule = r;
    d.limit = r->id;
    d.due = d.trigger;
    d.actor = r->actor;
    d.verified = true;
    status = worse(status, add(f, &d));
  }
  return status;
}

/* ---- the whole ---- */

/* Without a day they stand last. */
static uint32_t order_of(const xs_deadline *d)
{
  return is_day(d->due) ? xs_date_number(d->due) : UINT32_MAX;
}

/* By insertion: there are few, and equal ones stay as they are. */
static void sort(xs_deadlines *list)
{
  for (size_t i = 1; i < list->count; i++) {
    xs_deadline d = list->items[i];
    size_t to = i;
    for (; to && order_of(&list->items[to - 1]) > order_of(&d); to--)
      list->items[to] = list->items[to - 1];
    list->items[to] = d;
  }
}

xs_status xs_deadlines_find(xs_arena *a, const xs_deadline_question *q, xs_diags *diags,
                            xs_deadlines *out)
{
  finding f = {.a = a, .q = q, .diags = diags};
  xs_fill_options options = {.date = is_day(q->as_of) ? xs_date_number(q->as_of) : 0};
  xs_status status = xs_evaluation_open(&f.ev, a, q->kase, q->rules, &options, NULL, diags);
  for (size_t i = 0; i < q->clock->due_count && (!status || status == XS_EINPUT); i++) {
    const xs_due_rule *r = &q->clock->dues[i];
    status = worse(status, r->is_limit ? find_limit(&f, r) : find_appointment(&f, r));
  }
  xs_evaluation_close(&f.ev);
  sort(&f.list);
  *out = f.list;
  return status;
}
