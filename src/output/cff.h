/* The little of a CFF font program that its embedding has to know. */
#ifndef XS_OUTPUT_CFF_H
#define XS_OUTPUT_CFF_H

#include "base/arena.h"

/*
 * The CID of each glyph, in the order of the glyphs. A PDF reader that is handed a program which
 * is not keyed by CIDs takes them for glyph numbers, so the answer counts from 0 there. XS_EINPUT
 * when the bytes are no CFF font.
 */
xs_status xs_cff_cids(xs_arena *a, xs_text cff, const uint16_t **cids, size_t *count);

#endif
