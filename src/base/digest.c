#include "base/digest.h"

#include <openssl/evp.h>

struct xs_digest {
  const xs_host *host;
  EVP_MD_CTX *context;
  int failed;
};

static void write_hex(const unsigned char *bytes, size_t len, char *out)
{
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < len; i++) {
    *out++ = digits[bytes[i] >> 4];
    *out++ = digits[bytes[i] & 15];
  }
  *out = '\0';
}

xs_status xs_digest_hex(const void *ptr, size_t len, char out[65])
{
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned count = 0;
  out[0] = '\0';
  if (!EVP_Digest(len ? ptr : "", len, bytes, &count, EVP_sha256(), NULL)) return XS_ENOMEM;
  write_hex(bytes, count, out);
  return XS_OK;
}

xs_digest *xs_digest_new(const xs_host *host)
{
  xs_digest *d = host->resize(host->user, NULL, sizeof *d);
  if (!d) return NULL;
  *d = (xs_digest){.host = host, .context = EVP_MD_CTX_new()};
  if (!d->context || !EVP_DigestInit_ex(d->context, EVP_sha256(), NULL)) {
    xs_digest_free(d);
    return NULL;
  }
  return d;
}

void xs_digest_add(xs_digest *d, const void *ptr, size_t len)
{
  if (len && !EVP_DigestUpdate(d->context, ptr, len)) d->failed = 1;
}

xs_status xs_digest_end(xs_digest *d, char out[65])
{
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned count = 0;
  out[0] = '\0';
  if (d->failed || !EVP_DigestFinal_ex(d->context, bytes, &count)) return XS_ENOMEM;
  write_hex(bytes, count, out);
  return XS_OK;
}

void xs_digest_free(xs_digest *d)
{
  if (!d) return;
  EVP_MD_CTX_free(d->context);
  d->host->resize(d->host->user, d, 0);
}
