/* The pictures of a file: each PNG is decoded and embedded once, however often it is drawn. */
#ifndef XS_OUTPUT_IMAGE_H
#define XS_OUTPUT_IMAGE_H

#include "base/diag.h"
#include "base/digest.h"
#include "model/pagelist.h"
#include "output/deflate.h"
#include "output/haru.h"

enum { XS_IMAGE_NAME_MAX = 16 };

typedef struct xs_images {
  const xs_picture **pictures; /* no two with the same bytes */
  size_t count, capacity;
  bool transparent; /* one of them is, at least in part */
} xs_images;

/*
 * Embeds the pictures of the list and adds them to `xobjects`, the resource dictionary. A picture
 * that cannot be decoded is a diagnostic where it is drawn, and XS_EINPUT.
 */
xs_status xs_images_embed(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages,
                          xs_diags *diags, HPDF_Dict xobjects, xs_digest *digest, xs_images *out);

/* The name of a picture in the resources: Im1. */
void xs_image_name(const xs_images *images, const xs_picture *picture, char out[XS_IMAGE_NAME_MAX]);

#endif
