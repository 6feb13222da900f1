/* The content stream of one page. */
#ifndef XS_OUTPUT_CONTENT_H
#define XS_OUTPUT_CONTENT_H

#include "base/buf.h"
#include "output/image.h"
#include "output/usage.h"

/*
 * Appends the operators that draw the page, in the order of reading; opaque pictures come before
 * all text. The faces of `usage` have their codes already.
 */
xs_status xs_content_write(const xs_page *page, const xs_usage *usage, const xs_images *images,
                           xs_buf *out);

#endif
