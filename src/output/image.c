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

typedef struct pixels {
  unsigned char *bytes;
  size_t count;
  uint32_t width, height;
  unsigned colors;  /* 1 or 3 */
  bool transparent; /* one more channel */
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
  out->width = image->width;
  out->height = image->height;
  out->colors = image->format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  out->transparent = (image->format & PNG_FORMAT_FLAG_ALPHA) != 0;
  out->count = (size_t)out->width * out->height;
  out->bytes = host->resize(host->user, NULL, out->count * (out->colors + out->transparent));
  if (!out->bytes) return XS_ENOMEM;
  return png_image_finish_read(image, NULL, out->bytes, 0, NULL) ? XS_OK : XS_EINPUT;
}

static bool has_transparency(const pixels *p)
{
  size_t step = p->colors + 1u;
  if (!p->transparent) return false;
  for (size_t i = 0; i < p->count; i++) {
    if (p->bytes[i * step + p->colors] != 0xff) return true;
  }
  return false;
}

/* ---- embedding ------------------------------------------------------------------------------- */

/* Packs `count` channels of every pixel from channel `first` on. */
static HPDF_Dict pack_channels(xs_haru *h, xs_deflater *deflater, const pixels *p, unsigned first,
                               unsigned count)
{
  unsigned char piece[3 * 1024];
  size_t used = 0, step = p->colors + p->transparent;
  xs_text packed = XS_NO_TEXT;
  xs_deflate_begin(deflater);
  for (size_t i = 0; i < p->count; i++) {
    memcpy(piece + used, p->bytes + i * step + first, count);
    used += count;
    if (used + count > sizeof piece) {
      xs_deflate_add(deflater, (xs_text){(const char *)piece, used});
      used = 0;
    }
  }
  xs_deflate_add(deflater, (xs_text){(const char *)piece, used});
  xs_haru_fail(h, xs_deflate_end(deflater, h->arena, &packed));
  if (xs_haru_status(h)) return NULL;

  HPDF_Dict image = xs_haru_stream(h, packed, "FlateDecode");
  xs_haru_set_name(image, "Type", "XObject");
  xs_haru_set_name(image, "Subtype", "Image");
  xs_haru_set_number(image, "Width", p->width);
  xs_haru_set_number(image, "Height", p->height);
  xs_haru_set_name(image, "ColorSpace", count == 3 ? "DeviceRGB" : "DeviceGray");
  xs_haru_set_number(image, "BitsPerComponent", 8);
  return image;
}

static HPDF_Dict make_image(xs_haru *h, xs_deflater *deflater, const pixels *p, bool *transparent)
{
  HPDF_Dict image = pack_channels(h, deflater, p, 0, p->colors);
  if (has_transparency(p)) {
    *transparent = true;
    xs_haru_set(image, "SMask", pack_channels(h, deflater, p, p->colors, 1));
  }
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
    *out = make_image(h, deflater, &p, transparent);
    status = xs_haru_status(h);
  }
  if (p.bytes) host->resize(host->user, p.bytes, 0);
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
