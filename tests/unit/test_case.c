#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/case.h"
#include "data/rules.h"
#include "support/fail_host.h"

#include <stdio.h>
#include <stdlib.h>

/* A case in which everything is right. Each test spoils one thing. */
static const char good[] =
    "<case xmlns='urn:xieshang:case:1' id='c' kind='enterprise' year='2025'>\n"
    "<title>工资集体协商</title>\n"
    "<employer><name>甲厂</name><credit-code>91519900MA0A0B0C13</credit-code>\n"
    "<legal-representative>方总</legal-representative>\n"
    "<headcount total='100' women='40'/></employer>\n"
    "<union><name>甲厂工会</name><chair>叶甲</chair></union>\n"
    "<delegates side='workers' elected='2025-02-20'>\n"
    "<delegate id='w1' chief='yes'><name>叶甲</name><sex>男</sex>"
    "<id-number>519999197806120011</id-number></delegate>\n"
    "<delegate id='w2'><name>苏乙</name><sex>女</sex></delegate>\n"
    "<delegate id='w3'><name>罗丙</name></delegate>\n"
    "</delegates>\n"
    "<delegates side='employer'>\n"
    "<delegate id='e1' chief='yes'><name>方总</name></delegate>\n"
    "<delegate id='e2'><name>林二</name></delegate>\n"
    "<delegate id='e3'><name>纪三</name></delegate>\n"
    "</delegates>\n"
    "<recorder><name>何青</name></recorder>\n"
    "<topics><topic id='t1'><name>工资</name></topic></topics>\n"
    "<offer id='o1' by='workers' date='2025-03-03'><meeting date='2025-03-28'/>\n"
    "<topic ref='t1'/><received date='2025-03-04' by='林二'/></offer>\n"
    "<answer id='a1' offer='o1' date='2025-03-18' result='accept'/>\n"
    "<meeting id='m1' number='1' date='2025-03-28' start='14:30' end='17:00' place='一'>\n"
    "<chair>叶甲</chair><recorder>何青</recorder>\n"
    "<speech side='workers' by='w1'>甲</speech><agreed topic='t1'>乙</agreed></meeting>\n"
    "<congress id='g1' body='职工代表大会' date='2025-04-18'><item>草案</item>\n"
    "<vote expected='48' present='45' in-favour='42' against='1' abstained='2'/>\n"
    "<chair>叶甲</chair></congress>\n"
    "<contract id='k1' kind='wage'><title>合同</title><term from='2025-06-01' to='2026-05-31'/>\n"
    "<copies total='6' authority='3'/><clause item='remuneration.level'><p>甲</p></clause>\n"
    "<signing date='2025-04-21' draft-date='2025-04-10'>\n"
    "<signature ref='w1' date='2025-04-21'/><signature ref='e1' date='2025-04-21'/></signing>\n"
    "<filing date='2025-04-25' copies='3'/>\n"
    "<review date='2025-05-08' received='2025-04-25' result='no-objection'/>\n"
    "<publication date='2025-05-09' to='2025-05-23' place='一'/></contract>\n"
    "<statistics form='leshan-2017' year='2025' date='2025-06-01'><unit>甲</unit>\n"
    "<figure name='single.offers'>10</figure><figure name='single.answers'>8</figure>\n"
    "<figure name='single.signed.employers'>3</figure>"
    "<figure name='single.signed.workers'>30</figure>\n"
    "<figure name='sector.offers'>/</figure></statistics>\n"
    "</case>\n";

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema, *rules_schema;
} fixture;

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL, NULL};
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"),
                                  f.diags, &f.schema),
                   XS_OK);
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"),
                                  f.diags, &f.rules_schema),
                   XS_OK);
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

/* The good case with one piece of it replaced; the caller frees it. */
static char *spoil(const char *what, const char *with)
{
  const char *at = strstr(good, what);
  if (!at) fail_msg("“%s” is not in the case", what);
  size_t before = (size_t)(at - good), len = sizeof good + strlen(with) - strlen(what);
  char *text = malloc(len);
  snprintf(text, len, "%.*s%s%s", (int)before, good, with, at + strlen(what));
  return text;
}

static xs_case *load(fixture *f, const char *text, xs_status expected)
{
  const xs_host *host = xs_host_posix();
  xs_case *kase = NULL;
  assert_int_equal(host->save(host->user, "test_case.xml", text, strlen(text)), 0);
  assert_int_equal(xs_case_load(host, f->schema, XS_LIT("test_case.xml"), f->diags, &kase),
                   expected);
  return kase;
}

static void check(fixture *f, const char *text, const char *pack)
{
  xs_rules *rules = NULL;
  xs_case *kase = load(f, text, XS_OK);
  assert_int_equal(xs_rules_load(xs_host_posix(), f->rules_schema,
                                 XS_LIT(XS_TEST_ROOT "/templates/rules"), xs_text_of(pack),
                                 f->diags, &rules),
                   XS_OK);
  xs_status st = xs_case_check(kase, rules, f->diags);
  assert_int_equal(st, xs_diags_count(f->diags, XS_ERROR) ? XS_EINPUT : XS_OK);
  xs_rules_free(rules);
  xs_case_free(kase);
}

/* What is said of a case: slug@line for each diagnostic. */
static void assert_said(fixture *f, const char *expected)
{
  char said[1024] = "";
  size_t len = 0;
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(f->diags, i, &v); i++)
    if (v.slug.len)
      len += (size_t)snprintf(said + len, sizeof said - len, "%s%.*s@%u", len ? " " : "",
                              XS_TEXT(v.slug), v.line);
  assert_string_equal(said, expected);
}

static void assert_spoilt(fixture *f, const char *what, const char *with, const char *expected)
{
  char *text = spoil(what, with);
  xs_diags_clear(f->diags);
  check(f, text, "national");
  assert_said(f, expected);
  free(text);
}

/* ---- tests ---- */

static void test_case__good_case_says_nothing(void **state)
{
  assert_spoilt(*state, "甲厂", "乙厂", "");
}

static void test_case__credit_code(void **state)
{
  assert_spoilt(*state, "91519900MA0A0B0C13", "91519900MA0A0B0C14", "credit-code@3");
  assert_spoilt(*state, "91519900MA0A0B0C13", "N1519900MA0A0B0C1M", "");
}

static void test_case__id_number(void **state)
{
  assert_spoilt(*state, "519999197806120011", "519999197806120012", "id-number@8");
  assert_spoilt(*state, "519999197806120011", "519999197802310011", "id-number@8");
  assert_spoilt(*state, "<sex>男", "<sex>女", "id-number-sex@8");
}

static void test_case__empty_field(void **state)
{
  assert_spoilt(*state, "<name>甲厂</name>", "<name> </name>", "field-empty@3");
}

static void test_case__days_and_times(void **state)
{
  assert_spoilt(*state, "elected='2025-02-20'", "elected='2025-02-29'", "date-invalid@7");
  assert_spoilt(*state, "elected='2025-02-20'", "elected='2024-02-29'", "");
  assert_spoilt(*state, "date='2025-05-08'", "date='8.5.2025'", "date-invalid@33");
  assert_spoilt(*state, "14:30", "24:30", "time-invalid@22");
  assert_spoilt(*state, "end='17:00'", "end='09:00'", "date-order@22");
}

static void test_case__order_that_cannot_be(void **state)
{
  assert_spoilt(*state, "received date='2025-03-04'", "received date='2025-03-02'",
                "date-order@20");
  assert_spoilt(*state, "date='2025-03-18'", "date='2025-03-03'", "date-order@21");
  assert_spoilt(*state, "draft-date='2025-04-10'", "draft-date='2025-04-22'",
                "step-order@25 date-order@30");
  assert_spoilt(*state, "filing date='2025-04-25'", "filing date='2025-04-20'", "date-order@32");
  assert_spoilt(*state, "received='2025-04-25'", "received='2025-05-10'", "date-order@33");
  assert_spoilt(*state, "to='2025-05-23'", "to='2025-05-01'", "date-order@34");
  assert_spoilt(*state, "from='2025-06-01'", "from='2026-06-01'", "date-order@28");
}

/* What can befall a case after it began, put in where it belongs. */
static void test_case__order_of_what_befalls(void **state)
{
  assert_spoilt(*state, "<delegate id='e3'><name>纪三</name></delegate>\n",
                "<delegate id='e3'><name>纪三</name></delegate>"
                "<vacancy since='2025-04-02' filled='2025-04-01'/>\n",
                "date-order@15");
  assert_spoilt(*state, "by='林二'/></offer>", "by='林二'/><withdrawn date='2025-03-01'/></offer>",
                "date-order@20");
  assert_spoilt(
      *state, "<congress",
      "<suspension id='s1' from='2025-04-02' to='2025-04-01' cause='agreement'/><congress",
      "date-order@25");
  assert_spoilt(*state, "<congress",
                "<dispute id='d1' applied='2025-04-02' accepted='2025-04-01'/><congress",
                "date-order@25");
  assert_spoilt(*state, "<publication", "<effect date='2025-04-20' by='silence'/><publication",
                "date-order@34");
  assert_spoilt(*state, "place='一'/></contract>",
                "place='一'/><report date='2025-04-01' to='工会'/></contract>", "date-order@34");
  assert_spoilt(*state, "place='一'/></contract>",
                "place='一'/><ended date='2025-09-01' cause='agreement' filed='2025-08-01'/>"
                "</contract>",
                "date-order@34");
}

static void test_case__draft_alone_is_signed(void **state)
{
  assert_spoilt(*state, "<signing date='2025-04-21' draft-date='2025-04-10'>",
                "<signing draft-date='2025-04-10'>", "");
}

static void test_case__order_that_the_law_does_not_want(void **state)
{
  assert_spoilt(*state, "date='2025-04-18'", "date='2025-04-23'", "step-order@30");
  assert_spoilt(*state, "elected='2025-02-20'", "elected='2025-04-01'", "step-order@22");
  assert_spoilt(*state, "publication date='2025-05-09'", "publication date='2025-05-01'",
                "step-order@34");
}

/* A notice in front of the figures, with something of it replaced. */
static const char notice[] =
    "<notice id='n1' date='2025-02-24' printed='2025-02-25'><issuer>甲会</issuer>"
    "<title>通知</title><to>乙会</to><p>丙</p>\n"
    "<annex title='表'><form><column group='一'>甲</column>\n"
    "<column group='一'>乙</column>\n"
    "<column>丙</column>\n"
    "<row><cell>1</cell><cell>2</cell><cell>3</cell></row><row/></form></annex></notice>\n";

static void assert_notice(fixture *f, const char *what, const char *with, const char *expected)
{
  char text[2048];
  const char *at = strstr(notice, what);
  assert_non_null(at);
  snprintf(text, sizeof text, "%.*s%s%s<statistics ", (int)(at - notice), notice, with,
           at + strlen(what));
  assert_spoilt(f, "<statistics ", text, expected);
}

static void test_case__notice(void **state)
{
  assert_notice(*state, "乙会", "丁会", "");
  assert_notice(*state, "printed='2025-02-25'", "printed='2025-02-23'", "date-order@35");
  assert_notice(*state, "printed='2025-02-25'", "printed='2025-02-30'", "date-invalid@35");
}

static void test_case__forms_of_a_notice(void **state)
{
  assert_notice(*state, "<cell>3</cell>", "<cell>3</cell><cell>4</cell>", "form-cells@39");
  assert_notice(*state, "<cell>3</cell>", "", "");
  assert_notice(*state, "<column>丙", "<column group='一'>丙", "");
  assert_notice(*state, "<column group='一'>乙</column>\n<column>丙",
                "<column>乙</column>\n<column group='一'>丙", "form-group@38");
}

static void test_case__second_place_is_named(void **state)
{
  fixture *f = *state;
  assert_spoilt(f, "received date='2025-03-04'", "received date='2025-03-02'", "date-order@20");
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 1, &v));
  assert_int_equal(v.line, 19);
}

static void test_case__law_is_named(void **state)
{
  fixture *f = *state;
  assert_spoilt(f, "present='45' in-favour='42'", "present='24' in-favour='21'",
                "vote-quorum@26 vote-majority@26");
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 1, &v));
  assert_non_null(strstr(v.text.ptr, "集体合同规定"));
  assert_non_null(strstr(v.text.ptr, "36"));
}

static void test_case__votes(void **state)
{
  assert_spoilt(*state, "abstained='2'", "abstained='3'", "vote-sum@26");
  assert_spoilt(*state, "abstained='2'", "abstained='1' invalid='1'", "");
  assert_spoilt(*state, "expected='48'", "expected='44'", "count-wrong@26");
  assert_spoilt(*state, "in-favour='42' against='1'", "in-favour='24' against='19'", "");
  assert_spoilt(*state, "in-favour='42' against='1'", "in-favour='23' against='20'",
                "vote-majority@26");
}

/* Half of all is enough in the country and in Beijing, but not in Zhejiang. */
static void test_case__majority_follows_the_pack(void **state)
{
  fixture *f = *state;
  char *text = spoil("in-favour='42' against='1'", "in-favour='24' against='19'");
  xs_diags_clear(f->diags);
  check(f, text, "beijing");
  assert_said(f, "");
  check(f, text, "zhejiang");
  assert_said(
      f,
      "vote-majority@26 vote-ballot@26 contract-copies@29 contract-copies@29 contract-copies@32");
  free(text);
}

/* How often a slug is said of the good case, with one piece replaced, under a pack. */
static size_t count_said(fixture *f, const char *pack, const char *what, const char *with,
                         const char *slug)
{
  size_t count = 0;
  xs_diag_view v;
  char *text = spoil(what, with);
  xs_diags_clear(f->diags);
  check(f, text, pack);
  for (size_t i = 0; xs_diags_view(f->diags, i, &v); i++) count += xs_text_is(v.slug, slug);
  free(text);
  return count;
}

static void test_case__large_firms_have_more_delegates(void **state)
{
  static const char what[] = "<employer><name>";
  assert_int_equal(count_said(*state, "zhejiang", what, what, "delegates-number"), 0);
  assert_int_equal(count_said(*state, "zhejiang", what, "<employer above-scale='yes'><name>",
                              "delegates-number"),
                   2);
  assert_int_equal(count_said(*state, "national", what, "<employer above-scale='yes'><name>",
                              "delegates-number"),
                   0);
}

static void test_case__groups_of_the_staff_have_a_delegate(void **state)
{
  static const struct {
    const char *pack, *what, *with;
    size_t times; /* henan also wants a third from the front line */
  } rows[] = {
      {"chongqing", "<sex>女", "<sex>男", 1},
      {"beijing", "<sex>女", "<sex>男", 0},
      {"henan", "<sex>女", "<sex>女", 1},
      {"henan", "<sex>女", "<sex>男", 2},
      {"chongqing", "women='40'", "women='40' dispatched='5'", 0},
      {"chongqing", "women='40'", "women='40' dispatched='6'", 1},
      {"beijing", "women='40'", "women='40' dispatched='6'", 0},
  };
  for (size_t i = 0; i < XS_COUNT(rows); i++)
    assert_int_equal(
        count_said(*state, rows[i].pack, rows[i].what, rows[i].with, "delegates-number"),
        rows[i].times);
}

/* 山东 wants a third from the front line when the talks are on wages, and says nothing else. */
static void test_case__rules_on_wages_hold_for_wages(void **state)
{
  static const char what[] = "kind='wage'";
  assert_int_equal(count_said(*state, "shandong", what, what, "delegates-number"), 1);
  assert_int_equal(count_said(*state, "shandong", what, "kind='safety'", "delegates-number"), 0);
}

static void test_case__headcount(void **state)
{
  assert_spoilt(*state, "women='40'", "women='101'", "count-wrong@5");
}

static void test_case__delegates_of_one_side(void **state)
{
  assert_spoilt(*state, "<delegate id='w3'><name>罗丙</name></delegate>\n", "",
                "delegates-number@7 delegates-balance@11");
  assert_spoilt(*state, "<delegate id='w2'>", "<delegate id='w2' chief='yes'>",
                "delegate-chief@9 contract-signature@30");
  assert_spoilt(*state, " chief='yes'><name>叶甲", "><name>叶甲", "delegate-chief@7");
  assert_spoilt(*state, "id='e1' chief='yes'", "id='e1' chief='yes' outsider='yes'",
                "chief-outsider@13");
  assert_spoilt(*state, "<legal-representative>方总", "<legal-representative>沈大",
                "chief-mandate@13");
}

static void test_case__outsiders(void **state)
{
  assert_spoilt(*state, "id='w2'", "id='w2' outsider='yes'", "");
  assert_spoilt(*state, "id='w2'><name>苏乙</name><sex>女</sex></delegate>\n<delegate id='w3'>",
                "id='w2' outsider='yes'><name>苏乙</name><sex>女</sex></delegate>\n"
                "<delegate id='w3' outsider='yes'>",
                "delegates-outsiders@7");
}

static void test_case__nobody_on_both_sides(void **state)
{
  assert_spoilt(*state, "<name>林二</name></delegate>", "<name>苏乙</name></delegate>",
                "delegate-both-sides@14");
  assert_spoilt(*state, "<name>林二</name></delegate>",
                "<name>别名</name><id-number>519999197806120011</id-number></delegate>",
                "delegate-both-sides@14");
  assert_spoilt(*state, "<name>林二</name></delegate>",
                "<name>苏乙</name><unit>乙厂</unit></delegate>", "");
  assert_spoilt(*state, "<name>罗丙</name>", "<name>苏乙</name>", "delegate-twice@10");
}

static void test_case__recorder_is_no_delegate(void **state)
{
  assert_spoilt(*state, "<recorder><name>何青", "<recorder><name>林二", "recorder-delegate@17");
}

static void test_case__references(void **state)
{
  assert_spoilt(*state, "topic ref='t1'", "topic ref='t2'", "reference-dangling@20");
  assert_spoilt(*state, "offer='o1'", "offer='o9'", "reference-dangling@21");
  assert_spoilt(*state, "by='w1'", "by='e1'", "reference-side@24");
  assert_spoilt(*state, "agreed topic='t1'", "agreed topic='t9'", "reference-dangling@24");
  assert_spoilt(*state, "id='w2'", "id='w3'", "id-twice@10");
}

static void test_case__contract(void **state)
{
  assert_spoilt(*state, "to='2026-05-31'", "to='2025-12-31'", "contract-term@28");
  assert_spoilt(*state, "to='2026-05-31'", "to='2028-06-02'", "contract-term@28");
  assert_spoilt(*state, "to='2026-05-31'", "to='2028-05-31'", "");
  assert_spoilt(*state, "total='6'", "total='4'", "contract-copies@29");
  assert_spoilt(*state, "item='remuneration.level'", "item='remunaration.level'", "clause-item@29");
  assert_spoilt(*state, "<signature ref='e1' date='2025-04-21'/>", "", "contract-signature@30");
  assert_spoilt(*state, "result='no-objection'", "result='objection'", "contract-objection@34");
}

static void test_case__comprehensive_contract_lists_absent_items(void **state)
{
  fixture *f = *state;
  assert_spoilt(f, "kind='wage'", "kind='comprehensive'", "contract-items@28");
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_non_null(strstr(v.text.ptr, "layoffs"));
  assert_null(strstr(v.text.ptr, "lacks: pay"));
}

static void test_case__pack_for_other_contracts(void **state)
{
  fixture *f = *state;
  char *text = spoil("kind='wage'", "kind='safety'");
  xs_diags_clear(f->diags);
  check(f, text, "shandong");
  xs_diag_view v;
  assert_int_equal(xs_diags_count(f->diags, XS_ERROR), 0);
  bool said = false;
  for (size_t i = 0; xs_diags_view(f->diags, i, &v); i++)
    said = said || xs_text_is(v.slug, "rules-kind");
  assert_true(said);
  free(text);
}

static void test_case__figures_of_a_form(void **state)
{
  assert_spoilt(*state, "'single.answers'>8", "'single.answers'>11", "figure-wrong@36");
  assert_spoilt(*state, "'single.answers'>8</figure>",
                "'single.answers'>2</figure><figure name='single.renewed.employers'>0</figure>"
                "<figure name='single.renewed.workers'>0</figure>",
                "figure-doubtful@36");
  assert_spoilt(*state, "'single.signed.workers'>30", "'single.signed.workers'>0",
                "figure-wrong@37 figure-wrong@37");
  assert_spoilt(*state, "'single.offers'>10", "'single.offers'>十", "figure-invalid@36");
  assert_spoilt(*state, "'sector.offers'>/", "'single.offers'>10", "id-twice@38");
}

static void test_case__interpuncts_in_names(void **state)
{
  fixture *f = *state;
  char *text = spoil("<name>罗丙</name>", "<name>买买提・艾力</name>");
  xs_diags_clear(f->diags);
  xs_case *kase = load(f, text, XS_OK);
  assert_said(f, "name-interpunct@10");
  const xmlNode *delegates = xs_xml_child(xmlDocGetRootElement(kase->doc), "delegates");
  const xmlNode *third = xs_xml_next(xs_xml_next(xs_xml_child(delegates, NULL), NULL), NULL);
  assert_text(xs_xml_child_content(kase->arena, third, "name"), "买买提·艾力");
  xs_case_free(kase);
  free(text);
}

static void test_case__schema_mistakes_stop_the_load(void **state)
{
  fixture *f = *state;
  char *text = spoil("<recorder>", "<recoder>");
  xs_diags_clear(f->diags);
  assert_null(load(f, text, XS_EINPUT));
  assert_said(f, "xml-syntax@17");
  free(text);
  text = spoil("<title>工资集体协商</title>", "<titel>工资集体协商</titel>");
  xs_diags_clear(f->diags);
  assert_null(load(f, text, XS_EINPUT));
  assert_said(f, "element-unknown@2");
  free(text);
}

static void test_case__misfit_is_checked_further(void **state)
{
  fixture *f = *state;
  char *text = spoil("<title>工资集体协商</title>\n<employer><name>甲厂</name>"
                     "<credit-code>91519900MA0A0B0C13",
                     "<titel>工资集体协商</titel>\n<employer><name>甲厂</name>"
                     "<credit-code>91519900MA0A0B0C14");
  const xs_host *host = xs_host_posix();
  xs_case *kase = NULL;
  xs_rules *rules = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(host->save(host->user, "test_case.xml", text, strlen(text)), 0);
  assert_int_equal(xs_case_open(host, f->schema, XS_LIT("test_case.xml"), f->diags, &kase),
                   XS_EINPUT);
  assert_int_equal(xs_rules_load(host, f->rules_schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                                 XS_LIT("national"), f->diags, &rules),
                   XS_OK);
  assert_int_equal(xs_case_check(kase, rules, f->diags), XS_EINPUT);
  assert_said(f, "element-unknown@2 credit-code@3");
  xs_rules_free(rules);
  xs_case_free(kase);
  free(text);
}

static xs_status load_and_check(fixture *f, const xs_host *host, const xs_rules *rules)
{
  xs_case *kase = NULL;
  xs_status st = xs_case_load(host, f->schema, XS_LIT("test_case.xml"), f->diags, &kase);
  if (!st) st = xs_case_check(kase, rules, f->diags);
  xs_case_free(kase);
  return st;
}

static void test_case__every_allocation_may_fail(void **state)
{
  fixture *f = *state;
  fail_host host;
  xs_rules *rules = NULL;
  xs_case_free(load(f, good, XS_OK));
  assert_int_equal(xs_rules_load(xs_host_posix(), f->rules_schema,
                                 XS_LIT(XS_TEST_ROOT "/templates/rules"), XS_LIT("national"),
                                 f->diags, &rules),
                   XS_OK);
  long passes = 0;
  xs_status st = XS_ENOMEM;
  for (; st; passes++) {
    xs_diags_clear(f->diags);
    fail_host_init(&host, passes);
    st = load_and_check(f, &host.host, rules);
    assert_int_equal(host.live, 0);
    if (st) assert_int_equal(st, XS_ENOMEM);
  }
  assert_true(passes > 10);
  xs_rules_free(rules);
}

static void test_case__latest_date(void **state)
{
  fixture *f = *state;
  xs_diags_clear(f->diags);
  xs_case *kase = load(f, good, XS_OK);
  assert_int_equal(xs_case_latest_date(kase), 20250601);
  assert_text(kase->id, "c");
  xs_case_free(kase);
}

static void test_case__blank_case_is_empty(void **state)
{
  fixture *f = *state;
  xs_case *kase = NULL;
  assert_int_equal(xs_case_blank(xs_host_posix(), f->diags, &kase), XS_OK);
  assert_true(xs_xml_is(xmlDocGetRootElement(kase->doc), "case"));
  assert_null(xs_xml_child(xmlDocGetRootElement(kase->doc), NULL));
  assert_int_equal(xs_case_latest_date(kase), 0);
  xs_case_free(kase);
}

static const struct {
  const char *file, *slug;
} hostile[] = {
    {"unknown-element.xml", "element-unknown"},
    {"wrong-check-digit.xml", "credit-code"},
    {"impossible-date.xml", "date-invalid"},
};

static void test_case__from_memory(void **state)
{
  fixture *f = *state;
  xs_case *kase = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(xs_case_parse(xs_host_posix(), f->schema, XS_LIT("c/case.xml"), xs_text_of(good),
                                 NULL, f->diags, &kase),
                   XS_OK);
  assert_text(kase->id, "c");
  assert_text(kase->path, "c/case.xml");
  assert_text(xs_xml_raw(kase->doc), good);
  xs_case_free(kase);
  kase = NULL;
  assert_int_equal(xs_case_parse(xs_host_posix(), f->schema, XS_LIT("c/case.xml"), XS_LIT("<case"),
                                 NULL, f->diags, &kase),
                   XS_EINPUT);
  assert_null(kase);
  xs_diags_clear(f->diags);
}

static void test_case__hostile_files_are_refused(void **state)
{
  fixture *f = *state;
  for (size_t i = 0; i < XS_COUNT(hostile); i++) {
    char path[512];
    snprintf(path, sizeof path, XS_TEST_ROOT "/tests/hostile/%s", hostile[i].file);
    xs_diags_clear(f->diags);
    xs_case *kase = NULL;
    xs_status st = xs_case_load(xs_host_posix(), f->schema, xs_text_of(path), f->diags, &kase);
    xs_rules *rules = NULL;
    assert_int_equal(xs_rules_load(xs_host_posix(), f->rules_schema,
                                   XS_LIT(XS_TEST_ROOT "/templates/rules"), XS_LIT("national"),
                                   f->diags, &rules),
                     XS_OK);
    if (!st) st = xs_case_check(kase, rules, f->diags);
    assert_int_equal(st, XS_EINPUT);
    xs_diag_view v;
    assert_true(xs_diags_view(f->diags, 0, &v));
    assert_text(v.slug, hostile[i].slug);
    assert_true(v.line > 0);
    xs_rules_free(rules);
    xs_case_free(kase);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_case__good_case_says_nothing),
      cmocka_unit_test(test_case__credit_code),
      cmocka_unit_test(test_case__id_number),
      cmocka_unit_test(test_case__empty_field),
      cmocka_unit_test(test_case__days_and_times),
      cmocka_unit_test(test_case__order_that_cannot_be),
      cmocka_unit_test(test_case__order_of_what_befalls),
      cmocka_unit_test(test_case__draft_alone_is_signed),
      cmocka_unit_test(test_case__order_that_the_law_does_not_want),
      cmocka_unit_test(test_case__notice),
      cmocka_unit_test(test_case__forms_of_a_notice),
      cmocka_unit_test(test_case__second_place_is_named),
      cmocka_unit_test(test_case__law_is_named),
      cmocka_unit_test(test_case__votes),
      cmocka_unit_test(test_case__majority_follows_the_pack),
      cmocka_unit_test(test_case__large_firms_have_more_delegates),
      cmocka_unit_test(test_case__groups_of_the_staff_have_a_delegate),
      cmocka_unit_test(test_case__rules_on_wages_hold_for_wages),
      cmocka_unit_test(test_case__headcount),
      cmocka_unit_test(test_case__delegates_of_one_side),
      cmocka_unit_test(test_case__outsiders),
      cmocka_unit_test(test_case__nobody_on_both_sides),
      cmocka_unit_test(test_case__recorder_is_no_delegate),
      cmocka_unit_test(test_case__references),
      cmocka_unit_test(test_case__contract),
      cmocka_unit_test(test_case__comprehensive_contract_lists_absent_items),
      cmocka_unit_test(test_case__pack_for_other_contracts),
      cmocka_unit_test(test_case__figures_of_a_form),
      cmocka_unit_test(test_case__interpuncts_in_names),
      cmocka_unit_test(test_case__schema_mistakes_stop_the_load),
      cmocka_unit_test(test_case__misfit_is_checked_further),
      cmocka_unit_test(test_case__every_allocation_may_fail),
      cmocka_unit_test(test_case__latest_date),
      cmocka_unit_test(test_case__blank_case_is_empty),
      cmocka_unit_test(test_case__from_memory),
      cmocka_unit_test(test_case__hostile_files_are_refused),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
