/* Users: those in whose name something may be done. */
#include "base/diag.h"
#include "store/query.h"

xs_status xs_store_user_put(xs_store *store, const xs_store_user *user, xs_diags *diags)
{
  bool own;
  xs_status st = xs_store_enter(store, diags, &own);
  if (!st)
    st = xs_query_run(store, diags, XS_SQL_USER_PUT, "ttii", user->name, user->roles,
                      (int64_t)user->active, store->host->now(store->host->user));
  return xs_store_leave(store, diags, own, st);
}

static void read_user(xs_query *q, xs_arena *a, xs_store_user *out)
{
  *out = (xs_store_user){.name = xs_query_text(q, a, 0),
                         .roles = xs_query_text(q, a, 1),
                         .active = xs_query_int(q, 2) != 0};
}

xs_status xs_store_user_find(xs_arena *a, xs_store *store, xs_text name, xs_diags *diags,
                             xs_store_user *out, bool *found)
{
  xs_query q;
  *out = (xs_store_user){.active = false};
  xs_query_begin(&q, store, diags, XS_SQL_USER_FIND, "t", name);
  *found = xs_query_row(&q);
  if (*found) read_user(&q, a, out);
  return xs_query_end(&q);
}

xs_status xs_store_user_list(xs_arena *a, xs_store *store, xs_diags *diags, xs_store_user **out,
                             size_t *count)
{
  xs_query q;
  size_t capacity = 0;
  *out = NULL;
  *count = 0;
  xs_query_begin(&q, store, diags, XS_SQL_USER_LIST, "");
  while (xs_query_row(&q)) {
    xs_store_user *user = XS_PUSH(a, *out, *count, capacity);
    if (user)
      read_user(&q, a, user);
    else
      q.status = xs_diags_arena(diags, a, XS_ENOMEM);
  }
  return xs_query_end(&q);
}
