#include "unit/unit.h"

#include "base/text.h"

static void test_text__compares_by_bytes(void **state)
{
  assert_true(xs_text_equal(XS_LIT("工会"), XS_LIT("工会")));
  assert_true(xs_text_equal(XS_NO_TEXT, XS_LIT("")));
  assert_false(xs_text_equal(XS_LIT("工会"), XS_LIT("工")));
  assert_true(xs_text_is(XS_LIT("甲"), "甲"));
  assert_int_equal(xs_text_compare(XS_LIT("a"), XS_LIT("b")), -1);
  assert_int_equal(xs_text_compare(XS_LIT("ab"), XS_LIT("a")), 1);
  assert_int_equal(xs_text_compare(XS_LIT("z"), XS_LIT("\xC3\xA9")), -1);
  assert_int_equal(xs_text_compare(XS_NO_TEXT, XS_LIT("")), 0);
  assert_int_equal(xs_text_of(NULL).len, 0);
}

static void test_text__starts_ends_and_trims(void **state)
{
  assert_true(xs_text_starts(XS_LIT("case.xml"), "case"));
  assert_false(xs_text_starts(XS_LIT("ca"), "case"));
  assert_true(xs_text_starts(XS_NO_TEXT, ""));
  assert_true(xs_text_ends(XS_LIT("case.xml"), ".xml"));
  assert_false(xs_text_ends(XS_LIT("xml"), ".xml"));
  assert_text(xs_text_trim(XS_LIT(" \t\r\n甲 乙\n ")), "甲 乙");
  assert_text(xs_text_trim(XS_LIT(" \n ")), "");
  /* U+3000 and U+00A0 are text, not XML white space. */
  assert_text(xs_text_trim(XS_LIT("　甲　")), "　甲　");
}

static void test_text__walks_characters(void **state)
{
  xs_text t = XS_LIT("a协𠮷");
  size_t off = 0;
  assert_int_equal(xs_text_next(t, &off), 'a');
  assert_int_equal(xs_text_next(t, &off), 0x534F);
  assert_int_equal(off, 4);
  assert_int_equal(xs_text_next(t, &off), 0x20BB7);
  assert_int_equal(off, 8);
  assert_int_equal(xs_text_next(t, &off), 0);
  assert_int_equal(off, 8);
  assert_int_equal(xs_text_char_count(t), 3);
}

static void test_text__invalid_bytes_count_one_by_one(void **state)
{
  static const struct {
    const char *bytes;
    size_t bad, chars;
  } cases[] = {
      {"\x80", 0, 1},             /* a byte that only continues */
      {"a\xC0\x80", 1, 3},        /* too long a form of NUL */
      {"\xE0\x9F\xBF", 0, 3},     /* too long a form of U+07FF */
      {"\xED\xA0\x80", 0, 3},     /* half of a surrogate pair */
      {"\xF4\x90\x80\x80", 0, 4}, /* above U+10FFFF */
      {"\xE5\x8D", 0, 2},         /* cut off */
      {"\xE5\x8D\xE5\x8D\x8F", 0, 3},
      {"\xFF", 0, 1},
  };
  for (size_t i = 0; i < XS_COUNT(cases); i++) {
    size_t bad = 99;
    xs_text t = xs_text_of(cases[i].bytes);
    assert_false(xs_text_valid(t, &bad));
    assert_int_equal(bad, cases[i].bad);
    assert_int_equal(xs_text_char_count(t), cases[i].chars);
  }
  assert_true(xs_text_valid(XS_LIT("a协𠮷\xF4\x8F\xBF\xBF"), NULL));
  assert_true(xs_text_valid(XS_NO_TEXT, NULL));
}

static void test_text__encode_and_next_are_inverse(void **state)
{
  for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    xs_text t = {bytes, xs_text_encode(c, bytes)};
    size_t off = 0;
    assert_int_equal(xs_text_next(t, &off), c);
    assert_int_equal(off, t.len);
  }
  char bytes[4];
  assert_int_equal(xs_text_encode(0xD800, bytes), 3);
  assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
  assert_int_equal(xs_text_encode(0x110000, bytes), 3);
}

static void test_text__uint_is_strict(void **state)
{
  uint64_t n = 5;
  assert_true(xs_text_uint(XS_LIT("18446744073709551615"), &n));
  assert_true(n == UINT64_MAX);
  assert_true(xs_text_uint(XS_LIT("007"), &n));
  assert_int_equal(n, 7);
  static const char *const bad[] = {"", "+1", "-1", " 1", "1 ", "1a", "18446744073709551616", "１"};
  for (size_t i = 0; i < XS_COUNT(bad); i++) assert_false(xs_text_uint(xs_text_of(bad[i]), &n));
  assert_int_equal(n, 7);
}

static void test_text__milli_is_exact(void **state)
{
  int64_t n = 5;
  assert_true(xs_text_milli(XS_LIT("15.75"), &n));
  assert_int_equal(n, 15750);
  assert_true(xs_text_milli(XS_LIT("-0.001"), &n));
  assert_int_equal(n, -1);
  assert_true(xs_text_milli(XS_LIT("+2"), &n));
  assert_int_equal(n, 2000);
  assert_true(xs_text_milli(XS_LIT("9007199254740.991"), &n));
  assert_true(n == 9007199254740991);
  static const char *const bad[] = {
      "", ".5", "5.", "1.2345", "1,5", "--1", "1.2.3", "1.-5", "-", "9223372036854775807", "1e3"};
  for (size_t i = 0; i < XS_COUNT(bad); i++) assert_false(xs_text_milli(xs_text_of(bad[i]), &n));
}

static void test_text__distance_counts_characters(void **state)
{
  assert_int_equal(xs_text_distance(XS_LIT("name"), XS_LIT("name"), 2), 0);
  assert_int_equal(xs_text_distance(XS_LIT("nmae"), XS_LIT("name"), 2), 2);
  assert_int_equal(xs_text_distance(XS_LIT("name"), XS_LIT("names"), 2), 1);
  assert_int_equal(xs_text_distance(XS_LIT("首席代表"), XS_LIT("首度代表"), 2), 1);
  assert_int_equal(xs_text_distance(XS_LIT(""), XS_LIT("ab"), 2), 2);
  assert_int_equal(xs_text_distance(XS_LIT("abcdef"), XS_LIT("uvwxyz"), 2), 3);
  assert_int_equal(xs_text_distance(XS_LIT("kitten"), XS_LIT("sitting"), 9), 3);
  char longer[200];
  memset(longer, 'x', sizeof longer);
  xs_text t = {longer, sizeof longer};
  assert_int_equal(xs_text_distance(t, XS_LIT("x"), 3), 4);
  assert_int_equal(xs_text_distance(t, t, 3), 0);
  longer[0] = 'y';
}

static void test_text__words_come_off_a_list_one_by_one(void **state)
{
  xs_text list = XS_LIT("  14 \n\t7  "), word;
  assert_true(xs_text_word(&list, &word));
  assert_true(xs_text_is(word, "14"));
  assert_true(xs_text_word(&list, &word));
  assert_true(xs_text_is(word, "7"));
  assert_int_equal(list.len, 0);
  assert_false(xs_text_word(&list, &word));
  assert_int_equal(word.len, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_text__compares_by_bytes),
      cmocka_unit_test(test_text__starts_ends_and_trims),
      cmocka_unit_test(test_text__walks_characters),
      cmocka_unit_test(test_text__invalid_bytes_count_one_by_one),
      cmocka_unit_test(test_text__encode_and_next_are_inverse),
      cmocka_unit_test(test_text__uint_is_strict),
      cmocka_unit_test(test_text__milli_is_exact),
      cmocka_unit_test(test_text__words_come_off_a_list_one_by_one),
      cmocka_unit_test(test_text__distance_counts_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
