/* Dates and times in words. */
#include "base/date.h"
#include "base/text.h"
#include "template/function.h"
#include "template/numeral.h"

static bool date_argument(xs_call *call, xs_date *out)
{
  xs_text t;
  if (!xs_call_text(call, 0, &t)) return false;
  if (xs_date_parse(t, out)) return true;
  xs_call_fail(call, _("“%.*s” is no date such as 2024-03-05"), XS_TEXT(t));
  return false;
}

void xs_function_date_zh(xs_call *call)
{
  xs_date d;
  if (date_argument(call, &d))
    xs_call_return(call, xs_arena_printf(call->ev->a, "%d年%d月%d日", d.year, d.month, d.day));
}

static xs_text year_digits(xs_call *call, int year)
{
  return xs_numeral_digits(call->ev->a, xs_arena_printf(call->ev->a, "%d", year), XS_NUMERAL_HAN);
}

static xs_text small_number(xs_call *call, int n)
{
  return xs_numeral(call->ev->a, xs_arena_printf(call->ev->a, "%d", n), XS_NUMERAL_HAN);
}

void xs_function_date_han(xs_call *call)
{
  xs_date d;
  if (!date_argument(call, &d)) return;
  xs_text year = year_digits(call, d.year);
  xs_text month = small_number(call, d.month);
  xs_text day = small_number(call, d.day);
  xs_call_return(call, xs_arena_printf(call->ev->a, "%.*s年%.*s月%.*s日", XS_TEXT(year),
                                       XS_TEXT(month), XS_TEXT(day)));
}

void xs_function_year_han(xs_call *call)
{
  xs_text t;
  uint64_t year = 0;
  if (!xs_call_text(call, 0, &t)) return;
  xs_date d;
  if (xs_date_parse(t, &d))
    year = (uint64_t)d.year;
  else if (t.len != 4 || !xs_text_uint(t, &year)) {
    xs_call_fail(call, _("“%.*s” is no date and no year"), XS_TEXT(t));
    return;
  }
  xs_text digits = year_digits(call, (int)year);
  xs_call_return(call, xs_arena_printf(call->ev->a, "%.*s年", XS_TEXT(digits)));
}

void xs_function_weekday_zh(xs_call *call)
{
  static const char *const names[] = {"", "一", "二", "三", "四", "五", "六", "日"};
  xs_date d;
  if (date_argument(call, &d))
    xs_call_return(call, xs_arena_printf(call->ev->a, "星期%s", names[xs_date_weekday(d)]));
}

static bool two_digits(xs_text t, uint64_t max, uint64_t *out)
{
  return t.len == 2 && xs_text_uint(t, out) && *out <= max;
}

void xs_function_time_zh(xs_call *call)
{
  xs_text t;
  if (!xs_call_text(call, 0, &t)) return;
  uint64_t hour = 0, minute = 0;
  bool ok = t.len == 5 && t.ptr[2] == ':' && two_digits((xs_text){t.ptr, 2}, 24, &hour) &&
            two_digits((xs_text){t.ptr + 3, 2}, 59, &minute) && (hour < 24 || minute == 0);
  if (!ok) {
    xs_call_fail(call, _("“%.*s” is no time such as 14:30"), XS_TEXT(t));
  } else if (minute == 0) {
    xs_call_return(call, xs_arena_printf(call->ev->a, "%u时", (unsigned)hour));
  } else {
    xs_call_return(call,
                   xs_arena_printf(call->ev->a, "%u时%02u分", (unsigned)hour, (unsigned)minute));
  }
}
