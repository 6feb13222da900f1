/*
 * Compact Font Format, Adobe Technical Note #5176: header, Name INDEX, Top DICT INDEX, and what
 * the Top DICT points to. Every read is checked against the end of the program.
 */
#include "output/cff.h"

#include <stdbool.h>

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

/* Glyph 0 is .notdef and stands in no charset. */
static void take_charset(reader *r, uint16_t *cids, size_t count)
{
  uint32_t format = take(r, 1);
  for (size_t i = 1; i < count && !r->broken;) {
    uint32_t first = take(r, 2);
    uint32_t more = format == 0 ? 0 : take(r, format == 1 ? 1 : 2);
    for (uint32_t j = 0; j <= more && i < count; j++) cids[i++] = (uint16_t)(first + j);
  }
}

xs_status xs_cff_cids(xs_arena *a, xs_text cff, const uint16_t **cids, size_t *count)
{
  reader r = {.p = (const unsigned char *)cff.ptr, .end = cff.len};
  size_t first = 0, second = 0;
  take(&r, 2);
  seek(&r, take(&r, 1));
  take_index(&r, &first, &second);
  if (!take_index(&r, &first, &second) || r.broken) return XS_EINPUT;
  seek(&r, first);
  top_dict top = take_top_dict(&r, second);
  seek(&r, top.charstrings);
  size_t glyphs = take(&r, 2);
  if (r.broken || !glyphs) return XS_EINPUT;

  uint16_t *ids = XS_NEW_ARRAY(a, glyphs, uint16_t);
  if (!ids) return XS_ENOMEM;
  if (top.keyed && top.charset >= PREDEFINED_CHARSETS) {
    seek(&r, top.charset);
    take_charset(&r, ids, glyphs);
  } else {
    for (size_t i = 0; i < glyphs; i++) ids[i] = (uint16_t)i;
  }
  if (r.broken) return XS_EINPUT;
  *cids = ids;
  *count = glyphs;
  return XS_OK;
}
