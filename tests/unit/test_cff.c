#include "unit/unit.h"

#include "output/cff.h"

#include <stdlib.h>

/*
 * A program of four glyphs, as little as a CFF may be: header, names, Top DICT, strings, global
 * subroutines, charset, char strings. `ros` makes it keyed by CIDs. Only what the reader looks at
 * means anything.
 */
static size_t make_program(unsigned char *p, int ros, const unsigned char *charset,
                           size_t charset_len)
{
  static const unsigned char charstrings[] = {0, 4, 1, 1, 2, 3, 4, 5, 14, 14, 14, 14};
  static const unsigned char ros_entry[] = {139, 139, 139, 12, 30};
  const unsigned char head[] = {1, 0, 4, 1, 0, 1, 1, 1, 2, 'F'};
  size_t at = sizeof head, dict_len = (ros ? sizeof ros_entry : 0) + 2 * 4;
  memcpy(p, head, sizeof head);
  const unsigned char dict_head[] = {0, 1, 1, 1, (unsigned char)(1 + dict_len)};
  memcpy(p + at, dict_head, sizeof dict_head);
  at += sizeof dict_head;
  if (ros) {
    memcpy(p + at, ros_entry, sizeof ros_entry);
    at += sizeof ros_entry;
  }
  size_t charset_at = at + 8 + 4, charstrings_at = charset_at + charset_len;
  const unsigned char entries[] = {28, 0, (unsigned char)charset_at,     15,
                                   28, 0, (unsigned char)charstrings_at, 17};
  memcpy(p + at, entries, sizeof entries);
  at += sizeof entries;
  memset(p + at, 0, 4);
  at += 4;
  memcpy(p + at, charset, charset_len);
  at += charset_len;
  memcpy(p + at, charstrings, sizeof charstrings);
  return at + sizeof charstrings;
}

static void expect_charset(int ros, const unsigned char *before, const unsigned char *after,
                           size_t charset_len)
{
  unsigned char p[128], expected[128];
  size_t count = 0, len = make_program(p, ros, before, charset_len);
  make_program(expected, ros, after, charset_len);
  assert_int_equal(xs_cff_number((char *)p, len, &count), XS_OK);
  assert_int_equal(count, 4);
  assert_memory_equal(p, expected, len);
}

static const unsigned char list[] = {0, 0x10, 0x01, 0x00, 0x07, 0x75, 0x30};

static void test_cff__every_form_of_charset_becomes_one_range(void **state)
{
  const unsigned char range[] = {1, 0, 1, 2, 0, 0, 0};
  const unsigned char short_ranges[] = {1, 0x10, 0x01, 1, 0x00, 0x07, 0};
  const unsigned char long_range[] = {2, 0x10, 0x01, 0, 2};
  expect_charset(1, list, range, sizeof list);
  expect_charset(1, short_ranges, range, sizeof short_ranges);
  expect_charset(1, long_range, range, sizeof long_range);
}

static void test_cff__without_cids_is_left_alone(void **state)
{
  expect_charset(0, list, list, sizeof list);
}

/* What was made by numbering has no need of it. */
static void test_cff__numbered_twice_is_numbered_once(void **state)
{
  unsigned char once[128], twice[128];
  size_t count = 0, len = make_program(once, 1, list, sizeof list);
  assert_int_equal(xs_cff_number((char *)once, len, &count), XS_OK);
  memcpy(twice, once, len);
  assert_int_equal(xs_cff_number((char *)twice, len, &count), XS_OK);
  assert_memory_equal(once, twice, len);
}

static void test_cff__cut_off_anywhere_is_no_font(void **state)
{
  unsigned char p[128];
  size_t count = 0, len = make_program(p, 1, list, sizeof list);
  /* The reader needs the head of the char strings only. */
  for (size_t cut = 0; cut < len - 10; cut++) {
    char *copy = malloc(cut ? cut : 1);
    assert_non_null(copy);
    memcpy(copy, p, cut);
    assert_int_equal(xs_cff_number(copy, cut, &count), XS_EINPUT);
    free(copy);
  }
}

static void test_cff__changed_bytes_never_lead_out_of_the_program(void **state)
{
  unsigned char p[128];
  for (size_t at = 0;; at++) {
    size_t count = 0, len = make_program(p, 1, list, sizeof list);
    if (at == len) break;
    for (unsigned value = 0; value < 256; value += 51) {
      unsigned char *copy = malloc(len);
      assert_non_null(copy);
      memcpy(copy, p, len);
      copy[at] = (unsigned char)value;
      xs_status status = xs_cff_number((char *)copy, len, &count);
      assert_true(status == XS_OK || status == XS_EINPUT);
      free(copy);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cff__every_form_of_charset_becomes_one_range),
      cmocka_unit_test(test_cff__without_cids_is_left_alone),
      cmocka_unit_test(test_cff__numbered_twice_is_numbered_once),
      cmocka_unit_test(test_cff__cut_off_anywhere_is_no_font),
      cmocka_unit_test(test_cff__changed_bytes_never_lead_out_of_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
