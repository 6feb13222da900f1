#include "template/grid.h"

/* ---- places ---- */

/* free_from[c] is the first row in which column c is free. */
static bool is_free(const size_t *free_from, size_t row, size_t column, size_t span)
{
  for (size_t c = column; c < column + span; c++)
    if (free_from[c] > row) return false;
  return true;
}

static bool place_cell(const xs_grid *g, size_t *free_from, size_t row, xs_cell *cell,
                       xs_diags *diags)
{
  size_t column = 0;
  while (column < g->column_count && free_from[column] > row) column++;
  if (column + cell->colspan > g->column_count) {
    xs_diag(diags, XS_D_TABLE_GRID, cell->span,
            _("row %zu has no room for a cell %u columns wide; the table has %zu columns"), row + 1,
            cell->colspan, g->column_count);
    xs_diag_note(diags, g->span, _("the table begins here"));
    return false;
  }
  if (!is_free(free_from, row, column, cell->colspan)) {
    xs_diag(diags, XS_D_TABLE_GRID, cell->span,
            _("a cell of row %zu runs into a cell that comes down from above"), row + 1);
    return false;
  }
  if (row + cell->rowspan > g->row_count) {
    xs_diag(diags, XS_D_TABLE_GRID, cell->span,
            _("a cell of row %zu is %u rows high; the table ends after row %zu"), row + 1,
            cell->rowspan, g->row_count);
    return false;
  }
  if (g->rows[row].row.head != g->rows[row + cell->rowspan - 1].row.head) {
    xs_diag(diags, XS_D_TABLE_GRID, cell->span,
            _("a cell of row %zu reaches from the head of the table into its body"), row + 1);
    return false;
  }
  cell->column = (uint32_t)column;
  for (size_t c = column; c < column + cell->colspan; c++) free_from[c] = row + cell->rowspan;
  return true;
}

static bool is_row_full(const xs_grid *g, const size_t *free_from, size_t row, xs_diags *diags)
{
  size_t taken = 0;
  for (size_t c = 0; c < g->column_count; c++) taken += free_from[c] > row;
  if (taken == g->column_count) return true;
  xs_diag(diags, XS_D_TABLE_GRID, g->rows[row].row.span, _("row %zu fills %zu of %zu columns"),
          row + 1, taken, g->column_count);
  return false;
}

static bool are_heads_first(const xs_grid *g, xs_diags *diags)
{
  for (size_t r = 1; r < g->row_count; r++) {
    if (!g->rows[r].row.head || g->rows[r - 1].row.head) continue;
    xs_diag(diags, XS_D_TABLE_GRID, g->rows[r].row.span,
            _("a row of the head stands below a row of the body"));
    return false;
  }
  return true;
}

xs_status xs_grid_place(xs_grid *g, xs_diags *diags)
{
  size_t *free_from = XS_NEW_ARRAY(g->a, g->column_count + 1, size_t);
  if (!free_from) return XS_ENOMEM;
  bool ok = are_heads_first(g, diags);
  for (size_t r = 0; r < g->row_count && ok; r++) {
    for (size_t i = 0; i < g->rows[r].count && ok; i++)
      ok = place_cell(g, free_from, r, &g->rows[r].cells[i].cell, diags);
    if (ok) ok = is_row_full(g, free_from, r, diags);
  }
  return ok ? XS_OK : XS_EINPUT;
}

/* ---- lines ---- */

typedef struct sides {
  bool top, right, bottom, left;
} sides;

static sides outer_sides(const xs_grid *g, size_t row, const xs_cell *c)
{
  return (sides){row == 0, c->column + c->colspan == g->column_count,
                 row + c->rowspan == g->row_count, c->column == 0};
}

static xs_line_style side_line(xs_grid_border border, bool is_outer, bool is_level, xs_len line,
                               xs_len outer_line)
{
  xs_len width = is_outer ? outer_line : line;
  switch (border) {
  case XS_GRID_ALL:
    break;
  case XS_GRID_OUTER:
    if (!is_outer) width = 0;
    break;
  case XS_GRID_NONE:
    width = 0;
    break;
  case XS_GRID_ROWS:
    if (!is_level) width = 0;
    break;
  }
  return (xs_line_style){.width = width, .color = XS_BLACK};
}

static void rule_cell(const xs_grid *g, size_t row, xs_grid_cell *gc, xs_grid_border border,
                      xs_len line, xs_len outer_line)
{
  xs_cell *c = &gc->cell;
  sides outer = outer_sides(g, row, c);
  if (gc->border == XS_BORDER_NONE) border = XS_GRID_NONE;
  if (gc->border == XS_BORDER_ALL) border = XS_GRID_ALL;
  c->top = side_line(border, outer.top, true, line, outer_line);
  c->right = side_line(border, outer.right, false, line, outer_line);
  c->bottom = side_line(border, outer.bottom, true, line, outer_line);
  c->left = side_line(border, outer.left, false, line, outer_line);
}

/* The cell of a row that begins in this column. */
static xs_grid_cell *cell_at(const xs_grid *g, size_t row, size_t column)
{
  if (row >= g->row_count) return NULL;
  for (size_t i = 0; i < g->rows[row].count; i++)
    if (g->rows[row].cells[i].cell.column == column) return &g->rows[row].cells[i];
  return NULL;
}

/* The two sides of one line agree: what a cell states for itself holds for its neighbour. */
static void agree_beside(xs_grid_cell *left, xs_grid_cell *right)
{
  if (!right || left->cell.rowspan != right->cell.rowspan) return;
  if (right->border != XS_BORDER_OF_TABLE)
    left->cell.right = right->cell.left;
  else if (left->border != XS_BORDER_OF_TABLE)
    right->cell.left = left->cell.right;
}

static void agree_below(xs_grid_cell *upper, xs_grid_cell *lower)
{
  if (!lower || upper->cell.colspan != lower->cell.colspan) return;
  if (lower->border != XS_BORDER_OF_TABLE)
    upper->cell.bottom = lower->cell.top;
  else if (upper->border != XS_BORDER_OF_TABLE)
    lower->cell.top = upper->cell.bottom;
}

void xs_grid_rule(xs_grid *g, xs_grid_border border, xs_len line, xs_len outer_line)
{
  bool has_own = false;
  for (size_t r = 0; r < g->row_count; r++) {
    for (size_t i = 0; i < g->rows[r].count; i++) {
      rule_cell(g, r, &g->rows[r].cells[i], border, line, outer_line);
      has_own |= g->rows[r].cells[i].border != XS_BORDER_OF_TABLE;
    }
  }
  for (size_t r = 0; r < g->row_count && has_own; r++) {
    for (size_t i = 0; i < g->rows[r].count; i++) {
      xs_grid_cell *gc = &g->rows[r].cells[i];
      agree_beside(gc, cell_at(g, r, gc->cell.column + gc->cell.colspan));
      agree_below(gc, cell_at(g, r + gc->cell.rowspan, gc->cell.column));
    }
  }
}

void xs_grid_align(xs_grid *g)
{
  for (size_t r = 0; r < g->row_count; r++) {
    for (size_t i = 0; i < g->rows[r].count && !g->rows[r].row.head; i++) {
      xs_grid_cell *gc = &g->rows[r].cells[i];
      if (!gc->has_align && gc->cell.colspan == 1) gc->cell.decimal = g->decimal[gc->cell.column];
    }
  }
}

xs_row *xs_grid_take(xs_grid *g)
{
  xs_row *rows = XS_NEW_ARRAY(g->a, g->row_count + 1, xs_row);
  if (!rows) return NULL;
  for (size_t r = 0; r < g->row_count; r++) {
    xs_grid_row *from = &g->rows[r];
    xs_cell *cells = XS_NEW_ARRAY(g->a, from->count + 1, xs_cell);
    if (!cells) return NULL;
    for (size_t i = 0; i < from->count; i++) cells[i] = from->cells[i].cell;
    rows[r] = from->row;
    rows[r].cells = cells;
    rows[r].cell_count = from->count;
  }
  return rows;
}
