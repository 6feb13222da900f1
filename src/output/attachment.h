/* Files that travel inside a PDF. */
#ifndef XS_OUTPUT_ATTACHMENT_H
#define XS_OUTPUT_ATTACHMENT_H

#include "base/digest.h"
#include "output/deflate.h"
#include "output/haru.h"
#include "output/pdf.h"

xs_status xs_attachments_write(xs_haru *h, xs_deflater *deflater, const xs_pdf_options *options,
                               xs_digest *digest);

#endif
