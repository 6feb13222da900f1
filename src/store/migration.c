/*
 * Versions of the store. A new one is one XS_MIGRATION of sql.def, and a function in the table
 * below where SQL alone cannot do it. All steps to the version of this program are one transaction:
 * a power cut leaves the old store or the new one.
 */
#include "base/diag.h"
#include "store/check.h"
#include "store/journal.h"
#include "store/query.h"

static const struct {
  int64_t version;
  const char *text;
} migrations[] = {
#define XS_MIGRATION(version, text) {version, text},
#include "store/sql.def"
};

/* What SQL alone cannot do, once all of it has run. */
static const struct {
  int64_t version;
  xs_status (*fill)(xs_store *store, xs_diags *diags);
} fillers[] = {{2, xs_journal_fill}};

int64_t xs_store_version(void)
{
  return migrations[XS_COUNT(migrations) - 1].version;
}

static xs_status run(xs_store *store, xs_diags *diags, const char *text)
{
  int code = sqlite3_exec(store->db, text, NULL, NULL, NULL);
  return code ? xs_store_failed(store, diags, code) : XS_OK;
}

static xs_status bring(xs_store *store, xs_diags *diags)
{
  xs_query q;
  int64_t version = 0;
  xs_query_begin(&q, store, diags, XS_SQL_VERSION, "");
  if (xs_query_row(&q)) version = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  if (!st && !version) st = xs_query_run(store, diags, XS_SQL_MARK, "");
  for (size_t i = 0; !st && i < XS_COUNT(migrations); i++)
    if (migrations[i].version > version) st = run(store, diags, migrations[i].text);
  for (size_t i = 0; !st && i < XS_COUNT(fillers); i++)
    if (fillers[i].version > version) st = fillers[i].fill(store, diags);
  return st;
}

xs_status xs_store_migrate(xs_store *store, xs_diags *diags)
{
  xs_query q;
  int64_t version = 0;
  xs_query_begin(&q, store, diags, XS_SQL_VERSION, "");
  if (xs_query_row(&q)) version = xs_query_int(&q, 0);
  xs_status st = xs_query_end(&q);
  if (st || version == xs_store_version()) return st;
  bool own;
  st = xs_store_enter(store, diags, &own);
  if (!st) st = bring(store, diags);
  return xs_store_leave(store, diags, own, st);
}
