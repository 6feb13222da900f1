#include "unit/unit.h"

#include "base/text.h"
#include "data/case_days.h"

#define CASE(facts)                                                                                \
  "<case xmlns='urn:xieshang:case:1' id='c1' kind='enterprise' year='2025'>"                       \
  "<title>案</title><employer><name>甲公司</name></employer>" facts "</case>"

static xs_arena *a;
static xs_diags *diags;
static const xs_schema *schema;
static xs_case *kase, *past;

static int set_up_all(void **state)
{
  a = xs_arena_new(xs_host_posix());
  diags = xs_diags_new(xs_host_posix());
  return xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), diags, &schema);
}

static int tear_down_all(void **state)
{
  xs_arena_free(a);
  xs_diags_free(diags);
  return 0;
}

static int tear_down(void **state)
{
  xs_case_free(past);
  xs_case_free(kase);
  past = kase = NULL;
  return 0;
}

/* The case as it stood on a day, as XML. */
static xs_text as_of(const char *xml, uint32_t number)
{
  xs_date day = {0};
  xmlChar *text = NULL;
  int len = 0;
  tear_down(NULL);
  if (number) assert_true(xs_date_of_number(number, &day));
  assert_int_equal(xs_case_parse(xs_host_posix(), schema, XS_LIT("case.xml"), xs_text_of(xml), NULL,
                                 diags, &kase),
                   XS_OK);
  assert_int_equal(xs_case_past(kase, day, &past), XS_OK);
  xmlDocDumpMemory(past->doc, &text, &len);
  xs_text copy = xs_arena_text(a, (xs_text){(const char *)text, (size_t)len});
  xmlFree(text);
  return copy;
}

static bool holds(xs_text text, const char *what)
{
  size_t len = strlen(what);
  for (size_t i = 0; i + len <= text.len; i++)
    if (memcmp(text.ptr + i, what, len) == 0) return true;
  return false;
}

#define OFFER                                                                                      \
  "<offer id='o1' by='workers' date='2025-03-03'><meeting date='2025-04-01'/>"                     \
  "<reply-by date='2025-03-20'/><received date='2025-03-05' by='乙'/></offer>"

static void test_case_days__what_began_later_is_gone(void **state)
{
  const char *xml = CASE(OFFER "<answer id='a1' offer='o1' date='2025-03-10' result='refuse'/>");
  assert_false(holds(as_of(xml, 20250302), "<offer"));
  assert_true(holds(as_of(xml, 20250303), "<offer"));
  assert_false(holds(as_of(xml, 20250304), "<received"));
  assert_true(holds(as_of(xml, 20250305), "<received"));
  assert_false(holds(as_of(xml, 20250309), "<answer"));
  assert_true(holds(as_of(xml, 20250310), "<answer"));
}

static void test_case_days__plans_stay(void **state)
{
  xs_text xml = as_of(CASE(OFFER), 20250303);
  assert_true(holds(xml, "<meeting date=\"2025-04-01\"/>"));
  assert_true(holds(xml, "<reply-by date=\"2025-03-20\"/>"));
}

static void test_case_days__what_came_of_a_thing_is_not_known_before(void **state)
{
  const char *xml = CASE(
      "<suspension id='s1' from='2025-03-11' until='2025-03-20' to='2025-03-18' cause='agreement'>"
      "约定</suspension><dispute id='d1' applied='2025-03-12' closed='2025-03-30' result='settled'>"
      "争议</dispute>");
  xs_text during = as_of(xml, 20250315);
  assert_true(holds(during, "from=\"2025-03-11\" until=\"2025-03-20\" cause"));
  assert_true(holds(during, "applied=\"2025-03-12\"/>"));
  assert_false(holds(as_of(xml, 20250311), "<dispute"));
  assert_true(holds(as_of(xml, 20250330), "result=\"settled\""));
}

static void test_case_days__a_draft_is_signed_before_the_contract(void **state)
{
  const char *xml = CASE(
      "<contract id='k1' kind='wage'><title>合同</title><term from='2025-05-01' to='2026-04-30'/>"
      "<signing date='2025-04-20' draft-date='2025-04-10'/></contract>");
  assert_true(holds(as_of(xml, 20250412), "<signing draft-date=\"2025-04-10\"/>"));
  assert_false(holds(as_of(xml, 20250409), "<signing"));
  assert_true(holds(as_of(xml, 20250409), "<contract"));
}

static void test_case_days__without_a_day_it_is_a_copy(void **state)
{
  xs_text xml = as_of(CASE(OFFER), 0);
  assert_true(holds(xml, "<received date=\"2025-03-05\""));
  const xmlNode *offer = xs_xml_child(xmlDocGetRootElement(past->doc), "offer");
  xs_span at = xs_xml_span(offer);
  assert_true(at.source != 0 && at.len != 0);
}

static void test_case_days__takes_an_element_in_at_its_place(void **state)
{
  (void)as_of(CASE(OFFER "<notice id='n1' date='2025-03-01'><issuer>甲</issuer><title>题</title>"
                         "<to>乙</to><p>文</p></notice>"),
              0);
  xmlNodePtr letter = xmlNewDocNode(past->doc, NULL, BAD_CAST "rectification", NULL);
  assert_int_equal(xs_case_insert(past, schema, letter), XS_OK);
  assert_true(xs_xml_is(xs_xml_next(letter, NULL), "notice"));
  xmlNodePtr stranger = xmlNewDocNode(past->doc, NULL, BAD_CAST "stranger", NULL);
  assert_int_equal(xs_case_insert(past, schema, stranger), XS_EINPUT);
}

#define TEST(name) cmocka_unit_test_teardown(test_case_days__##name, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(what_began_later_is_gone),
      TEST(plans_stay),
      TEST(what_came_of_a_thing_is_not_known_before),
      TEST(a_draft_is_signed_before_the_contract),
      TEST(without_a_day_it_is_a_copy),
      TEST(takes_an_element_in_at_its_place),
  };
  return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
