/* xieshang log: is the log of a case as it was written, and its lines for other programs. */
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/out_file.h"
#include "cli/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

xs_exit xs_cli_log_verify(xs_session *s);
xs_exit xs_cli_log_export(xs_session *s);

/* ---- verify ---- */

/* 64 hexadecimal digits, as a packet prints them. False, and said on stderr, when it is not. */
static bool read_head(const xs_session *s, xs_text *out)
{
  *out = xs_text_of(xs_args_value(s->args, XS_OPTION_HEAD));
  if (!out->ptr || (out->len == 64 && strspn(out->ptr, "0123456789abcdef") == 64)) return true;
  xs_usage_error(s->args->command, _("“--head” takes 64 digits from 0 to 9 and a to f, not “%s”"),
                 out->ptr);
  return false;
}

static xs_status check_file(xs_session *s, const char *path, xs_text head, xs_audit *audit)
{
  const void *ptr = NULL;
  xs_text lines = {NULL, 0};
  if (s->host->map(s->host->user, path, XS_MAX_LOG_BYTES, &ptr, &lines.len)) {
    xs_diag(s->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), path,
            strerror(errno));
    return XS_EIO;
  }
  lines.ptr = ptr;
  xs_result_text(s, "file", xs_text_of(path));
  xs_status st = xs_log_check(s->host, xs_text_of(path), lines, head, s->diags, audit);
  s->host->unmap(s->host->user, ptr, lines.len);
  return st;
}

static xs_status check_store(xs_session *s, xs_text uid, xs_text head, xs_audit *audit)
{
  xs_store *store;
  xs_status st = xs_session_store(s, XS_STORE_TO_READ, &store);
  if (!st) st = xs_store_log_verify(store, uid, head, s->diags, audit);
  xs_store_close(store);
  if (uid.len) xs_result_text(s, "case", uid);
  return st;
}

static void keep(xs_session *s, const xs_audit *audit, bool intact)
{
  json_object_set_new(s->result, "intact", json_boolean(intact));
  if (!intact) return;
  json_object_set_new(s->result, "cases", json_integer(audit->cases));
  json_object_set_new(s->result, "events", json_integer(audit->events));
  xs_result_text(s, "head", xs_text_of(audit->head));
  if (audit->sought_at) json_object_set_new(s->result, "found", json_integer(audit->sought_at));
}

static void print(const xs_audit *audit, const char *name, xs_text head)
{
  if (name)
    printf(_("%s: %lld events, all as they were written; the last has the hash %s\n"), name,
           (long long)audit->events, audit->head);
  else
    printf(_("%lld cases, %lld events, all as they were written; the journal ends with %s\n"),
           (long long)audit->cases, (long long)audit->events, audit->head);
  if (head.len)
    printf(_("the hash that was given is that of event %lld\n"), (long long)audit->sought_at);
  else
    fputs(
        _("Compare the hash with one that was kept elsewhere: a log that was made anew as a whole "
          "agrees with itself.\n"),
        stdout);
}

xs_exit xs_cli_log_verify(xs_session *s)
{
  xs_text head;
  xs_audit audit = {.cases = 0};
  const char *path = xs_args_value(s->args, XS_OPTION_FILE);
  const char *uid = s->args->operand_count ? s->args->operands[0] : NULL;
  if (!read_head(s, &head)) return XS_EXIT_USAGE;
  if ((path && uid) || (head.len && !path && !uid)) {
    xs_usage_error(s->args->command, "%s",
                   path ? _("a case and “--file” exclude each other")
                        : _("“--head” is that of one case: name it, or a file with “--file”"));
    return XS_EXIT_USAGE;
  }
  xs_status st =
      path ? check_file(s, path, head, &audit) : check_store(s, xs_text_of(uid), head, &audit);
  keep(s, &audit, !st);
  if (!st && !s->json) print(&audit, path ? path : uid, head);
  return xs_session_report(s, st);
}

/* ---- export ---- */

/* Lines of text may go to a terminal. */
static xs_status write_lines(xs_session *s, xs_text lines)
{
  const char *path = xs_args_value(s->args, XS_OPTION_OUTPUT);
  if (!path || strcmp(path, "-") == 0) {
    fwrite(lines.ptr, 1, lines.len, stdout); /* a failure shows when the session closes */
    return XS_OK;
  }
  xs_result_text(s, "file", xs_text_of(path));
  json_object_set_new(s->result, "bytes", json_integer((json_int_t)lines.len));
  return xs_session_save(s, path, lines.ptr, lines.len);
}

static xs_status export_lines(xs_session *s, xs_text uid)
{
  xs_store *store;
  xs_buf lines;
  xs_buf_init(&lines, s->host, XS_MAX_LOG_BYTES);
  xs_status st = xs_session_store(s, XS_STORE_TO_READ, &store);
  if (!st) st = xs_store_log_export(store, uid, s->diags, &lines);
  if (st == XS_ELIMIT)
    xs_diag(s->diags, XS_D_LIMIT, XS_NOWHERE, _("a log of more than %u bytes"), XS_MAX_LOG_BYTES);
  xs_store_close(store);
  if (!st) st = write_lines(s, xs_buf_view(&lines));
  xs_buf_free(&lines);
  return st;
}

/* The same as a paper. */
static xs_status export_paper(xs_session *s, const char *uid)
{
  xs_office *office;
  xs_bytes pdf = {0};
  const xs_render_options options = {0};
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_render(office, uid, "log-annex", &options, 0, s->diags, &pdf);
  if (!st) st = xs_out_file_write(s, &pdf);
  xs_bytes_free(&pdf);
  xs_office_close(office);
  return st;
}

xs_exit xs_cli_log_export(xs_session *s)
{
  const char *uid = s->args->operands[0];
  const char *path = xs_args_value(s->args, XS_OPTION_OUTPUT);
  if (s->json && (!path || xs_out_file_is_stdout(s))) {
    xs_usage_error(s->args->command, "%s",
                   _("with “--format json” the lines need a file: -o FILE"));
    return XS_EXIT_USAGE;
  }
  bool paper = path && xs_text_ends(xs_text_of(path), ".pdf");
  xs_status st = paper ? export_paper(s, uid) : export_lines(s, xs_text_of(uid));
  xs_result_text(s, "case", xs_text_of(uid));
  return xs_session_report(s, st);
}
