/*
 * The journal: one chain over the events of all cases, in the order they came. A case that was
 * removed whole, with its log, leaves its entries here. An entry is linked to the one before by
 *
 *   link = SHA-256("<link before> <number> <seq> <hash> <uid>")
 *
 * in hexadecimal digits; the first has nothing before the first blank.
 */
#ifndef XS_STORE_JOURNAL_H
#define XS_STORE_JOURNAL_H

#include "store/log.h"

typedef struct xs_journal_entry {
  int64_t number; /* from 1 */
  xs_text uid;
  int64_t seq;
  xs_text hash;
} xs_journal_entry;

/* The link of an entry that follows `before`. */
xs_status xs_journal_link(const xs_host *host, xs_text before, const xs_journal_entry *entry,
                          char out[65]);

/* Adds the entry of an event; its number is that of the event. */
xs_status xs_journal_append(xs_store *store, const xs_event *event, xs_diags *diags,
                            int64_t *number);

/* Makes the journal of a store that has none yet. */
xs_status xs_journal_fill(xs_store *store, xs_diags *diags);

/* Number and link of the last entry; 0 and "" when there is none. */
xs_status xs_journal_end(xs_store *store, xs_diags *diags, int64_t *number, char link[65]);

#endif
