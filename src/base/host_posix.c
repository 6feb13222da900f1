/*
 * The host on a POSIX system (Linux, for renameat2). The only file of the library that opens
 * files, reads the clock or the environment.
 *
 * Both `save` and `save_dir` work in a hidden place beside the target and put the result in its
 * place in one step at the end. Until that step nothing the user can see has changed; whatever
 * fails before it, the hidden place is removed.
 */
#define _GNU_SOURCE
#include "xieshang/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SUFFIX_LEN = 6, NAME_TRIES = 100 };

static void *resize(void *user, void *ptr, size_t n)
{
  (void)user;
  if (n) return realloc(ptr, n);
  free(ptr);
  return NULL;
}

/* Closes without losing the errno of what failed before. */
static void close_quietly(int fd)
{
  int saved = errno;
  if (fd >= 0) close(fd);
  errno = saved;
}

static int fail(int error)
{
  errno = error;
  return -1;
}

/* ---- reading ---- */

/* NONBLOCK, so that a pipe is refused below and not waited for here. */
static int open_regular(const char *path, size_t max_bytes, size_t *len)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return -1;
  struct stat info;
  int error = 0;
  if (fstat(fd, &info) != 0)
    error = errno;
  else if (S_ISDIR(info.st_mode))
    error = EISDIR;
  else if (!S_ISREG(info.st_mode))
    error = EINVAL;
  else if ((uintmax_t)info.st_size > max_bytes)
    error = EFBIG;
  if (!error) {
    *len = (size_t)info.st_size;
    return fd;
  }
  close(fd);
  return fail(error);
}

static int map(void *user, const char *path, size_t max_bytes, const void **ptr, size_t *len)
{
  (void)user;
  size_t found = 0;
  int fd = open_regular(path, max_bytes, &found);
  if (fd < 0) return -1;

  /* Nothing can be mapped of an empty file. */
  void *bytes = (void *)"";
  if (found) bytes = mmap(NULL, found, PROT_READ, MAP_PRIVATE, fd, 0);
  close_quietly(fd);
  if (bytes == MAP_FAILED) return -1;
  *ptr = bytes;
  *len = found;
  return 0;
}

static void unmap(void *user, const void *ptr, size_t len)
{
  (void)user;
  if (len) munmap((void *)(uintptr_t)ptr, len);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_dots(const struct dirent *e)
{
  return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static void free_entries(struct dirent **entries, int count)
{
  int saved = errno;
  for (int i = 0; i < count; i++) free(entries[i]);
  free(entries);
  errno = saved;
}

static int list(void *user, const char *dir, int (*entry)(void *arg, const char *name), void *arg)
{
  (void)user;
  struct dirent **entries = NULL;
  int count = scandir(dir, &entries, not_dots, by_bytes);
  if (count < 0) return -1;
  for (int i = 0; i < count; i++)
    if (entry(arg, entries[i]->d_name)) break;
  free_entries(entries, count);
  return 0;
}

/* SOURCE_DATE_EPOCH, as builds that must repeat themselves set it, stands for the clock. */
static bool is_fixed(time_t *at)
{
  const char *fixed = getenv("SOURCE_DATE_EPOCH");
  char *end = NULL;
  errno = 0;
  long long seconds = fixed ? strtoll(fixed, &end, 10) : 0;
  if (!fixed || !*fixed || *end != '\0' || errno) return false;
  *at = (time_t)seconds;
  return true;
}

static int64_t now(void *user)
{
  (void)user;
  time_t at;
  return (int64_t)(is_fixed(&at) ? at : time(NULL));
}

static uint32_t today(void *user)
{
  (void)user;
  struct tm day;
  time_t at;
  bool fixed = is_fixed(&at);
  if (!fixed) at = time(NULL);
  if (!(fixed ? gmtime_r(&at, &day) : localtime_r(&at, &day))) return 19700101;
  return (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
}

/* ---- writing: the hidden place ---- */

/* A target, taken apart. `folder` is open; `name` and `hidden` are names in it. */
typedef struct target {
  int folder;
  char name[NAME_MAX + 1];
  char hidden[NAME_MAX + 1];
} target;

static bool is_dots(const char *name)
{
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Opens the folder that `path` stands in. A slash at the end does not count. */
static int open_target(const char *path, target *t)
{
  *t = (target){.folder = -1};
  size_t len = strlen(path);
  while (len > 1 && path[len - 1] == '/') len--;
  size_t name_off = len;
  while (name_off > 0 && path[name_off - 1] != '/') name_off--;

  size_t name_len = len - name_off;
  if (name_len == 0) return fail(EINVAL);
  /* The hidden name is the name and eight more bytes. */
  if (name_len + SUFFIX_LEN + 2 > NAME_MAX || name_off >= PATH_MAX) return fail(ENAMETOOLONG);
  memcpy(t->name, path + name_off, name_len);
  if (is_dots(t->name)) return fail(EINVAL);

  char folder[PATH_MAX] = ".";
  if (name_off) memcpy(folder, path, name_off);
  t->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return t->folder < 0 ? -1 : 0;
}

static int choose_hidden_name(target *t)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
  unsigned char random[SUFFIX_LEN];
  if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) return -1;
  int len = snprintf(t->hidden, sizeof t->hidden, ".%.*s.", NAME_MAX - SUFFIX_LEN - 2, t->name);
  for (int i = 0; i < SUFFIX_LEN; i++) t->hidden[len + i] = letters[random[i] % 32];
  t->hidden[len + SUFFIX_LEN] = '\0';
  return 0;
}

/* mkstemp and mkdtemp would deny others what the user's umask allows them. */
static int create_hidden_file(target *t)
{
  for (int i = 0; i < NAME_TRIES; i++) {
    if (choose_hidden_name(t)) return -1;
    int fd = openat(t->folder, t->hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

/* The descriptor of the new folder. */
static int create_hidden_folder(target *t)
{
  for (int i = 0; i < NAME_TRIES; i++) {
    if (choose_hidden_name(t)) return -1;
    if (mkdirat(t->folder, t->hidden, 0777) == 0) {
      int fd = openat(t->folder, t->hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      if (fd < 0) {
        int saved = errno;
        unlinkat(t->folder, t->hidden, AT_REMOVEDIR);
        errno = saved;
      }
      return fd;
    }
    if (errno != EEXIST) return -1;
  }
  return -1;
}

static int write_all(int fd, const void *ptr, size_t len)
{
  for (const char *p = ptr; len;) {
    ssize_t n = write(fd, p, len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    p += n;
    len -= (size_t)n;
  }
  return 0;
}

/* Some file systems cannot sync a folder and say so; there is nothing more to be done there. */
static int sync_folder(int fd)
{
  if (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP) return 0;
  return -1;
}

/* Closes `fd` in any case. */
static int sync_and_close(int fd)
{
  if (fsync(fd) != 0) {
    close_quietly(fd);
    return -1;
  }
  return close(fd);
}

/* ---- one file ---- */

/* A file keeps the permissions it had. */
static int check_old_file(const target *t, mode_t *mode)
{
  struct stat old;
  if (fstatat(t->folder, t->name, &old, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT ? 0 : -1;
  if (S_ISDIR(old.st_mode)) return fail(EISDIR);
  if (!S_ISREG(old.st_mode)) return fail(EINVAL);
  *mode = old.st_mode & 0777;
  return 0;
}

static int replace_file(target *t, const void *ptr, size_t len)
{
  mode_t mode = 0;
  if (check_old_file(t, &mode)) return -1;
  int fd = create_hidden_file(t);
  if (fd < 0) return -1;

  bool written = (!mode || fchmod(fd, mode) == 0) && write_all(fd, ptr, len) == 0;
  if (!written)
    close_quietly(fd);
  else
    written = sync_and_close(fd) == 0;
  if (written && renameat(t->folder, t->hidden, t->folder, t->name) == 0)
    return sync_folder(t->folder);

  int saved = errno;
  unlinkat(t->folder, t->hidden, 0);
  return fail(saved);
}

/* The path with a symbolic link at its end followed; `room` is where that is written. */
static const char *follow_link(const char *path, char room[PATH_MAX])
{
  struct stat info;
  if (lstat(path, &info) != 0 || !S_ISLNK(info.st_mode)) return path;
  return realpath(path, room);
}

static int save(void *user, const char *path, const void *ptr, size_t len)
{
  (void)user;
  char room[PATH_MAX];
  path = follow_link(path, room);
  if (!path) return -1;
  size_t path_len = strlen(path);
  if (path_len && path[path_len - 1] == '/') return fail(EISDIR);

  target t;
  int result = open_target(path, &t);
  if (!result) result = replace_file(&t, ptr, len);
  close_quietly(t.folder);
  return result;
}

/* ---- a whole folder ---- */

/* The folder being made, and the one it replaces. */
typedef struct exchange {
  target t;
  int made;              /* the new folder, -1 when there is none yet */
  int old;               /* -1 when there is no old folder */
  struct dirent **names; /* of the old folder as it was found */
  int name_count;
} exchange;

static bool is_plain_name(xs_text name)
{
  if (name.len == 0 || name.len > NAME_MAX) return false;
  if (memchr(name.ptr, '/', name.len) || memchr(name.ptr, '\0', name.len)) return false;
  return !(name.ptr[0] == '.' && (name.len == 1 || (name.len == 2 && name.ptr[1] == '.')));
}

static bool same_name(xs_text a, const char *b)
{
  return strlen(b) == a.len && (a.len == 0 || memcmp(a.ptr, b, a.len) == 0);
}

static int write_new_files(int made, const xs_host_file *files, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (!is_plain_name(files[i].name)) return fail(EINVAL);
    char name[NAME_MAX + 1] = "";
    memcpy(name, files[i].name.ptr, files[i].name.len);
    int fd = openat(made, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return -1;
    if (write_all(fd, files[i].ptr, files[i].len)) {
      close_quietly(fd);
      return -1;
    }
    if (sync_and_close(fd)) return -1;
  }
  return 0;
}

static int copy_bytes(int from, int to)
{
  char bytes[1 << 16];
  for (;;) {
    ssize_t n = read(from, bytes, sizeof bytes);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n < 0 ? -1 : 0;
    if (write_all(to, bytes, (size_t)n)) return -1;
  }
}

/* With the permissions and times of the file it comes from. Closes `from` in any case. */
static int copy_file(int from, int made, const char *name)
{
  struct stat info;
  int to = -1, result = -1;
  if (fstat(from, &info) != 0) goto done;
  if (!S_ISREG(info.st_mode)) {
    errno = EINVAL;
    goto done;
  }
  to = openat(made, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (to < 0 || copy_bytes(from, to)) goto done;
  const struct timespec times[2] = {info.st_atim, info.st_mtim};
  if (fchmod(to, info.st_mode & 0777) || futimens(to, times) || fsync(to)) goto done;
  result = 0;
done:
  close_quietly(to);
  close_quietly(from);
  return result;
}

/* A link costs nothing and keeps owner and times; where the system forbids it, a copy does. */
static int carry_over(int old, int made, const char *name)
{
  if (linkat(old, name, made, name, 0) == 0) return 0;
  if (errno != EPERM && errno != EMLINK && errno != ENOTSUP && errno != EXDEV) return -1;
  int from = openat(old, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  return from < 0 ? -1 : copy_file(from, made, name);
}

static bool is_replaced(const char *name, const xs_host_file *files, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (same_name(files[i].name, name)) return true;
  return false;
}

static bool is_stale(const char *name, const xs_text *stale, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (same_name(stale[i], name)) return true;
  return false;
}

/* Opens the old folder, if there is one, and reads what stands in it. */
static int read_old(exchange *x)
{
  struct stat info;
  if (fstatat(x->t.folder, x->t.name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? 0 : -1;
  x->old = openat(x->t.folder, x->t.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (x->old < 0) return -1;
  x->name_count = scandirat(x->t.folder, x->t.name, &x->names, not_dots, by_bytes);
  if (x->name_count < 0) {
    x->name_count = 0;
    return -1;
  }
  for (int i = 0; i < x->name_count; i++) {
    if (fstatat(x->old, x->names[i]->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return -1;
    if (S_ISDIR(info.st_mode)) return fail(ENOTEMPTY);
  }
  return 0;
}

/*
 * Puts the new folder where the old one stands, and takes that back when it may not last. When
 * even that fails both folders stay, and `made` is given up so that nobody empties it.
 */
static int swap(exchange *x)
{
  const target *t = &x->t;
  bool replaces = x->old >= 0;
  int moved = replaces ? renameat2(t->folder, t->hidden, t->folder, t->name, RENAME_EXCHANGE)
                       : renameat(t->folder, t->hidden, t->folder, t->name);
  if (moved != 0) return -1;
  if (sync_folder(t->folder) == 0) return 0;

  int saved = errno;
  int back = replaces ? renameat2(t->folder, t->hidden, t->folder, t->name, RENAME_EXCHANGE)
                      : renameat(t->folder, t->name, t->folder, t->hidden);
  if (back != 0) {
    close_quietly(x->made);
    x->made = -1;
  }
  return fail(saved);
}

static int build(exchange *x, const xs_host_file *files, size_t count, const xs_text *stale,
                 size_t stale_count)
{
  if (read_old(x)) return -1;
  x->made = create_hidden_folder(&x->t);
  if (x->made < 0 || write_new_files(x->made, files, count)) return -1;
  for (int i = 0; i < x->name_count; i++) {
    const char *name = x->names[i]->d_name;
    if (is_replaced(name, files, count) || is_stale(name, stale, stale_count)) continue;
    if (carry_over(x->old, x->made, name)) return -1;
  }
  struct stat info;
  if (x->old >= 0 && (fstat(x->old, &info) || fchmod(x->made, info.st_mode & 0777))) return -1;
  if (sync_folder(x->made)) return -1;
  return swap(x);
}

/*
 * Removes the folder that has lost: the new one after a failure, the old one otherwise. Of the
 * old one only the names found at the start are removed, so that a file which somebody put there
 * meanwhile stays, in the hidden folder, and is not lost.
 */
static void remove_made(const exchange *x)
{
  if (x->made < 0) return;
  int saved = errno;
  struct dirent **names = NULL;
  int count = scandirat(x->t.folder, x->t.hidden, &names, not_dots, by_bytes);
  for (int i = 0; i < count; i++) unlinkat(x->made, names[i]->d_name, 0);
  free_entries(names, count);
  unlinkat(x->t.folder, x->t.hidden, AT_REMOVEDIR);
  errno = saved;
}

static void remove_old(const exchange *x)
{
  if (x->old < 0) return;
  for (int i = 0; i < x->name_count; i++) unlinkat(x->old, x->names[i]->d_name, 0);
  unlinkat(x->t.folder, x->t.hidden, AT_REMOVEDIR);
}

static int save_dir(void *user, const char *dir, const xs_host_file *files, size_t count,
                    const xs_text *stale, size_t stale_count)
{
  (void)user;
  char room[PATH_MAX];
  dir = follow_link(dir, room);
  if (!dir) return -1;

  exchange x = {.made = -1, .old = -1};
  int result = open_target(dir, &x.t);
  if (!result) {
    result = build(&x, files, count, stale, stale_count);
    if (result)
      remove_made(&x);
    else
      remove_old(&x);
  }
  free_entries(x.names, x.name_count);
  close_quietly(x.made);
  close_quietly(x.old);
  close_quietly(x.t.folder);
  return result;
}

const xs_host *xs_host_posix(void)
{
  static const xs_host host = {
      .resize = resize,
      .map = map,
      .unmap = unmap,
      .save = save,
      .save_dir = save_dir,
      .list = list,
      .today = today,
      .now = now,
  };
  return &host;
}
