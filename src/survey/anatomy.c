#include "survey/anatomy.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Shares of what a format states, in 1/1000; wide, because what is out of place must be found. */
enum {
  LONG_RULE = 600,  /* of the width of the type area: a rule, and no ornament */
  WIDE_RULE = 1045, /* of the same: the rules of a letter */
  LARGE = 1140,     /* of the em of the body: a title */
  HUGE_MARK = 1000, /* of the same: a mark */
  BESIDE = 1000,    /* of the em: how far off an indent may be */
};

static bool is_more(int64_t value, int64_t of, int64_t milli)
{
  return value * 1000 > of * milli;
}

xs_len xs_sheet_right(const xs_sheet *sheet)
{
  return sheet->left + sheet->area_width;
}

xs_len xs_sheet_bottom(const xs_sheet *sheet)
{
  return sheet->top + sheet->area_height;
}

size_t xs_anatomy_next(const xs_anatomy *an, size_t i, xs_part part)
{
  while (i < an->lines.count && an->lines.items[i].part != part) i++;
  return i;
}

static bool is_near(xs_len a, xs_len b, xs_len reach)
{
  return a - b <= reach && b - a <= reach;
}

/* ---- rules ----------------------------------------------------------------------------------- */

static bool is_level(const xs_seen_rule *rule)
{
  return rule->y2 - rule->y1 <= XS_PT(1) && rule->x2 > rule->x1;
}

static bool is_long(const xs_anatomy *an, const xs_seen_rule *rule)
{
  return is_level(rule) && is_more(rule->x2 - rule->x1, an->sheet->area_width, LONG_RULE);
}

static int compare_heights(const void *a, const void *b)
{
  const xs_seen_rule *const *x = a, *const *y = b;
  if ((*x)->y1 != (*y)->y1) return (*x)->y1 < (*y)->y1 ? -1 : 1;
  return *x < *y ? -1 : *x > *y;
}

static void find_head_rules(xs_anatomy *an)
{
  const xs_seen_page *page = &an->survey->pages[0];
  for (size_t i = 0; i < page->rule_count && an->head_rule_count < XS_MAX_HEAD_RULES; i++)
    if (xs_color_is_red(page->rules[i].color) && is_long(an, &page->rules[i]))
      an->head_rules[an->head_rule_count++] = &page->rules[i];
  qsort(an->head_rules, an->head_rule_count, sizeof *an->head_rules, compare_heights);
}

/* ---- what stands outside the text ------------------------------------------------------------ */

static void find_folios(xs_anatomy *an)
{
  for (size_t i = 0; i < an->lines.count; i++) {
    xs_seen_line *line = &an->lines.items[i];
    uint32_t number;
    bool is_below = line->baseline > xs_sheet_bottom(an->sheet);
    if (is_below && xs_text_is_folio(line->text, &number)) line->part = XS_PART_FOLIO;
  }
}

static bool is_open(const xs_seen_line *line)
{
  return line->part == XS_PART_UNKNOWN;
}

/* ---- 版头 ------------------------------------------------------------------------------------ */

/* The lower edge of the head: the rule that closes it, or of a letter the first pair. */
static xs_len head_end(const xs_anatomy *an, xs_len mark_bottom)
{
  if (!an->head_rule_count) return mark_bottom;
  xs_len end = an->head_rules[0]->y1;
  for (size_t i = 1; i < an->head_rule_count; i++)
    if (an->head_rules[i]->y1 - an->head_rules[0]->y1 < an->sheet->em) end = an->head_rules[i]->y1;
  return end;
}

static bool ends_with_word(const xs_seen_line *line, const char *word)
{
  return xs_text_ends(line->text, word);
}

/* Red lines; 文件 alone beside several of them is the word. Returns the ink's lowest edge. */
static xs_len find_mark(xs_anatomy *an)
{
  size_t names = 0;
  xs_len bottom = 0;
  for (size_t i = 0; i < an->lines.count && an->lines.items[i].page == 0; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (!is_open(line) || !xs_color_is_red(line->color)) continue;
    if (!is_more(line->size, an->sheet->em, HUGE_MARK)) continue;
    bool is_word = xs_text_is(line->text, "文件");
    line->part = is_word ? XS_PART_MARK_WORD : XS_PART_MARK;
    names += !is_word;
    if (line->ink.bottom > bottom) bottom = line->ink.bottom;
  }
  return names ? bottom : 0;
}

/* Where 文件 stands on the baseline of one of three names, it is one line with it. */
static xs_status part_word(xs_arena *a, xs_anatomy *an)
{
  size_t marks = 0, i = an->lines.count;
  for (size_t j = 0; j < an->lines.count; j++) {
    if (an->lines.items[j].part != XS_PART_MARK) continue;
    marks++;
    if (ends_with_word(&an->lines.items[j], "文件")) i = j;
  }
  if (marks < 2 || i == an->lines.count || an->lines.items[i].count < 4) return XS_OK;
  xs_seen_line name = an->lines.items[i];
  const xs_seen_line *end = XS_PUSH(a, an->lines.items, an->lines.count, an->lines.capacity);
  if (!end) return XS_ENOMEM;
  for (size_t page = 1; page <= an->survey->page_count; page++) an->lines.page_starts[page]++;
  xs_seen_line *at = &an->lines.items[i];
  memmove(at + 2, at + 1, (an->lines.count - i - 2) * sizeof *at);
  xs_status status = xs_seen_line_part(a, &name, name.count - 2, &at[0], &at[1]);
  at[1].part = XS_PART_MARK_WORD;
  return status;
}

/* Black text between mark and rule, in a letter what ends in 号 below the rule; what stands above
 * is a label. */
static void find_number(xs_anatomy *an, xs_len mark_bottom, xs_len end)
{
  xs_len limit = an->form == XS_FORM_LETTER ? end + 3 * an->sheet->line : end;
  for (size_t i = 0; i < an->lines.count && an->lines.items[i].page == 0; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (!is_open(line) || line->baseline > limit) continue;
    bool is_large = is_more(line->size, an->sheet->em, LARGE);
    bool is_below = line->baseline > mark_bottom;
    if (an->form == XS_FORM_LETTER) is_below = is_below && xs_text_ends(line->text, "号");
    if (xs_text_starts(line->text, "签发人"))
      line->part = XS_PART_SIGNER;
    else if (is_below && !is_large)
      line->part = XS_PART_NUMBER;
    else if (line->baseline <= end)
      line->part = is_large ? XS_PART_MARK : XS_PART_LABEL;
  }
}

static xs_form form_of(const xs_anatomy *an, bool has_mark)
{
  if (!has_mark && !an->head_rule_count) return XS_FORM_NONE;
  for (size_t i = 0; i < an->head_rule_count; i++) {
    const xs_seen_rule *rule = an->head_rules[i];
    if (is_more(rule->x2 - rule->x1, an->sheet->area_width, WIDE_RULE)) return XS_FORM_LETTER;
  }
  if (an->head_rule_count >= 3) return XS_FORM_LETTER;
  for (size_t i = xs_anatomy_next(an, 0, XS_PART_MARK); i < an->lines.count;
       i = xs_anatomy_next(an, i + 1, XS_PART_MARK))
    if (ends_with_word(&an->lines.items[i], "纪要")) return XS_FORM_MINUTES;
  return XS_FORM_DOCUMENT;
}

/* ---- 版记 ------------------------------------------------------------------------------------ */

static bool names_imprint(xs_text text)
{
  return xs_text_starts(text, "抄送") || xs_text_ends(text, "印发");
}

static xs_status collect_imprint_rules(xs_arena *a, xs_anatomy *an, size_t page)
{
  const xs_seen_page *p = &an->survey->pages[page];
  const xs_seen_rule **rules = XS_NEW_ARRAY(a, p->rule_count + 1, const xs_seen_rule *);
  if (!rules) return XS_ENOMEM;
  size_t count = 0;
  for (size_t i = 0; i < p->rule_count; i++)
    if (xs_color_is_black(p->rules[i].color) && is_long(an, &p->rules[i]))
      rules[count++] = &p->rules[i];
  qsort(rules, count, sizeof *rules, compare_heights);
  an->imprint_rules = rules;
  an->imprint_rule_count = count;
  an->imprint_page = page;
  return XS_OK;
}

/* From the first rule that has words of 版记 right below it to the last rule of the page. */
static void trim_imprint_rules(xs_anatomy *an, xs_len first_text)
{
  size_t first = 0;
  while (first + 1 < an->imprint_rule_count && an->imprint_rules[first + 1]->y1 < first_text)
    first++;
  if (an->imprint_rule_count) an->imprint_rules += first;
  an->imprint_rule_count -= an->imprint_rule_count ? first : 0;
}

static void label_imprint(xs_anatomy *an, size_t from, xs_len top)
{
  xs_part last = XS_PART_UNKNOWN;
  for (size_t i = from; i < an->lines.count && an->lines.items[i].page == an->imprint_page; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (!is_open(line) || line->baseline < top) continue;
    if (xs_text_starts(line->text, "抄送"))
      last = XS_PART_COPIES;
    else if (xs_text_ends(line->text, "印发"))
      last = XS_PART_PRINTED;
    else if (last == XS_PART_UNKNOWN || last != XS_PART_COPIES ||
             line->cell.left < an->sheet->left + 3 * an->sheet->small_em)
      last = XS_PART_PRINTER;
    line->part = last;
  }
}

/* The last words of the kind that stand by themselves, with rules around them or at the foot. */
static xs_status find_imprint(xs_arena *a, xs_anatomy *an)
{
  an->imprint_page = an->survey->page_count;
  size_t first = an->lines.count;
  for (size_t i = an->lines.count; i-- > 0;) {
    const xs_seen_line *line = &an->lines.items[i];
    if (first < an->lines.count && line->page != an->lines.items[first].page) break;
    if (is_open(line) && names_imprint(line->text) && line->baseline > an->sheet->height / 2)
      first = i;
  }
  if (first == an->lines.count) return XS_OK;
  xs_status status = collect_imprint_rules(a, an, an->lines.items[first].page);
  if (status) return status;
  xs_len text_top = an->lines.items[first].cell.bottom;
  trim_imprint_rules(an, an->lines.items[first].baseline);
  xs_len top = an->imprint_rule_count ? an->imprint_rules[0]->y1 : text_top - an->sheet->line;
  if (top > text_top) top = text_top - an->sheet->line;
  size_t from = 0;
  while (an->lines.items[from].page < an->imprint_page) from++;
  label_imprint(an, from, top);
  return XS_OK;
}

/* ---- tables ---------------------------------------------------------------------------------- */

/*
 * Where a page has upright rules, what stands beside them is a table. Rules are counted by the
 * points of the page's height that they cover, so that many of them cost no more than few.
 */
static xs_status find_tables_on(xs_arena *a, xs_anatomy *an, size_t i)
{
  const xs_seen_page *page = &an->survey->pages[i];
  const size_t height = (size_t)(page->height / XS_PT(1)) + 1;
  int32_t *steps = XS_NEW_ARRAY(a, height + 1, int32_t); /* upright rules that begin, less ended */
  if (!steps) return XS_ENOMEM;
  for (size_t j = 0; j < page->rule_count; j++) {
    const xs_seen_rule *rule = &page->rules[j];
    bool is_upright = rule->y2 - rule->y1 > an->sheet->em && rule->x2 - rule->x1 <= XS_PT(1);
    if (!is_upright || rule->y1 < 0 || rule->y2 > page->height) continue;
    steps[rule->y1 / XS_PT(1)]++;
    steps[rule->y2 / XS_PT(1) + 1]--;
  }
  for (size_t y = 1; y <= height; y++) steps[y] += steps[y - 1];
  for (size_t j = an->lines.page_starts[i]; j < an->lines.page_starts[i + 1]; j++) {
    xs_seen_line *line = &an->lines.items[j];
    xs_len middle = line->cell.top + (line->cell.bottom - line->cell.top) / 2;
    bool is_on_page = middle >= 0 && middle < page->height;
    if (is_open(line) && is_on_page && steps[middle / XS_PT(1)]) line->part = XS_PART_TABLE;
  }
  return XS_OK;
}

static xs_status find_tables(xs_arena *a, xs_anatomy *an)
{
  xs_status status = XS_OK;
  for (size_t i = 0; !status && i < an->survey->page_count; i++) status = find_tables_on(a, an, i);
  return status;
}

/* ---- annexes --------------------------------------------------------------------------------- */

static bool is_annex_label(xs_text text)
{
  size_t off = 0;
  if (!xs_text_starts(text, "附件")) return false;
  xs_text rest = {text.ptr + 6, text.len - 6};
  for (uint32_t c; (c = xs_text_next(rest, &off)) != 0;)
    if (c < '0' || c > '9') return false;
  return true;
}

static bool is_first_of_page(const xs_anatomy *an, size_t i)
{
  return i == 0 || an->lines.items[i - 1].page < an->lines.items[i].page;
}

static void find_annexes(xs_anatomy *an)
{
  an->first_annex_page = an->survey->page_count;
  for (size_t i = 0; i < an->lines.count; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (line->page == 0 || !is_open(line) || !is_first_of_page(an, i)) continue;
    if (!is_annex_label(line->text)) continue;
    line->part = XS_PART_ANNEX_LABEL;
    if (line->page < an->first_annex_page) an->first_annex_page = line->page;
    xs_len size = i + 1 < an->lines.count ? an->lines.items[i + 1].size : 0;
    for (size_t j = i + 1; j < an->lines.count && an->lines.items[j].page == line->page &&
                           is_open(&an->lines.items[j]) && an->lines.items[j].size == size &&
                           (j == i + 1 || is_more(size, an->sheet->em, LARGE));
         j++)
      an->lines.items[j].part = XS_PART_ANNEX_TITLE;
  }
}

/* ---- 主体 ------------------------------------------------------------------------------------ */

/* Right below the head; where that fills its page, at the top of the next one. */
static size_t find_title(xs_anatomy *an, xs_len end)
{
  size_t i = 0;
  xs_len size = 0;
  while (i < an->lines.count &&
         (!is_open(&an->lines.items[i]) ||
          (an->lines.items[i].page == 0 && an->lines.items[i].baseline <= end)))
    i++;
  for (; i < an->lines.count; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (!is_open(line) || !is_more(line->size, an->sheet->em, LARGE)) break;
    if (size && line->size != size) break;
    size = line->size;
    line->part = XS_PART_TITLE;
  }
  return i;
}

static bool is_flush_left(const xs_anatomy *an, const xs_seen_line *line)
{
  return is_near(line->cell.left, an->sheet->left, an->sheet->em * BESIDE / 1000);
}

/* Flush left, up to a full-width colon, in at most five lines. */
static size_t find_addressee(xs_anatomy *an, size_t from)
{
  enum { MOST = 5 };
  size_t i = from;
  for (; i < an->lines.count && i < from + MOST; i++) {
    const xs_seen_line *line = &an->lines.items[i];
    if (!is_open(line) || !is_flush_left(an, line)) return from;
    if (xs_text_ends(line->text, "：") || xs_text_ends(line->text, ":")) break;
  }
  if (i >= an->lines.count || i == from + MOST) return from;
  for (size_t j = from; j <= i; j++) an->lines.items[j].part = XS_PART_ADDRESSEE;
  return i + 1;
}

/* What is left before the date, and of annexes, is text. */
static void label_body(xs_anatomy *an, size_t from)
{
  for (size_t i = from; i < an->lines.count; i++) {
    xs_seen_line *line = &an->lines.items[i];
    bool is_text = i < an->date_line || line->page >= an->first_annex_page;
    if (is_open(line) && is_text) line->part = XS_PART_BODY;
  }
}

xs_status xs_anatomy_find(xs_arena *a, const xs_survey *survey, const xs_sheet *sheet,
                          xs_anatomy *out)
{
  xs_anatomy *an = out;
  *an = (xs_anatomy){.survey = survey, .sheet = sheet};
  xs_status status = xs_seen_lines_find(a, survey, &an->lines);
  if (status) return status;
  find_folios(an);
  find_head_rules(an);
  xs_len mark_bottom = find_mark(an);
  an->form = form_of(an, mark_bottom > 0);
  an->first_annex_page = an->imprint_page = survey->page_count;
  an->date_line = an->lines.count;
  if (!an->form) return XS_OK;
  status = part_word(a, an);
  if (status) return status;
  xs_len end = head_end(an, mark_bottom);
  find_number(an, mark_bottom, end);
  status = find_imprint(a, an);
  if (status) return status;
  status = find_tables(a, an);
  if (status) return status;
  find_annexes(an);
  size_t body = find_addressee(an, find_title(an, end));
  status = xs_anatomy_sign_off(a, an, body);
  if (!status) label_body(an, body);
  return status;
}
