/* What a rule pack answers. How it comes together is in rules_load.c and rules_merge.c. */
#include "data/rules.h"

#include "base/text.h"
#include "data/rules_entry.h"

void xs_rules_free(xs_rules *rules)
{
  if (rules) xs_arena_free(rules->arena);
}

bool xs_grade_is_law(xs_text grade)
{
  return xs_text_is(grade, "A") || xs_text_is(grade, "B");
}

bool xs_rules_rolls(const xmlNode *limit)
{
  xs_text roll = xs_xml_attr(limit, "roll");
  if (roll.ptr) return xs_text_is(roll, "on");
  return !xs_xml_attr_is(limit, "direction", "backward");
}

/* ---- one entry ---- */

const char *xs_entry_key(const xmlNode *entry)
{
  return xs_xml_is(entry, "basis") ? "paper" : "id";
}

bool xs_word_in(xs_text list, xs_text word)
{
  for (xs_text w; xs_text_word(&list, &w);)
    if (xs_text_equal(w, word)) return true;
  return false;
}

/* Days are compared as text: YYYY-MM-DD, and one that is not stated is endless. */
static bool begins_by(const xmlNode *entry, xs_text day)
{
  xs_text from = xs_xml_attr(entry, "from");
  return !from.len || xs_text_compare(from, day) <= 0;
}

static bool ends_before(const xmlNode *entry, xs_text day)
{
  xs_text to = xs_xml_attr(entry, "to");
  return to.len && xs_text_compare(to, day) < 0;
}

bool xs_rules_in_force(const xmlNode *entry, xs_date on)
{
  char day[] = "9999-12-31";
  if (xs_date_valid(on)) {
    uint32_t n = xs_date_number(on);
    for (size_t i = sizeof day - 1; i-- > 0;) {
      if (i == 4 || i == 7) continue;
      day[i] = (char)('0' + n % 10);
      n /= 10;
    }
  }
  xs_text t = {day, sizeof day - 1};
  return begins_by(entry, t) && !ends_before(entry, t);
}

/* ---- entries of the pack ---- */

static bool fits(const xmlNode *entry, const char *element, xs_text id, xs_text contract_kind)
{
  if (!xs_xml_is(entry, element)) return false;
  if (!xs_text_equal(xs_xml_attr(entry, xs_entry_key(entry)), id)) return false;
  xs_text kinds = xs_xml_attr(entry, "for");
  return !kinds.ptr || (contract_kind.len && xs_word_in(kinds, contract_kind));
}

static const xmlNode *next_fitting(const xs_rules *rules, const char *element, xs_text id,
                                   xs_text contract_kind, const xmlNode *last)
{
  const xmlNode *e =
      last ? xs_xml_next(last, element) : xs_xml_child(xmlDocGetRootElement(rules->doc), element);
  while (e && !fits(e, element, id, contract_kind)) e = xs_xml_next(e, element);
  return e;
}

const xmlNode *xs_rules_find(const xs_rules *rules, const char *element, xs_text id,
                             xs_text contract_kind, xs_date on)
{
  const xmlNode *e = next_fitting(rules, element, id, contract_kind, NULL);
  while (e && !xs_rules_in_force(e, on)) e = next_fitting(rules, element, id, contract_kind, e);
  return e;
}

const xmlNode *xs_rules_limit_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                  xs_date on)
{
  return xs_rules_find(rules, "limit", id, contract_kind, on);
}

const xmlNode *xs_rules_figure_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                   xs_date on)
{
  return xs_rules_find(rules, "figure", id, contract_kind, on);
}

const xmlNode *xs_rules_materials_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                      xs_date on)
{
  return xs_rules_find(rules, "materials", id, contract_kind, on);
}

const xmlNode *xs_rules_limit_next(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                   const xmlNode *last)
{
  return next_fitting(rules, "limit", id, contract_kind, last);
}

static const xmlNode *find_general(const xs_rules *rules, const char *element, xs_text id)
{
  return xs_rules_find(rules, element, id, XS_NO_TEXT, (xs_date){0});
}

const xmlNode *xs_rules_limit(const xs_rules *rules, xs_text id)
{
  return find_general(rules, "limit", id);
}

const xmlNode *xs_rules_figure(const xs_rules *rules, xs_text id)
{
  return find_general(rules, "figure", id);
}

const xmlNode *xs_rules_requirement(const xs_rules *rules, xs_text id)
{
  return find_general(rules, "requirement", id);
}

const xmlNode *xs_rules_paper(const xs_rules *rules, xs_text id)
{
  return find_general(rules, "paper", id);
}

const xmlNode *xs_rules_law(const xs_rules *rules, xs_text id)
{
  const xmlNode *e = xs_xml_child(xmlDocGetRootElement(rules->laws), "law");
  while (e && !xs_text_equal(xs_xml_attr(e, "id"), id)) e = xs_xml_next(e, "law");
  return e;
}

/* ---- the kind of contract in question ---- */

static const xmlNode *find_contract(const xmlNode *root, xs_text id)
{
  const xmlNode *e = xs_xml_child(root, "contract");
  while (e && !xs_text_equal(xs_xml_attr(e, "id"), id)) e = xs_xml_next(e, "contract");
  return e;
}

/* What an element says of itself: a contract its kind, an offer what it asks for, a vote the
 * contract it is on. */
static xs_text kind_stated(const xmlNode *e, const xmlNode *root)
{
  if (xs_xml_is(e, "contract") || xs_xml_is(e, "offer")) return xs_xml_attr(e, "kind");
  xs_text id = xs_xml_attr(e, "contract");
  return id.len ? xs_xml_attr(find_contract(root, id), "kind") : XS_NO_TEXT;
}

static xs_text only_kind(const xmlNode *root)
{
  const xmlNode *e = xs_xml_child(root, "contract");
  xs_text kind = xs_xml_attr(e, "kind");
  for (; e; e = xs_xml_next(e, "contract"))
    if (!xs_text_equal(xs_xml_attr(e, "kind"), kind)) return XS_NO_TEXT;
  return kind;
}

static xs_text only_word(xs_text list)
{
  xs_text word, second;
  return xs_text_word(&list, &word) && !xs_text_word(&list, &second) ? word : XS_NO_TEXT;
}

xs_text xs_rules_kind_of(const xs_rules *rules, const xmlNode *node)
{
  const xmlNode *root = node && node->doc ? xmlDocGetRootElement(node->doc) : NULL;
  for (const xmlNode *e = node; e && e->type != XML_DOCUMENT_NODE && e != root; e = e->parent) {
    xs_text kind = e->type == XML_ELEMENT_NODE ? kind_stated(e, root) : XS_NO_TEXT;
    if (kind.len) return kind;
  }
  if (xs_xml_child(root, "contract")) return only_kind(root);
  return only_word(xs_xml_attr(xmlDocGetRootElement(rules->doc), "applies"));
}
