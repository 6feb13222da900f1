/* What helps a reader to find a page: bookmarks and page labels. */
#ifndef XS_OUTPUT_OUTLINE_H
#define XS_OUTPUT_OUTLINE_H

#include "model/pagelist.h"
#include "output/haru.h"

/* `dicts[i]` is the page object of page i. */
xs_status xs_outline_write(xs_haru *h, const xs_pagelist *pages, const HPDF_Dict *dicts);
xs_status xs_labels_write(xs_haru *h, const xs_pagelist *pages);

#endif
