#include "model/pagelist.h"

#include "base/arena.h"
#include "base/text.h"

#include <assert.h>

void xs_pagelist_free(xs_pagelist *list)
{
  if (list) xs_arena_free(list->arena);
}

/*
 * The invariants of a page list, promises of the layout floor:
 *
 *   1  Pages have a size; a bookmark points to one of them.
 *   2  The clusters of a glyph run stand in the order of its text and cover it without a gap.
 *   3  A glyph is one that its face can have; faces know their em.
 *   4  What is drawn has a size that is not negative.
 *   5  A path begins with a move, and is filled, stroked or both.
 */
#ifdef NDEBUG

void xs_pagelist_check(const xs_pagelist *list)
{
  (void)list;
}

#else

static void check_text(xs_text t)
{
  size_t bad = 0;
  assert(t.ptr || !t.len);
  assert(xs_text_valid(t, &bad));
}

static void check_glyphs(const xs_item *item)
{
  uint32_t covered = 0;
  check_text(item->u.glyphs.text);
  assert(item->u.glyphs.face && item->u.glyphs.face->upem > 0);
  assert(item->u.glyphs.size > 0);
  assert(item->u.glyphs.glyph_count > 0);
  for (size_t i = 0; i < item->u.glyphs.glyph_count; i++) {
    const xs_glyph *glyph = &item->u.glyphs.glyphs[i];
    assert(glyph->id <= 0xffff);
    if (!glyph->text_len) continue;
    assert(glyph->text_off == covered);
    covered += glyph->text_len;
  }
  assert(covered == item->u.glyphs.text.len);
}

static void check_item(const xs_item *item)
{
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    check_glyphs(item);
    break;
  case XS_ITEM_LINE:
    assert(item->u.line.width >= 0);
    break;
  case XS_ITEM_RECT:
    assert(item->u.rect.width >= 0 && item->u.rect.height >= 0);
    break;
  case XS_ITEM_PICTURE:
    assert(item->u.picture.picture);
    assert(item->u.picture.width > 0 && item->u.picture.height > 0);
    break;
  case XS_ITEM_PATH:
    assert(item->u.path.step_count > 0 && item->u.path.steps[0].verb == XS_PATH_MOVE);
    assert(item->u.path.width > 0 || (item->u.path.width == 0 && item->u.path.filled));
    break;
  }
}

void xs_pagelist_check(const xs_pagelist *list)
{
  assert(list->arena);
  check_text(list->title);
  check_text(list->author);
  check_text(list->subject);
  check_text(list->case_id);
  for (size_t i = 0; i < list->page_count; i++) {
    const xs_page *page = &list->pages[i];
    assert(page->width > 0 && page->height > 0);
    check_text(page->label);
    for (size_t j = 0; j < page->item_count; j++) check_item(&page->items[j]);
  }
  for (size_t i = 0; i < list->bookmark_count; i++) {
    check_text(list->bookmarks[i].title);
    assert(list->bookmarks[i].level > 0);
    assert(list->bookmarks[i].page < list->page_count);
  }
}

#endif
