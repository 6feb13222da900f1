#include "layout/place.h"

#include "base/text.h"

#include <string.h>

/*
 * Placing.
 *
 * BL-01  Faces of one line share a baseline: each is shifted as fonts.xml says, so that ideographs
 *        of all of them stand in the middle of one em.
 *
 * Neighbouring glyphs of one inline, face and size become one glyph run; each run carries a copy
 * of the characters it shows. An underline is drawn below all neighbouring units that ask for
 * it, gaps included, so that it does not break between runs.
 */

typedef struct placer {
  xs_composer *c;
  xs_item_list *out;
  xs_len pen;
  /* the run being gathered: units [run_first, run_end) of one glyph each */
  const xs_unit *run_first, *run_end;
  xs_len run_x; /* of the first glyph */
  xs_glyph *glyphs;
  size_t glyph_count, glyph_capacity;
  /* the underline being drawn */
  const xs_inline *underlined;
  xs_len underline_start, underline_end;
  xs_status status;
} placer;

static xs_item *push_item(placer *p, xs_item_kind kind, const xs_inline *inl)
{
  xs_item *item = XS_PUSH(p->c->scratch, p->out->items, p->out->count, p->out->capacity);
  if (!item) {
    p->status = XS_ENOMEM;
    return NULL;
  }
  *item = (xs_item){.kind = kind, .artifact = p->c->artifact, .span = inl->span, .from = inl->from};
  return item;
}

static xs_len y_of(const xs_unit *u)
{
  return -(u->inl->style.rise + u->rise + xs_len_milli(u->inl->style.size, u->face->shift_milli));
}

/* The characters of the run, copied; they stand one behind the other in the source. */
static xs_text copy_text(placer *p)
{
  const xs_unit *last = p->run_end - 1;
  size_t len = (size_t)(last->text + last->text_len - p->run_first->text);
  return xs_arena_text(p->c->a, (xs_text){p->run_first->text, len});
}

static void end_run(placer *p)
{
  if (!p->glyph_count || p->status) return;
  const xs_unit *u = p->run_first;
  xs_glyph *glyphs = XS_NEW_ARRAY(p->c->a, p->glyph_count, xs_glyph);
  xs_text text = copy_text(p);
  xs_item *item = push_item(p, XS_ITEM_GLYPHS, u->inl);
  if (!glyphs || !text.ptr || !item) {
    p->status = XS_ENOMEM;
    return;
  }
  memcpy(glyphs, p->glyphs, p->glyph_count * sizeof *glyphs);
  item->u.glyphs.face = &u->face->face;
  item->u.glyphs.size = u->size;
  item->u.glyphs.x = p->run_x;
  item->u.glyphs.y = y_of(u);
  item->u.glyphs.color = u->inl->style.color;
  item->u.glyphs.glyphs = glyphs;
  item->u.glyphs.glyph_count = p->glyph_count;
  item->u.glyphs.text = text;
  p->glyph_count = 0;
}

static void draw_underline(placer *p, const xs_inline *inl, xs_len from, xs_len to)
{
  xs_item *item = push_item(p, XS_ITEM_LINE, inl);
  if (!item) return;
  xs_len size = inl->style.size, y = xs_len_milli(size, 170) - inl->style.rise;
  item->artifact = true;
  item->u.line.x1 = from;
  item->u.line.x2 = to;
  item->u.line.y1 = item->u.line.y2 = y;
  item->u.line.width = size / 24;
  item->u.line.color = inl->style.color;
}

static void end_underline(placer *p)
{
  if (p->underlined && !p->status)
    draw_underline(p, p->underlined, p->underline_start, p->underline_end);
  p->underlined = NULL;
}

/* `from` and `to` are the edges of a unit, the gap before it included. */
static void underline_unit(placer *p, const xs_unit *u, xs_len from, xs_len to)
{
  const xs_char_style *style = &u->inl->style;
  if (!style->underline) {
    end_underline(p);
    return;
  }
  if (p->underlined &&
      (p->underlined->style.size != style->size || p->underlined->style.color != style->color ||
       p->underlined->style.rise != style->rise))
    end_underline(p);
  if (!p->underlined) {
    p->underlined = u->inl;
    p->underline_start = from;
  }
  p->underline_end = to;
}

static bool joins_run(const placer *p, const xs_unit *u)
{
  if (!p->glyph_count) return false;
  const xs_unit *first = p->run_first, *last = p->run_end - 1;
  return p->run_end == u && u->inl == first->inl && u->face == first->face &&
         u->size == first->size && y_of(u) == y_of(first) && u->text == last->text + last->text_len;
}

static void place_glyph(placer *p, const xs_unit *u, xs_len x)
{
  if (!joins_run(p, u)) {
    end_run(p);
    p->run_first = u;
    p->run_x = x;
  }
  xs_glyph *g = XS_PUSH(p->c->scratch, p->glyphs, p->glyph_count, p->glyph_capacity);
  if (!g) {
    p->status = XS_ENOMEM;
    return;
  }
  p->run_end = u + 1;
  *g = (xs_glyph){.id = u->glyph,
                  .text_off = (uint32_t)(u->text - p->run_first->text),
                  .text_len = u->text_len,
                  .x = x - p->run_x,
                  .advance = u->advance};
}

static void place_picture(placer *p, const xs_unit *u)
{
  const xs_inline *inl = u->inl;
  xs_item *item = push_item(p, XS_ITEM_PICTURE, inl);
  if (!item) return;
  xs_len em = inl->style.size, w = inl->u.picture.width, h = inl->u.picture.height;
  item->u.picture.picture = inl->u.picture.picture;
  item->u.picture.width = w;
  item->u.picture.height = h;
  if (u->kind == XS_UNIT_SEAL) {
    item->u.picture.x = p->pen - w / 2 + inl->u.picture.dx;
    item->u.picture.y = -(xs_em_above(em) - em / 2) - h / 2 + inl->u.picture.dy;
  } else {
    item->u.picture.x = p->pen;
    item->u.picture.y = em - xs_em_above(em) - h;
  }
}

static void place_box(placer *p, const xs_unit *u)
{
  xs_composer *c = p->c;
  size_t first = u->inner_first, end = first + u->inner_count;
  if (u->inl->u.box.underline) draw_underline(p, u->inl, p->pen, p->pen + u->width);
  if (!u->inner_count || p->status) return;
  xs_room *rooms = XS_NEW_ARRAY(c->scratch, u->inner_count, xs_room);
  if (!rooms) {
    p->status = XS_ENOMEM;
    return;
  }
  xs_len start = 0;
  xs_line_justify(c, first, end, 0, u->width, u->inl->u.box.align, true, rooms, &start);
  p->status = xs_units_place(c, first, end, rooms, p->pen + start, p->out);
}

/* A leader: as many whole characters as fit, standing against the right end. */
static void place_leader(placer *p, const xs_unit *u, xs_len width)
{
  if (!u->inner_count) return;
  const xs_unit *dot = &p->c->units[u->inner_first];
  size_t count = dot->width > 0 ? (size_t)(width / dot->width) : 0;
  if (!count) return;
  char *text = XS_NEW_ARRAY(p->c->a, count * dot->text_len + 1, char);
  xs_glyph *glyphs = XS_NEW_ARRAY(p->c->a, count, xs_glyph);
  xs_item *item = push_item(p, XS_ITEM_GLYPHS, u->inl);
  if (!text || !glyphs || !item) {
    p->status = XS_ENOMEM;
    return;
  }
  for (size_t i = 0; i < count; i++) {
    memcpy(text + i * dot->text_len, dot->text, dot->text_len);
    glyphs[i] = (xs_glyph){dot->glyph, (uint32_t)(i * dot->text_len), dot->text_len,
                           (xs_len)i * dot->width, dot->advance};
  }
  item->artifact = true;
  item->u.glyphs.face = &dot->face->face;
  item->u.glyphs.size = dot->size;
  item->u.glyphs.x = p->pen + width - (xs_len)count * dot->width + dot->shift;
  item->u.glyphs.y = y_of(dot);
  item->u.glyphs.color = u->inl->style.color;
  item->u.glyphs.glyphs = glyphs;
  item->u.glyphs.glyph_count = count;
  item->u.glyphs.text = (xs_text){text, count * dot->text_len};
}

static void place_unit(placer *p, const xs_unit *u, const xs_room *room)
{
  xs_len edge = p->pen;
  p->pen += room->before;
  xs_len width = u->width + room->extra - room->cut_left - room->cut_right;
  if (u->kind != XS_UNIT_GLYPH && u->kind != XS_UNIT_FURTHER) end_run(p);
  switch ((xs_unit_kind)u->kind) {
  case XS_UNIT_GLYPH:
  case XS_UNIT_FURTHER:
    place_glyph(p, u, p->pen + u->shift - room->cut_left);
    underline_unit(p, u, p->underlined ? edge : p->pen, p->pen + width);
    break;
  case XS_UNIT_BOX:
    place_box(p, u);
    break;
  case XS_UNIT_PICTURE:
  case XS_UNIT_SEAL:
    place_picture(p, u);
    break;
  case XS_UNIT_FILL:
    place_leader(p, u, width);
    break;
  case XS_UNIT_BREAK:
    break;
  }
  p->pen += width;
}

/* The hyphen of a line that parts a word (LB-14). A soft hyphen of the source becomes its text and
 * no longer belongs to the letter before it. */
static const xs_unit *hyphen_at(xs_composer *c, size_t first, size_t end)
{
  if (end <= first || !xs_line_hyphen(c, end)) return NULL;
  xs_unit *last = &c->units[end - 1];
  if (c->units[end].soft && last->text_len > 2) last->text_len -= 2;
  return &c->units[c->units[end].hyphen];
}

xs_status xs_units_place(xs_composer *c, size_t first, size_t end, const xs_room *rooms,
                         xs_len start, xs_item_list *out)
{
  placer p = {.c = c, .out = out, .pen = start};
  const xs_unit *hyphen = hyphen_at(c, first, end);
  for (size_t i = first; i < end && !p.status; i++) place_unit(&p, &c->units[i], &rooms[i - first]);
  if (hyphen && !p.status) place_unit(&p, hyphen, &(xs_room){0});
  end_run(&p);
  end_underline(&p);
  return p.status;
}

xs_status xs_text_place(xs_composer *c, const xs_char_style *style, xs_text text, xs_span span,
                        xs_align align, xs_len x, xs_len y, const xs_item **items,
                        size_t *item_count)
{
  xs_inline *inl = XS_NEW(c->scratch, xs_inline);
  if (!inl) return XS_ENOMEM;
  *inl = (xs_inline){.kind = XS_INLINE_TEXT, .style = *style, .span = span};
  inl->u.text.text = text;
  xs_composer_style(c, NULL, 0);
  xs_status st = xs_units_collect(c, inl, 1);
  if (!st) st = xs_units_adjust(c);
  if (st) return st;
  size_t count = c->line_unit_count;
  xs_room *rooms = XS_NEW_ARRAY(c->scratch, count ? count : 1, xs_room);
  if (!rooms) return XS_ENOMEM;
  xs_len start = 0, width = xs_units_natural(c, 0, count);
  if (width == XS_LEN_MAX) return xs_line_refuse(c, span);
  xs_line_justify(c, 0, count, 0, width, XS_ALIGN_LEFT, true, rooms, &start);
  if (align == XS_ALIGN_CENTER) x -= width / 2;
  if (align == XS_ALIGN_RIGHT) x -= width;
  xs_item_list list = {0};
  st = xs_units_place(c, 0, count, rooms, x, &list);
  for (size_t i = 0; i < list.count; i++) xs_item_shift(&list.items[i], 0, y);
  *items = list.items;
  *item_count = list.count;
  return st;
}

void xs_item_shift(xs_item *item, xs_len dx, xs_len dy)
{
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    item->u.glyphs.x += dx;
    item->u.glyphs.y += dy;
    break;
  case XS_ITEM_LINE:
    item->u.line.x1 += dx;
    item->u.line.x2 += dx;
    item->u.line.y1 += dy;
    item->u.line.y2 += dy;
    break;
  case XS_ITEM_RECT:
    item->u.rect.x += dx;
    item->u.rect.y += dy;
    break;
  case XS_ITEM_PICTURE:
    item->u.picture.x += dx;
    item->u.picture.y += dy;
    break;
  case XS_ITEM_PATH:
    item->u.path.x += dx;
    item->u.path.y += dy;
    break;
  }
}

xs_status xs_item_list_reserve(xs_composer *c, xs_item_list *list, size_t more)
{
  if (list->count + more <= list->capacity) return XS_OK;
  size_t capacity =
      list->capacity * 2 > list->count + more ? list->capacity * 2 : list->count + more;
  xs_item *items = XS_NEW_ARRAY(c->scratch, capacity, xs_item);
  if (!items) return XS_ENOMEM;
  if (list->count) memcpy(items, list->items, list->count * sizeof *items);
  list->items = items;
  list->capacity = capacity;
  return XS_OK;
}
