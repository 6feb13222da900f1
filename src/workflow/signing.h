/*
 * Signing: who may sign what, when. Pure; sign.h keeps what came of it.
 *
 *   frozen ──▶ ○ slots of turn 1, in any order ──▶ ○ slots of turn 2 ──▶ … ──▶ ● complete
 *     │              every sign-off bears the digest of the document
 *     └─ the text of the case changes, or somebody says so ──▶ void, with all that was signed
 *
 * A sign-off that is void stays to be seen. The slot is then open again, unless the whole document
 * is void: then a new one is frozen.
 */
#ifndef XS_WORKFLOW_SIGNING_H
#define XS_WORKFLOW_SIGNING_H

#include "base/date.h"
#include "data/case.h"
#include "store/documents.h"
#include "workflow/means.h"

/* A frozen paper with its slots and all sign-offs, void ones too. */
typedef struct xs_signing {
  xs_store_document document;
  const xs_store_slot *slots;
  size_t slot_count;
  const xs_store_signoff *signoffs;
  size_t signoff_count;
} xs_signing;

/* All documents of a case, in the order they were frozen. */
xs_status xs_signing_load(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                          const xs_signing **out, size_t *count);

/* By id; an unknown one is a diagnostic that lists those there are, and NULL. */
const xs_signing *xs_signing_find(const xs_signing *list, size_t count, xs_text document,
                                  xs_diags *diags);

/* The sign-off that holds for a slot; NULL when there is none. */
const xs_store_signoff *xs_signing_of(const xs_signing *s, xs_text slot);
bool xs_signing_is_valid(const xs_signing *s);    /* the document is not void */
bool xs_signing_is_complete(const xs_signing *s); /* … and every slot is signed */
bool xs_signing_is_begun(const xs_signing *s);    /* … and at least one is */

/* What somebody wants to sign. */
typedef struct xs_signature {
  xs_text slot;
  xs_text person; /* by name, or by the id the case gives; empty: whom the slot names */
  xs_date date;
  const xs_means *means;
} xs_signature;

/* What it comes to. */
typedef struct xs_signed {
  const xs_store_slot *slot;
  xs_text person; /* by name */
  xs_text ground; /* the mandate of one who signs for another: 受王某书面委托（2025-03-01）; else
                     empty */
} xs_signed;

/*
 * May the slot be signed so? XS_EINPUT with a diagnostic for each reason why not: the document is
 * void, has no such slot, or it is signed already; others come first; the person is neither the one
 * it names nor a delegate of that side with a written mandate of that one (集体合同规定 §§20, 21; a
 * delegate from outside may not stand in, §23); the day lies before that of a slot that comes first
 * or after `today`; the means is not for such a slot. A seal is pressed by whoever keeps it.
 */
xs_status xs_signing_check(xs_arena *a, const xs_signing *s, const xs_signature *signature,
                           const xs_case *kase, xs_date today, xs_diags *diags, xs_signed *out);

#endif
