/*
 * The days of a case: which of them tell when a thing was done, and what the case was like on a
 * day in between.
 */
#ifndef XS_DATA_CASE_DAYS_H
#define XS_DATA_CASE_DAYS_H

#include "base/date.h"
#include "data/case.h"

/*
 * The case as it stood on a day: what happened later is not in it. An element goes when the day it
 * began on is later; a day that is only a part of it (the reply to a letter that was sent before)
 * goes alone. Days that are only planned stay, for the plan was known. With a day of year 0 it is
 * a copy of the whole.
 *
 * The copy belongs to the caller, who may add to its tree; it has the places of `kase` and must
 * not outlive it.
 */
xs_status xs_case_past(const xs_case *kase, xs_date day, xs_case **out);

/*
 * Puts a new element into such a copy, at the place that the schema of cases has for it. The
 * element belongs to the tree of the copy then; on failure it is freed. XS_EINPUT: no case holds
 * such an element, or it holds one already.
 */
xs_status xs_case_insert(xs_case *copy, const xs_schema *schema, xmlNodePtr element);

#endif
