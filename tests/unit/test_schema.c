#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/xml.h"
#include "support/fail_host.h"

#include <stdio.h>

/* A small vocabulary with all that ours use: order, choice, mixed text, enumerations, types. */
static const char grammar[] =
    "<grammar ns='urn:t' xmlns='http://relaxng.org/ns/structure/1.0'"
    " datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
    "<start><element name='case'>"
    "<attribute name='kind'><choice><value>wage</value><value>safety</value></choice></attribute>"
    "<optional><attribute name='year'><data type='string'><param name='pattern'>[0-9]{4}</param>"
    "</data></attribute></optional>"
    "<element name='title'><text/></element>"
    "<oneOrMore><element name='employer'><attribute name='count'>"
    "<data type='nonNegativeInteger'/></attribute><ref name='nested'/></element></oneOrMore>"
    "<optional><element name='union'><empty/></element></optional>"
    "<zeroOrMore><element name='offer'><choice><attribute name='block'/><attribute name='of'/>"
    "</choice><choice><element name='accept'><empty/></element>"
    "<element name='refuse'><empty/></element></choice></element></zeroOrMore>"
    "</element></start>"
    "<define name='nested'><zeroOrMore><element name='if'><attribute name='test'/>"
    "<ref name='nested'/></element></zeroOrMore></define>"
    "</grammar>";

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
} fixture;

static int save(const char *path, const char *bytes)
{
  const xs_host *host = xs_host_posix();
  return host->save(host->user, path, bytes, strlen(bytes));
}

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL};
  assert_int_equal(save("test_schema.rng", grammar), 0);
  assert_int_equal(xs_schema_load(f.arena, XS_LIT("test_schema.rng"), f.diags, &f.schema), XS_OK);
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

/* What is said about a file: slug@line:column of each diagnostic, + for each of its notes. */
static void assert_said(fixture *f, const char *xml, const char *expected)
{
  xmlDocPtr doc = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(xs_xml_parse(f->arena, XS_LIT("x"), xs_text_of(xml), f->diags, &doc), XS_OK);
  xs_status st = xs_schema_check(f->schema, doc, f->diags);
  char said[1024] = "";
  size_t len = 0;
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(f->diags, i, &v); i++)
    len += (size_t)snprintf(said + len, sizeof said - len, v.slug.len ? "%s%.*s@%u:%u" : "+",
                            len ? " " : "", XS_TEXT(v.slug), v.line, v.column);
  assert_string_equal(said, expected);
  assert_int_equal(st, *expected ? XS_EINPUT : XS_OK);
}

static void assert_note(fixture *f, const char *expected)
{
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(f->diags, i, &v); i++)
    if (!v.slug.len && strstr(v.text.ptr, expected)) return;
  fail_msg("no note holds “%s”", expected);
}

#define HEAD "<case xmlns='urn:t' kind='wage'>"

static void test_schema__valid_file_says_nothing(void **state)
{
  assert_said(*state,
              HEAD "<title/><employer count='0'><if test='a'><if test='b'/></if></employer>"
                   "<union/><offer of='x'><refuse/></offer></case>",
              "");
}

static void test_schema__unknown_element_and_what_was_meant(void **state)
{
  assert_said(*state, HEAD "<titel>x</titel><employer count='1'/></case>", "element-unknown@1:33+");
  assert_note(*state, "<title>");
  assert_said(*state, HEAD "<title/><employer count='1'/>\n<bogus><deep/></bogus></case>",
              "element-unknown@2:1+");
}

static void test_schema__order(void **state)
{
  assert_said(*state, HEAD "<title/><union/><employer count='1'/></case>",
              "element-misplaced@1:41+");
  assert_said(*state, HEAD "<title/><employer count='1'/><union/>\n<union/></case>",
              "element-misplaced@2:1+");
  assert_note(*state, "one already");
  assert_said(*state,
              HEAD "<title/><employer count='1'/><offer of=''><accept/></offer>\n<union/>"
                   "</case>",
              "element-misplaced@2:1+");
  assert_note(*state, "belongs before");
}

static void test_schema__missing_elements(void **state)
{
  assert_said(*state, HEAD "<employer count='1'/></case>", "element-missing@1:33");
  assert_said(*state, HEAD "<title/></case>", "element-missing@1:1");
  assert_said(*state, HEAD "<title/><employer count='1'/>\n<offer of=''/></case>",
              "element-missing@2:1");
}

static void test_schema__attributes(void **state)
{
  assert_said(*state, "<case xmlns='urn:t'><title/><employer count='1'/></case>",
              "attribute-missing@1:1");
  assert_said(*state, "<case xmlns='urn:t' knid='wage'><title/><employer count='1'/></case>",
              "attribute-unknown@1:21+");
  assert_note(*state, "kind");
  assert_said(*state, HEAD "<title/><employer count='1'/>\n<offer><accept/></offer></case>",
              "attribute-missing@2:1");
  assert_said(*state, HEAD "<title/><employer count='1' xml:lang='zh'/></case>",
              "attribute-unknown@1:61+");
}

static void test_schema__values(void **state)
{
  assert_said(*state, "<case xmlns='urn:t' kind='wages'><title/><employer count='1'/></case>",
              "value-wrong@1:27++");
  assert_note(*state, "wage, safety");
  assert_said(*state,
              "<case xmlns='urn:t' kind='wage' year='25'><title/><employer count='-1'/>"
              "</case>",
              "value-wrong@1:39+ value-wrong@1:68+");
  assert_note(*state, "[0-9]{4}");
  assert_note(*state, "whole number");
}

static void test_schema__text_among_elements(void **state)
{
  assert_said(*state, HEAD "<title/>\n 甲 <employer count='1'/></case>", "text-misplaced@2:2");
}

static void test_schema__namespaces(void **state)
{
  assert_said(*state, "<case kind='wage'><title/><employer count='1'/></case>",
              "namespace-wrong@1:1");
  assert_said(*state, "<cse xmlns='urn:t'/>", "element-unknown@1:1");
  assert_said(*state, HEAD "<title xmlns='urn:u'/><title/><employer count='1'/></case>",
              "namespace-wrong@1:33");
}

static void test_schema__every_mistake_once(void **state)
{
  assert_said(*state,
              "<case xmlns='urn:t' kind='x' foo=''>\n<employer/>\n<unoin/>\n<offer of=''>"
              "<maybe/></offer></case>",
              "value-wrong@1:27+ attribute-unknown@1:30+ element-missing@2:1 "
              "attribute-missing@2:1 element-unknown@3:1+ element-unknown@4:14+ "
              "element-missing@4:1");
}

static void test_schema__names(void **state)
{
  fixture *f = *state;
  assert_true(xs_schema_knows_element(f->schema, XS_LIT("employer")));
  assert_false(xs_schema_knows_element(f->schema, XS_LIT("count")));
  assert_true(xs_schema_knows_attribute(f->schema, XS_LIT("count")));
  assert_text(xs_schema_nearest(f->schema, XS_LIT("emploier")), "employer");
  assert_text(xs_schema_nearest(f->schema, XS_LIT("cuont")), "count");
  assert_null(xs_schema_nearest(f->schema, XS_LIT("entirely-else")).ptr);
}

static void test_schema__broken_schema_is_said(void **state)
{
  fixture *f = *state;
  const xs_schema *schema = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(save("test_schema.bad.rng",
                        "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start>"
                        "<ref name='nowhere'/></start></grammar>"),
                   0);
  assert_int_equal(xs_schema_load(f->arena, XS_LIT("test_schema.bad.rng"), f->diags, &schema),
                   XS_EINPUT);
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "schema-broken");
  assert_null(schema);
}

static void test_schema__every_allocation_may_fail(void **state)
{
  fixture *f = *state;
  fail_host host;
  xs_status st = XS_ENOMEM;
  long passes = 0;
  for (; st; passes++) {
    xs_diags_clear(f->diags);
    fail_host_init(&host, passes);
    const xs_schema *schema = NULL;
    xs_arena *a = xs_arena_new(&host.host);
    if (a) st = xs_schema_load(a, XS_LIT("test_schema.rng"), f->diags, &schema);
    xs_arena_free(a);
    assert_int_equal(host.live, 0);
    if (st) assert_int_equal(st, XS_ENOMEM);
  }
  assert_true(passes > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_schema__valid_file_says_nothing),
      cmocka_unit_test(test_schema__unknown_element_and_what_was_meant),
      cmocka_unit_test(test_schema__order),
      cmocka_unit_test(test_schema__missing_elements),
      cmocka_unit_test(test_schema__attributes),
      cmocka_unit_test(test_schema__values),
      cmocka_unit_test(test_schema__text_among_elements),
      cmocka_unit_test(test_schema__namespaces),
      cmocka_unit_test(test_schema__every_mistake_once),
      cmocka_unit_test(test_schema__names),
      cmocka_unit_test(test_schema__broken_schema_is_said),
      cmocka_unit_test(test_schema__every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
