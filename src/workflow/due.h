/* Inside a list of what is due (xieshang/due.h): where it came from, and the record papers read. */
#ifndef XS_WORKFLOW_DUE_H
#define XS_WORKFLOW_DUE_H

#include "workflow/proposal.h"
#include "xieshang/due.h"

typedef struct xs_due_item {
  xs_due_view view;
  const xs_due_rule *rule;     /* NULL: a proposal */
  const xs_deadline *deadline; /* NULL: a proposal, or a row of a store */
  const xs_proposal *proposal; /* NULL: a deadline, or a row of a store */
  const xs_days *days;         /* NULL: not counted, or not asked for */
} xs_due_item;

struct xs_due {
  xs_arena *a; /* everything lives here */
  xs_engine *engine;
  const xs_clock *clock;
  xs_clock *own_clock; /* NULL: the clock is borrowed */
  xs_date as_of, week_end, month_end;
  xs_due_item *items;
  size_t count, capacity;
  size_t left_out; /* due later than all that are given */
  size_t overdue_left_out;

  /* of a case; NULL for a store */
  xs_case *kase; /* as it stood on that day */
  xs_deadline_question question;
  xs_deadlines deadlines;
  xs_proposals proposals;
};

/* An empty list for a day; as_of 0 is today. The clock is borrowed, or loaded when it is NULL. */
xs_status xs_due_new(xs_engine *engine, const xs_clock *clock, uint32_t as_of, xs_diags *diags,
                     xs_due **out);

/* Fills the list from one case, which must outlive it; `rules` NULL are those that the case names.
 */
xs_status xs_due_ask(xs_due *due, const xs_case *kase, const xs_rules *rules,
                     const xs_due_filter *filter, xs_diags *diags);

/* Adds an entry: its term and its words are worked out from the rest, which the caller has filled;
 * the texts must live in the list. `state` is how it stands on that day. NULL when out of memory.
 */
xs_due_item *xs_due_add(xs_due *due, const xs_due_view *view, xs_deadline_state state);
/* The stable word: overdue, week, month … */
const char *xs_due_term_word(xs_due_term term);
/* By term, then by day, then as they were added. */
void xs_due_sort(xs_due *due);

/*
 * What papers print of the list, as $record:
 *   <record as-of week-end month-end>
 *     <deadline uid title term state what actor law grade … days-left>
 *       <count>…</count>          when counts were asked for
 *     </deadline>…
 *     <proposal …/>…
 *   </record>
 * The caller frees it.
 */
xs_status xs_due_record(const xs_due *due, xmlDocPtr *out);

#endif
