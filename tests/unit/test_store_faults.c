/* Files that are no store, disks that are full, processes that stand in each other's way. */
#define _GNU_SOURCE /* mkdtemp */
#define FILE_NAME   "test_store_faults.db"
#include "support/store_fixture.h"

#include "store/query.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Opens the file that was made, which must be refused; the diagnostic is kept. */
static void expect_refusal(fixture *f, unsigned flags, xs_status wanted, const char *slug)
{
  xs_store *store = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(xs_store_open(&f->clock.host, FILE_NAME, flags, f->diags, &store), wanted);
  assert_null(store);
  assert_string_equal(slug_at(f->diags, 0), slug);
}

static void close_store(fixture *f)
{
  xs_store_close(f->store);
  f->store = NULL;
}

static void write_file(const char *bytes, size_t len)
{
  assert_int_equal(xs_host_posix()->save(NULL, FILE_NAME, bytes, len), 0);
}

/* ---- files that are no store ---- */

static void test_store_faults__a_newer_version_is_refused(void **state)
{
  fixture *f = *state;
  close_store(f);
  run_sql("PRAGMA user_version = 999");
  expect_refusal(f, XS_STORE_CREATE, XS_EINPUT, "store-newer");
  assert_true(is_said(f->diags, "999"));
  expect_refusal(f, XS_STORE_READ_ONLY, XS_EINPUT, "store-newer");
}

static void test_store_faults__an_older_one_is_not_changed_by_reading(void **state)
{
  fixture *f = *state;
  close_store(f);
  run_sql("PRAGMA user_version = 1");
  expect_refusal(f, XS_STORE_READ_ONLY, XS_EINPUT, "store-older");
  assert_true(is_said(f->diags, "store migrate"));
}

static void test_store_faults__another_database_is_refused(void **state)
{
  fixture *f = *state;
  close_store(f);
  remove_store();
  run_sql("CREATE TABLE notes(text)");
  expect_refusal(f, XS_STORE_CREATE, XS_EINPUT, "store-foreign");
  expect_refusal(f, 0, XS_EINPUT, "store-foreign");
}

static void test_store_faults__another_file_is_refused_and_not_touched(void **state)
{
  fixture *f = *state;
  static char bytes[5000];
  struct stat info;
  close_store(f);
  remove_store();
  memset(bytes, 'x', sizeof bytes);
  write_file(bytes, sizeof bytes);
  expect_refusal(f, XS_STORE_CREATE, XS_EINPUT, "store-foreign");
  assert_int_equal(stat(FILE_NAME, &info), 0);
  assert_int_equal(info.st_size, sizeof bytes);
}

static void test_store_faults__an_empty_file_is_no_store_until_one_is_made(void **state)
{
  fixture *f = *state;
  close_store(f);
  remove_store();
  write_file("", 0);
  expect_refusal(f, 0, XS_EINPUT, "store-foreign");
  open_again(f, XS_STORE_CREATE);
}

static void test_store_faults__a_folder_that_is_not_there_is_told(void **state)
{
  fixture *f = *state;
  xs_store *store = NULL;
  assert_int_equal(
      xs_store_open(&f->clock.host, "no-folder/x.db", XS_STORE_CREATE, f->diags, &store), XS_EIO);
  assert_string_equal(slug_at(f->diags, 0), "file-read");
}

/* Wherever a store is cut off, it is not taken for a whole one. */
static void test_store_faults__a_store_cut_off_is_told(void **state)
{
  fixture *f = *state;
  struct stat info;
  const void *bytes = NULL;
  size_t len = 0;
  log_event(f, UID, "new");
  close_store(f);
  assert_int_equal(stat(FILE_NAME, &info), 0);
  assert_int_equal(xs_host_posix()->map(NULL, FILE_NAME, 1 << 24, &bytes, &len), 0);
  static const size_t cuts[] = {100, 511, 512, 4095, 4096, 8192, 20000};
  for (size_t i = 0; i < XS_COUNT(cuts); i++) {
    write_file(bytes, cuts[i]);
    xs_store *store = NULL;
    xs_diags_clear(f->diags);
    assert_int_equal(xs_store_open(&f->clock.host, FILE_NAME, 0, f->diags, &store), XS_EINPUT);
    const char *slug = slug_at(f->diags, 0);
    if (strcmp(slug, "store-damaged") != 0 && strcmp(slug, "store-foreign") != 0)
      fail_msg("cut at %zu: %s", cuts[i], slug);
    assert_true(is_said(f->diags, FILE_NAME));
  }
  xs_host_posix()->unmap(NULL, bytes, len);
}

static void test_store_faults__a_damaged_page_is_told(void **state)
{
  fixture *f = *state;
  xs_store_case c;
  log_event(f, UID, "new");
  close_store(f);
  FILE *file = fopen(FILE_NAME, "r+b");
  assert_non_null(file);
  for (long page = 1; page < 60; page++) {
    if (fseek(file, page * 4096, SEEK_SET) || fread(&(char[1]){0}, 1, 1, file) != 1) break;
    fseek(file, page * 4096, SEEK_SET);
    fwrite("\xff\xff\xff\xff", 1, 4, file);
  }
  fclose(file);
  xs_status st = xs_store_open(&f->clock.host, FILE_NAME, 0, f->diags, &f->store);
  if (!st) st = xs_store_case_find(f->a, f->store, UID, f->diags, &c);
  assert_int_equal(st, XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "store-damaged");
}

/* ---- what may not be written ---- */

static void test_store_faults__reading_only_refuses_to_write(void **state)
{
  fixture *f = *state;
  int64_t number;
  open_again(f, XS_STORE_READ_ONLY);
  assert_int_equal(
      xs_store_revision_put(f->store, UID, 1, XS_LIT("x"), XS_LIT("林若溪"), f->diags, &number),
      XS_EIO);
  assert_string_equal(slug_at(f->diags, 0), "store-read-only");
}

/* In a child that is somebody else when the test runs as root, who may write everything. */
static int run_as_reader(fixture *f)
{
  int status = 1;
  pid_t child = fork();
  if (child) return waitpid(child, &status, 0) == child ? status : 1;
  if (geteuid() == 0 && setuid(65534)) _exit(1);
  xs_store *store = NULL;
  xs_store_case c;
  const xs_host *host = &f->clock.host;
  if (xs_store_open(host, FILE_NAME, 0, f->diags, &store) != XS_EIO) _exit(2);
  if (strcmp(slug_at(f->diags, 0), "store-read-only") != 0) _exit(3);
  if (xs_store_open(host, FILE_NAME, XS_STORE_READ_ONLY, f->diags, &store)) _exit(4);
  if (xs_store_case_find(f->a, store, UID, f->diags, &c) || c.events != 1) _exit(5);
  xs_store_close(store);
  _exit(0);
}

/* A store on a medium that cannot be written is read all the same, with its write-ahead log
 * folded in. */
static void test_store_faults__a_file_that_may_only_be_read_is_read(void **state)
{
  fixture *f = *state;
  char old[4096], folder[] = "/tmp/test_store_faults-XXXXXX";
  assert_non_null(getcwd(old, sizeof old));
  assert_non_null(mkdtemp(folder));
  assert_int_equal(chdir(folder), 0);
  open_again(f, XS_STORE_CREATE);
  add_case(f, UID);
  log_event(f, UID, "new");
  close_store(f);
  assert_int_equal(chmod(FILE_NAME, 0444), 0);
  assert_int_equal(chmod(folder, 0555), 0);
  assert_int_equal(run_as_reader(f), 0);
  assert_int_equal(chmod(folder, 0755), 0);
  remove_store();
  assert_int_equal(chdir(old), 0);
  assert_int_equal(rmdir(folder), 0);
}

/* ---- two at once ---- */

static void test_store_faults__another_that_writes_is_told_and_waited_for(void **state)
{
  fixture *f = *state;
  xs_store *other = NULL;
  int64_t number;
  assert_int_equal(xs_store_open(&f->clock.host, FILE_NAME, 0, f->diags, &other), XS_OK);
  assert_int_equal(xs_store_begin(other, f->diags), XS_OK);
  xs_store_patience(f->store, 20);
  assert_int_equal(
      xs_store_revision_put(f->store, UID, 1, XS_LIT("x"), XS_LIT("林若溪"), f->diags, &number),
      XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "store-busy");
  assert_int_equal(xs_store_commit(other, f->diags), XS_OK);
  assert_int_equal(revise(f, 1, "<case>二</case>", "林若溪"), 2);
  xs_store_close(other);
}

static void test_store_faults__who_reads_sees_one_moment(void **state)
{
  fixture *f = *state;
  xs_store *other = NULL;
  xs_store_case c;
  assert_int_equal(xs_store_open(&f->clock.host, FILE_NAME, XS_STORE_READ_ONLY, f->diags, &other),
                   XS_OK);
  assert_int_equal(xs_store_begin_read(other, f->diags), XS_OK);
  assert_int_equal(xs_store_case_find(f->a, other, UID, f->diags, &c), XS_OK);
  revise(f, 1, "<case>二</case>", "林若溪");
  assert_int_equal(xs_store_case_find(f->a, other, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.revision, 1);
  assert_int_equal(xs_store_commit(other, f->diags), XS_OK);
  assert_int_equal(xs_store_case_find(f->a, other, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.revision, 2);
  xs_store_close(other);
}

/* Eight processes add to one log at the same time: every event is there once, in one chain. */
static void test_store_faults__many_processes_make_one_chain(void **state)
{
  enum { PROCESSES = 8, EACH = 10 };
  fixture *f = *state;
  xs_event *events;
  size_t count;
  close_store(f);
  for (int i = 0; i < PROCESSES; i++) {
    if (fork() != 0) continue;
    xs_store *store = NULL;
    bool failed = xs_store_open(xs_host_posix(), FILE_NAME, 0, f->diags, &store);
    for (int k = 0; !failed && k < EACH; k++) {
      xs_event e = {.kind = XS_LIT("note")};
      failed = xs_store_event_append(f->a, store, UID, &e, f->diags);
    }
    xs_store_close(store);
    _exit(failed);
  }
  for (int i = 0; i < PROCESSES; i++) {
    int status = 1;
    assert_true(wait(&status) > 0);
    assert_int_equal(status, 0);
  }
  open_again(f, 0);
  assert_int_equal(xs_store_event_list(f->a, f->store, UID, f->diags, &events, &count), XS_OK);
  assert_int_equal(count, PROCESSES * EACH);
  for (size_t i = 1; i < count; i++) assert_true(xs_text_equal(events[i].prev, events[i - 1].hash));
}

/* ---- no room ---- */

/* As much as will not fit; nothing of it may stay. */
static xs_status write_much(fixture *f)
{
  static char bytes[400000];
  int64_t number;
  uint32_t seed = 1;
  for (size_t i = 0; i < sizeof bytes; i++) {
    seed = seed * 1664525u + 1013904223u;
    bytes[i] = (char)(seed >> 24);
  }
  xs_status st = xs_store_begin(f->store, f->diags);
  if (!st)
    st = xs_store_revision_put(f->store, UID, 1, (xs_text){bytes, sizeof bytes}, XS_LIT("林若溪"),
                               f->diags, &number);
  if (!st) st = xs_store_commit(f->store, f->diags);
  xs_store_rollback(f->store);
  return st;
}

static void expect_as_it_was(fixture *f)
{
  xs_text bytes;
  xs_store_case c;
  open_again(f, 0);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_int_equal(c.revision, 1);
  assert_int_equal(xs_store_revision_get(f->a, f->store, UID, 0, f->diags, &bytes), XS_OK);
  assert_text(bytes, "<case>一</case>");
  assert_int_equal(write_much(f), XS_OK);
}

static void test_store_faults__a_full_store_is_told_and_changes_nothing(void **state)
{
  fixture *f = *state;
  assert_int_equal(sqlite3_exec(f->store->db, "PRAGMA max_page_count = 1", NULL, NULL, NULL),
                   SQLITE_OK);
  assert_int_equal(write_much(f), XS_EIO);
  assert_string_equal(slug_at(f->diags, 0), "store-full");
  expect_as_it_was(f);
}

static void test_store_faults__a_full_disk_is_told_and_changes_nothing(void **state)
{
  fixture *f = *state;
  struct rlimit was, small;
  struct stat info;
  assert_int_equal(stat(FILE_NAME, &info), 0);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
  small = (struct rlimit){(rlim_t)info.st_size + 65536, was.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  xs_status st = write_much(f);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
  assert_int_equal(st, XS_EIO);
  assert_string_equal(slug_at(f->diags, 0), "store-full");
  expect_as_it_was(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_store_faults__a_newer_version_is_refused),
      TEST(test_store_faults__an_older_one_is_not_changed_by_reading),
      TEST(test_store_faults__another_database_is_refused),
      TEST(test_store_faults__another_file_is_refused_and_not_touched),
      TEST(test_store_faults__an_empty_file_is_no_store_until_one_is_made),
      TEST(test_store_faults__a_folder_that_is_not_there_is_told),
      TEST(test_store_faults__a_store_cut_off_is_told),
      TEST(test_store_faults__a_damaged_page_is_told),
      TEST(test_store_faults__reading_only_refuses_to_write),
      TEST(test_store_faults__a_file_that_may_only_be_read_is_read),
      TEST(test_store_faults__another_that_writes_is_told_and_waited_for),
      TEST(test_store_faults__who_reads_sees_one_moment),
      TEST(test_store_faults__many_processes_make_one_chain),
      TEST(test_store_faults__a_full_store_is_told_and_changes_nothing),
      TEST(test_store_faults__a_full_disk_is_told_and_changes_nothing),
  };
  signal(SIGXFSZ, SIG_IGN);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
