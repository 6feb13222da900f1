/*
 * The manifest of a packet: manifest.json, what stands in the archive, made from what, and the
 * digest of every file. The two files behind this header are the only ones that know jansson.
 *
 * Beside it stands SHA256SUMS with the same digests and that of the manifest, in the form of
 * sha256sum, so that `sha256sum -c SHA256SUMS` checks an unpacked archive without this program.
 */
#ifndef XS_PACKET_MANIFEST_H
#define XS_PACKET_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#define XS_MANIFEST_NAME   "manifest.json"
#define XS_MANIFEST_FORMAT "urn:xieshang:manifest:1"
#define XS_SUMS_NAME       "SHA256SUMS"

struct xs_packet;

/* Files of the archive but for these two. Appends to `manifest` and `sums`. */
xs_status xs_manifest_write(const struct xs_packet *p, const xs_host_file *files, size_t count,
                            xs_buf *manifest, xs_buf *sums);

/* One file as a manifest states it. */
typedef struct xs_manifest_file {
  xs_text name, sha256;
  uint64_t len;
} xs_manifest_file;

typedef struct xs_manifest {
  const xs_manifest_file *files;
  size_t count;
  xs_text case_id;  /* of the case */
  xs_text log_head; /* hash of the last event of its log; empty when it came from a file */
} xs_manifest;

/* Reads what `xs_manifest_write` wrote. `shown` names the archive in messages. */
xs_status xs_manifest_read(xs_arena *a, xs_text bytes, xs_text shown, xs_diags *diags,
                           xs_manifest *out);

/* A line of SHA256SUMS. */
xs_status xs_sums_line(xs_buf *out, xs_text sha256, xs_text name);

#endif
