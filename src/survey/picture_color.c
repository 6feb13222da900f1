#include "survey/picture_color.h"

enum { OPAQUE = 255, NEARLY_WHITE = 240 };

typedef struct mean {
  uint64_t sums[3], weight;
} mean;

static void add_pixel(mean *m, const unsigned char *pixel, unsigned channels, unsigned alpha)
{
  unsigned g = channels == 3 ? 1 : 0, b = channels == 3 ? 2 : 0;
  if (pixel[0] >= NEARLY_WHITE && pixel[g] >= NEARLY_WHITE && pixel[b] >= NEARLY_WHITE) return;
  m->sums[0] += (uint64_t)pixel[0] * alpha;
  m->sums[1] += (uint64_t)pixel[g] * alpha;
  m->sums[2] += (uint64_t)pixel[b] * alpha;
  m->weight += alpha;
}

bool xs_picture_color(const xs_pdf_image *image, xs_color *out)
{
  mean m = {{0}, 0};
  size_t count = (size_t)image->width * image->height;
  const unsigned char *pixels = (const unsigned char *)image->pixels.ptr;
  for (size_t i = 0; i < count; i++) {
    unsigned alpha = image->alpha.len ? (unsigned char)image->alpha.ptr[i] : OPAQUE;
    add_pixel(&m, pixels + i * image->channels, image->channels, alpha);
  }
  if (!m.weight) return false;
  *out = (xs_color)(m.sums[0] / m.weight) << 16 | (xs_color)(m.sums[1] / m.weight) << 8 |
         (xs_color)(m.sums[2] / m.weight);
  return true;
}
