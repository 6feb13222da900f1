#include "layout/table.h"

#include <string.h>

/*
 * A table wider than its page, parted by columns.
 *
 *   whole    key │ 1  2  3 │ 4  5  6 │ 7  8      the keys stand in every group, so that each page
 *   groups   key │ 1  2  3                       can be read by itself
 *            key │ 4  5  6
 *            key │ 7  8
 *
 * There are as few groups as there can be, about equally full, and each is stretched to the
 * measure. A group ends rather where no cell of the head goes on than in the middle of one; a cell
 * that is cut stands in both groups.
 */

typedef struct cutter {
  xs_composer *c;
  const xs_table *whole;
  const xs_len *widths;
  bool *crossed; /* a head cell goes from the column before into this one */
  size_t keys;
  xs_len free; /* what the keys leave of the measure */
} cutter;

static xs_len sum_of(const xs_len *widths, size_t from, size_t to)
{
  int64_t sum = 0;
  for (size_t k = from; k < to; k++) sum += widths[k];
  return xs_len_clamp(sum);
}

static xs_status find_crossed(cutter *cut)
{
  const xs_table *t = cut->whole;
  cut->crossed = XS_NEW_ARRAY(cut->c->scratch, t->column_count + 1, bool);
  if (!cut->crossed) return XS_ENOMEM;
  for (size_t r = 0; r < t->row_count && t->rows[r].head; r++) {
    for (size_t i = 0; i < t->rows[r].cell_count; i++) {
      const xs_cell *cell = &t->rows[r].cells[i];
      for (uint32_t k = 1; k < cell->colspan && cell->colspan < t->column_count; k++)
        cut->crossed[cell->column + k] = true;
    }
  }
  return XS_OK;
}

/* Where a group that begins with column `from` ends, when it may be `capacity` wide. */
static size_t end_of_group(const cutter *cut, size_t from, xs_len capacity)
{
  size_t count = cut->whole->column_count, end = from + 1;
  int64_t width = cut->widths[from];
  while (end < count && width + cut->widths[end] <= capacity) width += cut->widths[end++];
  if (end == count) return end;
  for (size_t k = end; k > from; k--)
    if (!cut->crossed[k] && sum_of(cut->widths, from, k) >= capacity / 2) return k;
  return end;
}

static size_t count_groups(const cutter *cut, xs_len capacity)
{
  size_t groups = 0;
  for (size_t from = cut->keys; from < cut->whole->column_count; groups++)
    from = end_of_group(cut, from, capacity);
  return groups;
}

/* The least width with which there are no more groups than with all there is. */
static xs_len fair_width(const cutter *cut, size_t groups)
{
  xs_len low = 1, high = cut->free;
  while (low < high) {
    xs_len middle = low + (high - low) / 2;
    if (count_groups(cut, middle) <= groups)
      high = middle;
    else
      low = middle + 1;
  }
  return high;
}

/* ---- one group ------------------------------------------------------------------------------ */

/* Where a column of the whole table stands in the group of [from, to), as a left and a right edge.
 */
static uint32_t place_of(const cutter *cut, size_t column, size_t from, size_t to)
{
  if (column <= cut->keys) return (uint32_t)column;
  if (column < from) column = from;
  if (column > to) column = to;
  return (uint32_t)(cut->keys + column - from);
}

static xs_status take_row(const cutter *cut, const xs_row *row, size_t from, size_t to, xs_row *out)
{
  xs_cell *cells = XS_NEW_ARRAY(cut->c->scratch, row->cell_count + 1, xs_cell);
  if (!cells) return XS_ENOMEM;
  *out = *row;
  out->cells = cells;
  out->cell_count = 0;
  for (size_t i = 0; i < row->cell_count; i++) {
    xs_cell cell = row->cells[i];
    size_t end = cell.column + cell.colspan;
    uint32_t left = place_of(cut, cell.column, from, to), right = place_of(cut, end, from, to);
    if (left >= right) continue;
    cell.column = left;
    cell.colspan = right - left;
    cells[out->cell_count++] = cell;
  }
  return XS_OK;
}

/* The totals of those columns that stand in the group. */
static xs_status take_carried(const cutter *cut, const xs_table *group, const size_t *kept,
                              xs_row *row)
{
  if (!row->carried) return XS_OK;
  xs_text *texts = XS_NEW_ARRAY(cut->c->scratch, group->carry.count + 1, xs_text);
  if (!texts) return XS_ENOMEM;
  for (size_t i = 0; i < group->carry.count; i++) texts[i] = row->carried[kept[i]];
  row->carried = texts;
  return XS_OK;
}

static xs_status take_carry(const cutter *cut, size_t from, size_t to, xs_table *group,
                            size_t *kept)
{
  const xs_carry *whole = &cut->whole->carry;
  uint32_t *columns = XS_NEW_ARRAY(cut->c->scratch, whole->count + 1, uint32_t);
  xs_row *rows = XS_NEW_ARRAY(cut->c->scratch, 2, xs_row);
  if (!columns || !rows) return XS_ENOMEM;
  group->carry = (xs_carry){.columns = columns};
  if (!whole->foot) return XS_OK;
  for (size_t i = 0; i < whole->count; i++) {
    size_t column = whole->columns[i];
    if (column >= cut->keys && (column < from || column >= to)) continue;
    kept[group->carry.count] = i;
    columns[group->carry.count++] = place_of(cut, column, from, to);
  }
  xs_status st = take_row(cut, whole->foot, from, to, &rows[0]);
  if (!st) st = take_row(cut, whole->head, from, to, &rows[1]);
  group->carry.foot = &rows[0];
  group->carry.head = &rows[1];
  return st;
}

/* Keys keep their width; the other columns share what they leave. */
static xs_status take_columns(const cutter *cut, xs_span span, size_t from, size_t to,
                              xs_column_group *out)
{
  size_t count = cut->keys + to - from;
  xs_column *columns = XS_NEW_ARRAY(cut->c->scratch, count, xs_column);
  uint32_t *numbers = XS_NEW_ARRAY(cut->c->scratch, count, uint32_t);
  if (!columns || !numbers) return XS_ENOMEM;
  int64_t total = sum_of(cut->widths, from, to), seen = 0, given = 0;
  if (total > cut->free)
    xs_diag(cut->c->diags, XS_D_TABLE_OVERFULL, span,
            _("the columns of a table are wider together than its place"));
  for (size_t k = 0; k < count; k++) {
    size_t column = k < cut->keys ? k : from + k - cut->keys;
    numbers[k] = (uint32_t)column;
    columns[k] = (xs_column){XS_WIDTH_FIXED, cut->widths[column]};
    if (k < cut->keys || total <= 0) continue;
    seen += cut->widths[column];
    columns[k].value = (int32_t)(cut->free * seen / total - given);
    given += columns[k].value;
  }
  out->table.columns = columns;
  out->table.column_count = count;
  out->numbers = numbers;
  return XS_OK;
}

static xs_status take_group(const cutter *cut, xs_span span, size_t from, size_t to,
                            xs_column_group *out)
{
  const xs_table *whole = cut->whole;
  size_t *kept = XS_NEW_ARRAY(cut->c->scratch, whole->carry.count + 1, size_t);
  xs_row *rows = XS_NEW_ARRAY(cut->c->scratch, whole->row_count, xs_row);
  if (!kept || !rows) return XS_ENOMEM;
  out->table = *whole;
  out->table.rows = rows;
  xs_status st = take_columns(cut, span, from, to, out);
  if (!st) st = take_carry(cut, from, to, &out->table, kept);
  for (size_t r = 0; r < whole->row_count && !st; r++) {
    st = take_row(cut, &whole->rows[r], from, to, &rows[r]);
    if (!st) st = take_carried(cut, &out->table, kept, &rows[r]);
  }
  return st;
}

/* A key that is a share gets what its content takes on one line, up to a fifth of the measure: the
 * other columns of a group are stretched, and keys are not. */
static xs_status widen_keys(xs_composer *c, const xs_table *whole, xs_len measure, xs_len *widths)
{
  xs_status st = XS_OK;
  for (size_t r = 0; r < whole->row_count && !st; r++) {
    for (size_t i = 0; i < whole->rows[r].cell_count && !st; i++) {
      const xs_cell *cell = &whole->rows[r].cells[i];
      if (cell->column >= whole->key_columns) break;
      if (cell->colspan != 1 || whole->columns[cell->column].kind != XS_WIDTH_SHARE) continue;
      xs_len width = 0;
      st = xs_blocks_width(c, &cell->blocks, &width);
      width = xs_len_clamp((int64_t)width + 2 * cell->padding_x);
      if (width > measure / 5) width = measure / 5;
      if (width > widths[cell->column]) widths[cell->column] = width;
    }
  }
  return st;
}

xs_status xs_table_groups(xs_composer *c, const xs_block *block, xs_len measure,
                          const xs_column_group **groups, size_t *count)
{
  const xs_table *whole = &block->u.table;
  *count = 0;
  if (!whole->split_columns) return XS_OK;
  xs_len *widths = XS_NEW_ARRAY(c->scratch, whole->column_count, xs_len);
  if (!widths) return XS_ENOMEM;
  xs_status st = xs_table_natural(c, whole, widths);
  if (st || sum_of(widths, 0, whole->column_count) <= measure) return st;
  st = widen_keys(c, whole, measure, widths);
  if (st) return st;
  cutter cut = {.c = c, .whole = whole, .widths = widths, .keys = whole->key_columns};
  cut.free = measure - sum_of(widths, 0, cut.keys);
  if (cut.free < measure / 4) return XS_OK; /* setting the columns will say how wide they are */
  st = find_crossed(&cut);
  if (st) return st;
  size_t needed = count_groups(&cut, cut.free);
  xs_len capacity = fair_width(&cut, needed);
  xs_column_group *list = XS_NEW_ARRAY(c->scratch, needed, xs_column_group);
  if (!list) return XS_ENOMEM;
  for (size_t from = cut.keys; from < whole->column_count && !st;) {
    size_t to = end_of_group(&cut, from, capacity);
    st = take_group(&cut, block->span, from, to, &list[(*count)++]);
    from = to;
  }
  *groups = list;
  return st;
}
