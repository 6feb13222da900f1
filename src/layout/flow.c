#include "layout/flow.h"

#include "base/limits.h"
#include "layout/table.h"

#include <string.h>

/*
 * Page flow.
 *
 * A page takes pieces from the galley as long as they fit, and then goes back to the last join
 * at which a page may end. Room above the first piece of a page falls away, and so do the empty
 * parts of the first and last line, so that ink begins and ends on the edges of the type area:
 * 22 lines of 15.75 pt with a leading of 29.62 pt fill 637.8 pt.
 *
 *   type area ┬ ── first line, without the room above its em
 *             │    …
 *             │    last piece that fits
 *             ┴ ── without the room below its em
 *
 * Invariants
 *  1. Every page but an empty section's takes at least one piece, so the flow ends.
 *  2. A page never ends at a join KEEP, unless the pieces so joined are higher than a page;
 *     a SOFT join is given up first.
 *  3. A page that begins inside a table begins with the heads of that table.
 *  4. No piece is dropped: one that is higher than a page is parted, or is an error.
 */

typedef struct page_room {
  xs_len height; /* of the type area */
  const xs_piece *heads;
  size_t head_count;
  xs_len head_height;
} page_room;

static page_room room_of(const xs_section *s, const xs_piece *first)
{
  page_room room = {.height = s->height - s->top - s->bottom};
  if (!first->row) return room;
  const xs_table_set *t = first->row->table;
  size_t head_rows = t->head_count - (t->head_count && t->table->continued.len);
  if (first->row->index < head_rows || (first->row->index == 0 && first->row == &t->rows[0]))
    return room;
  room.heads = t->heads;
  room.head_count = t->head_count;
  room.head_height = t->head_height;
  return room;
}

/* Room above the piece at `i` on a page that begins with `first`. */
static xs_len room_above(const page_room *room, const xs_piece *p, bool is_first)
{
  if (!is_first) return p->before;
  return room->head_count ? 0 : -p->slack_top;
}

/* What must stand below a piece: the lower borders of frames that end with it. */
static xs_len room_below(const xs_piece *p)
{
  const xs_frame *f = p->frame;
  for (uint8_t k = 1; k < p->frames_ended && f; k++) f = f->outer;
  return p->frames_ended && f ? f->below : -p->slack_bottom;
}

/* The first piece that no longer fits, or that begins a page; *used is what those before take. */
static size_t fill_page(const xs_galley *g, size_t first, const page_room *room, xs_len *used)
{
  xs_len y = room->head_height;
  size_t i = first;
  for (; i < g->count; i++) {
    const xs_piece *p = &g->items[i];
    if (i > first && p->join == XS_JOIN_PAGE) break;
    xs_len above = room_above(room, p, i == first);
    if (y + above + p->height + room_below(p) > room->height) break;
    y += above + p->height;
  }
  *used = y;
  return i;
}

/* The last join at or before `end` that is no stronger than `strength`; `first` when none is. */
static size_t last_join(const xs_galley *g, size_t first, size_t end, xs_join strength)
{
  size_t i = end;
  while (i > first && g->items[i].join > strength && g->items[i].join != XS_JOIN_PAGE) i--;
  return i;
}

static xs_status report_overfull(xs_composer *c, const xs_piece *p)
{
  xs_diag(c->diags, XS_D_PAGE_OVERFULL, p->span,
          _("this is higher than a page and cannot be parted"));
  return XS_OK;
}

/*
 * Ends the page that begins at `first` and would be full at `full`. A row that may be parted is:
 * its upper part stands in *tail, its rest takes its place in the galley.
 */
static xs_status end_page(xs_flow *f, xs_galley *g, size_t first, size_t full,
                          const page_room *room, xs_len used, size_t *end, xs_piece *tail,
                          bool *has_tail)
{
  *end = full;
  *has_tail = false;
  if (full == g->count || g->items[full].join == XS_JOIN_PAGE) return XS_OK;
  xs_piece *next = &g->items[full];
  if (next->row) {
    xs_len above = room_above(room, next, full == first);
    xs_piece rest = *next;
    xs_status st =
        xs_row_split(f->c, next, room->height - used - above, room->height, has_tail, tail, &rest);
    if (st) return st;
    if (*has_tail) {
      *next = rest;
      return XS_OK;
    }
  }
  *end = last_join(g, first, full, XS_JOIN_FREE);
  if (*end == first) *end = last_join(g, first, full, XS_JOIN_SOFT);
  if (*end == first) *end = full;
  if (*end > first) return XS_OK;
  *end = first + 1;
  return report_overfull(f->c, &g->items[first]);
}

/* ---- pages ---------------------------------------------------------------------------------- */

static xs_status add_bookmarks(xs_flow *f, const xs_stack *stack)
{
  for (size_t i = 0; i < stack->heading_count; i++) {
    xs_bookmark *mark = XS_PUSH(f->c->a, f->bookmarks, f->bookmark_count, f->bookmark_capacity);
    if (!mark) return XS_ENOMEM;
    const xs_heading *h = &stack->headings[i];
    *mark = (xs_bookmark){h->title, h->level, (uint32_t)f->page_count, h->y};
  }
  return XS_OK;
}

static uint32_t next_number(const xs_flow *f, const xs_section *s, bool first_of_section)
{
  if (first_of_section && s->restart_numbers) return s->first_number;
  return f->page_count ? f->pages[f->page_count - 1].number + 1 : 1;
}

static xs_status add_page(xs_flow *f, const xs_section *s, const xs_stack *stack,
                          bool first_of_section)
{
  if (f->page_count >= XS_MAX_PAGES) {
    xs_diag(f->c->diags, XS_D_LIMIT, s->span, _("a document of more than %u pages"), XS_MAX_PAGES);
    return XS_ELIMIT;
  }
  xs_status st = add_bookmarks(f, stack);
  if (st) return st;
  uint32_t number = next_number(f, s, first_of_section);
  xs_page_draft *page = XS_PUSH(f->c->scratch, f->pages, f->page_count, f->page_capacity);
  if (!page) return XS_ENOMEM;
  *page = (xs_page_draft){.section = s,
                          .kind = first_of_section ? XS_PAGE_FIRST
                                  : number % 2     ? XS_PAGE_ODD
                                                   : XS_PAGE_EVEN,
                          .number = number,
                          .items = stack->items.items,
                          .item_count = stack->items.count};
  return XS_OK;
}

/* Heads, pieces and the upper part of a row, one below the other. */
static xs_status put_page(xs_flow *f, const xs_section *s, const xs_galley *g, size_t first,
                          size_t end, const page_room *room, const xs_piece *tail)
{
  xs_composer *c = f->c;
  size_t count = room->head_count + (end - first) + (tail != NULL), k = room->head_count;
  xs_piece *pieces = XS_NEW_ARRAY(c->scratch, count, xs_piece);
  if (!pieces) return XS_ENOMEM;
  if (k) memcpy(pieces, room->heads, k * sizeof *pieces);
  memcpy(pieces + k, g->items + first, (end - first) * sizeof *pieces);
  if (k) pieces[k].before = 0;
  for (size_t i = 0; i < k; i++) {
    pieces[i].x += g->items[first].x - g->items[first].row->table->x;
    pieces[i].frame = g->items[first].frame;
  }
  if (tail) pieces[count - 1] = *tail;
  xs_stack stack;
  xs_stack_open(&stack, c);
  xs_stack_edges edges = {.bottom = s->height - s->bottom};
  xs_status st = xs_stack_pieces(&stack, pieces, count, s->left, s->top, &edges);
  if (!st) st = xs_stack_finish(&stack);
  return st ? st : add_page(f, s, &stack, f->fresh);
}

static xs_status flow_pages(xs_flow *f, const xs_section *s, xs_galley *g)
{
  for (size_t first = 0; first < g->count;) {
    page_room room = room_of(s, &g->items[first]);
    xs_len used = 0;
    size_t full = fill_page(g, first, &room, &used), end = full;
    xs_piece tail;
    bool has_tail = false;
    xs_status st = end_page(f, g, first, full, &room, used, &end, &tail, &has_tail);
    if (!st) st = put_page(f, s, g, first, end, &room, has_tail ? &tail : NULL);
    if (st) return st;
    f->fresh = false;
    first = end;
  }
  return XS_OK;
}

xs_status xs_flow_section(xs_flow *f, const xs_section *section)
{
  xs_galley g = {.measure = section->width - section->left - section->right,
                 .page_height = section->height - section->top - section->bottom};
  if (g.measure <= 0 || g.page_height <= 0) {
    xs_diag(f->c->diags, XS_D_PAGE_MARGINS, section->span,
            _("the margins leave no room on a page"));
    return XS_EINPUT;
  }
  xs_status st = xs_galley_blocks(f->c, &g, &section->blocks);
  if (st) return st;
  f->fresh = true;
  if (g.count) return flow_pages(f, section, &g);
  xs_stack empty;
  xs_stack_open(&empty, f->c);
  return add_page(f, section, &empty, true);
}
