/* What programs ask an engine beside papers: fonts, functions, values, the check of a file. */
#include "base/text.h"
#include "packet/engine.h"
#include "packet/kind.h"
#include "packet/pack.h"
#include "packet/plan.h"
#include "survey/report.h"

#include <string.h>

/* ---- fonts ---- */

xs_status xs_engine_font_at(xs_engine *engine, size_t i, xs_diags *diags, xs_face_view *out)
{
  xs_fontset *fonts = NULL;
  xs_font_view view;
  *out = (xs_face_view){0};
  xs_status status = xs_engine_fonts(engine, diags, &fonts);
  if (status) return status;
  if (!xs_fontset_at(fonts, i, &view)) return xs_fontset_sound(fonts, diags);
  *out = (xs_face_view){
      .role = view.role < XS_ROLE_COUNT ? xs_text_of(xs_role_title(view.role)) : XS_LIT(""),
      .family = view.family,
      .file = view.file,
      .found = view.found,
      .digest = xs_arena_text(engine->arena, xs_text_of(view.digest)),
  };
  return out->digest.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_engine_font_has(xs_engine *engine, xs_text role, uint32_t codepoint, xs_diags *diags,
                             int *out)
{
  xs_fontset *fonts = NULL;
  xs_role r;
  *out = 0;
  xs_status status = xs_engine_fonts(engine, diags, &fonts);
  if (!status && xs_role_find(role, &r)) *out = xs_fontset_has(fonts, r, codepoint);
  return status ? status : xs_fontset_sound(fonts, diags);
}

/* ---- expressions ---- */

int xs_engine_function_at(size_t i, xs_function_info *out)
{
  xs_function_view view;
  if (!xs_function_at(i, &view)) return 0;
  *out = (xs_function_info){
      .name = view.name,
      .arguments = view.arguments,
      .example = view.example,
      .result = view.result,
      .what = _(view.what),
  };
  return 1;
}

static xs_status give_bytes(const xs_host *host, xs_text text, xs_bytes *out)
{
  void *copy = host->resize(host->user, NULL, text.len ? text.len : 1);
  if (!copy) return XS_ENOMEM;
  if (text.len) memcpy(copy, text.ptr, text.len);
  *out = (xs_bytes){host, copy, text.len};
  return XS_OK;
}

xs_status xs_engine_eval(xs_engine *engine, xs_text expression, const xs_case *kase,
                         const xs_render_options *options, xs_diags *diags, xs_bytes *out)
{
  const xs_rules *rules = NULL;
  xs_fill_options fill = {.copy = options->copy, .item = options->item};
  xs_text value = XS_NO_TEXT;
  *out = (xs_bytes){engine->host, NULL, 0};
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? xs_engine_rules(engine, kase, diags, &rules) : XS_ENOMEM;
  if (!status) status = xs_engine_date(engine, kase, options->date, diags, &fill.date);
  if (!status) status = xs_template_eval(a, expression, kase, rules, &fill, diags, &value);
  if (!status) status = give_bytes(engine->host, value, out);
  xs_arena_free(a);
  return status;
}

/* ---- the check of one file ---- */

/* The template all contracts lie on: it includes the clause libraries. */
static const char contract_base[] = "contract";

/* A clause by its full name, `use` or `use.variant`. */
static xs_status check_clause(xs_arena *a, const xs_template *t, const xmlNode *clause,
                              xs_diags *diags)
{
  xs_text use = xs_xml_attr(clause, "use");
  xs_text variant = xs_xml_attr(clause, "variant");
  if (!use.len) return XS_OK;
  xs_text name =
      variant.len ? xs_arena_printf(a, "%.*s.%.*s", XS_TEXT(use), XS_TEXT(variant)) : use;
  if (!name.ptr) return XS_ENOMEM;
  xs_template_check_clause(t, name, xs_xml_attr_span(clause, "use"), diags);
  return XS_OK;
}

/* The clauses that a case takes from the library. Where there is no such library, nothing is
 * known of them. */
static xs_status check_clauses(xs_engine *engine, const xs_case *kase, xs_diags *diags)
{
  const xs_template *t = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_diags *unheard = xs_diags_new(engine->host);
  xs_status status = a && unheard ? XS_OK : XS_ENOMEM;
  const xmlNode *contract = xs_xml_child(xmlDocGetRootElement(kase->doc), "contract");
  if (!status && contract && xs_engine_template(engine, xs_text_of(contract_base), unheard, &t))
    t = NULL;
  for (; t && contract; contract = xs_xml_next(contract, "contract")) {
    const xmlNode *clause = xs_xml_child(contract, "clause");
    for (; clause && !status; clause = xs_xml_next(clause, "clause"))
      status = check_clause(a, t, clause, diags);
  }
  xs_diags_free(unheard);
  xs_arena_free(a);
  return status;
}

static xs_status check_case(xs_engine *engine, const char *path, xs_diags *diags)
{
  xs_case *kase = NULL;
  xs_status status = xs_engine_case(engine, path, diags, &kase);
  if (kase) {
    xs_status clauses = check_clauses(engine, kase, diags);
    if (!status) status = clauses;
  }
  xs_case_free(kase);
  return status;
}

/* Is it a pack or a file of a site, and not the list of laws? */
static bool holds_rules(xs_arena *a, const char *path, xs_diags *diags)
{
  xmlDocPtr doc = NULL;
  return xs_text_ends(xs_text_of(path), ".xml") && !xs_xml_load(a, xs_text_of(path), diags, &doc) &&
         xs_xml_is(xmlDocGetRootElement(doc), "rules");
}

static xs_status check_triggers(xs_engine *engine, const char *path, xs_diags *diags)
{
  xs_pack *pack = NULL;
  xs_status status = xs_pack_open(engine, path, diags, &pack);
  if (!status && pack->moments) status = xs_rules_check_triggers(pack->rules, pack->moments, diags);
  xs_pack_close(pack);
  return status;
}

static xs_status check_rules(xs_engine *engine, const char *path, xs_diags *diags)
{
  const xs_schema *schema = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_text dir = a ? xs_arena_printf(a, "%s/rules", engine->template_dir.ptr) : XS_NO_TEXT;
  xs_status status = dir.ptr ? XS_OK : XS_ENOMEM;
  if (!status) status = xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema);
  if (!status) status = xs_rules_check(engine->host, schema, dir, xs_text_of(path), diags);
  if (!status && holds_rules(a, path, diags)) status = check_triggers(engine, path, diags);
  xs_arena_free(a);
  return status;
}

/* The laws that its rules rest on must be listed. */
static xs_status check_calendar_laws(xs_engine *engine, const xs_calendar *calendar,
                                     xs_diags *diags)
{
  const xs_rules *rules = NULL;
  xs_status status = xs_engine_rules(engine, NULL, diags, &rules);
  if (status) return status;
  for (size_t i = 0; i < XS_REASON_COUNT; i++) {
    xs_text law = xs_calendar_rule_of(calendar, (xs_count_reason)i)->law;
    const char *colon = law.len ? memchr(law.ptr, ':', law.len) : NULL;
    if (colon) law.len = (size_t)(colon - law.ptr);
    if (!law.len || xs_rules_law(rules, law)) continue;
    xs_diag(diags, XS_D_RULES_LAW, XS_NOWHERE, _("laws.xml has no law “%.*s”"), XS_TEXT(law));
    status = XS_EINPUT;
  }
  return status;
}

/* A calendar, or one of a site, which is laid over that of the engine. */
static xs_status load_calendar(xs_engine *engine, const char *path, bool over, xs_diags *diags,
                               xs_calendar **out)
{
  const xs_schema *schema = NULL;
  const xs_text file = xs_text_of(path);
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_CALENDAR, diags, &schema);
  if (status) return status;
  if (!over) return xs_calendar_load(engine->host, schema, file, diags, out);
  const xs_rules_site site = {&file, 1};
  xs_text base = xs_arena_printf(engine->arena, "%s/calendar/china.xml", engine->template_dir.ptr);
  if (!base.ptr) return XS_ENOMEM;
  return xs_calendar_load_site(engine->host, schema, base, &site, diags, out);
}

static xs_status check_calendar(xs_engine *engine, const char *path, bool over, xs_diags *diags)
{
  xs_calendar *calendar = NULL;
  xs_status status = load_calendar(engine, path, over, diags, &calendar);
  if (!status) status = check_calendar_laws(engine, calendar, diags);
  xs_calendar_free(calendar);
  return status;
}

static xs_status check_format(xs_engine *engine, const char *path, xs_diags *diags)
{
  const xs_schema *schema = NULL;
  const xs_standard *standard = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? xs_engine_schema(engine, XS_VOCABULARY_FORMAT, diags, &schema) : XS_ENOMEM;
  if (!status) status = xs_standard_load(a, schema, xs_text_of(path), diags, &standard);
  xs_arena_free(a);
  return status;
}

/* Libraries are whole only together with what uses them: alone, their form is all that can be
 * checked. Of other files it is said what they are not. */
static xs_status check_form(xs_engine *engine, const char *path, xs_vocabulary which,
                            xs_diags *diags)
{
  xmlDocPtr doc = NULL;
  const xs_schema *schema = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? xs_xml_load(a, xs_text_of(path), diags, &doc) : XS_ENOMEM;
  if (!status && which == XS_VOCABULARY_COUNT) {
    xs_diag(diags, XS_D_VOCABULARY_UNKNOWN, xs_xml_span(xmlDocGetRootElement(doc)),
            _("this is neither a case nor a template, packet plan, rule pack, format or calendar"));
    status = XS_EINPUT;
  }
  if (!status) status = xs_engine_schema(engine, which, diags, &schema);
  if (!status) status = xs_schema_check(schema, doc, diags);
  xs_arena_free(a);
  return status;
}

static xs_status check_kind(xs_engine *engine, const char *path, const xs_kind *kind,
                            xs_diags *diags)
{
  const xs_template *t = NULL;
  const xs_plan *plan = NULL;
  switch (kind->vocabulary) {
  case XS_VOCABULARY_CASE:
    return check_case(engine, path, diags);
  case XS_VOCABULARY_TEMPLATE:
    if (!kind->template_whole) break;
    return xs_engine_template(engine, xs_text_of(path), diags, &t);
  case XS_VOCABULARY_PLAN:
    return xs_engine_plan(engine, xs_text_of(path), diags, &plan);
  case XS_VOCABULARY_RULES:
    return check_rules(engine, path, diags);
  case XS_VOCABULARY_FORMAT:
    return check_format(engine, path, diags);
  case XS_VOCABULARY_CALENDAR:
    return check_calendar(engine, path, kind->calendar_over, diags);
  case XS_VOCABULARY_ROLES:
  case XS_VOCABULARY_WORKFLOW: /* what it says is known to a floor above */
  case XS_VOCABULARY_DEADLINES:
  case XS_VOCABULARY_COUNT:
    break;
  }
  return check_form(engine, path, kind->vocabulary, diags);
}

xs_status xs_engine_check(xs_engine *engine, const char *path, xs_diags *diags)
{
  xs_kind kind;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? xs_kind_find(a, xs_text_of(path), &kind) : XS_ENOMEM;
  if (!status) status = check_kind(engine, path, &kind, diags);
  xs_arena_free(a);
  return status;
}

/* ---- finished papers ---- */

xs_status xs_engine_measure(xs_engine *engine, const char *format, const char *path,
                            xs_diags *diags, xs_report **out)
{
  xs_format_place place = {.path = xs_arena_printf(engine->arena, "%s/formats/%s.xml",
                                                   engine->template_dir.ptr, format)};
  *out = NULL;
  if (!place.path.ptr) return XS_ENOMEM;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_FORMAT, diags, &place.schema);
  return status ? status : xs_report_make(engine->host, &place, path, diags, out);
}
