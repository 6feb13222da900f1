/*
 * Who acts. The user is stated by the caller and believed; what he may do, and what he may not do
 * because he did something else before, follows the roles. Whoever acts is kept in the log with
 * the role he acted in.
 */
#ifndef XS_WORKFLOW_ACTING_H
#define XS_WORKFLOW_ACTING_H

#include "workflow/office.h"

typedef struct xs_acting {
  xs_text user;
  const xs_office_role *role;
  uint32_t date; /* of the act; 0: it follows from what is done */
  xs_text reason;
  const xs_text *files; /* digests of the evidence, which the store keeps */
  size_t file_count;
} xs_acting;

/* What an act needs. */
typedef struct xs_need {
  xs_text right;        /* a word of roles.rng: "step", "sign" … */
  const xs_text *roles; /* one of these; none: any that has the right */
  size_t role_count;
  xs_text what; /* what is to be done, for people; may be empty */
} xs_need;

/*
 * Begins an act: opens the transaction, and finds the user and the role that has the right. With
 * XS_EINPUT: user-missing, user-unknown, user-removed, role-unknown, right-lacking, date-future.
 * On failure no transaction is open. Texts live in `a`.
 */
xs_status xs_acting_begin(xs_office *office, const xs_act *act, const xs_need *need, xs_arena *a,
                          xs_diags *diags, xs_acting *out);
/* Takes the evidence of the act into the store. After begin. */
xs_status xs_acting_evidence(xs_office *office, xs_text uid, const xs_act *act, xs_arena *a,
                             xs_diags *diags, xs_acting *acting);
/*
 * duty-separate when the user acted on this track in a role that must be another person's than the
 * one he acts in now. With a document it is about that document alone.
 */
xs_status xs_acting_apart(const xs_office *office, const xs_acting *acting, const xs_history *h,
                          xs_text track, xs_text key, xs_text document, xs_diags *diags);
/* Commits when `st` is XS_OK, else puts everything back. What came of it. */
xs_status xs_acting_end(xs_office *office, xs_status st, xs_diags *diags);

/* An event with what every event has. */
xs_event xs_acting_event(const xs_acting *acting, const char *kind);

#endif
