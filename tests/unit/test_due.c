#include "unit/unit.h"

#include "base/diag.h"
#include "base/text.h"
#include "packet/engine.h"
#include "xieshang/due.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

#define CASE(rules, facts)                                                                                   \
  "<case xmlns='urn:xieshang:case:1' id='c1' kind='enterprise' rules='" rules "' year='2025'>"               \
  "<title>甲公司集体协商</title><employer><name>甲公司</name></employer>"                          \
  "<union><name>甲公司工会</name></union><superior-union><name>乙市总工会</name></superior-union>" \
  "<authority><name>乙市人社局</name></authority>" facts "</case>"

#define OFFER                                                                                      \
  "<offer id='o1' by='workers' date='2025-03-03'><meeting/>"                                       \
  "<received date='2025-03-04' by='丙'/></offer>"
#define ANSWER(result) "<answer id='a1' offer='o1' date='2025-03-20' result='" result "'/>"
#define LETTER(id, role, date, rest)                                                               \
  "<rectification id='" id "' role='" role "' date='" date "' offer='o1'><to>甲公司</to>"       \
  "<fact>没有应约</fact>" rest "</rectification>"
#define REMIND                                                                                     \
  LETTER("r1", "remind", "2025-03-26",                                                             \
         "<reply-by date='2025-04-10'/><service date='2025-03-27' method='直接送达'/>")
#define OPINION                                                                                    \
  LETTER("r2", "opinion", "2025-04-14", "<service date='2025-04-15' method='直接送达'/>")

static xs_diags *diags;
static xs_engine *engine;
static xs_case *kase;
static xs_due *due;

static int64_t noon(void *user)
{
  (void)user;
  return 1742900400; /* 2025-03-25 11:00:00 UTC */
}

static xs_host host;

static int set_up_all(void **state)
{
  host = *xs_host_posix();
  host.now = noon;
  diags = xs_diags_new(&host);
  return xs_engine_open(&host, XS_TEST_ROOT, diags, &engine);
}

static int tear_down_all(void **state)
{
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

static int tear_down(void **state)
{
  xs_due_free(due);
  xs_case_free(kase);
  due = NULL;
  kase = NULL;
  return 0;
}

static void ask(const char *xml, uint32_t as_of)
{
  const xs_schema *schema = NULL;
  const xs_due_filter filter = {.as_of = as_of, .explain = 1};
  tear_down(NULL);
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &schema), XS_OK);
  assert_int_equal(
      xs_case_parse(&host, schema, XS_LIT("case.xml"), xs_text_of(xml), NULL, diags, &kase), XS_OK);
  assert_int_equal(xs_engine_due(engine, kase, &filter, diags, &due), XS_OK);
}

/* The place of the entry with this id; fails when there is none. */
static size_t place_of(const char *limit, bool is_proposal, xs_due_view *out)
{
  for (size_t i = 0; xs_due_at(due, i, out); i++)
    if (xs_text_is(out->limit, limit) && (out->is_proposal != 0) == is_proposal) return i;
  fail_msg("there is no %s", limit);
  return 0;
}

static size_t proposal_count(void)
{
  size_t count = 0;
  xs_due_view v;
  for (size_t i = 0; xs_due_at(due, i, &v); i++) count += v.is_proposal != 0;
  return count;
}

static void expect_term(uint32_t as_of, xs_due_term term)
{
  xs_due_view v;
  ask(CASE("national", OFFER), as_of);
  place_of("answer", false, &v);
  assert_int_equal(v.term, term);
  assert_int_equal(v.due, 20250324);
}

/* ---- the list ---- */

static void test_due__stands_by_weeks_and_months(void **state)
{
  expect_term(20250305, XS_DUE_MONTH);
  expect_term(20250317, XS_DUE_MONTH); /* a Monday; its Sunday is the 23rd */
  expect_term(20250324, XS_DUE_WEEK);
  expect_term(20250325, XS_DUE_OVERDUE);
  assert_int_equal(xs_due_week_end(due), 20250330);
  assert_int_equal(xs_due_month_end(due), 20250331);
}

static void test_due__explains_every_day(void **state)
{
  xs_due_view v;
  xs_days_line line;
  ask(CASE("national", OFFER), 20250325);
  const xs_days *days = xs_due_days(due, place_of("answer", false, &v));
  assert_non_null(days);
  assert_int_equal(xs_days_answer_of(days).due, 20250324);
  assert_true(xs_days_line_at(days, 0, &line));
  assert_int_equal(line.date, 20250304);
  assert_text(line.law, "《中华人民共和国民法典》第二百零一条");
}

/* ---- the ladder ---- */

static void expect_proposal(const char *facts, uint32_t before, uint32_t since, const char *id,
                            const char *why)
{
  xs_due_view v;
  ask(facts, before);
  assert_int_equal(proposal_count(), 0);
  ask(facts, since);
  place_of(id, true, &v);
  assert_int_equal(v.due, since);
  assert_text(v.why, why);
}

static void test_due__proposes_each_letter_on_its_first_day(void **state)
{
  expect_proposal(CASE("national", OFFER), 20250324, 20250325, "remind", "期满未应约");
  expect_proposal(CASE("national", OFFER ANSWER("refuse")), 20250319, 20250320, "remind",
                  "书面拒绝协商");
  expect_proposal(CASE("national", OFFER REMIND), 20250410, 20250411, "opinion",
                  "提示函的答复期满，没有答复");
  /* 15 working days from 15 April, over the holiday of May */
  expect_proposal(CASE("shandong", OFFER REMIND OPINION), 20250508, 20250509, "demand",
                  "意见书的答复期满，没有答复");
}

static void test_due__proposes_nothing_when_talks_were_accepted(void **state)
{
  ask(CASE("national", OFFER ANSWER("accept")), 20250401);
  assert_int_equal(proposal_count(), 0);
}

static void test_due__says_when_a_proposal_rests_on_what_is_not_verified(void **state)
{
  xs_due_view v;
  ask(CASE("national", OFFER REMIND OPINION), 20250601);
  place_of("refer", true, &v);
  assert_false(v.verified);
  assert_text(v.law, "");
  ask(CASE("shandong", OFFER REMIND OPINION), 20250601);
  place_of("refer", true, &v);
  assert_true(v.verified);
}

/* ---- the proposed paper ---- */

static void draft(const char *limit, xs_bytes *pdf, xs_bytes *xml)
{
  xs_due_view v;
  xs_diag_view said;
  xs_status status = xs_due_draft(due, place_of(limit, true, &v), diags, pdf, xml);
  for (size_t i = 0; status && xs_diags_view(diags, i, &said); i++)
    print_error("%.*s: %.*s\n", XS_TEXT(said.slug), XS_TEXT(said.text));
  assert_int_equal(status, XS_OK);
}

static bool holds(const xs_bytes *bytes, const char *what)
{
  size_t len = strlen(what);
  const char *text = bytes->ptr;
  for (size_t i = 0; i + len <= bytes->len; i++)
    if (memcmp(text + i, what, len) == 0) return true;
  return false;
}

static void test_due__fills_the_letter_from_the_case(void **state)
{
  xs_due_view v;
  xs_bytes pdf = {0}, xml = {0};
  ask(CASE("national", OFFER), 20250325);
  place_of("remind", true, &v);
  assert_text(v.template_id, "remind");
  draft("remind", &pdf, &xml);
  assert_true(holds(&pdf, "%PDF-"));
  assert_true(holds(&xml, "<rectification xmlns=\"urn:xieshang:case:1\" id=\"r1\" role=\"remind\" "
                          "date=\"2025-03-25\" offer=\"o1\">"));
  assert_true(holds(&xml, "<to>甲公司</to>"));
  assert_true(holds(&xml, "根据《集体合同规定》第三十二条的规定，你单位应当自收到要约之日起20日内"
                          "书面答复，至2025年3月24日期满，没有书面答复。"));
  xs_bytes_free(&pdf);
  xs_bytes_free(&xml);
}

/* The letter that is taken into the case is what the case may hold, and is proposed no more. */
static void test_due__the_letter_fits_the_case(void **state)
{
  static char text[16384];
  xs_bytes pdf = {0}, xml = {0};
  ask(CASE("national", OFFER), 20250325);
  draft("remind", &pdf, &xml);
  const char *element = strstr(xml.ptr, "<rectification");
  assert_non_null(element);
  int head = (int)(strstr(CASE("national", OFFER), "</case>") - CASE("national", OFFER));
  snprintf(text, sizeof text, "%.*s%.*s</case>", head, CASE("national", OFFER),
           (int)(xml.len - (size_t)(element - (const char *)xml.ptr)), element);
  xs_bytes_free(&pdf);
  xs_bytes_free(&xml);
  ask(text, 20250325);
  assert_int_equal(proposal_count(), 0);
}

static void test_due__only_a_proposal_has_a_paper(void **state)
{
  xs_due_view v;
  xs_bytes pdf = {0}, xml = {0};
  ask(CASE("national", OFFER), 20250325);
  assert_int_equal(xs_due_draft(due, place_of("answer", false, &v), diags, &pdf, &xml), XS_EINPUT);
  xs_diag_view said;
  assert_true(xs_diags_view(diags, 0, &said));
  assert_text(said.slug, "proposal-none");
}

/* ---- the feed ---- */

static icalcomponent *read_feed(xs_bytes *feed)
{
  assert_int_equal(xs_due_feed(due, "甲公司工会", diags, feed), XS_OK);
  char *text = malloc(feed->len + 1);
  memcpy(text, feed->ptr, feed->len);
  text[feed->len] = '\0';
  icalcomponent *calendar = icalparser_parse_string(text);
  free(text);
  assert_non_null(calendar);
  assert_int_equal(icalcomponent_count_errors(calendar), 0);
  assert_true(icalrestriction_check(calendar));
  return calendar;
}

static icalcomponent *find_event(icalcomponent *calendar, const char *uid)
{
  icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  for (; e; e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
    if (strcmp(icalcomponent_get_uid(e), uid) == 0) return e;
  return NULL;
}

static void test_due__feed_is_read_back(void **state)
{
  xs_bytes feed = {0};
  ask(CASE("national", OFFER), 20250320);
  icalcomponent *calendar = read_feed(&feed);
  icalcomponent *event = find_event(calendar, "c1.answer.o1@xieshang");
  assert_non_null(event);
  assert_string_equal(icalcomponent_get_summary(event), "书面应约 — 甲公司集体协商");
  struct icaltimetype start = icalcomponent_get_dtstart(event);
  assert_true(start.is_date);
  assert_int_equal(start.year * 10000 + start.month * 100 + start.day, 20250324);
  assert_int_equal(icalcomponent_get_dtend(event).day, 25);
  assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstamp(event)),
                      "20250325T110000Z");
  assert_int_equal(icalcomponent_count_components(event, ICAL_VALARM_COMPONENT), 2);
  assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_CONFIRMED);
  icalcomponent_free(calendar);
  xs_bytes_free(&feed);
}

static void test_due__feed_says_what_is_not_certain(void **state)
{
  xs_bytes feed = {0};
  ask(CASE("national", OFFER REMIND OPINION), 20250416);
  icalcomponent *calendar = read_feed(&feed);
  icalcomponent *event = find_event(calendar, "c1.opinion-reply.r2@xieshang");
  assert_non_null(event);
  assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_TENTATIVE);
  assert_string_equal(icalcomponent_get_summary(event),
                      "[not verified] 答复意见书 — 甲公司集体协商");
  icalcomponent_free(calendar);
  xs_bytes_free(&feed);
}

static void test_due__feed_is_the_same_twice_and_in_short_lines(void **state)
{
  xs_bytes one = {0}, two = {0};
  ask(CASE("national", OFFER), 20250320);
  icalcomponent_free(read_feed(&one));
  icalcomponent_free(read_feed(&two));
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.ptr, two.ptr, one.len);
  size_t len = 0;
  for (size_t i = 0; i < one.len; i++) {
    char c = ((const char *)one.ptr)[i];
    len = c == '\n' ? 0 : len + 1;
    assert_true(len <= 76); /* 75 octets and CR */
  }
  xs_bytes_free(&one);
  xs_bytes_free(&two);
}

#define TEST(name) cmocka_unit_test_teardown(test_due__##name, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(stands_by_weeks_and_months),
      TEST(explains_every_day),
      TEST(proposes_each_letter_on_its_first_day),
      TEST(proposes_nothing_when_talks_were_accepted),
      TEST(says_when_a_proposal_rests_on_what_is_not_verified),
      TEST(fills_the_letter_from_the_case),
      TEST(the_letter_fits_the_case),
      TEST(only_a_proposal_has_a_paper),
      TEST(feed_is_read_back),
      TEST(feed_says_what_is_not_certain),
      TEST(feed_is_the_same_twice_and_in_short_lines),
  };
  return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
