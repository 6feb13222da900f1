/*
 * The pictures of a file: each PNG is decoded and embedded once, however often it is drawn.
 *
 * Flattened, a picture has no transparency that PDF/A-1 forbids: its colours are those that it has
 * on white paper, and where there is no ink a stencil leaves the page as it is. What is not
 * transparent would hide what stands under it, so content.h draws it beneath the text and rules of
 * its page, and they stay as black as they are under the ink of a real seal.
 */
#ifndef XS_OUTPUT_IMAGE_H
#define XS_OUTPUT_IMAGE_H

#include "base/diag.h"
#include "base/digest.h"
#include "model/pagelist.h"
#include "output/deflate.h"
#include "output/haru.h"

enum { XS_IMAGE_NAME_MAX = 16 };

typedef struct xs_image {
  const xs_picture *picture;
  bool transparent; /* it has a soft mask */
} xs_image;

typedef struct xs_images {
  xs_image *images; /* no two with the same bytes */
  size_t count, capacity;
  bool transparent; /* one of them is, at least in part */
} xs_images;

/*
 * Embeds the pictures of the list and adds them to `xobjects`, the resource dictionary. A picture
 * that cannot be decoded is a diagnostic where it is drawn, and XS_EINPUT.
 */
xs_status xs_images_embed(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages, bool flatten,
                          xs_diags *diags, HPDF_Dict xobjects, xs_digest *digest, xs_images *out);

/* NULL for a picture that is not among them. */
const xs_image *xs_images_find(const xs_images *images, const xs_picture *picture);
/* Is anything on the page drawn with a soft mask? */
bool xs_images_transparent(const xs_images *images, const xs_page *page);
/* The name of a picture in the resources: Im1. */
void xs_image_name(const xs_images *images, const xs_picture *picture, char out[XS_IMAGE_NAME_MAX]);

#endif
