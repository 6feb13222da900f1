/*
 * A face becomes
 *
 *   Type0 (layer 0) ─┐                        ┌ W, DW
 *   Type0 (layer 1) ─┴─ CIDFont ── descriptor ┴ font program, CIDSet
 *     └ ToUnicode, one each
 *
 * Codes are CIDs of two bytes (Identity-H).
 */
#include "output/font.h"

#include "base/limits.h"
#include "base/text.h"
#include "output/subset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_LEN = 6, WIDTH_OF_HAN = 1000 };

void xs_font_name(const xs_used_face *face, uint32_t layer, char out[XS_FONT_NAME_MAX])
{
  if (layer) {
    snprintf(out, XS_FONT_NAME_MAX, "F%u_%u", (unsigned)face->number, (unsigned)layer);
  } else {
    snprintf(out, XS_FONT_NAME_MAX, "F%u", (unsigned)face->number);
  }
}

/* ABCDEF+Name, the letters from the digest of the program: the same subset, the same name. */
static xs_status name_subset(const xs_face *face, const xs_subset *subset,
                             char out[HPDF_LIMIT_MAX_NAME_LEN + 1])
{
  char hex[XS_DIGEST_HEX_LEN + 1];
  char tag[TAG_LEN + 1] = {0};
  xs_status status = xs_digest_hex(subset->program.ptr, subset->program.len, hex);
  if (status) return status;
  for (size_t i = 0; i < TAG_LEN; i++) {
    char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
    tag[i] = (char)('A' + strtoul(pair, NULL, 16) % 26);
  }
  snprintf(out, HPDF_LIMIT_MAX_NAME_LEN + 1, "%s+%.*s", tag, XS_TEXT(face->name));
  return XS_OK;
}

/* Packs `bytes` into a stream; `a` of the file keeps the packed form. */
static HPDF_Dict pack(xs_haru *h, xs_deflater *deflater, xs_text bytes)
{
  xs_text packed = XS_NO_TEXT;
  xs_haru_fail(h, xs_deflate(deflater, h->arena, bytes, &packed));
  return xs_haru_status(h) ? NULL : xs_haru_stream(h, packed, "FlateDecode");
}

/* ---- descriptor ------------------------------------------------------------------------------ */

static HPDF_Dict embed_program(xs_haru *h, xs_deflater *deflater, const xs_face *face,
                               const xs_subset *subset)
{
  HPDF_Dict file = pack(h, deflater, subset->program);
  if (face->is_cff) {
    xs_haru_set_name(file, "Subtype", "CIDFontType0C");
  } else {
    xs_haru_set_number(file, "Length1", (int64_t)subset->program.len);
  }
  return file;
}

/* One bit for each CID the program has: all from 0 on. */
static HPDF_Dict make_cid_set(xs_haru *h, xs_deflater *deflater, const xs_subset *subset)
{
  size_t len = (subset->glyph_count + 7) / 8;
  unsigned char *bits = xs_arena_alloc(h->arena, len);
  if (!bits) {
    xs_haru_fail(h, XS_ENOMEM);
    return NULL;
  }
  memset(bits, 0xff, len);
  if (subset->glyph_count % 8) bits[len - 1] = (unsigned char)(0xff00 >> subset->glyph_count % 8);
  return pack(h, deflater, (xs_text){(const char *)bits, len});
}

static int64_t to_milli_em(const xs_face *face, int32_t units)
{
  int64_t scaled = (int64_t)units * 1000;
  int64_t half = (int64_t)face->upem / 2;
  return (scaled + (scaled < 0 ? -half : half)) / (int64_t)face->upem;
}

static HPDF_Dict make_descriptor(xs_haru *h, xs_deflater *deflater, const xs_face *face,
                                 const xs_subset *subset, const char *name)
{
  enum { SYMBOLIC = 4, STEM = 80 };
  HPDF_Dict descriptor = xs_haru_indirect_dict(h);
  HPDF_Array box = xs_haru_array(h);
  xs_haru_push_number(box, to_milli_em(face, face->x_min));
  xs_haru_push_number(box, to_milli_em(face, face->y_min));
  xs_haru_push_number(box, to_milli_em(face, face->x_max));
  xs_haru_push_number(box, to_milli_em(face, face->y_max));
  xs_haru_set_name(descriptor, "Type", "FontDescriptor");
  xs_haru_set_name(descriptor, "FontName", name);
  xs_haru_set_number(descriptor, "Flags", SYMBOLIC);
  xs_haru_set(descriptor, "FontBBox", box);
  xs_haru_set_number(descriptor, "ItalicAngle", 0);
  xs_haru_set_number(descriptor, "Ascent", to_milli_em(face, face->ascent));
  xs_haru_set_number(descriptor, "Descent", to_milli_em(face, face->descent));
  xs_haru_set_number(descriptor, "CapHeight", to_milli_em(face, face->cap_height));
  xs_haru_set_number(descriptor, "StemV", STEM);
  xs_haru_set(descriptor, face->is_cff ? "FontFile3" : "FontFile2",
              embed_program(h, deflater, face, subset));
  xs_haru_set(descriptor, "CIDSet", make_cid_set(h, deflater, subset));
  return descriptor;
}

/* ---- widths ---------------------------------------------------------------------------------- */

static int compare_codes(const void *a, const void *b)
{
  const xs_used_glyph *const *x = a, *const *y = b;
  return (*x)->code < (*y)->code ? -1 : (*x)->code > (*y)->code;
}

/* [c [w w w] c [w]]: runs of neighbouring codes, those of one em left to DW. */
static HPDF_Array make_widths(xs_haru *h, const xs_used_face *face)
{
  HPDF_Array all = xs_haru_array(h), run = NULL;
  uint32_t next_code = 0;
  for (size_t i = 0; i < face->glyph_count; i++) {
    const xs_used_glyph *glyph = face->glyphs[i];
    if (glyph->width == WIDTH_OF_HAN) continue;
    if (!run || glyph->code != next_code) {
      run = xs_haru_array(h);
      xs_haru_push_number(all, glyph->code);
      xs_haru_push(all, run);
    }
    xs_haru_push_number(run, glyph->width);
    next_code = glyph->code + 1;
  }
  return all;
}

static HPDF_Dict make_cid_font(xs_haru *h, const xs_used_face *face, const char *name,
                               HPDF_Dict descriptor)
{
  HPDF_Dict font = xs_haru_indirect_dict(h), system = xs_haru_dict(h);
  xs_haru_set(system, "Registry", xs_haru_ascii(h, XS_LIT("Adobe")));
  xs_haru_set(system, "Ordering", xs_haru_ascii(h, XS_LIT("Identity")));
  xs_haru_set_number(system, "Supplement", 0);
  xs_haru_set_name(font, "Type", "Font");
  xs_haru_set_name(font, "Subtype", face->face->is_cff ? "CIDFontType0" : "CIDFontType2");
  xs_haru_set_name(font, "BaseFont", name);
  xs_haru_set(font, "CIDSystemInfo", system);
  xs_haru_set_number(font, "DW", WIDTH_OF_HAN);
  xs_haru_set(font, "W", make_widths(h, face));
  xs_haru_set(font, "FontDescriptor", descriptor);
  if (!face->face->is_cff) xs_haru_set_name(font, "CIDToGIDMap", "Identity");
  return font;
}

/* ---- ToUnicode ------------------------------------------------------------------------------- */

static const xs_meaning *meaning_in(const xs_used_glyph *glyph, uint32_t layer)
{
  const xs_meaning *m = glyph->meanings;
  while (m && m->layer != layer) m = m->next;
  return m;
}

static void write_utf16(xs_buf *out, xs_text text)
{
  for (size_t off = 0; off < text.len;) {
    uint32_t c = xs_text_next(text, &off);
    if (c > 0xffff) {
      xs_buf_printf(out, "%04X%04X", (unsigned)(0xd800 + ((c - 0x10000) >> 10)),
                    (unsigned)(0xdc00 + ((c - 0x10000) & 0x3ff)));
    } else {
      xs_buf_printf(out, "%04X", (unsigned)c);
    }
  }
}

/* How many codes from glyph i on follow one another within the layer; a range ends with the high
 * byte of its codes. */
static size_t range_of(const xs_used_face *face, uint32_t layer, size_t i)
{
  uint32_t first = face->glyphs[i]->code;
  size_t count = 1;
  for (; i + count < face->glyph_count; count++) {
    const xs_used_glyph *next = face->glyphs[i + count];
    if (next->code != first + count || next->code >> 8 != first >> 8) break;
    if (!meaning_in(next, layer)) break;
  }
  return count;
}

/* <first><last>[<character>…]: codes follow one another, so that naming each would take a third of
 * the map. */
static void write_range(xs_buf *out, const xs_used_face *face, uint32_t layer, size_t i,
                        size_t count)
{
  uint32_t first = face->glyphs[i]->code;
  xs_buf_printf(out, "1 beginbfrange\n<%04X><%04X>[", (unsigned)first,
                (unsigned)(first + count - 1));
  for (size_t j = i; j < i + count; j++) {
    xs_buf_str(out, "<");
    write_utf16(out, meaning_in(face->glyphs[j], layer)->text);
    xs_buf_str(out, ">");
  }
  xs_buf_str(out, "]\nendbfrange\n");
}

static void write_mappings(xs_buf *out, const xs_used_face *face, uint32_t layer)
{
  for (size_t i = 0, count; i < face->glyph_count; i += count) {
    count = 1;
    if (!meaning_in(face->glyphs[i], layer)) continue;
    count = range_of(face, layer, i);
    write_range(out, face, layer, i, count);
  }
}

static HPDF_Dict make_to_unicode(xs_haru *h, xs_deflater *deflater, const xs_used_face *face,
                                 uint32_t layer)
{
  HPDF_Dict stream = NULL;
  xs_buf cmap;
  xs_buf_init(&cmap, xs_arena_host(h->arena), XS_MAX_BUF_BYTES);
  xs_buf_str(&cmap, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
  write_mappings(&cmap, face, layer);
  xs_buf_str(&cmap, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  xs_haru_fail(h, cmap.status);
  if (!cmap.status) stream = pack(h, deflater, xs_buf_view(&cmap));
  xs_buf_free(&cmap);
  return stream;
}

/* ---- all together ---------------------------------------------------------------------------- */

static HPDF_Dict make_layer(xs_haru *h, xs_deflater *deflater, const xs_used_face *face,
                            uint32_t layer, const char *name, HPDF_Dict cid_font)
{
  HPDF_Dict font = xs_haru_indirect_dict(h);
  HPDF_Array descendants = xs_haru_array(h);
  xs_haru_push(descendants, cid_font);
  xs_haru_set_name(font, "Type", "Font");
  xs_haru_set_name(font, "Subtype", "Type0");
  xs_haru_set_name(font, "BaseFont", name);
  xs_haru_set_name(font, "Encoding", "Identity-H");
  xs_haru_set(font, "DescendantFonts", descendants);
  xs_haru_set(font, "ToUnicode", make_to_unicode(h, deflater, face, layer));
  return font;
}

xs_status xs_font_embed(xs_haru *h, xs_deflater *deflater, xs_used_face *face, HPDF_Dict fonts,
                        xs_digest *digest)
{
  char base_name[HPDF_LIMIT_MAX_NAME_LEN + 1], name[XS_FONT_NAME_MAX];
  xs_subset subset = {0};
  xs_status status = xs_subset_make(h->arena, face, &subset);
  if (!status) status = name_subset(face->face, &subset, base_name);
  if (status) return status;
  xs_digest_add(digest, base_name, strlen(base_name));

  qsort(face->glyphs, face->glyph_count, sizeof *face->glyphs, compare_codes);
  HPDF_Dict descriptor = make_descriptor(h, deflater, face->face, &subset, base_name);
  HPDF_Dict cid_font = make_cid_font(h, face, base_name, descriptor);
  for (uint32_t layer = 0; layer < face->layer_count; layer++) {
    xs_font_name(face, layer, name);
    xs_haru_set(fonts, name, make_layer(h, deflater, face, layer, base_name, cid_font));
  }
  return xs_haru_status(h);
}
