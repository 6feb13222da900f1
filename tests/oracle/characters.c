/*
 * Sets every character of a list in every role, through the fonts, layout and PDF:
 *   characters fonts.xml LIST.txt OUT.pdf OUT.txt
 * OUT.txt holds what a reader has to find in OUT.pdf. The PDF is made twice and has to be the same.
 */
#include "base/buf.h"
#include "base/diag_print.h"
#include "base/limits.h"
#include "base/text.h"
#include "layout/layout.h"
#include "output/pdf.h"
#include "support/manuscript.h"

#include <stdio.h>
#include <string.h>

static xs_status write_pdf(const xs_document *doc, const char *fonts_xml, xs_diags *diags,
                           xs_buf *out)
{
  xs_fontset *fonts = NULL;
  xs_pagelist *pages = NULL;
  const xs_pdf_options options = {.date = 20240305, .producer = XS_LIT("xieshang")};
  xs_status status =
      xs_fontset_open(xs_host_posix(), xs_text_of(fonts_xml), NULL, 0, diags, &fonts);
  if (!status) status = xs_layout(doc, fonts, diags, &pages);
  if (!status) {
    xs_pagelist_check(pages);
    status = xs_pdf_write(pages, &options, diags, out);
  }
  xs_pagelist_free(pages);
  xs_fontset_close(fonts);
  return status;
}

static bool save(const char *path, const xs_buf *bytes)
{
  const xs_host *host = xs_host_posix();
  return host->save(host->user, path, bytes->ptr, bytes->len) == 0;
}

static void print_diags(const xs_diags *diags)
{
  xs_buf text;
  xs_buf_init(&text, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_diags_print(diags, &text);
  fprintf(stderr, "%.*s", XS_TEXT(xs_buf_view(&text)));
  xs_buf_free(&text);
}

int main(int argc, char **argv)
{
  const xs_host *host = xs_host_posix();
  if (argc != 5) return 2;
  xs_buf characters, all, first, second;
  xs_buf *bufs[] = {&characters, &all, &first, &second};
  for (size_t i = 0; i < XS_COUNT(bufs); i++) xs_buf_init(bufs[i], host, XS_MAX_BUF_BYTES);
  if (!manuscript_read_list(argv[2], &characters)) return 2;

  manuscript m;
  manuscript_open(&m, host, "通用规范汉字");
  for (int role = 0; role < XS_ROLE_COUNT; role++) {
    manuscript_add(&m, (xs_role)role, 12, xs_buf_view(&characters));
    xs_buf_text(&all, xs_buf_view(&characters));
  }
  xs_diags *diags = xs_diags_new(host);
  bool good = !write_pdf(manuscript_end(&m), argv[1], diags, &first) &&
              !write_pdf(manuscript_end(&m), argv[1], diags, &second);
  if (good && (first.len != second.len || memcmp(first.ptr, second.ptr, first.len) != 0)) {
    fprintf(stderr, "the second file differs from the first\n");
    good = false;
  }
  good = good && save(argv[3], &first) && save(argv[4], &all);
  print_diags(diags);
  xs_diags_free(diags);
  xs_document_free(m.doc);
  for (size_t i = 0; i < XS_COUNT(bufs); i++) xs_buf_free(bufs[i]);
  return good ? 0 : 1;
}
