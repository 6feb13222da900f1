#include "data/case_check.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* What a file that does not fit the schema seems to lack may be there under a misspelt name, so
 * only what it does state is checked then. */
static xs_status check(xs_case_checking *c, bool fits)
{
  size_t before = xs_diags_count(c->diags, XS_ERROR);
  xs_status st = xs_case_index_build(c->arena, c->root, &c->index);
  if (st) return st;
  xs_case_check_numbers(c);
  if (fits) xs_case_check_references(c);
  xs_case_check_dates(c);
  if (fits) xs_case_check_delegates(c);
  xs_case_check_counts(c);
  if (fits) xs_case_check_contracts(c);
  xs_case_check_notices(c);
  xs_case_check_statistics(c);
  return xs_diags_since(c->diags, before);
}

xs_status xs_case_check(const xs_case *kase, const xs_rules *rules, xs_diags *diags)
{
  xs_case_checking c = {.root = xmlDocGetRootElement(kase->doc), .rules = rules, .diags = diags};
  c.arena = xs_arena_new(xs_arena_host(kase->arena));
  if (!c.arena) return XS_ENOMEM;
  xs_status st = check(&c, kase->fits);
  xs_arena_free(c.arena);
  return st;
}

/* ---- small questions ---- */

xs_text xs_case_child_text(const xs_case_checking *c, const xmlNode *e, const char *name)
{
  return xs_xml_child_content(c->arena, e, name);
}

bool xs_case_attr_count(const xmlNode *e, const char *name, uint64_t *out)
{
  return xs_text_uint(xs_text_trim(xs_xml_attr(e, name)), out);
}

bool xs_case_attr_date(const xmlNode *e, const char *name, xs_date *out)
{
  return xs_date_parse(xs_text_trim(xs_xml_attr(e, name)), out);
}

const xmlNode *xs_case_find_id(const xs_case_checking *c, const char *kind, xs_text id)
{
  const xs_case_entry *e = xs_case_index_find(&c->index, (xs_case_key){kind, id, 0});
  return e ? e->node : NULL;
}

const xmlNode *xs_case_each(const xs_case_checking *c, const char *kind, const xmlNode *last)
{
  const xmlNode *e = xs_xml_walk(c->root, last);
  while (e && !xs_xml_is(e, kind)) e = xs_xml_walk(c->root, e);
  return e;
}

/* ---- figures of the rule pack ---- */

/* The day of what an element tells: its own, that of the signing or the term of a contract, or that
 * of what it stands in. */
static xs_date day_of(const xmlNode *e)
{
  xs_date day = {0};
  for (; e && e->type == XML_ELEMENT_NODE; e = e->parent)
    if (xs_case_attr_date(e, "date", &day) || xs_case_attr_date(e, "elected", &day) ||
        xs_case_attr_date(xs_xml_child(e, "signing"), "date", &day) ||
        xs_case_attr_date(xs_xml_child(e, "term"), "from", &day))
      break;
  return day;
}

/* The entry of the pack that holds for an element, if it was verified. */
static const xmlNode *find_entry(const xs_case_checking *c, const xmlNode *e, const char *element,
                                 const char *id)
{
  xs_text kind = xs_rules_kind_of(c->rules, e);
  const xmlNode *entry = xs_rules_find(c->rules, element, xs_text_of(id), kind, day_of(e));
  return xs_grade_is_law(xs_xml_attr(entry, "grade")) ? entry : NULL;
}

xs_text xs_case_figure(const xs_case_checking *c, const xmlNode *e, const char *id)
{
  return xs_xml_attr(find_entry(c, e, "figure", id), "value");
}

bool xs_case_figure_count(const xs_case_checking *c, const xmlNode *e, const char *id,
                          uint64_t *out)
{
  return xs_text_uint(xs_case_figure(c, e, id), out);
}

bool xs_case_figure_fraction(const xs_case_checking *c, const xmlNode *e, const char *id,
                             uint64_t *over, uint64_t *under)
{
  xs_text value = xs_case_figure(c, e, id);
  const char *slash = value.len ? memchr(value.ptr, '/', value.len) : NULL;
  if (!slash) return false;
  size_t at = (size_t)(slash - value.ptr);
  return xs_text_uint((xs_text){value.ptr, at}, over) &&
         xs_text_uint((xs_text){slash + 1, value.len - at - 1}, under) && *under > 0;
}

/* A law and article such as r22:36; nothing when the law has not been read. */
static void note_law(const xs_case_checking *c, xs_text source)
{
  const char *colon = source.len ? memchr(source.ptr, ':', source.len) : NULL;
  size_t id_len = colon ? (size_t)(colon - source.ptr) : source.len;
  const xmlNode *law = xs_rules_law(c->rules, (xs_text){source.ptr, id_len});
  if (!law || !xs_grade_is_law(xs_xml_attr(law, "grade"))) return;
  xs_text title = xs_xml_attr(law, "title");
  if (!colon) {
    xs_diag_note(c->diags, XS_NOWHERE, _("see 《%.*s》"), XS_TEXT(title));
    return;
  }
  xs_text article = {colon + 1, source.len - id_len - 1};
  xs_diag_note(c->diags, XS_NOWHERE, _("see 《%.*s》, article %.*s"), XS_TEXT(title),
               XS_TEXT(article));
}

void xs_case_note_figure(const xs_case_checking *c, const xmlNode *e, const char *id)
{
  note_law(c, xs_xml_attr(find_entry(c, e, "figure", id), "source"));
}

void xs_case_note_requirement(const xs_case_checking *c, const xmlNode *e, const char *id)
{
  note_law(c, xs_xml_attr(find_entry(c, e, "requirement", id), "source"));
}
