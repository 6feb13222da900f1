#include "data/xml_write.h"

#include "base/text.h"

#include <stdio.h>

xmlNodePtr xs_xml_add(xmlNodePtr parent, const char *name)
{
  return parent ? xmlNewChild(parent, NULL, BAD_CAST name, NULL) : NULL;
}

bool xs_xml_put(xmlNodePtr element, const char *attribute, xs_text value)
{
  if (!element) return false;
  if (!value.len) return true;
  xmlChar *copy = xmlStrndup(BAD_CAST value.ptr, (int)value.len);
  bool set = copy && xmlNewProp(element, BAD_CAST attribute, copy);
  xmlFree(copy);
  return set;
}

bool xs_xml_put_day(xmlNodePtr element, const char *attribute, uint32_t day)
{
  char text[16];
  if (!day) return true;
  snprintf(text, sizeof text, "%04u-%02u-%02u", day / 10000 % 10000, day / 100 % 100, day % 100);
  return xs_xml_put(element, attribute, xs_text_of(text));
}

bool xs_xml_put_number(xmlNodePtr element, const char *attribute, int64_t value)
{
  char text[24];
  snprintf(text, sizeof text, "%lld", (long long)value);
  return xs_xml_put(element, attribute, xs_text_of(text));
}
