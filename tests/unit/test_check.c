#define FILE_NAME "test_check.db"
#define COPY      "test_check-copy.db"
#include "support/store_fixture.h"

#include "store/check.h"
#include "store/documents.h"
#include "store/search.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* An event that speaks of the present revision. */
static void log_revision(fixture *f, const char *kind)
{
  xs_store_case c;
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  xs_event e = {.kind = xs_text_of(kind), .revision = c.revision, .digest = c.digest};
  f->clock.now++;
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &e, f->diags), XS_OK);
}

static void fill(fixture *f)
{
  log_revision(f, "new");
  log_event(f, UID, "step");
  assert_int_equal(xs_store_search_put(f->store, UID, XS_LIT("海滨机械厂"), f->diags), XS_OK);
}

static xs_status check(fixture *f)
{
  xs_health health;
  xs_diags_clear(f->diags);
  return xs_store_check(f->store, f->diags, &health);
}

static void expect_fault(fixture *f, const char *sql, const char *slug, const char *said)
{
  run_sql(sql);
  assert_int_equal(check(f), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), slug);
  assert_true(is_said(f->diags, said));
}

static void test_check__a_sound_store_is_sound(void **state)
{
  fixture *f = *state;
  xs_health health;
  fill(f);
  assert_int_equal(xs_store_check(f->store, f->diags, &health), XS_OK);
  assert_int_equal(health.version, xs_store_version());
  assert_int_equal(health.blobs, 2); /* a revision and a rule pack */
  assert_int_equal(health.audit.events, 2);
  assert_int_equal(health.audit.end, 2);
  assert_true(health.bytes > 0);
  open_again(f, XS_STORE_READ_ONLY);
  assert_int_equal(check(f), XS_OK);
}

static void test_check__tells_a_rule_that_was_taken_away(void **state)
{
  fill(*state);
  expect_fault(*state, "DROP TRIGGER events_no_update", "store-schema",
               "trigger events_no_update is missing");
}

static void test_check__tells_a_rule_that_was_changed(void **state)
{
  fill(*state);
  expect_fault(*state,
               "DROP TRIGGER events_no_update; CREATE TRIGGER events_no_update BEFORE UPDATE ON "
               "events BEGIN SELECT 1; END",
               "store-schema", "trigger events_no_update was changed");
}

static void test_check__tells_a_table_that_is_not_ours(void **state)
{
  fill(*state);
  expect_fault(*state, "CREATE TABLE notes(text)", "store-schema",
               "table notes is not of this program");
}

static void test_check__reads_all_bytes(void **state)
{
  fixture *f = *state;
  fill(f);
  run_sql("DROP TRIGGER blobs_no_update; UPDATE blobs SET bytes = zeroblob(length(bytes))");
  assert_int_equal(check(f), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 1), "store-damaged");
  assert_string_equal(slug_at(f->diags, 2), "store-damaged");
}

static void test_check__tells_a_row_that_refers_to_nothing(void **state)
{
  fill(*state);
  expect_fault(*state, "INSERT INTO labels VALUES(99, 'union', 'x')", "store-dangling", "labels");
}

static void test_check__tells_an_older_revision_put_in_place_of_the_last(void **state)
{
  fixture *f = *state;
  fill(f);
  revise(f, 1, "<case>二</case>", "周明远");
  log_revision(f, "revise");
  expect_fault(f, "UPDATE cases SET revision = 1 WHERE id = 1", "store-disagrees", "wage-2025");
}

static void test_check__tells_a_revision_that_no_event_speaks_of(void **state)
{
  fixture *f = *state;
  fill(f);
  revise(f, 1, "<case>二</case>", "周明远");
  assert_int_equal(check(f), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "store-disagrees");
  assert_true(is_said(f->diags, "revisions"));
}

/* A document that is signed in one slot; its event and that of the signature. */
static void sign(fixture *f)
{
  xs_store_document d = {.id = XS_LIT("1")}, *docs;
  size_t count;
  const xs_store_slot slot = {.id = XS_LIT("chief")};
  assert_int_equal(xs_store_document_put(f->store, UID, &d, XS_LIT("%PDF"), &slot, 1, f->diags),
                   XS_OK);
  assert_int_equal(xs_store_document_list(f->a, f->store, UID, f->diags, &docs, &count), XS_OK);
  xs_store_signoff s = {.slot = slot.id, .person = XS_LIT("周明远"), .digest = docs[0].digest};
  assert_int_equal(xs_store_signoff_put(f->store, UID, d.id, &s, f->diags), XS_OK);
  xs_event freeze = {.kind = XS_LIT("freeze"), .document = d.id, .digest = docs[0].digest};
  xs_event signing = {.kind = XS_LIT("sign"),
                      .document = d.id,
                      .digest = docs[0].digest,
                      .slot = s.slot,
                      .person = s.person};
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &freeze, f->diags), XS_OK);
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &signing, f->diags), XS_OK);
}

static void void_all(fixture *f)
{
  xs_event e = {.kind = XS_LIT("void"), .document = XS_LIT("1")};
  assert_int_equal(
      xs_store_signoff_void(f->store, UID, e.document, 1, XS_LIT("林若溪"), e.reason, f->diags),
      XS_OK);
  assert_int_equal(
      xs_store_document_void(f->store, UID, e.document, XS_LIT("林若溪"), e.reason, f->diags),
      XS_OK);
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &e, f->diags), XS_OK);
}

/* What is signed, and what is void, stands in the log as well. */
static void test_check__tells_signatures_changed_past_the_log(void **state)
{
  fixture *f = *state;
  static const struct {
    bool is_void;
    const char *sql, *said;
  } tries[] = {
      {false, "UPDATE documents SET void = 1", "documents"},
      {false, "DROP TRIGGER signoffs_no_update; UPDATE signoffs SET person = '林若溪'", "signoffs"},
      {false, "DROP TRIGGER signoffs_no_delete; DELETE FROM signoffs", "signoffs"},
      {true, "DROP TRIGGER signoffs_no_update; UPDATE signoffs SET void = 0", "signoffs"},
      {true, "DROP TRIGGER documents_no_update; UPDATE documents SET void = 0", "documents"},
  };
  for (size_t i = 0; i < XS_COUNT(tries); i++) {
    tear_down(state);
    set_up(state);
    fill(f);
    sign(f);
    if (tries[i].is_void) void_all(f);
    assert_int_equal(check(f), XS_OK);
    run_sql(tries[i].sql);
    assert_int_equal(check(f), XS_EINPUT);
    size_t last = xs_diags_count(f->diags, XS_ERROR) - 1;
    assert_string_equal(slug_at(f->diags, last), "store-disagrees");
  }
}

static void test_check__looks_into_the_logs(void **state)
{
  fixture *f = *state;
  fill(f);
  run_sql("DROP TRIGGER events_no_delete; DELETE FROM events WHERE seq = 1");
  assert_int_equal(check(f), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "store-schema");
  assert_string_equal(slug_at(f->diags, 1), "event-removed");
}

/* ---- copies ---- */

static void test_check__a_copy_is_a_store_in_one_file(void **state)
{
  fixture *f = *state;
  xs_health health;
  xs_store *copy = NULL;
  xs_store_case c;
  (void)unlink(COPY);
  fill(f);
  assert_int_equal(xs_store_backup(f->store, COPY, f->diags, &health), XS_OK);
  assert_int_equal(health.audit.end, 2);
  assert_int_equal(health.audit.cases, 1);
  assert_int_equal(access(COPY "-wal", F_OK), -1);
  log_event(f, UID, "step");
  assert_int_equal(xs_store_open(&f->clock.host, COPY, 0, f->diags, &copy), XS_OK);
  assert_int_equal(xs_store_check(copy, f->diags, &health), XS_OK);
  assert_int_equal(xs_store_case_find(f->a, copy, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.events, 2);
  xs_store_close(copy);
}

static void test_check__a_copy_replaces_nothing(void **state)
{
  fixture *f = *state;
  xs_health health;
  (void)unlink(COPY);
  assert_int_equal(xs_host_posix()->save(NULL, COPY, "mine", 4), 0);
  assert_int_equal(xs_store_backup(f->store, COPY, f->diags, &health), XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "backup-taken");
  assert_int_equal(xs_store_backup(f->store, FILE_NAME, f->diags, &health), XS_ECONFLICT);
}

static void test_check__a_copy_that_has_no_room_leaves_nothing(void **state)
{
  fixture *f = *state;
  xs_health health;
  struct rlimit was, small;
  struct stat info;
  (void)unlink(COPY);
  fill(f);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
  small = (struct rlimit){16384, was.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  xs_status st = xs_store_backup(f->store, COPY, f->diags, &health);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
  assert_int_equal(st, XS_EIO);
  assert_string_equal(slug_at(f->diags, 0), "store-full");
  if (stat(COPY, &info) == 0) assert_int_equal(info.st_size, 0);
  assert_int_equal(xs_store_backup(f->store, COPY, f->diags, &health), XS_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_check__a_sound_store_is_sound),
      TEST(test_check__tells_a_rule_that_was_taken_away),
      TEST(test_check__tells_a_rule_that_was_changed),
      TEST(test_check__tells_a_table_that_is_not_ours),
      TEST(test_check__reads_all_bytes),
      TEST(test_check__tells_a_row_that_refers_to_nothing),
      TEST(test_check__tells_an_older_revision_put_in_place_of_the_last),
      TEST(test_check__tells_a_revision_that_no_event_speaks_of),
      TEST(test_check__tells_signatures_changed_past_the_log),
      TEST(test_check__looks_into_the_logs),
      TEST(test_check__a_copy_is_a_store_in_one_file),
      TEST(test_check__a_copy_replaces_nothing),
      TEST(test_check__a_copy_that_has_no_room_leaves_nothing),
  };
  signal(SIGXFSZ, SIG_IGN);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
