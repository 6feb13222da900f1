/*
 * What is signed, kept: papers frozen into the store, sign-offs added to them, and both made void.
 * All of it within the transaction of an act (acting.h), each with its event in the log:
 *
 *   freeze  document, digest of its bytes, digest of its words
 *   sign    document, slot, person, means, digest of the document, the scan
 *   void    document, and the slot when only one sign-off is void
 */
#ifndef XS_WORKFLOW_SIGN_H
#define XS_WORKFLOW_SIGN_H

#include "workflow/acting.h"
#include "workflow/frozen.h"
#include "workflow/signing.h"

/* An act under way upon a case. All borrowed. */
typedef struct xs_sign_act {
  xs_office *office;
  const xs_office_case *c; /* with the facts as the act leaves them */
  int64_t revision;        /* of those facts */
  const xs_acting *acting;
  xs_arena *a; /* answers live here */
  xs_diags *diags;
} xs_sign_act;

/* A paper as the store has it. */
typedef struct xs_kept_paper {
  xs_text document; /* its id in the case */
  xs_text template_id;
  xs_text bytes;
  bool is_new; /* else the very same bytes were frozen before */
} xs_kept_paper;

/*
 * Freezes a paper of the case and appends the event. The same bytes frozen before, and not void,
 * are that document again. An older document of the same paper is void from now on, with what was
 * signed on it.
 */
xs_status xs_sign_freeze(const xs_sign_act *act, const xs_paper_wish *wish, xs_text track,
                         xs_text key, xs_kept_paper *out);

/* Adds a sign-off. The text of the case must still be that of the document: else text-changed. */
typedef struct xs_sign_wish {
  xs_text document; /* empty: the one document on which the slot is open */
  xs_text slot, person;
  const xs_means *means;
  const char *file; /* path of the scan; NULL: none is given */
} xs_sign_wish;
xs_status xs_sign_add(const xs_sign_act *act, const xs_sign_wish *order);

/* Makes a document void with all that was signed on it; only one sign-off when `slot` is stated. */
xs_status xs_sign_void(const xs_sign_act *act, const xs_signing *s, xs_text slot, xs_text reason);

/* Every document whose words the case no longer gives is void, with all that was signed on it. */
xs_status xs_sign_void_changed(const xs_sign_act *act);
/* So is every document that was frozen after entry `seq` of the log, which was taken back. */
xs_status xs_sign_void_since(const xs_sign_act *act, int64_t seq);

/* ---- in the record ---- */

/* The documents with their slots and sign-offs, as of the day of the record. */
xs_status xs_record_add_documents(xs_office_case *c, xs_diags *diags);
/* For every contract between its draft and its signed text, the digest of the words that the case
 * gives it now: text item template digest. Takes a fill each. */
xs_status xs_record_add_texts(xs_office_case *c, xs_diags *diags);

#endif
