#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/diag_print.h"
#include "base/text.h"
#include "workflow/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FACTORY XS_TEST_ROOT "/samples/factory/case.xml"
#define STORE   "test_office.db"
#define UID     "yunshan-2025-wage"

/* The clock of a test is set by hand. */
static uint32_t the_day;
static int64_t the_moment;

static uint32_t day_of_test(void *user)
{
  return the_day;
}

static int64_t moment_of_test(void *user)
{
  return the_moment++;
}

static xs_host host;
static xs_diags *diags;
static xs_engine *engine;
static xs_office *office;
static xs_done done;

static void drop_store(void)
{
  unlink(STORE);
  unlink(STORE "-wal");
  unlink(STORE "-shm");
}

static int set_up(void **state)
{
  host = *xs_host_posix();
  host.today = day_of_test;
  host.now = moment_of_test;
  the_day = 20250630;
  the_moment = INT64_C(1751270400);
  drop_store();
  diags = xs_diags_new(&host);
  return xs_engine_open(&host, XS_TEST_ROOT, diags, &engine) ||
         xs_office_open(engine, STORE, XS_OFFICE_CREATE, diags, &office);
}

static int tear_down(void **state)
{
  xs_office_close(office);
  xs_engine_close(engine);
  xs_diags_free(diags);
  drop_store();
  return 0;
}

/* ---- short forms ---- */

static void expect_ok(xs_status st)
{
  if (st) {
    xs_buf out;
    xs_buf_init(&out, &host, 1 << 20);
    xs_diag_view view;
    for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
      print_error("%.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
    xs_buf_free(&out);
  }
  assert_int_equal(st, XS_OK);
  xs_diags_clear(diags);
}

static void expect_slug(xs_status st, const char *slug)
{
  xs_diag_view view;
  bool seen = false;
  assert_int_not_equal(st, XS_OK);
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++) {
    if (xs_text_is(view.slug, slug)) seen = true;
    if (!seen && view.slug.len)
      print_error("%.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
  }
  assert_true(seen);
  xs_diags_clear(diags);
}

static xs_act act_of(const char *name)
{
  return (xs_act){.as = name};
}

static xs_status add_user(const char *by, const char *name, const char *role)
{
  const xs_act act = {.as = by};
  return xs_office_user_add(office, name, &role, 1, &act, diags);
}

static void add_staff(void)
{
  expect_ok(add_user(NULL, "韩批", "approver"));
  expect_ok(add_user("韩批", "林起", "drafter"));
  expect_ok(add_user("韩批", "苏复", "reviewer"));
  expect_ok(add_user("韩批", "魏印", "seal-keeper"));
  expect_ok(add_user("韩批", "安审", "auditor"));
}

static void take_factory(void)
{
  add_staff();
  const xs_act act = act_of("林起");
  expect_ok(xs_office_new(office, FACTORY, NULL, &act, diags, &done));
}

static void save(const char *path, const char *text)
{
  assert_int_equal(host.save(host.user, path, text, strlen(text)), 0);
}

static xs_bytes read_file(const char *path)
{
  const void *ptr = NULL;
  size_t len = 0;
  assert_int_equal(host.map(host.user, path, SIZE_MAX, &ptr, &len), 0);
  xs_bytes bytes = {&host, host.resize(NULL, NULL, len + 1), len};
  memcpy(bytes.ptr, ptr, len);
  host.unmap(host.user, ptr, len);
  return bytes;
}

/* The present file of the case in the store. */
static xs_bytes case_file(int64_t revision)
{
  xs_bytes bytes;
  expect_ok(xs_office_case_file(office, UID, revision, diags, &bytes));
  return bytes;
}

static bool holds(const xs_bytes *bytes, const char *what)
{
  size_t len = strlen(what);
  const char *ptr = bytes->ptr;
  for (size_t i = 0; i + len <= bytes->len; i++)
    if (memcmp(ptr + i, what, len) == 0) return true;
  return false;
}

static void expect_record(uint32_t as_of, const char *what, bool there)
{
  xs_bytes record;
  expect_ok(xs_office_record(office, UID, as_of, diags, &record));
  if (holds(&record, what) != there)
    fail_msg("%s: %s\n%.*s", what, there ? "is not there" : "is there", (int)record.len,
             (char *)record.ptr);
  xs_bytes_free(&record);
}

/* ---- people ---- */

static void test_office__first_user_must_be_able_to_add_the_next(void **state)
{
  expect_slug(add_user(NULL, "林起", "drafter"), "user-last");
  expect_slug(add_user(NULL, "韩批", "aprover"), "role-unknown");
  expect_slug(add_user(NULL, " ", "approver"), "user-missing");
  expect_ok(add_user(NULL, "韩批", "approver"));
  expect_slug(add_user(NULL, "林起", "drafter"), "user-missing");
  expect_ok(add_user("韩批", "林起", "drafter"));
  expect_slug(add_user("林起", "苏复", "reviewer"), "right-lacking");
  const xs_act act = act_of("韩批");
  expect_slug(xs_office_user_remove(office, "韩批", &act, diags), "user-last");
  expect_ok(xs_office_user_remove(office, "林起", &act, diags));
  expect_slug(xs_office_user_remove(office, "林起", &act, diags), "user-unknown");
}

static void test_office__acts_need_a_user_with_the_right(void **state)
{
  add_staff();
  xs_act act = act_of(NULL);
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "user-missing");
  act.as = "林某";
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "user-unknown");
  act.as = "安审";
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "right-lacking");
  act = (xs_act){.as = "林起", .role = "reviewer"};
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "right-lacking");
  act.role = "draftr";
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "role-unknown");
  act = (xs_act){.as = "林起", .date = 20250701};
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "date-future");
  act.date = 20250229;
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "date-stated");
}

/* ---- a case ---- */

static void test_office__case_comes_out_as_it_went_in(void **state)
{
  take_factory();
  assert_int_equal(done.revision, 1);
  assert_text(done.uid, UID);
  xs_bytes kept = case_file(0), file = read_file(FACTORY);
  assert_int_equal(kept.len, file.len);
  assert_memory_equal(kept.ptr, file.ptr, file.len);
  xs_bytes_free(&kept);
  xs_bytes_free(&file);
  const xs_act act = act_of("林起");
  expect_slug(xs_office_new(office, FACTORY, NULL, &act, diags, &done), "case-taken");
  expect_record(0, "state=\"begun\"", true);
}

static void test_office__pictures_are_kept_with_the_case(void **state)
{
  take_factory();
  const xs_render_options options = {.date = 20250512};
  xs_case *kase = NULL;
  xs_bytes one, two;
  expect_ok(xs_office_render(office, UID, "contract-wage", &options, 0, diags, &one));
  expect_ok(xs_engine_case(engine, FACTORY, diags, &kase));
  expect_ok(xs_engine_render(engine, "contract-wage", kase, &options, diags, &two));
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.ptr, two.ptr, one.len);
  xs_bytes_free(&one);
  xs_bytes_free(&two);
  xs_case_free(kase);
}

static void test_office__case_keeps_its_rule_pack(void **state)
{
  add_staff();
  const xs_act act = act_of("林起");
  xs_office_case *c = NULL;
  expect_slug(xs_office_new(office, FACTORY, "shangdong", &act, diags, &done), "rules-unknown");
  expect_ok(xs_office_new(office, FACTORY, "shandong", &act, diags, &done));
  expect_ok(xs_office_load(office, XS_LIT(UID), 0, diags, &c));
  assert_non_null(c->rules);
  assert_text(c->rules->id, "shandong");
  xs_office_case_free(c);
}

/* ---- steps ---- */

static void test_office__step_moves_the_case(void **state)
{
  take_factory();
  const xs_act act = {.as = "林起", .reason = "职工要求"};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  assert_text(done.track, "talks");
  assert_int_equal(done.date, 20250303);
  assert_text(done.role, "drafter");
  assert_int_equal(done.hash.len, 64);
  expect_record(0, "state=\"offered\"", true);
  expect_record(0, "reason=\"职工要求\"", true);
  expect_slug(xs_office_do(office, UID, "offer", NULL, &act, diags, &done), "step-state");
  expect_slug(xs_office_do(office, UID, "ofer", NULL, &act, diags, &done), "step-unknown");
  expect_slug(xs_office_do(office, "nobody", "offer", NULL, &act, diags, &done), "case-unknown");
}

static void test_office__refused_step_leaves_no_trace(void **state)
{
  take_factory();
  const xs_act act = {.as = "苏复"};
  expect_slug(xs_office_do(office, UID, "offer", NULL, &act, diags, &done), "right-lacking");
  expect_record(0, "state=\"begun\"", true);
  expect_record(0, "seq=\"2\"", false);
}

static void test_office__evidence_is_kept_with_its_digest(void **state)
{
  take_factory();
  save("test_office.txt", "签收回执\n");
  const char *files[] = {"test_office.txt"};
  xs_act act = {.as = "林起", .evidence = files, .evidence_count = 1};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  expect_record(0, "<file digest=\"", true);
  expect_record(0, "name=\"test_office.txt\"", true);
  files[0] = "test_office.none";
  expect_slug(xs_office_do(office, UID, "withdraw", NULL, &act, diags, &done), "file-read");
}

static void test_office__as_of_hides_what_came_later(void **state)
{
  take_factory();
  const xs_act act = {.as = "林起"};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  expect_record(20250302, "state=\"begun\"", true);
  expect_record(20250302, "step=\"offer\" from", false);
  expect_record(20250303, "state=\"offered\"", true);
  expect_record(20250701, "state=\"offered\"", true);
}

/* ---- new facts ---- */

static void test_office__facts_come_with_a_step(void **state)
{
  take_factory();
  save("test_office.xml", "<offer xmlns=\"urn:xieshang:case:1\" id=\"o1\" by=\"workers\" "
                          "date=\"2025-03-01\"><meeting date=\"2025-03-28\" place=\"一楼\"/>"
                          "<received date=\"2025-03-04\" by=\"林若溪\"/></offer>");
  const xs_act act = {.as = "林起", .with = "test_office.xml"};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  assert_int_equal(done.revision, 2);
  assert_int_equal(done.date, 20250301);
  xs_bytes now = case_file(0);
  assert_true(holds(&now, "date=\"2025-03-01\"><meeting"));
  assert_true(holds(&now, "人名、单位、号码均为虚构"));
  xs_bytes_free(&now);
}

static void test_office__bad_facts_are_refused_whole(void **state)
{
  take_factory();
  save("test_office.xml", "<recorder xmlns=\"urn:xieshang:case:1\"><nam>何青</nam></recorder>");
  xs_act act = {.as = "林起", .with = "test_office.xml", .base_revision = 1};
  expect_slug(xs_office_revise(office, UID, &act, diags, &done), "element-unknown");
  save("test_office.xml", "<title xmlns=\"urn:xieshang:case:1\">岚溪</title>");
  expect_ok(xs_office_revise(office, UID, &act, diags, &done));
  assert_int_equal(done.revision, 2);
  expect_slug(xs_office_revise(office, UID, &act, diags, &done), "revision-conflict");
  act.base_revision = 2;
  expect_slug(xs_office_revise(office, UID, &act, diags, &done), "revision-same");
  act.base_revision = 0;
  expect_slug(xs_office_revise(office, UID, &act, diags, &done), "base-missing");
  act =
      (xs_act){.as = "林起", .with = XS_TEST_ROOT "/samples/refusal/case.xml", .base_revision = 2};
  expect_slug(xs_office_revise(office, UID, &act, diags, &done), "case-other");
}

/* ---- taking back ---- */

static void test_office__undo_takes_the_last_act_back(void **state)
{
  take_factory();
  save("test_office.xml", "<title xmlns=\"urn:xieshang:case:1\">岚溪</title>");
  xs_act act = {.as = "林起", .with = "test_office.xml"};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  act.with = NULL;
  expect_slug(xs_office_undo(office, UID, &act, diags, &done), "reason-missing");
  act.reason = "日期写错";
  expect_ok(xs_office_undo(office, UID, &act, diags, &done));
  assert_int_equal(done.revision, 3);
  expect_record(0, "state=\"begun\"", true);
  expect_record(0, "undone=\"yes\"", true);
  xs_bytes first = case_file(1), third = case_file(3);
  assert_int_equal(first.len, third.len);
  assert_memory_equal(first.ptr, third.ptr, first.len);
  xs_bytes_free(&first);
  xs_bytes_free(&third);
  expect_slug(xs_office_undo(office, UID, &act, diags, &done), "undo-nothing");
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
}

/* ---- queries ---- */

static void test_office__queries_change_no_byte(void **state)
{
  take_factory();
  xs_office_close(office);
  office = NULL;
  xs_bytes before = read_file(STORE);
  expect_ok(xs_office_open(engine, STORE, XS_OFFICE_READ_ONLY, diags, &office));
  expect_record(20260101, "state=\"begun\"", true);
  const xs_act act = act_of("林起");
  expect_slug(xs_office_do(office, UID, "offer", NULL, &act, diags, &done), "store-read-only");
  xs_office_close(office);
  office = NULL;
  xs_bytes after = read_file(STORE);
  assert_int_equal(before.len, after.len);
  assert_memory_equal(before.ptr, after.ptr, after.len);
  xs_bytes_free(&before);
  xs_bytes_free(&after);
}

static int count_row(void *user, const xs_case_row *row)
{
  size_t *count = (size_t *)user;
  assert_text(row->uid, UID);
  assert_text(row->state, "协商 立案");
  ++*count;
  return 0;
}

static void test_office__lists_cases(void **state)
{
  take_factory();
  size_t count = 0;
  const xs_case_filter all = {.limit = 10}, gone = {.state = "withdrawn"};
  expect_ok(xs_office_list(office, &all, count_row, &count, diags));
  assert_int_equal(count, 1);
  expect_ok(xs_office_list(office, &gone, count_row, &count, diags));
  assert_int_equal(count, 1);
}

static size_t find(const char *text)
{
  size_t count = 0;
  const xs_case_filter filter = {.text = text};
  expect_ok(xs_office_list(office, &filter, count_row, &count, diags));
  return count;
}

static void test_office__finds_cases_by_their_words(void **state)
{
  take_factory();
  assert_int_equal(find("云杉机械"), 1);
  assert_int_equal(find("苏荷"), 1);
  assert_int_equal(find("云杉工〔2025〕3号"), 1);
  assert_int_equal(find("砂"), 0);
  assert_int_equal(find("519999198207201041"), 0);
}

/* ---- to another store ---- */

#define OTHER "test_office_other.db"

static void reopen(const char *path)
{
  xs_office_close(office);
  office = NULL;
  expect_ok(xs_office_open(engine, path, XS_OFFICE_CREATE, diags, &office));
}

static void save_bytes(const char *path, const xs_bytes *bytes)
{
  assert_int_equal(host.save(host.user, path, bytes->ptr, bytes->len), 0);
}

/* A case with a history: evidence, a revision, a step that was taken back. */
static void take_history(void)
{
  take_factory();
  save("test_office.txt", "签收回执\n");
  save("test_office.xml", "<title xmlns=\"urn:xieshang:case:1\">岚溪</title>");
  const char *files[] = {"test_office.txt"};
  xs_act act = {.as = "林起", .evidence = files, .evidence_count = 1, .with = "test_office.xml"};
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
  act = (xs_act){.as = "林起", .reason = "日期写错"};
  expect_ok(xs_office_undo(office, UID, &act, diags, &done));
  expect_ok(xs_office_do(office, UID, "offer", NULL, &act, diags, &done));
}

static xs_status import(const char *path)
{
  const xs_act act = act_of("程档");
  return xs_office_import(office, path, &act, diags, &done);
}

static void open_other_store(void)
{
  unlink(OTHER);
  reopen(OTHER);
  expect_ok(add_user(NULL, "秦批", "approver"));
  expect_ok(add_user("秦批", "程档", "archivist"));
}

static void test_office__case_moves_to_another_store_and_back(void **state)
{
  take_history();
  xs_bytes one, two;
  expect_ok(xs_office_export(office, UID, diags, &one));
  save_bytes("test_office.zip", &one);
  expect_slug(import("test_office.zip"), "user-unknown");
  open_other_store();
  expect_ok(import("test_office.zip"));
  assert_text(done.uid, UID);
  assert_int_equal(done.revision, 3);
  expect_record(0, "state=\"offered\"", true);
  expect_record(0, "by=\"林起\"", true);
  expect_ok(xs_office_export(office, UID, diags, &two));
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.ptr, two.ptr, one.len);
  expect_slug(import("test_office.zip"), "case-taken");
  xs_bytes_free(&one);
  xs_bytes_free(&two);
  unlink(OTHER);
}

/* Where the entries end and the list of them begins, in which times and the like are nobody's
 * proof. */
static size_t entries_end(const xs_bytes *archive)
{
  const char *bytes = archive->ptr;
  size_t at = 0;
  while (memcmp(bytes + at, "PK\1\2", 4) != 0) at++;
  return at;
}

/* Any one byte of an entry that is changed is found, and nothing is kept. */
static void test_office__changed_archive_is_refused(void **state)
{
  take_history();
  xs_bytes archive;
  expect_ok(xs_office_export(office, UID, diags, &archive));
  open_other_store();
  char *bytes = archive.ptr;
  for (size_t i = 40; i < entries_end(&archive); i += archive.len / 150) {
    bytes[i] ^= 1;
    save_bytes("test_office.zip", &archive);
    if (import("test_office.zip") == XS_OK)
      fail_msg("byte %zu of %zu was changed, and nobody saw it", i, archive.len);
    xs_diags_clear(diags);
    bytes[i] ^= 1;
  }
  size_t count = 0;
  const xs_case_filter all = {0};
  expect_ok(xs_office_list(office, &all, count_row, &count, diags));
  assert_int_equal(count, 0);
  save("test_office.zip", "no archive");
  expect_slug(import("test_office.zip"), "zip-broken");
  expect_slug(import("test_office.none"), "file-read");
  xs_bytes_free(&archive);
  unlink(OTHER);
}

#define T(name) cmocka_unit_test_setup_teardown(test_office__##name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      T(first_user_must_be_able_to_add_the_next),
      T(acts_need_a_user_with_the_right),
      T(case_comes_out_as_it_went_in),
      T(pictures_are_kept_with_the_case),
      T(case_keeps_its_rule_pack),
      T(step_moves_the_case),
      T(refused_step_leaves_no_trace),
      T(evidence_is_kept_with_its_digest),
      T(as_of_hides_what_came_later),
      T(facts_come_with_a_step),
      T(bad_facts_are_refused_whole),
      T(undo_takes_the_last_act_back),
      T(queries_change_no_byte),
      T(lists_cases),
      T(finds_cases_by_their_words),
      T(case_moves_to_another_store_and_back),
      T(changed_archive_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
