#define _POSIX_C_SOURCE 200809L
#include "cli/place.h"

#include <errno.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The folder `name` below share/ of the prefix in which the executable stands: the build tree
 * has the same form as an installed one. NULL when it is not there; the caller frees it. */
static char *beside_executable(const char *name)
{
  char exe[PATH_MAX];
  char path[PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (len <= 0) return NULL;
  exe[len] = '\0';
  for (int up = 0; up < 2; up++) {
    char *slash = strrchr(exe, '/');
    if (!slash) return NULL;
    *slash = '\0';
  }
  int written = snprintf(path, sizeof path, "%s/share/%s", exe, name);
  if (written < 0 || (size_t)written >= sizeof path || !is_folder(path)) return NULL;
  return strdup(path);
}

char *xs_place_data(const char *stated)
{
  if (!stated || !*stated) stated = getenv("XIESHANG_DATA");
  if (stated && *stated) return strdup(stated);
  char *found = beside_executable("xieshang");
  if (found) return found;
  return is_folder(XS_DATA_DIR) ? strdup(XS_DATA_DIR) : NULL;
}

/* Where programs keep what is the user's own, with a slash; false when there is no such place. */
static bool find_home(char *out, size_t room)
{
  const char *data = getenv("XDG_DATA_HOME");
  const char *home = getenv("HOME");
  int written = -1;
  if (data && *data == '/')
    written = snprintf(out, room, "%s/", data);
  else if (home && *home)
    written = snprintf(out, room, "%s/.local/share/", home);
  return written > 0 && (size_t)written < room;
}

/* Makes the folders on the way to a file. */
static bool make_folders(char *path)
{
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool there = mkdir(path, 0700) == 0 || errno == EEXIST;
    *slash = '/';
    if (!there) return false;
  }
  return true;
}

char *xs_place_store(const char *stated, bool create)
{
  char home[PATH_MAX], path[PATH_MAX];
  if (stated && *stated) return strdup(stated);
  if (!find_home(home, sizeof home)) return NULL;
  int written = snprintf(path, sizeof path, "%sxieshang/xieshang.db", home);
  if (written < 0 || (size_t)written >= sizeof path) return NULL;
  return !create || make_folders(path) ? strdup(path) : NULL;
}

char *xs_place_site(void)
{
  char path[PATH_MAX];
  const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  bool stated = config && *config == '/'; /* a relative one is to be ignored */
  if (!stated && (!home || !*home)) return NULL;
  int written = snprintf(path, sizeof path, "%s%s/xieshang/site", stated ? config : home,
                         stated ? "" : "/.config");
  return written < 0 || (size_t)written >= sizeof path ? NULL : strdup(path);
}

/* The locale that the environment asks for messages. */
static const char *asked_locale(void)
{
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return value;
  }
  return "";
}

void xs_place_language(void)
{
  bool known = setlocale(LC_CTYPE, "") && setlocale(LC_MESSAGES, "");
  /* A bare machine has no Chinese locale generated. C.UTF-8 is always there, and gettext then
   * goes by LANGUAGE. */
  if (!known && strncmp(asked_locale(), "zh", 2) == 0) {
    setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", "zh_CN", 1);
  }
  char *catalogues = beside_executable("locale");
  bindtextdomain("xieshang", catalogues ? catalogues : XS_LOCALE_DIR);
  bind_textdomain_codeset("xieshang", "UTF-8");
  free(catalogues);
}
