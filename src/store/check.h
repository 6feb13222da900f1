/* The whole of a store: is it sound, and a copy of it while others go on working. */
#ifndef XS_STORE_CHECK_H
#define XS_STORE_CHECK_H

#include "store/audit.h"

typedef struct xs_health {
  int64_t version;
  int64_t bytes; /* of the file */
  int64_t blobs; /* files, papers and revisions that were read and held against their digests */
  xs_audit audit;
} xs_health;

/*
 * Checks everything there is: the pages and indexes of the file, that rows refer to rows that are
 * there, that tables and rules are those that this program makes, that all bytes are those of their
 * digests, and the logs as xs_store_log_verify does. What is wrong is a diagnostic each: XS_EINPUT.
 */
XS_MUST_CHECK xs_status xs_store_check(xs_store *store, xs_diags *diags, xs_health *out);

/*
 * Copies the store, as it is at this moment, into a new file; others may read and write meanwhile.
 * A file that is there already and not empty is never overwritten: XS_ECONFLICT. When it fails the
 * file is empty. The copy is one file without a write-ahead log beside it, and is a store itself.
 */
XS_MUST_CHECK xs_status xs_store_backup(xs_store *store, const char *path, xs_diags *diags,
                                        xs_health *out);

/* Version, size and the end of the journal, without any check. */
XS_MUST_CHECK xs_status xs_store_measure(xs_store *store, xs_diags *diags, xs_health *out);

/* The version of the file as it was opened, and as it is now. */
int64_t xs_store_version_before(const xs_store *store);
int64_t xs_store_version(void);

#endif
