#include "layout/table.h"

/*
 * Numbers by their points.
 *
 * A number is an optional sign or mark of currency, digits with commas, perhaps a point and
 * decimals, and then whatever holds no digit: %, a unit. Its point lies behind its whole digits,
 * also when nothing follows. The widest left and the widest right part of a column make a block
 * that stands in the middle of the column; every number has its point at the same place in it.
 * What is no number (—, a word, a date) stands in the middle of its cell.
 */

enum { NO_POINT = -1 };

static bool is_digit(const xs_unit *u)
{
  return (u->codepoint >= '0' && u->codepoint <= '9') ||
         (u->codepoint >= 0xff10 && u->codepoint <= 0xff19);
}

static bool is_sign(const xs_unit *u)
{
  switch (u->codepoint) {
  case '+':
  case '-':
  case 0x2212:
  case 0xff0b:
  case 0xff0d:
  case 0x00b1:
  case '$':
  case 0x00a5:
  case 0xffe5:
  case '(':
  case 0xff08:
  case ' ':
    return true;
  default:
    return false;
  }
}

static bool is_comma(const xs_unit *u)
{
  return u->codepoint == ',' || u->codepoint == 0xff0c;
}

/* The index of the unit behind the whole digits, or NO_POINT when the units are no number. */
static ptrdiff_t find_point(const xs_composer *c)
{
  const xs_unit *u = c->units;
  size_t count = c->line_unit_count, i = 0;
  for (size_t k = 0; k < count; k++)
    if (u[k].kind != XS_UNIT_GLYPH && u[k].kind != XS_UNIT_FURTHER) return NO_POINT;
  while (i < count && is_sign(&u[i])) i++;
  if (i == count || !is_digit(&u[i])) return NO_POINT;
  while (i < count &&
         (is_digit(&u[i]) || (is_comma(&u[i]) && i + 1 < count && is_digit(&u[i + 1]))))
    i++;
  size_t point = i;
  if (i < count && (u[i].codepoint == '.' || u[i].codepoint == 0xff0e)) i++;
  while (i < count && is_digit(&u[i])) i++;
  for (; i < count; i++)
    if (is_digit(&u[i])) return NO_POINT;
  return (ptrdiff_t)point;
}

static const xs_paragraph *only_paragraph(const xs_blocks *blocks)
{
  if (blocks->count != 1 || blocks->items[0].kind != XS_BLOCK_PARAGRAPH) return NULL;
  return &blocks->items[0].u.paragraph;
}

static xs_status measure_number(xs_composer *c, const xs_blocks *blocks, xs_points *reach,
                                bool *is_number)
{
  *reach = (xs_points){0};
  *is_number = false;
  const xs_paragraph *par = only_paragraph(blocks);
  if (!par || !par->inline_count) return XS_OK;
  xs_len on_one_line = 0;
  xs_status st = xs_paragraph_width(c, par, &on_one_line); /* leaves its units in c */
  ptrdiff_t point = st ? NO_POINT : find_point(c);
  if (point == NO_POINT) return st;
  xs_len whole = xs_units_natural(c, 0, c->line_unit_count);
  int64_t left = 0;
  for (size_t i = 0; i < (size_t)point; i++) left += c->units[i].width + (i ? c->units[i].gap : 0);
  reach->left = xs_len_clamp(left);
  reach->right = whole > reach->left ? whole - reach->left : 0;
  *is_number = true;
  return XS_OK;
}

xs_status xs_decimal_widen(xs_composer *c, const xs_cell *cell, xs_table_set *t)
{
  if (!t->points) t->points = XS_NEW_ARRAY(c->scratch, t->table->column_count, xs_points);
  if (!t->points) return XS_ENOMEM;
  xs_points reach, *widest = &t->points[cell->column];
  bool is_number = false;
  xs_status st = measure_number(c, &cell->blocks, &reach, &is_number);
  if (reach.left > widest->left) widest->left = reach.left;
  if (reach.right > widest->right) widest->right = reach.right;
  return st;
}

xs_status xs_decimal_points(xs_composer *c, xs_table_set *t)
{
  const xs_table *table = t->table;
  xs_status st = XS_OK;
  for (size_t r = 0; r < table->row_count && !st; r++) {
    for (size_t i = 0; i < table->rows[r].cell_count && !st; i++) {
      const xs_cell *cell = &table->rows[r].cells[i];
      if (!cell->decimal || cell->colspan != 1) continue;
      st = xs_decimal_widen(c, cell, t);
    }
  }
  return st;
}

/* Where the number begins: its point in the point of the block, but never outside the cell. */
static xs_len place_of(const xs_points *points, const xs_points *reach, xs_len measure)
{
  xs_len x = (measure - points->left - points->right) / 2 + points->left - reach->left;
  if (x > measure - reach->left - reach->right) x = measure - reach->left - reach->right;
  return x > 0 ? x : 0;
}

xs_status xs_decimal_place(xs_composer *c, const xs_blocks *blocks, const xs_points *points,
                           xs_len measure, xs_blocks *placed)
{
  *placed = *blocks;
  const xs_paragraph *par = only_paragraph(blocks);
  xs_points reach;
  bool is_number = false;
  xs_status st = measure_number(c, blocks, &reach, &is_number);
  if (st || !par) return st;
  xs_para_style *style = XS_NEW(c->scratch, xs_para_style);
  xs_block *block = XS_NEW(c->scratch, xs_block);
  if (!style || !block) return XS_ENOMEM;
  *style = *par->style;
  *block = blocks->items[0];
  block->u.paragraph.style = style;
  style->align = is_number ? XS_ALIGN_LEFT : XS_ALIGN_CENTER;
  style->first_indent = style->left = style->right = 0;
  if (is_number) style->left = place_of(points, &reach, measure);
  placed->items = block;
  return XS_OK;
}
