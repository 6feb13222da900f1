/*
 * Counts from many days of some years:  counts SCHEMA CALENDAR FIRST LAST EVERY <questions
 *
 * A question is a line: from every how many days, n, unit, forward or backward, on or not, then
 * pauses as days relative to the first day, such as -3..2, or 5.. without end. The answer to it is
 * a line for each of the days: from due last provisional counted paused, and to each EVERY-th the
 * lines of the count as letters.
 */
#include "base/text.h"
#include "data/count.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAUSES = 8, MAX_LINE = 256 };

typedef struct question {
  int32_t step; /* days */
  xs_period period;
  int32_t from[MAX_PAUSES], to[MAX_PAUSES];
  bool open[MAX_PAUSES];
  size_t pause_count;
} question;

static bool read_pause(const char *word, question *q)
{
  char *end;
  if (q->pause_count == MAX_PAUSES) return false;
  size_t i = q->pause_count++;
  q->from[i] = (int32_t)strtol(word, &end, 10);
  if (strncmp(end, "..", 2) != 0) return false;
  q->open[i] = end[2] == '\0';
  q->to[i] = (int32_t)strtol(end + 2, &end, 10);
  return *end == '\0';
}

static bool read_question(char *line, question *q)
{
  *q = (question){0};
  char *rest = NULL;
  const char *step = strtok_r(line, " \n", &rest);
  const char *n = strtok_r(NULL, " \n", &rest);
  const char *unit = strtok_r(NULL, " \n", &rest);
  const char *direction = strtok_r(NULL, " \n", &rest);
  const char *roll = strtok_r(NULL, " \n", &rest);
  if (!roll || !xs_time_unit_of(xs_text_of(unit), &q->period.unit)) return false;
  q->step = (int32_t)strtol(step, NULL, 10);
  q->period.n = (uint32_t)strtoul(n, NULL, 10);
  q->period.backward = strcmp(direction, "backward") == 0;
  q->period.roll = strcmp(roll, "not") == 0 ? XS_ROLL_NOT : XS_ROLL_ON;
  const char *pause;
  while ((pause = strtok_r(NULL, " \n", &rest)))
    if (!read_pause(pause, q)) return false;
  return true;
}

static bool make_pauses(const question *q, int32_t day, xs_pause *out)
{
  for (size_t i = 0; i < q->pause_count; i++) {
    out[i] = (xs_pause){{0}, {0}};
    if (!xs_date_of_days(day + q->from[i], &out[i].from)) return false;
    if (!q->open[i] && !xs_date_of_days(day + q->to[i], &out[i].to)) return false;
  }
  return true;
}

static uint32_t number_of(xs_date date)
{
  return date.year ? xs_date_number(date) : 0;
}

/* What becomes of each day, whatever the reason is called. */
static void print_lines(const xs_count *count)
{
  static const char letters[XS_REASON_COUNT] = {
      [XS_REASON_START] = 's',
      [XS_REASON_BACK_START] = 's',
      [XS_REASON_DAY] = '+',
      [XS_REASON_BACK_DAY] = '+',
      [XS_REASON_WORKDAY] = '+',
      [XS_REASON_MADE_UP] = 'm',
      [XS_REASON_OFF] = '-',
      [XS_REASON_OFF_HOLIDAY] = 'h',
      [XS_REASON_PAUSED] = 'p',
      [XS_REASON_LAST] = 'L',
      [XS_REASON_BACK_LAST] = 'L',
      [XS_REASON_MONTH] = 'L',
      [XS_REASON_BACK_MONTH] = 'L',
      [XS_REASON_MONTH_END] = 'N',
      [XS_REASON_BACK_MONTH_END] = 'N',
      [XS_REASON_MONTH_PAUSED] = 'L',
      [XS_REASON_HOLIDAY] = 'H',
      [XS_REASON_WEEKEND] = 'W',
      [XS_REASON_BACK_OFF] = 'B',
      [XS_REASON_END] = 'E',
      [XS_REASON_BACK_END] = 'E',
      [XS_REASON_STAYS] = 'S',
  };
  putchar(' ');
  for (size_t i = 0; i < count->line_count; i++) putchar(letters[count->lines[i].reason]);
}

static bool answer(const xs_calendar *calendar, const question *q, int32_t day, bool explain,
                   xs_diags *diags)
{
  xs_pause pauses[MAX_PAUSES];
  xs_count count;
  xs_date from;
  xs_arena *a = xs_arena_new(xs_host_posix());
  bool done = a && xs_date_of_days(day, &from) && make_pauses(q, day, pauses) &&
              !xs_count_period(a, calendar, from, &q->period, pauses, q->pause_count, explain,
                               diags, &count);
  if (done) {
    printf("%u %u %u %d %u %u", xs_date_number(from), number_of(count.due), number_of(count.last),
           count.provisional, count.number, count.paused);
    if (explain) print_lines(&count);
    putchar('\n');
  }
  xs_arena_free(a);
  return done;
}

static int answer_all(const xs_calendar *calendar, char **argv, xs_diags *diags)
{
  char line[MAX_LINE];
  xs_date first, last;
  if (!xs_date_parse(xs_text_of(argv[3]), &first) || !xs_date_parse(xs_text_of(argv[4]), &last))
    return 2;
  int32_t every = (int32_t)strtol(argv[5], NULL, 10);
  while (fgets(line, sizeof line, stdin)) {
    question q;
    if (!read_question(line, &q)) return 2;
    int32_t from = xs_date_days(first), to = xs_date_days(last);
    for (int32_t i = 0; from + i * q.step <= to; i++)
      if (!answer(calendar, &q, from + i * q.step, i % every == 0, diags)) return 1;
  }
  return 0;
}

int main(int argc, char **argv)
{
  if (argc != 6) return 2;
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_diags *diags = xs_diags_new(xs_host_posix());
  const xs_schema *schema = NULL;
  xs_calendar *calendar = NULL;
  int code = 1;
  if (a && diags && !xs_schema_load(a, xs_text_of(argv[1]), diags, &schema) &&
      !xs_calendar_load(xs_host_posix(), schema, xs_text_of(argv[2]), diags, &calendar))
    code = answer_all(calendar, argv, diags);
  xs_calendar_free(calendar);
  xs_arena_free(a);
  xs_diags_free(diags);
  return code;
}
