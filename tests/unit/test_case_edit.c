#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/case_edit.h"

static const char small[] =
    "<?xml version=\"1.0\"?>\n"
    "<!-- ours -->\n"
    "<case xmlns=\"urn:xieshang:case:1\" id=\"c\" kind=\"enterprise\" year=\"2025\">\n"
    "  <title>甲 > 乙</title>\n"
    "  <employer><name>甲厂</name></employer>\n"
    "  <topics><topic id=\"t1\"><name>工资</name></topic></topics>\n"
    "  <offer by='workers' date=\"2025-03-03\" id=\"o1\"> <!-- <x> -->\n"
    "    <meeting/>\n"
    "  </offer>\n"
    "  <contract kind=\"wage\" id=\"k1\"><title>合同</title>"
    "<term from=\"2025-06-01\" to=\"2026-05-31\"/></contract>\n"
    "</case>\n";

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
  return xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), f.diags,
                        &f.schema);
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

static xs_status edit_text(fixture *f, xs_text file, const char *fact, const char *into,
                           const char *hint, xs_text *out)
{
  xs_case *kase = NULL;
  xmlDocPtr facts = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(
      xs_case_parse(xs_host_posix(), f->schema, XS_LIT("c.xml"), file, NULL, f->diags, &kase),
      XS_OK);
  assert_int_equal(xs_xml_parse(f->arena, XS_LIT("f.xml"), xs_text_of(fact), f->diags, &facts),
                   XS_OK);
  const xs_case_edit edit = {.kase = kase,
                             .schema = f->schema,
                             .facts = facts,
                             .into = xs_text_of(into),
                             .hint = xs_text_of(hint)};
  xs_status st = xs_case_edit_make(f->arena, &edit, f->diags, out);
  xs_case_free(kase);
  return st;
}

/* The edit gives the small case with `old` (all of it must stand there once) replaced by `new`. */
static void expect(fixture *f, const char *fact, const char *hint, const char *old, const char *new)
{
  xs_text out = XS_NO_TEXT;
  const char *at = strstr(small, old);
  assert_non_null(at);
  assert_int_equal(edit_text(f, XS_LIT(small), fact, "", hint, &out), XS_OK);
  xs_text wanted =
      xs_arena_printf(f->arena, "%.*s%s%s", (int)(at - small), small, new, at + strlen(old));
  assert_text(out, wanted.ptr);
}

static void refuse(fixture *f, const char *fact, const char *into, const char *slug)
{
  xs_text out = XS_NO_TEXT;
  xs_diag_view view;
  assert_int_equal(edit_text(f, XS_LIT(small), fact, into, "", &out), XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, slug);
  xs_diags_clear(f->diags);
}

#define NS " xmlns=\"urn:xieshang:case:1\""

static void test_case_edit__adds_where_the_schema_has_room(void **state)
{
  expect(*state, "<!-- a --><answer" NS " id='a1' offer='o1' date='2025-03-18' result='accept'/>",
         "", "  </offer>\n",
         "  </offer>\n  <answer id='a1' offer='o1' date='2025-03-18' result='accept'/>\n");
  expect(*state,
         "<offer id='o2' xmlns='urn:xieshang:case:1' by='workers' date='2025-04-01'>\n</offer>", "",
         "  </offer>\n",
         "  </offer>\n  <offer id='o2' by='workers' date='2025-04-01'>\n</offer>\n");
  expect(*state, "<received" NS " date='2025-03-04'/>", "", "    <meeting/>\n",
         "    <meeting/>\n    <received date='2025-03-04'/>\n");
}

static void test_case_edit__opens_an_empty_element(void **state)
{
  xs_text out = XS_NO_TEXT;
  fixture *f = *state;
  static const char file[] = "<case xmlns='urn:xieshang:case:1' id='c' kind='enterprise' "
                             "year='2025'><title>甲</title><employer><name>甲</name></employer>\r\n"
                             "  <answer id='a1' offer='o1' date='2025-03-18' result='accept' />\r\n"
                             "</case>";
  assert_int_equal(edit_text(f, XS_LIT(file), "<received" NS " date='2025-03-18'/>", "", "", &out),
                   XS_OK);
  assert_text(out, "<case xmlns='urn:xieshang:case:1' id='c' kind='enterprise' "
                   "year='2025'><title>甲</title><employer><name>甲</name></employer>\r\n"
                   "  <answer id='a1' offer='o1' date='2025-03-18' result='accept' >\r\n"
                   "    <received date='2025-03-18'/>\r\n"
                   "  </answer>\r\n"
                   "</case>");
}

static void test_case_edit__replaces_what_it_is_about(void **state)
{
  expect(*state, "<title" NS ">丙</title>", "", "<title>甲 > 乙</title>", "<title>丙</title>");
  expect(*state, "<contract" NS " id='k1' kind='wage'><title>新</title></contract>", "",
         "<contract kind=\"wage\" id=\"k1\"><title>合同</title>"
         "<term from=\"2025-06-01\" to=\"2026-05-31\"/></contract>",
         "<contract id='k1' kind='wage'><title>新</title></contract>");
}

static void test_case_edit__hint_and_id_choose_the_parent(void **state)
{
  fixture *f = *state;
  static const char fact[] = "<signing" NS " date='2025-04-21'/>";
  static const char file[] =
      "<case xmlns='urn:xieshang:case:1' id='c' kind='enterprise' year='2025'><title>甲</title>"
      "<employer><name>甲</name></employer>"
      "<contract id='k1' kind='wage'><title>一</title><term from='2025-06-01' to='2026-05-31'/>"
      "</contract>"
      "<contract id='k2' kind='safety'><title>二</title><term from='2025-06-01' to='2026-05-31'/>"
      "</contract></case>";
  xs_text out = XS_NO_TEXT;
  xs_diag_view view;
  assert_int_equal(edit_text(f, XS_LIT(file), fact, "", "", &out), XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, "fact-ambiguous");
  assert_int_equal(edit_text(f, XS_LIT(file), fact, "", "k2", &out), XS_OK);
  assert_non_null(strstr(out.ptr, "/><signing date='2025-04-21'/></contract></case>"));
  assert_int_equal(edit_text(f, XS_LIT(file), fact, "k1", "k2", &out), XS_OK);
  assert_non_null(strstr(out.ptr, "<signing date='2025-04-21'/></contract><contract id='k2'"));
}

static void test_case_edit__refuses_what_has_no_place(void **state)
{
  refuse(*state, "<answr" NS "/>", "", "fact-misplaced");
  refuse(*state, "<answer id='a1'/>", "", "namespace-wrong");
  refuse(*state, "<chair" NS ">甲</chair>", "", "fact-misplaced");
  refuse(*state, "<received" NS " date='2025-03-04'/>", "o7", "fact-misplaced");
  refuse(*state, "<received" NS " date='2025-03-04'/>", "k1", "fact-misplaced");
}

static void test_case_edit__other_encodings_want_the_whole_file(void **state)
{
  fixture *f = *state;
  static const char gbk[] = "<?xml version='1.0' encoding='GBK'?><case xmlns='urn:xieshang:case:1' "
                            "id='c' kind='enterprise' year='2025'><title>\xbc\xd7</title>"
                            "<employer><name>\xbc\xd7</name></employer></case>";
  xs_text out = XS_NO_TEXT;
  xs_diag_view view;
  assert_int_equal(edit_text(f, XS_LIT(gbk), "<title" NS ">乙</title>", "", "", &out), XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, "fact-encoding");
  assert_int_equal(edit_text(f, XS_LIT(gbk), small, "", "", &out), XS_OK);
  assert_text(out, small);
}

static void test_case_edit__keeps_a_byte_order_mark(void **state)
{
  fixture *f = *state;
  static const char marked[] = "\xef\xbb\xbf<case xmlns='urn:xieshang:case:1' id='c' "
                               "kind='enterprise' year='2025'><title>甲</title><employer><name>甲"
                               "</name></employer></case>";
  xs_text out = XS_NO_TEXT;
  assert_int_equal(edit_text(f, XS_LIT(marked), "<title" NS ">乙</title>", "", "", &out), XS_OK);
  assert_memory_equal(out.ptr, "\xef\xbb\xbf<case", 8);
  assert_non_null(strstr(out.ptr, "<title>乙</title><employer>"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_case_edit__adds_where_the_schema_has_room),
      cmocka_unit_test(test_case_edit__opens_an_empty_element),
      cmocka_unit_test(test_case_edit__replaces_what_it_is_about),
      cmocka_unit_test(test_case_edit__hint_and_id_choose_the_parent),
      cmocka_unit_test(test_case_edit__refuses_what_has_no_place),
      cmocka_unit_test(test_case_edit__other_encodings_want_the_whole_file),
      cmocka_unit_test(test_case_edit__keeps_a_byte_order_mark),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
