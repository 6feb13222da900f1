/* A face cut down to the glyphs that a file uses, by HarfBuzz. */
#ifndef XS_OUTPUT_SUBSET_H
#define XS_OUTPUT_SUBSET_H

#include "output/usage.h"

typedef struct xs_subset {
  xs_text program;    /* a CFF table, or a TrueType file */
  size_t glyph_count; /* in it; their CIDs are 0 and up */
} xs_subset;

/*
 * Also gives every used glyph its code and its width. XS_EINPUT when the face cannot be cut down:
 * its tables are broken, or its outlines are neither TrueType nor CFF.
 */
xs_status xs_subset_make(xs_arena *a, xs_used_face *face, xs_subset *out);

/* May the face be embedded and cut down, by what its maker wrote into it (fsType of OS/2)? */
bool xs_subset_allowed(const xs_face *face);

#endif
