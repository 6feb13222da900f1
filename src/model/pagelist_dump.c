/*
 * The page list as text; coordinates and sizes in points:
 *
 *   pages “集体协商要约书” 1
 *     bookmark 1, page 1, y 160.03: “一、协商内容”
 *     page 1, 595.28×841.89, label “1”
 *       text 119.06–476.22 160.03 NotoSerifCJKsc-Bold 22.00 “集体协商要约书”
 *       line 79.37 180.00 – 515.91 180.00 width 1.00 #FF0000
 *       path fill #FFFFFF width 0.75 M 80.00 10.00 C 90.00 10.00 95.00 15.00 95.00 20.00 Z
 *
 * A text run shows where it begins and ends on its baseline, so that a golden sees justification
 * without holding every glyph.
 */
#include "base/buf.h"
#include "model/dump.h"
#include "model/pagelist.h"

static void dump_point(xs_buf *out, xs_len x, xs_len y)
{
  xs_dump_pt(out, x);
  xs_buf_str(out, " ");
  xs_dump_pt(out, y);
}

static void dump_size(xs_buf *out, xs_len width, xs_len height)
{
  xs_dump_pt(out, width);
  xs_buf_str(out, "×");
  xs_dump_pt(out, height);
}

static void dump_glyphs(xs_buf *out, const xs_item *item)
{
  const xs_glyph *last = &item->u.glyphs.glyphs[item->u.glyphs.glyph_count - 1];
  xs_buf_str(out, "text ");
  xs_dump_pt(out, item->u.glyphs.x);
  xs_buf_str(out, "–");
  xs_dump_pt(out, item->u.glyphs.x + last->x + last->advance);
  xs_buf_str(out, " ");
  xs_dump_pt(out, item->u.glyphs.y);
  if (item->u.glyphs.goes_on) xs_buf_str(out, " goes-on");
  if (item->u.glyphs.angle_deg) xs_buf_printf(out, " angle %d", (int)item->u.glyphs.angle_deg);
  xs_buf_printf(out, " %.*s ", XS_TEXT(item->u.glyphs.face->name));
  xs_dump_pt(out, item->u.glyphs.size);
  xs_dump_color(out, item->u.glyphs.color);
  xs_buf_str(out, " ");
  xs_dump_text(out, item->u.glyphs.text);
}

static void dump_line(xs_buf *out, const xs_item *item)
{
  xs_buf_str(out, "line ");
  dump_point(out, item->u.line.x1, item->u.line.y1);
  xs_buf_str(out, " – ");
  dump_point(out, item->u.line.x2, item->u.line.y2);
  xs_buf_str(out, " width ");
  xs_dump_pt(out, item->u.line.width);
  xs_dump_color(out, item->u.line.color);
  if (item->u.line.dashed) xs_buf_str(out, " dashed");
}

static void dump_rect(xs_buf *out, const xs_item *item)
{
  xs_buf_str(out, "rect ");
  dump_point(out, item->u.rect.x, item->u.rect.y);
  xs_buf_str(out, " ");
  dump_size(out, item->u.rect.width, item->u.rect.height);
  xs_dump_color(out, item->u.rect.color);
}

static void dump_picture(xs_buf *out, const xs_item *item)
{
  xs_buf_str(out, "picture ");
  dump_point(out, item->u.picture.x, item->u.picture.y);
  xs_buf_str(out, " ");
  dump_size(out, item->u.picture.width, item->u.picture.height);
  xs_buf_str(out, " ");
  xs_dump_text(out, item->u.picture.picture->name);
}

static void dump_step(xs_buf *out, xs_len x, xs_len y, const xs_path_step *step)
{
  static const char *const letters[] = {" M ", " L ", " C ", " Z"};
  xs_buf_str(out, letters[step->verb]);
  if (step->verb == XS_PATH_CLOSE) return;
  if (step->verb == XS_PATH_CURVE) {
    dump_point(out, x + step->x1, y + step->y1);
    xs_buf_str(out, " ");
    dump_point(out, x + step->x2, y + step->y2);
    xs_buf_str(out, " ");
  }
  dump_point(out, x + step->x, y + step->y);
}

static void dump_path(xs_buf *out, const xs_item *item)
{
  xs_buf_str(out, "path");
  if (item->u.path.filled) xs_buf_printf(out, " fill #%06X", (unsigned)item->u.path.fill);
  if (item->u.path.width) {
    xs_buf_str(out, " width ");
    xs_dump_pt(out, item->u.path.width);
    xs_dump_color(out, item->u.path.color);
    if (item->u.path.dashed) xs_buf_str(out, " dashed");
  }
  for (size_t i = 0; i < item->u.path.step_count; i++)
    dump_step(out, item->u.path.x, item->u.path.y, &item->u.path.steps[i]);
}

static void dump_item(xs_buf *out, const xs_item *item)
{
  xs_dump_indent(out, 2);
  if (item->artifact) xs_buf_str(out, "artifact ");
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    dump_glyphs(out, item);
    break;
  case XS_ITEM_LINE:
    dump_line(out, item);
    break;
  case XS_ITEM_RECT:
    dump_rect(out, item);
    break;
  case XS_ITEM_PICTURE:
    dump_picture(out, item);
    break;
  case XS_ITEM_PATH:
    dump_path(out, item);
    break;
  }
  xs_buf_str(out, "\n");
}

static void dump_bookmark(xs_buf *out, const xs_bookmark *mark)
{
  xs_dump_indent(out, 1);
  xs_buf_printf(out, "bookmark %u, page %u, y ", (unsigned)mark->level, (unsigned)mark->page + 1);
  xs_dump_pt(out, mark->y);
  xs_buf_str(out, ": ");
  xs_dump_text(out, mark->title);
  xs_buf_str(out, "\n");
}

static void dump_page(xs_buf *out, size_t number, const xs_page *page)
{
  xs_dump_indent(out, 1);
  xs_buf_printf(out, "page %zu, ", number);
  dump_size(out, page->width, page->height);
  if (page->label.len) {
    xs_buf_str(out, ", label ");
    xs_dump_text(out, page->label);
  }
  xs_buf_str(out, "\n");
  for (size_t i = 0; i < page->item_count; i++) dump_item(out, &page->items[i]);
}

void xs_pagelist_dump(const xs_pagelist *list, struct xs_buf *out)
{
  xs_buf_str(out, "pages ");
  xs_dump_text(out, list->title);
  xs_buf_printf(out, " %zu\n", list->page_count);
  xs_dump_field(out, 1, "author", list->author);
  xs_dump_field(out, 1, "subject", list->subject);
  xs_dump_field(out, 1, "case", list->case_id);
  for (size_t i = 0; i < list->bookmark_count; i++) dump_bookmark(out, &list->bookmarks[i]);
  for (size_t i = 0; i < list->page_count; i++) dump_page(out, i + 1, &list->pages[i]);
}
