/* What a file says of itself. */
#ifndef XS_OUTPUT_METADATA_H
#define XS_OUTPUT_METADATA_H

#include "base/digest.h"
#include "model/pagelist.h"
#include "output/deflate.h"
#include "output/haru.h"
#include "output/pdf.h"

/*
 * Information dictionary, XMP, language, how a reader opens the file, and its colours. `part`: of
 * PDF/A, that the file says it keeps to at level B; 0: none.
 */
xs_status xs_metadata_write(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages,
                            const xs_pdf_options *options, unsigned part, xs_digest *digest);

/* The day of the file under both keys, at midnight in China; nothing for date 0. */
void xs_metadata_set_dates(xs_haru *h, HPDF_Dict dict, uint32_t date, const char *created,
                           const char *modified);

#endif
