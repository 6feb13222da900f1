/*
 * The log: what was done to a case, by whom, when and why. Events are only ever added. Each is one
 * line of JSON with sorted keys and without blanks, and holds the hash of the one before; its own
 * hash is the SHA-256 of that line. So the hash of the last event, the head, stands for the whole
 * history: it is printed in packets, and whoever keeps one can check the log without the store.
 *
 *   {"at":"2025-03-04T02:11:00Z","by":"林若溪","case":"wage-2025", … ,"prev":"9c1f…","seq":7}
 *
 * The store as a whole has a second chain, the journal, over all events in the order they came;
 * it tells when a whole case is gone. The members of an event are listed in event.def.
 */
#ifndef XS_STORE_LOG_H
#define XS_STORE_LOG_H

#include "store/store.h"

typedef struct xs_event {
  /* filled by the caller; what is empty or 0 is left out */
  xs_text kind; /* step, revise, freeze, sign, void, undo, evidence, note, import, user */
  uint32_t date;
  xs_text by, role;
  xs_text track, key, step, from, to;
  int64_t revision; /* of the case, after it */
  xs_text digest;   /* SHA-256 of what it did: of that revision, or of the document */
  xs_text pack;     /* digest of the rule pack, where a case begins */
  xs_text reason;
  xs_text document, slot, person, means;
  xs_text text;         /* digest of the plain text of the document */
  const xs_text *files; /* digests of evidence, which the store has already */
  size_t file_count;
  /* filled by the store */
  xs_text uid; /* empty: of the store itself, about its users */
  int64_t seq; /* in its chain, from 1 */
  int64_t at;
  xs_text prev, hash;
} xs_event;

/*
 * Adds an event to the log of a case; to that of the store itself when `uid` is empty. Fills seq,
 * at, prev and hash, in `a`. A clock that stands before the last event of the store is refused
 * with XS_ECONFLICT.
 */
XS_MUST_CHECK xs_status xs_store_event_append(xs_arena *a, xs_store *store, xs_text uid,
                                              xs_event *event, xs_diags *diags);

/*
 * Adds an event of another store, as its line stands there, to a case that comes from it. Refused
 * as event-changed when it does not follow from the last one, and as store-clock when it lies in
 * the future.
 */
XS_MUST_CHECK xs_status xs_store_event_restore(xs_store *store, xs_text uid, xs_text line,
                                               xs_diags *diags);

/* All events of a case in their order. */
XS_MUST_CHECK xs_status xs_store_event_list(xs_arena *a, xs_store *store, xs_text uid,
                                            xs_diags *diags, xs_event **out, size_t *count);

/* ---- its form ---- */

/* Appends the line of an event, without a line end. */
xs_status xs_event_write(const xs_event *event, xs_buf *out);

/* Reads such a line; `hash` is worked out. XS_EINPUT when it is not exactly what xs_event_write
 * writes: then it was written by something else, or changed. */
XS_MUST_CHECK xs_status xs_event_read(xs_arena *a, xs_text line, xs_event *out);

#endif
