/*
 * A font as it comes, given as bytes: opened through a font set, its characters set in a document,
 * the document written as a PDF. What the fuzz target does with any bytes, and the tests with
 * bytes they have damaged on purpose.
 */
#ifndef TESTS_ONE_FONT_H
#define TESTS_ONE_FONT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "layout/layout.h"
#include "output/pdf.h"
#include "support/memory_host.h"
#include "support/small_font.h"

typedef struct one_font {
  memory_host m;
  xs_diags *diags;
  xs_arena *a;
  xs_fontset *fonts;
  xs_status status;
  size_t pdf_len;
} one_font;

/* The characters of the text that the font set has for the role. */
static inline xs_text one_font_has(one_font *f, xs_role role)
{
  xs_text all = XS_LIT(SMALL_FONT_TEXT);
  xs_buf kept;
  xs_buf_init(&kept, xs_host_posix(), 1 << 16);
  for (size_t off = 0; off < all.len;) {
    size_t from = off;
    if (xs_fontset_has(f->fonts, role, xs_text_next(all, &off)))
      xs_buf_add(&kept, all.ptr + from, off - from);
  }
  xs_text copy = xs_arena_text(f->a, xs_buf_view(&kept));
  xs_buf_free(&kept);
  return copy;
}

static inline xs_status one_font_set(one_font *f, xs_role role)
{
  const xs_para_style style = {
      .text = {.role = role, .size = XS_PT(16)}, .align = XS_ALIGN_JUSTIFY, .leading = XS_PT(28)};
  xs_inline inl = {.kind = XS_INLINE_TEXT, .style = style.text};
  inl.u.text.text = one_font_has(f, role);
  xs_block block = {.kind = XS_BLOCK_PARAGRAPH};
  block.u.paragraph = (xs_paragraph){.style = &style, .inlines = &inl, .inline_count = 1};
  xs_section section = {.width = XS_PT(300),
                        .height = XS_PT(400),
                        .top = XS_PT(50),
                        .right = XS_PT(50),
                        .bottom = XS_PT(50),
                        .left = XS_PT(50),
                        .blocks = {&block, 1}};
  xs_document doc = {.arena = f->a, .sections = &section, .section_count = 1};
  xs_pagelist *pages = NULL;
  xs_buf pdf;
  xs_buf_init(&pdf, &f->m.host, 1 << 26);
  const xs_pdf_options options = {.date = 20250101};
  xs_status st = xs_layout(&doc, f->fonts, f->diags, &pages);
  if (!st) st = xs_pdf_write(pages, &options, f->diags, &pdf);
  f->pdf_len = pdf.len;
  xs_buf_free(&pdf);
  xs_pagelist_free(pages);
  return st;
}

/* Goes all the way; f->status and f->diags say how far it came. */
static inline void one_font_try(one_font *f, const void *bytes, size_t len)
{
  static const xs_role roles[] = {XS_ROLE_SONG, XS_ROLE_WESTERN, XS_ROLE_HEI};
  const xs_text dir = XS_LIT("memory");
  *f = (one_font){.diags = xs_diags_new(xs_host_posix())};
  memory_host_init(&f->m, "memory/one.font", bytes, len);
  f->a = xs_arena_new(&f->m.host);
  f->status = xs_fontset_open(&f->m.host, XS_LIT(XS_TEST_ROOT "/tests/support/one_font.xml"), &dir,
                              1, f->diags, &f->fonts);
  for (size_t i = 0; i < XS_COUNT(roles) && !f->status; i++) f->status = one_font_set(f, roles[i]);
}

static inline void one_font_end(one_font *f)
{
  xs_fontset_close(f->fonts);
  xs_arena_free(f->a);
  xs_diags_free(f->diags);
}

#endif
