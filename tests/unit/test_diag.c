#include "unit/unit.h"

#include "base/diag.h"
#include "base/diag_print.h"
#include "base/limits.h"
#include "support/fail_host.h"

static const char letter[] = "<a>\n"
                             "  <b of=\"employer/nmae\"/>\r\n"
                             "\t协商甲乙 x\n"
                             "last";

/* The place of `what` in the letter. */
static xs_span at(uint32_t source, const char *what)
{
  return (xs_span){source, (uint32_t)(strstr(letter, what) - letter), (uint32_t)strlen(what)};
}

static xs_diags *diags_with_letter(void)
{
  xs_diags *d = xs_diags_new(xs_host_posix());
  assert_int_equal(xs_diags_source(d, XS_LIT("letter.xml"), (xs_text){letter, sizeof letter - 1}),
                   1);
  return d;
}

static void assert_printed(const xs_diags *d, const char *expected)
{
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 1 << 20);
  assert_int_equal(xs_diags_print(d, &b), XS_OK);
  assert_text(xs_buf_view(&b), expected);
  xs_buf_free(&b);
}

static void test_diag__place_becomes_line_and_column(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag_view v = {.line = 0};
  assert_true(xs_diags_locate(d, at(1, "employer/nmae"), &v));
  assert_text(v.file, "letter.xml");
  assert_int_equal(v.line, 2);
  assert_int_equal(v.column, 10);
  assert_int_equal(v.column_count, 13);
  assert_text(v.source_line, "  <b of=\"employer/nmae\"/>");

  assert_true(xs_diags_locate(d, at(1, "甲乙"), &v));
  assert_int_equal(v.line, 3);
  assert_int_equal(v.column, 4);
  assert_int_equal(v.column_count, 2);

  /* A place over several lines is marked to the end of its first. */
  assert_true(xs_diags_locate(d, at(1, "x\nlast"), &v));
  assert_int_equal(v.line, 3);
  assert_int_equal(v.column_count, 1);

  /* The end, and anything behind it. */
  assert_true(xs_diags_locate(d, (xs_span){1, sizeof letter - 1, 0}, &v));
  assert_int_equal(v.line, 4);
  assert_int_equal(v.column, 5);
  assert_true(xs_diags_locate(d, (xs_span){1, UINT32_MAX, UINT32_MAX}, &v));
  assert_int_equal(v.column, 5);
  assert_int_equal(v.column_count, 0);

  assert_false(xs_diags_locate(d, XS_NOWHERE, &v));
  assert_false(xs_diags_locate(d, (xs_span){2, 0, 0}, &v));
  xs_diags_free(d);
}

static void test_diag__an_empty_source_has_a_first_line(void **state)
{
  xs_diags *d = xs_diags_new(xs_host_posix());
  uint32_t s = xs_diags_source(d, XS_LIT("empty.xml"), XS_NO_TEXT);
  xs_diag(d, XS_D_FILE_READ, (xs_span){s, 0, 0}, "nothing here");
  assert_printed(d, "empty.xml:1:1: error: nothing here [file-read]\n"
                    "    1 | \n"
                    "      | ^\n");
  xs_diags_free(d);
}

static void test_diag__view_gives_slug_text_and_notes_in_order(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag_note(d, XS_NOWHERE, "a note of nothing is dropped");
  xs_diag(d, XS_D_FILE_READ, at(1, "nmae"), "no “%s”", "nmae");
  xs_diag_note(d, at(1, "last"), "seen here");
  xs_diag_view v;
  assert_true(xs_diags_view(d, 0, &v));
  assert_int_equal(v.severity, XS_ERROR);
  assert_text(v.slug, "file-read");
  assert_text(v.text, "no “nmae”");
  assert_int_equal(v.line, 2);
  assert_true(xs_diags_view(d, 1, &v));
  assert_int_equal(v.severity, XS_NOTE);
  assert_text(v.slug, "");
  assert_int_equal(v.line, 4);
  assert_false(xs_diags_view(d, 2, &v));
  assert_int_equal(xs_diags_count(d, XS_NOTE), 1);
  assert_int_equal(xs_diags_count(d, XS_ERROR), 1);
  xs_diags_free(d);
}

static void test_diag__since_sees_new_errors_only(void **state)
{
  xs_diags *d = diags_with_letter();
  assert_int_equal(xs_diags_since(d, 0), XS_OK);
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "x");
  assert_int_equal(xs_diags_since(d, 0), XS_EINPUT);
  assert_int_equal(xs_diags_since(d, xs_diags_count(d, XS_ERROR)), XS_OK);
  xs_diags_free(d);
}

static void test_diag__too_many_are_counted_only(void **state)
{
  xs_diags *d = diags_with_letter();
  for (unsigned i = 0; i < 3 * XS_MAX_DIAGS; i++) {
    xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "%u", i);
    if (i >= XS_MAX_DIAGS) xs_diag_note(d, XS_NOWHERE, "belongs to nothing");
  }
  xs_diag_view v;
  assert_true(xs_diags_view(d, XS_MAX_DIAGS - 1, &v));
  assert_text(v.slug, "limit");
  assert_true(xs_diags_view(d, XS_MAX_DIAGS, &v));
  assert_text(v.slug, "too-many");
  assert_false(xs_diags_view(d, XS_MAX_DIAGS + 1, &v));
  assert_int_equal(xs_diags_count(d, XS_ERROR), 3 * XS_MAX_DIAGS);
  xs_diags_free(d);
}

static void test_diag__notes_and_messages_have_ceilings(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "%*s协商", (int)XS_MAX_DIAG_BYTES - 5, "");
  for (unsigned i = 0; i < 2 * XS_MAX_DIAG_NOTES; i++) xs_diag_note(d, XS_NOWHERE, "%u", i);
  xs_diag_view v;
  assert_true(xs_diags_view(d, 0, &v));
  assert_true(v.text.len < XS_MAX_DIAG_BYTES);
  assert_memory_equal(v.text.ptr + v.text.len - 3, "…", 3);
  assert_true(xs_diags_view(d, XS_MAX_DIAG_NOTES, &v));
  assert_false(xs_diags_view(d, XS_MAX_DIAG_NOTES + 1, &v));
  xs_diags_free(d);
}

static void test_diag__clear_keeps_the_sources(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "x");
  xs_diags_clear(d);
  xs_diag_view v;
  assert_false(xs_diags_view(d, 0, &v));
  assert_int_equal(xs_diags_count(d, XS_NOTE), 0);
  assert_text(xs_diags_source_name(d, 1), "letter.xml");
  assert_text(xs_diags_source_bytes(d, 1), letter);
  xs_diag_note(d, XS_NOWHERE, "of nothing");
  assert_false(xs_diags_view(d, 0, &v));
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "y");
  assert_true(xs_diags_view(d, 0, &v));
  assert_text(v.text, "y");
  xs_diags_free(d);
}

static void test_diag__source_copy_does_not_need_the_original(void **state)
{
  xs_diags *d = xs_diags_new(xs_host_posix());
  char bytes[] = "abc", name[] = "n";
  uint32_t s = xs_diags_source_copy(d, (xs_text){name, 1}, (xs_text){bytes, 3});
  memset(bytes, '?', 3);
  name[0] = '?';
  assert_text(xs_diags_source_name(d, s), "n");
  assert_text(xs_diags_source_bytes(d, s), "abc");
  assert_text(xs_diags_source_name(d, 0), "");
  assert_text(xs_diags_source_name(d, 9), "");
  for (unsigned i = 1; i < XS_MAX_SOURCES; i++)
    assert_int_equal(xs_diags_source(d, XS_LIT("n"), XS_LIT("")), i + 1);
  assert_int_equal(xs_diags_source(d, XS_LIT("n"), XS_LIT("")), 0);
  xs_diags_free(d);
}

static void test_diag__printed_as_people_read_it(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag(d, XS_D_FILE_READ, at(1, "employer/nmae"), "no field “%s”", "employer/nmae");
  xs_diag_note(d, at(1, "last"), "the nearest is “employer/name”");
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "no place");
  assert_printed(d, "letter.xml:2:10: error: no field “employer/nmae” [file-read]\n"
                    "    2 |   <b of=\"employer/nmae\"/>\n"
                    "      |          ^~~~~~~~~~~~~\n"
                    "letter.xml:4:1: note: the nearest is “employer/name”\n"
                    "error: no place [limit]\n");
  xs_diags_free(d);
}

static void test_diag__carets_count_wide_characters_as_two(void **state)
{
  xs_diags *d = diags_with_letter();
  xs_diag(d, XS_D_LIMIT, at(1, "甲乙"), "wide");
  assert_printed(d, "letter.xml:3:4: error: wide [limit]\n"
                    "    3 | \t协商甲乙 x\n"
                    "      | \t    ^~~~\n");
  xs_diags_free(d);
}

static void test_diag__carets_give_marks_no_cell(void **state)
{
  xs_diags *d = xs_diags_new(xs_host_posix());
  xs_text bytes = XS_LIT("e\xCC\x81葛\xF3\xA0\x84\x80xy");
  uint32_t s = xs_diags_source(d, XS_LIT("m"), bytes);
  xs_diag(d, XS_D_LIMIT, (xs_span){s, (uint32_t)bytes.len - 2, 2}, "marks");
  assert_printed(d, "m:1:5: error: marks [limit]\n"
                    "    1 | e\xCC\x81葛\xF3\xA0\x84\x80xy\n"
                    "      |    ^~\n");
  xs_diags_free(d);
}

static void test_diag__controls_do_not_reach_the_terminal(void **state)
{
  xs_diags *d = xs_diags_new(xs_host_posix());
  uint32_t s = xs_diags_source(d, XS_LIT("a\x1B"), XS_LIT("\x1B[2J\xE2\x80\xAE\xFFz"));
  xs_diag(d, XS_D_LIMIT, (xs_span){s, 8, 1}, "see %s", "\x07");
  assert_printed(d, "a\xEF\xBF\xBD:1:7: error: see \xEF\xBF\xBD [limit]\n"
                    "    1 | \xEF\xBF\xBD[2J\xEF\xBF\xBD\xEF\xBF\xBDz\n"
                    "      |       ^\n");
  xs_diags_free(d);
}

static void test_diag__a_long_line_is_cut_around_the_place(void **state)
{
  static char line[1000000];
  memset(line, 'a', sizeof line);
  line[500000] = 'B';
  xs_diags *d = xs_diags_new(xs_host_posix());
  uint32_t s = xs_diags_source(d, XS_LIT("n"), (xs_text){line, sizeof line});
  xs_diag(d, XS_D_LIMIT, (xs_span){s, 500000, 1}, "long");
  xs_buf b;
  xs_buf_init(&b, xs_host_posix(), 4096);
  assert_int_equal(xs_diags_print(d, &b), XS_OK);
  assert_true(b.len < 300);
  assert_int_equal(xs_buf_char(&b, 0), XS_OK);
  const char *shown = strstr(b.ptr, "    1 | …a"), *carets = strstr(b.ptr, "      |  ");
  assert_non_null(shown);
  assert_non_null(carets);
  /* “…” has three bytes and one cell. */
  assert_int_equal(strchr(shown, 'B') - shown - 2, strchr(carets, '^') - carets);
  xs_buf_free(&b);
  xs_diags_free(d);
}

static void test_diag__every_code_has_a_slug_of_its_own(void **state)
{
  for (int i = 0; i < XS_D_COUNT; i++) {
    assert_true(strlen(xs_diag_slug((xs_diag_code)i)) > 0);
    assert_true(strlen(xs_diag_title((xs_diag_code)i)) > 0);
    for (int j = 0; j < i; j++)
      assert_string_not_equal(xs_diag_slug((xs_diag_code)i), xs_diag_slug((xs_diag_code)j));
  }
  assert_int_equal(xs_diag_severity(XS_D_FILE_READ), XS_ERROR);
}

static void test_diag__out_of_memory_still_counts(void **state)
{
  for (long n = 0;; n++) {
    fail_host f;
    fail_host_init(&f, n);
    xs_diags *d = xs_diags_new(&f.host);
    bool passed = false;
    if (d) {
      xs_diags_source_copy(d, XS_LIT("n"), XS_LIT("bytes"));
      xs_diag(d, XS_D_LIMIT, XS_NOWHERE, "first");
      xs_diag_note(d, XS_NOWHERE, "note");
      assert_int_equal(xs_diags_count(d, XS_ERROR), 1);
      xs_diag_view v;
      passed = xs_diags_view(d, 1, &v) && xs_diags_source_bytes(d, 1).len == 5;
    }
    xs_diags_free(d);
    assert_int_equal(f.live, 0);
    if (passed) return;
    assert_true(n < 100);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_diag__place_becomes_line_and_column),
      cmocka_unit_test(test_diag__an_empty_source_has_a_first_line),
      cmocka_unit_test(test_diag__view_gives_slug_text_and_notes_in_order),
      cmocka_unit_test(test_diag__since_sees_new_errors_only),
      cmocka_unit_test(test_diag__too_many_are_counted_only),
      cmocka_unit_test(test_diag__notes_and_messages_have_ceilings),
      cmocka_unit_test(test_diag__clear_keeps_the_sources),
      cmocka_unit_test(test_diag__source_copy_does_not_need_the_original),
      cmocka_unit_test(test_diag__printed_as_people_read_it),
      cmocka_unit_test(test_diag__carets_count_wide_characters_as_two),
      cmocka_unit_test(test_diag__carets_give_marks_no_cell),
      cmocka_unit_test(test_diag__controls_do_not_reach_the_terminal),
      cmocka_unit_test(test_diag__a_long_line_is_cut_around_the_place),
      cmocka_unit_test(test_diag__every_code_has_a_slug_of_its_own),
      cmocka_unit_test(test_diag__out_of_memory_still_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
