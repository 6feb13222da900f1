#include "layout/table.h"

#include "base/limits.h"

/*
 * Tables.
 *
 * The grid says for each row and column which cell stands there; the template floor has checked
 * that it is complete. A row is as high as its highest cell that spans no further row; what a
 * spanning cell needs beyond its rows is given to the last of them.
 *
 * Each row becomes one piece of the galley. Rows that a cell ties together keep together, and so
 * do the head rows and the first row below them. On further pages the head rows stand again,
 * below “（续表）”; they are pieces that the page takes before its own (flow.c).
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

static xs_status set_cell(xs_composer *c, const xs_table_set *t, const xs_galley *g,
                          const xs_cell *cell, xs_cell_set *out)
{
  xs_len width = t->edges[cell->column + cell->colspan] - t->edges[cell->column];
  xs_galley inner = {.measure = width - 2 * cell->padding_x,
                     .page_height = g->page_height - 2 * cell->padding_y};
  xs_status st = xs_galley_blocks(c, &inner, &cell->blocks);
  *out = (xs_cell_set){cell, inner.items, inner.count, 0};
  return st ? st : xs_galley_height(c, &inner, cell->span, &out->content_height);
}

static void check_exact(xs_composer *c, const xs_cell *cell, xs_len needed, xs_len height)
{
  if (needed <= height) return;
  xs_diag(c->diags, XS_D_CELL_OVERFULL, cell->span,
          _("the text of a cell does not fit into the height of its row"));
  if (cell->from.source) xs_diag_note(c->diags, cell->from, _("it comes from here"));
}

static xs_status set_row(xs_composer *c, xs_table_set *t, const xs_galley *g, size_t r)
{
  const xs_row *source = &t->table->rows[r];
  xs_row_set *row = &t->rows[r];
  row->table = t;
  row->index = r;
  row->height = source->min_height;
  row->cell_count = source->cell_count;
  row->cells = XS_NEW_ARRAY(c->scratch, source->cell_count, xs_cell_set);
  if (!row->cells) return XS_ENOMEM;
  xs_status st = XS_OK;
  for (size_t i = 0; i < source->cell_count && !st; i++) {
    const xs_cell *cell = &source->cells[i];
    st = set_cell(c, t, g, cell, &row->cells[i]);
    xs_len needed = row->cells[i].content_height + 2 * cell->padding_y;
    if (cell->rowspan > 1) continue;
    if (source->exact_height)
      check_exact(c, cell, needed, source->min_height);
    else if (needed > row->height)
      row->height = needed;
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

/* A table in the galley: its rows, and what ties them. */
static xs_status add_rows(xs_composer *c, xs_galley *g, xs_table_set *t, const xs_block *block)
{
  size_t head_rows = head_rows_of(t->table), first = g->count;
  for (size_t r = 0; r < t->table->row_count; r++) {
    xs_piece *p = xs_galley_push(c, g);
    if (!p) return XS_ENOMEM;
    if (r && (t->rows[r].tied || r <= head_rows)) p->join = XS_JOIN_KEEP;
    xs_status st = xs_row_compose(c, &t->rows[r], p);
    if (st) return st;
    p->from = block->from;
  }
  xs_status st = set_heads(c, t, block, g->items + first, head_rows);
  /* Heads that leave no room for rows are not repeated. */
  if (t->head_height > g->page_height / 2) t->head_count = 0;
  return st;
}

xs_status xs_galley_table(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_table *table = &block->u.table;
  xs_status st = check_limits(c, block);
  if (st || !table->row_count || !table->column_count) return st;
  xs_table_set *t = XS_NEW(c->scratch, xs_table_set);
  if (!t) return XS_ENOMEM;
  t->table = table;
  t->edges = XS_NEW_ARRAY(c->scratch, table->column_count + 1, xs_len);
  t->rows = XS_NEW_ARRAY(c->scratch, table->row_count, xs_row_set);
  if (!t->edges || !t->rows) return XS_ENOMEM;
  st = xs_table_columns(c, block, g->measure, t->edges);
  if (!st) st = fill_grid(c, t);
  if (st) return st;
  t->x = offset_of(table, g->measure, t->edges[table->column_count]);
  for (size_t r = 0; r < table->row_count && !st; r++) st = set_row(c, t, g, r);
  if (st) return st;
  stretch_for_spans(c, t);
  return add_rows(c, g, t, block);
}
