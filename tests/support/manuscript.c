#include "support/manuscript.h"

#include "base/arena.h"
#include "base/diag_print.h"
#include "base/limits.h"
#include "base/text.h"
#include "layout/layout.h"
#include "output/pdf.h"

#include <stdio.h>
#include <stdlib.h>

static void *need(void *p)
{
  if (p) return p;
  fprintf(stderr, "out of memory\n");
  exit(2);
}

void manuscript_open(manuscript *m, const xs_host *host, const char *title)
{
  xs_arena *a = need(xs_arena_new(host));
  xs_document *doc = need(XS_NEW(a, xs_document));
  xs_section *section = need(XS_NEW(a, xs_section));
  *section = (xs_section){.width = xs_len_of_micron(210000),
                          .height = xs_len_of_micron(297000),
                          .top = xs_len_of_micron(37000),
                          .right = xs_len_of_micron(26000),
                          .bottom = xs_len_of_micron(35000),
                          .left = xs_len_of_micron(28000)};
  xs_text kept = xs_arena_printf(a, "%s", title);
  need((void *)(uintptr_t)kept.ptr);
  *doc = (xs_document){.arena = a, .title = kept, .sections = section, .section_count = 1};
  *m = (manuscript){.doc = doc};
}

void manuscript_measure(manuscript *m, xs_len measure)
{
  xs_section *section = (xs_section *)(uintptr_t)m->doc->sections;
  section->width = section->left + measure + section->right;
}

void manuscript_add(manuscript *m, xs_role role, xs_len size, xs_text text)
{
  xs_arena *a = m->doc->arena;
  xs_para_style *style = need(XS_NEW(a, xs_para_style));
  xs_inline *words = need(XS_NEW(a, xs_inline));
  xs_block *block = need(XS_PUSH(a, m->blocks, m->count, m->capacity));
  *style = (xs_para_style){.name = XS_LIT("body"),
                           .text = {.role = role, .size = size},
                           .align = XS_ALIGN_JUSTIFY,
                           .leading = XS_PT(28),
                           .first_indent = 2 * size};
  *words = (xs_inline){.kind = XS_INLINE_TEXT, .style = style->text};
  words->u.text.text = xs_arena_text(a, text);
  need((void *)(uintptr_t)words->u.text.text.ptr);
  *block = (xs_block){.kind = XS_BLOCK_PARAGRAPH};
  block->u.paragraph.style = style;
  block->u.paragraph.inlines = words;
  block->u.paragraph.inline_count = 1;
}

const xs_document *manuscript_end(manuscript *m)
{
  xs_section *section = (xs_section *)(uintptr_t)m->doc->sections;
  section->blocks = (xs_blocks){m->blocks, m->count};
  return m->doc;
}

static void print_diags(const xs_diags *diags)
{
  xs_buf text;
  xs_buf_init(&text, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_diags_print(diags, &text);
  fprintf(stderr, "%.*s", XS_TEXT(xs_buf_view(&text)));
  xs_buf_free(&text);
}

bool manuscript_pdf(manuscript *m, const char *fonts_xml, xs_buf *out)
{
  xs_fontset *fonts = NULL;
  xs_pagelist *pages = NULL;
  xs_diags *diags = need(xs_diags_new(xs_host_posix()));
  const xs_pdf_options options = {.date = 20240305, .producer = XS_LIT("xieshang")};
  xs_status status =
      xs_fontset_open(xs_host_posix(), xs_text_of(fonts_xml), NULL, 0, diags, &fonts);
  if (!status) status = xs_layout(manuscript_end(m), fonts, diags, &pages);
  if (!status) {
    xs_pagelist_check(pages);
    status = xs_pdf_write(pages, &options, diags, out);
  }
  print_diags(diags);
  bool good = !status && !xs_diags_count(diags, XS_WARNING);
  xs_pagelist_free(pages);
  xs_fontset_close(fonts);
  xs_diags_free(diags);
  return good;
}

bool manuscript_read_list(const char *path, xs_buf *out)
{
  const xs_host *host = xs_host_posix();
  const void *bytes = NULL;
  size_t len = 0;
  bool comment = false;
  if (host->map(host->user, path, XS_MAX_XML_BYTES, &bytes, &len)) return false;
  const char *list = bytes;
  for (size_t i = 0; i < len; i++) {
    if (i == 0 || list[i - 1] == '\n') comment = list[i] == '#';
    if (!comment && list[i] != '\n') xs_buf_add(out, list + i, 1);
  }
  host->unmap(host->user, bytes, len);
  return out->len && !out->status;
}
