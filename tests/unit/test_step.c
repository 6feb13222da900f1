/* What holds for steps whatever their guards: days, repetition, reasons, where they lead. */
#include "support/world.h"

#include "base/text.h"

#include <stdio.h>

const char world_dir[] = "test_step.world";

/* ---- what holds for all steps ---- */

static void test_step__days(void **state)
{
  world_stated = 20250302;
  TALKS("begun", "offer", "step-date");
  world_stated = 20250303;
  TALKS("begun", "offer", "");
  TALKS("begun", "offer", "step-date", "since='2025-01-01'", "since='2025-03-04'");
  TALKS("begun", "offer", "step-date", "as-of='2026-12-31'", "as-of='2025-03-02'");
  TALKS("begun", "offer", "", "as-of='2026-12-31'", "as-of='2025-03-03'");
}

/* A step that is made again takes the next fact, and none when there is no other. */
static void test_step__repeated_facts(void **state)
{
  static const char done[] = "<event track='contract' key='k1' step='report' date='2025-11-01'/>"
                             "<track kind='ladder'";
  world w;
  world_new(&w);
  world_spoil(&w, "<track kind='ladder'", done);
  world_try(&w, "contract", "published", "report");
  world_assert_hindered(&w, "");
  assert_int_equal(xs_date_number(w.move.date), 20260501);
  world_close(&w);
  CONTRACT("published", "report", "step-fact", "<track kind='ladder'", done, "<track kind='ladder'",
           "<event track='contract' key='k1' step='report' date='2026-05-01'/>"
           "<track kind='ladder'");
  CONTRACT("published", "report", "", "<track kind='ladder'", done, "<track kind='ladder'",
           "<event track='contract' key='k1' step='report' date='2026-05-01' undone='yes'/>"
           "<track kind='ladder'");
  /* what lies before the last step of the track is over */
  world_new(&w);
  world_spoil(&w, "key='k1' since='2025-01-02'", "key='k1' since='2025-12-01'");
  world_try(&w, "contract", "published", "report");
  world_assert_hindered(&w, "");
  assert_int_equal(xs_date_number(w.move.date), 20260501);
  world_close(&w);
  /* a draft that is signed anew has a new date */
  CONTRACT("draft", "sign-draft", "step-fact", "<track kind='ladder'",
           "<event track='contract' key='k1' step='sign-draft' date='2025-04-10'/>"
           "<track kind='ladder'");
  CONTRACT("draft", "sign-draft", "", "<track kind='ladder'",
           "<event track='contract' key='k1' step='sign-draft' date='2025-04-01'/>"
           "<track kind='ladder'");
}

static void test_step__reason_evidence_and_role(void **state)
{
  world w;
  world_new(&w);
  world_try(&w, "contract", "published", "terminate");
  assert_true(w.move.needs_reason && w.move.needs_evidence);
  w.attempt.reason = XS_LIT(" ");
  w.attempt.evidence_count = 0;
  assert_int_equal(xs_workflow_try(w.a, &w.attempt, world_diags, &w.move), XS_EINPUT);
  world_assert_hindered(&w, "step-reason step-evidence");
  world_close(&w);

  world_new(&w);
  world_try(&w, "talks", "begun", "offer");
  w.attempt.role = XS_LIT("drafter");
  assert_int_equal(xs_workflow_try(w.a, &w.attempt, world_diags, &w.move), XS_OK);
  w.attempt.role = XS_LIT("auditor");
  assert_int_equal(xs_workflow_try(w.a, &w.attempt, world_diags, &w.move), XS_EINPUT);
  world_assert_hindered(&w, "step-role");
  world_close(&w);
}

static void assert_refused(world *w, const char *step, const char *key, const char *slug)
{
  xs_diag_view v;
  xs_diags_clear(world_diags);
  w->attempt.step = xs_text_of(step);
  w->attempt.key = xs_text_of(key);
  assert_int_equal(xs_workflow_try(w->a, &w->attempt, world_diags, &w->move), XS_EINPUT);
  assert_true(xs_diags_view(world_diags, 0, &v));
  assert_text(v.slug, slug);
}

static void test_step__unknown_step_track_and_state(void **state)
{
  world w;
  world_new(&w);
  world_try(&w, "talks", "begun", "offer");
  assert_refused(&w, "ofer", "", "step-unknown");
  assert_refused(&w, "sign", "", "step-state");
  assert_refused(&w, "sign-draft", "k9", "track-unknown");
  w.tracks[2].kind = XS_LIT("contract");
  w.tracks[2].key = XS_LIT("k2");
  assert_refused(&w, "sign-draft", "", "track-unknown");
  assert_refused(&w, "remind", "", "track-unknown");
  world_close(&w);
}

static void test_step__message_has_evidence_and_article(void **state)
{
  world w;
  world_new(&w);
  world_spoil(&w, "expected='99' present='66' in-favour='50' against='10' abstained='6'",
              "expected='100' present='61' in-favour='51' against='10' abstained='0'");
  world_try(&w, "contract", "deliberating", "adopt");
  world_assert_hindered(&w, "quorum");
  xs_diag_view v;
  assert_true(xs_diags_view(world_diags, 0, &v));
  assert_text(v.slug, "guard-unmet");
  assert_text(v.text, "the congress adopts: 61 of 100 were present, less than 2/3: "
                      "集体合同规定 §36");
  assert_true(xs_text_starts(v.source_line, "<vote expected="));
  assert_text(w.move.hindrances[0].law, "r22:36");
  world_close(&w);
}

static void test_step__move_says_where_it_leads(void **state)
{
  world w;
  world_new(&w);
  world_spoil(&w, "kind='contract' key='k1'", "kind='contract' key='k0'");
  world_try(&w, "talks", "talking", "agree");
  assert_text(w.move.before.state, "talking");
  assert_text(w.move.after.state, "agreed");
  assert_int_equal(xs_date_number(w.move.date), 20250328);
  assert_int_equal(w.move.opened_count, 0); /* the position has k1 already */
  w.position.count = 1;
  assert_int_equal(xs_workflow_try(w.a, &w.attempt, world_diags, &w.move), XS_OK);
  assert_int_equal(w.move.opened_count, 1);
  assert_text(w.move.opened[0].key, "k1");
  assert_text(w.move.opened[0].state, "draft");
  world_close(&w);

  world_new(&w);
  world_spoil(&w, "result='accept'", "result='refuse'");
  world_try(&w, "ladder", "reminded", "opinion");
  assert_text(w.move.name, "advise (意见书)");
  assert_text(w.move.paper, "opinion");
  world_close(&w);
}

static void test_step__copy_follows_the_state(void **state)
{
  world w;
  world_new(&w);
  world_spoil(&w, "</case>", "</case>");
  xs_date_of_number(20250420, &w.attempt.date);
  world_try(&w, "contract", "adopted", "settle");
  assert_int_equal(xs_workflow_copy(world_workflow, &w.move.before), XS_COPY_DRAFT);
  assert_int_equal(xs_workflow_copy(world_workflow, &w.move.after), XS_COPY_FILING);
  assert_int_equal(w.move.copy, XS_COPY_FILING);
  assert_true(w.move.settles);
  assert_text(w.move.paper, "contract-wage");
  world_close(&w);
}

static void test_step__next_lists_all_that_leave(void **state)
{
  world w;
  xs_move *moves = NULL;
  size_t count = 0;
  world_new(&w);
  world_try(&w, "contract", "deliberating", "adopt");
  assert_int_equal(xs_workflow_next(w.a, &w.attempt, world_diags, &moves, &count), XS_OK);
  if (xs_diags_count(world_diags, XS_NOTE)) world_say_all();
  assert_int_equal(xs_diags_count(world_diags, XS_NOTE), 0);
  char said[512] = "";
  size_t len = 0;
  for (size_t i = 0; i < count; i++)
    len += (size_t)snprintf(said + len, sizeof said - len, "%s%.*s%s", i ? " " : "",
                            XS_TEXT(moves[i].step), moves[i].is_possible ? "" : "-");
  assert_string_equal(said, "offer withdraw adopt reject- rework give-up remind opinion- demand- "
                            "comply drop accept-dispute withdraw-dispute");
  assert_text(moves[4].step, "rework");
  assert_true(moves[4].needs_reason);
  world_close(&w);
}

static void test_step__start(void **state)
{
  world w;
  xs_position p;
  world_new(&w);
  world_open(&w);
  assert_int_equal(xs_position_start(w.a, world_workflow, w.kase, world_diags, &p), XS_OK);
  assert_int_equal(p.count, 1);
  assert_text(p.tracks[0].kind, "talks");
  assert_text(p.tracks[0].key, "");
  assert_text(p.tracks[0].state, "begun");
  world_close(&w);
}

static void test_step__names(void **state)
{
  world w;
  xs_text name;
  world_new(&w);
  world_try(&w, "talks", "begun", "offer");
  w.attempt.step = XS_LIT("demand");
  w.attempt.key = XS_LIT("o1");
  assert_int_equal(xs_workflow_step_name(w.a, &w.attempt, true, &name), XS_OK);
  assert_text(name, "制发整改意见书");
  w.attempt.step = XS_LIT("nothing");
  assert_int_equal(xs_workflow_step_name(w.a, &w.attempt, true, &name), XS_OK);
  assert_text(name, "nothing");
  world_close(&w);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_step__days),
      cmocka_unit_test(test_step__repeated_facts),
      cmocka_unit_test(test_step__reason_evidence_and_role),
      cmocka_unit_test(test_step__unknown_step_track_and_state),
      cmocka_unit_test(test_step__message_has_evidence_and_article),
      cmocka_unit_test(test_step__move_says_where_it_leads),
      cmocka_unit_test(test_step__copy_follows_the_state),
      cmocka_unit_test(test_step__next_lists_all_that_leave),
      cmocka_unit_test(test_step__start),
      cmocka_unit_test(test_step__names),
  };
  return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
