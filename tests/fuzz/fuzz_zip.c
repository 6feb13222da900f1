/* Any bytes as the archive of a packet: verifying it ends, and finds fault or finds none. */
#include "support/memory_host.h"
#include "xieshang/engine.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  memory_host m;
  memory_host_init(&m, "packet.zip", len ? bytes : (const uint8_t *)"", len);
  xs_diags *diags = xs_diags_new(&m.host);
  if (!diags) return 0;
  xs_status status = xs_packet_verify(&m.host, "packet.zip", diags);
  if ((status != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
  xs_diags_free(diags);
  return 0;
}
