#include "layout/cells.h"

/*
 * The strict grid (方格): GB/T 9704 sets 28 characters on a line of 156 mm.
 *
 * GR-01  A measure has as many cells as it holds whole ems, and they share all of it: cell k
 *        begins at k/n of the measure. Every ideograph and mark stands at the left edge of its
 *        cell, —— and …… take two.
 * GR-02  A line with a Western run, a box or a picture in it is set like any other line and brought
 *        to the measure: runs of one, two and four digits in whole cells look uneven.
 * GR-03  A line that the prohibitions leave short keeps its cells and ends short where marks keep
 *        their em. Where the paragraph asks for marks to be squeezed it is brought to the
 *        measure, and so is a line in which two marks stand side by side (PW-01).
 */

static uint32_t cell_nearest(const xs_composer *c, xs_len x)
{
  return (uint32_t)(((int64_t)x * c->cell_count + c->grid_width / 2) / c->grid_width);
}

static xs_len snapped(const xs_composer *c, xs_len length)
{
  xs_len ems = (length + c->grid_em / 2) / c->grid_em;
  return ems > 0 ? xs_cell_at(c, (uint32_t)ems) : 0;
}

void xs_cells_measure(const xs_composer *c, const xs_para_style *style, xs_measure *m)
{
  xs_len right = snapped(c, style->right);
  m->left = snapped(c, style->left);
  m->width = c->grid_width - m->left - right;
  m->first_indent = snapped(c, style->left + style->first_indent) - m->left;
}

typedef struct filler {
  const xs_composer *c;
  xs_room *rooms;
  size_t first, end; /* of the line, without the spaces at its end */
  uint32_t cell, last_cell;
  xs_len pen;
} filler;

static void put(filler *f, size_t i, xs_len x, xs_len width)
{
  f->rooms[i - f->first].before = x - f->pen;
  f->pen = x + width;
}

bool xs_cells_fill(const xs_composer *c, const xs_line_range *line, const xs_measure *m,
                   xs_room *rooms, xs_len *start)
{
  xs_len left = m->left + (line->first == 0 ? m->first_indent : 0);
  filler f = {.c = c,
              .rooms = rooms,
              .first = line->first,
              .end = xs_line_visible_end(c, line->first, line->end),
              .cell = cell_nearest(c, left),
              .last_cell = cell_nearest(c, m->left + m->width),
              .pen = left};
  for (size_t i = line->first; i < line->end; i++) rooms[i - line->first] = (xs_room){0};
  for (size_t i = f.first; i < f.end && f.cell <= f.last_cell;) {
    const xs_unit *u = &c->units[i];
    if (!u->cells && u->kind != XS_UNIT_SEAL) return false;
    if (u->cells) put(&f, i, xs_cell_at(c, f.cell), u->width);
    f.cell += u->cells;
    i++;
  }
  *start = 0;
  if (xs_line_hyphen(c, line->end)) return false;
  bool short_of_edge = f.cell < f.last_cell && !line->last && m->align == XS_ALIGN_JUSTIFY;
  return f.cell <= f.last_cell && !(short_of_edge && c->marks != XS_MARKS_FULL);
}
