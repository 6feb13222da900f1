/*
 * What is due as rows of a store, so that it can be asked over all cases without reading one. A row
 * knows no today: how it stands is worked out when it is read. What may be proposed has rows, too,
 * from the day on which it becomes possible if nothing happens until then.
 */
#ifndef XS_WORKFLOW_DUE_ROWS_H
#define XS_WORKFLOW_DUE_ROWS_H

#include "store/store.h"
#include "workflow/due.h"

/* The rows of a case, in `a`. The question is one of all facts (q->as_of of year 0), and `list` its
 * deadlines. What has no day, because the clock stands still, has no row. */
xs_status xs_due_rows(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                      xs_diags *diags, xs_store_deadline **rows, size_t *count);

/* Adds a row that was read to a list. XS_ENOMEM. */
xs_status xs_due_add_row(xs_due *due, const xs_store_deadline *row);

#endif
