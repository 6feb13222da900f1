/* What the codes of a font stand for: the character map of a PDF font. */
#ifndef XS_SURVEY_TO_UNICODE_H
#define XS_SURVEY_TO_UNICODE_H

#include "base/arena.h"

typedef struct xs_unicode_map {
  xs_text *blocks[256]; /* by the two bytes of the code; NULL: none in this block */
} xs_unicode_map;

/* Reads the bfchar and bfrange entries of a map. XS_EINPUT when it is broken. */
xs_status xs_unicode_map_read(xs_arena *a, xs_text cmap, xs_unicode_map *out);

/* UTF-8; empty for a code that stands for nothing. */
xs_text xs_unicode_map_text(const xs_unicode_map *map, uint32_t code);

#endif
