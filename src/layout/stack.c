#include "layout/stack.h"

#include "base/limits.h"
#include "layout/table.h"

void xs_stack_open(xs_stack *s, xs_composer *c)
{
  *s = (xs_stack){.c = c};
}

xs_len xs_pieces_height(const xs_piece *pieces, size_t count)
{
  int64_t height = 0;
  for (size_t i = 0; i < count; i++) height += (int64_t)pieces[i].before + pieces[i].height;
  return xs_len_clamp(height);
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

/* The frames that are open, the outermost first, and where they began on this page. */
typedef struct open_frames {
  struct {
    const xs_frame *frame;
    xs_len top;
    bool begins;
  } at[XS_MAX_TEMPLATE_DEPTH];
  size_t count;
} open_frames;

static xs_status close_frame(xs_stack *s, open_frames *open, xs_len x, xs_len y, bool ends)
{
  open->count--;
  xs_frame frame = *open->at[open->count].frame;
  frame.x += x;
  return xs_stack_frame(s, &frame, open->at[open->count].top, y + (ends ? frame.below : 0),
                        open->at[open->count].begins, ends);
}

/* Closes the frames that the piece at `y` does not stand in, and opens those it does. */
static xs_status change_frames(xs_stack *s, open_frames *open, const xs_piece *p, xs_len x,
                               xs_len y)
{
  const xs_frame *chain[XS_MAX_TEMPLATE_DEPTH];
  size_t depth = 0, same = 0;
  for (const xs_frame *f = p ? p->frame : NULL; f && depth < XS_COUNT(chain); f = f->outer)
    chain[depth++] = f;
  while (same < depth && same < open->count && open->at[same].frame == chain[depth - 1 - same])
    same++;
  xs_status st = XS_OK;
  while (open->count > same && !st) st = close_frame(s, open, x, y, false);
  for (size_t i = same; i < depth && !st; i++) {
    const xs_frame *f = chain[depth - 1 - i];
    bool begins = depth - 1 - i < p->frames_begun;
    open->at[i].frame = f;
    open->at[i].top = begins ? y - f->above : y;
    open->at[i].begins = begins;
    open->count = i + 1;
  }
  return st;
}

/* What only the neighbours of a row decide: the lines around it. */
static xs_status rule_row(xs_stack *s, const xs_piece *p, const xs_piece *above,
                          const xs_piece *below, xs_len x, xs_len y)
{
  if (!p->row) return XS_OK;
  xs_status st = xs_row_rule(s, above ? above->row : NULL, p->row, x + p->x, y);
  if (!st) st = xs_row_sides(s, p->row, x + p->x, y, p->height);
  bool ends = !below || !below->row || below->row->table != p->row->table;
  return st || !ends ? st : xs_row_rule(s, p->row, NULL, x + p->x, y + p->height);
}

xs_status xs_stack_pieces(xs_stack *s, const xs_piece *pieces, size_t count, xs_len x, xs_len y,
                          const xs_stack_edges *edges)
{
  open_frames open = {.count = 0};
  size_t item_count = 0;
  for (size_t i = 0; i < count; i++) item_count += pieces[i].item_count;
  xs_status st = xs_item_list_reserve(s->c, &s->items, item_count);
  for (size_t i = 0; i < count && !st; i++) {
    const xs_piece *p = &pieces[i];
    y += edges && i == 0 ? -p->slack_top : p->before;
    if (edges && p->at_bottom) y = edges->bottom - p->height + p->slack_bottom;
    st = change_frames(s, &open, p, x, y);
    if (!st) st = put_items(s, p, x + p->x, y);
    if (!st) st = rule_row(s, p, i ? p - 1 : NULL, i + 1 < count ? p + 1 : NULL, x, y);
    y += p->height;
    for (uint8_t k = 0; k < p->frames_ended && open.count && !st; k++)
      st = close_frame(s, &open, x, y, true);
  }
  return st ? st : change_frames(s, &open, NULL, x, y);
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
