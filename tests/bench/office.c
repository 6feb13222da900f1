/*
 * What people do with a store, timed as they would feel it. Run by hand on a release build, on a
 * store that bench_store made, or on none:
 *
 *   build/release/tests/bench_store 100000 city.db
 *   build/release/tests/bench_office city.db
 *
 * The factory's case is walked from the offer to the publication, several times under several ids,
 * on one open office; every act is a transaction with its fsync, and those that make a paper set
 * and freeze it. Then the store is asked what is due, and for words.
 */
#define _GNU_SOURCE

#include "base/buf.h"
#include "base/diag.h"
#include "base/text.h"
#include "support/walk.h"
#include "xieshang/due.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9, MAX_ACTS = 64 };

#define SAMPLE  SOURCE_DIR "/samples/factory/case.xml"
#define PICTURE SOURCE_DIR "/samples/factory/seal-union.png"

static double clock_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(const xs_diags *diags, xs_status st, const char *what)
{
  xs_diag_view view;
  if (!st) return;
  fprintf(stderr, "bench_office: %s\n", what);
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    fprintf(stderr, "  %.*s\n", XS_TEXT(view.text));
  exit(1);
}

static int by_value(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void show(const char *what, double *ms, size_t count)
{
  qsort(ms, count, sizeof *ms, by_value);
  printf("%-34s %9.2f %9.2f\n", what, ms[count / 2], ms[count - 1]);
}

/* The sample under another id; it stands beside the sample's pictures. */
static void write_case(const char *uid, const char *path)
{
  const xs_host *host = xs_host_posix();
  const void *ptr;
  size_t len;
  xs_buf out;
  static const char id[] = "yunshan-2025-wage";
  xs_buf_init(&out, host, 1 << 22);
  if (host->map(host->user, SAMPLE, 1 << 22, &ptr, &len)) exit(1);
  const char *at = memmem(ptr, len, id, strlen(id));
  if (!at) exit(1);
  size_t before = (size_t)(at - (const char *)ptr);
  xs_buf_add(&out, ptr, before);
  xs_buf_str(&out, uid);
  xs_buf_add(&out, at + strlen(id), len - before - strlen(id));
  if (host->save(host->user, path, out.ptr, out.len)) exit(1);
  host->unmap(host->user, ptr, len);
  xs_buf_free(&out);
}

static void time_acts(xs_office *office, xs_diags *diags)
{
  static double ms[MAX_ACTS][ROUNDS];
  char uid[64], path[512];
  for (size_t round = 0; round < ROUNDS; round++) {
    snprintf(uid, sizeof uid, "bench-%lld-%zu", (long long)time(NULL), round);
    snprintf(path, sizeof path, SOURCE_DIR "/samples/factory/%s.xml", uid);
    write_case(uid, path);
    for (size_t i = 0; i < xs_walk_count(); i++) {
      double from = clock_ms();
      must(diags, xs_walk_act(office, uid, path, PICTURE, i, diags), xs_walk_name(i));
      ms[i][round] = clock_ms() - from;
    }
    remove(path);
  }
  for (size_t i = 0; i < xs_walk_count(); i++) show(xs_walk_name(i), ms[i], ROUNDS);
}

static void time_due(xs_office *office, uint32_t as_of, uint32_t until, xs_diags *diags)
{
  double ms[ROUNDS];
  for (size_t i = 0; i < ROUNDS; i++) {
    xs_due *due = NULL;
    const xs_due_filter filter = {.as_of = as_of, .until = until};
    double from = clock_ms();
    must(diags, xs_office_due(office, &filter, diags, &due), "due");
    ms[i] = clock_ms() - from;
    xs_due_free(due);
  }
  show("due", ms, ROUNDS);
}

static int count_row(void *user, const xs_case_row *row)
{
  (void)row;
  ++*(size_t *)user;
  return 0;
}

static void time_search(xs_office *office, const char *words, xs_diags *diags)
{
  double ms[ROUNDS];
  char what[64];
  size_t count = 0;
  for (size_t i = 0; i < ROUNDS; i++) {
    const xs_case_filter filter = {.text = words, .limit = 50};
    double from = clock_ms();
    count = 0;
    must(diags, xs_office_list(office, &filter, count_row, &count, diags), "search");
    ms[i] = clock_ms() - from;
  }
  snprintf(what, sizeof what, "case list %s (%zu)", words, count);
  show(what, ms, ROUNDS);
}

int main(int argc, char **argv)
{
  const xs_host *host = xs_host_posix();
  xs_diags *diags = xs_diags_new(host);
  xs_engine *engine = NULL;
  xs_office *office = NULL;
  const char *path = argc > 1 ? argv[1] : "bench_office.db";
  if (!diags) return 4;
  must(diags, xs_engine_open(host, DATA_DIR, diags, &engine), "engine");
  must(diags, xs_office_open(engine, path, XS_OFFICE_CREATE, diags, &office), "store");
  must(diags, xs_walk_hire(office, diags), "users");
  printf("%-34s %9s %9s\n", "", "median ms", "most ms");
  time_acts(office, diags);
  time_due(office, 20250315, 20250331, diags);
  time_search(office, "云", diags);
  time_search(office, "云杉", diags);
  time_search(office, "有限公司", diags);
  time_search(office, "劳动定额", diags);
  xs_office_close(office);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}
