#define _POSIX_C_SOURCE 200809L
#include "cli/progress.h"

#include "base/text.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <time.h>

enum { PATIENCE_MS = 1000, BAR_CELLS = 24, BESIDE_CELLS = 24, MIN_TITLE_CELLS = 4 };

static int64_t now_ms(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void xs_progress_begin(xs_progress *p)
{
  *p = (xs_progress){.width = xs_terminal_width(), .begun_ms = now_ms()};
}

/* The longest beginning of the title that takes at most `cells` columns. */
static xs_text cut(xs_text title, size_t cells)
{
  size_t off = 0;
  for (size_t next = 0; off < title.len; off = next) {
    next = off;
    xs_text_next(title, &next);
    if (xs_terminal_cells((xs_text){title.ptr, next}) > cells) break;
  }
  return (xs_text){title.ptr, off};
}

void xs_progress_step(void *progress, size_t done, size_t all, xs_text title)
{
  xs_progress *p = progress;
  if (p->width < BAR_CELLS + BESIDE_CELLS + MIN_TITLE_CELLS || all == 0) return;
  if (now_ms() - p->begun_ms < PATIENCE_MS) return;
  size_t filled = done * BAR_CELLS / all;
  fputs("\r[", stderr);
  for (size_t i = 0; i < BAR_CELLS; i++) fputc(i < filled ? '#' : '.', stderr);
  title = cut(title, p->width - BAR_CELLS - BESIDE_CELLS);
  fprintf(stderr, "] %zu/%zu %.*s\033[K", done, all, XS_TEXT(title));
  fflush(stderr);
  p->drawn = true;
}

void xs_progress_end(xs_progress *p)
{
  if (p->drawn) fputs("\r\033[K", stderr);
  p->drawn = false;
}
