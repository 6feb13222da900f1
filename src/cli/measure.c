#include "cli/measure.h"

#include "base/diag.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const char format[] = "gb-t-9704";

static const char *form_name(const char *id)
{
  xs_text form = xs_text_of(id);
  if (xs_text_is(form, "letter")) return _("letter");
  if (xs_text_is(form, "minutes")) return _("minutes");
  return _("official document");
}

/* What a finding weighs: nothing when it fits. */
static const char *weight(const xs_finding *f)
{
  if (f->fits) return "right";
  return f->must ? "error" : "warning";
}

static const char *weight_word(const xs_finding *f)
{
  if (f->fits) return _("right");
  return f->must ? _("error") : _("warning");
}

/* ---- text ---- */

static void print_finding(const char *path, const xs_finding *f)
{
  printf(_("%s: page %u: %s: %.*s: %.*s, wanted %.*s"), path, (unsigned)f->page, weight_word(f),
         XS_TEXT(f->name), XS_TEXT(f->measured), XS_TEXT(f->wanted));
  if (f->deviation.len && !f->fits) printf(_(", off by %.*s"), XS_TEXT(f->deviation));
  if (f->where.len) printf(_(", at “%.*s”"), XS_TEXT(f->where));
  printf(" [%.*s, %.*s %.*s]\n", XS_TEXT(f->rule), XS_TEXT(f->standard), XS_TEXT(f->clause));
}

/* ---- JSON ---- */

static json_t *number(int64_t milli)
{
  return json_real((double)milli / 1000);
}

static json_t *json_of(const xs_finding *f)
{
  json_t *o = json_object();
  json_object_set_new(o, "page", json_integer((json_int_t)f->page));
  json_object_set_new(o, "rule", xs_json_text(f->rule));
  json_object_set_new(o, "clause", xs_json_text(f->clause));
  json_object_set_new(o, "grade", xs_json_text(f->grade));
  json_object_set_new(o, "severity", json_string(weight(f)));
  json_object_set_new(o, "name", xs_json_text(f->name_en));
  json_object_set_new(o, "name-zh", xs_json_text(f->name_zh));
  if (f->is_word) {
    json_object_set_new(o, "measured", xs_json_text(f->measured));
  } else {
    json_object_set_new(o, "measured", number(f->measured_milli));
    json_object_set_new(o, "deviation", number(f->off_milli));
    json_object_set_new(o, "unit", json_string(f->unit));
  }
  json_object_set_new(o, "wanted", xs_json_text(f->wanted));
  if (f->where.len) json_object_set_new(o, "text", xs_json_text(f->where));
  return o;
}

/* ---- files ---- */

static void weigh(xs_session *s, const xs_finding *f)
{
  xs_exit exit = f->fits ? XS_EXIT_CLEAN : f->must ? XS_EXIT_ERRORS : XS_EXIT_WARNINGS;
  if (exit > s->worst) s->worst = exit;
}

static void show(xs_session *s, const char *path, xs_report *report, json_t *file)
{
  const bool all = xs_args_given(s->args, XS_OPTION_ALL);
  size_t measured = 0, deviations = 0;
  xs_finding f;
  json_t *findings = json_array();
  for (; xs_report_at(report, measured, &f); measured++) {
    deviations += !f.fits;
    weigh(s, &f);
    if (f.fits && !all) continue;
    json_array_append_new(findings, json_of(&f));
    if (!s->json) print_finding(path, &f);
  }
  json_object_set_new(file, "form", json_string(xs_report_form(report)));
  json_object_set_new(file, "measured", json_integer((json_int_t)measured));
  json_object_set_new(file, "deviations", json_integer((json_int_t)deviations));
  json_object_set_new(file, "findings", findings);
  if (!s->json)
    printf(_("%s: %s; measurements: %zu, deviations: %zu\n"), path,
           form_name(xs_report_form(report)), measured, deviations);
}

static void measure_file(xs_session *s, const char *path, json_t *files)
{
  xs_report *report = NULL;
  json_t *file = json_object();
  xs_status status = xs_engine_measure(s->engine, format, path, s->diags, &report);
  xs_session_report(s, status);
  json_object_set_new(file, "file", xs_json_text(xs_text_of(path)));
  if (report) show(s, path, report, file);
  json_array_append_new(files, file);
  xs_report_free(report);
}

xs_exit xs_cli_measure(xs_session *s)
{
  json_t *files = json_array();
  json_object_set_new(s->result, "files", files);
  xs_status status = xs_session_engine(s);
  if (status) return xs_session_report(s, status);
  for (size_t i = 0; i < s->args->operand_count; i++) measure_file(s, s->args->operands[i], files);
  return s->worst;
}
