/* Placing the units of one line: what becomes ink, and where. */
#ifndef XS_LAYOUT_PLACE_H
#define XS_LAYOUT_PLACE_H

#include "layout/justify.h"
#include "model/pagelist.h"

typedef struct xs_item_list {
  xs_item *items;
  size_t count, capacity;
} xs_item_list;

/*
 * Appends the items of the units [first, end) to `out`, on a baseline at y = 0, the first unit
 * at x = start. The list grows in c->scratch; glyphs and text live in c->a.
 */
xs_status xs_units_place(xs_composer *c, size_t first, size_t end, const xs_room *rooms,
                         xs_len start, xs_item_list *out);

/* Makes room for so many more items at once. */
xs_status xs_item_list_reserve(xs_composer *c, xs_item_list *list, size_t more);

void xs_item_shift(xs_item *item, xs_len dx, xs_len dy);

/* One line of text as it is, its baseline at y; x is its left end, its middle or its right end
 * as `align` says. The items live in c->scratch. */
xs_status xs_text_place(xs_composer *c, const xs_char_style *style, xs_text text, xs_span span,
                        xs_align align, xs_len x, xs_len y, const xs_item **items,
                        size_t *item_count);

#endif
