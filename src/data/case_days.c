#include "data/case_days.h"

#include "base/text.h"
#include "data/schema_place.h"

#include <string.h>

/* Names of attributes that hold a day on which something was done, not one that is to come. */
static const char *const done[] = {
    "date", "elected", "draft-date", "received", "published", "notified", "delivered", "provided",
    "told", "since",   "filled",     "applied",  "accepted",  "extended", "closed",    "filed"};

/* Terms, deadlines and meetings that are only proposed lie in the future of the file. */
static bool is_plan(const xmlNode *e)
{
  return xs_xml_is(e, "reply-by") || xs_xml_is(e, "list-by") || xs_xml_is(e, "layoff") ||
         (xs_xml_is(e, "meeting") && !xs_xml_is(e->parent, "case"));
}

/* ---- the latest day ---- */

uint32_t xs_case_latest_date(const xs_case *kase)
{
  uint32_t latest = 0;
  const xmlNode *root = xmlDocGetRootElement(kase->doc);
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    if (is_plan(e)) continue;
    for (size_t i = 0; i < XS_COUNT(done); i++) {
      xs_date day;
      if (!xs_date_parse(xs_xml_attr(e, done[i]), &day)) continue;
      if (xs_date_number(day) > latest) latest = xs_date_number(day);
    }
  }
  return latest;
}

/* ---- the case on a day ---- */

static bool is_later(const xmlNode *e, const char *attribute, xs_date day)
{
  xs_date other;
  return xs_date_parse(xs_xml_attr(e, attribute), &other) && xs_date_compare(other, day) > 0;
}

/* The attribute with the day on which an element begins; NULL when it has none. */
static const char *beginning_of(const xmlNode *e)
{
  if (xs_xml_is(e, "suspension")) return "from";
  if (xs_xml_is(e, "dispute")) return "applied";
  if (xs_xml_is(e, "vacancy")) return "since";
  return xs_xml_attr(e, "date").ptr ? "date" : NULL;
}

/* Was anything of it done by that day? */
static bool has_begun(const xmlNode *e, xs_date day)
{
  for (size_t i = 0; i < XS_COUNT(done); i++) {
    xs_date other;
    if (xs_date_parse(xs_xml_attr(e, done[i]), &other) && xs_date_compare(other, day) <= 0)
      return true;
  }
  return false;
}

static void drop(xmlNodePtr e)
{
  xmlUnlinkNode(e);
  xmlFreeNode(e);
}

static void drop_attribute(xmlNodePtr e, const char *name)
{
  xmlAttrPtr attr = xmlHasProp(e, BAD_CAST name);
  if (attr) xmlRemoveProp(attr);
}

/* What came of a thing is not known before its last day. */
static void drop_outcome(xmlNodePtr e)
{
  xmlNodePtr next = NULL;
  drop_attribute(e, "result");
  for (xmlNodePtr n = e->children; n; n = next) {
    next = n->next;
    if (n->type != XML_ELEMENT_NODE || !beginning_of(n)) drop(n);
  }
}

/* Takes the later days off an element that began before. */
static void drop_days(xmlNodePtr e, const char *begins, xs_date day)
{
  if (begins && is_later(e, begins, day)) drop_outcome(e);
  if (xs_xml_is(e, "dispute") && is_later(e, "closed", day)) drop_outcome(e);
  if (xs_xml_is(e, "suspension") && is_later(e, "to", day)) drop_attribute(e, "to");
  for (size_t i = 0; i < XS_COUNT(done); i++)
    if (is_later(e, done[i], day)) drop_attribute(e, done[i]);
}

static void drop_later(xmlNodePtr parent, xs_date day)
{
  xmlNodePtr next = NULL;
  for (xmlNodePtr e = xs_xml_child(parent, NULL); e; e = next) {
    next = xs_xml_next(e, NULL);
    const char *begins = beginning_of(e);
    if (!is_plan(e)) {
      if (begins && is_later(e, begins, day) && !has_begun(e, day)) {
        drop(e);
        continue;
      }
      drop_days(e, begins, day);
    }
    drop_later(e, day);
  }
}

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

xs_status xs_case_past(const xs_case *kase, xs_date day, xs_case **out)
{
  xs_arena *a = xs_arena_new(xs_arena_host(kase->arena));
  xs_case *copy = a ? XS_NEW(a, xs_case) : NULL;
  xmlDocPtr doc = copy ? xmlCopyDoc(kase->doc, 1) : NULL;
  bool is_kept = doc && xs_arena_defer(a, free_doc, doc);
  if (!is_kept) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  *copy = *kase;
  copy->arena = a;
  copy->doc = doc;
  doc->_private = kase->doc->_private;
  xs_xml_copy_places(xmlDocGetRootElement(kase->doc), xmlDocGetRootElement(doc));
  if (day.year) drop_later(xmlDocGetRootElement(doc), day);
  copy->id = xs_xml_attr(xmlDocGetRootElement(doc), "id");
  *out = copy;
  return XS_OK;
}

xs_status xs_case_insert(xs_case *copy, const xs_schema *schema, xmlNodePtr element)
{
  xs_place place = {0};
  xmlNodePtr root = xmlDocGetRootElement(copy->doc);
  xs_status status = xs_schema_place(schema, root, xs_text_of((const char *)element->name), &place);
  if (!status && place.kind != XS_PLACE_FREE) status = XS_EINPUT;
  if (status) {
    xmlFreeNode(element);
    return status;
  }
  if (place.behind)
    xmlAddNextSibling((xmlNodePtr)(uintptr_t)place.behind, element);
  else if (root->children)
    xmlAddPrevSibling(root->children, element);
  else
    xmlAddChild(root, element);
  return XS_OK;
}
