/*
 * XML with exact places: a libxml2 tree, over which XPath works, in which every element,
 * attribute and text knows where it stands in the source.
 *
 * Bytes are decoded to UTF-8 by ICU first (UTF-8, GB18030/GBK, UTF-16 as declared), then parsed
 * with the declared encoding ignored. DOCTYPE is refused, nothing external is ever read, and the
 * budgets of base/limits.h hold. Comments and processing instructions are not kept; CDATA is
 * text; the text between two tags is one node, in NFC.
 */
#ifndef XS_DATA_XML_H
#define XS_DATA_XML_H

#include "base/arena.h"
#include "base/diag.h"

#include <libxml/tree.h>
#include <stdbool.h>

/*
 * Loads and parses a file. Every mistake of encoding and every forbidden character is reported;
 * of mistakes in the syntax only the first, since the others mostly follow from it. The tree
 * belongs to `a`, the text of the source to `diags`. On failure *out is as it was.
 */
xs_status xs_xml_load(xs_arena *a, xs_text path, xs_diags *diags, xmlDocPtr *out);

/* The same from memory; `name` stands in messages. */
xs_status xs_xml_parse(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags, xmlDocPtr *out);

/* The start tag of an element, or the text of a text node without the white space around it. */
xs_span xs_xml_span(const xmlNode *node);
/* The value of an attribute between its quotes; the start tag when there is no such attribute. */
xs_span xs_xml_attr_span(const xmlNode *element, const char *attribute);
/* The name of an attribute, before its `=`. */
xs_span xs_xml_attr_name_span(const xs_diags *diags, const xmlAttr *attr);
/* The text inside an element when it holds nothing but text; else its start tag. */
xs_span xs_xml_content_span(const xmlNode *element);
/* Of whatever an XPath node set can hold: element, attribute or text. */
xs_span xs_xml_any_span(const xmlNode *node);
/* Gives a copied tree the places of the one that it was copied from. */
void xs_xml_copy_places(const xmlNode *from, xmlNode *to);

/* SHA-256 of the file as it was read, hex. */
const char *xs_xml_digest(const xmlDoc *doc);
/* The bytes as they were read, before decoding. */
xs_text xs_xml_raw(const xmlDoc *doc);

/* Takes the namespace off every element, so that XPath needs no prefix. */
void xs_xml_strip_namespace(xmlDocPtr doc);

/* The text of an attribute; XS_NO_TEXT when absent. Borrowed from the tree. */
xs_text xs_xml_attr(const xmlNode *element, const char *name);
bool xs_xml_attr_is(const xmlNode *element, const char *name, const char *value);
bool xs_xml_is(const xmlNode *node, const char *element_name);
/* First child element (of this name, or any with NULL), and the next one after it. */
xmlNodePtr xs_xml_child(const xmlNode *parent, const char *name);
xmlNodePtr xs_xml_next(const xmlNode *node, const char *name);
/* How many child elements there are (of this name, or any with NULL). */
size_t xs_xml_count(const xmlNode *parent, const char *name);
/* The element after `node` in the order of the document, within `root`; NULL at the end. Begins
 * with the root itself when `node` is NULL. */
xmlNodePtr xs_xml_walk(const xmlNode *root, const xmlNode *node);
/* All text inside, white space trimmed; copied to `a` only when there are several nodes. Empty
 * when out of memory. */
xs_text xs_xml_content(xs_arena *a, const xmlNode *node);
/* The content of the first child of this name; XS_NO_TEXT when there is no such child. */
xs_text xs_xml_child_content(xs_arena *a, const xmlNode *parent, const char *name);

/*
 * A RELAX NG schema, in `a`. Loading fails with XS_EINPUT and schema-broken when the file is no
 * schema or uses what is not supported; *out is then as it was. `xs_schema_check` reports every
 * mismatch with its place, and the nearest known name where a name is not known. A loaded schema
 * is read-only.
 */
typedef struct xs_schema xs_schema;
xs_status xs_schema_load(xs_arena *a, xs_text path, xs_diags *diags, const xs_schema **out);
xs_status xs_schema_check(const xs_schema *schema, xmlDocPtr doc, xs_diags *diags);
/* Does any element or attribute of the schema have this name? */
bool xs_schema_knows_element(const xs_schema *schema, xs_text name);
bool xs_schema_knows_attribute(const xs_schema *schema, xs_text name);
/* The known element or attribute name nearest to `name`; XS_NO_TEXT when none is near. */
xs_text xs_schema_nearest(const xs_schema *schema, xs_text name);

#endif
