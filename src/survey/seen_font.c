#include "survey/seen_font.h"

#include "base/text.h"
#include "output/cff.h"

#include <hb-ot.h>
#include <string.h>

enum { CODES = 65536, TAG_LEN = 6, CFF_UPEM = 1000 };

static void close_font(void *font)
{
  hb_font_destroy(font);
}

/* NotoSerifCJKsc-Bold of ABCDEF+NotoSerifCJKsc-Bold. */
static const char *untagged(const char *name)
{
  return strlen(name) > TAG_LEN && name[TAG_LEN] == '+' ? name + TAG_LEN + 1 : name;
}

static xs_status spread_widths(xs_arena *a, const xs_pdf_font *font, xs_seen_font *out)
{
  int32_t *widths = XS_NEW_ARRAY(a, CODES, int32_t);
  if (!widths) return XS_ENOMEM;
  for (size_t i = 0; i < CODES; i++) widths[i] = font->default_width;
  for (size_t i = 0; i < font->width_count; i++) {
    const xs_pdf_widths *run = &font->widths[i];
    for (size_t j = 0; j < run->count && run->first + j < CODES; j++)
      widths[run->first + j] = run->widths[j];
  }
  out->widths = widths;
  return XS_OK;
}

/* A bare CFF font is shown to HarfBuzz as the one table it needs, and `maxp`, which must agree. */
static hb_face_t *wrap_cff(xs_text program, size_t glyph_count)
{
  const char maxp[6] = {0, 0, 0x50, 0, (char)(glyph_count >> 8), (char)glyph_count};
  hb_face_t *face = hb_face_builder_create();
  hb_blob_t *cff =
      hb_blob_create(program.ptr, (unsigned)program.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_blob_t *count = hb_blob_create(maxp, sizeof maxp, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
  hb_face_builder_add_table(face, HB_TAG('C', 'F', 'F', ' '), cff);
  hb_face_builder_add_table(face, HB_TAG('m', 'a', 'x', 'p'), count);
  hb_blob_destroy(cff);
  hb_blob_destroy(count);
  return face;
}

/* A code is the number of a glyph, in both kinds of program. */
static xs_status open_face(const xs_pdf_font *font, hb_face_t **out)
{
  xs_text program = font->program;
  if (font->is_cff) {
    size_t count = 0;
    /* It counts the glyphs, and changes nothing in a program that is numbered already. */
    xs_status status = xs_cff_number((char *)(uintptr_t)program.ptr, program.len, &count);
    if (!status) *out = wrap_cff(program, count);
    return status;
  }
  hb_blob_t *blob =
      hb_blob_create(program.ptr, (unsigned)program.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
  *out = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  return XS_OK;
}

xs_status xs_seen_font_open(xs_arena *a, const xs_pdf_font *font, xs_seen_font *out)
{
  *out = (xs_seen_font){.name = untagged(font->name)};
  xs_status status = xs_unicode_map_read(a, font->to_unicode, &out->characters);
  if (!status) status = spread_widths(a, font, out);
  hb_face_t *face = NULL;
  if (!status) status = open_face(font, &face);
  if (status) return status;
  if (hb_face_get_glyph_count(face) == 0) status = XS_EINPUT;
  out->upem = font->is_cff ? CFF_UPEM : hb_face_get_upem(face);
  hb_font_t *hb = hb_font_create(face);
  hb_face_destroy(face);
  hb_font_set_scale(hb, (int)out->upem, (int)out->upem);
  out->hb = hb;
  if (!xs_arena_defer(a, close_font, hb)) return XS_ENOMEM;
  return status;
}

static xs_len scaled(int64_t units, xs_len size, uint32_t upem)
{
  return xs_len_clamp(units * size / (int64_t)upem);
}

bool xs_seen_font_ink(const xs_seen_font *font, uint32_t code, xs_len size, xs_len x,
                      xs_len baseline, xs_box *out)
{
  hb_glyph_extents_t e;
  if (!hb_font_get_glyph_extents(font->hb, code, &e)) return false;
  if (e.width == 0 || e.height == 0) return false;
  *out = (xs_box){
      .left = xs_len_clamp((int64_t)x + scaled(e.x_bearing, size, font->upem)),
      .top = xs_len_clamp((int64_t)baseline - scaled(e.y_bearing, size, font->upem)),
      .right = xs_len_clamp((int64_t)x + scaled((int64_t)e.x_bearing + e.width, size, font->upem)),
      .bottom = xs_len_clamp((int64_t)baseline -
                             scaled((int64_t)e.y_bearing + e.height, size, font->upem)),
  };
  return true;
}
