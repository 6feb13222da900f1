/* Where the lines of a title end. */
#ifndef XS_LAYOUT_TITLE_H
#define XS_LAYOUT_TITLE_H

#include "layout/unit.h"

/*
 * Makes the places inside words poor ones to end a line at, as wanted where text is centred: TI-01.
 * To be called between xs_units_allow and the choice.
 */
xs_status xs_title_hold_words(xs_composer *c);

#endif
