/*
 * The calendar of working days: which days of which years are off and which weekends are worked
 * (调休上班), as the State Council announced them, and the rules by which days are counted. Data
 * under templates/calendar/; docs/days.md says how a year is added.
 */
#ifndef XS_DATA_CALENDAR_H
#define XS_DATA_CALENDAR_H

#include "base/date.h"
#include "data/rules.h"

typedef struct xs_calendar xs_calendar;

typedef enum xs_day_kind {
  XS_DAY_WORKING, /* Monday to Friday */
  XS_DAY_WEEKEND,
  XS_DAY_HOLIDAY, /* 放假: a named day off, weekends among them */
  XS_DAY_MADE_UP, /* 调休上班: a weekend that is worked */
} xs_day_kind;

typedef struct xs_day {
  xs_day_kind kind;
  xs_text name; /* of the holiday, or of the one that is made up for; else empty */
  bool known;   /* else nothing is announced of it, and `kind` is only what weeks are like */
} xs_day;

/* Why a day of a count stands as it does. */
typedef enum xs_count_reason {
#define X(id, rule, what) XS_REASON_##id,
#include "data/count_reasons.def"
#undef X
  XS_REASON_COUNT
} xs_count_reason;

typedef struct xs_calendar_rule {
  xs_text id;
  xs_text law;   /* "civil-code:201"; empty when there is none */
  xs_text grade; /* how far it was verified; only A and B are law */
  xs_date since; /* what begins earlier does not rest on this law; year 0: always does */
  xs_text text;  /* in Chinese, for papers */
} xs_calendar_rule;

/*
 * Loads a calendar and checks it: a day or a year that is stated twice, a made-up day that is no
 * weekend, a day outside its year, a year without a source or without holidays, rules that are
 * missing or unknown. All mistakes are reported; *out is then NULL.
 */
xs_status xs_calendar_load(const xs_host *host, const xs_schema *schema, xs_text path,
                           xs_diags *diags, xs_calendar **out);
/* The same with the years of an operator over it: those files of the site that are calendars. Of
 * two that have a year the last one holds. */
xs_status xs_calendar_load_site(const xs_host *host, const xs_schema *schema, xs_text path,
                                const xs_rules_site *site, xs_diags *diags, xs_calendar **out);
void xs_calendar_free(xs_calendar *calendar);

/* Is the year announced? */
bool xs_calendar_knows(const xs_calendar *calendar, int year);
/* The first and the last announced year. There may be gaps between them. */
int xs_calendar_first_year(const xs_calendar *calendar);
int xs_calendar_last_year(const xs_calendar *calendar);
/* The number or address of the i-th notice that announced the year; XS_NO_TEXT past the last. */
xs_text xs_calendar_notice(const xs_calendar *calendar, int year, size_t i);
/* SHA-256 of the file, hex; with a site that of all its digests. */
const char *xs_calendar_digest(const xs_calendar *calendar);

/* The end of December is known only when the next year is: its first holiday reaches back. */
xs_day xs_calendar_day(const xs_calendar *calendar, xs_date date);
/* The same by the number of xs_date_days. */
xs_day xs_calendar_day_at(const xs_calendar *calendar, int32_t days);
bool xs_day_works(xs_day day);

const xs_calendar_rule *xs_calendar_rule_of(const xs_calendar *calendar, xs_count_reason reason);
/* The id of its rule, and what it says, untranslated. */
const char *xs_count_reason_id(xs_count_reason reason);
const char *xs_count_reason_msgid(xs_count_reason reason);

#endif
