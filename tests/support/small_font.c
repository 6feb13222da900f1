#include "support/small_font.h"

#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

static bool take(hb_blob_t *blob, small_font *out)
{
  unsigned len = 0;
  const char *bytes = hb_blob_get_data(blob, &len);
  *out = (small_font){malloc(len ? len : 1), len};
  if (out->bytes && len) memcpy(out->bytes, bytes, len);
  hb_blob_destroy(blob);
  return out->bytes && len;
}

static const struct {
  const char *name, *path;
  unsigned index;
} sources[SMALL_SOURCES] = {
    [SMALL_LIBERATION] = {"liberation",
                          "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 0},
    [SMALL_WENKAI] = {"wenkai", "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0},
    [SMALL_NOTO] = {"noto", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2},
    [SMALL_FANDOL] = {"fandol", "/usr/local/share/fonts/xieshang/FandolFang-Regular.otf", 0},
};

const char *small_font_name(size_t source)
{
  return sources[source].name;
}

bool small_font_cut(size_t source, small_font *out)
{
  *out = (small_font){NULL, 0};
  hb_blob_t *blob = hb_blob_create_from_file_or_fail(sources[source].path);
  if (!blob) return false;
  hb_face_t *face = hb_face_create(blob, sources[source].index);
  hb_buffer_t *letters = hb_buffer_create();
  hb_buffer_add_utf8(letters, SMALL_FONT_TEXT, -1, 0, -1);
  unsigned count = 0;
  const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(letters, &count);
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  for (unsigned i = 0; i < count; i++)
    hb_set_add(hb_subset_input_unicode_set(input), info[i].codepoint);
  hb_face_t *cut = hb_subset_or_fail(face, input);
  bool ok = cut && take(hb_face_reference_blob(cut), out);
  hb_face_destroy(cut);
  hb_subset_input_destroy(input);
  hb_buffer_destroy(letters);
  hb_face_destroy(face);
  hb_blob_destroy(blob);
  return ok;
}

bool small_font_copy(const small_font *from, small_font *out)
{
  *out = (small_font){malloc(from->len), from->len};
  if (out->bytes) memcpy(out->bytes, from->bytes, from->len);
  return out->bytes;
}

void small_font_free(small_font *font)
{
  free(font->bytes);
  *font = (small_font){NULL, 0};
}

uint32_t small_font_get(const unsigned char *at, unsigned bytes)
{
  uint32_t value = 0;
  while (bytes--) value = value << 8 | *at++;
  return value;
}

void small_font_put(unsigned char *at, unsigned bytes, uint32_t value)
{
  while (bytes--) {
    at[bytes] = (unsigned char)value;
    value >>= 8;
  }
}

bool small_font_collect(const small_font *one, unsigned count, small_font *out)
{
  size_t head = 12 + (size_t)4 * count;
  *out = (small_font){malloc(head + count * one->len), head + count * one->len};
  if (!out->bytes) return false;
  memcpy(out->bytes, "ttcf\0\1\0\0", 8);
  small_font_put(out->bytes + 8, 4, count);
  for (unsigned i = 0; i < count; i++) {
    size_t at = head + i * one->len;
    unsigned char *face = out->bytes + at;
    memcpy(face, one->bytes, one->len);
    small_font_put(out->bytes + 12 + (size_t)4 * i, 4, (uint32_t)at);
    for (uint32_t k = 0; k < small_font_get(face + 4, 2); k++) {
      unsigned char *offset = face + 12 + (size_t)16 * k + 8;
      small_font_put(offset, 4, small_font_get(offset, 4) + (uint32_t)at);
    }
  }
  return true;
}

unsigned char *small_font_entry(small_font *font, const char tag[4])
{
  uint32_t count = small_font_get(font->bytes + 4, 2);
  for (uint32_t i = 0; i < count; i++) {
    unsigned char *entry = font->bytes + 12 + (size_t)16 * i;
    if (!memcmp(entry, tag, 4)) return entry;
  }
  return NULL;
}

unsigned char *small_font_table(small_font *font, const char tag[4], size_t *len)
{
  unsigned char *entry = small_font_entry(font, tag);
  if (!entry) return NULL;
  *len = small_font_get(entry + 12, 4);
  return font->bytes + small_font_get(entry + 8, 4);
}
