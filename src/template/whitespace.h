/*
 * White space of a paragraph, as an author lays out a file: gone at both ends, and around breaks
 * and fills; a run that holds a line break vanishes next to a CJK or full-width character and is
 * one space elsewhere; any other run is one space. U+3000 is a character, not white space.
 */
#ifndef XS_TEMPLATE_WHITESPACE_H
#define XS_TEMPLATE_WHITESPACE_H

#include "base/arena.h"
#include "model/document.h"

/* Folds over all inlines as one stream; texts that become empty are taken out. New texts live in
 * `a`. */
xs_status xs_whitespace_fold(xs_arena *a, xs_inline *items, size_t *count);

#endif
