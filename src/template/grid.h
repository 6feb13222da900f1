/*
 * The grid of a table: cells that span columns and rows find their places, row by row, each in
 * the first column that is still free. At the end every place of the grid belongs to one cell.
 */
#ifndef XS_TEMPLATE_GRID_H
#define XS_TEMPLATE_GRID_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "model/document.h"

typedef enum xs_cell_border { XS_BORDER_OF_TABLE, XS_BORDER_NONE, XS_BORDER_ALL } xs_cell_border;

typedef struct xs_grid_cell {
  xs_cell cell;   /* column is set by xs_grid_place */
  bool has_align; /* it says how it stands, and its column does not */
  xs_cell_border border;
} xs_grid_cell;

typedef struct xs_grid_row {
  xs_row row; /* cells are set by xs_grid_take */
  xs_grid_cell *cells;
  size_t count, capacity;
  bool is_total; /* counts for nothing where totals are carried forward */
} xs_grid_row;

typedef struct xs_grid {
  xs_arena *a;
  xs_column *columns;
  size_t column_count, column_capacity;
  bool decimal[XS_MAX_TABLE_COLUMNS]; /* numbers of the column stand by their points */
  xs_grid_row *rows;
  size_t row_count, row_capacity;
  xs_span span;
} xs_grid;

typedef enum xs_grid_border {
  XS_GRID_ALL,
  XS_GRID_OUTER,
  XS_GRID_NONE,
  XS_GRID_ROWS
} xs_grid_border;

/* Places all cells. What does not fit is a diagnostic at its place and XS_EINPUT. */
xs_status xs_grid_place(xs_grid *g, xs_diags *diags);
/* Lines around the cells; a cell's own border wins over the table's, also on the shared side of a
 * neighbour as high (as wide) as itself. */
void xs_grid_rule(xs_grid *g, xs_grid_border border, xs_len line, xs_len outer_line);
/* Cells of the body that do not say otherwise stand as their column does. */
void xs_grid_align(xs_grid *g);
/* The rows as the document holds them; NULL when out of memory. */
xs_row *xs_grid_take(xs_grid *g);

#endif
