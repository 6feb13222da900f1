/*
 * The history of a case: what its log comes to on a day. Steps move tracks, steps open tracks, an
 * undo takes the last act back that was not taken back before it:
 *
 *   new   step o→a   open k1   revise   undo          where the case stands: o→a, k1
 *                              └──────────┘           what an undo takes back next: o→a and k1
 *
 * The log alone says where a case stands; the rows that the store keeps beside it are for finding
 * cases.
 */
#ifndef XS_WORKFLOW_HISTORY_H
#define XS_WORKFLOW_HISTORY_H

#include "store/log.h"
#include "workflow/workflow.h"

/* Kinds of events, as the log names them. */
#define XS_EVENT_NEW    "new"
#define XS_EVENT_STEP   "step"
#define XS_EVENT_OPEN   "open" /* a track begins; it belongs to the step before it */
#define XS_EVENT_REVISE "revise"
#define XS_EVENT_UNDO   "undo"
#define XS_EVENT_FREEZE "freeze"
#define XS_EVENT_SIGN   "sign"
#define XS_EVENT_VOID   "void"
#define XS_EVENT_USER   "user"
#define XS_EVENT_IMPORT "import"

#define XS_NO_EVENT SIZE_MAX

typedef struct xs_history {
  const xs_event *events; /* all of them, in order */
  size_t count;
  bool *undone;         /* one for each event */
  size_t last;          /* the act that an undo would take back; XS_NO_EVENT: there is none */
  xs_position position; /* on the day that was asked for */
  uint32_t *since;      /* for each track, the day of the step to its state; 0: none was made */
  int64_t revision;     /* of that day */
} xs_history;

/* What `events` come to on the day `as_of` (0: the last of days), from a first position. Events of
 * a later day have not happened; that the case was taken in, the first of them, always has: it may
 * have been written down long after its facts. Events and texts are borrowed. */
xs_status xs_history_read(xs_arena *a, const xs_position *start, const xs_event *events,
                          size_t count, uint32_t as_of, xs_history *out);

/* Who signed a paper after the last act; NULL when nobody did. What is signed is not taken back. */
const xs_event *xs_history_signature(const xs_history *history);

#endif
