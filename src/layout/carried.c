#include "layout/table.h"

/*
 * 过次页 and 承前页.
 *
 * Where a page ends within a table that carries totals, a row stands below its last one, and the
 * same totals above the first one of the next page. The sums are in the document already, one for
 * each row and column; here the two rows are set with those of the row the page ends with. They
 * are tables of one row, with the columns of the table they belong to.
 */

/* The row with the sums in its empty cells. */
static xs_status fill_row(xs_composer *c, const xs_carry *carry, const xs_row *row,
                          const xs_text *sums, xs_row *out)
{
  xs_cell *cells = XS_NEW_ARRAY(c->scratch, row->cell_count, xs_cell);
  if (!cells) return XS_ENOMEM;
  *out = *row;
  out->cells = cells;
  for (size_t i = 0; i < row->cell_count; i++) {
    cells[i] = row->cells[i];
    for (size_t k = 0; k < carry->count; k++) {
      if (carry->columns[k] != cells[i].column || !sums || !sums[k].len) continue;
      xs_block *block = XS_NEW(c->scratch, xs_block);
      xs_inline *inl = XS_NEW(c->scratch, xs_inline);
      if (!block || !inl) return XS_ENOMEM;
      *block = cells[i].blocks.items[0];
      *inl = (xs_inline){.kind = XS_INLINE_TEXT,
                         .style = block->u.paragraph.style->text,
                         .span = cells[i].span,
                         .unbreakable = true};
      inl->u.text.text = sums[k];
      block->u.paragraph.inlines = inl;
      block->u.paragraph.inline_count = 1;
      cells[i].blocks = (xs_blocks){block, 1};
    }
  }
  return XS_OK;
}

static xs_status set_carry_row(xs_composer *c, const xs_table_set *t, const xs_row *row,
                               const xs_row *from, xs_row_set **out)
{
  const xs_table *table = t->table;
  xs_table *own = XS_NEW(c->scratch, xs_table);
  xs_row *filled = XS_NEW(c->scratch, xs_row);
  xs_table_set *set = XS_NEW(c->scratch, xs_table_set);
  xs_row_set *rows = XS_NEW(c->scratch, xs_row_set);
  const xs_cell **grid = XS_NEW_ARRAY(c->scratch, table->column_count, const xs_cell *);
  if (!own || !filled || !set || !rows || !grid) return XS_ENOMEM;
  xs_status st = fill_row(c, &table->carry, row, from->carried, filled);
  if (st) return st;
  *own = *table;
  own->rows = filled;
  own->row_count = 1;
  *set = (xs_table_set){.table = own,
                        .edges = t->edges,
                        .grid = grid,
                        .rows = rows,
                        .points = t->points,
                        .x = t->x,
                        .numbers = t->numbers};
  for (size_t i = 0; i < filled->cell_count; i++) {
    const xs_cell *cell = &filled->cells[i];
    for (uint32_t k = 0; k < cell->colspan; k++) grid[cell->column + k] = cell;
  }
  rows->table = set;
  *out = rows;
  return xs_row_set_cells(c, set, XS_LEN_MAX / 4, filled, rows);
}

static const xs_row *last_row(const xs_table *table)
{
  return &table->rows[table->row_count - 1];
}

xs_status xs_table_carry_measure(xs_composer *c, xs_table_set *t)
{
  const xs_carry *carry = &t->table->carry;
  if (!carry->foot || !last_row(t->table)->carried) return XS_OK;
  xs_row_set *foot = NULL, *head = NULL;
  xs_status st = set_carry_row(c, t, carry->foot, last_row(t->table), &foot);
  if (!st) st = set_carry_row(c, t, carry->head, last_row(t->table), &head);
  if (!st) t->carry_height = foot->height > head->height ? foot->height : head->height;
  return st;
}

/* The widest total may be the last one, and reach further than any number of the column. */
xs_status xs_table_carry_points(xs_composer *c, xs_table_set *t)
{
  const xs_carry *carry = &t->table->carry;
  if (!carry->foot || !t->points || !last_row(t->table)->carried) return XS_OK;
  xs_row filled = {0};
  xs_status st = fill_row(c, carry, carry->foot, last_row(t->table)->carried, &filled);
  for (size_t i = 0; i < filled.cell_count && !st; i++)
    if (filled.cells[i].decimal) st = xs_decimal_widen(c, &filled.cells[i], t);
  return st;
}

xs_status xs_table_carry_row(xs_composer *c, const xs_table_set *t, const xs_row *row,
                             const xs_row *from, xs_piece *out)
{
  xs_row_set *set = NULL;
  *out = (xs_piece){0};
  xs_status st = set_carry_row(c, t, row, from, &set);
  if (st) return st;
  set->height = t->carry_height;
  return xs_row_compose(c, set, out);
}
