#include "output/number.h"

int64_t xs_number_divide(int64_t a, int64_t b)
{
  return (a + (a < 0 ? -b / 2 : b / 2)) / b;
}

void xs_number_put(xs_buf *out, int64_t value, unsigned decimals)
{
  char digits[32];
  char *end = digits + sizeof digits, *p = end;
  uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  *--p = ' ';
  while (decimals && left % 10 == 0) {
    left /= 10;
    decimals--;
  }
  for (; decimals; decimals--) {
    *--p = (char)('0' + left % 10);
    left /= 10;
    if (decimals == 1) *--p = '.';
  }
  if (left || *p == ' ') {
    do {
      *--p = (char)('0' + left % 10);
      left /= 10;
    } while (left);
  }
  if (value < 0) *--p = '-';
  xs_buf_add(out, p, (size_t)(end - p));
}

void xs_number_put_len(xs_buf *out, xs_len len)
{
  xs_number_put(out, xs_number_divide((int64_t)len * 1000, 1024), 3);
}
