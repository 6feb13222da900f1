#define FILE_NAME "test_event.db"
#include "support/store_fixture.h"

static const char line[] =
    "{\"at\":\"2025-03-04T02:11:00Z\",\"by\":\"林若溪\",\"case\":\"wage-2025\","
    "\"date\":\"2025-03-03\",\"files\":[\"ab\",\"cd\"],\"from\":\"adopted\",\"kind\":\"step\","
    "\"prev\":\"9c1f\",\"reason\":\"说“好”\\\"\\\\\\u000a𠮷\",\"revision\":3,\"seq\":7,"
    "\"step\":\"sign\",\"to\":\"signed\",\"track\":\"contract\"}";

static void test_event__is_one_line_of_sorted_members(void **state)
{
  fixture *f = *state;
  const xs_text files[] = {XS_LIT("ab"), XS_LIT("cd")};
  xs_event e = {.kind = XS_LIT("step"),
                .by = XS_LIT("林若溪"),
                .uid = UID,
                .date = 20250303,
                .files = files,
                .file_count = 2,
                .from = XS_LIT("adopted"),
                .to = XS_LIT("signed"),
                .track = XS_LIT("contract"),
                .step = XS_LIT("sign"),
                .reason = XS_LIT("说“好”\"\\\n𠮷"),
                .revision = 3,
                .seq = 7,
                .prev = XS_LIT("9c1f"),
                .at = f->clock.now};
  xs_buf out;
  xs_buf_init(&out, &f->clock.host, 4096);
  assert_int_equal(xs_event_write(&e, &out), XS_OK);
  assert_text(xs_buf_view(&out), line);
  xs_buf_free(&out);
}

static void test_event__is_read_as_it_was_written(void **state)
{
  fixture *f = *state;
  xs_event e;
  assert_int_equal(xs_event_read(f->a, xs_text_of(line), &e), XS_OK);
  assert_text(e.by, "林若溪");
  assert_int_equal(e.date, 20250303);
  assert_int_equal(e.at, 1741054260);
  assert_int_equal(e.file_count, 2);
  assert_text(e.files[1], "cd");
  assert_text(e.reason, "说“好”\"\\\n𠮷");
  assert_int_equal(e.revision, 3);
  assert_text(e.track, "contract");
  assert_int_equal(e.hash.len, 64);
}

static void test_event__refuses_every_other_form(void **state)
{
  fixture *f = *state;
  static const char *const tries[] = {
      "",
      "{",
      "{}x",
      "{\"seq\":1} ",
      "{ \"seq\":1}",
      "{\"seq\":1,}",
      "{\"seq\":01}",
      "{\"seq\":-1}",
      "{\"seq\":\"1\"}",
      "{\"seq\":1,\"seq\":2}",
      "{\"to\":\"x\",\"seq\":1}",
      "{\"seq\":1,\"unknown\":\"x\"}",
      "{\"to\":\"\"}",
      "{\"to\":\"x\\/\"}",
      "{\"to\":\"\\u0041\"}",
      "{\"to\":\"\\u000A\"}",
      "{\"to\":\"x\\",
      "{\"to\":\"\xff\"}",
      "{\"date\":\"2025-02-30\"}",
      "{\"at\":\"2025-03-04 02:11:00Z\"}",
      "{\"at\":\"2025-03-04T24:11:00Z\"}",
      "{\"files\":[]}",
      "{\"files\":[\"a\",]}",
      "[]",
  };
  for (size_t i = 0; i < XS_COUNT(tries); i++) {
    xs_event e;
    if (xs_event_read(f->a, xs_text_of(tries[i]), &e) != XS_EINPUT) fail_msg("read: %s", tries[i]);
  }
}

static void test_event__each_holds_the_hash_of_the_one_before(void **state)
{
  fixture *f = *state;
  xs_event one = log_event(f, UID, "new"), two = log_event(f, UID, "step");
  assert_int_equal(one.seq, 1);
  assert_int_equal(one.prev.len, 0);
  assert_int_equal(two.seq, 2);
  assert_true(xs_text_equal(two.prev, one.hash));
  xs_store_case c;
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.events, 2);
  assert_true(xs_text_equal(c.head, two.hash));

  xs_event *events;
  size_t count;
  assert_int_equal(xs_store_event_list(f->a, f->store, UID, f->diags, &events, &count), XS_OK);
  assert_int_equal(count, 2);
  assert_true(xs_text_equal(events[1].hash, two.hash));
  assert_text(events[1].reason, "step");
}

static void test_event__the_store_has_a_log_of_its_own(void **state)
{
  fixture *f = *state;
  log_event(f, UID, "new");
  xs_event own = log_event(f, XS_NO_TEXT, "user");
  assert_int_equal(own.seq, 1);
  assert_int_equal(own.uid.len, 0);
}

static void test_event__a_clock_that_went_back_is_refused(void **state)
{
  fixture *f = *state;
  log_event(f, UID, "new");
  add_case(f, XS_LIT("b"));
  f->clock.now -= 3600;
  xs_event e = {.kind = XS_LIT("new")};
  assert_int_equal(xs_store_event_append(f->a, f->store, XS_LIT("b"), &e, f->diags), XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "store-clock");
  assert_true(is_said(f->diags, "2025-03-04T01:11:01Z"));
  assert_true(is_said(f->diags, "2025-03-04T02:11:01Z"));
}

static void test_event__comes_over_from_another_store(void **state)
{
  fixture *f = *state;
  xs_buf body;
  xs_event one = log_event(f, UID, "new"), two = log_event(f, UID, "step"), *found;
  size_t count;
  remove_store();
  open_again(f, XS_STORE_CREATE);
  add_case(f, UID);
  const xs_event *both[] = {&two, &one, &two};
  const xs_status wanted[] = {XS_EINPUT, XS_OK, XS_OK};
  for (size_t i = 0; i < 3; i++) {
    xs_buf_init(&body, &f->clock.host, 4096);
    assert_int_equal(xs_event_write(both[i], &body), XS_OK);
    assert_int_equal(xs_store_event_restore(f->store, UID, xs_buf_view(&body), f->diags),
                     wanted[i]);
    xs_buf_free(&body);
  }
  assert_string_equal(slug_at(f->diags, 0), "event-changed");
  assert_int_equal(xs_store_event_list(f->a, f->store, UID, f->diags, &found, &count), XS_OK);
  assert_int_equal(count, 2);
  assert_true(xs_text_equal(found[1].hash, two.hash));
  assert_int_equal(found[0].at, one.at);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_event__is_one_line_of_sorted_members),
      TEST(test_event__is_read_as_it_was_written),
      TEST(test_event__refuses_every_other_form),
      TEST(test_event__each_holds_the_hash_of_the_one_before),
      TEST(test_event__the_store_has_a_log_of_its_own),
      TEST(test_event__a_clock_that_went_back_is_refused),
      TEST(test_event__comes_over_from_another_store),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
