#include "store/moment.h"

#include "base/date.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400 };

/* The day that lies `days` after 1970-01-01. */
static xs_date date_of_days(int32_t days)
{
  xs_date d = {1970 + days / 366, 1, 1}; /* not after the day */
  while (d.year < XS_DATE_LAST_YEAR && xs_date_days((xs_date){d.year + 1, 1, 1}) <= days) d.year++;
  int32_t left = days - xs_date_days(d);
  while (left >= xs_date_month_days(d.year, d.month)) left -= xs_date_month_days(d.year, d.month++);
  d.day += left;
  return d;
}

void xs_moment_write(int64_t seconds, char out[XS_MOMENT_ROOM])
{
  int64_t last =
      ((int64_t)xs_date_days((xs_date){XS_DATE_LAST_YEAR, 12, 31}) + 1) * DAY_SECONDS - 1;
  if (seconds < 0) seconds = 0;
  if (seconds > last) seconds = last;
  xs_date d = date_of_days((int32_t)(seconds / DAY_SECONDS));
  unsigned rest = (unsigned)(seconds % DAY_SECONDS);
  unsigned year = (unsigned)d.year % 10000, month = (unsigned)d.month % 100;
  snprintf(out, XS_MOMENT_ROOM, "%04u-%02u-%02uT%02u:%02u:%02uZ", year, month,
           (unsigned)d.day % 100, rest / 3600 % 100, rest / 60 % 60, rest % 60);
}

static int two_digits(const char *p)
{
  if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9') return -1;
  return (p[0] - '0') * 10 + p[1] - '0';
}

bool xs_moment_read(xs_text t, int64_t *seconds)
{
  xs_date d;
  if (t.len != sizeof "2025-03-04T02:11:00Z" - 1) return false;
  if (t.ptr[10] != 'T' || t.ptr[13] != ':' || t.ptr[16] != ':' || t.ptr[19] != 'Z') return false;
  if (!xs_date_parse((xs_text){t.ptr, 10}, &d) || d.year < 1970) return false;
  int hour = two_digits(t.ptr + 11), minute = two_digits(t.ptr + 14),
      second = two_digits(t.ptr + 17);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  *seconds = (int64_t)xs_date_days(d) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
  return true;
}
