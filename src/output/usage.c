#include "output/usage.h"

#include "base/text.h"

size_t xs_cluster_glyphs(const xs_glyph *glyphs, size_t count, size_t i)
{
  size_t end = i + 1;
  while (end < count && !glyphs[end].text_len) end++;
  return end - i;
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

static xs_status add_run(xs_arena *a, xs_usage *usage, const xs_item *item)
{
  const xs_glyph *glyphs = item->u.glyphs.glyphs;
  size_t count = item->u.glyphs.glyph_count;
  xs_used_face *face = add_face(a, usage, item->u.glyphs.face);
  if (!face) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    xs_used_glyph *glyph = add_glyph(a, face, glyphs[i].id);
    if (!glyph) return XS_ENOMEM;
    if (!glyphs[i].text_len || xs_cluster_glyphs(glyphs, count, i) > 1) continue;
    xs_text text = {item->u.glyphs.text.ptr + glyphs[i].text_off, glyphs[i].text_len};
    if (add_meaning(a, face, glyph, text)) return XS_ENOMEM;
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
