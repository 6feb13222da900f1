/* What becomes of a deadline as days go by, and how it stands in a record. */
#include "base/text.h"
#include "data/xml_write.h"
#include "workflow/deadline.h"

static const struct {
  const char *word, *name;
} states[] = {
    [XS_DEADLINE_HIDDEN] = {"hidden", N_("not yet known")},
    [XS_DEADLINE_WAITING] = {"waiting", N_("not open yet")},
    [XS_DEADLINE_OPEN] = {"open", N_("open")},
    [XS_DEADLINE_TODAY] = {"today", N_("due today")},
    [XS_DEADLINE_OVERDUE] = {"overdue", N_("overdue")},
    [XS_DEADLINE_PAUSED] = {"paused", N_("suspended")},
    [XS_DEADLINE_MET] = {"met", N_("met")},
    [XS_DEADLINE_LATE] = {"late", N_("met late")},
    [XS_DEADLINE_LAPSED] = {"lapsed", N_("lapsed")},
    [XS_DEADLINE_VOID] = {"void", N_("no longer needed")},
};

const char *xs_deadline_state_word(xs_deadline_state state)
{
  return states[state].word;
}

const char *xs_deadline_state_name(xs_deadline_state state)
{
  return states[state].name;
}

bool xs_deadline_was_missed(const xs_deadline *d)
{
  return d->verified && !d->right && d->due.year && d->ceased.year &&
         xs_date_compare(d->due, d->ceased) < 0;
}

const char *xs_deadline_missed_name(void)
{
  return N_("missed, not needed");
}

bool xs_deadline_is_pending(xs_deadline_state state)
{
  switch (state) {
  case XS_DEADLINE_WAITING:
  case XS_DEADLINE_OPEN:
  case XS_DEADLINE_TODAY:
  case XS_DEADLINE_OVERDUE:
  case XS_DEADLINE_PAUSED:
    return true;
  case XS_DEADLINE_HIDDEN:
  case XS_DEADLINE_MET:
  case XS_DEADLINE_LATE:
  case XS_DEADLINE_LAPSED:
  case XS_DEADLINE_VOID:
    break;
  }
  return false;
}

static bool has_come(xs_date day, xs_date as_of)
{
  return day.year && xs_date_compare(day, as_of) <= 0;
}

static xs_deadline_state state_of_open(const xs_deadline *d, xs_date as_of)
{
  if (!d->due.year) return XS_DEADLINE_PAUSED;
  int order = xs_date_compare(d->due, as_of);
  if (order < 0) return d->right ? XS_DEADLINE_LAPSED : XS_DEADLINE_OVERDUE;
  if (order == 0) return XS_DEADLINE_TODAY;
  if (d->opens.year && xs_date_compare(as_of, d->opens) < 0) return XS_DEADLINE_WAITING;
  return XS_DEADLINE_OPEN;
}

xs_deadline_state xs_deadline_state_on(const xs_deadline *d, xs_date as_of)
{
  if (d->known.year && xs_date_compare(as_of, d->known) < 0) return XS_DEADLINE_HIDDEN;
  if (has_come(d->met, as_of))
    return d->due.year && xs_date_compare(d->met, d->due) > 0 ? XS_DEADLINE_LATE : XS_DEADLINE_MET;
  if (has_come(d->ceased, as_of)) return XS_DEADLINE_VOID;
  return state_of_open(d, as_of);
}

/* ---- the record ---- */

static bool put_day(xmlNodePtr e, const char *name, xs_date day)
{
  return xs_xml_put_day(e, name, day.year ? xs_date_number(day) : 0);
}

static bool put_yes(xmlNodePtr e, const char *name, bool value)
{
  return xs_xml_put(e, name, value ? XS_LIT("yes") : XS_LIT("no"));
}

static bool put_texts(const xs_deadline *d, xmlNodePtr e)
{
  return xs_xml_put(e, "limit", d->limit) && xs_xml_put(e, "what", d->what) &&
         xs_xml_put(e, "actor", d->actor) && xs_xml_put(e, "track", d->track) &&
         xs_xml_put(e, "key", d->key) && xs_xml_put(e, "item", d->item) &&
         xs_xml_put(e, "kind", d->kind) && xs_xml_put(e, "since", d->since) &&
         xs_xml_put(e, "period", d->period) && xs_xml_put(e, "law", d->law) &&
         xs_xml_put(e, "grade", d->grade) && xs_xml_put(e, "agreed-in", d->agreed_in) &&
         xs_xml_put(e, "note", d->note);
}

static bool put_days(const xs_deadline *d, xs_date as_of, xmlNodePtr e)
{
  bool is_met = has_come(d->met, as_of);
  return put_day(e, "trigger", d->trigger) && put_day(e, "opens", d->opens) &&
         put_day(e, "due", d->due) && put_day(e, "agreed", d->agreed) &&
         (!is_met || put_day(e, "met", d->met));
}

static bool put_flags(const xs_deadline *d, xmlNodePtr e)
{
  return put_yes(e, "verified", d->verified) && put_yes(e, "provisional", d->provisional) &&
         put_yes(e, "backward", d->backward) && put_yes(e, "window", d->window) &&
         put_yes(e, "legal", d->is_limit);
}

xs_status xs_deadlines_record(const xs_deadlines *list, xs_date as_of, xmlNodePtr record)
{
  for (size_t i = 0; i < list->count; i++) {
    const xs_deadline *d = &list->items[i];
    xs_deadline_state state = xs_deadline_state_on(d, as_of);
    if (state == XS_DEADLINE_HIDDEN) continue;
    xmlNodePtr e = xs_xml_add(record, "deadline");
    bool is_missed = state == XS_DEADLINE_VOID && xs_deadline_was_missed(d);
    if (!e || (is_missed && !put_yes(e, "missed", true)) || !put_texts(d, e) ||
        !put_days(d, as_of, e) || !put_flags(d, e) ||
        !xs_xml_put(e, "state", xs_text_of(xs_deadline_state_word(state))))
      return XS_ENOMEM;
  }
  return XS_OK;
}
