/* A table while it is set: columns, the grid, rows. */
#ifndef XS_LAYOUT_TABLE_H
#define XS_LAYOUT_TABLE_H

#include "layout/stack.h"

typedef struct xs_cell_set {
  const xs_cell *cell;
  const xs_piece *pieces;
  size_t piece_count;
  xs_len content_height;
} xs_cell_set;

typedef struct xs_row_set {
  const struct xs_table_set *table;
  size_t index; /* of the row in its table */
  xs_len height;
  xs_cell_set *cells; /* those that begin in this row */
  size_t cell_count;
  bool tied; /* a cell reaches into it from the row before */
} xs_row_set;

typedef struct xs_table_set {
  const xs_table *table;
  xs_len *edges;        /* of the columns: column_count + 1 places from the left end */
  const xs_cell **grid; /* row by row: the cell at each place */
  xs_row_set *rows;
  xs_piece *heads; /* what stands again on further pages: “（续表）” and the head rows */
  size_t head_count;
  xs_len head_height;
  xs_len x; /* of the table from the left end of the measure */
} xs_table_set;

/* Widths of the columns within `measure`; in columns.c. */
xs_status xs_table_columns(xs_composer *c, const xs_block *block, xs_len measure, xs_len *edges);

/* The width that the blocks of a cell take on one line each. */
xs_status xs_blocks_width(xs_composer *c, const xs_blocks *blocks, xs_len *width);

/* Puts the cells of a row into one piece; `next` gives rows further down for cells that reach
 * there. In row.c. */
xs_status xs_row_compose(xs_composer *c, const xs_row_set *row, xs_piece *out);

/*
 * Parts a row at `room`: what fits of each cell, and the rest. False when the row may not be
 * parted, or nothing would fit. `page_height` parts also rows that no page could hold.
 */
xs_status xs_row_split(xs_composer *c, const xs_piece *piece, xs_len room, xs_len page_height,
                       bool *parted, xs_piece *first, xs_piece *rest);

/* The level line between two rows, or at the upper or lower end of what stands on one page;
 * and the upright lines of a row. In border.c. */
xs_status xs_row_rule(xs_stack *s, const xs_row_set *above, const xs_row_set *below, xs_len x,
                      xs_len y);
xs_status xs_row_sides(xs_stack *s, const xs_row_set *row, xs_len x, xs_len y, xs_len height);

#endif
