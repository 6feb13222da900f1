#include "base/text.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu

xs_text xs_text_of(const char *s)
{
  return s ? (xs_text){s, strlen(s)} : XS_NO_TEXT;
}

bool xs_text_equal(xs_text a, xs_text b)
{
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool xs_text_is(xs_text a, const char *s)
{
  return xs_text_equal(a, xs_text_of(s));
}

int xs_text_compare(xs_text a, xs_text b)
{
  size_t common = a.len < b.len ? a.len : b.len;
  int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
  if (order) return order < 0 ? -1 : 1;
  return (a.len > b.len) - (a.len < b.len);
}

bool xs_text_starts(xs_text t, const char *prefix)
{
  size_t len = strlen(prefix);
  return len <= t.len && (len == 0 || memcmp(t.ptr, prefix, len) == 0);
}

bool xs_text_ends(xs_text t, const char *suffix)
{
  size_t len = strlen(suffix);
  return len <= t.len && (len == 0 || memcmp(t.ptr + (t.len - len), suffix, len) == 0);
}

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

xs_text xs_text_trim(xs_text t)
{
  while (t.len && is_space(t.ptr[0])) {
    t.ptr++;
    t.len--;
  }
  while (t.len && is_space(t.ptr[t.len - 1])) t.len--;
  return t;
}

bool xs_text_word(xs_text *list, xs_text *word)
{
  xs_text rest = xs_text_trim(*list);
  size_t len = 0;
  while (len < rest.len && !is_space(rest.ptr[len])) len++;
  if (!len) {
    *word = *list = XS_NO_TEXT;
    return false;
  }
  *word = (xs_text){rest.ptr, len};
  *list = xs_text_trim((xs_text){rest.ptr + len, rest.len - len});
  return true;
}

/* The well-formed character at the start of `t`; 0 bytes when there is none. */
static size_t decode(xs_text t, uint32_t *codepoint)
{
  if (!t.len) return 0;
  unsigned char lead = (unsigned char)t.ptr[0];
  size_t len;
  uint32_t c, least;
  if (lead < 0x80) {
    *codepoint = lead;
    return 1;
  } else if (lead >= 0xC2 && lead <= 0xDF) {
    len = 2, c = lead & 0x1Fu, least = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    len = 3, c = lead & 0x0Fu, least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    len = 4, c = lead & 0x07u, least = 0x10000;
  } else {
    return 0;
  }
  if (len > t.len) return 0;
  for (size_t i = 1; i < len; i++) {
    unsigned char next = (unsigned char)t.ptr[i];
    if ((next & 0xC0u) != 0x80) return 0;
    c = c << 6 | (next & 0x3Fu);
  }
  if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
  *codepoint = c;
  return len;
}

uint32_t xs_text_next(xs_text t, size_t *off)
{
  if (*off >= t.len) return 0;
  uint32_t c = REPLACEMENT;
  size_t len = decode((xs_text){t.ptr + *off, t.len - *off}, &c);
  *off += len ? len : 1;
  return c;
}

size_t xs_text_encode(uint32_t c, char out[4])
{
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = REPLACEMENT;
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = len - 1; i > 0; i--) {
    out[i] = (char)(0x80u | (c & 0x3Fu));
    c >>= 6;
  }
  static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  out[0] = (char)(leads[len] | c);
  return len;
}

size_t xs_text_char_count(xs_text t)
{
  size_t count = 0;
  for (size_t off = 0; off < t.len; count++) xs_text_next(t, &off);
  return count;
}

bool xs_text_valid(xs_text t, size_t *bad)
{
  for (size_t off = 0; off < t.len;) {
    uint32_t c;
    size_t len = decode((xs_text){t.ptr + off, t.len - off}, &c);
    if (!len) {
      if (bad) *bad = off;
      return false;
    }
    off += len;
  }
  return true;
}

bool xs_text_uint(xs_text t, uint64_t *out)
{
  if (!t.len) return false;
  uint64_t n = 0;
  for (size_t i = 0; i < t.len; i++) {
    if (t.ptr[i] < '0' || t.ptr[i] > '9') return false;
    uint64_t digit = (uint64_t)(t.ptr[i] - '0');
    if (n > (UINT64_MAX - digit) / 10) return false;
    n = n * 10 + digit;
  }
  *out = n;
  return true;
}

bool xs_text_milli(xs_text t, int64_t *out)
{
  bool minus = t.len && t.ptr[0] == '-';
  if (t.len && (minus || t.ptr[0] == '+')) t = (xs_text){t.ptr + 1, t.len - 1};

  size_t whole_len = 0;
  while (whole_len < t.len && t.ptr[whole_len] != '.') whole_len++;
  uint64_t whole = 0, fraction = 0;
  if (!xs_text_uint((xs_text){t.ptr, whole_len}, &whole)) return false;
  if (whole_len < t.len) {
    xs_text digits = {t.ptr + whole_len + 1, t.len - whole_len - 1};
    if (digits.len > 3 || !xs_text_uint(digits, &fraction)) return false;
    for (size_t i = digits.len; i < 3; i++) fraction *= 10;
  }
  if (whole > (uint64_t)(INT64_MAX / 1000 - 1)) return false;
  int64_t milli = (int64_t)(whole * 1000 + fraction);
  *out = minus ? -milli : milli;
  return true;
}

enum { DISTANCE_MAX_CHARS = 128 };

/* The characters of `t`, or DISTANCE_MAX_CHARS + 1 when there are more than fit. */
static size_t explode(xs_text t, uint32_t chars[DISTANCE_MAX_CHARS])
{
  size_t count = 0;
  for (size_t off = 0; off < t.len; count++) {
    if (count == DISTANCE_MAX_CHARS) return DISTANCE_MAX_CHARS + 1;
    chars[count] = xs_text_next(t, &off);
  }
  return count;
}

static unsigned least(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

/* Levenshtein row by row; `row[j]` is the distance of the part of `a` seen to b[0..j). */
unsigned xs_text_distance(xs_text a, xs_text b, unsigned max)
{
  if (xs_text_equal(a, b)) return 0;
  uint32_t from[DISTANCE_MAX_CHARS], to[DISTANCE_MAX_CHARS];
  size_t from_count = explode(a, from), to_count = explode(b, to);
  if (from_count > DISTANCE_MAX_CHARS || to_count > DISTANCE_MAX_CHARS) return max + 1;

  unsigned row[DISTANCE_MAX_CHARS + 1];
  for (unsigned j = 0; j <= to_count; j++) row[j] = j;
  for (size_t i = 0; i < from_count; i++) {
    unsigned diagonal = row[0];
    row[0]++;
    unsigned best = row[0];
    for (size_t j = 0; j < to_count; j++) {
      unsigned change = diagonal + (from[i] != to[j]);
      diagonal = row[j + 1];
      row[j + 1] = least(change, least(diagonal, row[j]) + 1);
      best = least(best, row[j + 1]);
    }
    if (best > max) return max + 1;
  }
  return least(row[to_count], max + 1);
}

unsigned xs_text_reach(xs_text name)
{
  enum { FAR = 4 };
  size_t count = xs_text_char_count(name);
  return count < FAR ? (unsigned)count : FAR;
}
