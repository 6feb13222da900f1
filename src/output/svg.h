/* A page list becomes a picture for browsers and walls: SVG 1.1, one page below the other. */
#ifndef XS_OUTPUT_SVG_H
#define XS_OUTPUT_SVG_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/pagelist.h"

/*
 * Appends the picture to `out`, which is as before when this fails: XS_EINPUT for a picture that
 * is broken, with a diagnostic where it is drawn. The same input gives the same bytes.
 *
 * Letters are drawn as outlines, so it looks the same where no font is installed. What they say
 * lies over them as text that is not seen but found, copied and read aloud. Pictures lie beneath
 * the text of their page, as in a PDF file that is flattened.
 */
xs_status xs_svg_write(const xs_pagelist *pages, xs_diags *diags, xs_buf *out);

#endif
