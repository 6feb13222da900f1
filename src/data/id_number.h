/* 公民身份号码, GB 11643-1999: the number of a person. */
#ifndef XS_DATA_ID_NUMBER_H
#define XS_DATA_ID_NUMBER_H

#include "base/date.h"

typedef enum xs_id_number_fault {
  XS_ID_NUMBER_GOOD,
  XS_ID_NUMBER_LENGTH,    /* not 18 characters */
  XS_ID_NUMBER_CHARACTER, /* not a digit; `at` says which. The last may be X */
  XS_ID_NUMBER_BIRTH,     /* digits 7–14 are no date */
  XS_ID_NUMBER_CHECK,     /* the last character should be `expected` */
} xs_id_number_fault;

typedef struct xs_id_number_finding {
  xs_id_number_fault fault;
  size_t at; /* offset of the character in question */
  char expected;
  xs_date birth; /* when it is a date */
  bool male;     /* the 17th digit is odd */
} xs_id_number_finding;

xs_id_number_finding xs_id_number_check(xs_text number);

#endif
