#include "unit/unit.h"

#include "base/text.h"
#include "workflow/deadline.h"

/* A case that is just valid; `rules` names its pack. */
#define CASE(rules, facts)                                                                             \
  "<case xmlns='urn:xieshang:case:1' id='c1' kind='enterprise' rules='" rules "' year='2025'>"         \
  "<title>案</title><employer><name>甲公司</name></employer><union><name>甲公司工会</name></" \
  "union>" facts "</case>"

#define OFFER(facts) "<offer id='o1' by='workers' date='2025-03-03'><meeting/>" facts "</offer>"
#define CONTRACT(attributes, facts)                                                                \
  "<contract id='k1' kind='comprehensive' " attributes "><title>合同</title>"                    \
  "<term from='2025-05-01' to='2026-04-30'/>" facts "</contract>"

static xs_diags *diags;
static xs_engine *engine;
static xs_clock *the_clock;
static xs_arena *a;
static xs_case *kase;

static int set_up_all(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine) ||
         xs_clock_load(engine, NULL, diags, &the_clock);
}

static int tear_down_all(void **state)
{
  xs_clock_free(the_clock);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

static int set_up(void **state)
{
  a = xs_arena_new(xs_host_posix());
  return 0;
}

static int tear_down(void **state)
{
  xs_case_free(kase);
  xs_arena_free(a);
  kase = NULL;
  return 0;
}

static xs_date day(uint32_t number)
{
  xs_date d = {0};
  if (number) assert_true(xs_date_of_number(number, &d));
  return d;
}

static xs_status look(const char *xml, uint32_t as_of, bool explain, xs_deadlines *out)
{
  const xs_schema *schema = NULL;
  const xs_rules *rules = NULL;
  const xs_calendar *calendar = NULL;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &schema), XS_OK);
  assert_int_equal(xs_case_parse(xs_host_posix(), schema, XS_LIT("case.xml"), xs_text_of(xml), NULL,
                                 diags, &kase),
                   XS_OK);
  assert_int_equal(xs_engine_rules(engine, kase, diags, &rules), XS_OK);
  assert_int_equal(xs_engine_calendar(engine, diags, &calendar), XS_OK);
  const xs_deadline_question q = {.clock = the_clock,
                                  .kase = kase,
                                  .rules = rules,
                                  .calendar = calendar,
                                  .as_of = day(as_of),
                                  .explain = explain};
  return xs_deadlines_find(a, &q, diags, out);
}

/* One deadline in a line: what, for whom it counts, from when, how long, until when, how it stands.
 */
static xs_text line_of(const xs_deadline *d, uint32_t on)
{
  return xs_arena_printf(a, "%.*s[%.*s] %u %.*s %u %s%s%s", XS_TEXT(d->limit), XS_TEXT(d->item),
                         (unsigned)xs_date_number(d->trigger), XS_TEXT(d->period),
                         (unsigned)(d->due.year ? xs_date_number(d->due) : 0),
                         xs_deadline_state_word(xs_deadline_state_on(d, day(on))),
                         d->verified ? "" : " unverified", d->provisional ? " provisional" : "");
}

/* The deadlines of these ids as they stand on a day, each a line. */
static void expect(const char *xml, uint32_t on, const char *ids, const char *expected)
{
  xs_deadlines list;
  xs_text all = XS_LIT("");
  assert_int_equal(look(xml, on, false, &list), XS_OK);
  for (size_t i = 0; i < list.count; i++) {
    xs_text rest = xs_text_of(ids), id;
    while (xs_text_word(&rest, &id))
      if (xs_text_equal(id, list.items[i].limit))
        all = xs_arena_printf(a, "%.*s%.*s\n", XS_TEXT(all), XS_TEXT(line_of(&list.items[i], on)));
  }
  assert_text(all, expected);
  tear_down(NULL);
  set_up(NULL);
}

/* ---- states ---- */

static void test_deadline__runs_from_its_trigger_to_its_day(void **state)
{
  const char *open = CASE("national", OFFER("<received date='2025-03-04' by='乙'/>"));
  expect(open, 20250303, "answer", "answer[o1] 20250304 20日 20250324 hidden\n");
  expect(open, 20250304, "answer", "answer[o1] 20250304 20日 20250324 open\n");
  expect(open, 20250324, "answer", "answer[o1] 20250304 20日 20250324 today\n");
  expect(open, 20250325, "answer", "answer[o1] 20250304 20日 20250324 overdue\n");
  expect(CASE("national", OFFER("")), 20250325, "answer", "");
}

static void test_deadline__is_met_in_time_or_late(void **state)
{
#define ANSWER(date) "<answer id='a1' offer='o1' date='" date "' result='accept'/>"
  const char *in_time =
      CASE("national", OFFER("<received date='2025-03-04' by='乙'/>") ANSWER("2025-03-24"));
  const char *late =
      CASE("national", OFFER("<received date='2025-03-04' by='乙'/>") ANSWER("2025-03-25"));
  expect(in_time, 20250324, "answer", "answer[o1] 20250304 20日 20250324 met\n");
  expect(late, 20250325, "answer", "answer[o1] 20250304 20日 20250324 late\n");
  /* on the day before it had not been answered */
  expect(late, 20250324, "answer", "answer[o1] 20250304 20日 20250324 today\n");
}

static void test_deadline__that_is_no_longer_needed_is_void(void **state)
{
  const char *withdrawn = CASE(
      "national",
      OFFER("<received date='2025-03-04' by='乙'/><withdrawn date='2025-03-10'>撤回</withdrawn>"));
  expect(withdrawn, 20250309, "answer", "answer[o1] 20250304 20日 20250324 open\n");
  expect(withdrawn, 20250310, "answer", "answer[o1] 20250304 20日 20250324 void\n");
}

/* ---- what moves a day ---- */

static void test_deadline__rolls_on_over_days_off(void **state)
{
  /* 20 days from 2025-04-12 end on 2 May, within the holiday of 1 to 5 May. */
  expect(CASE("national", "<offer id='o1' by='workers' date='2025-04-12'><meeting/>"
                          "<received date='2025-04-12' by='乙'/></offer>"),
         20250413, "answer", "answer[o1] 20250412 20日 20250506 open\n");
}

static void test_deadline__of_a_year_without_calendar_is_provisional(void **state)
{
  expect(CASE("zhejiang", "<offer id='o1' by='workers' date='2031-04-12'><meeting/>"
                          "<received date='2031-04-14' by='乙'/></offer>"),
         20310415, "answer", "answer[o1] 20310414 10个工作日 20310428 open provisional\n");
}

static void test_deadline__stands_still_while_talks_are_suspended(void **state)
{
#define TALKS(suspension) CASE("henan", OFFER("<received date='2025-03-04' by='乙'/>") suspension)
#define FORCE                                                                                      \
  "<suspension id='s1' from='2025-03-11' to='2025-03-20' cause='force-majeure'>洪水</suspension>"
#define AGREED                                                                                     \
  "<suspension id='s1' from='2025-03-11' to='2025-03-20' cause='agreement'>约定</suspension>"
#define ENDLESS "<suspension id='s1' from='2025-03-11' cause='force-majeure'>洪水</suspension>"
#define PLANNED                                                                                    \
  "<suspension id='s1' from='2025-03-11' until='2025-03-20' "                                      \
  "cause='force-majeure'>洪水</suspension>"
  expect(TALKS(""), 20250401, "talks-end", "talks-end[o1] 20250304 2个月 20250506 open\n");
  expect(TALKS(FORCE), 20250401, "talks-end", "talks-end[o1] 20250304 2个月 20250514 open\n");
  /* 河南 stops the clock for force majeure only */
  expect(TALKS(AGREED), 20250401, "talks-end", "talks-end[o1] 20250304 2个月 20250506 open\n");
  /* before it began nobody knew of it */
  expect(TALKS(FORCE), 20250310, "talks-end", "talks-end[o1] 20250304 2个月 20250506 open\n");
  expect(TALKS(ENDLESS), 20250401, "talks-end", "talks-end[o1] 20250304 2个月 0 paused\n");
  expect(TALKS(PLANNED), 20250315, "talks-end",
         "talks-end[o1] 20250304 2个月 20250514 open provisional\n");
}

static void test_deadline__counts_back_from_a_day_to_come(void **state)
{
  const char *planned =
      CASE("shandong", "<offer id='o1' by='workers' date='2025-03-03'>"
                       "<meeting date='2025-03-25'/><material>报表</material></offer>");
  expect(planned, 20250303, "information", "information[] 20250325 10日 20250315 open\n");
  expect(planned, 20250316, "information", "information[] 20250325 10日 20250315 overdue\n");
}

static void test_deadline__within_a_time_before_is_a_window(void **state)
{
  const char *signed_ = CASE("national", CONTRACT("", "<signing date='2025-04-20'/>"));
  expect(signed_, 20250419, "renewal", "renewal[k1] 20260430 3个月 20260430 hidden\n");
  expect(signed_, 20260129, "renewal", "renewal[k1] 20260430 3个月 20260430 waiting\n");
  expect(signed_, 20260130, "renewal", "renewal[k1] 20260430 3个月 20260430 open\n");
  expect(signed_, 20260430, "renewal", "renewal[k1] 20260430 3个月 20260430 today\n");
  expect(signed_, 20260501, "renewal", "renewal[k1] 20260430 3个月 20260430 lapsed\n");
}

/* ---- which rule ---- */

static void test_deadline__follows_the_kind_of_contract(void **state)
{
#define WAGE                                                                                       \
  "<contract id='k2' kind='wage'><title>合同</title><term from='2025-05-01' to='2026-04-30'/>"   \
  "<signing date='2025-04-21'/></contract>"
  expect(CASE("national", CONTRACT("", "<signing date='2025-04-21'/>") WAGE), 20250422, "filing",
         "filing[k2] 20250421 7日 20250428 open\nfiling[k1] 20250421 10日 20250506 open\n");
}

static void test_deadline__counts_from_what_the_place_says(void **state)
{
#define VOTE(notified)                                                                             \
  "<congress id='g1' body='职工代表大会' contract='k1' date='2025-04-18' " notified ">"            \
  "<item>草案</item><vote expected='10' present='10' in-favour='10' against='0' abstained='0' "  \
  "secret='yes'/>"                                                                                 \
  "<chair>甲</chair></congress>"
#define SIGNED CONTRACT("", "<signing date='2025-04-21'/>")
  /* 上海 counts from the notice that the congress adopted the draft */
  expect(CASE("shanghai", VOTE("notified='2025-04-19'") SIGNED), 20250422, "filing",
         "filing[g1] 20250419 10日 20250429 open\n");
  /* and without a notice the nation's days from the signing do not come back */
  expect(CASE("shanghai", SIGNED), 20250422, "filing", "");
}

static void test_deadline__that_was_not_verified_is_no_law(void **state)
{
  xs_deadlines list;
  assert_int_equal(look(CASE("national", CONTRACT("", "<signing draft-date='2025-04-01'/>")),
                        20250402, false, &list),
                   XS_OK);
  assert_int_equal(list.count, 1);
  assert_text(list.items[0].limit, "deliberation");
  assert_false(list.items[0].verified);
  assert_text(list.items[0].law, "");
}

static void test_deadline__names_its_article_and_who_acts(void **state)
{
  xs_deadlines list;
  assert_int_equal(
      look(CASE("national",
                OFFER("<reply-by date='2025-03-14'/><received date='2025-03-04' by='乙'/>")),
           20250305, true, &list),
      XS_OK);
  assert_int_equal(list.count, 1);
  const xs_deadline *d = &list.items[0];
  assert_text(d->law, "《集体合同规定》第三十二条");
  assert_text(d->actor, "收到要约的一方");
  assert_text(d->what, "书面应约");
  assert_text(d->since, "收到要约");
  assert_text(d->agreed_in, "要约书");
  assert_int_equal(xs_date_number(d->agreed), 20250314);
  assert_int_equal(d->count.line_count, 21);
}

/* ---- what papers agree on ---- */

static void test_deadline__may_be_agreed_by_a_paper_alone(void **state)
{
  const char *talks = CASE(
      "national",
      "<meeting id='m1' number='1' date='2025-04-01' start='09:00' place='会议室'><chair>甲</chair>"
      "<recorder>乙</recorder><adjourned until='2025-04-10'>休会</adjourned></meeting>"
      "<meeting id='m2' number='2' date='2025-04-11' start='09:00' place='会议室'><chair>甲</chair>"
      "<recorder>乙</recorder></meeting>");
  expect(talks, 20250405, "talks-again", "talks-again[m1] 20250410  20250410 open\n");
  expect(talks, 20250411, "talks-again", "talks-again[m1] 20250410  20250410 late\n");
}

static void test_deadline__of_a_right_lapses(void **state)
{
#define OPINION                                                                                         \
  "<rectification id='r1' role='opinion' date='2025-03-03'><to>甲公司</to><fact>拒绝协商</fact>" \
  "<service date='2025-03-04' method='直接送达'/></rectification>"
  expect(CASE("shandong", OPINION), 20250311, "opinion-objection opinion-reply",
         "opinion-objection[r1] 20250304 5个工作日 20250311 today\n"
         "opinion-reply[r1] 20250304 15个工作日 20250325 open\n");
  expect(CASE("shandong", OPINION), 20250312, "opinion-objection",
         "opinion-objection[r1] 20250304 5个工作日 20250311 lapsed\n");
}

/* ---- the record ---- */

static void test_deadline__stands_in_the_record(void **state)
{
  xs_deadlines list;
  const char *open = CASE("national", OFFER("<received date='2025-03-04' by='乙'/>"));
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  xmlNodePtr record = xmlNewDocNode(doc, NULL, BAD_CAST "record", NULL);
  xmlDocSetRootElement(doc, record);
  assert_int_equal(look(open, 20250325, false, &list), XS_OK);
  assert_int_equal(xs_deadlines_record(&list, day(20250325), record), XS_OK);
  const xmlNode *d = xs_xml_child(record, "deadline");
  assert_non_null(d);
  assert_text(xs_xml_attr(d, "limit"), "answer");
  assert_text(xs_xml_attr(d, "item"), "o1");
  assert_text(xs_xml_attr(d, "due"), "2025-03-24");
  assert_text(xs_xml_attr(d, "state"), "overdue");
  assert_text(xs_xml_attr(d, "law"), "《集体合同规定》第三十二条");
  assert_null(xs_xml_attr(d, "met").ptr);
  xmlFreeDoc(doc);
}

/* ---- the packs ---- */

static void test_deadline__every_pack_fits_the_clock(void **state)
{
  static const char *const packs[] = {"national",  "shandong", "shanghai", "beijing",
                                      "chongqing", "zhejiang", "henan",    "fujian",
                                      "sichuan",   "ningbo",   "hangzhou"};
  for (size_t i = 0; i < XS_COUNT(packs); i++) {
    const xs_schema *schema = NULL;
    xs_rules *rules = NULL;
    xs_diags_clear(diags);
    assert_int_equal(xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema), XS_OK);
    assert_int_equal(xs_rules_load(xs_host_posix(), schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                                   xs_text_of(packs[i]), diags, &rules),
                     XS_OK);
    xs_status status = xs_clock_check(the_clock, rules, diags);
    xs_diag_view view;
    for (size_t k = 0; xs_diags_view(diags, k, &view); k++)
      print_error("%s: %.*s %.*s\n", packs[i], XS_TEXT(view.slug), XS_TEXT(view.text));
    assert_int_equal(status, XS_OK);
    xs_rules_free(rules);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(test_deadline__##name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(runs_from_its_trigger_to_its_day),
      TEST(is_met_in_time_or_late),
      TEST(that_is_no_longer_needed_is_void),
      TEST(rolls_on_over_days_off),
      TEST(of_a_year_without_calendar_is_provisional),
      TEST(stands_still_while_talks_are_suspended),
      TEST(counts_back_from_a_day_to_come),
      TEST(within_a_time_before_is_a_window),
      TEST(follows_the_kind_of_contract),
      TEST(counts_from_what_the_place_says),
      TEST(that_was_not_verified_is_no_law),
      TEST(names_its_article_and_who_acts),
      TEST(may_be_agreed_by_a_paper_alone),
      TEST(of_a_right_lapses),
      TEST(stands_in_the_record),
      TEST(every_pack_fits_the_clock),
  };
  return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
