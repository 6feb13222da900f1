/* xieshang days: one count, from a day so many days, working days or months. */
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "cli/day_table.h"
#include "cli/out_file.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_days(xs_session *s);

typedef struct question {
  xs_days_question q;
  xs_days_pause pauses[XS_MAX_REPEATED];
} question;

/* ---- the command line ---- */

static bool read_date(const xs_session *s, xs_text text, uint32_t *out)
{
  xs_date date;
  if (xs_date_parse(text, &date)) {
    *out = xs_date_number(date);
    return true;
  }
  xs_usage_error(s->args->command, _("“%.*s” is not a date of the form YYYY-MM-DD"), XS_TEXT(text));
  return false;
}

/* A number, and in the same word or the next one the unit. */
static bool read_length(const xs_session *s, xs_days_question *q)
{
  const char *word = s->args->operands[1];
  size_t digits = strspn(word, "0123456789");
  uint64_t n = 0;
  bool apart = word[digits] == '\0';
  if (!xs_text_uint((xs_text){word, digits}, &n) || n > UINT32_MAX) {
    xs_usage_error(s->args->command, _("“%s” is no number of days"), word);
    return false;
  }
  if (apart != (s->args->operand_count == 3)) {
    xs_usage_error(s->args->command, "%s",
                   _("after the number stands one unit: 日 (day), 工作日 (workday) or 月 (month)"));
    return false;
  }
  q->n = (uint32_t)n;
  q->unit = apart ? s->args->operands[2] : word + digits;
  return true;
}

/* FROM..TO, or FROM.. when no end is known. */
static bool read_pause(const xs_session *s, const char *value, xs_days_pause *out)
{
  const char *dots = strstr(value, "..");
  *out = (xs_days_pause){0, 0};
  if (!dots) {
    xs_usage_error(s->args->command, _("“%s” is no suspension of the form FROM..TO"), value);
    return false;
  }
  if (!read_date(s, (xs_text){value, (size_t)(dots - value)}, &out->from)) return false;
  return dots[2] == '\0' || read_date(s, xs_text_of(dots + 2), &out->to);
}

static bool read_question(const xs_session *s, question *out)
{
  static const char *const rolls[] = {"", "on", "not"};
  size_t roll = XS_DAYS_ROLL_USUAL;
  const char *pause;
  out->q = (xs_days_question){.backward = xs_args_given(s->args, XS_OPTION_BACKWARD),
                              .pauses = out->pauses};
  if (!read_date(s, xs_text_of(s->args->operands[0]), &out->q.from)) return false;
  if (!read_length(s, &out->q)) return false;
  if (!xs_args_choice(s->args, XS_OPTION_ROLL, rolls, XS_COUNT(rolls), &roll)) return false;
  out->q.roll = (xs_days_roll)roll;
  for (size_t i = 0; (pause = xs_args_nth(s->args, XS_OPTION_SUSPEND, i)); i++)
    if (!read_pause(s, pause, &out->pauses[out->q.pause_count++])) return false;
  return xs_out_file_check(s);
}

/* ---- the answer ---- */

static xs_text find_weekday(const xs_days *days, uint32_t date)
{
  xs_days_line line;
  for (size_t i = 0; xs_days_line_at(days, i, &line); i++)
    if (line.date == date) return line.weekday;
  return XS_NO_TEXT;
}

static void print_date(const xs_days *days, uint32_t date)
{
  printf("%04u-%02u-%02u %.*s", date / 10000, date / 100 % 100, date % 100,
         XS_TEXT(find_weekday(days, date)));
}

static void print_answer(const xs_days *days)
{
  xs_days_answer a = xs_days_answer_of(days);
  if (a.stopped)
    fputs(_("suspended: there is no last day yet"), stdout);
  else
    print_date(days, a.due);
  if (a.provisional && !a.stopped) fputs(_(" (provisional)"), stdout);
  putchar('\n');
}

static void print(const xs_session *s, const xs_days *days)
{
  print_answer(days);
  if (!xs_args_given(s->args, XS_OPTION_EXPLAIN)) return;
  putchar('\n');
  xs_day_table_print(days, 0);
}

static void keep(xs_session *s, const xs_days *days)
{
  json_t *answer = xs_day_answer_json(days);
  json_object_update(s->result, answer);
  json_decref(answer);
  if (xs_args_given(s->args, XS_OPTION_EXPLAIN))
    json_object_set_new(s->result, "lines", xs_day_table_json(days));
}

static xs_status write_paper(xs_session *s, const xs_days *days)
{
  xs_bytes pdf = {0};
  xs_render_options options = {0};
  if (!xs_args_given(s->args, XS_OPTION_OUTPUT)) return XS_OK;
  if (!xs_args_date(s->args, &options.date)) return XS_EINPUT;
  xs_status status = xs_engine_days_paper(s->engine, days, &options, s->diags, &pdf);
  if (!status) status = xs_out_file_write(s, &pdf);
  xs_bytes_free(&pdf);
  return status;
}

xs_exit xs_cli_days(xs_session *s)
{
  question q;
  xs_days *days = NULL;
  if (!read_question(s, &q)) return XS_EXIT_USAGE;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_engine_days(s->engine, &q.q, s->diags, &days);
  if (!status) keep(s, days);
  if (!status && !s->json && !xs_out_file_is_stdout(s)) print(s, days);
  if (!status) status = write_paper(s, days);
  xs_exit exit = xs_session_report(s, status);
  xs_days_free(days);
  return exit;
}
