#define FILE_NAME "test_search.db"
#include "support/store_fixture.h"

#include "store/search.h"
#include "store/tokens.h"

static void add_text(fixture *f, const char *uid, const char *text)
{
  f->clock.now++;
  if (!xs_text_is(UID, uid)) add_case(f, xs_text_of(uid));
  assert_int_equal(xs_store_search_put(f->store, xs_text_of(uid), xs_text_of(text), f->diags),
                   XS_OK);
}

/* The ids found, in their order, with blanks between. */
static const char *ask(fixture *f, const char *words)
{
  static char found[256];
  xs_store_filter filter = {.text = xs_text_of(words)};
  xs_store_case *rows;
  size_t count, total, len = 0;
  found[0] = '\0';
  if (xs_store_case_list(f->a, f->store, &filter, f->diags, &rows, &count, &total))
    return slug_at(f->diags, 0);
  assert_int_equal(total, count);
  for (size_t i = 0; i < count; i++)
    len += (size_t)snprintf(found + len, sizeof found - len, "%s%.*s", i ? " " : "",
                            XS_TEXT(rows[i].uid));
  return found;
}

static void fill(fixture *f)
{
  add_text(f, "wage-2025", "海滨机械厂 林若溪 工资专项集体合同 编号 2025-0017");
  add_text(f, "b", "滨海新区环卫有限公司 买买提·吐尔逊 91370100MA3C0B0C14 二○二五年");
  add_text(f, "c", "𠮷林纺织厂 周明远 Ｂｉｎｈａｉ Textile");
}

static void test_search__finds_one_two_and_more_characters(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "厂"), "c wage-2025");
  assert_string_equal(ask(f, "滨"), "b wage-2025");
  assert_string_equal(ask(f, "海滨"), "wage-2025");
  assert_string_equal(ask(f, "滨海"), "b");
  assert_string_equal(ask(f, "机械厂"), "wage-2025");
  assert_string_equal(ask(f, "工资专项集体合同"), "wage-2025");
  assert_string_equal(ask(f, "工资集体合同"), "");
  assert_string_equal(ask(f, "溪"), "wage-2025");
  assert_string_equal(ask(f, "若溪"), "wage-2025");
}

static void test_search__finds_characters_beyond_the_first_plane(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "𠮷"), "c");
  assert_string_equal(ask(f, "𠮷林"), "c");
  assert_string_equal(ask(f, "吉林"), "");
}

static void test_search__the_dot_in_a_name_may_be_left_out(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "买买提·吐尔逊"), "b");
  assert_string_equal(ask(f, "买买提•吐尔逊"), "b");
  assert_string_equal(ask(f, "买买提吐尔逊"), "b");
  assert_string_equal(ask(f, "吐尔逊"), "b");
}

static void test_search__finds_numbers_and_words_by_their_beginning(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "2025-0017"), "wage-2025");
  assert_string_equal(ask(f, "0017"), "wage-2025");
  assert_string_equal(ask(f, "913701"), "b");
  assert_string_equal(ask(f, "91370100ma3c0b0c14"), "b");
  assert_string_equal(ask(f, "binhai"), "c");
  assert_string_equal(ask(f, "ｂｉｎ"), "c");
  assert_string_equal(ask(f, "bi"), "");
  assert_string_equal(ask(f, "二〇二五"), "b");
}

static void test_search__all_words_must_be_there(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "厂 林"), "c wage-2025");
  assert_string_equal(ask(f, "机械 林若溪"), "wage-2025");
  assert_string_equal(ask(f, "机械，周明远"), "");
  assert_string_equal(ask(f, "厂textile"), "c");
}

static void test_search__runs_do_not_run_together(void **state)
{
  fixture *f = *state;
  add_text(f, "b", "甲公司 司法局");
  assert_string_equal(ask(f, "公司法"), "");
  assert_string_equal(ask(f, "司法"), "b");
}

static void test_search__marks_of_the_language_are_no_marks(void **state)
{
  fixture *f = *state;
  fill(f);
  assert_string_equal(ask(f, "\"厂\" OR *"), "");
  assert_string_equal(ask(f, "text:厂"), "c");
  assert_string_equal(ask(f, "厂) --"), "c wage-2025");
  assert_string_equal(ask(f, "，。"), "search-empty");
}

static void test_search__the_newest_text_comes_first(void **state)
{
  fixture *f = *state;
  fill(f);
  add_text(f, "wage-2025", "海滨机械厂 孙晓岚");
  assert_string_equal(ask(f, "厂"), "wage-2025 c");
  assert_string_equal(ask(f, "孙晓岚"), "wage-2025");
  assert_string_equal(ask(f, "林若溪"), "");
  revise(f, 1, "<case>海滨机械厂 孙晓岚</case>", "林若溪");
  add_text(f, "wage-2025", "海滨机械厂 林若溪");
  assert_string_equal(ask(f, "孙晓岚"), "");
  assert_string_equal(ask(f, "林若溪"), "wage-2025");
}

static void test_search__limits_count_all(void **state)
{
  fixture *f = *state;
  xs_store_case *rows;
  size_t count, total;
  fill(f);
  xs_store_filter filter = {.text = XS_LIT("厂"), .limit = 1, .offset = 1};
  assert_int_equal(xs_store_case_list(f->a, f->store, &filter, f->diags, &rows, &count, &total),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_int_equal(total, 2);
  assert_text(rows[0].uid, "wage-2025");
  filter = (xs_store_filter){.text = XS_LIT("厂"), .kind = XS_LIT("general")};
  assert_int_equal(xs_store_case_list(f->a, f->store, &filter, f->diags, &rows, &count, &total),
                   XS_OK);
  assert_int_equal(count, 0);
  assert_int_equal(total, 0);
}

static void test_search__knows_letters(void **state)
{
  assert_int_equal(xs_letter_of(0x6D77), XS_LETTER_HAN);
  assert_int_equal(xs_letter_of(0x20BB7), XS_LETTER_HAN);
  assert_int_equal(xs_letter_of(0x3007), XS_LETTER_HAN);
  assert_int_equal(xs_letter_of(0xE000), XS_LETTER_HAN);
  assert_int_equal(xs_letter_of('a'), XS_LETTER_WORD);
  assert_int_equal(xs_letter_of('7'), XS_LETTER_WORD);
  assert_int_equal(xs_letter_of(0x0628), XS_LETTER_WORD);
  assert_int_equal(xs_letter_of(0xB7), XS_LETTER_DOT);
  assert_int_equal(xs_letter_of(0xFF0C), XS_LETTER_NONE);
  assert_int_equal(xs_letter_of(' '), XS_LETTER_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_search__finds_one_two_and_more_characters),
      TEST(test_search__finds_characters_beyond_the_first_plane),
      TEST(test_search__the_dot_in_a_name_may_be_left_out),
      TEST(test_search__finds_numbers_and_words_by_their_beginning),
      TEST(test_search__all_words_must_be_there),
      TEST(test_search__runs_do_not_run_together),
      TEST(test_search__marks_of_the_language_are_no_marks),
      TEST(test_search__the_newest_text_comes_first),
      TEST(test_search__limits_count_all),
      TEST(test_search__knows_letters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
