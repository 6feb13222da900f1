/* Numbers as a content stream writes them. Integers all the way: no floats, no locale. */
#ifndef XS_OUTPUT_NUMBER_H
#define XS_OUTPUT_NUMBER_H

#include "base/buf.h"
#include "base/len.h"

/* value / 10^decimals without needless zeros, and a space behind it. */
void xs_number_put(xs_buf *out, int64_t value, unsigned decimals);
/* A length in points with three decimals. */
void xs_number_put_len(xs_buf *out, xs_len len);
/* a / b rounded half away from zero; b > 0. */
int64_t xs_number_divide(int64_t a, int64_t b);

#endif
