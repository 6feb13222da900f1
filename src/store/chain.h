/* The chain of one log, walked from its first event on: what is the first that is not as it was? */
#ifndef XS_STORE_CHAIN_H
#define XS_STORE_CHAIN_H

#include "store/log.h"

typedef enum xs_fault {
  XS_FAULT_NONE,
  XS_FAULT_CHANGED,  /* an event does not say what it said */
  XS_FAULT_REMOVED,  /* an event is missing */
  XS_FAULT_MOVED,    /* an event stands where another one stood */
  XS_FAULT_INSERTED, /* an event that the program did not write */
} xs_fault;

/* One event as it is found. */
typedef struct xs_found {
  int64_t seq;     /* the place it is found in */
  xs_text hash;    /* that is kept beside it */
  xs_text body;    /* its line */
  xs_text journal; /* its hash as the journal has it; empty where there is no journal */
} xs_found;

typedef struct xs_chain {
  xs_text uid;
  xs_text sought;    /* a hash that is looked for; may be empty */
  int64_t sought_at; /* the event that has it; 0: none so far */
  int64_t seq;       /* of the last event, 0 before the first */
  char hash[65];     /* of the last event */
  xs_fault fault;    /* the first; nothing is looked at after it */
  int64_t fault_at;  /* the event it is about */
  xs_status status;  /* XS_ENOMEM: nothing more is known */
} xs_chain;

/* The next event; it is read into *event in `a`, which may hold it for a while. False when it is
 * the first fault, and after that. */
bool xs_chain_add(xs_arena *a, xs_chain *chain, const xs_found *found, xs_event *event);

/* At the end: the number of events and the hash of the last as they were noted elsewhere. */
void xs_chain_end(xs_chain *chain, int64_t count, xs_text head);

/* The fault as a diagnostic; XS_OK when there is none. */
xs_status xs_chain_report(const xs_chain *chain, xs_diags *diags);

#endif
