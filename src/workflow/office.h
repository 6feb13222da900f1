/*
 * Inside the office: what it keeps open, and a case as the pure functions need it.
 *
 *   store ─ revision, events, pack ─▶ xs_office_case { case, rules, position, record }
 *                                        │  xs_workflow_try, xs_deadlines_find, papers …
 *   store ◀─ one transaction ─ acting ───┘
 */
#ifndef XS_WORKFLOW_OFFICE_H
#define XS_WORKFLOW_OFFICE_H

#include "packet/engine.h"
#include "store/documents.h"
#include "store/store.h"
#include "workflow/deadline.h"
#include "workflow/history.h"
#include "workflow/roles.h"
#include "workflow/workflow.h"
#include "xieshang/office.h"

/* A rule pack that a case of the store began with, read once. */
typedef struct xs_office_pack {
  xs_text digest;
  xs_rules *rules;
} xs_office_pack;

struct xs_office {
  const xs_host *host;
  xs_engine *engine;
  xs_diags *diags; /* of the call that opened it; packs point into it */
  xs_store *store;
  bool read_only;
  xs_workflow *workflow;
  xs_clock *clock;
  const xs_roles *roles;
  xs_arena *arena; /* of the office */
  xs_arena *last;  /* texts of the last answer */
  xs_office_pack *packs;
  size_t pack_count, pack_capacity;
};

/* A case of the store as it stood on a day. */
typedef struct xs_office_case {
  xs_office *office;
  xs_arena *arena;
  xs_store_case row; /* as it is now */
  uint32_t as_of;    /* 0: now, every event counts */
  int64_t revision;  /* that `kase` is */
  xs_case *kase;
  const xs_rules *rules; /* borrowed from the office */
  xs_history history;
  xs_deadlines deadlines;
  xmlDocPtr record; /* workflow/record.h */
  xs_host files;    /* maps what the case names, from the store */
} xs_office_case;

/*
 * Loads a case with everything that the pure functions need. `as_of` 0: with all events there are.
 * The caller frees it; places point into `diags`.
 */
xs_status xs_office_load(xs_office *office, xs_text uid, uint32_t as_of, xs_diags *diags,
                         xs_office_case **out);
/* The same case with other bytes, which are not in the store yet; nothing of `old` is borrowed. */
xs_status xs_office_reload(const xs_office_case *old, xs_text bytes, xs_diags *diags,
                           xs_office_case **out);
void xs_office_case_free(xs_office_case *c); /* NULL is fine */

/* Root of the record, for $record. */
const xmlNode *xs_office_record_of(const xs_office_case *c);

/* The pack of this digest, as the store keeps it. Borrowed from the office. */
xs_status xs_office_pack_find(xs_office *office, xs_text digest, xs_diags *diags,
                              const xs_rules **out);

/* An arena for the texts of the answer to this call; that of the call before is dropped. NULL when
 * out of memory. */
xs_arena *xs_office_answer(xs_office *office);

#endif
