/*
 * One count (期间): so many days, working days or months from a day, by 民法典 §§201–203.
 *
 *   - The first day is not counted; counting begins on the next one, backward on the one before.
 *   - 日 are days of the calendar, 工作日 the days that are worked. 月 end on the day of the same
 *     number, or on the last day of a month that has none; between, a month is as many days as it
 *     has.
 *   - A last day on a day off, weekends among them unless they are worked, goes on to the next day
 *     that is worked. Backward periods stay where they end.
 *   - A pause (中止) stops the clock for exactly its days: none of them is counted, and none is the
 *     last day. Days that several pauses name stop it once; those outside the period do nothing.
 *   - What rests on a day that the calendar does not know is provisional (暂定).
 */
#ifndef XS_DATA_COUNT_H
#define XS_DATA_COUNT_H

#include "data/calendar.h"

typedef enum xs_time_unit { XS_UNIT_DAY, XS_UNIT_WORKDAY, XS_UNIT_MONTH } xs_time_unit;

/* What becomes of a last day that is off. */
typedef enum xs_roll {
  XS_ROLL_ON,  /* it moves to the next working day, backward to the one before */
  XS_ROLL_NOT, /* it stays */
} xs_roll;

typedef struct xs_period {
  uint32_t n;
  xs_time_unit unit;
  bool backward;
  xs_roll roll;
} xs_period;

/* 中止: both days belong to it. `to` of year 0: it goes on, and no end is known. */
typedef struct xs_pause {
  xs_date from, to;
} xs_pause;

/* One day. A day off that the last day falls on has two lines: as the last day counted, and as the
 * day that the period goes on from, or stays on. */
typedef struct xs_count_line {
  xs_date date;
  xs_day day;
  uint32_t number; /* the n-th day counted; 0: not counted */
  xs_count_reason reason;
  const char *why; /* msgid of the reason */
  xs_text law;     /* "civil-code:201"; empty when there is none that may be cited */
  bool verified;   /* whether the law was read to say so; else 待核实 */
} xs_count_line;

typedef struct xs_count {
  xs_date due;      /* year 0 while a pause without end stops the clock */
  xs_date last;     /* before it moved off a day off; year 0 as above */
  bool provisional; /* 暂定: it rests on a day that is not announced */
  int unknown_year; /* the first year without data that was needed; 0 when there was none */
  bool stopped;     /* a pause without end stops the clock; `number` days were counted */
  uint32_t number;  /* days counted; of months the days between */
  uint32_t paused;  /* days that pauses took out */
  xs_count_line *lines;
  size_t line_count;
} xs_count;

/* 日 工作日 月, or day(s) workday(s) month(s). */
bool xs_time_unit_of(xs_text word, xs_time_unit *out);
/* In Chinese. */
xs_text xs_time_unit_name(xs_time_unit unit);

/*
 * Counts. With `explain` the lines hold every day from the first to the one that is due, in the
 * order of counting, in `a`. XS_EINPUT with a diagnostic when a pause ends before it begins, and
 * when the end lies outside the years of base/date.h.
 */
xs_status xs_count_period(xs_arena *a, const xs_calendar *calendar, xs_date from,
                          const xs_period *period, const xs_pause *pauses, size_t pause_count,
                          bool explain, xs_diags *diags, xs_count *out);

#endif
