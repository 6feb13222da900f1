#include "output/deflate.h"

#include "base/limits.h"

#include <limits.h>
#include <zlib.h>

struct xs_deflater {
  const xs_host *host;
  z_stream z;
  xs_buf packed;
  xs_status status;
};

static void *allocate(void *user, unsigned count, unsigned each)
{
  const xs_host *host = user;
  return host->resize(host->user, NULL, (size_t)count * each);
}

static void release(void *user, void *ptr)
{
  const xs_host *host = user;
  if (ptr) host->resize(host->user, ptr, 0);
}

xs_deflater *xs_deflater_new(const xs_host *host)
{
  xs_deflater *d = host->resize(host->user, NULL, sizeof *d);
  if (!d) return NULL;
  *d = (xs_deflater){.host = host};
  /* zlib keeps the pointer and hands it back, and never reads through it. */
  d->z.opaque = (void *)(uintptr_t)host;
  d->z.zalloc = allocate;
  d->z.zfree = release;
  xs_buf_init(&d->packed, host, XS_MAX_BUF_BYTES);
  if (deflateInit(&d->z, Z_DEFAULT_COMPRESSION) == Z_OK) return d;
  host->resize(host->user, d, 0);
  return NULL;
}

void xs_deflater_free(xs_deflater *d)
{
  if (!d) return;
  deflateEnd(&d->z);
  xs_buf_free(&d->packed);
  d->host->resize(d->host->user, d, 0);
}

void xs_deflate_begin(xs_deflater *d)
{
  d->packed.len = 0;
  d->status = deflateReset(&d->z) == Z_OK ? XS_OK : XS_ENOMEM;
}

static void run(xs_deflater *d, xs_text raw, int flush)
{
  if (d->status) return;
  if (raw.len > INT_MAX) {
    d->status = XS_ELIMIT;
    return;
  }
  d->z.next_in = (Bytef *)(uintptr_t)raw.ptr;
  d->z.avail_in = (uInt)raw.len;
  int answer = Z_OK;
  do {
    enum { STEP = 16384 };
    char *room = xs_buf_room(&d->packed, STEP);
    if (!room) {
      d->status = d->packed.status;
      return;
    }
    d->z.next_out = (Bytef *)room;
    d->z.avail_out = STEP;
    answer = deflate(&d->z, flush);
    d->packed.len -= d->z.avail_out;
  } while (answer == Z_OK && (d->z.avail_in || d->z.avail_out == 0));
}

void xs_deflate_add(xs_deflater *d, xs_text raw)
{
  if (raw.len) run(d, raw, Z_NO_FLUSH);
}

xs_status xs_deflate_end(xs_deflater *d, xs_arena *a, xs_text *out)
{
  run(d, XS_NO_TEXT, Z_FINISH);
  if (d->status) return d->status;
  xs_text packed = xs_arena_text(a, xs_buf_view(&d->packed));
  if (!packed.ptr) return XS_ENOMEM;
  *out = packed;
  return XS_OK;
}

xs_status xs_deflate(xs_deflater *d, xs_arena *a, xs_text raw, xs_text *out)
{
  xs_deflate_begin(d);
  xs_deflate_add(d, raw);
  return xs_deflate_end(d, a, out);
}
