#include "layout/rulings.h"

#include <stdlib.h>

xs_status xs_rulings_add(xs_composer *c, xs_rulings *r, const xs_ruling *ruling)
{
  if (ruling->style.width <= 0 || ruling->to <= ruling->from) return XS_OK;
  xs_ruling *slot = XS_PUSH(c->scratch, r->items, r->count, r->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = *ruling;
  return XS_OK;
}

static int compare(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

static int style_order(const xs_line_style *a, const xs_line_style *b)
{
  int order = compare(b->width, a->width);
  if (!order) order = compare(a->dashed, b->dashed);
  return order ? order : compare(a->color, b->color);
}

/* Level lines from top to bottom, then upright ones from left to right; on one line the styles
 * apart, so that what can be joined stands together. */
static int ruling_order(const void *pa, const void *pb)
{
  const xs_ruling *a = pa, *b = pb;
  int order = compare(a->upright, b->upright);
  if (!order) order = compare(a->at, b->at);
  if (!order) order = style_order(&a->style, &b->style);
  if (!order) order = compare(a->from, b->from);
  return order ? order : compare(a->to, b->to);
}

static bool touches(const xs_ruling *a, const xs_ruling *b)
{
  return a->upright == b->upright && a->at == b->at && !style_order(&a->style, &b->style) &&
         b->from <= a->to + a->style.width;
}

static xs_status draw(xs_composer *c, const xs_ruling *r, xs_item_list *out)
{
  xs_item *item = XS_PUSH(c->scratch, out->items, out->count, out->capacity);
  if (!item) return XS_ENOMEM;
  *item = (xs_item){.kind = XS_ITEM_LINE, .artifact = true, .span = r->span, .from = r->source};
  /* Solid lines reach half their width further, so that corners are closed. */
  xs_len reach = r->style.dashed ? 0 : r->style.width / 2;
  xs_len from = r->from - reach, to = r->to + reach;
  item->u.line.x1 = r->upright ? r->at : from;
  item->u.line.x2 = r->upright ? r->at : to;
  item->u.line.y1 = r->upright ? from : r->at;
  item->u.line.y2 = r->upright ? to : r->at;
  item->u.line.width = r->style.width;
  item->u.line.color = r->style.color;
  item->u.line.dashed = r->style.dashed;
  return XS_OK;
}

xs_status xs_rulings_draw(xs_composer *c, xs_rulings *r, xs_item_list *out)
{
  if (!r->count) return XS_OK;
  qsort(r->items, r->count, sizeof *r->items, ruling_order);
  xs_ruling joined = r->items[0];
  for (size_t i = 1; i < r->count; i++) {
    const xs_ruling *next = &r->items[i];
    if (touches(&joined, next)) {
      if (next->to > joined.to) joined.to = next->to;
      continue;
    }
    xs_status st = draw(c, &joined, out);
    if (st) return st;
    joined = *next;
  }
  r->count = 0;
  return draw(c, &joined, out);
}

const xs_line_style *xs_line_style_stronger(const xs_line_style *a, const xs_line_style *b)
{
  if (!a || !b) return a ? a : b;
  if (a->width != b->width) return a->width > b->width ? a : b;
  return a->dashed && !b->dashed ? b : a;
}
