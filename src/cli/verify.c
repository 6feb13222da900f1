/* xieshang verify: a packet archive against its manifest, and against the log of its case. */
#include "packet/verify.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

xs_exit xs_cli_verify(xs_session *s);

static xs_status check_store(xs_session *s, const xs_packet_log *log, xs_audit *audit)
{
  xs_store *store;
  xs_status st = xs_session_store(s, XS_STORE_TO_READ, &store);
  if (!st) st = xs_store_log_verify(store, log->case_id, log->head, s->diags, audit);
  xs_store_close(store);
  return st;
}

static xs_status check_lines(xs_session *s, const char *path, const xs_packet_log *log,
                             xs_audit *audit)
{
  const void *ptr = NULL;
  size_t len = 0;
  if (s->host->map(s->host->user, path, XS_MAX_LOG_BYTES, &ptr, &len) != 0) {
    xs_diag(s->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), path,
            strerror(errno));
    return XS_EIO;
  }
  xs_status st =
      xs_log_check(s->host, xs_text_of(path), (xs_text){ptr, len}, log->head, s->diags, audit);
  s->host->unmap(s->host->user, ptr, len);
  return st;
}

/* The head that stands in the packet must be an event of a log that is as it was written. */
static xs_status check_log(xs_session *s, const xs_packet_log *log, xs_audit *audit)
{
  const char *lines = xs_args_value(s->args, XS_OPTION_FILE);
  if (!lines && !xs_args_given(s->args, XS_OPTION_STORE)) return XS_OK;
  if (!log->head.len) {
    xs_diag(s->diags, XS_D_PACKET_LOG, XS_NOWHERE, "%s",
            _("the packet was made of a file: it speaks of no log to be held against"));
    return XS_EINPUT;
  }
  xs_result_text(s, "case", log->case_id);
  xs_result_text(s, "head", log->head);
  return lines ? check_lines(s, lines, log, audit) : check_store(s, log, audit);
}

xs_exit xs_cli_verify(xs_session *s)
{
  const char *path = s->args->operands[0];
  xs_packet_log log = {XS_LIT(""), XS_LIT("")};
  xs_audit audit = {.cases = 0};
  xs_arena *a = xs_arena_new(s->host);
  xs_status status = a ? xs_packet_verify_log(a, s->host, path, s->diags, &log) : XS_ENOMEM;
  xs_result_text(s, "file", (xs_text){path, strlen(path)});
  if (!status) status = check_log(s, &log, &audit);
  xs_exit exit = xs_session_report(s, status);
  json_object_set_new(s->result, "intact", json_boolean(exit <= XS_EXIT_WARNINGS));
  if (audit.sought_at) json_object_set_new(s->result, "found", json_integer(audit.sought_at));
  if (!s->json && exit == XS_EXIT_CLEAN) {
    printf(_("%s: every file is as it was sealed\n"), path);
    if (audit.sought_at)
      printf(_("the log of case “%.*s” is as it was written; the packet holds entry %lld of it\n"),
             XS_TEXT(log.case_id), (long long)audit.sought_at);
  }
  xs_arena_free(a);
  return exit;
}
