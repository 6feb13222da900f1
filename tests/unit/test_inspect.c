#include "unit/unit.h"

#include "base/diag.h"
#include "base/text.h"
#include "xieshang/engine.h"

static xs_diags *diags;
static xs_engine *engine;

static int set_up(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine);
}

static int tear_down(void **state)
{
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

static void assert_checked(const char *path, xs_status wanted, const char *slug)
{
  xs_diag_view view;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_check(engine, path, diags), wanted);
  assert_int_equal(xs_diags_view(diags, 0, &view), slug != NULL);
  if (slug) assert_text(view.slug, slug);
}

static void test_inspect__tells_files_by_their_root(void **state)
{
  assert_checked(XS_TEST_ROOT "/samples/factory/case.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/offer/offer-workers.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/common/official.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/plans/filing.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/rules/national.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/calendar/china.xml", XS_OK, NULL);
  assert_checked(XS_TEST_ROOT "/templates/schema/case.rng", XS_EINPUT, "vocabulary-unknown");
  assert_checked(XS_TEST_ROOT "/README.md", XS_EINPUT, "xml-syntax");
  assert_checked(XS_TEST_ROOT "/nowhere.xml", XS_EIO, "file-read");
}

static void test_inspect__lists_the_faces_of_every_role(void **state)
{
  xs_face_view face;
  size_t i = 0, song = 0, last_resort = 0;
  do {
    assert_int_equal(xs_engine_font_at(engine, i++, diags, &face), XS_OK);
    if (!face.role.ptr) break;
    assert_true(face.family.len > 0 && face.file.len > 0);
    assert_int_equal(face.digest.len, face.found ? 64 : 0);
    song += xs_text_is(face.role, "宋");
    last_resort += face.role.len == 0;
  } while (i < 1000);
  assert_true(song > 0 && last_resort > 0);
}

static void assert_has(const char *role, uint32_t codepoint, int wanted)
{
  int has = -1;
  assert_int_equal(xs_engine_font_has(engine, xs_text_of(role), codepoint, diags, &has), XS_OK);
  assert_int_equal(has, wanted);
}

static void test_inspect__knows_what_a_role_lacks(void **state)
{
  assert_has("仿宋", 0x5F20, 1);
  assert_has("宋", 0x20BB7, 1);
  assert_has("宋", 0x10FFFD, 0);
  assert_has("隶", 0x5F20, 0);
}

static void test_inspect__works_out_expressions(void **state)
{
  const xs_render_options options = {.date = 20240305};
  xs_bytes value;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_eval(engine, XS_LIT("date-zh($date)"), NULL, &options, diags, &value),
                   XS_OK);
  assert_text(((xs_text){value.ptr, value.len}), "2024年3月5日");
  xs_bytes_free(&value);
  assert_int_equal(xs_engine_eval(engine, XS_LIT("date-zhh()"), NULL, &options, diags, &value),
                   XS_EINPUT);
  assert_null(value.ptr);
  assert_int_equal(xs_diags_count(diags, XS_ERROR), 1);
}

static void test_inspect__explains_every_function(void **state)
{
  xs_function_info f;
  size_t count = 0;
  while (xs_engine_function_at(count, &f)) {
    assert_true(*f.name && *f.example && *f.result && *f.what);
    count++;
  }
  assert_true(count > 20);
  assert_false(xs_engine_function_at(count + 7, &f));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_inspect__tells_files_by_their_root, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_inspect__lists_the_faces_of_every_role, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(test_inspect__knows_what_a_role_lacks, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_inspect__works_out_expressions, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_inspect__explains_every_function, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
