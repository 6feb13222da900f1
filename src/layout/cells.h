/* Lines on the grid. */
#ifndef XS_LAYOUT_CELLS_H
#define XS_LAYOUT_CELLS_H

#include "layout/justify.h"

/* What is left to the lines of the paragraph when its indents are whole cells. */
void xs_cells_measure(const xs_composer *c, const xs_para_style *style, xs_measure *m);

/*
 * Puts the units of one line into cells. False, with `rooms` of no use, when one of them fits no
 * cell, or when the line should reach the right edge and does not: it is then justified like any
 * other.
 */
bool xs_cells_fill(const xs_composer *c, const xs_line_range *line, const xs_measure *m,
                   xs_room *rooms, xs_len *start);

#endif
