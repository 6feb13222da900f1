/* From the bytes of an XML file to UTF-8. */
#ifndef XS_DATA_XML_DECODE_H
#define XS_DATA_XML_DECODE_H

#include "base/arena.h"
#include "base/diag.h"

/*
 * Finds out the encoding (byte order mark, else the first bytes, else the XML declaration, else
 * UTF-8), decodes, and registers the UTF-8 form as a source of `diags`, which keeps it: *out is
 * that text, without a byte order mark, and *source its number.
 *
 * An encoding that is not known and bytes that are not of it are errors. The source is registered
 * then too, each such byte as U+FFFD, so that the place can be shown.
 */
xs_status xs_xml_decode(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags, xs_text *out,
                        uint32_t *source);

#endif
