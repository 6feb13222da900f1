#include "unit/unit.h"

#include "output/number.h"

static void expect(int64_t value, unsigned decimals, const char *written)
{
  xs_buf out;
  xs_buf_init(&out, xs_host_posix(), 64);
  xs_number_put(&out, value, decimals);
  assert_text(xs_buf_view(&out), written);
  xs_buf_free(&out);
}

static void test_number__has_no_needless_zeros(void **state)
{
  expect(0, 3, "0 ");
  expect(15750, 3, "15.75 ");
  expect(16000, 3, "16 ");
  expect(5, 3, ".005 ");
  expect(-500, 3, "-.5 ");
  expect(-1, 1, "-.1 ");
  expect(1200, 0, "1200 ");
  expect(INT64_MIN, 0, "-9223372036854775808 ");
}

static void test_number__divides_to_the_nearest(void **state)
{
  assert_int_equal(xs_number_divide(5, 2), 3);
  assert_int_equal(xs_number_divide(-5, 2), -3);
  assert_int_equal(xs_number_divide(4, 3), 1);
  assert_int_equal(xs_number_divide(-4, 3), -1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_number__has_no_needless_zeros),
      cmocka_unit_test(test_number__divides_to_the_nearest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
