/* Stores of every version before this one are brought to it, with all that is in them. */
#define FILE_NAME "test_migration.db"
#include "support/store_fixture.h"

#include "store/check.h"
#include "store/documents.h"
#include "store/query.h"

/* The store of a version, from its dump. */
static void restore(fixture *f, int version)
{
  char path[1024];
  const void *text = NULL;
  size_t len = 0;
  xs_store_close(f->store);
  f->store = NULL;
  remove_store();
  snprintf(path, sizeof path, XS_TEST_ROOT "/tests/data/store-%d.sql", version);
  assert_int_equal(xs_host_posix()->map(NULL, path, 1 << 20, &text, &len), 0);
  run_sql(xs_arena_text(f->a, (xs_text){text, len}).ptr);
  xs_host_posix()->unmap(NULL, text, len);
}

static void expect_all_of_it(fixture *f)
{
  xs_health health;
  xs_store_case c;
  xs_text bytes;
  xs_store_case *found;
  xs_store_document *docs;
  size_t count, total;
  assert_int_equal(xs_store_check(f->store, f->diags, &health), XS_OK);
  assert_int_equal(health.audit.cases, 2);
  assert_int_equal(health.audit.events, 6);
  assert_int_equal(health.audit.end, 6);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.revision, 2);
  assert_int_equal(c.events, 4);
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 1, f->diags, &bytes), XS_OK);
  assert_text(bytes, "<case>一</case>");
  assert_int_equal(xs_store_document_list(f->a, f->store, UID, f->diags, &docs, &count), XS_OK);
  assert_int_equal(count, 1);
  xs_store_filter filter = {.text = XS_LIT("机械厂")};
  assert_int_equal(xs_store_case_list(f->a, f->store, &filter, f->diags, &found, &count, &total),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_text(found[0].uid, "wage-2025");
}

static void test_migration__brings_every_version_to_this_one(void **state)
{
  fixture *f = *state;
  for (int version = 1; version < xs_store_version(); version++) {
    restore(f, version);
    open_again(f, 0);
    assert_int_equal(xs_store_version_before(f->store), version);
    expect_all_of_it(f);
    f->clock.now += 3600;
    log_event(f, UID, "step");
    open_again(f, 0);
    assert_int_equal(xs_store_version_before(f->store), xs_store_version());
    xs_audit audit;
    assert_int_equal(xs_store_log_verify(f->store, XS_NO_TEXT, XS_NO_TEXT, f->diags, &audit),
                     XS_OK);
    assert_int_equal(audit.end, 7);
  }
}

static bool is_made_so(const char *sql, size_t len)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *q = NULL;
  assert_int_equal(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT 1 FROM sqlite_schema WHERE sql = ?1", -1, &q, NULL),
      SQLITE_OK);
  sqlite3_bind_text(q, 1, sql, (int)len, SQLITE_STATIC);
  bool found = sqlite3_step(q) == SQLITE_ROW;
  sqlite3_finalize(q);
  sqlite3_close(db);
  return found;
}

/* The tables of a new store begin as those of version 1 did: nobody has changed that entry. */
static void test_migration__the_first_version_is_what_it_was(void **state)
{
  static const struct {
    int version;
    const char *text;
  } all[] = {
#define XS_MIGRATION(version, text) {version, text},
#include "store/sql.def"
  };
  size_t made = 0;
  restore(*state, 1);
  for (size_t i = 0; i < XS_COUNT(all); i++) {
    const char *end;
    for (const char *p = all[i].text; all[i].version == 1 && (end = strchr(p, ';')); p = end + 1) {
      if (strncmp(p, "CREATE ", 7) != 0) continue;
      if (!is_made_so(p, (size_t)(end - p))) fail_msg("%.*s", (int)(end - p), p);
      made++;
    }
  }
  assert_int_equal(made, 24);
}

/* A step that fails leaves the store of before. */
static void test_migration__is_done_whole_or_not_at_all(void **state)
{
  fixture *f = *state;
  restore(f, 1);
  run_sql("CREATE TABLE journal_end(x)"); /* in the way of version 2 */
  xs_store *store = NULL;
  assert_int_not_equal(xs_store_open(&f->clock.host, FILE_NAME, 0, f->diags, &store), XS_OK);
  assert_null(store);
  run_sql("DROP TABLE journal_end; CREATE TABLE journal(x); DROP TABLE journal");
  open_again(f, 0);
  assert_int_equal(xs_store_version_before(f->store), 1);
  expect_all_of_it(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_migration__brings_every_version_to_this_one),
      TEST(test_migration__the_first_version_is_what_it_was),
      TEST(test_migration__is_done_whole_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
