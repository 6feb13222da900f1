/* What is due in the cases of a store: of one from the case itself, of many from their rows. */
#include "base/text.h"
#include "workflow/due_rows.h"
#include "workflow/office.h"

/* ---- one case ---- */

static void drop_case(void *c)
{
  xs_office_case_free(c);
}

static xs_status ask_one(xs_office *office, xs_due *due, const xs_due_filter *filter,
                         xs_diags *diags)
{
  xs_office_case *c = NULL;
  xs_status st = xs_office_load(office, xs_text_of(filter->uid), filter->as_of, diags, &c);
  if (st) return st;
  if (!xs_arena_defer(due->a, drop_case, c)) return XS_ENOMEM;
  return xs_due_ask(due, c->kase, c->rules, filter, diags);
}

/* ---- many ---- */

/* Adds those rows, and to `left_out` how many more there are. */
static xs_status read_rows(xs_office *office, xs_due *due, const xs_store_due *wanted,
                           xs_diags *diags, size_t *left_out)
{
  xs_store_deadline *rows = NULL;
  size_t count = 0, total = 0;
  xs_status st = xs_store_deadlines_find(due->a, office->store, wanted, diags, &rows, &count,
                                         wanted->limit ? &total : NULL);
  for (size_t i = 0; i < count && !st; i++) st = xs_due_add_row(due, &rows[i]);
  if (total > count) *left_out += total - count;
  return st;
}

static uint32_t day_before(xs_date day)
{
  xs_date before;
  return xs_date_of_days(xs_date_days(day) - 1, &before) ? xs_date_number(before) : 0;
}

/* How many there are behind the last day that is looked at. */
static xs_status count_later(xs_office *office, xs_due *due, const xs_store_due *wanted,
                             xs_diags *diags)
{
  xs_store_due later = *wanted;
  xs_store_deadline *rows = NULL;
  xs_date next;
  xs_date last = {0};
  size_t count = 0, total = 0;
  if (!wanted->to || !xs_date_of_number(wanted->to, &last) ||
      !xs_date_of_days(xs_date_days(last) + 1, &next))
    return XS_OK;
  later.from = xs_date_number(next);
  later.to = 0;
  later.limit = 1;
  xs_status st =
      xs_store_deadlines_find(due->a, office->store, &later, diags, &rows, &count, &total);
  due->left_out += total;
  return st;
}

static xs_status ask_labelled(xs_office *office, xs_due *due, const xs_due_filter *filter,
                              const char *label_kind, const char *label, xs_diags *diags)
{
  const xs_store_due coming = {
      .as_of = xs_due_as_of(due),
      .from = xs_due_as_of(due),
      .to = filter->until,
      .label_kind = xs_text_of(label_kind),
      .label = xs_text_of(label),
      .limit = filter->most,
  };
  xs_store_due overdue = coming;
  overdue.from = 0;
  overdue.to = day_before(due->as_of);
  xs_status st = read_rows(office, due, &overdue, diags, &due->overdue_left_out);
  if (!st) st = read_rows(office, due, &coming, diags, &due->left_out);
  return st ? st : count_later(office, due, &coming, diags);
}

static xs_status ask_many(xs_office *office, xs_due *due, const xs_due_filter *filter,
                          xs_diags *diags)
{
  if (filter->person) return ask_labelled(office, due, filter, "person", filter->person, diags);
  if (filter->campaign)
    return ask_labelled(office, due, filter, "campaign", filter->campaign, diags);
  if (!filter->union_name) return ask_labelled(office, due, filter, NULL, NULL, diags);
  xs_status st = ask_labelled(office, due, filter, "union", filter->union_name, diags);
  return st ? st : ask_labelled(office, due, filter, "superior", filter->union_name, diags);
}

static xs_status ask(xs_office *office, const xs_due_filter *filter, xs_diags *diags, xs_due *due)
{
  if (filter->uid) return ask_one(office, due, filter, diags);
  xs_status st = xs_store_begin_read(office->store, diags);
  if (st) return st;
  st = ask_many(office, due, filter, diags);
  xs_store_rollback(office->store);
  return st;
}

xs_status xs_office_due(xs_office *office, const xs_due_filter *filter, xs_diags *diags,
                        xs_due **out)
{
  xs_due *due = NULL;
  *out = NULL;
  xs_status st = xs_due_new(office->engine, office->clock, filter->as_of, diags, &due);
  if (!st) st = ask(office, filter, diags, due);
  if (st) {
    xs_due_free(due);
    return st;
  }
  xs_due_sort(due);
  *out = due;
  return XS_OK;
}
