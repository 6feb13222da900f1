/*
 * Rule packs. A pack and its bases are loaded one by one, from the pack down to the one without a
 * base, and then laid over one another from the bottom up: an entry takes the place of the entry
 * of the same kind and id, a new one goes to the end.
 */
#include "data/rules.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

enum { MAX_BASES = 16 };

/* The file of the folder that is no pack. */
#define LAWS "laws"

typedef struct loading {
  xs_rules *rules;
  const xs_host *host;
  const xs_schema *schema;
  xs_text dir;
  xs_diags *diags;
  xmlDocPtr packs[MAX_BASES]; /* the pack first, its bases behind it */
  size_t pack_count;
} loading;

/* ---- finding packs ---- */

typedef struct nearest {
  xs_arena *arena;
  xs_text wanted;
  unsigned best;
  xs_text name;
} nearest;

static int consider(void *arg, const char *file)
{
  nearest *n = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml")) return 0;
  name.len -= strlen(".xml");
  if (xs_text_is(name, LAWS)) return 0;
  unsigned distance = xs_text_distance(n->wanted, name, n->best);
  if (distance < n->best) {
    n->best = distance;
    n->name = xs_arena_text(n->arena, name);
  }
  return 0;
}

static bool is_plain_name(xs_text id)
{
  for (size_t i = 0; i < id.len; i++) {
    char c = id.ptr[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!plain) return false;
  }
  return id.len > 0;
}

static bool exists(const loading *l, xs_text path)
{
  const void *ptr;
  size_t len;
  if (l->host->map(l->host->user, path.ptr, XS_MAX_XML_BYTES, &ptr, &len)) return false;
  l->host->unmap(l->host->user, ptr, len);
  return true;
}

static xs_status say_unknown(const loading *l, xs_text id, xs_span at)
{
  nearest n = {.arena = l->rules->arena, .wanted = id, .best = 4};
  xs_text dir = xs_arena_text(l->rules->arena, l->dir);
  if (!dir.ptr) return XS_ENOMEM;
  l->host->list(l->host->user, dir.ptr, consider, &n);
  xs_diag(l->diags, XS_D_RULES_UNKNOWN, at, _("there is no rule pack “%.*s” in %.*s"), XS_TEXT(id),
          XS_TEXT(l->dir));
  if (n.name.len) xs_diag_note(l->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(n.name));
  return XS_EINPUT;
}

static xs_status load_checked(loading *l, xs_text path, xmlDocPtr *out)
{
  xs_status st = xs_xml_load(l->rules->arena, path, l->diags, out);
  if (!st) st = xs_schema_check(l->schema, *out, l->diags);
  if (!st) xs_xml_strip_namespace(*out);
  return st;
}

static xs_status load_pack(loading *l, xs_text id, xs_span at)
{
  xs_text path = xs_arena_printf(l->rules->arena, "%.*s/%.*s.xml", XS_TEXT(l->dir), XS_TEXT(id));
  if (!path.ptr) return XS_ENOMEM;
  if (!is_plain_name(id) || xs_text_is(id, LAWS) || !exists(l, path)) return say_unknown(l, id, at);
  xmlDocPtr doc = NULL;
  xs_status st = load_checked(l, path, &doc);
  if (st) return st;
  l->packs[l->pack_count++] = doc;
  const xmlNode *root = xmlDocGetRootElement(doc);
  if (xs_text_equal(xs_xml_attr(root, "id"), id)) return XS_OK;
  xs_diag(l->diags, XS_D_RULES_ID, xs_xml_attr_span(root, "id"),
          _("the id of a rule pack is the name of its file, “%.*s”"), XS_TEXT(id));
  return XS_EINPUT;
}

/* Has a pack of this id been loaded already? */
static const xmlNode *find_loaded(const loading *l, xs_text id)
{
  for (size_t i = 0; i < l->pack_count; i++) {
    const xmlNode *root = xmlDocGetRootElement(l->packs[i]);
    if (xs_text_equal(xs_xml_attr(root, "id"), id)) return root;
  }
  return NULL;
}

static xs_status load_packs(loading *l, xs_text id)
{
  xs_span at = XS_NOWHERE;
  while (id.len) {
    const xmlNode *before = find_loaded(l, id);
    if (before || l->pack_count == MAX_BASES) {
      xs_diag(l->diags, XS_D_RULES_CIRCLE, at, _("the rule pack “%.*s” is based on itself"),
              XS_TEXT(id));
      xs_diag_note(l->diags, xs_xml_any_span(before), _("it was begun here"));
      return XS_EINPUT;
    }
    xs_status st = load_pack(l, id, at);
    if (st) return st;
    const xmlNode *root = xmlDocGetRootElement(l->packs[l->pack_count - 1]);
    id = xs_xml_attr(root, "base");
    at = xs_xml_attr_span(root, "base");
  }
  return XS_OK;
}

/* ---- laying packs over one another ---- */

static const char *key_of(const xmlNode *entry)
{
  return xs_xml_is(entry, "basis") ? "paper" : "id";
}

static xmlNodePtr find_entry(const xmlNode *root, const char *kind, xs_text id)
{
  for (xmlNodePtr e = xs_xml_child(root, kind); e; e = xs_xml_next(e, kind))
    if (xs_text_equal(xs_xml_attr(e, key_of(e)), id)) return e;
  return NULL;
}

static xs_status check_once(const loading *l, const xmlNode *entry)
{
  xs_text id = xs_xml_attr(entry, key_of(entry));
  const xmlNode *first = id.ptr ? find_entry(entry->parent, (const char *)entry->name, id) : NULL;
  if (!first || first == entry) return XS_OK;
  xs_diag(l->diags, XS_D_RULES_TWICE, xs_xml_span(entry), _("<%s> “%.*s” is stated twice"),
          (const char *)entry->name, XS_TEXT(id));
  xs_diag_note(l->diags, xs_xml_span(first), _("the other one is here"));
  return XS_EINPUT;
}

static xs_status lay_entry(xmlDocPtr merged, const xmlNode *entry)
{
  xmlNodePtr root = xmlDocGetRootElement(merged);
  xmlNodePtr copy = xmlDocCopyNode((xmlNodePtr)(uintptr_t)entry, merged, 1);
  if (!copy) return XS_ENOMEM;
  xs_xml_copy_places(entry, copy);
  xs_text id = xs_xml_attr(entry, key_of(entry));
  xmlNodePtr under = id.ptr ? find_entry(root, (const char *)entry->name, id) : NULL;
  if (under) {
    xmlReplaceNode(under, copy);
    xmlFreeNode(under);
  } else {
    xmlAddChild(root, copy);
  }
  return XS_OK;
}

static xs_status lay_attributes(xmlNodePtr root, const xmlNode *pack)
{
  for (const xmlAttr *attr = pack->properties; attr; attr = attr->next) {
    const xmlNode *text = attr->children;
    xmlAttrPtr copy = xmlSetProp(root, attr->name, text ? text->content : BAD_CAST "");
    if (!copy) return XS_ENOMEM;
    copy->_private = attr->_private;
  }
  root->_private = pack->_private;
  return XS_OK;
}

static xs_status lay_pack(const loading *l, xmlDocPtr pack)
{
  xmlNodePtr merged_root = xmlDocGetRootElement(l->rules->doc);
  const xmlNode *root = xmlDocGetRootElement(pack);
  xs_status st = lay_attributes(merged_root, root);
  xs_status bad = XS_OK;
  for (const xmlNode *e = xs_xml_child(root, NULL); e && !st; e = xs_xml_next(e, NULL)) {
    if (check_once(l, e)) bad = XS_EINPUT;
    st = lay_entry(l->rules->doc, e);
  }
  return st ? st : bad;
}

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

static xs_status lay_packs(loading *l)
{
  xmlDocPtr merged = xmlNewDoc(BAD_CAST "1.0");
  if (!merged || !xs_arena_defer(l->rules->arena, free_doc, merged)) return XS_ENOMEM;
  l->rules->doc = merged;
  xmlNodePtr root = xmlNewDocNode(merged, NULL, BAD_CAST "rules", NULL);
  if (!root) return XS_ENOMEM;
  xmlDocSetRootElement(merged, root);
  merged->_private = l->packs[0]->_private;

  xs_status st = XS_OK;
  for (size_t i = l->pack_count; i-- > 0;) {
    xs_status one = lay_pack(l, l->packs[i]);
    if (one == XS_ENOMEM) return one;
    if (one) st = one;
  }
  l->rules->id = xs_xml_attr(root, "id");
  return st;
}

/* ---- checking that the laws exist ---- */

static xs_status check_law(const loading *l, const xmlNode *e, const char *attribute,
                           xs_text source)
{
  const char *colon = source.len ? memchr(source.ptr, ':', source.len) : NULL;
  xs_text law = colon ? (xs_text){source.ptr, (size_t)(colon - source.ptr)} : source;
  if (!law.len || xs_rules_law(l->rules, law)) return XS_OK;
  xs_diag(l->diags, XS_D_RULES_LAW, xs_xml_attr_span(e, attribute), _("laws.xml has no law “%.*s”"),
          XS_TEXT(law));
  return XS_EINPUT;
}

static xs_status check_law_list(const loading *l, const xmlNode *e, xs_text laws)
{
  xs_status st = XS_OK;
  for (size_t from = 0; from < laws.len;) {
    size_t to = from;
    while (to < laws.len && laws.ptr[to] != ' ' && laws.ptr[to] != '\n') to++;
    if (check_law(l, e, "laws", (xs_text){laws.ptr + from, to - from})) st = XS_EINPUT;
    from = to + 1;
  }
  return st;
}

static xs_status check_laws(const loading *l)
{
  xs_status st = XS_OK;
  const xmlNode *root = xmlDocGetRootElement(l->rules->doc);
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
    if (check_law(l, e, "source", xs_xml_attr(e, "source"))) st = XS_EINPUT;
    if (check_law_list(l, e, xs_xml_attr(e, "laws"))) st = XS_EINPUT;
  }
  return st;
}

/* ---- the whole ---- */

static xs_text laws_path(const loading *l)
{
  return xs_arena_printf(l->rules->arena, "%.*s/" LAWS ".xml", XS_TEXT(l->dir));
}

static xs_status load(loading *l, xs_text id)
{
  xs_text laws = laws_path(l);
  if (!laws.ptr) return XS_ENOMEM;
  xs_status st = load_checked(l, laws, &l->rules->laws);
  if (!st) st = load_packs(l, id);
  if (!st) st = lay_packs(l);
  if (!st) st = check_laws(l);
  return st;
}

static xs_rules *new_rules(const xs_host *host)
{
  xs_arena *a = xs_arena_new(host);
  xs_rules *rules = a ? XS_NEW(a, xs_rules) : NULL;
  if (!rules) {
    xs_arena_free(a);
    return NULL;
  }
  rules->arena = a;
  return rules;
}

xs_status xs_rules_load(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                        xs_diags *diags, xs_rules **out)
{
  xs_rules *rules = new_rules(host);
  if (!rules) return XS_ENOMEM;
  loading l = {.rules = rules, .host = host, .schema = schema, .dir = dir, .diags = diags};
  xs_status st = load(&l, id);
  if (st)
    xs_rules_free(rules);
  else
    *out = rules;
  return st;
}

/* ---- the check of one file ---- */

static xs_status check_form(loading *l, xs_text path)
{
  xmlDocPtr doc = NULL;
  xs_status st = load_checked(l, path, &doc);
  if (st) return st;
  const xmlNode *root = xmlDocGetRootElement(doc);
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL))
    if (check_once(l, e)) st = XS_EINPUT;
  return st;
}

static xs_status check_file(loading *l, xs_text path)
{
  size_t slash = path.len;
  while (slash && path.ptr[slash - 1] != '/') slash--;
  xs_text id = {path.ptr + slash, path.len - slash};
  if (xs_text_ends(id, ".xml")) id.len -= strlen(".xml");
  l->dir = slash ? (xs_text){path.ptr, slash - 1} : XS_LIT(".");
  xs_text laws = laws_path(l);
  if (!laws.ptr) return XS_ENOMEM;
  bool whole = is_plain_name(id) && !xs_text_is(id, LAWS) && exists(l, laws);
  return whole ? load(l, id) : check_form(l, path);
}

xs_status xs_rules_check(const xs_host *host, const xs_schema *schema, xs_text path,
                         xs_diags *diags)
{
  xs_rules *rules = new_rules(host);
  if (!rules) return XS_ENOMEM;
  loading l = {.rules = rules, .host = host, .schema = schema, .diags = diags};
  xs_status st = check_file(&l, path);
  xs_rules_free(rules);
  return st;
}

void xs_rules_free(xs_rules *rules)
{
  if (rules) xs_arena_free(rules->arena);
}

const xmlNode *xs_rules_limit(const xs_rules *rules, xs_text id)
{
  return find_entry(xmlDocGetRootElement(rules->doc), "limit", id);
}

const xmlNode *xs_rules_figure(const xs_rules *rules, xs_text id)
{
  return find_entry(xmlDocGetRootElement(rules->doc), "figure", id);
}

const xmlNode *xs_rules_requirement(const xs_rules *rules, xs_text id)
{
  return find_entry(xmlDocGetRootElement(rules->doc), "requirement", id);
}

const xmlNode *xs_rules_paper(const xs_rules *rules, xs_text id)
{
  return find_entry(xmlDocGetRootElement(rules->doc), "paper", id);
}

const xmlNode *xs_rules_law(const xs_rules *rules, xs_text id)
{
  return find_entry(xmlDocGetRootElement(rules->laws), "law", id);
}
