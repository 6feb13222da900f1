/*
 * A new store for each test, in the file FILE_NAME of the folder the test runs in, with one case
 * of one revision; and plain SQL on it, as somebody would write who means no good.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "unit/unit.h"

#include "base/diag.h"
#include "base/text.h"
#include "store/log.h"
#include "support/clock_host.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#ifndef FILE_NAME
#error "the test names its file"
#endif

#define UID XS_LIT("wage-2025")

typedef struct fixture {
  clock_host clock;
  xs_diags *diags;
  xs_arena *a;
  xs_store *store;
} fixture;

static inline void remove_store(void)
{
  static const char *const parts[] = {FILE_NAME, FILE_NAME "-wal", FILE_NAME "-shm",
                                      FILE_NAME "-journal"};
  for (size_t i = 0; i < XS_COUNT(parts); i++) (void)unlink(parts[i]);
}

/* The slug of the i-th diagnostic; empty when there is none. */
static inline const char *slug_at(const xs_diags *diags, size_t i)
{
  static char slug[64];
  xs_diag_view view;
  slug[0] = '\0';
  if (xs_diags_view(diags, i, &view)) snprintf(slug, sizeof slug, "%.*s", XS_TEXT(view.slug));
  return slug;
}

/* Whether the text of the first diagnostic says this; shows it when not. */
static inline bool is_said(const xs_diags *diags, const char *part)
{
  xs_diag_view view;
  char text[4096] = "";
  if (xs_diags_view(diags, 0, &view)) snprintf(text, sizeof text, "%.*s", XS_TEXT(view.text));
  if (strstr(text, part)) return true;
  print_error("“%s” is not in “%s”\n", part, text);
  return false;
}

static inline void open_again(fixture *f, unsigned flags)
{
  xs_store_close(f->store);
  f->store = NULL;
  if (xs_store_open(&f->clock.host, FILE_NAME, flags, f->diags, &f->store))
    print_error("the store does not open: %s\n", slug_at(f->diags, 0));
  assert_non_null(f->store);
}

static inline int64_t revise(fixture *f, int64_t base, const char *bytes, const char *by)
{
  int64_t number = 0;
  assert_int_equal(xs_store_revision_put(f->store, UID, base, xs_text_of(bytes), xs_text_of(by),
                                         f->diags, &number),
                   XS_OK);
  return number;
}

static inline void add_case(fixture *f, xs_text uid)
{
  char pack[65];
  xs_store_pack p = {XS_LIT("national"), XS_LIT("1"), XS_LIT("<rules/>")};
  assert_int_equal(xs_store_pack_put(f->store, &p, f->diags, pack), XS_OK);
  xs_store_case c = {.uid = uid,
                     .title = XS_LIT("海滨机械厂工资集体协商"),
                     .kind = XS_LIT("wage"),
                     .year = XS_LIT("2025"),
                     .state = XS_LIT("要约"),
                     .pack = xs_text_of(pack)};
  assert_int_equal(xs_store_case_add(f->store, &c, f->diags), XS_OK);
}

/* Adds an event of a kind, which is its reason too, one second after the last. */
static inline xs_event log_event(fixture *f, xs_text uid, const char *kind)
{
  xs_event e = {.kind = xs_text_of(kind), .by = XS_LIT("林若溪"), .reason = xs_text_of(kind)};
  f->clock.now++;
  assert_int_equal(xs_store_event_append(f->a, f->store, uid, &e, f->diags), XS_OK);
  return e;
}

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){.store = NULL};
  remove_store();
  clock_host_init(&f.clock, 1741054260); /* 2025-03-04T02:11:00Z */
  f.diags = xs_diags_new(&f.clock.host);
  f.a = xs_arena_new(&f.clock.host);
  open_again(&f, XS_STORE_CREATE);
  add_case(&f, UID);
  revise(&f, 0, "<case>一</case>", "林若溪");
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_store_close(f->store);
  xs_arena_free(f->a);
  xs_diags_free(f->diags);
  return 0;
}

/* Plain SQL on the file, beside the store. */
static inline void run_sql(const char *sql)
{
  sqlite3 *db = NULL;
  char *error = NULL;
  assert_int_equal(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &error)) print_error("%s: %s\n", sql, error);
  assert_null(error);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#endif
