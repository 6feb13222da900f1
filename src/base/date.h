/*
 * Days of the Gregorian calendar from 1900-01-01 to 2100-12-31. What a day means to a case
 * (working days, terms, holidays) is data and stands elsewhere.
 */
#ifndef XS_BASE_DATE_H
#define XS_BASE_DATE_H

#include "xieshang/base.h"

#include <stdbool.h>

typedef struct xs_date {
  int year;
  int month; /* 1–12 */
  int day;   /* 1–31 */
} xs_date;

enum { XS_DATE_FIRST_YEAR = 1900, XS_DATE_LAST_YEAR = 2100 };

typedef enum xs_weekday {
  XS_MONDAY = 1,
  XS_TUESDAY,
  XS_WEDNESDAY,
  XS_THURSDAY,
  XS_FRIDAY,
  XS_SATURDAY,
  XS_SUNDAY,
} xs_weekday;

/* Exactly YYYY-MM-DD, or exactly eight digits. False on anything else, and on a day that does
 * not exist; *out is then as it was. */
bool xs_date_parse(xs_text t, xs_date *out);
bool xs_date_parse_digits(xs_text t, xs_date *out);

/* From and to the number YYYYMMDD, the form of xs_host.today. */
bool xs_date_of_number(uint32_t number, xs_date *out);
uint32_t xs_date_number(xs_date d);

bool xs_date_valid(xs_date d);
bool xs_date_is_leap_year(int year);
int xs_date_month_days(int year, int month); /* 0 when there is no such month */

/* Below, at or above 0 as `a` is before, on or after `b`. */
int xs_date_compare(xs_date a, xs_date b);

/* Days since 1970-01-01, of a valid date; and the way back, which is false for a day outside the
 * years above. *out is then as it was. */
int32_t xs_date_days(xs_date d);
bool xs_date_of_days(int32_t days, xs_date *out);

xs_weekday xs_date_weekday(xs_date d);

#endif
