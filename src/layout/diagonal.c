#include "layout/table.h"

/*
 * 斜线表头: a head cell parted by lines from its upper left corner.
 *
 *   two texts      three texts
 *   ┌─────────┐    ┌───────────┐
 *   │╲   first│    │╲╲    first│   the first text names the columns, the last one the rows,
 *   │  ╲      │    │ ╲  ╲      │   the one between them what the cells hold
 *   │    ╲    │    │  ╲    ╲   │
 *   │second ╲ │    │third╲ second│
 *   └─────────┘    └───────────┘
 *
 * Each text stands in the corner of its part. The cell must be so high that the lines pass the
 * texts: with a padding p, a text w wide and h high in the upper right corner of a cell W wide,
 * under a line that falls to the share s of the height at the right edge, needs
 *
 *   p + h ≤ H·s·(W − p − w)/W     so     H ≥ (p + h)·W / (s·(W − p − w))
 *
 * and the text in the lower left corner, beside a line that reaches the share s of the width at
 * the lower edge, needs H ≥ (p + h)·sW / (sW − p − w).
 */

typedef struct corner {
  const xs_piece *pieces;
  size_t piece_count;
  xs_len width, height; /* of its ink, without the slack of its first and last line */
} corner;

typedef struct xs_diagonal {
  corner corners[3];
  size_t count; /* 2 or 3 */
} xs_diagonal;

static bool is_corner(const xs_block *block)
{
  return block->kind == XS_BLOCK_PARAGRAPH;
}

static xs_status set_corner(xs_composer *c, const xs_block *block, xs_len measure, bool at_right,
                            corner *out)
{
  xs_para_style *style = XS_NEW(c->scratch, xs_para_style);
  if (!style) return XS_ENOMEM;
  xs_block own = *block;
  *style = *own.u.paragraph.style;
  style->first_indent = style->left = style->right = style->before = style->after = 0;
  style->align = XS_ALIGN_LEFT;
  own.u.paragraph.style = style;
  xs_status st = xs_paragraph_width(c, &own.u.paragraph, &out->width);
  if (st) return st;
  if (out->width > measure) out->width = measure;
  if (at_right) style->align = XS_ALIGN_RIGHT;
  xs_galley g = {.measure = out->width, .page_height = XS_LEN_MAX};
  xs_blocks blocks = {&own, 1};
  st = xs_galley_blocks(c, &g, &blocks);
  if (st) return st;
  out->pieces = g.items;
  out->piece_count = g.count;
  out->height =
      xs_pieces_height(g.items, g.count) - g.items[0].slack_top - g.items[g.count - 1].slack_bottom;
  return XS_OK;
}

/* The height from which a line no longer meets a text of that size in its corner; `reach` is how
 * far the line goes along the side where the text stands, `fall` along the other one. */
static int64_t height_beside(const corner *text, xs_len padding_x, xs_len padding_y, int64_t reach,
                             int64_t share_milli)
{
  int64_t free = reach - padding_x - text->width;
  if (free < reach / 8) free = reach / 8;
  return (int64_t)(padding_y + text->height) * reach * 1000 / (free * share_milli);
}

xs_status xs_diagonal_set(xs_composer *c, const xs_cell *cell, xs_len width,
                          const xs_diagonal **out, xs_len *height)
{
  xs_diagonal *d = XS_NEW(c->scratch, xs_diagonal);
  if (!d) return XS_ENOMEM;
  d->count = cell->blocks.count;
  bool three = d->count == 3;
  xs_len measure = (three ? width * 2 / 5 : width * 3 / 5) - cell->padding_x;
  for (size_t i = 0; i < d->count; i++) {
    if (d->count > XS_COUNT(d->corners) || !is_corner(&cell->blocks.items[i])) {
      xs_diag(c->diags, XS_D_TABLE_GRID, cell->span,
              _("a cell with a diagonal holds one, two or three paragraphs"));
      return XS_EINPUT;
    }
    xs_status st = set_corner(c, &cell->blocks.items[i], measure > 0 ? measure : 1,
                              i + 1 < d->count, &d->corners[i]);
    if (st) return st;
  }
  const corner *last = &d->corners[d->count - 1];
  int64_t first_needs =
      height_beside(&d->corners[0], cell->padding_x, cell->padding_y, width, three ? 500 : 1000);
  int64_t last_needs =
      height_beside(last, cell->padding_x, cell->padding_y, three ? width / 2 : width, 1000);
  int64_t needs = first_needs > last_needs ? first_needs : last_needs;
  int64_t middle = three ? (int64_t)2 * (d->corners[1].height + cell->padding_y) : 0;
  if (needs < middle) needs = middle;
  *out = d;
  *height = xs_len_clamp(needs) - 2 * cell->padding_y;
  return XS_OK;
}

static xs_status draw_line(xs_stack *s, const xs_cell *cell, xs_len left, xs_len right,
                           xs_len bottom)
{
  xs_item *item = XS_PUSH(s->c->scratch, s->items.items, s->items.count, s->items.capacity);
  if (!item) return XS_ENOMEM;
  const xs_line_style *style = xs_line_style_stronger(&cell->bottom, &cell->right);
  *item = (xs_item){.kind = XS_ITEM_LINE, .artifact = true, .span = cell->span, .from = cell->from};
  item->u.line.x1 = left;
  item->u.line.x2 = right;
  item->u.line.y2 = bottom;
  item->u.line.width = style->width ? style->width : XS_PT(1) / 2;
  item->u.line.color = style->color;
  return XS_OK;
}

static xs_status draw_text(xs_stack *s, const corner *text, const xs_cell *cell, xs_len left,
                           xs_len width, xs_len height, bool at_right, bool at_bottom)
{
  xs_len x = at_right ? left + width - cell->padding_x - text->width : left + cell->padding_x;
  xs_len y = at_bottom ? height - cell->padding_y - text->height : cell->padding_y;
  return xs_stack_pieces(s, text->pieces, text->piece_count, x, y - text->pieces[0].slack_top,
                         NULL);
}

xs_status xs_diagonal_draw(xs_stack *s, const xs_cell_set *set, xs_len left, xs_len width,
                           xs_len height)
{
  const xs_cell *cell = set->cell;
  const xs_diagonal *d = set->diagonal;
  bool three = d && d->count == 3;
  xs_status st = draw_line(s, cell, left, left + width, three ? height / 2 : height);
  if (!st && three) st = draw_line(s, cell, left, left + width / 2, height);
  for (size_t i = 0; d && i < d->count && !st; i++)
    st = draw_text(s, &d->corners[i], cell, left, width, height, i + 1 < d->count, i > 0);
  return st;
}
