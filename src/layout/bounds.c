#include "layout/bounds.h"

#include <stdbool.h>

/* Type may reach a little over its own box, and a hairline lies half on each side of its place. */
static const xs_len tolerance = XS_PT(2);

typedef struct box {
  int64_t left, right, top, bottom;
} box;

/* From the first glyph to the last: those between stand between them. Ink that leaves the ems does
 * so by less than the tolerance. */
static box box_of_glyphs(const xs_item *item)
{
  int64_t x = item->u.glyphs.x, y = item->u.glyphs.y, size = item->u.glyphs.size;
  const xs_glyph *first = item->u.glyphs.glyphs, *last = first + item->u.glyphs.glyph_count - 1;
  return (box){x + first->x, x + last->x + last->advance, y - size * 880 / 1000,
               y + size * 120 / 1000};
}

/* The control points of a curve lie around it. */
static void widen(box *b, int64_t x, int64_t y)
{
  if (x < b->left) b->left = x;
  if (x > b->right) b->right = x;
  if (y < b->top) b->top = y;
  if (y > b->bottom) b->bottom = y;
}

static box box_of_path(const xs_item *item)
{
  int64_t x = item->u.path.x, y = item->u.path.y;
  const xs_path_step *first = item->u.path.steps;
  box b = {x + first->x, x + first->x, y + first->y, y + first->y};
  for (size_t i = 1; i < item->u.path.step_count; i++) {
    const xs_path_step *step = &first[i];
    if (step->verb == XS_PATH_CLOSE) continue;
    widen(&b, x + step->x, y + step->y);
    if (step->verb != XS_PATH_CURVE) continue;
    widen(&b, x + step->x1, y + step->y1);
    widen(&b, x + step->x2, y + step->y2);
  }
  return b;
}

static box box_of(const xs_item *item)
{
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    return box_of_glyphs(item);
  case XS_ITEM_LINE: {
    int64_t x1 = item->u.line.x1, x2 = item->u.line.x2, y1 = item->u.line.y1, y2 = item->u.line.y2;
    return (box){x1 < x2 ? x1 : x2, x1 < x2 ? x2 : x1, y1 < y2 ? y1 : y2, y1 < y2 ? y2 : y1};
  }
  case XS_ITEM_RECT:
    return (box){item->u.rect.x, (int64_t)item->u.rect.x + item->u.rect.width, item->u.rect.y,
                 (int64_t)item->u.rect.y + item->u.rect.height};
  case XS_ITEM_PICTURE:
    return (box){item->u.picture.x, (int64_t)item->u.picture.x + item->u.picture.width,
                 item->u.picture.y, (int64_t)item->u.picture.y + item->u.picture.height};
  case XS_ITEM_PATH:
    return box_of_path(item);
  }
  return (box){0, 0, 0, 0};
}

static bool is_turned(const xs_item *item)
{
  return item->kind == XS_ITEM_GLYPHS && item->u.glyphs.angle_deg != 0;
}

void xs_bounds_check(const xs_page *page, xs_diags *diags)
{
  for (size_t i = 0; i < page->item_count; i++) {
    const xs_item *item = &page->items[i];
    if (is_turned(item)) continue;
    box b = box_of(item);
    if (b.left >= -tolerance && b.right <= (int64_t)page->width + tolerance &&
        b.top >= -tolerance && b.bottom <= (int64_t)page->height + tolerance)
      continue;
    xs_diag(diags, XS_D_OFF_PAGE, item->span,
            _("this reaches over the edge of the paper; look at its width, its indents and the "
              "margins of the page"));
    if (item->from.source) xs_diag_note(diags, item->from, _("it comes from here"));
  }
}
