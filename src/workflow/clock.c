#include "workflow/clock.h"

#include "base/text.h"
#include "template/evaluation.h"

typedef struct loader {
  xs_arena *a;
  const xs_schema *case_schema;
  xs_diags *diags;
  xs_clock *clock;
} loader;

/* ---- expressions ---- */

/* The worse of two: a mistake is no reason to stop looking for the next one. */
static xs_status worse(xs_status a, xs_status b)
{
  return a && a != XS_EINPUT ? a : (b ? b : a);
}

typedef struct asked {
  const char *attribute;
  const xs_expression **out;
} asked;

/* Paths that are not stated stay NULL. */
static xs_status read_paths(loader *l, const xmlNode *n, const asked *paths, size_t count)
{
  xs_status status = XS_OK;
  for (size_t i = 0; i < count; i++) {
    xs_text source = xs_xml_attr(n, paths[i].attribute);
    if (!source.ptr) continue;
    xs_span at = xs_xml_attr_span(n, paths[i].attribute);
    status = worse(status,
                   xs_expression_compile(l->a, source, at, l->case_schema, l->diags, paths[i].out));
  }
  return status;
}

/* The words inside an element, in which {XPath} stands for its value. */
static xs_status read_words(loader *l, const xmlNode *n, const xs_avt **out)
{
  size_t before = xs_diags_count(l->diags, XS_ERROR);
  xs_avt *avt = NULL;
  xs_status status =
      xs_avt_parse(l->a, xs_xml_content(l->a, n), xs_xml_content_span(n), l->diags, &avt);
  if (status) return status;
  for (size_t i = 0; i < avt->part_count; i++) {
    const xs_expression *e = avt->parts[i].value;
    for (size_t k = 0; e && k < e->name_count; k++)
      xs_path_name_check(&e->names[k], l->case_schema, l->diags);
    for (size_t k = 0; e && k < e->variable_count; k++)
      if (!xs_evaluation_provides(e->variables[k].name))
        xs_diag(l->diags, XS_D_VARIABLE_UNKNOWN, e->variables[k].span, _("no variable “$%.*s”"),
                XS_TEXT(e->variables[k].name));
  }
  *out = avt;
  return xs_diags_since(l->diags, before);
}

static xs_status read_spot(loader *l, const xmlNode *n, xs_spot *spot)
{
  const asked paths[] = {
      {"about", &spot->about}, {"key", &spot->key}, {"date", &spot->date}, {"known", &spot->known}};
  spot->track = xs_xml_attr(n, "track");
  return read_paths(l, n, paths, XS_COUNT(paths));
}

/* ---- what is in the file ---- */

static xs_status say_twice(const loader *l, const xmlNode *n, const char *attribute, xs_span first)
{
  xs_diag(l->diags, XS_D_DEADLINE_TWICE, xs_xml_attr_span(n, attribute),
          _("“%.*s” is stated twice"), XS_TEXT(xs_xml_attr(n, attribute)));
  xs_diag_note(l->diags, first, _("the other one is here"));
  return XS_EINPUT;
}

static xs_status read_stop(loader *l, const xmlNode *n, xs_stop *stop)
{
  const asked paths[] = {{"about", &stop->about},
                         {"from", &stop->from},
                         {"to", &stop->to},
                         {"planned", &stop->planned}};
  *stop = (xs_stop){.id = xs_xml_attr(n, "id"), .name = xs_xml_attr(n, "name")};
  return read_paths(l, n, paths, XS_COUNT(paths));
}

static xs_status read_moment(loader *l, const xmlNode *n, xs_moment *m)
{
  const xs_moment *other = xs_clock_moment(l->clock, xs_xml_attr(n, "id"));
  *m = (xs_moment){
      .id = xs_xml_attr(n, "id"),
      .name = xs_xml_attr(n, "name"),
      .is_outside = xs_xml_attr_is(n, "outside", "yes"),
      .span = xs_xml_span(n),
  };
  xs_status status = other ? say_twice(l, n, "id", other->span) : XS_OK;
  return worse(status, read_spot(l, n, &m->spot));
}

enum { MAX_REMIND_DAYS = 366 };

static xs_status read_reminders(loader *l, const xmlNode *n, xs_due_rule *due)
{
  xs_text list = xs_xml_attr(n, "remind"), word;
  size_t capacity = 0;
  uint32_t *days = NULL;
  while (xs_text_word(&list, &word)) {
    uint64_t number = 0;
    if (!xs_text_uint(word, &number) || number > MAX_REMIND_DAYS) {
      xs_diag(l->diags, XS_D_DEADLINE_REMIND, xs_xml_attr_span(n, "remind"),
              _("a reminder comes at most %d days before"), MAX_REMIND_DAYS);
      return XS_EINPUT;
    }
    uint32_t *slot = XS_PUSH(l->a, days, due->remind_count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (uint32_t)number;
  }
  due->remind = days;
  return XS_OK;
}

static xs_status read_due(loader *l, const xmlNode *n, xs_due_rule *due)
{
  const bool is_limit = xs_xml_is(n, "deadline");
  const char *id = is_limit ? "limit" : "id";
  const asked paths[] = {
      {"when", &due->when}, {"met", &due->met}, {"void", &due->ceased}, {"agreed", &due->agreed}};
  const xs_due_rule *other = xs_clock_due(l->clock, xs_xml_attr(n, id));
  *due = (xs_due_rule){
      .id = xs_xml_attr(n, id),
      .name = xs_xml_attr(n, "name"),
      .is_limit = is_limit,
      .is_latest = xs_xml_attr_is(n, "latest", "yes"),
      .is_right = xs_xml_attr_is(n, "right", "yes"),
      .steps = xs_xml_attr(n, "steps"),
      .agreed_in = xs_xml_attr(n, "agreed-in"),
      .actor = xs_xml_attr(n, "actor"),
      .span = xs_xml_span(n),
  };
  xs_status status = other ? say_twice(l, n, id, other->span) : XS_OK;
  status = worse(status, read_paths(l, n, paths, XS_COUNT(paths)));
  if (!is_limit) status = worse(status, read_spot(l, n, &due->spot));
  return worse(status, read_reminders(l, n, due));
}

/* ---- proposals ---- */

static xs_status read_after(loader *l, const xmlNode *n, xs_after *after)
{
  const asked paths[] = {{"at", &after->at}, {"date", &after->date}, {"when", &after->when}};
  *after = (xs_after){.overdue = xs_xml_attr(n, "overdue")};
  xs_status status = read_paths(l, n, paths, XS_COUNT(paths));
  if (after->overdue.ptr && !xs_clock_due(l->clock, after->overdue)) {
    xs_diag(l->diags, XS_D_DEADLINE_UNKNOWN, xs_xml_attr_span(n, "overdue"),
            _("there is no deadline or appointment “%.*s”"), XS_TEXT(after->overdue));
    status = worse(status, XS_EINPUT);
  }
  return worse(status, read_words(l, n, &after->why));
}

static xs_status read_sentence(loader *l, const xmlNode *n, xs_sentence *s)
{
  const asked paths[] = {{"when", &s->when}, {"each", &s->each}};
  *s = (xs_sentence){.element = (const char *)n->name};
  return worse(read_paths(l, n, paths, XS_COUNT(paths)), read_words(l, n, &s->words));
}

static xs_status read_paper(loader *l, const xmlNode *n, xs_proposal_rule *p)
{
  xs_sentence *sentences = NULL;
  size_t capacity = 0;
  const xmlNode *to = xs_xml_child(n, "to");
  p->template_id = xs_xml_attr(n, "template");
  p->role = xs_xml_attr(n, "role");
  xs_status status = read_words(l, to, &p->to);
  for (const xmlNode *c = xs_xml_next(to, NULL); c; c = xs_xml_next(c, NULL)) {
    xs_sentence *s = XS_PUSH(l->a, sentences, p->sentence_count, capacity);
    if (!s) return XS_ENOMEM;
    status = worse(status, read_sentence(l, c, s));
  }
  p->sentences = sentences;
  return status;
}

static xs_status read_proposal(loader *l, const xmlNode *n, xs_proposal_rule *p)
{
  const asked paths[] = {{"about", &p->about}, {"key", &p->key}, {"unless", &p->unless}};
  xs_after *afters = NULL;
  size_t capacity = 0;
  *p = (xs_proposal_rule){
      .id = xs_xml_attr(n, "id"),
      .step = xs_xml_attr(n, "step"),
      .track = xs_xml_attr(n, "track"),
      .span = xs_xml_span(n),
  };
  xs_status status = read_paths(l, n, paths, XS_COUNT(paths));
  for (const xmlNode *c = xs_xml_child(n, "after"); c; c = xs_xml_next(c, "after")) {
    xs_after *after = XS_PUSH(l->a, afters, p->after_count, capacity);
    if (!after) return XS_ENOMEM;
    status = worse(status, read_after(l, c, after));
  }
  p->afters = afters;
  return worse(status, read_paper(l, xs_xml_child(n, "paper"), p));
}

/* ---- the whole ---- */

/* Makes room for all elements of these names; arrays of nothing are one long. */
static void *room(const loader *l, const xmlNode *root, const char *name, const char *other,
                  size_t each)
{
  size_t count = xs_xml_count(root, name) + (other ? xs_xml_count(root, other) : 0);
  return xs_arena_array(l->a, count ? count : 1, each);
}

/* What has been read is in the clock at once: what comes later refers to it. */
static xs_status read_all(loader *l, const xmlNode *root)
{
  xs_clock *c = l->clock;
  xs_stop *stops = room(l, root, "pause", NULL, sizeof *stops);
  xs_moment *moments = room(l, root, "moment", NULL, sizeof *moments);
  xs_due_rule *dues = room(l, root, "deadline", "appointment", sizeof *dues);
  xs_proposal_rule *proposals = room(l, root, "proposal", NULL, sizeof *proposals);
  if (!stops || !moments || !dues || !proposals) return XS_ENOMEM;
  c->stops = stops;
  c->moments = moments;
  c->dues = dues;
  c->proposals = proposals;
  xs_status status = XS_OK;
  for (const xmlNode *n = xs_xml_child(root, NULL); n; n = xs_xml_next(n, NULL)) {
    if (xs_xml_is(n, "pause"))
      status = worse(status, read_stop(l, n, &stops[c->stop_count++]));
    else if (xs_xml_is(n, "moment"))
      status = worse(status, read_moment(l, n, &moments[c->moment_count++]));
    else if (xs_xml_is(n, "proposal"))
      status = worse(status, read_proposal(l, n, &proposals[c->proposal_count++]));
    else
      status = worse(status, read_due(l, n, &dues[c->due_count++]));
  }
  return status;
}

/* HH:MM, which the schema demands. */
static uint32_t minutes_of(xs_text time)
{
  uint64_t hours = 0, minutes = 0;
  (void)xs_text_uint((xs_text){time.ptr, 2}, &hours);
  (void)xs_text_uint((xs_text){time.ptr + 3, 2}, &minutes);
  return (uint32_t)(hours * 60 + minutes);
}

static xs_status load(loader *l, xs_engine *engine, const char *path)
{
  const xs_schema *schema = NULL;
  xmlDocPtr doc = NULL;
  xs_text file =
      path ? xs_arena_text(l->a, xs_text_of(path))
           : xs_arena_printf(l->a, "%.*s/workflow/deadlines.xml", XS_TEXT(engine->template_dir));
  if (!file.ptr) return XS_ENOMEM;
  xs_status status = xs_engine_schema(engine, XS_VOCABULARY_DEADLINES, l->diags, &schema);
  if (!status) status = xs_engine_schema(engine, XS_VOCABULARY_CASE, l->diags, &l->case_schema);
  if (!status) status = xs_xml_load(l->a, file, l->diags, &doc);
  if (!status) status = xs_schema_check(schema, doc, l->diags);
  if (status) return status;
  xs_xml_strip_namespace(doc);
  const xmlNode *root = xmlDocGetRootElement(doc);
  l->clock->id = xs_xml_attr(root, "id");
  l->clock->version = xs_xml_attr(root, "version");
  l->clock->digest = xs_xml_digest(doc);
  l->clock->remind_at = minutes_of(xs_xml_attr(root, "remind-at"));
  return read_all(l, root);
}

xs_status xs_clock_load(xs_engine *engine, const char *path, xs_diags *diags, xs_clock **out)
{
  *out = NULL;
  loader l = {.a = xs_arena_new(engine->host), .diags = diags};
  xs_status status = XS_ENOMEM;
  l.clock = l.a ? XS_NEW(l.a, xs_clock) : NULL;
  if (l.clock) {
    l.clock->arena = l.a;
    status = load(&l, engine, path);
  }
  if (status)
    xs_arena_free(l.a);
  else
    *out = l.clock;
  return status;
}

void xs_clock_free(xs_clock *clock)
{
  if (clock) xs_arena_free(clock->arena);
}

const xs_moment *xs_clock_moment(const xs_clock *clock, xs_text id)
{
  for (size_t i = 0; i < clock->moment_count; i++)
    if (xs_text_equal(clock->moments[i].id, id)) return &clock->moments[i];
  return NULL;
}

const xs_stop *xs_clock_stop(const xs_clock *clock, xs_text id)
{
  for (size_t i = 0; i < clock->stop_count; i++)
    if (xs_text_equal(clock->stops[i].id, id)) return &clock->stops[i];
  return NULL;
}

const xs_due_rule *xs_clock_due(const xs_clock *clock, xs_text id)
{
  for (size_t i = 0; i < clock->due_count; i++)
    if (xs_text_equal(clock->dues[i].id, id)) return &clock->dues[i];
  return NULL;
}

/* ---- a rule pack beside it ---- */

static void check_stops(const xs_clock *clock, const xmlNode *limit, xs_diags *diags)
{
  xs_text list = xs_xml_attr(limit, "stopped-by"), id;
  while (xs_text_word(&list, &id))
    if (!xs_clock_stop(clock, id))
      xs_diag(diags, XS_D_DEADLINE_UNKNOWN, xs_xml_attr_span(limit, "stopped-by"),
              _("nothing that stops a limit is called “%.*s”"), XS_TEXT(id));
}

static void check_limit(const xs_clock *clock, const xmlNode *limit, xs_diags *diags)
{
  xs_text id = xs_xml_attr(limit, "id"), trigger = xs_xml_attr(limit, "trigger");
  const xs_moment *m = xs_clock_moment(clock, trigger);
  const xs_due_rule *due = xs_clock_due(clock, id);
  check_stops(clock, limit, diags);
  if (!m)
    xs_diag(diags, XS_D_DEADLINE_UNKNOWN, xs_xml_attr_span(limit, "trigger"),
            _("no moment of a case is called “%.*s”; nothing can set off this limit"),
            XS_TEXT(trigger));
  else if (!m->is_outside && (!due || !due->is_limit))
    xs_diag(diags, XS_D_DEADLINE_UNKNOWN, xs_xml_span(limit),
            _("nothing says when the limit “%.*s” is kept"), XS_TEXT(id));
}

xs_status xs_clock_check(const xs_clock *clock, const xs_rules *rules, xs_diags *diags)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  const xmlNode *root = xmlDocGetRootElement(rules->doc);
  for (const xmlNode *n = xs_xml_child(root, "limit"); n; n = xs_xml_next(n, "limit"))
    check_limit(clock, n, diags);
  return xs_diags_since(diags, before);
}
