/*
 * The office: cases that are kept in a store, and the acts of people upon them. What engine.h does
 * with a case file, this does with a case that has a history: who did what, when, why, and on what
 * evidence.
 *
 *   xs_office *office = NULL;
 *   xs_act act = {.as = "林若溪"};
 *   xs_office_open(engine, "xieshang.db", XS_OFFICE_CREATE, diags, &office);
 *   xs_office_new(office, "case.xml", &act, diags, &done);
 *   xs_office_do(office, "wage-2025", "offer", NULL, &act, diags, &done);
 *   xs_office_close(office);
 *
 * Every act is one transaction: it is in the store as a whole, or nothing of it is. Queries change
 * nothing, not even a byte of the file.
 */
#ifndef XIESHANG_OFFICE_H
#define XIESHANG_OFFICE_H

#include "xieshang/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xs_office xs_office;

enum {
  XS_OFFICE_CREATE = 1,    /* make the store when the file is not there */
  XS_OFFICE_READ_ONLY = 2, /* queries only; an act is refused with XS_EIO */
};

/*
 * Opens a store. The engine is borrowed and must outlive the office; both serve one thread. The
 * workflow and the roles are read from the engine's data and kept; places in them point into
 * `diags`, which must outlive the office, too. A file that is no store of ours, that a newer
 * version wrote or that is damaged is refused with its diagnostic; *out stays NULL.
 */
XS_API XS_MUST_CHECK xs_status xs_office_open(xs_engine *engine, const char *path, unsigned flags,
                                              xs_diags *diags, xs_office **out);
XS_API void xs_office_close(xs_office *office); /* NULL is fine */

/* ---- acts ---- */

/* Who acts, as what, why, and on what evidence. */
typedef struct xs_act {
  const char *as;              /* a user of the store; needed */
  const char *role;            /* one of the roles of that user; NULL: the one that may do it */
  uint32_t date;               /* YYYYMMDD, the day of the act; 0: that of its fact, else today */
  const char *reason;          /* NULL: none is given */
  const char *const *evidence; /* paths of files; they are kept in the store */
  size_t evidence_count;
  const char *with;      /* new facts: a path of a case file, or of one element of it; or NULL */
  const char *into;      /* id of the element that one new element belongs to; NULL: it is plain */
  int64_t base_revision; /* the revision that the new facts were written from; 0: not stated */
} xs_act;

/* What an act did. The texts live until the next call to the office. */
typedef struct xs_done {
  int64_t revision;              /* of the case, after the act */
  int64_t event;                 /* number of its entry in the log of the case */
  xs_text hash;                  /* of that entry: the head of the chain */
  uint32_t date;                 /* YYYYMMDD, of the act */
  xs_text uid;                   /* of the case */
  xs_text role;                  /* that the user acted in */
  xs_text step;                  /* its name for people; empty when the act was no step */
  xs_text track, key;            /* what moved: kind of track, and which one */
  xs_text from, to;              /* states, by their names for people */
  xs_text template_id, document; /* of the paper that was frozen; empty when there is none */
  xs_text paper;                 /* its bytes */
} xs_done;

/* Takes a case file into the store. Its id must be new there. The rule pack, `pack` or else the one
 * that the file names, is kept as it is today: the case goes on with it when the pack changes. */
XS_API XS_MUST_CHECK xs_status xs_office_new(xs_office *office, const char *path, const char *pack,
                                             const xs_act *act, xs_diags *diags, xs_done *out);

/*
 * One step of the workflow on the track `key` (NULL: the only one that the step can be done on).
 * New facts of act->with come first, then every guard of the step is tried. XS_EINPUT with a
 * diagnostic for each that is not met; XS_ECONFLICT when the case changed since act->base_revision.
 * The store is then as it was.
 */
XS_API XS_MUST_CHECK xs_status xs_office_do(xs_office *office, const char *uid, const char *step,
                                            const char *key, const xs_act *act, xs_diags *diags,
                                            xs_done *out);

/* New facts without a step: act->with and act->base_revision are needed. */
XS_API XS_MUST_CHECK xs_status xs_office_revise(xs_office *office, const char *uid,
                                                const xs_act *act, xs_diags *diags, xs_done *out);

/*
 * Takes the last step or revision back, when nothing was signed since. It is an event of its own;
 * revisions and events stay, papers frozen by the step are void. A reason is needed.
 */
XS_API XS_MUST_CHECK xs_status xs_office_undo(xs_office *office, const char *uid, const xs_act *act,
                                              xs_diags *diags, xs_done *out);

/* ---- queries ---- */

/* One case of a list. */
typedef struct xs_case_row {
  xs_text uid, title, kind, year;
  xs_text state; /* of all its tracks, for people: 协商 已结束；合同 k1 已公布 */
  int64_t revision;
  uint32_t due; /* YYYYMMDD, the next day on which something is due; 0: nothing is */
  xs_text due_what;
} xs_case_row;

typedef struct xs_case_filter {
  const char *text;  /* in firm, delegate, number, title, any words; NULL: all */
  const char *state; /* id of a state that one of its tracks is in; NULL: any */
  uint32_t as_of;    /* YYYYMMDD; 0: today. What was due before is overdue, and comes first */
  size_t limit;      /* 0: no limit */
} xs_case_filter;

/* Calls `each` for every case that fits, by uid, until it answers non-zero. The texts live as long
 * as the call. */
XS_API XS_MUST_CHECK xs_status xs_office_list(xs_office *office, const xs_case_filter *filter,
                                              int (*each)(void *user, const xs_case_row *row),
                                              void *user, xs_diags *diags);

/*
 * Everything that the store knows of a case on a day (0: today), as XML: tracks, what may be done
 * next and what is missing, documents, sign-offs, events, deadlines. docs/office.md has its
 * elements. Events of a later day have not happened; a day to come shows what will be overdue.
 */
XS_API XS_MUST_CHECK xs_status xs_office_record(xs_office *office, const char *uid, uint32_t as_of,
                                                xs_diags *diags, xs_bytes *out);

/* The case file, byte for byte, of a revision (0: the present one). */
XS_API XS_MUST_CHECK xs_status xs_office_case_file(xs_office *office, const char *uid,
                                                   int64_t revision, xs_diags *diags,
                                                   xs_bytes *out);

/* A paper of a case as it stands on a day, by the rule pack that the case began with. */
XS_API XS_MUST_CHECK xs_status xs_office_render(xs_office *office, const char *uid,
                                                const char *which, const xs_render_options *options,
                                                uint32_t as_of, xs_diags *diags, xs_bytes *out);

/*
 * Works out anew what the store keeps beside each case, so that cases are found without being read:
 * where it stands, what is due, its words. To be done when a calendar or a table of deadlines is
 * new; else every act does it for its case. No fact and no event changes. `count`: of the cases
 * done, also on failure.
 */
XS_API XS_MUST_CHECK xs_status xs_office_refresh(xs_office *office, xs_diags *diags, size_t *count);

/* ---- to and from other stores ---- */

/* The whole case as a ZIP archive: revisions, events, documents, sign-offs, files. The same case
 * gives the same bytes in every store. */
XS_API XS_MUST_CHECK xs_status xs_office_export(xs_office *office, const char *uid, xs_diags *diags,
                                                xs_bytes *out);

/*
 * Takes such an archive in. Every digest and the chain of its events are checked first. Its id must
 * be new in the store. out->uid says which case it was.
 */
XS_API XS_MUST_CHECK xs_status xs_office_import(xs_office *office, const char *path,
                                                const xs_act *act, xs_diags *diags, xs_done *out);

/* ---- people ---- */

typedef struct xs_user_row {
  xs_text name;
  xs_text roles; /* ids, one blank between them */
  int active;
} xs_user_row;

/*
 * Adds a user, or changes the roles of one. Until a store has a user it takes anyone's word for it;
 * after that act->as must hold the right to do so. Nobody is deleted: to remove is to keep the name
 * for the log and refuse its acts.
 */
XS_API XS_MUST_CHECK xs_status xs_office_user_add(xs_office *office, const char *name,
                                                  const char *const *roles, size_t role_count,
                                                  const xs_act *act, xs_diags *diags);
XS_API XS_MUST_CHECK xs_status xs_office_user_remove(xs_office *office, const char *name,
                                                     const xs_act *act, xs_diags *diags);
XS_API XS_MUST_CHECK xs_status xs_office_user_list(xs_office *office,
                                                   int (*each)(void *user, const xs_user_row *row),
                                                   void *user, xs_diags *diags);

#ifdef __cplusplus
}
#endif

#endif
