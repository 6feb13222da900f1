/*
 * Where everything stands.
 *
 * libxml2 knows the line of the end of a start tag and nothing of attributes and texts. But a
 * document that is well-formed and has no DOCTYPE is easy to take apart: every `<` begins a
 * comment, an instruction, CDATA, an end tag or a start tag, and every attribute is a name, `=` and
 * a quoted value. So the text is read a second time, hand in hand with the finished tree:
 *
 *   text   <meeting id="m1">  会议  <!-- x -->  <agreed/> </meeting>
 *          ^^^^^^^^^^^^^^^^^  ~~~~~~~~~~~~~~~  ^^^^^^^^^   ^^^^^^^^^
 *   tree   element            text             element    (leave)
 *             id: between its quotes
 *
 * Invariants:
 * 1. The cursor stands behind the markup of the last element that was entered or left.
 * 2. A text node reaches from there to the next start or end tag; comments, instructions and CDATA
 *    marks are parts of it, because the parser joins what stands around them.
 * 3. Start tags come in the order of the elements of the tree, attributes in the order of theirs;
 *    xmlns and xmlns:* are not attributes in the tree.
 */
#include "data/xml_places.h"

#include "base/diag.h"
#include "base/limits.h"
#include "data/xml.h"

#include <assert.h>
#include <string.h>

typedef struct cursor {
  xs_arena *arena;
  xs_text text;
  size_t off;
  uint32_t source;
  xs_span *spare; /* spans are allotted by the hundred */
  size_t spare_count;
} cursor;

static bool at(const cursor *c, const char *what)
{
  size_t len = strlen(what);
  return c->off <= c->text.len && c->text.len - c->off >= len &&
         memcmp(c->text.ptr + c->off, what, len) == 0;
}

static bool is_space(char ch)
{
  return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static void skip_space(cursor *c)
{
  while (c->off < c->text.len && is_space(c->text.ptr[c->off])) c->off++;
}

static void skip_to(cursor *c, char ch)
{
  if (c->off > c->text.len) c->off = c->text.len; /* behind what is not closed */
  const char *p = memchr(c->text.ptr + c->off, ch, c->text.len - c->off);
  c->off = p ? (size_t)(p - c->text.ptr) : c->text.len;
}

static void skip_behind(cursor *c, const char *what)
{
  size_t len = strlen(what);
  for (; c->off < c->text.len; c->off++) {
    skip_to(c, what[0]);
    if (at(c, what)) {
      c->off += len;
      return;
    }
  }
}

/* Skips a comment, an instruction or CDATA. False when the cursor stands before something else. */
static bool skip_aside(cursor *c)
{
  if (at(c, "<!--")) {
    c->off += 4;
    skip_behind(c, "-->");
  } else if (at(c, "<?")) {
    skip_behind(c, "?>");
  } else if (at(c, "<![CDATA[")) {
    skip_behind(c, "]]>");
  } else {
    return false;
  }
  return true;
}

/* Moves to the next start or end tag. */
static void skip_text(cursor *c)
{
  do {
    skip_to(c, '<');
  } while (c->off < c->text.len && skip_aside(c));
}

static bool set_place(cursor *c, void **place, size_t from, size_t to)
{
  enum { ALLOTMENT = 128 };
  if (!c->spare_count) {
    c->spare = XS_NEW_ARRAY(c->arena, ALLOTMENT, xs_span);
    if (!c->spare) return false;
    c->spare_count = ALLOTMENT;
  }
  xs_span *s = &c->spare[--c->spare_count];
  *s = (xs_span){c->source, (uint32_t)from, (uint32_t)(to - from)};
  *place = s;
  return true;
}

static xs_text take_name(cursor *c)
{
  size_t from = c->off;
  while (c->off < c->text.len && !is_space(c->text.ptr[c->off]) &&
         !strchr("=/>", c->text.ptr[c->off]))
    c->off++;
  return (xs_text){c->text.ptr + from, c->off - from};
}

static bool is_declaration(xs_text name)
{
  return name.len >= 5 && memcmp(name.ptr, "xmlns", 5) == 0 &&
         (name.len == 5 || name.ptr[5] == ':');
}

/* The cursor stands on the name of an attribute and moves behind its value. */
static bool place_attribute(cursor *c, xmlAttrPtr *next)
{
  xs_text name = take_name(c);
  skip_to(c, '=');
  c->off++;
  skip_space(c);
  if (c->off >= c->text.len) return true;
  char quote = c->text.ptr[c->off++];
  size_t from = c->off;
  skip_to(c, quote);
  size_t to = c->off++;
  if (is_declaration(name) || !*next) return true;

  xmlAttrPtr attr = *next;
  *next = attr->next;
  if (!set_place(c, &attr->_private, from, to)) return false;
  for (xmlNodePtr text = attr->children; text; text = text->next) text->_private = attr->_private;
  return true;
}

static bool place_element(cursor *c, xmlNodePtr element)
{
  skip_text(c);
  size_t from = c->off++;
  take_name(c);
  xmlAttrPtr next = element->properties;
  for (;;) {
    skip_space(c);
    if (c->off >= c->text.len || strchr("/>", c->text.ptr[c->off])) break;
    if (!place_attribute(c, &next)) return false;
  }
  assert(!next);
  skip_to(c, '>');
  c->off++;
  return set_place(c, &element->_private, from, c->off);
}

static bool place_text(cursor *c, xmlNodePtr text)
{
  size_t from = c->off;
  skip_text(c);
  size_t to = c->off;
  while (from < to && is_space(c->text.ptr[from])) from++;
  while (from < to && is_space(c->text.ptr[to - 1])) to--;
  return set_place(c, &text->_private, from, to);
}

/* The cursor stands behind the content of an element and moves behind its end tag. */
static void leave_element(cursor *c)
{
  skip_text(c);
  assert(at(c, "</"));
  skip_to(c, '>');
  c->off++;
}

static bool place_node(cursor *c, xmlNodePtr node)
{
  if (node->type == XML_ELEMENT_NODE) return place_element(c, node);
  if (node->type == XML_TEXT_NODE) return place_text(c, node);
  return true;
}

/* An empty-element tag, which has no end tag. */
static bool ends_empty(const cursor *c, const xmlNode *element)
{
  const xs_span *s = element->_private;
  return c->text.ptr[s->off + s->len - 2] == '/';
}

xs_status xs_xml_places_set(xs_arena *a, xmlDocPtr doc, xs_text text, uint32_t source)
{
  cursor c = {.arena = a, .text = text, .source = source};
  xmlNodePtr node = xmlDocGetRootElement(doc);
  while (node) {
    if (!place_node(&c, node)) return XS_ENOMEM;
    if (node->children && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      continue;
    }
    /* Leave every element whose last child this was, the node itself first. */
    for (; node; node = node->parent) {
      if (node->type == XML_ELEMENT_NODE && !ends_empty(&c, node)) leave_element(&c);
      if (node->next) break;
      if (node->parent && node->parent->type != XML_ELEMENT_NODE) return XS_OK;
    }
    node = node ? node->next : NULL;
  }
  return XS_OK;
}

/* The cursor stands behind the `<` of a tag and moves to its end; how many attributes it has. */
static size_t count_attributes(cursor *c)
{
  size_t count = 0;
  for (; c->off < c->text.len; c->off++) {
    char ch = c->text.ptr[c->off];
    if (ch == '>' || ch == '<') return count;
    if (ch == '=') count++;
    if (ch != '"' && ch != '\'') continue;
    c->off++;
    skip_to(c, ch);
  }
  return count;
}

xs_span xs_xml_crowded_tag(xs_text text, uint32_t source)
{
  cursor c = {.text = text};
  for (skip_text(&c); c.off < text.len; skip_text(&c)) {
    size_t from = c.off++;
    if (count_attributes(&c) > XS_MAX_XML_ATTRIBUTES) return (xs_span){source, (uint32_t)from, 1};
  }
  return XS_NOWHERE;
}

size_t xs_xml_doctype_off(xs_text text)
{
  cursor c = {.text = text};
  do {
    skip_to(&c, '<');
  } while (c.off < text.len && skip_aside(&c));
  return at(&c, "<!") ? c.off : 0;
}

/* ---- asking for places ---- */

xs_span xs_xml_any_span(const xmlNode *node)
{
  if (!node) return XS_NOWHERE;
  if (node->type != XML_ELEMENT_NODE && node->type != XML_ATTRIBUTE_NODE &&
      node->type != XML_TEXT_NODE)
    return XS_NOWHERE;
  const xs_span *s = node->_private;
  return s ? *s : XS_NOWHERE;
}

xs_span xs_xml_span(const xmlNode *node)
{
  return xs_xml_any_span(node);
}

xs_span xs_xml_attr_span(const xmlNode *element, const char *attribute)
{
  const xmlAttr *attr = xmlHasProp(element, BAD_CAST attribute);
  return xs_xml_any_span(attr ? (const xmlNode *)attr : element);
}

xs_span xs_xml_attr_name_span(const xs_diags *diags, const xmlAttr *attr)
{
  xs_span value = xs_xml_any_span((const xmlNode *)attr);
  xs_text text = xs_diags_source_bytes(diags, value.source);
  if (!value.source || value.off > text.len) return value;
  size_t to = value.off;
  while (to && text.ptr[to] != '=') to--;
  while (to && is_space(text.ptr[to - 1])) to--;
  size_t from = to;
  while (from && !is_space(text.ptr[from - 1])) from--;
  return (xs_span){value.source, (uint32_t)from, (uint32_t)(to - from)};
}

xs_span xs_xml_content_span(const xmlNode *element)
{
  const xmlNode *only = element ? element->children : NULL;
  bool text = only && !only->next && only->type == XML_TEXT_NODE;
  xs_span s = text ? xs_xml_any_span(only) : XS_NOWHERE;
  return s.len ? s : xs_xml_any_span(element);
}

static void copy_attribute_places(const xmlNode *from, xmlNode *to)
{
  xmlAttrPtr copy = to->properties;
  for (const xmlAttr *attr = from->properties; attr && copy; attr = attr->next, copy = copy->next) {
    copy->_private = attr->_private;
    if (copy->children) copy->children->_private = attr->_private;
  }
}

void xs_xml_copy_places(const xmlNode *from, xmlNode *to)
{
  to->_private = from->_private;
  if (from->type != XML_ELEMENT_NODE) return;
  copy_attribute_places(from, to);
  xmlNodePtr copy = to->children;
  for (const xmlNode *child = from->children; child && copy; child = child->next, copy = copy->next)
    xs_xml_copy_places(child, copy);
}
