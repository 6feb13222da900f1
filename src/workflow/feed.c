/*
 * A list of what is due as an iCalendar feed. The one file that knows libical.
 *
 * Every day is an event of a whole day: the last day of a deadline, the day that a paper agrees on
 * beside it, the first day of a window, the first day on which something may be done. A calendar
 * that reads the feed again finds the same UIDs and moves what has moved.
 */
#include "base/limits.h"
#include "base/text.h"
#include "workflow/due.h"

#include <libical/ical.h>
#include <time.h>

typedef struct feed {
  const xs_due *due;
  icalcomponent *calendar;
  struct icaltimetype stamp;
} feed;

/* ---- components ---- */

static xs_status add_property(icalcomponent *c, icalproperty *p)
{
  if (!p) return XS_ENOMEM;
  icalcomponent_add_property(c, p);
  return XS_OK;
}

static xs_status add_named(icalcomponent *c, const char *name, const char *value)
{
  icalproperty *p = icalproperty_new_x(value);
  if (p) icalproperty_set_x_name(p, name);
  return add_property(c, p);
}

static struct icaltimetype date_of(uint32_t day)
{
  struct icaltimetype t = icaltime_null_date();
  t.year = (int)(day / 10000);
  t.month = (int)(day / 100 % 100);
  t.day = (int)(day % 100);
  return t;
}

/* `days_before` days before the morning on which reminders come. */
static xs_status add_alarm(const feed *f, icalcomponent *event, uint32_t days_before,
                           const char *summary)
{
  int minutes = (int)f->due->clock->remind_at - (int)days_before * 24 * 60;
  struct icaltriggertype trigger = {.time = icaltime_null_time(),
                                    .duration = icaldurationtype_from_int(minutes * 60)};
  icalcomponent *alarm = icalcomponent_new_valarm();
  if (!alarm) return XS_ENOMEM;
  icalcomponent_add_component(event, alarm);
  xs_status st = add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  if (!st) st = add_property(alarm, icalproperty_new_description(summary));
  return st ? st : add_property(alarm, icalproperty_new_trigger(trigger));
}

/* ---- words ---- */

/* 暂定, 待核实: said where nobody can overlook it. */
static const char *caution(const xs_due_view *v)
{
  if (!v->verified) return _("[not verified] ");
  return v->provisional ? _("[provisional] ") : "";
}

static xs_text summary_of(xs_arena *a, const xs_due_view *v, const char *form)
{
  xs_text head = xs_arena_printf(a, form, XS_TEXT(v->what));
  return xs_arena_printf(a, "%s%.*s — %.*s", caution(v), XS_TEXT(head), XS_TEXT(v->title));
}

static xs_text add_line(xs_arena *a, xs_text all, const char *label, xs_text value)
{
  if (!value.len || !all.ptr) return all;
  return xs_arena_printf(a, "%.*s%s%.*s\n", XS_TEXT(all), label, XS_TEXT(value));
}

static xs_text description_of(xs_arena *a, const xs_due_view *v)
{
  xs_text all = XS_LIT("");
  all = add_line(a, all, _("Case: "), v->uid);
  all = add_line(a, all, _("Who acts: "), v->actor);
  all = add_line(a, all, _("Under: "), v->law);
  all = add_line(a, all, _("Why: "), v->why);
  if (v->period.len)
    all = add_line(a, all, _("Counted: "),
                   xs_arena_printf(a, "%.*s %.*s %08u", XS_TEXT(v->period), XS_TEXT(v->since),
                                   (unsigned)v->trigger));
  all = add_line(a, all, _("Agreed in: "), v->agreed_in);
  if (!v->verified)
    all = add_line(a, all, "",
                   xs_text_of(_("This day was not verified in the law; do not rely on it.")));
  if (v->provisional)
    all = add_line(a, all, "", xs_text_of(_("Holidays are not announced yet; the day may move.")));
  return all;
}

/* The same case and deadline give the same id, whatever else is in the list. */
static xs_text uid_of(xs_arena *a, const xs_due_view *v, const char *which)
{
  return xs_arena_printf(a, "%.*s.%.*s%s%.*s%s%.*s%s@xieshang", XS_TEXT(v->uid), XS_TEXT(v->limit),
                         v->item.len ? "." : "", XS_TEXT(v->item), v->kind.len ? "." : "",
                         XS_TEXT(v->kind), which);
}

/* ---- events ---- */

typedef struct day_event {
  uint32_t day;
  const char *which; /* part of its id */
  const char *form;  /* of its summary; %.*s is what is due */
  bool reminds;
} day_event;

static xs_status fill_event(const feed *f, icalcomponent *event, const xs_due_item *item,
                            const day_event *e)
{
  xs_arena *a = f->due->a;
  const xs_due_view *v = &item->view;
  xs_text summary = summary_of(a, v, e->form), description = description_of(a, v);
  xs_text uid = uid_of(a, v, e->which);
  if (!summary.ptr || !description.ptr || !uid.ptr) return XS_ENOMEM;
  struct icaltimetype start = date_of(e->day), after = start;
  icaltime_adjust(&after, 1, 0, 0, 0);
  bool is_certain = v->verified && !v->provisional;
  xs_status st = add_property(event, icalproperty_new_uid(uid.ptr));
  if (!st) st = add_property(event, icalproperty_new_dtstamp(f->stamp));
  if (!st) st = add_property(event, icalproperty_new_dtstart(start));
  if (!st) st = add_property(event, icalproperty_new_dtend(after));
  if (!st) st = add_property(event, icalproperty_new_summary(summary.ptr));
  if (!st) st = add_property(event, icalproperty_new_description(description.ptr));
  if (!st)
    st = add_property(
        event, icalproperty_new_status(is_certain ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_TENTATIVE));
  if (!st) st = add_property(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  const xs_due_rule *rule = e->reminds ? item->rule : NULL;
  for (size_t i = 0; rule && i < rule->remind_count && !st; i++)
    st = add_alarm(f, event, rule->remind[i], summary.ptr);
  return st;
}

static xs_status add_event(const feed *f, const xs_due_item *item, const day_event *e)
{
  if (!e->day) return XS_OK;
  icalcomponent *event = icalcomponent_new_vevent();
  if (!event) return XS_ENOMEM;
  icalcomponent_add_component(f->calendar, event);
  return fill_event(f, event, item, e);
}

static xs_status add_item(const feed *f, const xs_due_item *item)
{
  const xs_due_view *v = &item->view;
  const day_event proposed = {v->due, "", _("“%.*s” may be sent"), false};
  const day_event last = {v->due, "", "%.*s", true};
  const day_event agreed = {v->agreed, ".agreed", _("%.*s (the day agreed)"), true};
  const day_event opens = {v->opens, ".opens", _("%.*s (the first day)"), false};
  if (v->term == XS_DUE_DONE) return XS_OK;
  if (v->is_proposal) return add_event(f, item, &proposed);
  xs_status st = add_event(f, item, &last);
  if (!st) st = add_event(f, item, &agreed);
  return st ? st : add_event(f, item, &opens);
}

/* ---- the calendar ---- */

static xs_status fill_calendar(const feed *f, const char *name)
{
  static const char product[] = "-//xieshang//collective bargaining//ZH";
  icalcomponent *c = f->calendar;
  xs_status st = add_property(c, icalproperty_new_version("2.0"));
  if (!st) st = add_property(c, icalproperty_new_prodid(product));
  if (!st) st = add_property(c, icalproperty_new_calscale("GREGORIAN"));
  if (!st) st = add_named(c, "X-WR-CALNAME", name);
  for (size_t i = 0; i < f->due->count && !st; i++) st = add_item(f, &f->due->items[i]);
  return st;
}

static xs_status write_calendar(const feed *f, xs_bytes *out)
{
  xs_buf bytes;
  char *text = icalcomponent_as_ical_string_r(f->calendar);
  xs_buf_init(&bytes, out->host, XS_MAX_BUF_BYTES);
  xs_status st = text ? xs_buf_str(&bytes, text) : XS_ENOMEM;
  icalmemory_free_buffer(text);
  if (st)
    xs_buf_free(&bytes);
  else
    *out = (xs_bytes){bytes.host, bytes.ptr, bytes.len};
  return st;
}

xs_status xs_due_feed(xs_due *due, const char *name, xs_diags *diags, xs_bytes *out)
{
  const xs_host *host = due->engine->host;
  const time_t now = (time_t)host->now(host->user);
  (void)diags;
  *out = (xs_bytes){host, NULL, 0};
  feed f = {.due = due,
            .calendar = icalcomponent_new_vcalendar(),
            .stamp = icaltime_from_timet_with_zone(now, 0, icaltimezone_get_utc_timezone())};
  if (!f.calendar) return XS_ENOMEM;
  xs_status st = fill_calendar(&f, name);
  if (!st) st = write_calendar(&f, out);
  icalcomponent_free(f.calendar);
  return st;
}
