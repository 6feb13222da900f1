/* What the schema cannot say of a rule pack. */
#include "base/text.h"
#include "data/rules_entry.h"

#include <string.h>

/* ---- laws ---- */

static xs_text id_of_law(xs_text source)
{
  const char *colon = source.len ? memchr(source.ptr, ':', source.len) : NULL;
  return colon ? (xs_text){source.ptr, (size_t)(colon - source.ptr)} : source;
}

static xs_text nearest_law(const xs_rules *rules, xs_text id)
{
  xs_text near = XS_NO_TEXT;
  unsigned best = xs_text_reach(id) + 1;
  const xmlNode *root = xmlDocGetRootElement(rules->laws);
  for (const xmlNode *e = xs_xml_child(root, "law"); e; e = xs_xml_next(e, "law")) {
    unsigned distance = xs_text_distance(id, xs_xml_attr(e, "id"), best);
    if (distance >= best) continue;
    best = distance;
    near = xs_xml_attr(e, "id");
  }
  return near;
}

static xs_status check_law(const xs_rules *rules, const xmlNode *e, const char *attribute,
                           xs_text source, xs_diags *diags)
{
  xs_text id = id_of_law(source);
  if (!id.len || xs_rules_law(rules, id)) return XS_OK;
  xs_text near = nearest_law(rules, id);
  xs_diag(diags, XS_D_RULES_LAW, xs_xml_attr_span(e, attribute),
          _("laws.xml has no law “%.*s”; add it there, or as <law> in this file"), XS_TEXT(id));
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
  return XS_EINPUT;
}

static xs_status check_laws(const xs_rules *rules, const xmlNode *e, xs_diags *diags)
{
  xs_status st = check_law(rules, e, "source", xs_xml_attr(e, "source"), diags);
  xs_text rest = xs_xml_attr(e, "laws");
  for (xs_text w; xs_text_word(&rest, &w);)
    if (check_law(rules, e, "laws", w, diags)) st = XS_EINPUT;
  return st;
}

/* What was not read cannot be the ground of something that is shown as law. */
static xs_status check_grade(const xs_rules *rules, const xmlNode *e, xs_diags *diags)
{
  if (xs_xml_is(e, "paper") || !xs_grade_is_law(xs_xml_attr(e, "grade"))) return XS_OK;
  const xmlNode *law = xs_rules_law(rules, id_of_law(xs_xml_attr(e, "source")));
  if (!law || xs_grade_is_law(xs_xml_attr(law, "grade"))) return XS_OK;
  xs_diag(diags, XS_D_RULES_GRADE, xs_xml_attr_span(e, "grade"),
          _("《%.*s》 was not read, so nothing in it can be of grade %.*s"),
          XS_TEXT(xs_xml_attr(law, "title")), XS_TEXT(xs_xml_attr(e, "grade")));
  xs_diag_note(diags, xs_xml_attr_span(law, "grade"), _("the grade of the law is here"));
  return XS_EINPUT;
}

/* ---- days and steps ---- */

static xs_status check_day(const xmlNode *e, const char *attribute, xs_date *day, xs_diags *diags)
{
  xs_text t = xs_xml_attr(e, attribute);
  if (!t.ptr || xs_date_parse(t, day)) return XS_OK;
  xs_diag(diags, XS_D_DATE_INVALID, xs_xml_attr_span(e, attribute),
          _("“%.*s” is not a day; write it as 2025-03-05"), XS_TEXT(t));
  return XS_EINPUT;
}

static xs_status check_time(const xmlNode *e, xs_diags *diags)
{
  xs_date from = {0}, to = {0};
  xs_status st = check_day(e, "from", &from, diags);
  if (check_day(e, "to", &to, diags)) st = XS_EINPUT;
  if (st || !xs_date_valid(from) || !xs_date_valid(to) || xs_date_compare(from, to) <= 0) return st;
  xs_diag(diags, XS_D_DATE_ORDER, xs_xml_attr_span(e, "to"), _("the entry ends before it begins"));
  xs_diag_note(diags, xs_xml_attr_span(e, "from"), _("the beginning is here"));
  return XS_EINPUT;
}

static xs_status check_step(const xs_rules *rules, const xmlNode *e, xs_diags *diags)
{
  xs_text step = xs_xml_attr(e, "step");
  if (!step.len || xs_rules_find(rules, "step", step, XS_NO_TEXT, (xs_date){0})) return XS_OK;
  xs_diag(diags, XS_D_RULES_STEP, xs_xml_attr_span(e, "step"),
          _("no <step> has the id “%.*s”; the national pack lists them"), XS_TEXT(step));
  return XS_EINPUT;
}

xs_status xs_rules_check_entries(const xs_rules *rules, xs_diags *diags)
{
  xs_status st = XS_OK;
  const xmlNode *root = xmlDocGetRootElement(rules->doc);
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
    if (check_laws(rules, e, diags)) st = XS_EINPUT;
    if (check_grade(rules, e, diags)) st = XS_EINPUT;
    if (check_time(e, diags)) st = XS_EINPUT;
    if (check_step(rules, e, diags)) st = XS_EINPUT;
  }
  return st;
}

/* ---- triggers ---- */

static bool knows(const xmlNode *workflow, xs_text moment, xs_text *near)
{
  unsigned best = xs_text_reach(moment) + 1;
  for (const xmlNode *e = xs_xml_child(workflow, "moment"); e; e = xs_xml_next(e, "moment")) {
    xs_text id = xs_xml_attr(e, "id");
    unsigned distance = xs_text_distance(moment, id, best);
    if (distance == 0) return true;
    if (distance >= best) continue;
    best = distance;
    *near = id;
  }
  return false;
}

xs_status xs_rules_check_triggers(const xs_rules *rules, const xmlNode *workflow, xs_diags *diags)
{
  xs_status st = XS_OK;
  const xmlNode *root = xmlDocGetRootElement(rules->doc);
  for (const xmlNode *e = xs_xml_child(root, "limit"); e; e = xs_xml_next(e, "limit")) {
    xs_text trigger = xs_xml_attr(e, "trigger"), near = XS_NO_TEXT;
    if (knows(workflow, trigger, &near)) continue;
    xs_diag(diags, XS_D_RULES_TRIGGER, xs_xml_attr_span(e, "trigger"),
            _("the limit “%.*s” begins at “%.*s”, which no moment of the workflow is"),
            XS_TEXT(xs_xml_attr(e, "id")), XS_TEXT(trigger));
    if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
    st = XS_EINPUT;
  }
  return st;
}
