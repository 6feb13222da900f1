/*
 * 1 department, 1 kind of body, 6 region, 9 body, 1 check character. I, O, S, V and Z are not used.
 * The weight of the i-th character is 3^(i-1) mod 31; with the check character the sum is a
 * multiple of 31.
 */
#include "data/credit_code.h"

#include <string.h>

enum { CODE_LEN = 18, REGION_FROM = 2, REGION_TO = 8, MODULUS = 31 };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* 1 机构编制 2 外交 3 司法 4 文化 5 民政 6 旅游 7 宗教 8 工会 9 工商 A 军队 N 农业 Y 其他 */
static const char departments[] = "123456789ANY";

static int value_of(char c)
{
  const char *p = c ? strchr(alphabet, c) : NULL;
  return p ? (int)(p - alphabet) : -1;
}

static xs_credit_code_finding finding(xs_credit_code_fault fault, size_t at)
{
  return (xs_credit_code_finding){.fault = fault, .at = at};
}

xs_credit_code_finding xs_credit_code_check(xs_text code)
{
  if (code.len != CODE_LEN) return finding(XS_CREDIT_CODE_LENGTH, 0);
  int sum = 0, weight = 1;
  for (size_t i = 0; i < CODE_LEN; i++) {
    int value = value_of(code.ptr[i]);
    if (value < 0) return finding(XS_CREDIT_CODE_CHARACTER, i);
    if (i == CODE_LEN - 1) break;
    sum += value * weight;
    weight = weight * 3 % MODULUS;
  }
  if (!strchr(departments, code.ptr[0])) return finding(XS_CREDIT_CODE_DEPARTMENT, 0);
  for (size_t i = REGION_FROM; i < REGION_TO; i++)
    if (value_of(code.ptr[i]) > 9) return finding(XS_CREDIT_CODE_REGION, i);

  char expected = alphabet[(MODULUS - sum % MODULUS) % MODULUS];
  xs_credit_code_finding f = finding(XS_CREDIT_CODE_GOOD, CODE_LEN - 1);
  f.expected = expected;
  if (code.ptr[CODE_LEN - 1] != expected) f.fault = XS_CREDIT_CODE_CHECK;
  return f;
}
