/* 统一社会信用代码, GB 32100-2015: the number of a firm, a union, a body. */
#ifndef XS_DATA_CREDIT_CODE_H
#define XS_DATA_CREDIT_CODE_H

#include "xieshang/base.h"

typedef enum xs_credit_code_fault {
  XS_CREDIT_CODE_GOOD,
  XS_CREDIT_CODE_LENGTH,     /* not 18 characters */
  XS_CREDIT_CODE_CHARACTER,  /* one that is not of the code; `at` says which */
  XS_CREDIT_CODE_DEPARTMENT, /* the first character names no department */
  XS_CREDIT_CODE_REGION,     /* characters 3–8 are not digits */
  XS_CREDIT_CODE_CHECK,      /* the last character should be `expected` */
} xs_credit_code_fault;

typedef struct xs_credit_code_finding {
  xs_credit_code_fault fault;
  size_t at; /* offset of the character in question */
  char expected;
} xs_credit_code_finding;

xs_credit_code_finding xs_credit_code_check(xs_text code);

#endif
