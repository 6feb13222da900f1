#define _POSIX_C_SOURCE 200809L

#include "bench/breaks.h"

#include "layout/linebreak.h"

#include <time.h>

static double now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The four steps but for the last, which is the same for both. */
static xs_status set(xs_composer *c, const xs_paragraph *par, bool greedy, double *choice_ms)
{
  const xs_para_style *style = par->style;
  const xs_measure m = {.width = 28 * style->text.size,
                        .first_indent = style->first_indent,
                        .align = style->align,
                        .em = style->text.size,
                        .greedy = greedy};
  const xs_line_range *lines = NULL;
  size_t count = 0;
  xs_composer_style(c, style, m.width);
  xs_status st = xs_units_collect(c, par->inlines, par->inline_count);
  if (!st) st = xs_units_adjust(c);
  if (!st) st = xs_units_allow(c);
  if (st) return st;
  double start = now_ms();
  st = xs_lines_choose(c, &m, &lines, &count);
  *choice_ms += now_ms() - start;
  return st;
}

bool breaks_measure(const xs_document *doc, xs_fontset *fonts, xs_diags *diags, bool greedy,
                    double *whole_ms, double *choice_ms)
{
  xs_composer c;
  xs_arena *a = xs_arena_new(xs_host_posix());
  bool ok = a && xs_composer_open(&c, a, fonts, diags) == XS_OK;
  const xs_blocks *blocks = &doc->sections[0].blocks;
  *choice_ms = 0;
  double start = now_ms();
  for (size_t i = 0; i < blocks->count && ok; i++)
    ok = set(&c, &blocks->items[i].u.paragraph, greedy, choice_ms) == XS_OK;
  *whole_ms = now_ms() - start;
  if (a) xs_composer_close(&c);
  xs_arena_free(a);
  return ok;
}
