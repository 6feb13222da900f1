#include "unit/unit.h"

#include "base/digest.h"
#include "support/fail_host.h"

/* The two examples of FIPS 180-2 and the empty message. */
static const char empty_digest[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc_digest[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void test_digest__known_answers(void **state)
{
  char hex[65];
  assert_int_equal(xs_digest_hex("abc", 3, hex), XS_OK);
  assert_string_equal(hex, abc_digest);
  assert_int_equal(xs_digest_hex(NULL, 0, hex), XS_OK);
  assert_string_equal(hex, empty_digest);
}

static void test_digest__pieces_give_the_same(void **state)
{
  char hex[65];
  xs_digest *d = xs_digest_new(xs_host_posix());
  assert_non_null(d);
  xs_digest_add(d, "a", 1);
  xs_digest_add(d, NULL, 0);
  xs_digest_add(d, "bc", 2);
  assert_int_equal(xs_digest_end(d, hex), XS_OK);
  assert_string_equal(hex, abc_digest);
  xs_digest_free(d);

  d = xs_digest_new(xs_host_posix());
  assert_int_equal(xs_digest_end(d, hex), XS_OK);
  assert_string_equal(hex, empty_digest);
  xs_digest_free(d);
}

static void test_digest__out_of_memory_is_null(void **state)
{
  fail_host f;
  fail_host_init(&f, 0);
  assert_null(xs_digest_new(&f.host));
  xs_digest_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_digest__known_answers),
      cmocka_unit_test(test_digest__pieces_give_the_same),
      cmocka_unit_test(test_digest__out_of_memory_is_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
