/* What references may point to: the ids of numbered paragraphs and their numbers. */
#ifndef XS_TEMPLATE_LABEL_H
#define XS_TEMPLATE_LABEL_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

typedef struct xs_label {
  xs_text id;
  xs_text number; /* as it is referred to; empty when the paragraph has none */
  xs_span span;
} xs_label;

typedef struct xs_labels {
  xs_arena *a;
  xs_label *items;
  size_t count, capacity;
  bool is_complete; /* the first pass is over; sorted by id */
  bool are_wanted;  /* a reference has been met */
} xs_labels;

/* Copies the texts. Does nothing when complete. */
xs_status xs_labels_add(xs_labels *l, xs_text id, xs_text number, xs_span span);
void xs_labels_complete(xs_labels *l);

/*
 * The number of `id`. Before the labels are complete any id gives empty text. An id that is not
 * there, or there twice, or has no number, is a diagnostic at `at` and XS_EINPUT.
 */
xs_status xs_labels_find(xs_labels *l, xs_text id, xs_span at, xs_diags *diags, xs_text *number);

#endif
