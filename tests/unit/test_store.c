#define FILE_NAME "test_store.db"
#include "support/store_fixture.h"

/* ---- opening ---- */

static void test_store__opens_what_it_wrote(void **state)
{
  fixture *f = *state;
  xs_store_case c;
  open_again(f, 0);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_text(c.title, "海滨机械厂工资集体协商");
  assert_text(c.year, "2025");
  assert_int_equal(c.revision, 1);
  assert_int_equal(c.digest.len, 64);
  open_again(f, XS_STORE_READ_ONLY);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
}

static void test_store__says_when_there_is_none(void **state)
{
  fixture *f = *state;
  xs_store *none = NULL;
  assert_int_equal(xs_store_open(&f->clock.host, "no-such.db", 0, f->diags, &none), XS_EIO);
  assert_null(none);
  assert_string_equal(slug_at(f->diags, 0), "store-missing");
}

/* ---- cases ---- */

static void test_store__an_id_is_taken_once(void **state)
{
  fixture *f = *state;
  xs_store_case c = {.uid = UID};
  assert_int_equal(xs_store_case_add(f->store, &c, f->diags), XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "case-taken");
}

static void test_store__an_unknown_case_is_told(void **state)
{
  fixture *f = *state;
  xs_store_case c;
  assert_int_equal(xs_store_case_find(f->a, f->store, XS_LIT("wage-2026"), f->diags, &c),
                   XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "case-unknown");
}

static void test_store__lists_what_changed_last_first(void **state)
{
  fixture *f = *state;
  xs_store_case *rows;
  size_t count, total;
  f->clock.now++;
  add_case(f, XS_LIT("b"));
  f->clock.now++;
  add_case(f, XS_LIT("c"));
  xs_store_track track = {XS_LIT("talks"), XS_NO_TEXT, XS_LIT("answered"), 20250304};
  assert_int_equal(xs_store_tracks_put(f->store, XS_LIT("b"), &track, 1, f->diags), XS_OK);

  xs_store_filter all = {.limit = 2};
  assert_int_equal(xs_store_case_list(f->a, f->store, &all, f->diags, &rows, &count, &total),
                   XS_OK);
  assert_int_equal(count, 2);
  assert_int_equal(total, 3);
  assert_text(rows[0].uid, "c");
  assert_text(rows[1].uid, "b");

  xs_store_filter answered = {.state = XS_LIT("answered")};
  assert_int_equal(xs_store_case_list(f->a, f->store, &answered, f->diags, &rows, &count, &total),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_int_equal(total, 1);
  assert_text(rows[0].uid, "b");
}

/* ---- revisions ---- */

static void test_store__gives_every_revision_back_byte_for_byte(void **state)
{
  fixture *f = *state;
  static char first[20000], second[20000];
  for (size_t i = 0; i < sizeof first - 1; i++) first[i] = (char)('a' + i * i % 23);
  memcpy(second, first, sizeof first);
  memcpy(second + 10000, "changed", 7);
  assert_int_equal(revise(f, 1, first, "林若溪"), 2);
  assert_int_equal(revise(f, 2, second, "林若溪"), 3);
  assert_int_equal(revise(f, 3, first, "林若溪"), 4);
  xs_text bytes;
  for (int64_t i = 2; i <= 4; i++) {
    assert_int_equal(xs_store_revision_get(f->a, f->store, UID, i, f->diags, &bytes), XS_OK);
    assert_text(bytes, i == 3 ? second : first);
  }
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 0, f->diags, &bytes), XS_OK);
  assert_text(bytes, first);
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 5, f->diags, &bytes), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "revision-unknown");
}

static void test_store__refuses_a_change_of_what_has_changed(void **state)
{
  fixture *f = *state;
  int64_t number = 0;
  xs_text bytes;
  revise(f, 1, "<case>二</case>", "周明远");
  assert_int_equal(xs_store_revision_put(f->store, UID, 1, XS_LIT("<case>三</case>"),
                                         XS_LIT("林若溪"), f->diags, &number),
                   XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "revision-conflict");
  assert_true(is_said(f->diags, "周明远"));
  assert_true(is_said(f->diags, "2025-03-04T02:11:00Z"));
  assert_true(is_said(f->diags, "--base 2"));
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 0, f->diags, &bytes), XS_OK);
  assert_text(bytes, "<case>二</case>");
}

/* ---- transactions ---- */

static void test_store__after_a_failure_nothing_is_committed(void **state)
{
  fixture *f = *state;
  int64_t number;
  xs_text bytes;
  assert_int_equal(xs_store_begin(f->store, f->diags), XS_OK);
  revise(f, 1, "<case>二</case>", "周明远");
  assert_int_equal(xs_store_revision_put(f->store, UID, 1, XS_LIT("<case>三</case>"),
                                         XS_LIT("林若溪"), f->diags, &number),
                   XS_ECONFLICT);
  assert_int_equal(xs_store_commit(f->store, f->diags), XS_ECONFLICT);
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 0, f->diags, &bytes), XS_OK);
  assert_text(bytes, "<case>一</case>");
}

static void test_store__a_rollback_leaves_nothing(void **state)
{
  fixture *f = *state;
  xs_text bytes;
  assert_int_equal(xs_store_begin(f->store, f->diags), XS_OK);
  revise(f, 1, "<case>二</case>", "周明远");
  xs_store_rollback(f->store);
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 0, f->diags, &bytes), XS_OK);
  assert_text(bytes, "<case>一</case>");
}

/* ---- what stands beside a case ---- */

static void test_store__keeps_tracks_and_labels(void **state)
{
  fixture *f = *state;
  xs_store_track tracks[] = {{XS_LIT("talks"), XS_NO_TEXT, XS_LIT("closed"), 20250301},
                             {XS_LIT("contract"), XS_LIT("k1"), XS_LIT("signed"), 20250303}};
  xs_store_label labels[] = {{XS_LIT("union"), XS_LIT("滨州市总工会")}};
  assert_int_equal(xs_store_tracks_put(f->store, UID, tracks, 2, f->diags), XS_OK);
  assert_int_equal(xs_store_tracks_put(f->store, UID, tracks, 2, f->diags), XS_OK);
  assert_int_equal(xs_store_labels_put(f->store, UID, labels, 1, f->diags), XS_OK);
  xs_store_track *found;
  xs_store_label *words;
  size_t count;
  assert_int_equal(xs_store_tracks_get(f->a, f->store, UID, f->diags, &found, &count), XS_OK);
  assert_int_equal(count, 2);
  assert_text(found[0].kind, "contract");
  assert_text(found[0].key, "k1");
  assert_text(found[1].state, "closed");
  assert_int_equal(found[1].since, 20250301);
  assert_int_equal(xs_store_labels_get(f->a, f->store, UID, f->diags, &words, &count), XS_OK);
  assert_int_equal(count, 1);
  assert_text(words[0].value, "滨州市总工会");
}

static xs_store_deadline deadline(const char *limit, uint32_t trigger, uint32_t due, uint32_t met)
{
  return (xs_store_deadline){.limit = xs_text_of(limit),
                             .track = XS_LIT("talks"),
                             .what = XS_LIT("应约"),
                             .actor = XS_LIT("企业"),
                             .law = XS_LIT("《集体合同规定》第三十二条"),
                             .grade = XS_LIT("A"),
                             .kind = XS_LIT("wage"),
                             .known = trigger,
                             .trigger = trigger,
                             .due = due,
                             .met = met,
                             .verified = true};
}

static void test_store__finds_what_was_open_on_a_day(void **state)
{
  fixture *f = *state;
  xs_store_deadline rows[] = {deadline("answer", 20250301, 20250321, 20250310),
                              deadline("filing", 20250305, 20250315, 0),
                              deadline("review", 20250320, 20250404, 0)};
  rows[2].ceased = 20250330;
  assert_int_equal(xs_store_deadlines_put(f->store, UID, rows, 3, f->diags), XS_OK);
  static const struct {
    uint32_t as_of, to;
    size_t count;
    const char *first;
  } tries[] = {{20250308, 0, 2, "filing"}, {20250310, 0, 1, "filing"},
               {20250320, 0, 2, "filing"}, {20250320, 20250314, 0, NULL},
               {20250301, 0, 1, "answer"}, {20250228, 0, 0, NULL}};
  for (size_t i = 0; i < XS_COUNT(tries); i++) {
    xs_store_due ask = {.as_of = tries[i].as_of, .to = tries[i].to};
    xs_store_deadline *found;
    size_t count, total;
    assert_int_equal(
        xs_store_deadlines_find(f->a, f->store, &ask, f->diags, &found, &count, &total), XS_OK);
    assert_int_equal(count, tries[i].count);
    assert_int_equal(total, count);
    if (count) assert_text(found[0].limit, tries[i].first);
    if (count) assert_text(found[0].title, "海滨机械厂工资集体协商");
  }
}

static void test_store__deadlines_are_replaced_as_a_whole(void **state)
{
  fixture *f = *state;
  xs_store_deadline rows[] = {deadline("answer", 20250301, 20250321, 0),
                              deadline("filing", 20250305, 20250315, 0),
                              deadline("review", 20250306, 20250404, 0)};
  xs_store_deadline *found;
  size_t count;
  xs_store_due ask = {.as_of = 20250310, .uid = UID};
  assert_int_equal(xs_store_deadlines_put(f->store, UID, rows, 3, f->diags), XS_OK);
  rows[0].met = 20250309;
  rows[1].item = XS_LIT("k1");
  assert_int_equal(xs_store_deadlines_put(f->store, UID, rows, 2, f->diags), XS_OK);
  assert_int_equal(xs_store_deadlines_find(f->a, f->store, &ask, f->diags, &found, &count, NULL),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_text(found[0].limit, "filing");
  assert_text(found[0].item, "k1");
  rows[0].met = 0;
  assert_int_equal(xs_store_deadlines_put(f->store, UID, rows, 1, f->diags), XS_OK);
  assert_int_equal(xs_store_deadlines_find(f->a, f->store, &ask, f->diags, &found, &count, NULL),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_text(found[0].limit, "answer");
  assert_text(found[0].law, "《集体合同规定》第三十二条");
}

static void test_store__keeps_users(void **state)
{
  fixture *f = *state;
  xs_store_user user = {XS_LIT("林若溪"), XS_LIT("drafter reviewer"), true}, found;
  bool known;
  assert_int_equal(xs_store_user_put(f->store, &user, f->diags), XS_OK);
  user.active = false;
  assert_int_equal(xs_store_user_put(f->store, &user, f->diags), XS_OK);
  assert_int_equal(xs_store_user_find(f->a, f->store, user.name, f->diags, &found, &known), XS_OK);
  assert_true(known);
  assert_text(found.roles, "drafter reviewer");
  assert_false(found.active);
  assert_int_equal(xs_store_user_find(f->a, f->store, XS_LIT("周明远"), f->diags, &found, &known),
                   XS_OK);
  assert_false(known);
}

static void test_store__keeps_a_pack_once(void **state)
{
  fixture *f = *state;
  char one[65], two[65];
  xs_store_pack pack = {XS_LIT("shandong"), XS_LIT("3"), XS_LIT("<rules id='shandong'/>")}, found;
  assert_int_equal(xs_store_pack_put(f->store, &pack, f->diags, one), XS_OK);
  assert_int_equal(xs_store_pack_put(f->store, &pack, f->diags, two), XS_OK);
  assert_string_equal(one, two);
  assert_int_equal(xs_store_pack_get(f->a, f->store, xs_text_of(one), f->diags, &found), XS_OK);
  assert_text(found.id, "shandong");
  assert_text(found.bytes, "<rules id='shandong'/>");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_store__opens_what_it_wrote),
      TEST(test_store__says_when_there_is_none),
      TEST(test_store__an_id_is_taken_once),
      TEST(test_store__an_unknown_case_is_told),
      TEST(test_store__lists_what_changed_last_first),
      TEST(test_store__gives_every_revision_back_byte_for_byte),
      TEST(test_store__refuses_a_change_of_what_has_changed),
      TEST(test_store__after_a_failure_nothing_is_committed),
      TEST(test_store__a_rollback_leaves_nothing),
      TEST(test_store__keeps_tracks_and_labels),
      TEST(test_store__finds_what_was_open_on_a_day),
      TEST(test_store__deadlines_are_replaced_as_a_whole),
      TEST(test_store__keeps_users),
      TEST(test_store__keeps_a_pack_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
