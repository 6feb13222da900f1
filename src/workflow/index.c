#include "workflow/index.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/search.h"
#include "workflow/due_rows.h"

/* ---- where it stands ---- */

xs_text xs_office_state(xs_arena *a, const xs_office_case *c)
{
  xs_text all = XS_LIT("");
  const xmlNode *root = xs_office_record_of(c);
  for (const xmlNode *e = xs_xml_child(root, "track"); e && all.ptr; e = xs_xml_next(e, "track")) {
    xs_text key = xs_xml_attr(e, "key");
    xs_text name = xs_xml_attr(e, "name"), state = xs_xml_attr(e, "state-name");
    all = xs_arena_printf(a, "%.*s%s%.*s%s%.*s %.*s", XS_TEXT(all), all.len ? "；" : "",
                          XS_TEXT(name), key.len ? " " : "", XS_TEXT(key), XS_TEXT(state));
  }
  return all.ptr ? all : XS_LIT("");
}

static xs_status put_tracks(const xs_office_case *c, xs_diags *diags)
{
  const xs_position *p = &c->history.position;
  xs_store_track *rows = XS_NEW_ARRAY(c->arena, p->count + 1, xs_store_track);
  if (!rows) return XS_ENOMEM;
  for (size_t i = 0; i < p->count; i++)
    rows[i] = (xs_store_track){p->tracks[i].kind, p->tracks[i].key, p->tracks[i].state,
                               c->history.since[i]};
  return xs_store_tracks_put(c->office->store, c->row.uid, rows, p->count, diags);
}

/* ---- whom it concerns ---- */

typedef struct label_rule {
  const char *kind, *element, *name;
  bool is_child;
} label_rule;

static const label_rule label_rules[] = {
#define CHILD                       true
#define ATTRIBUTE                   false
#define X(kind, element, name, how) {kind, element, name, how},
#include "workflow/case_labels.def"
#undef X
#undef CHILD
#undef ATTRIBUTE
};

typedef struct labels {
  xs_arena *a;
  xs_store_label *items;
  size_t count, capacity;
} labels;

static xs_status add_label(labels *l, const char *kind, xs_text value)
{
  if (!value.len) return XS_OK;
  for (size_t i = 0; i < l->count; i++)
    if (xs_text_is(l->items[i].kind, kind) && xs_text_equal(l->items[i].value, value)) return XS_OK;
  xs_store_label *slot = XS_PUSH(l->a, l->items, l->count, l->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (xs_store_label){xs_text_of(kind), value};
  return XS_OK;
}

/* The campaigns a case belongs to: its year, its round, and each with its kind. */
static xs_status add_campaigns(labels *l, const xmlNode *root)
{
  xs_text year = xs_xml_attr(root, "year"), round = xs_xml_attr(root, "round");
  xs_text kind = xs_xml_attr(root, "kind");
  xs_text whole =
      round.len ? xs_arena_printf(l->a, "%.*s-%.*s", XS_TEXT(year), XS_TEXT(round)) : year;
  const xs_text names[] = {year, whole,
                           xs_arena_printf(l->a, "%.*s/%.*s", XS_TEXT(year), XS_TEXT(kind)),
                           xs_arena_printf(l->a, "%.*s/%.*s", XS_TEXT(whole), XS_TEXT(kind))};
  xs_status st = XS_OK;
  for (size_t i = 0; i < XS_COUNT(names) && !st; i++)
    st = names[i].ptr ? add_label(l, "campaign", names[i]) : XS_ENOMEM;
  return st;
}

static xs_status put_labels(const xs_office_case *c, xs_diags *diags)
{
  labels l = {.a = c->arena};
  const xmlNode *root = xmlDocGetRootElement(c->kase->doc);
  xs_status campaigns = add_campaigns(&l, root);
  if (campaigns) return campaigns;
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e))
    for (size_t i = 0; i < XS_COUNT(label_rules); i++) {
      const label_rule *rule = &label_rules[i];
      if (!xs_xml_is(e, rule->element)) continue;
      xs_text value = rule->is_child ? xs_xml_child_content(c->arena, e, rule->name)
                                     : xs_xml_attr(e, rule->name);
      xs_status st = add_label(&l, rule->kind, value);
      if (st) return st;
    }
  return xs_store_labels_put(c->office->store, c->row.uid, l.items, l.count, diags);
}

/* ---- what is due ---- */

static xs_status put_deadlines(const xs_office_case *c, xs_diags *diags)
{
  xs_store_deadline *rows = NULL;
  size_t count = 0;
  xs_deadline_question q = {.clock = c->office->clock, .kase = c->kase, .rules = c->rules};
  xs_status st = xs_engine_calendar(c->office->engine, c->office->diags, &q.calendar);
  if (!st) st = xs_due_rows(c->arena, &q, &c->deadlines, diags, &rows, &count);
  return st ? st : xs_store_deadlines_put(c->office->store, c->row.uid, rows, count, diags);
}

/* ---- its words ---- */

/* What would only find people by what is nobody's business. */
static bool is_private(const xmlNode *e)
{
  return xs_xml_is(e, "id-number") || xs_xml_is(e, "phone");
}

static void add_number(const xmlNode *e, xs_buf *out)
{
  xs_text organ = xs_xml_attr(e, "organ"), year = xs_xml_attr(e, "year"),
          serial = xs_xml_attr(e, "serial");
  xs_buf_printf(out, "%.*s〔%.*s〕%.*s号\n", XS_TEXT(organ), XS_TEXT(year), XS_TEXT(serial));
}

static void add_words(const xmlNode *e, xs_buf *out)
{
  for (const xmlNode *n = e->children; n; n = n->next)
    if (n->type == XML_TEXT_NODE) {
      xs_text words = xs_text_trim(xs_text_of((const char *)n->content));
      xs_buf_text(out, words);
      if (words.len) xs_buf_str(out, "\n");
    }
}

/* Titles, names, numbers of papers, clauses: everything that was written into the case. */
static xs_status put_words(const xs_office_case *c, xs_diags *diags)
{
  const xmlNode *root = xmlDocGetRootElement(c->kase->doc);
  xs_buf text;
  xs_buf_init(&text, c->office->host, XS_MAX_XML_BYTES);
  xs_buf_text(&text, c->row.uid);
  xs_buf_str(&text, "\n");
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    xs_text name = xs_xml_is(e, "contact") ? xs_xml_attr(e, "name") : XS_NO_TEXT;
    if (is_private(e)) continue;
    if (xs_xml_is(e, "number")) add_number(e, &text);
    if (name.len) xs_buf_printf(&text, "%.*s\n", XS_TEXT(name));
    add_words(e, &text);
  }
  xs_status st = text.status;
  if (!st) st = xs_store_search_put(c->office->store, c->row.uid, xs_buf_view(&text), diags);
  xs_buf_free(&text);
  return st;
}

/* ---- the case itself ---- */

static xs_status change_case(const xs_office_case *c, xs_diags *diags)
{
  const xmlNode *root = xmlDocGetRootElement(c->kase->doc);
  const xs_store_case row = {
      .uid = c->row.uid,
      .title = xs_xml_child_content(c->arena, root, "title"),
      .kind = xs_xml_attr(root, "kind"),
      .year = xs_xml_attr(root, "year"),
      .state = xs_office_state(c->arena, c),
  };
  return xs_store_case_change(c->office->store, &row, diags);
}

xs_status xs_office_index(const xs_office_case *c, bool new_facts, xs_diags *diags)
{
  xs_status st = put_tracks(c, diags);
  if (!st) st = put_deadlines(c, diags);
  if (!st && new_facts) st = put_labels(c, diags);
  if (!st && new_facts) st = put_words(c, diags);
  return st ? st : change_case(c, diags);
}
