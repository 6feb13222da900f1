/*
 * Sets every character of a list in every role, through the fonts, layout and PDF:
 *   characters fonts.xml LIST.txt OUT.pdf OUT.txt
 * OUT.txt holds what a reader has to find in OUT.pdf. The PDF is made twice and has to be the same.
 */
#include "base/limits.h"
#include "support/manuscript.h"

#include <stdio.h>
#include <string.h>

static bool save(const char *path, const xs_buf *bytes)
{
  const xs_host *host = xs_host_posix();
  return host->save(host->user, path, bytes->ptr, bytes->len) == 0;
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
    manuscript_add(&m, (xs_role)role, XS_PT(12), xs_buf_view(&characters));
    xs_buf_text(&all, xs_buf_view(&characters));
  }
  bool good = manuscript_pdf(&m, argv[1], &first) && manuscript_pdf(&m, argv[1], &second);
  if (good && (first.len != second.len || memcmp(first.ptr, second.ptr, first.len) != 0)) {
    fprintf(stderr, "the second file differs from the first\n");
    good = false;
  }
  good = good && save(argv[3], &first) && save(argv[4], &all);
  xs_document_free(m.doc);
  for (size_t i = 0; i < XS_COUNT(bufs); i++) xs_buf_free(bufs[i]);
  return good ? 0 : 1;
}
