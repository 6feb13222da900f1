#define _POSIX_C_SOURCE 200809L /* strdup */

#include "support/sheet.h"

#include "base/arena.h"
#include "base/text.h"

#include <hb-ot.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

xs_face *sheet_face(const char *path, unsigned index)
{
  xs_face *face = calloc(1, sizeof *face);
  hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
  if (!face || !blob) {
    fprintf(stderr, "no font %s: run scripts/setup\n", path);
    exit(2);
  }
  hb_face_t *hb = hb_face_create(blob, index);
  hb_font_t *font = hb_font_create(hb);
  hb_font_extents_t extents;
  char name[128] = "";
  unsigned len = sizeof name;
  hb_ot_name_get_utf8(hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &len, name);
  hb_font_get_h_extents(font, &extents);
  hb_blob_t *cff = hb_face_reference_table(hb, HB_TAG('C', 'F', 'F', ' '));
  *face = (xs_face){.name = xs_text_of(strdup(name)),
                    .file = xs_text_of(path),
                    .index = index,
                    .is_cff = hb_blob_get_length(cff) > 0,
                    .upem = hb_face_get_upem(hb),
                    .ascent = extents.ascender,
                    .descent = extents.descender,
                    .x_max = (int32_t)hb_face_get_upem(hb),
                    .y_max = extents.ascender,
                    .y_min = extents.descender,
                    .hb = hb};
  hb_blob_destroy(cff);
  hb_font_destroy(font);
  hb_blob_destroy(blob);
  return face;
}

void sheet_face_close(xs_face *face)
{
  hb_face_destroy(face->hb);
  free((void *)(uintptr_t)face->name.ptr);
  free(face);
}

sheet *sheet_new(void)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  sheet *s = a ? XS_NEW(a, sheet) : NULL;
  if (!s) return NULL;
  s->arena = a;
  s->list = (xs_pagelist){
      .arena = a, .title = XS_LIT("试页"), .pages = s->pages, .bookmarks = s->bookmarks};
  return s;
}

void sheet_free(sheet *s)
{
  if (s) xs_arena_free(s->arena);
}

xs_item *sheet_item(sheet *s, xs_item_kind kind)
{
  if (s->item_count == SHEET_ITEMS) abort();
  xs_item *item = &s->items[s->item_count++];
  item->kind = kind;
  return item;
}

xs_item *sheet_text(sheet *s, const xs_face *face, int size_pt, int x_pt, int y_pt, xs_len gap,
                    const char *text)
{
  xs_text t = xs_text_of(text);
  xs_glyph *glyphs = XS_NEW_ARRAY(s->arena, t.len, xs_glyph);
  hb_font_t *font = hb_font_create(face->hb);
  size_t count = 0;
  xs_len x = 0;
  for (size_t off = 0; off < t.len; count++) {
    size_t start = off;
    hb_codepoint_t id = 0;
    hb_font_get_nominal_glyph(font, xs_text_next(t, &off), &id);
    int64_t units = hb_font_get_glyph_h_advance(font, id);
    xs_len advance = (xs_len)(units * XS_PT(size_pt) / face->upem);
    glyphs[count] = (xs_glyph){id, (uint32_t)start, (uint32_t)(off - start), x, advance};
    x += advance + gap;
  }
  hb_font_destroy(font);
  xs_item *item = sheet_item(s, XS_ITEM_GLYPHS);
  item->u.glyphs.face = face;
  item->u.glyphs.size = XS_PT(size_pt);
  item->u.glyphs.x = XS_PT(x_pt);
  item->u.glyphs.y = XS_PT(y_pt);
  item->u.glyphs.glyphs = glyphs;
  item->u.glyphs.glyph_count = count;
  item->u.glyphs.text = t;
  return item;
}

xs_picture *sheet_seal(sheet *s, unsigned side)
{
  enum { CHANNELS = 4 };
  png_image image = {
      .version = PNG_IMAGE_VERSION, .width = side, .height = side, .format = PNG_FORMAT_RGBA};
  unsigned char *pixels = xs_arena_alloc(s->arena, (size_t)side * side * CHANNELS);
  for (unsigned y = 0; y < side; y++) {
    for (unsigned x = 0; x < side; x++) {
      unsigned char *p = pixels + ((size_t)y * side + x) * CHANNELS;
      bool middle = x > side / 4 && x < side * 3 / 4 && y > side / 4 && y < side * 3 / 4;
      p[0] = 0xc0;
      p[3] = middle ? 0 : 0xff;
    }
  }
  png_alloc_size_t len = PNG_IMAGE_PNG_SIZE_MAX(image);
  char *bytes = xs_arena_alloc(s->arena, len);
  if (!png_image_write_to_memory(&image, bytes, &len, 0, pixels, 0, NULL)) abort();
  xs_picture *picture = XS_NEW(s->arena, xs_picture);
  *picture = (xs_picture){XS_LIT("seal.png"), {bytes, len}, side, side};
  return picture;
}

xs_item *sheet_picture(sheet *s, const xs_picture *picture, int x_pt, int y_pt, int side_pt)
{
  xs_item *item = sheet_item(s, XS_ITEM_PICTURE);
  item->u.picture.picture = picture;
  item->u.picture.x = XS_PT(x_pt);
  item->u.picture.y = XS_PT(y_pt);
  item->u.picture.width = item->u.picture.height = XS_PT(side_pt);
  return item;
}

void sheet_bookmark(sheet *s, unsigned level, const char *title, int y_pt)
{
  if (s->list.bookmark_count == SHEET_BOOKMARKS) abort();
  s->bookmarks[s->list.bookmark_count++] =
      (xs_bookmark){xs_text_of(title), (uint8_t)level, (uint32_t)s->list.page_count, XS_PT(y_pt)};
}

void sheet_end_page(sheet *s, const char *label)
{
  if (s->list.page_count == SHEET_PAGES) abort();
  s->pages[s->list.page_count++] = (xs_page){.width = xs_len_of_micron(210000),
                                             .height = xs_len_of_micron(297000),
                                             .label = xs_text_of(label),
                                             .items = s->items + s->page_start,
                                             .item_count = s->item_count - s->page_start};
  s->page_start = s->item_count;
}
