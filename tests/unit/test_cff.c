#include "unit/unit.h"

#include "base/arena.h"
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

static xs_status read_cids(const unsigned char *p, size_t len, uint16_t out[4])
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  const uint16_t *cids = NULL;
  size_t count = 0;
  xs_status status = xs_cff_cids(a, (xs_text){(const char *)p, len}, &cids, &count);
  if (!status) {
    assert_int_equal(count, 4);
    memcpy(out, cids, 4 * sizeof *out);
  }
  xs_arena_free(a);
  return status;
}

static void expect_cids(int ros, const unsigned char *charset, size_t charset_len, uint16_t first,
                        uint16_t second, uint16_t third)
{
  unsigned char p[128];
  uint16_t cids[4] = {0};
  size_t len = make_program(p, ros, charset, charset_len);
  assert_int_equal(read_cids(p, len, cids), XS_OK);
  assert_int_equal(cids[0], 0);
  assert_int_equal(cids[1], first);
  assert_int_equal(cids[2], second);
  assert_int_equal(cids[3], third);
}

static void test_cff__reads_every_form_of_charset(void **state)
{
  const unsigned char list[] = {0, 0x10, 0x01, 0x00, 0x07, 0x75, 0x30};
  const unsigned char short_ranges[] = {1, 0x10, 0x01, 1, 0x00, 0x07, 0};
  const unsigned char long_range[] = {2, 0x10, 0x01, 0, 2};
  expect_cids(1, list, sizeof list, 0x1001, 7, 0x7530);
  expect_cids(1, short_ranges, sizeof short_ranges, 0x1001, 0x1002, 7);
  expect_cids(1, long_range, sizeof long_range, 0x1001, 0x1002, 0x1003);
}

static void test_cff__without_cids_counts_glyphs(void **state)
{
  const unsigned char list[] = {0, 0x10, 0x01, 0x00, 0x07, 0x75, 0x30};
  expect_cids(0, list, sizeof list, 1, 2, 3);
}

static void test_cff__cut_off_anywhere_is_no_font(void **state)
{
  const unsigned char list[] = {0, 0x10, 0x01, 0x00, 0x07, 0x75, 0x30};
  unsigned char p[128];
  uint16_t cids[4];
  size_t len = make_program(p, 1, list, sizeof list);
  /* The reader needs the head of the char strings only. */
  for (size_t cut = 0; cut < len - 10; cut++) {
    unsigned char *copy = malloc(cut ? cut : 1);
    assert_non_null(copy);
    memcpy(copy, p, cut);
    assert_int_equal(read_cids(copy, cut, cids), XS_EINPUT);
    free(copy);
  }
}

static void test_cff__changed_bytes_never_lead_out_of_the_program(void **state)
{
  const unsigned char list[] = {0, 0x10, 0x01, 0x00, 0x07, 0x75, 0x30};
  unsigned char p[128];
  for (size_t at = 0;; at++) {
    size_t len = make_program(p, 1, list, sizeof list);
    if (at == len) break;
    for (unsigned value = 0; value < 256; value += 51) {
      unsigned char *copy = malloc(len);
      assert_non_null(copy);
      memcpy(copy, p, len);
      copy[at] = (unsigned char)value;
      xs_arena *a = xs_arena_new(xs_host_posix());
      const uint16_t *out = NULL;
      size_t count = 0;
      xs_status status = xs_cff_cids(a, (xs_text){(char *)copy, len}, &out, &count);
      assert_true(status == XS_OK || status == XS_EINPUT);
      xs_arena_free(a);
      free(copy);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cff__reads_every_form_of_charset),
      cmocka_unit_test(test_cff__without_cids_counts_glyphs),
      cmocka_unit_test(test_cff__cut_off_anywhere_is_no_font),
      cmocka_unit_test(test_cff__changed_bytes_never_lead_out_of_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
