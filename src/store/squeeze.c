#include "store/squeeze.h"

#define ZLIB_CONST
#include <zlib.h>

static void *zalloc(void *host, unsigned count, unsigned each)
{
  const xs_host *h = host;
  return h->resize(h->user, NULL, (size_t)count * each);
}

static void zfree(void *host, void *ptr)
{
  const xs_host *h = host;
  h->resize(h->user, ptr, 0);
}

static z_stream new_stream(const xs_host *host)
{
  return (z_stream){.zalloc = zalloc, .zfree = zfree, .opaque = (void *)(uintptr_t)host};
}

xs_status xs_squeeze(xs_text bytes, xs_text dictionary, xs_buf *out)
{
  z_stream z = new_stream(out->host);
  if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return XS_ENOMEM;
  if (dictionary.len) deflateSetDictionary(&z, (const Bytef *)dictionary.ptr, (uInt)dictionary.len);
  size_t bound = deflateBound(&z, (uLong)bytes.len);
  z.next_out = (Bytef *)xs_buf_room(out, bound);
  z.avail_out = (uInt)bound;
  z.next_in = (const Bytef *)bytes.ptr;
  z.avail_in = (uInt)bytes.len;
  if (z.next_out && deflate(&z, Z_FINISH) == Z_STREAM_END) out->len -= z.avail_out;
  deflateEnd(&z);
  return out->status;
}

xs_status xs_unsqueeze(const xs_host *host, xs_text packed, xs_text dictionary, char *out,
                       size_t len)
{
  z_stream z = new_stream(host);
  if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return XS_ENOMEM;
  if (dictionary.len) inflateSetDictionary(&z, (const Bytef *)dictionary.ptr, (uInt)dictionary.len);
  z.next_in = (const Bytef *)packed.ptr;
  z.avail_in = (uInt)packed.len;
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)len;
  int code = inflate(&z, Z_FINISH);
  inflateEnd(&z);
  if (code == Z_MEM_ERROR) return XS_ENOMEM;
  return code == Z_STREAM_END && z.avail_out == 0 ? XS_OK : XS_EINPUT;
}
