#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "support/fail_host.h"
#include "xieshang/rules.h"

typedef struct fixture {
  xs_diags *diags;
  xs_engine *engine;
} fixture;

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){.diags = xs_diags_new(xs_host_posix())};
  assert_int_equal(xs_engine_open(xs_host_posix(), XS_TEST_ROOT, f.diags, &f.engine), XS_OK);
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_engine_close(f->engine);
  xs_diags_free(f->diags);
  return 0;
}

static xs_pack *open_pack(fixture *f, const char *which, const char *asked)
{
  xs_pack *pack = NULL;
  assert_int_equal(xs_pack_open(f->engine, which, f->diags, &pack), XS_OK);
  assert_int_equal(xs_pack_ask(pack, asked, f->diags), XS_OK);
  return pack;
}

static void test_pack__places_are_known_by_name(void **state)
{
  static const struct {
    const char *asked, *id;
  } places[] = {{"shandong", "shandong"}, {"山东", "shandong"}, {"山东省", "shandong"},
                {"上海", "shanghai"},     {"宁波", "ningbo"},   {"浙江省宁波市", "ningbo"},
                {"浙江", "zhejiang"},     {"全国", "national"}};
  for (size_t i = 0; i < XS_COUNT(places); i++) {
    xs_pack *pack = open_pack(*state, places[i].asked, NULL);
    assert_text(xs_pack_about(pack).id, places[i].id);
    xs_pack_close(pack);
  }
}

static void test_pack__unknown_places_are_refused(void **state)
{
  fixture *f = *state;
  static const char *const unknown[] = {"", "省", "山", "laws", "../rules/shandong", "none.xml"};
  for (size_t i = 0; i < XS_COUNT(unknown); i++) {
    xs_pack *pack = NULL;
    xs_diags_clear(f->diags);
    assert_int_not_equal(xs_pack_open(f->engine, unknown[i], f->diags, &pack), XS_OK);
    assert_null(pack);
    assert_int_equal(xs_diags_count(f->diags, XS_ERROR), 1);
  }
}

static void test_pack__a_step_holds_all_its_entries(void **state)
{
  static const char *const kinds[] = {"limit",       "figure", "materials",
                                      "requirement", "paper",  "basis"};
  xs_pack *pack = open_pack(*state, "山东", "送审");
  size_t next = 0;
  xs_rule_view rule;
  for (size_t i = 0; xs_pack_rule_at(pack, i, &rule); i++) {
    assert_text(rule.step, "filing");
    while (next < XS_COUNT(kinds) && !xs_text_is(rule.kind, kinds[next])) next++;
  }
  assert_int_equal(next, XS_COUNT(kinds) - 1);
  assert_true(xs_pack_rule_at(pack, 0, &rule));
  assert_text(rule.says, "10日");
  assert_text(rule.law, "《山东省企业工资集体协商条例》第二十九条");
  assert_text(rule.trigger_name, "签字");
  assert_text(rule.roll, "on");
  assert_text(rule.contracts, "wage");
  assert_text(rule.from, "2017-01-01");
  xs_pack_close(pack);
}

/* What was not verified is never told as law, under no pack. */
static void test_pack__unverified_numbers_are_not_told(void **state)
{
  fixture *f = *state;
  xs_pack_view view;
  for (size_t i = 0; !xs_engine_pack_at(f->engine, i, f->diags, &view) && view.id.ptr; i++) {
    xs_rule_view rule;
    xs_pack *pack = open_pack(f, view.id.ptr, NULL);
    for (size_t k = 0; xs_pack_rule_at(pack, k, &rule); k++) {
      bool counts = xs_text_is(rule.kind, "limit") || xs_text_is(rule.kind, "figure");
      if (!counts || rule.verified) continue;
      assert_text(rule.says, "待核实");
      assert_int_equal(rule.n.len, 0);
    }
    xs_pack_close(pack);
  }
}

static void test_pack__same_packs_do_not_differ(void **state)
{
  xs_pack_changes *changes = NULL;
  xs_rule_change change;
  xs_pack *a = open_pack(*state, "shanghai", NULL), *b = open_pack(*state, "上海市", NULL);
  assert_int_equal(xs_pack_compare(a, b, &changes), XS_OK);
  assert_false(xs_pack_change_at(changes, 0, &change));
  xs_pack_changes_free(changes);
  xs_pack_close(a);
  xs_pack_close(b);
}

static void test_pack__what_one_has_is_added_or_removed(void **state)
{
  size_t counts[2][3] = {{0}};
  xs_pack *packs[2] = {open_pack(*state, "national", NULL), open_pack(*state, "henan", NULL)};
  for (size_t way = 0; way < 2; way++) {
    xs_pack_changes *changes = NULL;
    xs_rule_change change;
    assert_int_equal(xs_pack_compare(packs[way], packs[1 - way], &changes), XS_OK);
    for (size_t i = 0; xs_pack_change_at(changes, i, &change); i++) {
      xs_rule_field field;
      counts[way][change.kind]++;
      assert_int_equal(xs_pack_field_at(changes, i, 0, &field), change.kind == XS_RULE_CHANGED);
    }
    xs_pack_changes_free(changes);
  }
  assert_true(counts[0][XS_RULE_ADDED] > 10);
  assert_int_equal(counts[0][XS_RULE_CHANGED], counts[1][XS_RULE_CHANGED]);
  assert_int_equal(counts[0][XS_RULE_ADDED], counts[1][XS_RULE_REMOVED]);
  assert_int_equal(counts[0][XS_RULE_REMOVED], counts[1][XS_RULE_ADDED]);
  xs_pack_close(packs[0]);
  xs_pack_close(packs[1]);
}

static void test_pack__site_of_the_engine_lies_over_it(void **state)
{
  fixture *f = *state;
  static const char text[] =
      "<rules xmlns='urn:xieshang:rules:1' id='firm' version='1' name='本单位'>"
      "<limit id='answer' trigger='offer-received' n='3' unit='日' source='r22:32' grade='A'/>"
      "</rules>";
  static const char calendar[] = "<calendar xmlns='urn:xieshang:calendar:1'/>";
  static const char *const paths[] = {"test_pack.xml", "test_pack_days.xml"};
  const xs_host *host = xs_host_posix();
  xs_rule_view rule;
  assert_int_equal(host->save(host->user, paths[0], text, sizeof text - 1), 0);
  assert_int_equal(host->save(host->user, paths[1], calendar, sizeof calendar - 1), 0);
  assert_int_equal(xs_engine_site(f->engine, paths, 2), XS_OK);
  xs_pack *pack = open_pack(f, "上海", "应约");
  assert_true(xs_pack_rule_at(pack, 0, &rule));
  assert_text(rule.says, "3日");
  assert_text(xs_pack_about(pack).site, "firm");
  xs_pack_close(pack);
  assert_int_equal(xs_engine_site(f->engine, NULL, 0), XS_OK);
  pack = open_pack(f, "上海", "应约");
  assert_true(xs_pack_rule_at(pack, 0, &rule));
  assert_text(rule.says, "15日");
  xs_pack_close(pack);
}

static xs_status run_all(const xs_host *host, xs_diags *diags)
{
  xs_engine *engine = NULL;
  xs_pack *a = NULL, *b = NULL;
  xs_pack_changes *changes = NULL;
  xs_rule_change change;
  xs_rule_field field;
  xs_status st = xs_engine_open(host, XS_TEST_ROOT, diags, &engine);
  if (!st) st = xs_pack_open(engine, "national", diags, &a);
  if (!st) st = xs_pack_ask(a, "送审", diags);
  if (!st) st = xs_pack_open(engine, "sichuan", diags, &b);
  if (!st) st = xs_pack_compare(a, b, &changes);
  for (size_t i = 0; !st && xs_pack_change_at(changes, i, &change); i++)
    xs_pack_field_at(changes, i, 0, &field);
  xs_pack_changes_free(changes);
  xs_pack_close(a);
  xs_pack_close(b);
  xs_engine_close(engine);
  return st;
}

/* Ever longer steps: there are very many allocations, and neighbours are alike. */
static void test_pack__allocations_may_fail(void **state)
{
  fixture *f = *state;
  fail_host host;
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st; passes += 1 + passes / 8) {
    xs_diags_clear(f->diags);
    fail_host_init(&host, passes);
    st = run_all(&host.host, f->diags);
    assert_int_equal(host.live, 0);
    if (st) assert_int_equal(st, XS_ENOMEM);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pack__places_are_known_by_name),
      cmocka_unit_test(test_pack__unknown_places_are_refused),
      cmocka_unit_test(test_pack__a_step_holds_all_its_entries),
      cmocka_unit_test(test_pack__unverified_numbers_are_not_told),
      cmocka_unit_test(test_pack__same_packs_do_not_differ),
      cmocka_unit_test(test_pack__what_one_has_is_added_or_removed),
      cmocka_unit_test(test_pack__site_of_the_engine_lies_over_it),
      cmocka_unit_test(test_pack__allocations_may_fail),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
