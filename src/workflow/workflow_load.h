/* What the parts of loading a workflow share. */
#ifndef XS_WORKFLOW_WORKFLOW_LOAD_H
#define XS_WORKFLOW_WORKFLOW_LOAD_H

#include "template/evaluation.h"
#include "workflow/workflow.h"

/* Variables of guards, beside those of every expression: the element that holds the date of the
 * step, and the entry of the rule pack that the guard rests on. $date is the date of the step. */
#define XS_GUARD_FACT "fact"
#define XS_GUARD_RULE "rule"

/* Holds the table against itself; part of loading. */
xs_status xs_workflow_check_form(const xs_workflow *workflow, xs_diags *diags);

/* Names a state the track does not have, and the nearest one that it has. */
void xs_workflow_say_unknown_state(xs_diags *diags, const xs_track_rule *track, xs_text name,
                                   xs_span at);

#endif
