/*
 * A year of a union office, killed again and again: `kill -9` at random moments while cases go
 * from the offer to the publication of their contracts.
 *
 *   year DATA_DIR CASE_DIR WORK_DIR CASES KILLS SEED
 *
 * One case is walked through in peace first, and what the store holds after each act is noted. Then
 * a child does the same for every case, and says on a pipe what it has been told is done. The
 * parent kills it, opens the store and looks: after n acts that the child was told are done, the
 * case must stand exactly where it stood after n acts in peace – or after n + 1, when the kill came
 * between the commit and the word of it. Nothing is lost, doubled or half done. At times, and at
 * the end, the whole store is checked, with every event of its log.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/buf.h"
#include "base/diag.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/documents.h"
#include "store/log.h"
#include "support/walk.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_AT_ALL_EVERY = 100, PATH_BYTES = 4096 };

enum { MAX_ACTS = 64 };

typedef struct year {
  const xs_host *host;
  xs_diags *diags;
  xs_engine *engine;
  const char *case_dir, *work_dir;
  char store[PATH_BYTES];
  size_t act_count;
  xs_buf after[MAX_ACTS + 1]; /* what the store holds of a case after so many acts in peace */
  uint64_t act_us;            /* how long an act takes here, about */
  uint64_t random;
} year;

static void die(year *y, const char *what)
{
  xs_diag_view view;
  fprintf(stderr, "year: %s\n", what);
  for (size_t i = 0; xs_diags_view(y->diags, i, &view); i++)
    fprintf(stderr, "  %.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
  _exit(1);
}

static void must(year *y, xs_status status, const char *what)
{
  if (status) die(y, what);
}

/* xorshift64: the moments of the kills. */
static uint64_t draw(year *y, uint64_t below)
{
  y->random ^= y->random << 13;
  y->random ^= y->random >> 7;
  y->random ^= y->random << 17;
  return y->random % below;
}

static uint64_t clock_us(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void case_path(const year *y, size_t n, char out[PATH_BYTES])
{
  snprintf(out, PATH_BYTES, "%s/year-%03zu.xml", y->case_dir, n);
}

static void case_id(size_t n, char out[32])
{
  snprintf(out, 32, "year-%03zu", n);
}

/* ---- the acts ---- */

static void act_once(year *y, xs_office *office, size_t n, size_t i)
{
  char path[PATH_BYTES], picture[PATH_BYTES], uid[32];
  case_path(y, n, path);
  case_id(n, uid);
  snprintf(picture, sizeof picture, "%s/seal-union.png", y->case_dir);
  if (!xs_walk_act(office, uid, path, picture, i, y->diags)) return;
  fprintf(stderr, "year: %s, act %zu %s\n", uid, i, xs_walk_name(i));
  die(y, "an act was refused");
}

/* ---- what the store holds ---- */

static void look(year *y, xs_store *store, const char *uid, xs_buf *out)
{
  xs_arena *a = xs_arena_new(y->host);
  xs_text id = xs_text_of(uid);
  xs_store_case row;
  xs_event *events;
  xs_store_track *tracks;
  xs_store_document *documents;
  size_t event_count, track_count, document_count;
  if (!a) die(y, "out of memory");
  xs_buf_init(out, y->host, 1 << 20);
  must(y, xs_store_case_find(a, store, id, y->diags, &row), "a case is lost");
  must(y, xs_store_event_list(a, store, id, y->diags, &events, &event_count), "events");
  must(y, xs_store_tracks_get(a, store, id, y->diags, &tracks, &track_count), "tracks");
  must(y, xs_store_document_list(a, store, id, y->diags, &documents, &document_count), "documents");
  xs_buf_printf(out, "revision %lld;", (long long)row.revision);
  for (size_t i = 0; i < event_count; i++)
    xs_buf_printf(out, " %.*s:%.*s", XS_TEXT(events[i].kind), XS_TEXT(events[i].step));
  for (size_t i = 0; i < track_count; i++)
    xs_buf_printf(out, "; %.*s %.*s %.*s", XS_TEXT(tracks[i].kind), XS_TEXT(tracks[i].key),
                  XS_TEXT(tracks[i].state));
  for (size_t i = 0; i < document_count; i++) {
    xs_store_signoff *signoffs;
    size_t signoff_count;
    must(y,
         xs_store_signoff_list(a, store, id, documents[i].id, y->diags, &signoffs, &signoff_count),
         "sign-offs");
    xs_buf_printf(out, "; %.*s signed %zu", XS_TEXT(documents[i].template_id), signoff_count);
  }
  must(y, out->status, "out of memory");
  xs_arena_free(a);
}

static bool is_there(year *y, xs_store *store, const char *uid)
{
  xs_arena *a = xs_arena_new(y->host);
  xs_store_case *rows;
  size_t count;
  bool found = false;
  if (!a) die(y, "out of memory");
  must(y, xs_store_case_list(a, store, &(xs_store_filter){0}, y->diags, &rows, &count, NULL),
       "the list of cases");
  for (size_t i = 0; i < count; i++) found = found || xs_text_is(rows[i].uid, uid);
  xs_arena_free(a);
  return found;
}

/* How many acts were done on a case: where it stands is where one stood in peace. */
static size_t count_acts(year *y, xs_store *store, size_t n, size_t at_least)
{
  char uid[32];
  xs_buf seen;
  case_id(n, uid);
  if (!is_there(y, store, uid)) {
    if (at_least) die(y, "a case is lost");
    return 0;
  }
  look(y, store, uid, &seen);
  size_t count = at_least ? at_least : 1;
  while (count <= y->act_count && !xs_text_equal(xs_buf_view(&seen), xs_buf_view(&y->after[count])))
    count++;
  if (count > y->act_count) {
    fprintf(stderr, "year: %s stands at\n  %.*s\nafter %zu acts it was\n  %.*s\n", uid,
            XS_TEXT(xs_buf_view(&seen)), at_least, XS_TEXT(xs_buf_view(&y->after[at_least])));
    die(y, "an act is lost, doubled or half done");
  }
  xs_buf_free(&seen);
  return count;
}

static void look_at_all(year *y, xs_store *store)
{
  xs_audit audit;
  must(y, xs_store_log_verify(store, XS_LIT(""), XS_LIT(""), y->diags, &audit),
       "the log does not verify");
}

/* ---- the walk in peace ---- */

static void walk_in_peace(year *y)
{
  xs_office *office = NULL;
  char path[PATH_BYTES], uid[32];
  snprintf(path, sizeof path, "%s/peace.db", y->work_dir);
  case_id(0, uid);
  must(y, xs_office_open(y->engine, path, XS_OFFICE_CREATE, y->diags, &office), "no store");
  must(y, xs_walk_hire(office, y->diags), "a user cannot be added");
  for (size_t i = 0; i < y->act_count; i++) {
    xs_store *store = NULL;
    uint64_t begin = clock_us();
    act_once(y, office, 0, i);
    y->act_us += (clock_us() - begin) / y->act_count;
    must(y, xs_store_open(y->host, path, XS_STORE_READ_ONLY, y->diags, &store), "no store");
    look(y, store, uid, &y->after[i + 1]);
    xs_store_close(store);
  }
  xs_office_close(office);
}

/* ---- the year ---- */

/* Where the child shall go on. */
typedef struct progress {
  size_t n, acts;
} progress;

static void work(year *y, progress from, size_t case_count, int done_fd)
{
  xs_office *office = NULL;
  must(y, xs_office_open(y->engine, y->store, 0, y->diags, &office), "the store does not open");
  if (write(done_fd, "", 1) != 1) _exit(1);
  for (size_t n = from.n; n < case_count; n++)
    for (size_t i = n == from.n ? from.acts : 0; i < y->act_count; i++) {
      act_once(y, office, n, i);
      if (write(done_fd, "", 1) != 1) _exit(1);
    }
  xs_office_close(office);
}

static size_t count_bytes(int fd)
{
  char bytes[4096];
  size_t count = 0;
  for (;;) {
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n == 0 || (n < 0 && errno != EINTR)) return count;
    if (n > 0) count += (size_t)n;
  }
}

/* One byte when the store is open, one for each act that is done. */
static void await(int fd)
{
  char byte;
  while (read(fd, &byte, 1) < 0 && errno == EINTR) continue;
}

static void pause_us(uint64_t us)
{
  const struct timespec wait = {(time_t)(us / 1000000), (long)(us % 1000000) * 1000};
  nanosleep(&wait, NULL);
}

/*
 * Lets a child work and kills it: `us` after the store is open, or, `early`, after it was begun;
 * 0 lets it end. How many acts it was told are done.
 */
static size_t work_and_kill(year *y, progress from, size_t case_count, uint64_t us, bool early)
{
  int fds[2], state;
  if (pipe(fds)) die(y, "no pipe");
  fflush(NULL);
  pid_t child = fork();
  if (child < 0) die(y, "no process");
  if (child == 0) {
    close(fds[0]);
    work(y, from, case_count, fds[1]);
    _exit(0);
  }
  close(fds[1]);
  if (!early) await(fds[0]);
  pause_us(us);
  if (us) kill(child, SIGKILL);
  size_t done = count_bytes(fds[0]);
  close(fds[0]);
  waitpid(child, &state, 0);
  if (WIFEXITED(state) && WEXITSTATUS(state)) die(y, "the child failed");
  return early && done ? done - 1 : done;
}

/* The store after a kill: at least what the child was told, at most one act more. */
static progress look_after_kill(year *y, progress p, size_t told, bool all)
{
  xs_store *store = NULL;
  must(y, xs_store_open(y->host, y->store, 0, y->diags, &store), "the store does not open");
  for (size_t left = told; left;) {
    size_t step = y->act_count - p.acts < left ? y->act_count - p.acts : left;
    left -= step;
    p.acts += step;
    if (p.acts == y->act_count && left) p = (progress){p.n + 1, 0};
  }
  if (p.acts == y->act_count) p = (progress){p.n + 1, 0};
  size_t acts = count_acts(y, store, p.n, p.acts);
  if (acts > p.acts + 1) die(y, "more was done than asked");
  p.acts = acts;
  if (p.n && count_acts(y, store, p.n - 1, y->act_count) != y->act_count) die(y, "the case before");
  if (all) look_at_all(y, store);
  xs_store_close(store);
  return p.acts == y->act_count ? (progress){p.n + 1, 0} : p;
}

static void live_the_year(year *y, size_t case_count, size_t kill_count)
{
  xs_office *office = NULL;
  must(y, xs_office_open(y->engine, y->store, XS_OFFICE_CREATE, y->diags, &office), "no store");
  must(y, xs_walk_hire(office, y->diags), "a user cannot be added");
  xs_office_close(office);
  progress p = {0, 0};
  size_t kills = 0, in_flight = 0;
  while (p.n < case_count) {
    /* The acts left are spread over the kills left; one kill of ten comes while the store opens. */
    size_t left = (case_count - p.n) * y->act_count - p.acts;
    bool early = draw(y, 10) == 0;
    uint64_t window = kills < kill_count ? 2 * y->act_us * left / (kill_count - kills) : 0;
    uint64_t us = kills < kill_count ? 1 + draw(y, window + 1) : 0;
    size_t told = work_and_kill(y, p, case_count, us, early && us);
    kills += us > 0;
    progress next = look_after_kill(y, p, told, kills % LOOK_AT_ALL_EVERY == 0);
    in_flight += (next.n - p.n) * y->act_count + next.acts - p.acts - told;
    p = next;
  }
  printf("%zu cases, %zu kills, %zu of them between the commit and the word of it\n", case_count,
         kills, in_flight);
}

int main(int argc, char **argv)
{
  if (argc != 7) {
    fprintf(stderr, "year DATA_DIR CASE_DIR WORK_DIR CASES KILLS SEED\n");
    return 3;
  }
  year y = {.host = xs_host_posix(),
            .case_dir = argv[2],
            .work_dir = argv[3],
            .act_count = xs_walk_count(),
            .random = strtoull(argv[6], NULL, 10) | 1};
  y.diags = xs_diags_new(y.host);
  if (!y.diags) return 4;
  snprintf(y.store, sizeof y.store, "%s/year.db", y.work_dir);
  must(&y, xs_engine_open(y.host, argv[1], y.diags, &y.engine), "no engine");
  walk_in_peace(&y);
  live_the_year(&y, strtoul(argv[4], NULL, 10), strtoul(argv[5], NULL, 10));

  xs_store *store = NULL;
  must(&y, xs_store_open(y.host, y.store, XS_STORE_READ_ONLY, y.diags, &store), "no store");
  look_at_all(&y, store);
  for (size_t n = 0; n < strtoul(argv[4], NULL, 10); n++)
    if (count_acts(&y, store, n, y.act_count) != y.act_count) die(&y, "a case is not finished");
  xs_store_close(store);
  for (size_t i = 0; i <= y.act_count; i++) xs_buf_free(&y.after[i]);
  xs_engine_close(y.engine);
  xs_diags_free(y.diags);
  return 0;
}
