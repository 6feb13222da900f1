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

/* An empty A4 document of one section. All ends the program when out of memory. */
void manuscript_open(manuscript *m, const xs_host *host, const char *title);
/* A justified paragraph, 28 pt from line to line. The text is copied. */
void manuscript_add(manuscript *m, xs_role role, int size_pt, xs_text text);
/* The document as it stands. */
const xs_document *manuscript_end(manuscript *m);

/* Appends the characters of a list such as tests/data/tongyong-8105.txt, without its comments and
 * line ends. False when it cannot be read. */
bool manuscript_read_list(const char *path, xs_buf *out);

#endif
