#include "packet/days.h"

#include "base/buf.h"
#include "base/text.h"
#include "data/xml_write.h"
#include "packet/engine.h"
#include "template/law.h"

#include <stdio.h>

struct xs_days {
  xs_arena *own; /* NULL: lives in the arena of whoever counted */
  const xs_calendar *calendar;
  xs_counted counted;
  xs_text laws[XS_REASON_COUNT]; /* as people cite them; only of reasons that occur */
  xs_text *labels;               /* one for each line */
};

enum { MAX_LAW_BYTES = 4096 };

/* ---- words ---- */

static const char *const kinds[] = {
    [XS_DAY_WORKING] = "working",
    [XS_DAY_WEEKEND] = "weekend",
    [XS_DAY_HOLIDAY] = "holiday",
    [XS_DAY_MADE_UP] = "made-up",
};

static xs_text weekday_of(xs_date date)
{
  static const char *const names[] = {"星期一", "星期二", "星期三", "星期四",
                                      "星期五", "星期六", "星期日"};
  return xs_text_of(names[xs_date_weekday(date) - XS_MONDAY]);
}

static xs_text label_of(xs_arena *a, const xs_day *day)
{
  static const char *const endings[] = {
      [XS_DAY_WORKING] = "工作日",
      [XS_DAY_WEEKEND] = "休息日",
      [XS_DAY_HOLIDAY] = "放假",
      [XS_DAY_MADE_UP] = "调休上班",
  };
  return xs_arena_printf(a, "%.*s%s%s", XS_TEXT(day->name), endings[day->kind],
                         day->known ? "" : "（未公布）");
}

/* A law that the pack does not know stays uncited. */
static xs_status cite(xs_arena *a, const xs_rules *rules, xs_text law, xs_text *out)
{
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(a), MAX_LAW_BYTES);
  bool sound = xs_law_write(a, rules, law, XS_LIT(""), &b) == XS_LAW_SOUND;
  xs_status status = b.status;
  if (!status && sound) *out = xs_arena_text(a, xs_buf_view(&b));
  if (!status && sound && !out->ptr) status = XS_ENOMEM;
  xs_buf_free(&b);
  return status;
}

static xs_status put_into_words(xs_arena *a, const xs_rules *rules, xs_days *days)
{
  const xs_count *count = &days->counted.count;
  days->labels = XS_NEW_ARRAY(a, count->line_count, xs_text);
  xs_status status = days->labels ? XS_OK : XS_ENOMEM;
  for (size_t i = 0; !status && i < count->line_count; i++) {
    const xs_count_line *line = &count->lines[i];
    xs_text *law = &days->laws[line->reason];
    days->labels[i] = label_of(a, &line->day);
    if (!days->labels[i].ptr) status = XS_ENOMEM;
    if (!status && line->verified && !law->ptr) status = cite(a, rules, line->law, law);
  }
  return status;
}

xs_status xs_days_new(xs_arena *a, const xs_calendar *calendar, const xs_rules *rules,
                      const xs_counted *counted, xs_days **out)
{
  xs_days *days = XS_NEW(a, xs_days);
  if (!days) return XS_ENOMEM;
  *days = (xs_days){.calendar = calendar, .counted = *counted};
  xs_status status = put_into_words(a, rules, days);
  if (!status) *out = days;
  return status;
}

void xs_days_free(xs_days *days)
{
  if (days) xs_arena_free(days->own);
}

/* ---- what was asked ---- */

static xs_status read_date(uint32_t number, xs_diags *diags, xs_date *out)
{
  if (xs_date_of_number(number, out)) return XS_OK;
  xs_diag(diags, XS_D_DATE_STATED, XS_NOWHERE, _("%08u is not a day of the calendar"),
          (unsigned)number);
  return XS_EINPUT;
}

static xs_status read_pauses(xs_arena *a, const xs_days_question *q, xs_diags *diags,
                             const xs_pause **out)
{
  xs_status status = XS_OK;
  xs_pause *pauses = XS_NEW_ARRAY(a, q->pause_count, xs_pause);
  if (!pauses) return XS_ENOMEM;
  for (size_t i = 0; i < q->pause_count; i++) {
    const xs_days_pause *p = &q->pauses[i];
    if (read_date(p->from, diags, &pauses[i].from)) status = XS_EINPUT;
    if (p->to && read_date(p->to, diags, &pauses[i].to)) status = XS_EINPUT;
  }
  *out = pauses;
  return status;
}

static xs_status read_question(xs_arena *a, const xs_days_question *q, xs_diags *diags,
                               xs_counted *out)
{
  bool stays = q->roll == XS_DAYS_ROLL_NOT || (q->roll == XS_DAYS_ROLL_USUAL && q->backward);
  *out = (xs_counted){
      .period = {.n = q->n, .backward = q->backward != 0, .roll = stays ? XS_ROLL_NOT : XS_ROLL_ON},
      .pause_count = q->pause_count};
  if (!xs_time_unit_of(xs_text_of(q->unit), &out->period.unit)) {
    xs_diag(
        diags, XS_D_COUNT_UNIT, XS_NOWHERE,
        _("“%s” is no unit of time; days are counted in 日 (day), 工作日 (workday) or 月 (month)"),
        q->unit);
    return XS_EINPUT;
  }
  xs_status status = read_date(q->from, diags, &out->from);
  return status ? status : read_pauses(a, q, diags, &out->pauses);
}

/* ---- what came of it ---- */

static void warn(const xs_count *count, xs_diags *diags)
{
  if (count->stopped) {
    xs_date since = count->lines[count->line_count - 1].date;
    xs_diag(diags, XS_D_COUNT_STOPPED, XS_NOWHERE,
            _("the clock stands still since %04d-%02d-%02d, and no end of the suspension is known; "
              "%u were counted"),
            since.year, since.month, since.day, (unsigned)count->number);
  } else if (count->provisional) {
    xs_diag(diags, XS_D_COUNT_PROVISIONAL, XS_NOWHERE,
            _("the working days that decide are not announced yet (%d); the day is provisional"),
            count->unknown_year);
  }
}

static xs_status answer(xs_engine *engine, const xs_days_question *q, xs_arena *a, xs_diags *diags,
                        xs_days **out)
{
  xs_counted counted;
  const xs_calendar *calendar = NULL;
  const xs_rules *rules = NULL;
  xs_status status = read_question(a, q, diags, &counted);
  if (!status) status = xs_engine_calendar(engine, diags, &calendar);
  if (!status) status = xs_engine_rules(engine, NULL, diags, &rules);
  if (!status)
    status = xs_count_period(a, calendar, counted.from, &counted.period, counted.pauses,
                             counted.pause_count, true, diags, &counted.count);
  if (!status) status = xs_days_new(a, calendar, rules, &counted, out);
  if (!status) warn(&counted.count, diags);
  return status;
}

xs_status xs_engine_days(xs_engine *engine, const xs_days_question *question, xs_diags *diags,
                         xs_days **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? answer(engine, question, a, diags, out) : XS_ENOMEM;
  if (status)
    xs_arena_free(a);
  else
    (*out)->own = a;
  return status;
}

static uint32_t number_of(xs_date date)
{
  return date.year ? xs_date_number(date) : 0;
}

xs_days_answer xs_days_answer_of(const xs_days *days)
{
  const xs_counted *c = &days->counted;
  return (xs_days_answer){
      .from = xs_date_number(c->from),
      .n = c->period.n,
      .unit = xs_time_unit_name(c->period.unit).ptr,
      .backward = c->period.backward,
      .rolls = c->period.roll == XS_ROLL_ON,
      .due = number_of(c->count.due),
      .last = number_of(c->count.last),
      .provisional = c->count.provisional,
      .unknown_year = c->count.unknown_year,
      .stopped = c->count.stopped,
      .number = c->count.number,
      .paused = c->count.paused,
      .line_count = c->count.line_count,
  };
}

int xs_days_line_at(const xs_days *days, size_t i, xs_days_line *out)
{
  const xs_count *count = &days->counted.count;
  if (i >= count->line_count) return 0;
  const xs_count_line *line = &count->lines[i];
  const xs_calendar_rule *rule = xs_calendar_rule_of(days->calendar, line->reason);
  *out = (xs_days_line){
      .date = xs_date_number(line->date),
      .weekday = weekday_of(line->date),
      .kind = kinds[line->day.kind],
      .holiday = line->day.name,
      .day = days->labels[i],
      .known = line->day.known,
      .number = line->number,
      .reason = xs_count_reason_id(line->reason),
      .why = _(line->why),
      .why_zh = rule->text,
      .law = line->verified ? days->laws[line->reason] : XS_NO_TEXT,
  };
  return 1;
}

/* ---- the record ---- */

typedef struct writing {
  xmlNodePtr element;
  bool failed;
} writing;

static void put_text(writing *w, const char *name, xs_text value)
{
  if (!xs_xml_put(w->element, name, value)) w->failed = true;
}

static void put_date(writing *w, const char *name, xs_date date)
{
  if (!xs_xml_put_day(w->element, name, date.year ? xs_date_number(date) : 0)) w->failed = true;
}

static void put_number(writing *w, const char *name, uint32_t number)
{
  if (!xs_xml_put_number(w->element, name, number)) w->failed = true;
}

static void put_yes(writing *w, const char *name, bool yes)
{
  if (yes) put_text(w, name, XS_LIT("yes"));
}

/* A child element, NULL when out of memory. */
static writing begin(writing *parent, const char *name)
{
  writing w = {.element = xs_xml_add(parent->element, name)};
  if (!w.element) w.failed = parent->failed = true;
  return w;
}

static void write_pause(writing *parent, const xs_pause *pause)
{
  writing w = begin(parent, "pause");
  if (w.failed) return;
  put_date(&w, "from", pause->from);
  put_date(&w, "to", pause->to);
  if (w.failed) parent->failed = true;
}

static void write_line(writing *parent, const xs_days *days, size_t i)
{
  xs_days_line line;
  writing w = begin(parent, "line");
  if (w.failed || !xs_days_line_at(days, i, &line)) return;
  put_date(&w, "date", days->counted.count.lines[i].date);
  put_text(&w, "weekday", line.weekday);
  put_text(&w, "kind", xs_text_of(line.kind));
  put_text(&w, "holiday", line.holiday);
  put_text(&w, "day", line.day);
  if (line.number) put_number(&w, "number", line.number);
  put_text(&w, "reason", xs_text_of(line.reason));
  put_text(&w, "why", line.why_zh);
  put_text(&w, "law", line.law);
  put_text(&w, "grade", line.law.len ? XS_LIT("A") : XS_LIT("I"));
  if (w.failed) parent->failed = true;
}

/* The notices of the years that the count goes through. */
static void write_notices(writing *parent, const xs_days *days)
{
  const xs_count *count = &days->counted.count;
  int first = days->counted.from.year, last = first;
  for (size_t i = 0; i < count->line_count; i++) {
    int year = count->lines[i].date.year;
    if (year < first) first = year;
    if (year > last) last = year;
  }
  for (int year = first; year <= last; year++) {
    xs_text source;
    for (size_t i = 0; (source = xs_calendar_notice(days->calendar, year, i)).ptr; i++) {
      writing w = begin(parent, "notice");
      if (w.failed) return;
      put_number(&w, "year", (uint32_t)year);
      put_text(&w, "source", source);
      if (w.failed) parent->failed = true;
    }
  }
}

static void write_count(writing *w, const xs_counted *c)
{
  const xs_count *count = &c->count;
  put_date(w, "from", c->from);
  put_number(w, "n", c->period.n);
  put_text(w, "unit", xs_time_unit_name(c->period.unit));
  put_text(w, "direction", xs_text_of(c->period.backward ? "backward" : "forward"));
  put_text(w, "roll", xs_text_of(c->period.roll == XS_ROLL_ON ? "on" : "not"));
  put_date(w, "due", count->due);
  put_date(w, "last", count->last);
  put_yes(w, "provisional", count->provisional);
  if (count->unknown_year) put_number(w, "unknown-year", (uint32_t)count->unknown_year);
  put_yes(w, "stopped", count->stopped);
  put_number(w, "number", count->number);
  if (count->paused) put_number(w, "paused", count->paused);
}

xs_status xs_days_add_record(const xs_days *days, xmlNodePtr parent)
{
  writing above = {.element = parent};
  writing w = begin(&above, "count");
  if (w.failed) return XS_ENOMEM;
  write_count(&w, &days->counted);
  put_text(&w, "calendar", xs_text_of(xs_calendar_digest(days->calendar)));
  for (size_t i = 0; i < days->counted.pause_count; i++) write_pause(&w, &days->counted.pauses[i]);
  for (size_t i = 0; i < days->counted.count.line_count; i++) write_line(&w, days, i);
  write_notices(&w, days);
  return w.failed ? XS_ENOMEM : XS_OK;
}

/* ---- the paper ---- */

xs_status xs_engine_days_paper(xs_engine *engine, const xs_days *days,
                               const xs_render_options *options, xs_diags *diags, xs_bytes *out)
{
  *out = (xs_bytes){engine->host, NULL, 0};
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  xmlNodePtr record = doc ? xmlNewDocNode(doc, NULL, BAD_CAST "record", NULL) : NULL;
  xs_status status = record ? XS_OK : XS_ENOMEM;
  if (record) xmlDocSetRootElement(doc, record);
  if (!status) status = xs_days_add_record(days, record);
  const xs_paper_order order = {.which = "count-annex", .record = record, .options = *options};
  if (!status) status = xs_engine_render_order(engine, &order, diags, out);
  xmlFreeDoc(doc);
  return status;
}
