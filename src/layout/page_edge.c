#include "layout/page_edge.h"

#include <string.h>

/* sin and cos of whole degrees in 1/65536, after Bhaskara I: within 0.2 %, and the same on every
 * machine. */
static int64_t sine(int32_t degrees)
{
  degrees = ((degrees % 360) + 360) % 360;
  int64_t sign = degrees < 180 ? 1 : -1, d = degrees % 180;
  int64_t p = d * (180 - d);
  return sign * 4 * p * 65536 / (40500 - p);
}

/* The middle of the words lies on the middle of the page. */
static xs_status add_watermark(xs_composer *c, const xs_section *s, xs_item_list *out)
{
  const xs_watermark *mark = &s->watermark;
  if (!mark->text.len) return XS_OK;
  const xs_item *items = NULL;
  size_t count = 0;
  xs_status st =
      xs_text_place(c, &mark->style, mark->text, s->span, XS_ALIGN_CENTER, 0, 0, &items, &count);
  xs_len down = xs_em_above(mark->style.size) - mark->style.size / 2;
  int64_t sin = sine(mark->angle_deg), cos = sine(mark->angle_deg + 90);
  for (size_t i = 0; i < count && !st; i++) {
    xs_item *item = XS_PUSH(c->scratch, out->items, out->count, out->capacity);
    if (!item) return XS_ENOMEM;
    *item = items[i];
    if (item->kind != XS_ITEM_GLYPHS) continue;
    int64_t x = item->u.glyphs.x, y = item->u.glyphs.y + down;
    item->u.glyphs.x = s->width / 2 + (xs_len)((x * cos + y * sin) / 65536);
    item->u.glyphs.y = s->height / 2 + (xs_len)((y * cos - x * sin) / 65536);
    item->u.glyphs.angle_deg = mark->angle_deg;
  }
  return st;
}

static xs_status add_edge(xs_composer *c, const xs_section *s, const xs_page_edge *edge, xs_len y,
                          xs_item_list *out)
{
  if (!edge->blocks.count) return XS_OK;
  xs_galley g = {.measure = s->width - s->left - s->right, .page_height = s->height};
  xs_len height = 0;
  xs_status st = xs_galley_blocks(c, &g, &edge->blocks);
  if (!st) st = xs_galley_height(c, &g, s->span, &height);
  if (st || !g.count) return st;
  xs_stack stack;
  xs_stack_open(&stack, c);
  st = xs_stack_pieces(&stack, g.items, g.count, s->left, y - g.items[0].slack_top, NULL);
  if (!st) st = xs_stack_finish(&stack);
  for (size_t i = 0; i < stack.items.count && !st; i++) {
    xs_item *item = XS_PUSH(c->scratch, out->items, out->count, out->capacity);
    if (!item) return XS_ENOMEM;
    *item = stack.items.items[i];
    item->artifact = true;
  }
  return st;
}

xs_status xs_page_finish(xs_composer *c, const xs_page_draft *draft, xs_page *out)
{
  const xs_section *s = draft->section;
  const xs_page_edge *head = &s->head[draft->kind], *foot = &s->foot[draft->kind];
  xs_item_list before = {0}, behind = {0};
  c->page_number = draft->number;
  c->artifact = true;
  xs_status st = add_watermark(c, s, &before);
  if (!st) st = add_edge(c, s, head, head->distance, &before);
  if (!st) st = add_edge(c, s, foot, s->height - s->bottom + foot->distance, &behind);
  c->artifact = false;
  if (st) return st;
  size_t body_end = before.count + draft->item_count;
  *out = (xs_page){.width = s->width, .height = s->height, .item_count = body_end + behind.count};
  out->label = xs_arena_printf(c->a, "%u", (unsigned)draft->number);
  xs_item *items = XS_NEW_ARRAY(c->a, out->item_count ? out->item_count : 1, xs_item);
  if (!items || !out->label.ptr) return XS_ENOMEM;
  if (before.count) memcpy(items, before.items, before.count * sizeof *items);
  if (draft->item_count)
    memcpy(items + before.count, draft->items, draft->item_count * sizeof *items);
  if (behind.count) memcpy(items + body_end, behind.items, behind.count * sizeof *items);
  out->items = items;
  return XS_OK;
}
