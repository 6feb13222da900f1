#include "store/store.h"

#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/check.h"
#include "store/query.h"
#include "store/search.h"

#include <errno.h>
#include <string.h>

/*
 * SQLite opens the file itself; of all that the library reads and writes only this does not go
 * through the host. Moments still come from the host, and nothing that is kept depends on
 * SQLite's own clock or random numbers.
 *
 * A commit is on the disk when it returns: the write-ahead log is synced each time
 * (synchronous = FULL), and the file itself before the log is used anew.
 */

enum { PATIENCE_MS = 5000 };

static const int64_t our_application = 0x78696573; /* “xies” */

/* ---- transactions ---- */

static xs_status begin(xs_store *store, xs_diags *diags, xs_sql how)
{
  xs_status st = xs_query_run(store, diags, how, "");
  if (st) return st;
  store->inside = true;
  store->failure = XS_OK;
  return XS_OK;
}

xs_status xs_store_begin(xs_store *store, xs_diags *diags)
{
  return begin(store, diags, XS_SQL_BEGIN_WRITE);
}

xs_status xs_store_begin_read(xs_store *store, xs_diags *diags)
{
  return begin(store, diags, XS_SQL_BEGIN_READ);
}

/* After a failure such as a full disk SQLite may have rolled back on its own. */
void xs_store_rollback(xs_store *store)
{
  store->inside = false;
  if (sqlite3_get_autocommit(store->db)) return;
  xs_diags *unheard = xs_diags_new(store->host);
  if (unheard) (void)xs_query_run(store, unheard, XS_SQL_ROLLBACK, "");
  xs_diags_free(unheard);
}

xs_status xs_store_commit(xs_store *store, xs_diags *diags)
{
  xs_status st = store->failure;
  if (!st) st = xs_query_run(store, diags, XS_SQL_COMMIT, "");
  if (st) xs_store_rollback(store);
  store->inside = false;
  return st;
}

xs_status xs_store_enter(xs_store *store, xs_diags *diags, bool *own)
{
  *own = !store->inside;
  if (store->read_only) return xs_store_failed(store, diags, SQLITE_READONLY);
  return *own ? xs_store_begin(store, diags) : store->failure;
}

xs_status xs_store_leave(xs_store *store, xs_diags *diags, bool own, xs_status status)
{
  if (status && !store->failure) store->failure = status;
  if (!own || !store->inside) return status;
  if (!status) return xs_store_commit(store, diags);
  xs_store_rollback(store);
  return status;
}

void xs_store_patience(xs_store *store, int wait_ms)
{
  sqlite3_busy_timeout(store->db, wait_ms);
}

/* ---- opening ---- */

static xs_status ask(xs_store *store, xs_diags *diags, xs_sql id, int64_t *out)
{
  xs_query q;
  xs_query_begin(&q, store, diags, id, "");
  if (xs_query_row(&q)) *out = xs_query_int(&q, 0);
  return xs_query_end(&q);
}

static xs_status refuse_foreign(xs_store *store, xs_diags *diags)
{
  return xs_store_failed(store, diags, SQLITE_NOTADB);
}

static xs_status refuse_version(xs_store *store, xs_diags *diags, int64_t version)
{
  if (version > xs_store_version()) {
    xs_diag(diags, XS_D_STORE_NEWER, XS_NOWHERE,
            _("%.*s is of version %lld, which a newer xieshang wrote; this one knows versions up "
              "to %lld. Use the newer program"),
            XS_TEXT(store->path), (long long)version, (long long)xs_store_version());
    return XS_EINPUT;
  }
  xs_diag(diags, XS_D_STORE_OLDER, XS_NOWHERE,
          _("%.*s is of version %lld, and this program reads version %lld. “xieshang store "
            "migrate” brings it there; make a copy of the file before"),
          XS_TEXT(store->path), (long long)version, (long long)xs_store_version());
  return XS_EINPUT;
}

/* What kind of file is it, and of which version? An empty file becomes a new store. */
static xs_status recognise(xs_store *store, unsigned flags, xs_diags *diags)
{
  int64_t objects = 0, application = 0, version = 0;
  xs_status st = ask(store, diags, XS_SQL_OBJECTS, &objects);
  if (!st) st = ask(store, diags, XS_SQL_APPLICATION, &application);
  if (!st) st = ask(store, diags, XS_SQL_VERSION, &version);
  if (st) return st;
  store->version_before = version;
  bool empty = !objects && !application && !version;
  if (empty ? !(flags & XS_STORE_CREATE) : application != our_application)
    return refuse_foreign(store, diags);
  if (version > xs_store_version() || (store->read_only && version < xs_store_version()))
    return refuse_version(store, diags, version);
  return XS_OK;
}

static xs_status set_up(xs_store *store, unsigned flags, xs_diags *diags)
{
  xs_status st = recognise(store, flags, diags);
  if (!st) st = xs_query_run(store, diags, XS_SQL_FOREIGN_KEYS, "");
  if (!st) st = xs_query_run(store, diags, XS_SQL_CACHE, "");
  if (st || store->read_only) return st;
  st = xs_query_run(store, diags, XS_SQL_WAL, "");
  if (!st) st = xs_query_run(store, diags, XS_SQL_DURABLE, "");
  return st ? st : xs_store_migrate(store, diags);
}

static xs_status refuse_missing(const xs_store *store, xs_diags *diags)
{
  xs_diag(diags, XS_D_STORE_MISSING, XS_NOWHERE,
          _("there is no store at %.*s; name one with --store, or begin one with “xieshang case "
            "new”"),
          XS_TEXT(store->path));
  return XS_EIO;
}

static xs_status open_file(xs_store *store, unsigned flags, xs_diags *diags)
{
  int mode = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  mode |= store->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (flags & XS_STORE_CREATE) mode |= SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2(store->path.ptr, &store->db, mode, NULL);
  if (!store->db) return XS_ENOMEM;
  if ((code & 0xff) == SQLITE_CANTOPEN && sqlite3_system_errno(store->db) == ENOENT &&
      !(flags & XS_STORE_CREATE))
    return refuse_missing(store, diags);
  if (code) return xs_store_failed(store, diags, code);
  xs_store_patience(store, PATIENCE_MS);
  code = xs_tokens_register(store->db);
  return code ? xs_store_failed(store, diags, code) : XS_OK;
}

/* ---- read-only folders ---- */

/*
 * SQLite keeps a file of shared memory beside a store that has a write-ahead log, also to read it.
 * Where the folder cannot be written nobody else can write either, so that the file is read as one
 * that never changes; unless a log lies beside it, which would be left out.
 */
static bool is_out_of_reach(xs_store *store)
{
  if (!store->read_only) return false;
  int code = sqlite3_exec(store->db, xs_sql_text(XS_SQL_OBJECTS), NULL, NULL, NULL) & 0xff;
  return code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
}

static bool has_log(const xs_store *store)
{
  const void *bytes = NULL;
  size_t len = 0;
  xs_text path = xs_arena_printf(store->arena, "%.*s-wal", XS_TEXT(store->path));
  if (!path.ptr || store->host->map(store->host->user, path.ptr, 0, &bytes, &len))
    return !path.ptr || errno != ENOENT;
  store->host->unmap(store->host->user, bytes, len);
  return false;
}

/* The path as a URI, in which three characters mean something else. */
static xs_status write_uri(const xs_store *store, xs_buf *out)
{
  xs_buf_str(out, "file:");
  for (size_t i = 0; i < store->path.len; i++) {
    char c = store->path.ptr[i];
    if (c == '?' || c == '#' || c == '%')
      xs_buf_printf(out, "%%%02X", (unsigned)c);
    else
      xs_buf_add(out, &c, 1);
  }
  xs_buf_str(out, "?immutable=1");
  return xs_buf_add(out, "", 1);
}

static xs_status open_unchanging(xs_store *store, xs_diags *diags)
{
  xs_buf uri;
  xs_buf_init(&uri, store->host, XS_MAX_PATH_BYTES);
  sqlite3_close(store->db);
  store->db = NULL;
  xs_status st = write_uri(store, &uri);
  int mode = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = st ? SQLITE_NOMEM : sqlite3_open_v2(uri.ptr, &store->db, mode, NULL);
  xs_buf_free(&uri);
  if (!store->db) return XS_ENOMEM;
  if (!code) code = xs_tokens_register(store->db);
  return code ? xs_store_failed(store, diags, code) : XS_OK;
}

xs_status xs_store_open(const xs_host *host, const char *path, unsigned flags, xs_diags *diags,
                        xs_store **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(host);
  xs_store *store = a ? XS_NEW(a, xs_store) : NULL;
  if (!store) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  *store = (xs_store){.host = host, .arena = a, .read_only = (flags & XS_STORE_READ_ONLY) != 0};
  if (store->read_only) flags &= ~(unsigned)XS_STORE_CREATE;
  store->path = xs_arena_text(a, xs_text_of(path));
  xs_status st = store->path.ptr ? open_file(store, flags, diags) : XS_ENOMEM;
  if (!st && is_out_of_reach(store) && !has_log(store)) st = open_unchanging(store, diags);
  if (!st) st = set_up(store, flags, diags);
  if (st)
    xs_store_close(store);
  else
    *out = store;
  return st;
}

void xs_store_shut(xs_store *store)
{
  if (store->db && store->inside) xs_store_rollback(store);
  for (size_t i = 0; i < XS_SQL_COUNT; i++) sqlite3_finalize(store->statements[i]);
  sqlite3_close(store->db);
}

void xs_store_close(xs_store *store)
{
  if (!store) return;
  xs_store_shut(store);
  xs_arena_free(store->arena);
}

int64_t xs_store_version_before(const xs_store *store)
{
  return store->version_before;
}
