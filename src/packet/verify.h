/* Checking a packet's archive, for those who hold it against the log of its case, too. */
#ifndef XS_PACKET_VERIFY_H
#define XS_PACKET_VERIFY_H

#include "packet/manifest.h"

/* Which log a packet speaks of, and how far it went when the packet was made. */
typedef struct xs_packet_log {
  xs_text case_id;
  xs_text head; /* hash of its last event; empty: the case came from a file */
} xs_packet_log;

/* As xs_packet_verify; *out, in `a`, is empty when the manifest cannot be read. */
xs_status xs_packet_verify_log(xs_arena *a, const xs_host *host, const char *path, xs_diags *diags,
                               xs_packet_log *out);

#endif
