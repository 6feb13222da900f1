#include "unit/unit.h"

#include "data/id_number.h"

static xs_id_number_finding check(const char *number)
{
  return xs_id_number_check((xs_text){number, strlen(number)});
}

static void test_id_number__known_number(void **state)
{
  xs_id_number_finding f = check("360426199101010071");
  assert_int_equal(f.fault, XS_ID_NUMBER_GOOD);
  assert_int_equal(f.birth.year, 1991);
  assert_int_equal(f.birth.month, 1);
  assert_int_equal(f.birth.day, 1);
  assert_true(f.male);
  assert_false(check("519999199001150028").male);
}

static void test_id_number__check_character_may_be_x(void **state)
{
  assert_int_equal(check("51999919820720105X").fault, XS_ID_NUMBER_GOOD);
  assert_int_equal(check("51999919820720105x").fault, XS_ID_NUMBER_CHARACTER);
  assert_int_equal(check("5199991982072010X5").at, 16);
}

static void test_id_number__wrong_check_character(void **state)
{
  xs_id_number_finding f = check("360426199101010072");
  assert_int_equal(f.fault, XS_ID_NUMBER_CHECK);
  assert_int_equal(f.expected, '1');
}

static void test_id_number__birth_is_a_real_day(void **state)
{
  assert_int_equal(check("360426199102300071").fault, XS_ID_NUMBER_BIRTH);
  assert_int_equal(check("360426199113010071").fault, XS_ID_NUMBER_BIRTH);
}

static void test_id_number__every_single_slip_is_seen(void **state)
{
  static const char good[] = "360426199101010071";
  for (size_t i = 0; i < sizeof good - 1; i++)
    for (char c = '0'; c <= '9'; c++) {
      char number[sizeof good];
      memcpy(number, good, sizeof good);
      number[i] = c;
      bool passes = check(number).fault == XS_ID_NUMBER_GOOD;
      assert_int_equal(passes, c == good[i]);
    }
}

static void test_id_number__wrong_length(void **state)
{
  assert_int_equal(check("").fault, XS_ID_NUMBER_LENGTH);
  assert_int_equal(check("360426910101007").fault, XS_ID_NUMBER_LENGTH);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_id_number__known_number),
      cmocka_unit_test(test_id_number__check_character_may_be_x),
      cmocka_unit_test(test_id_number__wrong_check_character),
      cmocka_unit_test(test_id_number__birth_is_a_real_day),
      cmocka_unit_test(test_id_number__every_single_slip_is_seen),
      cmocka_unit_test(test_id_number__wrong_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
