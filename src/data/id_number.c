/*
 * 6 region, 8 date of birth, 3 serial number (odd: male), 1 check character. The weight of the i-th
 * digit from the right, the check character being the first, is 2^(i-1) mod 11; with the check
 * character (X is 10) the sum is 1 more than a multiple of 11.
 */
#include "data/id_number.h"

enum { NUMBER_LEN = 18, BIRTH_FROM = 6, BIRTH_LEN = 8, SEX_AT = 16, MODULUS = 11 };

static char check_character(const char *digits)
{
  static const char characters[] = "10X98765432";
  int sum = 0, weight = 1;
  for (size_t i = NUMBER_LEN - 1; i-- > 0;) {
    weight = weight * 2 % MODULUS;
    sum += (digits[i] - '0') * weight;
  }
  return characters[sum % MODULUS];
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

xs_id_number_finding xs_id_number_check(xs_text number)
{
  xs_id_number_finding f = {.fault = XS_ID_NUMBER_LENGTH};
  if (number.len != NUMBER_LEN) return f;

  f.fault = XS_ID_NUMBER_CHARACTER;
  for (; f.at < NUMBER_LEN - 1; f.at++)
    if (!is_digit(number.ptr[f.at])) return f;
  if (!is_digit(number.ptr[f.at]) && number.ptr[f.at] != 'X') return f;

  f.male = (number.ptr[SEX_AT] - '0') % 2 == 1;
  f.expected = check_character(number.ptr);
  f.fault = XS_ID_NUMBER_BIRTH;
  f.at = BIRTH_FROM;
  if (!xs_date_parse_digits((xs_text){number.ptr + BIRTH_FROM, BIRTH_LEN}, &f.birth)) return f;

  f.at = NUMBER_LEN - 1;
  f.fault = number.ptr[f.at] == f.expected ? XS_ID_NUMBER_GOOD : XS_ID_NUMBER_CHECK;
  return f;
}
