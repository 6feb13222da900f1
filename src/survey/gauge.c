#include "survey/gauge.h"

#include "base/text.h"

#include <string.h>

static const struct {
  const char *name;
  xs_measure_unit unit;
} measurements[] = {
#define X(id, name, unit) {name, XS_MEASURE_##unit},
#include "survey/measurements.def"
#undef X
};

const char *xs_measurement_name(xs_measurement what)
{
  return measurements[what].name;
}

xs_measure_unit xs_measurement_unit(xs_measurement what)
{
  return measurements[what].unit;
}

bool xs_measurement_find(xs_text name, xs_measurement *out)
{
  for (size_t i = 0; i < XS_M_COUNT; i++) {
    if (!xs_text_is(name, measurements[i].name)) continue;
    *out = (xs_measurement)i;
    return true;
  }
  return false;
}

/* ---- recording ------------------------------------------------------------------------------- */

static void put(xs_gauge *g, const xs_measured *m)
{
  if (g->status) return;
  xs_measured *slot = XS_PUSH(g->a, g->items, g->count, g->capacity);
  if (slot)
    *slot = *m;
  else
    g->status = XS_ENOMEM;
}

static int64_t micron_of(int64_t len)
{
  const int64_t scaled = len * 254000, unit = INT64_C(72) * 1024 * 10;
  return (scaled + (scaled < 0 ? -unit / 2 : unit / 2)) / unit;
}

void xs_gauge_len(xs_gauge *g, xs_measurement what, size_t page, int64_t len,
                  const xs_seen_line *line)
{
  put(g, &(xs_measured){.what = what,
                        .page = page,
                        .value = micron_of(len),
                        .where = line ? line->text : XS_NO_TEXT});
}

void xs_gauge_size(xs_gauge *g, xs_measurement what, const xs_seen_line *line)
{
  put(g, &(xs_measured){.what = what,
                        .page = line->page,
                        .value = ((int64_t)line->size * 1000 + 512) / 1024,
                        .where = line->text});
}

void xs_gauge_count(xs_gauge *g, xs_measurement what, size_t page, int64_t milli)
{
  put(g, &(xs_measured){.what = what, .page = page, .value = milli});
}

void xs_gauge_word(xs_gauge *g, xs_measurement what, size_t page, xs_text word,
                   const xs_seen_line *line)
{
  put(g, &(xs_measured){
             .what = what, .page = page, .word = word, .where = line ? line->text : XS_NO_TEXT});
}

xs_text xs_gauge_role(const xs_gauge *g, const char *font)
{
  for (size_t i = 0; i < g->face_count; i++)
    for (size_t j = 0; j < g->faces[i].count; j++)
      if (xs_text_is(g->faces[i].names[j], font)) return g->faces[i].role;
  return xs_text_of(font);
}

void xs_gauge_face(xs_gauge *g, xs_measurement what, const xs_seen_line *line)
{
  xs_gauge_word(g, what, line->page, xs_gauge_role(g, line->font), line);
}

xs_text xs_gauge_color(xs_gauge *g, xs_color color)
{
  if (xs_color_is_red(color)) return XS_LIT("red");
  if (xs_color_is_black(color)) return XS_LIT("black");
  xs_text name = xs_arena_printf(g->a, "#%06X", (unsigned)color);
  if (!name.ptr) g->status = XS_ENOMEM;
  return name;
}

void xs_worst_add(xs_worst *w, int64_t value, const xs_seen_line *line)
{
  int64_t off = value < w->centre ? w->centre - value : value - w->centre;
  int64_t most = w->value < w->centre ? w->centre - w->value : w->value - w->centre;
  if (w->any && off <= most) return;
  w->any = true;
  w->value = value;
  w->line = line;
}

void xs_gauge_worst(xs_gauge *g, xs_measurement what, const xs_worst *w)
{
  if (w->any) xs_gauge_len(g, what, w->line->page, w->value, w->line);
}

/* ---- places ---------------------------------------------------------------------------------- */

xs_len xs_middle(xs_len from, xs_len to)
{
  return from + (to - from) / 2;
}

int64_t xs_off_centre(const xs_sheet *sheet, xs_len left, xs_len right)
{
  return (int64_t)xs_middle(left, right) - xs_middle(sheet->left, xs_sheet_right(sheet));
}

xs_text xs_text_last(xs_text text)
{
  size_t at = text.len;
  while (at > 0 && ((unsigned char)text.ptr[--at] & 0xc0) == 0x80) continue;
  return (xs_text){text.ptr + at, text.len - at};
}

static bool is_one_of(uint32_t c, const char *set)
{
  size_t off = 0;
  for (uint32_t s; (s = xs_text_next(xs_text_of(set), &off)) != 0;)
    if (s == c) return true;
  return false;
}

xs_len xs_line_start(const xs_seen_line *line, xs_len near)
{
  xs_len start = line->cell.left, trimmed = start + line->size / 2;
  if (!is_one_of(line->chars[0]->codepoint, "（《〈“‘【〔「『［") || start >= near) return start;
  return trimmed < near ? trimmed : near;
}

xs_len xs_line_end(const xs_seen_line *line, xs_len near)
{
  static const char closing[] = "，。、；：！？）》〉”’】〕」』］";
  xs_len end = line->cell.right, trimmed = end - line->size / 2;
  if (!is_one_of(line->chars[line->count - 1]->codepoint, closing) || end <= near) return end;
  return trimmed > near ? trimmed : near;
}

/* ---- the whole ------------------------------------------------------------------------------- */

xs_status xs_gauge_measure(xs_gauge *g)
{
  xs_measure_pages(g);
  xs_measure_head(g);
  if (g->anatomy->form == XS_FORM_LETTER) xs_measure_letter(g);
  xs_measure_body(g);
  xs_measure_lists(g);
  xs_measure_sign_off(g);
  xs_measure_imprint(g);
  xs_measure_folios(g);
  return g->status;
}
