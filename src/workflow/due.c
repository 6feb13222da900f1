#include "workflow/due.h"

#include "base/text.h"
#include "data/case_days.h"
#include "packet/days.h"

#include <stdlib.h>

/* ---- terms ---- */

static const char *const term_names[] = {
    [XS_DUE_OVERDUE] = N_("Overdue"),       [XS_DUE_WEEK] = N_("This week"),
    [XS_DUE_MONTH] = N_("This month"),      [XS_DUE_LATER] = N_("Later"),
    [XS_DUE_STOPPED] = N_("Suspended"),     [XS_DUE_UNVERIFIED] = N_("Not verified"),
    [XS_DUE_POSSIBLE] = N_("Possible now"), [XS_DUE_DONE] = N_("Done"),
};

static uint32_t number_of(xs_date d)
{
  return d.year ? xs_date_number(d) : 0;
}

static xs_due_term term_of_day(const xs_due *due, uint32_t day)
{
  if (day < xs_date_number(due->as_of)) return XS_DUE_OVERDUE;
  if (day <= xs_date_number(due->week_end)) return XS_DUE_WEEK;
  return day <= xs_date_number(due->month_end) ? XS_DUE_MONTH : XS_DUE_LATER;
}

static xs_due_term term_of(const xs_due *due, const xs_due_view *view, xs_deadline_state state)
{
  switch (state) {
  case XS_DEADLINE_HIDDEN:
  case XS_DEADLINE_MET:
  case XS_DEADLINE_LATE:
  case XS_DEADLINE_LAPSED:
  case XS_DEADLINE_VOID:
    return XS_DUE_DONE;
  case XS_DEADLINE_PAUSED:
    return XS_DUE_STOPPED;
  case XS_DEADLINE_WAITING:
  case XS_DEADLINE_OPEN:
  case XS_DEADLINE_TODAY:
  case XS_DEADLINE_OVERDUE:
    break;
  }
  return view->verified ? term_of_day(due, view->due) : XS_DUE_UNVERIFIED;
}

/* ---- the list ---- */

static xs_date last_of_week(xs_date d)
{
  xs_date end = d;
  (void)xs_date_of_days(xs_date_days(d) + (XS_SUNDAY - (int)xs_date_weekday(d)), &end);
  return end;
}

static xs_status set_day(xs_due *due, uint32_t as_of, xs_diags *diags)
{
  uint32_t number = as_of;
  xs_status status = xs_engine_date(due->engine, NULL, number, diags, &number);
  if (status || !xs_date_of_number(number, &due->as_of)) return status ? status : XS_EINPUT;
  due->week_end = last_of_week(due->as_of);
  due->month_end = due->as_of;
  due->month_end.day = xs_date_month_days(due->as_of.year, due->as_of.month);
  return XS_OK;
}

xs_status xs_due_new(xs_engine *engine, const xs_clock *clock, uint32_t as_of, xs_diags *diags,
                     xs_due **out)
{
  xs_arena *a = xs_arena_new(engine->host);
  xs_due *due = a ? XS_NEW(a, xs_due) : NULL;
  if (!due) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  due->a = a;
  due->engine = engine;
  due->clock = clock;
  xs_status status = set_day(due, as_of, diags);
  if (!status && !clock) status = xs_clock_load(engine, NULL, diags, &due->own_clock);
  if (!clock) due->clock = due->own_clock;
  if (status)
    xs_due_free(due);
  else
    *out = due;
  return status;
}

void xs_due_free(xs_due *due)
{
  if (!due) return;
  xs_case_free(due->kase);
  xs_clock_free(due->own_clock);
  xs_arena_free(due->a);
}

static int days_left(const xs_due *due, uint32_t day)
{
  xs_date d;
  return xs_date_of_number(day, &d) ? xs_date_days(d) - xs_date_days(due->as_of) : 0;
}

xs_due_item *xs_due_add(xs_due *due, const xs_due_view *view, xs_deadline_state state)
{
  xs_due_item *item = XS_PUSH(due->a, due->items, due->count, due->capacity);
  if (!item) return NULL;
  *item = (xs_due_item){.view = *view};
  xs_due_view *v = &item->view;
  v->term = view->is_proposal ? XS_DUE_POSSIBLE : term_of(due, view, state);
  v->term_name = term_names[v->term];
  v->state = view->is_proposal ? "possible" : xs_deadline_state_word(state);
  v->state_name = view->is_proposal ? N_("possible") : xs_deadline_state_name(state);
  v->days_left = days_left(due, v->due);
  return item;
}

static int compare(const void *left, const void *right)
{
  const xs_due_view *a = &((const xs_due_item *)left)->view;
  const xs_due_view *b = &((const xs_due_item *)right)->view;
  if (a->term != b->term) return a->term < b->term ? -1 : 1;
  if (a->due != b->due) return a->due < b->due ? -1 : 1;
  int order = xs_text_compare(a->uid, b->uid);
  if (!order) order = xs_text_compare(a->limit, b->limit);
  return order ? order : xs_text_compare(a->item, b->item);
}

void xs_due_sort(xs_due *due)
{
  if (due->count) qsort(due->items, due->count, sizeof *due->items, compare);
}

int xs_due_at(const xs_due *due, size_t i, xs_due_view *out)
{
  if (i >= due->count) return 0;
  *out = due->items[i].view;
  out->term_name = _(out->term_name);
  out->state_name = _(out->state_name);
  return 1;
}

uint32_t xs_due_as_of(const xs_due *due)
{
  return xs_date_number(due->as_of);
}

uint32_t xs_due_week_end(const xs_due *due)
{
  return xs_date_number(due->week_end);
}

uint32_t xs_due_month_end(const xs_due *due)
{
  return xs_date_number(due->month_end);
}

size_t xs_due_left_out(const xs_due *due)
{
  return due->left_out;
}

size_t xs_due_overdue_left_out(const xs_due *due)
{
  return due->overdue_left_out;
}

const xs_days *xs_due_days(const xs_due *due, size_t i)
{
  return i < due->count ? due->items[i].days : NULL;
}

/* ---- of one case ---- */

static xs_due_view view_of_deadline(const xs_due *due, const xs_deadline *d)
{
  const xmlNode *root = xmlDocGetRootElement(due->kase->doc);
  bool is_met = d->met.year && xs_date_compare(d->met, due->as_of) <= 0;
  return (xs_due_view){
      .uid = due->kase->id,
      .title = xs_xml_child_content(due->a, root, "title"),
      .limit = d->limit,
      .track = d->track,
      .key = d->key,
      .item = d->item,
      .kind = d->kind,
      .what = d->what,
      .actor = d->actor,
      .law = d->law,
      .grade = d->grade,
      .since = d->since,
      .period = d->period,
      .note = d->note,
      .agreed_in = d->agreed_in,
      .trigger = number_of(d->trigger),
      .opens = number_of(d->opens),
      .due = number_of(d->due),
      .met = is_met ? number_of(d->met) : 0,
      .agreed = xs_date_compare(d->agreed, d->due) ? number_of(d->agreed) : 0,
      .legal = d->is_limit,
      .verified = d->verified,
      .provisional = d->provisional,
      .window = d->window,
      .backward = d->backward,
  };
}

static xs_due_view view_of_proposal(const xs_due *due, const xs_proposal *p)
{
  const xmlNode *root = xmlDocGetRootElement(due->kase->doc);
  return (xs_due_view){
      .is_proposal = 1,
      .uid = due->kase->id,
      .title = xs_xml_child_content(due->a, root, "title"),
      .limit = p->rule->id,
      .track = p->track,
      .key = p->key,
      .item = p->item,
      .what = p->paper,
      .law = p->law,
      .due = number_of(p->since),
      .verified = p->verified,
      .why = p->why,
      .step = p->step,
      .template_id = p->rule->template_id,
  };
}

static xs_status add_days(const xs_due *due, xs_due_item *item)
{
  const xs_deadline *d = item->deadline;
  const xs_counted counted = {
      .from = d->trigger,
      .period = d->how,
      .pauses = d->pauses,
      .pause_count = d->pause_count,
      .count = d->count,
  };
  xs_days *days = NULL;
  xs_status status =
      xs_days_new(due->a, due->question.calendar, due->question.rules, &counted, &days);
  item->days = days;
  return status;
}

static xs_status add_deadlines(xs_due *due)
{
  for (size_t i = 0; i < due->deadlines.count; i++) {
    const xs_deadline *d = &due->deadlines.items[i];
    xs_deadline_state state = xs_deadline_state_on(d, due->as_of);
    if (state == XS_DEADLINE_HIDDEN) continue;
    const xs_due_view view = view_of_deadline(due, d);
    xs_due_item *item = xs_due_add(due, &view, state);
    if (!item) return XS_ENOMEM;
    item->deadline = d;
    if (state == XS_DEADLINE_VOID && xs_deadline_was_missed(d))
      item->view.state_name = xs_deadline_missed_name();
    item->rule = d->rule;
    xs_status status = due->question.explain && d->is_limit ? add_days(due, item) : XS_OK;
    if (status) return status;
  }
  return XS_OK;
}

static xs_status add_proposals(xs_due *due)
{
  for (size_t i = 0; i < due->proposals.count; i++) {
    const xs_due_view view = view_of_proposal(due, &due->proposals.items[i]);
    xs_due_item *item = xs_due_add(due, &view, XS_DEADLINE_OPEN);
    if (!item) return XS_ENOMEM;
    item->proposal = &due->proposals.items[i];
  }
  return XS_OK;
}

xs_status xs_due_ask(xs_due *due, const xs_case *kase, const xs_rules *rules,
                     const xs_due_filter *filter, xs_diags *diags)
{
  xs_deadline_question *q = &due->question;
  xs_status status = xs_case_past(kase, due->as_of, &due->kase);
  if (status) return status;
  *q = (xs_deadline_question){
      .clock = due->clock,
      .kase = due->kase,
      .rules = rules,
      .as_of = due->as_of,
      .explain = filter->explain != 0,
  };
  if (!rules) status = xs_engine_rules(due->engine, kase, diags, &q->rules);
  if (!status) status = xs_engine_calendar(due->engine, diags, &q->calendar);
  if (!status) status = xs_deadlines_find(due->a, q, diags, &due->deadlines);
  if (!status) status = xs_proposals_find(due->a, q, &due->deadlines, diags, &due->proposals);
  if (!status) status = add_deadlines(due);
  return status ? status : add_proposals(due);
}

xs_status xs_engine_due(xs_engine *engine, const xs_case *kase, const xs_due_filter *filter,
                        xs_diags *diags, xs_due **out)
{
  xs_due *due = NULL;
  *out = NULL;
  xs_status status = xs_due_new(engine, NULL, filter->as_of, diags, &due);
  if (!status) status = xs_due_ask(due, kase, NULL, filter, diags);
  if (status) {
    xs_due_free(due);
    return status;
  }
  xs_due_sort(due);
  *out = due;
  return XS_OK;
}
