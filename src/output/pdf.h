/*
 * A page list becomes a PDF file. The only floor that knows libharu.
 *
 * With a profile the file is PDF/A, and of the oldest part that allows what is in it: 1b, with
 * transparent pictures 2b, with attachments 3b. Without a profile it is plain PDF and claims
 * nothing.
 */
#ifndef XS_OUTPUT_PDF_H
#define XS_OUTPUT_PDF_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/pagelist.h"

typedef struct xs_pdf_attachment {
  xs_text name; /* UTF-8 */
  xs_text mime; /* such as text/xml */
  xs_text description;
  xs_text bytes;
} xs_pdf_attachment;

/* What made the pages. Empty texts are left out. */
typedef struct xs_pdf_origin {
  xs_text id, version, digest; /* of the template or packet plan */
  xs_text copy;
} xs_pdf_origin;

typedef struct xs_pdf_options {
  uint32_t date; /* YYYYMMDD, for the dates of the file; 0: it has none */
  xs_text producer;
  xs_text icc;  /* an RGB profile for the output intent; empty: none */
  bool flatten; /* no transparency: see image.h */
  xs_pdf_origin origin;
  const xs_pdf_attachment *attachments;
  size_t attachment_count;
} xs_pdf_options;

/*
 * Appends the file to `out`, which is as before when this fails: XS_EINPUT for a font or a picture
 * that is broken, with a diagnostic that names it. The same input gives the same bytes.
 */
xs_status xs_pdf_write(const xs_pagelist *pages, const xs_pdf_options *options, xs_diags *diags,
                       xs_buf *out);

#endif
