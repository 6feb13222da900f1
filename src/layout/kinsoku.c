#include "layout/kinsoku.h"

#include <stddef.h>
#include <uchar.h>
#include <unicode/uchar.h>

enum { XS_KINSOKU_NEVER = XS_KINSOKU_SET_COUNT }; /* forbidden in no set */

typedef struct mark {
  uint32_t codepoint;
  uint8_t class, start, end;
} mark;

static const mark marks[] = {
#define X(codepoint, class, start, end)                                                            \
  {codepoint, XS_CHAR_##class, XS_KINSOKU_##start, XS_KINSOKU_##end},
#include "layout/kinsoku.def"
#undef X
};

uint32_t xs_kinsoku_mark(uint32_t codepoint)
{
  switch (codepoint) {
#define X(mark_codepoint, class, start, end)                                                       \
  case mark_codepoint:                                                                             \
    return XS_KINSOKU_MARK_##mark_codepoint;
#include "layout/kinsoku.def"
#undef X
  }
  return XS_KINSOKU_NO_MARK;
}

static bool is_ideograph(uint32_t c)
{
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff);
}

static xs_char_class class_by_properties(uint32_t codepoint)
{
  UChar32 c = (UChar32)codepoint;
  int32_t category = u_charType(c);
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return XS_CHAR_INVISIBLE;
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
      category == U_COMBINING_SPACING_MARK)
    return XS_CHAR_COMBINING;
  if (category == U_SPACE_SEPARATOR) return XS_CHAR_SPACE;
  switch (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH)) {
  case U_EA_WIDE:
  case U_EA_FULLWIDTH:
    return XS_CHAR_HAN;
  case U_EA_AMBIGUOUS: /* ①, Ⅲ, ×, √, □ are set in an em; Greek and Cyrillic are not */
    return codepoint >= 0x2000 || category == U_MATH_SYMBOL ? XS_CHAR_HAN : XS_CHAR_LETTER;
  default:
    break;
  }
  if (codepoint >= 0x2190 && codepoint < 0x2c00) return XS_CHAR_HAN; /* arrows, boxes, ticks */
  return u_isalpha(c) || u_isdigit(c) ? XS_CHAR_LETTER : XS_CHAR_OTHER;
}

xs_char_class xs_kinsoku_class(uint32_t codepoint)
{
  if (is_ideograph(codepoint)) return XS_CHAR_HAN;
  if (codepoint >= '0' && codepoint <= '9') return XS_CHAR_DIGIT;
  if (codepoint == 0x3000) return XS_CHAR_WIDE_SPACE;
  uint32_t i = xs_kinsoku_mark(codepoint);
  if (i != XS_KINSOKU_NO_MARK) return (xs_char_class)marks[i].class;
  return class_by_properties(codepoint);
}

bool xs_kinsoku_not_at_start(uint32_t codepoint, xs_kinsoku_set set)
{
  uint32_t i = xs_kinsoku_mark(codepoint);
  return i != XS_KINSOKU_NO_MARK && set != XS_KINSOKU_NONE && marks[i].start <= set;
}

bool xs_kinsoku_not_at_end(uint32_t codepoint, xs_kinsoku_set set)
{
  uint32_t i = xs_kinsoku_mark(codepoint);
  return i != XS_KINSOKU_NO_MARK && set != XS_KINSOKU_NONE && marks[i].end <= set;
}

bool xs_kinsoku_is_wide(uint32_t codepoint, xs_char_class c)
{
  switch (c) {
  case XS_CHAR_HAN:
  case XS_CHAR_WIDE_SPACE:
  case XS_CHAR_PAUSE:
  case XS_CHAR_STOP:
  case XS_CHAR_OPEN:
  case XS_CHAR_CLOSE:
  case XS_CHAR_MIDDLE:
  case XS_CHAR_DASH:
  case XS_CHAR_ELLIPSIS:
  case XS_CHAR_REPEAT:
    return true;
  case XS_CHAR_LETTER:
  case XS_CHAR_DIGIT:
  case XS_CHAR_SPACE:
  case XS_CHAR_OTHER:
  case XS_CHAR_COMBINING:
  case XS_CHAR_INVISIBLE:
  case XS_CHAR_WEST_OPEN:
  case XS_CHAR_WEST_CLOSE:
    return false;
  case XS_CHAR_CONNECTOR:
  case XS_CHAR_SOLIDUS:
    return codepoint > '/'; /* not - and / */
  case XS_CHAR_PREFIX:
  case XS_CHAR_SUFFIX:
    return codepoint >= 0x2100 && codepoint != 0x2212; /* ％ and ℃, not %, ‰ and the minus */
  }
  return false;
}

bool xs_kinsoku_is_numeral(uint32_t codepoint)
{
  switch (codepoint) {
#define X(character, numeral, counted, multiple)                                                   \
  case character:                                                                                  \
    return numeral;
#include "layout/numerals.def"
#undef X
  }
  return false;
}

bool xs_kinsoku_is_counted(uint32_t codepoint)
{
  switch (codepoint) {
#define X(character, numeral, counted, multiple)                                                   \
  case character:                                                                                  \
    return counted;
#include "layout/numerals.def"
#undef X
  }
  return false;
}

bool xs_kinsoku_is_multiple(uint32_t codepoint)
{
  switch (codepoint) {
#define X(character, numeral, counted, multiple)                                                   \
  case character:                                                                                  \
    return multiple;
#include "layout/numerals.def"
#undef X
  }
  return false;
}
