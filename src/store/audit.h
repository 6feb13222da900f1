/* Was anything changed since it was written? The logs of a store against their chains. */
#ifndef XS_STORE_AUDIT_H
#define XS_STORE_AUDIT_H

#include "store/store.h"

typedef struct xs_audit {
  int64_t cases, events; /* that were looked at */
  int64_t end;           /* the last entry of the journal */
  char head[65];         /* the hash of the last event of the case; of the journal, for all */
  int64_t sought_at;     /* the event whose hash was looked for; 0: not asked, or not found */
} xs_audit;

/*
 * Checks the log of a case, or with an empty `uid` of all cases and of the store itself, and that
 * the revisions and documents are those that the log speaks of. The first event of each log that
 * was changed, removed, moved or put in is a diagnostic: XS_EINPUT. `head` may be empty; else one
 * event of the case must have this hash, as it stands in a packet.
 *
 * A whole log that was made anew, with the journal, agrees with itself: only a head that is kept
 * elsewhere tells.
 */
XS_MUST_CHECK xs_status xs_store_log_verify(xs_store *store, xs_text uid, xs_text head,
                                            xs_diags *diags, xs_audit *out);

/*
 * The log of a case as lines of JSON, each an event and its hash:
 *
 *   {"event":{…},"hash":"…"}
 *
 * The hash is the SHA-256 of the bytes of the event as they stand in the line.
 */
XS_MUST_CHECK xs_status xs_store_log_export(xs_store *store, xs_text uid, xs_diags *diags,
                                            xs_buf *out);

/* Checks such lines without a store, like xs_store_log_verify. `name` is that of the file. */
XS_MUST_CHECK xs_status xs_log_check(const xs_host *host, xs_text name, xs_text lines, xs_text head,
                                     xs_diags *diags, xs_audit *out);

#endif
