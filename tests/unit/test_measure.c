#include "unit.h"

#include "base/text.h"
#include "template/measure.h"

#include "base/limits.h"

static xs_len length_of(const char *text, xs_len em)
{
  xs_measure m;
  assert_true(xs_measure_parse(xs_text_of(text), &m));
  return xs_measure_resolve(m, em);
}

static void test_measure__units(void **state)
{
  assert_int_equal(length_of("12pt", 0), XS_PT(12));
  assert_int_equal(length_of("29.62pt", 0), 30331);
  assert_int_equal(length_of("25.4mm", 0), XS_PT(72));
  assert_int_equal(length_of("2em", XS_PT(16)), XS_PT(32));
  assert_int_equal(length_of("-0.5em", XS_PT(16)), XS_PT(-8));
  assert_int_equal(length_of(" 0 ", XS_PT(16)), 0);
}

static void test_measure__sizes_have_names(void **state)
{
  assert_int_equal(length_of("三号", 0), XS_PT(63) / 4);
  assert_int_equal(length_of("小四", 0), XS_PT(12));
  assert_int_equal(length_of("初号", 0), XS_PT(42));
}

/* GB/T 9704: 28 characters of 三号 fit into 156 mm, 28 of 16 pt do not. */
static void test_measure__a_line_holds_28_characters(void **state)
{
  assert_true(28 * length_of("三号", 0) <= length_of("156mm", 0));
  assert_true(28 * length_of("16pt", 0) > length_of("156mm", 0));
}

static void test_measure__anything_else_is_none(void **state)
{
  static const char *const others[] = {
      "",      "12",   "pt",    "1cm",           "1 2pt",  "12 pt",  "1e3pt",
      "..5pt", "九号", "0x1pt", "99999999999mm", "3001pt", "-1060mm"};
  xs_measure m;
  for (size_t i = 0; i < XS_COUNT(others); i++)
    assert_false(xs_measure_parse(xs_text_of(others[i]), &m));
}

static void test_measure__never_overflows(void **state)
{
  const xs_len ceiling = XS_PT(XS_MAX_LENGTH_PT);
  const xs_measure far = {28000000, true};
  assert_int_equal(xs_measure_resolve(far, XS_LEN_MAX), ceiling);
  const xs_measure below = {-28000000, true};
  assert_int_equal(xs_measure_resolve(below, XS_LEN_MAX), -ceiling);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_measure__units),
      cmocka_unit_test(test_measure__sizes_have_names),
      cmocka_unit_test(test_measure__a_line_holds_28_characters),
      cmocka_unit_test(test_measure__anything_else_is_none),
      cmocka_unit_test(test_measure__never_overflows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
