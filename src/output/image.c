/*
 * PNG by libpng's one-call interface, which needs no setjmp of ours. What comes out is 8 bits a
 * channel, gray or RGB; transparency becomes a soft mask, or is flattened away, and is left out
 * where every pixel is opaque.
 */
#include "output/image.h"

#include "base/limits.h"
#include "base/text.h"
#include "model/picture.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

enum { MARGIN_PX = 2 };

/* A picture as it is embedded. */
typedef struct pixels {
  unsigned char *colors; /* 1 or 3 bytes a pixel */
  unsigned char *alpha;  /* 1 byte a pixel; NULL: all of it is opaque */
  size_t count;
  uint32_t width, height;
  unsigned channels; /* of `colors` */
} pixels;

const xs_image *xs_images_find(const xs_images *images, const xs_picture *picture)
{
  for (size_t i = 0; i < images->count; i++) {
    const xs_image *image = &images->images[i];
    if (image->picture == picture || xs_text_equal(image->picture->bytes, picture->bytes))
      return image;
  }
  return NULL;
}

bool xs_images_transparent(const xs_images *images, const xs_page *page)
{
  for (size_t i = 0; i < page->item_count && images->transparent; i++) {
    if (page->items[i].kind != XS_ITEM_PICTURE) continue;
    const xs_image *image = xs_images_find(images, page->items[i].u.picture.picture);
    if (image && image->transparent) return true;
  }
  return false;
}

void xs_image_name(const xs_images *images, const xs_picture *picture, char out[XS_IMAGE_NAME_MAX])
{
  const xs_image *image = xs_images_find(images, picture);
  size_t at = image ? (size_t)(image - images->images) : images->count;
  snprintf(out, XS_IMAGE_NAME_MAX, "Im%u", (unsigned)(at + 1));
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
static xs_status decode(const xs_host *host, xs_text png, png_image *image, pixels *out)
{
  if (!png_image_begin_read_from_memory(image, png.ptr, png.len)) return XS_EINPUT;
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

/* ---- flattening ------------------------------------------------------------------------------ */

/* The colours that the picture has on white paper. */
static void lay_on_white(pixels *p)
{
  for (size_t i = 0; i < p->count; i++) {
    unsigned alpha = p->alpha[i];
    for (unsigned c = 0; c < p->channels; c++) {
      unsigned char *color = &p->colors[i * p->channels + c];
      *color = (unsigned char)((*color * alpha + 0xff * (0xff - alpha) + 0x7f) / 0xff);
    }
  }
}

/* Is there ink in the pixel or near it? A little white stays around the ink, or readers that draw
 * a picture smaller than it is would lose its thin strokes. */
static bool is_inked(const pixels *p, uint32_t x, uint32_t y)
{
  uint32_t left = x < MARGIN_PX ? 0 : x - MARGIN_PX, top = y < MARGIN_PX ? 0 : y - MARGIN_PX;
  for (uint32_t v = top; v < p->height && v <= y + MARGIN_PX; v++)
    for (uint32_t u = left; u < p->width && u <= x + MARGIN_PX; u++)
      if (p->alpha[(size_t)v * p->width + u]) return true;
  return false;
}

/* One bit a pixel, set where the page is left as it is; a row begins with a byte. */
static HPDF_Dict make_stencil(xs_haru *h, xs_deflater *deflater, const pixels *p)
{
  size_t row = (p->width + 7u) / 8, len = row * p->height;
  xs_text packed = XS_NO_TEXT;
  unsigned char *bits = xs_arena_alloc(h->arena, len);
  if (!bits) {
    xs_haru_fail(h, XS_ENOMEM);
    return NULL;
  }
  for (uint32_t y = 0; y < p->height; y++)
    for (uint32_t x = 0; x < p->width; x++)
      if (!is_inked(p, x, y)) bits[y * row + x / 8] |= (unsigned char)(0x80 >> x % 8);
  xs_haru_fail(h, xs_deflate(deflater, h->arena, (xs_text){(const char *)bits, len}, &packed));
  if (xs_haru_status(h)) return NULL;
  HPDF_Dict image = xs_haru_stream(h, packed, "FlateDecode");
  xs_haru_set_name(image, "Type", "XObject");
  xs_haru_set_name(image, "Subtype", "Image");
  xs_haru_set_number(image, "Width", p->width);
  xs_haru_set_number(image, "Height", p->height);
  xs_haru_set_true(image, "ImageMask");
  xs_haru_set_number(image, "BitsPerComponent", 1);
  return image;
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

static HPDF_Dict make_image(xs_haru *h, xs_deflater *deflater, pixels *p, bool flatten)
{
  if (p->alpha && flatten) lay_on_white(p);
  HPDF_Dict image = make_plane(h, deflater, p, p->colors, p->channels);
  if (p->alpha && flatten) {
    xs_haru_set(image, "Mask", make_stencil(h, deflater, p));
  } else if (p->alpha) {
    xs_haru_set(image, "SMask", make_plane(h, deflater, p, p->alpha, 1));
  }
  return image;
}

static xs_status embed(xs_haru *h, xs_deflater *deflater, const xs_item *item, bool flatten,
                       xs_diags *diags, xs_image *kind, HPDF_Dict *out)
{
  const xs_host *host = xs_arena_host(h->arena);
  const xs_picture *picture = item->u.picture.picture;
  png_image image = {.version = PNG_IMAGE_VERSION};
  pixels p = {0};
  xs_buf png;
  xs_buf_init(&png, host, XS_MAX_PICTURE_BYTES);
  xs_status status = xs_picture_essence(picture, &png);
  if (!status) status = decode(host, xs_buf_view(&png), &image, &p);
  if (status == XS_EINPUT) {
    xs_diag(diags, XS_D_PICTURE_BROKEN, item->span, _("the picture “%.*s” cannot be decoded: %s"),
            XS_TEXT(picture->name), image.message[0] ? image.message : _("it was cut off"));
  } else if (status == XS_ELIMIT) {
    xs_diag(diags, XS_D_PICTURE_SIZE, item->span,
            _("the picture “%.*s” is larger than %u × %u pixels"), XS_TEXT(picture->name),
            XS_MAX_PICTURE_SIDE, XS_MAX_PICTURE_SIDE);
  } else if (!status) {
    *out = make_image(h, deflater, &p, flatten);
    *kind = (xs_image){picture, p.alpha && !flatten};
    status = xs_haru_status(h);
  }
  drop(host, &p);
  png_image_free(&image);
  xs_buf_free(&png);
  return status;
}

xs_status xs_images_embed(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages, bool flatten,
                          xs_diags *diags, HPDF_Dict xobjects, xs_digest *digest, xs_images *out)
{
  *out = (xs_images){0};
  for (size_t i = 0; i < pages->page_count; i++) {
    for (size_t j = 0; j < pages->pages[i].item_count; j++) {
      const xs_item *item = &pages->pages[i].items[j];
      if (item->kind != XS_ITEM_PICTURE) continue;
      const xs_picture *picture = item->u.picture.picture;
      if (xs_images_find(out, picture)) continue;

      char name[XS_IMAGE_NAME_MAX];
      HPDF_Dict image = NULL;
      xs_image kind = {0};
      xs_status status = embed(h, deflater, item, flatten, diags, &kind, &image);
      if (status) return status;
      xs_image *slot = XS_PUSH(h->arena, out->images, out->count, out->capacity);
      if (!slot) return XS_ENOMEM;
      *slot = kind;
      out->transparent = out->transparent || kind.transparent;
      xs_image_name(out, picture, name);
      xs_haru_set(xobjects, name, image);
      xs_digest_add(digest, picture->bytes.ptr, picture->bytes.len);
    }
  }
  return xs_haru_status(h);
}
