/*
 * One count of days: by which day, and why. What `xieshang days` answers, and what explains a
 * deadline; docs/days.md has the rules.
 *
 *   xs_days_question q = {.from = 20250911, .n = 20, .unit = "日"};
 *   xs_days *days = NULL;
 *   xs_engine_days(engine, &q, diags, &days);
 *   xs_days_answer_of(days).due;                      // 20251009
 *   xs_days_free(days);
 */
#ifndef XIESHANG_DAYS_H
#define XIESHANG_DAYS_H

#include "xieshang/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* 中止: both days belong to it. */
typedef struct xs_days_pause {
  uint32_t from, to; /* YYYYMMDD; `to` 0: it goes on, and no end is known */
} xs_days_pause;

/* What becomes of a last day that is off. */
typedef enum xs_days_roll {
  XS_DAYS_ROLL_USUAL, /* forward it goes on to the next working day, backward it stays */
  XS_DAYS_ROLL_ON,    /* in the direction of the count */
  XS_DAYS_ROLL_NOT,
} xs_days_roll;

typedef struct xs_days_question {
  uint32_t from; /* YYYYMMDD */
  uint32_t n;
  const char *unit; /* 日, 工作日, 月; or day, workday, month */
  int backward;
  xs_days_roll roll;
  const xs_days_pause *pauses;
  size_t pause_count;
} xs_days_question;

typedef struct xs_days xs_days;

/*
 * Counts. XS_EINPUT with its diagnostic for a day that does not exist, a unit that is not known, a
 * pause that ends before it begins, and an end outside the years 1900 to 2100. An answer that rests
 * on a year without data is given, with the warning count-provisional; while a pause without end
 * stops the clock there is none, with the warning count-stopped.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_days(xs_engine *engine, const xs_days_question *question,
                                              xs_diags *diags, xs_days **out);
XS_API void xs_days_free(xs_days *days); /* NULL is fine */

typedef struct xs_days_answer {
  uint32_t from, n;
  const char *unit; /* 日, 工作日, 月 */
  int backward;
  int rolls;        /* a last day that is off moves */
  uint32_t due;     /* YYYYMMDD; 0 while the clock is stopped */
  uint32_t last;    /* the last day counted, before it moved; 0 likewise */
  int provisional;  /* 暂定: it rests on a day that is not announced … */
  int unknown_year; /* … first in this year */
  int stopped;      /* a pause without end */
  uint32_t number;  /* days counted; of months, the days in them */
  uint32_t paused;  /* days that pauses took out */
  size_t line_count;
} xs_days_answer;

XS_API xs_days_answer xs_days_answer_of(const xs_days *days);

/* One day of the count. The texts live as long as the count. */
typedef struct xs_days_line {
  uint32_t date;
  xs_text weekday;    /* 星期一 */
  const char *kind;   /* "working", "weekend", "holiday", "made-up": a weekend that is worked */
  xs_text holiday;    /* its name, also on a day that makes up for one; else empty */
  xs_text day;        /* all this for people: 工作日, 国庆节放假, 国庆节调休上班 */
  int known;          /* announced */
  uint32_t number;    /* the n-th day counted; 0: not counted */
  const char *reason; /* stable id, such as start or holiday */
  const char *why;    /* in the language of the process */
  xs_text why_zh;     /* in the words of the calendar */
  xs_text law;        /* 《…》第…条; empty when no law was verified to say so (待核实) */
} xs_days_line;

/* The i-th line. False past the end. */
XS_API int xs_days_line_at(const xs_days *days, size_t i, xs_days_line *out);

/* The count as a paper, 期限计算表. */
XS_API XS_MUST_CHECK xs_status xs_engine_days_paper(xs_engine *engine, const xs_days *days,
                                                    const xs_render_options *options,
                                                    xs_diags *diags, xs_bytes *out);

#ifdef __cplusplus
}
#endif

#endif
