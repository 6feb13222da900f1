#include "layout/face.h"

#include "base/diag.h"
#include "base/text.h"

#include <hb-ot.h>
#include <hb.h>
#include <string.h>

static xs_text postscript_name(xs_arena *a, hb_face_t *face)
{
  char name[128];
  unsigned len = sizeof name;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &len, name);
  size_t kept = 0; /* what a PDF name may hold without escapes */
  for (size_t i = 0; i < len; i++)
    if (name[i] > ' ' && name[i] <= '~' && !strchr("()<>[]{}/%#", name[i])) name[kept++] = name[i];
  return kept ? xs_arena_text(a, (xs_text){name, kept}) : XS_LIT("Unnamed");
}

static int16_t read_i16(const char *bytes)
{
  return (int16_t)(((unsigned char)bytes[0] << 8) | (unsigned char)bytes[1]);
}

/* The box of all glyphs, from the head table. */
static void read_box(hb_face_t *hb, xs_face *face)
{
  hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
  unsigned len = 0;
  const char *head = hb_blob_get_data(blob, &len);
  if (len >= 44) {
    face->x_min = read_i16(head + 36);
    face->y_min = read_i16(head + 38);
    face->x_max = read_i16(head + 40);
    face->y_max = read_i16(head + 42);
  }
  hb_blob_destroy(blob);
}

static bool has_table(hb_face_t *hb, hb_tag_t tag)
{
  hb_blob_t *blob = hb_face_reference_table(hb, tag);
  bool found = hb_blob_get_length(blob) > 0;
  hb_blob_destroy(blob);
  return found;
}

static uint32_t read_u32(const unsigned char *bytes)
{
  return ((uint32_t)bytes[0] << 24) | ((uint32_t)bytes[1] << 16) | ((uint32_t)bytes[2] << 8) |
         bytes[3];
}

static bool is_collection(const unsigned char *file)
{
  return !memcmp(file, "ttcf", 4);
}

/* The faces of a file; 0 when it does not begin like a font. */
static uint32_t face_count(const unsigned char *file, size_t len)
{
  static const char kinds[][5] = {"OTTO", "true", {0, 1, 0, 0, 0}};
  if (len < 12) return 0;
  if (is_collection(file)) return read_u32(file + 8);
  for (size_t i = 0; i < XS_COUNT(kinds); i++)
    if (!memcmp(file, kinds[i], 4)) return 1;
  return 0;
}

/* True when all tables of the face lie within the file. HarfBuzz takes what is there of a table,
 * and a file that was cut off would be set with glyphs that are not drawn. */
static bool is_whole(const unsigned char *file, size_t len, uint32_t index)
{
  size_t at = 0;
  if (is_collection(file)) {
    if ((len - 12) / 4 <= index) return false;
    at = read_u32(file + 12 + (size_t)index * 4);
  }
  if (at > len || len - at < 12) return false;
  size_t count = ((size_t)file[at + 4] << 8) | file[at + 5];
  if ((len - at - 12) / 16 < count) return false;
  for (const unsigned char *table = file + at + 12; count-- > 0; table += 16) {
    uint32_t off = read_u32(table + 8), table_len = read_u32(table + 12);
    if (off > len || table_len > len - off) return false;
  }
  return true;
}

static void read_metrics(xs_typeface *t)
{
  hb_font_extents_t extents = {0};
  hb_font_get_h_extents(t->font, &extents);
  t->face.ascent = extents.ascender;
  t->face.descent = extents.descender;
  hb_position_t cap = 0;
  hb_ot_metrics_get_position(t->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap);
  t->face.cap_height = cap > 0 ? cap : (int32_t)(t->face.upem * 7 / 10);
}

/* Outlines of a TrueType face: `loca` says where each begins, one after another. */
static bool is_loca_in_order(hb_face_t *hb)
{
  hb_blob_t *head = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
  hb_blob_t *loca = hb_face_reference_table(hb, HB_TAG('l', 'o', 'c', 'a'));
  hb_blob_t *glyf = hb_face_reference_table(hb, HB_TAG('g', 'l', 'y', 'f'));
  unsigned head_len = 0, len = 0;
  const unsigned char *h = (const unsigned char *)hb_blob_get_data(head, &head_len);
  const unsigned char *p = (const unsigned char *)hb_blob_get_data(loca, &len);
  size_t width = head_len >= 52 && h[51] ? 4 : 2;
  size_t count = (size_t)hb_face_get_glyph_count(hb) + 1;
  bool ok = head_len >= 52 && len / width >= count;
  uint32_t last = 0;
  for (size_t i = 0; i < count && ok; i++, p += width) {
    uint32_t at = width == 4 ? read_u32(p) : 2 * (uint32_t)(p[0] << 8 | p[1]);
    ok = at >= last;
    last = at;
  }
  ok = ok && last <= hb_blob_get_length(glyf);
  hb_blob_destroy(glyf);
  hb_blob_destroy(loca);
  hb_blob_destroy(head);
  return ok;
}

/* The units of an em as the file states them; HarfBuzz takes 1000 where that is impossible. */
static bool is_em_possible(hb_face_t *hb)
{
  hb_blob_t *head = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
  unsigned len = 0;
  const unsigned char *p = (const unsigned char *)hb_blob_get_data(head, &len);
  unsigned upem = len >= 54 ? (unsigned)(p[18] << 8 | p[19]) : 0;
  hb_blob_destroy(head);
  return upem >= 16 && upem <= 16384;
}

/* What is wrong with a face whose tables lie within its file; NULL when it is sound. */
static const char *fault_of(hb_face_t *hb)
{
  static const hb_tag_t needed[] = {HB_TAG('c', 'm', 'a', 'p'), HB_TAG('h', 'h', 'e', 'a'),
                                    HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p')};
  bool is_cff = has_table(hb, HB_TAG('C', 'F', 'F', ' '));
  for (size_t i = 0; i < XS_COUNT(needed); i++)
    if (!has_table(hb, needed[i])) return N_("it lacks a table that every font has");
  if (!is_cff && !has_table(hb, HB_TAG('g', 'l', 'y', 'f'))) return N_("it has no outlines");
  if (!hb_face_get_glyph_count(hb)) return N_("it has no glyphs");
  if (!is_em_possible(hb)) return N_("its em has an impossible number of units");
  if (!is_cff && !is_loca_in_order(hb)) return N_("its outlines are out of order");
  return NULL;
}

xs_status xs_typeface_open(xs_arena *a, xs_typeface *t, const void *bytes, size_t len,
                           const char **fault)
{
  *fault = N_("it is no font, or was cut off");
  if (len > UINT32_MAX) return XS_EINPUT;
  uint32_t count = face_count(bytes, len);
  if (count && t->face.index >= count) *fault = N_("it has no face of this index");
  if (t->face.index >= count || !is_whole(bytes, len, t->face.index)) return XS_EINPUT;
  hb_blob_t *blob =
      hb_blob_create_or_fail(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);
  if (!blob) return XS_ENOMEM;
  hb_face_t *hb = hb_face_create(blob, t->face.index);
  hb_blob_destroy(blob);
  *fault = fault_of(hb);
  hb_font_t *font = *fault ? NULL : hb_font_create(hb);
  if (!font || font == hb_font_get_empty()) {
    hb_face_destroy(hb);
    return *fault ? XS_EINPUT : XS_ENOMEM;
  }
  hb_face_make_immutable(hb);
  hb_font_make_immutable(font);
  t->face.hb = hb;
  t->face.is_cff = has_table(hb, HB_TAG('C', 'F', 'F', ' '));
  t->face.upem = hb_face_get_upem(hb);
  t->face.name = postscript_name(a, hb);
  t->font = font;
  read_metrics(t);
  read_box(hb, &t->face);
  if (t->face.name.ptr) return XS_OK;
  xs_typeface_close(t);
  return XS_ENOMEM;
}

void xs_typeface_close(xs_typeface *t)
{
  hb_font_destroy(t->font);
  hb_face_destroy(t->face.hb);
  t->font = NULL;
  t->face.hb = NULL;
}

xs_glyph_state xs_typeface_look(const xs_typeface *t, uint32_t glyph)
{
  hb_glyph_extents_t ink = {0};
  if (glyph >= hb_face_get_glyph_count(t->face.hb) ||
      !hb_font_get_glyph_extents(t->font, glyph, &ink))
    return XS_GLYPH_BROKEN;
  return ink.width || ink.height ? XS_GLYPH_INK : XS_GLYPH_EMPTY;
}

uint32_t xs_typeface_glyph(const xs_typeface *t, uint32_t codepoint)
{
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(t->font, codepoint, &glyph) ? glyph : 0;
}

uint32_t xs_typeface_variant(const xs_typeface *t, uint32_t codepoint, uint32_t selector)
{
  hb_codepoint_t glyph = 0;
  return hb_font_get_variation_glyph(t->font, codepoint, selector, &glyph) ? glyph : 0;
}

int32_t xs_typeface_advance(const xs_typeface *t, uint32_t glyph)
{
  return hb_font_get_glyph_h_advance(t->font, glyph);
}

bool xs_typeface_skips(const xs_typeface *t, uint32_t codepoint)
{
  for (size_t i = 0; i < t->skipped_count; i++)
    if (t->skipped[i] == codepoint) return true;
  return false;
}

/* Shapes a few characters as Chinese text, full width where the face can; the glyph if it is
 * one, else 0. */
static uint32_t shape_one(const xs_typeface *t, const uint32_t *codepoints, int count,
                          hb_direction_t direction)
{
  hb_buffer_t *buffer = hb_buffer_create();
  hb_feature_t full_width = {HB_TAG('f', 'w', 'i', 'd'), 1, HB_FEATURE_GLOBAL_START,
                             HB_FEATURE_GLOBAL_END};
  hb_buffer_add_codepoints(buffer, codepoints, count, 0, count);
  hb_buffer_set_direction(buffer, direction);
  hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
  hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
  hb_shape(t->font, buffer, &full_width, 1);
  unsigned glyph_count = 0;
  const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &glyph_count);
  uint32_t glyph = glyph_count == 1 ? glyphs[0].codepoint : 0;
  hb_buffer_destroy(buffer);
  return glyph;
}

uint32_t xs_typeface_vertical(const xs_typeface *t, uint32_t codepoint)
{
  return shape_one(t, &codepoint, 1, HB_DIRECTION_TTB);
}

/*
 * A wide mark fills whole ems. Where the face draws it narrower (the quotes of LXGW WenKai),
 * room is added on the side where such a mark has it: before what opens, behind what closes,
 * on both sides of what stands between. What opens begins in the middle of its em when it is
 * narrow enough, so that its box does not lie behind that of a bracket squeezed against it.
 */
static void fill_em(const xs_typeface *t, xs_mark_shape *shape, xs_char_class class, int32_t ems)
{
  int32_t em = (int32_t)t->face.upem;
  int32_t missing = ems * em - shape->advance;
  if (missing <= 0) return;
  shape->width = ems * em;
  if (class == XS_CHAR_OPEN)
    shape->shift = 2 * shape->advance <= em ? ems * em - em / 2 : missing;
  else if (class != XS_CHAR_CLOSE && class != XS_CHAR_PAUSE && class != XS_CHAR_STOP)
    shape->shift = missing / 2;
}

static void measure_mark(const xs_typeface *t, xs_mark_shape *shape, xs_char_class class,
                         int32_t ems)
{
  shape->known = true;
  if (!shape->glyph) return;
  shape->advance = xs_typeface_advance(t, shape->glyph);
  shape->width = shape->advance;
  if (ems) fill_em(t, shape, class, ems);
  hb_glyph_extents_t ink = {0};
  if (!hb_font_get_glyph_extents(t->font, shape->glyph, &ink)) return;
  int32_t left = shape->shift + ink.x_bearing;
  int32_t right = shape->width - left - ink.width;
  shape->blank_left = left > 0 ? left : 0;
  shape->blank_right = right > 0 ? right : 0;
}

const xs_mark_shape *xs_typeface_mark(xs_typeface *t, uint32_t codepoint)
{
  xs_mark_shape *shape = &t->marks[xs_kinsoku_mark(codepoint)];
  if (shape->known) return shape;
  xs_char_class class = xs_kinsoku_class(codepoint);
  bool wide = xs_kinsoku_is_wide(codepoint, class);
  if (wide) shape->glyph = shape_one(t, &codepoint, 1, HB_DIRECTION_LTR);
  if (!shape->glyph) shape->glyph = xs_typeface_glyph(t, codepoint);
  /* A dash that stands alone keeps its own width: it is a hyphen as often as not. */
  measure_mark(t, shape, class, wide && class != XS_CHAR_DASH ? 1 : 0);
  return shape;
}

const xs_mark_shape *xs_typeface_dash_pair(xs_typeface *t)
{
  static const uint32_t pair[] = {0x2014, 0x2014};
  if (!t->dash_pair.known) {
    t->dash_pair.glyph = shape_one(t, pair, 2, HB_DIRECTION_LTR);
    measure_mark(t, &t->dash_pair, XS_CHAR_DASH, 2);
  }
  return t->dash_pair.glyph ? &t->dash_pair : NULL;
}
