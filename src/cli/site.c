#include "cli/site.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/place.h"
#include "xieshang/rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct site {
  const char *folder;
  char *paths[XS_MAX_REPEATED];
  size_t count;
  bool failed; /* out of memory */
} site;

static int by_name(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static int note_file(void *arg, const char *name)
{
  site *found = arg;
  if (!xs_text_ends(xs_text_of(name), ".xml") || found->count == XS_MAX_REPEATED) return 0;
  size_t len = strlen(found->folder) + strlen(name) + 2;
  char *path = malloc(len);
  if (path) snprintf(path, len, "%s/%s", found->folder, name);
  if (path) found->paths[found->count++] = path;
  found->failed = !path;
  return found->failed;
}

/* A folder that is not there is an empty one. */
static xs_status read_folder(xs_session *s, site *found)
{
  int failed = s->host->list(s->host->user, found->folder, note_file, found);
  if (found->failed) return XS_ENOMEM;
  if (failed && errno != ENOENT && errno != ENOTDIR) {
    xs_diag(s->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), found->folder,
            strerror(errno));
    return XS_EIO;
  }
  if (found->count) qsort(found->paths, found->count, sizeof *found->paths, by_name);
  return XS_OK;
}

static xs_status lay_folder(xs_session *s)
{
  char *folder = xs_place_site();
  site found = {.folder = folder};
  if (!folder) return XS_OK;
  xs_status status = read_folder(s, &found);
  const char *paths[XS_MAX_REPEATED];
  for (size_t i = 0; i < found.count; i++) paths[i] = found.paths[i];
  if (!status && found.count) status = xs_engine_site(s->engine, paths, found.count);
  for (size_t i = 0; i < found.count; i++) free(found.paths[i]);
  free(folder);
  return status;
}

xs_status xs_site_lay(xs_session *s)
{
  const char *paths[XS_MAX_REPEATED];
  size_t count = 0;
  while (count < XS_MAX_REPEATED && (paths[count] = xs_args_nth(s->args, XS_OPTION_SITE, count)))
    count++;
  if (count == 0) return lay_folder(s);
  if (count == 1 && strcmp(paths[0], "none") == 0) return XS_OK;
  return xs_engine_site(s->engine, paths, count);
}
