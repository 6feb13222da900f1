/*
 * Any bytes as a font file: opening it through a font set, measuring its marks, shaping, laying
 * out, cutting it down and writing a PDF end. A failure has a message with its place, a success a
 * file.
 */
#include "support/one_font.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  one_font f;
  xs_diag_view v;
  one_font_try(&f, len ? bytes : (const uint8_t *)"", len);
  if (f.status != XS_ENOMEM) {
    if ((f.status != XS_OK) != (xs_diags_count(f.diags, XS_ERROR) > 0)) abort();
    if ((f.status == XS_OK) != (f.pdf_len > 0)) abort();
  }
  for (size_t i = 0; xs_diags_view(f.diags, i, &v); i++)
    if (xs_text_is(v.slug, "font-broken") && !v.line) abort();
  one_font_end(&f);
  return 0;
}
