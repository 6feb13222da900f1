/* The inside of a font set: which face sets a character of a role. */
#ifndef XS_LAYOUT_FONTSET_H
#define XS_LAYOUT_FONTSET_H

#include "layout/face.h"
#include "layout/hyphen.h"
#include "layout/layout.h"

typedef struct xs_glyph_found {
  xs_typeface *face;
  uint32_t glyph;
  int32_t advance; /* font units */
} xs_glyph_found;

/*
 * The first face of the role's chain that has the character, then the last resorts. With
 * `western` the chain of the role's Western letters goes first. False when no face has it.
 */
bool xs_fontset_find(xs_fontset *fonts, xs_role role, bool western, uint32_t codepoint,
                     xs_glyph_found *out);

/* The same for a character with a variation selector; false when no face has that variant. */
bool xs_fontset_find_variant(xs_fontset *fonts, xs_role role, uint32_t codepoint, uint32_t selector,
                             xs_glyph_found *out);

/* The patterns that fonts.xml names, NULL when there are none. */
xs_hyphens *xs_fontset_hyphens(xs_fontset *fonts);

#endif
