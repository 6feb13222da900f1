/* Small PNG files for tests: of every kind that libpng writes, and put together chunk by chunk. */
#ifndef TESTS_SMALL_PNG_H
#define TESTS_SMALL_PNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SMALL_PNG_MAX = 1 << 16 };

typedef struct small_png {
  unsigned char bytes[SMALL_PNG_MAX];
  size_t len;
} small_png;

/* What IHDR says. */
typedef struct png_form {
  uint32_t width, height;
  uint8_t depth, color; /* color: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha */
  bool interlaced;
} png_form;

/* The signature and IHDR. */
void small_png_begin(small_png *png, const png_form *form);
void small_png_chunk(small_png *png, const char type[4], const void *data, size_t len);
/* `data` packed, as IDAT. */
void small_png_pixels(small_png *png, const void *data, size_t len);
/* `len` zero bytes packed, as the content of a chunk that begins with `head`. */
void small_png_zeros(small_png *png, const char type[4], const void *head, size_t head_len,
                     size_t len);
void small_png_end(small_png *png);

/* A whole picture of that form, with a pattern in it; a palette has a transparent colour. */
void small_png_make(small_png *png, const png_form *form);

/* Sets each checksum right, as far as the chunks can be followed: what is behind them is wanted. */
void small_png_mend(small_png *png);

/* Every form there is, 13 by 7 pixels. */
size_t small_png_form_count(void);
png_form small_png_form_at(size_t i);

#endif
