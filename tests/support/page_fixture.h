/*
 * Documents built by hand, for tests of the layout floor: a font set over the fonts of this
 * machine, and short ways to write paragraphs.
 */
#ifndef TESTS_PAGE_FIXTURE_H
#define TESTS_PAGE_FIXTURE_H

#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"

#include <stdbool.h>
#include <string.h>

typedef struct page_fixture {
  xs_diags *diags;
  xs_arena *a;
  xs_fontset *fonts;
  xs_pagelist *pages;
} page_fixture;

static inline int page_fixture_open(page_fixture *f)
{
  *f = (page_fixture){.diags = xs_diags_new(xs_host_posix()), .a = xs_arena_new(xs_host_posix())};
  return xs_fontset_open(xs_host_posix(), XS_LIT(XS_TEST_ROOT "/fonts/fonts.xml"), NULL, 0,
                         f->diags, &f->fonts);
}

static inline void page_fixture_close(page_fixture *f)
{
  xs_pagelist_free(f->pages);
  xs_fontset_close(f->fonts);
  xs_arena_free(f->a);
  xs_diags_free(f->diags);
}

/* 三号仿宋, justified, two characters of first indent. */
static inline xs_para_style *body_style(xs_arena *a)
{
  xs_para_style *s = XS_NEW(a, xs_para_style);
  *s = (xs_para_style){.text = {.role = XS_ROLE_FANGSONG, .size = XS_PT(16)},
                       .align = XS_ALIGN_JUSTIFY,
                       .leading = XS_PT(28),
                       .first_indent = XS_PT(32)};
  return s;
}

static inline xs_inline text_inline(const xs_para_style *style, const char *text)
{
  xs_inline i = {.kind = XS_INLINE_TEXT, .style = style->text};
  i.u.text.text = (xs_text){text, strlen(text)};
  return i;
}

static inline xs_block paragraph_of(const xs_para_style *style, const xs_inline *inlines,
                                    size_t count)
{
  xs_block b = {.kind = XS_BLOCK_PARAGRAPH};
  b.u.paragraph = (xs_paragraph){.style = style, .inlines = inlines, .inline_count = count};
  return b;
}

static inline xs_block paragraph(xs_arena *a, const xs_para_style *style, const char *text)
{
  xs_inline *i = XS_NEW(a, xs_inline);
  *i = text_inline(style, text);
  return paragraph_of(style, i, 1);
}

/* A4 with the margins of GB/T 9704. */
static inline xs_section a4_section(const xs_block *blocks, size_t count)
{
  xs_section s = {.width = xs_len_of_micron(210000),
                  .height = xs_len_of_micron(297000),
                  .top = xs_len_of_micron(37000),
                  .right = xs_len_of_micron(26000),
                  .bottom = xs_len_of_micron(35000),
                  .left = xs_len_of_micron(28000)};
  s.blocks = (xs_blocks){blocks, count};
  return s;
}

static inline xs_status set_sections(page_fixture *f, const xs_section *sections, size_t count)
{
  xs_document doc = {.arena = f->a, .sections = sections, .section_count = count};
  xs_pagelist_free(f->pages);
  return xs_layout(&doc, f->fonts, f->diags, &f->pages);
}

/* All text of a page, runs one behind the other. */
static inline xs_text text_of_page(page_fixture *f, size_t page)
{
  const xs_page *p = &f->pages->pages[page];
  xs_text all = XS_LIT("");
  for (size_t i = 0; i < p->item_count; i++) {
    if (p->items[i].kind != XS_ITEM_GLYPHS || p->items[i].artifact) continue;
    all = xs_arena_printf(f->a, "%.*s%.*s", XS_TEXT(all), XS_TEXT(p->items[i].u.glyphs.text));
  }
  return all;
}

static inline bool has_diag(const page_fixture *f, const char *slug)
{
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(f->diags, i, &view); i++)
    if (view.slug.len == strlen(slug) && !memcmp(view.slug.ptr, slug, view.slug.len)) return true;
  return false;
}

/* Setup and teardown of a test. */
static inline int open_fixture(void **state)
{
  static page_fixture f;
  *state = &f;
  return page_fixture_open(&f) != XS_OK;
}

static inline int close_fixture(void **state)
{
  page_fixture_close(*state);
  return 0;
}

#endif
