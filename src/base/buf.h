/* A byte buffer that grows up to a ceiling fixed at its birth. */
#ifndef XS_BASE_BUF_H
#define XS_BASE_BUF_H

#include "xieshang/base.h"

typedef struct xs_buf {
  const xs_host *host;
  char *ptr;
  size_t len;
  size_t capacity;
  size_t max;
  xs_status status; /* the first failure; later calls do nothing and return it */
} xs_buf;

void xs_buf_init(xs_buf *b, const xs_host *host, size_t max_bytes);
void xs_buf_free(xs_buf *b);
xs_status xs_buf_add(xs_buf *b, const void *ptr, size_t len);
xs_status xs_buf_text(xs_buf *b, xs_text t);
xs_status xs_buf_str(xs_buf *b, const char *s);
xs_status xs_buf_char(xs_buf *b, uint32_t codepoint);
xs_status xs_buf_printf(xs_buf *b, const char *format, ...) XS_PRINTF(2, 3);
/* Room for `len` more bytes at the end, counted already; NULL on failure. */
char *xs_buf_room(xs_buf *b, size_t len);
static inline xs_text xs_buf_view(const xs_buf *b)
{
  return (xs_text){b->ptr, b->len};
}

#endif
