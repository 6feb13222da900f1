#include "unit/unit.h"

#include "base/text.h"
#include "packet/plan.h"
#include "support/memory_host.h"

#define HEAD "<plan xmlns='urn:xieshang:plan:1' id='x' version='1' name='卷'>"

static xs_arena *a;
static xs_diags *diags;
static const xs_schema *schema, *case_schema;

static int set_up(void **state)
{
  a = xs_arena_new(xs_host_posix());
  diags = xs_diags_new(xs_host_posix());
  const xs_text paths[] = {XS_LIT(XS_TEST_ROOT "/templates/schema/plan.rng"),
                           XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng")};
  return xs_schema_load(a, paths[0], diags, &schema) ||
         xs_schema_load(a, paths[1], diags, &case_schema);
}

static int tear_down(void **state)
{
  xs_arena_free(a);
  xs_diags_free(diags);
  return 0;
}

static xs_status load(const xs_host *host, const char *which, xs_plan **out)
{
  const xs_plan_place place = {
      .host = host,
      .dir = XS_LIT(XS_TEST_ROOT "/templates/plans"),
      .schema = schema,
      .case_schema = case_schema,
  };
  xs_diags_clear(diags);
  return xs_plan_load(&place, xs_text_of(which), diags, out);
}

/* The plan keeps the host for its memory. */
static xs_status load_text(const char *text, xs_plan **out)
{
  static memory_host m;
  memory_host_init(&m, "plan.xml", text, strlen(text));
  return load(&m.host, "plan.xml", out);
}

/* The slug of the first finding and the text that it points at. */
static void expect_refusal(const char *text, const char *slug, const char *meant)
{
  xs_plan *plan = NULL;
  xs_diag_view view;
  assert_int_equal(load_text(text, &plan), XS_EINPUT);
  assert_null(plan);
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, slug);
  size_t off = 0;
  for (uint32_t i = 1; i < view.column; i++) (void)xs_text_next(view.source_line, &off);
  xs_text rest = {view.source_line.ptr + off, view.source_line.len - off};
  if (xs_text_starts(rest, meant)) return;
  print_error("the place is “%.*s”\n", XS_TEXT(rest));
  fail();
}

static void test_plan__shipped_plans_load(void **state)
{
  static const char *const ids[] = {"offer", "review", "filing", "rectification"};
  for (size_t i = 0; i < XS_COUNT(ids); i++) {
    xs_plan *plan = NULL;
    assert_int_equal(load(xs_host_posix(), ids[i], &plan), XS_OK);
    assert_text(plan->id, ids[i]);
    assert_true(plan->part_count >= 3);
    assert_int_equal(strlen(plan->digest), 64);
    assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
    xs_plan_free(plan);
  }
}

static void test_plan__entry_in_full(void **state)
{
  xs_plan *plan = NULL;
  assert_int_equal(
      load_text(HEAD "<part name='协商'><paper number='03' template='answer-accept' title='应约书'"
                     " copy='public' each='answer' when='offer' need='answer' why='没有答复'"
                     " source='r22:32 r9:17' by='$employer/name' date='@date' mark='@id'"
                     " remark='副本'/>"
                     "<attached number='03' each='attachment'/></part></plan>",
                &plan),
      XS_OK);
  assert_int_equal(plan->part_count, 1);
  assert_text(plan->parts[0].name, "协商");
  assert_int_equal(plan->parts[0].entry_count, 2);
  const xs_plan_entry *e = &plan->parts[0].entries[0];
  assert_text(e->number, "03");
  assert_text(e->template_id, "answer-accept");
  assert_text(e->title, "应约书");
  assert_text(e->why, "没有答复");
  assert_text(e->source, "r22:32 r9:17");
  assert_text(e->remark, "副本");
  assert_int_equal(e->copy, XS_COPY_PUBLIC);
  assert_true(e->each && e->when && e->need && e->by && e->date && e->mark);
  assert_null(e->named);
  assert_int_equal(plan->parts[0].entries[1].template_id.len, 0);
  xs_plan_free(plan);
}

static void test_plan__mistakes_have_a_place(void **state)
{
  expect_refusal(HEAD
                 "<part name='x'><paper number='01' template='t' when='offer['/></part></plan>",
                 "expression-syntax", "");
  expect_refusal(
      HEAD "<part name='x'><paper number='01' template='t' need='offfer' why='w'/></part></plan>",
      "path-unknown", "offfer");
  expect_refusal(HEAD "<part name='x'><paper number='02' template='t'/>"
                      "<paper number='01' template='t'/></part></plan>",
                 "plan-number", "01");
  expect_refusal(HEAD "<part name='x'><paper number='1' template='t'/></part></plan>",
                 "value-wrong", "");
}

static void test_plan__all_mistakes_are_found_at_once(void **state)
{
  xs_plan *plan = NULL;
  assert_int_equal(load_text(HEAD
                             "<part name='x'>"
                             "<paper number='02' template='t' need='offfer' why='w' by='unoin'/>"
                             "<paper number='01' template='t' when='nobody()'/></part></plan>",
                             &plan),
                   XS_EINPUT);
  assert_int_equal(xs_diags_count(diags, XS_ERROR), 4);
}

static void test_plan__unknown_id_names_the_nearest(void **state)
{
  xs_plan *plan = NULL;
  xs_diag_view view;
  assert_int_equal(load(xs_host_posix(), "fileing", &plan), XS_EINPUT);
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "plan-unknown");
  assert_true(xs_diags_view(diags, 1, &view));
  assert_text(view.text, "the nearest is “filing”");
}

/* An id is looked up among the names of the folder and never becomes a path by itself. */
static void test_plan__id_is_no_path(void **state)
{
  static const char *const ids[] = {"../plans/filing", "", ".", "filing/", "./filing"};
  for (size_t i = 0; i < XS_COUNT(ids); i++) {
    xs_plan *plan = NULL;
    assert_int_equal(load(xs_host_posix(), ids[i], &plan), XS_EINPUT);
    assert_null(plan);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plan__shipped_plans_load),
      cmocka_unit_test(test_plan__entry_in_full),
      cmocka_unit_test(test_plan__mistakes_have_a_place),
      cmocka_unit_test(test_plan__all_mistakes_are_found_at_once),
      cmocka_unit_test(test_plan__unknown_id_names_the_nearest),
      cmocka_unit_test(test_plan__id_is_no_path),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
