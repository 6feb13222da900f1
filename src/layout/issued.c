/*
 * 署名、成文日期、印章 (GB/T 9704 7.3.5).
 *
 * PG-10  With a seal: the date ends four characters before the right edge of the type area, the
 *        name stands over the middle of the date; a name too long for that stands at the right
 *        edge and takes the date along (7.3.5.1).
 * PG-11  The middle of a seal lies on the middle of the name, and above the middle of what it
 *        presses: the name, the last seal the name and the date; its upper edge is within one
 *        line of the text before (7.3.5.1).
 * PG-12  Several seals stand in rows, each on its name, in the order of the names, so far apart
 *        that none touches another, and within the type area: three in a row, or two where
 *        three names would have to be broken (7.3.5.1).
 * PG-13  Without a seal: the name ends two characters before the right edge, the date begins two
 *        characters behind its begin; a date longer than the name ends two characters before the
 *        right edge instead, and the name moves with it (7.3.5.2).
 */
#include "layout/place.h"
#include "layout/stack.h"

enum { MOST_IN_A_ROW = 3, DATE_RIGHT_EMS = 4, NAME_RIGHT_EMS = 2, DATE_SHIFT_EMS = 2 };

/* Of a seal that is pressed by hand: the place it needs is kept free. */
static xs_len usual_seal(void)
{
  return xs_len_of_micron(42000);
}

/* What it presses lies so far below the middle of a seal. */
static xs_len press(void)
{
  return xs_len_of_micron(4000);
}

/* Between two seals, at least. */
static xs_len apart(void)
{
  return xs_len_of_micron(1000);
}

typedef struct setting {
  xs_composer *c;
  const xs_issued *issued;
  const xs_para_style *style;
  xs_len measure, em, leading;
  xs_len seal;          /* the diameter of the widest */
  size_t per_row;       /* names side by side */
  xs_len centre, pitch; /* of the last name in a row; from one name of a row to the next */
  xs_item_list items;   /* from the upper left corner of the first line */
  xs_item_list seals;   /* the same; they press what stands already */
} setting;

static const xs_inline *seal_of(const xs_paragraph *name)
{
  for (size_t i = 0; i < name->inline_count; i++)
    if (name->inlines[i].kind == XS_INLINE_PICTURE &&
        name->inlines[i].u.picture.place == XS_PICTURE_OVER)
      return &name->inlines[i];
  return NULL;
}

/* The words of a name without its seal. */
static xs_status without_seal(xs_composer *c, const xs_paragraph *name, xs_paragraph *out)
{
  xs_inline *words = XS_NEW_ARRAY(c->scratch, name->inline_count + 1, xs_inline);
  if (!words) return XS_ENOMEM;
  *out = *name;
  out->inlines = words;
  out->inline_count = 0;
  for (size_t i = 0; i < name->inline_count; i++)
    if (&name->inlines[i] != seal_of(name)) words[out->inline_count++] = name->inlines[i];
  return XS_OK;
}

static xs_status width_of(const setting *s, const xs_paragraph *par, xs_len *width)
{
  xs_paragraph words;
  xs_status st = without_seal(s->c, par, &words);
  if (!st) st = xs_paragraph_width(s->c, &words, width);
  *width -= par->style->left + par->style->right; /* of the style for one that stands by itself */
  return st;
}

/* Sets a paragraph between two places of the measure, its first line at y; *y moves below it. */
static xs_status set_between(setting *s, const xs_paragraph *par, xs_align align, xs_len left,
                             xs_len right, xs_len *y)
{
  const xs_line *lines = NULL;
  size_t count = 0;
  xs_paragraph words;
  xs_para_style *style = XS_NEW(s->c->scratch, xs_para_style);
  if (!style) return XS_ENOMEM;
  xs_status st = without_seal(s->c, par, &words);
  *style = *par->style;
  style->align = align;
  style->first_indent = 0;
  style->grid = false;
  style->left = left;
  style->right = s->measure - right;
  words.style = style;
  if (!st) st = xs_paragraph_set(s->c, &words, s->measure, &lines, &count);
  for (size_t i = 0; i < count && !st; i++) {
    for (size_t k = 0; k < lines[i].item_count && !st; k++) {
      xs_item *item = XS_PUSH(s->c->scratch, s->items.items, s->items.count, s->items.capacity);
      if (!item) return XS_ENOMEM;
      *item = lines[i].items[k];
      xs_item_shift(item, 0, *y);
    }
    *y += lines[i].height;
  }
  return st;
}

static xs_status press_seal(setting *s, const xs_paragraph *name, xs_len x, xs_len y)
{
  const xs_inline *inl = seal_of(name);
  if (!inl) return XS_OK;
  xs_item *item = XS_PUSH(s->c->scratch, s->seals.items, s->seals.count, s->seals.capacity);
  if (!item) return XS_ENOMEM;
  *item = (xs_item){.kind = XS_ITEM_PICTURE, .span = inl->span, .from = inl->from};
  item->u.picture.picture = inl->u.picture.picture;
  item->u.picture.width = inl->u.picture.width;
  item->u.picture.height = inl->u.picture.height;
  item->u.picture.x = x - inl->u.picture.width / 2;
  item->u.picture.y = y - inl->u.picture.height / 2;
  return XS_OK;
}

/* The widest of the last name and what stands below it; *date is the width of the date. */
static xs_status measure_last(const setting *s, xs_len *widest, xs_len *date)
{
  const xs_issued *issued = s->issued;
  xs_status st = width_of(s, &issued->names[issued->name_count - 1], widest);
  for (size_t i = 0; i < issued->below_count && !st; i++) {
    st = width_of(s, &issued->below[i], date);
    if (*date > *widest) *widest = *date;
  }
  return st;
}

static void measure_seals(setting *s)
{
  bool any = false;
  for (size_t i = 0; i < s->issued->name_count; i++) {
    const xs_inline *seal = seal_of(&s->issued->names[i]);
    any |= seal != NULL;
    if (!seal) continue;
    if (seal->u.picture.width > s->seal) s->seal = seal->u.picture.width;
    if (seal->u.picture.height > s->seal) s->seal = seal->u.picture.height;
  }
  if (!any) s->seal = usual_seal();
}

/* Names side by side do not touch either. */
static xs_len name_room(const setting *s)
{
  return s->pitch - s->em / 2;
}

/* PG-10, PG-12: the middle of the last name, and the room for each name of a row. */
static xs_status find_places(setting *s)
{
  xs_len widest = 0, date = 0, longest = 0;
  xs_status st = measure_last(s, &widest, &date);
  for (size_t i = 0; i < s->issued->name_count && !st; i++) {
    xs_len width = 0;
    st = width_of(s, &s->issued->names[i], &width);
    if (width > longest) longest = width;
  }
  s->centre = s->measure - DATE_RIGHT_EMS * s->em - date / 2;
  s->per_row = s->issued->name_count < MOST_IN_A_ROW ? s->issued->name_count : MOST_IN_A_ROW;
  s->pitch = s->measure;
  if (s->per_row == 1) {
    if (widest > s->measure) widest = s->measure;
    if (s->centre + widest / 2 > s->measure) s->centre = s->measure - widest / 2;
    return st;
  }
  for (; s->per_row > 1; s->per_row--) {
    s->pitch = (s->centre - s->seal / 2) / (xs_len)(s->per_row - 1);
    if (s->pitch > s->measure / (xs_len)s->per_row) s->pitch = s->measure / (xs_len)s->per_row;
    xs_len whole = (s->centre - longest / 2 - 1) / (xs_len)(s->per_row - 1);
    if (s->pitch > whole && whole >= longest + s->em / 2)
      s->pitch = whole; /* names keep one line */
    bool fits = s->per_row == 2 || longest <= name_room(s);
    if (fits && s->pitch >= s->seal + apart()) break;
  }
  return st;
}

/* One row of names: the names [first, end), and the middles of its names and of its seals. */
typedef struct row {
  size_t first, end;
  xs_len top, bottom, seal_y;
} row;

static xs_len place_of(const setting *s, const row *r, size_t i)
{
  return s->centre - (xs_len)(r->end - 1 - i) * s->pitch;
}

/* Sets a paragraph with its middle on that of name i. */
static xs_status set_centred(setting *s, const row *r, size_t i, const xs_paragraph *par, xs_len *y)
{
  xs_len x = place_of(s, r, i);
  xs_len reach = r->end - r->first > 1 ? name_room(s) / 2 : s->measure;
  if (reach > x) reach = x;
  if (reach > s->measure - x) reach = s->measure - x;
  return set_between(s, par, XS_ALIGN_CENTER, x - reach, x + reach, y);
}

/*
 * The names side by side, below the last of all what belongs there, and the seals on one line: no
 * name reaches above the middle of its seal.
 */
static xs_status set_row(setting *s, row *r)
{
  const xs_issued *issued = s->issued;
  xs_len highest = XS_LEN_MAX, lowest = 0;
  xs_status st = XS_OK;
  r->bottom = r->top;
  for (size_t i = r->first; i < r->end && !st; i++) {
    xs_len y = r->top;
    st = set_centred(s, r, i, &issued->names[i], &y);
    bool has_date = i + 1 == issued->name_count;
    for (size_t k = 0; has_date && k < issued->below_count && !st; k++)
      st = set_centred(s, r, i, &issued->below[k], &y);
    xs_len middle = (r->top + y) / 2;
    if (middle < highest) highest = middle;
    if (middle > lowest) lowest = middle;
    if (y > r->bottom) r->bottom = y;
  }
  r->seal_y = highest - apart() < lowest - press() ? highest - apart() : lowest - press();
  for (size_t i = r->first; i < r->end && !st; i++)
    st = press_seal(s, &issued->names[i], place_of(s, r, i), r->seal_y);
  return st;
}

/* Whole lines from one row of seals to the next. */
static xs_len row_height(const setting *s, xs_len text)
{
  xs_len least = s->seal + apart() > text ? s->seal + apart() : text;
  return (least + s->leading - 1) / s->leading * s->leading;
}

static xs_status set_sealed(setting *s, xs_len *height, xs_len *above, xs_len *below)
{
  xs_status st = find_places(s);
  row r = {.end = 0};
  while (r.end < s->issued->name_count && !st) {
    r.first = r.end;
    r.end = r.first + s->per_row;
    if (r.end > s->issued->name_count) r.end = s->issued->name_count;
    if (r.first) r.top += row_height(s, r.bottom - r.top);
    st = set_row(s, &r);
    if (r.first == 0) *above = s->seal / 2 - r.seal_y;
  }
  *below = r.seal_y + s->seal / 2 - r.bottom;
  *height = r.bottom;
  return st;
}

/* PG-13 */
static xs_status set_plain(setting *s, xs_len *height)
{
  const xs_issued *issued = s->issued;
  xs_len name = 0, date = 0, width = 0, y = 0, indent = NAME_RIGHT_EMS * s->em;
  xs_status st = XS_OK;
  for (size_t i = 0; i < issued->name_count && !st; i++) {
    st = width_of(s, &issued->names[i], &width);
    if (width > name) name = width;
  }
  if (!st) st = width_of(s, &issued->below[issued->below_count - 1], &date);
  xs_len left = s->measure - indent - name;
  if (date > name) left = s->measure - indent - date - DATE_SHIFT_EMS * s->em;
  if (left < 0) left = 0;
  for (size_t i = 0; i < issued->name_count && !st; i++)
    st = set_between(s, &issued->names[i], XS_ALIGN_LEFT, left, s->measure, &y);
  for (size_t i = 0; i < issued->below_count && !st; i++) {
    bool is_date = i + 1 == issued->below_count;
    st = set_between(s, &issued->below[i], XS_ALIGN_LEFT,
                     left + (is_date ? DATE_SHIFT_EMS * s->em : 0), s->measure, &y);
  }
  *height = y;
  return st;
}

static xs_status add_seals(setting *s)
{
  xs_status st = xs_item_list_reserve(s->c, &s->items, s->seals.count);
  for (size_t i = 0; i < s->seals.count && !st; i++)
    s->items.items[s->items.count++] = s->seals.items[i];
  return st;
}

xs_status xs_galley_issued(xs_composer *c, xs_galley *g, const xs_block *block)
{
  const xs_issued *issued = &block->u.issued;
  const xs_para_style *style = issued->names[0].style;
  if (!xs_style_check(c, &style->text, block->span)) return XS_EINPUT;
  setting s = {.c = c,
               .issued = issued,
               .style = style,
               .measure = g->measure,
               .em = style->text.size,
               .leading = style->leading > 0 ? style->leading : style->text.size};
  xs_len height = 0, above = 0, below = 0, slack = (s.leading - s.em) / 2;
  measure_seals(&s);
  xs_status st = issued->sealed ? set_sealed(&s, &height, &above, &below) : set_plain(&s, &height);
  if (!st) st = add_seals(&s);
  xs_piece *p = st ? NULL : xs_galley_push(c, g);
  if (!p) return st ? st : XS_ENOMEM;
  xs_len before = s.leading;
  if (above - slack > before) before = above - slack;
  p->before += before;
  p->height = height;
  p->slack_top = slack;
  p->slack_bottom = below > 0 ? -below : slack;
  p->items = s.items.items;
  p->item_count = s.items.count;
  p->on_grid = style->grid;
  p->span = block->span;
  p->from = block->from;
  return XS_OK;
}
