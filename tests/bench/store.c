/*
 * A store of a city: how large it is a case, and how long it takes to answer. Run by hand on a
 * release build:
 *
 *   cmake --preset release && ninja -C build/release bench_store
 *   build/release/tests/bench_store 100000 [FILE]
 *
 * The cases are the samples under other names, each with four revisions, ten events, three papers'
 * worth of deadlines and its whole text in the search. Every question is asked many times and the
 * median shown; the last row is a step of one case with everything that is written then, and its
 * fsync.
 */
#define _GNU_SOURCE
#include "base/diag.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/log.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { REVISIONS = 4, EVENTS = 10, DEADLINES = 9, BATCH = 500, ASKED = 15 };

static const char *const samples[] = {"factory", "refusal", "safety", "women", "employer-offer"};
static const char *const places[] = {"海滨", "青山", "临河", "安平",
                                     "长乐", "永宁", "南泉", "东港"};
static const char *const trades[] = {"机械", "纺织", "食品", "电子",
                                     "环卫", "物流", "化工", "家具"};
static const char *const forms[] = {"厂", "有限公司", "集团有限公司", "股份有限公司"};
static const char surnames[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
static const char given[] = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌辉";

typedef struct world {
  xs_host host;
  int64_t now;
  uint64_t seed;
  xs_store *store;
  xs_diags *diags;
  xs_arena *a;
  xs_text files[XS_COUNT(samples)];
  char pack[65];
} world;

static int64_t world_now(void *user)
{
  return ((world *)user)->now;
}

static void fail(const world *w, const char *what)
{
  xs_diag_view view;
  fprintf(stderr, "bench_store: %s\n", what);
  for (size_t i = 0; xs_diags_view(w->diags, i, &view); i++)
    fprintf(stderr, "  %.*s\n", XS_TEXT(view.text));
  exit(1);
}

static void must(const world *w, xs_status st, const char *what)
{
  if (st) fail(w, what);
}

static size_t pick(world *w, size_t count)
{
  w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
  return (size_t)((w->seed >> 33) % count);
}

/* One character of three bytes. */
static xs_text letter(world *w, const char *of)
{
  return (xs_text){of + 3 * pick(w, strlen(of) / 3), 3};
}

static xs_text person(world *w)
{
  xs_text s = letter(w, surnames), g = letter(w, given), h = letter(w, given);
  return xs_arena_printf(w->a, "%.*s%.*s%.*s", XS_TEXT(s), XS_TEXT(g), XS_TEXT(h));
}

static xs_text firm(world *w)
{
  xs_text g = letter(w, given), h = letter(w, given);
  return xs_arena_printf(w->a, "%s%.*s%.*s%s%s", places[pick(w, XS_COUNT(places))], XS_TEXT(g),
                         XS_TEXT(h), trades[pick(w, XS_COUNT(trades))],
                         forms[pick(w, XS_COUNT(forms))]);
}

/* The text of a case file without its marks. */
static xs_text plain(world *w, xs_text xml)
{
  char *out = xs_arena_alloc(w->a, xml.len + 1);
  size_t len = 0;
  bool inside = false;
  for (size_t i = 0; i < xml.len; i++) {
    char c = xml.ptr[i];
    if (c == '<' || c == '>') inside = c == '<';
    if (!inside && c != '>' && !(c == ' ' && len && out[len - 1] == ' ')) out[len++] = c;
  }
  return (xs_text){out, len};
}

/* ---- one case ---- */

typedef struct subject {
  xs_text uid, firm, file;
  uint32_t month; /* YYYYMM */
} subject;

static void put_deadlines(world *w, const subject *s, size_t met)
{
  static const char *const names[] = {"应约", "协商",     "送审",     "审查", "生效",
                                      "公布", "履约报告", "期满提醒", "续签"};
  xs_store_deadline rows[DEADLINES];
  for (size_t i = 0; i < DEADLINES; i++) {
    uint32_t due = s->month * 100 + 1 + (uint32_t)(i * 3);
    rows[i] = (xs_store_deadline){.limit = xs_text_of(names[i]),
                                  .what = xs_text_of(names[i]),
                                  .actor = XS_LIT("企业"),
                                  .law = XS_LIT("《集体合同规定》第三十二条"),
                                  .grade = XS_LIT("A"),
                                  .track = XS_LIT("talks"),
                                  .known = due - 1,
                                  .trigger = due - 1,
                                  .due = due,
                                  .met = i < met ? due : 0,
                                  .verified = true};
  }
  must(w, xs_store_deadlines_put(w->store, s->uid, rows, DEADLINES, w->diags), "deadlines");
}

static void put_track(world *w, const subject *s, const char *state)
{
  xs_store_track track = {XS_LIT("talks"), XS_NO_TEXT, xs_text_of(state), s->month * 100 + 1};
  must(w, xs_store_tracks_put(w->store, s->uid, &track, 1, w->diags), "tracks");
}

static void put_event(world *w, const subject *s, const char *kind, int64_t revision,
                      const char *digest)
{
  xs_event e = {.kind = xs_text_of(kind),
                .date = s->month * 100 + 1,
                .by = XS_LIT("林若溪"),
                .role = XS_LIT("drafter"),
                .track = XS_LIT("talks"),
                .step = XS_LIT("receive"),
                .from = XS_LIT("offered"),
                .to = XS_LIT("received"),
                .revision = revision,
                .digest = xs_text_of(digest)};
  must(w, xs_store_event_append(w->a, w->store, s->uid, &e, w->diags), "event");
}

/* A file that grows: its first so many parts. */
static xs_text part(world *w, const subject *s, int i)
{
  xs_text out = xs_arena_printf(w->a, "<case id=\"%.*s\"><employer>%.*s</employer>%.*s",
                                XS_TEXT(s->uid), XS_TEXT(s->firm),
                                (int)(s->file.len * (size_t)(i + 1) / REVISIONS), s->file.ptr);
  return out;
}

static subject new_subject(world *w, size_t i)
{
  return (subject){.uid = xs_arena_printf(w->a, "wage-%zu-%06zu", 2015 + i % 11, i),
                   .firm = firm(w),
                   .file = w->files[pick(w, XS_COUNT(samples))],
                   .month = (uint32_t)(202501 + pick(w, 12))};
}

static void put_search(world *w, const subject *s)
{
  xs_text body = plain(w, part(w, s, REVISIONS - 1));
  xs_text text =
      xs_arena_printf(w->a, "%.*s %.*s %.*s %.*s %.*s", XS_TEXT(s->firm), XS_TEXT(person(w)),
                      XS_TEXT(person(w)), XS_TEXT(s->uid), XS_TEXT(body));
  must(w, xs_store_search_put(w->store, s->uid, text, w->diags), "search");
}

static void put_case(world *w, size_t i)
{
  subject s = new_subject(w, i);
  xs_store_case c = {.uid = s.uid,
                     .title = s.firm,
                     .kind = XS_LIT("wage"),
                     .year = XS_LIT("2025"),
                     .state = XS_LIT("协商"),
                     .pack = xs_text_of(w->pack)};
  xs_store_label labels[] = {
      {XS_LIT("union"), xs_text_of(places[pick(w, XS_COUNT(places))])},
      {XS_LIT("person"), person(w)},
      {XS_LIT("person"), person(w)},
  };
  must(w, xs_store_case_add(w->store, &c, w->diags), "case");
  for (int r = 0; r < REVISIONS; r++) {
    int64_t number;
    must(w,
         xs_store_revision_put(w->store, s.uid, r, part(w, &s, r), XS_LIT("林若溪"), w->diags,
                               &number),
         "revision");
  }
  for (int e = 0; e < EVENTS; e++)
    put_event(w, &s, "step", 0, "9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e");
  put_track(w, &s, "received");
  put_deadlines(w, &s, pick(w, 4) ? DEADLINES : pick(w, DEADLINES));
  must(w, xs_store_labels_put(w->store, s.uid, labels, XS_COUNT(labels), w->diags), "labels");
  put_search(w, &s);
}

/* ---- the figures ---- */

static double clock_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare_doubles(const void *a, const void *b)
{
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static void show(const char *what, double *ms, size_t count, const char *more)
{
  qsort(ms, count, sizeof *ms, compare_doubles);
  printf("%-34s %9.2f %9.2f  %s\n", what, ms[count / 2], ms[count - 1], more);
}

static void fresh_arena(world *w)
{
  xs_arena_free(w->a);
  w->a = xs_arena_new(&w->host);
  if (!w->a) fail(w, "out of memory");
}

static void ask_search(world *w, const char *words)
{
  double ms[ASKED];
  char what[64], more[64];
  size_t count, total = 0;
  for (size_t i = 0; i < ASKED; i++) {
    xs_store_filter filter = {.text = xs_text_of(words), .limit = 50};
    xs_store_case *rows;
    fresh_arena(w);
    double from = clock_ms();
    must(w, xs_store_case_list(w->a, w->store, &filter, w->diags, &rows, &count, &total), words);
    ms[i] = clock_ms() - from;
  }
  snprintf(what, sizeof what, "search %s", words);
  snprintf(more, sizeof more, "%zu found", total);
  show(what, ms, ASKED, more);
}

static void ask_due(world *w, const char *what, const xs_store_due *filter)
{
  double ms[ASKED];
  char more[64];
  size_t count, total = 0;
  for (size_t i = 0; i < ASKED; i++) {
    xs_store_deadline *rows;
    fresh_arena(w);
    double from = clock_ms();
    must(w, xs_store_deadlines_find(w->a, w->store, filter, w->diags, &rows, &count, &total), what);
    ms[i] = clock_ms() - from;
  }
  snprintf(more, sizeof more, "%zu of %zu", count, total);
  show(what, ms, ASKED, more);
}

/* All that a step writes: a revision, its event, where the case stands, what is due, its text. */
static void do_step(world *w, size_t i, int64_t base)
{
  subject s = new_subject(w, i);
  int64_t number;
  must(w, xs_store_begin(w->store, w->diags), "begin");
  must(w,
       xs_store_revision_put(w->store, s.uid, base, part(w, &s, (int)(base % REVISIONS)),
                             XS_LIT("林若溪"), w->diags, &number),
       "revision");
  put_event(w, &s, "step", 0, "9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e9c1f0d2e");
  put_track(w, &s, "answered");
  put_deadlines(w, &s, 3);
  put_search(w, &s);
  must(w, xs_store_commit(w->store, w->diags), "commit");
}

static void time_steps(world *w, size_t cases)
{
  enum { STEPS = 200 };
  static double ms[STEPS];
  for (size_t i = 0; i < STEPS; i++) {
    fresh_arena(w);
    w->now++;
    size_t which = (i * 7919) % cases;
    xs_text uid = xs_arena_printf(w->a, "wage-%zu-%06zu", 2015 + which % 11, which);
    xs_store_case c;
    must(w, xs_store_case_find(w->a, w->store, uid, w->diags, &c), "find");
    double from = clock_ms();
    do_step(w, which, c.revision);
    ms[i] = clock_ms() - from;
  }
  show("a step, with its fsync", ms, STEPS, "");
}

static void time_audit(world *w)
{
  xs_audit audit;
  char more[64];
  double ms[1], from = clock_ms();
  must(w, xs_store_log_verify(w->store, XS_NO_TEXT, XS_NO_TEXT, w->diags, &audit), "verify");
  ms[0] = clock_ms() - from;
  snprintf(more, sizeof more, "%lld events", (long long)audit.events);
  show("verify all logs", ms, 1, more);
}

/* ---- the store ---- */

static void load_samples(world *w)
{
  for (size_t i = 0; i < XS_COUNT(samples); i++) {
    char path[1024];
    const void *ptr;
    snprintf(path, sizeof path, SOURCE_DIR "/samples/%s/case.xml", samples[i]);
    if (w->host.map(&w->host, path, 1 << 20, &ptr, &w->files[i].len)) fail(w, path);
    w->files[i].ptr = ptr;
  }
}

static void fill(world *w, size_t cases)
{
  xs_store_pack pack = {XS_LIT("national"), XS_LIT("1"), XS_LIT("<rules/>")};
  must(w, xs_store_pack_put(w->store, &pack, w->diags, w->pack), "pack");
  double from = clock_ms();
  for (size_t i = 0; i < cases; i++) {
    if (i % BATCH == 0) must(w, xs_store_begin(w->store, w->diags), "begin");
    fresh_arena(w);
    w->now++;
    put_case(w, i);
    if (i % BATCH == BATCH - 1 || i + 1 == cases)
      must(w, xs_store_commit(w->store, w->diags), "commit");
  }
  printf("%zu cases made in %.0f s\n", cases, (clock_ms() - from) / 1e3);
}

static void show_size(const char *path, size_t cases)
{
  struct stat info;
  if (stat(path, &info) == 0)
    printf("the file has %.1f MB, %.1f KB a case\n", (double)info.st_size / 1e6,
           (double)info.st_size / 1e3 / (double)cases);
}

static void ask(world *w, size_t cases)
{
  static const char *const words[] = {
      "海滨", "厂", "公司", "王伟", "集团有限公司", "工资集体", "wage-2020", "913", "张 机械 合同"};
  printf("%-34s %9s %9s\n", "", "median ms", "most ms");
  for (size_t i = 0; i < XS_COUNT(words); i++) ask_search(w, words[i]);
  ask_due(w, "overdue, the first 50",
          &(xs_store_due){.as_of = 20250615, .to = 20250614, .limit = 50});
  ask_due(w, "overdue, all", &(xs_store_due){.as_of = 20250615, .to = 20250614});
  ask_due(w, "due this week", &(xs_store_due){.as_of = 20250615, .from = 20250615, .to = 20250621});
  ask_due(w, "due this month",
          &(xs_store_due){.as_of = 20250615, .from = 20250615, .to = 20250630});
  ask_due(w, "all that is open", &(xs_store_due){.as_of = 20251231});
  ask_due(w, "of one union, this month",
          &(xs_store_due){.as_of = 20250615,
                          .from = 20250615,
                          .to = 20250630,
                          .label_kind = XS_LIT("union"),
                          .label = XS_LIT("海滨")});
  time_steps(w, cases);
  time_audit(w);
}

int main(int argc, char **argv)
{
  size_t cases = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
  const char *path = argc > 2 ? argv[2] : "bench_store.db";
  world w = {.host = *xs_host_posix(), .now = 1741054260, .seed = 1};
  bool there = access(path, F_OK) == 0;
  w.host.user = &w;
  w.host.now = world_now;
  w.diags = xs_diags_new(&w.host);
  load_samples(&w);
  must(&w, xs_store_open(&w.host, path, XS_STORE_CREATE, w.diags, &w.store), "open");
  if (there)
    w.now += 1000000000;
  else
    fill(&w, cases);
  show_size(path, cases);
  ask(&w, cases);
  xs_store_close(w.store);
  show_size(path, cases);
  xs_arena_free(w.a);
  xs_diags_free(w.diags);
  return 0;
}
