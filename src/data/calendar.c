/*
 * Days that are not what weeks are like stand in a list; over all days of all years lies a table
 * that says which of them a day is, and whether the day is announced at all.
 */
#include "data/calendar.h"

#include "base/digest.h"
#include "base/text.h"
#include "data/rules.h"

#include <string.h>

typedef struct special {
  int32_t days; /* of xs_date_days */
  xs_day_kind kind;
  xs_text name;
  const xmlNode *node;
} special;

typedef struct known_year {
  int n;
  const xmlNode *node;
} known_year;

/* One day of the table. */
typedef struct slot {
  uint32_t special; /* number in the list from 1; 0: an ordinary day */
  bool known;
} slot;

struct xs_calendar {
  xs_arena *arena;
  xmlDocPtr doc;
  char digest[XS_DIGEST_HEX_LEN + 1];
  known_year *years; /* in rising order */
  size_t year_count;
  int turn; /* day of December from which on a day is known only with the next year */
  special *specials;
  size_t special_count;
  slot *slots;
  int32_t first; /* the day of slots[0] */
  int32_t slot_count;
  xs_calendar_rule rules[XS_REASON_COUNT];
};

static const struct {
  const char *rule, *what;
} reasons[XS_REASON_COUNT] = {
#define X(id, rule, what) {rule, what},
#include "data/count_reasons.def"
#undef X
};

enum { DECEMBER = 12 };

/* ---- rules ---- */

static void check_rule(const xmlNode *e, xs_calendar_rule *rule, xs_diags *diags)
{
  if (xs_grade_is_law(rule->grade) && !rule->law.len)
    xs_diag(diags, XS_D_CALENDAR_RULE, xs_xml_attr_span(e, "grade"),
            _("a rule that is shown as law needs its source"));
  xs_text since = xs_xml_attr(e, "since");
  if (since.ptr && !xs_date_parse(since, &rule->since))
    xs_diag(diags, XS_D_DATE_INVALID, xs_xml_attr_span(e, "since"), _("there is no day %.*s"),
            XS_TEXT(since));
}

static void read_rule(xs_calendar *c, const xmlNode *e, xs_diags *diags)
{
  size_t i = 0;
  xs_text id = xs_xml_attr(e, "id");
  while (i < XS_REASON_COUNT && !xs_text_is(id, reasons[i].rule)) i++;
  if (i == XS_REASON_COUNT || c->rules[i].id.ptr) {
    xs_diag(diags, XS_D_CALENDAR_RULE, xs_xml_attr_span(e, "id"),
            i == XS_REASON_COUNT ? _("no count has a rule “%.*s”")
                                 : _("the rule “%.*s” is stated twice"),
            XS_TEXT(id));
    return;
  }
  c->rules[i] = (xs_calendar_rule){.id = id,
                                   .law = xs_xml_attr(e, "source"),
                                   .grade = xs_xml_attr(e, "grade"),
                                   .text = xs_xml_content(c->arena, e)};
  check_rule(e, &c->rules[i], diags);
}

static void read_rules(xs_calendar *c, const xmlNode *root, xs_diags *diags)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  for (const xmlNode *e = xs_xml_child(root, "rule"); e; e = xs_xml_next(e, "rule"))
    read_rule(c, e, diags);
  if (xs_diags_since(diags, before)) return; /* a wrong id is no rule that is missing */
  for (size_t i = 0; i < XS_REASON_COUNT; i++)
    if (!c->rules[i].id.ptr)
      xs_diag(diags, XS_D_CALENDAR_RULE, xs_xml_span(root), _("the rule “%s” is missing"),
              reasons[i].rule);
}

/* ---- years ---- */

/* Keeps the years in rising order; a year of a file that lies above replaces that below. */
static xs_status add_year(xs_calendar *c, int n, const xmlNode *e, xs_diags *diags)
{
  size_t at = c->year_count;
  while (at && c->years[at - 1].n > n) at--;
  bool stated = at && c->years[at - 1].n == n;
  if (stated && c->years[at - 1].node->doc != e->doc) {
    c->years[at - 1].node = e;
    return XS_OK;
  }
  if (stated) {
    xs_diag(diags, XS_D_CALENDAR_TWICE, xs_xml_attr_span(e, "n"), _("the year %d is stated twice"),
            n);
    xs_diag_note(diags, xs_xml_attr_span(c->years[at - 1].node, "n"), _("the other one is here"));
    return XS_EINPUT;
  }
  memmove(c->years + at + 1, c->years + at, (c->year_count - at) * sizeof *c->years);
  c->years[at] = (known_year){n, e};
  c->year_count++;
  return XS_OK;
}

static bool has_holiday(const xmlNode *e)
{
  for (const xmlNode *day = xs_xml_child(e, "day"); day; day = xs_xml_next(day, "day"))
    if (xs_xml_attr_is(day, "kind", "off")) return true;
  return false;
}

static xs_status read_year(xs_calendar *c, const xmlNode *e, xs_diags *diags)
{
  uint64_t n = 0;
  xs_text text = xs_xml_attr(e, "n");
  if (!xs_text_uint(text, &n) || n <= XS_DATE_FIRST_YEAR || n > XS_DATE_LAST_YEAR) {
    xs_diag(diags, XS_D_CALENDAR_YEAR, xs_xml_attr_span(e, "n"),
            _("“%.*s” is no year from %d to %d"), XS_TEXT(text), XS_DATE_FIRST_YEAR + 1,
            XS_DATE_LAST_YEAR);
    return XS_EINPUT;
  }
  xs_status st = add_year(c, (int)n, e, diags);
  if (!xs_xml_child(e, "notice")) {
    xs_diag(diags, XS_D_CALENDAR_SOURCE, xs_xml_span(e),
            _("the year %d does not say which notice announced it"), (int)n);
    st = XS_EINPUT;
  }
  if (!has_holiday(e)) {
    xs_diag(diags, XS_D_CALENDAR_YEAR, xs_xml_span(e),
            _("the year %d has no holidays; leave out a year that is not announced yet"), (int)n);
    st = XS_EINPUT;
  }
  return st;
}

static xs_status read_years(xs_calendar *c, const xmlNode *root, xs_diags *diags)
{
  xs_status st = XS_OK;
  known_year *years =
      XS_NEW_ARRAY(c->arena, c->year_count + xs_xml_count(root, "year"), known_year);
  if (!years) return XS_ENOMEM;
  if (c->year_count) memcpy(years, c->years, c->year_count * sizeof *years);
  c->years = years;
  for (const xmlNode *e = xs_xml_child(root, "year"); e; e = xs_xml_next(e, "year"))
    if (read_year(c, e, diags)) st = XS_EINPUT;
  return st;
}

bool xs_calendar_knows(const xs_calendar *calendar, int year)
{
  for (size_t i = 0; i < calendar->year_count; i++)
    if (calendar->years[i].n == year) return true;
  return false;
}

int xs_calendar_first_year(const xs_calendar *calendar)
{
  return calendar->years[0].n;
}

int xs_calendar_last_year(const xs_calendar *calendar)
{
  return calendar->years[calendar->year_count - 1].n;
}

/* ---- the table of days ---- */

static bool turns(const xs_calendar *c, xs_date d)
{
  return d.month == DECEMBER && d.day >= c->turn;
}

static xs_status make_slots(xs_calendar *c)
{
  const xs_date first = {xs_calendar_first_year(c) - 1, 1, 1};
  const xs_date last = {xs_calendar_last_year(c), DECEMBER, 31};
  c->first = xs_date_days(first);
  c->slot_count = xs_date_days(last) - c->first + 1;
  c->slots = XS_NEW_ARRAY(c->arena, (size_t)c->slot_count, slot);
  if (!c->slots) return XS_ENOMEM;
  for (size_t i = 0; i < c->year_count; i++) {
    int n = c->years[i].n;
    bool followed = xs_calendar_knows(c, n + 1);
    xs_date day = {n, 1, 1}, end = {n, DECEMBER, followed ? 31 : c->turn - 1};
    int32_t to = xs_date_days(end) - c->first;
    for (int32_t at = xs_date_days(day) - c->first; at <= to; at++) c->slots[at].known = true;
  }
  return XS_OK;
}

static xs_status refuse_day(const xmlNode *e, xs_diag_code code, const char *why, xs_diags *diags)
{
  xs_text date = xs_xml_attr(e, "date");
  xs_diag(diags, code, xs_xml_attr_span(e, "date"), "%.*s: %s", XS_TEXT(date), why);
  return XS_EINPUT;
}

static xs_status check_place(const xs_calendar *c, const special *s, xs_date d, int n,
                             xs_diags *diags)
{
  const slot *at = &c->slots[s->days - c->first];
  if (d.year != n && !(d.year == n - 1 && turns(c, d)))
    return refuse_day(s->node, XS_D_CALENDAR_YEAR, _("the day is not of this year"), diags);
  if (d.year == n && turns(c, d))
    return refuse_day(s->node, XS_D_CALENDAR_YEAR,
                      _("the end of December belongs to the notice of the next year"), diags);
  if (at->special) {
    refuse_day(s->node, XS_D_CALENDAR_TWICE, _("the day is stated twice"), diags);
    xs_diag_note(diags, xs_xml_attr_span(c->specials[at->special - 1].node, "date"),
                 _("the other one is here"));
    return XS_EINPUT;
  }
  if (s->kind == XS_DAY_MADE_UP && xs_date_weekday(d) < XS_SATURDAY)
    return refuse_day(s->node, XS_D_CALENDAR_MADE_UP,
                      _("a made-up working day is a Saturday or a Sunday"), diags);
  return XS_OK;
}

static xs_status read_day(xs_calendar *c, const xmlNode *e, int n, xs_diags *diags)
{
  xs_date d;
  if (!xs_date_parse(xs_xml_attr(e, "date"), &d))
    return refuse_day(e, XS_D_DATE_INVALID, _("there is no such day"), diags);
  special s = {.days = xs_date_days(d),
               .kind = xs_xml_attr_is(e, "kind", "work") ? XS_DAY_MADE_UP : XS_DAY_HOLIDAY,
               .name = xs_xml_attr(e, "name"),
               .node = e};
  int32_t at = s.days - c->first;
  if (at < 0 || at >= c->slot_count)
    return refuse_day(e, XS_D_CALENDAR_YEAR, _("the day is not of this year"), diags);
  xs_status st = check_place(c, &s, d, n, diags);
  if (st) return st;
  c->specials[c->special_count++] = s;
  c->slots[at].special = (uint32_t)c->special_count;
  return XS_OK;
}

static xs_status read_days(xs_calendar *c, xs_diags *diags)
{
  xs_status st = XS_OK;
  size_t count = 0;
  for (size_t i = 0; i < c->year_count; i++) count += xs_xml_count(c->years[i].node, "day");
  c->specials = XS_NEW_ARRAY(c->arena, count, special);
  if (!c->specials) return XS_ENOMEM;
  for (size_t i = 0; i < c->year_count; i++) {
    const xmlNode *e = xs_xml_child(c->years[i].node, "day");
    for (; e; e = xs_xml_next(e, "day"))
      if (read_day(c, e, c->years[i].n, diags)) st = XS_EINPUT;
  }
  return st;
}

/* The schema has seen that it is 12 and a day. */
static xs_status read_turn(xs_calendar *c, const xmlNode *root, xs_diags *diags)
{
  uint64_t day = 0;
  xs_text turn = xs_xml_attr(root, "turn");
  if (!turn.ptr) {
    xs_diag(diags, XS_D_CALENDAR_BASE, xs_xml_span(root),
            _("a calendar needs “turn”, or “base” when it lies over another one"));
    return XS_EINPUT;
  }
  turn = (xs_text){turn.ptr + 3, turn.len - 3};
  if (xs_text_uint(turn, &day) && day > 0 && day <= 31) {
    c->turn = (int)day;
    return XS_OK;
  }
  xs_diag(diags, XS_D_DATE_INVALID, xs_xml_attr_span(root, "turn"), _("there is no day %.*s"),
          XS_TEXT(xs_xml_attr(root, "turn")));
  return XS_EINPUT;
}

/* The calendar at the bottom: rules, and most years. */
static xs_status read_bottom(xs_calendar *c, xs_diags *diags)
{
  const xmlNode *root = xmlDocGetRootElement(c->doc);
  read_rules(c, root, diags);
  xs_status st = read_turn(c, root, diags);
  xs_status years = read_years(c, root, diags);
  return years == XS_ENOMEM ? years : st;
}

/* ---- what lies over it ---- */

/* Years only, and over this calendar. */
static xs_status check_over(const xs_calendar *c, const xmlNode *root, xs_diags *diags)
{
  xs_text id = xs_xml_attr(xmlDocGetRootElement(c->doc), "id");
  const xmlNode *rule = xs_xml_child(root, "rule");
  if (!xs_text_equal(xs_xml_attr(root, "base"), id)) {
    xs_diag(diags, XS_D_CALENDAR_BASE, xs_xml_attr_span(root, "base"),
            _("a calendar of the site lies over the calendar: base=\"%.*s\""), XS_TEXT(id));
    return XS_EINPUT;
  }
  if (!rule && !xs_xml_attr(root, "turn").ptr) return XS_OK;
  xs_diag(diags, XS_D_CALENDAR_BASE, rule ? xs_xml_span(rule) : xs_xml_attr_span(root, "turn"),
          _("a calendar that lies over another one has years only"));
  return XS_EINPUT;
}

static xs_status lay_over(xs_calendar *c, const xs_schema *schema, xs_text path, xs_digest *digest,
                          xs_diags *diags)
{
  xmlDocPtr doc = NULL;
  xs_status st = xs_xml_load(c->arena, path, diags, &doc);
  if (st) return st;
  const xmlNode *root = xmlDocGetRootElement(doc);
  if (!xs_xml_is(root, "calendar")) return XS_OK; /* rules of the site */
  st = xs_schema_check(schema, doc, diags);
  if (!st) st = check_over(c, root, diags);
  if (!st) st = read_years(c, root, diags);
  if (!st) xs_digest_add(digest, xs_xml_digest(doc), XS_DIGEST_HEX_LEN);
  return st;
}

static xs_status lay_all_over(xs_calendar *c, const xs_schema *schema, const xs_rules_site *site,
                              xs_diags *diags)
{
  xs_status st = XS_OK;
  memcpy(c->digest, xs_xml_digest(c->doc), sizeof c->digest);
  if (!site || !site->count) return XS_OK;
  xs_digest *digest = xs_digest_new(xs_arena_host(c->arena));
  if (!digest) return XS_ENOMEM;
  xs_digest_add(digest, c->digest, XS_DIGEST_HEX_LEN);
  for (size_t i = 0; i < site->count; i++) {
    xs_status one = lay_over(c, schema, site->paths[i], digest, diags);
    if (one) st = one;
    if (one == XS_ENOMEM) break;
  }
  xs_status ended = xs_digest_end(digest, c->digest);
  xs_digest_free(digest);
  return st ? st : ended;
}

/* ---- the whole ---- */

static xs_status load(xs_calendar *c, const xs_schema *schema, xs_text path,
                      const xs_rules_site *site, xs_diags *diags)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_status st = xs_xml_load(c->arena, path, diags, &c->doc);
  if (!st) st = xs_schema_check(schema, c->doc, diags);
  if (!st) st = read_bottom(c, diags);
  if (!st) st = lay_all_over(c, schema, site, diags);
  if (!st && c->year_count) st = make_slots(c);
  if (!st && c->year_count) st = read_days(c, diags);
  return st ? st : xs_diags_since(diags, before);
}

xs_status xs_calendar_load_site(const xs_host *host, const xs_schema *schema, xs_text path,
                                const xs_rules_site *site, xs_diags *diags, xs_calendar **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(host);
  xs_calendar *c = a ? XS_NEW(a, xs_calendar) : NULL;
  if (!c) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  c->arena = a;
  xs_status st = load(c, schema, path, site, diags);
  if (st)
    xs_calendar_free(c);
  else
    *out = c;
  return st;
}

xs_status xs_calendar_load(const xs_host *host, const xs_schema *schema, xs_text path,
                           xs_diags *diags, xs_calendar **out)
{
  return xs_calendar_load_site(host, schema, path, NULL, diags, out);
}

void xs_calendar_free(xs_calendar *calendar)
{
  if (calendar) xs_arena_free(calendar->arena);
}

xs_text xs_calendar_notice(const xs_calendar *calendar, int year, size_t i)
{
  size_t at = 0;
  while (at < calendar->year_count && calendar->years[at].n != year) at++;
  if (at == calendar->year_count) return XS_NO_TEXT;
  const xmlNode *notice = xs_xml_child(calendar->years[at].node, "notice");
  while (notice && i--) notice = xs_xml_next(notice, "notice");
  return notice ? xs_xml_attr(notice, "source") : XS_NO_TEXT;
}

const char *xs_calendar_digest(const xs_calendar *calendar)
{
  return calendar->digest;
}

/* ---- questions ---- */

/* 1970-01-01 was a Thursday: the third day of a week from Monday, counted from 0. */
static bool is_weekend(int32_t days)
{
  int32_t from_monday = (days + 3) % 7;
  if (from_monday < 0) from_monday += 7;
  return from_monday >= 5;
}

xs_day xs_calendar_day_at(const xs_calendar *calendar, int32_t days)
{
  xs_day day = {.kind = is_weekend(days) ? XS_DAY_WEEKEND : XS_DAY_WORKING};
  int32_t at = days - calendar->first;
  if (at < 0 || at >= calendar->slot_count) return day;
  const slot *s = &calendar->slots[at];
  day.known = s->known;
  if (!s->special) return day;
  day.kind = calendar->specials[s->special - 1].kind;
  day.name = calendar->specials[s->special - 1].name;
  return day;
}

xs_day xs_calendar_day(const xs_calendar *calendar, xs_date date)
{
  return xs_calendar_day_at(calendar, xs_date_days(date));
}

bool xs_day_works(xs_day day)
{
  return day.kind == XS_DAY_WORKING || day.kind == XS_DAY_MADE_UP;
}

const xs_calendar_rule *xs_calendar_rule_of(const xs_calendar *calendar, xs_count_reason reason)
{
  return &calendar->rules[reason];
}

const char *xs_count_reason_id(xs_count_reason reason)
{
  return reasons[reason].rule;
}

const char *xs_count_reason_msgid(xs_count_reason reason)
{
  return reasons[reason].what;
}
