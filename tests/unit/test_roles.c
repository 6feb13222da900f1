#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "workflow/roles.h"

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
} fixture;

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){.arena = xs_arena_new(xs_host_posix()), .diags = xs_diags_new(xs_host_posix())};
  *state = &f;
  return xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/roles.rng"), f.diags,
                        &f.schema);
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

static const xs_roles *ours(const fixture *f)
{
  const xs_roles *roles = NULL;
  assert_int_equal(xs_roles_load(f->arena, f->schema,
                                 XS_LIT(XS_TEST_ROOT "/templates/workflow/roles.xml"), f->diags,
                                 &roles),
                   XS_OK);
  return roles;
}

static void refuse(fixture *f, const char *file, const char *slug)
{
  const xs_host *host = xs_host_posix();
  const xs_roles *roles = NULL;
  xs_diag_view view;
  assert_int_equal(host->save(host->user, "test_roles.xml", file, strlen(file)), 0);
  assert_int_equal(xs_roles_load(f->arena, f->schema, XS_LIT("test_roles.xml"), f->diags, &roles),
                   XS_EINPUT);
  assert_null(roles);
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, slug);
  xs_diags_clear(f->diags);
}

static void test_roles__rights_follow_the_file(void **state)
{
  const xs_roles *roles = ours(*state);
  const xs_office_role *drafter = xs_roles_find(roles, XS_LIT("drafter"));
  const xs_office_role *auditor = xs_roles_find(roles, XS_LIT("auditor"));
  assert_non_null(drafter);
  assert_text(drafter->name, "起草");
  assert_true(xs_office_role_may(drafter, XS_LIT("new")));
  assert_true(xs_office_role_may(drafter, XS_LIT("note")));
  assert_false(xs_office_role_may(drafter, XS_LIT("seal")));
  assert_false(xs_office_role_may(drafter, XS_LIT("ne")));
  assert_false(xs_office_role_may(auditor, XS_LIT("step")));
  assert_text(xs_office_role_name(auditor), "auditor");
}

static void test_roles__three_duties_are_three_persons(void **state)
{
  const xs_roles *roles = ours(*state);
  assert_true(xs_roles_apart(roles, XS_LIT("drafter"), XS_LIT("reviewer")));
  assert_true(xs_roles_apart(roles, XS_LIT("seal-keeper"), XS_LIT("drafter")));
  assert_true(xs_roles_apart(roles, XS_LIT("reviewer"), XS_LIT("seal-keeper")));
  assert_false(xs_roles_apart(roles, XS_LIT("drafter"), XS_LIT("drafter")));
  assert_false(xs_roles_apart(roles, XS_LIT("drafter"), XS_LIT("archivist")));
}

static void test_roles__every_role_of_the_issue_is_there(void **state)
{
  static const char *const names[] = {"起草", "复核", "批准", "用印", "归档", "审计"};
  const xs_roles *roles = ours(*state);
  size_t i = 0;
  for (; xs_roles_at(roles, i); i++) assert_text(xs_roles_at(roles, i)->name, names[i]);
  assert_int_equal(i, XS_COUNT(names));
  assert_null(xs_roles_find(roles, XS_LIT("draftr")));
  assert_text(xs_roles_nearest(roles, XS_LIT("draftr")), "drafter");
  assert_int_equal(xs_roles_nearest(roles, XS_LIT("gardener")).len, 0);
}

#define HEAD "<roles xmlns='urn:xieshang:roles:1' id='r' version='1'>"

static void test_roles__mistakes_are_named(void **state)
{
  refuse(*state, HEAD "<role id='a' name='甲' en='a' may=''/><apart roles='a b'/></roles>",
         "role-unknown");
  refuse(*state,
         HEAD
         "<role id='a' name='甲' en='a' may=''/><role id='a' name='乙' en='b' may=''/></roles>",
         "name-twice");
  refuse(*state, HEAD "<role id='a' name='甲' en='a' may='dance'/></roles>", "value-wrong");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_roles__rights_follow_the_file),
      cmocka_unit_test(test_roles__three_duties_are_three_persons),
      cmocka_unit_test(test_roles__every_role_of_the_issue_is_there),
      cmocka_unit_test(test_roles__mistakes_are_named),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
