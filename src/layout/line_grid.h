/*
 * The grid of lines of an official paper: 22 lines fill the type area, and text stands on them
 * again after a title, a table or a rule. The rules stand in line_grid.c.
 */
#ifndef XS_LAYOUT_LINE_GRID_H
#define XS_LAYOUT_LINE_GRID_H

#include "layout/galley.h"

/* What a piece whose upper edge would stand at `y` below the type area's must move down for its
 * line to stand on the grid. */
xs_len xs_line_grid_room(xs_len pitch, xs_len y, const xs_piece *p);

/* Widens the room above the pieces of one page, so that all that belong on the grid stand on it. */
void xs_line_grid_settle(xs_len pitch, xs_piece *pieces, size_t count);

#endif
