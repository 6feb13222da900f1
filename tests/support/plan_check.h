/* What must hold of the plan of a lane, so that everything on the drawing can be read. */
#ifndef TESTS_PLAN_CHECK_H
#define TESTS_PLAN_CHECK_H

#include "layout/diagram.h"

/*
 * Boxes and labels lie on nothing; no line runs through a box or a label or along another line;
 * curves stay between the rows; every arrow of the lane has its route. Asserts with cmocka.
 */
void plan_check(const xs_diagram_plan *p, const xs_diagram_lane *lane);

#endif
