/*
 * Signing: papers of a case are frozen, signed and, when the text changes, void. What was signed is
 * in the record of the case (xs_office_record): docs/sign.md.
 *
 *   xs_act drafter = {.as = "林若溪"}, keeper = {.as = "顾南乔", .date = 20250418};
 *   xs_freeze_order contract = {.template_id = "contract-wage", .item = "k1"};
 *   xs_sign_order chief = {.slot = "workers-chief", .person = "w1", .means = "wet-ink",
 *                          .file = "scan.pdf"};
 *   xs_office_freeze(office, "wage-2025", &contract, &drafter, diags, &done);
 *   xs_office_sign(office, "wage-2025", &chief, &keeper, diags, &done);
 */
#ifndef XIESHANG_SIGN_H
#define XIESHANG_SIGN_H

#include "xieshang/office.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xs_freeze_order {
  const char *template_id; /* not a path */
  const char *item;        /* id of what the paper is about; NULL: the last of them */
  xs_copy copy;
  uint32_t date; /* YYYYMMDD, printed where a paper says today; 0: the latest date of the case */
} xs_freeze_order;

/*
 * Freezes a paper: its bytes, its digests, its slots. done->document is its id and done->paper its
 * bytes. The same bytes again are the same document, and no event. An older document of the same
 * paper is void from now on.
 */
XS_API XS_MUST_CHECK xs_status xs_office_freeze(xs_office *office, const char *uid,
                                                const xs_freeze_order *order, const xs_act *act,
                                                xs_diags *diags, xs_done *done);

typedef struct xs_sign_order {
  const char *document; /* its id; NULL: the one document on which the slot is open */
  const char *slot;
  const char *person; /* by name or id; NULL: whom the slot names; of a seal, who acts */
  const char *means;  /* id: wet-ink, seal-picture */
  const char *file;   /* path of what shows it; NULL: there is none */
} xs_sign_order;

/*
 * Adds a sign-off, bound to the digest of the document. Refused, with all reasons at once, when the
 * document is void or the case says something else by now, others come first, the slot is signed,
 * the person may not sign it, the file shows nothing, or whoever acts drafted the paper.
 */
XS_API XS_MUST_CHECK xs_status xs_office_sign(xs_office *office, const char *uid,
                                              const xs_sign_order *order, const xs_act *act,
                                              xs_diags *diags, xs_done *done);

/* Makes a document void with all that was signed on it, or one sign-off when `slot` is stated.
 * act->reason is needed. */
XS_API XS_MUST_CHECK xs_status xs_office_sign_void(xs_office *office, const char *uid,
                                                   const char *document, const char *slot,
                                                   const xs_act *act, xs_diags *diags,
                                                   xs_done *done);

/* The bytes of a document as they were frozen, checked against their digest. */
XS_API XS_MUST_CHECK xs_status xs_office_document(xs_office *office, const char *uid,
                                                  const char *document, xs_diags *diags,
                                                  xs_bytes *out);

/* One means of signing; `what` in the language of the process. */
typedef struct xs_means_info {
  const char *id, *what;
  int signs, seals; /* which slots it fills */
} xs_means_info;

/* The i-th means. False past the end. */
XS_API int xs_office_means_at(size_t i, xs_means_info *out);

#ifdef __cplusplus
}
#endif

#endif
