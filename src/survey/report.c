#include "survey/report.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <string.h>

struct xs_report {
  xs_arena *arena;
  const xs_standard *standard;
  xs_form form;
  const xs_judgement *items;
  size_t count;
};

static const char *const form_ids[XS_FORM_COUNT] = {"none", "document", "letter", "minutes"};

/* ---- making ---------------------------------------------------------------------------------- */

static xs_status measure(xs_report *r, const xs_survey *survey, xs_text path, xs_diags *diags)
{
  xs_anatomy anatomy;
  xs_status status = xs_anatomy_find(r->arena, survey, &r->standard->sheet, &anatomy);
  if (status) return status;
  r->form = anatomy.form;
  if (anatomy.form == XS_FORM_NONE) {
    xs_diag(diags, XS_D_FORMAT_NONE, XS_NOWHERE,
            _("%.*s: no official paper: its first page has neither a red mark nor a red rule, so "
              "there is nothing in it that %.*s speaks of"),
            XS_TEXT(path), XS_TEXT(r->standard->title));
    return XS_EINPUT;
  }
  xs_gauge gauge = {.a = r->arena,
                    .anatomy = &anatomy,
                    .faces = r->standard->faces,
                    .face_count = r->standard->face_count};
  status = xs_gauge_measure(&gauge);
  if (!status) status = xs_standard_judge(r->arena, r->standard, &gauge, &r->items, &r->count);
  return status;
}

static xs_status read_file(xs_report *r, const xs_format_place *place, xs_text path, xs_text bytes,
                           xs_diags *diags)
{
  xs_survey *survey = NULL;
  xs_status status = xs_standard_load(r->arena, place->schema, place->path, diags, &r->standard);
  if (!status) status = xs_survey_read(xs_arena_host(r->arena), path, bytes, diags, &survey);
  if (!status) status = measure(r, survey, path, diags);
  /* The texts of what was measured live on in the report. */
  if (survey && !xs_arena_defer(r->arena, (void (*)(void *))xs_survey_free, survey) && !status)
    status = XS_ENOMEM;
  return status;
}

xs_status xs_report_make(const xs_host *host, const xs_format_place *place, const char *path,
                         xs_diags *diags, xs_report **out)
{
  const void *ptr = NULL;
  size_t len = 0;
  *out = NULL;
  if (host->map(host->user, path, XS_MAX_PDF_BYTES, &ptr, &len)) {
    xs_diag(diags, errno == EFBIG ? XS_D_LIMIT : XS_D_FILE_READ, XS_NOWHERE,
            _("%s: the file cannot be read: %s"), path, strerror(errno));
    return errno == EFBIG ? XS_ELIMIT : XS_EIO;
  }
  xs_arena *a = xs_arena_new(host);
  xs_report *r = a ? XS_NEW(a, xs_report) : NULL;
  xs_status status = XS_ENOMEM;
  if (r) {
    r->arena = a;
    status = read_file(r, place, xs_text_of(path), (xs_text){ptr, len}, diags);
    status = xs_diags_arena(diags, a, status);
  }
  host->unmap(host->user, ptr, len);
  if (status)
    xs_arena_free(a);
  else
    *out = r;
  return status;
}

void xs_report_free(xs_report *report)
{
  if (report) xs_arena_free(report->arena);
}

const char *xs_report_form(const xs_report *report)
{
  return form_ids[report->form];
}

/* ---- showing --------------------------------------------------------------------------------- */

static const char *unit_of(const xs_judgement *j)
{
  switch (xs_measurement_unit(j->rule->what)) {
  case XS_MEASURE_MM:
    return "mm";
  case XS_MEASURE_PT:
    return "pt";
  case XS_MEASURE_COUNT:
  case XS_MEASURE_WORD:
    break;
  }
  return "";
}

/* 1/1000 as a decimal without needless zeros, of a count or a length to two places. */
static void put_decimal(xs_buf *out, int64_t milli_value, bool sign)
{
  int64_t rounded = (milli_value + (milli_value < 0 ? -5 : 5)) / 10;
  int64_t whole = rounded < 0 ? -rounded : rounded;
  if (rounded < 0) xs_buf_str(out, "−");
  if (rounded > 0 && sign) xs_buf_str(out, "+");
  xs_buf_printf(out, "%lld", (long long)(whole / 100));
  if (whole % 100) xs_buf_printf(out, ".%lld", (long long)(whole / 10 % 10));
  if (whole % 10) xs_buf_printf(out, "%lld", (long long)(whole % 10));
}

static void put_unit(xs_buf *out, const xs_judgement *j)
{
  const char *unit = unit_of(j);
  if (unit[0]) xs_buf_printf(out, " %s", unit);
}

/* Words of measurements that belong to a language. */
static xs_text word_of(xs_text word)
{
  if (xs_text_is(word, "red")) return xs_text_of(_("red"));
  if (xs_text_is(word, "black")) return xs_text_of(_("black"));
  return word;
}

static void put_measured(xs_buf *out, const xs_judgement *j)
{
  if (xs_measurement_unit(j->rule->what) == XS_MEASURE_WORD) {
    xs_text word = word_of(j->found.word);
    xs_buf_printf(out, _("“%.*s”"), XS_TEXT(word));
    return;
  }
  put_decimal(out, j->found.value, false);
  put_unit(out, j);
}

static void put_range(xs_buf *out, const xs_format_rule *rule)
{
  if (rule->max == INT64_MAX) {
    xs_buf_str(out, "≥ ");
    put_decimal(out, rule->min, false);
  } else if (rule->min == INT64_MIN) {
    xs_buf_str(out, "≤ ");
    put_decimal(out, rule->max, false);
  } else {
    put_decimal(out, rule->min, false);
    xs_buf_str(out, "–");
    put_decimal(out, rule->max, false);
  }
}

static void put_wanted(xs_buf *out, const xs_judgement *j)
{
  const xs_format_rule *rule = j->rule;
  xs_text word = word_of(rule->word);
  switch (rule->kind) {
  case XS_WANTED_VALUE:
    put_decimal(out, rule->value, false);
    if (rule->tolerance) {
      xs_buf_str(out, " ± ");
      put_decimal(out, rule->tolerance, false);
    }
    put_unit(out, j);
    break;
  case XS_WANTED_RANGE:
    put_range(out, rule);
    put_unit(out, j);
    break;
  case XS_WANTED_WORD:
    xs_buf_printf(out, _("“%.*s”"), XS_TEXT(word));
    break;
  case XS_WANTED_LIKE:
    xs_buf_printf(out, _("such as “%.*s”"), XS_TEXT(word));
    break;
  }
}

/* How far off, in the unit and always in mm when it is a length. */
static void put_deviation(xs_buf *out, const xs_judgement *j)
{
  if (xs_measurement_unit(j->rule->what) == XS_MEASURE_WORD) return;
  put_decimal(out, j->off, true);
  put_unit(out, j);
  if (xs_measurement_unit(j->rule->what) != XS_MEASURE_PT) return;
  xs_buf_str(out, " = ");
  put_decimal(out, j->off * 254 / 720, true);
  xs_buf_str(out, " mm");
}

static xs_text take(xs_report *r, xs_buf *text)
{
  xs_text kept = xs_arena_text(r->arena, xs_buf_view(text));
  text->len = 0;
  return kept.ptr ? kept : XS_LIT("");
}

static xs_text beginning(xs_text text)
{
  enum { CHARACTERS = 16 };
  size_t off = 0;
  for (size_t i = 0; i < CHARACTERS && off < text.len; i++) (void)xs_text_next(text, &off);
  return (xs_text){text.ptr, off};
}

int xs_report_at(xs_report *report, size_t i, xs_finding *out)
{
  if (i >= report->count) return 0;
  const xs_judgement *j = &report->items[i];
  xs_buf text;
  xs_buf_init(&text, xs_arena_host(report->arena), XS_MAX_DIAG_BYTES);
  *out = (xs_finding){
      .page = (uint32_t)j->found.page + 1,
      .rule = j->rule->id,
      .standard = report->standard->title,
      .clause = j->rule->clause,
      .grade = j->rule->grade,
      .name_zh = j->rule->name_zh,
      .name_en = j->rule->name_en,
      .must = j->rule->must,
      .fits = j->fits,
      .where = beginning(j->found.where),
      .unit = unit_of(j),
      .measured_milli = j->found.value,
      .off_milli = j->off,
      .is_word = xs_measurement_unit(j->rule->what) == XS_MEASURE_WORD,
  };
  put_measured(&text, j);
  out->measured = take(report, &text);
  put_wanted(&text, j);
  out->wanted = take(report, &text);
  put_deviation(&text, j);
  out->deviation = take(report, &text);
  /* TRANSLATORS: the language of this catalogue as a format file names it: zh or en */
  out->name = strcmp(_("en"), "zh") == 0 ? out->name_zh : out->name_en;
  xs_buf_free(&text);
  return 1;
}
