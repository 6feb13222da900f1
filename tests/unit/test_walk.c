/*
 * Ten thousand walks at random over the shipped workflow, always the same ones. A walker stands in
 * some position, makes up the fact of some step, and tries it; facts of steps that are refused are
 * taken out again. What must hold, wherever it comes to:
 *
 *   WALK-1  while a track is not at its end, some step can be made
 *   WALK-2  no step is made before the step before it, nor changes anything when it is refused
 *   WALK-3  no deadline stands before its trigger, or without the step that brings the trigger
 *   WALK-4  the last act can be taken back unless somebody signed since, and then all is as before
 *   WALK-5  all states are come to, and all steps made
 */
#include "unit/unit.h"

#include "base/text.h"
#include "workflow/deadline.h"
#include "workflow/history.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  WALKS = 10000,
  STEPS = 14,
  STEADY_STEPS = 40,
  MAX_EVENTS = 256,
  MAX_CHANGES = 256,
  MAX_NAMES = 64
};

static const char base_case[] =
    "<case id='c' kind='enterprise' year='2012'><title>协商</title>"
    "<employer><name>甲厂</name><legal-representative>方总</legal-representative>"
    "<headcount total='100' women='40' dispatched='10'/></employer>"
    "<union><name>甲厂工会</name><chair>叶甲</chair></union>"
    "<delegates side='workers' elected='2009-12-01'>"
    "<delegate id='w1' chief='yes' frontline='yes'><name>叶甲</name><sex>女</sex></delegate>"
    "<delegate id='w2' frontline='yes'><name>苏乙</name></delegate>"
    "<delegate id='w3' dispatched='yes'><name>罗丙</name></delegate></delegates>"
    "<delegates side='employer' elected='2009-12-01'>"
    "<delegate id='e1' chief='yes'><name>方总</name></delegate>"
    "<delegate id='e2'><name>林二</name></delegate><delegate id='e3'><name>纪三</name></delegate>"
    "</delegates><topics><topic id='t1'><name>工资</name></topic></topics></case>";

static const char *const pack_ids[] = {"national",  "shandong", "zhejiang", "shanghai",
                                       "chongqing", "fujian",   "sichuan",  "beijing"};

static xs_engine *engine;
static xs_diags *diags;
static xs_workflow *workflow;
static xs_clock *rules_of_days;
static xs_calendar *calendar;
static xs_rules *packs[XS_COUNT(pack_ids)];
static xs_arena *arena;
static xmlDocPtr base; /* every walk begins with a copy */
static bool seen_states[8][MAX_NAMES], seen_steps[8][MAX_NAMES];

static int set_up(void **state)
{
  const xs_host *host = xs_host_posix();
  const xs_schema *schema = NULL, *days = NULL;
  diags = xs_diags_new(host);
  if (xs_engine_open(host, XS_TEST_ROOT, diags, &engine) ||
      xs_workflow_load(engine, diags, &workflow) ||
      xs_clock_load(engine, NULL, diags, &rules_of_days) ||
      xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema) ||
      xs_engine_schema(engine, XS_VOCABULARY_CALENDAR, diags, &days) ||
      xs_calendar_load(host, days, XS_LIT(XS_TEST_ROOT "/templates/calendar/china.xml"), diags,
                       &calendar))
    return -1;
  arena = xs_arena_new(host);
  if (xs_xml_parse(arena, XS_LIT("case"), xs_text_of(base_case), diags, &base)) return -1;
  for (size_t i = 0; i < XS_COUNT(packs); i++)
    if (xs_rules_load(host, schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                      xs_text_of(pack_ids[i]), diags, &packs[i]))
      return -1;
  return 0;
}

static int tear_down(void **state)
{
  for (size_t i = 0; i < XS_COUNT(packs); i++) xs_rules_free(packs[i]);
  xs_calendar_free(calendar);
  xs_clock_free(rules_of_days);
  xs_workflow_free(workflow);
  xs_arena_free(arena);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

/* ---- a walk ---- */

/* Something put into the case: an element, or the value of an attribute. */
typedef struct change {
  xmlNodePtr element;
  const char *attribute; /* NULL: the element itself was added */
  char old[16];          /* what it was before; empty: nothing */
} change;

/* An act that could be taken back. */
typedef struct act {
  size_t event, change_count, track_count;
  xs_track tracks[48]; /* where all stood before it */
  uint32_t day;
} act;

typedef struct walk {
  uint64_t random;
  xs_arena *a;
  xs_case kase;
  const xs_rules *rules;
  xmlNodePtr root, record;
  xs_event events[MAX_EVENTS];
  size_t event_count, last_signature; /* index + 1 */
  xs_history history;
  change changes[MAX_CHANGES];
  size_t change_count;
  act acts[MAX_EVENTS];
  size_t act_count;
  uint32_t day; /* of the last step, in days from 2010-01-01 */
  unsigned names;
  bool is_unsigned; /* nobody signs anything in this walk */
  bool is_steady;   /* gives up only where nothing else can be done */
} walk;

static uint32_t draw(walk *w, uint32_t below)
{
  w->random ^= w->random << 13;
  w->random ^= w->random >> 7;
  w->random ^= w->random << 17;
  return (uint32_t)(w->random >> 33) % below;
}

static xs_date day_of(uint32_t days)
{
  xs_date d = {2010, 1, 1};
  for (uint32_t len = 31; days >= len; len = (uint32_t)xs_date_month_days(d.year, d.month)) {
    days -= len;
    if (++d.month <= 12) continue;
    d.month = 1;
    d.year++;
  }
  d.day += (int)days;
  return d;
}

static const char *write_day(uint32_t days)
{
  static char texts[4][32];
  static size_t turn;
  char *text = texts[turn++ % 4];
  xs_date d = day_of(days);
  snprintf(text, sizeof texts[0], "%04d-%02d-%02d", d.year, d.month, d.day);
  return text;
}

static xs_text keep(walk *w, const char *text)
{
  return xs_arena_text(w->a, xs_text_of(text));
}

/* ---- facts ---- */

static void add(walk *w, xmlNodePtr parent, const char *format, ...)
{
  char text[1024];
  va_list more;
  xmlNodePtr list = NULL;
  va_start(more, format);
  int len = vsnprintf(text, sizeof text, format, more);
  va_end(more);
  assert_true(w->change_count < MAX_CHANGES && len < (int)sizeof text);
  assert_int_equal(xmlParseInNodeContext(parent, text, len, 0, &list), XML_ERR_OK);
  assert_non_null(list);
  assert_null(list->next);
  xmlAddChild(parent, list);
  w->changes[w->change_count++] = (change){list, NULL, ""};
}

static void set(walk *w, xmlNodePtr element, const char *attribute, const char *value)
{
  assert_true(w->change_count < MAX_CHANGES);
  change *c = &w->changes[w->change_count++];
  *c = (change){element, attribute, ""};
  xs_text old = xs_xml_attr(element, attribute);
  snprintf(c->old, sizeof c->old, "%.*s", XS_TEXT(old));
  xmlSetProp(element, BAD_CAST attribute, BAD_CAST value);
}

static void take_out(walk *w, size_t change_count)
{
  while (w->change_count > change_count) {
    const change *c = &w->changes[--w->change_count];
    if (c->attribute && *c->old) {
      xmlSetProp(c->element, BAD_CAST c->attribute, BAD_CAST c->old);
    } else if (c->attribute) {
      xmlUnsetProp(c->element, BAD_CAST c->attribute);
    } else {
      xmlUnlinkNode(c->element);
      xmlFreeNode(c->element);
    }
  }
}

static xmlNodePtr last_of(const xmlNode *parent, const char *name)
{
  xmlNodePtr last = xs_xml_child(parent, name);
  for (xmlNodePtr e = last; e; e = xs_xml_next(e, name)) last = e;
  return last;
}

static xmlNodePtr by_id(const walk *w, const char *name, xs_text id)
{
  xmlNodePtr e = xs_xml_child(w->root, name);
  while (e && !xs_text_equal(xs_xml_attr(e, "id"), id)) e = xs_xml_next(e, name);
  return e;
}

static xmlNodePtr signing_of(walk *w, xmlNodePtr contract)
{
  if (!xs_xml_child(contract, "signing")) add(w, contract, "<signing/>");
  return xs_xml_child(contract, "signing");
}

static void draft_contract(walk *w, uint32_t day, const char *because, xs_text of)
{
  static const char *const kinds[] = {"wage", "comprehensive", "women"};
  char link[64] = "";
  if (because) snprintf(link, sizeof link, "%s='%.*s'", because, XS_TEXT(of));
  add(w, w->root,
      "<contract id='k%u' kind='%s' %s><title>合同</title><term from='%s' to='%s'/></contract>",
      ++w->names, kinds[draw(w, 3)], link, write_day(day), write_day(day + 400));
}

static void make_talks_fact(walk *w, const char *step, const char *day, uint32_t days)
{
  xmlNodePtr offer = last_of(w->root, "offer");
  const char *id = offer ? (const char *)xs_xml_attr(offer, "id").ptr : "";
  if (strcmp(step, "offer") == 0)
    add(w, w->root, "<offer id='o%u' by='%s' date='%s'><meeting date='%s' place='一'/></offer>",
        ++w->names, draw(w, 4) ? "workers" : "employer", day, write_day(days + 30));
  if (strcmp(step, "receive") == 0) add(w, offer, "<received date='%s'/>", day);
  if (strcmp(step, "accept") == 0 || strcmp(step, "accept-changes") == 0)
    add(w, w->root, "<answer id='a%u' offer='%s' date='%s' result='%s'><change/></answer>",
        ++w->names, id, day, strcmp(step, "accept") ? "accept-with-changes" : "accept");
  if (strcmp(step, "refuse") == 0)
    add(w, w->root,
        "<answer id='a%u' offer='%s' date='%s' result='refuse'><reason>不</reason></answer>",
        ++w->names, id, day);
  if (strcmp(step, "meet") == 0)
    add(w, w->root,
        "<meeting id='m%u' date='%s'><recorder>何青</recorder><agreed>甲</agreed></meeting>",
        ++w->names, day);
  if (strcmp(step, "agree") == 0)
    for (uint32_t i = draw(w, 2) + 1; i-- > 0;) draft_contract(w, days, NULL, XS_NO_TEXT);
  if (strcmp(step, "suspend") == 0)
    add(w, w->root, "<suspension id='s%u' from='%s' until='%s' cause='agreement'>等</suspension>",
        ++w->names, day, write_day(days + 5));
  if (strcmp(step, "resume") == 0) set(w, last_of(w->root, "suspension"), "to", day);
  if (strcmp(step, "dispute") == 0)
    add(w, w->root, "<dispute id='d%u' applied='%s'>幅度</dispute>", ++w->names, day);
  if (strcmp(step, "withdraw") == 0 && offer) add(w, offer, "<withdrawn date='%s'/>", day);
  if (strcmp(step, "conclude") == 0 || strcmp(step, "fail") == 0)
    add(w, w->root, "<closing date='%s' cause='%s'/>", day,
        strcmp(step, "fail") ? "concluded" : "failed");
}

static void make_vote(walk *w, xs_text contract, const char *day, bool carries)
{
  add(w, w->root,
      "<congress id='g%u' body='职代会' date='%s' contract='%.*s'><vote expected='30' present='%d' "
      "in-favour='%d' against='4' abstained='0' secret='yes'/></congress>",
      ++w->names, day, XS_TEXT(contract), carries ? 24 : 12, carries ? 20 : 8);
}

static void make_contract_fact(walk *w, xmlNodePtr k, const char *step, const char *day,
                               uint32_t days)
{
  xs_text id = xs_xml_attr(k, "id");
  if (strcmp(step, "sign-draft") == 0) set(w, signing_of(w, k), "draft-date", day);
  if (strcmp(step, "submit") == 0 || strcmp(step, "resubmit") == 0)
    add(w, k, "<deliberation date='%s'/>", day);
  if (strcmp(step, "adopt") == 0 || strcmp(step, "reject") == 0)
    make_vote(w, id, day, strcmp(step, "adopt") == 0);
  if (strcmp(step, "sign") == 0) set(w, signing_of(w, k), "date", day);
  if (strcmp(step, "file") == 0)
    add(w, k, "<filing date='%s' copies='5'><statement>说明</statement></filing>", day);
  if (strcmp(step, "accept-filing") == 0)
    add(w, xs_xml_child(k, "filing"), "<accepted date='%s'/>", day);
  if (strcmp(step, "object") == 0 || strcmp(step, "no-objection") == 0)
    add(w, k,
        "<review date='%s' received='%s' delivered='%s' "
        "result='%s'><opinion>意见</opinion></review>",
        day, write_day(w->day), day, strcmp(step, "object") ? "no-objection" : "objection");
  if (strcmp(step, "no-objection") == 0) add(w, k, "<effect date='%s' by='opinion'/>", day);
  if (strcmp(step, "silence") == 0) add(w, k, "<effect date='%s' by='silence'/>", day);
  if (strcmp(step, "publish") == 0) add(w, k, "<publication date='%s' place='一'/>", day);
  if (strcmp(step, "report") == 0) add(w, k, "<report date='%s' to='工会'/>", day);
  if (strcmp(step, "terminate") == 0) add(w, k, "<ended date='%s' cause='agreement'/>", day);
  if (strcmp(step, "renew") == 0) draft_contract(w, days, "renews", id);
  if (strcmp(step, "amend") == 0) draft_contract(w, days, "amends", id);
  if (strcmp(step, "renegotiate") == 0) draft_contract(w, days, "replaces", id);
}

static void make_ladder_fact(walk *w, xs_text offer, const char *step, const char *day)
{
  static const char *const roles[][2] = {{"remind", "remind"},
                                         {"opinion", "opinion"},
                                         {"demand", "demand"},
                                         {"refer", "refer"},
                                         {"publicise", "publish"}};
  for (size_t i = 0; i < XS_COUNT(roles); i++)
    if (strcmp(step, roles[i][0]) == 0)
      add(w, w->root,
          "<rectification id='r%u' role='%s' date='%s' offer='%.*s'><service "
          "date='%s'/></rectification>",
          ++w->names, roles[i][1], day, XS_TEXT(offer), day);
  xmlNodePtr last = last_of(w->root, "rectification");
  if (strcmp(step, "comply") == 0 && last && xs_text_equal(xs_xml_attr(last, "offer"), offer) &&
      !xs_xml_child(last, "complied"))
    add(w, last, "<complied date='%s'/>", day);
}

static void make_dispute_fact(walk *w, xmlNodePtr d, const char *step, const char *day)
{
  if (strcmp(step, "accept-dispute") == 0) set(w, d, "accepted", day);
  if (strcmp(step, "extend-dispute") == 0) set(w, d, "extended", day);
  bool settled = strcmp(step, "settle-dispute") == 0;
  if (!settled && strcmp(step, "fail-dispute") != 0) return;
  set(w, d, "closed", day);
  set(w, d, "result", settled ? "settled" : "failed");
}

static void make_fact(walk *w, const xs_track *t, const char *step, uint32_t days)
{
  char day[32];
  snprintf(day, sizeof day, "%s", write_day(days));
  if (xs_text_is(t->kind, "talks")) make_talks_fact(w, step, day, days);
  if (xs_text_is(t->kind, "contract"))
    make_contract_fact(w, by_id(w, "contract", t->key), step, day, days);
  if (xs_text_is(t->kind, "ladder")) make_ladder_fact(w, t->key, step, day);
  if (xs_text_is(t->kind, "dispute")) make_dispute_fact(w, by_id(w, "dispute", t->key), step, day);
}

/* ---- the record ---- */

static xmlNodePtr child(xmlNodePtr parent, const char *name)
{
  return xmlNewChild(parent, NULL, BAD_CAST name, NULL);
}

static void say(xmlNodePtr e, const char *attribute, xs_text value)
{
  char text[64];
  snprintf(text, sizeof text, "%.*s", XS_TEXT(value));
  xmlSetProp(e, BAD_CAST attribute, BAD_CAST text);
}

static void record_document(walk *w, const char *template_id, xs_text item, const char *copy)
{
  xmlNodePtr e = child(w->record, "document"), slot = child(e, "slot");
  say(e, "template", xs_text_of(template_id));
  say(e, "item", item);
  say(e, "copy", xs_text_of(copy));
  say(e, "valid", XS_LIT("yes"));
  say(e, "complete", w->is_unsigned ? XS_LIT("no") : XS_LIT("yes"));
  say(e, "text-digest", XS_LIT("aa"));
  say(slot, "kind", XS_LIT("seal"));
  say(slot, "side", XS_LIT("employer"));
  if (!w->is_unsigned) say(slot, "signed", XS_LIT("2010-01-01"));
}

/* What the office would tell of the case: tracks, steps, papers that all have signed. */
static void make_record(walk *w)
{
  const xs_history *h = &w->history;
  while (w->record->children) {
    xmlNodePtr e = w->record->children;
    xmlUnlinkNode(e);
    xmlFreeNode(e);
  }
  for (size_t i = 0; i < h->position.count; i++) {
    xmlNodePtr e = child(w->record, "track");
    say(e, "kind", h->position.tracks[i].kind);
    say(e, "key", h->position.tracks[i].key);
    say(e, "state", h->position.tracks[i].state);
    xs_date since;
    char day[16];
    if (!xs_date_of_number(h->since[i], &since)) continue;
    snprintf(day, sizeof day, "%04d-%02d-%02d", since.year, since.month, since.day);
    say(e, "since", xs_text_of(day));
  }
  for (size_t i = 0; i < h->count; i++) {
    xs_date d;
    char day[16];
    if (!xs_text_is(h->events[i].kind, XS_EVENT_STEP)) continue;
    xmlNodePtr e = child(w->record, "event");
    say(e, "track", h->events[i].track);
    say(e, "key", h->events[i].key);
    say(e, "step", h->events[i].step);
    assert_true(xs_date_of_number(h->events[i].date, &d));
    snprintf(day, sizeof day, "%04d-%02d-%02d", d.year, d.month, d.day);
    say(e, "date", xs_text_of(day));
    if (h->undone[i]) say(e, "undone", XS_LIT("yes"));
  }
  for (xmlNodePtr m = xs_xml_child(w->root, "meeting"); m; m = xs_xml_next(m, "meeting"))
    record_document(w, "meeting-record", xs_xml_attr(m, "id"), "filing");
  for (xmlNodePtr k = xs_xml_child(w->root, "contract"); k; k = xs_xml_next(k, "contract")) {
    record_document(w, "contract-wage", xs_xml_attr(k, "id"), "draft");
    record_document(w, "contract-wage", xs_xml_attr(k, "id"), "filing");
    xmlNodePtr e = child(w->record, "text");
    say(e, "item", xs_xml_attr(k, "id"));
    say(e, "digest", XS_LIT("aa"));
  }
}

static void find_deadlines(walk *w, xs_deadlines *out)
{
  const xs_deadline_question q = {
      .clock = rules_of_days, .kase = &w->kase, .rules = w->rules, .calendar = calendar};
  *out = (xs_deadlines){0};
  assert_int_equal(xs_deadlines_find(w->a, &q, diags, out), XS_OK);
}

/* Deadlines cost more than all else; few steps ask for them. */
static bool asks_for_deadlines(const char *step)
{
  static const char *const steps[] = {"lapse", "silence", "object", "refer", "renew", "publicise"};
  for (size_t i = 0; i < XS_COUNT(steps); i++)
    if (strcmp(step, steps[i]) == 0) return true;
  return false;
}

static void drop_deadlines(walk *w)
{
  for (xmlNodePtr e = xs_xml_child(w->record, "deadline"); e;
       e = xs_xml_child(w->record, "deadline")) {
    xmlUnlinkNode(e);
    xmlFreeNode(e);
  }
}

/* ---- the log ---- */

static void append(walk *w, xs_event event)
{
  assert_true(w->event_count < MAX_EVENTS);
  w->events[w->event_count++] = event;
}

static void read_history(walk *w)
{
  const xs_position start = {(xs_track[]){{XS_LIT("talks"), XS_LIT(""), XS_LIT("begun")}}, 1};
  assert_int_equal(xs_history_read(w->a, &start, w->events, w->event_count, 0, &w->history), XS_OK);
  make_record(w);
}

static void remember(walk *w, size_t change_count)
{
  act *c = &w->acts[w->act_count++];
  *c = (act){.event = w->event_count,
             .change_count = change_count,
             .track_count = w->history.position.count,
             .day = w->day};
  assert_true(c->track_count <= XS_COUNT(c->tracks));
  memcpy(c->tracks, w->history.position.tracks, c->track_count * sizeof *c->tracks);
}

/* ---- steps ---- */

static bool try_step(walk *w, const xs_track *track, const xs_step_rule *step, uint32_t days,
                     xs_move *move)
{
  const xs_attempt attempt = {
      .workflow = workflow,
      .kase = &w->kase,
      .rules = w->rules,
      .record = w->record,
      .position = &w->history.position,
      .step = step->id,
      .key = track->key,
      .date = step->date ? (xs_date){0} : day_of(days),
      .reason = XS_LIT("理由"),
      .evidence_count = 1,
  };
  if (asks_for_deadlines((const char *)step->id.ptr)) {
    xs_deadlines list;
    find_deadlines(w, &list);
    assert_int_equal(xs_deadlines_record(&list, day_of(days), w->record), XS_OK);
  }
  xs_diags_clear(diags);
  xs_status st = xs_workflow_try(w->a, &attempt, diags, move);
  drop_deadlines(w);
  if (st != XS_OK && st != XS_EINPUT) fail_msg("status %d", (int)st);
  return st == XS_OK;
}

/* WALK-2 */
static void check_move(const walk *w, const xs_track *track, const xs_move *move)
{
  size_t i = (size_t)(track - w->history.position.tracks);
  assert_true(xs_date_number(move->date) >= w->history.since[i]);
  assert_true(xs_text_equal(move->before.state, track->state));
}

static void commit(walk *w, const xs_move *move, size_t change_count)
{
  remember(w, change_count);
  append(w, (xs_event){.kind = XS_LIT(XS_EVENT_STEP),
                       .date = xs_date_number(move->date),
                       .track = move->after.kind,
                       .key = move->after.key,
                       .step = move->step,
                       .from = move->before.state,
                       .to = move->after.state});
  for (size_t i = 0; i < move->opened_count; i++)
    append(w, (xs_event){.kind = XS_LIT(XS_EVENT_OPEN),
                         .date = xs_date_number(move->date),
                         .track = move->opened[i].kind,
                         .key = move->opened[i].key,
                         .to = move->opened[i].state});
  read_history(w);
  const xs_track *now = xs_position_find(&w->history.position, move->after.kind, move->after.key);
  assert_non_null(now);
  assert_true(xs_text_equal(now->state, move->after.state));
}

static void mark(const xs_track_rule *rule, const xs_step_rule *step)
{
  size_t track = (size_t)(rule - workflow->tracks);
  seen_steps[track][step - rule->steps] = true;
  seen_states[track][step->to] = true;
}

/* Steps that the law allows only after some weeks. */
static uint32_t choose_day(walk *w, const char *step)
{
  static const char *const late[] = {"lapse", "silence", "refer", "publicise"};
  for (size_t i = 0; i < XS_COUNT(late); i++)
    if (strcmp(step, late[i]) == 0) return w->day + 30 + draw(w, 40);
  if (strcmp(step, "renew") == 0 || strcmp(step, "expire") == 0) return w->day + draw(w, 400);
  return w->day + draw(w, 12);
}

static bool make_step(walk *w, const xs_track *track, const xs_track_rule *rule,
                      const xs_step_rule *step)
{
  size_t before = w->change_count;
  xs_move move;
  uint32_t day = choose_day(w, (const char *)step->id.ptr);
  bool is_early = draw(w, 8) == 0 && w->day > 3; /* sometimes dated before the step before */
  if (is_early) day = w->day - 1 - draw(w, 3);
  make_fact(w, track, (const char *)step->id.ptr, day);
  if (!try_step(w, track, step, day, &move)) {
    take_out(w, before);
    return false;
  }
  check_move(w, track, &move);
  if (day > w->day) w->day = day;
  commit(w, &move, before);
  mark(rule, step);
  return true;
}

typedef struct choice {
  size_t track;
  const xs_track_rule *rule;
  const xs_step_rule *step;
} choice;

/* Steps that lead away from what a case is opened for. */
static bool gives_up(const xs_track *track, const xs_step_rule *step)
{
  static const char *const steps[] = {"withdraw", "fail",    "suspend", "dispute", "rework",
                                      "give-up",  "abandon", "drop",    "expire"};
  for (size_t i = 0; i < XS_COUNT(steps); i++)
    if (xs_text_is(step->id, steps[i])) return true;
  if (xs_text_is(track->state, "amending")) return xs_text_is(step->id, "terminate");
  return false;
}

static size_t count_made(const walk *w, const xs_step_rule *step)
{
  size_t count = 0;
  for (size_t i = 0; i < w->event_count; i++) count += xs_text_equal(w->events[i].step, step->id);
  return count;
}

static size_t list_choices(const walk *w, bool is_steady, choice *out, size_t max)
{
  size_t count = 0;
  for (size_t i = 0; i < w->history.position.count; i++) {
    const xs_track *t = &w->history.position.tracks[i];
    const xs_track_rule *rule = xs_workflow_track(workflow, t->kind);
    size_t state = xs_track_state(rule, t->state);
    assert_true(state != XS_NO_STATE);
    for (size_t k = 0; k < rule->step_count; k++)
      for (size_t f = 0; f < rule->steps[k].from_count; f++)
        if (rule->steps[k].from[f] == state && !(is_steady && gives_up(t, &rule->steps[k])) &&
            count < max)
          out[count++] = (choice){i, rule, &rule->steps[k]};
  }
  return count;
}

/* Makes one of the steps that leave the present states, in a drawn order. A draw of early days is
 * drawn again. */
static bool make_any(walk *w, bool is_steady, bool *is_over)
{
  choice choices[128];
  size_t count = list_choices(w, is_steady, choices, XS_COUNT(choices));
  *is_over = count == 0;
  for (int round = is_steady ? 3 : 0; round < 4; round++)
    for (size_t left = count; left > 0; left--) {
      size_t i = draw(w, (uint32_t)left);
      for (size_t k = 0; is_steady && k < left; k++) /* what was made least often comes first */
        if (count_made(w, choices[k].step) < count_made(w, choices[i].step)) i = k;
      choice c = choices[i];
      choices[i] = choices[left - 1];
      choices[left - 1] = c;
      if (make_step(w, &w->history.position.tracks[c.track], c.rule, c.step)) return true;
    }
  return false;
}

/* WALK-1. False at the end. */
static bool go_on(walk *w)
{
  bool is_over;
  if (w->is_steady && make_any(w, true, &is_over)) return true;
  if (make_any(w, false, &is_over)) return true;
  if (is_over) return false;
  for (size_t i = 0; i < w->history.position.count; i++)
    print_error("%.*s %.*s: %.*s\n", XS_TEXT(w->history.position.tracks[i].kind),
                XS_TEXT(w->history.position.tracks[i].key),
                XS_TEXT(w->history.position.tracks[i].state));
  fail_msg("no step can be made here");
  return false;
}

/* ---- taking back ---- */

static void sign(walk *w)
{
  append(w, (xs_event){.kind = XS_LIT(XS_EVENT_SIGN),
                       .date = xs_date_number(day_of(w->day)),
                       .person = XS_LIT("叶甲")});
  w->last_signature = w->event_count;
  read_history(w);
}

/* WALK-4 */
static void take_back(walk *w)
{
  assert_int_equal(w->history.last == XS_NO_EVENT, w->act_count == 0);
  if (!w->act_count) return;
  const act *last = &w->acts[w->act_count - 1];
  bool is_signed = w->last_signature > last->event;
  assert_int_equal(w->history.last, last->event);
  assert_int_equal(xs_history_signature(&w->history) != NULL, is_signed);
  if (is_signed) return;
  append(w, (xs_event){.kind = XS_LIT(XS_EVENT_UNDO), .date = xs_date_number(day_of(w->day))});
  take_out(w, last->change_count);
  w->day = last->day;
  w->act_count--;
  read_history(w);
  const xs_position *p = &w->history.position;
  assert_int_equal(p->count, last->track_count);
  for (size_t i = 0; i < p->count; i++) {
    assert_true(xs_text_equal(p->tracks[i].kind, last->tracks[i].kind));
    assert_true(xs_text_equal(p->tracks[i].key, last->tracks[i].key));
    assert_true(xs_text_equal(p->tracks[i].state, last->tracks[i].state));
  }
}

/* ---- deadlines ---- */

static bool is_made(const walk *w, const xs_step_rule *step)
{
  for (size_t i = 0; i < w->history.count; i++)
    if (!w->history.undone[i] && xs_text_is(w->history.events[i].kind, XS_EVENT_STEP) &&
        xs_text_equal(w->history.events[i].step, step->id))
      return true;
  return false;
}

/* Was a step made that brings this moment about? True, too, for one that comes by itself. */
static bool has_come(const walk *w, xs_text moment)
{
  bool is_known = false;
  for (size_t i = 0; i < workflow->track_count; i++)
    for (size_t k = 0; k < workflow->tracks[i].step_count; k++) {
      const xs_step_rule *s = &workflow->tracks[i].steps[k];
      for (size_t m = 0; m < s->moment_count; m++) {
        if (!xs_text_equal(s->moments[m], moment)) continue;
        if (is_made(w, s)) return true;
        is_known = true;
      }
    }
  return !is_known;
}

/* WALK-3 */
static void check_deadlines(walk *w)
{
  xs_deadlines list;
  find_deadlines(w, &list);
  for (size_t i = 0; i < list.count; i++) {
    const xs_deadline *d = &list.items[i];
    if (!d->is_limit) continue;
    assert_true(xs_date_valid(d->trigger));
    if (d->backward || d->window) {
      assert_true(!d->due.year || xs_date_compare(d->due, d->trigger) <= 0);
      continue;
    }
    if (d->due.year) assert_true(xs_date_compare(d->due, d->trigger) > 0);
    assert_true(xs_date_compare(d->trigger, day_of(w->day)) <= 0);
    xs_text trigger = xs_xml_attr(d->entry, "trigger");
    if (!has_come(w, trigger))
      fail_msg("%.*s runs from %.*s, which has not come", XS_TEXT(d->limit), XS_TEXT(trigger));
  }
}

/* ---- the whole ---- */

static void begin(walk *w, unsigned number)
{
  *w = (walk){.random = UINT64_C(0x9e3779b97f4a7c15) * (number + 1),
              .a = xs_arena_new(xs_host_posix()),
              .rules = packs[number % XS_COUNT(packs)],
              .day = 10};
  xmlDocPtr doc = xmlCopyDoc(base, 1);
  xmlDocPtr record = xmlNewDoc(BAD_CAST "1.0");
  assert_true(doc && record);
  xmlDocSetRootElement(record, xmlNewDocNode(record, NULL, BAD_CAST "record", NULL));
  w->kase = (xs_case){.arena = w->a, .doc = doc, .id = keep(w, "c"), .fits = true};
  w->root = xmlDocGetRootElement(doc);
  w->record = xmlDocGetRootElement(record);
  w->is_unsigned = draw(w, 8) == 0;
  w->is_steady = draw(w, 12) == 0;
  read_history(w);
}

static void walk_once(unsigned number)
{
  static walk w;
  begin(&w, number);
  const size_t steps = w.is_steady ? STEADY_STEPS : STEPS;
  for (size_t i = 0; i < steps && go_on(&w); i++) {
    if (draw(&w, 8) == 0) sign(&w);
    for (uint32_t undo = draw(&w, 10) == 0 ? draw(&w, 3) : 0; undo > 0; undo--) take_back(&w);
  }
  check_deadlines(&w);
  xmlFreeDoc(w.kase.doc);
  xmlFreeDoc(w.record->doc);
  xs_arena_free(w.a);
}

static void test_walk__ten_thousand(void **state)
{
  for (unsigned i = 0; i < WALKS; i++) walk_once(i);
  for (size_t i = 0; i < workflow->track_count; i++) {
    const xs_track_rule *t = &workflow->tracks[i];
    for (size_t k = 1; k < t->state_count; k++)
      if (!seen_states[i][k]) fail_msg("never came to %.*s", XS_TEXT(t->states[k].id));
    for (size_t k = 0; k < t->step_count; k++)
      if (!seen_steps[i][k]) fail_msg("never made %.*s", XS_TEXT(t->steps[k].id));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_walk__ten_thousand)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
