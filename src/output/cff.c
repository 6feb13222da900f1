/*
 * Compact Font Format, Adobe Technical Note #5176: header, Name INDEX, Top DICT INDEX, and what
 * the Top DICT points to. Every read is checked against the end of the program.
 */
#include "output/cff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { OP_CHARSET = 15, OP_CHARSTRINGS = 17, OP_ESCAPE = 12, OP_ROS = 256 + 30 };
enum { PREDEFINED_CHARSETS = 3 };

typedef struct reader {
  const unsigned char *p;
  size_t at, end;
  bool broken;
} reader;

static uint32_t take(reader *r, unsigned bytes)
{
  uint32_t value = 0;
  if (r->broken || r->end - r->at < bytes) {
    r->broken = true;
    return 0;
  }
  while (bytes--) value = value << 8 | r->p[r->at++];
  return value;
}

static void seek(reader *r, size_t at)
{
  if (at > r->end) {
    r->broken = true;
  } else {
    r->at = at;
  }
}

/* Reads the head of an INDEX and moves behind its data; first and second are the bounds of its
 * first object. */
static uint32_t take_index(reader *r, size_t *first, size_t *second)
{
  uint32_t count = take(r, 2);
  if (!count) return 0;
  unsigned width = take(r, 1);
  if (width < 1 || width > 4) r->broken = true;
  size_t offsets = r->at, data = offsets + (size_t)(count + 1) * width - 1;
  *first = data + take(r, width);
  *second = data + take(r, width);
  seek(r, offsets + (size_t)count * width);
  seek(r, data + take(r, width));
  return count;
}

/* One operand of a DICT that begins with the byte b; reals count as 0. */
static int32_t take_operand(reader *r, uint32_t b)
{
  if (b == 28) return (int16_t)take(r, 2);
  if (b == 29) return (int32_t)take(r, 4);
  if (b == 30) {
    for (uint32_t c = 0; !r->broken && (c & 0xf) != 0xf && (c >> 4) != 0xf;) c = take(r, 1);
    return 0;
  }
  if (b <= 246) return (int32_t)b - 139;
  if (b <= 250) return ((int32_t)b - 247) * 256 + (int32_t)take(r, 1) + 108;
  return -((int32_t)b - 251) * 256 - (int32_t)take(r, 1) - 108;
}

typedef struct top_dict {
  size_t charset, charstrings;
  bool keyed;
} top_dict;

static top_dict take_top_dict(reader *r, size_t end)
{
  top_dict top = {0, 0, false};
  int32_t last = 0;
  while (!r->broken && r->at < end) {
    uint32_t b = take(r, 1);
    if (b > 27) {
      last = take_operand(r, b);
      continue;
    }
    if (b == OP_ESCAPE) b = 256 + take(r, 1);
    if (b == OP_CHARSET) top.charset = (size_t)(last < 0 ? 0 : last);
    if (b == OP_CHARSTRINGS) top.charstrings = (size_t)(last < 0 ? 0 : last);
    if (b == OP_ROS) top.keyed = true;
  }
  return top;
}

/* Moves behind the charset. Glyph 0 is .notdef and stands in none. */
static void skip_charset(reader *r, size_t glyph_count)
{
  uint32_t format = take(r, 1);
  for (size_t i = 1; i < glyph_count && !r->broken;) {
    take(r, 2);
    i += 1 + (format == 0 ? 0 : take(r, format == 1 ? 1 : 2));
  }
}

/* The shortest charset that counts from 1; no other charset of as many glyphs is shorter. */
static size_t make_charset(unsigned char out[5], size_t glyph_count)
{
  size_t more = glyph_count - 2; /* than the first of the range */
  if (glyph_count <= 2) {
    memcpy(out, "\0\0\1", 3);
    return glyph_count == 2 ? 3 : 1;
  }
  memcpy(out, "\1\0\1", 3);
  out[3] = (unsigned char)more;
  if (more <= 0xff) return 4;
  out[0] = 2;
  out[3] = (unsigned char)(more >> 8);
  out[4] = (unsigned char)more;
  return 5;
}

static xs_status write_charset(char *cff, reader *r, size_t at, size_t glyph_count)
{
  unsigned char charset[5];
  seek(r, at);
  skip_charset(r, glyph_count);
  size_t len = make_charset(charset, glyph_count);
  if (r->broken || r->at - at < len) return XS_EINPUT;
  memset(cff + at, 0, r->at - at);
  memcpy(cff + at, charset, len);
  return XS_OK;
}

xs_status xs_cff_number(char *cff, size_t len, size_t *glyph_count)
{
  reader r = {.p = (const unsigned char *)cff, .end = len};
  size_t first = 0, second = 0;
  take(&r, 2);
  seek(&r, take(&r, 1));
  take_index(&r, &first, &second);
  if (!take_index(&r, &first, &second) || r.broken) return XS_EINPUT;
  seek(&r, first);
  top_dict top = take_top_dict(&r, second);
  seek(&r, top.charstrings);
  *glyph_count = take(&r, 2);
  if (r.broken || !*glyph_count) return XS_EINPUT;
  if (!top.keyed || top.charset < PREDEFINED_CHARSETS) return XS_OK;
  return write_charset(cff, &r, top.charset, *glyph_count);
}
