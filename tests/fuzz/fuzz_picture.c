/*
 * Any bytes as a picture: measuring, decoding and writing it into a PDF end. A failure has one
 * message with its place, a success a file. Checksums are mended first, so that the search is not
 * held up by them.
 */
#include "base/text.h"
#include "support/one_picture.h"
#include "support/small_png.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  static small_png png;
  one_picture p;
  xs_diag_view v;
  if (len > SMALL_PNG_MAX) return 0;
  if (len) memcpy(png.bytes, bytes, len);
  png.len = len;
  small_png_mend(&png);
  one_picture_try(&p, png.bytes, png.len);
  if (p.status != XS_ENOMEM) {
    if ((p.status != XS_OK) != (xs_diags_count(p.diags, XS_ERROR) == 1)) abort();
    if ((p.status == XS_OK) != (p.pdf.len > 0)) abort();
  }
  if (xs_diags_view(p.diags, 0, &v) && v.line != 1) abort();
  one_picture_end(&p);
  return 0;
}
