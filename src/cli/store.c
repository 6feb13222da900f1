/* xieshang store: a copy of the store, whether it is sound, and of which version. */
#include "cli/store.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

xs_exit xs_cli_store_backup(xs_session *s);
xs_exit xs_cli_store_check(xs_session *s);
xs_exit xs_cli_store_migrate(xs_session *s);
xs_exit xs_cli_store_refresh(xs_session *s);

static unsigned flags_for(xs_store_use use, const char *path)
{
  bool reads = use == XS_STORE_TO_READ;
  if (use == XS_STORE_TO_CHECK) reads = access(path, F_OK) == 0 && access(path, W_OK) != 0;
  return reads ? XS_STORE_READ_ONLY : 0;
}

xs_status xs_session_store(xs_session *s, xs_store_use use, xs_store **out)
{
  *out = NULL;
  char *path = xs_place_store(xs_args_value(s->args, XS_OPTION_STORE), false);
  if (!path) {
    xs_diag(s->diags, XS_D_STORE_MISSING, XS_NOWHERE, "%s",
            _("there is no folder for the store: name one with --store FILE"));
    return XS_EIO;
  }
  xs_result_text(s, "store", xs_text_of(path));
  xs_status st = xs_store_open(s->host, path, flags_for(use, path), s->diags, out);
  free(path);
  return st;
}

static void keep_health(xs_session *s, const xs_health *h)
{
  json_object_set_new(s->result, "version", json_integer(h->version));
  json_object_set_new(s->result, "bytes", json_integer(h->bytes));
  json_object_set_new(s->result, "cases", json_integer(h->audit.cases));
  json_object_set_new(s->result, "events", json_integer(h->audit.events));
  xs_result_text(s, "journal", xs_text_of(h->audit.head));
}

xs_exit xs_cli_store_backup(xs_session *s)
{
  const char *path = s->args->operands[0];
  xs_store *store;
  xs_health health = {.version = 0};
  xs_status st = xs_session_store(s, XS_STORE_TO_READ, &store);
  if (!st) st = xs_store_backup(store, path, s->diags, &health);
  xs_store_close(store);
  xs_result_text(s, "file", xs_text_of(path));
  if (!st) keep_health(s, &health);
  if (!st && !s->json)
    printf(_("%s: %lld cases, %lld events, %lld bytes; the journal ends with %s\n"), path,
           (long long)health.audit.cases, (long long)health.audit.events, (long long)health.bytes,
           health.audit.head);
  return xs_session_report(s, st);
}

xs_exit xs_cli_store_check(xs_session *s)
{
  xs_store *store;
  xs_health health = {.version = 0};
  xs_status st = xs_session_store(s, XS_STORE_TO_CHECK, &store);
  if (!st) st = xs_store_check(store, s->diags, &health);
  xs_store_close(store);
  if (!st) keep_health(s, &health);
  json_object_set_new(s->result, "sound", json_boolean(!st));
  if (!st && !s->json)
    printf(
        _("sound: version %lld, %lld cases, %lld events, %lld files and papers; the journal ends "
          "with %s\n"),
        (long long)health.version, (long long)health.audit.cases, (long long)health.audit.events,
        (long long)health.blobs, health.audit.head);
  return xs_session_report(s, st);
}

xs_exit xs_cli_store_migrate(xs_session *s)
{
  xs_store *store;
  xs_status st = xs_session_store(s, XS_STORE_TO_WRITE, &store);
  if (!st) {
    long long from = xs_store_version_before(store), to = xs_store_version();
    json_object_set_new(s->result, "from", json_integer(from));
    json_object_set_new(s->result, "to", json_integer(to));
    if (!s->json && from == to)
      printf(_("the store is of version %lld, as it should be\n"), to);
    else if (!s->json)
      printf(_("the store was of version %lld, and is of version %lld now\n"), from, to);
  }
  xs_store_close(store);
  return xs_session_report(s, st);
}

xs_exit xs_cli_store_refresh(xs_session *s)
{
  xs_office *office = NULL;
  size_t count = 0;
  xs_status st = xs_session_office(s, 0, &office);
  if (!st) st = xs_office_refresh(office, s->diags, &count);
  json_object_set_new(s->result, "cases", json_integer((json_int_t)count));
  if (!st && !s->json) printf(_("%zu cases\n"), count);
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}
