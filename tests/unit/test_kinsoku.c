#include "unit.h"

#include "layout/kinsoku.h"

static void test_kinsoku__closing_marks_never_start_a_line(void **state)
{
  static const uint32_t marks[] = {0x3001, 0xff0c, 0x3002, 0xff1b, 0xff1a, 0xff01,
                                   0xff1f, 0x201d, 0xff09, 0x300b, 0x3015, 0x00b7};
  for (size_t i = 0; i < XS_COUNT(marks); i++)
    assert_true(xs_kinsoku_not_at_start(marks[i], XS_KINSOKU_BASIC));
}

static void test_kinsoku__opening_marks_never_end_a_line(void **state)
{
  static const uint32_t marks[] = {0x201c, 0x2018, 0xff08, 0x300a, 0x3014, 0x3010};
  for (size_t i = 0; i < XS_COUNT(marks); i++) {
    assert_true(xs_kinsoku_not_at_end(marks[i], XS_KINSOKU_BASIC));
    assert_false(xs_kinsoku_not_at_start(marks[i], XS_KINSOKU_STRICT));
  }
}

static void test_kinsoku__sets_grow(void **state)
{
  assert_false(xs_kinsoku_not_at_start(0x2014, XS_KINSOKU_BASIC));
  assert_true(xs_kinsoku_not_at_start(0x2014, XS_KINSOKU_STRICT));
  assert_false(xs_kinsoku_not_at_end(0xff0f, XS_KINSOKU_BASIC));
  assert_true(xs_kinsoku_not_at_end(0xff0f, XS_KINSOKU_GB));
  assert_true(xs_kinsoku_not_at_end(0xff0f, XS_KINSOKU_STRICT));
}

static void test_kinsoku__classes_of_characters(void **state)
{
  assert_int_equal(xs_kinsoku_class(0x56fd), XS_CHAR_HAN);
  assert_int_equal(xs_kinsoku_class(0x20bb7), XS_CHAR_HAN);
  assert_int_equal(xs_kinsoku_class(0x2460), XS_CHAR_HAN);
  assert_int_equal(xs_kinsoku_class(0x25a1), XS_CHAR_HAN);
  assert_int_equal(xs_kinsoku_class('A'), XS_CHAR_LETTER);
  assert_int_equal(xs_kinsoku_class(0x00fc), XS_CHAR_LETTER);
  assert_int_equal(xs_kinsoku_class(0x03b1), XS_CHAR_LETTER);
  assert_int_equal(xs_kinsoku_class('7'), XS_CHAR_DIGIT);
  assert_int_equal(xs_kinsoku_class(' '), XS_CHAR_SPACE);
  assert_int_equal(xs_kinsoku_class(0x3000), XS_CHAR_WIDE_SPACE);
  assert_int_equal(xs_kinsoku_class(0x0301), XS_CHAR_COMBINING);
  assert_int_equal(xs_kinsoku_class(0x200b), XS_CHAR_INVISIBLE);
  assert_int_equal(xs_kinsoku_class(0xe0100), XS_CHAR_INVISIBLE);
  assert_int_equal(xs_kinsoku_class('@'), XS_CHAR_OTHER);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kinsoku__closing_marks_never_start_a_line),
      cmocka_unit_test(test_kinsoku__opening_marks_never_end_a_line),
      cmocka_unit_test(test_kinsoku__sets_grow),
      cmocka_unit_test(test_kinsoku__classes_of_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
