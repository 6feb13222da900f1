#include "unit/unit.h"

#include "base/date.h"
#include "base/text.h"

static xs_date date(const char *s)
{
  xs_date d = {0, 0, 0};
  assert_true(xs_date_parse(xs_text_of(s), &d));
  return d;
}

static void test_date__parses_two_forms_strictly(void **state)
{
  xs_date d = date("2024-02-29");
  assert_int_equal(d.year, 2024);
  assert_int_equal(d.month, 2);
  assert_int_equal(d.day, 29);
  assert_true(xs_date_parse_digits(XS_LIT("21001231"), &d));
  assert_int_equal(xs_date_number(d), 21001231);
  static const char *const bad[] = {
      "",           "2024-2-29",   "2024/02/29",  "2024-02-30", "2023-02-29", "1900-02-29",
      "2024-00-01", "2024-13-01",  "2024-01-00",  "2024-04-31", "1899-12-31", "2101-01-01",
      "20240229",   "2024-02-29Z", " 2024-02-29", "2024-02-2x", "+024-02-29", "２０２４-02-29"};
  for (size_t i = 0; i < XS_COUNT(bad); i++) assert_false(xs_date_parse(xs_text_of(bad[i]), &d));
  assert_false(xs_date_parse_digits(XS_LIT("2024-02-29"), &d));
  assert_false(xs_date_parse_digits(XS_LIT("2024022"), &d));
  assert_false(xs_date_parse_digits(XS_LIT("20240230"), &d));
  assert_int_equal(xs_date_number(d), 21001231);
}

static void test_date__knows_leap_years(void **state)
{
  assert_true(xs_date_is_leap_year(2000));
  assert_false(xs_date_is_leap_year(1900));
  assert_false(xs_date_is_leap_year(2100));
  assert_true(xs_date_is_leap_year(2024));
  assert_int_equal(xs_date_month_days(2024, 2), 29);
  assert_int_equal(xs_date_month_days(2023, 2), 28);
  assert_int_equal(xs_date_month_days(2023, 12), 31);
  assert_int_equal(xs_date_month_days(2023, 0), 0);
  assert_int_equal(xs_date_month_days(2023, 13), 0);
}

static void test_date__compares(void **state)
{
  assert_true(xs_date_compare(date("2024-01-31"), date("2024-02-01")) < 0);
  assert_true(xs_date_compare(date("2024-02-01"), date("2023-12-31")) > 0);
  assert_int_equal(xs_date_compare(date("2024-02-01"), date("2024-02-01")), 0);
}

static void test_date__days_follow_one_another(void **state)
{
  assert_int_equal(xs_date_days(date("1970-01-01")), 0);
  assert_int_equal(xs_date_days(date("1969-12-31")), -1);
  assert_int_equal(xs_date_days(date("2000-03-01")), 11017);
  int32_t days = xs_date_days(date("1900-01-01"));
  xs_date d = {1900, 1, 1};
  for (; d.year <= 2100; d.year++)
    for (d.month = 1; d.month <= 12; d.month++)
      for (d.day = 1; d.day <= xs_date_month_days(d.year, d.month); d.day++)
        assert_int_equal(xs_date_days(d), days++);
}

static void test_date__weekday(void **state)
{
  assert_int_equal(xs_date_weekday(date("1970-01-01")), XS_THURSDAY);
  assert_int_equal(xs_date_weekday(date("1900-01-01")), XS_MONDAY);
  assert_int_equal(xs_date_weekday(date("2024-05-01")), XS_WEDNESDAY);
  assert_int_equal(xs_date_weekday(date("2024-12-01")), XS_SUNDAY);
}

static void test_date__days_lead_back_to_the_date(void **state)
{
  xs_date first = date("1900-01-01"), last = date("2100-12-31"), d = first;
  int32_t from = xs_date_days(first), to = xs_date_days(last);
  for (int32_t days = from; days <= to; days++) {
    assert_true(xs_date_of_days(days, &d));
    assert_true(xs_date_valid(d));
    assert_int_equal(xs_date_days(d), days);
  }
  assert_int_equal(xs_date_compare(d, last), 0);
  assert_false(xs_date_of_days(from - 1, &d));
  assert_false(xs_date_of_days(to + 1, &d));
  assert_false(xs_date_of_days(INT32_MIN, &d));
  assert_false(xs_date_of_days(INT32_MAX, &d));
  assert_int_equal(xs_date_compare(d, last), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_date__days_lead_back_to_the_date),
      cmocka_unit_test(test_date__parses_two_forms_strictly),
      cmocka_unit_test(test_date__knows_leap_years),
      cmocka_unit_test(test_date__compares),
      cmocka_unit_test(test_date__days_follow_one_another),
      cmocka_unit_test(test_date__weekday),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
