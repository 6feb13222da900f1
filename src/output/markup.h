/* Text as XML holds it. */
#ifndef XS_OUTPUT_MARKUP_H
#define XS_OUTPUT_MARKUP_H

#include "base/buf.h"

/* Appends the content of an element, with its three signs escaped. Not for attributes. */
void xs_markup_put(xs_buf *out, xs_text text);

#endif
