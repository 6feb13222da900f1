/* The means of signing, and the files that prove it. The set is means.def. */
#ifndef XS_WORKFLOW_MEANS_H
#define XS_WORKFLOW_MEANS_H

#include "base/diag.h"

/* What proves that a slot was signed. */
typedef struct xs_means_proof {
  xs_text path;            /* of the file, for messages */
  xs_text bytes;           /* of the file; empty: there is none */
  xs_text document_digest; /* SHA-256 of what is signed, hex */
} xs_means_proof;

typedef struct xs_means {
  xs_text id;
  bool signs, seals;
  const char *what; /* untranslated msgid */
  xs_status (*check)(const xs_means_proof *proof, xs_diags *diags);
} xs_means;

/* The i-th; NULL past the end. */
const xs_means *xs_means_at(size_t i);
/* An unknown one is a diagnostic that lists those there are; NULL then. */
const xs_means *xs_means_find(xs_text id, xs_diags *diags);

/*
 * Does the file prove it? wet-ink: a scan, as PDF, PNG, JPEG or TIFF; seal-picture: a PNG.
 * XS_EINPUT with the diagnostic means-file when it is missing or something else.
 */
xs_status xs_means_check(const xs_means *means, const xs_means_proof *proof, xs_diags *diags);

#endif
