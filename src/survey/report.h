/* A finished PDF held against a format: reading, recognising, measuring, judging in one. */
#ifndef XS_SURVEY_REPORT_H
#define XS_SURVEY_REPORT_H

#include "survey/standard.h"
#include "xieshang/engine.h"

/* Where a format stands, and the schema of its vocabulary. */
typedef struct xs_format_place {
  const xs_schema *schema;
  xs_text path;
} xs_format_place;

/*
 * Reads the format and the file at `path` and measures it; *out is dropped with xs_report_free. A
 * paper that is no official paper at all is XS_EINPUT with format-none.
 */
xs_status xs_report_make(const xs_host *host, const xs_format_place *place, const char *path,
                         xs_diags *diags, xs_report **out);

#endif
