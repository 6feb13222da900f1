#include "support/small_png.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const struct {
  uint8_t depth, color;
} kinds[] = {{1, 0}, {2, 0}, {4, 0}, {8, 0}, {16, 0}, {8, 2}, {16, 2}, {1, 3},
             {2, 3}, {4, 3}, {8, 3}, {8, 4}, {16, 4}, {8, 6}, {16, 6}};

size_t small_png_form_count(void)
{
  return 2 * sizeof kinds / sizeof *kinds;
}

png_form small_png_form_at(size_t i)
{
  return (png_form){13, 7, kinds[i / 2].depth, kinds[i / 2].color, i % 2 == 1};
}

static void add(small_png *png, const void *bytes, size_t len)
{
  if (len > SMALL_PNG_MAX - png->len) abort();
  if (len) memcpy(png->bytes + png->len, bytes, len);
  png->len += len;
}

static void add_u32(small_png *png, uint32_t n)
{
  const unsigned char bytes[] = {(unsigned char)(n >> 24), (unsigned char)(n >> 16),
                                 (unsigned char)(n >> 8), (unsigned char)n};
  add(png, bytes, sizeof bytes);
}

void small_png_chunk(small_png *png, const char type[4], const void *data, size_t len)
{
  add_u32(png, (uint32_t)len);
  size_t from = png->len;
  add(png, type, 4);
  add(png, data, len);
  add_u32(png, (uint32_t)crc32(0, png->bytes + from, (uInt)(len + 4)));
}

void small_png_begin(small_png *png, const png_form *form)
{
  png->len = 0;
  add(png, "\x89PNG\r\n\x1a\n", 8);
  small_png head = {.len = 0};
  add_u32(&head, form->width);
  add_u32(&head, form->height);
  const unsigned char rest[] = {form->depth, form->color, 0, 0, form->interlaced};
  add(&head, rest, sizeof rest);
  small_png_chunk(png, "IHDR", head.bytes, head.len);
}

void small_png_pixels(small_png *png, const void *data, size_t len)
{
  static unsigned char packed[SMALL_PNG_MAX];
  uLongf packed_len = sizeof packed;
  if (compress(packed, &packed_len, data, (uLong)len) != Z_OK) abort();
  small_png_chunk(png, "IDAT", packed, packed_len);
}

void small_png_zeros(small_png *png, const char type[4], const void *head, size_t head_len,
                     size_t len)
{
  unsigned char *zeros = calloc(1, len ? len : 1), *data = malloc(SMALL_PNG_MAX);
  uLongf packed_len = SMALL_PNG_MAX - (uLong)head_len;
  if (!zeros || !data) abort();
  if (head_len) memcpy(data, head, head_len);
  if (compress2(data + head_len, &packed_len, zeros, (uLong)len, 9) != Z_OK) abort();
  small_png_chunk(png, type, data, head_len + packed_len);
  free(data);
  free(zeros);
}

void small_png_end(small_png *png)
{
  small_png_chunk(png, "IEND", NULL, 0);
}

void small_png_mend(small_png *png)
{
  for (size_t at = 8; png->len >= 12 && at <= png->len - 12;) {
    const unsigned char *p = png->bytes + at;
    size_t len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
    if (len > png->len - at - 12) return;
    small_png sum = {.len = 0};
    add_u32(&sum, (uint32_t)crc32(0, p + 4, (uInt)(len + 4)));
    memcpy(png->bytes + at + 8 + len, sum.bytes, 4);
    at += 12 + len;
  }
}

/* The rows of one pass: a filter byte, then a pattern. */
static size_t add_rows(unsigned char *rows, size_t len, const png_form *form, uint32_t columns,
                       uint32_t count)
{
  static const uint8_t channels[] = {1, 0, 3, 1, 2, 0, 4};
  size_t row_len = ((size_t)columns * channels[form->color] * form->depth + 7) / 8;
  for (uint32_t y = 0; y < count && columns; y++) {
    rows[len++] = (unsigned char)(y % 5);
    for (size_t i = 0; i < row_len; i++) rows[len++] = (unsigned char)(i * 37 + y * 11);
  }
  return len;
}

static uint32_t steps(uint32_t size, uint32_t from, uint32_t step)
{
  return size > from ? (size - from + step - 1) / step : 0;
}

void small_png_make(small_png *png, const png_form *form)
{
  static const uint8_t passes[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                       {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}; /* x y dx dy */
  static unsigned char rows[SMALL_PNG_MAX];
  size_t len = 0;
  if (!form->interlaced) len = add_rows(rows, 0, form, form->width, form->height);
  for (size_t i = 0; i < 7 && form->interlaced; i++)
    len = add_rows(rows, len, form, steps(form->width, passes[i][0], passes[i][2]),
                   steps(form->height, passes[i][1], passes[i][3]));
  small_png_begin(png, form);
  if (form->color == 3) {
    unsigned char palette[3 * 256];
    for (size_t i = 0; i < sizeof palette; i++) palette[i] = (unsigned char)(i * 5);
    small_png_chunk(png, "PLTE", palette, (size_t)3 << form->depth);
    small_png_chunk(png, "tRNS", "\x80", 1);
  }
  small_png_pixels(png, rows, len);
  small_png_end(png);
}
