/* How the statements of sql.def are carried out, and what comes of a lack of memory. */
#define FILE_NAME "test_query.db"
#include "support/store_fixture.h"

#include "store/audit.h"
#include "store/documents.h"
#include "store/query.h"
#include "store/search.h"
#include "support/fail_host.h"

/*
 * With 100,000 cases a statement that walks a whole table is felt. Those that may are the ones that
 * are asked for all there is.
 */
static bool may_walk(xs_sql id)
{
  switch (id) {
  case XS_SQL_CASE_LIST: /* by its index of changes, up to the limit */
  case XS_SQL_CASE_COUNT:
  case XS_SQL_SEARCH_LIST: /* the index of the search, up to the limit */
  case XS_SQL_SEARCH_COUNT:
  case XS_SQL_SEARCH_COUNT_ALL:
  case XS_SQL_LIMIT_LIST:
  case XS_SQL_USER_LIST:
  case XS_SQL_EVENT_AUDIT:
  case XS_SQL_EVENT_MISPLACED:
  case XS_SQL_JOURNAL_OF:
  case XS_SQL_JOURNAL_AUDIT:
  case XS_SQL_JOURNAL_EVENTS:
  case XS_SQL_JOURNAL_END:
  case XS_SQL_JOURNAL_MARK:
  case XS_SQL_EVENT_LAST: /* its last row only */
  case XS_SQL_RULES:
  case XS_SQL_OBJECTS:
  case XS_SQL_BLOB_LIST:
  case XS_SQL_DISAGREEING:
  case XS_SQL_MEASURE:
    return true;
  default:
    return false;
  }
}

static void test_query__walks_no_table_unless_it_must(void **state)
{
  fixture *f = *state;
  for (int id = 0; id < XS_SQL_COUNT; id++) {
    const char *sql = xs_sql_text((xs_sql)id);
    char plan[8192];
    sqlite3_stmt *q = NULL;
    if (strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "UPDATE", 6) != 0 &&
        strncmp(sql, "DELETE", 6) != 0)
      continue;
    snprintf(plan, sizeof plan, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(f->store->db, plan, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
      const char *step = (const char *)sqlite3_column_text(q, 3);
      if (strncmp(step, "SCAN", 4) == 0 && strcmp(step, "SCAN CONSTANT ROW") != 0 &&
          !may_walk((xs_sql)id))
        fail_msg("%s: %s", step, sql);
    }
    sqlite3_finalize(q);
  }
}

/* What is due is found without looking at what is not. */
static void test_query__due_is_a_range_of_its_table(void **state)
{
  fixture *f = *state;
  char plan[8192];
  sqlite3_stmt *q = NULL;
  bool range = false;
  snprintf(plan, sizeof plan, "EXPLAIN QUERY PLAN %s", xs_sql_text(XS_SQL_DEADLINE_LIST));
  assert_int_equal(sqlite3_prepare_v2(f->store->db, plan, -1, &q, NULL), SQLITE_OK);
  while (sqlite3_step(q) == SQLITE_ROW)
    range |= strstr((const char *)sqlite3_column_text(q, 3),
                    "PRIMARY KEY (met=? AND due>? AND due<?)") != NULL;
  sqlite3_finalize(q);
  assert_true(range);
}

/* ---- memory ---- */

/* One of everything. */
static xs_status work(const xs_host *host, xs_diags *diags)
{
  xs_store *store = NULL;
  xs_arena *a = xs_arena_new(host);
  xs_store_case *rows;
  xs_event *events, e = {.kind = XS_LIT("new")};
  xs_audit audit;
  xs_buf lines;
  xs_text bytes;
  size_t count, total;
  int64_t number;
  char pack[65], file[65];
  xs_store_pack p = {XS_LIT("national"), XS_LIT("1"), XS_LIT("<rules/>")};
  xs_store_case c = {.uid = UID, .title = XS_LIT("海滨机械厂")};
  xs_store_filter filter = {.text = XS_LIT("机械")};
  xs_store_document d = {.id = XS_LIT("1")};
  xs_buf_init(&lines, host, 1 << 20);
  xs_status st = a ? xs_store_open(host, FILE_NAME, XS_STORE_CREATE, diags, &store) : XS_ENOMEM;
  if (!st) st = xs_store_begin(store, diags);
  if (!st) st = xs_store_pack_put(store, &p, diags, pack);
  c.pack = xs_text_of(pack);
  if (!st) st = xs_store_case_add(store, &c, diags);
  if (!st) st = xs_store_revision_put(store, UID, 0, XS_LIT("一二三"), e.kind, diags, &number);
  if (!st) st = xs_store_revision_put(store, UID, 1, XS_LIT("一二四"), e.kind, diags, &number);
  if (!st) st = xs_store_document_put(store, UID, &d, XS_LIT("%PDF"), NULL, 0, diags);
  if (!st) st = xs_store_file_put(store, UID, e.kind, e.kind, e.kind, e.kind, diags, file);
  if (!st) st = xs_store_search_put(store, UID, c.title, diags);
  if (!st) st = xs_store_event_append(a, store, UID, &e, diags);
  if (!st) st = xs_store_commit(store, diags);
  if (!st) st = xs_store_revision_get(a, store, UID, 0, diags, &bytes);
  if (!st) st = xs_store_case_list(a, store, &filter, diags, &rows, &count, &total);
  if (!st) st = xs_store_event_list(a, store, UID, diags, &events, &count);
  if (!st) st = xs_store_log_export(store, UID, diags, &lines);
  if (!st) st = xs_store_log_verify(store, XS_NO_TEXT, XS_NO_TEXT, diags, &audit);
  xs_store_close(store);
  xs_arena_free(a);
  xs_buf_free(&lines);
  return st;
}

/* The n-th allocation fails, for every n: it is told, nothing leaks, nothing is half written. */
static void test_query__a_lack_of_memory_is_told(void **state)
{
  fixture *f = *state;
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st; passes++) {
    fail_host host;
    remove_store();
    fail_host_init(&host, passes);
    xs_diags_clear(f->diags);
    st = work(&host.host, f->diags);
    if (st && st != XS_ENOMEM) fail_msg("allocation %ld: %d %s", passes, st, slug_at(f->diags, 0));
    assert_int_equal(host.live, 0);
    assert_true(passes < 5000);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_query__walks_no_table_unless_it_must),
      TEST(test_query__due_is_a_range_of_its_table),
      TEST(test_query__a_lack_of_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
