/*
 * All pages of a packet become one page list. Pages and their items are borrowed from the lists
 * of the papers; what is new is a running number on each page and the bookmarks above those of
 * the papers:
 *
 *   part ─ paper ─ headings of the paper
 */
#include "base/limits.h"
#include "base/text.h"
#include "packet/packet.h"

#include <string.h>

/* Where the running number stands: upper right corner, outside the heads of the papers. */
#define NUMBER_RIGHT    xs_len_of_micron(12000)
#define NUMBER_BASELINE xs_len_of_micron(12000)
#define NUMBER_SIZE     XS_PT(9)

typedef struct binder {
  xs_packet *p;
  xs_arena *a;
  xs_fontset *fonts;
  xs_page *pages;
  size_t page_count, page_capacity;
  xs_bookmark *bookmarks;
  size_t bookmark_count, bookmark_capacity;
} binder;

static xs_status add_bookmark(binder *b, xs_text title, uint8_t level, size_t page, xs_len y)
{
  xs_bookmark *mark = XS_PUSH(b->a, b->bookmarks, b->bookmark_count, b->bookmark_capacity);
  if (!mark) return XS_ENOMEM;
  *mark = (xs_bookmark){.title = title, .level = level, .page = (uint32_t)page, .y = y};
  return XS_OK;
}

/* The items of a page and behind them the line with its number. */
static xs_status number_page(binder *b, xs_page *page)
{
  static const xs_char_style style = {.role = XS_ROLE_SONG, .size = NUMBER_SIZE};
  const xs_item *line = NULL;
  size_t line_count = 0;
  xs_text number = xs_arena_printf(b->a, "%zu", b->page_count);
  xs_text shown = xs_arena_printf(b->a, "卷内第%.*s页", XS_TEXT(number));
  if (!number.ptr || !shown.ptr) return XS_ENOMEM;
  page->label = number;
  xs_status status =
      xs_layout_line(b->a, b->fonts, &style, shown, XS_ALIGN_RIGHT, page->width - NUMBER_RIGHT,
                     NUMBER_BASELINE, b->p->diags, &line, &line_count);
  if (status) return status;

  xs_item *items = XS_NEW_ARRAY(b->a, page->item_count + line_count, xs_item);
  if (!items) return XS_ENOMEM;
  if (page->item_count) memcpy(items, page->items, page->item_count * sizeof *items);
  for (size_t i = 0; i < line_count; i++) {
    items[page->item_count + i] = line[i];
    items[page->item_count + i].artifact = true;
  }
  page->items = items;
  page->item_count += line_count;
  return XS_OK;
}

static xs_status add_pages(binder *b, const xs_pagelist *list, bool numbered)
{
  if (b->page_count + list->page_count > XS_MAX_PAGES) {
    xs_diag(b->p->diags, XS_D_LIMIT, XS_NOWHERE, _("a packet of more than %u pages"), XS_MAX_PAGES);
    return XS_ELIMIT;
  }
  for (size_t i = 0; i < list->page_count; i++) {
    xs_page *page = XS_PUSH(b->a, b->pages, b->page_count, b->page_capacity);
    if (!page) return XS_ENOMEM;
    *page = list->pages[i];
    xs_status status = numbered ? number_page(b, page) : XS_OK;
    if (status) return status;
  }
  return XS_OK;
}

static bool has_pages(const xs_packet *p, size_t part)
{
  if (p->plan->divider.template_id.len) return true;
  for (size_t i = 0; i < p->paper_count; i++)
    if (p->papers[i].part == part && p->papers[i].page_count) return true;
  return false;
}

static xs_status bind_part(void *arg, size_t part)
{
  binder *b = arg;
  if (!has_pages(b->p, part)) return XS_OK;
  return add_bookmark(b, b->p->plan->parts[part].name, 1, b->page_count, 0);
}

/* A cover bears no number but counts. A divider's bookmark is that of its part. */
static xs_status bind_leaf(void *arg, xs_leaf *leaf)
{
  binder *b = arg;
  xs_status status = XS_OK;
  if (leaf->place != XS_LEAF_DIVIDER) status = add_bookmark(b, leaf->title, 1, b->page_count, 0);
  bool is_cover = b->page_count == 0 && b->p->plan->cover.template_id.len;
  return status ? status : add_pages(b, leaf->pages, !is_cover);
}

static xs_status bind_paper(void *arg, xs_paper *paper)
{
  binder *b = arg;
  const xs_pagelist *list = paper->pages;
  if (!list) return XS_OK;
  size_t first = b->page_count;
  xs_status status = add_bookmark(b, paper->title, 2, first, 0);
  for (size_t i = 0; i < list->bookmark_count && !status; i++) {
    const xs_bookmark *mark = &list->bookmarks[i];
    status = add_bookmark(b, mark->title, (uint8_t)(mark->level + 2), first + mark->page, mark->y);
  }
  return status ? status : add_pages(b, list, true);
}

static xs_status make_list(binder *b, xs_pagelist *list)
{
  xs_packet *p = b->p;
  const xs_packet_visitor v = {.leaf = bind_leaf, .paper = bind_paper, .part = bind_part, .arg = b};
  xs_status status = xs_packet_walk(p, &v);
  if (status) return status;
  const xmlNode *root = xmlDocGetRootElement(p->kase->doc);
  xs_text title = xs_xml_content(b->a, xs_xml_child(root, "title"));
  const xmlNode *employer = xs_xml_child(root, "employer-body");
  if (!employer) employer = xs_xml_child(root, "employer");
  *list = (xs_pagelist){
      .arena = b->a,
      .title = xs_arena_printf(b->a, "%.*s　%.*s", XS_TEXT(title), XS_TEXT(p->plan->name)),
      .author = xs_xml_content(b->a, xs_xml_child(employer, "name")),
      .subject = p->plan->name,
      .case_id = p->kase->id,
      .pages = b->pages,
      .page_count = b->page_count,
      .bookmarks = b->bookmarks,
      .bookmark_count = b->bookmark_count,
  };
  return list->title.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_packet_bind(xs_packet *p, xs_pagelist **out)
{
  *out = NULL;
  binder b = {.p = p, .a = xs_arena_new(p->engine->host)};
  xs_pagelist *list = b.a ? XS_NEW(b.a, xs_pagelist) : NULL;
  xs_status status = list ? xs_engine_fonts(p->engine, p->diags, &b.fonts) : XS_ENOMEM;
  if (!status) status = make_list(&b, list);
  if (status) {
    xs_arena_free(b.a);
    return status;
  }
  xs_pagelist_check(list);
  *out = list;
  return XS_OK;
}
