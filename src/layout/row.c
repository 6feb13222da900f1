#include "layout/table.h"

static xs_len room_of_valign(const xs_cell *cell, xs_len free)
{
  if (free <= 0) return 0;
  switch (cell->valign) {
  case XS_VALIGN_MIDDLE:
    return free / 2;
  case XS_VALIGN_TOP:
    return 0;
  case XS_VALIGN_BOTTOM:
    return free;
  }
  return 0;
}

static xs_len height_of_cell(const xs_row_set *row, const xs_cell *cell)
{
  int64_t height = row->height;
  for (uint32_t k = 1; k < cell->rowspan; k++) height += row->table->rows[row->index + k].height;
  return xs_len_clamp(height);
}

xs_status xs_row_compose(xs_composer *c, const xs_row_set *row, xs_piece *out)
{
  const xs_table_set *t = row->table;
  xs_stack stack;
  xs_stack_open(&stack, c);
  xs_status st = XS_OK;
  for (size_t i = 0; i < row->cell_count && !st; i++) {
    const xs_cell_set *set = &row->cells[i];
    const xs_cell *cell = set->cell;
    xs_len left = t->edges[cell->column], height = height_of_cell(row, cell);
    xs_len y =
        cell->padding_y + room_of_valign(cell, height - 2 * cell->padding_y - set->content_height);
    if (cell->diagonal)
      st = xs_diagonal_draw(&stack, set, left, t->edges[cell->column + cell->colspan] - left,
                            height);
    if (!st)
      st = xs_stack_pieces(&stack, set->pieces, set->piece_count, left + cell->padding_x, y, NULL);
  }
  if (!st) st = xs_stack_finish(&stack);
  out->height = row->height;
  out->x = t->x;
  out->items = stack.items.items;
  out->item_count = stack.items.count;
  out->headings = stack.headings;
  out->heading_count = stack.heading_count;
  out->row = row;
  out->span = t->table->rows[row->index].span;
  return st;
}

/* ---- rows over two pages ------------------------------------------------------------------- */

static bool may_part(const xs_row_set *row, xs_len page_height)
{
  const xs_row *source = &row->table->table->rows[row->index];
  if (source->exact_height || row->tied || row->table->next) return false;
  for (size_t i = 0; i < row->cell_count; i++)
    if (row->cells[i].cell->rowspan > 1) return false;
  return source->may_split || row->height > page_height;
}

/* How many pieces of a cell fit into `room`; a line whose neighbours it may not leave counts
 * with them. */
static size_t count_fitting(const xs_cell_set *set, xs_len room)
{
  xs_len height = 2 * set->cell->padding_y;
  size_t k = 0;
  while (k < set->piece_count && height + set->pieces[k].before + set->pieces[k].height <= room) {
    height += set->pieces[k].before + set->pieces[k].height;
    k++;
  }
  size_t fitting = k;
  while (k > 0 && k < set->piece_count &&
         (set->pieces[k].join == XS_JOIN_KEEP || set->pieces[k].join == XS_JOIN_SOFT))
    k--;
  return k ? k : fitting;
}

static xs_row_set *part_of(xs_composer *c, const xs_row_set *row)
{
  xs_row_set *part = XS_NEW(c->scratch, xs_row_set);
  xs_cell_set *cells = XS_NEW_ARRAY(c->scratch, row->cell_count, xs_cell_set);
  if (!part || !cells) return NULL;
  *part = *row;
  part->cells = cells;
  part->height = 0;
  return part;
}

static void give(xs_row_set *part, size_t i, const xs_cell_set *whole, size_t first, size_t count)
{
  xs_cell_set *set = &part->cells[i];
  *set = *whole;
  set->pieces += first;
  set->piece_count = count;
  set->content_height = xs_pieces_height(set->pieces, count);
  xs_len height = set->content_height + 2 * set->cell->padding_y;
  if (height > part->height) part->height = height;
}

xs_status xs_row_split(xs_composer *c, const xs_piece *piece, xs_len room, xs_len page_height,
                       bool *parted, xs_piece *first, xs_piece *rest)
{
  const xs_row_set *row = piece->row;
  *parted = false;
  if (!row || !may_part(row, page_height)) return XS_OK;
  xs_row_set *upper = part_of(c, row), *lower = part_of(c, row);
  if (!upper || !lower) return XS_ENOMEM;
  bool some = false, more = false;
  for (size_t i = 0; i < row->cell_count; i++) {
    size_t count = count_fitting(&row->cells[i], room);
    give(upper, i, &row->cells[i], 0, count);
    give(lower, i, &row->cells[i], count, row->cells[i].piece_count - count);
    some |= count > 0;
    more |= count < row->cells[i].piece_count;
  }
  if (!some || !more || upper->height > room) return XS_OK;
  lower->is_rest = true;
  *first = *rest = *piece;
  rest->before = 0;
  rest->join = XS_JOIN_FREE;
  xs_status st = xs_row_compose(c, upper, first);
  if (!st) st = xs_row_compose(c, lower, rest);
  *parted = !st;
  return st;
}
