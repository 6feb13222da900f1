/*
 * A PDF of one page with this content and nothing packed, as small as one can be. Tests say with
 * it what the engine's own writer never would.
 */
#ifndef TESTS_PLAIN_PDF_H
#define TESTS_PLAIN_PDF_H

#include <stdio.h>
#include <string.h>

typedef struct plain_pdf {
  char bytes[4096];
  size_t len;
} plain_pdf;

/* `page` stands among the entries of the page, such as "/Rotate 90"; `trailer` likewise. */
static inline void plain_pdf_make(plain_pdf *pdf, const char *content, const char *page,
                                  const char *trailer)
{
  enum { OBJECTS = 4 };
  size_t offsets[OBJECTS + 1], at = 0;
  char *p = pdf->bytes;
  const size_t room = sizeof pdf->bytes;
  at += (size_t)snprintf(p + at, room - at, "%%PDF-1.4\n");
  offsets[1] = at;
  at += (size_t)snprintf(p + at, room - at, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
  offsets[2] = at;
  at +=
      (size_t)snprintf(p + at, room - at, "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n");
  offsets[3] = at;
  at += (size_t)snprintf(p + at, room - at,
                         "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.275 841.89]"
                         "/Contents 4 0 R %s>>\nendobj\n",
                         page);
  offsets[4] = at;
  at += (size_t)snprintf(p + at, room - at,
                         "4 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\nendobj\n",
                         strlen(content) + 1, content);
  size_t table = at;
  at += (size_t)snprintf(p + at, room - at, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
  for (int i = 1; i <= OBJECTS; i++)
    at += (size_t)snprintf(p + at, room - at, "%010zu 00000 n \n", offsets[i]);
  at += (size_t)snprintf(p + at, room - at,
                         "trailer\n<</Size %d/Root 1 0 R %s>>\nstartxref\n%zu\n%%%%EOF\n",
                         OBJECTS + 1, trailer, table);
  pdf->len = at;
}

#endif
