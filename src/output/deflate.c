/*
 * libdeflate packs whole streams. On font programs, where there is little to find but much to
 * search, it takes a quarter of zlib's time for the same size, and that was half of the time of a
 * one-page paper. What comes in pieces is packed by zlib, which alone can take it so.
 */
#include "output/deflate.h"

#include "base/limits.h"

#include <libdeflate.h>
#include <limits.h>
#include <stdbool.h>
#include <zlib.h>

/* Of libdeflate. On the outlines of fonts the levels above save nothing and take twice as long. */
enum { LEVEL = 6 };

struct xs_deflater {
  const xs_host *host;
  struct libdeflate_compressor *whole;
  z_stream pieces;
  bool has_pieces; /* `pieces` is open; it takes 256 kB, and few files need it */
  xs_buf packed;
  xs_status status; /* of what is packed in pieces */
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
  *d = (xs_deflater){.host = host, .whole = libdeflate_alloc_compressor(LEVEL)};
  /* zlib keeps the pointer and hands it back, and never reads through it. */
  d->pieces.opaque = (void *)(uintptr_t)host;
  d->pieces.zalloc = allocate;
  d->pieces.zfree = release;
  xs_buf_init(&d->packed, host, XS_MAX_BUF_BYTES);
  if (d->whole) return d;
  xs_deflater_free(d);
  return NULL;
}

void xs_deflater_free(xs_deflater *d)
{
  if (!d) return;
  if (d->has_pieces) deflateEnd(&d->pieces);
  if (d->whole) libdeflate_free_compressor(d->whole);
  xs_buf_free(&d->packed);
  d->host->resize(d->host->user, d, 0);
}

static xs_status copy_packed(const xs_deflater *d, size_t len, xs_arena *a, xs_text *out)
{
  xs_text packed = xs_arena_text(a, (xs_text){d->packed.ptr, len});
  if (!packed.ptr) return XS_ENOMEM;
  *out = packed;
  return XS_OK;
}

xs_status xs_deflate(xs_deflater *d, xs_arena *a, xs_text raw, xs_text *out)
{
  size_t bound = libdeflate_zlib_compress_bound(d->whole, raw.len);
  d->packed.len = 0;
  char *room = xs_buf_room(&d->packed, bound);
  if (!room) return d->packed.status;
  size_t len = libdeflate_zlib_compress(d->whole, raw.ptr, raw.len, room, bound);
  return len ? copy_packed(d, len, a, out) : XS_ELIMIT;
}

/* ---- in pieces ------------------------------------------------------------------------------- */

void xs_deflate_begin(xs_deflater *d)
{
  d->packed.len = 0;
  int answer =
      d->has_pieces ? deflateReset(&d->pieces) : deflateInit(&d->pieces, Z_DEFAULT_COMPRESSION);
  d->has_pieces = d->has_pieces || answer == Z_OK;
  d->status = answer == Z_OK ? XS_OK : XS_ENOMEM;
}

static void run(xs_deflater *d, xs_text raw, int flush)
{
  enum { STEP = 16384 };
  int answer = Z_OK;
  if (!d->status && raw.len > INT_MAX) d->status = XS_ELIMIT;
  if (d->status) return;
  d->pieces.next_in = (Bytef *)(uintptr_t)raw.ptr;
  d->pieces.avail_in = (uInt)raw.len;
  do {
    char *room = xs_buf_room(&d->packed, STEP);
    if (!room) {
      d->status = d->packed.status;
      return;
    }
    d->pieces.next_out = (Bytef *)room;
    d->pieces.avail_out = STEP;
    answer = deflate(&d->pieces, flush);
    d->packed.len -= d->pieces.avail_out;
  } while (answer == Z_OK && (d->pieces.avail_in || d->pieces.avail_out == 0));
}

void xs_deflate_add(xs_deflater *d, xs_text raw)
{
  if (raw.len) run(d, raw, Z_NO_FLUSH);
}

xs_status xs_deflate_end(xs_deflater *d, xs_arena *a, xs_text *out)
{
  run(d, XS_NO_TEXT, Z_FINISH);
  return d->status ? d->status : copy_packed(d, d->packed.len, a, out);
}
