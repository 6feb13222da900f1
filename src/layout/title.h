/* Where the lines of a title end. */
#ifndef XS_LAYOUT_TITLE_H
#define XS_LAYOUT_TITLE_H

#include "layout/linebreak.h"

/*
 * Makes the places inside words poor ones to end a line at, as wanted where text is centred: TI-01.
 * To be called between xs_units_allow and the choice.
 */
xs_status xs_title_hold_words(xs_composer *c);

/* Breaks three lines of centred text anew where the middle one is the shortest: TI-03. */
void xs_title_shape(const xs_composer *c, const xs_measure *m, xs_line_range *lines, size_t count);

#endif
