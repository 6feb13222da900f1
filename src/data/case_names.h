/* Names of persons and bodies as they are written in a case. */
#ifndef XS_DATA_CASE_NAMES_H
#define XS_DATA_CASE_NAMES_H

#include "base/diag.h"

#include <libxml/tree.h>

/*
 * The dot between the parts of a name is U+00B7 (GB 18030 A1A4); the other dots that people type
 * between two Han characters are turned into it, each with a note.
 */
xs_status xs_case_names_normalise(const xs_host *host, xmlDocPtr doc, xs_diags *diags);

#endif
