#include "unit/unit.h"

#include "data/credit_code.h"

static void assert_fault(const char *code, xs_credit_code_fault fault, size_t at)
{
  xs_credit_code_finding f = xs_credit_code_check((xs_text){code, strlen(code)});
  assert_int_equal(f.fault, fault);
  assert_int_equal(f.at, at);
}

static void test_credit_code__known_check_character(void **state)
{
  assert_fault("91110000600037341L", XS_CREDIT_CODE_GOOD, 17);
  xs_credit_code_finding f = xs_credit_code_check(XS_LIT("91110000600037341M"));
  assert_int_equal(f.fault, XS_CREDIT_CODE_CHECK);
  assert_int_equal(f.expected, 'L');
}

/* Army, agriculture, others and unions: not every department is a digit. */
static void test_credit_code__all_departments(void **state)
{
  assert_fault("A1519900MA0A0B0C12", XS_CREDIT_CODE_GOOD, 17);
  assert_fault("N1519900MA0A0B0C1M", XS_CREDIT_CODE_GOOD, 17);
  assert_fault("Y1519900MA0A0B0C1D", XS_CREDIT_CODE_GOOD, 17);
  assert_fault("81519900MA0A0B0C14", XS_CREDIT_CODE_GOOD, 17);
  assert_fault("B1519900MA0A0B0C12", XS_CREDIT_CODE_DEPARTMENT, 0);
  assert_fault("01519900MA0A0B0C12", XS_CREDIT_CODE_DEPARTMENT, 0);
}

static void test_credit_code__every_single_slip_is_seen(void **state)
{
  static const char good[] = "91110000600037341L";
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (size_t i = 0; i < sizeof good - 1; i++)
    for (const char *c = alphabet; *c; c++) {
      char code[sizeof good];
      memcpy(code, good, sizeof good);
      code[i] = *c;
      xs_credit_code_finding f = xs_credit_code_check((xs_text){code, sizeof good - 1});
      if (*c == good[i])
        assert_int_equal(f.fault, XS_CREDIT_CODE_GOOD);
      else
        assert_int_not_equal(f.fault, XS_CREDIT_CODE_GOOD);
    }
}

static void test_credit_code__wrong_form(void **state)
{
  assert_fault("", XS_CREDIT_CODE_LENGTH, 0);
  assert_fault("91110000600037341", XS_CREDIT_CODE_LENGTH, 0);
  assert_fault("91110000600037341l", XS_CREDIT_CODE_CHARACTER, 17);
  assert_fault("9I110000600037341L", XS_CREDIT_CODE_CHARACTER, 1);
  assert_fault("91A10000600037341L", XS_CREDIT_CODE_REGION, 2);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_credit_code__known_check_character),
      cmocka_unit_test(test_credit_code__all_departments),
      cmocka_unit_test(test_credit_code__every_single_slip_is_seen),
      cmocka_unit_test(test_credit_code__wrong_form),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
