#include "layout/table.h"

/*
 * Borders. Two cells that touch have one line between them, the stronger of the two they ask
 * for. Inside a cell that spans rows or columns there is none. Where a table is cut by a page
 * end, the cells at the cut show their own lower or upper border.
 */

static const xs_cell *cell_at(const xs_row_set *row, size_t column)
{
  return row ? row->table->grid[row->index * row->table->table->column_count + column] : NULL;
}

static const xs_line_style *level_style(const xs_row_set *above, const xs_row_set *below,
                                        size_t column)
{
  const xs_cell *upper = cell_at(above, column), *lower = cell_at(below, column);
  if (upper == lower && above->index != below->index) return NULL;
  return xs_line_style_stronger(upper ? &upper->bottom : NULL, lower ? &lower->top : NULL);
}

xs_status xs_row_rule(xs_stack *s, const xs_row_set *above, const xs_row_set *below, xs_len x,
                      xs_len y)
{
  if (above && below && above->table != below->table) above = NULL;
  const xs_row_set *row = below ? below : above;
  const xs_row *source = &row->table->table->rows[row->index];
  xs_status st = XS_OK;
  for (size_t k = 0; k < row->table->table->column_count && !st; k++) {
    const xs_line_style *style = level_style(above, below, k);
    if (!style) continue;
    xs_ruling ruling = {.at = y,
                        .from = x + row->table->edges[k],
                        .to = x + row->table->edges[k + 1],
                        .style = *style,
                        .span = source->span};
    st = xs_rulings_add(s->c, &s->rulings, &ruling);
  }
  return st;
}

xs_status xs_row_sides(xs_stack *s, const xs_row_set *row, xs_len x, xs_len y, xs_len height)
{
  size_t columns = row->table->table->column_count;
  const xs_row *source = &row->table->table->rows[row->index];
  xs_status st = XS_OK;
  for (size_t k = 0; k <= columns && !st; k++) {
    const xs_cell *left = k ? cell_at(row, k - 1) : NULL;
    const xs_cell *right = k < columns ? cell_at(row, k) : NULL;
    if (left == right) continue;
    const xs_line_style *style =
        xs_line_style_stronger(left ? &left->right : NULL, right ? &right->left : NULL);
    xs_ruling ruling = {.upright = true,
                        .at = x + row->table->edges[k],
                        .from = y,
                        .to = y + height,
                        .style = *style,
                        .span = source->span};
    st = xs_rulings_add(s->c, &s->rulings, &ruling);
  }
  return st;
}
