/* What stands on a page around its body: watermark, head and foot. */
#ifndef XS_LAYOUT_PAGE_EDGE_H
#define XS_LAYOUT_PAGE_EDGE_H

#include "layout/flow.h"

/* Makes the finished page of a draft; its items live in c->a. */
xs_status xs_page_finish(xs_composer *c, const xs_page_draft *draft, xs_page *out);

#endif
