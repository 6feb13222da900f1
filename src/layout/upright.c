#include "base/text.h"
#include "layout/linebreak.h"
#include "layout/table.h"

#include <string.h>

/*
 * 竖排: text from top to bottom, in columns from right to left.
 *
 * The units of a paragraph are gathered into slots, each one step down the column:
 *
 *   upright   an ideograph, a mark, one letter or digit: in an em of its own, in the middle of the
 *             column; a mark in its vertical form, from the face by way of HarfBuzz
 *   pair      two digits side by side in one em: 12
 *   sideways  a longer run of Western characters, and brackets and dashes of a face that has no
 *             vertical form of them, turned a quarter to the right
 *
 * All runs of a cell are marked as going on from one another, so that they are read, and copied,
 * as one text, whatever order a reader finds columns in.
 */

typedef enum slot_kind { SLOT_UPRIGHT, SLOT_PAIR, SLOT_SIDEWAYS } slot_kind;

typedef struct slot {
  slot_kind kind;
  size_t first, end; /* units */
  xs_len gap;        /* between it and the slot before; dropped at the head of a column */
  xs_len advance;    /* without the gap */
  uint8_t break_before;
} slot;

typedef struct slots {
  slot *items;
  size_t count, capacity;
} slots;

static bool is_digit(const xs_unit *u)
{
  return u->codepoint >= '0' && u->codepoint <= '9';
}

static size_t end_of_cluster(const xs_composer *c, size_t first)
{
  size_t end = first + 1;
  while (end < c->line_unit_count && c->units[end].kind == XS_UNIT_FURTHER) end++;
  return end;
}

static size_t end_of_western(const xs_composer *c, size_t first)
{
  size_t end = first;
  while (end < c->line_unit_count && c->units[end].western &&
         (c->units[end].kind == XS_UNIT_GLYPH || c->units[end].kind == XS_UNIT_FURTHER))
    end++;
  return end;
}

/* ---- vertical forms ------------------------------------------------------------------------- */

static bool turns(const xs_unit *u)
{
  switch ((xs_char_class)u->class) {
  case XS_CHAR_OPEN:
  case XS_CHAR_CLOSE:
  case XS_CHAR_DASH:
  case XS_CHAR_ELLIPSIS:
  case XS_CHAR_CONNECTOR:
    return true;
  case XS_CHAR_PAUSE:
  case XS_CHAR_STOP:
  case XS_CHAR_MIDDLE:
  case XS_CHAR_SOLIDUS:
  case XS_CHAR_PREFIX:
  case XS_CHAR_SUFFIX:
  case XS_CHAR_REPEAT:
  case XS_CHAR_WEST_OPEN:
  case XS_CHAR_WEST_CLOSE:
  case XS_CHAR_HAN:
  case XS_CHAR_LETTER:
  case XS_CHAR_DIGIT:
  case XS_CHAR_SPACE:
  case XS_CHAR_WIDE_SPACE:
  case XS_CHAR_OTHER:
  case XS_CHAR_COMBINING:
  case XS_CHAR_INVISIBLE:
    return false;
  }
  return false;
}

/* Gives a mark its vertical form; false when the face has none. */
static bool take_vertical(xs_unit *u)
{
  if (u->western || u->width > u->size + u->size / 2) return false; /* —— as one sign */
  uint32_t glyph = xs_typeface_vertical(u->face, u->codepoint);
  if (!glyph || glyph == xs_typeface_glyph(u->face, u->codepoint)) return false;
  u->glyph = glyph;
  u->advance =
      (xs_len)((int64_t)xs_typeface_advance(u->face, glyph) * u->size / u->face->face.upem);
  u->trim_left = u->trim_right = 0;
  return true;
}

/* ---- slots ---------------------------------------------------------------------------------- */

static slot slot_at(xs_composer *c, size_t i)
{
  xs_unit *u = &c->units[i];
  slot s = {.first = i, .end = end_of_cluster(c, i), .break_before = u->break_before};
  size_t western = end_of_western(c, i);
  s.advance = u->size + (u->inl->style.tracking > 0 ? u->inl->style.tracking : 0);
  if (western - i == 2 && is_digit(u) && is_digit(u + 1)) {
    s.kind = SLOT_PAIR;
    s.end = western;
  } else if (western > s.end) {
    s.kind = SLOT_SIDEWAYS;
    s.end = western;
    s.advance = xs_units_natural(c, i, western);
  } else if (xs_kinsoku_mark(u->codepoint) != XS_KINSOKU_NO_MARK && !take_vertical(u) && turns(u)) {
    s.kind = SLOT_SIDEWAYS;
    s.advance = u->advance > u->size ? u->advance : u->size;
  }
  return s;
}

/* The gap between scripts stands beside what lies on its side; 3月 needs none. */
static xs_len gap_before(const xs_composer *c, const slots *list, const slot *s)
{
  bool turned = s->kind == SLOT_SIDEWAYS;
  if (list->count > 1) turned |= list->items[list->count - 2].kind == SLOT_SIDEWAYS;
  return turned ? c->units[s->first].gap : 0;
}

static xs_status gather(xs_composer *c, xs_span span, slots *out)
{
  for (size_t i = 0; i < c->line_unit_count;) {
    const xs_unit *u = &c->units[i];
    slot *s = XS_PUSH(c->scratch, out->items, out->count, out->capacity);
    if (!s) return XS_ENOMEM;
    if (u->kind == XS_UNIT_BREAK) {
      *s = (slot){.first = i, .end = i + 1, .break_before = XS_BREAK_NO};
    } else if (u->kind == XS_UNIT_GLYPH) {
      *s = slot_at(c, i);
    } else {
      xs_diag(c->diags, XS_D_STYLE_INVALID, u->inl->span.source ? u->inl->span : span,
              _("an upright cell holds words and new lines only"));
      return XS_EINPUT;
    }
    s->gap = gap_before(c, out, s);
    i = s->end;
  }
  return XS_OK;
}

/* ---- placing -------------------------------------------------------------------------------- */

/* A column while it is filled. */
typedef struct column {
  xs_composer *c;
  xs_item_list *out;
  xs_len middle, y;
} column;

static xs_item *push_run(column *col, size_t first, size_t end, xs_len x, xs_len y, int32_t angle)
{
  xs_composer *c = col->c;
  const xs_unit *u = &c->units[first], *last = &c->units[end - 1];
  xs_item *item = XS_PUSH(c->scratch, col->out->items, col->out->count, col->out->capacity);
  xs_glyph *glyphs = XS_NEW_ARRAY(c->a, end - first, xs_glyph);
  xs_text text =
      xs_arena_text(c->a, (xs_text){u->text, (size_t)(last->text + last->text_len - u->text)});
  if (!item || !glyphs || !text.ptr) return NULL;
  xs_len pen = 0;
  for (size_t i = first; i < end; i++) {
    const xs_unit *g = &c->units[i];
    glyphs[i - first] = (xs_glyph){g->glyph, (uint32_t)(g->text - u->text), g->text_len,
                                   pen + (angle ? g->shift : 0), g->advance};
    pen += g->width;
  }
  *item = (xs_item){
      .kind = XS_ITEM_GLYPHS, .artifact = c->artifact, .span = u->inl->span, .from = u->inl->from};
  item->u.glyphs.face = &u->face->face;
  item->u.glyphs.size = u->size;
  item->u.glyphs.x = x;
  item->u.glyphs.y = y;
  item->u.glyphs.angle_deg = angle;
  item->u.glyphs.color = u->inl->style.color;
  item->u.glyphs.glyphs = glyphs;
  item->u.glyphs.glyph_count = end - first;
  item->u.glyphs.text = text;
  item->u.glyphs.goes_on = col->out->count > 1;
  return item;
}

/* A face without a vertical form of 、or 。 draws it in the lower left; it belongs in the upper
 * right. ：and ；move to the middle. */
static void move_mark(const xs_unit *u, xs_len *x, xs_len *y)
{
  if (u->class != XS_CHAR_PAUSE && u->class != XS_CHAR_STOP) return;
  if (u->trim_right - u->trim_left < u->size / 4) return;
  bool low = u->codepoint == 0x3001 || u->codepoint == 0x3002 || u->codepoint == 0xff0c;
  *x += low ? u->size / 2 : u->size / 4;
  if (low) *y -= u->size / 2;
}

static xs_status place_upright(column *col, const slot *s)
{
  const xs_unit *u = &col->c->units[s->first];
  xs_len width = s->kind == SLOT_PAIR ? u[0].width + u[1].width : u->advance;
  xs_len x = col->middle - width / 2;
  xs_len y = col->y + xs_em_above(u->size) - xs_len_milli(u->size, u->face->shift_milli);
  if (s->kind == SLOT_UPRIGHT) move_mark(u, &x, &y);
  return push_run(col, s->first, s->end, x, y, 0) ? XS_OK : XS_ENOMEM;
}

/* One run for each stretch of one inline and face. The middle of an em lies 0.38 em above its
 * baseline, which is to the right here. */
static xs_status place_sideways(column *col, const slot *s)
{
  xs_composer *c = col->c;
  xs_len y = col->y;
  for (size_t i = s->first; i < s->end;) {
    const xs_unit *u = &c->units[i];
    size_t end = i;
    xs_len length = 0;
    while (end < s->end && c->units[end].inl == u->inl && c->units[end].face == u->face &&
           c->units[end].size == u->size)
      length += c->units[end++].width;
    xs_len x = col->middle - (xs_em_above(u->size) - u->size / 2);
    if (!push_run(col, i, end, x, y, -90)) return XS_ENOMEM;
    y += length;
    i = end;
  }
  return XS_OK;
}

static xs_status place_slot(column *col, const slot *s)
{
  xs_status st = XS_OK;
  if (col->c->units[s->first].kind == XS_UNIT_BREAK) return XS_OK;
  if (col->y) col->y += s->gap;
  switch (s->kind) {
  case SLOT_UPRIGHT:
  case SLOT_PAIR:
    st = place_upright(col, s);
    break;
  case SLOT_SIDEWAYS:
    st = place_sideways(col, s);
    break;
  }
  col->y += s->advance;
  return st;
}

/* The slots of the column that begins at `first`: as many as have room, back to the last place
 * where a line may end. */
static size_t end_of_column(const xs_composer *c, const slots *list, size_t first, xs_len longest)
{
  int64_t length = 0;
  size_t best = 0, i = first;
  for (; i < list->count; i++) {
    const slot *s = &list->items[i];
    if (c->units[s->first].kind == XS_UNIT_BREAK) return i + 1;
    if (i > first && s->break_before >= XS_BREAK_POOR) best = i;
    length += s->advance + (i > first ? s->gap : 0);
    if (length > longest && i > first) return best ? best : i;
  }
  return i;
}

/* ---- paragraphs ----------------------------------------------------------------------------- */

/* Columns stand from 0 leftwards, at first; xs_upright_set moves them. */
typedef struct setting {
  xs_item_list items;
  xs_len left, height;
} setting;

static xs_status set_paragraph(xs_composer *c, const xs_paragraph *par, xs_span span,
                               xs_len longest, setting *out)
{
  xs_len on_one_line = 0;
  xs_status st = xs_paragraph_width(c, par, &on_one_line); /* leaves its units in c */
  slots list = {0};
  if (!st) st = gather(c, span, &list);
  xs_len em = par->style->text.size;
  xs_len width = par->style->leading > em ? par->style->leading : em;
  for (size_t first = 0; first < list.count && !st;) {
    size_t end = end_of_column(c, &list, first, longest);
    column col = {.c = c, .out = &out->items, .middle = out->left - width / 2};
    for (size_t i = first; i < end && !st; i++) st = place_slot(&col, &list.items[i]);
    if (col.y > out->height) out->height = col.y;
    out->left -= width;
    first = end;
  }
  return st;
}

static xs_status set_paragraphs(xs_composer *c, const xs_blocks *blocks, xs_len longest,
                                setting *out)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < blocks->count && !st; i++) {
    const xs_block *block = &blocks->items[i];
    if (block->kind != XS_BLOCK_PARAGRAPH) {
      xs_diag(c->diags, XS_D_STYLE_INVALID, block->span,
              _("an upright cell holds words and new lines only"));
      return XS_EINPUT;
    }
    st = set_paragraph(c, &block->u.paragraph, block->span, longest, out);
  }
  return st;
}

xs_status xs_upright_width(xs_composer *c, const xs_cell *cell, xs_len *width)
{
  setting set = {0};
  xs_status st = set_paragraphs(c, &cell->blocks, XS_LEN_MAX, &set);
  *width = -set.left;
  return st;
}

xs_status xs_upright_set(xs_composer *c, const xs_blocks *blocks, xs_len measure, xs_len longest,
                         xs_piece *out)
{
  setting set = {0};
  xs_status st = set_paragraphs(c, blocks, longest, &set);
  if (st) return st;
  xs_len dx = (measure - set.left) / 2; /* the columns reach from set.left to 0 */
  if (-set.left > measure && blocks->count) {
    xs_diag(c->diags, XS_D_CELL_OVERFULL, blocks->items[0].span,
            _("the columns of upright text are wider together than their cell"));
    if (blocks->items[0].from.source)
      xs_diag_note(c->diags, blocks->items[0].from, _("it comes from here"));
  }
  for (size_t i = 0; i < set.items.count; i++) xs_item_shift(&set.items.items[i], dx, 0);
  *out = (xs_piece){.height = set.height, .items = set.items.items, .item_count = set.items.count};
  return XS_OK;
}
