#include "base/date.h"

#include "base/text.h"

bool xs_date_is_leap_year(int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int xs_date_month_days(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return days[month - 1] + (month == 2 && xs_date_is_leap_year(year));
}

bool xs_date_valid(xs_date d)
{
  return d.year >= XS_DATE_FIRST_YEAR && d.year <= XS_DATE_LAST_YEAR && d.day >= 1 &&
         d.day <= xs_date_month_days(d.year, d.month);
}

bool xs_date_of_number(uint32_t number, xs_date *out)
{
  if (number > 99999999u) return false;
  xs_date d = {(int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)};
  if (!xs_date_valid(d)) return false;
  *out = d;
  return true;
}

uint32_t xs_date_number(xs_date d)
{
  return (uint32_t)(d.year * 10000 + d.month * 100 + d.day);
}

bool xs_date_parse_digits(xs_text t, xs_date *out)
{
  uint64_t number;
  return t.len == 8 && xs_text_uint(t, &number) && xs_date_of_number((uint32_t)number, out);
}

bool xs_date_parse(xs_text t, xs_date *out)
{
  if (t.len != 10 || t.ptr[4] != '-' || t.ptr[7] != '-') return false;
  const char *p = t.ptr;
  const char digits[8] = {p[0], p[1], p[2], p[3], p[5], p[6], p[8], p[9]};
  return xs_date_parse_digits((xs_text){digits, sizeof digits}, out);
}

int xs_date_compare(xs_date a, xs_date b)
{
  uint32_t left = xs_date_number(a), right = xs_date_number(b);
  return (left > right) - (left < right);
}

/* Days from 1 January of year 1 to 1 January of `year`. */
static int32_t days_before_year(int year)
{
  int past = year - 1;
  return (int32_t)(past * 365 + past / 4 - past / 100 + past / 400);
}

int32_t xs_date_days(xs_date d)
{
  int32_t days = days_before_year(d.year) - days_before_year(1970);
  for (int month = 1; month < d.month; month++) days += xs_date_month_days(d.year, month);
  return days + d.day - 1;
}

bool xs_date_of_days(int32_t days, xs_date *out)
{
  const int32_t first = days_before_year(XS_DATE_FIRST_YEAR) - days_before_year(1970);
  const int32_t end = days_before_year(XS_DATE_LAST_YEAR + 1) - days_before_year(1970);
  if (days < first || days >= end) return false;
  int32_t from_one = days + days_before_year(1970);
  int year = (int)(from_one / 366) + 1; /* never too late, by a few years too early */
  while (days_before_year(year + 1) <= from_one) year++;
  int32_t rest = from_one - days_before_year(year);
  int month = 1;
  while (rest >= xs_date_month_days(year, month)) rest -= xs_date_month_days(year, month++);
  *out = (xs_date){year, month, (int)rest + 1};
  return true;
}

xs_weekday xs_date_weekday(xs_date d)
{
  /* 1970-01-01 was a Thursday. */
  int from_monday = (xs_date_days(d) + 3) % 7;
  if (from_monday < 0) from_monday += 7;
  return (xs_weekday)(XS_MONDAY + from_monday);
}
