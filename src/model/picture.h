/* The head of a picture file, read without decoding it. */
#ifndef XS_MODEL_PICTURE_H
#define XS_MODEL_PICTURE_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/document.h"

/*
 * Fills width_px and height_px of a picture whose name and bytes are set. What is not a PNG, is
 * cut off, or is larger than base/limits.h allows is a diagnostic at `at` and XS_EINPUT; the
 * picture is then as it was.
 */
xs_status xs_picture_measure(xs_picture *picture, xs_span at, xs_diags *diags) XS_MUST_CHECK;

/*
 * Appends a PNG with the same pixels and nothing else: without comments, profiles and what programs
 * leave behind, of which a small file can unpack gigabytes. XS_EINPUT when the file is not whole.
 */
xs_status xs_picture_essence(const xs_picture *picture, xs_buf *out) XS_MUST_CHECK;

#endif
