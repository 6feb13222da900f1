/*
 * Automatic numbers: 一、（一）1. 第一条. A numbering counts the paragraphs that use it; one that
 * stands `within` another begins again whenever that one, or anything that one is within, has
 * gone on. What falls away is never counted, so nothing leaves a hole.
 */
#ifndef XS_TEMPLATE_NUMBERING_H
#define XS_TEMPLATE_NUMBERING_H

#include "template/compiled.h"

typedef struct xs_counter {
  uint32_t value;
  uint64_t seen;    /* how far all it stands within had gone */
  uint64_t advance; /* how often it has gone on */
} xs_counter;

typedef struct xs_counters {
  const xs_template *t;
  xs_arena *a;
  xs_counter *items; /* one for each definition of the template, made when first used */
} xs_counters;

/*
 * The next number of `name`, in its form, such as “第七条”. XS_EINPUT: the name is not known (said
 * at load) or the form cannot write the number (a diagnostic at `at`).
 */
xs_status xs_counters_next(xs_counters *c, xs_text name, xs_span at, xs_diags *diags,
                           xs_text *label, const xs_node **numbering);

/* A form such as 第{一}条 with its number. No text when the form cannot write it. */
xs_text xs_number_write(xs_arena *a, xs_text form, uint32_t n);

/* A label without the marks behind it: 一、 is referred to as 一. */
xs_text xs_number_reference(xs_text label);

#endif
