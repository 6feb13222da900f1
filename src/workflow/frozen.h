/*
 * A paper as it goes to be signed: its very bytes, what they are made of, and who signs it.
 *
 * Freezing is a pure step: the same case, rule pack and template give the same bytes. What is kept
 * of it, and under whose name, is the business of sign.h.
 */
#ifndef XS_WORKFLOW_FROZEN_H
#define XS_WORKFLOW_FROZEN_H

#include "packet/engine.h"
#include "template/slot.h"

/* Which paper of a case. */
typedef struct xs_paper_wish {
  xs_text template_id;
  xs_text item; /* the id of the node the paper is about; empty: by `near`, else the last one */
  const xmlNode *near[2]; /* nodes in or around which it is, the first that fits; NULL: none */
  xs_copy copy;
  uint32_t date; /* printed where a paper says today; 0: the latest date of the case */
} xs_paper_wish;

typedef struct xs_frozen {
  xs_text template_id, template_version;
  xs_text template_digest; /* of the template with all that it is made of */
  xs_text title;
  xs_text item;
  xs_copy copy;
  uint32_t date;
  xs_text bytes; /* the PDF */
  char digest[65];
  char text_digest[65]; /* of its words: text_digest.h */
  const xs_slot *slots;
  size_t slot_count;
} xs_frozen;

/*
 * All of `out` lives in `a`. An item that the paper cannot be about is refused (paper-item); else
 * what goes wrong is what goes wrong in a render. A paper that nobody signs has no slots.
 */
xs_status xs_paper_freeze(xs_arena *a, xs_engine *engine, const xs_case *kase,
                          const xs_rules *rules, const xs_paper_wish *wish, xs_diags *diags,
                          xs_frozen *out);

/* The text digest that the paper has in the case as it is now. */
xs_status xs_paper_text_digest(xs_arena *a, xs_engine *engine, const xs_case *kase,
                               const xs_rules *rules, const xs_paper_wish *wish, xs_diags *diags,
                               char out[65]);

#endif
