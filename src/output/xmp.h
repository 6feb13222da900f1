/* The XMP packet: what a file says of itself to programs that need not know PDF. */
#ifndef XS_OUTPUT_XMP_H
#define XS_OUTPUT_XMP_H

#include "base/buf.h"
#include "model/pagelist.h"
#include "output/pdf.h"

#define XS_PDF_CREATOR "xieshang"

/* Appends the packet. `part`: of ISO 19005, that the file keeps to at level B; 0: none. */
void xs_xmp_write(const xs_pagelist *pages, const xs_pdf_options *options, unsigned part,
                  xs_buf *out);

#endif
