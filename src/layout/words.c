#include "layout/breaks.h"

#include <string.h>

/*
 * Words of official prose.
 *
 * LB-05  The number of a paper is one word, 川工发〔2024〕7号: from three characters before the
 *        bracket to 号. Where the letters of the organ begin is not written anywhere; two more
 *        characters before them are parted only where the line would else open up far.
 * LB-06  An ordinal is one word: 第二十一条, 第二十条之一, 第（三）项, 第12页; and the number
 *        of an item stays with what it counts: 2.职工代表大会决议.
 * LB-08  Digits keep what they count: 2024年, 3月, 15日, 120万元; so does a year in Chinese
 *        numerals, 二〇二四年.
 * LB-09  A telephone number is one word, with its hyphens and spaces, and so is an e-mail
 *        address. A web address parts behind a solidus, else before a sign of its own.
 *
 * A word that is held is let go when one is wider than its line, or would leave a hole in the line
 * before it (JU-05).
 */
enum {
  ORGAN_LETTERS = 3,      /* LB-05 */
  MORE_ORGAN_LETTERS = 2, /* LB-05 */
  LEAST_GROUP_DIGITS = 3, /* LB-09 */
  LEAST_PHONE_DIGITS = 7, /* LB-09: of a number without its area */
  MOST_PHONE_DIGITS = 15, /* LB-09: of ITU-T E.164 */
};

static void weaken(xs_composer *c, size_t first, size_t end, xs_break to)
{
  for (size_t i = first + 1; i < end && i < c->line_unit_count; i++)
    if (c->units[i].break_before == XS_BREAK_YES) c->units[i].break_before = (uint8_t)to;
}

static void hold(xs_composer *c, size_t first, size_t end)
{
  weaken(c, first, end, XS_BREAK_HELD);
}

static bool is_glyph_at(const xs_composer *c, size_t i)
{
  return i < c->line_unit_count && c->units[i].kind == XS_UNIT_GLYPH;
}

static bool is_digit_at(const xs_composer *c, size_t i)
{
  return i < c->line_unit_count && xs_unit_is_digit(&c->units[i]);
}

static bool is_char_at(const xs_composer *c, size_t i, uint32_t codepoint)
{
  return is_glyph_at(c, i) && c->units[i].codepoint == codepoint;
}

static bool is_numeral_at(const xs_composer *c, size_t i)
{
  return is_glyph_at(c, i) && xs_kinsoku_is_numeral(c->units[i].codepoint);
}

static bool is_counted_at(const xs_composer *c, size_t i)
{
  return is_glyph_at(c, i) && xs_kinsoku_is_counted(c->units[i].codepoint);
}

static size_t skip_digits(const xs_composer *c, size_t i)
{
  while (is_digit_at(c, i)) i++;
  return i;
}

static size_t skip_numerals(const xs_composer *c, size_t i)
{
  while (is_numeral_at(c, i)) i++;
  return i;
}

/* ---- LB-05 ---------------------------------------------------------------------------------- */

static size_t back_over_ideographs(const xs_composer *c, size_t i, size_t most)
{
  while (most-- > 0 && i > 0 && is_glyph_at(c, i - 1) && c->units[i - 1].class == XS_CHAR_HAN) i--;
  return i;
}

/* From the bracket: the letters before it, the year, the serial, 号. */
static void hold_paper_number(xs_composer *c, size_t bracket)
{
  size_t year_end = skip_digits(c, bracket + 1);
  if (year_end != bracket + 5 || !is_glyph_at(c, year_end)) return;
  uint8_t class = c->units[year_end].class;
  if (class != XS_CHAR_CLOSE && class != XS_CHAR_WEST_CLOSE) return;
  size_t serial = year_end + 1 + is_char_at(c, year_end + 1, 0x7b2c); /* 第 */
  size_t end = skip_digits(c, serial);
  if (end == serial || !is_char_at(c, end, 0x53f7)) return; /* 号 */
  size_t first = back_over_ideographs(c, bracket, ORGAN_LETTERS);
  size_t further = back_over_ideographs(c, first, MORE_ORGAN_LETTERS);
  weaken(c, further, first + 1, XS_BREAK_POOR);
  hold(c, first, end + 1);
}

/* ---- LB-06, LB-08 --------------------------------------------------------------------------- */

/* From 第: a numeral of either kind, perhaps in brackets, what it counts, and 之一 behind it. */
static void hold_ordinal(xs_composer *c, size_t start)
{
  bool bracket = is_char_at(c, start + 1, 0xff08); /* （ */
  size_t first = start + 1 + bracket, end = skip_numerals(c, skip_digits(c, first));
  if (end == first || (bracket && !is_char_at(c, end, 0xff09))) return;
  end += bracket;
  end += is_counted_at(c, end);
  if (is_char_at(c, end, 0x4e4b) && is_numeral_at(c, end + 1)) /* 之 */
    end = skip_numerals(c, end + 1);
  hold(c, start, end);
}

/* From the unit behind the digits: 年, 万元. */
static void hold_counted(xs_composer *c, size_t i)
{
  size_t end = i + 1;
  while (xs_kinsoku_is_multiple(c->units[end - 1].codepoint) && is_counted_at(c, end)) end++;
  hold(c, i - 1, end);
}

/* A run of numerals with 〇 in it is a year, or a number told digit by digit. */
static size_t hold_told_number(xs_composer *c, size_t start)
{
  size_t end = skip_numerals(c, start);
  for (size_t i = start; i < end; i++) {
    if (c->units[i].codepoint != 0x3007) continue;
    hold(c, start, end + is_counted_at(c, end));
    break;
  }
  return end;
}

/* LB-06, from the full stop of 2. in a list. */
static void hold_item_number(xs_composer *c, size_t stop)
{
  size_t first = stop;
  while (first > 0 && is_digit_at(c, first - 1)) first--;
  bool begins =
      first == 0 || !c->units[first - 1].western || c->units[first - 1].class == XS_CHAR_SPACE;
  if (first < stop && begins && stop + 1 < c->line_unit_count && !c->units[stop + 1].western)
    hold(c, stop, stop + 2);
}

void xs_words_hold(xs_composer *c)
{
  for (size_t i = 0; i < c->line_unit_count; i++) {
    const xs_unit *u = &c->units[i];
    if (u->kind != XS_UNIT_GLYPH) continue;
    if ((u->class == XS_CHAR_OPEN || u->class == XS_CHAR_WEST_OPEN) && is_digit_at(c, i + 1))
      hold_paper_number(c, i);
    if (u->codepoint == '.') hold_item_number(c, i);
    if (u->codepoint == 0x7b2c) hold_ordinal(c, i); /* 第 */
    if (i > 0 && is_digit_at(c, i - 1) && is_counted_at(c, i)) hold_counted(c, i);
    if (is_numeral_at(c, i)) i = hold_told_number(c, i) - 1;
  }
}

/* ---- LB-09 ---------------------------------------------------------------------------------- */

static void set_breaks(xs_composer *c, size_t first, size_t end, xs_break to)
{
  for (size_t i = first + 1; i < end; i++) c->units[i].break_before = (uint8_t)to;
}

static bool is_latin(uint32_t codepoint)
{
  return (codepoint | 0x20) >= 'a' && (codepoint | 0x20) <= 'z';
}

static bool reads(const xs_composer *c, size_t first, size_t end, const char *text)
{
  size_t i = first;
  for (; *text && i < end && c->units[i].codepoint == (unsigned char)*text; text++) i++;
  return !*text && i < end && is_latin(c->units[i].codepoint);
}

/* Where a web address begins in the word, at its scheme or at www; `end` when there is none. */
static size_t find_web_address(const xs_composer *c, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++) {
    if (reads(c, i, end, "www.")) return i;
    if (!reads(c, i, end, "://")) continue;
    while (i > first && is_latin(c->units[i - 1].codepoint)) i--;
    return i;
  }
  return end;
}

static bool is_sign_of_address(uint32_t codepoint)
{
  return codepoint == '.' || codepoint == '?' || codepoint == '&' || codepoint == '=' ||
         codepoint == '#' || codepoint == '_' || codepoint == '%' || codepoint == '-';
}

static void open_web_address(xs_composer *c, size_t first, size_t end)
{
  set_breaks(c, first, end, XS_BREAK_NO);
  for (size_t i = first + 1; i < end; i++) {
    uint32_t before = c->units[i - 1].codepoint, at = c->units[i].codepoint;
    if (before == '/' && at != '/')
      c->units[i].break_before = XS_BREAK_YES;
    else if (is_sign_of_address(at) && before != '/')
      c->units[i].break_before = XS_BREAK_POOR;
  }
}

/* What stands in numbers, dates, times and sums beside digits. */
static bool is_number_sign(uint32_t codepoint)
{
  return codepoint < 0x80 && strchr("+-()/.,:*#", (int)codepoint) != NULL;
}

/* A word with an @ is an address; one of digits and their signs is a number; a solidus among
 * letters, as in km/h, holds them together. */
static void hold_western_word(xs_composer *c, size_t first, size_t end)
{
  bool at_sign = false, digits = false, others = false;
  for (size_t i = first; i < end; i++) {
    const xs_unit *u = &c->units[i];
    at_sign |= u->codepoint == '@';
    digits |= u->class == XS_CHAR_DIGIT;
    others |=
        u->class != XS_CHAR_DIGIT && u->class != XS_CHAR_COMBINING && !is_number_sign(u->codepoint);
    if (u->codepoint == '/' && i + 1 < end && is_latin(u[1].codepoint)) hold(c, i, i + 2);
  }
  size_t web = find_web_address(c, first, end);
  if (web < end)
    open_web_address(c, web, end);
  else if (at_sign || (digits && !others))
    set_breaks(c, first, end, XS_BREAK_NO);
}

/* What may stand in a telephone number besides digits. */
static bool joins_phone(uint32_t codepoint)
{
  return codepoint == ' ' || codepoint == '-' || codepoint == '+' || codepoint == '(' ||
         codepoint == ')';
}

/* 0571-8888 8888, 138 0013 8000, +86 10 8888 8888: as long as it has the digits of one. Only the
 * code of a country and what follows it may be groups of less than three digits. */
static bool is_phone(const xs_composer *c, size_t first, size_t end)
{
  size_t digits = 0, group = 0;
  bool short_group = false;
  for (size_t i = first; i < end; i++) {
    bool digit = xs_unit_is_digit(&c->units[i]);
    if (!digit && group) short_group |= group < LEAST_GROUP_DIGITS;
    group = digit ? group + 1 : 0;
    digits += digit;
  }
  short_group |= group < LEAST_GROUP_DIGITS;
  return digits >= LEAST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS &&
         (!short_group || c->units[first].codepoint == '+');
}

/* From the first digit or sign of what may be a telephone number; returns where to go on. */
static size_t hold_phone(xs_composer *c, size_t first, size_t end)
{
  size_t stop = first;
  while (stop < end && (xs_unit_is_digit(&c->units[stop]) || joins_phone(c->units[stop].codepoint)))
    stop++;
  bool whole = stop == end || c->units[stop].class != XS_CHAR_LETTER;
  size_t next = stop > first ? stop : first + 1;
  while (stop > first && !xs_unit_is_digit(&c->units[stop - 1])) stop--;
  if (!whole || !is_phone(c, first, stop)) return next;
  set_breaks(c, first, stop, XS_BREAK_NO);
  for (size_t i = first; i < stop; i++) c->units[i].solid = true;
  return next;
}

void xs_words_hold_western(xs_composer *c, size_t first, size_t end)
{
  for (size_t start = first; start < end;) {
    size_t stop = start;
    while (stop < end && c->units[stop].class != XS_CHAR_SPACE) stop++;
    hold_western_word(c, start, stop);
    start = stop + 1;
  }
  for (size_t i = first; i < end;) {
    bool starts = xs_unit_is_digit(&c->units[i]) || c->units[i].codepoint == '+' ||
                  c->units[i].codepoint == '(';
    bool inside = i > first && c->units[i - 1].class != XS_CHAR_SPACE;
    i = starts && !inside ? hold_phone(c, i, end) : i + 1;
  }
}
