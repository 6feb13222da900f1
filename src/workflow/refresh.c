/* The rows beside the cases of a store, made anew. */
#include "workflow/index.h"

/* So many cases are one transaction: others wait no longer than for these. */
enum { BATCH = 100 };

static xs_status refresh_case(xs_office *office, xs_text uid, xs_diags *diags)
{
  xs_office_case *c = NULL;
  xs_status st = xs_office_load(office, uid, 0, diags, &c);
  if (!st) st = xs_office_index(c, true, diags);
  xs_office_case_free(c);
  return st;
}

static xs_status refresh_batch(xs_office *office, const xs_store_case *cases, size_t count,
                               xs_diags *diags)
{
  xs_status st = xs_store_begin(office->store, diags);
  for (size_t i = 0; i < count && !st; i++) st = refresh_case(office, cases[i].uid, diags);
  if (!st) return xs_store_commit(office->store, diags);
  xs_store_rollback(office->store);
  return st;
}

xs_status xs_office_refresh(xs_office *office, xs_diags *diags, size_t *count)
{
  xs_store_case *cases = NULL;
  size_t all = 0;
  *count = 0;
  xs_arena *a = xs_arena_new(office->host);
  xs_status st =
      a ? xs_store_case_list(a, office->store, &(xs_store_filter){0}, diags, &cases, &all, NULL)
        : XS_ENOMEM;
  for (size_t done = 0; done < all && !st; done = *count) {
    size_t batch = all - done < BATCH ? all - done : BATCH;
    st = refresh_batch(office, cases + done, batch, diags);
    if (!st) *count += batch;
  }
  xs_arena_free(a);
  return st;
}
