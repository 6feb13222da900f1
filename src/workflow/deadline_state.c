/* What becomes of a deadline as days go by, and how it stands in a record. */
#include "base/text.h"
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

static bool put(xmlNodePtr e, const char *name, xs_text value)
{
  if (!value.len) return true;
  xmlChar *copy = xmlStrndup(BAD_CAST value.ptr, (int)value.len);
  bool done = copy && xmlNewProp(e, BAD_CAST name, copy);
  xmlFree(copy);
  return done;
}

static bool put_day(xs_arena *a, xmlNodePtr e, const char *name, xs_date day)
{
  if (!day.year) return true;
  xs_text text = xs_arena_printf(a, "%04d-%02d-%02d", day.year, day.month, day.day);
  return text.ptr && put(e, name, text);
}

static bool put_yes(xmlNodePtr e, const char *name, bool value)
{
  return put(e, name, value ? XS_LIT("yes") : XS_LIT("no"));
}

static bool put_texts(const xs_deadline *d, xmlNodePtr e)
{
  return put(e, "limit", d->limit) && put(e, "what", d->what) && put(e, "actor", d->actor) &&
         put(e, "track", d->track) && put(e, "key", d->key) && put(e, "item", d->item) &&
         put(e, "kind", d->kind) && put(e, "since", d->since) && put(e, "period", d->period) &&
         put(e, "law", d->law) && put(e, "grade", d->grade) && put(e, "agreed-in", d->agreed_in) &&
         put(e, "note", d->note);
}

static bool put_days(xs_arena *a, const xs_deadline *d, xs_date as_of, xmlNodePtr e)
{
  bool is_met = has_come(d->met, as_of);
  return put_day(a, e, "trigger", d->trigger) && put_day(a, e, "opens", d->opens) &&
         put_day(a, e, "due", d->due) && put_day(a, e, "agreed", d->agreed) &&
         (!is_met || put_day(a, e, "met", d->met));
}

static bool put_flags(const xs_deadline *d, xmlNodePtr e)
{
  return put_yes(e, "verified", d->verified) && put_yes(e, "provisional", d->provisional) &&
         put_yes(e, "backward", d->backward) && put_yes(e, "window", d->window) &&
         put_yes(e, "legal", d->is_limit);
}

xs_status xs_deadlines_record(xs_arena *a, const xs_deadlines *list, xs_date as_of,
                              xmlNodePtr record)
{
  for (size_t i = 0; i < list->count; i++) {
    const xs_deadline *d = &list->items[i];
    xs_deadline_state state = xs_deadline_state_on(d, as_of);
    if (state == XS_DEADLINE_HIDDEN) continue;
    xmlNodePtr e = xmlNewChild(record, NULL, BAD_CAST "deadline", NULL);
    bool is_missed = state == XS_DEADLINE_VOID && xs_deadline_was_missed(d);
    if (!e || (is_missed && !put_yes(e, "missed", true)) || !put_texts(d, e) ||
        !put_days(a, d, as_of, e) || !put_flags(d, e) ||
        !put(e, "state", xs_text_of(xs_deadline_state_word(state))))
      return XS_ENOMEM;
  }
  return XS_OK;
}
