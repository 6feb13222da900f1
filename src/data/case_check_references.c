/* Ids, and what refers to them. */
#include "base/limits.h"
#include "base/text.h"
#include "data/case_check.h"

/* clang-format off */
static const struct {
  const char *element;
  const char *attribute;
  const char *target;
} references[] = {
#define X(element, attribute, target) {element, attribute, target},
#include "data/case_references.def"
#undef X
};
/* clang-format on */

/* ---- ids ---- */

/* The first element with the same key, when that is another one. */
static const xmlNode *find_earlier(const xs_case_checking *c, xs_case_key key, const xmlNode *e)
{
  const xs_case_entry *first = key.text.ptr ? xs_case_index_find(&c->index, key) : NULL;
  return first && first->node != e ? first->node : NULL;
}

static void check_id(const xs_case_checking *c, const xmlNode *e)
{
  xs_case_key key = xs_case_key_of(e);
  const xmlNode *earlier = e == c->root ? NULL : find_earlier(c, key, e);
  if (!earlier) return;
  xs_diag(c->diags, XS_D_ID_TWICE, xs_xml_attr_span(e, "id"),
          _("there is another <%s> with the id “%.*s”"), key.kind, XS_TEXT(key.text));
  xs_diag_note(c->diags, xs_xml_attr_span(earlier, "id"), _("the other one is here"));
}

static void check_meeting_number(const xs_case_checking *c, const xmlNode *e)
{
  if (!xs_xml_is(e, "meeting") || e->parent != c->root) return;
  xs_text number = xs_xml_attr(e, "number");
  const xmlNode *earlier = find_earlier(c, (xs_case_key){XS_KEY_MEETING, number, 0}, e);
  if (!earlier) return;
  xs_diag(c->diags, XS_D_ID_TWICE, xs_xml_attr_span(e, "number"),
          _("there is another meeting with the number %.*s"), XS_TEXT(number));
  xs_diag_note(c->diags, xs_xml_attr_span(earlier, "number"), _("the other one is here"));
}

/* ---- references ---- */

static void note_nearest(const xs_case_checking *c, const char *target, xs_text id)
{
  if (xs_diags_count(c->diags, XS_ERROR) > XS_MAX_DIAGS) return;
  const xmlNode *near = NULL;
  unsigned best = 3;
  for (const xmlNode *e = xs_case_each(c, target, NULL); e; e = xs_case_each(c, target, e)) {
    xs_text own = xs_xml_attr(e, "id");
    unsigned distance = own.ptr ? xs_text_distance(id, own, best) : best;
    if (distance >= best) continue;
    best = distance;
    near = e;
  }
  if (near) xs_diag_note(c->diags, xs_xml_attr_span(near, "id"), _("did you mean this one?"));
}

static const xmlNode *check_reference(const xs_case_checking *c, const xmlNode *e,
                                      const char *attribute, const char *target)
{
  xs_text id = xs_xml_attr(e, attribute);
  if (!id.ptr) return NULL;
  const xmlNode *found = xs_case_find_id(c, target, id);
  if (found) return found;
  xs_diag(c->diags, XS_D_REFERENCE_DANGLING, xs_xml_attr_span(e, attribute),
          _("there is no <%s> with the id “%.*s”"), target, XS_TEXT(id));
  note_nearest(c, target, id);
  return NULL;
}

/* A speech is made for the side that the speaker belongs to. */
static void check_speaker(const xs_case_checking *c, const xmlNode *speech, const xmlNode *speaker)
{
  if (!speaker || !xs_xml_is(speech, "speech")) return;
  xs_text side = xs_xml_attr(speech, "side");
  if (xs_text_equal(xs_xml_attr(speaker->parent, "side"), side)) return;
  xs_diag(c->diags, XS_D_REFERENCE_SIDE, xs_xml_attr_span(speech, "by"),
          _("the speaker is a delegate of the other side"));
  xs_diag_note(c->diags, xs_xml_span(speaker), _("the delegate stands here"));
}

void xs_case_check_references(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_walk(c->root, NULL); e; e = xs_xml_walk(c->root, e)) {
    check_id(c, e);
    check_meeting_number(c, e);
    for (size_t i = 0; i < XS_COUNT(references); i++)
      if (xs_xml_is(e, references[i].element))
        check_speaker(c, e, check_reference(c, e, references[i].attribute, references[i].target));
  }
}
