#include "workflow/signing.h"

#include "base/text.h"

#include <stdio.h>

/* A day as people read it. */
typedef struct day_text {
  char text[16];
} day_text;

static day_text day_of(uint32_t day)
{
  day_text t;
  snprintf(t.text, sizeof t.text, "%04u-%02u-%02u", day / 10000 % 10000, day / 100 % 100,
           day % 100);
  return t;
}

/* ---- a document and what is signed on it ---- */

static xs_status load_one(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags, xs_signing *s)
{
  xs_store_slot *slots = NULL;
  xs_store_signoff *signoffs = NULL;
  xs_status st = xs_store_slot_list(a, store, uid, s->document.id, diags, &slots, &s->slot_count);
  if (!st)
    st = xs_store_signoff_list(a, store, uid, s->document.id, diags, &signoffs, &s->signoff_count);
  s->slots = slots;
  s->signoffs = signoffs;
  return st;
}

xs_status xs_signing_load(xs_arena *a, xs_store *store, xs_text uid, xs_diags *diags,
                          const xs_signing **out, size_t *count)
{
  xs_store_document *documents = NULL;
  *out = NULL;
  *count = 0;
  size_t n = 0;
  xs_status st = xs_store_document_list(a, store, uid, diags, &documents, &n);
  xs_signing *list = st ? NULL : XS_NEW_ARRAY(a, n + 1, xs_signing);
  if (!st && !list) st = XS_ENOMEM;
  for (size_t i = 0; i < n && !st; i++) {
    list[i] = (xs_signing){.document = documents[i]};
    st = load_one(a, store, uid, diags, &list[i]);
  }
  if (st) return st;
  *out = list;
  *count = n;
  return XS_OK;
}

const xs_signing *xs_signing_find(const xs_signing *list, size_t count, xs_text document,
                                  xs_diags *diags)
{
  for (size_t i = 0; i < count; i++)
    if (xs_text_equal(list[i].document.id, document)) return &list[i];
  xs_diag(diags, XS_D_DOCUMENT_UNKNOWN, XS_NOWHERE, _("the case has no document “%.*s”"),
          XS_TEXT(document));
  for (size_t i = 0; i < count; i++)
    xs_diag_note(diags, XS_NOWHERE, _("it has “%.*s”: %.*s"), XS_TEXT(list[i].document.id),
                 XS_TEXT(list[i].document.title));
  return NULL;
}

const xs_store_signoff *xs_signing_of(const xs_signing *s, xs_text slot)
{
  for (size_t i = 0; i < s->signoff_count; i++)
    if (!s->signoffs[i].void_at && xs_text_equal(s->signoffs[i].slot, slot)) return &s->signoffs[i];
  return NULL;
}

bool xs_signing_is_valid(const xs_signing *s)
{
  return s->document.void_at == 0;
}

bool xs_signing_is_begun(const xs_signing *s)
{
  for (size_t i = 0; i < s->slot_count && xs_signing_is_valid(s); i++)
    if (xs_signing_of(s, s->slots[i].id)) return true;
  return false;
}

bool xs_signing_is_complete(const xs_signing *s)
{
  for (size_t i = 0; i < s->slot_count; i++)
    if (!xs_signing_of(s, s->slots[i].id)) return false;
  return xs_signing_is_valid(s);
}

/* ---- the slot ---- */

static const xs_store_slot *find_slot(const xs_signing *s, xs_text id, xs_diags *diags)
{
  for (size_t i = 0; i < s->slot_count; i++)
    if (xs_text_equal(s->slots[i].id, id)) return &s->slots[i];
  xs_diag(diags, XS_D_SLOT_UNKNOWN, XS_NOWHERE, _("“%.*s” is nothing that is signed on “%.*s”"),
          XS_TEXT(id), XS_TEXT(s->document.title));
  for (size_t i = 0; i < s->slot_count; i++)
    xs_diag_note(diags, XS_NOWHERE, "%.*s: %.*s %.*s", XS_TEXT(s->slots[i].id),
                 XS_TEXT(s->slots[i].title), XS_TEXT(s->slots[i].name));
  return NULL;
}

static void check_document(const xs_signing *s, xs_diags *diags)
{
  if (xs_signing_is_valid(s)) return;
  xs_diag(diags, XS_D_DOCUMENT_VOID, XS_NOWHERE,
          _("“%.*s” (%.*s) is void: %.*s; freeze it anew, then sign that"),
          XS_TEXT(s->document.title), XS_TEXT(s->document.id), XS_TEXT(s->document.void_reason));
}

static void check_open(const xs_signing *s, const xs_store_slot *slot, xs_diags *diags)
{
  const xs_store_signoff *done = xs_signing_of(s, slot->id);
  if (!done) return;
  xs_diag(diags, XS_D_SLOT_SIGNED, XS_NOWHERE, _("%.*s signed as “%.*s” on %s already"),
          XS_TEXT(done->person), XS_TEXT(slot->title), day_of(done->date).text);
}

/* ---- order and day ---- */

static void check_order(const xs_signing *s, const xs_store_slot *slot, xs_diags *diags)
{
  bool is_first = true;
  for (size_t i = 0; i < s->slot_count; i++) {
    const xs_store_slot *before = &s->slots[i];
    if (before->turn >= slot->turn || xs_signing_of(s, before->id)) continue;
    if (is_first)
      xs_diag(diags, XS_D_SLOT_ORDER, XS_NOWHERE, _("before “%.*s” others must sign"),
              XS_TEXT(slot->title));
    is_first = false;
    xs_diag_note(diags, XS_NOWHERE, _("“%.*s” is open: %.*s (%.*s)"), XS_TEXT(before->title),
                 XS_TEXT(before->name), XS_TEXT(before->id));
  }
}

static void check_day(const xs_signing *s, const xs_store_slot *slot, xs_date date, xs_date today,
                      xs_diags *diags)
{
  uint32_t day = xs_date_number(date);
  if (day > xs_date_number(today))
    xs_diag(diags, XS_D_SLOT_DATE, XS_NOWHERE, _("%s has not come yet"), day_of(day).text);
  for (size_t i = 0; i < s->slot_count; i++) {
    const xs_store_signoff *done = xs_signing_of(s, s->slots[i].id);
    if (!done || s->slots[i].turn >= slot->turn || done->date <= day) continue;
    xs_diag(diags, XS_D_SLOT_DATE, XS_NOWHERE,
            _("%s lies before %s, when %.*s signed, who comes first"), day_of(day).text,
            day_of(done->date).text, XS_TEXT(done->person));
  }
}

/* ---- the person ---- */

static bool is_person(const xmlNode *delegate, xs_arena *a, xs_text who)
{
  return xs_text_equal(xs_xml_attr(delegate, "id"), who) ||
         xs_text_equal(xs_xml_child_content(a, delegate, "name"), who);
}

/* The delegate of a side who goes by this name or id; NULL when there is none. */
static const xmlNode *find_delegate(xs_arena *a, const xs_case *kase, xs_text side, xs_text who)
{
  const xmlNode *root = xmlDocGetRootElement(kase->doc);
  for (const xmlNode *list = xs_xml_child(root, "delegates"); list;
       list = xs_xml_next(list, "delegates")) {
    if (side.len && !xs_text_equal(xs_xml_attr(list, "side"), side)) continue;
    for (const xmlNode *d = xs_xml_child(list, "delegate"); d; d = xs_xml_next(d, "delegate"))
      if (is_person(d, a, who)) return d;
  }
  return NULL;
}

/* Is the mandate one of the person whom the slot names, given by that day? */
static bool covers(const xmlNode *mandate, const xs_store_slot *slot, uint32_t day)
{
  xs_date given;
  return mandate && xs_text_equal(xs_text_trim(xs_xml_attr(mandate, "by")), slot->name) &&
         xs_date_parse(xs_text_trim(xs_xml_attr(mandate, "date")), &given) &&
         xs_date_number(given) <= day;
}

static xs_status report_person(const xs_store_slot *slot, xs_text who, const xmlNode *delegate,
                               xs_diags *diags)
{
  xs_span at = delegate ? xs_xml_span(delegate) : XS_NOWHERE;
  xs_diag(diags, XS_D_SLOT_PERSON, at, _("%.*s cannot sign as “%.*s”, which is for %.*s"),
          XS_TEXT(who), XS_TEXT(slot->title), XS_TEXT(slot->name));
  if (delegate && xs_xml_attr_is(delegate, "outsider", "yes"))
    xs_diag_note(diags, at, _("a delegate from outside may not stand in"));
  else
    xs_diag_note(diags, at, _("a mandate by %.*s, given by that day, would allow it"),
                 XS_TEXT(slot->name));
  return XS_EINPUT;
}

/* Somebody else than the slot names: only with a mandate. */
static xs_status stand_in(xs_arena *a, const xs_store_slot *slot, const xs_signature *signature,
                          const xs_case *kase, xs_diags *diags, xs_signed *out)
{
  const xmlNode *delegate = find_delegate(a, kase, slot->side, signature->person);
  const xmlNode *mandate = delegate ? xs_xml_child(delegate, "mandate") : NULL;
  bool may = delegate && !xs_xml_attr_is(delegate, "outsider", "yes") &&
             covers(mandate, slot, xs_date_number(signature->date));
  if (!may) return report_person(slot, signature->person, delegate, diags);
  out->person = xs_arena_text(a, xs_xml_child_content(a, delegate, "name"));
  out->ground = xs_arena_printf(a, "受%.*s书面委托（%.*s）", XS_TEXT(slot->name),
                                XS_TEXT(xs_text_trim(xs_xml_attr(mandate, "date"))));
  return out->person.ptr && out->ground.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status check_person(xs_arena *a, const xs_store_slot *slot, const xs_signature *signature,
                              const xs_case *kase, xs_diags *diags, xs_signed *out)
{
  xs_text who = signature->person;
  out->ground = XS_LIT("");
  out->person = who.len ? who : slot->name;
  if (!who.len || xs_text_is(slot->kind, "seal") || xs_text_equal(who, slot->name)) return XS_OK;
  if (slot->person.len && xs_text_equal(who, slot->person)) {
    out->person = slot->name;
    return XS_OK;
  }
  return stand_in(a, slot, signature, kase, diags, out);
}

/* ---- all of it ---- */

static void check_means(const xs_store_slot *slot, const xs_means *means, xs_diags *diags)
{
  bool is_seal = xs_text_is(slot->kind, "seal");
  if (is_seal ? means->seals : means->signs) return;
  xs_diag(diags, XS_D_SLOT_MEANS, XS_NOWHERE,
          is_seal ? _("a seal cannot be pressed by “%.*s”") : _("nobody can sign by “%.*s”"),
          XS_TEXT(means->id));
}

xs_status xs_signing_check(xs_arena *a, const xs_signing *s, const xs_signature *signature,
                           const xs_case *kase, xs_date today, xs_diags *diags, xs_signed *out)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  *out = (xs_signed){.slot = find_slot(s, signature->slot, diags)};
  check_document(s, diags);
  if (!out->slot) return XS_EINPUT;
  check_open(s, out->slot, diags);
  check_order(s, out->slot, diags);
  check_day(s, out->slot, signature->date, today, diags);
  check_means(out->slot, signature->means, diags);
  xs_status st = check_person(a, out->slot, signature, kase, diags, out);
  return st && st != XS_EINPUT ? st : xs_diags_since(diags, before);
}
