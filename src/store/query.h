/* Statements of sql.def: prepared when first used, run, and read row by row. */
#ifndef XS_STORE_QUERY_H
#define XS_STORE_QUERY_H

#include "store/store.h"

#include <sqlite3.h>

/* clang-format off */
typedef enum xs_sql {
#define XS_QUERY(id, text) XS_SQL_##id,
#include "store/sql.def"
  XS_SQL_COUNT
} xs_sql;
/* clang-format on */

const char *xs_sql_text(xs_sql id);

struct xs_store {
  const xs_host *host;
  sqlite3 *db;
  xs_arena *arena; /* of the path */
  xs_text path;
  int64_t version_before; /* of the file when it was opened; 0: it was new */
  bool read_only;
  bool inside;       /* a transaction is open */
  xs_status failure; /* the first that a writing call of this transaction met */
  sqlite3_stmt *statements[XS_SQL_COUNT];
};

/*
 * One run of a statement. The arguments after `types` are bound in order: t xs_text (empty text is
 * '' ), o xs_text (empty text is NULL), b xs_text as a blob, i int64_t, r int64_t (0 is NULL).
 * Texts must live until the end. A statement runs once at a time.
 *
 *   xs_query q;
 *   xs_query_begin(&q, store, diags, XS_SQL_TRACK_LIST, "i", id);
 *   while (xs_query_row(&q)) …
 *   return xs_query_end(&q);
 */
typedef struct xs_query {
  xs_store *store;
  xs_diags *diags;
  sqlite3_stmt *statement;
  xs_status status; /* the first failure; no rows come after it */
} xs_query;

void xs_query_begin(xs_query *q, xs_store *store, xs_diags *diags, xs_sql id, const char *types,
                    ...);
bool xs_query_row(xs_query *q);
xs_status xs_query_end(xs_query *q);

/* All three in one, for statements without rows. */
xs_status xs_query_run(xs_store *store, xs_diags *diags, xs_sql id, const char *types, ...);

/* Columns of the row at hand, from 0. */
int64_t xs_query_int(const xs_query *q, int column);
bool xs_query_null(const xs_query *q, int column);
/* Until the next row. */
xs_text xs_query_view(const xs_query *q, int column);
/* In `a`; a failure is kept in q->status. */
xs_text xs_query_text(xs_query *q, xs_arena *a, int column);

/* What SQLite says of itself, as a diagnostic that says what to do. */
xs_status xs_store_failed(xs_store *store, xs_diags *diags, int code);

/*
 * Round every call that writes: enter begins a transaction when none is open, leave ends it, or
 * remembers the failure for commit.
 */
xs_status xs_store_enter(xs_store *store, xs_diags *diags, bool *own);
xs_status xs_store_leave(xs_store *store, xs_diags *diags, bool own, xs_status status);

/* The row of a case; XS_EINPUT, with a diagnostic, when there is none. */
xs_status xs_store_case_id(xs_store *store, xs_text uid, xs_diags *diags, int64_t *id);

/* Brings the store to the version of this program. */
xs_status xs_store_migrate(xs_store *store, xs_diags *diags);

/* Closes the connection; what the store is made of stays. */
void xs_store_shut(xs_store *store);

#endif
