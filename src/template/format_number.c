/* Numbers in words and digits. */
#include "base/buf.h"
#include "base/text.h"
#include "template/function.h"
#include "template/numeral.h"

/* The argument, which must be a decimal number. */
static bool number_argument(xs_call *call, size_t i, xs_text *text, xs_decimal *out)
{
  if (!xs_call_text(call, i, text)) return false;
  if (xs_decimal_parse(*text, out)) return true;
  xs_call_fail(call, _("“%.*s” is no number of at most %d digits"), XS_TEXT(*text),
               XS_DECIMAL_DIGITS);
  return false;
}

static void in_words(xs_call *call, xs_numeral_kind kind)
{
  xs_text t;
  xs_decimal d;
  if (number_argument(call, 0, &t, &d)) xs_call_return(call, xs_numeral(call->ev->a, t, kind));
}

void xs_function_han(xs_call *call)
{
  in_words(call, XS_NUMERAL_HAN);
}

void xs_function_upper(xs_call *call)
{
  in_words(call, XS_NUMERAL_UPPER);
}

static void digit_by_digit(xs_call *call, xs_numeral_kind kind)
{
  xs_text t;
  if (xs_call_text(call, 0, &t)) xs_call_return(call, xs_numeral_digits(call->ev->a, t, kind));
}

void xs_function_han_digits(xs_call *call)
{
  digit_by_digit(call, XS_NUMERAL_HAN);
}

void xs_function_upper_digits(xs_call *call)
{
  digit_by_digit(call, XS_NUMERAL_UPPER);
}

/* 1234567.8 with a comma before every third digit. */
static xs_text grouped(xs_arena *a, const xs_decimal *d, xs_text decimals)
{
  char digits[XS_DECIMAL_DIGITS * 2];
  size_t len = 0;
  for (size_t i = 0; i < d->whole.len; i++) {
    if (i > 0 && (d->whole.len - i) % 3 == 0) digits[len++] = ',';
    digits[len++] = d->whole.ptr[i];
  }
  return xs_arena_printf(a, "%s%.*s%s%.*s", d->is_negative ? "-" : "", (int)len, digits,
                         decimals.len ? "." : "", XS_TEXT(decimals));
}

void xs_function_thousands(xs_call *call)
{
  xs_text t;
  xs_decimal d;
  if (number_argument(call, 0, &t, &d)) xs_call_return(call, grouped(call->ev->a, &d, d.decimals));
}

/* ---- money ---- */

/* 角 and 分 of an amount; finer parts are refused. */
static bool money_argument(xs_call *call, xs_decimal *d, char cents[2])
{
  xs_text t;
  if (!number_argument(call, 0, &t, d)) return false;
  xs_text decimals = xs_decimal_significant(d);
  if (decimals.len > 2) {
    xs_call_fail(call, _("“%.*s” is finer than 分"), XS_TEXT(t));
    return false;
  }
  cents[0] = decimals.len > 0 ? decimals.ptr[0] : '0';
  cents[1] = decimals.len > 1 ? decimals.ptr[1] : '0';
  return true;
}

void xs_function_rmb(xs_call *call)
{
  xs_decimal d;
  char cents[2];
  if (money_argument(call, &d, cents))
    xs_call_return(call, grouped(call->ev->a, &d, (xs_text){cents, 2}));
}

/*
 * 支付结算办法 附一: 整 behind 元 and behind 角, not behind 分; one 零 where 角 is empty and 分 is
 * not. Where the rules leave a 零 to choice (元 is 0 and 角 is not) none is written.
 */
void xs_function_rmb_upper(xs_call *call)
{
  xs_arena *a = call->ev->a;
  xs_decimal d;
  char cents[2];
  if (!money_argument(call, &d, cents)) return;
  bool is_whole_zero = d.whole.len == 1 && d.whole.ptr[0] == '0';
  xs_text whole = xs_numeral(a, d.whole, XS_NUMERAL_UPPER);
  xs_text jiao = xs_numeral_digits(a, (xs_text){cents, 1}, XS_NUMERAL_UPPER);
  xs_text fen = xs_numeral_digits(a, (xs_text){cents + 1, 1}, XS_NUMERAL_UPPER);
  if (!whole.ptr || !jiao.ptr || !fen.ptr) {
    xs_call_no_memory(call);
    return;
  }
  bool has_jiao = cents[0] != '0', has_fen = cents[1] != '0';
  bool shows_whole = !is_whole_zero || (!has_jiao && !has_fen);
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(a), 1024);
  xs_buf_str(&b, "人民币");
  if (d.is_negative) xs_buf_str(&b, "负");
  if (shows_whole) xs_buf_text(&b, whole);
  if (shows_whole) xs_buf_str(&b, "元");
  if (has_jiao) xs_buf_text(&b, jiao);
  if (has_jiao) xs_buf_str(&b, "角");
  if (has_fen && !has_jiao && shows_whole) xs_buf_str(&b, "零");
  if (has_fen) xs_buf_text(&b, fen);
  xs_buf_str(&b, has_fen ? "分" : "整");
  xs_call_return_buffer(call, &b);
}

/* ---- parts of a whole ---- */

enum { MAX_SHARE_DIGITS = 12, MAX_SHARE_DECIMALS = 4, MAX_PERCENT_DECIMALS = 6 };

/* The number times 10^MAX_SHARE_DECIMALS; never above 10^16. */
static bool share_argument(xs_call *call, size_t i, int64_t *out)
{
  xs_text t;
  xs_decimal d;
  if (!number_argument(call, i, &t, &d)) return false;
  xs_text decimals = xs_decimal_significant(&d);
  if (d.whole.len > MAX_SHARE_DIGITS || decimals.len > MAX_SHARE_DECIMALS || d.is_negative) {
    xs_call_fail(call, _("“%.*s” is below zero or has too many digits"), XS_TEXT(t));
    return false;
  }
  int64_t n = (int64_t)xs_decimal_whole(&d);
  for (size_t k = 0; k < MAX_SHARE_DECIMALS; k++)
    n = n * 10 + (k < decimals.len ? decimals.ptr[k] - '0' : 0);
  *out = n;
  return true;
}

/* part/whole in per cent, by long division, the half rounded up. */
static xs_text divide(xs_arena *a, int64_t part, int64_t whole, size_t decimals, bool trims)
{
  int64_t quotient = part / whole, rest = part % whole;
  for (size_t i = 0; i < decimals + 2; i++) {
    quotient = quotient * 10 + rest * 10 / whole;
    rest = rest * 10 % whole;
  }
  if (rest >= whole - rest) quotient++;
  int64_t unit = 1;
  for (size_t i = 0; i < decimals; i++) unit *= 10;
  while (trims && decimals > 0 && quotient % 10 == 0) {
    quotient /= 10;
    unit /= 10;
    decimals--;
  }
  if (decimals == 0) return xs_arena_printf(a, "%lld%%", (long long)quotient);
  return xs_arena_printf(a, "%lld.%0*lld%%", (long long)(quotient / unit), (int)decimals,
                         (long long)(quotient % unit));
}

void xs_function_percent(xs_call *call)
{
  int64_t part = 0, whole = 0;
  size_t decimals = 2;
  if (!share_argument(call, 0, &part) || !share_argument(call, 1, &whole)) return;
  if (call->count > 2 && !xs_call_count(call, 2, 0, MAX_PERCENT_DECIMALS, &decimals)) return;
  if (whole == 0 || part / whole > 1000000) {
    xs_call_fail(call, _("the whole is zero, or far smaller than the part"));
    return;
  }
  xs_call_return(call, divide(call->ev->a, part, whole, decimals, call->count < 3));
}

void xs_function_fraction(xs_call *call)
{
  xs_text t;
  if (!xs_call_text(call, 0, &t)) return;
  size_t slash = 0;
  while (slash < t.len && t.ptr[slash] != '/') slash++;
  xs_text top = {t.ptr, slash};
  xs_text bottom = slash < t.len ? (xs_text){t.ptr + slash + 1, t.len - slash - 1} : XS_NO_TEXT;
  uint64_t m = 0, n = 0;
  if (!xs_text_uint(top, &m) || !xs_text_uint(bottom, &n) || n == 0 || top.len > 9 ||
      bottom.len > 9) {
    xs_call_fail(call, _("“%.*s” is no fraction such as 2/3"), XS_TEXT(t));
    return;
  }
  xs_text above = xs_numeral(call->ev->a, top, XS_NUMERAL_HAN);
  xs_text below = xs_numeral(call->ev->a, bottom, XS_NUMERAL_HAN);
  xs_call_return(call,
                 xs_arena_printf(call->ev->a, "%.*s分之%.*s", XS_TEXT(below), XS_TEXT(above)));
}

/* ---- sums ---- */

enum { SUM_DECIMALS = 4, SUM_DIGITS = 13 };

static bool add_node(xs_call *call, const xmlNode *node, int64_t *sum, size_t *decimals)
{
  xs_text t = xs_node_value(call->ev->a, node);
  xs_decimal d;
  call->ev->from = xs_xml_any_span(node);
  if (!xs_decimal_parse(t, &d) || d.whole.len > SUM_DIGITS || d.decimals.len > SUM_DECIMALS) {
    xs_call_fail(call, _("“%.*s” is no number that can be added up"), XS_TEXT(t));
    return false;
  }
  int64_t n = (int64_t)xs_decimal_whole(&d);
  for (size_t k = 0; k < SUM_DECIMALS; k++)
    n = n * 10 + (k < d.decimals.len ? d.decimals.ptr[k] - '0' : 0);
  if (d.decimals.len > *decimals) *decimals = d.decimals.len;
  if (__builtin_add_overflow(*sum, d.is_negative ? -n : n, sum)) {
    xs_call_fail(call, _("the sum has too many digits"));
    return false;
  }
  return true;
}

void xs_function_total(xs_call *call)
{
  xmlNodeSetPtr nodes = NULL;
  int64_t sum = 0;
  size_t decimals = 0;
  if (!xs_call_nodes(call, 0, &nodes)) return;
  if (!nodes || nodes->nodeNr == 0) {
    call->ev->missing = true;
    return;
  }
  for (int i = 0; i < nodes->nodeNr; i++)
    if (!add_node(call, nodes->nodeTab[i], &sum, &decimals)) return;
  long long size = sum < 0 ? -sum : sum;
  xs_text t =
      xs_arena_printf(call->ev->a, "%s%lld.%04lld", sum < 0 ? "-" : "", size / 10000, size % 10000);
  if (t.ptr) t.len -= decimals ? SUM_DECIMALS - decimals : SUM_DECIMALS + 1;
  xs_call_return(call, t);
}
