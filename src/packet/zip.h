/*
 * ZIP archives in memory. The only file that knows libzip.
 *
 * Written archives are plain so that they can be read for as long as possible: entries are
 * stored and not compressed (PDF files are compressed already), names are UTF-8 with bit 11 set,
 * there are no extra fields, and all times are the stated day. The same files give the same
 * bytes.
 */
#ifndef XS_PACKET_ZIP_H
#define XS_PACKET_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>

/* Appends an archive of the files, in this order, to `out`. `date` is YYYYMMDD. */
xs_status xs_zip_write(const xs_host *host, const xs_host_file *files, size_t count, uint32_t date,
                       xs_diags *diags, xs_buf *out);

/* An archive that is open for reading; its bytes are borrowed. */
typedef struct xs_zip xs_zip;

typedef struct xs_zip_entry {
  xs_text name; /* UTF-8; bytes that are not, read as GB18030 */
  uint64_t len; /* as the archive states it: may be a lie */
  uint64_t packed_len;
  bool encrypted;
  bool is_regular; /* no folder, no link, no device */
} xs_zip_entry;

/* `shown` names the archive in messages. Closed with the arena. */
xs_status xs_zip_open(xs_arena *a, xs_text bytes, xs_text shown, xs_diags *diags, xs_zip **out);

/*
 * True when the archive contradicts itself: the head of an entry says something else than the
 * table at the end. Programs then differ in what they find in it.
 */
bool xs_zip_contradicts_itself(const xs_zip *zip);

size_t xs_zip_count(const xs_zip *zip);

/* The name lives in the arena of the archive. XS_EINPUT when the entry cannot be read at all. */
xs_status xs_zip_entry_at(xs_zip *zip, size_t i, xs_zip_entry *out);

/*
 * Unpacks an entry piece by piece. Stops with XS_ELIMIT when it is longer than its stated
 * length, and with XS_EINPUT when it cannot be unpacked or its checksum is wrong. *reason then
 * says why, in English, borrowed from the archive.
 */
xs_status xs_zip_read(xs_zip *zip, size_t i, xs_status (*piece)(void *arg, const void *, size_t),
                      void *arg, xs_text *reason);

/* The first entry of this very name, whole; XS_EINPUT without a diagnostic when it is not there,
 * cannot be unpacked, or is above `max_bytes`. */
xs_status xs_zip_find(xs_zip *zip, const char *name, size_t max_bytes, xs_buf *out);

#endif
