/* Setting the room between the units of one line. */
#ifndef XS_LAYOUT_JUSTIFY_H
#define XS_LAYOUT_JUSTIFY_H

#include "layout/linebreak.h"

/* What one unit of a line gets. */
typedef struct xs_room {
  xs_len before;              /* between it and the unit before */
  xs_len cut_left, cut_right; /* what it gives up of its own room */
  xs_len extra;               /* the width of a fill */
} xs_room;

/*
 * Fills `rooms`, one for each unit of [first, end), so that the units take `width` where `align`
 * and `last` ask for it. *start is where the first unit begins.
 */
void xs_line_justify(const xs_composer *c, size_t first, size_t end, xs_len lead, xs_len width,
                     xs_align align, bool last, xs_room *rooms, xs_len *start);

#endif
