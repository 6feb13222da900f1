#include "layout/linebreak.h"

#include "base/text.h"
#include "layout/title.h"

/*
 * Choosing breaks.
 *
 * CB-01  Model. The places where a line may end are the nodes of a graph; a line is an edge from
 * one node to a later one; its cost says how far it must be squeezed or stretched. The best setting
 * of a paragraph is the cheapest way from its first unit to its last, found in one pass forward:
 * when a node is reached, the cheapest way to it is known already. Greedy breaking is one of the
 * ways through the same graph, so the choice is never worse than greedy.
 *
 *   nodes   0 ........ 27 28 29 ........ 55 56 57 58 ........ n
 *   edges   └──────────┴──┴──┘  (window)
 *
 * From a node only the few nodes are tried at which the line is neither too full nor too empty,
 * and the two good ones that greedy breaking would weigh against each other.
 * With sums over all units before a node, an edge is measured in constant time, so the work is
 * nodes times window: linear in the text. What greedy breaking costs bounds the search: most nodes
 * cost more already than the whole greedy way, and are left alone.
 *
 * Invariants
 *  1. Every node that is reached has at least one edge: if the window is empty, the nearest
 *     break before it is tried; if there is none, a word is wider than the measure and is
 *     opened at every unit (XS_BREAK_WORD).
 *  2. natural(i, j) does not fall as j grows, so the upper end of the window only moves forward.
 *  3. Costs add up; the largest cost of one edge times the largest number of lines fits in
 *     63 bits.
 *
 * Centred paragraphs are broken by the same search with another cost: the fewest lines, and
 * these as even as can be. Ragged ones, and those with a fill, take what fits.
 */

/* What all units before a node come to. */
struct xs_line_sums {
  int64_t width;                     /* gaps included */
  int64_t start_width, start_shrink; /* with what a line that begins here leaves behind */
  int64_t end_width, end_shrink;     /* without what falls away when a line ends here */
  uint32_t gaps;
  uint32_t from; /* the node before on the cheapest way */
  int64_t cost;  /* of that way; NOT_REACHED */
};

enum { NAME_MAX_CHARS = 4 };

#define NOT_REACHED INT64_MAX
#define LEAST_BAD   ((int64_t)10) /* so that of good settings the one of fewer lines wins */
#define LEAST_COST  (LEAST_BAD * LEAST_BAD)
#define BAD_MAX     ((int64_t)1000000)
#define ORPHAN_COST ((int64_t)10000000000) /* of a line open by four fifths of an em everywhere */
#define POOR_COST   ((int64_t)100000000)   /* of a line open by a quarter of an em everywhere */
#define HYPHEN_COST ((int64_t)5000000)
#define WORD_COST   ((int64_t)1000000)
#define PER_LINE    ((int64_t)1 << 40)

bool xs_units_stretch(const xs_unit *left, const xs_unit *right)
{
  if (right->kind == XS_UNIT_FURTHER || right->kind == XS_UNIT_SEAL || left->kind == XS_UNIT_SEAL)
    return false;
  if (xs_unit_is_space(left)) return !left->solid;
  if (xs_unit_is_space(right)) return false;
  if (left->western && right->western) return false;
  if (xs_unit_is_number_pair(left, right)) return false;
  if (left->kind != XS_UNIT_GLYPH || right->kind != XS_UNIT_GLYPH) return true;
  if (left->class == right->class &&
      (left->class == XS_CHAR_DASH || left->class == XS_CHAR_ELLIPSIS))
    return false;
  return left->class != XS_CHAR_CONNECTOR && right->class != XS_CHAR_CONNECTOR &&
         left->class != XS_CHAR_SOLIDUS && right->class != XS_CHAR_SOLIDUS;
}

size_t xs_line_visible_end(const xs_composer *c, size_t first, size_t end)
{
  while (end > first &&
         (xs_unit_is_space(&c->units[end - 1]) || c->units[end - 1].kind == XS_UNIT_BREAK))
    end--;
  return end;
}

xs_len xs_line_lead(const xs_composer *c, size_t first)
{
  return c->units[first].class == XS_CHAR_OPEN ? c->units[first].trim_left : 0;
}

static xs_status reserve_sums(xs_composer *c)
{
  size_t count = c->line_unit_count + 1;
  if (count <= c->sums_capacity) return XS_OK;
  size_t room = count < 256 ? 256 : count * 2;
  c->sums = XS_NEW_ARRAY(c->scratch, room, struct xs_line_sums);
  c->sums_capacity = c->sums ? room : 0;
  return c->sums ? XS_OK : XS_ENOMEM;
}

static xs_status sum_up(xs_composer *c)
{
  xs_status st = reserve_sums(c);
  if (st) return st;
  struct xs_line_sums sum = {.cost = NOT_REACHED};
  int64_t all_shrink = 0, drop = 0, drop_shrink = 0;
  for (size_t i = 0; i < c->line_unit_count; i++) {
    const xs_unit *u = &c->units[i];
    xs_len gap_shrink = xs_unit_gap_shrink(u);
    xs_len shrink = u->trim_left + u->trim_right + xs_unit_space_shrink(u) + gap_shrink;
    sum.start_width = sum.width + u->gap + xs_line_lead(c, i);
    sum.start_shrink = all_shrink + gap_shrink + u->trim_left;
    c->sums[i] = sum;
    sum.width += u->gap + u->width;
    all_shrink += shrink;
    if (i && xs_units_stretch(u - 1, u)) sum.gaps++;
    if (xs_unit_is_space(u)) {
      drop += u->gap + u->width;
      drop_shrink += shrink;
    } else if (u->kind != XS_UNIT_BREAK) {
      drop = drop_shrink = xs_unit_end_trim(u);
    }
    sum.end_width = sum.width - drop;
    sum.end_shrink = all_shrink - drop_shrink;
  }
  c->sums[c->line_unit_count] = sum;
  return XS_OK;
}

xs_len xs_line_hyphen(const xs_composer *c, size_t end)
{
  bool parts = end < c->line_unit_count && c->units[end].break_before == XS_BREAK_HYPHEN;
  return parts ? c->units[c->units[end].hyphen].width : 0;
}

static inline xs_line_room measure_line(const xs_composer *c, size_t i, size_t j)
{
  const struct xs_line_sums *from = &c->sums[i], *to = &c->sums[j];
  int64_t natural = to->end_width - from->start_width + xs_line_hyphen(c, j);
  int64_t shrink = to->end_shrink - from->start_shrink;
  return (xs_line_room){xs_len_clamp(natural), shrink < 0 ? 0 : xs_len_clamp(shrink),
                        to->gaps - from[1].gaps};
}

xs_status xs_line_refuse(xs_composer *c, xs_span at)
{
  xs_diag(c->diags, XS_D_LIMIT, at, _("one line that is longer than any page is wide"));
  return XS_ELIMIT;
}

xs_len xs_units_natural(const xs_composer *c, size_t first, size_t end)
{
  int64_t width = 0;
  for (size_t i = first; i < end; i++)
    width += c->units[i].width + (i > first ? c->units[i].gap : 0);
  return xs_len_clamp(width);
}

/* ---- costs ---------------------------------------------------------------------------------- */

static xs_len width_of_line(size_t i, const xs_measure *m)
{
  xs_len width = i == 0 ? m->width - m->first_indent : m->width;
  return width > 1 ? width : 1;
}

/* OR-01: a last line of one character, or of one character and its marks. */
static bool is_orphan(const xs_composer *c, size_t i, size_t j)
{
  size_t end = xs_line_visible_end(c, i, j), character_count = 0;
  if (i == 0 || end == i) return false;
  for (size_t k = i; k < end; k++) {
    uint8_t class = c->units[k].class;
    bool mark = class == XS_CHAR_STOP || class == XS_CHAR_CLOSE || class == XS_CHAR_PAUSE;
    if (!mark && ++character_count > 1) return false;
  }
  return true;
}

/* So that the square fits. */
static int64_t at_most_bad_max(int64_t bad)
{
  return bad < BAD_MAX ? bad : BAD_MAX;
}

static int64_t squared(int64_t bad)
{
  bad = LEAST_BAD + at_most_bad_max(bad);
  return bad * bad;
}

static int64_t cost_of_justified(xs_len diff, const xs_line_room *room, bool last,
                                 const xs_measure *m)
{
  if (diff < 0) {
    int64_t used = at_most_bad_max(-(int64_t)diff * 1000 / (room->shrink ? room->shrink : 1));
    return squared(used * used / 1000);
  }
  if (last && m->align == XS_ALIGN_JUSTIFY) return squared(0);
  int64_t gaps = room->gap_count ? room->gap_count : 1;
  int64_t each = at_most_bad_max((int64_t)diff * 1000 / (gaps * m->em));
  return squared(each * each * 4 / 25);
}

static int64_t cost_of_centred(xs_len diff, const xs_measure *m)
{
  int64_t ems = at_most_bad_max((int64_t)diff * 10 / m->em);
  return PER_LINE + ems * ems;
}

static int64_t cost_of_line(const xs_composer *c, size_t i, size_t j, bool last,
                            const xs_measure *m)
{
  xs_line_room room = measure_line(c, i, j);
  xs_len diff = width_of_line(i, m) - room.natural;
  int64_t cost = m->align == XS_ALIGN_CENTER ? cost_of_centred(diff < 0 ? 0 : diff, m)
                                             : cost_of_justified(diff, &room, last, m);
  if (last && is_orphan(c, i, j)) cost += ORPHAN_COST;
  xs_break at = j < c->line_unit_count ? (xs_break)c->units[j].break_before : XS_BREAK_FORCED;
  if (at == XS_BREAK_WORD) cost += WORD_COST;
  if (at == XS_BREAK_HYPHEN) cost += HYPHEN_COST;
  if (at == XS_BREAK_POOR) cost += POOR_COST;
  return cost;
}

/* ---- the window ----------------------------------------------------------------------------- */

/* With `hyphen` more behind it. */
static bool fits_with(const xs_composer *c, size_t i, size_t j, xs_len hyphen, const xs_measure *m)
{
  const struct xs_line_sums *from = &c->sums[i], *to = &c->sums[j];
  bool squeeze = m->align == XS_ALIGN_JUSTIFY || m->align == XS_ALIGN_SPREAD;
  int64_t natural = to->end_width - from->start_width + hyphen;
  int64_t shrink = squeeze ? to->end_shrink - from->start_shrink : 0;
  return natural - (shrink > 0 ? shrink : 0) <= width_of_line(i, m);
}

static bool fits(const xs_composer *c, size_t i, size_t j, const xs_measure *m)
{
  return fits_with(c, i, j, xs_line_hyphen(c, j), m);
}

static bool may_end(const xs_composer *c, size_t j, size_t end)
{
  return j == end || c->units[j].break_before >= XS_BREAK_POOR;
}

/* The same for a line that begins at i: the hyphen must find its place. */
static bool may_end_from(const xs_composer *c, size_t i, size_t j, size_t end, const xs_measure *m)
{
  return may_end(c, j, end) && (!xs_line_hyphen(c, j) || fits(c, i, j, m));
}

/* The last node at which a line from i still fits; i when not even one unit does. */
static size_t last_fitting(const xs_composer *c, size_t i, size_t end, size_t known,
                           const xs_measure *m)
{
  size_t j = known > i ? known : i;
  /* Without a hyphen, which the next letter may be narrower than. */
  while (j < end && fits_with(c, i, j + 1, 0, m)) j++;
  return j;
}

/* The end of the word that begins at `i`. */
static size_t end_of_word(const xs_composer *c, size_t i, size_t end)
{
  size_t k = i + 1;
  while (k < end && !may_end(c, k, end)) k++;
  return k;
}

/*
 * A word of ours, such as 第一百二十一条, that is wider than the measure is let go: behind the
 * dots of a name first, then everywhere.
 */
static bool let_go(xs_composer *c, size_t i, size_t word_end, bool dots_only)
{
  bool any = false;
  for (size_t k = i + 1; k < word_end; k++) {
    if (c->units[k].break_before != XS_BREAK_HELD) continue;
    if (dots_only && c->units[k - 1].class != XS_CHAR_MIDDLE) continue;
    c->units[k].break_before = XS_BREAK_YES;
    any = true;
  }
  return any;
}

/* LB-10: a name of a person, short enough to stay whole whatever the line before it looks like. */
static bool is_short_name(const xs_unit *u)
{
  const xs_inline *inl = u->inl;
  return inl->unbreakable && inl->kind == XS_INLINE_TEXT &&
         xs_text_char_count(inl->u.text.text) <= NAME_MAX_CHARS;
}

static void report_overfull(xs_composer *c, size_t i, const char *message)
{
  xs_diag(c->diags, XS_D_LINE_OVERFULL, c->units[i].inl->span, "%s", message);
  if (c->units[i].inl->from.source)
    xs_diag_note(c->diags, c->units[i].inl->from, _("it comes from here"));
}

/* Opens a word that is wider than the measure at every unit. */
static void open_word(xs_composer *c, size_t i, size_t word_end)
{
  report_overfull(c, i, _("a word is wider than its line and was broken"));
  for (size_t k = i + 1; k < word_end; k++)
    if (c->units[k].kind != XS_UNIT_FURTHER) c->units[k].break_before = XS_BREAK_WORD;
}

static size_t end_at_or_before(const xs_composer *c, size_t i, size_t high, size_t end,
                               const xs_measure *m)
{
  size_t j = high;
  while (j > i && !may_end_from(c, i, j, end, m)) j--;
  return j;
}

/* The last node at or before `high` at which a line from i may end; opens a word, or takes one
 * unit that is too wide, when there is none. */
static size_t last_end(xs_composer *c, size_t i, size_t high, size_t end, const xs_measure *m)
{
  size_t j = end_at_or_before(c, i, high, end, m);
  if (j == i && let_go(c, i, end_of_word(c, i, end), true))
    j = end_at_or_before(c, i, high, end, m);
  if (j == i && let_go(c, i, end_of_word(c, i, end), false))
    j = end_at_or_before(c, i, high, end, m);
  if (j > i) return j;
  size_t word_end = end_of_word(c, i, end);
  if (word_end > i + 1) open_word(c, i, word_end);
  j = end_at_or_before(c, i, high, end, m);
  if (j > i) return j;
  report_overfull(c, i, _("one character or blank is wider than its line"));
  return end_of_word(c, i, end);
}

/* Whether a line from i to j would open up by more than an em everywhere. */
static bool is_loose(const xs_composer *c, size_t i, size_t j, const xs_measure *m)
{
  xs_line_room room = measure_line(c, i, j);
  return width_of_line(i, m) - room.natural > (int64_t)room.gap_count * m->em;
}

/* JU-05: the word that left such a hole is let go, as poor places to break. */
static size_t fill_hole(xs_composer *c, size_t i, size_t j, size_t high, size_t end,
                        const xs_measure *m)
{
  if (m->align != XS_ALIGN_JUSTIFY || j >= high || j >= end || !is_loose(c, i, j, m)) return j;
  for (size_t k = j + 1, word_end = end_of_word(c, j, end); k < word_end; k++)
    if (c->units[k].break_before == XS_BREAK_HELD && !is_short_name(&c->units[k]))
      c->units[k].break_before = XS_BREAK_POOR;
  return end_at_or_before(c, i, high, end, m);
}

/* ---- the search ----------------------------------------------------------------------------- */

/*
 * A poor end is given up for a good one before it, if there is one; so is an end that leaves one
 * character to the last line.
 */
static size_t better_end(const xs_composer *c, size_t i, size_t j, size_t end)
{
  bool orphan = j < end && is_orphan(c, j, end);
  size_t k = j;
  if (orphan) k--;
  while (k > i && k < c->line_unit_count && c->units[k].break_before <= XS_BREAK_POOR) k--;
  return k > i ? k : j;
}

static void search_greedy(xs_composer *c, size_t first, size_t end, const xs_measure *m)
{
  for (size_t i = first; i < end;) {
    size_t high = last_fitting(c, i, end, i, m);
    size_t j = fill_hole(c, i, last_end(c, i, high, end, m), high, end, m);
    j = better_end(c, i, j, end);
    c->sums[j].from = (uint32_t)i;
    i = j;
  }
}

/* What greedy breaking costs where no word need be let go. */
static int64_t cost_of_greedy(const xs_composer *c, size_t first, size_t end, const xs_measure *m)
{
  int64_t cost = 0;
  for (size_t i = first, j; i < end; i = j) {
    j = end_at_or_before(c, i, last_fitting(c, i, end, i, m), end, m);
    if (j == i) return NOT_REACHED - 1;
    j = better_end(c, i, j, end);
    cost += cost_of_line(c, i, j, j == end, m);
  }
  return cost;
}

static void try_edge(xs_composer *c, size_t i, size_t j, size_t end, const xs_measure *m)
{
  if (c->sums[i].cost + LEAST_COST >= c->sums[j].cost) return;
  int64_t cost = c->sums[i].cost + cost_of_line(c, i, j, j == end, m);
  if (cost >= c->sums[j].cost) return;
  c->sums[j].cost = cost;
  c->sums[j].from = (uint32_t)i;
}

/* The cheapest way of those that cost no more than `most`; none may be. */
static void search_within(xs_composer *c, size_t first, size_t end, const xs_measure *m,
                          int64_t most)
{
  xs_len slack = m->align == XS_ALIGN_CENTER ? XS_LEN_MAX : m->em * 3;
  size_t high = first;
  c->sums[first].cost = 0;
  for (size_t i = first; i < end; i++) {
    if (c->sums[i].cost > most) continue;
    high = last_fitting(c, i, end, high, m);
    size_t j = fill_hole(c, i, last_end(c, i, high, end, m), high, end, m);
    xs_len least = width_of_line(i, m) - slack;
    int good = 0;
    for (; j > i; j--) {
      if (!may_end_from(c, i, j, end, m)) continue;
      if (good >= 2 && c->sums[j].width - c->sums[i].width < least) break;
      try_edge(c, i, j, end, m);
      good += j < end && c->units[j].break_before > XS_BREAK_POOR;
    }
    if (i == 0) high = 0; /* further lines may be narrower than the first */
  }
}

static void search_best(xs_composer *c, size_t first, size_t end, const xs_measure *m)
{
  search_within(c, first, end, m, cost_of_greedy(c, first, end, m));
  /* A greedy line may end where a hyphen has no room: then without a bound. */
  if (c->sums[end].cost == NOT_REACHED) search_within(c, first, end, m, NOT_REACHED - 1);
}

static bool has_fill(const xs_composer *c, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++)
    if (c->units[i].kind == XS_UNIT_FILL) return true;
  return false;
}

typedef struct range_list {
  xs_line_range *items;
  size_t count, capacity;
} range_list;

/* Breaks what stands between two forced breaks and appends its lines. */
static xs_status break_segment(xs_composer *c, size_t first, size_t end, const xs_measure *m,
                               range_list *list)
{
  bool greedy = m->greedy || m->align == XS_ALIGN_LEFT || m->align == XS_ALIGN_RIGHT ||
                has_fill(c, first, end);
  if (greedy)
    search_greedy(c, first, end, m);
  else
    search_best(c, first, end, m);
  size_t start = list->count;
  for (size_t j = end; j > first; j = c->sums[j].from) {
    xs_line_range *range = XS_PUSH(c->scratch, list->items, list->count, list->capacity);
    if (!range) return XS_ENOMEM;
    *range = (xs_line_range){c->sums[j].from, j, j == end};
  }
  for (size_t a = start, b = list->count; a + 1 < b; a++, b--) {
    xs_line_range swapped = list->items[a];
    list->items[a] = list->items[b - 1];
    list->items[b - 1] = swapped;
  }
  return XS_OK;
}

/* PW-03 */
static void keep_room_at_indent(xs_composer *c, const xs_measure *m)
{
  xs_unit *first = &c->units[0];
  if (m->first_indent > 0 && c->marks != XS_MARKS_INDENT && first->class == XS_CHAR_OPEN)
    first->trim_left = 0;
}

xs_status xs_lines_choose(xs_composer *c, const xs_measure *m, const xs_line_range **lines,
                          size_t *line_count)
{
  range_list list = {c->ranges, 0, c->ranges_capacity};
  keep_room_at_indent(c, m);
  xs_status st = sum_up(c);
  for (size_t first = 0; first < c->line_unit_count && !st;) {
    size_t end = first + 1;
    while (end < c->line_unit_count && c->units[end].break_before != XS_BREAK_FORCED) end++;
    st = break_segment(c, first, end, m, &list);
    first = end;
  }
  if (!st && m->align == XS_ALIGN_CENTER) xs_title_shape(c, m, list.items, list.count);
  c->ranges = list.items;
  c->ranges_capacity = list.capacity;
  *lines = list.items;
  *line_count = list.count;
  return st;
}

int64_t xs_lines_cost(const xs_composer *c, const xs_measure *m, const xs_line_range *lines,
                      size_t line_count)
{
  int64_t cost = 0;
  for (size_t i = 0; i < line_count; i++)
    cost += cost_of_line(c, lines[i].first, lines[i].end, lines[i].last, m);
  return cost;
}
