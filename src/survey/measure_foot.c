/* 版记 and 页码. */
#include "survey/gauge.h"

#include "base/text.h"

static bool is_imprint(const xs_seen_line *line)
{
  return line->part == XS_PART_COPIES || line->part == XS_PART_PRINTER ||
         line->part == XS_PART_PRINTED;
}

/* ---- 版记 ------------------------------------------------------------------------------------ */

static void measure_rules(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  const xs_seen_rule *const *rules = an->imprint_rules;
  const size_t count = an->imprint_rule_count, page = an->imprint_page;
  xs_gauge_count(g, XS_M_IMPRINT_RULES, page, (int64_t)count * 1000);
  bool parted = xs_anatomy_next(an, 0, XS_PART_COPIES) < an->lines.count &&
                (xs_anatomy_next(an, 0, XS_PART_PRINTER) < an->lines.count ||
                 xs_anatomy_next(an, 0, XS_PART_PRINTED) < an->lines.count);
  xs_gauge_count(g, XS_M_IMPRINT_LACK, page, ((int64_t)count - 2 - parted) * 1000);
  if (count < 2) return;
  const xs_seen_rule *last = rules[count - 1];
  xs_gauge_len(g, XS_M_IMPRINT_FIRST, page, rules[0]->thickness, NULL);
  xs_gauge_len(g, XS_M_IMPRINT_LAST, page, last->thickness, NULL);
  for (size_t i = 1; i + 1 < count; i++)
    xs_gauge_len(g, XS_M_IMPRINT_MIDDLE, page, rules[i]->thickness, NULL);
  int64_t left = 0, width = an->sheet->area_width;
  for (size_t i = 0; i < count; i++) {
    int64_t off = rules[i]->x1 - an->sheet->left, length = rules[i]->x2 - rules[i]->x1;
    if (off * off > left * left) left = off;
    int64_t more = length - an->sheet->area_width, most = width - an->sheet->area_width;
    if (more * more > most * most) width = length;
  }
  xs_gauge_len(g, XS_M_IMPRINT_LEFT, page, left, NULL);
  xs_gauge_len(g, XS_M_IMPRINT_WIDTH, page, width, NULL);
  xs_gauge_len(g, XS_M_IMPRINT_BOTTOM, page, (int64_t)last->y1 - xs_sheet_bottom(an->sheet), NULL);
}

/* 抄送： and the lines that go on below the first name. */
static void measure_copies(xs_gauge *g)
{
  enum { WORD = 3 };
  const xs_anatomy *an = g->anatomy;
  const xs_seen_line *last = NULL;
  xs_worst turn = {0};
  xs_len names = 0;
  for (size_t i = xs_anatomy_next(an, 0, XS_PART_COPIES); i < an->lines.count;
       i = xs_anatomy_next(an, i + 1, XS_PART_COPIES)) {
    const xs_seen_line *line = &an->lines.items[i];
    if (!last) {
      xs_gauge_len(g, XS_M_COPIES_LEFT, line->page, (int64_t)line->cell.left - an->sheet->left,
                   line);
      names = line->count > WORD ? line->chars[WORD]->x : line->cell.right;
    } else {
      xs_worst_add(&turn, (int64_t)xs_line_start(line, names) - names, line);
    }
    last = line;
  }
  if (!last) return;
  xs_gauge_worst(g, XS_M_COPIES_TURN, &turn);
  xs_gauge_word(g, XS_M_COPIES_END, last->page, xs_text_last(last->text), last);
}

void xs_measure_imprint(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  if (an->imprint_page == an->survey->page_count) return;
  measure_rules(g);
  measure_copies(g);
  xs_gauge_count(g, XS_M_IMPRINT_PAGE, an->imprint_page,
                 (int64_t)(an->survey->page_count - 1 - an->imprint_page) * 1000);
  xs_worst size = {.centre = an->sheet->small_em};
  for (size_t i = 0; i < an->lines.count; i++) {
    const xs_seen_line *line = &an->lines.items[i];
    if (!is_imprint(line)) continue;
    xs_worst_add(&size, line->size, line);
    xs_gauge_face(g, XS_M_IMPRINT_FACE, line);
    if (line->part == XS_PART_PRINTER)
      xs_gauge_len(g, XS_M_PRINTER_LEFT, line->page, (int64_t)line->cell.left - an->sheet->left,
                   line);
    if (line->part == XS_PART_PRINTED)
      xs_gauge_len(g, XS_M_PRINTED_RIGHT, line->page,
                   (int64_t)xs_sheet_right(an->sheet) - line->cell.right, line);
  }
  if (size.any) xs_gauge_size(g, XS_M_IMPRINT_SIZE, size.line);
}

/* ---- 页码 ------------------------------------------------------------------------------------ */

/* The face of the figure, which the dashes need not share. */
static const char *figure_face(const xs_seen_line *line)
{
  for (size_t i = 0; i < line->count; i++)
    if (line->chars[i]->codepoint >= '0' && line->chars[i]->codepoint <= '9')
      return line->chars[i]->font;
  return line->font;
}

static void measure_place(xs_gauge *g, const xs_seen_line *line, uint32_t number)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  const xs_seen_page *page = &g->anatomy->survey->pages[line->page];
  if (page->width > page->height) return;
  const xs_box *dash = &line->chars[0]->ink;
  xs_gauge_len(g, XS_M_FOLIO_GAP, line->page,
               (int64_t)xs_middle(dash->top, dash->bottom) - xs_sheet_bottom(sheet), line);
  if (number % 2)
    xs_gauge_len(g, XS_M_FOLIO_ODD, line->page, (int64_t)xs_sheet_right(sheet) - line->cell.right,
                 line);
  else
    xs_gauge_len(g, XS_M_FOLIO_EVEN, line->page, (int64_t)line->cell.left - sheet->left, line);
}

/* A form of its figures: — 9 — for — 12 —. */
static xs_text form_of(xs_gauge *g, const xs_seen_line *line)
{
  xs_text first = line->chars[0]->text, last = line->chars[line->count - 1]->text;
  xs_text form = xs_arena_printf(g->a, "%.*s9%.*s", XS_TEXT(first), XS_TEXT(last));
  if (!form.ptr) g->status = XS_ENOMEM;
  return form;
}

static void measure_folio(xs_gauge *g, const xs_seen_line *line)
{
  uint32_t number;
  if (!xs_text_is_folio(line->text, &number)) return;
  xs_gauge_word(g, XS_M_FOLIO_FORM, line->page, form_of(g, line), line);
  xs_gauge_count(g, XS_M_FOLIO_NUMBER, line->page,
                 ((int64_t)number - (int64_t)line->page - 1) * 1000);
  xs_gauge_size(g, XS_M_FOLIO_SIZE, line);
  xs_gauge_word(g, XS_M_FOLIO_FACE, line->page, xs_gauge_role(g, figure_face(line)), line);
  measure_place(g, line, number);
}

/* A turned page bears its number on another side, and one that holds 版记 alone may have none. */
static bool may_lack_folio(const xs_anatomy *an, size_t page, size_t other_lines)
{
  const xs_seen_page *p = &an->survey->pages[page];
  return p->width > p->height || (page == an->imprint_page && !other_lines);
}

void xs_measure_folios(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  size_t at = 0;
  for (size_t page = 0; page < an->survey->page_count; page++) {
    int64_t count = 0;
    size_t others = 0;
    for (; at < an->lines.count && an->lines.items[at].page == page; at++) {
      const xs_seen_line *line = &an->lines.items[at];
      others += line->part != XS_PART_FOLIO && !is_imprint(line);
      if (line->part != XS_PART_FOLIO) continue;
      count++;
      measure_folio(g, line);
    }
    if (count || !may_lack_folio(an, page, others))
      xs_gauge_count(g, page ? XS_M_FOLIO_COUNT : XS_M_FOLIO_FIRST, page, count * 1000);
  }
}
