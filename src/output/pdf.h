/* A page list becomes a PDF file. The only floor that knows libharu. */
#ifndef XS_OUTPUT_PDF_H
#define XS_OUTPUT_PDF_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/pagelist.h"

typedef struct xs_pdf_attachment {
  xs_text name; /* UTF-8 */
  xs_text mime;
  xs_text description;
  xs_text bytes;
} xs_pdf_attachment;

typedef struct xs_pdf_options {
  uint32_t date; /* YYYYMMDD, for CreationDate; the same input gives the same bytes */
  xs_text producer;
  const xs_pdf_attachment *attachments;
  size_t attachment_count;
} xs_pdf_options;

/* Appends the file to `out`. */
xs_status xs_pdf_write(const xs_pagelist *pages, const xs_pdf_options *options, xs_diags *diags,
                       xs_buf *out);

/* Reads size of a PNG from its head; XS_EINPUT with a diagnostic at `at` when it is not a PNG,
 * broken, or above the limits. */
xs_status xs_png_measure(xs_text bytes, xs_text name, xs_span at, xs_diags *diags, uint32_t *width,
                         uint32_t *height);

#endif
