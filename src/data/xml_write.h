/* Elements and attributes that are written one by one: the trees that papers read as $record. */
#ifndef XS_DATA_XML_WRITE_H
#define XS_DATA_XML_WRITE_H

#include "xieshang/base.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* Values that are empty, and days that are 0, are left out. NULL or false: out of memory, or there
 * was no element. Days are YYYYMMDD. */
xmlNodePtr xs_xml_add(xmlNodePtr parent, const char *name);
bool xs_xml_put(xmlNodePtr element, const char *attribute, xs_text value);
bool xs_xml_put_day(xmlNodePtr element, const char *attribute, uint32_t day);
bool xs_xml_put_number(xmlNodePtr element, const char *attribute, int64_t value);

#endif
