/* Where a case file stands by its facts alone, when nobody kept its steps. */
#ifndef XS_WORKFLOW_STANDING_H
#define XS_WORKFLOW_STANDING_H

#include "workflow/workflow.h"

/*
 * Each track stands where its latest step on or before `as_of` leads to, a step being made when
 * the case states its fact; of several on one day the last in the file counts. Conditions are not
 * asked, and steps without a fact are not seen: this is a picture of a case, not a proof. A track
 * that does not begin with the case is there when a step was made that does not end it.
 *
 * The position lives in `a`, its texts as long as workflow and case.
 */
xs_status xs_position_of_facts(xs_arena *a, const xs_workflow *workflow, const xs_case *kase,
                               const xs_rules *rules, xs_date as_of, xs_diags *diags,
                               xs_position *out) XS_MUST_CHECK;

#endif
