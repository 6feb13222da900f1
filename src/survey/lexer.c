#include "survey/lexer.h"

#include <stdbool.h>
#include <string.h>

static bool is_space(char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_delimiter(char c)
{
  return c != 0 && strchr("()<>[]{}/%", c);
}

static bool is_regular(char c)
{
  return !is_space(c) && !is_delimiter(c);
}

int xs_lexer_digit(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

int xs_lexer_number(xs_text text, int64_t *out)
{
  int64_t value = 0, unit = XS_FINE;
  bool negative = false, in_fraction = false, any = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (i == 0 && (c == '-' || c == '+')) {
      negative = c == '-';
    } else if (c == '.' && !in_fraction) {
      in_fraction = true;
    } else if (c >= '0' && c <= '9') {
      any = true;
      if (in_fraction)
        value += (c - '0') * (unit /= 10);
      else
        value = value * 10 + (int64_t)(c - '0') * XS_FINE;
      if (value > XS_FINE_MAX) return false;
    } else {
      return false;
    }
  }
  *out = negative ? -value : value;
  return any;
}

static void skip_blanks(xs_lexer *l)
{
  while (l->at < l->bytes.len) {
    char c = l->bytes.ptr[l->at];
    if (c == '%') {
      while (l->at < l->bytes.len && l->bytes.ptr[l->at] != '\n' && l->bytes.ptr[l->at] != '\r')
        l->at++;
    } else if (is_space(c)) {
      l->at++;
    } else {
      return;
    }
  }
}

static xs_text take_regular(xs_lexer *l)
{
  size_t start = l->at;
  while (l->at < l->bytes.len && is_regular(l->bytes.ptr[l->at])) l->at++;
  return (xs_text){l->bytes.ptr + start, l->at - start};
}

static xs_token take_hex(xs_lexer *l)
{
  size_t start = l->at;
  while (l->at < l->bytes.len && xs_lexer_digit(l->bytes.ptr[l->at]) >= 0) l->at++;
  xs_token t = {XS_TOKEN_HEX, {l->bytes.ptr + start, l->at - start}, 0};
  if (l->at == l->bytes.len || l->bytes.ptr[l->at] != '>') t.kind = XS_TOKEN_BROKEN;
  if (t.kind == XS_TOKEN_HEX) l->at++;
  return t;
}

static xs_token take_string(xs_lexer *l)
{
  size_t start = l->at;
  for (size_t depth = 1; l->at < l->bytes.len; l->at++) {
    char c = l->bytes.ptr[l->at];
    if (c == '\\' && l->at + 1 < l->bytes.len) l->at++;
    if (c == '(') depth++;
    if (c == ')' && --depth == 0)
      return (xs_token){XS_TOKEN_STRING, {l->bytes.ptr + start, l->at++ - start}, 0};
  }
  return (xs_token){XS_TOKEN_BROKEN, XS_NO_TEXT, 0};
}

/* What begins with a delimiter, which stands behind l->at already. */
static xs_token take_delimited(xs_lexer *l, char c)
{
  bool doubled = l->at < l->bytes.len && l->bytes.ptr[l->at] == c;
  xs_token t = {XS_TOKEN_BROKEN, XS_NO_TEXT, 0};
  switch (c) {
  case '/':
    t.kind = XS_TOKEN_NAME;
    t.text = take_regular(l);
    break;
  case '(':
    return take_string(l);
  case '[':
    t.kind = XS_TOKEN_ARRAY;
    break;
  case ']':
    t.kind = XS_TOKEN_ARRAY_END;
    break;
  case '<':
    if (!doubled) return take_hex(l);
    t.kind = XS_TOKEN_DICT;
    l->at++;
    break;
  case '>':
    if (!doubled) break;
    t.kind = XS_TOKEN_DICT_END;
    l->at++;
    break;
  default:
    break;
  }
  return t;
}

xs_token xs_lexer_next(xs_lexer *l)
{
  xs_token t = {XS_TOKEN_END, XS_NO_TEXT, 0};
  skip_blanks(l);
  if (l->at == l->bytes.len) return t;
  char c = l->bytes.ptr[l->at];
  if (is_delimiter(c)) {
    l->at++;
    return take_delimited(l, c);
  }
  t.text = take_regular(l);
  t.kind = xs_lexer_number(t.text, &t.number) ? XS_TOKEN_NUMBER : XS_TOKEN_WORD;
  bool numeric = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  if (t.kind == XS_TOKEN_WORD && numeric) t.kind = XS_TOKEN_BROKEN;
  return t;
}
