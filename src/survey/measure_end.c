/* 附件说明、出席名单, 署名、成文日期、印章、附注, and the first lines of annexes. */
#include "survey/gauge.h"

#include "base/text.h"

static const xs_seen_line *first_of(const xs_anatomy *an, xs_part part)
{
  size_t i = xs_anatomy_next(an, 0, part);
  return i < an->lines.count ? &an->lines.items[i] : NULL;
}

/* The line of text above, on the same page; NULL when there is none. */
static const xs_seen_line *text_above(const xs_anatomy *an, const xs_seen_line *line)
{
  while (line > an->lines.items && line[-1].page == line->page) {
    line--;
    if (line->part == XS_PART_BODY || line->part == XS_PART_ATTACHMENT ||
        line->part == XS_PART_ATTENDANCE || line->part == XS_PART_ADDRESSEE)
      return line;
  }
  return NULL;
}

static void measure_gap(xs_gauge *g, xs_measurement what, const xs_seen_line *line)
{
  const xs_seen_line *above = text_above(g->anatomy, line);
  if (above) xs_gauge_len(g, what, line->page, (int64_t)line->cell.top - above->cell.bottom, line);
}

/* ---- 附件说明 -------------------------------------------------------------------------------- */

static bool is_digit(const xs_seen_char *c)
{
  return c->codepoint >= '0' && c->codepoint <= '9';
}

/* Behind “附件：” and a number; the index of the first character of the name. `number` is that of
 * the first digit, line->count when there is none. */
static size_t find_item(const xs_seen_line *line, size_t from, size_t *number)
{
  size_t i = from;
  while (i < line->count && is_digit(line->chars[i])) i++;
  bool dotted = i > from && i < line->count &&
                (line->chars[i]->codepoint == '.' || line->chars[i]->codepoint == 0xff0e);
  *number = dotted ? from : line->count;
  return dotted && i + 1 < line->count ? i + 1 : from;
}

static xs_len start_of(const xs_seen_line *line, size_t i)
{
  return line->chars[i]->x;
}

/* The names of all items begin below one another, and so do their further lines. */
static void measure_attachments(xs_gauge *g)
{
  enum { WORD = 3 };
  const xs_anatomy *an = g->anatomy;
  const xs_seen_line *first = first_of(an, XS_PART_ATTACHMENT), *last = first;
  if (!first || first->count <= WORD) return;
  size_t number;
  size_t item = find_item(first, WORD, &number);
  bool numbered = number < first->count;
  xs_len names = start_of(first, item), numbers = numbered ? start_of(first, number) : 0;
  xs_worst turn = {0};
  for (const xs_seen_line *line = first + 1;
       line < an->lines.items + an->lines.count && line->part == XS_PART_ATTACHMENT; line++) {
    item = numbered ? find_item(line, 0, &number) : 0;
    bool begins = numbered && number < line->count;
    if (begins) xs_worst_add(&turn, (int64_t)start_of(line, number) - numbers, line);
    xs_worst_add(&turn,
                 (int64_t)xs_line_start(line, names) - names -
                     (begins ? (int64_t)xs_line_start(line, names) - start_of(line, item) : 0),
                 line);
    last = line;
  }
  measure_gap(g, XS_M_ATTACHMENT_GAP, first);
  xs_gauge_len(g, XS_M_ATTACHMENT_LEFT, first->page, (int64_t)first->cell.left - an->sheet->left,
               first);
  xs_gauge_worst(g, XS_M_ATTACHMENT_TURN, &turn);
  xs_gauge_word(g, XS_M_ATTACHMENT_END, last->page, xs_text_last(last->text), last);
}

/* ---- 出席、请假、列席 ------------------------------------------------------------------------ */

static void measure_attendance(xs_gauge *g)
{
  enum { WORD = 3 };
  const xs_anatomy *an = g->anatomy;
  const xs_seen_line *first = first_of(an, XS_PART_ATTENDANCE);
  if (!first) return;
  xs_worst left = {0}, turn = {0};
  xs_len names = 0;
  for (const xs_seen_line *line = first;
       line < an->lines.items + an->lines.count && line->part == XS_PART_ATTENDANCE; line++) {
    bool begins = line->count > WORD && line->chars[WORD - 1]->codepoint == 0xff1a;
    if (begins) {
      names = start_of(line, WORD);
      xs_worst_add(&left, (int64_t)line->cell.left - an->sheet->left - 2 * an->sheet->em, line);
      xs_gauge_word(g, XS_M_ATTENDANCE_FACE, line->page, xs_gauge_role(g, line->chars[0]->font),
                    line);
    } else if (names) {
      xs_worst_add(&turn, (int64_t)xs_line_start(line, names) - names, line);
    }
  }
  measure_gap(g, XS_M_ATTENDANCE_GAP, first);
  xs_gauge_worst(g, XS_M_ATTENDANCE_LEFT, &left);
  xs_gauge_worst(g, XS_M_ATTENDANCE_TURN, &turn);
}

void xs_measure_lists(xs_gauge *g)
{
  measure_attachments(g);
  if (g->anatomy->form == XS_FORM_MINUTES) measure_attendance(g);
}

/* ---- seals ----------------------------------------------------------------------------------- */

static int64_t distance(int64_t a, int64_t b)
{
  return a < b ? b - a : a - b;
}

static xs_len middle_of(const xs_seen_line *line)
{
  return xs_middle(line->cell.left, line->cell.right);
}

/* The name a seal presses on: the one whose middle is nearest to its own. */
static const xs_seen_line *name_of(const xs_anatomy *an, const xs_box *seal)
{
  const xs_seen_line *best = NULL;
  int64_t nearest = 0;
  for (size_t i = xs_anatomy_next(an, 0, XS_PART_NAME); i < an->lines.count;
       i = xs_anatomy_next(an, i + 1, XS_PART_NAME)) {
    const xs_seen_line *line = &an->lines.items[i];
    int64_t off = distance(middle_of(line), xs_middle(seal->left, seal->right)) +
                  distance(line->baseline, xs_middle(seal->top, seal->bottom));
    if (best && off >= nearest) continue;
    best = line;
    nearest = off;
  }
  return best;
}

/*
 * A long name stands on several lines of its column, all with one middle. What lies around one of
 * its lines is the name.
 */
static xs_box name_box(const xs_gauge *g, const xs_seen_line *line)
{
  const xs_anatomy *an = g->anatomy;
  const xs_len most = an->sheet->line * 31 / 20, beside = an->sheet->em;
  xs_box box = line->cell;
  for (const xs_seen_line *l = line; l >= an->lines.items && l->page == line->page; l--)
    if (l->part == XS_PART_NAME && distance(middle_of(l), middle_of(line)) < beside &&
        box.top - l->cell.top <= most)
      xs_box_widen(&box, &l->cell);
  const xs_seen_line *end = an->lines.items + an->lines.count;
  for (const xs_seen_line *l = line; l < end && l->page == line->page; l++)
    if (l->part == XS_PART_NAME && distance(middle_of(l), middle_of(line)) < beside &&
        l->cell.bottom - box.bottom <= most)
      xs_box_widen(&box, &l->cell);
  return box;
}

static int64_t bare_of(const xs_box *seal, const xs_box *text)
{
  int64_t above = (int64_t)seal->top - text->top;
  int64_t below = (int64_t)text->bottom - seal->bottom;
  return (above > 0 ? above : 0) + (below > 0 ? below : 0);
}

/* The date is pressed on by the last seal: the one nearest to it. */
static const xs_seen_picture *seal_of_date(const xs_anatomy *an, const xs_seen_line *date)
{
  const xs_seen_picture *best = NULL;
  int64_t nearest = 0;
  for (size_t i = 0; i < an->seal_count; i++) {
    const xs_box *box = &an->seals[i]->box;
    int64_t off = distance(middle_of(date), xs_middle(box->left, box->right)) +
                  distance(date->baseline, xs_middle(box->top, box->bottom));
    if (best && off >= nearest) continue;
    best = an->seals[i];
    nearest = off;
  }
  return best;
}

static void measure_seal(xs_gauge *g, const xs_seen_picture *seal, const xs_seen_line *date)
{
  const xs_anatomy *an = g->anatomy;
  const xs_box *box = &seal->box;
  const xs_seen_line *name = name_of(an, box);
  if (seal->has_color)
    xs_gauge_word(g, XS_M_SEAL_COLOR, date->page, xs_gauge_color(g, seal->color), name);
  if (!name) return;
  const xs_box text = name_box(g, name);
  xs_gauge_len(g, XS_M_SEAL_CENTRE, date->page,
               (int64_t)xs_middle(box->left, box->right) - xs_middle(text.left, text.right), name);
  bool on_date = seal_of_date(an, date) == seal;
  xs_gauge_len(g, XS_M_SEAL_BARE, date->page,
               bare_of(box, &text) + (on_date ? bare_of(box, &date->cell) : 0), name);
  if (on_date)
    xs_gauge_len(g, XS_M_SEAL_PRESS, date->page,
                 (int64_t)xs_middle(text.top, date->cell.bottom) - xs_middle(box->top, box->bottom),
                 name);
}

static bool share_row(const xs_box *a, const xs_box *b)
{
  return a->top < xs_middle(b->top, b->bottom) && b->top < xs_middle(a->top, a->bottom);
}

/* Between two boxes, beside or above one another; below zero where they lie over one another. */
static int64_t room_between(const xs_box *a, const xs_box *b)
{
  const int64_t rooms[] = {(int64_t)b->left - a->right, (int64_t)a->left - b->right,
                           (int64_t)b->top - a->bottom, (int64_t)a->top - b->bottom};
  int64_t most = rooms[0];
  for (size_t i = 1; i < XS_COUNT(rooms); i++)
    if (rooms[i] > most) most = rooms[i];
  return most;
}

/* Neighbours, how many stand side by side, and whether they stay within the type area. */
static void measure_rows(xs_gauge *g, size_t page)
{
  const xs_anatomy *an = g->anatomy;
  xs_worst gap = {0};
  int64_t most = 0, outside = 0, highest = XS_LEN_MAX;
  for (size_t i = 0; i < an->seal_count; i++) {
    const xs_box *a = &an->seals[i]->box;
    const int64_t beyond[] = {(int64_t)an->sheet->left - a->left,
                              (int64_t)a->right - xs_sheet_right(an->sheet)};
    int64_t in_row = 0;
    for (size_t j = 0; j < an->seal_count; j++) {
      const xs_box *b = &an->seals[j]->box;
      in_row += share_row(a, b);
      if (i == j) continue;
      if (!gap.any || room_between(a, b) < gap.value)
        gap = (xs_worst){.any = true, .value = room_between(a, b)};
    }
    if (in_row > most) most = in_row;
    for (size_t j = 0; j < XS_COUNT(beyond); j++)
      if (beyond[j] > outside) outside = beyond[j];
    if (a->top < highest) highest = a->top;
  }
  xs_gauge_count(g, XS_M_SEAL_ROW, page, most * 1000);
  xs_gauge_len(g, XS_M_SEAL_OUTSIDE, page, outside, NULL);
  if (gap.any) xs_gauge_len(g, XS_M_SEAL_GAP, page, gap.value, NULL);
  const xs_seen_line *name = first_of(an, XS_PART_NAME);
  const xs_seen_line *above = text_above(an, name ? name : &an->lines.items[an->date_line]);
  if (above) xs_gauge_len(g, XS_M_SEAL_TOP, page, highest - above->cell.bottom, above);
}

/* ---- 署名、成文日期 -------------------------------------------------------------------------- */

static bool overlap(const xs_seen_line *a, const xs_seen_line *b)
{
  return a->cell.left < b->cell.right && b->cell.left < a->cell.right;
}

/* The name above the date: the lowest of those that stand over it; else the lowest of all. */
static const xs_seen_line *name_over(const xs_anatomy *an, const xs_seen_line *date)
{
  const xs_seen_line *best = NULL;
  for (size_t i = xs_anatomy_next(an, 0, XS_PART_NAME); i < an->lines.count;
       i = xs_anatomy_next(an, i + 1, XS_PART_NAME)) {
    const xs_seen_line *line = &an->lines.items[i];
    bool is_over = overlap(line, date);
    if (best && overlap(best, date) && !is_over) continue;
    if (!best || (is_over && !overlap(best, date)) || line->baseline >= best->baseline) best = line;
  }
  return best;
}

/* As with a seal, or where one will be: the date four characters from the right, the name over its
 * middle. A name that reaches the edge takes the date along to the left. */
static void measure_sealed(xs_gauge *g, const xs_seen_line *name, const xs_seen_line *date)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  int64_t right = (int64_t)xs_sheet_right(sheet) - date->cell.right;
  bool at_edge = name && name->cell.right > xs_sheet_right(sheet) - sheet->em;
  if (!at_edge || right < 4 * (int64_t)sheet->em)
    xs_gauge_len(g, XS_M_DATE_RIGHT, date->page, right, date);
  if (!name) return;
  const xs_box box = name_box(g, name);
  xs_gauge_len(g, XS_M_NAME_CENTRE, date->page,
               (int64_t)xs_middle(box.left, box.right) - middle_of(date), name);
}

static void measure_unsealed(xs_gauge *g, const xs_seen_line *name, const xs_seen_line *date)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  const xs_len right = xs_sheet_right(sheet);
  const xs_seen_line *longer = name;
  if (!name || date->cell.right - date->cell.left > name->cell.right - name->cell.left)
    longer = date;
  xs_gauge_len(g, XS_M_NAME_RIGHT, date->page, (int64_t)right - longer->cell.right, longer);
  if (name)
    xs_gauge_len(g, XS_M_DATE_SHIFT, date->page, (int64_t)date->cell.left - name->cell.left, date);
}

/* Without a picture of a seal: does name or date stand nearer to its place with one? */
static bool awaits_seal(const xs_sheet *sheet, const xs_seen_line *name, const xs_seen_line *date)
{
  if (!name) return true;
  int64_t centred = distance(middle_of(name), middle_of(date));
  int64_t shifted = distance((int64_t)date->cell.left - name->cell.left, 2 * (int64_t)sheet->em);
  return centred <= shifted;
}

static void measure_note(xs_gauge *g, const xs_seen_line *date)
{
  const xs_seen_line *note = first_of(g->anatomy, XS_PART_NOTE), *last = note;
  if (!note) return;
  while (last + 1 < g->anatomy->lines.items + g->anatomy->lines.count &&
         last[1].part == XS_PART_NOTE)
    last++;
  xs_text end = xs_text_last(last->text);
  xs_text form = xs_arena_printf(g->a, "%.*s%.*s", XS_TEXT(note->chars[0]->text), XS_TEXT(end));
  if (!form.ptr) g->status = XS_ENOMEM;
  if (note->page == date->page)
    xs_gauge_len(g, XS_M_NOTE_GAP, note->page, (int64_t)note->baseline - date->baseline, note);
  xs_len wanted = g->anatomy->sheet->left + 2 * g->anatomy->sheet->em;
  xs_gauge_len(g, XS_M_NOTE_LEFT, note->page,
               (int64_t)xs_line_start(note, wanted) - g->anatomy->sheet->left, note);
  xs_gauge_word(g, XS_M_NOTE_FORM, note->page, form, note);
}

/* ---- 附件 ------------------------------------------------------------------------------------ */

static void measure_annexes(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  for (size_t i = xs_anatomy_next(an, 0, XS_PART_ANNEX_LABEL); i < an->lines.count;
       i = xs_anatomy_next(an, i + 1, XS_PART_ANNEX_LABEL)) {
    const xs_seen_line *label = &an->lines.items[i], *title = label + 1;
    const xs_seen_page *page = &an->survey->pages[label->page];
    if (page->width > page->height) continue;
    xs_gauge_len(g, XS_M_ANNEX_TOP, label->page, label->cell.top, label);
    xs_gauge_len(g, XS_M_ANNEX_LEFT, label->page, (int64_t)label->cell.left - an->sheet->left,
                 label);
    xs_gauge_size(g, XS_M_ANNEX_SIZE, label);
    xs_gauge_face(g, XS_M_ANNEX_FACE, label);
    if (i + 1 == an->lines.count || title->part != XS_PART_ANNEX_TITLE) continue;
    xs_gauge_len(g, XS_M_ANNEX_TITLE_LINE, title->page,
                 (int64_t)xs_middle(title->cell.top, title->cell.bottom) -
                     xs_middle(label->cell.top, label->cell.bottom),
                 title);
    xs_gauge_len(g, XS_M_ANNEX_TITLE_CENTRE, title->page,
                 xs_off_centre(an->sheet, title->cell.left, title->cell.right), title);
  }
}

void xs_measure_sign_off(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  measure_annexes(g);
  if (an->date_line == an->lines.count) return;
  const xs_seen_line *date = &an->lines.items[an->date_line];
  const xs_seen_line *name = name_over(an, date);
  xs_gauge_word(g, XS_M_DATE_FORM, date->page, date->text, NULL);
  measure_note(g, date);
  for (size_t i = 0; i < an->seal_count; i++) measure_seal(g, an->seals[i], date);
  if (an->seal_count) measure_rows(g, date->page);
  if (an->seal_count || awaits_seal(an->sheet, name, date)) {
    measure_sealed(g, name, date);
    return;
  }
  measure_unsealed(g, name, date);
  const xs_seen_line *first = first_of(an, XS_PART_NAME);
  measure_gap(g, XS_M_SIGN_GAP, first ? first : date);
}
