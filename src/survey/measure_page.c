/* The sheet, the type area, the text in it. */
#include "survey/gauge.h"

#include "base/text.h"

#include <string.h>

static bool is_landscape(const xs_seen_page *page)
{
  return page->width > page->height;
}

static const xs_seen_line *lines_of(const xs_gauge *g)
{
  return g->anatomy->lines.items;
}

/* The lines of a page, from first_on to before end_of. */
static size_t first_on(const xs_gauge *g, size_t page)
{
  return g->anatomy->lines.page_starts[page];
}

static size_t end_of(const xs_gauge *g, size_t page)
{
  return g->anatomy->lines.page_starts[page + 1];
}

/* ---- the sheet ------------------------------------------------------------------------------- */

static void measure_sheet(xs_gauge *g, size_t i)
{
  const xs_seen_page *page = &g->anatomy->survey->pages[i];
  bool turned = is_landscape(page);
  xs_gauge_len(g, XS_M_SHEET_WIDTH, i, turned ? page->height : page->width, NULL);
  xs_gauge_len(g, XS_M_SHEET_HEIGHT, i, turned ? page->width : page->height, NULL);
}

/* What stands by rule outside of the type area. */
static bool is_exempt(const xs_anatomy *an, const xs_seen_line *line)
{
  return line->part == XS_PART_FOLIO ||
         (line->part == XS_PART_MARK && an->form == XS_FORM_LETTER) ||
         is_landscape(&an->survey->pages[line->page]);
}

static int64_t reach_out(const xs_sheet *sheet, const xs_box *ink)
{
  const int64_t sides[] = {(int64_t)sheet->left - ink->left, (int64_t)sheet->top - ink->top,
                           (int64_t)ink->right - xs_sheet_right(sheet),
                           (int64_t)ink->bottom - xs_sheet_bottom(sheet)};
  int64_t most = 0;
  for (size_t i = 0; i < XS_COUNT(sides); i++)
    if (sides[i] > most) most = sides[i];
  return most;
}

static void measure_outside(xs_gauge *g, size_t page)
{
  const xs_anatomy *an = g->anatomy;
  xs_worst worst = {0};
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (!is_exempt(an, line)) xs_worst_add(&worst, reach_out(an->sheet, &line->ink), line);
  }
  if (worst.any) xs_gauge_len(g, XS_M_OUTSIDE, page, worst.value, worst.value ? worst.line : NULL);
}

/* Only the mark is not black. One word a page: the first that is not. */
static void measure_color(xs_gauge *g, size_t page)
{
  const xs_seen_line *first = NULL;
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (line->part == XS_PART_MARK || line->part == XS_PART_MARK_WORD) continue;
    for (size_t j = 0; j < line->count; j++) {
      if (xs_color_is_black(line->chars[j]->color)) continue;
      xs_gauge_word(g, XS_M_TEXT_COLOR, page, xs_gauge_color(g, line->chars[j]->color), line);
      return;
    }
    if (!first) first = line;
  }
  if (first) xs_gauge_word(g, XS_M_TEXT_COLOR, page, XS_LIT("black"), NULL);
}

/* The first line of a later page stands at the top of the type area. */
static void measure_top(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  for (size_t i = 1; i < an->lines.count; i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (line->page == lines_of(g)[i - 1].page || line->part != XS_PART_BODY) continue;
    if (!is_landscape(&an->survey->pages[line->page]))
      xs_gauge_len(g, XS_M_TEXT_TOP, line->page, line->cell.top, line);
  }
}

void xs_measure_pages(xs_gauge *g)
{
  for (size_t i = 0; i < g->anatomy->survey->page_count; i++) {
    measure_sheet(g, i);
    measure_outside(g, i);
    measure_color(g, i);
  }
  measure_top(g);
}

/* ---- lines of the body ----------------------------------------------------------------------- */

/* The body line that follows line i on its page without anything between; NULL for none. */
static const xs_seen_line *next_body(const xs_gauge *g, size_t i)
{
  if (i + 1 >= g->anatomy->lines.count) return NULL;
  const xs_seen_line *line = &lines_of(g)[i], *next = line + 1;
  return next->page == line->page && next->part == XS_PART_BODY ? next : NULL;
}

static bool is_flush(const xs_gauge *g, const xs_seen_line *line)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  return xs_line_start(line, sheet->left) < sheet->left + sheet->em / 2;
}

/* Rows of text between line i and the next line of its face on the page, when all between them is
 * text without a blank line; 0 when there is none such. */
static int64_t rows_to_same_face(const xs_gauge *g, size_t i, const xs_seen_line **out)
{
  enum { MOST = 8 };
  const xs_sheet *sheet = g->anatomy->sheet;
  const xs_seen_line *line = &lines_of(g)[i], *before = line, *next;
  for (int64_t rows = 0; rows < MOST && (next = next_body(g, (size_t)(before - lines_of(g))));
       before = next) {
    xs_len step = next->baseline - before->baseline;
    if (step > sheet->line * 17 / 10) return 0; /* a blank line between */
    if (step > sheet->line / 4) rows++;         /* else two parts of one row */
    if (!rows || strcmp(next->font, line->font) != 0) continue;
    *out = next;
    return rows;
  }
  return 0;
}

/*
 * From line to line of one face, over lines of other faces that stand between; and from each line
 * to the next, which may be of another face, whose em is known less exactly.
 */
static void measure_pitch(xs_gauge *g, size_t page)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_worst pitch = {.centre = sheet->line}, step = {.centre = sheet->line};
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i], *same = NULL;
    if (line->part != XS_PART_BODY) continue;
    int64_t rows = rows_to_same_face(g, i, &same);
    if (rows) xs_worst_add(&pitch, (same->baseline - line->baseline) / rows, same);
    const xs_seen_line *next = next_body(g, i);
    xs_len off = next ? next->baseline - line->baseline : 0;
    if (off > sheet->line / 4 && off <= sheet->line * 17 / 10) xs_worst_add(&step, off, next);
  }
  xs_gauge_worst(g, XS_M_BODY_STEP, &step);
  if (!pitch.any || pitch.value <= 0) return;
  xs_gauge_worst(g, XS_M_BODY_PITCH, &pitch);
  xs_gauge_count(g, XS_M_BODY_LINES, page,
                 ((int64_t)sheet->area_height - sheet->em) * 1000 / pitch.value + 1000);
}

/* A line is full when the next one goes on with its paragraph. */
static void measure_width(xs_gauge *g, size_t page)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_worst width = {.centre = sheet->area_width};
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    const xs_seen_line *next = line->part == XS_PART_BODY ? next_body(g, i) : NULL;
    if (!next || !is_flush(g, next)) continue;
    xs_worst_add(&width, (int64_t)xs_line_end(line, xs_sheet_right(sheet)) - sheet->left, line);
  }
  if (!width.any) return;
  xs_gauge_worst(g, XS_M_TEXT_WIDTH, &width);
  xs_gauge_count(g, XS_M_BODY_CHARS, page, width.value * 1000 / width.line->size);
}

static void measure_left(xs_gauge *g, size_t page)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_worst left = {.centre = sheet->left}, indent = {0};
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (line->part != XS_PART_BODY) continue;
    bool is_second = i > 0 && line[-1].page == page && line[-1].baseline == line->baseline;
    if (is_second) continue;
    if (is_flush(g, line)) {
      xs_worst_add(&left, xs_line_start(line, sheet->left), line);
    } else {
      xs_len wanted = sheet->left + 2 * sheet->em;
      xs_worst_add(&indent, (int64_t)xs_line_start(line, wanted) - wanted, line);
    }
  }
  xs_gauge_worst(g, XS_M_TEXT_LEFT, &left);
  xs_gauge_worst(g, XS_M_BODY_INDENT, &indent);
}

/* ---- sizes and faces ------------------------------------------------------------------------- */

/* How many characters the ordinal at the head of a line has, and its level; 0 for none. */
static unsigned level_of(const xs_seen_line *line)
{
  static const char han[] = "一二三四五六七八九十";
  bool bracket = line->chars[0]->codepoint == 0xff08;
  unsigned figures = 0, digits = 0;
  size_t i = bracket;
  for (; i < line->count; i++) {
    xs_text c = line->chars[i]->text;
    bool is_figure = false;
    for (size_t j = 0; !is_figure && j + 3 <= sizeof han - 1; j += 3)
      is_figure = xs_text_equal(c, (xs_text){han + j, 3});
    bool is_digit = c.len == 1 && c.ptr[0] >= '0' && c.ptr[0] <= '9';
    if (!is_figure && !is_digit) break;
    figures += is_figure;
    digits += is_digit;
  }
  if (i == line->count || (figures > 0) == (digits > 0)) return 0;
  xs_text end = line->chars[i]->text;
  if (bracket) return !xs_text_is(end, "）") ? 0 : figures ? 2 : 4;
  if (figures) return xs_text_is(end, "、") ? 1 : 0;
  return xs_text_is(end, ".") || xs_text_is(end, "．") ? 3 : 0;
}

/* The face of the ordinal of a line: of its figure where that is Han, else of what follows. */
static const char *ordinal_face(const xs_seen_line *line)
{
  for (size_t i = 0; i < line->count; i++)
    if (xs_seen_is_han(line->chars[i]->codepoint)) return line->chars[i]->font;
  return line->font;
}

/* Once a page for each role. */
static void put_role(xs_gauge *g, size_t before, xs_measurement what, const char *font,
                     const xs_seen_line *line)
{
  xs_text role = xs_gauge_role(g, font);
  for (size_t i = before; i < g->count; i++)
    if (g->items[i].what == what && xs_text_equal(g->items[i].word, role)) return;
  xs_gauge_word(g, what, line->page, role, line);
}

/* A paragraph of one line that ends without a mark. */
static bool is_heading(const xs_gauge *g, size_t i)
{
  static const char *const marks[] = {"。", "；", "：", "，", "！", "？"};
  for (size_t j = 0; j < XS_COUNT(marks); j++)
    if (xs_text_ends(lines_of(g)[i].text, marks[j])) return false;
  enum { NEAR = 16 };
  for (size_t next = i + 1; next < g->anatomy->lines.count && next < i + NEAR; next++)
    if (lines_of(g)[next].part == XS_PART_BODY) return !is_flush(g, &lines_of(g)[next]);
  return true;
}

/* The face of the text behind the first sentence of an item; NULL when none is on the line. */
static const char *face_behind_sentence(const xs_seen_line *line)
{
  enum { FULL_STOP = 0x3002 };
  size_t i = 0;
  while (i < line->count && line->chars[i]->codepoint != FULL_STOP) i++;
  for (; i < line->count; i++)
    if (xs_seen_is_han(line->chars[i]->codepoint)) return line->chars[i]->font;
  return NULL;
}

/*
 * Ordinals, and the text. 黑 and 楷 are for headings: a list whose items are whole sentences is set
 * like other text, or begins in the face of its level and goes on like other text.
 */
static void measure_faces(xs_gauge *g, size_t page)
{
  enum { HEADINGS = 2 };
  static const xs_measurement levels[] = {XS_M_LEVEL_1_FACE, XS_M_LEVEL_2_FACE, XS_M_LEVEL_3_FACE,
                                          XS_M_LEVEL_4_FACE};
  size_t before = g->count;
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (line->part != XS_PART_BODY) continue;
    unsigned level = is_flush(g, line) ? 0 : level_of(line);
    bool heading = level > HEADINGS || (level && is_heading(g, i));
    const char *text = level ? face_behind_sentence(line) : line->font;
    if (heading)
      put_role(g, before, levels[level - 1], ordinal_face(line), line);
    else if (text)
      put_role(g, before, XS_M_BODY_FACE, text, line);
  }
}

static void measure_size(xs_gauge *g, size_t page)
{
  xs_worst worst = {.centre = g->anatomy->sheet->em};
  for (size_t i = first_on(g, page); i < end_of(g, page); i++) {
    const xs_seen_line *line = &lines_of(g)[i];
    if (line->part == XS_PART_BODY) xs_worst_add(&worst, line->size, line);
  }
  if (worst.any) xs_gauge_size(g, XS_M_BODY_SIZE, worst.line);
}

static void count_first_page(xs_gauge *g)
{
  int64_t count = 0;
  for (size_t i = 0; i < end_of(g, 0); i++) count += lines_of(g)[i].part == XS_PART_BODY;
  xs_gauge_count(g, XS_M_BODY_FIRST_PAGE, 0, count * 1000);
}

void xs_measure_body(xs_gauge *g)
{
  count_first_page(g);
  for (size_t i = 0; i < g->anatomy->survey->page_count; i++) {
    if (is_landscape(&g->anatomy->survey->pages[i])) continue;
    measure_pitch(g, i);
    measure_width(g, i);
    measure_left(g, i);
    measure_size(g, i);
    measure_faces(g, i);
  }
}
