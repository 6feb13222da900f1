#include "layout/galley.h"

#include "base/limits.h"
#include "layout/stack.h"

#include <string.h>

enum { MAX_LINES_KEPT = 12 };

xs_piece *xs_galley_push(xs_composer *c, xs_galley *g)
{
  xs_piece *p = XS_PUSH(c->scratch, g->items, g->count, g->capacity);
  if (!p) return NULL;
  *p = (xs_piece){.before = g->pending, .join = g->join};
  g->pending = 0;
  g->join = XS_JOIN_FREE;
  return p;
}

/* Adds to the room between two pieces. More than any page has is never needed. */
static void widen(xs_len *room, xs_len more)
{
  const xs_len most = XS_PT(XS_MAX_LENGTH_PT);
  *room += more;
  if (*room > most) *room = most;
  if (*room < -most) *room = -most;
}

/* Makes room for so many more pieces at once. */
static xs_status reserve(xs_composer *c, xs_galley *g, size_t more)
{
  if (g->count + more <= g->capacity) return XS_OK;
  size_t capacity = g->capacity * 2 > g->count + more ? g->capacity * 2 : g->count + more;
  xs_piece *items = XS_NEW_ARRAY(c->scratch, capacity, xs_piece);
  if (!items) return XS_ENOMEM;
  if (g->count) memcpy(items, g->items, g->count * sizeof *items);
  g->items = items;
  g->capacity = capacity;
  return XS_OK;
}

/* ---- paragraphs ----------------------------------------------------------------------------- */

/* PG-03: a last line does not stand alone at the top of a page (CLREQ). A first line may stand
 * alone at the bottom: a page of an official paper is to have its 22 lines. */
static xs_join join_of_line(const xs_para_style *style, size_t line, size_t count)
{
  if (style->keep_lines) return XS_JOIN_KEEP;
  return line + 1 == count ? XS_JOIN_SOFT : XS_JOIN_FREE;
}

static xs_status add_heading(xs_composer *c, const xs_paragraph *par, xs_piece *first)
{
  xs_heading *heading = XS_NEW(c->scratch, xs_heading);
  if (!heading) return XS_ENOMEM;
  *heading = (xs_heading){xs_arena_text(c->a, par->bookmark), par->outline, first->slack_top};
  if (!heading->title.ptr) return XS_ENOMEM;
  first->headings = heading;
  first->heading_count = 1;
  return XS_OK;
}

static xs_status add_paragraph(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_paragraph *par = &block->u.paragraph;
  const xs_para_style *style = par->style;
  const xs_line *lines = NULL;
  size_t count = 0;
  if (!xs_style_check(c, &style->text, block->span)) return XS_EINPUT;
  if (style->before < 0 && g->count) {
    xs_diag(c->diags, XS_D_STYLE_INVALID, block->span,
            _("the room above a paragraph may be negative only where it begins a page or a box"));
    return XS_EINPUT;
  }
  if (g->page_height > 0 && style->leading > g->page_height) {
    xs_diag(c->diags, XS_D_STYLE_INVALID, block->span,
            _("the leading is higher than the page; state one of one to two times the size"));
    return XS_EINPUT;
  }
  xs_status st = xs_paragraph_set(c, par, g->measure, &lines, &count);
  if (!st) st = reserve(c, g, count);
  if (st) return st;
  widen(&g->pending, style->before);
  if (style->page_break_before && g->count) g->join = XS_JOIN_PAGE;
  for (size_t i = 0; i < count; i++) {
    xs_piece *p = xs_galley_push(c, g);
    if (!p) return XS_ENOMEM;
    if (i) p->join = (uint8_t)join_of_line(style, i, count);
    p->height = lines[i].height;
    p->slack_top = lines[i].slack_top;
    p->slack_bottom = lines[i].slack_bottom;
    p->items = lines[i].items;
    p->item_count = lines[i].item_count;
    p->is_text = true;
    p->begins_text = i == 0;
    p->on_grid = style->grid;
    p->span = block->span;
    p->from = block->from;
  }
  if (par->outline && par->bookmark.len) {
    st = add_heading(c, par, &g->items[g->count - count]);
    if (st) return st;
  }
  g->pending = style->after;
  g->join = style->keep_next ? XS_JOIN_KEEP : XS_JOIN_FREE;
  return XS_OK;
}

/* ---- groups --------------------------------------------------------------------------------- */

/* The block at `first` takes at least `lines` lines of the text before it along, or rows of a
 * table, and does not leave the first line of a paragraph behind. */
static void keep_lines_before(xs_galley *g, size_t first, uint32_t lines)
{
  if (!lines || first == 0 || g->items[first].join == XS_JOIN_PAGE) return;
  g->items[first].signs_off = true;
  if (lines > MAX_LINES_KEPT) lines = MAX_LINES_KEPT;
  g->items[first].join = XS_JOIN_KEEP;
  uint32_t seen = 0;
  for (size_t i = first; i-- > 0;) {
    seen += g->items[i].is_text || g->items[i].row;
    bool leaves_one = i && !g->items[i].begins_text && g->items[i - 1].begins_text;
    if ((seen >= lines && !leaves_one) || g->items[i].join == XS_JOIN_PAGE) return;
    if (i) g->items[i].join = XS_JOIN_KEEP;
  }
}

static xs_status add_whole_group(xs_composer *c, xs_galley *g, const xs_block *block,
                                 const xs_galley *inner, xs_len height)
{
  const xs_group *group = &block->u.group;
  xs_stack stack;
  xs_stack_open(&stack, c);
  xs_frame frame = {.group = group, .width = g->measure, .span = block->span, .from = block->from};
  xs_status st =
      xs_stack_pieces(&stack, inner->items, inner->count, group->padding_x, group->padding_y, NULL);
  if (!st) st = xs_stack_frame(&stack, &frame, 0, height, true, true);
  if (!st) st = xs_stack_finish(&stack);
  xs_piece *p = st ? NULL : xs_galley_push(c, g);
  if (!p) return st ? st : XS_ENOMEM;
  p->height = height;
  p->items = stack.items.items;
  p->item_count = stack.items.count;
  p->headings = stack.headings;
  p->heading_count = stack.heading_count;
  p->at_bottom = group->at_bottom;
  p->span = block->span;
  p->from = block->from;
  if (inner->count && !group->top.width && !group->padding_y)
    p->slack_top = inner->items[0].slack_top;
  if (inner->count && !group->bottom.width && !group->padding_y)
    p->slack_bottom = inner->items[inner->count - 1].slack_bottom;
  return XS_OK;
}

/* Frames within the group move in with the pieces that begin them. */
static void indent_frames(const xs_piece *p, xs_len dx)
{
  xs_frame *f = p->frame;
  for (uint8_t k = 0; k < p->frames_begun && f; k++, f = f->outer) f->x += dx;
}

static void put_in_frame(xs_piece *p, xs_frame *frame)
{
  if (!p->frame) {
    p->frame = frame;
    return;
  }
  xs_frame *outermost = p->frame;
  while (outermost->outer && outermost->outer != frame) outermost = outermost->outer;
  if (outermost != frame) outermost->outer = frame;
}

static bool has_border(const xs_group *group)
{
  return group->top.width || group->right.width || group->bottom.width || group->left.width;
}

/* The pieces of a group that may go over pages stand in the galley like all others. */
static xs_status add_flowing_group(xs_composer *c, xs_galley *g, const xs_block *block,
                                   const xs_galley *inner)
{
  const xs_group *group = &block->u.group;
  xs_len below = group->padding_y;
  if (inner->items[inner->count - 1].frame) widen(&below, inner->pending);
  xs_frame *frame = NULL;
  if (has_border(group)) {
    frame = XS_NEW(c->scratch, xs_frame);
    if (!frame) return XS_ENOMEM;
    *frame = (xs_frame){.group = group,
                        .width = g->measure,
                        .above = inner->items[0].before + group->padding_y,
                        .below = below,
                        .span = block->span,
                        .from = block->from};
  }
  for (size_t i = 0; i < inner->count; i++) {
    xs_piece *p = xs_galley_push(c, g);
    if (!p) return XS_ENOMEM;
    xs_len before = p->before;
    uint8_t join = p->join;
    *p = inner->items[i];
    p->x += group->padding_x;
    indent_frames(p, group->padding_x);
    if (frame) put_in_frame(p, frame);
    if (i) continue;
    widen(&p->before, before);
    widen(&p->before, group->padding_y);
    p->join = join;
    p->frames_begun = (uint8_t)(p->frames_begun + (frame != NULL));
  }
  xs_piece *last = &g->items[g->count - 1];
  last->frames_ended = (uint8_t)(last->frames_ended + (frame != NULL));
  g->pending = below;
  return XS_OK;
}

static xs_status add_group(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_group *group = &block->u.group;
  xs_galley inner = {.measure = g->measure - 2 * group->padding_x,
                     .page_height = g->page_height - 2 * group->padding_y};
  xs_status st = xs_galley_blocks(c, &inner, &group->blocks);
  if (st || !inner.count) return st;
  xs_len height = xs_pieces_height(inner.items, inner.count);
  bool fits = height <= inner.page_height;
  bool whole =
      (group->at_top || group->at_bottom || (group->keep_together && has_border(group))) && fits;
  height += 2 * group->padding_y;
  widen(&g->pending, group->before);
  size_t first = g->count;
  st =
      whole ? add_whole_group(c, g, block, &inner, height) : add_flowing_group(c, g, block, &inner);
  if (st) return st;
  if (group->keep_together && fits)
    for (size_t i = first + 1; i < g->count; i++) g->items[i].join = XS_JOIN_KEEP;
  keep_lines_before(g, first, group->keep_with);
  widen(&g->pending, group->after);
  if (group->at_bottom) g->join = XS_JOIN_PAGE;
  return XS_OK;
}

static xs_status add_issued(xs_composer *c, xs_galley *g, const xs_block *block)
{
  size_t first = g->count;
  xs_status st = xs_galley_issued(c, g, block);
  if (!st) keep_lines_before(g, first, block->u.issued.keep_with);
  return st;
}

/* ---- the rest ------------------------------------------------------------------------------- */

static xs_status add_rule(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_line_style *line = &block->u.rule.line;
  widen(&g->pending, block->u.rule.before);
  xs_piece *p = xs_galley_push(c, g);
  xs_item *item = XS_NEW(c->scratch, xs_item);
  if (!p || !item) return XS_ENOMEM;
  *item =
      (xs_item){.kind = XS_ITEM_LINE, .artifact = true, .span = block->span, .from = block->from};
  item->u.line.x1 = block->u.rule.left;
  item->u.line.x2 = g->measure - block->u.rule.right;
  item->u.line.y1 = item->u.line.y2 = line->width / 2;
  item->u.line.width = line->width;
  item->u.line.color = line->color;
  item->u.line.dashed = line->dashed;
  p->height = line->width;
  p->items = item;
  p->item_count = line->width > 0;
  p->span = block->span;
  p->from = block->from;
  g->pending = block->u.rule.after;
  return XS_OK;
}

static xs_status add_block(xs_composer *c, xs_galley *g, const xs_block *block)
{
  switch (block->kind) {
  case XS_BLOCK_PARAGRAPH:
    return add_paragraph(c, g, block);
  case XS_BLOCK_TABLE:
    return xs_galley_table(c, g, block);
  case XS_BLOCK_GROUP:
    return add_group(c, g, block);
  case XS_BLOCK_ISSUED:
    return add_issued(c, g, block);
  case XS_BLOCK_RULE:
    return add_rule(c, g, block);
  case XS_BLOCK_SPACE:
    widen(&g->pending, block->u.space.height);
    return XS_OK;
  case XS_BLOCK_PAGE_BREAK:
    if (g->count) g->join = XS_JOIN_PAGE;
    return XS_OK;
  }
  return XS_OK;
}

xs_status xs_galley_blocks(xs_composer *c, xs_galley *g, const xs_blocks *blocks)
{
  if (c->depth >= XS_MAX_TEMPLATE_DEPTH) {
    xs_diag(c->diags, XS_D_LIMIT, blocks->count ? blocks->items[0].span : XS_NOWHERE,
            _("blocks stand more than %u deep in one another"), XS_MAX_TEMPLATE_DEPTH);
    return XS_ELIMIT;
  }
  c->depth++;
  xs_status st = XS_OK;
  for (size_t i = 0; i < blocks->count && !st; i++) st = add_block(c, g, &blocks->items[i]);
  c->depth--;
  return st;
}

xs_status xs_galley_height(xs_composer *c, const xs_galley *g, xs_span at, xs_len *height)
{
  *height = xs_pieces_height(g->items, g->count);
  if (*height < XS_LEN_MAX) return XS_OK;
  xs_diag(c->diags, XS_D_LIMIT, at, _("a part of a page that is higher than any page"));
  return XS_ELIMIT;
}
