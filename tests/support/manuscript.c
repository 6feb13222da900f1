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

/* ---- a table -------------------------------------------------------------------------------- */

enum { LEDGER_COLUMNS = 8, LEDGER_NUMBERS = 5 /* the columns from here on hold numbers */ };

static void put_cell(xs_arena *a, xs_cell *cell, const xs_para_style *style, uint32_t column,
                     uint32_t colspan, xs_text text)
{
  static const xs_line_style thin = {.width = XS_PT(1) / 2};
  xs_block *block = need(XS_NEW(a, xs_block));
  xs_inline *words = need(XS_NEW(a, xs_inline));
  *words = (xs_inline){.kind = XS_INLINE_TEXT, .style = style->text};
  words->u.text.text = text;
  *block = (xs_block){.kind = XS_BLOCK_PARAGRAPH};
  block->u.paragraph =
      (xs_paragraph){.style = style, .inlines = words, .inline_count = text.len > 0};
  *cell = (xs_cell){.column = column,
                    .colspan = colspan,
                    .rowspan = 1,
                    .decimal = column >= LEDGER_NUMBERS,
                    .top = thin,
                    .right = thin,
                    .bottom = thin,
                    .left = thin,
                    .padding_x = XS_PT(2),
                    .padding_y = XS_PT(2),
                    .blocks = {block, 1}};
}

/* Words over the first columns, and numbers that are a multiple of `n` behind them; none when 0. */
static void put_row(xs_arena *a, xs_row *row, const xs_para_style *style, const char *const *words,
                    uint32_t span, size_t n)
{
  xs_cell *cells = need(XS_NEW_ARRAY(a, LEDGER_COLUMNS, xs_cell));
  *row = (xs_row){.cells = cells, .min_height = XS_PT(16)};
  for (uint32_t k = 0; k < LEDGER_COLUMNS; k += k ? 1 : span) {
    uint32_t number = k - LEDGER_NUMBERS + 1;
    xs_text text = XS_LIT("");
    if (k < LEDGER_NUMBERS)
      text = xs_arena_printf(a, "%s", words[k]);
    else if (n)
      text = xs_arena_printf(a, "%zu.%02zu", n * number, n % 100);
    need((void *)(uintptr_t)text.ptr);
    put_cell(a, &cells[row->cell_count++], style, k, k ? 1 : span, text);
  }
}

void manuscript_add_table(manuscript *m, size_t row_count)
{
  static const xs_column columns[LEDGER_COLUMNS] = {
      {XS_WIDTH_FIXED, XS_PT(36)}, {XS_WIDTH_SHARE, 300}, {XS_WIDTH_SHARE, 200},
      {XS_WIDTH_SHARE, 100},       {XS_WIDTH_SHARE, 100}, {XS_WIDTH_SHARE, 150},
      {XS_WIDTH_SHARE, 150},       {XS_WIDTH_SHARE, 150}};
  static const uint32_t carried[] = {5, 6, 7};
  static const char *const words[] = {"号", "某县某某食品有限公司", "综合集体合同", "新签", "无"};
  static const char *const foot[] = {"过次页"}, *const head[] = {"承前页"};
  xs_arena *a = m->doc->arena;
  xs_para_style *style = need(XS_NEW(a, xs_para_style));
  xs_row *rows = need(XS_NEW_ARRAY(a, row_count + 4, xs_row)), *spare = rows + row_count + 2;
  *style = (xs_para_style){.name = XS_LIT("cell"),
                           .text = {.role = XS_ROLE_SONG, .size = XS_PT(9)},
                           .align = XS_ALIGN_CENTER,
                           .leading = XS_PT(12)};
  for (size_t r = 0; r < row_count + 2; r++) {
    put_row(a, &rows[r], style, words, 1, r < 2 ? 0 : r);
    rows[r].head = r < 2;
    xs_text *sums = need(XS_NEW_ARRAY(a, XS_COUNT(carried), xs_text));
    for (size_t i = 0; i < XS_COUNT(carried); i++)
      sums[i] = xs_arena_printf(a, "%zu.00", (r + 1) * r / 2 * (i + 1));
    if (r >= 2) rows[r].carried = sums;
  }
  put_row(a, &spare[0], style, foot, LEDGER_NUMBERS, 0);
  put_row(a, &spare[1], style, head, LEDGER_NUMBERS, 0);
  xs_block *block = need(XS_PUSH(a, m->blocks, m->count, m->capacity));
  *block = (xs_block){.kind = XS_BLOCK_TABLE};
  block->u.table = (xs_table){.columns = columns,
                              .column_count = LEDGER_COLUMNS,
                              .rows = rows,
                              .row_count = row_count + 2,
                              .continued = XS_LIT("（续表）"),
                              .continued_style = style->text,
                              .carry = {carried, XS_COUNT(carried), &spare[0], &spare[1]}};
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
