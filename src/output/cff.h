/* The little of a CFF font program that its embedding has to know. */
#ifndef XS_OUTPUT_CFF_H
#define XS_OUTPUT_CFF_H

#include "xieshang/base.h"

#include <stddef.h>

/*
 * Numbers the CIDs of a program anew, in place, so that each is the number of its glyph. A cut-down
 * face keeps the CIDs of the whole one; counted from 0 they need no list in the program, one bit
 * each in the CIDSet, and pack better in the pages: 1.5 kB less in a paper of one page.
 *
 * A program that is not keyed by CIDs is left alone: readers take CIDs for glyph numbers there.
 * XS_EINPUT when the bytes are no CFF font; they may have been changed then.
 */
xs_status xs_cff_number(char *cff, size_t len, size_t *glyph_count);

#endif
