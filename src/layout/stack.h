/*
 * Pieces put one below the other: on a page, in a cell, in a group. Draws what only the
 * neighbourhood decides: lines between rows, frames around what stands on one page.
 */
#ifndef XS_LAYOUT_STACK_H
#define XS_LAYOUT_STACK_H

#include "layout/galley.h"
#include "layout/place.h"
#include "layout/rulings.h"

typedef struct xs_stack {
  xs_composer *c;
  xs_item_list items;
  xs_rulings rulings;
  xs_heading *headings; /* y from the upper edge of the stack */
  size_t heading_count, heading_capacity;
} xs_stack;

void xs_stack_open(xs_stack *s, xs_composer *c);

/* Where the pieces of a page begin and end: slacks at these edges fall away. */
typedef struct xs_stack_edges {
  xs_len bottom; /* where a piece that stands at the bottom ends; 0 for none */
} xs_stack_edges;

/* Puts pieces from (x, y) downwards. With `edges` they stand on a page. */
xs_status xs_stack_pieces(xs_stack *s, const xs_piece *pieces, size_t count, xs_len x, xs_len y,
                          const xs_stack_edges *edges);

/* The borders of a frame between two heights; where it comes from the page before, or goes on,
 * that side stays open. */
xs_status xs_stack_frame(xs_stack *s, const xs_frame *frame, xs_len top, xs_len bottom, bool begins,
                         bool ends);

/* Turns what rulings were gathered into items. The items live in c->scratch. */
xs_status xs_stack_finish(xs_stack *s);

/* The height of pieces one below the other, the room above the first included; XS_LEN_MAX when
 * it is no length. */
xs_len xs_pieces_height(const xs_piece *pieces, size_t count);

#endif
