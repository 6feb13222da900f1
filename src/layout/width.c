#include "layout/linebreak.h"

/*
 * Adjusting widths, before any line is broken.
 *
 * PW-01  Two marks side by side share one em and a half: the empty half that lies between them
 *        goes. Which half is empty is read from the ink of the glyph, never from the code.
 * PW-02  A mark at a line end, PW-03 an opening mark at a line start, gives up its empty half:
 *        here only the room is found (trim_left, trim_right); linebreak.c and justify.c take it.
 * PW-04  Between an ideograph and a Western letter or digit stands a gap of a quarter em; none
 *        beside Chinese marks, spaces, boxes and at line edges.
 * PW-05  A mark whose ink stands in the middle of its em gives up a quarter on each side, and
 *        none gives up more than is empty, so that ink never meets ink.
 * PW-06  ％ and other signs of numbers are no marks: they give up nothing.
 * PW-07  On the grid (GR-01) marks keep their em, unless the paragraph asks for less.
 */
#define GAP_PER_EM       4  /* PW-04: a quarter */
#define LEAST_GAP_PER_EM 8  /* JU-02: an eighth */
#define SPACE_PER_EM     4  /* JU-02: a quarter */
#define INK_MARGIN       64 /* PW-05: what stays empty beside ink, in parts of an em */

static bool opens(const xs_unit *u)
{
  return u->class == XS_CHAR_OPEN;
}

static bool closes(const xs_unit *u)
{
  return u->class == XS_CHAR_CLOSE || u->class == XS_CHAR_PAUSE || u->class == XS_CHAR_STOP;
}

xs_len xs_unit_end_trim(const xs_unit *u)
{
  if (!closes(u)) return 0;
  return u->trim_right + (u->centred ? u->trim_left : 0);
}

xs_len xs_unit_gap_shrink(const xs_unit *u)
{
  if (!u->gap) return 0;
  xs_len least = u->inl->style.size / LEAST_GAP_PER_EM;
  return u->gap > least ? u->gap - least : 0;
}

xs_len xs_unit_space_shrink(const xs_unit *u)
{
  if (!xs_unit_is_space(u) || u->solid) return 0;
  xs_len least = u->inl->style.size / SPACE_PER_EM;
  return u->width > least ? u->width - least : 0;
}

/* ---- the room of marks ---------------------------------------------------------------------- */

/* At most so much, and never up to the very ink. */
static xs_len spare(xs_len blank, xs_len size, xs_len most)
{
  xs_len margin = size / INK_MARGIN;
  xs_len room = blank > margin ? blank - margin : 0;
  return room < most ? room : most;
}

static void find_spare(xs_unit *u)
{
  if (!u->trim_left && !u->trim_right) return; /* no mark, or one that is full of ink */
  bool full = u->width - u->inl->style.tracking >= xs_len_milli(u->size, 900);
  xs_len left = u->trim_left, right = u->trim_right, off = left - right;
  u->trim_left = u->trim_right = 0;
  if (!full || u->western) return;
  u->centred = u->class == XS_CHAR_MIDDLE ||
               (closes(u) && off <= u->size / GAP_PER_EM && off >= -u->size / GAP_PER_EM);
  if (u->centred) {
    u->trim_left = spare(left, u->size, u->size / 4);
    u->trim_right = spare(right, u->size, u->size / 4);
  } else if (opens(u)) {
    u->trim_left = spare(left, u->size, u->size / 2);
  } else if (closes(u)) {
    u->trim_right = spare(right, u->size, u->size / 2);
  }
}

/* Each returns what is left of `amount`. */
static xs_len cut_left(xs_unit *u, xs_len amount)
{
  xs_len cut = u->trim_left < amount ? u->trim_left : amount;
  u->width -= cut;
  if (cut) u->cells = 0;
  u->shift -= cut;
  u->trim_left -= cut;
  return amount - cut;
}

static xs_len cut_right(xs_unit *u, xs_len amount)
{
  xs_len cut = u->trim_right < amount ? u->trim_right : amount;
  u->width -= cut;
  if (cut) u->cells = 0;
  u->trim_right -= cut;
  return amount - cut;
}

static void squeeze_pair(xs_unit *left, xs_unit *right)
{
  xs_len amount = (left->size < right->size ? left : right)->size / 2;
  if (closes(left) && (opens(right) || closes(right))) {
    amount = cut_right(left, amount);
    if (left->centred) amount = cut_left(left, amount);
    if (opens(right)) cut_left(right, amount);
  } else if (opens(left) && opens(right)) {
    cut_left(right, amount);
  }
}

/* ---- gaps ----------------------------------------------------------------------------------- */

static bool is_western_letter(const xs_unit *u)
{
  return u->western && (u->class == XS_CHAR_LETTER || u->class == XS_CHAR_DIGIT ||
                        u->class == XS_CHAR_COMBINING || u->class == XS_CHAR_PREFIX ||
                        u->class == XS_CHAR_SUFFIX);
}

static bool is_ideograph(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH && !u->western &&
         (u->class == XS_CHAR_HAN || u->class == XS_CHAR_REPEAT);
}

static void open_gap(const xs_unit *left, xs_unit *right)
{
  if ((is_ideograph(left) && is_western_letter(right)) ||
      (is_western_letter(left) && is_ideograph(right)))
    right->gap = (left->inl->style.size < right->inl->style.size ? left : right)->inl->style.size /
                 GAP_PER_EM;
}

static void adjust_run(xs_composer *c, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++) {
    xs_unit *u = &c->units[i];
    if (c->marks == XS_MARKS_FULL)
      u->trim_left = u->trim_right = 0;
    else
      find_spare(u);
    if (i == first) continue;
    squeeze_pair(u - 1, u);
    open_gap(u - 1, u);
  }
}

/* ---- PW-07 ---------------------------------------------------------------------------------- */

/* How many cells the unit fills: as many as it has ems, when it has whole ones. */
static uint8_t cells_of(const xs_composer *c, const xs_unit *u)
{
  if (u->kind != XS_UNIT_GLYPH || u->western) return 0;
  int32_t count = (u->width + c->grid_em / 2) / c->grid_em;
  xs_len off = u->width - count * c->grid_em;
  return off * 50 <= c->grid_em && off * 50 >= -c->grid_em && count < 4 ? (uint8_t)count : 0;
}

static void adjust_to_cells(xs_composer *c)
{
  xs_len cell = xs_cell_at(c, 1);
  size_t count = c->line_unit_count;
  for (size_t i = 0; i < count; i++) {
    xs_unit *u = &c->units[i];
    if (c->marks != XS_MARKS_FULL)
      find_spare(u);
    else
      u->trim_left = u->trim_right = 0;
    u->cells = cells_of(c, u);
    if (u->cells) u->width = cell * u->cells;
    if (!i) continue;
    squeeze_pair(u - 1, u);
    open_gap(u - 1, u);
  }
}

/* ---- boxes ---------------------------------------------------------------------------------- */

/* The text of a box, which may be wider than the box. */
static xs_status adjust_inner(xs_composer *c, xs_unit *u)
{
  size_t end = u->inner_first + u->inner_count;
  adjust_run(c, u->inner_first, end);
  if (u->kind != XS_UNIT_BOX) return XS_OK;
  xs_len natural = xs_units_natural(c, u->inner_first, end);
  if (natural > u->width) u->width = natural;
  return natural == XS_LEN_MAX ? xs_line_refuse(c, u->inl->span) : XS_OK;
}

xs_status xs_units_adjust(xs_composer *c)
{
  if (c->cell_count)
    adjust_to_cells(c);
  else
    adjust_run(c, 0, c->line_unit_count);
  xs_status st = XS_OK;
  for (size_t i = 0; i < c->line_unit_count && !st; i++)
    if (c->units[i].inner_count) st = adjust_inner(c, &c->units[i]);
  return st;
}
