#include "base/buf.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void xs_buf_init(xs_buf *b, const xs_host *host, size_t max_bytes)
{
  *b = (xs_buf){.host = host, .max = max_bytes};
}

void xs_buf_free(xs_buf *b)
{
  if (b->ptr) b->host->resize(b->host->user, b->ptr, 0);
  *b = (xs_buf){.host = b->host, .max = b->max};
}

/* Makes room for `more` bytes behind b->len without counting them. */
static xs_status reserve(xs_buf *b, size_t more)
{
  if (b->status) return b->status;
  if (more > b->max - b->len) return b->status = XS_ELIMIT;
  size_t need = b->len + more;
  if (need <= b->capacity) return XS_OK;

  size_t larger = b->capacity ? b->capacity : FIRST_CAPACITY;
  while (larger < need && larger <= b->max / 2) larger *= 2;
  if (larger < need || larger > b->max) larger = b->max;
  char *p = b->host->resize(b->host->user, b->ptr, larger);
  if (!p) return b->status = XS_ENOMEM;
  b->ptr = p;
  b->capacity = larger;
  return XS_OK;
}

char *xs_buf_room(xs_buf *b, size_t len)
{
  /* One byte at least, so that an empty room is not taken for a failure. */
  if (reserve(b, len ? len : b->len < b->max)) return NULL;
  if (!b->ptr) return NULL;
  char *p = b->ptr + b->len;
  b->len += len;
  return p;
}

xs_status xs_buf_add(xs_buf *b, const void *ptr, size_t len)
{
  if (reserve(b, len)) return b->status;
  if (len) memcpy(b->ptr + b->len, ptr, len);
  b->len += len;
  return XS_OK;
}

xs_status xs_buf_text(xs_buf *b, xs_text t)
{
  return xs_buf_add(b, t.ptr, t.len);
}

xs_status xs_buf_str(xs_buf *b, const char *s)
{
  return xs_buf_add(b, s, strlen(s));
}

xs_status xs_buf_char(xs_buf *b, uint32_t codepoint)
{
  char bytes[4];
  return xs_buf_add(b, bytes, xs_text_encode(codepoint, bytes));
}

/* vsnprintf wants room for its NUL; when only that does not fit, the text goes by way of a copy. */
static xs_status print_tight(xs_buf *b, size_t len, const char *format, va_list args)
{
  char *copy = b->host->resize(b->host->user, NULL, len + 1);
  if (!copy) return b->status = XS_ENOMEM;
  vsnprintf(copy, len + 1, format, args);
  xs_buf_add(b, copy, len);
  b->host->resize(b->host->user, copy, 0);
  return b->status;
}

xs_status xs_buf_printf(xs_buf *b, const char *format, ...)
{
  if (b->status) return b->status;
  va_list args;
  va_start(args, format);
  int printed = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (printed < 0) return b->status = XS_EINPUT;

  size_t len = (size_t)printed;
  if (reserve(b, len)) return b->status;
  va_start(args, format);
  if (len < b->max - b->len && !reserve(b, len + 1)) {
    vsnprintf(b->ptr + b->len, len + 1, format, args);
    b->len += len;
  } else if (!b->status) {
    print_tight(b, len, format, args);
  }
  va_end(args);
  return b->status;
}
