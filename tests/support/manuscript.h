/* Documents put together by hand, for tests of layout and of what comes after it. */
#ifndef TESTS_MANUSCRIPT_H
#define TESTS_MANUSCRIPT_H

#include "base/buf.h"
#include "model/document.h"

typedef struct manuscript {
  xs_document *doc; /* its own; free it with xs_document_free */
  xs_block *blocks;
  size_t count, capacity;
} manuscript;

/* An empty document of one section: A4 with the margins of GB/T 9704. All ends the program when out
 * of memory. */
void manuscript_open(manuscript *m, const xs_host *host, const char *title);
/* Lines are so wide from here on, and the pages with them. */
void manuscript_measure(manuscript *m, xs_len measure);
/* A justified paragraph, 28 pt from line to line. The text is copied. */
void manuscript_add(manuscript *m, xs_role role, xs_len size, xs_text text);
/* A ledger of eight columns: a head of two storeys, so many rows of words and numbers by their
 * points, and totals carried from page to page. */
void manuscript_add_table(manuscript *m, size_t row_count);
/* The document as it stands. */
const xs_document *manuscript_end(manuscript *m);
/* Sets the document and appends it to `out` as a PDF. False when that fails or anything has to be
 * said about it, which goes to stderr. */
bool manuscript_pdf(manuscript *m, const char *fonts_xml, xs_buf *out);

/* Appends the characters of a list such as tests/data/tongyong-8105.txt, without its comments and
 * line ends. False when it cannot be read. */
bool manuscript_read_list(const char *path, xs_buf *out);

#endif
