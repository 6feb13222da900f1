/* What stands on a page stands on it in full: nothing is cut off by its edges. */
#ifndef XS_LAYOUT_BOUNDS_H
#define XS_LAYOUT_BOUNDS_H

#include "base/diag.h"
#include "model/pagelist.h"

/* Records an error for each thing that reaches over the edge of the paper; a watermark may. */
void xs_bounds_check(const xs_page *page, xs_diags *diags);

#endif
