#include "base/limits.h"
#include "base/text.h"
#include "layout/unit.h"

#include <hb.h>
#include <string.h>
#include <unicode/ubrk.h>

/*
 * Collecting units.
 *
 * Ideographs and digits are one character, one glyph, and skip the shaper: nine tenths of our
 * text. Chinese marks come from the table of the face, which has shaped each of them once (face.c).
 * What is left, words of an alphabet, goes through HarfBuzz in runs of one face, without
 * ligatures, so that each character can be found again under the page.
 */

xs_status xs_composer_open(xs_composer *c, xs_arena *a, xs_fontset *fonts, xs_diags *diags)
{
  *c = (xs_composer){.a = a, .fonts = fonts, .diags = diags};
  c->scratch = xs_arena_new(xs_arena_host(a));
  return c->scratch ? XS_OK : XS_ENOMEM;
}

void xs_composer_style(xs_composer *c, const xs_para_style *style, xs_len measure)
{
  c->kinsoku = style ? style->kinsoku : XS_KINSOKU_BASIC;
  c->marks = style ? style->marks : XS_MARKS_SQUEEZE;
  c->hyphenate = style && style->hyphenate;
  bool grid = style && style->grid && style->left >= 0 && style->right >= 0 &&
              style->left + style->first_indent >= 0 &&
              (style->align == XS_ALIGN_JUSTIFY || style->align == XS_ALIGN_LEFT);
  c->grid_width = measure;
  c->grid_em = grid ? style->text.size : 0;
  c->cell_count = c->grid_em > 0 && measure > 0 ? (uint32_t)(measure / c->grid_em) : 0;
}

void xs_composer_close(xs_composer *c)
{
  hb_buffer_destroy(c->buffer);
  if (c->breaks) ubrk_close(c->breaks);
  if (c->words) ubrk_close(c->words);
  xs_arena_free(c->scratch);
}

/* A character of an inline, and what stands around it. */
typedef struct reader {
  xs_composer *c;
  const xs_inline *inl;
  xs_text text;
  size_t off;
  bool glue_next, loosen_next, soft_next;
  xs_status status;
} reader;

static xs_len scaled(int32_t font_units, xs_len size, const xs_typeface *t)
{
  int64_t product = (int64_t)font_units * size;
  int64_t half = (int64_t)t->face.upem / 2;
  return (xs_len)((product + (product < 0 ? -half : half)) / (int64_t)t->face.upem);
}

/* The room a glyph takes; tracking may draw glyphs together, never back past one another. */
static xs_len tracked(const xs_inline *inl, xs_len advance)
{
  xs_len width = advance + inl->style.tracking;
  return width > 0 ? width : 0;
}

static xs_unit *push_unit(reader *r, xs_unit_kind kind)
{
  xs_composer *c = r->c;
  xs_unit *u = XS_PUSH(c->scratch, c->units, c->unit_count, c->unit_capacity);
  if (!u) {
    r->status = XS_ENOMEM;
    return NULL;
  }
  *u = (xs_unit){.inl = r->inl,
                 .kind = (uint8_t)kind,
                 .class = XS_CHAR_HAN,
                 .size = r->inl->style.size,
                 .glued = r->glue_next,
                 .loosened = r->loosen_next,
                 .soft = r->soft_next};
  r->glue_next = r->loosen_next = r->soft_next = false;
  return u;
}

/* A wide character takes the room of its role's size, whatever the scale of its face; the glyph
 * stands in the middle of it (BL-02). */
static void keep_room(xs_unit *u, xs_len room, xs_len scaled_room)
{
  u->width = tracked(u->inl, room);
  u->shift += (room - scaled_room) / 2;
}

static xs_unit *push_glyph(reader *r, size_t off, size_t len, uint32_t codepoint,
                           xs_char_class class, xs_typeface *face, uint32_t glyph, int32_t advance)
{
  xs_unit *u = push_unit(r, XS_UNIT_GLYPH);
  if (!u) return NULL;
  u->text = r->text.ptr + off;
  u->text_len = (uint32_t)len;
  u->codepoint = codepoint;
  u->class = (uint8_t) class;
  u->face = face;
  u->glyph = glyph;
  if (face->scale_milli != 1000) u->size = xs_len_milli(u->size, face->scale_milli);
  u->advance = scaled(advance, u->size, face);
  u->width = tracked(r->inl, u->advance);
  return u;
}

static void report_missing(reader *r, size_t off, size_t len, uint32_t codepoint)
{
  xs_composer *c = r->c;
  for (size_t i = 0; i < c->missing_count; i++)
    if (c->missing[i] == codepoint) return;
  uint32_t *slot = XS_PUSH(c->scratch, c->missing, c->missing_count, c->missing_capacity);
  if (!slot) {
    r->status = XS_ENOMEM;
    return;
  }
  *slot = codepoint;
  xs_text character = {r->text.ptr + off, len};
  xs_diag(c->diags, XS_D_GLYPH_MISSING, r->inl->span,
          _("no face has the character “%.*s” (U+%04X)"), XS_TEXT(character), (unsigned)codepoint);
  if (r->inl->from.source) xs_diag_note(c->diags, r->inl->from, _("it comes from here"));
}

/* ---- one character, one glyph -------------------------------------------------------------- */

static void place_mark(xs_unit *u, const xs_mark_shape *shape)
{
  xs_len room = scaled(shape->width, u->inl->style.size, u->face);
  xs_len scaled_room = scaled(shape->width, u->size, u->face);
  u->glyph = shape->glyph;
  u->advance = scaled(shape->advance, u->size, u->face);
  u->shift = scaled(shape->shift, u->size, u->face);
  keep_room(u, room, scaled_room);
  u->trim_left = scaled(shape->blank_left, u->size, u->face) + (room - scaled_room) / 2;
  u->trim_right = scaled(shape->blank_right, u->size, u->face) + (room - scaled_room) / 2;
}

/* “——” as one unit where the face has a sign for it. */
static bool push_dash_pair(reader *r, size_t off, const xs_glyph_found *found)
{
  size_t next = r->off;
  if (next >= r->text.len || xs_text_next(r->text, &next) != 0x2014) return false;
  const xs_mark_shape *pair = xs_typeface_dash_pair(found->face);
  if (!pair) return false;
  r->off = next;
  xs_unit *u = push_glyph(r, off, next - off, 0x2014, XS_CHAR_DASH, found->face, pair->glyph, 0);
  if (u) place_mark(u, pair);
  return true;
}

static void push_single(reader *r, size_t off, uint32_t codepoint, xs_char_class class,
                        bool western)
{
  xs_glyph_found found;
  if (!xs_fontset_find(r->c->fonts, r->inl->style.role, western, codepoint, &found)) {
    report_missing(r, off, r->off - off, codepoint);
    return;
  }
  if (codepoint == 0x2014 && !western && push_dash_pair(r, off, &found)) return;
  xs_unit *u =
      push_glyph(r, off, r->off - off, codepoint, class, found.face, found.glyph, found.advance);
  if (!u) return;
  u->western = western;
  if (western) return;
  if (xs_kinsoku_mark(codepoint) != XS_KINSOKU_NO_MARK)
    place_mark(u, xs_typeface_mark(found.face, codepoint));
  else if (u->size != r->inl->style.size)
    keep_room(u, scaled(found.advance, r->inl->style.size, found.face), u->advance);
}

/* ---- what joins or follows a character ------------------------------------------------------ */

static bool is_selector(uint32_t codepoint)
{
  return (codepoint >= 0xfe00 && codepoint <= 0xfe0f) ||
         (codepoint >= 0xe0100 && codepoint <= 0xe01ef);
}

/* An invisible character joins the text of the unit before it, if that stands right before. */
static void take_invisible(reader *r, size_t off, uint32_t codepoint)
{
  xs_composer *c = r->c;
  xs_unit *last = c->unit_count ? &c->units[c->unit_count - 1] : NULL;
  if (last && last->text && last->text + last->text_len == r->text.ptr + off) {
    last->text_len += (uint32_t)(r->off - off);
    xs_glyph_found found;
    if (is_selector(codepoint) && last->kind == XS_UNIT_GLYPH &&
        xs_fontset_find_variant(c->fonts, r->inl->style.role, last->codepoint, codepoint, &found)) {
      last->face = found.face;
      last->glyph = found.glyph;
    }
  }
  if (codepoint == 0x200b) r->loosen_next = true;
  if (codepoint == 0xad) r->soft_next = true;
  if (codepoint == 0x2060 || codepoint == 0xfeff) r->glue_next = true;
}

/* ---- words of an alphabet ------------------------------------------------------------------- */

static bool prepare_buffer(xs_composer *c)
{
  if (!c->buffer)
    c->buffer = hb_buffer_create();
  else
    hb_buffer_clear_contents(c->buffer);
  hb_buffer_set_cluster_level(c->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
  return hb_buffer_allocation_successful(c->buffer);
}

static void push_shaped(reader *r, size_t start, size_t end, xs_typeface *face)
{
  static const hb_feature_t features[] = {
      {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('p', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
  xs_composer *c = r->c;
  if (!prepare_buffer(c)) {
    r->status = XS_ENOMEM;
    return;
  }
  hb_buffer_add_utf8(c->buffer, r->text.ptr, (int)r->text.len, (unsigned)start, (int)(end - start));
  hb_buffer_set_direction(c->buffer, HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties(c->buffer);
  hb_buffer_set_direction(c->buffer, HB_DIRECTION_LTR);
  hb_shape(face->font, c->buffer, features, XS_COUNT(features));
  unsigned count = 0;
  const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(c->buffer, &count);
  const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(c->buffer, &count);
  for (unsigned i = 0; i < count && !r->status; i++) {
    size_t off = glyphs[i].cluster, next = end;
    for (unsigned k = i + 1; k < count && next == end; k++)
      if (glyphs[k].cluster != off) next = glyphs[k].cluster;
    bool further = i && glyphs[i - 1].cluster == off;
    size_t at = off;
    uint32_t codepoint = xs_text_next(r->text, &at);
    xs_unit *u =
        push_glyph(r, off, further ? 0 : next - off, codepoint, xs_kinsoku_class(codepoint), face,
                   glyphs[i].codepoint, places[i].x_advance);
    if (!u) return;
    if (u->class == XS_CHAR_CLOSE) u->class = XS_CHAR_LETTER; /* an apostrophe */
    u->western = true;
    u->shift = scaled(places[i].x_offset, u->size, face);
    u->rise = scaled(places[i].y_offset, u->size, face);
    if (further) u->kind = XS_UNIT_FURTHER;
  }
}

static bool is_letter_at(xs_text text, size_t off)
{
  return off < text.len && xs_kinsoku_class(xs_text_next(text, &off)) == XS_CHAR_LETTER;
}

/* Whether the character before `next` goes on with a word of this face: a letter, a mark that
 * sits on one, or an apostrophe between two. */
static bool continues_word(reader *r, const xs_typeface *face, uint32_t codepoint, size_t next)
{
  xs_char_class class = xs_kinsoku_class(codepoint);
  if (class == XS_CHAR_COMBINING) return xs_typeface_glyph(face, codepoint) != 0;
  if (class != XS_CHAR_LETTER && !(codepoint == 0x2019 && is_letter_at(r->text, next)))
    return false;
  xs_glyph_found found;
  return xs_fontset_find(r->c->fonts, r->inl->style.role, true, codepoint, &found) &&
         found.face == face;
}

/* A run of one face, beginning with the character at `off`. */
static void take_word(reader *r, size_t off, uint32_t codepoint)
{
  xs_glyph_found found;
  if (!xs_fontset_find(r->c->fonts, r->inl->style.role, true, codepoint, &found)) {
    report_missing(r, off, r->off - off, codepoint);
    return;
  }
  for (size_t next = r->off; r->off < r->text.len; r->off = next) {
    uint32_t c = xs_text_next(r->text, &next);
    if (!continues_word(r, found.face, c, next)) break;
  }
  push_shaped(r, off, r->off, found.face);
}

/* ---- the hyphen at a line end --------------------------------------------------------------- */

xs_status xs_unit_push_hyphen(xs_composer *c, size_t i, uint32_t *place)
{
  static const char soft_hyphen[] = "\xc2\xad";
  const xs_inline *inl = c->units[i].inl;
  reader r = {.c = c, .inl = inl, .text = {soft_hyphen, sizeof soft_hyphen - 1}};
  xs_glyph_found found;
  *place = 0;
  if (!xs_fontset_find(c->fonts, inl->style.role, true, '-', &found)) return XS_OK;
  xs_unit *u =
      push_glyph(&r, 0, r.text.len, '-', XS_CHAR_CONNECTOR, found.face, found.glyph, found.advance);
  if (!u) return r.status;
  u->western = true;
  *place = (uint32_t)(c->unit_count - 1);
  return XS_OK;
}

/* ---- inlines -------------------------------------------------------------------------------- */

static void take_character(reader *r)
{
  size_t off = r->off;
  uint32_t codepoint = xs_text_next(r->text, &r->off);
  xs_char_class class = xs_kinsoku_class(codepoint);
  if (class == XS_CHAR_INVISIBLE) {
    take_invisible(r, off, codepoint);
    return;
  }
  if (class == XS_CHAR_LETTER || class == XS_CHAR_COMBINING) {
    take_word(r, off, codepoint);
    return;
  }
  bool western = !xs_kinsoku_is_wide(codepoint, class) ||
                 (r->inl->style.role == XS_ROLE_WESTERN && codepoint < 0x3000);
  if (western && xs_kinsoku_is_wide(codepoint, class)) class = XS_CHAR_OTHER;
  if (codepoint == 0xa0) r->glue_next = true;
  push_single(r, off, codepoint, class, western);
  if (codepoint == 0xa0) r->glue_next = true;
}

static void collect_text(reader *r, xs_text text)
{
  r->text = text;
  r->off = 0;
  while (r->off < text.len && !r->status) take_character(r);
}

static void collect_number(reader *r, uint32_t number)
{
  r->c->asked_for_pages = true;
  xs_text text = xs_arena_printf(r->c->a, "%u", (unsigned)number);
  if (!text.ptr)
    r->status = XS_ENOMEM;
  else
    collect_text(r, text);
}

static void collect_picture(reader *r)
{
  bool over = r->inl->u.picture.place == XS_PICTURE_OVER;
  xs_unit *u = push_unit(r, over ? XS_UNIT_SEAL : XS_UNIT_PICTURE);
  if (u && !over) u->width = r->inl->u.picture.width;
}

bool xs_style_check(xs_composer *c, const xs_char_style *style, xs_span at)
{
  const char *message = NULL;
  if (style->size < XS_PT(XS_MIN_SIZE_PT) || style->size > XS_PT(XS_MAX_SIZE_PT))
    message = _("a character must be from 1 pt to 2000 pt high");
  else if (style->tracking < -style->size / 2)
    message = _("the tracking must be at least -0.5em, or characters would lie on one another");
  if (message) xs_diag(c->diags, XS_D_STYLE_INVALID, at, "%s", message);
  return !message;
}

static void collect_inline(reader *r)
{
  xs_unit *u = NULL;
  if (!xs_style_check(r->c, &r->inl->style, r->inl->span)) {
    r->status = XS_EINPUT;
    return;
  }
  switch (r->inl->kind) {
  case XS_INLINE_TEXT:
    collect_text(r, r->inl->u.text.text);
    break;
  case XS_INLINE_BOX:
    u = push_unit(r, XS_UNIT_BOX);
    if (u) u->width = r->inl->u.box.width;
    break;
  case XS_INLINE_PICTURE:
    collect_picture(r);
    break;
  case XS_INLINE_BREAK:
    push_unit(r, XS_UNIT_BREAK);
    break;
  case XS_INLINE_FILL:
    push_unit(r, XS_UNIT_FILL);
    break;
  case XS_INLINE_PAGE_NUMBER:
    collect_number(r, r->c->page_number);
    break;
  case XS_INLINE_PAGE_COUNT:
    collect_number(r, r->c->page_count);
    break;
  }
}

/* The text of boxes, and the leaders of fills, stand behind the units of the line. */
static void collect_inner(reader *r, size_t box)
{
  xs_composer *c = r->c;
  xs_unit *u = &c->units[box];
  r->inl = u->inl;
  size_t first = c->unit_count;
  if (u->kind == XS_UNIT_BOX) {
    collect_text(r, u->inl->u.box.text);
  } else if (u->inl->u.fill.leader) {
    char bytes[4];
    size_t len = xs_text_encode(u->inl->u.fill.leader, bytes);
    xs_text leader = xs_arena_text(c->a, (xs_text){bytes, len});
    if (!leader.ptr)
      r->status = XS_ENOMEM;
    else
      collect_text(r, leader);
  }
  u = &c->units[box];
  u->inner_first = (uint32_t)first;
  u->inner_count = (uint32_t)(c->unit_count - first);
}

xs_status xs_units_collect(xs_composer *c, const xs_inline *inlines, size_t count)
{
  c->unit_count = 0;
  reader r = {.c = c};
  for (size_t i = 0; i < count && !r.status; i++) {
    r.inl = &inlines[i];
    collect_inline(&r);
  }
  c->line_unit_count = c->unit_count;
  for (size_t i = 0; i < c->line_unit_count && !r.status; i++)
    if (c->units[i].kind == XS_UNIT_BOX || c->units[i].kind == XS_UNIT_FILL) collect_inner(&r, i);
  return r.status;
}
