#include "layout/flow.h"

#include "base/limits.h"
#include "layout/line_grid.h"
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
  xs_len pitch;  /* of its grid of lines, or 0 */
  const xs_piece *heads;
  size_t head_count;
  xs_len head_height;
} page_room;

static xs_status find_room(xs_composer *c, const xs_section *s, const xs_piece *first,
                           page_room *room)
{
  *room = (page_room){.height = s->height - s->top - s->bottom, .pitch = s->line_pitch};
  return xs_table_heads(c, first, &room->heads, &room->head_count, &room->head_height);
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

/* Whether all that is left of the table stands on the page: then it needs no row that carries. */
static bool ends_here(const xs_galley *g, size_t i, const page_room *room, xs_len y)
{
  const xs_table_set *t = g->items[i].row->table;
  for (; i < g->count && g->items[i].row && g->items[i].row->table == t; i++) {
    y += g->items[i].before + g->items[i].height;
    if (y > room->height) return false;
  }
  return true;
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
    if (i > first) above += xs_line_grid_room(room->pitch, y + above, p);
    xs_len used_then = y + above + p->height, foot = xs_table_foot_room(p);
    if (used_then + room_below(p) > room->height) break;
    if (foot && used_then + foot > room->height && !ends_here(g, i, room, y)) break;
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
    xs_len left = room->height - used - above - xs_table_foot_room(next);
    xs_status st = xs_row_split(f->c, next, left, room->height, has_tail, tail, &rest);
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

/* PG-09: a section that takes up the count of the one before goes on, also where its sheet is
 * another: only where the count begins is a page the first. */
static xs_page_kind kind_of(const xs_flow *f, const xs_section *s, bool first_of_section,
                            uint32_t number)
{
  if (first_of_section && (!f->page_count || s->restart_numbers)) return XS_PAGE_FIRST;
  return number % 2 ? XS_PAGE_ODD : XS_PAGE_EVEN;
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
  xs_page_kind kind = kind_of(f, s, first_of_section, number);
  xs_page_draft *page = XS_PUSH(f->c->scratch, f->pages, f->page_count, f->page_capacity);
  if (!page) return XS_ENOMEM;
  *page = (xs_page_draft){.section = s,
                          .kind = kind,
                          .number = number,
                          .items = stack->items.items,
                          .item_count = stack->items.count};
  return XS_OK;
}

/* The row 过次页, where the page ends within a table. */
static xs_status add_foot(xs_composer *c, const xs_galley *g, size_t end, xs_piece *pieces,
                          size_t *count)
{
  const xs_row_set *last = pieces[*count - 1].row;
  const xs_row_set *next = end < g->count ? g->items[end].row : NULL;
  bool has_foot = false;
  if (!last || !next || last->table != next->table) return XS_OK;
  const xs_piece *above = &pieces[*count - 1];
  xs_piece *foot = &pieces[*count];
  xs_status st = xs_table_foot(c, above, foot, &has_foot);
  if (has_foot) {
    foot->x += above->x - last->table->x;
    foot->frame = above->frame;
  }
  *count += has_foot;
  return st;
}

/* Heads, pieces, the upper part of a row and 过次页, one below the other. */
static xs_status gather_page(xs_composer *c, const xs_galley *g, size_t first, size_t end,
                             const page_room *room, const xs_piece *tail, xs_piece **out,
                             size_t *count)
{
  size_t k = room->head_count;
  xs_piece *pieces = XS_NEW_ARRAY(c->scratch, k + (end - first) + 2, xs_piece);
  if (!pieces) return XS_ENOMEM;
  if (k) memcpy(pieces, room->heads, k * sizeof *pieces);
  memcpy(pieces + k, g->items + first, (end - first) * sizeof *pieces);
  if (k) pieces[k].before = 0;
  for (size_t i = 0; i < k; i++) {
    pieces[i].x += g->items[first].x - g->items[first].row->table->x;
    pieces[i].frame = g->items[first].frame;
  }
  *count = k + (end - first);
  if (tail) pieces[(*count)++] = *tail;
  *out = pieces;
  xs_line_grid_settle(room->pitch, pieces, *count);
  return add_foot(c, g, end, pieces, count);
}

static xs_status put_pieces(xs_flow *f, const xs_section *s, const xs_piece *pieces, size_t count,
                            xs_len y)
{
  xs_stack stack;
  xs_stack_open(&stack, f->c);
  xs_stack_edges edges = {.bottom = s->height - s->bottom};
  xs_status st = xs_stack_pieces(&stack, pieces, count, s->left, s->top + y, &edges);
  if (!st) st = xs_stack_finish(&stack);
  if (!st) st = add_page(f, s, &stack, f->fresh);
  f->fresh = false;
  return st;
}

/* The rows of a table that is parted by columns among the pieces [first, end) of the galley. */
static size_t find_parted(const xs_galley *g, size_t first, size_t end, size_t *row_count)
{
  size_t at = first;
  while (at < end && !(g->items[at].row && g->items[at].row->table->next)) at++;
  *row_count = 0;
  while (at + *row_count < end && g->items[at + *row_count].row &&
         g->items[at + *row_count].row->table == g->items[at].row->table)
    (*row_count)++;
  return at;
}

/* A page, or as many as its table has groups of columns. */
static xs_status put_page(xs_flow *f, const xs_section *s, const xs_galley *g, size_t first,
                          size_t end, const page_room *room, const xs_piece *tail)
{
  xs_piece *pieces = NULL;
  size_t count = 0, row_count = 0, at = find_parted(g, first, end, &row_count);
  xs_status st = gather_page(f->c, g, first, end, room, tail, &pieces, &count);
  if (st || !row_count) return st ? st : put_pieces(f, s, pieces, count, 0);
  const xs_table_set *t = g->items[at].row->table;
  xs_page_part part = {.rows = g->items + at,
                       .row_count = row_count,
                       .below = g->items + at + row_count,
                       .below_count = end - at - row_count,
                       .is_first = at == first,
                       .goes_on =
                           end < g->count && g->items[end].row && g->items[end].row->table == t};
  for (size_t i = 0; i < at - first; i++)
    part.above += room_above(room, &pieces[i], i == 0) + pieces[i].height;
  if (!part.is_first) part.above += pieces[at - first].before;
  st = put_pieces(f, s, pieces, count - part.below_count, 0);
  for (t = t->next; t && !st; t = t->next) {
    const xs_piece *others = NULL;
    xs_len y = 0;
    st = xs_page_part_gather(f->c, &part, t, &others, &count, &y);
    if (!st) st = put_pieces(f, s, others, count, y);
  }
  return st;
}

/* ---- sign-offs ------------------------------------------------------------------------------ */

/*
 * PG-14  Where a sign-off and the lines it takes along would stand on a page of their own, the
 *        lines of the section move together, each by as little as brings them a page back and by
 *        no more than the page allows (GB/T 9704 7.3.5.5). Else the lines go along.
 */
enum { TIGHTEN_STEPS = 8 };

/* The page, from 0, and the first piece of the page on which piece `at` comes to stand. */
static size_t page_of(const xs_galley *g, const page_room *room, size_t at, size_t *first)
{
  size_t page = 0;
  for (*first = 0;; page++) {
    xs_len used = 0;
    size_t full = fill_page(g, *first, room, &used), end = full;
    if (full < g->count && g->items[full].join != XS_JOIN_PAGE) {
      end = last_join(g, *first, full, XS_JOIN_FREE);
      if (end == *first) end = last_join(g, *first, full, XS_JOIN_SOFT);
      if (end == *first) end = full;
    }
    if (end <= *first) end = *first + 1;
    if (at < end) return page;
    *first = end;
  }
}

static bool stands_alone(const xs_galley *g, size_t first, size_t at)
{
  for (size_t i = first + 1; i <= at; i++)
    if (g->items[i].join != XS_JOIN_KEEP) return false;
  return true;
}

/* The first sign-off that would begin a page, with nothing but text before it, and its page;
 * g->count when there is none. */
static size_t find_sign_off(const xs_galley *g, const page_room *room, size_t *page)
{
  for (size_t i = 0; i < g->count && !g->items[i].row; i++) {
    size_t first = 0;
    if (!g->items[i].signs_off) continue;
    *page = page_of(g, room, i, &first);
    if (*page && stands_alone(g, first, i)) return i;
  }
  return g->count;
}

static void move_together(xs_galley *g, size_t end, xs_len by)
{
  for (size_t i = 0; i < end; i++) {
    xs_piece *p = &g->items[i];
    if (!p->is_text || !p->on_grid) continue;
    p->height -= by;
    p->slack_bottom -= by;
  }
}

/* PG-14; *by is what each line gives up. */
static void tighten(xs_galley *g, const xs_section *s, xs_len *by)
{
  page_room room = {.height = s->height - s->top - s->bottom, .pitch = s->line_pitch};
  size_t page = 0, first = 0;
  *by = 0;
  if (!s->tighten || !s->line_pitch) return;
  size_t at = find_sign_off(g, &room, &page);
  if (at == g->count) return;
  for (xs_len step = 1; step <= TIGHTEN_STEPS; step++) {
    *by = s->tighten * step / TIGHTEN_STEPS;
    room.pitch = s->line_pitch - *by;
    move_together(g, g->count, *by);
    if (page_of(g, &room, at, &first) < page) return;
    move_together(g, g->count, -*by);
  }
  *by = 0;
}

static xs_status flow_pages(xs_flow *f, const xs_section *s, xs_galley *g)
{
  xs_len tighter = 0;
  tighten(g, s, &tighter);
  for (size_t first = 0; first < g->count;) {
    page_room room;
    xs_status st = find_room(f->c, s, &g->items[first], &room);
    if (st) return st;
    room.pitch -= tighter;
    xs_len used = 0;
    size_t full = fill_page(g, first, &room, &used), end = full;
    xs_piece tail;
    bool has_tail = false;
    st = end_page(f, g, first, full, &room, used, &end, &tail, &has_tail);
    if (!st) st = put_page(f, s, g, first, end, &room, has_tail ? &tail : NULL);
    if (st) return st;
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
