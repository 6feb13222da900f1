#include "layout/table.h"

#include "base/limits.h"

/*
 * Widths of columns. Fixed ones take what they say, content ones what their widest content
 * takes on one line, shares divide what is left. When they ask for more than there is, content
 * columns give way first: each keeps room for its widest word, shares as well, and what is left
 * over goes to those whose content is wider. Then fixed ones give way, with a warning.
 */

static xs_status width_of_block(xs_composer *c, const xs_block *block, xs_len *width)
{
  xs_status st = XS_OK;
  *width = 0;
  switch (block->kind) {
  case XS_BLOCK_PARAGRAPH:
    return xs_paragraph_width(c, &block->u.paragraph, width);
  case XS_BLOCK_GROUP:
    if (c->depth >= XS_MAX_TEMPLATE_DEPTH) return XS_OK; /* setting it will complain */
    c->depth++;
    st = xs_blocks_width(c, &block->u.group.blocks, width);
    c->depth--;
    *width = xs_len_clamp((int64_t)*width + 2 * block->u.group.padding_x);
    return st;
  case XS_BLOCK_TABLE:
  case XS_BLOCK_ISSUED:
  case XS_BLOCK_RULE:
  case XS_BLOCK_SPACE:
  case XS_BLOCK_PAGE_BREAK:
    return XS_OK;
  }
  return st;
}

xs_status xs_blocks_width(xs_composer *c, const xs_blocks *blocks, xs_len *width)
{
  xs_status st = XS_OK;
  *width = 0;
  for (size_t i = 0; i < blocks->count && !st; i++) {
    xs_len one = 0;
    st = width_of_block(c, &blocks->items[i], &one);
    if (one > *width) *width = one;
  }
  return st;
}

/* What a line of a head may shrink to: half of itself, but two characters stay together. */
static xs_len least_of_head(const xs_cell *cell, xs_len line)
{
  xs_len two = 0;
  for (size_t i = 0; i < cell->blocks.count; i++)
    if (cell->blocks.items[i].kind == XS_BLOCK_PARAGRAPH &&
        cell->blocks.items[i].u.paragraph.style->text.size * 2 > two)
      two = cell->blocks.items[i].u.paragraph.style->text.size * 2;
  xs_len least = line / 2 > two ? line / 2 : two;
  return least < line ? least : line;
}

/* What the content of a cell asks for. Where a column divides what is left, the words of its body
 * may stand one below the other, and a line of its head may be broken once. */
static xs_status width_of_cell(xs_composer *c, const xs_cell *cell, bool is_share, bool is_head,
                               xs_len *width)
{
  xs_len least = 0;
  if (cell->upright) return xs_upright_width(c, cell, width);
  xs_status st = XS_OK;
  if (is_share) st = xs_blocks_least_width(c, &cell->blocks, &least);
  if (!st && (is_head || !is_share)) st = xs_blocks_width(c, &cell->blocks, width);
  if (!is_share) return st;
  *width = least_of_head(cell, *width);
  if (*width < least) *width = least;
  return st;
}

/* With `shares` also those of columns that divide what is left. */
static xs_status measure_content(xs_composer *c, const xs_table *table, bool shares, xs_len *widths)
{
  xs_status st = XS_OK;
  for (size_t r = 0; r < table->row_count && !st; r++) {
    for (size_t i = 0; i < table->rows[r].cell_count && !st; i++) {
      const xs_cell *cell = &table->rows[r].cells[i];
      xs_width_kind kind = table->columns[cell->column].kind;
      if (cell->colspan != 1 || kind == XS_WIDTH_FIXED || (kind == XS_WIDTH_SHARE && !shares))
        continue;
      xs_len width = 0;
      st = width_of_cell(c, cell, kind == XS_WIDTH_SHARE, table->rows[r].head, &width);
      width = xs_len_clamp((int64_t)width + 2 * cell->padding_x);
      if (width > widths[cell->column]) widths[cell->column] = width;
    }
  }
  return st;
}

static int64_t sum_of(const xs_table *table, const xs_len *widths, xs_width_kind kind)
{
  int64_t sum = 0;
  for (size_t k = 0; k < table->column_count; k++)
    if (table->columns[k].kind == kind)
      sum += kind == XS_WIDTH_SHARE ? table->columns[k].value : widths[k];
  return sum;
}

/* Makes the columns of one kind together `wanted` wide, in proportion to `parts`. */
static void divide(const xs_table *table, xs_len *widths, xs_width_kind kind, int64_t parts,
                   int64_t wanted)
{
  int64_t seen = 0, given = 0;
  for (size_t k = 0; k < table->column_count && parts > 0; k++) {
    if (table->columns[k].kind != kind) continue;
    seen += kind == XS_WIDTH_SHARE ? table->columns[k].value : widths[k];
    widths[k] = (xs_len)(wanted * seen / parts - given);
    given += widths[k];
  }
}

xs_status xs_table_natural(xs_composer *c, const xs_table *table, xs_len *widths)
{
  for (size_t k = 0; k < table->column_count; k++)
    widths[k] = table->columns[k].kind == XS_WIDTH_FIXED ? table->columns[k].value : 0;
  return measure_content(c, table, true, widths);
}

/* The widest word of each column that is not fixed. */
static xs_status measure_least(xs_composer *c, const xs_table *table, xs_len *least)
{
  xs_status st = XS_OK;
  for (size_t r = 0; r < table->row_count && !st; r++) {
    for (size_t i = 0; i < table->rows[r].cell_count && !st; i++) {
      const xs_cell *cell = &table->rows[r].cells[i];
      if (cell->colspan != 1 || table->columns[cell->column].kind == XS_WIDTH_FIXED) continue;
      xs_len width = 0;
      st = cell->upright ? xs_upright_width(c, cell, &width)
                         : xs_blocks_least_width(c, &cell->blocks, &width);
      width = xs_len_clamp((int64_t)width + 2 * cell->padding_x);
      if (width > least[cell->column]) least[cell->column] = width;
    }
  }
  return st;
}

/* Content columns and shares within `room`, which is too little for what they ask: what each needs
 * at least, and of the rest in proportion to what its content, or its share, asks beyond that. */
static xs_status squeeze(xs_composer *c, const xs_table *table, xs_len *widths, int64_t room)
{
  xs_len *least = XS_NEW_ARRAY(c->scratch, table->column_count, xs_len);
  if (!least) return XS_ENOMEM;
  xs_status st = measure_least(c, table, least);
  int64_t needed = 0, wishes = 0;
  for (size_t k = 0; k < table->column_count && !st; k++) {
    if (table->columns[k].kind == XS_WIDTH_FIXED) continue;
    needed += least[k];
    if (widths[k] > least[k]) wishes += widths[k] - least[k];
  }
  int64_t rest = room > needed ? room - needed : 0, seen = 0, given = 0, taken = 0;
  for (size_t k = 0; k < table->column_count && !st; k++) {
    if (table->columns[k].kind == XS_WIDTH_FIXED) continue;
    taken += least[k];
    if (widths[k] > least[k]) seen += widths[k] - least[k];
    /* Words that have no room side by side get what there is, in proportion. */
    int64_t floor = room < needed ? room * taken / needed : taken;
    int64_t end = floor + (wishes ? rest * seen / wishes : 0);
    widths[k] = (xs_len)(end - given);
    given = end;
  }
  return st;
}

static bool has_kind(const xs_table *table, xs_width_kind kind)
{
  for (size_t k = 0; k < table->column_count; k++)
    if (table->columns[k].kind == kind) return true;
  return false;
}

xs_status xs_table_columns(xs_composer *c, const xs_table *table, xs_span span, xs_len measure,
                           xs_len *edges)
{
  xs_len *widths = XS_NEW_ARRAY(c->scratch, table->column_count, xs_len);
  if (!widths) return XS_ENOMEM;
  for (size_t k = 0; k < table->column_count; k++)
    if (table->columns[k].kind == XS_WIDTH_FIXED) widths[k] = table->columns[k].value;
  int64_t fixed = sum_of(table, widths, XS_WIDTH_FIXED);
  bool has_content = has_kind(table, XS_WIDTH_CONTENT);
  xs_status st = has_content ? measure_content(c, table, false, widths) : XS_OK;
  if (st) return st;
  if (fixed > measure) {
    xs_diag(c->diags, XS_D_TABLE_OVERFULL, span,
            _("the columns of a table are wider together than its place"));
    divide(table, widths, XS_WIDTH_FIXED, fixed, measure);
    fixed = measure;
  }
  int64_t room = measure - fixed, content = sum_of(table, widths, XS_WIDTH_CONTENT);
  bool shares = has_kind(table, XS_WIDTH_SHARE);
  if (has_content && content > (shares ? room / 4 * 3 : room)) {
    /* Shares ask for a quarter, or for what content leaves. */
    int64_t left = room - content > room / 4 ? room - content : room / 4;
    divide(table, widths, XS_WIDTH_SHARE, sum_of(table, widths, XS_WIDTH_SHARE), left);
    st = squeeze(c, table, widths, room);
  } else {
    divide(table, widths, XS_WIDTH_SHARE, sum_of(table, widths, XS_WIDTH_SHARE), room - content);
  }
  edges[0] = 0;
  for (size_t k = 0; k < table->column_count; k++) edges[k + 1] = edges[k] + widths[k];
  return st;
}
