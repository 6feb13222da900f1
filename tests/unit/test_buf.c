#include "unit/unit.h"

#include "base/buf.h"
#include "support/fail_host.h"

static void test_buf__adds_in_every_form(void **state)
{
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 1000);
  assert_int_equal(xs_buf_str(&b, "甲"), XS_OK);
  assert_int_equal(xs_buf_text(&b, XS_LIT("乙")), XS_OK);
  assert_int_equal(xs_buf_char(&b, 0x4E19), XS_OK);
  assert_int_equal(xs_buf_char(&b, 0x20BB7), XS_OK);
  assert_int_equal(xs_buf_printf(&b, "-%03d", 7), XS_OK);
  char *room = xs_buf_room(&b, 2);
  assert_non_null(room);
  memcpy(room, "!!", 2);
  assert_int_equal(xs_buf_text(&b, XS_NO_TEXT), XS_OK);
  assert_text(xs_buf_view(&b), "甲乙丙𠮷-007!!");
  xs_buf_free(&b);
  assert_int_equal(b.len, 0);
}

static void test_buf__grows_up_to_its_ceiling_exactly(void **state)
{
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 1000);
  for (int i = 0; i < 1000; i++) assert_int_equal(xs_buf_char(&b, 'a'), XS_OK);
  assert_int_equal(xs_buf_char(&b, 'a'), XS_ELIMIT);
  assert_int_equal(b.len, 1000);
  assert_true(b.capacity <= 1000);
  xs_buf_free(&b);
}

static void test_buf__printf_fills_the_last_byte(void **state)
{
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 5);
  assert_int_equal(xs_buf_printf(&b, "%s", "12345"), XS_OK);
  assert_text(xs_buf_view(&b), "12345");
  assert_int_equal(xs_buf_printf(&b, "%s", ""), XS_OK);
  assert_int_equal(xs_buf_printf(&b, "%s", "6"), XS_ELIMIT);
  assert_text(xs_buf_view(&b), "12345");
  xs_buf_free(&b);
}

static void test_buf__the_first_failure_stays(void **state)
{
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 4);
  assert_int_equal(xs_buf_str(&b, "12345"), XS_ELIMIT);
  assert_int_equal(xs_buf_str(&b, "1"), XS_ELIMIT);
  assert_int_equal(xs_buf_printf(&b, "1"), XS_ELIMIT);
  assert_null(xs_buf_room(&b, 1));
  assert_int_equal(b.len, 0);
  xs_buf_free(&b);
  assert_int_equal(xs_buf_str(&b, "1"), XS_OK);
  xs_buf_free(&b);
}

static void test_buf__every_failure_is_enomem_and_leaks_nothing(void **state)
{
  for (long n = 0;; n++) {
    fail_host f;
    fail_host_init(&f, n);
    xs_buf b;
    xs_buf_init(&b, &f.host, 2000);
    for (int i = 0; i < 20; i++) xs_buf_printf(&b, "%0100d", i);
    xs_status status = b.status;
    xs_buf_free(&b);
    assert_int_equal(f.live, 0);
    if (status == XS_OK) return;
    assert_int_equal(status, XS_ENOMEM);
    assert_true(n < 100);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_buf__adds_in_every_form),
      cmocka_unit_test(test_buf__grows_up_to_its_ceiling_exactly),
      cmocka_unit_test(test_buf__printf_fills_the_last_byte),
      cmocka_unit_test(test_buf__the_first_failure_stays),
      cmocka_unit_test(test_buf__every_failure_is_enomem_and_leaks_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
