#include "cli/session.h"

#include "base/diag.h"
#include "base/diag_print.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/place.h"
#include "cli/site.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const severities[] = {"note", "warning", "error"};

static const xs_diag_style colours = {
    .place = "\033[1m",
    .severity = {"\033[1;36m", "\033[1;35m", "\033[1;31m"},
    .caret = "\033[1;32m",
    .end = "\033[0m",
};

/* ---- JSON ---- */

json_t *xs_json_text(xs_text text)
{
  json_t *value = json_stringn(text.len ? text.ptr : "", text.len);
  if (value) return value;
  xs_buf mended;
  xs_buf_init(&mended, xs_host_posix(), XS_MAX_BUF_BYTES);
  for (size_t off = 0; off < text.len;) xs_buf_char(&mended, xs_text_next(text, &off));
  value = json_stringn(mended.ptr ? mended.ptr : "", mended.len);
  xs_buf_free(&mended);
  return value;
}

void xs_result_text(xs_session *s, const char *key, xs_text text)
{
  json_object_set_new(s->result, key, xs_json_text(text));
}

static json_t *json_of_diag(const xs_diag_view *view)
{
  json_t *object = json_object();
  json_object_set_new(object, "severity", json_string(severities[view->severity]));
  if (view->slug.len) json_object_set_new(object, "slug", xs_json_text(view->slug));
  json_object_set_new(object, "text", xs_json_text(view->text));
  if (!view->line) return object;
  json_object_set_new(object, "file", xs_json_text(view->file));
  json_object_set_new(object, "line", json_integer(view->line));
  json_object_set_new(object, "column", json_integer(view->column));
  json_object_set_new(object, "length", json_integer(view->column_count));
  json_object_set_new(object, "excerpt", xs_json_text(view->source_line));
  return object;
}

/* A note belongs to the diagnostic before it. */
static void keep_for_json(xs_session *s, const xs_diag_view *view)
{
  size_t count = json_array_size(s->messages);
  json_t *object = json_of_diag(view);
  if (view->severity != XS_NOTE || view->slug.len || count == 0) {
    json_array_append_new(s->messages, object);
    return;
  }
  json_t *last = json_array_get(s->messages, count - 1);
  json_t *notes = json_object_get(last, "notes");
  if (!notes) {
    notes = json_array();
    json_object_set_new(last, "notes", notes);
  }
  json_array_append_new(notes, object);
}

static bool print_json(xs_session *s, xs_exit exit)
{
  json_t *all = json_object();
  json_object_set_new(all, "program", json_string("xieshang"));
  json_object_set_new(all, "version", json_string(xs_version()));
  json_object_set_new(all, "command", json_string(s->args->command->name));
  json_object_set_new(all, "exit", json_integer((json_int_t)exit));
  json_object_set(all, "diagnostics", s->messages);
  json_object_set(all, "result", s->result);
  int failed = json_dumpf(all, stdout, JSON_INDENT(2));
  json_decref(all);
  return !failed && putchar('\n') != EOF;
}

/* ---- diagnostics ---- */

static void print_diag(const xs_session *s, const xs_diag_view *view)
{
  xs_buf text;
  xs_buf_init(&text, s->host, XS_MAX_BUF_BYTES);
  if (!xs_diag_print_styled(view, s->colour ? &colours : NULL, &text))
    fwrite(text.ptr, 1, text.len, stderr);
  xs_buf_free(&text);
}

static xs_exit exit_of(const xs_diags *diags, xs_status status)
{
  switch (status) {
  case XS_OK:
    if (xs_diags_count(diags, XS_ERROR)) return XS_EXIT_ERRORS;
    return xs_diags_count(diags, XS_WARNING) ? XS_EXIT_WARNINGS : XS_EXIT_CLEAN;
  case XS_EINPUT:
  case XS_ELIMIT:
  case XS_ECONFLICT:
    return XS_EXIT_ERRORS;
  case XS_ENOMEM:
  case XS_EIO:
    break;
  }
  return XS_EXIT_SYSTEM;
}

xs_exit xs_session_report(xs_session *s, xs_status status)
{
  xs_exit exit = exit_of(s->diags, status);
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(s->diags, i, &view); i++) {
    if (s->json)
      keep_for_json(s, &view);
    else
      print_diag(s, &view);
  }
  if (status == XS_ENOMEM) fprintf(stderr, "xieshang: %s\n", _("out of memory"));
  xs_diags_clear(s->diags);
  if (exit > s->worst) s->worst = exit;
  return exit;
}

/* ---- life ---- */

xs_exit xs_session_open(const xs_args *args, xs_session *out)
{
  static const char *const formats[] = {"text", "json"};
  size_t format = 0;
  if (!xs_args_choice(args, XS_OPTION_FORMAT, formats, XS_COUNT(formats), &format))
    return XS_EXIT_USAGE;
  *out = (xs_session){
      .host = xs_host_posix(),
      .args = args,
      .json = format == 1,
      .colour = xs_terminal_colour(),
      .result = json_object(),
      .messages = json_array(),
      .diags = xs_diags_new(xs_host_posix()),
  };
  return out->diags ? XS_EXIT_CLEAN : XS_EXIT_SYSTEM;
}

xs_exit xs_session_close(xs_session *s, xs_exit exit)
{
  if (exit < s->worst) exit = s->worst;
  bool written = exit == XS_EXIT_USAGE || !s->json || print_json(s, exit);
  if (fflush(stdout) != 0 || ferror(stdout)) written = false;
  if (!written) {
    fprintf(stderr, "xieshang: %s: %s\n", _("standard output cannot be written"), strerror(errno));
    exit = XS_EXIT_SYSTEM;
  }
  xs_engine_close(s->engine);
  xs_diags_free(s->diags);
  json_decref(s->result);
  json_decref(s->messages);
  return exit;
}

xs_status xs_session_engine(xs_session *s)
{
  if (s->engine) return XS_OK;
  char *dir = xs_place_data(xs_args_value(s->args, XS_OPTION_DATA_DIR));
  if (!dir) {
    xs_diag(s->diags, XS_D_FILE_READ, XS_NOWHERE,
            _("the folder with templates/ and fonts/ is not found; name it with --data-dir or the "
              "environment variable XIESHANG_DATA"));
    return XS_EIO;
  }
  xs_status status = xs_engine_open(s->host, dir, s->diags, &s->engine);
  free(dir);
  return status ? status : xs_site_lay(s);
}

xs_status xs_session_case(xs_session *s, xs_case **out)
{
  const char *path = xs_args_value(s->args, XS_OPTION_CASE);
  *out = NULL;
  xs_status status = xs_session_engine(s);
  if (status || !path) return status;
  return xs_engine_case(s->engine, path, s->diags, out);
}

xs_status xs_session_save(xs_session *s, const char *path, const void *ptr, size_t len)
{
  if (s->host->save(s->host->user, path, ptr, len) == 0) return XS_OK;
  xs_diag(s->diags, XS_D_FILE_WRITE, XS_NOWHERE, _("%s cannot be written: %s"), path,
          strerror(errno));
  return XS_EIO;
}
