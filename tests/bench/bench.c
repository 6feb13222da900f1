/*
 * How fast, how small: the figures that the engine is held to. Run by hand on a release build:
 *
 *   cmake --preset release && ninja -C build/release bench
 *   build/release/tests/bench
 *
 * Every row is measured in a process of its own, so that its memory is its own. `warm` is CPU time
 * of one more paper in a process that has made some already (the median of many); `cold` is a
 * whole process of the command, from start to end, on the clock of the wall. The packet stays
 * behind in the build folder.
 *
 * Of the size of a page of Chinese, nearly all is outlines: one character of Noto Serif takes about
 * 190 bytes, of LXGW WenKai 240, of FandolFang 430, packed as well as can be. The one-page paper
 * is set in 宋 and 黑 for that reason; the one of the factory, in 仿宋, shows the other end.
 */
#define _GNU_SOURCE /* wait4 */

#include "base/buf.h"
#include "base/diag_print.h"
#include "base/limits.h"
#include "bench/breaks.h"
#include "layout/layout.h"
#include "output/pdf.h"
#include "support/manuscript.h"
#include "xieshang/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FACTORY SOURCE_DIR "/samples/factory/case.xml"
#define SAFETY  SOURCE_DIR "/samples/safety/case.xml"
#define OFFER   SOURCE_DIR "/tests/bench/offer.xml"

/* What one row came to; 0 where it says nothing. */
typedef struct figure {
  double ms;
  double kilobytes;
  long peak_kb;
  double most_ms; /* 0: the table says it */
  int failed;
} figure;

static double clock_ms(clockid_t id)
{
  struct timespec t;
  clock_gettime(id, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare_doubles(const void *a, const void *b)
{
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static void print_diags(const xs_diags *diags)
{
  xs_buf text;
  xs_buf_init(&text, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_diags_print(diags, &text);
  fprintf(stderr, "%.*s", XS_TEXT(xs_buf_view(&text)));
  xs_buf_free(&text);
}

/* ---- papers and packets ---------------------------------------------------------------------- */

typedef xs_status (*work)(xs_engine *engine, const xs_case *kase, const char *what, xs_diags *diags,
                          size_t *bytes);

static xs_status one_paper(xs_engine *engine, const xs_case *kase, const char *what,
                           xs_diags *diags, size_t *bytes)
{
  xs_bytes pdf = {0};
  const xs_render_options options = {.copy = XS_COPY_FILING};
  xs_status status = xs_engine_render(engine, what, kase, &options, diags, &pdf);
  *bytes = pdf.len;
  xs_bytes_free(&pdf);
  return status;
}

static xs_status one_packet(xs_engine *engine, const xs_case *kase, const char *what,
                            xs_diags *diags, size_t *bytes)
{
  const xs_packet_options options = {0};
  *bytes = 0;
  return xs_engine_packet(engine, what, kase, &options, OUT_DIR "/bench-packet", diags);
}

/* The median of `count` runs, after one that warms up. */
static figure run_warm(work run, const char *what, const char *kase_path, int count)
{
  figure f = {0};
  size_t bytes = 0;
  xs_engine *engine = NULL;
  xs_case *kase = NULL;
  double *times = calloc((size_t)count, sizeof *times);
  xs_diags *diags = xs_diags_new(xs_host_posix());
  f.failed = !times || xs_engine_open(xs_host_posix(), DATA_DIR, diags, &engine) ||
             xs_engine_case(engine, kase_path, diags, &kase) ||
             run(engine, kase, what, diags, &bytes);
  for (int i = 0; i < count && !f.failed; i++) {
    double start = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
    f.failed = run(engine, kase, what, diags, &bytes) != XS_OK;
    times[i] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - start;
  }
  if (f.failed) {
    print_diags(diags);
  } else {
    qsort(times, (size_t)count, sizeof *times, compare_doubles);
    f.ms = times[count / 2];
    f.kilobytes = (double)bytes / 1000;
  }
  xs_case_free(kase);
  xs_engine_close(engine);
  xs_diags_free(diags);
  free(times);
  return f;
}

static figure warm_offer(void)
{
  return run_warm(one_paper, OFFER, FACTORY, 101);
}

static figure warm_shipped_offer(void)
{
  return run_warm(one_paper, "offer-workers", FACTORY, 101);
}

static figure warm_contract(void)
{
  return run_warm(one_paper, "contract-safety", SAFETY, 41);
}

static figure warm_packet(void)
{
  return run_warm(one_packet, "filing", FACTORY, 11);
}

/* ---- the command, cold ----------------------------------------------------------------------- */

static int run_command(long *peak_kb)
{
  struct rusage usage = {0};
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    execl(COMMAND, COMMAND, "render", "--template", OFFER, "--case", FACTORY, "-o",
          OUT_DIR "/bench-offer.pdf", (char *)NULL);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  if (usage.ru_maxrss > *peak_kb) *peak_kb = usage.ru_maxrss;
  return !WIFEXITED(status) || WEXITSTATUS(status) > 1;
}

static figure cold_offer(void)
{
  enum { RUNS = 11 };
  figure f = {0};
  double times[RUNS];
  for (int i = 0; i < RUNS && !f.failed; i++) {
    double start = clock_ms(CLOCK_MONOTONIC);
    f.failed = run_command(&f.peak_kb);
    times[i] = clock_ms(CLOCK_MONOTONIC) - start;
  }
  qsort(times, RUNS, sizeof *times, compare_doubles);
  f.ms = f.failed ? 0 : times[RUNS / 2];
  unlink(OUT_DIR "/bench-offer.pdf");
  return f;
}

/* ---- a long document ------------------------------------------------------------------------- */

enum { COMMON = 3500 }; /* 一级字: each takes three bytes */

/* Common characters in an order without a pattern, a mark after every dozen or so. */
static void write_prose(const char *characters, uint32_t *seed, size_t count, xs_buf *out)
{
  for (size_t i = 0; i < count; i++) {
    *seed = *seed * 1664525u + 1013904223u;
    xs_buf_add(out, characters + (*seed >> 8) % COMMON * 3, 3);
    if (*seed >> 28 == 0) xs_buf_str(out, "，");
  }
  xs_buf_str(out, "。");
}

/* 22 lines of 28 characters are a page; a paragraph is a quarter of one. */
static void write_manuscript(manuscript *m, size_t pages)
{
  uint32_t seed = 1;
  xs_buf list, paragraph;
  xs_buf_init(&list, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_buf_init(&paragraph, xs_host_posix(), XS_MAX_BUF_BYTES);
  if (!manuscript_read_list(SOURCE_DIR "/tests/data/tongyong-8105.txt", &list)) exit(2);
  manuscript_open(m, xs_host_posix(), "长文");
  for (size_t i = 0; i < pages * 4; i++) {
    paragraph.len = 0;
    write_prose(list.ptr, &seed, 135, &paragraph);
    manuscript_add(m, XS_ROLE_FANGSONG, XS_PT(16), xs_buf_view(&paragraph));
  }
  xs_buf_free(&list);
  xs_buf_free(&paragraph);
}

static void write_ledger(manuscript *m, size_t rows)
{
  manuscript_open(m, xs_host_posix(), "台账");
  manuscript_add_table(m, rows);
}

static figure long_document(void (*write)(manuscript *m, size_t count), size_t count)
{
  figure f = {0};
  manuscript m;
  xs_buf pdf;
  xs_fontset *fonts = NULL;
  xs_pagelist *pages = NULL;
  const xs_pdf_options options = {.date = 20240305};
  xs_text fonts_xml = XS_LIT(DATA_DIR "/fonts/fonts.xml");
  xs_diags *diags = xs_diags_new(xs_host_posix());
  write(&m, count);
  xs_buf_init(&pdf, xs_host_posix(), XS_MAX_BUF_BYTES);
  double start = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
  f.failed = xs_fontset_open(xs_host_posix(), fonts_xml, NULL, 0, diags, &fonts) ||
             xs_layout(manuscript_end(&m), fonts, diags, &pages);
  double laid_out = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
  f.failed = f.failed || xs_pdf_write(pages, &options, diags, &pdf);
  f.ms = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - start;
  f.kilobytes = (double)pdf.len / 1000;
  if (f.failed) {
    print_diags(diags);
  } else {
    fprintf(stderr, "  %zu pages: layout %.0f ms, PDF %.0f ms\n", pages->page_count,
            laid_out - start, f.ms - (laid_out - start));
  }
  xs_buf_free(&pdf);
  xs_pagelist_free(pages);
  xs_document_free(m.doc);
  xs_fontset_close(fonts);
  xs_diags_free(diags);
  return f;
}

static figure pages_500(void)
{
  return long_document(write_manuscript, 500);
}

static figure pages_1000(void)
{
  return long_document(write_manuscript, 1000);
}

static figure rows_5000(void)
{
  return long_document(write_ledger, 5000);
}

static figure rows_10000(void)
{
  return long_document(write_ledger, 10000);
}

/* ---- choosing breaks ------------------------------------------------------------------------- */

/* The middle of some runs of each, in turn, so that both meet the same weather. */
static figure breaks_of_1000_pages(void)
{
  enum { RUNS = 9 };
  figure f = {0};
  manuscript m;
  xs_fontset *fonts = NULL;
  double whole[2][RUNS], choice[2][RUNS];
  xs_diags *diags = xs_diags_new(xs_host_posix());
  write_manuscript(&m, 1000);
  const xs_document *doc = manuscript_end(&m);
  xs_text fonts_xml = XS_LIT(DATA_DIR "/fonts/fonts.xml");
  f.failed = xs_fontset_open(xs_host_posix(), fonts_xml, NULL, 0, diags, &fonts);
  for (int i = 0; i < RUNS && !f.failed; i++)
    for (int greedy = 0; greedy < 2 && !f.failed; greedy++)
      f.failed = !breaks_measure(doc, fonts, diags, greedy, &whole[greedy][i], &choice[greedy][i]);
  if (f.failed) {
    print_diags(diags);
  } else {
    for (int greedy = 0; greedy < 2; greedy++) {
      qsort(whole[greedy], RUNS, sizeof(double), compare_doubles);
      qsort(choice[greedy], RUNS, sizeof(double), compare_doubles);
    }
    f.ms = whole[0][RUNS / 2];
    f.most_ms = 2 * whole[1][RUNS / 2];
    fprintf(stderr, "  breaks: greedy %.1f ms of %.1f, best %.1f ms of %.1f\n", choice[1][RUNS / 2],
            whole[1][RUNS / 2], choice[0][RUNS / 2], f.ms);
  }
  xs_document_free(m.doc);
  xs_fontset_close(fonts);
  xs_diags_free(diags);
  return f;
}

/* ---- the table ------------------------------------------------------------------------------- */

typedef struct row {
  const char *name;
  figure (*measure)(void);
  double most_ms, most_kilobytes, most_peak_mb; /* 0: none is stated */
} row;

static const row rows[] = {
    {"要约书 of one page, warm", warm_offer, 5, 60, 0},
    {"the same, cold", cold_offer, 60, 0, 60},
    {"要约书 of the factory, 3 pages, warm", warm_shipped_offer, 0, 0, 0},
    {"集体合同 of 10 pages, 4,700 characters, warm", warm_contract, 15, 0, 0},
    {"报送审查 packet of the factory, warm", warm_packet, 150, 0, 0},
    {"500 pages of paragraphs", pages_500, 1500, 0, 200},
    {"1,000 pages of paragraphs", pages_1000, 3000, 0, 200},
    {"all lines of 1,000 pages; at most twice of greedy ones", breaks_of_1000_pages, 0, 0, 0},
    {"a table of 5,000 rows, 40,000 cells", rows_5000, 2000, 0, 200},
    {"a table of 10,000 rows, 80,000 cells", rows_10000, 4000, 0, 400},
};

/* Measures in a child, which hands its figure over through a pipe. */
static figure measure_apart(const row *r)
{
  figure f = {.failed = 1};
  struct rusage usage = {0};
  int ends[2], status = 0;
  fflush(NULL);
  if (pipe(ends)) return f;
  pid_t child = fork();
  if (child == 0) {
    f = r->measure();
    _exit(write(ends[1], &f, sizeof f) == (ssize_t)sizeof f ? 0 : 1);
  }
  close(ends[1]);
  if (child < 0 || read(ends[0], &f, sizeof f) != (ssize_t)sizeof f) f.failed = 1;
  close(ends[0]);
  if (child > 0) wait4(child, &status, 0, &usage);
  if (!f.peak_kb) f.peak_kb = usage.ru_maxrss;
  return f;
}

static void print_cell(double value, double most)
{
  if (value == 0) {
    printf("%22s", "");
  } else if (most == 0) {
    printf("%10.1f%12s", value, "");
  } else {
    printf("%10.1f of %6.0f%s", value, most, value > most ? " !" : "  ");
  }
}

int main(void)
{
  int worst = 0;
  printf("%20s%22s%22s%s\n", "ms", "kB", "peak MB", "");
  for (size_t i = 0; i < XS_COUNT(rows); i++) {
    figure f = measure_apart(&rows[i]);
    double peak_mb = (double)f.peak_kb / 1024;
    if (f.failed) {
      printf("failed\n");
      worst = 2;
    } else {
      print_cell(f.ms, f.most_ms > 0 ? f.most_ms : rows[i].most_ms);
      print_cell(f.kilobytes, rows[i].most_kilobytes);
      print_cell(peak_mb, rows[i].most_peak_mb);
    }
    printf("  %s\n", rows[i].name);
  }
  return worst;
}
