/*
 * Rulings: the straight lines of tables and frames. They are gathered first and drawn at the
 * end, so that neighbours share one line and a line over many rows is drawn once.
 */
#ifndef XS_LAYOUT_RULINGS_H
#define XS_LAYOUT_RULINGS_H

#include "layout/place.h"

typedef struct xs_ruling {
  bool upright;
  xs_len at;       /* y of a level one, x of an upright one */
  xs_len from, to; /* along the other axis */
  xs_line_style style;
  xs_span span, source;
} xs_ruling;

typedef struct xs_rulings {
  xs_ruling *items;
  size_t count, capacity;
} xs_rulings;

xs_status xs_rulings_add(xs_composer *c, xs_rulings *r, const xs_ruling *ruling);

/* Joins what touches on one axis in one style, and appends the lines to `out`. */
xs_status xs_rulings_draw(xs_composer *c, xs_rulings *r, xs_item_list *out);

/* The stronger of two lines that meet on one border: the wider one, the solid one, the first. */
const xs_line_style *xs_line_style_stronger(const xs_line_style *a, const xs_line_style *b);

#endif
