#include "layout/justify.h"

/*
 * Justification.
 *
 * JU-01  The last line of a paragraph is not stretched.
 * JU-02  A line is shrunk first, in this order: the mark at its end (PW-02, always), Western word
 *        spaces (down to a quarter of an em), ·, brackets and quotes, pauses 、，；：, the gap
 *        between scripts (down to an eighth of an em), stops 。！？. What one step can give is
 *        taken from all its places alike before the next step is asked.
 * JU-03  A line is stretched in this order: Western word spaces up to half an em, the gap between
 *        scripts up to a third of an em, then all places between units alike.
 * JU-04  Nothing opens up inside ——, ……, a Western word or a number and its sign, nor beside a
 *        connector or a solidus.
 * JU-05  Where a line would open up by more than an em everywhere, because a word of LB-05, 06, 08
 *        or 10 went to the next one, that word is let go (linebreak.c); names of up to four
 *        characters are not. What opens up that far even then is not stretched.
 *
 * A step hands out an amount over places of different capacity. Rounding is carried along, so
 * that the sum is exact: a justified line ends on its measure to 1/1024 pt.
 */

#define MOST_SPACE_PER_EM 2  /* JU-03: a Western word space opens to a half … */
#define MORE_GAP_PER_EM   12 /* … the gap from a quarter by a twelfth, to a third */

typedef enum step {
  SHRINK_SPACE,
  SHRINK_MIDDLE,
  SHRINK_BRACKET,
  SHRINK_PAUSE,
  SHRINK_GAP,
  SHRINK_STOP,
  STRETCH_SPACE,
  STRETCH_GAP,
  STRETCH_ALL,
} step;

typedef struct line {
  const xs_unit *units;
  xs_room *rooms;
  size_t count;   /* all units */
  size_t visible; /* without the spaces at the end */
} line;

static bool is_class_of(step s, const xs_unit *u)
{
  switch ((xs_char_class)u->class) {
  case XS_CHAR_MIDDLE:
    return s == SHRINK_MIDDLE;
  case XS_CHAR_OPEN:
  case XS_CHAR_CLOSE:
    return s == SHRINK_BRACKET;
  case XS_CHAR_PAUSE:
    return s == SHRINK_PAUSE;
  case XS_CHAR_STOP:
    return s == SHRINK_STOP;
  case XS_CHAR_HAN:
  case XS_CHAR_LETTER:
  case XS_CHAR_DIGIT:
  case XS_CHAR_SPACE:
  case XS_CHAR_WIDE_SPACE:
  case XS_CHAR_OTHER:
  case XS_CHAR_COMBINING:
  case XS_CHAR_INVISIBLE:
  case XS_CHAR_DASH:
  case XS_CHAR_ELLIPSIS:
  case XS_CHAR_CONNECTOR:
  case XS_CHAR_SOLIDUS:
  case XS_CHAR_PREFIX:
  case XS_CHAR_SUFFIX:
  case XS_CHAR_REPEAT:
  case XS_CHAR_WEST_OPEN:
  case XS_CHAR_WEST_CLOSE:
    return false;
  }
  return false;
}

/* What a step can take from, or give to, the place before or at unit i. */
static xs_len capacity(const line *l, size_t i, step s)
{
  const xs_unit *u = &l->units[i];
  const xs_room *room = &l->rooms[i];
  xs_len em = u->inl->style.size, free = 0;
  switch (s) {
  case SHRINK_SPACE:
    return xs_unit_space_shrink(u);
  case SHRINK_MIDDLE:
  case SHRINK_BRACKET:
  case SHRINK_PAUSE:
  case SHRINK_STOP:
    if (!is_class_of(s, u)) return 0;
    return (i ? u->trim_left - room->cut_left : 0) + u->trim_right - room->cut_right;
  case SHRINK_GAP:
    return i ? xs_unit_gap_shrink(u) : 0;
  case STRETCH_SPACE:
    if (!i || !xs_unit_is_space(u - 1) || u[-1].solid) return 0;
    free = em / MOST_SPACE_PER_EM - u[-1].width;
    return free > 0 ? free : 0;
  case STRETCH_GAP:
    return i && u->gap ? em / MORE_GAP_PER_EM : 0;
  case STRETCH_ALL:
    return i && xs_units_stretch(u - 1, u) ? 1 : 0;
  }
  return 0;
}

static void change(const line *l, size_t i, step s, xs_len amount)
{
  const xs_unit *u = &l->units[i];
  xs_room *room = &l->rooms[i];
  xs_len left = 0;
  switch (s) {
  case SHRINK_SPACE:
    room->cut_right += amount;
    break;
  case SHRINK_MIDDLE:
  case SHRINK_BRACKET:
  case SHRINK_PAUSE:
  case SHRINK_STOP:
    left = i ? u->trim_left - room->cut_left : 0; /* a line edge is no place to shrink (PW-03) */
    if (i && u->centred) left = amount / 2;
    if (left > amount) left = amount;
    room->cut_left += left;
    room->cut_right += amount - left;
    break;
  case SHRINK_GAP:
    room->before -= amount;
    break;
  case STRETCH_SPACE:
  case STRETCH_GAP:
  case STRETCH_ALL:
    room->before += amount;
    break;
  }
}

/* Hands out up to `amount`; returns what is left over. */
static xs_len run_step(const line *l, step s, xs_len amount)
{
  int64_t total = 0;
  for (size_t i = 0; i < l->visible; i++) total += capacity(l, i, s);
  if (total == 0) return amount;
  int64_t used = s != STRETCH_ALL && amount > total ? total : amount;
  int64_t seen = 0, given = 0;
  for (size_t i = 0; i < l->visible; i++) {
    xs_len room = capacity(l, i, s);
    if (!room) continue;
    seen += room;
    int64_t due = used * seen / total;
    change(l, i, s, (xs_len)(due - given));
    given = due;
  }
  return (xs_len)(amount - used);
}

static void shrink(const line *l, xs_len amount)
{
  for (step s = SHRINK_SPACE; s <= SHRINK_STOP && amount > 0; s++) amount = run_step(l, s, amount);
}

static void stretch(const line *l, xs_len amount)
{
  for (step s = STRETCH_SPACE; s <= STRETCH_ALL && amount > 0; s++) amount = run_step(l, s, amount);
}

static xs_len natural_width(const line *l)
{
  int64_t width = 0;
  for (size_t i = 0; i < l->visible; i++)
    width += l->rooms[i].before + l->units[i].width - l->rooms[i].cut_left - l->rooms[i].cut_right;
  return xs_len_clamp(width);
}

/* JU-05 */
static bool is_too_loose(const line *l, xs_len amount)
{
  int64_t room = 0;
  for (size_t i = 0; i < l->visible; i++)
    if (capacity(l, i, STRETCH_ALL)) room += l->units[i].inl->style.size;
  return amount > room;
}

/* What is left over goes to the fills in equal parts. */
static bool feed_fills(const line *l, xs_len amount)
{
  xs_len fills = 0, seen = 0;
  for (size_t i = 0; i < l->count; i++) fills += l->units[i].kind == XS_UNIT_FILL;
  if (!fills) return false;
  if (amount < 0) amount = 0;
  for (size_t i = 0; i < l->count; i++) {
    if (l->units[i].kind != XS_UNIT_FILL) continue;
    l->rooms[i].extra = amount / fills + (seen < amount % fills);
    seen++;
  }
  return true;
}

void xs_line_justify(const xs_composer *c, size_t first, size_t end, xs_len lead, xs_len width,
                     xs_align align, bool last, xs_room *rooms, xs_len *start)
{
  line l = {c->units + first, rooms, end - first, xs_line_visible_end(c, first, end) - first};
  for (size_t i = 0; i < l.count; i++) rooms[i] = (xs_room){.before = i ? l.units[i].gap : 0};
  if (l.count) rooms[0].cut_left = lead;
  const xs_unit *tail = l.visible ? &l.units[l.visible - 1] : NULL;
  if (tail && xs_unit_end_trim(tail)) {
    rooms[l.visible - 1].cut_right = tail->trim_right;
    if (tail->centred) rooms[l.visible - 1].cut_left = tail->trim_left;
  }
  xs_len diff = width - natural_width(&l);
  *start = 0;
  if (feed_fills(&l, diff)) return;
  bool squeeze = align == XS_ALIGN_JUSTIFY || align == XS_ALIGN_SPREAD;
  if (squeeze && diff < 0)
    shrink(&l, -diff);
  else if (align == XS_ALIGN_SPREAD ||
           (align == XS_ALIGN_JUSTIFY && !last && !is_too_loose(&l, diff)))
    stretch(&l, diff);
  else if (align == XS_ALIGN_RIGHT)
    *start = diff;
  else if (align == XS_ALIGN_CENTER)
    *start = diff / 2;
}
