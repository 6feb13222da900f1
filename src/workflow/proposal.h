/*
 * What may be done next because a day has passed: the next letter of the ladder, on the first day
 * on which it is possible, with its paper ready.
 *
 * The letter is no part of the case yet. So its element is made from the facts of the case, put
 * into a copy of it, and the paper is filled from the copy like any other. The same element, as
 * XML, is what the case takes in when the letter has been sent.
 */
#ifndef XS_WORKFLOW_PROPOSAL_H
#define XS_WORKFLOW_PROPOSAL_H

#include "base/buf.h"
#include "workflow/deadline.h"

typedef struct xs_proposal {
  const xs_proposal_rule *rule;
  const xmlNode *node; /* of the case, that it is about */
  xs_text step, track, key, item;
  xs_text paper; /* its name in this place: 提示函 */
  xs_text why;   /* 期满未应约 */
  xs_date since; /* the first day on which it is possible */
  xs_text law;   /* of the deadline that passed; may be empty */
  bool verified; /* else it rests on a deadline that is 待核实 */
} xs_proposal;

typedef struct xs_proposals {
  xs_proposal *items; /* in the order of the clock */
  size_t count;
} xs_proposals;

/*
 * What may be proposed on q->as_of, which must be a day; `list` are the deadlines of the same
 * question. The case of the question must hold nothing later (xs_case_past). All live in `a` and
 * point into the case.
 */
xs_status xs_proposals_find(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                            xs_diags *diags, xs_proposals *out);

/*
 * A copy of the case with the proposed element in it, dated q->as_of. `element` points at it; `xml`
 * gets it as XML of the vocabulary of cases, to be taken in with `case do --with`. The caller frees
 * the copy; it must not outlive the case.
 */
xs_status xs_proposal_draft(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                            const xs_proposal *p, const xs_schema *case_schema, xs_diags *diags,
                            xs_case **copy, const xmlNode **element, xs_buf *xml);

#endif
