/* The strokes that a drawing is made of; each becomes an item of a page. */
#ifndef XS_LAYOUT_SKETCH_H
#define XS_LAYOUT_SKETCH_H

#include "layout/diagram.h"
#include "layout/unit.h"

typedef struct xs_sketch {
  xs_composer c; /* its arena owns what is drawn */
  xs_item *items;
  size_t count, capacity;
} xs_sketch;

xs_status xs_sketch_open(xs_sketch *s, xs_arena *a, xs_fontset *fonts, xs_diags *diags);
void xs_sketch_close(xs_sketch *s);

/* How wide a line of text is. */
xs_status xs_sketch_measure(xs_sketch *s, const xs_char_style *style, xs_text text, xs_len *width);
/* One line of text, its baseline at y. */
xs_status xs_sketch_text(xs_sketch *s, const xs_char_style *style, xs_text text, xs_align align,
                         xs_len x, xs_len y);

/* How a shape is filled and outlined. */
typedef struct xs_brush {
  bool filled;
  xs_color fill;
  xs_len width; /* of the line around it; 0: none */
  xs_color color;
  bool dashed;
} xs_brush;

xs_status xs_sketch_box(xs_sketch *s, xs_diagram_box box, xs_len radius, const xs_brush *brush);
xs_status xs_sketch_disc(xs_sketch *s, xs_len x, xs_len y, xs_len radius, xs_color color);
/*
 * A line through the points, with round corners, that ends in the point of an arrow. With `curved`
 * it goes from point to point in curves that begin and end upright. At least two points.
 */
xs_status xs_sketch_arrow(xs_sketch *s, const xs_diagram_point *points, size_t count, bool curved,
                          const xs_brush *brush);

/* Makes all that is drawn larger or smaller, from the upper left corner. */
xs_status xs_sketch_scale(xs_sketch *s, int milli);

#endif
