#include "layout/stack.h"

#include "layout/table.h"

void xs_stack_open(xs_stack *s, xs_composer *c)
{
  *s = (xs_stack){.c = c};
}

xs_len xs_pieces_height(const xs_piece *pieces, size_t count)
{
  int64_t height = 0;
  for (size_t i = 0; i < count; i++) height += (int64_t)pieces[i].before + pieces[i].height;
  return height < XS_LEN_MAX ? (xs_len)height : XS_LEN_MAX;
}

static xs_status put_items(xs_stack *s, const xs_piece *p, xs_len x, xs_len y)
{
  for (size_t i = 0; i < p->item_count; i++) {
    xs_item *item = XS_PUSH(s->c->scratch, s->items.items, s->items.count, s->items.capacity);
    if (!item) return XS_ENOMEM;
    *item = p->items[i];
    item->artifact |= s->c->artifact;
    xs_item_shift(item, x, y);
  }
  for (size_t i = 0; i < p->heading_count; i++) {
    xs_heading *h = XS_PUSH(s->c->scratch, s->headings, s->heading_count, s->heading_capacity);
    if (!h) return XS_ENOMEM;
    *h = p->headings[i];
    h->y += y;
  }
  return XS_OK;
}

/* Where the frame that is open began on this page. */
typedef struct open_frame {
  const xs_frame *frame;
  xs_len top;
  bool begins;
} open_frame;

static xs_status close_frame(xs_stack *s, open_frame *open, xs_len x, xs_len bottom, bool ends)
{
  if (!open->frame) return XS_OK;
  xs_frame frame = *open->frame;
  frame.x += x;
  open->frame = NULL;
  return xs_stack_frame(s, &frame, open->top, bottom + (ends ? frame.group->padding_y : 0),
                        open->begins, ends);
}

xs_status xs_stack_pieces(xs_stack *s, const xs_piece *pieces, size_t count, xs_len x, xs_len y,
                          const xs_stack_edges *edges)
{
  open_frame open = {0};
  xs_status st = XS_OK;
  for (size_t i = 0; i < count && !st; i++) {
    const xs_piece *p = &pieces[i], *above = i ? p - 1 : NULL;
    bool page_top = edges && !above;
    if (!page_top) y += p->before;
    if (page_top) y -= p->slack_top;
    if (edges && p->at_bottom && edges->bottom) y = edges->bottom - p->height + p->slack_bottom;
    if (p->frame != open.frame) {
      st = close_frame(s, &open, x, y, false);
      xs_len padding = p->frame && p->frame_begins ? p->frame->group->padding_y : 0;
      open = (open_frame){p->frame, y - padding, p->frame_begins};
    }
    if (!st) st = put_items(s, p, x + p->x, y);
    if (!st && p->row) st = xs_row_rule(s, above ? above->row : NULL, p->row, x + p->x, y);
    if (!st && p->row) st = xs_row_sides(s, p->row, x + p->x, y, p->height);
    y += p->height;
    bool row_ends = p->row && (i + 1 == count || !pieces[i + 1].row ||
                               pieces[i + 1].row->table != p->row->table);
    if (!st && row_ends) st = xs_row_rule(s, p->row, NULL, x + p->x, y);
    if (!st && p->frame_ends) st = close_frame(s, &open, x, y, true);
  }
  return st ? st : close_frame(s, &open, x, y, false);
}

static xs_status side(xs_stack *s, const xs_frame *frame, bool upright, xs_len at, xs_len from,
                      xs_len to, const xs_line_style *style)
{
  xs_ruling ruling = {upright, at, from, to, *style, frame->span, frame->from};
  return xs_rulings_add(s->c, &s->rulings, &ruling);
}

xs_status xs_stack_frame(xs_stack *s, const xs_frame *frame, xs_len top, xs_len bottom, bool begins,
                         bool ends)
{
  const xs_group *g = frame->group;
  xs_len left = frame->x, right = frame->x + frame->width;
  xs_status st = XS_OK;
  if (begins) st = side(s, frame, false, top, left, right, &g->top);
  if (!st && ends) st = side(s, frame, false, bottom, left, right, &g->bottom);
  if (!st) st = side(s, frame, true, left, top, bottom, &g->left);
  if (!st) st = side(s, frame, true, right, top, bottom, &g->right);
  return st;
}

xs_status xs_stack_finish(xs_stack *s)
{
  return xs_rulings_draw(s->c, &s->rulings, &s->items);
}
