#include "cli/due_list.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/day_table.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>

enum { DATE_CELLS = 12, LEFT_CELLS = 20, GAP = 2, DETAIL_INDENT = 14, COUNT_INDENT = 4 };

static const char red[] = "\033[1;31m", yellow[] = "\033[33m", cyan[] = "\033[36m",
                  green[] = "\033[32m", grey[] = "\033[2m", bold[] = "\033[1m", end[] = "\033[0m";

xs_text xs_due_date_text(uint32_t day, char out[16])
{
  if (!day) return XS_LIT("");
  snprintf(out, 16, "%04u-%02u-%02u", day / 10000 % 10000, day / 100 % 100, day % 100);
  return xs_text_of(out);
}

/* ---- one entry ---- */

static const char *colour_of(xs_due_term term)
{
  switch (term) {
  case XS_DUE_OVERDUE:
    return red;
  case XS_DUE_WEEK:
    return yellow;
  case XS_DUE_POSSIBLE:
    return cyan;
  case XS_DUE_DONE:
    return green;
  case XS_DUE_STOPPED:
  case XS_DUE_UNVERIFIED:
    return grey;
  case XS_DUE_MONTH:
  case XS_DUE_LATER:
    break;
  }
  return "";
}

/* How far off a day is: 3 days overdue, today, in 5 days. Nothing for what has no day. */
static xs_text left_text(const xs_due_view *v, char out[64])
{
  out[0] = '\0';
  if (v->term == XS_DUE_DONE)
    snprintf(out, 64, "%s", v->state_name);
  else if (v->term == XS_DUE_POSSIBLE || v->term == XS_DUE_STOPPED || !v->verified)
    ;
  else if (v->days_left < 0)
    snprintf(out, 64, _("%d days overdue"), abs(v->days_left));
  else if (v->days_left == 0)
    snprintf(out, 64, "%s", _("today"));
  else
    snprintf(out, 64, _("in %d days"), v->days_left);
  return xs_text_of(out);
}

static xs_text day_text(const xs_due_view *v, char out[16])
{
  if (v->term == XS_DUE_UNVERIFIED || (v->term == XS_DUE_DONE && !v->verified))
    return XS_LIT("待核实");
  if (v->term == XS_DUE_STOPPED) return xs_text_of(_("suspended"));
  return xs_due_date_text(v->due, out);
}

static void begin(const xs_due_style *style, const char *code)
{
  if (style->colour) fputs(code, stdout);
}

static void finish(const xs_due_style *style)
{
  if (style->colour) fputs(end, stdout);
}

/* One thing more in a line of details. */
static void more(bool *is_first, const char *text)
{
  printf("%s%s", *is_first ? "" : _("; "), text);
  *is_first = false;
}

/* What it counts from, and how long. */
static void print_count(const xs_due_view *v, bool *is_first)
{
  char from[16], text[256];
  xs_text date = xs_due_date_text(v->trigger, from);
  if (!v->period.len) return;
  snprintf(text, sizeof text,
           v->backward ? _("%.*s before %.*s (%.*s)") : _("%.*s from %.*s (%.*s)"),
           XS_TEXT(v->period), XS_TEXT(v->since), XS_TEXT(date));
  more(is_first, text);
}

static void print_days(const xs_due_view *v, bool *is_first)
{
  char day[16], other[16], text[256];
  if (v->window) {
    snprintf(text, sizeof text, _("a window from %.*s to %.*s"),
             XS_TEXT(xs_due_date_text(v->opens, day)), XS_TEXT(xs_due_date_text(v->due, other)));
    more(is_first, text);
  }
  if (v->agreed) {
    snprintf(text, sizeof text, _("%.*s asks for %.*s"), XS_TEXT(v->agreed_in),
             XS_TEXT(xs_due_date_text(v->agreed, day)));
    more(is_first, text);
  }
  if (!v->verified && v->due) {
    snprintf(text, sizeof text, _("no law; it would be %.*s"),
             XS_TEXT(xs_due_date_text(v->due, day)));
    more(is_first, text);
  }
  if (v->met) {
    snprintf(text, sizeof text, _("done on %.*s"), XS_TEXT(xs_due_date_text(v->met, day)));
    more(is_first, text);
  }
  if (v->provisional) more(is_first, _("provisional (暂定)"));
}

static void print_details(const xs_due_view *v, const xs_due_style *style)
{
  bool is_first = true;
  char text[512];
  printf("%*s", DETAIL_INDENT, "");
  begin(style, grey);
  if (v->law.len) {
    snprintf(text, sizeof text, "%.*s", XS_TEXT(v->law));
    more(&is_first, text);
  } else if (!v->legal && v->agreed_in.len) {
    snprintf(text, sizeof text, _("agreed in %.*s"), XS_TEXT(v->agreed_in));
    more(&is_first, text);
  }
  print_count(v, &is_first);
  print_days(v, &is_first);
  if (style->titles) {
    snprintf(text, sizeof text, "%.*s [%.*s]", XS_TEXT(v->title), XS_TEXT(v->uid));
    more(&is_first, text);
  }
  finish(style);
  putchar('\n');
}

static void print_deadline(const xs_due_view *v, const xs_due_style *style, size_t what_cells)
{
  char day[16], left[64];
  fputs("  ", stdout);
  begin(style, colour_of(v->term));
  xs_terminal_pad(day_text(v, day), DATE_CELLS);
  xs_terminal_pad(left_text(v, left), LEFT_CELLS);
  xs_terminal_pad(v->what, what_cells);
  printf("%.*s", XS_TEXT(v->actor));
  finish(style);
  putchar('\n');
  print_details(v, style);
}

static void print_proposal(const xs_due_view *v, const xs_due_style *style)
{
  char day[16];
  fputs("  ", stdout);
  begin(style, colour_of(v->term));
  printf(_("from %.*s on “%.*s” may be sent: %.*s"), XS_TEXT(xs_due_date_text(v->due, day)),
         XS_TEXT(v->what), XS_TEXT(v->why));
  finish(style);
  if (!v->verified) fputs(_(" (the deadline is not verified)"), stdout);
  putchar('\n');
  printf("%*s", DETAIL_INDENT, "");
  begin(style, grey);
  printf(_("template %.*s, step %.*s; the draft: xieshang due --papers DIR"),
         XS_TEXT(v->template_id), XS_TEXT(v->step));
  if (style->titles) printf("%s%.*s [%.*s]", _("; "), XS_TEXT(v->title), XS_TEXT(v->uid));
  finish(style);
  putchar('\n');
}

/* ---- the list ---- */

static bool is_shown(const xs_due_view *v, const xs_due_style *style)
{
  return v->term != XS_DUE_DONE || style->all;
}

static size_t widest(const xs_due *due, const xs_due_style *style)
{
  size_t cells = 0;
  xs_due_view v;
  for (size_t i = 0; xs_due_at(due, i, &v); i++) {
    size_t one = is_shown(&v, style) ? xs_terminal_cells(v.what) + GAP : 0;
    if (one > cells) cells = one;
  }
  return cells;
}

static void print_heading(const xs_due_view *v, const xs_due_style *style)
{
  putchar('\n');
  begin(style, bold);
  fputs(v->term_name, stdout);
  finish(style);
  putchar('\n');
}

static void print_more(const xs_due *due, int term)
{
  if (term == XS_DUE_OVERDUE && xs_due_overdue_left_out(due))
    printf(_("  … and %zu more (with --all)\n"), xs_due_overdue_left_out(due));
}

void xs_due_list_print(const xs_due *due, const xs_due_style *style)
{
  char day[16];
  xs_due_view v;
  size_t what_cells = widest(due, style), shown = 0;
  int term = -1;
  printf(_("As of %.*s\n"), XS_TEXT(xs_due_date_text(xs_due_as_of(due), day)));
  for (size_t i = 0; xs_due_at(due, i, &v); i++) {
    if (!is_shown(&v, style)) continue;
    if ((int)v.term != term) {
      print_more(due, term);
      print_heading(&v, style);
    }
    term = (int)v.term;
    shown++;
    if (v.is_proposal)
      print_proposal(&v, style);
    else
      print_deadline(&v, style, what_cells);
    const xs_days *days = style->explain ? xs_due_days(due, i) : NULL;
    if (days) xs_day_table_print(days, COUNT_INDENT);
  }
  print_more(due, term);
  if (!shown) printf("\n%s\n", _("Nothing is due."));
  if (xs_due_left_out(due)) printf(_("\nLater: %zu (with --all)\n"), xs_due_left_out(due));
}

/* ---- JSON ---- */

static json_t *json_of_date(uint32_t day)
{
  char text[16];
  return day ? xs_json_text(xs_due_date_text(day, text)) : json_null();
}

static json_t *json_of_text(xs_text text)
{
  return text.len ? xs_json_text(text) : json_null();
}

static const char *const terms[] = {
    [XS_DUE_OVERDUE] = "overdue",   [XS_DUE_WEEK] = "week",
    [XS_DUE_MONTH] = "month",       [XS_DUE_LATER] = "later",
    [XS_DUE_STOPPED] = "stopped",   [XS_DUE_UNVERIFIED] = "unverified",
    [XS_DUE_POSSIBLE] = "possible", [XS_DUE_DONE] = "done",
};

static json_t *json_of_common(const xs_due_view *v)
{
  json_t *o = json_object();
  json_object_set_new(o, "case", xs_json_text(v->uid));
  json_object_set_new(o, "title", xs_json_text(v->title));
  json_object_set_new(o, "track", xs_json_text(v->track));
  json_object_set_new(o, "key", json_of_text(v->key));
  json_object_set_new(o, "item", json_of_text(v->item));
  json_object_set_new(o, "what", xs_json_text(v->what));
  json_object_set_new(o, "law", json_of_text(v->law));
  json_object_set_new(o, "verified", json_boolean(v->verified));
  return o;
}

static json_t *json_of_deadline(const xs_due_view *v)
{
  json_t *o = json_of_common(v);
  json_object_set_new(o, "limit", xs_json_text(v->limit));
  json_object_set_new(o, "term", json_string(terms[v->term]));
  json_object_set_new(o, "state", json_string(v->state));
  json_object_set_new(o, "kind", json_of_text(v->kind));
  json_object_set_new(o, "actor", json_of_text(v->actor));
  json_object_set_new(o, "since", json_of_text(v->since));
  json_object_set_new(o, "trigger", json_of_date(v->trigger));
  json_object_set_new(o, "period", json_of_text(v->period));
  json_object_set_new(o, "opens", json_of_date(v->opens));
  json_object_set_new(o, "due", json_of_date(v->due));
  json_object_set_new(o, "days-left", v->due ? json_integer(v->days_left) : json_null());
  json_object_set_new(o, "met", json_of_date(v->met));
  json_object_set_new(o, "agreed", json_of_date(v->agreed));
  json_object_set_new(o, "agreed-in", json_of_text(v->agreed_in));
  json_object_set_new(o, "legal", json_boolean(v->legal));
  json_object_set_new(o, "grade", json_of_text(v->grade));
  json_object_set_new(o, "provisional", json_boolean(v->provisional));
  json_object_set_new(o, "window", json_boolean(v->window));
  json_object_set_new(o, "note", json_of_text(v->note));
  return o;
}

static json_t *json_of_proposal(const xs_due_view *v)
{
  json_t *o = json_of_common(v);
  json_object_set_new(o, "since", json_of_date(v->due));
  json_object_set_new(o, "why", xs_json_text(v->why));
  json_object_set_new(o, "step", xs_json_text(v->step));
  json_object_set_new(o, "template", xs_json_text(v->template_id));
  return o;
}

void xs_due_list_json(const xs_due *due, const xs_due_style *style, json_t *result)
{
  json_t *deadlines = json_array(), *proposals = json_array();
  xs_due_view v;
  for (size_t i = 0; xs_due_at(due, i, &v); i++) {
    if (!is_shown(&v, style)) continue;
    json_t *o = v.is_proposal ? json_of_proposal(&v) : json_of_deadline(&v);
    const xs_days *days = style->explain ? xs_due_days(due, i) : NULL;
    if (days) json_object_set_new(o, "lines", xs_day_table_json(days));
    json_array_append_new(v.is_proposal ? proposals : deadlines, o);
  }
  json_object_set_new(result, "as-of", json_of_date(xs_due_as_of(due)));
  json_object_set_new(result, "week-end", json_of_date(xs_due_week_end(due)));
  json_object_set_new(result, "month-end", json_of_date(xs_due_month_end(due)));
  json_object_set_new(result, "left-out", json_integer((json_int_t)xs_due_left_out(due)));
  json_object_set_new(result, "deadlines", deadlines);
  json_object_set_new(result, "proposals", proposals);
}
