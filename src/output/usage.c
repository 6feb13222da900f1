#include "output/usage.h"

#include "base/text.h"

#define ZERO_WIDTH_SPACE "\u200b"

size_t xs_cluster_glyphs(const xs_item *run, size_t i)
{
  size_t end = i + 1;
  while (end < run->u.glyphs.glyph_count && !run->u.glyphs.glyphs[end].text_len) end++;
  return end - i;
}

xs_text xs_glyph_text(const xs_item *run, size_t i)
{
  const xs_glyph *glyph = &run->u.glyphs.glyphs[i];
  if (!glyph->text_len) return XS_LIT(ZERO_WIDTH_SPACE);
  return (xs_text){run->u.glyphs.text.ptr + glyph->text_off, glyph->text_len};
}

const xs_used_face *xs_usage_face(const xs_usage *usage, const xs_face *face)
{
  for (size_t i = 0; i < usage->face_count; i++) {
    if (usage->faces[i]->face == face) return usage->faces[i];
  }
  return NULL;
}

const xs_used_glyph *xs_usage_glyph(const xs_used_face *face, uint32_t id)
{
  xs_used_glyph **page = face->pages[(id >> 8) & 0xff];
  return page ? page[id & 0xff] : NULL;
}

uint32_t xs_usage_layer(const xs_used_glyph *glyph, xs_text text)
{
  const xs_meaning *m = glyph->meanings;
  while (m && !xs_text_equal(m->text, text)) m = m->next;
  return m ? m->layer : 0;
}

static xs_used_face *add_face(xs_arena *a, xs_usage *usage, const xs_face *face)
{
  for (size_t i = 0; i < usage->face_count; i++) {
    if (usage->faces[i]->face == face) return usage->faces[i];
  }
  xs_used_face *used = XS_NEW(a, xs_used_face);
  if (!used) return NULL;
  xs_used_face **slot = XS_PUSH(a, usage->faces, usage->face_count, usage->face_capacity);
  if (!slot) return NULL;
  used->face = face;
  used->number = (uint32_t)usage->face_count;
  used->layer_count = 1;
  return *slot = used;
}

static xs_used_glyph *add_glyph(xs_arena *a, xs_used_face *face, uint32_t id)
{
  xs_used_glyph ***page = &face->pages[(id >> 8) & 0xff];
  if (!*page) *page = XS_NEW_ARRAY(a, 256, xs_used_glyph *);
  if (!*page) return NULL;
  xs_used_glyph **place = &(*page)[id & 0xff];
  if (*place) return *place;

  xs_used_glyph *glyph = XS_NEW(a, xs_used_glyph);
  if (!glyph) return NULL;
  xs_used_glyph **slot = XS_PUSH(a, face->glyphs, face->glyph_count, face->glyph_capacity);
  if (!slot) return NULL;
  glyph->id = id;
  return *place = *slot = glyph;
}

static xs_status add_meaning(xs_arena *a, xs_used_face *face, xs_used_glyph *glyph, xs_text text)
{
  xs_meaning **end = &glyph->meanings;
  uint32_t layer = 0;
  for (; *end; end = &(*end)->next, layer++) {
    if (xs_text_equal((*end)->text, text)) return XS_OK;
  }
  xs_meaning *m = XS_NEW(a, xs_meaning);
  if (!m) return XS_ENOMEM;
  *m = (xs_meaning){.text = text, .layer = layer};
  *end = m;
  if (layer >= face->layer_count) face->layer_count = layer + 1;
  return XS_OK;
}

static xs_status add_run(xs_arena *a, xs_usage *usage, const xs_item *run)
{
  xs_used_face *face = add_face(a, usage, run->u.glyphs.face);
  if (!face) return XS_ENOMEM;
  for (size_t i = 0; i < run->u.glyphs.glyph_count; i++) {
    xs_used_glyph *glyph = add_glyph(a, face, run->u.glyphs.glyphs[i].id);
    if (!glyph || add_meaning(a, face, glyph, xs_glyph_text(run, i))) return XS_ENOMEM;
  }
  return XS_OK;
}

xs_status xs_usage_collect(xs_arena *a, const xs_pagelist *pages, xs_usage *out)
{
  *out = (xs_usage){0};
  for (size_t i = 0; i < pages->page_count; i++) {
    const xs_page *page = &pages->pages[i];
    for (size_t j = 0; j < page->item_count; j++) {
      if (page->items[j].kind != XS_ITEM_GLYPHS) continue;
      if (add_run(a, out, &page->items[j])) return XS_ENOMEM;
    }
  }
  return XS_OK;
}
