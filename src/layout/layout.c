#include "layout/layout.h"

#include "base/limits.h"
#include "layout/bounds.h"
#include "layout/page_edge.h"

#include <string.h>

xs_status xs_layout_line(xs_arena *a, xs_fontset *fonts, const xs_char_style *style, xs_text text,
                         xs_align align, xs_len x, xs_len y, xs_diags *diags, const xs_item **items,
                         size_t *item_count)
{
  *items = NULL;
  *item_count = 0;
  size_t errors = xs_diags_count(diags, XS_ERROR);
  xs_composer c;
  xs_status st = xs_composer_open(&c, a, fonts, diags);
  if (st) return st;
  const xs_item *placed = NULL;
  size_t count = 0;
  st = xs_text_place(&c, style, text, XS_NOWHERE, align, x, y, &placed, &count);
  xs_item *copy = st ? NULL : XS_NEW_ARRAY(a, count ? count : 1, xs_item);
  if (!st && !copy) st = XS_ENOMEM;
  if (!st) st = xs_fontset_sound(fonts, diags);
  if (!st) st = xs_diags_since(diags, errors);
  if (!st) {
    if (count) memcpy(copy, placed, count * sizeof *copy);
    *items = copy;
    *item_count = count;
  }
  xs_composer_close(&c);
  return st;
}

/* ---- a document ----------------------------------------------------------------------------- */

/* Pictures belong to the document; the page list keeps copies, one of each. */
typedef struct picture_copies {
  const xs_picture *from;
  const xs_picture *to;
} picture_copies;

typedef struct work {
  xs_pagelist *list;
  xs_composer c;
  picture_copies *pictures;
  size_t picture_count, picture_capacity;
} work;

static const xs_picture *copy_picture(work *w, const xs_picture *from)
{
  for (size_t i = 0; i < w->picture_count; i++)
    if (w->pictures[i].from == from) return w->pictures[i].to;
  xs_picture *to = XS_NEW(w->list->arena, xs_picture);
  picture_copies *slot = XS_PUSH(w->c.scratch, w->pictures, w->picture_count, w->picture_capacity);
  if (!to || !slot) return NULL;
  *to = *from;
  to->name = xs_arena_text(w->list->arena, from->name);
  to->bytes = xs_arena_text(w->list->arena, from->bytes);
  *slot = (picture_copies){from, to};
  return to->name.ptr && to->bytes.ptr ? to : NULL;
}

static xs_status own_pictures(work *w, xs_page *page)
{
  xs_item *items = (xs_item *)(uintptr_t)page->items; /* ours, not handed out yet */
  for (size_t i = 0; i < page->item_count; i++) {
    if (items[i].kind != XS_ITEM_PICTURE) continue;
    items[i].u.picture.picture = copy_picture(w, items[i].u.picture.picture);
    if (!items[i].u.picture.picture) return XS_ENOMEM;
  }
  return XS_OK;
}

static xs_status copy_names(const xs_document *doc, xs_pagelist *list)
{
  list->title = xs_arena_text(list->arena, doc->title);
  list->author = xs_arena_text(list->arena, doc->author);
  list->subject = xs_arena_text(list->arena, doc->subject);
  list->case_id = xs_arena_text(list->arena, doc->case_id);
  return list->title.ptr && list->author.ptr && list->subject.ptr && list->case_id.ptr ? XS_OK
                                                                                       : XS_ENOMEM;
}

/* All sections cut into pages; again, while the text itself names another number of pages, which
 * may have moved a page break. */
static xs_status flow_document(work *w, const xs_document *doc, xs_flow *flow)
{
  xs_status st = XS_OK;
  for (int pass = 0; pass < XS_MAX_PASSES && !st; pass++) {
    *flow = (xs_flow){.c = &w->c};
    w->c.asked_for_pages = false;
    for (size_t i = 0; i < doc->section_count && !st; i++)
      st = xs_flow_section(flow, &doc->sections[i]);
    bool settled = !w->c.asked_for_pages || w->c.page_count == flow->page_count;
    w->c.page_count = (uint32_t)flow->page_count;
    if (settled) break;
  }
  return st;
}

static xs_status make_pages(work *w, const xs_document *doc)
{
  xs_flow flow;
  xs_status st = flow_document(w, doc, &flow);
  if (st) return st;
  xs_page *pages = XS_NEW_ARRAY(w->list->arena, flow.page_count ? flow.page_count : 1, xs_page);
  if (!pages) return XS_ENOMEM;
  for (size_t i = 0; i < flow.page_count && !st; i++) {
    st = xs_page_finish(&w->c, &flow.pages[i], &pages[i]);
    if (!st) st = own_pictures(w, &pages[i]);
    if (!st) xs_bounds_check(&pages[i], w->c.diags);
  }
  w->list->pages = pages;
  w->list->page_count = flow.page_count;
  w->list->bookmarks = flow.bookmarks;
  w->list->bookmark_count = flow.bookmark_count;
  return st;
}

xs_status xs_layout(const xs_document *doc, xs_fontset *fonts, xs_diags *diags, xs_pagelist **out)
{
  *out = NULL;
  size_t errors = xs_diags_count(diags, XS_ERROR);
  xs_arena *a = xs_arena_new(xs_arena_host(doc->arena));
  xs_pagelist *list = a ? XS_NEW(a, xs_pagelist) : NULL;
  if (!list) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  list->arena = a;
  work w = {.list = list};
  xs_status st = xs_composer_open(&w.c, a, fonts, diags);
  if (!st) st = copy_names(doc, list);
  if (!st) st = make_pages(&w, doc);
  if (xs_fontset_sound(fonts, diags) && !st) st = XS_EINPUT;
  if (!st) st = xs_diags_since(diags, errors);
  st = xs_diags_arena(diags, a, st);
  if (w.c.scratch) st = xs_diags_arena(diags, w.c.scratch, st);
  xs_composer_close(&w.c);
  if (st) {
    xs_pagelist_free(list);
    return st;
  }
  xs_pagelist_check(list);
  *out = list;
  return XS_OK;
}
