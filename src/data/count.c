/*
 * A count walks from day to day and asks of each whether the clock runs. All three units are one
 * walk: months are turned into the days between, so that a pause costs a month what it costs days.
 * The dates of the walk are numbers of xs_date_days.
 */
#include "data/count.h"

#include "base/text.h"
#include "data/rules.h"

#include <stdlib.h>

/* Days on which the clock stands, as one stretch: pauses that overlap are one. */
typedef struct stop {
  int32_t from, to; /* FOR_EVER when no end is known */
} stop;

#define FOR_EVER INT32_MAX

typedef struct counting {
  xs_arena *arena;
  const xs_calendar *calendar;
  const xs_period *period;
  stop *stops; /* in rising order, apart from one another */
  size_t stop_count;
  xs_date from;
  int32_t day;        /* where the walk stands */
  int32_t first, end; /* it stays within these years, `end` being the day behind them */
  int32_t step;
  bool explain;
  size_t line_capacity;
  xs_count *count;
} counting;

/* What the walk is after. */
typedef struct goal {
  uint32_t number; /* of days that are counted */
  xs_count_reason last;
} goal;

/* ---- units ---- */

static const struct {
  const char *word;
  xs_time_unit unit;
} units[] = {
    {"日", XS_UNIT_DAY},   {"工作日", XS_UNIT_WORKDAY},   {"月", XS_UNIT_MONTH},
    {"天", XS_UNIT_DAY},   {"个工作日", XS_UNIT_WORKDAY}, {"个月", XS_UNIT_MONTH},
    {"day", XS_UNIT_DAY},  {"workday", XS_UNIT_WORKDAY},  {"month", XS_UNIT_MONTH},
    {"days", XS_UNIT_DAY}, {"workdays", XS_UNIT_WORKDAY}, {"months", XS_UNIT_MONTH},
};

bool xs_time_unit_of(xs_text word, xs_time_unit *out)
{
  for (size_t i = 0; i < XS_COUNT(units); i++) {
    if (!xs_text_is(word, units[i].word)) continue;
    *out = units[i].unit;
    return true;
  }
  return false;
}

xs_text xs_time_unit_name(xs_time_unit unit)
{
  return xs_text_of(units[unit].word);
}

/* ---- lines ---- */

static xs_status say(counting *c, xs_day day, uint32_t number, xs_count_reason reason)
{
  if (!c->explain) return XS_OK;
  xs_count *count = c->count;
  xs_count_line *line = XS_PUSH(c->arena, count->lines, count->line_count, c->line_capacity);
  if (!line) return XS_ENOMEM;
  const xs_calendar_rule *rule = xs_calendar_rule_of(c->calendar, reason);
  bool in_force = !rule->since.year || xs_date_compare(c->from, rule->since) >= 0;
  *line = (xs_count_line){.day = day,
                          .number = number,
                          .reason = reason,
                          .why = xs_count_reason_msgid(reason),
                          .law = in_force ? rule->law : XS_NO_TEXT,
                          .verified = in_force && rule->law.len && xs_grade_is_law(rule->grade)};
  xs_date_of_days(c->day, &line->date);
  return XS_OK;
}

/* ---- pauses ---- */

static bool is_open(const xs_pause *pause)
{
  return pause->to.year == 0;
}

static xs_status check_pauses(const xs_pause *pauses, size_t count, xs_diags *diags)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < count; i++) {
    xs_date from = pauses[i].from, to = pauses[i].to;
    if (is_open(&pauses[i]) || xs_date_compare(from, to) <= 0) continue;
    xs_diag(diags, XS_D_COUNT_PAUSE, XS_NOWHERE,
            _("the suspension from %04d-%02d-%02d ends before it begins, on %04d-%02d-%02d"),
            from.year, from.month, from.day, to.year, to.month, to.day);
    st = XS_EINPUT;
  }
  return st;
}

static int compare_stops(const void *a, const void *b)
{
  const stop *left = a, *right = b;
  return (left->from > right->from) - (left->from < right->from);
}

static xs_status make_stops(counting *c, const xs_pause *pauses, size_t count)
{
  if (!count) return XS_OK;
  c->stops = XS_NEW_ARRAY(c->arena, count, stop);
  if (!c->stops) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    int32_t to = is_open(&pauses[i]) ? FOR_EVER : xs_date_days(pauses[i].to);
    c->stops[i] = (stop){xs_date_days(pauses[i].from), to};
  }
  qsort(c->stops, count, sizeof *c->stops, compare_stops);
  c->stop_count = 1;
  for (size_t i = 1; i < count; i++) {
    stop next = c->stops[i], *last = &c->stops[c->stop_count - 1];
    if (next.from > last->to)
      c->stops[c->stop_count++] = next;
    else if (next.to > last->to)
      last->to = next.to;
  }
  return XS_OK;
}

/* The stretch in which the clock stands on this day; NULL when it runs. */
static const stop *find_stop(const counting *c, int32_t day)
{
  size_t low = 0, high = c->stop_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (c->stops[middle].from <= day)
      low = middle + 1;
    else
      high = middle;
  }
  return low && day <= c->stops[low - 1].to ? &c->stops[low - 1] : NULL;
}

/* ---- the walk ---- */

/* Looks at the calendar; what is not known there makes the count provisional. */
static xs_day look(counting *c, bool matters)
{
  xs_day day = xs_calendar_day_at(c->calendar, c->day);
  if (!matters || day.known) return day;
  xs_date date;
  c->count->provisional = true;
  if (c->count->unknown_year || !xs_date_of_days(c->day, &date)) return day;
  bool at_end = xs_calendar_knows(c->calendar, date.year); /* of December */
  c->count->unknown_year = date.year + at_end;
  return day;
}

/* XS_EINPUT: past the years of base/date.h. */
static xs_status move(counting *c)
{
  c->day += c->step;
  return c->day >= c->first && c->day < c->end ? XS_OK : XS_EINPUT;
}

/* A day on which the clock stands. */
static xs_status pass_stop(counting *c, const stop *stopped, xs_day day)
{
  c->count->paused++;
  c->count->stopped = stopped->to == FOR_EVER && c->step > 0;
  return say(c, day, 0, XS_REASON_PAUSED);
}

/* Why a day is counted. */
static xs_count_reason reason_counted(const counting *c, const goal *g, xs_day day)
{
  bool back = c->period->backward;
  if (c->count->number < g->number) {
    if (c->period->unit != XS_UNIT_WORKDAY) return back ? XS_REASON_BACK_DAY : XS_REASON_DAY;
    return day.kind == XS_DAY_MADE_UP ? XS_REASON_MADE_UP : XS_REASON_WORKDAY;
  }
  if (c->period->unit != XS_UNIT_MONTH || !c->count->paused) return g->last;
  return back ? XS_REASON_BACK_LAST : XS_REASON_MONTH_PAUSED;
}

static xs_status count_day(counting *c, const goal *g)
{
  bool by_workdays = c->period->unit == XS_UNIT_WORKDAY;
  xs_status st = move(c);
  if (st) return st;
  const stop *stopped = find_stop(c, c->day);
  xs_day day = look(c, by_workdays && !stopped);
  if (stopped) return pass_stop(c, stopped, day);
  if (by_workdays && !xs_day_works(day))
    return say(c, day, 0, day.kind == XS_DAY_HOLIDAY ? XS_REASON_OFF_HOLIDAY : XS_REASON_OFF);
  c->count->number++;
  return say(c, day, c->count->number, reason_counted(c, g, day));
}

static xs_count_reason reason_off(const counting *c, xs_day day)
{
  if (c->period->backward) return XS_REASON_BACK_OFF;
  return day.kind == XS_DAY_HOLIDAY ? XS_REASON_HOLIDAY : XS_REASON_WEEKEND;
}

/* From a last day that is off to the next one that is not. */
static xs_status roll(counting *c)
{
  bool moved = false;
  for (;;) {
    const stop *stopped = find_stop(c, c->day);
    xs_day day = look(c, !stopped);
    if (!stopped && xs_day_works(day)) {
      xs_count_reason end = c->period->backward ? XS_REASON_BACK_END : XS_REASON_END;
      return moved ? say(c, day, 0, end) : XS_OK;
    }
    xs_status st = stopped ? pass_stop(c, stopped, day) : say(c, day, 0, reason_off(c, day));
    if (st || c->count->stopped) return st;
    st = move(c);
    if (st) return st;
    moved = true;
  }
}

/* A last day that does not move; nothing rests on what kind of day it is. */
static xs_status stay(counting *c)
{
  xs_day day = look(c, false);
  return xs_day_works(day) ? XS_OK : say(c, day, 0, XS_REASON_STAYS);
}

/* ---- months ---- */

/* The day of the same number so many months away; the last of a month that has none. */
static bool month_away(xs_date from, int64_t months, xs_date *out, bool *has_none)
{
  int64_t month = (int64_t)from.year * 12 + from.month - 1 + months;
  if (month < (int64_t)XS_DATE_FIRST_YEAR * 12 || month >= (XS_DATE_LAST_YEAR + 1) * (int64_t)12)
    return false;
  *out = (xs_date){(int)(month / 12), (int)(month % 12) + 1, from.day};
  int days = xs_date_month_days(out->year, out->month);
  *has_none = from.day > days;
  if (*has_none) out->day = days;
  return true;
}

static xs_status find_goal(const counting *c, goal *out)
{
  bool back = c->period->backward;
  *out = (goal){c->period->n, back ? XS_REASON_BACK_LAST : XS_REASON_LAST};
  if (c->period->unit != XS_UNIT_MONTH) return XS_OK;
  xs_date end;
  bool has_none = false;
  if (!month_away(c->from, (int64_t)c->period->n * c->step, &end, &has_none)) return XS_EINPUT;
  out->number = (uint32_t)((xs_date_days(end) - c->day) * c->step);
  if (back)
    out->last = has_none ? XS_REASON_BACK_MONTH_END : XS_REASON_BACK_MONTH;
  else
    out->last = has_none ? XS_REASON_MONTH_END : XS_REASON_MONTH;
  return XS_OK;
}

/* ---- the whole ---- */

/* XS_EINPUT: past the years that there are. */
static xs_status walk(counting *c)
{
  xs_count *count = c->count;
  goal g;
  xs_status st = find_goal(c, &g);
  if (st) return st;
  st = say(c, look(c, false), 0, c->period->backward ? XS_REASON_BACK_START : XS_REASON_START);
  while (!st && count->number < g.number && !count->stopped) st = count_day(c, &g);
  if (st || count->stopped) return st;
  xs_date_of_days(c->day, &count->last);
  st = c->period->roll == XS_ROLL_ON ? roll(c) : stay(c);
  if (!st && !count->stopped) xs_date_of_days(c->day, &count->due);
  return st;
}

xs_status xs_count_period(xs_arena *a, const xs_calendar *calendar, xs_date from,
                          const xs_period *period, const xs_pause *pauses, size_t pause_count,
                          bool explain, xs_diags *diags, xs_count *out)
{
  counting c = {.arena = a,
                .calendar = calendar,
                .period = period,
                .from = from,
                .day = xs_date_days(from),
                .first = xs_date_days((xs_date){XS_DATE_FIRST_YEAR, 1, 1}),
                .end = xs_date_days((xs_date){XS_DATE_LAST_YEAR, 12, 31}) + 1,
                .step = period->backward ? -1 : 1,
                .explain = explain,
                .count = out};
  *out = (xs_count){0};
  xs_status st = check_pauses(pauses, pause_count, diags);
  if (!st) st = make_stops(&c, pauses, pause_count);
  if (st) return st;
  st = walk(&c);
  if (st != XS_EINPUT) return st;
  xs_diag(diags, XS_D_COUNT_RANGE, XS_NOWHERE,
          _("%u %.*s from %04d-%02d-%02d end outside the years %d to %d"), period->n,
          XS_TEXT(xs_time_unit_name(period->unit)), from.year, from.month, from.day,
          XS_DATE_FIRST_YEAR, XS_DATE_LAST_YEAR);
  return XS_EINPUT;
}
