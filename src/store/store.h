/*
 * The store: one SQLite file that keeps cases, what was done to them, and the proof of it. Rows
 * in, rows out: it knows no XML and no law.
 *
 *   xs_store *store = NULL;
 *   xs_store_open(host, "xieshang.db", XS_STORE_CREATE, diags, &store);
 *   xs_store_begin(store, diags);
 *   xs_store_revision_put(store, uid, base, bytes, by, diags, &number);
 *   xs_store_event_append(store, uid, &event, diags);
 *   xs_store_commit(store, diags);
 *   xs_store_close(store);
 *
 * Between begin and commit everything is one transaction; a call outside of them is one of its
 * own. After a call that writes has failed, commit puts everything back and fails as that call
 * did: nothing is ever half done.
 *
 * All calls that read rows put them, and the texts in them, into the arena that is given. Days
 * are YYYYMMDD, moments seconds since 1970 in UTC.
 */
#ifndef XS_STORE_STORE_H
#define XS_STORE_STORE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

typedef struct xs_store xs_store;

enum {
  XS_STORE_CREATE = 1,    /* make the file when it is not there */
  XS_STORE_READ_ONLY = 2, /* calls that write fail with XS_EIO; the file is not touched */
};

/*
 * Opens a store, and brings one of an older version to this one, unless it is read only. The
 * folder must exist. A file that is no store, was written by a newer version, is cut off or
 * cannot be opened is refused with a diagnostic that says what to do; *out stays NULL.
 */
XS_MUST_CHECK xs_status xs_store_open(const xs_host *host, const char *path, unsigned flags,
                                      xs_diags *diags, xs_store **out);
void xs_store_close(xs_store *store); /* rolls back what was not committed; NULL is fine */

/* How long a call waits for another process that writes, in ms; at first 5,000. */
void xs_store_patience(xs_store *store, int wait_ms);

/* A transaction that writes: from here on no other process can. XS_ECONFLICT when one does. */
XS_MUST_CHECK xs_status xs_store_begin(xs_store *store, xs_diags *diags);
/* A transaction that only reads: what other processes write meanwhile is not seen in it. */
XS_MUST_CHECK xs_status xs_store_begin_read(xs_store *store, xs_diags *diags);
/* What stood before is on the disk when this returns XS_OK; else nothing of it is. */
XS_MUST_CHECK xs_status xs_store_commit(xs_store *store, xs_diags *diags);
void xs_store_rollback(xs_store *store); /* without a transaction it does nothing */

/* ---- cases ---- */

typedef struct xs_store_case {
  xs_text uid;   /* the case's own id, unique in the store */
  xs_text title; /* these four as lists show them */
  xs_text kind;
  xs_text year;
  xs_text state;
  xs_text pack; /* digest of the rule pack it goes by; set once */
  /* filled by the store */
  int64_t revision;         /* number of the present one; 0: none yet */
  xs_text digest;           /* of the present revision */
  int64_t events;           /* in its log */
  xs_text head;             /* hash of the last of them */
  int64_t created, changed; /* moments */
} xs_store_case;

/* Adds a case, whose pack is in the store already. XS_ECONFLICT when its uid is taken. */
XS_MUST_CHECK xs_status xs_store_case_add(xs_store *store, const xs_store_case *c, xs_diags *diags);
/* Changes title, kind, year and state of the case of that uid. */
XS_MUST_CHECK xs_status xs_store_case_change(xs_store *store, const xs_store_case *c,
                                             xs_diags *diags);
/* XS_EINPUT, with a diagnostic, when there is no such case. */
XS_MUST_CHECK xs_status xs_store_case_find(xs_arena *a, xs_store *store, xs_text uid,
                                           xs_diags *diags, xs_store_case *out);

/* Members that are empty ask for nothing. */
typedef struct xs_store_filter {
  xs_text kind, year;
  xs_text state;             /* one of its tracks is in it */
  xs_text label_kind, label; /* it has this label */
  xs_text text;              /* words to be found in its text, see search.h */
  size_t limit, offset;      /* 0: all; that many are left out first */
} xs_store_filter;

/* Those changed last come first; of those found by their text, those whose text changed last.
 * `total` counts all that fit, whatever the limit; may be NULL. */
XS_MUST_CHECK xs_status xs_store_case_list(xs_arena *a, xs_store *store,
                                           const xs_store_filter *filter, xs_diags *diags,
                                           xs_store_case **out, size_t *count, size_t *total);

/* ---- revisions ---- */

typedef struct xs_store_revision {
  int64_t number; /* from 1 */
  xs_text digest;
  size_t len; /* bytes */
  int64_t at;
  xs_text by;
} xs_store_revision;

/*
 * Keeps the bytes of a case file as its next revision. `base` is the number of the revision they
 * were written from (0 for the first); when the case has moved on since, XS_ECONFLICT, and the
 * diagnostic says who changed it and when.
 */
XS_MUST_CHECK xs_status xs_store_revision_put(xs_store *store, xs_text uid, int64_t base,
                                              xs_text bytes, xs_text by, xs_diags *diags,
                                              int64_t *number);
/* The same for a revision that comes from another store, with its moment. `number` must be the
 * next one. */
XS_MUST_CHECK xs_status xs_store_revision_restore(xs_store *store, xs_text uid, int64_t number,
                                                  xs_text bytes, int64_t at, xs_text by,
                                                  xs_diags *diags);
/* The very bytes; number 0 is the present one. Checked against their digest. */
XS_MUST_CHECK xs_status xs_store_revision_get(xs_arena *a, xs_store *store, xs_text uid,
                                              int64_t number, xs_diags *diags, xs_text *out);
XS_MUST_CHECK xs_status xs_store_revision_list(xs_arena *a, xs_store *store, xs_text uid,
                                               xs_diags *diags, xs_store_revision **out,
                                               size_t *count);

/* ---- rule packs ---- */

typedef struct xs_store_pack {
  xs_text id, version;
  xs_text bytes;
} xs_store_pack;

/* Keeps a pack under its digest, once. `digest` has room for 65 characters. */
XS_MUST_CHECK xs_status xs_store_pack_put(xs_store *store, const xs_store_pack *pack,
                                          xs_diags *diags, char digest[65]);
XS_MUST_CHECK xs_status xs_store_pack_get(xs_arena *a, xs_store *store, xs_text digest,
                                          xs_diags *diags, xs_store_pack *out);

/* ---- where a case stands ---- */

typedef struct xs_store_track {
  xs_text kind, key, state;
  uint32_t since; /* the day it came into this state */
} xs_store_track;

/* A word by which cases are chosen, such as kind "union", value "滨州市总工会". */
typedef struct xs_store_label {
  xs_text kind, value;
} xs_store_label;

/* Each replaces all rows of its kind that the case had. */
XS_MUST_CHECK xs_status xs_store_tracks_put(xs_store *store, xs_text uid,
                                            const xs_store_track *tracks, size_t count,
                                            xs_diags *diags);
XS_MUST_CHECK xs_status xs_store_labels_put(xs_store *store, xs_text uid,
                                            const xs_store_label *labels, size_t count,
                                            xs_diags *diags);
/* In order of kind, then key or value. */
XS_MUST_CHECK xs_status xs_store_tracks_get(xs_arena *a, xs_store *store, xs_text uid,
                                            xs_diags *diags, xs_store_track **out, size_t *count);
XS_MUST_CHECK xs_status xs_store_labels_get(xs_arena *a, xs_store *store, xs_text uid,
                                            xs_diags *diags, xs_store_label **out, size_t *count);

/* ---- deadlines ---- */

typedef struct xs_store_deadline {
  xs_text uid, title; /* of the case; filled when read */
  xs_text limit, track, key, item;
  xs_text what, actor, law, grade; /* as people read them */
  xs_text kind;                    /* of the contract */
  uint32_t known;                  /* before this day nobody knew of it */
  uint32_t trigger, due;
  uint32_t opens;  /* the first day it may be met on; 0: any */
  uint32_t met;    /* 0: not yet */
  uint32_t agreed; /* the day that the papers say; 0: none */
  uint32_t ceased; /* from this day on it no longer holds; 0: it does */
  bool verified, provisional, backward;
} xs_store_deadline;

XS_MUST_CHECK xs_status xs_store_deadlines_put(xs_store *store, xs_text uid,
                                               const xs_store_deadline *rows, size_t count,
                                               xs_diags *diags);

/* What is due between two days. Members that are empty ask for nothing. */
typedef struct xs_store_due {
  uint32_t as_of;    /* what was met or ceased later is open, what was known later is not there */
  uint32_t from, to; /* due on these days or between them; 0: however early, however late */
  xs_text uid;       /* of one case; labels are not asked for then, nor is more counted */
  xs_text label_kind, label;
  size_t limit; /* 0: all */
} xs_store_due;

/* In order of the day they are due, then of the cases as they came. `total` counts all that fit,
 * whatever the limit; may be NULL. */
XS_MUST_CHECK xs_status xs_store_deadlines_find(xs_arena *a, xs_store *store,
                                                const xs_store_due *filter, xs_diags *diags,
                                                xs_store_deadline **out, size_t *count,
                                                size_t *total);

/* ---- users ---- */

typedef struct xs_store_user {
  xs_text name;
  xs_text roles; /* ids, one blank between them */
  bool active;
} xs_store_user;

/* Adds or changes a user. */
XS_MUST_CHECK xs_status xs_store_user_put(xs_store *store, const xs_store_user *user,
                                          xs_diags *diags);
/* False in *found when there is no such user. */
XS_MUST_CHECK xs_status xs_store_user_find(xs_arena *a, xs_store *store, xs_text name,
                                           xs_diags *diags, xs_store_user *out, bool *found);
XS_MUST_CHECK xs_status xs_store_user_list(xs_arena *a, xs_store *store, xs_diags *diags,
                                           xs_store_user **out, size_t *count);

#endif
