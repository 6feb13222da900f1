/*
 * Days and times: that they exist, and that one comes before the other.
 *
 * The order is checked thread by thread. A thread holds the elements that belong together — an
 * offer, its answer; a meeting; a contract, the vote on it — and the steps of case_steps.def are
 * applied to the moments that they state. What a case does not state is not checked.
 */
#include "base/text.h"
#include "data/case_check.h"

#include <string.h>

/* ---- days and times that exist ---- */

typedef enum kind { DAY, TIME } kind;

/* clang-format off */
static const struct {
  const char *element;
  const char *attribute;
  kind kind;
} fields[] = {
#define X(element, attribute, kind) {element, attribute, kind},
#include "data/case_dates.def"
#undef X
};
/* clang-format on */

static bool is_digits(xs_text t, size_t from, size_t count)
{
  for (size_t i = from; i < from + count; i++)
    if (t.ptr[i] < '0' || t.ptr[i] > '9') return false;
  return true;
}

static bool is_time(xs_text t)
{
  if (t.len != 5 || t.ptr[2] != ':' || !is_digits(t, 0, 2) || !is_digits(t, 3, 2)) return false;
  int hour = (t.ptr[0] - '0') * 10 + (t.ptr[1] - '0');
  return hour < 24 && t.ptr[3] < '6';
}

static bool has_day_form(xs_text t)
{
  return t.len == 10 && t.ptr[4] == '-' && t.ptr[7] == '-' && is_digits(t, 0, 4) &&
         is_digits(t, 5, 2) && is_digits(t, 8, 2);
}

static void check_day(const xs_case_checking *c, xs_span at, xs_text t)
{
  xs_date day;
  if (xs_date_parse(t, &day)) return;
  if (!has_day_form(t))
    xs_diag(c->diags, XS_D_DATE_INVALID, at, _("“%.*s” is not a day; write it as 2025-03-05"),
            XS_TEXT(t));
  else
    xs_diag(c->diags, XS_D_DATE_INVALID, at, _("there is no day %.*s"), XS_TEXT(t));
}

static void check_fields(const xs_case_checking *c, const xmlNode *e)
{
  for (size_t i = 0; i < XS_COUNT(fields); i++) {
    if (*fields[i].element && !xs_xml_is(e, fields[i].element)) continue;
    xs_text t = xs_text_trim(xs_xml_attr(e, fields[i].attribute));
    if (!t.ptr) continue;
    xs_span at = xs_xml_attr_span(e, fields[i].attribute);
    if (fields[i].kind == DAY)
      check_day(c, at, t);
    else if (!is_time(t))
      xs_diag(c->diags, XS_D_TIME_INVALID, at, _("“%.*s” is not a time; write it as 14:30"),
              XS_TEXT(t));
  }
}

static void check_meeting_times(const xs_case_checking *c, const xmlNode *meeting)
{
  xs_text start = xs_xml_attr(meeting, "start"), end = xs_xml_attr(meeting, "end");
  if (!is_time(start) || !is_time(end) || xs_text_compare(start, end) <= 0) return;
  xs_diag(c->diags, XS_D_DATE_ORDER, xs_xml_attr_span(meeting, "end"),
          _("the meeting ends before it begins"));
  xs_diag_note(c->diags, xs_xml_attr_span(meeting, "start"), _("the beginning is here"));
}

/* ---- moments ---- */

/* clang-format off */
typedef enum moment {
#define X(id, path, attribute, name) MOMENT_##id,
#include "data/case_moments.def"
#undef X
  MOMENT_COUNT
} moment;

static const struct {
  const char *path;
  const char *attribute;
  const char *name;
} moments[MOMENT_COUNT] = {
#define X(id, path, attribute, name) {path, attribute, name},
#include "data/case_moments.def"
#undef X
};

typedef enum severity { ORDER, STEP } severity;

static const struct {
  moment first, second;
  severity severity;
  const char *requirement;
} steps[] = {
#define X(first, second, severity, requirement)                                                    \
  {MOMENT_##first, MOMENT_##second, severity, requirement},
#include "data/case_steps.def"
#undef X
};
/* clang-format on */

/* The element that each moment is looked for in; NULL when the thread has none. Only steps from or
 * to `focus` are checked; the others belong to another thread. */
typedef struct thread {
  const xmlNode *focus;
  const xmlNode *of[MOMENT_COUNT];
} thread;

/* Follows a path such as filing/accepted from an element. */
static const xmlNode *follow(const xmlNode *e, const char *path)
{
  while (e && *path) {
    char name[32];
    size_t len = strcspn(path, "/");
    memcpy(name, path, len);
    name[len] = '\0';
    e = xs_xml_child(e, name);
    path += len + (path[len] == '/');
  }
  return e;
}

static bool find_moment(const thread *t, moment m, const xmlNode **e, xs_date *day)
{
  *e = follow(t->of[m], moments[m].path);
  return *e && xs_case_attr_date(*e, moments[m].attribute, day);
}

static void check_step(const xs_case_checking *c, const thread *t, size_t i)
{
  moment first = steps[i].first, second = steps[i].second;
  const xmlNode *a, *b;
  xs_date day_a, day_b;
  if (!find_moment(t, first, &a, &day_a) || !find_moment(t, second, &b, &day_b)) return;
  if (xs_date_compare(day_a, day_b) <= 0) return;
  xs_diag(c->diags, steps[i].severity == ORDER ? XS_D_DATE_ORDER : XS_D_STEP_ORDER,
          xs_xml_attr_span(b, moments[second].attribute), _("%s lies before %s"),
          _(moments[second].name), _(moments[first].name));
  xs_diag_note(c->diags, xs_xml_attr_span(a, moments[first].attribute), _("%s is dated here"),
               _(moments[first].name));
  xs_case_note_requirement(c, b, steps[i].requirement);
}

static void check_thread(const xs_case_checking *c, const thread *t)
{
  for (size_t i = 0; i < XS_COUNT(steps); i++) {
    const xmlNode *first = t->of[steps[i].first], *second = t->of[steps[i].second];
    if (first && second && (first == t->focus || second == t->focus)) check_step(c, t, i);
  }
}

/* ---- threads ---- */

static void check_offer(const xs_case_checking *c, const xmlNode *offer)
{
  thread t = {.focus = offer};
  t.of[MOMENT_OFFER] = t.of[MOMENT_OFFER_RECEIVED] = offer;
  t.of[MOMENT_OFFER_MEETING] = t.of[MOMENT_OFFER_MEETING_LAST] = offer;
  t.of[MOMENT_OFFER_REPLY_BY] = t.of[MOMENT_OFFER_WITHDRAWN] = offer;
  check_thread(c, &t);
}

static void check_answer(const xs_case_checking *c, const xmlNode *answer)
{
  const xmlNode *offer = xs_case_find_id(c, "offer", xs_xml_attr(answer, "offer"));
  thread t = {.focus = answer};
  /* The receipt is the later of the two, and one diagnostic is enough. */
  const bool received = xs_xml_child(offer, "received") != NULL;
  t.of[received ? MOMENT_OFFER_RECEIVED : MOMENT_OFFER] = offer;
  t.of[MOMENT_ANSWER] = t.of[MOMENT_ANSWER_RECEIVED] = t.of[MOMENT_ANSWER_MEETING] = answer;
  check_thread(c, &t);
}

static void check_dispute(const xs_case_checking *c, const xmlNode *e)
{
  thread t = {.focus = e};
  t.of[MOMENT_OFFER] = xs_xml_child(c->root, "offer");
  for (moment m = MOMENT_DISPUTE_ARISEN; m <= MOMENT_DISPUTE_CLOSED; m++) t.of[m] = e;
  check_thread(c, &t);
}

static void check_suspension(const xs_case_checking *c, const xmlNode *e)
{
  thread t = {.focus = e};
  t.of[MOMENT_OFFER] = xs_xml_child(c->root, "offer");
  for (moment m = MOMENT_SUSPENSION; m <= MOMENT_SUSPENSION_TO; m++) t.of[m] = e;
  check_thread(c, &t);
}

static void check_rectification(const xs_case_checking *c, const xmlNode *e)
{
  thread t = {.focus = e};
  t.of[MOMENT_OFFER] = xs_case_find_id(c, "offer", xs_xml_attr(e, "offer"));
  t.of[MOMENT_RECTIFICATION] = t.of[MOMENT_RECTIFICATION_REPLY_BY] = e;
  for (moment m = MOMENT_SERVICE; m <= MOMENT_RECTIFICATION_COMPLIED; m++) t.of[m] = e;
  check_thread(c, &t);
}

static void check_notice(const xs_case_checking *c, const xmlNode *e)
{
  thread t = {.focus = e};
  t.of[MOMENT_NOTICE] = t.of[MOMENT_NOTICE_PRINTED] = e;
  check_thread(c, &t);
}

static void check_delegates(const xs_case_checking *c, const xmlNode *delegates)
{
  thread t = {.focus = delegates};
  t.of[MOMENT_TALKS] = xs_xml_child(c->root, "meeting");
  t.of[MOMENT_DELEGATES_ELECTED] = t.of[MOMENT_DELEGATES_PUBLISHED] = delegates;
  check_thread(c, &t);
  t.of[MOMENT_DELEGATES_ELECTED] = t.of[MOMENT_DELEGATES_PUBLISHED] = NULL;
  for (const xmlNode *d = xs_xml_child(delegates, "delegate"); d; d = xs_xml_next(d, "delegate")) {
    t.focus = t.of[MOMENT_MANDATE] = d;
    check_thread(c, &t);
  }
  for (const xmlNode *v = xs_xml_child(delegates, "vacancy"); v; v = xs_xml_next(v, "vacancy")) {
    thread of_vacancy = {.focus = v};
    of_vacancy.of[MOMENT_VACANCY] = of_vacancy.of[MOMENT_VACANCY_FILLED] = v;
    check_thread(c, &of_vacancy);
  }
}

static void check_meetings(const xs_case_checking *c)
{
  const xmlNode *first = xs_xml_child(c->root, "meeting");
  for (const xmlNode *m = first; m; m = xs_xml_next(m, "meeting")) {
    thread t = {.focus = m};
    t.of[MOMENT_TALKS] = t.of[MOMENT_TALKS_UNTIL] = m;
    if (m == first) {
      t.of[MOMENT_OFFER] = xs_xml_child(c->root, "offer");
      t.of[MOMENT_ANSWER] = xs_xml_child(c->root, "answer");
    }
    check_thread(c, &t);
    check_meeting_times(c, m);
    thread next = {.focus = m};
    next.of[MOMENT_TALKS_BEFORE] = m;
    next.of[MOMENT_TALKS] = xs_xml_next(m, "meeting");
    check_thread(c, &next);
  }
}

static const xmlNode *last_meeting(const xs_case_checking *c)
{
  const xmlNode *last = xs_xml_child(c->root, "meeting");
  for (const xmlNode *m = last; m; m = xs_xml_next(m, "meeting")) last = m;
  return last;
}

/* The contract that was voted on: the one named, or the only one. */
static const xmlNode *contract_of(const xs_case_checking *c, const xmlNode *congress)
{
  xs_text id = xs_xml_attr(congress, "contract");
  if (id.ptr) return xs_case_find_id(c, "contract", id);
  const xmlNode *only = xs_xml_child(c->root, "contract");
  return xs_xml_next(only, "contract") ? NULL : only;
}

static void check_votes(const xs_case_checking *c)
{
  const xmlNode *talks_end = last_meeting(c);
  for (const xmlNode *e = xs_xml_child(c->root, "congress"); e; e = xs_xml_next(e, "congress")) {
    thread t = {.focus = e};
    t.of[MOMENT_TALKS_END] = talks_end;
    t.of[MOMENT_CONGRESS] = t.of[MOMENT_CONGRESS_NOTIFIED] = e;
    t.of[MOMENT_DRAFT] = t.of[MOMENT_SIGNING] = contract_of(c, e);
    check_thread(c, &t);
  }
}

static void check_contract(const xs_case_checking *c, const xmlNode *contract)
{
  thread t = {.focus = contract};
  for (moment m = MOMENT_DRAFT; m <= MOMENT_ENDED_FILED; m++) t.of[m] = contract;
  t.of[MOMENT_REPORT] = NULL;
  if (!xs_xml_child(c->root, "congress")) t.of[MOMENT_TALKS_END] = last_meeting(c);
  check_thread(c, &t);
  for (const xmlNode *r = xs_xml_child(contract, "report"); r; r = xs_xml_next(r, "report")) {
    thread report = {.focus = r};
    report.of[MOMENT_SIGNING] = contract;
    report.of[MOMENT_REPORT] = r;
    check_thread(c, &report);
  }
}

void xs_case_check_dates(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_walk(c->root, NULL); e; e = xs_xml_walk(c->root, e))
    check_fields(c, e);
  check_meetings(c);
  check_votes(c);
  for (const xmlNode *e = xs_xml_child(c->root, NULL); e; e = xs_xml_next(e, NULL)) {
    if (xs_xml_is(e, "delegates")) check_delegates(c, e);
    if (xs_xml_is(e, "offer")) check_offer(c, e);
    if (xs_xml_is(e, "answer")) check_answer(c, e);
    if (xs_xml_is(e, "suspension")) check_suspension(c, e);
    if (xs_xml_is(e, "dispute")) check_dispute(c, e);
    if (xs_xml_is(e, "contract")) check_contract(c, e);
    if (xs_xml_is(e, "notice")) check_notice(c, e);
    if (xs_xml_is(e, "rectification")) check_rectification(c, e);
  }
}
