/*
 * A picture as it comes, given as bytes: measured, laid on a page, written as a PDF. What the fuzz
 * target does with any bytes, and the tests with bytes they have damaged on purpose.
 */
#ifndef TESTS_ONE_PICTURE_H
#define TESTS_ONE_PICTURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "model/pagelist.h"
#include "model/picture.h"
#include "output/pdf.h"

typedef struct one_picture {
  xs_diags *diags;
  xs_picture picture;
  xs_status status;
  xs_buf pdf;
} one_picture;

static inline void one_picture_try(one_picture *p, const void *bytes, size_t len)
{
  const xs_host *host = xs_host_posix();
  *p = (one_picture){.diags = xs_diags_new(host),
                     .picture = {.name = XS_LIT("one.png"), .bytes = {bytes, len}}};
  xs_buf_init(&p->pdf, host, 1u << 28);
  uint32_t source = xs_diags_source(p->diags, XS_LIT("t.xml"), XS_LIT("<picture/>"));
  xs_span at = {source, 0, 10};
  p->status = xs_picture_measure(&p->picture, at, p->diags);
  if (p->status) return;
  xs_item item = {.kind = XS_ITEM_PICTURE, .span = at};
  item.u.picture.picture = &p->picture;
  item.u.picture.width = item.u.picture.height = XS_PT(50);
  xs_page page = {.width = XS_PT(100),
                  .height = XS_PT(100),
                  .items = &item,
                  .item_count = 1,
                  .label = {"1", 1}};
  xs_pagelist list = {.arena = xs_arena_new(host), .pages = &page, .page_count = 1};
  const xs_pdf_options options = {.date = 20250101};
  p->status = xs_pdf_write(&list, &options, p->diags, &p->pdf);
  xs_arena_free(list.arena);
}

static inline void one_picture_end(one_picture *p)
{
  xs_buf_free(&p->pdf);
  xs_diags_free(p->diags);
}

#endif
