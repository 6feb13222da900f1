/*
 * Laying packs over one another. The layers are gone through from the top down, and each entry goes
 * to the end of the merged tree unless one from a layer above covers it: the same element and id,
 * for all its kinds of contract, and for all of its time. One that is covered from some day on ends
 * the day before. So the order of the tree is the order of
 * precedence, and the first entry that fits is the one that holds.
 *
 *   site      filing  for=wage 2026-01-01…            3 工作日
 *   henan     filing  for=wage 2014-01-01… 2025-12-31 5 工作日  ended by the site
 *   national  filing  for=wage           … 2013-12-31 7 日     ended by henan
 *   national  filing           2004-05-01…            10 日    stays, for all other kinds
 */
#include "base/text.h"
#include "data/rules_entry.h"

#include <string.h>

typedef struct merging {
  xs_rules *rules;
  const xmlDocPtr *layers; /* the one on top first */
  size_t count;
  xs_diags *diags;
} merging;

/* ---- when, and for what ---- */

static const xmlNode *find_law(const xmlDoc *laws, xs_text source)
{
  const xmlNode *root = laws ? xmlDocGetRootElement((xmlDocPtr)(uintptr_t)laws) : NULL;
  const char *colon = source.len ? memchr(source.ptr, ':', source.len) : NULL;
  if (colon) source.len = (size_t)(colon - source.ptr);
  const xmlNode *e = xs_xml_child(root, "law");
  while (e && !xs_text_equal(xs_xml_attr(e, "id"), source)) e = xs_xml_next(e, "law");
  return e;
}

/* The attribute @from or @to of an entry, or the one of its law that stands for it. */
static const xmlAttr *bound(const xmlDoc *laws, const xmlNode *entry, const char *name)
{
  const xmlAttr *own = xmlHasProp(entry, BAD_CAST name);
  if (own) return own;
  const xmlNode *law = find_law(laws, xs_xml_attr(entry, "source"));
  return law ? xmlHasProp(law, BAD_CAST(strcmp(name, "from") == 0 ? "in-force" : "to")) : NULL;
}

static xs_text text_of(const xmlAttr *attr)
{
  const xmlNode *t = attr ? attr->children : NULL;
  return t && t->content ? xs_text_of((const char *)t->content) : XS_NO_TEXT;
}

static bool ends_before_begin(xs_text to, xs_text from)
{
  return to.len && from.len && xs_text_compare(to, from) < 0;
}

static bool overlap_in_time(const xmlDoc *laws, const xmlNode *a, const xmlNode *b)
{
  return !ends_before_begin(text_of(bound(laws, a, "to")), text_of(bound(laws, b, "from"))) &&
         !ends_before_begin(text_of(bound(laws, b, "to")), text_of(bound(laws, a, "from")));
}

static bool overlap_in_kind(const xmlNode *a, const xmlNode *b)
{
  xs_text of_a = xs_xml_attr(a, "for"), of_b = xs_xml_attr(b, "for");
  if (!of_a.ptr || !of_b.ptr) return !of_a.ptr && !of_b.ptr;
  for (xs_text w; xs_text_word(&of_a, &w);)
    if (xs_word_in(of_b, w)) return true;
  return false;
}

static bool is_same(const xmlNode *a, const xmlNode *b)
{
  const char *key = xs_entry_key(b);
  xs_text id = xs_xml_attr(b, key);
  return id.ptr && xs_xml_is(a, (const char *)b->name) && xs_text_equal(xs_xml_attr(a, key), id);
}

static bool covers_time(const xmlNode *above, const xmlNode *below)
{
  xs_text from = xs_xml_attr(above, "from"), to = xs_xml_attr(above, "to");
  xs_text begins = xs_xml_attr(below, "from"), ends = xs_xml_attr(below, "to");
  return (!from.len || (begins.len && xs_text_compare(from, begins) <= 0)) &&
         (!to.len || (ends.len && xs_text_compare(ends, to) <= 0));
}

static bool covers_kinds(const xmlNode *above, const xmlNode *below)
{
  xs_text kinds = xs_xml_attr(above, "for"), rest = xs_xml_attr(below, "for");
  if (!kinds.ptr) return true;
  if (!rest.ptr) return false;
  for (xs_text w; xs_text_word(&rest, &w);)
    if (!xs_word_in(kinds, w)) return false;
  return true;
}

static bool is_covered(const xmlNode *root, const xmlNode *entry)
{
  xs_text pack = xs_xml_attr(entry, "pack");
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL))
    if (is_same(e, entry) && !xs_text_equal(xs_xml_attr(e, "pack"), pack) &&
        covers_kinds(e, entry) && covers_time(e, entry))
      return true;
  return false;
}

/* The day before one that is written YYYY-MM-DD; empty when that is none. */
static xs_text day_before(xs_arena *a, xs_text day)
{
  xs_date d;
  if (!xs_date_parse(day, &d) || !xs_date_of_days(xs_date_days(d) - 1, &d)) return XS_LIT("");
  return xs_arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* The entry above whose beginning ends this one, if there is one: it covers it from then on. */
static const xmlNode *find_end(const xmlNode *root, const xmlNode *entry)
{
  const xmlNode *end = NULL;
  xs_text pack = xs_xml_attr(entry, "pack"), to = xs_xml_attr(entry, "to");
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
    xs_text from = xs_xml_attr(e, "from"), last = xs_xml_attr(e, "to");
    if (!from.len || !is_same(e, entry) || !covers_kinds(e, entry) ||
        xs_text_equal(xs_xml_attr(e, "pack"), pack))
      continue;
    if (last.len && (!to.len || xs_text_compare(last, to) < 0)) continue;
    if (to.len && xs_text_compare(from, to) > 0) continue;
    if (!end || xs_text_compare(from, xs_xml_attr(end, "from")) < 0) end = e;
  }
  return end;
}

/* ---- what is stated twice ---- */

static xs_status check_twice(const xmlDoc *laws, const xmlNode *entry, xs_diags *diags)
{
  const xmlNode *first = xs_xml_child(entry->parent, (const char *)entry->name);
  while (first != entry && !(is_same(first, entry) && overlap_in_kind(first, entry) &&
                             overlap_in_time(laws, first, entry)))
    first = xs_xml_next(first, (const char *)entry->name);
  if (first == entry) return XS_OK;
  xs_diag(diags, XS_D_RULES_TWICE, xs_xml_span(entry),
          _("<%s> “%.*s” is stated twice; tell them apart by for, or by from and to"),
          (const char *)entry->name, XS_TEXT(xs_xml_attr(entry, xs_entry_key(entry))));
  xs_diag_note(diags, xs_xml_span(first), _("the other one is here"));
  return XS_EINPUT;
}

static xs_status check_layer(const xmlDoc *laws, const xmlNode *root, xs_diags *diags)
{
  xs_status st = XS_OK;
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL))
    if (check_twice(laws, e, diags)) st = XS_EINPUT;
  return st;
}

xs_status xs_rules_check_twice(const xmlNode *root, xs_diags *diags)
{
  return check_layer(NULL, root, diags);
}

/* ---- copies ---- */

static xs_status set_attribute(xmlNodePtr e, const char *name, xs_text value, void *place)
{
  char *text = (char *)xmlStrndup(BAD_CAST value.ptr, (int)value.len);
  xmlAttrPtr attr = text ? xmlSetProp(e, BAD_CAST name, BAD_CAST text) : NULL;
  xmlFree(text);
  if (!attr) return XS_ENOMEM;
  attr->_private = place;
  return XS_OK;
}

/* What the entry leaves to the one below it: from its own layer downwards. */
static const xmlAttr *find_below(const merging *m, size_t layer, const xmlNode *entry,
                                 const char *name)
{
  for (; layer < m->count; layer++) {
    const xmlNode *root = xmlDocGetRootElement(m->layers[layer]);
    for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
      const xmlAttr *attr = is_same(e, entry) ? xmlHasProp(e, BAD_CAST name) : NULL;
      if (attr) return attr;
    }
  }
  return NULL;
}

static xs_status complete(const merging *m, size_t layer, xmlNodePtr copy)
{
  static const char *const bounds[] = {"from", "to"}, *const left[] = {"name", "step"};
  const xmlNode *root = xmlDocGetRootElement(m->layers[layer]);
  xs_status st = set_attribute(copy, "pack", xs_xml_attr(root, "id"), copy->_private);
  for (size_t i = 0; i < XS_COUNT(bounds) && !st; i++) {
    const xmlAttr *attr = bound(m->rules->laws, copy, bounds[i]);
    if (attr && attr->parent != copy)
      st = set_attribute(copy, bounds[i], text_of(attr), attr->_private);
  }
  for (size_t i = 0; i < XS_COUNT(left) && !st; i++) {
    if (xmlHasProp(copy, BAD_CAST left[i])) continue;
    const xmlAttr *attr = find_below(m, layer, copy, left[i]);
    if (attr) st = set_attribute(copy, left[i], text_of(attr), attr->_private);
  }
  return st;
}

/* What an entry above takes over from some day on, the one below it ends the day before. */
static xs_status end_entry(const merging *m, const xmlNode *root, xmlNodePtr copy)
{
  const xmlNode *above = find_end(root, copy);
  if (!above) return XS_OK;
  const xmlAttr *from = xmlHasProp(above, BAD_CAST "from");
  xs_text last = day_before(m->rules->arena, text_of(from));
  if (!last.ptr) return XS_ENOMEM;
  return last.len ? set_attribute(copy, "to", last, from->_private) : XS_OK;
}

static xs_status lay_entry(const merging *m, size_t layer, const xmlNode *entry)
{
  xmlNodePtr root = xmlDocGetRootElement(m->rules->doc);
  xmlNodePtr copy = xmlDocCopyNode((xmlNodePtr)(uintptr_t)entry, m->rules->doc, 1);
  if (!copy) return XS_ENOMEM;
  xs_xml_copy_places(entry, copy);
  xs_status st = complete(m, layer, copy);
  bool covered = !st && is_covered(root, copy);
  if (!st && !covered) st = end_entry(m, root, copy);
  if (!st && !covered && xmlAddChild(root, copy)) return XS_OK;
  xmlFreeNode(copy);
  return st;
}

static xs_status lay_layer(const merging *m, size_t layer)
{
  const xmlNode *root = xmlDocGetRootElement(m->layers[layer]);
  xs_status bad = check_layer(m->rules->laws, root, m->diags), st = XS_OK;
  for (int named = 1; named >= 0; named--)
    for (const xmlNode *e = xs_xml_child(root, NULL); e && !st; e = xs_xml_next(e, NULL)) {
      bool is_named = xmlHasProp(e, BAD_CAST "for") != NULL;
      if (is_named == (bool)named && !xs_xml_is(e, "law")) st = lay_entry(m, layer, e);
    }
  return st ? st : bad;
}

/* ---- the two trees ---- */

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

static xs_status new_tree(xs_arena *a, const char *name, xmlDocPtr *out)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  if (!doc || !xs_arena_defer(a, free_doc, doc)) return XS_ENOMEM;
  xmlNodePtr root = xmlNewDocNode(doc, NULL, BAD_CAST name, NULL);
  if (!root) return XS_ENOMEM;
  xmlDocSetRootElement(doc, root);
  *out = doc;
  return XS_OK;
}

static xs_status lay_attributes(xmlNodePtr root, const xmlNode *pack)
{
  xs_status st = XS_OK;
  for (const xmlAttr *attr = pack->properties; attr && !st; attr = attr->next)
    st = set_attribute(root, (const char *)attr->name,
                       text_of(attr).ptr ? text_of(attr) : XS_LIT(""), attr->_private);
  root->_private = pack->_private;
  return st;
}

static xs_status lay_laws(const xmlNode *from, xmlDocPtr to)
{
  xmlNodePtr root = xmlDocGetRootElement(to);
  for (const xmlNode *e = xs_xml_child(from, "law"); e; e = xs_xml_next(e, "law")) {
    const xmlNode *above = find_law(to, xs_xml_attr(e, "id"));
    xmlNodePtr copy = above ? NULL : xmlDocCopyNode((xmlNodePtr)(uintptr_t)e, to, 1);
    if (above) continue;
    if (!copy || !xmlAddChild(root, copy)) {
      xmlFreeNode(copy);
      return XS_ENOMEM;
    }
    xs_xml_copy_places(e, copy);
  }
  return XS_OK;
}

/* The laws that packs add, the topmost first, and then those of laws.xml. */
static xs_status lay_all_laws(const merging *m, xmlDocPtr laws)
{
  const xmlNode *base = xmlDocGetRootElement(laws);
  xs_status st = new_tree(m->rules->arena, "laws", &m->rules->laws);
  if (!st) st = lay_attributes(xmlDocGetRootElement(m->rules->laws), base);
  xs_status bad = check_layer(NULL, base, m->diags);
  for (size_t i = 0; i < m->count && !st; i++)
    st = lay_laws(xmlDocGetRootElement(m->layers[i]), m->rules->laws);
  if (!st) st = lay_laws(base, m->rules->laws);
  return st ? st : bad;
}

/* Which files of a site lie over the pack, the topmost first. */
static xs_status name_site(const merging *m, size_t pack, xmlNodePtr root)
{
  xs_text site = XS_LIT("");
  for (size_t i = 0; i < pack; i++) {
    const xmlNode *layer = xmlDocGetRootElement(m->layers[i]);
    site = xs_arena_printf(m->rules->arena, "%.*s%s%.*s", XS_TEXT(site), i ? " " : "",
                           XS_TEXT(xs_xml_attr(layer, "id")));
    if (!site.ptr) return XS_ENOMEM;
  }
  return pack ? set_attribute(root, "site", site, NULL) : XS_OK;
}

xs_status xs_rules_merge(xs_rules *rules, const xmlDocPtr *layers, size_t count, size_t pack,
                         xmlDocPtr laws, xs_diags *diags)
{
  const merging m = {.rules = rules, .layers = layers, .count = count, .diags = diags};
  xs_status bad = lay_all_laws(&m, laws);
  if (bad == XS_ENOMEM) return bad;
  xs_status st = new_tree(rules->arena, "rules", &rules->doc);
  if (st) return st;
  xmlNodePtr root = xmlDocGetRootElement(rules->doc);
  rules->doc->_private = layers[pack]->_private;
  st = lay_attributes(root, xmlDocGetRootElement(layers[pack]));
  if (!st) st = name_site(&m, pack, root);
  for (size_t i = 0; i < count && !st; i++) {
    st = lay_layer(&m, i);
    if (st == XS_EINPUT) {
      bad = st;
      st = XS_OK;
    }
  }
  rules->id = xs_xml_attr(root, "id");
  return st ? st : bad;
}
