#include "template/whitespace.h"

#include "base/text.h"

#include <string.h>

/* What stands before the white space under way. */
enum { AT_START = 0, OBJECT = 0xfffc };

typedef struct fold {
  uint32_t before;  /* the last character, AT_START or OBJECT */
  xs_text *owner;   /* the text in which the white space began; NULL: there is none */
  bool has_newline; /* in it */
} fold;

/* Characters as wide as an em in a Chinese line, quotation marks and dashes among them. */
static bool is_wide(uint32_t c)
{
  static const struct {
    uint32_t first, last;
  } ranges[] = {
      {0x00b7, 0x00b7}, {0x2014, 0x2014}, {0x2018, 0x2019}, {0x201c, 0x201d},   {0x2026, 0x2026},
      {0x2460, 0x27ff}, {0x2e80, 0xa4cf}, {0xac00, 0xd7af}, {0xf900, 0xfaff},   {0xfe30, 0xfe4f},
      {0xff00, 0xff60}, {0xffe0, 0xffe6}, {OBJECT, OBJECT}, {0x1f100, 0x1f2ff}, {0x20000, 0x3ffff},
  };
  for (size_t i = 0; i < XS_COUNT(ranges); i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

static bool is_space(uint32_t c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The white space ends before `c`. The text it began in has room for the space. */
static void end_space(fold *s, uint32_t c)
{
  if (!s->owner) return;
  bool vanishes = s->before == AT_START || c == AT_START ||
                  (s->has_newline && (is_wide(s->before) || is_wide(c)));
  if (!vanishes) ((char *)(uintptr_t)s->owner->ptr)[s->owner->len++] = ' ';
  s->owner = NULL;
  s->has_newline = false;
}

static bool is_folded(xs_text t)
{
  for (size_t i = 0; i < t.len; i++)
    if (is_space((unsigned char)t.ptr[i])) return false;
  return true;
}

static xs_status fold_text(xs_arena *a, fold *s, xs_text *text)
{
  xs_text in = *text;
  if (in.len == 0) return XS_OK;
  char *out = is_folded(in) ? NULL : XS_NEW_ARRAY(a, in.len + 1, char);
  if (!out && !is_folded(in)) return XS_ENOMEM;
  if (out) *text = (xs_text){out, 0};
  for (size_t off = 0; off < in.len;) {
    size_t from = off;
    uint32_t c = xs_text_next(in, &off);
    if (is_space(c)) {
      if (!s->owner) s->owner = text;
      s->has_newline |= c == '\n' || c == '\r';
      continue;
    }
    end_space(s, c);
    if (out) memcpy(out + text->len, in.ptr + from, off - from);
    if (out) text->len += off - from;
    s->before = c;
  }
  return XS_OK;
}

static void meet_object(fold *s, xs_inline_kind kind)
{
  bool is_edge = kind == XS_INLINE_BREAK || kind == XS_INLINE_FILL;
  end_space(s, is_edge ? AT_START : OBJECT);
  s->before = is_edge ? AT_START : OBJECT;
}

xs_status xs_whitespace_fold(xs_arena *a, xs_inline *items, size_t *count)
{
  fold s = {0};
  for (size_t i = 0; i < *count; i++) {
    if (items[i].kind != XS_INLINE_TEXT) {
      meet_object(&s, items[i].kind);
      continue;
    }
    xs_status st = fold_text(a, &s, &items[i].u.text.text);
    if (st) return st;
  }
  end_space(&s, AT_START);
  size_t kept = 0;
  for (size_t i = 0; i < *count; i++)
    if (items[i].kind != XS_INLINE_TEXT || items[i].u.text.text.len) items[kept++] = items[i];
  *count = kept;
  return XS_OK;
}
