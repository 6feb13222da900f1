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

#endif
