/*
 * A merged pack as bytes: one XML with the laws and the entries, written here and not by libxml2,
 * so that it is the same with every version of it. A case keeps them, and answers from them when
 * the pack has long changed.
 */
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/rules_entry.h"

#include <string.h>

/* ---- writing ---- */

static void write_text(xs_buf *b, xs_text t)
{
  for (size_t i = 0; i < t.len; i++) {
    static const struct {
      char c;
      const char *as;
    } escapes[] = {{'&', "&amp;"},  {'<', "&lt;"},  {'>', "&gt;"},  {'"', "&quot;"},
                   {'\n', "&#10;"}, {'\t', "&#9;"}, {'\r', "&#13;"}};
    const char *as = NULL;
    for (size_t e = 0; e < XS_COUNT(escapes); e++)
      if (t.ptr[i] == escapes[e].c) as = escapes[e].as;
    if (as)
      xs_buf_str(b, as);
    else
      xs_buf_add(b, t.ptr + i, 1);
  }
}

static void write_attributes(xs_buf *b, const xmlNode *e)
{
  for (const xmlAttr *attr = e->properties; attr; attr = attr->next) {
    xs_buf_printf(b, " %s=\"", (const char *)attr->name);
    for (const xmlNode *t = attr->children; t; t = t->next)
      write_text(b, xs_text_of((const char *)t->content));
    xs_buf_str(b, "\"");
  }
}

static void write_start(xs_buf *b, const xmlNode *e, int depth)
{
  xs_buf_printf(b, "%*s<%s", depth, "", (const char *)e->name);
  write_attributes(b, e);
}

/* An entry, with the elements in it if there are any, else with its text. */
static void write_entry(xs_buf *b, const xmlNode *e, xs_arena *a, int depth)
{
  write_start(b, e, depth);
  const xmlNode *child = xs_xml_child(e, NULL);
  xs_text text = child ? XS_LIT("") : xs_xml_content(a, e);
  if (!child && !text.len) {
    xs_buf_str(b, "/>\n");
    return;
  }
  xs_buf_str(b, child ? ">\n" : ">");
  for (const xmlNode *c = child; c; c = xs_xml_next(c, NULL)) {
    write_start(b, c, depth + 1);
    xs_buf_str(b, ">");
    write_text(b, xs_xml_content(a, c));
    xs_buf_printf(b, "</%s>\n", (const char *)c->name);
  }
  write_text(b, text);
  xs_buf_printf(b, "%*s</%s>\n", child ? depth : 0, "", (const char *)e->name);
}

static void write_tree(xs_buf *b, const xmlNode *root, xs_arena *a)
{
  write_start(b, root, 0);
  xs_buf_str(b, ">\n");
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL))
    write_entry(b, e, a, 1);
  xs_buf_printf(b, "</%s>\n", (const char *)root->name);
}

xs_status xs_rules_bytes(const xs_rules *rules, xs_buf *out)
{
  xs_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<pack xmlns=\"urn:xieshang:rules:1\">\n");
  write_tree(out, xmlDocGetRootElement(rules->laws), rules->arena);
  write_tree(out, xmlDocGetRootElement(rules->doc), rules->arena);
  return xs_buf_str(out, "</pack>\n");
}

/* ---- the digest ---- */

xs_status xs_rules_digest_make(xs_rules *rules)
{
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(rules->arena), XS_MAX_XML_BYTES);
  xs_status st = xs_rules_bytes(rules, &b);
  if (!st) st = xs_digest_hex(b.ptr, b.len, rules->digest);
  xs_buf_free(&b);
  return st;
}

const char *xs_rules_digest(const xs_rules *rules)
{
  return rules->digest;
}

/* ---- reading ---- */

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

/* A tree of its own from a part of the bytes. */
static xs_status take_tree(xs_rules *rules, const xmlNode *from, xmlDocPtr *out)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  if (!doc || !xs_arena_defer(rules->arena, free_doc, doc)) return XS_ENOMEM;
  xmlNodePtr root = xmlDocCopyNode((xmlNodePtr)(uintptr_t)from, doc, 1);
  if (!root) return XS_ENOMEM;
  xs_xml_copy_places(from, root);
  xmlDocSetRootElement(doc, root);
  *out = doc;
  return XS_OK;
}

static xs_status read_trees(xs_rules *rules, xs_text bytes, xs_diags *diags)
{
  xmlDocPtr doc = NULL;
  xs_status st = xs_xml_parse(rules->arena, XS_LIT("rules"), bytes, diags, &doc);
  if (st) return st;
  xs_xml_strip_namespace(doc);
  const xmlNode *root = xmlDocGetRootElement(doc);
  const xmlNode *laws = xs_xml_child(root, "laws"), *pack = xs_xml_child(root, "rules");
  if (!xs_xml_is(root, "pack") || !laws || !pack) {
    xs_diag(diags, XS_D_RULES_BYTES, xs_xml_span(root),
            _("what was kept as a rule pack is none; take it from a backup"));
    return XS_EINPUT;
  }
  st = take_tree(rules, laws, &rules->laws);
  if (!st) st = take_tree(rules, pack, &rules->doc);
  if (!st) rules->id = xs_xml_attr(xmlDocGetRootElement(rules->doc), "id");
  return st ? st : xs_rules_digest_make(rules);
}

xs_status xs_rules_of_bytes(const xs_host *host, xs_text bytes, xs_diags *diags, xs_rules **out)
{
  xs_arena *a = xs_arena_new(host);
  xs_rules *rules = a ? XS_NEW(a, xs_rules) : NULL;
  if (!rules) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  rules->arena = a;
  xs_status st = read_trees(rules, bytes, diags);
  if (st)
    xs_rules_free(rules);
  else
    *out = rules;
  return st;
}
