#include "store/check.h"

#include "base/diag.h"
#include "base/text.h"
#include "store/blob.h"
#include "store/journal.h"
#include "store/query.h"

typedef struct check {
  xs_store *store;
  xs_diags *diags;
  xs_health *out;
  size_t faults;
} check;

/* ---- the file ---- */

static xs_status check_pages(check *t)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_INTEGRITY, "");
  while (xs_query_row(&q)) {
    xs_text said = xs_query_view(&q, 0);
    if (xs_text_is(said, "ok")) continue;
    t->faults++;
    xs_diag(t->diags, XS_D_STORE_DAMAGED, XS_NOWHERE,
            _("%.*s is damaged: %.*s. Keep it as it is, and go on with the last backup"),
            XS_TEXT(t->store->path), XS_TEXT(said));
  }
  return xs_query_end(&q);
}

static xs_status check_references(check *t)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_REFERENCES, "");
  while (xs_query_row(&q)) {
    t->faults++;
    xs_diag(t->diags, XS_D_STORE_DANGLING, XS_NOWHERE,
            _("%.*s: row %lld of the table %.*s refers to a row of %.*s that is not there"),
            XS_TEXT(t->store->path), (long long)xs_query_int(&q, 1), XS_TEXT(xs_query_view(&q, 0)),
            XS_TEXT(xs_query_view(&q, 2)));
  }
  return xs_query_end(&q);
}

/* The index of the search has a check of its own, which SQL calls by writing to it. */
static xs_status check_search(check *t)
{
  bool own;
  if (t->store->read_only) return XS_OK;
  xs_status st = xs_store_enter(t->store, t->diags, &own);
  if (!st) st = xs_query_run(t->store, t->diags, XS_SQL_SEARCH_CHECK, "");
  return xs_store_leave(t->store, t->diags, own, st);
}

/* ---- tables and rules ---- */

typedef struct rule {
  xs_text name, sql;
} rule;

static xs_status list_rules(xs_arena *a, xs_store *store, xs_diags *diags, rule **out,
                            size_t *count)
{
  xs_query q;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_query_begin(&q, store, diags, XS_SQL_RULES, "");
  while (xs_query_row(&q)) {
    rule *r = XS_PUSH(a, *out, *count, capacity);
    if (r)
      *r = (rule){xs_query_text(&q, a, 0), xs_query_text(&q, a, 1)};
    else
      q.status = XS_ENOMEM;
  }
  return xs_query_end(&q);
}

static void tell_rule(check *t, xs_text name, const char *format)
{
  t->faults++;
  xs_diag(t->diags, XS_D_STORE_SCHEMA, XS_NOWHERE, xs_message(format), XS_TEXT(t->store->path),
          XS_TEXT(name));
}

/* Both lists are sorted by name. */
static void compare_rules(check *t, const rule *is, size_t is_count, const rule *ours,
                          size_t our_count)
{
  size_t i = 0, j = 0;
  while (i < is_count || j < our_count) {
    int order = i >= is_count ? 1 : j >= our_count ? -1 : xs_text_compare(is[i].name, ours[j].name);
    if (order > 0)
      tell_rule(t, ours[j++].name, N_("%.*s: the %.*s is missing; somebody has taken it away"));
    else if (order < 0)
      tell_rule(t, is[i++].name, N_("%.*s: the %.*s is not of this program"));
    else if (!xs_text_equal(is[i++].sql, ours[j++].sql))
      tell_rule(t, is[i - 1].name, N_("%.*s: the %.*s was changed"));
  }
}

/* A store of this version is made in memory, and shows how it should be. */
static xs_status check_schema(check *t)
{
  rule *is, *ours;
  size_t is_count, our_count;
  xs_store *fresh = NULL;
  xs_arena *a = xs_arena_new(t->store->host);
  xs_status st = a ? XS_OK : XS_ENOMEM;
  if (!st) st = xs_store_open(t->store->host, ":memory:", XS_STORE_CREATE, t->diags, &fresh);
  if (!st) st = list_rules(a, fresh, t->diags, &ours, &our_count);
  if (!st) st = list_rules(a, t->store, t->diags, &is, &is_count);
  if (!st) compare_rules(t, is, is_count, ours, our_count);
  xs_store_close(fresh);
  xs_arena_free(a);
  return st;
}

/* ---- what is kept ---- */

static xs_status check_blobs(check *t)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_BLOB_LIST, "");
  while (xs_query_row(&q)) {
    xs_text bytes;
    xs_arena *a = xs_arena_new(t->store->host);
    xs_status st = a ? xs_blob_get(a, t->store, xs_query_int(&q, 0), t->diags, &bytes) : XS_ENOMEM;
    xs_arena_free(a);
    if (st == XS_EINPUT)
      t->faults++;
    else
      q.status = st;
    t->out->blobs++;
  }
  return xs_query_end(&q);
}

/* Rows that say the same in two places, and what the log says of them. */
static xs_status check_agreement(check *t)
{
  xs_query q;
  xs_query_begin(&q, t->store, t->diags, XS_SQL_DISAGREEING, "");
  while (xs_query_row(&q)) {
    t->faults++;
    xs_diag(t->diags, XS_D_STORE_DISAGREES, XS_NOWHERE,
            _("%.*s: the table %.*s was changed past the program: %.*s"), XS_TEXT(t->store->path),
            XS_TEXT(xs_query_view(&q, 0)), XS_TEXT(xs_query_view(&q, 1)));
  }
  return xs_query_end(&q);
}

/* ---- all of it ---- */

xs_status xs_store_measure(xs_store *store, xs_diags *diags, xs_health *out)
{
  xs_query q;
  out->version = xs_store_version();
  xs_query_begin(&q, store, diags, XS_SQL_MEASURE, "");
  if (xs_query_row(&q)) {
    out->bytes = xs_query_int(&q, 0);
    out->audit.cases = xs_query_int(&q, 1);
  }
  xs_status st = xs_query_end(&q);
  if (!st) st = xs_journal_end(store, diags, &out->audit.end, out->audit.head);
  out->audit.events = out->audit.end;
  return st;
}

xs_status xs_store_check(xs_store *store, xs_diags *diags, xs_health *out)
{
  static xs_status (*const checks[])(check *) = {check_pages, check_references, check_search,
                                                 check_schema, check_blobs};
  *out = (xs_health){.version = 0};
  check t = {.store = store, .diags = diags, .out = out};
  xs_status st = xs_store_measure(store, diags, out);
  for (size_t i = 0; !st && i < XS_COUNT(checks); i++) st = checks[i](&t);
  if (!st) st = xs_store_log_verify(store, XS_NO_TEXT, XS_NO_TEXT, diags, &out->audit);
  if (!st) st = check_agreement(&t); /* with a log that can be believed */
  return st || !t.faults ? st : XS_EINPUT;
}
