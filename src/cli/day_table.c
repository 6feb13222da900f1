#include "cli/day_table.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <stdio.h>

enum { DATE_CELLS = 12, WEEKDAY_CELLS = 8, NUMBER_CELLS = 4, GAP = 2 };

static xs_text date_text(uint32_t date, char out[16])
{
  snprintf(out, 16, "%04u-%02u-%02u", date / 10000 % 10000, date / 100 % 100, date % 100);
  return xs_text_of(out);
}

static size_t larger(size_t a, size_t b)
{
  return a > b ? a : b;
}

/* The widest day and the widest reason. */
static void measure(const xs_days *days, size_t *day_cells, size_t *why_cells)
{
  xs_days_line line;
  *day_cells = *why_cells = 0;
  for (size_t i = 0; xs_days_line_at(days, i, &line); i++) {
    *day_cells = larger(*day_cells, xs_terminal_cells(line.day) + GAP);
    *why_cells = larger(*why_cells, xs_terminal_cells(xs_text_of(line.why)) + GAP);
  }
}

void xs_day_table_print(const xs_days *days, size_t indent)
{
  size_t day_cells, why_cells;
  xs_days_line line;
  char date[16];
  measure(days, &day_cells, &why_cells);
  for (size_t i = 0; xs_days_line_at(days, i, &line); i++) {
    printf("%*s", (int)indent, "");
    xs_terminal_pad(date_text(line.date, date), DATE_CELLS);
    xs_terminal_pad(line.weekday, WEEKDAY_CELLS);
    xs_terminal_pad(line.day, day_cells);
    if (line.number)
      printf("%*u  ", NUMBER_CELLS, (unsigned)line.number);
    else
      printf("%*s  ", NUMBER_CELLS, "");
    xs_terminal_pad(xs_text_of(line.why), why_cells);
    printf("%.*s\n", XS_TEXT(line.law.len ? line.law : XS_LIT("待核实")));
  }
}

/* ---- JSON ---- */

static json_t *json_of_date(uint32_t date)
{
  char text[16];
  return date ? xs_json_text(date_text(date, text)) : json_null();
}

static json_t *json_of_text(xs_text text)
{
  return text.len ? xs_json_text(text) : json_null();
}

static json_t *json_of_line(const xs_days_line *line)
{
  json_t *object = json_object();
  json_object_set_new(object, "date", json_of_date(line->date));
  json_object_set_new(object, "weekday", xs_json_text(line->weekday));
  json_object_set_new(object, "kind", json_string(line->kind));
  json_object_set_new(object, "holiday", json_of_text(line->holiday));
  json_object_set_new(object, "known", json_boolean(line->known));
  json_object_set_new(object, "number", line->number ? json_integer(line->number) : json_null());
  json_object_set_new(object, "reason", json_string(line->reason));
  json_object_set_new(object, "why", json_string(line->why));
  json_object_set_new(object, "law", json_of_text(line->law));
  return object;
}

json_t *xs_day_table_json(const xs_days *days)
{
  xs_days_line line;
  json_t *all = json_array();
  for (size_t i = 0; xs_days_line_at(days, i, &line); i++)
    json_array_append_new(all, json_of_line(&line));
  return all;
}

json_t *xs_day_answer_json(const xs_days *days)
{
  xs_days_answer a = xs_days_answer_of(days);
  json_t *object = json_object();
  json_object_set_new(object, "from", json_of_date(a.from));
  json_object_set_new(object, "n", json_integer(a.n));
  json_object_set_new(object, "unit", json_string(a.unit));
  json_object_set_new(object, "direction", json_string(a.backward ? "backward" : "forward"));
  json_object_set_new(object, "rolls", json_boolean(a.rolls));
  json_object_set_new(object, "due", json_of_date(a.due));
  json_object_set_new(object, "last", json_of_date(a.last));
  json_object_set_new(object, "provisional", json_boolean(a.provisional));
  json_object_set_new(object, "unknown-year",
                      a.unknown_year ? json_integer(a.unknown_year) : json_null());
  json_object_set_new(object, "stopped", json_boolean(a.stopped));
  json_object_set_new(object, "counted", json_integer(a.number));
  json_object_set_new(object, "paused", json_integer(a.paused));
  return object;
}
