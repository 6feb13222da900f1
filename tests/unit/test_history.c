#include "unit/unit.h"

#include "base/arena.h"
#include "base/text.h"
#include "workflow/history.h"

static xs_arena *a;

static int set_up(void **state)
{
  a = xs_arena_new(xs_host_posix());
  return a == NULL;
}

static int tear_down(void **state)
{
  xs_arena_free(a);
  return 0;
}

#define E(what, day, ...)                                                                          \
  {                                                                                                \
    .kind = XS_LIT_INIT(what), .date = (day), __VA_ARGS__                                          \
  }
#define OF(k, n, t) .track = XS_LIT_INIT(k), .key = XS_LIT_INIT(n), .to = XS_LIT_INIT(t)

/* Two steps, the second of which opens a track; a revision; both acts taken back, one by one. */
static const xs_event events[] = {
    E("new", 20250301, .revision = 1),
    E("step", 20250303, OF("talks", "", "offered"), .revision = 1),
    E("freeze", 20250303, .revision = 0),
    E("step", 20250410, OF("talks", "", "agreed"), .revision = 2),
    E("open", 20250410, OF("contract", "k1", "draft"), .revision = 2),
    E("revise", 20250411, .revision = 3),
    E("undo", 20250412, .revision = 4),
    E("undo", 20250413, .revision = 5),
};

static xs_history read(size_t count, uint32_t as_of)
{
  static xs_track first = {XS_LIT_INIT("talks"), XS_LIT_INIT(""), XS_LIT_INIT("begun")};
  const xs_position start = {&first, 1};
  xs_history h;
  assert_int_equal(xs_history_read(a, &start, events, count, as_of, &h), XS_OK);
  return h;
}

static void expect_state(const xs_history *h, const char *kind, const char *state)
{
  for (size_t i = 0; i < h->position.count; i++)
    if (xs_text_is(h->position.tracks[i].kind, kind)) {
      assert_text(h->position.tracks[i].state, state);
      return;
    }
  assert_null(state);
}

static void test_history__steps_move_and_open_tracks(void **state)
{
  xs_history h = read(6, 0);
  expect_state(&h, "talks", "agreed");
  expect_state(&h, "contract", "draft");
  assert_int_equal(h.revision, 3);
  assert_int_equal(h.last, 5);
  assert_int_equal(h.since[0], 20250410);
}

static void test_history__undo_goes_back_act_by_act(void **state)
{
  xs_history h = read(7, 0);
  expect_state(&h, "talks", "agreed");
  assert_true(h.undone[5]);
  assert_int_equal(h.last, 3);
  h = read(8, 0);
  expect_state(&h, "talks", "offered");
  expect_state(&h, "contract", NULL);
  assert_true(h.undone[3] && h.undone[4] && !h.undone[1]);
  assert_int_equal(h.last, 1);
  assert_int_equal(h.revision, 5);
}

static void test_history__later_days_have_not_come(void **state)
{
  xs_history h = read(6, 20250302);
  expect_state(&h, "talks", "begun");
  assert_int_equal(h.since[0], 0);
  assert_int_equal(h.revision, 1);
  h = read(6, 20250303);
  expect_state(&h, "talks", "offered");
  h = read(6, 20200101); /* taken in long after its facts */
  assert_int_equal(h.revision, 1);
}

static void test_history__without_acts_there_is_nothing_to_undo(void **state)
{
  xs_history h = read(1, 0);
  assert_true(h.last == XS_NO_EVENT);
  expect_state(&h, "talks", "begun");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_history__steps_move_and_open_tracks),
      cmocka_unit_test(test_history__undo_goes_back_act_by_act),
      cmocka_unit_test(test_history__later_days_have_not_come),
      cmocka_unit_test(test_history__without_acts_there_is_nothing_to_undo),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
