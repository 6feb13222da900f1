#include "base/limits.h"
#include "base/text.h"
#include "layout/table.h"

#include <string.h>

/*
 * What stands in a cell.
 *
 * Text is set at its own size. Only where the cell allows it, and only when a word is wider than
 * the cell or the text higher than an exact row, is it set smaller, in steps of a fortieth, down
 * to the stated limit; a warning says where and how far. What does not fit then either ends as
 * everywhere: the warning line-overfull, or the error cell-overfull.
 */

enum { SHRINK_STEP_MILLI = 25 };

/* ---- text made smaller ---------------------------------------------------------------------- */

static xs_status scale_blocks(xs_composer *c, const xs_blocks *from, int32_t milli, xs_blocks *to);

static xs_status scale_paragraph(xs_composer *c, xs_paragraph *par, int32_t milli)
{
  xs_para_style *style = XS_NEW(c->scratch, xs_para_style);
  xs_inline *inlines = XS_NEW_ARRAY(c->scratch, par->inline_count + 1, xs_inline);
  if (!style || !inlines) return XS_ENOMEM;
  *style = *par->style;
  style->text.size = xs_len_milli(style->text.size, milli);
  style->leading = xs_len_milli(style->leading, milli);
  style->first_indent = xs_len_milli(style->first_indent, milli);
  for (size_t i = 0; i < par->inline_count; i++) {
    inlines[i] = par->inlines[i];
    inlines[i].style.size = xs_len_milli(inlines[i].style.size, milli);
    inlines[i].style.tracking = xs_len_milli(inlines[i].style.tracking, milli);
    inlines[i].style.rise = xs_len_milli(inlines[i].style.rise, milli);
    if (inlines[i].kind == XS_INLINE_BOX)
      inlines[i].u.box.width = xs_len_milli(inlines[i].u.box.width, milli);
  }
  par->style = style;
  par->inlines = inlines;
  return style->text.size > 0 ? XS_OK : XS_EINPUT;
}

static xs_status scale_block(xs_composer *c, xs_block *block, int32_t milli)
{
  switch (block->kind) {
  case XS_BLOCK_PARAGRAPH:
    return scale_paragraph(c, &block->u.paragraph, milli);
  case XS_BLOCK_GROUP:
    return scale_blocks(c, &block->u.group.blocks, milli, &block->u.group.blocks);
  case XS_BLOCK_TABLE:
  case XS_BLOCK_ISSUED:
  case XS_BLOCK_RULE:
  case XS_BLOCK_SPACE:
  case XS_BLOCK_PAGE_BREAK:
    return XS_OK;
  }
  return XS_OK;
}

/* A copy with all text at so many thousandths of its size. Groups stand in one another no deeper
 * than setting them allows. */
static xs_status scale_blocks(xs_composer *c, const xs_blocks *from, int32_t milli, xs_blocks *to)
{
  if (c->depth >= XS_MAX_TEMPLATE_DEPTH) return XS_OK;
  xs_block *blocks = XS_NEW_ARRAY(c->scratch, from->count + 1, xs_block);
  if (!blocks) return XS_ENOMEM;
  if (from->count) memcpy(blocks, from->items, from->count * sizeof *blocks);
  xs_status st = XS_OK;
  c->depth++;
  for (size_t i = 0; i < from->count && !st; i++) st = scale_block(c, &blocks[i], milli);
  c->depth--;
  *to = (xs_blocks){blocks, from->count};
  return st;
}

/* ---- what fits --------------------------------------------------------------------------- */

/* The widest word of a paragraph. */
static xs_status measure_words(xs_composer *c, const xs_paragraph *par, xs_len *widest)
{
  xs_len on_one_line = 0;
  xs_status st = xs_paragraph_width(c, par, &on_one_line); /* leaves its units in c */
  if (st) return st;
  for (size_t first = 0; first < c->line_unit_count;) {
    size_t end = first + 1;
    while (end < c->line_unit_count && c->units[end].break_before < XS_BREAK_POOR) end++;
    xs_len width = xs_units_natural(c, first, end);
    if (width > *widest) *widest = width;
    first = end;
  }
  return XS_OK;
}

xs_status xs_blocks_least_width(xs_composer *c, const xs_blocks *blocks, xs_len *width)
{
  xs_status st = XS_OK;
  *width = 0;
  for (size_t i = 0; i < blocks->count && !st; i++)
    if (blocks->items[i].kind == XS_BLOCK_PARAGRAPH)
      st = measure_words(c, &blocks->items[i].u.paragraph, width);
  return st;
}

/* ---- setting -------------------------------------------------------------------------------- */

typedef struct place {
  const xs_table_set *table;
  const xs_cell *cell;
  size_t row;
  xs_len measure, page_height, exact; /* heights without the padding */
} place;

static xs_status set_upright(xs_composer *c, const place *p, const xs_blocks *blocks,
                             xs_cell_set *out)
{
  xs_piece *piece = XS_NEW(c->scratch, xs_piece);
  if (!piece) return XS_ENOMEM;
  xs_len longest = p->exact ? p->exact : p->page_height;
  xs_status st = xs_upright_set(c, blocks, p->measure, longest, piece);
  out->pieces = piece;
  out->piece_count = 1;
  out->content_height = piece->height;
  return st;
}

static xs_status set_blocks(xs_composer *c, const place *p, const xs_blocks *blocks,
                            xs_cell_set *out)
{
  const xs_cell *cell = p->cell;
  *out = (xs_cell_set){.cell = cell};
  if (cell->upright && blocks->count) return set_upright(c, p, blocks, out);
  xs_galley inner = {.measure = p->measure, .page_height = p->page_height};
  xs_blocks placed = *blocks;
  xs_status st = XS_OK;
  if (cell->decimal) {
    xs_points none = {0};
    bool own = cell->colspan == 1 && p->table->points;
    st = xs_decimal_place(c, blocks, own ? &p->table->points[cell->column] : &none, p->measure,
                          &placed);
  }
  if (!st) st = xs_galley_blocks(c, &inner, &placed);
  out->pieces = inner.items;
  out->piece_count = inner.count;
  return st ? st : xs_galley_height(c, &inner, cell->span, &out->content_height);
}

/* Whether words have room side by side; upright text is only ever too high. */
static xs_status has_room(xs_composer *c, const place *p, const xs_blocks *blocks, bool *fits)
{
  xs_len widest = 0;
  xs_status st = p->cell->upright ? XS_OK : xs_blocks_least_width(c, blocks, &widest);
  *fits = widest <= p->measure;
  return st;
}

/* The words that a cell begins with, to know it by. */
static xs_text words_of(const xs_cell *cell)
{
  enum { CHARACTERS = 12 };
  for (size_t b = 0; b < cell->blocks.count; b++) {
    if (cell->blocks.items[b].kind != XS_BLOCK_PARAGRAPH) continue;
    const xs_paragraph *par = &cell->blocks.items[b].u.paragraph;
    for (size_t i = 0; i < par->inline_count; i++) {
      if (par->inlines[i].kind != XS_INLINE_TEXT) continue;
      xs_text t = par->inlines[i].u.text.text;
      size_t end = 0;
      for (size_t k = 0; k < CHARACTERS && end < t.len; k++) xs_text_next(t, &end);
      return (xs_text){t.ptr, end};
    }
  }
  return XS_LIT("");
}

static void report_shrunk(xs_composer *c, const place *p, int32_t milli)
{
  const xs_cell *cell = p->cell;
  const uint32_t *numbers = p->table->numbers;
  uint32_t column = numbers ? numbers[cell->column] : cell->column;
  xs_diag(c->diags, XS_D_CELL_SHRUNK, cell->span,
          _("row %zu, column %u (“%.*s”) is set at %d.%d%% of its size, to fit into its cell"),
          p->row + 1, (unsigned)column + 1, XS_TEXT(words_of(cell)), (int)(milli / 10),
          (int)(milli % 10));
  if (cell->from.source) xs_diag_note(c->diags, cell->from, _("it comes from here"));
}

static size_t text_bytes(const xs_blocks *blocks)
{
  size_t bytes = 0;
  for (size_t b = 0; b < blocks->count; b++) {
    if (blocks->items[b].kind != XS_BLOCK_PARAGRAPH) continue;
    const xs_paragraph *par = &blocks->items[b].u.paragraph;
    for (size_t i = 0; i < par->inline_count; i++)
      if (par->inlines[i].kind == XS_INLINE_TEXT) bytes += par->inlines[i].u.text.text.len;
  }
  return bytes;
}

/* From the full size down to the limit, until the text fits; where nothing helps, at its own. */
static xs_status set_shrunk(xs_composer *c, const place *p, xs_cell_set *out)
{
  int32_t limit = p->cell->shrink_milli;
  for (int32_t milli = 1000;; milli -= SHRINK_STEP_MILLI) {
    if (milli < limit && milli > limit - SHRINK_STEP_MILLI) milli = limit;
    if (milli < limit) return set_blocks(c, p, &p->cell->blocks, out);
    xs_blocks blocks = p->cell->blocks;
    bool fits = true;
    xs_status st = milli < 1000 ? scale_blocks(c, &p->cell->blocks, milli, &blocks) : XS_OK;
    if (!st) st = has_room(c, p, &blocks, &fits);
    if (!st && fits) st = set_blocks(c, p, &blocks, out);
    if (st) return st;
    if (!fits || (p->exact && out->content_height > p->exact)) continue;
    if (milli < 1000) report_shrunk(c, p, milli);
    return XS_OK;
  }
}

xs_status xs_cell_set_content(xs_composer *c, const xs_table_set *t, size_t r, const xs_cell *cell,
                              xs_len page_height, xs_len exact, xs_cell_set *out)
{
  xs_len width = t->edges[cell->column + cell->colspan] - t->edges[cell->column];
  place p = {.table = t,
             .cell = cell,
             .row = r,
             .measure = width - 2 * cell->padding_x,
             .page_height = page_height - 2 * cell->padding_y,
             .exact = exact ? exact - 2 * cell->padding_y : 0};
  if (cell->diagonal && cell->blocks.count > 1) {
    *out = (xs_cell_set){.cell = cell};
    return xs_diagonal_set(c, cell, width, &out->diagonal, &out->content_height);
  }
  bool shrinks = cell->shrink_milli && text_bytes(&cell->blocks) <= XS_MAX_SHRINK_BYTES;
  return shrinks ? set_shrunk(c, &p, out) : set_blocks(c, &p, &cell->blocks, out);
}
