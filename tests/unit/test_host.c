#define _GNU_SOURCE
#include "unit/unit.h"

#include "base/date.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each test runs in an empty folder of its own, which is the current one. */

static int remove_tree(const char *path)
{
  DIR *dir = opendir(path);
  if (!dir) return unlink(path);
  for (struct dirent *e; (e = readdir(dir));) {
    if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
    char inner[PATH_MAX];
    snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
    remove_tree(inner);
  }
  closedir(dir);
  return rmdir(path);
}

static int enter_folder(void **state)
{
  static char name[32];
  strcpy(name, "host.XXXXXX");
  if (!mkdtemp(name) || chdir(name)) return -1;
  *state = name;
  return 0;
}

static int leave_folder(void **state)
{
  return chdir("..") || remove_tree(*state);
}

static int save_text(const char *path, const char *text)
{
  const xs_host *h = xs_host_posix();
  return h->save(h->user, path, text, strlen(text));
}

static void write_text(const char *path, const char *text)
{
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *path, const char *expected)
{
  const xs_host *h = xs_host_posix();
  const void *ptr;
  size_t len;
  if (h->map(h->user, path, 1 << 20, &ptr, &len)) fail_msg("%s: %s", path, strerror(errno));
  assert_text(((xs_text){ptr, len}), expected);
  h->unmap(h->user, ptr, len);
}

static int append_name(void *arg, const char *name)
{
  strcat(arg, name);
  strcat(arg, " ");
  return 0;
}

/* Every name of the folder, hidden ones too, so that leftovers are seen. */
static void assert_names(const char *dir, const char *expected)
{
  const xs_host *h = xs_host_posix();
  char names[1000] = "";
  assert_int_equal(h->list(h->user, dir, append_name, names), 0);
  assert_string_equal(names, expected);
}

#define FILE_OF(name, text)                                                                        \
  {                                                                                                \
    XS_LIT_INIT(name), text, sizeof(text) - 1                                                      \
  }

static int save_dir(const char *dir, const xs_host_file *files, size_t count)
{
  const xs_host *h = xs_host_posix();
  return h->save_dir(h->user, dir, files, count, NULL, 0);
}

static int map_error(const char *path, size_t max_bytes)
{
  const xs_host *h = xs_host_posix();
  const void *ptr;
  size_t len;
  assert_int_equal(h->map(h->user, path, max_bytes, &ptr, &len), -1);
  return errno;
}

static void test_host__map_gives_the_bytes(void **state)
{
  write_text("a", "协商");
  assert_file("a", "协商");
  write_text("empty", "");
  assert_file("empty", "");
}

static void test_host__map_refuses_what_is_no_file_or_too_long(void **state)
{
  write_text("a", "12345");
  assert_int_equal(map_error("a", 4), EFBIG);
  assert_int_equal(map_error("none", 10), ENOENT);
  assert_int_equal(map_error(".", 10), EISDIR);
  assert_int_equal(mkfifo("pipe", 0600), 0);
  assert_int_equal(map_error("pipe", 10), EINVAL);
}

static int stop_at_second(void *arg, const char *name)
{
  append_name(arg, name);
  return strlen(arg) > 2;
}

static void test_host__list_is_sorted_by_byte(void **state)
{
  write_text("b", "");
  write_text("B", "");
  write_text("甲", "");
  write_text(".h", "");
  write_text("a", "");
  assert_names(".", ".h B a b 甲 ");
  const xs_host *h = xs_host_posix();
  char names[100] = "";
  assert_int_equal(h->list(h->user, ".", stop_at_second, names), 0);
  assert_string_equal(names, ".h ");
  assert_int_equal(h->list(h->user, "none", append_name, names), -1);
  assert_int_equal(errno, ENOENT);
}

static void test_host__today_is_a_day(void **state)
{
  const xs_host *h = xs_host_posix();
  xs_date d;
  unsetenv("SOURCE_DATE_EPOCH");
  assert_true(xs_date_of_number(h->today(h->user), &d));
  setenv("SOURCE_DATE_EPOCH", "1717200000", 1);
  assert_int_equal(h->today(h->user), 20240601);
  setenv("SOURCE_DATE_EPOCH", "soon", 1);
  assert_true(h->today(h->user) != 20240601);
  unsetenv("SOURCE_DATE_EPOCH");
}

static void test_host__save_creates_and_replaces(void **state)
{
  assert_int_equal(save_text("a", "one"), 0);
  assert_file("a", "one");
  assert_int_equal(chmod("a", 0640), 0);
  assert_int_equal(save_text("./a", "two"), 0);
  assert_file("a", "two");
  struct stat info;
  assert_int_equal(stat("a", &info), 0);
  assert_int_equal(info.st_mode & 0777, 0640);
  assert_int_equal(save_text("a", ""), 0);
  assert_file("a", "");
  assert_names(".", "a ");
}

static void test_host__save_honours_the_umask(void **state)
{
  mode_t before = umask(027);
  assert_int_equal(save_text("a", "x"), 0);
  umask(before);
  struct stat info;
  assert_int_equal(stat("a", &info), 0);
  assert_int_equal(info.st_mode & 0777, 0640);
}

static void test_host__save_follows_a_link(void **state)
{
  write_text("a", "old");
  assert_int_equal(symlink("a", "link"), 0);
  assert_int_equal(save_text("link", "new"), 0);
  assert_file("a", "new");
  struct stat info;
  assert_int_equal(lstat("link", &info), 0);
  assert_true(S_ISLNK(info.st_mode));
  assert_int_equal(symlink("none", "dangling"), 0);
  assert_int_equal(save_text("dangling", "x"), -1);
}

static void test_host__save_refuses_what_is_no_file(void **state)
{
  assert_int_equal(mkdir("dir", 0700), 0);
  assert_int_equal(save_text("dir", "x"), -1);
  assert_int_equal(errno, EISDIR);
  assert_int_equal(save_text("new/", "x"), -1);
  assert_int_equal(errno, EISDIR);
  assert_int_equal(mkfifo("pipe", 0600), 0);
  assert_int_equal(save_text("pipe", "x"), -1);
  assert_int_equal(errno, EINVAL);
  assert_int_equal(save_text("/dev/null", "x"), -1);
  assert_int_equal(errno, EINVAL);
  assert_int_equal(save_text("", "x"), -1);
  assert_names(".", "dir pipe ");
}

static void test_host__save_says_when_the_folder_is_none(void **state)
{
  write_text("file", "old");
  assert_int_equal(save_text("file/a", "x"), -1);
  assert_int_equal(errno, ENOTDIR);
  assert_int_equal(save_text("none/a", "x"), -1);
  assert_int_equal(errno, ENOENT);
  assert_file("file", "old");
  assert_names(".", "file ");
}

/* A file system without room is played by the limit on the length of a file. */
static struct rlimit no_limit;

static void limit_file_bytes(rlim_t bytes)
{
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
  struct rlimit small = {bytes, no_limit.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
}

static void lift_limit(void)
{
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);
}

static char large[100000];

static void test_host__save_that_fails_half_way_leaves_the_old(void **state)
{
  write_text("a", "old");
  limit_file_bytes(5000);
  const xs_host *h = xs_host_posix();
  int result = h->save(h->user, "a", large, sizeof large);
  int error = errno;
  lift_limit();
  assert_int_equal(result, -1);
  assert_int_equal(error, EFBIG);
  assert_file("a", "old");
  assert_names(".", "a ");
}

static void test_host__save_dir_creates(void **state)
{
  const xs_host_file files[] = {FILE_OF("b", "2"), FILE_OF("a", "1"), FILE_OF("空", "")};
  assert_int_equal(save_dir("out/", files, XS_COUNT(files)), 0);
  assert_names("out", "a b 空 ");
  assert_file("out/a", "1");
  assert_file("out/空", "");
  assert_names(".", "out ");
}

static void test_host__save_dir_replaces_drops_and_carries_over(void **state)
{
  const xs_host_file first[] = {FILE_OF("a", "1"), FILE_OF("old", "1"), FILE_OF("keep", "1")};
  assert_int_equal(save_dir("out", first, XS_COUNT(first)), 0);
  write_text("out/signed", "mine");
  assert_int_equal(symlink("signed", "out/link"), 0);
  assert_int_equal(chmod("out", 0750), 0);

  const xs_host_file second[] = {FILE_OF("a", "2"), FILE_OF("new", "2")};
  const xs_text stale[] = {XS_LIT("a"), XS_LIT("old"), XS_LIT("gone")};
  const xs_host *h = xs_host_posix();
  assert_int_equal(h->save_dir(h->user, "out", second, XS_COUNT(second), stale, XS_COUNT(stale)),
                   0);
  assert_names("out", "a keep link new signed ");
  assert_file("out/a", "2");
  assert_file("out/keep", "1");
  assert_file("out/link", "mine");
  struct stat info;
  assert_int_equal(stat("out", &info), 0);
  assert_int_equal(info.st_mode & 0777, 0750);
  assert_int_equal(stat("out/signed", &info), 0);
  assert_int_equal(info.st_nlink, 1);
  assert_names(".", "out ");
}

static void test_host__save_dir_follows_a_link(void **state)
{
  const xs_host_file files[] = {FILE_OF("a", "1")};
  assert_int_equal(mkdir("real", 0700), 0);
  assert_int_equal(symlink("real", "link"), 0);
  assert_int_equal(save_dir("link", files, 1), 0);
  assert_file("real/a", "1");
  assert_names(".", "link real ");
}

static void test_host__save_dir_refuses_folders_within(void **state)
{
  const xs_host_file files[] = {FILE_OF("a", "1")};
  assert_int_equal(mkdir("out", 0700), 0);
  assert_int_equal(mkdir("out/sub", 0700), 0);
  write_text("out/a", "old");
  assert_int_equal(save_dir("out", files, 1), -1);
  assert_int_equal(errno, ENOTEMPTY);
  assert_names("out", "a sub ");
  assert_file("out/a", "old");
  assert_names(".", "out ");
}

static void test_host__save_dir_refuses_names_that_lead_elsewhere(void **state)
{
  static const xs_host_file bad[] = {FILE_OF("../a", "1"), FILE_OF("", "1"),
                                     FILE_OF(".", "1"),    FILE_OF("..", "1"),
                                     FILE_OF("a\0b", "1"), FILE_OF("/a", "1")};
  write_text("a", "old");
  for (size_t i = 0; i < XS_COUNT(bad); i++) {
    const xs_host_file files[] = {FILE_OF("good", "1"), bad[i]};
    assert_int_equal(save_dir("out", files, 2), -1);
    assert_int_equal(errno, EINVAL);
    assert_names(".", "a ");
  }
  const xs_host_file twice[] = {FILE_OF("x", "1"), FILE_OF("x", "2")};
  assert_int_equal(save_dir("out", twice, 2), -1);
  assert_int_equal(errno, EEXIST);
  assert_names(".", "a ");
  assert_file("a", "old");
}

static void test_host__save_dir_refuses_targets_that_are_no_folder(void **state)
{
  const xs_host_file files[] = {FILE_OF("a", "1")};
  write_text("file", "old");
  assert_int_equal(save_dir("file", files, 1), -1);
  assert_int_equal(errno, ENOTDIR);
  assert_int_equal(save_dir("file/out", files, 1), -1);
  assert_int_equal(errno, ENOTDIR);
  static const char *const bad[] = {"", ".", "..", "/", "./.", "none/.."};
  for (size_t i = 0; i < XS_COUNT(bad); i++) {
    assert_int_equal(save_dir(bad[i], files, 1), -1);
    assert_int_equal(errno, EINVAL);
  }
  assert_file("file", "old");
  assert_names(".", "file ");
}

static void test_host__save_dir_that_fails_half_way_leaves_the_old(void **state)
{
  const xs_host_file first[] = {FILE_OF("a", "old")};
  assert_int_equal(save_dir("out", first, 1), 0);
  const xs_host_file second[] = {FILE_OF("a", "new"), {XS_LIT("b"), large, sizeof large}};
  limit_file_bytes(5000);
  int result = save_dir("out", second, 2);
  int error = errno;
  int fresh_result = save_dir("fresh", second, 2);
  lift_limit();
  assert_int_equal(result, -1);
  assert_int_equal(error, EFBIG);
  assert_int_equal(fresh_result, -1);
  assert_names("out", "a ");
  assert_file("out/a", "old");
  assert_names(".", "out ");
}

/* Root may write anywhere, so for root this proves nothing and says so. */
static void test_host__save_in_a_read_only_folder_fails(void **state)
{
  if (geteuid() == 0) {
    print_message("skipped: root may write in a read-only folder\n");
    skip();
  }
  const xs_host_file files[] = {FILE_OF("a", "1")};
  assert_int_equal(mkdir("locked", 0700), 0);
  write_text("locked/a", "old");
  assert_int_equal(chmod("locked", 0500), 0);
  int file_result = save_text("locked/a", "new"), file_error = errno;
  int dir_result = save_dir("locked/out", files, 1), dir_error = errno;
  assert_int_equal(chmod("locked", 0700), 0);
  assert_int_equal(file_result, -1);
  assert_int_equal(file_error, EACCES);
  assert_int_equal(dir_result, -1);
  assert_int_equal(dir_error, EACCES);
  assert_names("locked", "a ");
  assert_file("locked/a", "old");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_host__map_gives_the_bytes),
      TEST(test_host__map_refuses_what_is_no_file_or_too_long),
      TEST(test_host__list_is_sorted_by_byte),
      TEST(test_host__today_is_a_day),
      TEST(test_host__save_creates_and_replaces),
      TEST(test_host__save_honours_the_umask),
      TEST(test_host__save_follows_a_link),
      TEST(test_host__save_refuses_what_is_no_file),
      TEST(test_host__save_says_when_the_folder_is_none),
      TEST(test_host__save_that_fails_half_way_leaves_the_old),
      TEST(test_host__save_dir_creates),
      TEST(test_host__save_dir_replaces_drops_and_carries_over),
      TEST(test_host__save_dir_follows_a_link),
      TEST(test_host__save_dir_refuses_folders_within),
      TEST(test_host__save_dir_refuses_names_that_lead_elsewhere),
      TEST(test_host__save_dir_refuses_targets_that_are_no_folder),
      TEST(test_host__save_dir_that_fails_half_way_leaves_the_old),
      TEST(test_host__save_in_a_read_only_folder_fails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
