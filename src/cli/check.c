/* xieshang check: every problem of every file in one pass. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/measure.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "packet/kind.h"
#include "workflow/workflow.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_check(xs_session *s);

/* Says in one line how a file stands; its diagnostics are said already. */
static void print_result(const char *path, size_t errors, size_t warnings)
{
  if (errors || warnings)
    printf(_("%s: errors: %zu, warnings: %zu\n"), path, errors, warnings);
  else
    printf(_("%s: no problems\n"), path);
}

static void keep_result(json_t *files, const char *path, size_t errors, size_t warnings)
{
  json_t *file = json_object();
  json_object_set_new(file, "file", xs_json_text((xs_text){path, strlen(path)}));
  json_object_set_new(file, "errors", json_integer((json_int_t)errors));
  json_object_set_new(file, "warnings", json_integer((json_int_t)warnings));
  json_array_append_new(files, file);
}

/* A finished paper is no source of one. */
static bool is_pdf(const xs_session *s, const char *path)
{
  static const char head[] = "%PDF-";
  const void *ptr = NULL;
  size_t len = 0;
  if (s->host->map(s->host->user, path, SIZE_MAX, &ptr, &len)) return false;
  bool found = len >= strlen(head) && memcmp(ptr, head, strlen(head)) == 0;
  s->host->unmap(s->host->user, ptr, len);
  return found;
}

static bool is_workflow(const xs_session *s, const char *path)
{
  xs_kind kind = {.vocabulary = XS_VOCABULARY_COUNT};
  xs_arena *a = xs_arena_new(s->host);
  bool known = a && !xs_kind_find(a, xs_text_of(path), &kind);
  xs_arena_free(a);
  return known && kind.vocabulary == XS_VOCABULARY_WORKFLOW;
}

static xs_status check(xs_session *s, const char *path)
{
  if (is_workflow(s, path)) return xs_workflow_check(s->engine, path, s->diags);
  if (!is_pdf(s, path)) return xs_engine_check(s->engine, path, s->diags);
  xs_diag(s->diags, XS_D_VOCABULARY_UNKNOWN, XS_NOWHERE,
          _("%s: this is a PDF; --format-9704 measures finished papers"), path);
  return XS_EINPUT;
}

static void check_file(xs_session *s, size_t i, xs_progress *progress, json_t *files)
{
  const char *path = s->args->operands[i];
  xs_progress_step(progress, i, s->args->operand_count, (xs_text){path, strlen(path)});
  xs_status status = check(s, path);
  xs_progress_end(progress);
  size_t errors = xs_diags_count(s->diags, XS_ERROR);
  size_t warnings = xs_diags_count(s->diags, XS_WARNING) - errors;
  xs_session_report(s, status);
  keep_result(files, path, errors, warnings);
  if (!s->json) print_result(path, errors, warnings);
}

xs_exit xs_cli_check(xs_session *s)
{
  if (xs_args_given(s->args, XS_OPTION_FORMAT_9704)) return xs_cli_measure(s);
  if (xs_args_given(s->args, XS_OPTION_ALL)) {
    xs_usage_error(s->args->command, _("“--all” goes with “--format-9704”"));
    return XS_EXIT_USAGE;
  }
  json_t *files = json_array();
  json_object_set_new(s->result, "files", files);
  xs_status status = xs_session_engine(s);
  if (status) return xs_session_report(s, status);

  xs_progress progress;
  xs_progress_begin(&progress);
  for (size_t i = 0; i < s->args->operand_count; i++) check_file(s, i, &progress, files);
  return s->worst;
}
