/* Walking and reading a tree. */
#include "base/text.h"
#include "data/xml.h"
#include "data/xml_places.h"

#include <string.h>

static const xs_xml_info *info_of(const xmlDoc *doc)
{
  static const xs_xml_info none;
  return doc && doc->_private ? doc->_private : &none;
}

const char *xs_xml_digest(const xmlDoc *doc)
{
  return info_of(doc)->digest;
}

xs_text xs_xml_raw(const xmlDoc *doc)
{
  return info_of(doc)->raw;
}

void xs_xml_strip_namespace(xmlDocPtr doc)
{
  const xmlNode *root = xmlDocGetRootElement(doc);
  for (xmlNodePtr e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) e->ns = NULL;
}

xs_text xs_xml_attr(const xmlNode *element, const char *name)
{
  const xmlAttr *attr = element ? xmlHasProp(element, BAD_CAST name) : NULL;
  if (!attr) return XS_NO_TEXT;
  const xmlNode *text = attr->children;
  return text && text->content ? xs_text_of((const char *)text->content) : XS_LIT("");
}

bool xs_xml_attr_is(const xmlNode *element, const char *name, const char *value)
{
  xs_text t = xs_xml_attr(element, name);
  return t.ptr && xs_text_is(t, value);
}

bool xs_xml_is(const xmlNode *node, const char *element_name)
{
  return node && node->type == XML_ELEMENT_NODE &&
         strcmp((const char *)node->name, element_name) == 0;
}

static xmlNodePtr first_element(xmlNodePtr node, const char *name)
{
  for (; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE && (!name || xs_xml_is(node, name))) return node;
  return NULL;
}

xmlNodePtr xs_xml_child(const xmlNode *parent, const char *name)
{
  return parent ? first_element(parent->children, name) : NULL;
}

xmlNodePtr xs_xml_next(const xmlNode *node, const char *name)
{
  return node ? first_element(node->next, name) : NULL;
}

size_t xs_xml_count(const xmlNode *parent, const char *name)
{
  size_t count = 0;
  for (const xmlNode *n = xs_xml_child(parent, name); n; n = xs_xml_next(n, name)) count++;
  return count;
}

xmlNodePtr xs_xml_walk(const xmlNode *root, const xmlNode *node)
{
  if (!root) return NULL;
  if (!node) return (xmlNodePtr)(uintptr_t)root;
  xmlNodePtr next = xs_xml_child(node, NULL);
  while (!next && node != root) {
    next = xs_xml_next(node, NULL);
    node = node->parent;
  }
  return next;
}

/* The node after `node` in the order of the document, within `root`. */
static const xmlNode *next_node(const xmlNode *root, const xmlNode *node)
{
  if (node->type == XML_ELEMENT_NODE && node->children) return node->children;
  while (node != root && !node->next) node = node->parent;
  return node == root ? NULL : node->next;
}

xs_text xs_xml_content(xs_arena *a, const xmlNode *node)
{
  if (!node) return XS_NO_TEXT;
  size_t len = 0, count = 0;
  const xmlNode *only = NULL;
  for (const xmlNode *n = node; n; n = next_node(node, n))
    if (n->type == XML_TEXT_NODE && n->content) {
      len += strlen((const char *)n->content);
      count++;
      only = n;
    }
  if (!count) return XS_LIT("");
  if (count == 1) return xs_text_trim(xs_text_of((const char *)only->content));

  char *joined = xs_arena_alloc(a, len + 1);
  if (!joined) return XS_LIT("");
  size_t at = 0;
  for (const xmlNode *n = node; n; n = next_node(node, n))
    if (n->type == XML_TEXT_NODE && n->content) {
      size_t part_len = strlen((const char *)n->content);
      memcpy(joined + at, n->content, part_len);
      at += part_len;
    }
  return xs_text_trim((xs_text){joined, len});
}

xs_text xs_xml_child_content(xs_arena *a, const xmlNode *parent, const char *name)
{
  const xmlNode *child = xs_xml_child(parent, name);
  return child ? xs_xml_content(a, child) : XS_NO_TEXT;
}
