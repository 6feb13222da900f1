#include "workflow/due_rows.h"

#include "base/text.h"

#include <string.h>

/* The row of a proposal: its limit is this and the id of the rule, its actor says why. */
static const char proposal_mark[] = "proposal:";

static uint32_t number_of(xs_date d)
{
  return d.year ? xs_date_number(d) : 0;
}

/* ---- into a store ---- */

static xs_store_deadline row_of_deadline(const xs_deadline *d)
{
  return (xs_store_deadline){
      .limit = d->limit,
      .track = d->track,
      .key = d->key,
      .item = d->item,
      .what = d->what,
      .actor = d->actor,
      .law = d->law,
      .grade = d->grade,
      .kind = d->kind,
      .known = number_of(d->known),
      .trigger = number_of(d->trigger),
      .due = number_of(d->due),
      .opens = number_of(d->opens),
      .met = number_of(d->met),
      .agreed = number_of(d->agreed),
      .ceased = number_of(d->ceased),
      .verified = d->verified,
      .provisional = d->provisional,
      .backward = d->backward,
  };
}

static xs_store_deadline row_of_proposal(xs_arena *a, const xs_proposal *p)
{
  return (xs_store_deadline){
      .limit = xs_arena_printf(a, "%s%.*s", proposal_mark, XS_TEXT(p->rule->id)),
      .track = p->track,
      .key = p->key,
      .item = p->item,
      .what = p->paper,
      .actor = p->why,
      .law = p->law,
      .known = number_of(p->since),
      .trigger = number_of(p->since),
      .due = number_of(p->since),
      .verified = p->verified,
  };
}

/* What will be proposed if nothing more happens: asked on the last day there is, on which
 * everything that is not done is overdue. */
static xs_status find_proposals(xs_arena *a, const xs_deadline_question *q,
                                const xs_deadlines *list, xs_diags *diags, xs_proposals *out)
{
  xs_deadline_question at_last = *q;
  at_last.as_of = (xs_date){XS_DATE_LAST_YEAR, 12, 31};
  return xs_proposals_find(a, &at_last, list, diags, out);
}

xs_status xs_due_rows(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                      xs_diags *diags, xs_store_deadline **rows, size_t *count)
{
  xs_proposals proposals = {0};
  *count = 0;
  xs_status st = find_proposals(a, q, list, diags, &proposals);
  if (st) return st;
  *rows = XS_NEW_ARRAY(a, list->count + proposals.count + 1, xs_store_deadline);
  if (!*rows) return XS_ENOMEM;
  for (size_t i = 0; i < list->count; i++)
    if (list->items[i].due.year) (*rows)[(*count)++] = row_of_deadline(&list->items[i]);
  for (size_t i = 0; i < proposals.count; i++) {
    xs_store_deadline row = row_of_proposal(a, &proposals.items[i]);
    if (!row.limit.ptr) return XS_ENOMEM;
    (*rows)[(*count)++] = row;
  }
  return XS_OK;
}

/* ---- out of a store ---- */

static xs_date date_of(uint32_t number)
{
  xs_date d = {0};
  (void)xs_date_of_number(number, &d);
  return d;
}

static xs_due_view view_of_row(const xs_store_deadline *row)
{
  return (xs_due_view){
      .uid = row->uid,
      .title = row->title,
      .limit = row->limit,
      .track = row->track,
      .key = row->key,
      .item = row->item,
      .kind = row->kind,
      .what = row->what,
      .actor = row->actor,
      .law = row->law,
      .grade = row->grade,
      .trigger = row->trigger,
      .opens = row->opens,
      .due = row->due,
      .agreed = row->agreed == row->due ? 0 : row->agreed,
      .verified = row->verified,
      .provisional = row->provisional,
      .backward = row->backward,
      .window = row->opens != 0,
  };
}

static const xs_proposal_rule *find_proposal(const xs_clock *clock, xs_text id)
{
  for (size_t i = 0; i < clock->proposal_count; i++)
    if (xs_text_equal(clock->proposals[i].id, id)) return &clock->proposals[i];
  return NULL;
}

static xs_status add_proposal(xs_due *due, const xs_store_deadline *row)
{
  xs_due_view view = view_of_row(row);
  view.limit.ptr += strlen(proposal_mark);
  view.limit.len -= strlen(proposal_mark);
  const xs_proposal_rule *rule = find_proposal(due->clock, view.limit);
  view.is_proposal = 1;
  view.why = row->actor;
  view.actor = XS_LIT("");
  view.step = rule ? rule->step : XS_LIT("");
  view.template_id = rule ? rule->template_id : XS_LIT("");
  return xs_due_add(due, &view, XS_DEADLINE_OPEN) ? XS_OK : XS_ENOMEM;
}

xs_status xs_due_add_row(xs_due *due, const xs_store_deadline *row)
{
  if (xs_text_starts(row->limit, proposal_mark)) return add_proposal(due, row);
  const xs_due_rule *rule = xs_clock_due(due->clock, row->limit);
  const xs_deadline d = {
      .known = date_of(row->known),
      .opens = date_of(row->opens),
      .due = date_of(row->due),
      .met = date_of(row->met),
      .ceased = date_of(row->ceased),
      .right = rule && rule->is_right,
  };
  xs_due_view view = view_of_row(row);
  view.legal = !rule || rule->is_limit;
  view.agreed_in = rule ? rule->agreed_in : XS_LIT("");
  xs_due_item *item = xs_due_add(due, &view, xs_deadline_state_on(&d, due->as_of));
  if (!item) return XS_ENOMEM;
  item->rule = rule;
  return XS_OK;
}
