/* The places of a libxml2 tree: what node->_private and doc->_private hold. */
#ifndef XS_DATA_XML_PLACES_H
#define XS_DATA_XML_PLACES_H

#include "base/arena.h"

#include <libxml/tree.h>

/* Hangs on doc->_private. */
typedef struct xs_xml_info {
  uint32_t source;
  char digest[65];
  xs_text raw;
} xs_xml_info;

/*
 * Hangs a place on every element, attribute and text of a tree that was parsed from `text`
 * without DOCTYPE, comments, processing instructions and CDATA nodes.
 */
xs_status xs_xml_places_set(xs_arena *a, xmlDocPtr doc, xs_text text, uint32_t source);

/* The place of a start tag with more attributes than an element may have; an empty place when there
 * is none. For text that has not been parsed yet: libxml2 compares each attribute with each. */
xs_span xs_xml_crowded_tag(xs_text text, uint32_t source);

/* Where the DOCTYPE of a document begins; its start when there is none. */
size_t xs_xml_doctype_off(xs_text text);

#endif
