/* Inside of the step that finds where lines may end: words of official prose (words.c). */
#ifndef XS_LAYOUT_BREAKS_H
#define XS_LAYOUT_BREAKS_H

#include "layout/unit.h"

/* Holds together what is one word to the reader, among all units of the line. */
void xs_words_hold(xs_composer *c);

/* The same for addresses and telephone numbers in a run of Western text. */
void xs_words_hold_western(xs_composer *c, size_t first, size_t end);

/* Finds where a word may be parted with a hyphen. */
xs_status xs_words_hyphenate(xs_composer *c);

#endif
