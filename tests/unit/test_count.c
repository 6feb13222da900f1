#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/count.h"
#include "support/fail_host.h"

#include <stdio.h>

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  xs_calendar *china;
} fixture;

static int set_up(void **state)
{
  static fixture f;
  const xs_schema *schema = NULL;
  f = (fixture){xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL};
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/calendar.rng"),
                                  f.diags, &schema),
                   XS_OK);
  assert_int_equal(xs_calendar_load(xs_host_posix(), schema,
                                    XS_LIT(XS_TEST_ROOT "/templates/calendar/china.xml"), f.diags,
                                    &f.china),
                   XS_OK);
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_calendar_free(f->china);
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

static xs_date date_of(const char *text)
{
  xs_date date = {0};
  if (*text) assert_true(xs_date_parse(xs_text_of(text), &date));
  return date;
}

#define PAUSES 4

/* A count as one would ask for it. `pauses` are "from..to", the end left out when there is none. */
typedef struct question {
  const char *from;
  uint32_t n;
  xs_time_unit unit;
  bool backward;
  xs_roll roll;
  const char *pauses[PAUSES];
} question;

static xs_count count_of(fixture *f, const question *q)
{
  xs_count count;
  xs_pause pauses[PAUSES];
  size_t pause_count = 0;
  for (; pause_count < PAUSES && q->pauses[pause_count]; pause_count++) {
    char from[11] = "";
    memcpy(from, q->pauses[pause_count], 10);
    pauses[pause_count] = (xs_pause){date_of(from), date_of(q->pauses[pause_count] + 12)};
  }
  const xs_period period = {q->n, q->unit, q->backward, q->roll};
  assert_int_equal(xs_count_period(f->arena, f->china, date_of(q->from), &period, pauses,
                                   pause_count, true, f->diags, &count),
                   XS_OK);
  return count;
}

static void assert_date(xs_date date, const char *expected)
{
  char text[32];
  snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  assert_text(xs_text_of(text), expected);
}

#define assert_due(f, expected, ...)                                                               \
  assert_date(count_of((f), &(question){__VA_ARGS__}).due, expected)

#define DAYS     .unit = XS_UNIT_DAY
#define WORKDAYS .unit = XS_UNIT_WORKDAY
#define MONTHS   .unit = XS_UNIT_MONTH
#define BACKWARD .backward = true, .roll = XS_ROLL_NOT

/* ---- days ---- */

static void test_count__first_day_is_not_counted(void **state)
{
  assert_due(*state, "2025-03-24", "2025-03-04", 20, DAYS);
  assert_due(*state, "2025-03-05", "2025-03-04", 1, DAYS);
}

static void test_count__last_day_on_national_day_goes_on_to_the_ninth(void **state)
{
  fixture *f = *state;
  xs_count count = count_of(f, &(question){"2025-09-11", 20, DAYS});
  assert_date(count.last, "2025-10-01");
  assert_date(count.due, "2025-10-09");
  assert_false(count.provisional);
}

static void test_count__last_day_on_a_saturday_goes_on_to_monday(void **state)
{
  assert_due(*state, "2025-03-24", "2025-03-02", 20, DAYS); /* 2025-03-22 */
}

static void test_count__last_day_on_a_worked_saturday_stays(void **state)
{
  assert_due(*state, "2025-02-08", "2025-01-19", 20, DAYS); /* 春节 is made up for */
}

static void test_count__last_day_on_a_sunday_goes_on_over_a_worked_day_only(void **state)
{
  /* 2025-04-26 is a Saturday off, 2025-04-27 a Sunday that is worked. */
  assert_due(*state, "2025-04-27", "2025-04-06", 20, DAYS);
}

static void test_count__holiday_that_goes_on_from_a_weekend(void **state)
{
  /* 2018-12-30 to 2019-01-01 off, of which one day is of the next year. */
  assert_due(*state, "2019-01-02", "2018-12-10", 20, DAYS);
}

static void test_count__zero_days_end_on_the_day_itself(void **state)
{
  assert_due(*state, "2025-03-04", "2025-03-04", 0, DAYS);
  assert_due(*state, "2025-10-09", "2025-10-01", 0, DAYS);
}

static void test_count__rule_that_says_so_stays_on_a_day_off(void **state)
{
  assert_due(*state, "2025-10-01", "2025-09-11", 20, DAYS, .roll = XS_ROLL_NOT);
}

/* ---- working days ---- */

static void test_count__working_days_pass_over_spring_festival(void **state)
{
  /* Off 2025-01-28 to 02-04; worked Sunday 01-26 and Saturday 02-08. */
  assert_due(*state, "2025-02-11", "2025-01-22", 10, WORKDAYS);
  assert_due(*state, "2025-02-08", "2025-01-22", 8, WORKDAYS);
  assert_due(*state, "2025-01-26", "2025-01-24", 1, WORKDAYS);
}

static void test_count__working_days_from_a_day_off(void **state)
{
  assert_due(*state, "2025-10-09", "2025-10-03", 1, WORKDAYS);
  assert_due(*state, "2025-10-11", "2025-10-03", 3, WORKDAYS); /* a worked Saturday */
}

/* ---- months ---- */

static void test_count__month_ends_on_the_day_of_the_same_number(void **state)
{
  assert_due(*state, "2025-06-16", "2025-03-15", 3, MONTHS); /* 06-15 is a Sunday */
  assert_due(*state, "2025-04-15", "2025-03-15", 1, MONTHS);
}

static void test_count__month_without_that_day_ends_on_its_last(void **state)
{
  assert_due(*state, "2025-02-28", "2025-01-31", 1, MONTHS);
  assert_due(*state, "2024-02-29", "2024-01-31", 1, MONTHS);
  assert_due(*state, "2025-04-30", "2025-01-30", 3, MONTHS);
  assert_due(*state, "2025-06-30", "2024-12-31", 6, MONTHS);
}

static void test_count__twelve_months_from_the_leap_day(void **state)
{
  assert_due(*state, "2025-02-28", "2024-02-29", 12, MONTHS);
}

static void test_count__months_over_the_end_of_a_year(void **state)
{
  assert_due(*state, "2025-01-15", "2024-11-15", 2, MONTHS);
}

/* ---- backward ---- */

static void test_count__backward_stays_on_a_day_off(void **state)
{
  assert_due(*state, "2025-10-04", "2025-10-09", 5, DAYS, BACKWARD);
  assert_due(*state, "2025-03-02", "2025-03-22", 20, DAYS, BACKWARD); /* a Sunday */
}

static void test_count__backward_months(void **state)
{
  assert_due(*state, "2025-11-28", "2026-02-28", 3, MONTHS, BACKWARD);
  assert_due(*state, "2025-02-28", "2025-05-31", 3, MONTHS, BACKWARD);
}

static void test_count__backward_working_days(void **state)
{
  /* 2025-10-09 and the days before it: 09-30, 09-29, 09-28 (a worked Sunday), 09-26. */
  assert_due(*state, "2025-09-28", "2025-10-09", 3, WORKDAYS, BACKWARD);
  assert_due(*state, "2025-09-26", "2025-10-09", 4, WORKDAYS, BACKWARD);
}

static void test_count__backward_that_avoids_days_off_goes_further_back(void **state)
{
  assert_due(*state, "2025-09-30", "2025-10-09", 5, DAYS, .backward = true, .roll = XS_ROLL_ON);
}

/* ---- pauses ---- */

static void test_count__pause_stops_the_clock_for_exactly_its_days(void **state)
{
  xs_count count =
      count_of(*state, &(question){"2025-03-04", 20, DAYS, .pauses = {"2025-03-10..2025-03-12"}});
  assert_date(count.due, "2025-03-27");
  assert_int_equal(count.paused, 3);
  assert_int_equal(count.number, 20);
}

static void test_count__pause_that_begins_before_the_start(void **state)
{
  assert_due(*state, "2025-03-26", "2025-03-04", 20, DAYS, .pauses = {"2025-02-01..2025-03-06"});
}

static void test_count__pause_of_the_first_day_alone_changes_nothing(void **state)
{
  assert_due(*state, "2025-03-24", "2025-03-04", 20, DAYS, .pauses = {"2025-03-01..2025-03-04"});
}

static void test_count__pauses_that_overlap_stop_it_once(void **state)
{
  assert_due(
      *state, "2025-03-31", "2025-03-04", 20, DAYS,
      .pauses = {"2025-03-12..2025-03-16", "2025-03-10..2025-03-13", "2025-03-12..2025-03-12"});
}

static void test_count__pauses_in_any_order(void **state)
{
  assert_due(*state, "2025-03-28", "2025-03-04", 20, DAYS,
             .pauses = {"2025-03-20..2025-03-21", "2025-03-06..2025-03-07"});
}

static void test_count__pause_of_the_last_day(void **state)
{
  assert_due(*state, "2025-03-27", "2025-03-04", 20, DAYS, .pauses = {"2025-03-24..2025-03-26"});
}

static void test_count__pause_after_the_last_day_changes_nothing(void **state)
{
  assert_due(*state, "2025-03-24", "2025-03-04", 20, DAYS, .pauses = {"2025-03-25..2025-04-30"});
}

static void test_count__pause_of_the_day_that_the_end_moves_to(void **state)
{
  /* The last day is Saturday 2025-03-22; on Monday and Tuesday the clock stands. */
  xs_count count =
      count_of(*state, &(question){"2025-03-02", 20, DAYS, .pauses = {"2025-03-24..2025-03-25"}});
  assert_date(count.last, "2025-03-22");
  assert_date(count.due, "2025-03-26");
}

static void test_count__pause_of_days_off_takes_no_working_day(void **state)
{
  assert_due(*state, "2025-10-11", "2025-09-30", 3, WORKDAYS, .pauses = {"2025-10-01..2025-10-08"});
}

static void test_count__pause_takes_its_working_days(void **state)
{
  assert_due(*state, "2025-03-20", "2025-03-04", 10, WORKDAYS,
             .pauses = {"2025-03-08..2025-03-11"});
}

static void test_count__pause_makes_months_longer_by_its_days(void **state)
{
  /* To 2025-04-15 without a pause; ten days later with one. */
  assert_due(*state, "2025-04-25", "2025-03-15", 1, MONTHS, .pauses = {"2025-04-01..2025-04-10"});
}

static void test_count__pause_within_the_days_that_a_pause_added(void **state)
{
  assert_due(*state, "2025-04-27", "2025-03-15", 1, MONTHS,
             .pauses = {"2025-04-01..2025-04-10", "2025-04-20..2025-04-21"});
}

static void test_count__pause_counting_back(void **state)
{
  assert_due(*state, "2025-03-08", "2025-03-20", 10, DAYS, BACKWARD,
             .pauses = {"2025-03-15..2025-03-16"});
}

static void test_count__pause_without_end_leaves_no_day(void **state)
{
  fixture *f = *state;
  xs_count count = count_of(f, &(question){"2025-03-04", 20, DAYS, .pauses = {"2025-03-10.."}});
  assert_true(count.stopped);
  assert_int_equal(count.due.year, 0);
  assert_int_equal(count.number, 5);
  assert_int_equal(count.lines[count.line_count - 1].reason, XS_REASON_PAUSED);
}

static void test_count__pause_without_end_that_begins_too_late(void **state)
{
  xs_count count =
      count_of(*state, &(question){"2025-03-04", 20, DAYS, .pauses = {"2025-03-25.."}});
  assert_false(count.stopped);
  assert_date(count.due, "2025-03-24");
}

static void test_count__pause_that_ends_before_it_begins_is_refused(void **state)
{
  fixture *f = *state;
  xs_count count;
  xs_diag_view v;
  const xs_period period = {20, XS_UNIT_DAY, false, XS_ROLL_ON};
  const xs_pause pause = {{2025, 3, 10}, {2025, 3, 9}};
  xs_diags_clear(f->diags);
  assert_int_equal(xs_count_period(f->arena, f->china, (xs_date){2025, 3, 4}, &period, &pause, 1,
                                   false, f->diags, &count),
                   XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "count-pause");
  xs_diags_clear(f->diags);
}

/* ---- years without data ---- */

static void test_count__year_without_data_is_provisional(void **state)
{
  xs_count count = count_of(*state, &(question){"2026-12-20", 20, DAYS});
  assert_date(count.last, "2027-01-09");
  assert_date(count.due, "2027-01-11");
  assert_true(count.provisional);
  assert_int_equal(count.unknown_year, 2027);
}

static void test_count__end_of_the_last_year_is_provisional(void **state)
{
  assert_false(count_of(*state, &(question){"2026-12-08", 20, DAYS}).provisional);
  xs_count count = count_of(*state, &(question){"2026-12-09", 20, DAYS});
  assert_true(count.provisional);
  assert_int_equal(count.unknown_year, 2027); /* whose notice sets the end of December */
}

static void test_count__working_day_in_a_year_without_data_is_provisional(void **state)
{
  xs_count count = count_of(*state, &(question){"2027-02-01", 5, WORKDAYS});
  assert_date(count.due, "2027-02-08");
  assert_true(count.provisional);
}

static void test_count__days_that_need_no_calendar_are_certain(void **state)
{
  xs_count count = count_of(*state, &(question){"2030-05-20", 20, DAYS, BACKWARD});
  assert_date(count.due, "2030-04-30");
  assert_false(count.provisional);
  /* Years without data before the last day do not matter either. */
  assert_false(count_of(*state, &(question){"2006-12-20", 20, DAYS}).provisional);
}

static void test_count__paused_days_without_data_do_not_matter(void **state)
{
  assert_false(
      count_of(*state, &(question){"2006-12-28", 3, WORKDAYS, .pauses = {"2006-12-01..2006-12-31"}})
          .provisional);
}

/* ---- limits ---- */

static void assert_out_of_range(fixture *f, const char *from, const xs_period *period)
{
  xs_count count;
  xs_diag_view v;
  xs_diags_clear(f->diags);
  assert_int_equal(
      xs_count_period(f->arena, f->china, date_of(from), period, NULL, 0, false, f->diags, &count),
      XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "count-range");
  xs_diags_clear(f->diags);
}

static void test_count__end_beyond_the_years_is_refused(void **state)
{
  assert_out_of_range(*state, "2025-01-01", &(xs_period){.n = UINT32_MAX, .unit = XS_UNIT_DAY});
  assert_out_of_range(*state, "2025-01-01", &(xs_period){.n = UINT32_MAX, .unit = XS_UNIT_WORKDAY});
  assert_out_of_range(*state, "2025-01-01", &(xs_period){.n = UINT32_MAX, .unit = XS_UNIT_MONTH});
  assert_out_of_range(*state, "2025-01-01",
                      &(xs_period){.n = UINT32_MAX, .unit = XS_UNIT_MONTH, .backward = true});
  assert_out_of_range(*state, "1900-01-02", &(xs_period){2, XS_UNIT_DAY, true, XS_ROLL_NOT});
  assert_out_of_range(*state, "2100-12-31", &(xs_period){.n = 1, .unit = XS_UNIT_DAY});
}

static void test_count__units_are_known_by_their_words(void **state)
{
  static const struct {
    const char *word;
    xs_time_unit unit;
  } words[] = {{"日", XS_UNIT_DAY},  {"工作日", XS_UNIT_WORKDAY},  {"月", XS_UNIT_MONTH},
               {"day", XS_UNIT_DAY}, {"workday", XS_UNIT_WORKDAY}, {"month", XS_UNIT_MONTH},
               {"days", XS_UNIT_DAY}};
  xs_time_unit unit;
  for (size_t i = 0; i < XS_COUNT(words); i++) {
    assert_true(xs_time_unit_of(xs_text_of(words[i].word), &unit));
    assert_int_equal(unit, words[i].unit);
  }
  assert_false(xs_time_unit_of(XS_LIT("年"), &unit));
  assert_text(xs_time_unit_name(XS_UNIT_WORKDAY), "工作日");
}

/* ---- lines ---- */

static void assert_line(const xs_count *count, size_t i, const char *date, uint32_t number,
                        xs_count_reason reason, const char *law, bool verified)
{
  const xs_count_line *line = &count->lines[i];
  assert_date(line->date, date);
  assert_int_equal(line->number, number);
  assert_int_equal(line->reason, reason);
  assert_text(line->law, law);
  assert_int_equal(line->verified, verified);
  assert_ptr_equal(line->why, xs_count_reason_msgid(reason));
}

static void test_count__every_day_has_its_line(void **state)
{
  xs_count count =
      count_of(*state, &(question){"2025-04-30", 2, DAYS, .pauses = {"2025-05-01..2025-05-01"}});
  assert_int_equal(count.line_count, 8);
  assert_line(&count, 0, "2025-04-30", 0, XS_REASON_START, "civil-code:201", true);
  assert_line(&count, 1, "2025-05-01", 0, XS_REASON_PAUSED, "", false);
  assert_line(&count, 2, "2025-05-02", 1, XS_REASON_DAY, "civil-code:201", true);
  assert_line(&count, 3, "2025-05-03", 2, XS_REASON_LAST, "civil-code:201", true);
  assert_line(&count, 4, "2025-05-03", 0, XS_REASON_HOLIDAY, "civil-code:203", true);
  assert_line(&count, 5, "2025-05-04", 0, XS_REASON_HOLIDAY, "civil-code:203", true);
  assert_line(&count, 6, "2025-05-05", 0, XS_REASON_HOLIDAY, "civil-code:203", true);
  assert_line(&count, 7, "2025-05-06", 0, XS_REASON_END, "civil-code:203", true);
}

static void test_count__weekend_as_holiday_is_no_verified_law(void **state)
{
  xs_count count = count_of(*state, &(question){"2025-03-21", 1, DAYS});
  assert_line(&count, 2, "2025-03-22", 0, XS_REASON_WEEKEND, "civil-code:203", false);
}

static void test_count__days_before_the_civil_code_cite_no_law(void **state)
{
  xs_count count = count_of(*state, &(question){"2020-12-31", 1, DAYS});
  assert_line(&count, 0, "2020-12-31", 0, XS_REASON_START, "", false);
  count = count_of(*state, &(question){"2021-01-04", 1, DAYS});
  assert_line(&count, 0, "2021-01-04", 0, XS_REASON_START, "civil-code:201", true);
}

static void test_count__months_say_why_they_end(void **state)
{
  xs_count count = count_of(*state, &(question){"2025-03-14", 1, MONTHS});
  assert_line(&count, count.line_count - 1, "2025-04-14", 31, XS_REASON_MONTH, "civil-code:202",
              true);
  count = count_of(*state, &(question){"2025-01-31", 1, MONTHS});
  assert_line(&count, count.line_count - 1, "2025-02-28", 28, XS_REASON_MONTH_END, "civil-code:202",
              true);
  count =
      count_of(*state, &(question){"2025-03-14", 1, MONTHS, .pauses = {"2025-04-01..2025-04-01"}});
  assert_line(&count, count.line_count - 1, "2025-04-15", 31, XS_REASON_MONTH_PAUSED, "", false);
}

static void test_count__last_day_that_stays_says_so(void **state)
{
  xs_count count = count_of(*state, &(question){"2025-10-09", 5, DAYS, BACKWARD});
  assert_line(&count, 5, "2025-10-04", 5, XS_REASON_BACK_LAST, "", false);
  assert_line(&count, 6, "2025-10-04", 0, XS_REASON_STAYS, "", false);
  assert_int_equal(count.line_count, 7);
}

static void test_count__without_explanation_there_are_no_lines(void **state)
{
  fixture *f = *state;
  xs_count count;
  const xs_period period = {20, XS_UNIT_DAY, false, XS_ROLL_ON};
  assert_int_equal(xs_count_period(f->arena, f->china, (xs_date){2025, 3, 4}, &period, NULL, 0,
                                   false, f->diags, &count),
                   XS_OK);
  assert_date(count.due, "2025-03-24");
  assert_int_equal(count.line_count, 0);
}

static void test_count__survives_want_of_memory(void **state)
{
  fixture *f = *state;
  const xs_period period = {300, XS_UNIT_DAY, false, XS_ROLL_ON};
  const xs_pause pause = {{2025, 3, 10}, {2025, 3, 12}};
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st == XS_ENOMEM; passes++) {
    fail_host host;
    xs_count count;
    fail_host_init(&host, passes);
    xs_arena *a = xs_arena_new(&host.host);
    if (a)
      st = xs_count_period(a, f->china, (xs_date){2025, 3, 4}, &period, &pause, 1, true, f->diags,
                           &count);
    xs_arena_free(a);
    assert_int_equal(host.live, 0);
  }
  assert_int_equal(st, XS_OK);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_count__first_day_is_not_counted),
      cmocka_unit_test(test_count__last_day_on_national_day_goes_on_to_the_ninth),
      cmocka_unit_test(test_count__last_day_on_a_saturday_goes_on_to_monday),
      cmocka_unit_test(test_count__last_day_on_a_worked_saturday_stays),
      cmocka_unit_test(test_count__last_day_on_a_sunday_goes_on_over_a_worked_day_only),
      cmocka_unit_test(test_count__holiday_that_goes_on_from_a_weekend),
      cmocka_unit_test(test_count__zero_days_end_on_the_day_itself),
      cmocka_unit_test(test_count__rule_that_says_so_stays_on_a_day_off),
      cmocka_unit_test(test_count__working_days_pass_over_spring_festival),
      cmocka_unit_test(test_count__working_days_from_a_day_off),
      cmocka_unit_test(test_count__month_ends_on_the_day_of_the_same_number),
      cmocka_unit_test(test_count__month_without_that_day_ends_on_its_last),
      cmocka_unit_test(test_count__twelve_months_from_the_leap_day),
      cmocka_unit_test(test_count__months_over_the_end_of_a_year),
      cmocka_unit_test(test_count__backward_stays_on_a_day_off),
      cmocka_unit_test(test_count__backward_months),
      cmocka_unit_test(test_count__backward_working_days),
      cmocka_unit_test(test_count__backward_that_avoids_days_off_goes_further_back),
      cmocka_unit_test(test_count__pause_stops_the_clock_for_exactly_its_days),
      cmocka_unit_test(test_count__pause_that_begins_before_the_start),
      cmocka_unit_test(test_count__pause_of_the_first_day_alone_changes_nothing),
      cmocka_unit_test(test_count__pauses_that_overlap_stop_it_once),
      cmocka_unit_test(test_count__pauses_in_any_order),
      cmocka_unit_test(test_count__pause_of_the_last_day),
      cmocka_unit_test(test_count__pause_after_the_last_day_changes_nothing),
      cmocka_unit_test(test_count__pause_of_the_day_that_the_end_moves_to),
      cmocka_unit_test(test_count__pause_of_days_off_takes_no_working_day),
      cmocka_unit_test(test_count__pause_takes_its_working_days),
      cmocka_unit_test(test_count__pause_makes_months_longer_by_its_days),
      cmocka_unit_test(test_count__pause_within_the_days_that_a_pause_added),
      cmocka_unit_test(test_count__pause_counting_back),
      cmocka_unit_test(test_count__pause_without_end_leaves_no_day),
      cmocka_unit_test(test_count__pause_without_end_that_begins_too_late),
      cmocka_unit_test(test_count__pause_that_ends_before_it_begins_is_refused),
      cmocka_unit_test(test_count__year_without_data_is_provisional),
      cmocka_unit_test(test_count__end_of_the_last_year_is_provisional),
      cmocka_unit_test(test_count__working_day_in_a_year_without_data_is_provisional),
      cmocka_unit_test(test_count__days_that_need_no_calendar_are_certain),
      cmocka_unit_test(test_count__paused_days_without_data_do_not_matter),
      cmocka_unit_test(test_count__end_beyond_the_years_is_refused),
      cmocka_unit_test(test_count__units_are_known_by_their_words),
      cmocka_unit_test(test_count__every_day_has_its_line),
      cmocka_unit_test(test_count__weekend_as_holiday_is_no_verified_law),
      cmocka_unit_test(test_count__days_before_the_civil_code_cite_no_law),
      cmocka_unit_test(test_count__months_say_why_they_end),
      cmocka_unit_test(test_count__last_day_that_stays_says_so),
      cmocka_unit_test(test_count__without_explanation_there_are_no_lines),
      cmocka_unit_test(test_count__survives_want_of_memory),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
