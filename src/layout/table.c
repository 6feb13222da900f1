#include "layout/table.h"

#include "base/limits.h"

#include <string.h>

/*
 * Tables.
 *
 * The grid says for each row and column which cell stands there; the template floor has checked
 * that it is complete. A row is as high as its highest cell that spans no further row; what a
 * spanning cell needs beyond its rows is given to the last of them.
 *
 * Each row becomes one piece of the galley. Rows that a cell ties together keep together, and so
 * do the head rows and the first row below them. On further pages the head rows stand again,
 * below “（续表）”, and above 承前页; they are pieces that the page takes before its own (flow.c).
 */

static xs_status check_limits(xs_composer *c, const xs_block *block)
{
  const xs_table *table = &block->u.table;
  if (table->column_count <= XS_MAX_TABLE_COLUMNS && table->row_count <= XS_MAX_TABLE_ROWS)
    return XS_OK;
  xs_diag(c->diags, XS_D_LIMIT, block->span, _("a table of more than %u columns or %u rows"),
          XS_MAX_TABLE_COLUMNS, XS_MAX_TABLE_ROWS);
  return XS_ELIMIT;
}

static xs_status fill_grid(xs_composer *c, xs_table_set *t)
{
  const xs_table *table = t->table;
  size_t columns = table->column_count;
  t->grid = XS_NEW_ARRAY(c->scratch, table->row_count * columns, const xs_cell *);
  if (!t->grid) return XS_ENOMEM;
  for (size_t r = 0; r < table->row_count; r++) {
    for (size_t i = 0; i < table->rows[r].cell_count; i++) {
      const xs_cell *cell = &table->rows[r].cells[i];
      for (size_t y = r; y < r + cell->rowspan && y < table->row_count; y++) {
        for (size_t x = cell->column; x < cell->column + cell->colspan && x < columns; x++)
          t->grid[y * columns + x] = cell;
        if (y > r) t->rows[y].tied = true;
      }
    }
  }
  return XS_OK;
}

static void check_exact(xs_composer *c, const xs_cell *cell, xs_len needed, xs_len height)
{
  if (needed <= height) return;
  xs_diag(c->diags, XS_D_CELL_OVERFULL, cell->span,
          _("the text of a cell does not fit into the height of its row"));
  if (cell->from.source) xs_diag_note(c->diags, cell->from, _("it comes from here"));
}

xs_status xs_row_set_cells(xs_composer *c, const xs_table_set *t, xs_len page_height,
                           const xs_row *source, xs_row_set *row)
{
  row->height = source->min_height;
  row->cell_count = source->cell_count;
  row->cells = XS_NEW_ARRAY(c->scratch, source->cell_count, xs_cell_set);
  if (!row->cells) return XS_ENOMEM;
  for (size_t i = 0; i < source->cell_count; i++) {
    const xs_cell *cell = &source->cells[i];
    xs_len exact = source->exact_height && cell->rowspan == 1 ? source->min_height : 0;
    xs_status st = xs_cell_set_content(c, t, row->index, cell, page_height, exact, &row->cells[i]);
    if (st) return st;
    xs_len needed = row->cells[i].content_height + 2 * cell->padding_y;
    if (cell->rowspan > 1) continue;
    if (source->exact_height)
      check_exact(c, cell, needed, source->min_height);
    else if (needed > row->height)
      row->height = needed;
  }
  return XS_OK;
}

static xs_status set_rows(xs_composer *c, xs_table_set *t, xs_len page_height)
{
  xs_status st = XS_OK;
  for (size_t r = 0; r < t->table->row_count && !st; r++) {
    t->rows[r].table = t;
    t->rows[r].index = r;
    st = xs_row_set_cells(c, t, page_height, &t->table->rows[r], &t->rows[r]);
  }
  return st;
}

static void stretch_for_spans(xs_composer *c, xs_table_set *t)
{
  for (size_t r = 0; r < t->table->row_count; r++) {
    for (size_t i = 0; i < t->rows[r].cell_count; i++) {
      const xs_cell_set *set = &t->rows[r].cells[i];
      if (set->cell->rowspan < 2) continue;
      size_t last = r + set->cell->rowspan - 1;
      xs_len needed = set->content_height + 2 * set->cell->padding_y;
      int64_t height = 0;
      for (size_t y = r; y <= last; y++) height += t->rows[y].height;
      if (needed <= height) continue;
      if (t->table->rows[last].exact_height)
        check_exact(c, set->cell, needed, (xs_len)height);
      else
        t->rows[last].height += needed - (xs_len)height;
    }
  }
}

static xs_len offset_of(const xs_table *table, xs_len measure, xs_len width)
{
  switch (table->align) {
  case XS_ALIGN_CENTER:
    return (measure - width) / 2;
  case XS_ALIGN_RIGHT:
    return measure - width;
  case XS_ALIGN_JUSTIFY:
  case XS_ALIGN_LEFT:
  case XS_ALIGN_SPREAD:
    return 0;
  }
  return 0;
}

/* “（续表）”, as one line at the right end of the table. */
static xs_status set_continued(xs_composer *c, const xs_table_set *t, const xs_block *block,
                               xs_piece *out)
{
  const xs_table *table = t->table;
  xs_para_style *style = XS_NEW(c->scratch, xs_para_style);
  xs_inline *inl = XS_NEW(c->scratch, xs_inline);
  if (!style || !inl) return XS_ENOMEM;
  xs_len size = table->continued_style.size;
  *style = (xs_para_style){
      .text = table->continued_style, .align = XS_ALIGN_RIGHT, .leading = size + size / 2};
  *inl = (xs_inline){.kind = XS_INLINE_TEXT,
                     .style = table->continued_style,
                     .span = block->span,
                     .from = block->from};
  inl->u.text.text = table->continued;
  xs_paragraph par = {.style = style, .inlines = inl, .inline_count = 1};
  const xs_line *lines = NULL;
  size_t count = 0;
  xs_status st = xs_paragraph_set(c, &par, t->edges[table->column_count], &lines, &count);
  if (st) return st;
  *out = (xs_piece){.height = lines->height,
                    .slack_top = lines->slack_top,
                    .x = t->x,
                    .items = lines->items,
                    .item_count = lines->item_count,
                    .span = block->span,
                    .from = block->from};
  return XS_OK;
}

static size_t head_rows_of(const xs_table *table)
{
  size_t count = 0;
  while (count < table->row_count && table->rows[count].head) count++;
  return count == table->row_count ? 0 : count;
}

static xs_status set_heads(xs_composer *c, xs_table_set *t, const xs_block *block,
                           const xs_piece *rows, size_t head_rows)
{
  t->heads = XS_NEW_ARRAY(c->scratch, head_rows + 1, xs_piece);
  if (!t->heads) return XS_ENOMEM;
  if (t->table->continued.len) {
    xs_status st = set_continued(c, t, block, &t->heads[t->head_count]);
    if (st) return st;
    t->head_count++;
  }
  for (size_t r = 0; r < head_rows; r++) {
    t->heads[t->head_count] = rows[r];
    t->heads[t->head_count++].before = 0;
  }
  t->head_height = xs_pieces_height(t->heads, t->head_count);
  return XS_OK;
}

/* Sets a table as far as it stands by itself: columns, rows, their heights. */
static xs_status set_table(xs_composer *c, const xs_galley *g, const xs_table *table, xs_span span,
                           xs_table_set *t)
{
  t->table = table;
  t->head_rows = head_rows_of(table);
  t->edges = XS_NEW_ARRAY(c->scratch, table->column_count + 1, xs_len);
  t->rows = XS_NEW_ARRAY(c->scratch, table->row_count, xs_row_set);
  if (!t->edges || !t->rows) return XS_ENOMEM;
  xs_status st = xs_table_columns(c, table, span, g->measure, t->edges);
  if (!st) st = fill_grid(c, t);
  if (st) return st;
  t->x = offset_of(table, g->measure, t->edges[table->column_count]);
  st = xs_decimal_points(c, t);
  if (!st) st = xs_table_carry_points(c, t);
  if (!st) st = set_rows(c, t, g->page_height);
  if (st) return st;
  stretch_for_spans(c, t);
  return xs_table_carry_measure(c, t);
}

/* The rows of a table as pieces, and its heads. */
static xs_status compose_rows(xs_composer *c, const xs_galley *g, xs_table_set *t,
                              const xs_block *block, xs_piece *pieces)
{
  for (size_t r = 0; r < t->table->row_count; r++) {
    if (r && (t->rows[r].tied || r <= t->head_rows)) pieces[r].join = XS_JOIN_KEEP;
    xs_status st = xs_row_compose(c, &t->rows[r], &pieces[r]);
    if (st) return st;
    pieces[r].from = block->from;
  }
  t->pieces = pieces;
  xs_status st = set_heads(c, t, block, pieces, t->head_rows);
  /* Heads that leave no room for rows are not repeated. */
  if (t->head_height > g->page_height / 2) t->head_count = 0;
  return st;
}

/* Rows are equally high in all groups of columns, so that their pages can lie side by side. */
static void level_groups(xs_table_set *first)
{
  for (size_t r = 0; r < first->table->row_count; r++) {
    xs_len height = 0;
    for (const xs_table_set *t = first; t; t = t->next)
      if (t->rows[r].height > height) height = t->rows[r].height;
    for (xs_table_set *t = first; t; t = t->next) t->rows[r].height = height;
  }
  xs_len carry = 0;
  for (const xs_table_set *t = first; t; t = t->next)
    if (t->carry_height > carry) carry = t->carry_height;
  for (xs_table_set *t = first; t; t = t->next) t->carry_height = carry;
}

/* A table that is parted by columns: the rows of the first group stand in the galley, those of the
 * others wait for the pages that are made of them (flow.c). */
static xs_status set_groups(xs_composer *c, const xs_galley *g, const xs_block *block,
                            const xs_column_group *groups, size_t count, xs_table_set *first)
{
  xs_table_set *t = first;
  for (size_t i = 0; i < count; i++) {
    if (i) t = t->next = XS_NEW(c->scratch, xs_table_set);
    if (!t) return XS_ENOMEM;
    t->numbers = groups[i].numbers;
    xs_status st = set_table(c, g, &groups[i].table, block->span, t);
    if (st) return st;
  }
  level_groups(first);
  for (t = first->next; t; t = t->next) {
    xs_piece *pieces = XS_NEW_ARRAY(c->scratch, t->table->row_count, xs_piece);
    if (!pieces) return XS_ENOMEM;
    xs_status st = compose_rows(c, g, t, block, pieces);
    if (st) return st;
  }
  return XS_OK;
}

/* Only one table a page can be parted by columns. */
static void part_from_groups(xs_galley *g)
{
  for (size_t i = g->count; i-- > 0 && g->items[i].join != XS_JOIN_PAGE;)
    if (g->items[i].row && g->items[i].row->table->next) {
      g->join = XS_JOIN_PAGE;
      return;
    }
}

static xs_status push_rows(xs_composer *c, xs_galley *g, xs_table_set *t, const xs_block *block)
{
  size_t count = t->table->row_count;
  xs_piece *rows = XS_NEW_ARRAY(c->scratch, count, xs_piece);
  if (!rows) return XS_ENOMEM;
  xs_status st = compose_rows(c, g, t, block, rows);
  for (size_t r = 0; r < count && !st; r++) {
    xs_piece *p = xs_galley_push(c, g);
    if (!p) return XS_ENOMEM;
    xs_len before = p->before;
    uint8_t join = r ? rows[r].join : p->join;
    *p = rows[r];
    p->before = before;
    p->join = join;
  }
  return st;
}

xs_status xs_galley_table(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_table *table = &block->u.table;
  xs_status st = check_limits(c, block);
  if (st || !table->row_count || !table->column_count) return st;
  xs_table_set *t = XS_NEW(c->scratch, xs_table_set);
  if (!t) return XS_ENOMEM;
  const xs_column_group *groups = NULL;
  size_t count = 0;
  if (c->depth == 1) st = xs_table_groups(c, block, g->measure, &groups, &count);
  if (st) return st;
  if (count) {
    part_from_groups(g);
    st = set_groups(c, g, block, groups, count, t);
  } else {
    st = set_table(c, g, table, block->span, t);
  }
  return st ? st : push_rows(c, g, t, block);
}

/* ---- what a page adds ----------------------------------------------------------------------- */

/* Whether a page that begins with this row begins within its table. */
static bool begins_within(const xs_row_set *row)
{
  const xs_table_set *t = row->table;
  if (row->is_rest) return true;
  return row->index >= t->head_rows && row->index > 0;
}

xs_status xs_table_heads(xs_composer *c, const xs_piece *first, const xs_piece **heads,
                         size_t *count, xs_len *height)
{
  const xs_row_set *row = first->row;
  *heads = NULL;
  *count = 0;
  *height = 0;
  if (!row || !begins_within(row)) return XS_OK;
  const xs_table_set *t = row->table;
  *heads = t->heads;
  *count = t->head_count;
  *height = t->head_count ? t->head_height : 0;
  const xs_row *before =
      row->is_rest ? &t->table->rows[row->index] : &t->table->rows[row->index - 1];
  if (!t->carry_height || !before->carried) return XS_OK;
  xs_piece *all = XS_NEW_ARRAY(c->scratch, t->head_count + 1, xs_piece);
  if (!all) return XS_ENOMEM;
  if (t->head_count) memcpy(all, t->heads, t->head_count * sizeof *all);
  *heads = all;
  *height += t->carry_height;
  return xs_table_carry_row(c, t, t->table->carry.head, before, &all[(*count)++]);
}

xs_len xs_table_foot_room(const xs_piece *p)
{
  const xs_row_set *row = p->row;
  if (!row || !row->table->table->rows[row->index].carried) return 0;
  return row->table->carry_height;
}

xs_status xs_table_foot(xs_composer *c, const xs_piece *last, xs_piece *foot, bool *has_foot)
{
  *has_foot = xs_table_foot_room(last) > 0;
  if (!*has_foot) return XS_OK;
  const xs_table_set *t = last->row->table;
  return xs_table_carry_row(c, t, t->table->carry.foot, &t->table->rows[last->row->index], foot);
}
