/* Cutting a galley into pages. */
#ifndef XS_LAYOUT_FLOW_H
#define XS_LAYOUT_FLOW_H

#include "layout/stack.h"

/* A page whose body stands, before its head and foot do. */
typedef struct xs_page_draft {
  const xs_section *section;
  xs_page_kind kind;
  uint32_t number; /* as printed */
  const xs_item *items;
  size_t item_count;
} xs_page_draft;

typedef struct xs_flow {
  xs_composer *c;
  xs_page_draft *pages;
  size_t page_count, page_capacity;
  xs_bookmark *bookmarks; /* in c->a */
  size_t bookmark_count, bookmark_capacity;
  bool fresh; /* the next page is the first of its section */
} xs_flow;

/* Sets a section and appends its pages. */
xs_status xs_flow_section(xs_flow *f, const xs_section *section);

#endif
