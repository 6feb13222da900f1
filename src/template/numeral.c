#include "template/numeral.h"

#include "base/buf.h"
#include "base/text.h"

static const char *const digit_words[2][10] = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
};
static const char *const place_words[2][4] = {{"", "十", "百", "千"}, {"", "拾", "佰", "仟"}};

static size_t digit_run(xs_text t, size_t off)
{
  size_t end = off;
  while (end < t.len && t.ptr[end] >= '0' && t.ptr[end] <= '9') end++;
  return end - off;
}

bool xs_decimal_parse(xs_text t, xs_decimal *out)
{
  size_t off = 0;
  xs_decimal d = {0};
  if (t.len && (t.ptr[0] == '-' || t.ptr[0] == '+')) {
    d.is_negative = t.ptr[0] == '-';
    off = 1;
  }
  d.whole = (xs_text){t.ptr + off, digit_run(t, off)};
  off += d.whole.len;
  if (d.whole.len == 0) return false;
  d.decimals = XS_LIT("");
  if (off < t.len && t.ptr[off] == '.') {
    off++;
    d.decimals = (xs_text){t.ptr + off, digit_run(t, off)};
    off += d.decimals.len;
    if (d.decimals.len == 0) return false;
  }
  if (off != t.len) return false;
  while (d.whole.len > 1 && d.whole.ptr[0] == '0') {
    d.whole.ptr++;
    d.whole.len--;
  }
  if (d.whole.len > XS_DECIMAL_DIGITS || d.decimals.len > XS_DECIMAL_DIGITS) return false;
  *out = d;
  return true;
}

uint64_t xs_decimal_whole(const xs_decimal *d)
{
  uint64_t n = 0;
  for (size_t i = 0; i < d->whole.len; i++) n = n * 10 + (uint64_t)(d->whole.ptr[i] - '0');
  return n;
}

xs_text xs_decimal_significant(const xs_decimal *d)
{
  xs_text t = d->decimals;
  while (t.len && t.ptr[t.len - 1] == '0') t.len--;
  return t;
}

/* Four digits. A 零 goes first when something higher was written and a place is left out. */
static void write_group(xs_buf *b, unsigned group, xs_numeral_kind kind)
{
  bool gap = false;
  bool begun = b->len > 0;
  for (int place = 3; place >= 0; place--) {
    static const unsigned powers[] = {1, 10, 100, 1000};
    unsigned digit = group / powers[place] % 10;
    if (digit == 0) {
      gap = begun;
      continue;
    }
    if (gap) xs_buf_str(b, digit_words[kind][0]);
    gap = false;
    bool is_plain_ten = kind == XS_NUMERAL_HAN && place == 1 && digit == 1 && b->len == 0;
    if (!is_plain_ten) xs_buf_str(b, digit_words[kind][digit]);
    xs_buf_str(b, place_words[kind][place]);
    begun = true;
  }
}

static void write_below_yi(xs_buf *b, uint32_t n, xs_numeral_kind kind)
{
  unsigned high = n / 10000, low = n % 10000;
  if (high) {
    write_group(b, high, kind);
    xs_buf_str(b, "万");
  }
  if (low && !high && b->len > 0) { /* 亿 with nothing in the group of 万 */
    if (low >= 1000) xs_buf_str(b, digit_words[kind][0]);
  }
  if (low) write_group(b, low, kind);
}

static void write_whole(xs_buf *b, uint64_t n, xs_numeral_kind kind)
{
  enum { YI = 100000000 };
  if (n >= YI) {
    write_below_yi(b, (uint32_t)(n / YI), kind);
    xs_buf_str(b, "亿");
  }
  write_below_yi(b, (uint32_t)(n % YI), kind);
  if (b->len == 0) xs_buf_str(b, digit_words[kind][0]);
}

/* What was written, in the arena. */
static xs_text take_text(xs_arena *a, xs_buf *b, xs_status st)
{
  xs_text t = st || b->status ? XS_NO_TEXT : xs_arena_text(a, xs_buf_view(b));
  xs_buf_free(b);
  return t;
}

enum { MAX_NUMERAL_BYTES = 1024 };

xs_text xs_numeral(xs_arena *a, xs_text t, xs_numeral_kind kind)
{
  xs_decimal d;
  if (!xs_decimal_parse(t, &d)) return XS_NO_TEXT;
  xs_buf sign, b;
  xs_buf_init(&b, xs_arena_host(a), MAX_NUMERAL_BYTES);
  xs_buf_init(&sign, xs_arena_host(a), MAX_NUMERAL_BYTES);
  write_whole(&b, xs_decimal_whole(&d), kind);
  if (d.is_negative) xs_buf_str(&sign, "负");
  xs_buf_text(&sign, xs_buf_view(&b));
  xs_status st = b.status;
  xs_buf_free(&b);
  xs_text decimals = xs_decimal_significant(&d);
  if (decimals.len) xs_buf_str(&sign, "点");
  for (size_t i = 0; i < decimals.len; i++)
    xs_buf_str(&sign, digit_words[kind][decimals.ptr[i] - '0']);
  return take_text(a, &sign, st);
}

xs_text xs_numeral_digits(xs_arena *a, xs_text t, xs_numeral_kind kind)
{
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(a), t.len * 3 + 1);
  for (size_t i = 0; i < t.len; i++) {
    char c = t.ptr[i];
    if (c < '0' || c > '9')
      xs_buf_add(&b, &c, 1);
    else
      xs_buf_str(&b, c == '0' && kind == XS_NUMERAL_HAN ? "〇" : digit_words[kind][c - '0']);
  }
  return take_text(a, &b, XS_OK);
}

xs_text xs_numeral_circled(xs_arena *a, uint32_t n)
{
  uint32_t codepoint = 0;
  if (n >= 1 && n <= 20) codepoint = 0x2460 + n - 1;
  if (n >= 21 && n <= 35) codepoint = 0x3251 + n - 21;
  if (n >= 36 && n <= 50) codepoint = 0x32B1 + n - 36;
  if (!codepoint) return XS_NO_TEXT;
  char bytes[4];
  size_t len = xs_text_encode(codepoint, bytes);
  return xs_arena_text(a, (xs_text){bytes, len});
}
