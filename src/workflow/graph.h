/* The workflow as a drawing: what stands on it, in words (model/diagram.h). */
#ifndef XS_WORKFLOW_GRAPH_H
#define XS_WORKFLOW_GRAPH_H

#include "model/diagram.h"
#include "workflow/clock.h"
#include "workflow/roles.h"
#include "workflow/workflow.h"

/* What is drawn. All borrowed. */
typedef struct xs_graph_order {
  const xs_workflow *workflow;
  const xs_clock *clock;
  const xs_roles *roles;
  const xs_rules *rules;       /* whose limits and names of papers stand on it */
  xs_text kind;                /* of contract, whose limits alone are shown; empty: those of all */
  xs_text track;               /* kind of the only track that is drawn; empty: all */
  const xs_case *kase;         /* names with values in them are asked of it; an empty one will do */
  const xs_position *position; /* the states it stands in are marked; NULL: none */
} xs_graph_order;

/*
 * Fills *out, which lives in `a` and as long as what the order points to. Steps that may be made
 * from many states go out from one box that names them all. Limits stand beside the steps that
 * keep them: for contracts in general, and for those kinds for which another one holds.
 *
 * XS_EINPUT with workflow-track when there is no track of this kind.
 */
xs_status xs_graph_make(xs_arena *a, const xs_graph_order *order, xs_diags *diags,
                        xs_diagram *out) XS_MUST_CHECK;

#endif
