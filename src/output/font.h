/* The font dictionaries of a file. */
#ifndef XS_OUTPUT_FONT_H
#define XS_OUTPUT_FONT_H

#include "base/digest.h"
#include "output/deflate.h"
#include "output/haru.h"
#include "output/usage.h"

enum { XS_FONT_NAME_MAX = 32 };

/* The name of a layer of a face in the resources: F1, F2, F2_1. */
void xs_font_name(const xs_used_face *face, uint32_t layer, char out[XS_FONT_NAME_MAX]);

/*
 * Cuts the face down, embeds it, and adds each of its layers to `fonts`, the resource dictionary.
 * The used glyphs have their codes and widths afterwards. XS_EINPUT when the face is broken.
 */
xs_status xs_font_embed(xs_haru *h, xs_deflater *deflater, xs_used_face *face, HPDF_Dict fonts,
                        xs_digest *digest);

#endif
