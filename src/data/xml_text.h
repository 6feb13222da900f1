/* The characters of a tree: brought to NFC, the forbidden and doubtful ones reported. */
#ifndef XS_DATA_XML_TEXT_H
#define XS_DATA_XML_TEXT_H

#include "base/diag.h"

#include <libxml/tree.h>

/* XS_EINPUT when a text or attribute holds a character that no paper can show. */
xs_status xs_xml_text_check(const xs_host *host, xmlDocPtr doc, xs_diags *diags);

#endif
