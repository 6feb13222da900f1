#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/calendar.h"
#include "support/fail_host.h"

#include <stdio.h>

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
  xs_calendar *china;
} fixture;

#define CHINA XS_TEST_ROOT "/templates/calendar/china.xml"

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL, NULL};
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/calendar.rng"),
                                  f.diags, &f.schema),
                   XS_OK);
  assert_int_equal(xs_calendar_load(xs_host_posix(), f.schema, XS_LIT(CHINA), f.diags, &f.china),
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

static xs_day day_of(const fixture *f, const char *text)
{
  xs_date date;
  assert_true(xs_date_parse(xs_text_of(text), &date));
  return xs_calendar_day(f->china, date);
}

static void assert_day(const fixture *f, const char *text, xs_day_kind kind, const char *name,
                       bool known)
{
  xs_day day = day_of(f, text);
  assert_int_equal(day.kind, kind);
  assert_text(day.name, name);
  assert_int_equal(day.known, known);
}

/* ---- days ---- */

static void test_calendar__tells_the_four_kinds_of_days(void **state)
{
  assert_day(*state, "2025-03-24", XS_DAY_WORKING, "", true);
  assert_day(*state, "2025-03-22", XS_DAY_WEEKEND, "", true);
  assert_day(*state, "2025-10-01", XS_DAY_HOLIDAY, "国庆节、中秋节", true);
  assert_day(*state, "2025-10-04", XS_DAY_HOLIDAY, "国庆节、中秋节", true); /* a Saturday */
  assert_day(*state, "2025-09-28", XS_DAY_MADE_UP, "国庆节、中秋节", true);
}

static void test_calendar__knows_the_years_of_its_file(void **state)
{
  fixture *f = *state;
  assert_false(xs_calendar_knows(f->china, 2006));
  assert_true(xs_calendar_knows(f->china, 2007));
  assert_true(xs_calendar_knows(f->china, 2026));
  assert_false(xs_calendar_knows(f->china, 2027));
  assert_int_equal(xs_calendar_first_year(f->china), 2007);
  assert_int_equal(xs_calendar_last_year(f->china), 2026);
  assert_int_equal(strlen(xs_calendar_digest(f->china)), 64);
}

static void test_calendar__end_of_december_waits_for_the_next_notice(void **state)
{
  assert_day(*state, "2018-12-29", XS_DAY_MADE_UP, "元旦", true);
  assert_day(*state, "2018-12-31", XS_DAY_HOLIDAY, "元旦", true);
  assert_day(*state, "2026-12-28", XS_DAY_WORKING, "", true);
  assert_day(*state, "2026-12-29", XS_DAY_WORKING, "", false);
  assert_day(*state, "2026-12-31", XS_DAY_WORKING, "", false);
}

static void test_calendar__days_of_other_years_are_unknown(void **state)
{
  assert_day(*state, "2006-12-30", XS_DAY_MADE_UP, "元旦", false);
  assert_day(*state, "2006-06-01", XS_DAY_WORKING, "", false);
  assert_day(*state, "1900-01-01", XS_DAY_WORKING, "", false);
  assert_day(*state, "2027-01-02", XS_DAY_WEEKEND, "", false);
  assert_day(*state, "2100-12-31", XS_DAY_WORKING, "", false);
}

static void test_calendar__monday_after_the_long_spring_of_2020_is_an_ordinary_day(void **state)
{
  assert_day(*state, "2020-02-02", XS_DAY_HOLIDAY, "春节", true);
  assert_day(*state, "2020-02-03", XS_DAY_WORKING, "", true);
}

static void test_calendar__rules_have_words_and_articles(void **state)
{
  fixture *f = *state;
  for (size_t i = 0; i < XS_REASON_COUNT; i++) {
    const xs_calendar_rule *rule = xs_calendar_rule_of(f->china, (xs_count_reason)i);
    assert_true(rule->text.len > 0);
    assert_true(strlen(xs_count_reason_msgid((xs_count_reason)i)) > 0);
  }
  assert_text(xs_calendar_rule_of(f->china, XS_REASON_START)->law, "civil-code:201");
  assert_text(xs_calendar_rule_of(f->china, XS_REASON_WEEKEND)->grade, "I");
}

/* ---- mistakes ---- */

#define HEAD   "<calendar xmlns='urn:xieshang:calendar:1' id='c' version='1' name='x' turn='12-29'>\n"
#define NOTICE "<notice source='No. 1'/>"
#define OFF    "<day date='2030-01-01' kind='off' name='x'/>"
#define YEAR   "<year n='2030'>" NOTICE OFF

/* The rules of the shipped file, so that a small calendar has only the mistake that is meant. */
static xs_text shipped_rules(fixture *f)
{
  xs_text all = XS_LIT("");
  for (size_t i = 0; i < XS_REASON_COUNT; i++) {
    const xs_calendar_rule *rule = xs_calendar_rule_of(f->china, (xs_count_reason)i);
    all = xs_arena_printf(f->arena, "%.*s<rule id='%.*s' grade='I'>x</rule>", XS_TEXT(all),
                          XS_TEXT(rule->id));
  }
  return all;
}

static xs_calendar *load(fixture *f, xs_text rules, const char *years, xs_status expected)
{
  static const char path[] = "calendar.xml";
  xs_calendar *c = NULL;
  const xs_host *host = xs_host_posix();
  xs_text text = xs_arena_printf(f->arena, HEAD "%.*s\n%s</calendar>", XS_TEXT(rules), years);
  assert_int_equal(host->save(host->user, path, text.ptr, text.len), 0);
  xs_diags_clear(f->diags);
  assert_int_equal(xs_calendar_load(host, f->schema, XS_LIT(path), f->diags, &c), expected);
  assert_int_equal(c == NULL, expected != XS_OK);
  return c;
}

static void assert_refused(fixture *f, const char *years, const char *slug, uint32_t column)
{
  xs_diag_view v;
  load(f, shipped_rules(f), years, XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, slug);
  assert_int_equal(v.line, 3);
  assert_int_equal(v.column, column);
}

static void test_calendar__takes_a_year_more(void **state)
{
  fixture *f = *state;
  xs_calendar *c = load(f, shipped_rules(f), YEAR "</year>", XS_OK);
  assert_true(xs_calendar_knows(c, 2030));
  assert_int_equal(xs_calendar_day(c, (xs_date){2030, 1, 1}).kind, XS_DAY_HOLIDAY);
  xs_calendar_free(c);
}

static void test_calendar__refuses_a_day_that_is_stated_twice(void **state)
{
  fixture *f = *state;
  xs_diag_view v;
  assert_refused(f, YEAR OFF "</year>", "calendar-twice", sizeof YEAR + 11);
  assert_true(xs_diags_view(f->diags, 1, &v));
  assert_int_equal(v.severity, XS_NOTE);
}

static void test_calendar__refuses_a_year_that_is_stated_twice(void **state)
{
  assert_refused(*state, YEAR "</year><year n='2030'>" NOTICE OFF "</year>", "calendar-twice",
                 sizeof(YEAR "</year>") + 9);
}

static void test_calendar__refuses_a_made_up_day_that_is_no_weekend(void **state)
{
  assert_refused(*state, YEAR "<day date='2030-01-07' kind='work' name='元旦'/></year>",
                 "calendar-made-up", sizeof YEAR + 11);
}

static void test_calendar__refuses_a_year_without_source(void **state)
{
  assert_refused(*state, "<year n='2030'>" OFF "</year>", "calendar-source", 1);
}

static void test_calendar__refuses_a_year_without_holidays(void **state)
{
  assert_refused(*state, "<year n='2030'>" NOTICE "</year>", "calendar-year", 1);
}

static void test_calendar__refuses_a_day_outside_its_year(void **state)
{
  static const char *const days[] = {"2029-12-28", "2031-01-01", "2030-12-29", "2099-01-01"};
  for (size_t i = 0; i < XS_COUNT(days); i++) {
    char years[300];
    snprintf(years, sizeof years, YEAR "<day date='%s' kind='off' name='x'/></year>", days[i]);
    assert_refused(*state, years, "calendar-year", sizeof YEAR + 11);
  }
}

static void test_calendar__refuses_a_day_that_does_not_exist(void **state)
{
  assert_refused(*state, YEAR "<day date='2030-02-29' kind='off' name='x'/></year>", "date-invalid",
                 sizeof YEAR + 11);
}

static void test_calendar__refuses_a_year_that_cannot_be(void **state)
{
  assert_refused(*state, "<year n='1900'>" NOTICE OFF "</year>", "calendar-year", 10);
}

static void test_calendar__finds_every_mistake_at_once(void **state)
{
  fixture *f = *state;
  load(f, shipped_rules(f), "<year n='2030'>" OFF OFF "</year><year n='2031'>" NOTICE "</year>",
       XS_EINPUT);
  assert_int_equal(xs_diags_count(f->diags, XS_ERROR), 3);
}

static void assert_rules_refused(fixture *f, const char *more, const char *slug)
{
  xs_diag_view v;
  xs_text rules = shipped_rules(f);
  rules = xs_arena_printf(f->arena, "%.*s%s", XS_TEXT(rules), more);
  load(f, rules, YEAR "</year>", XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, slug);
}

static void test_calendar__refuses_rules_that_are_unknown_or_stated_twice(void **state)
{
  assert_rules_refused(*state, "<rule id='sart' grade='I'>x</rule>", "calendar-rule");
  assert_rules_refused(*state, "<rule id='start' grade='I'>x</rule>", "calendar-rule");
}

static void test_calendar__refuses_a_missing_rule(void **state)
{
  fixture *f = *state;
  xs_diag_view v;
  load(f, XS_LIT(""), YEAR "</year>", XS_EINPUT);
  assert_int_equal(xs_diags_count(f->diags, XS_ERROR), XS_REASON_COUNT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "calendar-rule");
}

static void test_calendar__refuses_law_without_source(void **state)
{
  fixture *f = *state;
  xs_diag_view v;
  xs_text rules = shipped_rules(f);
  char *grade = strstr((char *)(uintptr_t)rules.ptr, "grade='I'");
  grade[strlen("grade='")] = 'A';
  load(f, rules, YEAR "</year>", XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "calendar-rule");
}

/* ---- the years of an operator ---- */

#define OVER "<calendar xmlns='urn:xieshang:calendar:1' id='mine' version='1' name='x' "
#define MINE OVER "base='china'>"

static void write_file(const char *path, const char *text)
{
  const xs_host *host = xs_host_posix();
  assert_int_equal(host->save(host->user, path, text, strlen(text)), 0);
}

static xs_calendar *load_site(fixture *f, const char *const *texts, size_t count, xs_status wanted)
{
  static const xs_text paths[] = {XS_LIT_INIT("site-0.xml"), XS_LIT_INIT("site-1.xml")};
  const xs_rules_site site = {paths, count};
  xs_calendar *c = NULL;
  for (size_t i = 0; i < count; i++) write_file(paths[i].ptr, texts[i]);
  xs_diags_clear(f->diags);
  assert_int_equal(
      xs_calendar_load_site(xs_host_posix(), f->schema, XS_LIT(CHINA), &site, f->diags, &c),
      wanted);
  return c;
}

static void test_calendar__site_adds_years(void **state)
{
  fixture *f = *state;
  const char *text = MINE "<year n='2027'>" NOTICE
                          "<day date='2027-01-01' kind='off' name='x'/></year></calendar>";
  xs_calendar *c = load_site(f, &text, 1, XS_OK);
  assert_true(xs_calendar_knows(c, 2027));
  assert_true(xs_calendar_knows(c, 2026));
  assert_true(xs_calendar_day(c, (xs_date){2026, 12, 31}).known);
  assert_text(xs_calendar_notice(c, 2027, 0), "No. 1");
  assert_string_not_equal(xs_calendar_digest(c), xs_calendar_digest(f->china));
  xs_calendar_free(c);
}

static void test_calendar__site_replaces_a_year(void **state)
{
  static const char *const texts[] = {
      MINE "<year n='2025'>" NOTICE
           "<day date='2025-05-05' kind='off' name='y'/></year></calendar>",
      MINE "<year n='2025'>" NOTICE
           "<day date='2025-05-06' kind='off' name='x'/></year></calendar>",
  };
  xs_calendar *c = load_site(*state, texts, 2, XS_OK);
  assert_int_equal(xs_calendar_day(c, (xs_date){2025, 5, 6}).kind, XS_DAY_HOLIDAY);
  assert_int_equal(xs_calendar_day(c, (xs_date){2025, 5, 5}).kind, XS_DAY_WORKING);
  assert_int_equal(xs_calendar_day(c, (xs_date){2024, 10, 1}).kind, XS_DAY_HOLIDAY);
  xs_calendar_free(c);
}

static void test_calendar__rules_of_a_site_are_not_its_concern(void **state)
{
  fixture *f = *state;
  const char *text = "<rules xmlns='urn:xieshang:rules:1' id='x' version='1' name='x'/>";
  xs_calendar *c = load_site(f, &text, 1, XS_OK);
  assert_int_equal(xs_calendar_last_year(c), 2026);
  xs_calendar_free(c);
}

static void test_calendar__site_has_years_only_and_a_base(void **state)
{
  static const char *const texts[] = {
      OVER "base='chian'>" YEAR "</year></calendar>",
      OVER "turn='12-29'>" YEAR "</year></calendar>",
      OVER "base='china' turn='12-29'>" YEAR "</year></calendar>",
      MINE "<rule id='start' grade='I'>x</rule>" YEAR "</year></calendar>",
  };
  fixture *f = *state;
  xs_diag_view v;
  for (size_t i = 0; i < XS_COUNT(texts); i++) {
    assert_null(load_site(f, &texts[i], 1, XS_EINPUT));
    assert_true(xs_diags_view(f->diags, 0, &v));
    assert_text(v.slug, "calendar-base");
  }
}

static void test_calendar__needs_a_turn_or_a_base(void **state)
{
  fixture *f = *state;
  xs_calendar *c = NULL;
  xs_diag_view v;
  write_file("calendar.xml", OVER ">" YEAR "</year></calendar>");
  xs_diags_clear(f->diags);
  assert_int_equal(
      xs_calendar_load(xs_host_posix(), f->schema, XS_LIT("calendar.xml"), f->diags, &c),
      XS_EINPUT);
  assert_true(xs_diags_view(f->diags, xs_diags_count(f->diags, XS_NOTE) - 1, &v));
  assert_text(v.slug, "calendar-base");
}

static void test_calendar__survives_want_of_memory(void **state)
{
  fixture *f = *state;
  xs_status st = XS_ENOMEM;
  xs_calendar_free(load(f, shipped_rules(f), YEAR "</year>", XS_OK));
  for (long passes = 0; st == XS_ENOMEM; passes++) {
    fail_host host;
    xs_calendar *c = NULL;
    fail_host_init(&host, passes);
    st = xs_calendar_load(&host.host, f->schema, XS_LIT("calendar.xml"), f->diags, &c);
    assert_int_equal(c == NULL, st != XS_OK);
    xs_calendar_free(c);
    assert_int_equal(host.live, 0);
  }
  assert_int_equal(st, XS_OK);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_calendar__tells_the_four_kinds_of_days),
      cmocka_unit_test(test_calendar__knows_the_years_of_its_file),
      cmocka_unit_test(test_calendar__end_of_december_waits_for_the_next_notice),
      cmocka_unit_test(test_calendar__days_of_other_years_are_unknown),
      cmocka_unit_test(test_calendar__monday_after_the_long_spring_of_2020_is_an_ordinary_day),
      cmocka_unit_test(test_calendar__rules_have_words_and_articles),
      cmocka_unit_test(test_calendar__takes_a_year_more),
      cmocka_unit_test(test_calendar__refuses_a_day_that_is_stated_twice),
      cmocka_unit_test(test_calendar__refuses_a_year_that_is_stated_twice),
      cmocka_unit_test(test_calendar__refuses_a_made_up_day_that_is_no_weekend),
      cmocka_unit_test(test_calendar__refuses_a_year_without_source),
      cmocka_unit_test(test_calendar__refuses_a_year_without_holidays),
      cmocka_unit_test(test_calendar__refuses_a_day_outside_its_year),
      cmocka_unit_test(test_calendar__refuses_a_day_that_does_not_exist),
      cmocka_unit_test(test_calendar__refuses_a_year_that_cannot_be),
      cmocka_unit_test(test_calendar__finds_every_mistake_at_once),
      cmocka_unit_test(test_calendar__refuses_rules_that_are_unknown_or_stated_twice),
      cmocka_unit_test(test_calendar__refuses_a_missing_rule),
      cmocka_unit_test(test_calendar__refuses_law_without_source),
      cmocka_unit_test(test_calendar__site_adds_years),
      cmocka_unit_test(test_calendar__site_replaces_a_year),
      cmocka_unit_test(test_calendar__rules_of_a_site_are_not_its_concern),
      cmocka_unit_test(test_calendar__site_has_years_only_and_a_base),
      cmocka_unit_test(test_calendar__needs_a_turn_or_a_base),
      cmocka_unit_test(test_calendar__survives_want_of_memory),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
