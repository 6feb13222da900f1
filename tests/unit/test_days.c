#include "unit/unit.h"

#include "base/diag.h"
#include "base/text.h"
#include "packet/days.h"
#include "packet/engine.h"
#include "support/fail_host.h"

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

static xs_days *ask(const xs_days_question *q)
{
  xs_days *days = NULL;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_days(engine, q, diags, &days), XS_OK);
  return days;
}

static void assert_first_slug(const char *slug)
{
  xs_diag_view view;
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, slug);
}

static void assert_refused(const xs_days_question *q, const char *slug)
{
  xs_days *days = NULL;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_days(engine, q, diags, &days), XS_EINPUT);
  assert_null(days);
  assert_first_slug(slug);
}

static void test_days__answers_with_both_last_days(void **state)
{
  xs_days *days = ask(&(xs_days_question){.from = 20250911, .n = 20, .unit = "日"});
  xs_days_answer a = xs_days_answer_of(days);
  assert_int_equal(a.due, 20251009);
  assert_int_equal(a.last, 20251001);
  assert_int_equal(a.number, 20);
  assert_int_equal(a.line_count, 30);
  assert_true(a.rolls);
  assert_false(a.provisional);
  assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
  xs_days_free(days);
}

static void test_days__backward_stays_unless_asked(void **state)
{
  xs_days_question q = {.from = 20251009, .n = 5, .unit = "day", .backward = 1};
  xs_days *days = ask(&q);
  assert_int_equal(xs_days_answer_of(days).due, 20251004);
  xs_days_free(days);
  q.roll = XS_DAYS_ROLL_ON;
  days = ask(&q);
  assert_int_equal(xs_days_answer_of(days).due, 20250930);
  xs_days_free(days);
}

static void test_days__lines_have_words_and_laws(void **state)
{
  xs_days_line line;
  xs_days *days = ask(&(xs_days_question){.from = 20250926, .n = 3, .unit = "工作日"});
  assert_true(xs_days_line_at(days, 0, &line));
  assert_int_equal(line.date, 20250926);
  assert_text(line.weekday, "星期五");
  assert_text(line.day, "工作日");
  assert_string_equal(line.reason, "start");
  assert_text(line.law, "《中华人民共和国民法典》第二百零一条");
  assert_true(xs_days_line_at(days, 1, &line));
  assert_text(line.weekday, "星期六");
  assert_string_equal(line.kind, "weekend");
  assert_text(line.law, "《国务院关于职工工作时间的规定》第七条");
  assert_true(xs_days_line_at(days, 2, &line));
  assert_string_equal(line.kind, "made-up");
  assert_text(line.day, "国庆节、中秋节调休上班");
  assert_int_equal(line.number, 1);
  assert_text(line.law, ""); /* that notices make weekends working days was not read in the law */
  assert_false(xs_days_line_at(days, 5, &line));
  xs_days_free(days);
}

static void test_days__unannounced_days_say_so(void **state)
{
  xs_days_line line;
  xs_days *days = ask(&(xs_days_question){.from = 20261228, .n = 1, .unit = "日"});
  assert_first_slug("count-provisional");
  assert_int_equal(xs_days_answer_of(days).unknown_year, 2027);
  assert_true(xs_days_line_at(days, 1, &line));
  assert_text(line.day, "工作日（未公布）");
  xs_days_free(days);
}

static void test_days__endless_pause_leaves_no_day(void **state)
{
  const xs_days_pause pause = {20250306, 0};
  xs_days *days = ask(&(xs_days_question){
      .from = 20250304, .n = 20, .unit = "日", .pauses = &pause, .pause_count = 1});
  assert_first_slug("count-stopped");
  assert_int_equal(xs_days_answer_of(days).due, 0);
  xs_days_free(days);
}

static void test_days__refuses_what_it_cannot_count(void **state)
{
  const xs_days_pause no_day = {20250306, 20250231}, backwards = {20250306, 20250305};
  assert_refused(&(xs_days_question){.from = 20250229, .n = 1, .unit = "日"}, "date-stated");
  assert_refused(&(xs_days_question){.from = 20250228, .n = 1, .unit = "年"}, "count-unit");
  assert_refused(&(xs_days_question){.from = 20250228, .n = UINT32_MAX, .unit = "月"},
                 "count-range");
  assert_refused(
      &(xs_days_question){
          .from = 20250228, .n = 1, .unit = "日", .pauses = &no_day, .pause_count = 1},
      "date-stated");
  assert_refused(
      &(xs_days_question){
          .from = 20250228, .n = 1, .unit = "日", .pauses = &backwards, .pause_count = 1},
      "count-pause");
}

static const xmlNode *record_of(const xs_days *days, xmlDocPtr *doc)
{
  *doc = xmlNewDoc(BAD_CAST "1.0");
  xmlNodePtr record = xmlNewDocNode(*doc, NULL, BAD_CAST "record", NULL);
  xmlDocSetRootElement(*doc, record);
  assert_int_equal(xs_days_add_record(days, record), XS_OK);
  return xs_xml_child(record, "count");
}

static void test_days__record_has_all_that_papers_print(void **state)
{
  xmlDocPtr doc;
  const xs_days_pause pause = {20251222, 20251223};
  xs_days *days = ask(&(xs_days_question){
      .from = 20251215, .n = 10, .unit = "工作日", .pauses = &pause, .pause_count = 1});
  const xmlNode *count = record_of(days, &doc);
  assert_text(xs_xml_attr(count, "due"), "2025-12-31");
  assert_text(xs_xml_attr(count, "unit"), "工作日");
  assert_text(xs_xml_attr(count, "direction"), "forward");
  assert_text(xs_xml_attr(count, "paused"), "2");
  assert_null(xs_xml_attr(count, "provisional").ptr);
  assert_text(xs_xml_attr(xs_xml_child(count, "pause"), "to"), "2025-12-23");
  assert_int_equal(xs_xml_count(count, "line"), 17);
  assert_int_equal(xs_xml_count(count, "notice"), 1);
  const xmlNode *line = xs_xml_child(count, "line");
  assert_text(xs_xml_attr(line, "why"), "开始的当日不计入");
  assert_text(xs_xml_attr(line, "grade"), "A");
  assert_null(xs_xml_attr(line, "number").ptr);
  xmlFreeDoc(doc);
  xs_days_free(days);
}

static void test_days__paper_is_a_pdf(void **state)
{
  xs_bytes pdf = {0};
  const xs_render_options options = {.date = 20250911};
  xs_days *days = ask(&(xs_days_question){.from = 20250911, .n = 20, .unit = "日"});
  assert_int_equal(xs_engine_days_paper(engine, days, &options, diags, &pdf), XS_OK);
  assert_memory_equal(pdf.ptr, "%PDF-", 5);
  xs_bytes_free(&pdf);
  xs_days_free(days);
}

/* Asks once, with an engine that has the calendar already. */
static xs_status ask_once(xs_engine *e, xs_diags *d)
{
  xs_days *days = NULL;
  const xs_days_pause pauses[] = {{20250306, 20250307}, {20250310, 20250311}};
  xs_status st = xs_engine_days(e,
                                &(xs_days_question){.from = 20250304,
                                                    .n = 20,
                                                    .unit = "日",
                                                    .pauses = pauses,
                                                    .pause_count = XS_COUNT(pauses)},
                                d, &days);
  assert_int_equal(days == NULL, st != XS_OK);
  xs_days_free(days);
  return st;
}

static void test_days__every_allocation_may_fail(void **state)
{
  fail_host host;
  xs_engine *e = NULL;
  fail_host_init(&host, -1);
  xs_diags *d = xs_diags_new(&host.host);
  assert_int_equal(xs_engine_open(&host.host, XS_TEST_ROOT, d, &e), XS_OK);
  assert_int_equal(ask_once(e, d), XS_OK);
  size_t live = host.live;
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st == XS_ENOMEM; passes++) {
    host.passes = passes;
    st = ask_once(e, d);
    assert_int_equal(host.live, live);
  }
  assert_int_equal(st, XS_OK);
  xs_engine_close(e);
  xs_diags_free(d);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_days__answers_with_both_last_days),
      cmocka_unit_test(test_days__backward_stays_unless_asked),
      cmocka_unit_test(test_days__lines_have_words_and_laws),
      cmocka_unit_test(test_days__unannounced_days_say_so),
      cmocka_unit_test(test_days__endless_pause_leaves_no_day),
      cmocka_unit_test(test_days__refuses_what_it_cannot_count),
      cmocka_unit_test(test_days__record_has_all_that_papers_print),
      cmocka_unit_test(test_days__paper_is_a_pdf),
      cmocka_unit_test(test_days__every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
