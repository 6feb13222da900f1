/* A length as a template writes it: 12pt, 5mm, 2em, 三号. */
#ifndef XS_TEMPLATE_MEASURE_H
#define XS_TEMPLATE_MEASURE_H

#include "base/len.h"
#include "xieshang/base.h"

#include <stdbool.h>

typedef struct xs_measure {
  int32_t value; /* 1/1024 pt, or 1/1000 em */
  bool is_em;
} xs_measure;

/* False when it is no length, or one above 10 m. A bare 0 is a length. */
bool xs_measure_parse(xs_text t, xs_measure *out);

/* The length where a character is `em` wide. */
xs_len xs_measure_resolve(xs_measure m, xs_len em);

#endif
