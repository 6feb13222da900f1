#include "survey/to_unicode.h"

#include "base/text.h"
#include "survey/lexer.h"

enum { MAX_UNITS = 64, BLOCK = 256 };

/* The UTF-16 units of hexadecimal digits; false when they are no whole units or too many. */
static bool read_units(xs_text hex, uint16_t *units, size_t *count)
{
  if (hex.len % 4 || hex.len / 4 > MAX_UNITS) return false;
  *count = hex.len / 4;
  for (size_t i = 0; i < *count; i++) {
    unsigned unit = 0;
    for (size_t j = 0; j < 4; j++) unit = unit << 4 | (unsigned)xs_lexer_digit(hex.ptr[i * 4 + j]);
    units[i] = (uint16_t)unit;
  }
  return true;
}

static xs_text text_of_units(xs_arena *a, const uint16_t *units, size_t count)
{
  char utf8[MAX_UNITS * 4];
  size_t len = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t c = units[i];
    bool pair = (c & 0xfc00) == 0xd800 && i + 1 < count && (units[i + 1] & 0xfc00) == 0xdc00;
    if (pair) c = 0x10000 + ((c & 0x3ff) << 10) + (units[++i] & 0x3ffu);
    if ((c & 0xf800) == 0xd800) c = 0xfffd;
    len += xs_text_encode(c, utf8 + len);
  }
  return xs_arena_text(a, (xs_text){utf8, len});
}

static xs_status keep(xs_arena *a, xs_unicode_map *map, uint16_t code, xs_token hex)
{
  uint16_t units[MAX_UNITS];
  size_t count;
  if (hex.kind != XS_TOKEN_HEX || !read_units(hex.text, units, &count)) return XS_EINPUT;
  xs_text **block = &map->blocks[code >> 8];
  if (!*block) *block = XS_NEW_ARRAY(a, BLOCK, xs_text);
  xs_text text = *block ? text_of_units(a, units, count) : XS_NO_TEXT;
  if (!text.ptr) return XS_ENOMEM;
  (*block)[code & 0xff] = text;
  return XS_OK;
}

static xs_status read_code(xs_token hex, uint16_t *out)
{
  uint16_t units[MAX_UNITS];
  size_t count;
  if (hex.kind != XS_TOKEN_HEX || !read_units(hex.text, units, &count) || count != 1)
    return XS_EINPUT;
  *out = units[0];
  return XS_OK;
}

/* <first><last>[<text> <text> …] */
static xs_status read_range(xs_arena *a, xs_lexer *l, xs_token first, xs_unicode_map *out)
{
  uint16_t code, last;
  if (read_code(first, &code) || read_code(xs_lexer_next(l), &last)) return XS_EINPUT;
  if (xs_lexer_next(l).kind != XS_TOKEN_ARRAY) return XS_EINPUT;
  xs_status status = XS_OK;
  for (uint32_t c = code; !status && c <= last; c++)
    status = keep(a, out, (uint16_t)c, xs_lexer_next(l));
  if (!status && xs_lexer_next(l).kind != XS_TOKEN_ARRAY_END) status = XS_EINPUT;
  return status;
}

/* <code><text> */
static xs_status read_char(xs_arena *a, xs_lexer *l, xs_token first, xs_unicode_map *out)
{
  uint16_t code;
  return read_code(first, &code) ? XS_EINPUT : keep(a, out, code, xs_lexer_next(l));
}

xs_status xs_unicode_map_read(xs_arena *a, xs_text cmap, xs_unicode_map *out)
{
  xs_lexer l = {cmap, 0};
  enum { NO_LIST, CHARS, RANGES } list = NO_LIST;
  *out = (xs_unicode_map){0};
  for (;;) {
    xs_token t = xs_lexer_next(&l);
    if (t.kind == XS_TOKEN_BROKEN) return XS_EINPUT;
    if (t.kind == XS_TOKEN_END) return list ? XS_EINPUT : XS_OK;
    if (t.kind == XS_TOKEN_WORD) {
      if (xs_text_is(t.text, "beginbfchar")) list = CHARS;
      if (xs_text_is(t.text, "beginbfrange")) list = RANGES;
      if (xs_text_starts(t.text, "endbf")) list = NO_LIST;
    } else if (list) {
      xs_status status = list == CHARS ? read_char(a, &l, t, out) : read_range(a, &l, t, out);
      if (status) return status;
    }
  }
}

xs_text xs_unicode_map_text(const xs_unicode_map *map, uint32_t code)
{
  const xs_text *block = map->blocks[code >> 8 & 0xff];
  return block ? block[code & 0xff] : XS_NO_TEXT;
}
