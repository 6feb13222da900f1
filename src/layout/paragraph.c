#include "layout/paragraph.h"

#include "layout/cells.h"
#include "layout/place.h"
#include "layout/title.h"

#include <string.h>

/* How far the units of a line reach above and below the baseline. */
typedef struct reach {
  xs_len above, below;
} reach;

static void reach_to(reach *r, xs_len above, xs_len below)
{
  if (above > r->above) r->above = above;
  if (below > r->below) r->below = below;
}

static reach reach_of_line(const xs_composer *c, const xs_line_range *range, xs_len em)
{
  reach r = {xs_em_above(em), em - xs_em_above(em)};
  for (size_t i = range->first; i < range->end; i++) {
    const xs_unit *u = &c->units[i];
    const xs_char_style *style = &u->inl->style;
    xs_len below = style->size - xs_em_above(style->size);
    if (u->kind == XS_UNIT_SEAL || u->kind == XS_UNIT_BREAK) continue;
    if (u->kind == XS_UNIT_PICTURE)
      reach_to(&r, u->inl->u.picture.height - below, below);
    else
      reach_to(&r, xs_em_above(style->size) + style->rise, below - style->rise);
  }
  return r;
}

/*
 * The line box is the leading, the em of the paragraph in its middle; it grows where something
 * in the line reaches further.
 */
static void size_line(xs_line *line, reach r, const xs_para_style *style, xs_len *baseline)
{
  xs_len em = style->text.size;
  xs_len half = style->leading > em ? (style->leading - em) / 2 : 0;
  xs_len above = half + xs_em_above(em);
  xs_len below = (style->leading > em ? style->leading : em) - above;
  if (above < r.above) above = r.above;
  if (below < r.below) below = r.below;
  line->height = above + below;
  line->slack_top = above - r.above;
  line->slack_bottom = below - r.below;
  *baseline = above;
}

static void shift_items(xs_item *items, size_t count, xs_len dx, xs_len dy)
{
  for (size_t i = 0; i < count; i++) xs_item_shift(&items[i], dx, dy);
}

static xs_status reserve_rooms(xs_composer *c, size_t count)
{
  if (count <= c->rooms_capacity) return XS_OK;
  c->rooms = XS_NEW_ARRAY(c->scratch, count * 2, xs_room);
  c->rooms_capacity = c->rooms ? count * 2 : 0;
  return c->rooms ? XS_OK : XS_ENOMEM;
}

static xs_status place_line(xs_composer *c, const xs_para_style *style, const xs_measure *m,
                            const xs_line_range *range, xs_line *line)
{
  xs_status st = reserve_rooms(c, range->end - range->first);
  if (st) return st;
  xs_len indent = range->first == 0 ? m->first_indent : 0, start = 0, baseline = 0;
  if (!c->cell_count || !xs_cells_fill(c, range, m, c->rooms, &start))
    xs_line_justify(c, range->first, range->end, xs_line_lead(c, range->first),
                    m->width - indent - xs_line_hyphen(c, range->end), m->align, range->last,
                    c->rooms, &start);
  xs_item_list list = {c->placed, 0, c->placed_capacity};
  st = xs_units_place(c, range->first, range->end, c->rooms, m->left + indent + start, &list);
  c->placed = list.items;
  c->placed_capacity = list.capacity;
  if (st) return st;
  size_line(line, reach_of_line(c, range, style->text.size), style, &baseline);
  shift_items(list.items, list.count, 0, baseline);
  xs_item *items = XS_NEW_ARRAY(c->scratch, list.count ? list.count : 1, xs_item);
  if (!items) return XS_ENOMEM;
  if (list.count) memcpy(items, list.items, list.count * sizeof *items);
  line->items = items;
  line->item_count = list.count;
  return XS_OK;
}

static xs_status empty_line(xs_composer *c, const xs_paragraph *par, const xs_line **lines,
                            size_t *line_count)
{
  xs_line *line = XS_NEW(c->scratch, xs_line);
  if (!line) return XS_ENOMEM;
  xs_len em = par->style->text.size, baseline = 0;
  size_line(line, (reach){xs_em_above(em), em - xs_em_above(em)}, par->style, &baseline);
  *lines = line;
  *line_count = 1;
  return XS_OK;
}

/* What a character takes at least, the empty sides of a mark taken away. */
static xs_len least_width(const xs_unit *u)
{
  bool is_glyph = u->kind == XS_UNIT_GLYPH && !xs_unit_is_space(u);
  return is_glyph ? u->width - u->trim_left - u->trim_right : 0;
}

/* False, with an error, when some character is wider than its line. */
static bool check_width(xs_composer *c, const xs_measure *m)
{
  xs_len first = m->width - m->first_indent, most = first < m->width ? m->width : first;
  for (size_t i = 0; i < c->line_unit_count; i++) {
    if (least_width(&c->units[i]) <= (i ? most : first)) continue;
    const xs_inline *inl = c->units[i].inl;
    xs_diag(c->diags, XS_D_LINE_NARROW, inl->span,
            _("the line is narrower than one character; make its place wider, or the indents, the "
              "padding or the size smaller"));
    if (inl->from.source) xs_diag_note(c->diags, inl->from, _("it comes from here"));
    return false;
  }
  return true;
}

/* ---- the four steps ------------------------------------------------------------------------- */

static xs_status collect_runs(xs_composer *c, const xs_paragraph *par, xs_len measure)
{
  xs_composer_style(c, par->style, measure);
  return xs_units_collect(c, par->inlines, par->inline_count);
}

static xs_status adjust_widths(xs_composer *c)
{
  return xs_units_adjust(c);
}

static xs_status choose_breaks(xs_composer *c, const xs_measure *m, const xs_line_range **ranges,
                               size_t *count)
{
  xs_status st = xs_units_allow(c);
  bool centred = m->align == XS_ALIGN_CENTER;
  if (!st && centred && xs_units_natural(c, 0, c->line_unit_count) > m->width)
    st = xs_title_hold_words(c);
  return st ? st : xs_lines_choose(c, m, ranges, count);
}

static xs_status place_glyphs(xs_composer *c, const xs_para_style *style, const xs_measure *m,
                              const xs_line_range *ranges, size_t count, const xs_line **lines)
{
  xs_line *set = XS_NEW_ARRAY(c->scratch, count, xs_line);
  if (!set) return XS_ENOMEM;
  xs_status st = XS_OK;
  for (size_t i = 0; i < count && !st; i++) st = place_line(c, style, m, &ranges[i], &set[i]);
  *lines = set;
  return st;
}

static xs_measure measure_of(const xs_composer *c, const xs_para_style *style, xs_len measure)
{
  xs_measure m = {.left = style->left,
                  .width = measure - style->left - style->right,
                  .first_indent = style->first_indent,
                  .align = style->align,
                  .em = style->text.size > 0 ? style->text.size : 1};
  if (c->cell_count) xs_cells_measure(c, style, &m);
  return m;
}

xs_status xs_paragraph_set(xs_composer *c, const xs_paragraph *par, xs_len measure,
                           const xs_line **lines, size_t *line_count)
{
  const xs_line_range *ranges = NULL;
  xs_status st = collect_runs(c, par, measure);
  if (st) return st;
  if (!c->line_unit_count) return empty_line(c, par, lines, line_count);
  xs_measure m = measure_of(c, par->style, measure);
  st = adjust_widths(c);
  if (st) return st;
  if (!check_width(c, &m)) return empty_line(c, par, lines, line_count);
  if (m.width < 1) m.width = 1;
  st = choose_breaks(c, &m, &ranges, line_count);
  if (!st) st = place_glyphs(c, par->style, &m, ranges, *line_count, lines);
  return st;
}

xs_status xs_paragraph_width(xs_composer *c, const xs_paragraph *par, xs_len *width)
{
  xs_status st = collect_runs(c, par, 0);
  if (!st) st = adjust_widths(c);
  if (!st) st = xs_units_allow(c);
  if (st) return st;
  const xs_para_style *style = par->style;
  xs_len widest = 0;
  for (size_t first = 0; first < c->line_unit_count;) {
    size_t end = first + 1;
    while (end < c->line_unit_count && c->units[end].break_before != XS_BREAK_FORCED) end++;
    xs_len natural = xs_units_natural(c, first, end) + (first ? 0 : style->first_indent);
    if (natural > widest) widest = natural;
    first = end;
  }
  *width = widest + style->left + style->right;
  return XS_OK;
}
