/*
 * Diagnostics as a person reads them in a terminal:
 *
 *   letter.xml:42:16: error: no field “employer/nmae” [field-missing]
 *      42 |     <value of="employer/nmae"/>
 *         |                ^~~~~~~~~~~~~
 *   case.xml:8:5: note: the nearest is “employer/name”
 */
#ifndef XS_BASE_DIAG_PRINT_H
#define XS_BASE_DIAG_PRINT_H

#include "base/buf.h"

/*
 * Appends one diagnostic, or all of a list in order. Control characters and characters that turn
 * the direction of text are shown as U+FFFD; a long line is cut around the place. Fails only as
 * xs_buf does.
 */
xs_status xs_diag_print(const xs_diag_view *view, xs_buf *out);
xs_status xs_diags_print(const xs_diags *diags, xs_buf *out);

/* What is written around the parts of a diagnostic to colour them. */
typedef struct xs_diag_style {
  const char *place;
  const char *severity[3]; /* by xs_severity */
  const char *caret;
  const char *end; /* after each of these */
} xs_diag_style;

/* Like xs_diag_print, in colour. NULL for none. */
xs_status xs_diag_print_styled(const xs_diag_view *view, const xs_diag_style *style, xs_buf *out);

#endif
