/*
 * Slots: who has to sign a paper or press a seal on it, in which order.
 *
 * A template states its slots beside its pages; they change nothing of how a paper looks. Which
 * persons and bodies they stand for is asked of the case, with the rule pack of the place: all
 * delegates sign the minutes in one province, both chiefs in another.
 */
#ifndef XS_TEMPLATE_SLOT_H
#define XS_TEMPLATE_SLOT_H

#include "template/template.h"

typedef enum xs_slot_kind { XS_SLOT_SIGNATURE, XS_SLOT_SEAL } xs_slot_kind;

typedef struct xs_slot {
  xs_text id; /* unique in one paper: employer-chief; delegate-w2 where there is one for each */
  xs_slot_kind kind;
  xs_text side;   /* employer or workers; empty: a third one */
  xs_text title;  /* in which capacity: 用人单位首席代表 */
  xs_text name;   /* of the person, or of the body whose seal it is */
  xs_text person; /* the id by which the case knows the person; may be empty */
  uint32_t order; /* lower ones first; equal ones in any order */
  xs_span at;     /* in the template */
  xs_span from;   /* of the name in the case */
} xs_slot;

/* "signature" or "seal", as templates, the store and records write it. */
const char *xs_slot_kind_name(xs_slot_kind kind);

/*
 * The slots of one paper by their order, in `a`. options->about is the node the paper is about;
 * NULL: by options->item, as a fill finds it. A template without slots has none. A slot for
 * somebody whom the case does not name is a diagnostic and XS_EINPUT.
 */
xs_status xs_template_slots(xs_arena *a, const xs_template *t, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                            const xs_slot **out, size_t *count);

#endif
