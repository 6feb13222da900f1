/* SHA-256, the only digest that packets and manifests use. */
#ifndef XS_BASE_DIGEST_H
#define XS_BASE_DIGEST_H

#include "xieshang/base.h"

enum { XS_DIGEST_HEX_LEN = 64 };

/*
 * The digest as 64 lower-case hexadecimal digits and a NUL. XS_ENOMEM when the digest cannot
 * be computed; `out` is then empty.
 */
xs_status xs_digest_hex(const void *ptr, size_t len, char out[65]) XS_MUST_CHECK;

/*
 * The same piece by piece: new, add any number of times, end. A failure on the way is kept and
 * returned by `end`. NULL when out of memory; `free` accepts NULL.
 */
typedef struct xs_digest xs_digest;

xs_digest *xs_digest_new(const xs_host *host);
void xs_digest_add(xs_digest *d, const void *ptr, size_t len);
xs_status xs_digest_end(xs_digest *d, char out[65]) XS_MUST_CHECK; /* once; only free follows */
void xs_digest_free(xs_digest *d);

#endif
