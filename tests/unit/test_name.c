#include "unit/unit.h"

#include "base/text.h"
#include "packet/name.h"

static xs_arena *a;

static int set_up(void **state)
{
  a = xs_arena_new(xs_host_posix());
  return a ? 0 : -1;
}

static int tear_down(void **state)
{
  xs_arena_free(a);
  return 0;
}

static xs_text make(const char *title, uint32_t ordinal)
{
  return xs_name_make(a, XS_LIT("03"), xs_text_of(title), ordinal, "pdf");
}

static void test_name__number_and_title(void **state)
{
  assert_text(make("职代会决议", 0), "03_职代会决议.pdf");
  assert_text(make("协商会议记录", 2), "03_协商会议记录_2.pdf");
}

static void test_name__forbidden_characters_become_full_width(void **state)
{
  assert_text(make("a\\b/c:d*e?f\"g<h>i|j", 0), "03_a＼b／c：d＊e？f＂g＜h＞i｜j.pdf");
}

static void test_name__unseen_characters_and_loose_ends_fall_away(void **state)
{
  assert_text(make(" 要\u200b约\u202e书\t\x01. ", 0), "03_要约书.pdf");
  assert_text(make("...", 0), "03_.pdf");
}

static void test_name__long_title_is_cut_between_characters(void **state)
{
  char title[3 * 120 + 1] = "";
  for (int i = 0; i < 120; i++) memcpy(title + 3 * i, "合", 3);
  xs_text name = make(title, 11);
  size_t bad = 0;
  assert_true(name.len <= 255 && name.len > 250);
  assert_true(xs_text_valid(name, &bad));
  assert_true(xs_text_ends(name, "合_11.pdf"));
}

static void test_name__dangers(void **state)
{
  const char *const dangerous[] = {"",         "/etc/passwd", "../a.pdf", "a/../../b", "a/..",
                                   "..",       ".",           "a\\b",     "C:a.pdf",   "c:/a",
                                   "a\nb.pdf", "a\x7f.pdf",   "\u202ea",  "a/./b"};
  for (size_t i = 0; i < XS_COUNT(dangerous); i++) {
    if (xs_name_danger(xs_text_of(dangerous[i]))) continue;
    fail_msg("“%s” was let through", dangerous[i]);
  }
  const char *const safe[] = {"03_职代会决议.pdf", "a/b.pdf", "...pdf", "a..b", "𠮷.pdf"};
  for (size_t i = 0; i < XS_COUNT(safe); i++) {
    if (!xs_name_danger(xs_text_of(safe[i]))) continue;
    fail_msg("“%s” was refused", safe[i]);
  }
}

static void test_name__every_name_we_make_is_safe(void **state)
{
  const char *const titles[] = {"../../x", "C:\\x", "a\r\nb", "\u202e", ".", "con"};
  for (size_t i = 0; i < XS_COUNT(titles); i++) assert_null(xs_name_danger(make(titles[i], 0)));
}

static bool same(const char *one, const char *other)
{
  return xs_text_equal(xs_name_key(a, xs_text_of(one)), xs_name_key(a, xs_text_of(other)));
}

static void test_name__key_ignores_case_and_composition(void **state)
{
  assert_true(same("A.PDF", "a.pdf"));
  assert_true(same("\u00e9.pdf", "e\u0301.pdf"));
  assert_false(same("要约书.pdf", "应约书.pdf"));
  assert_false(same("①.pdf", "1.pdf"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_name__number_and_title),
      cmocka_unit_test(test_name__forbidden_characters_become_full_width),
      cmocka_unit_test(test_name__unseen_characters_and_loose_ends_fall_away),
      cmocka_unit_test(test_name__long_title_is_cut_between_characters),
      cmocka_unit_test(test_name__dangers),
      cmocka_unit_test(test_name__every_name_we_make_is_safe),
      cmocka_unit_test(test_name__key_ignores_case_and_composition),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
