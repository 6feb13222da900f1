#include "store/query.h"

#include "base/diag.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

static const char *const texts[] = {
#define XS_QUERY(id, text) text,
#include "store/sql.def"
};

const char *xs_sql_text(xs_sql id)
{
  return texts[id];
}

/* ---- failures ---- */

static xs_status fail_disk(xs_store *store, xs_diags *diags)
{
  xs_diag(diags, XS_D_STORE_FULL, XS_NOWHERE,
          _("%.*s cannot be written: no room is left on the disk, or in the quota of the user; "
            "nothing was changed. Free some space and do it again"),
          XS_TEXT(store->path));
  return XS_EIO;
}

/* What the system said is not always kept; a write that fails is most often one without room. */
static xs_status fail_io(xs_store *store, xs_diags *diags, int code)
{
  int error = sqlite3_system_errno(store->db);
  bool writing = code == SQLITE_IOERR_WRITE && error == 0;
  if (writing || error == ENOSPC || error == EFBIG || error == EDQUOT)
    return fail_disk(store, diags);
  xs_diag(diags, XS_D_STORE_IO, XS_NOWHERE,
          _("%.*s: the disk failed: %s; nothing was changed. When it happens again, copy the file "
            "to another disk and run “xieshang store check”"),
          XS_TEXT(store->path), error ? strerror(error) : sqlite3_errmsg(store->db));
  return XS_EIO;
}

static xs_status fail_damaged(xs_store *store, xs_diags *diags)
{
  xs_diag(diags, XS_D_STORE_DAMAGED, XS_NOWHERE,
          _("%.*s is damaged or cut off (%s). Keep it as it is, and go on with the last backup; "
            "“xieshang store check” says what is wrong"),
          XS_TEXT(store->path), sqlite3_errmsg(store->db));
  return XS_EINPUT;
}

static xs_status fail_read_only(xs_store *store, xs_diags *diags)
{
  xs_diag(diags, XS_D_STORE_READ_ONLY, XS_NOWHERE,
          _("%.*s can only be read: give yourself the right to write the file and its folder, or "
            "name another with --store"),
          XS_TEXT(store->path));
  return XS_EIO;
}

/* A trigger says in English which rule of the store stood in the way. */
static xs_status fail_rule(xs_store *store, xs_diags *diags)
{
  xs_diag(diags, XS_D_STORE_RULE, XS_NOWHERE, _("%.*s: the store refuses this: %s"),
          XS_TEXT(store->path), sqlite3_errmsg(store->db));
  return XS_ECONFLICT;
}

xs_status xs_store_failed(xs_store *store, xs_diags *diags, int code)
{
  switch (code & 0xff) {
  case SQLITE_NOMEM:
    return XS_ENOMEM;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    xs_diag(diags, XS_D_STORE_BUSY, XS_NOWHERE,
            _("%.*s: another program is writing to it; nothing was changed. Wait until it has "
              "finished and do it again"),
            XS_TEXT(store->path));
    return XS_ECONFLICT;
  case SQLITE_FULL:
    return fail_disk(store, diags);
  case SQLITE_IOERR:
    return fail_io(store, diags, code);
  case SQLITE_READONLY:
    return fail_read_only(store, diags);
  case SQLITE_CONSTRAINT:
    return fail_rule(store, diags);
  case SQLITE_TOOBIG:
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("%.*s: a row is too large for the store"),
            XS_TEXT(store->path));
    return XS_ELIMIT;
  case SQLITE_NOTADB:
    xs_diag(diags, XS_D_STORE_FOREIGN, XS_NOWHERE,
            _("%.*s is not a store of xieshang; name another file with --store"),
            XS_TEXT(store->path));
    return XS_EINPUT;
  case SQLITE_CANTOPEN:
    xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE,
            _("%.*s cannot be opened: %s; see that the folder is there and that you may write it"),
            XS_TEXT(store->path), strerror(sqlite3_system_errno(store->db)));
    return XS_EIO;
  default:
    return fail_damaged(store, diags);
  }
}

/* ---- statements ---- */

static int prepare(xs_store *store, xs_sql id)
{
  if (store->statements[id]) return SQLITE_OK;
  return sqlite3_prepare_v3(store->db, texts[id], -1, SQLITE_PREPARE_PERSISTENT,
                            &store->statements[id], NULL);
}

static int bind_text(sqlite3_stmt *statement, int i, xs_text text)
{
  return sqlite3_bind_text64(statement, i, text.len ? text.ptr : "", text.len, SQLITE_STATIC,
                             SQLITE_UTF8);
}

static int bind_number(sqlite3_stmt *statement, int i, int64_t number, bool optional)
{
  if (optional && !number) return sqlite3_bind_null(statement, i);
  return sqlite3_bind_int64(statement, i, number);
}

static int bind(sqlite3_stmt *statement, int i, char type, va_list *args)
{
  if (type == 'i' || type == 'r')
    return bind_number(statement, i, va_arg(*args, int64_t), type == 'r');
  xs_text text = va_arg(*args, xs_text);
  if (type == 'b')
    return sqlite3_bind_blob64(statement, i, text.len ? text.ptr : "", text.len, SQLITE_STATIC);
  if (type == 'o' && !text.len) return sqlite3_bind_null(statement, i);
  return bind_text(statement, i, text);
}

static void begin(xs_query *q, xs_store *store, xs_diags *diags, xs_sql id, const char *types,
                  va_list *args)
{
  *q = (xs_query){.store = store, .diags = diags};
  int code = prepare(store, id);
  if (!code) {
    q->statement = store->statements[id];
    assert(strlen(types) == (size_t)sqlite3_bind_parameter_count(q->statement));
    for (int i = 0; !code && types[i]; i++) code = bind(q->statement, i + 1, types[i], args);
  }
  if (code) q->status = xs_store_failed(store, diags, code);
}

void xs_query_begin(xs_query *q, xs_store *store, xs_diags *diags, xs_sql id, const char *types,
                    ...)
{
  va_list args;
  va_start(args, types);
  begin(q, store, diags, id, types, &args);
  va_end(args);
}

bool xs_query_row(xs_query *q)
{
  if (q->status) return false;
  int code = sqlite3_step(q->statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) q->status = xs_store_failed(q->store, q->diags, code);
  return false;
}

xs_status xs_query_end(xs_query *q)
{
  if (q->statement) {
    sqlite3_reset(q->statement);
    sqlite3_clear_bindings(q->statement);
  }
  q->statement = NULL;
  return q->status;
}

xs_status xs_query_run(xs_store *store, xs_diags *diags, xs_sql id, const char *types, ...)
{
  xs_query q;
  va_list args;
  va_start(args, types);
  begin(&q, store, diags, id, types, &args);
  va_end(args);
  while (xs_query_row(&q)) continue;
  return xs_query_end(&q);
}

/* ---- columns ---- */

int64_t xs_query_int(const xs_query *q, int column)
{
  return sqlite3_column_int64(q->statement, column);
}

bool xs_query_null(const xs_query *q, int column)
{
  return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

xs_text xs_query_view(const xs_query *q, int column)
{
  const void *bytes = sqlite3_column_blob(q->statement, column);
  return (xs_text){bytes, (size_t)sqlite3_column_bytes(q->statement, column)};
}

xs_text xs_query_text(xs_query *q, xs_arena *a, int column)
{
  xs_text kept = xs_arena_text(a, xs_query_view(q, column));
  if (!kept.ptr && !q->status) q->status = xs_diags_arena(q->diags, a, XS_ENOMEM);
  return kept;
}
