/* Guards: what must be so before a step, and the law that wants it. */
#ifndef XS_WORKFLOW_GUARD_H
#define XS_WORKFLOW_GUARD_H

#include "workflow/question.h"

/* Adds to what stands in the way of a move. XS_ENOMEM also when the words could not be made. */
xs_status xs_hinder(xs_arena *a, xs_move *move, size_t *capacity, xs_hindrance h);

/*
 * Asks one guard. It does not apply where the rule pack has no such entry, where its `when` does
 * not hold, or where it speaks of a fact that is not known. When it is not met, a hindrance is
 * added: an error that cites the law, or a warning that does not where the law was not verified.
 */
xs_status xs_guard_ask(xs_question *q, const xs_guard_rule *guard, xs_move *move, size_t *capacity);

#endif
