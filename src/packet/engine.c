#include "packet/engine.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

/* sRGB, for the output intent that archives ask for. */
static const char icc_path[] = "/usr/share/color/icc/sRGB.icc";
enum { MAX_ICC_BYTES = 1 << 20 };

static void drop_caches(xs_engine *engine)
{
  for (size_t i = 0; i < engine->template_count; i++) xs_template_free(engine->templates[i].t);
  for (size_t i = 0; i < engine->plan_count; i++) xs_plan_free(engine->plans[i].plan);
  for (size_t i = 0; i < engine->rules_count; i++) xs_rules_free(engine->rules[i].rules);
  xs_sources_free(engine->sources);
  xs_arena_free(engine->kept);
  engine->sources = NULL;
  engine->kept = NULL;
  engine->templates = NULL;
  engine->template_count = engine->template_capacity = 0;
  engine->plans = NULL;
  engine->plan_count = engine->plan_capacity = 0;
  engine->rules = NULL;
  engine->rules_count = engine->rules_capacity = 0;
}

/* Makes the caches ready for what is loaded with this list of diagnostics. */
static xs_status follow(xs_engine *engine, const xs_diags *diags)
{
  if (engine->loaded_for != diags) drop_caches(engine);
  engine->loaded_for = diags;
  if (!engine->kept) engine->kept = xs_arena_new(engine->host);
  if (!engine->sources) engine->sources = xs_sources_new(engine->host);
  return engine->kept && engine->sources ? XS_OK : XS_ENOMEM;
}

static xs_status report_missing_folder(const char *path, xs_diags *diags)
{
  xs_diag(diags, XS_D_DATA_FOLDER, XS_NOWHERE, _("“%s” does not hold the templates of the engine"),
          path);
  return XS_EIO;
}

static int no_entry(void *arg, const char *name)
{
  (void)arg;
  (void)name;
  return 1;
}

xs_status xs_engine_open(const xs_host *host, const char *data_dir, xs_diags *diags,
                         xs_engine **out)
{
  *out = NULL;
  xs_status status = XS_ENOMEM;
  xs_engine *engine = host->resize(host->user, NULL, sizeof *engine);
  if (!engine) return XS_ENOMEM;
  *engine = (xs_engine){.host = host, .arena = xs_arena_new(host)};
  if (!engine->arena) goto done;

  engine->data_dir = xs_arena_text(engine->arena, xs_text_of(data_dir));
  engine->template_dir = xs_arena_printf(engine->arena, "%s/templates", data_dir);
  engine->producer = xs_arena_printf(engine->arena, "xieshang %s", xs_version());
  if (!engine->data_dir.ptr || !engine->template_dir.ptr || !engine->producer.ptr) goto done;
  status = XS_OK;
  if (host->list(host->user, engine->template_dir.ptr, no_entry, NULL) != 0)
    status = report_missing_folder(data_dir, diags);
done:
  if (status)
    xs_engine_close(engine);
  else
    *out = engine;
  return status;
}

void xs_engine_close(xs_engine *engine)
{
  if (!engine) return;
  drop_caches(engine);
  xs_fontset_close(engine->fonts);
  xs_calendar_free(engine->calendar);
  if (engine->icc.ptr) engine->host->unmap(engine->host->user, engine->icc.ptr, engine->icc.len);
  xs_arena_free(engine->site_arena);
  xs_arena_free(engine->arena);
  engine->host->resize(engine->host->user, engine, 0);
}

xs_status xs_engine_site(xs_engine *engine, const char *const *paths, size_t count)
{
  xs_arena *a = xs_arena_new(engine->host);
  xs_text *list = a ? XS_NEW_ARRAY(a, count ? count : 1, xs_text) : NULL;
  bool done = list != NULL;
  for (size_t i = 0; i < count && done; i++) {
    list[i] = xs_arena_text(a, xs_text_of(paths[i]));
    done = list[i].ptr != NULL;
  }
  if (!done) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  xs_arena_free(engine->site_arena);
  engine->site_arena = a;
  engine->site = (xs_rules_site){list, count};
  engine->packs_listed = false;
  drop_caches(engine); /* what was loaded lies without it */
  xs_calendar_free(engine->calendar);
  engine->calendar = NULL;
  return XS_OK;
}

xs_status xs_engine_schema(xs_engine *engine, xs_vocabulary which, xs_diags *diags,
                           const xs_schema **out)
{
  static const char *const names[XS_VOCABULARY_COUNT] = {
      [XS_VOCABULARY_CASE] = "case",           [XS_VOCABULARY_TEMPLATE] = "template",
      [XS_VOCABULARY_PLAN] = "plan",           [XS_VOCABULARY_RULES] = "rules",
      [XS_VOCABULARY_FORMAT] = "format",       [XS_VOCABULARY_ROLES] = "roles",
      [XS_VOCABULARY_CALENDAR] = "calendar",   [XS_VOCABULARY_WORKFLOW] = "workflow",
      [XS_VOCABULARY_DEADLINES] = "deadlines",
  };
  *out = engine->schemas[which];
  if (*out) return XS_OK;
  xs_text path =
      xs_arena_printf(engine->arena, "%s/schema/%s.rng", engine->template_dir.ptr, names[which]);
  if (!path.ptr) return XS_ENOMEM;
  xs_status status = xs_schema_load(engine->arena, path, diags, &engine->schemas[which]);
  *out = engine->schemas[which];
  return status;
}

xs_status xs_engine_fonts(xs_engine *engine, xs_diags *diags, xs_fontset **out)
{
  *out = engine->fonts;
  if (*out) return XS_OK;
  xs_text list = xs_arena_printf(engine->arena, "%s/fonts/fonts.xml", engine->data_dir.ptr);
  xs_text dir = xs_arena_printf(engine->arena, "%s/fonts", engine->data_dir.ptr);
  if (!list.ptr || !dir.ptr) return XS_ENOMEM;
  xs_status status = xs_fontset_open(engine->host, list, &dir, 1, diags, &engine->fonts);
  *out = engine->fonts;
  return status;
}

/* PDF/A-1 knows the ICC profiles of its day, to version 2; colours are RGB here. */
static bool is_usable_profile(xs_text icc)
{
  enum { HEAD_BYTES = 128, VERSION = 8, SPACE = 16, SIGNATURE = 36, NEWEST = 2 };
  return icc.len > HEAD_BYTES && memcmp(icc.ptr + SIGNATURE, "acsp", 4) == 0 &&
         memcmp(icc.ptr + SPACE, "RGB ", 4) == 0 && icc.ptr[VERSION] <= NEWEST;
}

xs_text xs_engine_icc(xs_engine *engine, xs_diags *diags)
{
  const xs_host *host = engine->host;
  const void *ptr = NULL;
  size_t len = 0;
  if (engine->looked_for_icc) return engine->icc;
  engine->looked_for_icc = true;
  if (host->map(host->user, icc_path, MAX_ICC_BYTES, &ptr, &len) == 0) {
    if (is_usable_profile((xs_text){ptr, len}))
      engine->icc = (xs_text){ptr, len};
    else
      host->unmap(host->user, ptr, len);
  }
  if (!engine->icc.len)
    xs_diag(diags, XS_D_PROFILE_MISSING, XS_NOWHERE,
            _("without the color profile “%s” no file is PDF/A"), icc_path);
  return engine->icc;
}

static const xs_template *find_template(const xs_engine *engine, xs_text which)
{
  for (size_t i = 0; i < engine->template_count; i++)
    if (xs_text_equal(engine->templates[i].which, which)) return engine->templates[i].t;
  return NULL;
}

static xs_status keep_template(xs_engine *engine, xs_text which, xs_template *t)
{
  xs_text name = xs_arena_text(engine->kept, which);
  xs_kept_template *slot = name.ptr ? XS_PUSH(engine->kept, engine->templates,
                                              engine->template_count, engine->template_capacity)
                                    : NULL;
  if (!slot) {
    xs_template_free(t);
    return XS_ENOMEM;
  }
  *slot = (xs_kept_template){name, t};
  return XS_OK;
}

xs_status xs_engine_template(xs_engine *engine, xs_text which, xs_diags *diags,
                             const xs_template **out)
{
  *out = NULL;
  xs_status status = follow(engine, diags);
  if (status) return status;
  *out = find_template(engine, which);
  if (*out) return XS_OK;

  xs_template_place place = {
      .host = engine->host, .dir = engine->template_dir, .sources = engine->sources};
  status = xs_engine_schema(engine, XS_VOCABULARY_TEMPLATE, diags, &place.schema);
  if (!status) status = xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &place.case_schema);
  xs_template *t = NULL;
  if (!status) status = xs_template_load(&place, which, diags, &t);
  if (!status) status = keep_template(engine, which, t);
  if (!status) *out = t;
  return status;
}

static xs_status load_plan(xs_engine *engine, xs_text which, xs_diags *diags, xs_plan **out)
{
  xs_plan_place place = {
      .host = engine->host,
      .dir = xs_arena_printf(engine->kept, "%.*s/plans", XS_TEXT(engine->template_dir)),
  };
  if (!place.dir.ptr) return XS_ENOMEM;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_PLAN, diags, &place.schema);
  if (!status) status = xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &place.case_schema);
  if (!status) status = xs_plan_load(&place, which, diags, out);
  return status;
}

xs_status xs_engine_plan(xs_engine *engine, xs_text which, xs_diags *diags, const xs_plan **out)
{
  *out = NULL;
  xs_status status = follow(engine, diags);
  if (status) return status;
  for (size_t i = 0; i < engine->plan_count; i++) {
    if (!xs_text_equal(engine->plans[i].which, which)) continue;
    *out = engine->plans[i].plan;
    return XS_OK;
  }

  xs_plan *plan = NULL;
  status = load_plan(engine, which, diags, &plan);
  if (status) return status;
  xs_text name = xs_arena_text(engine->kept, which);
  xs_kept_plan *slot =
      name.ptr ? XS_PUSH(engine->kept, engine->plans, engine->plan_count, engine->plan_capacity)
               : NULL;
  if (!slot) {
    xs_plan_free(plan);
    return XS_ENOMEM;
  }
  *slot = (xs_kept_plan){name, plan};
  *out = plan;
  return XS_OK;
}

xs_status xs_engine_moments(xs_engine *engine, xs_arena *a, const xmlNode **out)
{
  xmlDocPtr doc = NULL;
  *out = NULL;
  xs_diags *unheard = xs_diags_new(engine->host);
  xs_text path = xs_arena_printf(a, "%s/workflow/deadlines.xml", engine->template_dir.ptr);
  xs_status status = unheard && path.ptr ? xs_xml_load(a, path, unheard, &doc) : XS_ENOMEM;
  if (!status) {
    xs_xml_strip_namespace(doc);
    *out = xmlDocGetRootElement(doc);
  }
  xs_diags_free(unheard);
  return status == XS_ENOMEM ? status : XS_OK;
}

/* The limits of a site begin at moments that there are: else they would never run. */
static xs_status check_site(xs_engine *engine, const xs_rules *rules, xs_diags *diags)
{
  const xmlNode *moments = NULL;
  if (!engine->site.count) return XS_OK;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status status = a ? xs_engine_moments(engine, a, &moments) : XS_ENOMEM;
  if (!status && moments) status = xs_rules_check_triggers(rules, moments, diags);
  xs_arena_free(a);
  return status;
}

static xs_status load_rules(xs_engine *engine, xs_text id, xs_diags *diags, xs_rules **out)
{
  const xs_schema *schema = NULL;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema);
  if (status) return status;
  xs_text dir = xs_arena_printf(engine->kept, "%s/rules", engine->template_dir.ptr);
  if (!dir.ptr) return XS_ENOMEM;
  status = xs_rules_load_site(engine->host, schema, dir, id, &engine->site, diags, out);
  if (!status) status = check_site(engine, *out, diags);
  if (!status) return XS_OK;
  xs_rules_free(*out);
  *out = NULL;
  return status;
}

static xs_status keep_rules(xs_engine *engine, xs_text id, xs_rules *rules)
{
  xs_text name = xs_arena_text(engine->kept, id);
  xs_kept_rules *slot =
      name.ptr ? XS_PUSH(engine->kept, engine->rules, engine->rules_count, engine->rules_capacity)
               : NULL;
  if (!slot) {
    xs_rules_free(rules);
    return XS_ENOMEM;
  }
  *slot = (xs_kept_rules){name, rules};
  return XS_OK;
}

xs_status xs_engine_rules_named(xs_engine *engine, xs_text id, xs_diags *diags,
                                const xs_rules **out)
{
  *out = NULL;
  xs_status status = follow(engine, diags);
  if (status) return status;
  for (size_t i = 0; i < engine->rules_count; i++) {
    if (!xs_text_equal(engine->rules[i].id, id)) continue;
    *out = engine->rules[i].rules;
    return XS_OK;
  }
  xs_rules *rules = NULL;
  status = load_rules(engine, id, diags, &rules);
  if (!status) status = keep_rules(engine, id, rules);
  if (!status) *out = rules;
  return status;
}

xs_status xs_engine_rules(xs_engine *engine, const xs_case *kase, xs_diags *diags,
                          const xs_rules **out)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_text id = kase ? xs_xml_attr(xmlDocGetRootElement(kase->doc), "rules") : XS_NO_TEXT;
  xs_status status = xs_engine_rules_named(engine, id.len ? id : XS_LIT("national"), diags, out);
  if (status && kase && xs_diags_count(diags, XS_ERROR) > before)
    xs_diag_note(diags, xs_xml_attr_span(xmlDocGetRootElement(kase->doc), "rules"),
                 _("the case asks for this rule pack"));
  return status;
}

xs_status xs_engine_calendar(xs_engine *engine, xs_diags *diags, const xs_calendar **out)
{
  *out = engine->calendar;
  if (*out) return XS_OK;
  const xs_schema *schema = NULL;
  xs_text path = xs_arena_printf(engine->arena, "%s/calendar/china.xml", engine->template_dir.ptr);
  if (!path.ptr) return XS_ENOMEM;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_CALENDAR, diags, &schema);
  if (!status)
    status =
        xs_calendar_load_site(engine->host, schema, path, &engine->site, diags, &engine->calendar);
  *out = engine->calendar;
  return status;
}

xs_status xs_engine_case(xs_engine *engine, const char *path, xs_diags *diags, xs_case **out)
{
  *out = NULL;
  const xs_schema *schema = NULL;
  const xs_rules *rules = NULL;
  xs_case *kase = NULL;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &schema);
  if (!status) status = xs_case_open(engine->host, schema, xs_text_of(path), diags, &kase);
  /* What the schema refuses is looked through all the same, so that all is said at once. */
  xs_status rest = kase ? xs_engine_rules(engine, kase, diags, &rules) : XS_OK;
  if (kase && !rest) rest = xs_case_check(kase, rules, diags);
  if (!status) status = rest;
  if (status)
    xs_case_free(kase);
  else
    *out = kase;
  return status;
}

xs_status xs_engine_date(const xs_engine *engine, const xs_case *kase, uint32_t wanted,
                         xs_diags *diags, uint32_t *out)
{
  xs_date day;
  *out = wanted;
  if (!wanted && kase) *out = xs_case_latest_date(kase);
  if (!*out) *out = engine->host->today(engine->host->user);
  if (xs_date_of_number(*out, &day)) return XS_OK;
  xs_diag(diags, XS_D_DATE_STATED, XS_NOWHERE, _("%08u is not a day of the calendar"),
          (unsigned)*out);
  return XS_EINPUT;
}
