/* 版头, 标题 and 主送机关. */
#include "survey/gauge.h"

#include "base/text.h"

typedef struct head {
  const xs_anatomy *an;
  const xs_seen_line *mark, *last_mark; /* the first and the last name */
  const xs_seen_line *word;             /* 文件 */
  const xs_seen_line *number, *last_number, *signer;
  const xs_seen_line *title, *last_title, *addressee, *last_addressee;
  size_t name_count;
  xs_box ink, cell; /* of the whole mark */
} head;

static void add_mark(head *h, const xs_seen_line *line)
{
  if (!h->mark && !h->word) {
    h->ink = line->ink;
    h->cell = line->cell;
  }
  xs_box_widen(&h->ink, &line->ink);
  xs_box_widen(&h->cell, &line->cell);
  if (line->part == XS_PART_MARK_WORD) {
    h->word = line;
    return;
  }
  if (!h->mark) h->mark = line;
  h->last_mark = line;
  h->name_count++;
}

static void keep_both(const xs_seen_line *line, const xs_seen_line **first,
                      const xs_seen_line **last)
{
  if (!*first) *first = line;
  *last = line;
}

static head find_head(const xs_anatomy *an)
{
  head h = {.an = an};
  for (size_t i = 0; i < an->lines.count; i++) {
    const xs_seen_line *line = &an->lines.items[i];
    if (line->part == XS_PART_MARK || line->part == XS_PART_MARK_WORD) add_mark(&h, line);
    if (line->part == XS_PART_NUMBER) keep_both(line, &h.number, &h.last_number);
    if (line->part == XS_PART_SIGNER && !h.signer) h.signer = line;
    if (line->part == XS_PART_TITLE) keep_both(line, &h.title, &h.last_title);
    if (line->part == XS_PART_ADDRESSEE) keep_both(line, &h.addressee, &h.last_addressee);
  }
  return h;
}

/* ---- the mark -------------------------------------------------------------------------------- */

static void measure_names(xs_gauge *g, const head *h)
{
  const xs_box *first = &h->mark->cell;
  int64_t spread = 0;
  xs_len bottom = h->mark->ink.bottom;
  for (const xs_seen_line *line = h->mark; line <= h->last_mark; line++) {
    if (line->part != XS_PART_MARK) continue;
    const int64_t differences[] = {line->cell.left - first->left, first->left - line->cell.left,
                                   line->cell.right - first->right,
                                   first->right - line->cell.right};
    for (size_t i = 0; i < XS_COUNT(differences); i++)
      if (differences[i] > spread) spread = differences[i];
    if (line->ink.bottom > bottom) bottom = line->ink.bottom;
  }
  xs_gauge_len(g, XS_M_MARK_SPREAD, 0, spread, h->mark);
  if (!h->word) return;
  xs_gauge_len(g, XS_M_MARK_WORD, 0,
               (int64_t)xs_middle(h->word->ink.top, h->word->ink.bottom) -
                   xs_middle(h->mark->ink.top, bottom),
               h->word);
}

static void measure_mark(xs_gauge *g, const head *h)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  if (!h->mark) return;
  if (g->anatomy->form == XS_FORM_LETTER)
    xs_gauge_len(g, XS_M_MARK_PAGE_TOP, 0, h->ink.top, h->mark);
  else
    xs_gauge_len(g, XS_M_MARK_TOP, 0, (int64_t)h->ink.top - sheet->top, h->mark);
  xs_gauge_size(g, XS_M_MARK_SIZE, h->mark);
  xs_gauge_face(g, XS_M_MARK_FACE, h->mark);
  xs_gauge_word(g, XS_M_MARK_COLOR, 0, xs_gauge_color(g, h->mark->color), h->mark);
  xs_gauge_len(g, XS_M_MARK_CENTRE, 0, xs_off_centre(sheet, h->cell.left, h->cell.right), h->mark);
  if (h->name_count > 1) measure_names(g, h);
}

static void measure_labels(xs_gauge *g)
{
  const xs_anatomy *an = g->anatomy;
  size_t first = xs_anatomy_next(an, 0, XS_PART_LABEL);
  if (first == an->lines.count) return;
  const xs_seen_line *line = &an->lines.items[first];
  if (an->form != XS_FORM_LETTER)
    xs_gauge_len(g, XS_M_LABEL_TOP, 0, (int64_t)line->cell.top - an->sheet->top, line);
  xs_worst left = {0};
  for (size_t i = first; i < an->lines.count; i = xs_anatomy_next(an, i + 1, XS_PART_LABEL))
    xs_worst_add(&left, (int64_t)an->lines.items[i].cell.left - an->sheet->left,
                 &an->lines.items[i]);
  xs_gauge_worst(g, XS_M_LABEL_LEFT, &left);
}

/* ---- 发文字号、签发人 ------------------------------------------------------------------------ */

/* The name behind “签发人：”. */
static void measure_signer(xs_gauge *g, const xs_seen_line *signer)
{
  enum { WORD = 4 };
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_gauge_len(g, XS_M_SIGNER_RIGHT, 0, (int64_t)xs_sheet_right(sheet) - signer->cell.right,
               signer);
  if (signer->count > WORD)
    xs_gauge_word(g, XS_M_SIGNER_FACE, 0, xs_gauge_role(g, signer->chars[WORD]->font), signer);
}

static void measure_number(xs_gauge *g, const head *h)
{
  const xs_seen_line *n = h->number;
  const xs_sheet *sheet = g->anatomy->sheet;
  if (h->signer) measure_signer(g, h->signer);
  if (!n) return;
  xs_gauge_word(g, XS_M_NUMBER_FORM, 0, n->text, NULL);
  xs_gauge_size(g, XS_M_NUMBER_SIZE, n);
  xs_gauge_face(g, XS_M_NUMBER_FACE, n);
  if (g->anatomy->form == XS_FORM_LETTER) {
    xs_gauge_len(g, XS_M_NUMBER_RIGHT, 0, (int64_t)xs_sheet_right(sheet) - n->cell.right, n);
    return;
  }
  if (h->mark) xs_gauge_len(g, XS_M_NUMBER_GAP, 0, (int64_t)n->cell.top - h->ink.bottom, n);
  if (h->signer)
    xs_gauge_len(g, XS_M_NUMBER_LEFT, 0, (int64_t)n->cell.left - sheet->left, n);
  else
    xs_gauge_len(g, XS_M_NUMBER_CENTRE, 0, xs_off_centre(sheet, n->cell.left, n->cell.right), n);
}

/* ---- the red rule ---------------------------------------------------------------------------- */

static void measure_rule(xs_gauge *g, const head *h)
{
  const xs_anatomy *an = g->anatomy;
  xs_gauge_count(g, XS_M_RULE_COUNT, 0, (int64_t)an->head_rule_count * 1000);
  if (!an->head_rule_count) return;
  const xs_seen_rule *rule = an->head_rules[0];
  const xs_seen_line *above = h->last_number ? h->last_number : h->last_mark;
  if (above)
    xs_gauge_len(g, XS_M_RULE_GAP, 0, (int64_t)rule->y1 - rule->thickness / 2 - above->ink.bottom,
                 above);
  xs_gauge_len(g, XS_M_RULE_LEFT, 0, (int64_t)rule->x1 - an->sheet->left, NULL);
  xs_gauge_len(g, XS_M_RULE_WIDTH, 0, (int64_t)rule->x2 - rule->x1, NULL);
}

/* ---- 标题、主送机关 -------------------------------------------------------------------------- */

/* What stands right above the title: the rule, or in a letter the lowest of number and labels. */
static xs_len above_title(const xs_anatomy *an)
{
  xs_len lowest = 0;
  for (size_t i = 0; i < an->lines.count && an->lines.items[i].page == 0; i++) {
    const xs_seen_line *line = &an->lines.items[i];
    bool is_above =
        line->part == XS_PART_NUMBER || line->part == XS_PART_LABEL || line->part == XS_PART_MARK;
    if (is_above && line->cell.bottom > lowest) lowest = line->cell.bottom;
  }
  if (an->form != XS_FORM_LETTER && an->head_rule_count) {
    const xs_seen_rule *rule = an->head_rules[an->head_rule_count - 1];
    xs_len edge = rule->y2 + rule->thickness / 2;
    if (edge > lowest) lowest = edge;
  }
  return lowest;
}

static void measure_title(xs_gauge *g, const head *h)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_worst centre = {0};
  if (!h->title) return;
  if (h->title->page == 0)
    xs_gauge_len(g, XS_M_TITLE_GAP, 0, (int64_t)h->title->cell.top - above_title(g->anatomy),
                 h->title);
  xs_gauge_size(g, XS_M_TITLE_SIZE, h->title);
  xs_gauge_face(g, XS_M_TITLE_FACE, h->title);
  for (const xs_seen_line *line = h->title; line <= h->last_title; line++) {
    if (line->part != XS_PART_TITLE) continue;
    xs_worst_add(&centre,
                 xs_off_centre(sheet, xs_line_start(line, line->ink.left),
                               xs_line_end(line, line->ink.right)),
                 line);
  }
  xs_gauge_worst(g, XS_M_TITLE_CENTRE, &centre);
}

static void measure_addressee(xs_gauge *g, const head *h)
{
  const xs_sheet *sheet = g->anatomy->sheet;
  xs_worst left = {0};
  if (!h->addressee) return;
  if (h->last_title && h->last_title->page == h->addressee->page)
    xs_gauge_len(g, XS_M_ADDRESSEE_GAP, h->addressee->page,
                 (int64_t)h->addressee->cell.top - h->last_title->cell.bottom, h->addressee);
  for (const xs_seen_line *line = h->addressee; line <= h->last_addressee; line++)
    xs_worst_add(&left, (int64_t)xs_line_start(line, sheet->left) - sheet->left, line);
  xs_gauge_worst(g, XS_M_ADDRESSEE_LEFT, &left);
  xs_gauge_word(g, XS_M_ADDRESSEE_END, h->last_addressee->page,
                xs_text_last(h->last_addressee->text), h->last_addressee);
}

void xs_measure_head(xs_gauge *g)
{
  head h = find_head(g->anatomy);
  measure_labels(g);
  measure_mark(g, &h);
  measure_number(g, &h);
  if (g->anatomy->form != XS_FORM_LETTER) measure_rule(g, &h);
  measure_title(g, &h);
  measure_addressee(g, &h);
}

/* ---- 信函 ------------------------------------------------------------------------------------ */

static int64_t weight(const xs_seen_rule *heavier, const xs_seen_rule *lighter)
{
  return (int64_t)heavier->thickness - lighter->thickness;
}

/* Two rules above, two below. */
static void measure_pairs(xs_gauge *g, const head *h)
{
  const xs_anatomy *an = g->anatomy;
  const xs_seen_rule *const *r = an->head_rules;
  const xs_len page_bottom = an->survey->pages[0].height;
  xs_gauge_len(g, XS_M_LETTER_LOWER_GAP, 0, (int64_t)page_bottom - r[3]->y1 - r[3]->thickness / 2,
               NULL);
  xs_gauge_len(g, XS_M_LETTER_UPPER_WEIGHT, 0, weight(r[0], r[1]), NULL);
  xs_gauge_len(g, XS_M_LETTER_LOWER_WEIGHT, 0, weight(r[3], r[2]), NULL);
  if (h->number)
    xs_gauge_len(g, XS_M_NUMBER_RULE_GAP, 0,
                 (int64_t)h->number->cell.top - r[1]->y1 - r[1]->thickness / 2, h->number);
}

void xs_measure_letter(xs_gauge *g)
{
  enum { RULES = 4 };
  const xs_anatomy *an = g->anatomy;
  head h = find_head(an);
  int64_t length = 0, centre = 0;
  const int64_t middle = an->survey->pages[0].width / 2;
  xs_gauge_count(g, XS_M_LETTER_RULES, 0, (int64_t)an->head_rule_count * 1000);
  if (!an->head_rule_count) return;
  for (size_t i = 0; i < an->head_rule_count; i++) {
    const xs_seen_rule *rule = an->head_rules[i];
    int64_t off = xs_middle(rule->x1, rule->x2) - middle;
    if (!i || rule->x2 - rule->x1 < length) length = rule->x2 - rule->x1;
    if (off * off > centre * centre) centre = off;
  }
  xs_gauge_len(g, XS_M_LETTER_LENGTH, 0, length, NULL);
  xs_gauge_len(g, XS_M_LETTER_CENTRE, 0, centre, NULL);
  if (h.mark)
    xs_gauge_len(g, XS_M_LETTER_UPPER_GAP, 0,
                 (int64_t)an->head_rules[0]->y1 - an->head_rules[0]->thickness / 2 - h.ink.bottom,
                 h.mark);
  if (an->head_rule_count == RULES) measure_pairs(g, &h);
}
