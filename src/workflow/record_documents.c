/*
 * Papers in the record:
 *
 *   <document id="d2" template="contract-wage" title="…" track="contract" key="k1" item="k1"
 *             copy="filing" revision="5" sha256="…" text-digest="…" frozen="…" by="…" valid="yes"
 *             complete="no">
 *     <slot id="workers-chief" kind="signature" side="workers" title="职工方首席代表" name="…"
 *           order="1" signed="2025-04-18" person="…" means="wet-ink" …/>
 *   </document>
 *
 * A sign-off that is void stands within its slot as `void`. On an earlier day, what was frozen,
 * signed or made void later has not happened.
 */
#include "base/text.h"
#include "workflow/means.h"
#include "workflow/record.h"
#include "workflow/sign.h"

/* The day on which an event of this kind was; 0: there is none. */
static uint32_t day_of(const xs_history *h, const char *kind, xs_text document, xs_text slot)
{
  uint32_t day = 0;
  for (size_t i = 0; i < h->count; i++) {
    const xs_event *e = &h->events[i];
    if (xs_text_is(e->kind, kind) && xs_text_equal(e->document, document) &&
        xs_text_equal(e->slot, slot))
      day = e->date;
  }
  return day;
}

static bool is_past(const xs_office_case *c, uint32_t day)
{
  return !c->as_of || day <= c->as_of;
}

/* The document as it was on the day of the record. */
static bool was_void(const xs_office_case *c, const xs_store_document *d)
{
  return d->void_at && is_past(c, day_of(&c->history, XS_EVENT_VOID, d->id, XS_NO_TEXT));
}

static uint32_t void_day(const xs_office_case *c, const xs_signing *s, const xs_store_signoff *o)
{
  uint32_t whole = day_of(&c->history, XS_EVENT_VOID, s->document.id, XS_NO_TEXT);
  uint32_t alone = day_of(&c->history, XS_EVENT_VOID, s->document.id, o->slot);
  return alone ? alone : whole;
}

static bool held(const xs_office_case *c, const xs_signing *s, const xs_store_signoff *o)
{
  return is_past(c, o->date) && !(o->void_at && is_past(c, void_day(c, s, o)));
}

static const xs_store_signoff *find_held(const xs_office_case *c, const xs_signing *s, xs_text slot)
{
  for (size_t i = 0; i < s->signoff_count; i++)
    if (xs_text_equal(s->signoffs[i].slot, slot) && held(c, s, &s->signoffs[i]))
      return &s->signoffs[i];
  return NULL;
}

/* ---- elements ---- */

static xs_text means_name(xs_text id)
{
  for (size_t i = 0; xs_means_at(i); i++)
    if (xs_text_equal(xs_means_at(i)->id, id)) return xs_text_of(_(xs_means_at(i)->what));
  return id;
}

static bool set_signoff(xmlNodePtr e, const xs_roles *roles, const xs_store_signoff *o)
{
  const xs_office_role *role = xs_roles_find(roles, o->role);
  return xs_xml_put_day(e, "signed", o->date) && xs_xml_put(e, "person", o->person) &&
         xs_xml_put(e, "ground", o->ground) && xs_xml_put(e, "means", o->means) &&
         xs_xml_put(e, "means-name", means_name(o->means)) && xs_xml_put(e, "by", o->by) &&
         xs_xml_put(e, "role", o->role) &&
         xs_xml_put(e, "role-name", role ? role->name : o->role) &&
         xs_record_set_moment(e, "at", o->at) && xs_xml_put(e, "sha256", o->digest) &&
         xs_xml_put(e, "scan", o->scan);
}

static bool add_voids(xmlNodePtr slot, const xs_office_case *c, const xs_signing *s, xs_text id)
{
  for (size_t i = 0; i < s->signoff_count; i++) {
    const xs_store_signoff *o = &s->signoffs[i];
    if (!xs_text_equal(o->slot, id) || !is_past(c, o->date) || held(c, s, o)) continue;
    xmlNodePtr e = xs_xml_add(slot, "void");
    if (!set_signoff(e, c->office->roles, o) || !xs_record_set_moment(e, "void-at", o->void_at) ||
        !xs_xml_put(e, "void-by", o->void_by) || !xs_xml_put(e, "reason", o->void_reason))
      return false;
  }
  return true;
}

static bool add_slot(xmlNodePtr document, const xs_office_case *c, const xs_signing *s,
                     const xs_store_slot *slot)
{
  const xs_store_signoff *o = find_held(c, s, slot->id);
  xmlNodePtr e = xs_xml_add(document, "slot");
  return xs_xml_put(e, "id", slot->id) && xs_xml_put(e, "kind", slot->kind) &&
         xs_xml_put(e, "side", slot->side) && xs_xml_put(e, "title", slot->title) &&
         xs_xml_put(e, "name", slot->name) && xs_xml_put_number(e, "order", slot->turn) &&
         (!o || (set_signoff(e, c->office->roles, o) && xs_xml_put(e, "valid", XS_LIT("yes")))) &&
         add_voids(e, c, s, slot->id);
}

static bool is_complete(const xs_office_case *c, const xs_signing *s)
{
  for (size_t i = 0; i < s->slot_count; i++)
    if (!find_held(c, s, s->slots[i].id)) return false;
  return !was_void(c, &s->document);
}

static xs_text yes_if(bool is)
{
  return is ? XS_LIT("yes") : XS_LIT("no");
}

static bool set_void(xmlNodePtr e, const xs_store_document *d)
{
  return xs_record_set_moment(e, "void-at", d->void_at) && xs_xml_put(e, "void-by", d->void_by) &&
         xs_xml_put(e, "void-reason", d->void_reason);
}

static bool add_document(xmlNodePtr root, const xs_office_case *c, const xs_signing *s)
{
  const xs_store_document *d = &s->document;
  bool is_void = was_void(c, d);
  xmlNodePtr e = xs_xml_add(root, "document");
  bool done = xs_xml_put(e, "id", d->id) && xs_xml_put(e, "template", d->template_id) &&
              xs_xml_put(e, "template-version", d->template_version) &&
              xs_xml_put(e, "template-digest", d->template_digest) &&
              xs_xml_put(e, "title", d->title) && xs_xml_put(e, "track", d->track) &&
              xs_xml_put(e, "key", d->key) && xs_xml_put(e, "item", d->item) &&
              xs_xml_put(e, "copy", d->copy) && xs_xml_put_number(e, "revision", d->revision) &&
              xs_xml_put(e, "sha256", d->digest) && xs_xml_put(e, "text-digest", d->text_digest) &&
              xs_record_set_moment(e, "frozen", d->frozen) && xs_xml_put(e, "by", d->by) &&
              xs_xml_put(e, "valid", yes_if(!is_void)) &&
              xs_xml_put(e, "complete", yes_if(is_complete(c, s))) && (!is_void || set_void(e, d));
  for (size_t i = 0; i < s->slot_count && done; i++) done = add_slot(e, c, s, &s->slots[i]);
  return done;
}

xs_status xs_record_add_documents(xs_office_case *c, xs_diags *diags)
{
  const xs_signing *list = NULL;
  size_t count = 0;
  xmlNodePtr root = xmlDocGetRootElement(c->record);
  xs_status st = xs_signing_load(c->arena, c->office->store, c->row.uid, diags, &list, &count);
  for (size_t i = 0; i < count && !st; i++) {
    uint32_t day = day_of(&c->history, XS_EVENT_FREEZE, list[i].document.id, XS_NO_TEXT);
    if (is_past(c, day) && !add_document(root, c, &list[i])) st = XS_ENOMEM;
  }
  return st;
}

/* ---- texts ---- */

static bool is_draft(const xmlNode *document)
{
  return xs_xml_attr_is(document, "copy", "draft") && xs_xml_attr_is(document, "valid", "yes");
}

/* Is the contract of this draft still on its way from draft to signed text? */
static bool is_unsigned(const xs_office_case *c, const xmlNode *draft)
{
  xs_text kind = xs_xml_attr(draft, "track");
  const xs_track_rule *rule = xs_workflow_track(c->office->workflow, kind);
  const xs_track *track = xs_position_find(&c->history.position, kind, xs_xml_attr(draft, "key"));
  size_t state = rule && track ? xs_track_state(rule, track->state) : XS_NO_STATE;
  if (state == XS_NO_STATE) return false;
  bool unsigned_yet = rule->states[state].copy == XS_COPY_DRAFT;
  for (size_t i = 0; i < rule->step_count; i++)
    if (rule->steps[i].settles && rule->steps[i].to == state) unsigned_yet = true;
  return unsigned_yet;
}

static xs_status add_text(xs_office_case *c, xmlNodePtr root, const xmlNode *draft, xs_diags *diags)
{
  const xs_paper_wish wish = {.template_id = xs_xml_attr(draft, "template"),
                              .item = xs_xml_attr(draft, "item"),
                              .copy = XS_COPY_FILING};
  char digest[65];
  xs_diag_mark mark = xs_diags_mark(diags);
  xs_status st =
      xs_paper_text_digest(c->arena, c->office->engine, c->kase, c->rules, &wish, diags, digest);
  xs_diags_forget(diags, mark);
  if (st) return st == XS_EINPUT ? XS_OK : st; /* without a text nothing equals it */
  xmlNodePtr e = xs_xml_add(root, "text");
  bool done = xs_xml_put(e, "item", wish.item) && xs_xml_put(e, "template", wish.template_id) &&
              xs_xml_put(e, "digest", xs_text_of(digest));
  return done ? XS_OK : XS_ENOMEM;
}

xs_status xs_record_add_texts(xs_office_case *c, xs_diags *diags)
{
  xmlNodePtr root = xmlDocGetRootElement(c->record);
  xs_status st = XS_OK;
  for (const xmlNode *d = xs_xml_child(root, "document"); d && !st;
       d = xs_xml_next(d, "document")) {
    if (is_draft(d) && is_unsigned(c, d)) st = add_text(c, root, d, diags);
  }
  return st;
}
