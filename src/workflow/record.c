#include "workflow/record.h"

#include "base/text.h"
#include "store/moment.h"
#include "workflow/sign.h"

#include <string.h>

/* ---- small help ---- */

bool xs_record_set_moment(xmlNodePtr element, const char *attribute, int64_t moment)
{
  enum { CHINA_SECONDS = 8 * 3600 }; /* the whole country has the time of Beijing */
  char text[XS_MOMENT_ROOM + 8];
  xs_moment_write(moment + CHINA_SECONDS, text);
  char *zone = strchr(text, 'Z');
  if (zone) memcpy(zone, "+08:00", sizeof "+08:00");
  return xs_xml_put(element, attribute, xs_text_of(text));
}

/* ---- names ---- */

static const xs_state_rule *find_state(const xs_track_rule *track, xs_text id)
{
  size_t i = track && id.len ? xs_track_state(track, id) : XS_NO_STATE;
  return i == XS_NO_STATE ? NULL : &track->states[i];
}

/* ---- tracks ---- */

/* Guards compare the key even when it is empty. */
static bool set_key(xmlNodePtr e, xs_text key)
{
  return key.len ? xs_xml_put(e, "key", key)
                 : e && xmlNewProp(e, BAD_CAST "key", BAD_CAST "") != NULL;
}

static bool add_track(xmlNodePtr root, const xs_workflow *workflow, const xs_track *track,
                      uint32_t since)
{
  xmlNodePtr e = xs_xml_add(root, "track");
  const xs_track_rule *rule = xs_workflow_track(workflow, track->kind);
  const xs_state_rule *state = find_state(rule, track->state);
  return xs_xml_put(e, "kind", track->kind) && set_key(e, track->key) &&
         xs_xml_put(e, "state", track->state) &&
         xs_xml_put(e, "name", rule ? rule->name : XS_NO_TEXT) &&
         xs_xml_put(e, "en", rule ? rule->name_en : XS_NO_TEXT) &&
         xs_xml_put(e, "state-name", state ? state->name : track->state) &&
         xs_xml_put(e, "state-en", state ? state->name_en : XS_NO_TEXT) &&
         xs_xml_put(e, "final", state && state->is_final ? XS_LIT("yes") : XS_NO_TEXT) &&
         xs_xml_put_day(e, "since", since);
}

/* ---- events ---- */

/* Only what was done counts as a step: guards and the machine count them. */
static const char *step_attribute(const xs_event *event)
{
  if (xs_text_is(event->kind, XS_EVENT_UNDO)) return "undoes";
  return xs_text_is(event->kind, XS_EVENT_OPEN) ? "opened-by" : "step";
}

static bool add_states(xmlNodePtr e, const xs_workflow *workflow, const xs_event *event)
{
  const xs_track_rule *rule = xs_workflow_track(workflow, event->track);
  const xs_state_rule *from = find_state(rule, event->from), *to = find_state(rule, event->to);
  return (!event->track.len || (xs_xml_put(e, "track", event->track) && set_key(e, event->key))) &&
         xs_xml_put(e, step_attribute(event), event->step) && xs_xml_put(e, "from", event->from) &&
         xs_xml_put(e, "to", event->to) &&
         xs_xml_put(e, "from-name", from ? from->name : XS_NO_TEXT) &&
         xs_xml_put(e, "to-name", to ? to->name : XS_NO_TEXT);
}

static bool add_person(xmlNodePtr e, const xs_roles *roles, xs_text by, xs_text role)
{
  const xs_office_role *rule = role.len ? xs_roles_find(roles, role) : NULL;
  return xs_xml_put(e, "by", by) && xs_xml_put(e, "role", role) &&
         xs_xml_put(e, "role-name", rule ? rule->name : role);
}

static bool add_files(xmlNodePtr e, const xs_event *event, const xs_store_file *files,
                      size_t file_count)
{
  for (size_t i = 0; i < event->file_count; i++) {
    size_t k = 0;
    while (k < file_count && !xs_text_equal(files[k].digest, event->files[i])) k++;
    xmlNodePtr file = xs_xml_add(e, "file");
    if (!xs_xml_put(file, "digest", event->files[i])) return false;
    if (k < file_count && !xs_xml_put(file, "name", files[k].name)) return false;
  }
  return true;
}

/* What the step of an event is called, in Chinese, as papers show it. */
static bool add_name(xmlNodePtr e, const xs_office_case *c, const xs_event *event)
{
  const xs_attempt attempt = {
      .workflow = c->office->workflow,
      .kase = c->kase,
      .rules = c->rules,
      .position = &c->history.position,
      .step = event->step,
      .key = event->key,
  };
  xs_text name = XS_NO_TEXT;
  if (!event->step.len) return true;
  return xs_workflow_step_name(c->arena, &attempt, true, &name) != XS_ENOMEM &&
         xs_xml_put(e, "name", name.len ? name : event->step);
}

static bool add_event(xmlNodePtr root, const xs_office_case *c, const xs_event *event, bool undone,
                      const xs_store_file *files, size_t file_count)
{
  xmlNodePtr e = xs_xml_add(root, "event");
  return xs_xml_put_number(e, "seq", event->seq) && xs_record_set_moment(e, "at", event->at) &&
         xs_xml_put_day(e, "date", event->date) && xs_xml_put(e, "kind", event->kind) &&
         add_name(e, c, event) && add_states(e, c->office->workflow, event) &&
         add_person(e, c->office->roles, event->by, event->role) &&
         xs_xml_put(e, "reason", event->reason) && xs_xml_put(e, "digest", event->digest) &&
         xs_xml_put(e, "document", event->document) && xs_xml_put(e, "slot", event->slot) &&
         xs_xml_put(e, "person", event->person) && xs_xml_put(e, "means", event->means) &&
         (!event->revision || xs_xml_put_number(e, "revision", event->revision)) &&
         xs_xml_put(e, "undone", undone ? XS_LIT("yes") : XS_NO_TEXT) &&
         xs_xml_put(e, "prev", event->prev) && xs_xml_put(e, "hash", event->hash) &&
         add_files(e, event, files, file_count);
}

static xs_status add_events(xs_office_case *c, xmlNodePtr root, xs_diags *diags)
{
  xs_store_file *files = NULL;
  size_t file_count = 0;
  const xs_history *h = &c->history;
  xs_status st =
      xs_store_file_list(c->arena, c->office->store, c->row.uid, diags, &files, &file_count);
  for (size_t i = 0; !st && i < h->count; i++) {
    if (c->as_of && h->events[i].date > c->as_of) continue;
    if (!add_event(root, c, &h->events[i], h->undone[i], files, file_count)) st = XS_ENOMEM;
  }
  return st;
}

/* ---- deadlines ---- */

static uint32_t day_of(const xs_office_case *c)
{
  return c->as_of ? c->as_of : c->office->host->today(c->office->host->user);
}

static xs_status add_deadlines(xs_office_case *c, xmlNodePtr root, xs_diags *diags)
{
  xs_deadline_question q = {.clock = c->office->clock, .kase = c->kase, .rules = c->rules};
  xs_date day = {0};
  (void)xs_date_of_number(day_of(c), &day);
  if (c->as_of) q.as_of = day;
  xs_status st = xs_engine_calendar(c->office->engine, c->office->diags, &q.calendar);
  if (!st) st = xs_deadlines_find(c->arena, &q, diags, &c->deadlines);
  return st ? st : xs_deadlines_record(&c->deadlines, day, root);
}

/* ---- the whole ---- */

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

static bool add_head(const xs_office_case *c, xmlNodePtr root)
{
  return xs_xml_put(root, "case", c->row.uid) && xs_xml_put_day(root, "as-of", day_of(c)) &&
         xs_xml_put_number(root, "revision", c->revision) &&
         xs_xml_put(root, "pack", c->row.pack) && xs_xml_put(root, "head", c->row.head);
}

xs_status xs_record_build(xs_office_case *c, xs_diags *diags)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  if (!doc) return XS_ENOMEM;
  if (!xs_arena_defer(c->arena, free_doc, doc)) return XS_ENOMEM;
  xmlNodePtr root = xmlNewDocNode(doc, NULL, BAD_CAST "record", NULL);
  if (!root) return XS_ENOMEM;
  xmlDocSetRootElement(doc, root);
  c->record = doc;
  if (!add_head(c, root)) return XS_ENOMEM;
  for (size_t i = 0; i < c->history.position.count; i++)
    if (!add_track(root, c->office->workflow, &c->history.position.tracks[i], c->history.since[i]))
      return XS_ENOMEM;
  xs_status st = add_events(c, root, diags);
  if (!st) st = xs_record_add_documents(c, diags);
  return st ? st : add_deadlines(c, root, diags);
}

xs_status xs_record_set_acting(xs_office_case *c, const xs_acting *acting)
{
  xmlNodePtr root = xmlDocGetRootElement(c->record);
  bool done = xs_xml_put(root, "user", acting->user) &&
              xs_xml_put(root, "role", acting->role->id) &&
              xs_xml_put(root, "reason", acting->reason);
  for (size_t i = 0; done && i < acting->file_count; i++)
    done = xs_xml_put(xs_xml_add(root, "evidence"), "digest", acting->files[i]);
  return done ? XS_OK : XS_ENOMEM;
}

/* ---- what may be done next ---- */

static bool add_missing(xmlNodePtr next, const xs_hindrance *h)
{
  xmlNodePtr e = xs_xml_add(next, "missing");
  return xs_xml_put(e, "code", xs_text_of(xs_diag_slug(h->code))) &&
         xs_xml_put(e, "guard", h->guard) && xs_xml_put(e, "law", h->law) &&
         xs_xml_put(e, "words", h->words);
}

static xs_text yes_if(bool is)
{
  return is ? XS_LIT("yes") : XS_LIT("no");
}

static bool add_move(xmlNodePtr root, const xs_move *move)
{
  xmlNodePtr e = xs_xml_add(root, "next");
  bool done = xs_xml_put(e, "step", move->step) && xs_xml_put(e, "name", move->name) &&
              xs_xml_put(e, "track", move->before.kind) && xs_xml_put(e, "key", move->before.key) &&
              xs_xml_put(e, "to", move->after.state) &&
              xs_xml_put(e, "possible", yes_if(move->is_possible)) &&
              xs_xml_put(e, "needs-reason", move->needs_reason ? XS_LIT("yes") : XS_NO_TEXT) &&
              xs_xml_put(e, "needs-evidence", move->needs_evidence ? XS_LIT("yes") : XS_NO_TEXT) &&
              xs_xml_put(e, "paper", move->paper) &&
              xs_xml_put_day(e, "date", move->date.year ? xs_date_number(move->date) : 0);
  for (size_t i = 0; done && i < move->hindrance_count; i++)
    done = add_missing(e, &move->hindrances[i]);
  return done;
}

xs_status xs_record_add_next(xs_office_case *c, xs_diags *diags)
{
  xs_move *moves = NULL;
  size_t count = 0;
  const xs_attempt attempt = {
      .workflow = c->office->workflow,
      .kase = c->kase,
      .rules = c->rules,
      .record = xs_office_record_of(c),
      .position = &c->history.position,
  };
  xs_status st = xs_record_add_texts(c, diags);
  if (!st) st = xs_workflow_next(c->arena, &attempt, diags, &moves, &count);
  for (size_t i = 0; !st && i < count; i++)
    if (!add_move(xmlDocGetRootElement(c->record), &moves[i])) st = XS_ENOMEM;
  return st;
}
