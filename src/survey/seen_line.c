#include "survey/seen_line.h"

#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
  SAME_BASELINE_MILLI = 250, /* of the em: fallback faces may sit a little higher */
  BLACK_GAP_MILLI = 2500,    /* a wider gap in black text parts two lines */
  RED_GAP_MILLI = 6000,      /* names in a red head are spread */
};

/* The em box of a Han character that stands on a baseline: 0.88 em above it, 0.12 below. */
static xs_len em_top(xs_len baseline, xs_len size)
{
  return xs_len_clamp(baseline - (int64_t)size * 880 / 1000);
}

static xs_len em_bottom(xs_len baseline, xs_len size)
{
  return xs_len_clamp(baseline + (int64_t)size * 120 / 1000);
}

bool xs_color_is_red(xs_color color)
{
  return (color >> 16 & 0xff) >= 0x99 && (color >> 8 & 0xff) <= 0x4d && (color & 0xff) <= 0x4d;
}

bool xs_color_is_black(xs_color color)
{
  return (color >> 16 & 0xff) <= 0x33 && (color >> 8 & 0xff) <= 0x33 && (color & 0xff) <= 0x33;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static int compare_baselines(const void *a, const void *b)
{
  const xs_seen_char *const *x = a, *const *y = b;
  if ((*x)->baseline != (*y)->baseline) return (*x)->baseline < (*y)->baseline ? -1 : 1;
  if ((*x)->x != (*y)->x) return (*x)->x < (*y)->x ? -1 : 1;
  return *x < *y ? -1 : *x > *y; /* one array: the order of the file */
}

static int compare_places(const void *a, const void *b)
{
  const xs_seen_char *const *x = a, *const *y = b;
  if ((*x)->x != (*y)->x) return (*x)->x < (*y)->x ? -1 : 1;
  return *x < *y ? -1 : *x > *y;
}

static bool is_same_row(const xs_seen_char *first, const xs_seen_char *c)
{
  int64_t reach = (int64_t)(first->size < c->size ? first->size : c->size) * SAME_BASELINE_MILLI;
  return ((int64_t)c->baseline - first->baseline) * 1000 <= reach;
}

static bool is_gap(const xs_seen_char *before, const xs_seen_char *c)
{
  int64_t gap = (int64_t)c->x - before->x - before->advance;
  int64_t most = xs_color_is_red(c->color) ? RED_GAP_MILLI : BLACK_GAP_MILLI;
  return gap * 1000 > most * (before->size > c->size ? before->size : c->size);
}

/* ---- what a line is like --------------------------------------------------------------------- */

static bool is_alike(const xs_seen_char *a, const xs_seen_char *b)
{
  return a->size == b->size && a->color == b->color && strcmp(a->font, b->font) == 0;
}

/* The character that most others look like; Han characters speak for the line, digits only when
 * there are no others. */
static const xs_seen_char *typical(const xs_seen_line *line)
{
  enum { SAMPLE = 64, HAN = 0x2e80 };
  const xs_seen_char *best = line->chars[0];
  size_t best_weight = 0;
  size_t sample = line->count < SAMPLE ? line->count : SAMPLE;
  for (size_t i = 0; i < sample; i++) {
    size_t weight = 0;
    for (size_t j = 0; j < sample; j++)
      if (is_alike(line->chars[i], line->chars[j]))
        weight += line->chars[j]->codepoint >= HAN ? SAMPLE : 1;
    if (weight <= best_weight) continue;
    best = line->chars[i];
    best_weight = weight;
  }
  return best;
}

static xs_status join_text(xs_arena *a, xs_seen_line *line)
{
  xs_buf text;
  xs_buf_init(&text, xs_arena_host(a), XS_MAX_BUF_BYTES);
  for (size_t i = 0; i < line->count; i++) xs_buf_text(&text, line->chars[i]->text);
  xs_status status = text.status;
  if (!status) line->text = xs_arena_text(a, xs_buf_view(&text));
  xs_buf_free(&text);
  return status || line->text.ptr ? status : XS_ENOMEM;
}

static xs_status make_line(xs_arena *a, size_t page, const xs_seen_char **chars, size_t count,
                           xs_seen_line *line)
{
  const xs_seen_char *last = chars[count - 1];
  *line = (xs_seen_line){.page = page, .chars = chars, .count = count, .ink = chars[0]->ink};
  const xs_seen_char *t = typical(line);
  line->baseline = t->baseline;
  line->size = t->size;
  line->font = t->font;
  line->color = t->color;
  line->cell =
      (xs_box){chars[0]->x, em_top(t->baseline, t->size),
               xs_len_clamp((int64_t)last->x + last->advance), em_bottom(t->baseline, t->size)};
  for (size_t i = 1; i < count; i++) xs_box_widen(&line->ink, &chars[i]->ink);
  return join_text(a, line);
}

xs_status xs_seen_line_part(xs_arena *a, const xs_seen_line *line, size_t count,
                            xs_seen_line *first, xs_seen_line *rest)
{
  const xs_seen_line whole = *line;
  xs_status status = make_line(a, whole.page, whole.chars, count, first);
  if (!status) status = make_line(a, whole.page, whole.chars + count, whole.count - count, rest);
  first->part = rest->part = whole.part;
  return status;
}

static xs_status add_line(xs_arena *a, xs_seen_lines *lines, size_t page,
                          const xs_seen_char **chars, size_t count)
{
  xs_seen_line *line = XS_PUSH(a, lines->items, lines->count, lines->capacity);
  return line ? make_line(a, page, chars, count, line) : XS_ENOMEM;
}

/* Parts one row at its gaps. */
static xs_status add_row(xs_arena *a, xs_seen_lines *lines, size_t page, const xs_seen_char **row,
                         size_t count)
{
  qsort(row, count, sizeof *row, compare_places);
  xs_status status = XS_OK;
  for (size_t from = 0, to; !status && from < count; from = to) {
    to = from + 1;
    while (to < count && !is_gap(row[to - 1], row[to])) to++;
    status = add_line(a, lines, page, row + from, to - from);
  }
  return status;
}

static xs_status add_page(xs_arena *a, xs_seen_lines *lines, size_t i, const xs_seen_page *page)
{
  const xs_seen_char **seen = XS_NEW_ARRAY(a, page->char_count + 1, const xs_seen_char *);
  if (!seen) return XS_ENOMEM;
  size_t count = 0;
  for (size_t j = 0; j < page->char_count; j++) {
    const xs_seen_char *c = &page->chars[j];
    if (!c->turned && !c->blank && c->size > 0) seen[count++] = c;
  }
  qsort(seen, count, sizeof *seen, compare_baselines);
  xs_status status = XS_OK;
  for (size_t from = 0, to; !status && from < count; from = to) {
    to = from + 1;
    while (to < count && is_same_row(seen[from], seen[to])) to++;
    status = add_row(a, lines, i, seen + from, to - from);
  }
  return status;
}

xs_status xs_seen_lines_find(xs_arena *a, const xs_survey *survey, xs_seen_lines *out)
{
  xs_status status = XS_OK;
  *out = (xs_seen_lines){.page_starts = XS_NEW_ARRAY(a, survey->page_count + 1, size_t)};
  if (!out->page_starts) return XS_ENOMEM;
  for (size_t i = 0; !status && i < survey->page_count; i++) {
    status = add_page(a, out, i, &survey->pages[i]);
    out->page_starts[i + 1] = out->count;
  }
  return status;
}
