/* Copies of a store while it is in use, by SQLite's own means. */
#include "base/diag.h"
#include "base/text.h"
#include "store/check.h"
#include "store/query.h"

#include <errno.h>

/* Pages of one step: others may write between two. */
enum { STEP_PAGES = 4096 };

static xs_status refuse_taken(const char *path, xs_diags *diags)
{
  xs_diag(diags, XS_D_BACKUP_TAKEN, XS_NOWHERE,
          _("%s is there already, and a copy never replaces a file; name another"), path);
  return XS_ECONFLICT;
}

/* Only a file that is new or empty is written. */
static xs_status check_room(const xs_host *host, const char *path, xs_diags *diags)
{
  const void *bytes = NULL;
  size_t len = 0;
  if (host->map(host->user, path, 0, &bytes, &len) == 0) {
    host->unmap(host->user, bytes, len);
    return XS_OK;
  }
  return errno == ENOENT ? XS_OK : refuse_taken(path, diags);
}

static xs_status open_copy(xs_store *copy, xs_diags *diags)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(copy->path.ptr, &copy->db, flags, NULL);
  if (!copy->db) return XS_ENOMEM;
  return code ? xs_store_failed(copy, diags, code) : XS_OK;
}

static xs_status copy_pages(xs_store *from, xs_store *to, xs_diags *diags)
{
  sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
  if (!backup) return xs_store_failed(to, diags, sqlite3_errcode(to->db));
  int code;
  do code = sqlite3_backup_step(backup, STEP_PAGES);
  while (code == SQLITE_OK);
  int closed = sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE) code = closed;
  return code ? xs_store_failed(to, diags, code) : XS_OK;
}

/* It is put away: it stands alone, without a write-ahead log beside it. */
static xs_status write_copy(xs_store *store, const char *path, xs_diags *diags)
{
  xs_store copy = {.host = store->host, .path = xs_text_of(path)};
  xs_status st = open_copy(&copy, diags);
  if (!st) st = copy_pages(store, &copy, diags);
  if (!st) st = xs_query_run(&copy, diags, XS_SQL_ALONE, "");
  xs_store_shut(&copy);
  return st;
}

/* What the copy says of itself. */
static xs_status read_copy(const xs_host *host, const char *path, xs_diags *diags, xs_health *out)
{
  xs_store *copy = NULL;
  xs_status st = xs_store_open(host, path, XS_STORE_READ_ONLY, diags, &copy);
  if (!st) st = xs_store_measure(copy, diags, out);
  xs_store_close(copy);
  return st;
}

xs_status xs_store_backup(xs_store *store, const char *path, xs_diags *diags, xs_health *out)
{
  *out = (xs_health){.version = 0};
  xs_status st = check_room(store->host, path, diags);
  if (!st) st = write_copy(store, path, diags);
  return st ? st : read_copy(store->host, path, diags, out);
}
