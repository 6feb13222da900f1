#include "output/deflate.h"

#include "base/limits.h"

#include <limits.h>
#include <zlib.h>

struct xs_deflater {
  const xs_host *host;
  z_stream z;
  xs_buf packed;
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

xs_status xs_deflate(xs_deflater *d, xs_arena *a, xs_text raw, xs_text *out)
{
  if (raw.len > INT_MAX) return XS_ELIMIT;
  deflateReset(&d->z);
  d->packed.len = 0;
  uLong bound = deflateBound(&d->z, raw.len);
  char *room = xs_buf_room(&d->packed, bound);
  if (!room) return d->packed.status;
  d->z.next_in = (Bytef *)(uintptr_t)raw.ptr;
  d->z.avail_in = (uInt)raw.len;
  d->z.next_out = (Bytef *)room;
  d->z.avail_out = (uInt)bound;
  if (deflate(&d->z, Z_FINISH) != Z_STREAM_END) return XS_ELIMIT;
  xs_text packed = xs_arena_text(a, (xs_text){room, d->z.total_out});
  if (!packed.ptr) return XS_ENOMEM;
  *out = packed;
  return XS_OK;
}
