/* Deflate with a dictionary: bytes that hardly differ from others take hardly any room. */
#ifndef XS_STORE_SQUEEZE_H
#define XS_STORE_SQUEEZE_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the bytes to `out`, deflated. The dictionary may be empty. */
xs_status xs_squeeze(xs_text bytes, xs_text dictionary, xs_buf *out);

/* XS_EINPUT unless exactly `len` bytes come out of what was packed with this dictionary. */
xs_status xs_unsqueeze(const xs_host *host, xs_text packed, xs_text dictionary, char *out,
                       size_t len);

#endif
