/* The workflow that comes with the program, as a drawing. */
#include "unit/unit.h"

#include "base/arena.h"
#include "base/text.h"
#include "support/plan_check.h"
#include "workflow/graph_file.h"
#include "workflow/standing.h"

#include <string.h>

typedef struct shelf {
  xs_diags *diags;
  xs_engine *engine;
  xs_arena *a;
  xs_workflow *workflow;
  xs_clock *clock;
  const xs_roles *roles;
  xs_case *blank;
  xs_graph_order order;
} shelf;

static int open_shelf(void **state)
{
  static shelf s;
  const xs_schema *schema = NULL;
  *state = &s;
  s.diags = xs_diags_new(xs_host_posix());
  s.a = xs_arena_new(xs_host_posix());
  assert_int_equal(xs_engine_open(xs_host_posix(), DATA_DIR, s.diags, &s.engine), XS_OK);
  assert_int_equal(xs_workflow_load(s.engine, s.diags, &s.workflow), XS_OK);
  assert_int_equal(xs_clock_load(s.engine, NULL, s.diags, &s.clock), XS_OK);
  assert_int_equal(xs_engine_schema(s.engine, XS_VOCABULARY_ROLES, s.diags, &schema), XS_OK);
  assert_int_equal(xs_roles_load(s.a, schema, XS_LIT(DATA_DIR "/templates/workflow/roles.xml"),
                                 s.diags, &s.roles),
                   XS_OK);
  assert_int_equal(xs_case_blank(xs_host_posix(), s.diags, &s.blank), XS_OK);
  s.order =
      (xs_graph_order){.workflow = s.workflow, .clock = s.clock, .roles = s.roles, .kase = s.blank};
  assert_int_equal(xs_engine_rules(s.engine, NULL, s.diags, &s.order.rules), XS_OK);
  return 0;
}

static int close_shelf(void **state)
{
  shelf *s = *state;
  xs_case_free(s->blank);
  xs_clock_free(s->clock);
  xs_workflow_free(s->workflow);
  xs_engine_close(s->engine);
  xs_arena_free(s->a);
  xs_diags_free(s->diags);
  return 0;
}

static void test_graph__nothing_lies_on_anything_else(void **state)
{
  shelf *s = *state;
  xs_diagram d;
  xs_fontset *fonts = NULL;
  assert_int_equal(xs_engine_fonts(s->engine, s->diags, &fonts), XS_OK);
  assert_int_equal(xs_graph_make(s->a, &s->order, s->diags, &d), XS_OK);
  assert_int_equal(d.lane_count, s->workflow->track_count);
  for (size_t i = 0; i < d.lane_count; i++) {
    xs_diagram_plan p;
    assert_int_equal(xs_diagram_plan_lane(s->a, fonts, &d.lanes[i], s->diags, &p), XS_OK);
    plan_check(&p, &d.lanes[i]);
    for (size_t j = 0; j < p.route_count; j++) assert_false(p.routes[j].curved);
  }
}

static size_t count_named(const xs_diagram_lane *lane, xs_text id)
{
  size_t count = 0;
  for (size_t i = 0; i < lane->node_count; i++) count += xs_text_equal(lane->nodes[i].id, id);
  return count;
}

static void test_graph__every_state_and_step_stands_on_it(void **state)
{
  shelf *s = *state;
  xs_diagram d;
  assert_int_equal(xs_graph_make(s->a, &s->order, s->diags, &d), XS_OK);
  for (size_t i = 0; i < d.lane_count; i++) {
    const xs_track_rule *track = &s->workflow->tracks[i];
    const xs_diagram_lane *lane = &d.lanes[i];
    for (size_t j = 0; j < track->state_count; j++)
      assert_int_equal(count_named(lane, track->states[j].id), 1);
    assert_true(lane->arrow_count >= track->step_count);
    for (size_t j = 0; j < lane->arrow_count; j++) assert_true(lane->arrows[j].name.len > 0);
  }
}

static void test_graph__one_track_keeps_its_colour(void **state)
{
  shelf *s = *state;
  xs_diagram all, one;
  xs_graph_order order = s->order;
  order.track = s->workflow->tracks[s->workflow->track_count - 1].id;
  assert_int_equal(xs_graph_make(s->a, &s->order, s->diags, &all), XS_OK);
  assert_int_equal(xs_graph_make(s->a, &order, s->diags, &one), XS_OK);
  assert_int_equal(one.lane_count, 1);
  assert_int_equal(one.lanes[0].color, all.lanes[all.lane_count - 1].color);
}

static void test_graph__unknown_track_is_said_with_those_there_are(void **state)
{
  shelf *s = *state;
  xs_diagram d;
  xs_diag_view view;
  xs_graph_order order = s->order;
  order.track = XS_LIT("nowhere");
  xs_diags_clear(s->diags);
  assert_int_equal(xs_graph_make(s->a, &order, s->diags, &d), XS_EINPUT);
  assert_true(xs_diags_view(s->diags, 0, &view));
  assert_true(xs_text_is(view.slug, "workflow-track"));
  assert_true(xs_diags_view(s->diags, s->workflow->track_count, &view));
  assert_int_equal(view.severity, XS_NOTE);
  xs_diags_clear(s->diags);
}

static void test_graph__steps_beside_limits_are_there(void **state)
{
  shelf *s = *state;
  for (size_t i = 0; i < s->clock->due_count; i++) {
    xs_text steps = s->clock->dues[i].steps;
    for (size_t off = 0; off < steps.len;) {
      size_t end = off;
      while (end < steps.len && steps.ptr[end] != ' ') end++;
      const xs_track_rule *track = NULL;
      xs_text step = {steps.ptr + off, end - off};
      if (!xs_workflow_step(s->workflow, step, &track))
        fail_msg("deadlines.xml: no step %.*s", XS_TEXT(step));
      off = end + 1;
    }
  }
}

/* ---- files ----------------------------------------------------------------------------------- */

static xs_bytes draw(shelf *s, const xs_case *kase, xs_graph_format format, uint32_t as_of)
{
  xs_bytes bytes = {0};
  const xs_graph_options options = {.format = format, .as_of = as_of};
  assert_int_equal(xs_engine_graph(s->engine, kase, &options, s->diags, &bytes), XS_OK);
  return bytes;
}

static bool holds(const xs_bytes *bytes, const char *words)
{
  size_t len = strlen(words);
  for (size_t i = 0; i + len <= bytes->len; i++)
    if (memcmp((const char *)bytes->ptr + i, words, len) == 0) return true;
  return false;
}

static void test_graph__same_workflow_gives_the_same_bytes(void **state)
{
  shelf *s = *state;
  for (int format = XS_GRAPH_PDF; format <= XS_GRAPH_SVG; format++) {
    xs_bytes one = draw(s, NULL, (xs_graph_format)format, 20250601);
    xs_bytes two = draw(s, NULL, (xs_graph_format)format, 20250601);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
    xs_bytes_free(&one);
    xs_bytes_free(&two);
  }
}

static void test_graph__marks_follow_the_facts_up_to_the_day(void **state)
{
  shelf *s = *state;
  xs_case *kase = NULL;
  xs_position early, late;
  assert_int_equal(xs_engine_case(s->engine, FACTORY, s->diags, &kase), XS_OK);
  assert_int_equal(xs_position_of_facts(s->a, s->workflow, kase, s->order.rules,
                                        (xs_date){2025, 1, 1}, s->diags, &early),
                   XS_OK);
  assert_int_equal(xs_position_of_facts(s->a, s->workflow, kase, s->order.rules,
                                        (xs_date){2025, 12, 1}, s->diags, &late),
                   XS_OK);
  assert_int_equal(early.count, 1); /* the talks begin with the case */
  assert_true(xs_text_equal(early.tracks[0].state, s->workflow->tracks[0].states[0].id));
  assert_false(xs_text_equal(late.tracks[0].state, early.tracks[0].state));
  assert_int_equal(late.count, 2); /* and its contract; nobody was urged to anything */
  assert_true(xs_text_is(late.tracks[1].kind, "contract"));
  xs_bytes plain = draw(s, NULL, XS_GRAPH_SVG, 20251201);
  xs_bytes marked = draw(s, kase, XS_GRAPH_SVG, 20251201);
  assert_false(holds(&plain, "目前在此"));
  assert_true(holds(&marked, "目前在此"));
  xs_bytes_free(&plain);
  xs_bytes_free(&marked);
  xs_case_free(kase);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_graph__nothing_lies_on_anything_else),
      cmocka_unit_test(test_graph__every_state_and_step_stands_on_it),
      cmocka_unit_test(test_graph__one_track_keeps_its_colour),
      cmocka_unit_test(test_graph__unknown_track_is_said_with_those_there_are),
      cmocka_unit_test(test_graph__steps_beside_limits_are_there),
      cmocka_unit_test(test_graph__same_workflow_gives_the_same_bytes),
      cmocka_unit_test(test_graph__marks_follow_the_facts_up_to_the_day),
  };
  return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
