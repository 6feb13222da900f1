/* Words by which a person tells one element from another. */
#include "survey/anatomy.h"

#include "base/text.h"

static bool is_digit(uint32_t c)
{
  return c >= '0' && c <= '9';
}

static bool is_figure(uint32_t c)
{
  static const char han[] = "〇○零一二三四五六七八九十";
  size_t off = 0;
  for (uint32_t h; (h = xs_text_next(XS_LIT(han), &off)) != 0;)
    if (h == c) return true;
  return is_digit(c);
}

/* Figures, then the sign: 3月. Moves *off behind it. */
static bool takes_figures(xs_text text, size_t *off, uint32_t sign)
{
  bool any = false;
  while (*off < text.len) {
    uint32_t c = xs_text_next(text, off);
    if (c == sign) return any;
    if (!is_figure(c)) return false;
    any = true;
  }
  return false;
}

bool xs_text_is_day(xs_text text)
{
  enum { YEAR = 0x5e74, MONTH = 0x6708, DAY = 0x65e5 };
  size_t off = 0;
  return takes_figures(text, &off, YEAR) && takes_figures(text, &off, MONTH) &&
         takes_figures(text, &off, DAY) && off == text.len;
}

static bool is_dash(uint32_t c)
{
  return c == '-' || c == 0x2010 || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x2500 ||
         c == 0xff0d;
}

bool xs_text_is_folio(xs_text text, uint32_t *number)
{
  enum { MOST = 99999 };
  size_t off = 0;
  uint32_t c = xs_text_next(text, &off), value = 0;
  bool dashed = is_dash(c), any = false;
  if (dashed) c = xs_text_next(text, &off);
  for (; is_digit(c) && value <= MOST; c = xs_text_next(text, &off)) {
    value = value * 10 + (c - '0');
    any = true;
  }
  if (dashed && is_dash(c)) c = xs_text_next(text, &off);
  *number = value;
  return any && c == 0 && value <= MOST;
}
