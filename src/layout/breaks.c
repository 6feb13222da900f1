#include "layout/breaks.h"

#include "base/limits.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

/*
 * Where a line may end: ICU proposes, the table disposes.
 *
 * ICU is asked only about what lies inside Western text, where it is right. Wherever an
 * ideograph or a Chinese mark stands on one side, these rules decide alone:
 *
 * LB-01  never before a mark that kinsoku.def forbids at a line start
 * LB-02  never behind a mark that it forbids at a line end
 * LB-03  never inside —— or ……
 * LB-04  never between a number and its sign: ¥100, 85%, 20℃, −5
 * LB-07  · is parted from neither neighbour: 阿依古丽·买买提; a name wider than its line is parted
 *        behind ·
 * LB-10  an inline that the template marks is one word; a date in it parts behind 年 and 月
 *        where the line would else open up far
 * LB-11  Western words end where ICU says so, numbers such as 1,234.56 nowhere
 * LB-12  no glyph of a cluster is parted from it; U+2060 and U+00A0 hold, U+200B lets go
 * LB-13  any two other characters of an em part: ideographs, kana, emoji, symbols
 *
 * Then words.c holds together what official prose writes as one word: LB-05, 06, 08 and 09.
 * tests/spec/linebreak-unicode.md says where all this differs from Unicode's own answer.
 */

static bool is_wide(const xs_unit *u)
{
  return u->kind != XS_UNIT_GLYPH ? u->kind != XS_UNIT_FURTHER : !u->western;
}

static bool is_class(const xs_unit *u, xs_char_class class)
{
  return u->kind == XS_UNIT_GLYPH && u->class == class;
}

static uint32_t last_codepoint(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH ? u->codepoint : 0;
}

/* LB-12: a combining mark is part of what it sits on; behind a space it stands alone. */
static bool clings(const xs_composer *c, size_t i)
{
  const xs_unit *u = &c->units[i];
  if (u->kind == XS_UNIT_FURTHER) return true;
  return u->kind == XS_UNIT_GLYPH && u->class == XS_CHAR_COMBINING && !u->loosened && i > 0 &&
         u[-1].kind != XS_UNIT_BREAK && !xs_unit_is_space(&u[-1]);
}

static const xs_unit *base_of(const xs_composer *c, size_t i)
{
  while (i > 0 && clings(c, i)) i--;
  return &c->units[i];
}

/* Never the first unit. What sits on a joiner takes its part. */
static bool is_glued(const xs_unit *u)
{
  return u->glued || (u[-1].class == XS_CHAR_COMBINING && u[-1].glued);
}

/* A quote that does not say whether it opens or closes. */
static bool is_blunt_quote(const xs_unit *u)
{
  return last_codepoint(u) == '"' || last_codepoint(u) == '\'';
}

/* Whether what stands before the space at `i` opens something, and so takes the space along. */
static bool opens_before_space(const xs_composer *c, size_t i)
{
  while (i > 0 && xs_unit_is_space(&c->units[i])) i--;
  const xs_unit *u = base_of(c, i);
  return u->class == XS_CHAR_OPEN || u->class == XS_CHAR_WEST_OPEN;
}

bool xs_unit_is_number_pair(const xs_unit *left, const xs_unit *right)
{
  bool left_digit = xs_unit_is_digit(left), right_digit = xs_unit_is_digit(right);
  return (left_digit && (right_digit || is_class(right, XS_CHAR_SUFFIX))) ||
         (right_digit && is_class(left, XS_CHAR_PREFIX));
}

/* LB-04: a hyphen behind an ideograph and before a digit is a minus. */
static bool is_minus(const xs_composer *c, const xs_unit *u)
{
  return u->codepoint == '-' && !u[-1].western && u + 1 < c->units + c->line_unit_count &&
         xs_unit_is_digit(u + 1);
}

/* LB-01. Behind a space - is a minus sign or a dash, and % belongs to nothing. */
static bool starts_badly(const xs_composer *c, const xs_unit *u)
{
  if (is_minus(c, u)) return false;
  bool sign = u->class == XS_CHAR_SUFFIX || last_codepoint(u) == '-';
  if (sign && xs_unit_is_space(u - 1)) return false;
  return xs_kinsoku_not_at_start(last_codepoint(u), c->kinsoku);
}

/* Between unit i - 1 and unit i, which does not cling to it. */
static bool may_part(const xs_composer *c, size_t i)
{
  const xs_unit *left = base_of(c, i - 1), *right = &c->units[i];
  if (is_glued(right) || right->kind == XS_UNIT_SEAL || xs_unit_is_space(right)) return false;
  if (right->loosened) return true;
  if (is_class(right, XS_CHAR_WIDE_SPACE) || is_class(right, XS_CHAR_MIDDLE)) return false;
  if (xs_unit_is_number_pair(left, right)) return false;
  if (starts_badly(c, right)) return false;
  if (xs_unit_is_space(left)) return !opens_before_space(c, i - 1);
  if (!is_class(left, XS_CHAR_MIDDLE) && xs_kinsoku_not_at_end(last_codepoint(left), c->kinsoku))
    return false;
  if (is_blunt_quote(left) || is_blunt_quote(right)) return false;
  bool pair = left->class == right->class &&
              (left->class == XS_CHAR_DASH || left->class == XS_CHAR_ELLIPSIS);
  if (pair && left->kind == XS_UNIT_GLYPH) return false;
  return is_wide(left) || is_wide(right);
}

/* Behind 年 or 月 of a date in digits. */
static bool is_within_date(const xs_unit *left, const xs_unit *right)
{
  uint32_t unit = last_codepoint(left);
  return (unit == 0x5e74 || unit == 0x6708) && xs_unit_is_digit(right);
}

/* How firmly two that may part hold together: LB-10, and LB-07 behind the dot. */
static uint8_t strength(const xs_unit *left, const xs_unit *right)
{
  if (is_class(left, XS_CHAR_MIDDLE)) return XS_BREAK_HELD;
  if (left->inl != right->inl || !left->inl->unbreakable) return XS_BREAK_YES;
  return is_within_date(left, right) ? XS_BREAK_POOR : XS_BREAK_HELD;
}

static void allow_by_table(xs_composer *c)
{
  for (size_t i = 1; i < c->line_unit_count; i++) {
    const xs_unit *left = base_of(c, i - 1);
    xs_unit *right = &c->units[i];
    if (left->kind == XS_UNIT_BREAK)
      right->break_before = XS_BREAK_FORCED;
    else if (right->kind == XS_UNIT_BREAK || clings(c, i))
      right->break_before = XS_BREAK_NO;
    else if (may_part(c, i))
      right->break_before = strength(left, right);
    else
      right->break_before = XS_BREAK_NO;
  }
}

/* ---- LB-11: inside Western text ------------------------------------------------------ */

static bool is_western(const xs_composer *c, size_t i)
{
  const xs_unit *base = base_of(c, i);
  return base->kind == XS_UNIT_GLYPH && base->western;
}

/* Latin letters and digits alone hold together without asking. */
static bool worth_asking(const xs_unit *units, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++) {
    const xs_unit *u = &units[i];
    bool letter =
        u->class == XS_CHAR_LETTER && u->codepoint < 0x250 && u_isalpha((UChar32)u->codepoint);
    if (!letter && u->class != XS_CHAR_DIGIT && u->class != XS_CHAR_SPACE) return true;
  }
  return false;
}

static xs_status ask_icu(xs_composer *c, size_t first, size_t end)
{
  UErrorCode error = U_ZERO_ERROR;
  UChar *text = XS_NEW_ARRAY(c->scratch, (end - first) * 2, UChar);
  uint32_t *unit_at = XS_NEW_ARRAY(c->scratch, (end - first) * 2 + 1, uint32_t);
  if (!text || !unit_at) return XS_ENOMEM;
  int32_t len = 0;
  for (size_t i = first; i < end; i++) {
    if (i > first && !c->units[i].loosened) c->units[i].break_before = XS_BREAK_NO;
    if (c->units[i].kind == XS_UNIT_FURTHER) continue;
    unit_at[len] = (uint32_t)i;
    UBool failed = false;
    U16_APPEND(text, len, (int32_t)(end - first) * 2, (UChar32)c->units[i].codepoint, failed);
    if (failed) return XS_OK;
  }
  if (!c->breaks) c->breaks = ubrk_open(UBRK_LINE, "zh", NULL, 0, &error);
  if (U_SUCCESS(error)) ubrk_setText(c->breaks, text, len, &error);
  if (U_FAILURE(error)) return XS_ENOMEM;
  for (int32_t at = ubrk_next(c->breaks); at != UBRK_DONE && at < len; at = ubrk_next(c->breaks)) {
    xs_unit *u = &c->units[unit_at[at]];
    const xs_unit *before = u - 1;
    if (!is_glued(u) && !starts_badly(c, u)) u->break_before = strength(before, u);
  }
  return XS_OK;
}

static xs_status allow_in_western_text(xs_composer *c)
{
  for (size_t first = 0; first < c->line_unit_count;) {
    if (!is_western(c, first)) {
      first++;
      continue;
    }
    size_t end = first;
    while (end < c->line_unit_count && is_western(c, end)) end++;
    while (first < end && xs_unit_is_space(&c->units[first])) first++; /* the table knows better */
    if (worth_asking(c->units, first, end)) {
      xs_status st = ask_icu(c, first, end);
      if (st) return st;
    }
    xs_words_hold_western(c, first, end);
    first = end;
  }
  return XS_OK;
}

/* ---- the budget ----------------------------------------------------------------------------- */

static xs_status check_words(const xs_composer *c)
{
  size_t bytes = 0;
  for (size_t i = 0; i < c->line_unit_count; i++) {
    const xs_unit *u = &c->units[i];
    if (u->break_before >= XS_BREAK_POOR) bytes = 0;
    bytes += u->text_len;
    if (bytes <= XS_MAX_WORD_BYTES) continue;
    xs_diag(c->diags, XS_D_LIMIT, u->inl->span,
            _("a word of more than %u bytes, with no place to break a line"), XS_MAX_WORD_BYTES);
    if (u->inl->from.source) xs_diag_note(c->diags, u->inl->from, _("it comes from here"));
    return XS_ELIMIT;
  }
  return XS_OK;
}

xs_status xs_units_allow(xs_composer *c)
{
  allow_by_table(c);
  xs_status st = allow_in_western_text(c);
  if (st) return st;
  xs_words_hold(c);
  st = xs_words_hyphenate(c);
  return st ? st : check_words(c);
}
