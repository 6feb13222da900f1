/*
 * PNG by libpng's one-call interface, which needs no setjmp of ours. What comes out is 8 bits a
 * channel, gray or RGB; transparency becomes a soft mask, and is left out where every pixel is
 * opaque.
 */
#include "output/image.h"

#include "base/limits.h"
#include "base/text.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

/* A picture as it is embedded. */
typedef struct pixels {
  unsigned char *colors; /* 1 or 3 bytes a pixel */
  unsigned char *alpha;  /* 1 byte a pixel; NULL: all of it is opaque */
  size_t count;
  uint32_t width, height;
  unsigned channels; /* of `colors` */
} pixels;

static size_t find(const xs_images *images, const xs_picture *picture)
{
  size_t i = 0;
  while (i < images->count && images->pictures[i] != picture &&
         !xs_text_equal(images->pictures[i]->bytes, picture->bytes)) {
    i++;
  }
  return i;
}

void xs_image_name(const xs_images *images, const xs_picture *picture, char out[XS_IMAGE_NAME_MAX])
{
  snprintf(out, XS_IMAGE_NAME_MAX, "Im%u", (unsigned)(find(images, picture) + 1));
}

/* ---- decoding -------------------------------------------------------------------------------- */

/* Takes the alpha channel out of pixels that have one. */
static xs_status split_alpha(const xs_host *host, pixels *p)
{
  unsigned step = p->channels + 1;
  bool opaque = true;
  p->alpha = host->resize(host->user, NULL, p->count);
  if (!p->alpha) return XS_ENOMEM;
  for (size_t i = 0; i < p->count; i++) {
    unsigned char *pixel = p->colors + i * step;
    p->alpha[i] = pixel[p->channels];
    opaque = opaque && p->alpha[i] == 0xff;
    memmove(p->colors + i * p->channels, pixel, p->channels);
  }
  if (!opaque) return XS_OK;
  host->resize(host->user, p->alpha, 0);
  p->alpha = NULL;
  return XS_OK;
}

/* Pixels are taken with host->resize, and given back by the caller also on failure. */
static xs_status decode(const xs_host *host, const xs_picture *picture, png_image *image,
                        pixels *out)
{
  if (!png_image_begin_read_from_memory(image, picture->bytes.ptr, picture->bytes.len)) {
    return XS_EINPUT;
  }
  if (image->width > XS_MAX_PICTURE_SIDE || image->height > XS_MAX_PICTURE_SIDE) return XS_ELIMIT;
  image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* as scanners write them, not linear light */
  image->format &= PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR;
  bool has_alpha = (image->format & PNG_FORMAT_FLAG_ALPHA) != 0;
  out->width = image->width;
  out->height = image->height;
  out->channels = image->format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  out->count = (size_t)out->width * out->height;
  out->colors = host->resize(host->user, NULL, out->count * (out->channels + has_alpha));
  if (!out->colors) return XS_ENOMEM;
  if (!png_image_finish_read(image, NULL, out->colors, 0, NULL)) return XS_EINPUT;
  return has_alpha ? split_alpha(host, out) : XS_OK;
}

static void drop(const xs_host *host, pixels *p)
{
  if (p->colors) host->resize(host->user, p->colors, 0);
  if (p->alpha) host->resize(host->user, p->alpha, 0);
}

/* ---- embedding ------------------------------------------------------------------------------- */

static HPDF_Dict make_plane(xs_haru *h, xs_deflater *deflater, const pixels *p,
                            const unsigned char *bytes, unsigned channels)
{
  xs_text packed = XS_NO_TEXT, raw = {(const char *)bytes, p->count * channels};
  xs_haru_fail(h, xs_deflate(deflater, h->arena, raw, &packed));
  if (xs_haru_status(h)) return NULL;
  HPDF_Dict image = xs_haru_stream(h, packed, "FlateDecode");
  xs_haru_set_name(image, "Type", "XObject");
  xs_haru_set_name(image, "Subtype", "Image");
  xs_haru_set_number(image, "Width", p->width);
  xs_haru_set_number(image, "Height", p->height);
  xs_haru_set_name(image, "ColorSpace", channels == 3 ? "DeviceRGB" : "DeviceGray");
  xs_haru_set_number(image, "BitsPerComponent", 8);
  return image;
}

static HPDF_Dict make_image(xs_haru *h, xs_deflater *deflater, const pixels *p)
{
  HPDF_Dict image = make_plane(h, deflater, p, p->colors, p->channels);
  if (p->alpha) xs_haru_set(image, "SMask", make_plane(h, deflater, p, p->alpha, 1));
  return image;
}

static xs_status embed(xs_haru *h, xs_deflater *deflater, const xs_item *item, xs_diags *diags,
                       bool *transparent, HPDF_Dict *out)
{
  const xs_host *host = xs_arena_host(h->arena);
  const xs_picture *picture = item->u.picture.picture;
  png_image image = {.version = PNG_IMAGE_VERSION};
  pixels p = {0};
  xs_status status = decode(host, picture, &image, &p);
  if (status == XS_EINPUT) {
    xs_diag(diags, XS_D_PICTURE_BROKEN, item->span, _("the picture “%.*s” cannot be decoded: %s"),
            XS_TEXT(picture->name), image.message);
  } else if (status == XS_ELIMIT) {
    xs_diag(diags, XS_D_PICTURE_SIZE, item->span,
            _("the picture “%.*s” is larger than %u × %u pixels"), XS_TEXT(picture->name),
            XS_MAX_PICTURE_SIDE, XS_MAX_PICTURE_SIDE);
  } else if (!status) {
    *out = make_image(h, deflater, &p);
    *transparent = *transparent || p.alpha;
    status = xs_haru_status(h);
  }
  drop(host, &p);
  png_image_free(&image);
  return status;
}

xs_status xs_images_embed(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages,
                          xs_diags *diags, HPDF_Dict xobjects, xs_digest *digest, xs_images *out)
{
  *out = (xs_images){0};
  for (size_t i = 0; i < pages->page_count; i++) {
    for (size_t j = 0; j < pages->pages[i].item_count; j++) {
      const xs_item *item = &pages->pages[i].items[j];
      if (item->kind != XS_ITEM_PICTURE) continue;
      const xs_picture *picture = item->u.picture.picture;
      if (find(out, picture) < out->count) continue;

      char name[XS_IMAGE_NAME_MAX];
      HPDF_Dict image = NULL;
      xs_status status = embed(h, deflater, item, diags, &out->transparent, &image);
      if (status) return status;
      const xs_picture **slot = XS_PUSH(h->arena, out->pictures, out->count, out->capacity);
      if (!slot) return XS_ENOMEM;
      *slot = picture;
      xs_image_name(out, picture, name);
      xs_haru_set(xobjects, name, image);
      xs_digest_add(digest, picture->bytes.ptr, picture->bytes.len);
    }
  }
  return xs_haru_status(h);
}
