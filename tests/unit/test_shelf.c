#include "unit/unit.h"

#include "base/text.h"
#include "support/memory_host.h"
#include "xieshang/engine.h"

#define OFFER XS_TEST_ROOT "/templates/offer/offer-workers.xml"

typedef xs_status view_at(xs_engine *engine, size_t i, xs_diags *diags, xs_paper_view *out);

/* Walks the whole shelf in order; true when `id` is on it. */
static bool find(xs_engine *engine, xs_diags *diags, view_at *at, const char *id,
                 xs_paper_view *found)
{
  xs_paper_view view, before = {0};
  bool is_there = false;
  for (size_t i = 0;; i++) {
    assert_int_equal(at(engine, i, diags, &view), XS_OK);
    if (!view.id.ptr) return is_there;
    assert_true(i == 0 || xs_text_compare(before.id, view.id) < 0);
    assert_true(view.name.len > 0 && view.version.len > 0);
    assert_int_equal(view.digest.len, 64);
    before = view;
    if (!xs_text_is(view.id, id)) continue;
    is_there = true;
    *found = view;
  }
}

static void test_shelf__lists_templates_and_plans_by_id(void **state)
{
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_engine *engine = NULL;
  xs_paper_view view;
  assert_int_equal(xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine), XS_OK);
  assert_true(find(engine, diags, xs_engine_template_at, "offer-workers", &view));
  assert_text(view.about, "offer[@by='workers']");
  assert_text(view.kind, "offer");
  assert_text(view.path, OFFER);
  assert_false(find(engine, diags, xs_engine_template_at, "official", &view)); /* a library */
  assert_false(find(engine, diags, xs_engine_template_at, "filing", &view));
  assert_true(find(engine, diags, xs_engine_plan_at, "filing", &view));
  assert_int_equal(view.about.len, 0);
  assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
  xs_engine_close(engine);
  xs_diags_free(diags);
}

static void test_shelf__leaves_out_what_cannot_be_used(void **state)
{
  static const char broken[] =
      "<template xmlns='urn:xieshang:template:1' id='offer-workers' version='1' name='x'"
      " base='nowhere'/>";
  memory_host m;
  memory_host_init(&m, OFFER, broken, sizeof broken - 1);
  xs_diags *diags = xs_diags_new(&m.host);
  xs_engine *engine = NULL;
  xs_paper_view view;
  assert_int_equal(xs_engine_open(&m.host, XS_TEST_ROOT, diags, &engine), XS_OK);
  assert_false(find(engine, diags, xs_engine_template_at, "offer-workers", &view));
  assert_int_equal(xs_diags_count(diags, XS_ERROR), 1);
  xs_diags_clear(diags);
  assert_true(find(engine, diags, xs_engine_template_at, "offer-employer", &view));
  assert_int_equal(xs_diags_count(diags, XS_ERROR), 0); /* said once */
  xs_engine_close(engine);
  xs_diags_free(diags);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_shelf__lists_templates_and_plans_by_id),
      cmocka_unit_test(test_shelf__leaves_out_what_cannot_be_used),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
