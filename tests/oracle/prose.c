/*
 * Sets a text, a paragraph for each of its lines:
 *   prose fonts.xml TEXT.txt ROLE SIZE MEASURE OUT.pdf
 * ROLE is a role of fonts.xml, SIZE and MEASURE are in 1/1000 pt. What comes out is read by
 * prose.py, which knows nothing of how it was made.
 */
#include "base/limits.h"
#include "base/text.h"
#include "support/manuscript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_paragraphs(manuscript *m, xs_role role, xs_len size, xs_text text)
{
  for (size_t at = 0; at < text.len;) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    xs_text line = {text.ptr + at, end ? (size_t)(end - text.ptr) - at : text.len - at};
    at += line.len + 1;
    if (line.len) manuscript_add(m, role, size, line);
  }
}

static bool write_prose(const char *fonts_xml, xs_text text, xs_role role, xs_len size,
                        xs_len measure, const char *path)
{
  const xs_host *host = xs_host_posix();
  manuscript m;
  xs_buf pdf;
  xs_buf_init(&pdf, host, XS_MAX_BUF_BYTES);
  manuscript_open(&m, host, "语料");
  manuscript_measure(&m, measure);
  add_paragraphs(&m, role, size, text);
  bool good =
      manuscript_pdf(&m, fonts_xml, &pdf) && !host->save(host->user, path, pdf.ptr, pdf.len);
  xs_document_free(m.doc);
  xs_buf_free(&pdf);
  return good;
}

int main(int argc, char **argv)
{
  const xs_host *host = xs_host_posix();
  const void *bytes = NULL;
  size_t len = 0;
  xs_role role;
  if (argc != 7 || !xs_role_find(xs_text_of(argv[3]), &role)) return 2;
  if (host->map(host->user, argv[2], XS_MAX_XML_BYTES, &bytes, &len)) return 2;
  xs_text text = {bytes, len};
  xs_len size = xs_len_of_millipt(atoi(argv[4])), measure = xs_len_of_millipt(atoi(argv[5]));
  bool good = write_prose(argv[1], text, role, size, measure, argv[6]);
  host->unmap(host->user, bytes, len);
  return good ? 0 : 1;
}
