#include "data/xml.h"

#include "base/text.h"
#include "data/schema_explain.h"
#include "data/schema_pattern.h"

#include <libxml/relaxng.h>
#include <string.h>

/* Names in the order of bytes, each once. */
typedef struct name_set {
  xs_text *items;
  size_t count;
  size_t capacity;
} name_set;

struct xs_schema {
  xmlRelaxNGPtr rng;
  xmlDocPtr doc;
  xs_grammar grammar;
  name_set elements;
  name_set attributes;
};

/* ---- names ---- */

static size_t lower_bound(const name_set *set, xs_text name)
{
  size_t from = 0, to = set->count;
  while (from < to) {
    size_t mid = from + (to - from) / 2;
    if (xs_text_compare(set->items[mid], name) < 0)
      from = mid + 1;
    else
      to = mid;
  }
  return from;
}

static bool has_name(const name_set *set, xs_text name)
{
  size_t i = lower_bound(set, name);
  return i < set->count && xs_text_equal(set->items[i], name);
}

static xs_status add_name(xs_arena *a, name_set *set, xs_text name)
{
  if (has_name(set, name)) return XS_OK;
  size_t i = lower_bound(set, name);
  xs_text *last = XS_PUSH(a, set->items, set->count, set->capacity);
  if (!last) return XS_ENOMEM;
  memmove(set->items + i + 1, set->items + i, (set->count - 1 - i) * sizeof *set->items);
  set->items[i] = name;
  return XS_OK;
}

static xs_status collect_names(xs_arena *a, xs_schema *schema)
{
  const xmlNode *root = xmlDocGetRootElement(schema->doc);
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    xs_text name = xs_xml_attr(e, "name");
    xs_status st = XS_OK;
    if (name.ptr && xs_xml_is(e, "element")) st = add_name(a, &schema->elements, name);
    if (name.ptr && xs_xml_is(e, "attribute")) st = add_name(a, &schema->attributes, name);
    if (st) return st;
  }
  return XS_OK;
}

bool xs_schema_knows_element(const xs_schema *schema, xs_text name)
{
  return has_name(&schema->elements, name);
}

bool xs_schema_knows_attribute(const xs_schema *schema, xs_text name)
{
  return has_name(&schema->attributes, name);
}

static void find_nearest(const name_set *set, xs_text name, unsigned *best, xs_text *near)
{
  for (size_t i = 0; i < set->count; i++) {
    unsigned distance = xs_text_distance(name, set->items[i], *best);
    if (distance >= *best) continue;
    *best = distance;
    *near = set->items[i];
  }
}

xs_text xs_schema_nearest(const xs_schema *schema, xs_text name)
{
  unsigned best = xs_schema_reach(name);
  xs_text near = XS_NO_TEXT;
  find_nearest(&schema->elements, name, &best, &near);
  find_nearest(&schema->attributes, name, &best, &near);
  return near;
}

/* ---- loading ---- */

static void free_rng(void *rng)
{
  xmlRelaxNGFree(rng);
}

/* What libxml2 says first. Without a word it has failed for want of memory. */
typedef struct verdict {
  const xmlNode *node;
  char text[256];
  bool no_memory;
} verdict;

static void on_error(void *context, xmlErrorPtr error)
{
  verdict *v = context;
  v->no_memory |= error->code == XML_ERR_NO_MEMORY;
  if (v->text[0]) return;
  v->node = error->node;
  strncpy(v->text, error->message ? error->message : "?", sizeof v->text - 1);
}

static xs_status say_broken(xs_text path, xs_text why, xs_diags *diags)
{
  xs_diag(diags, XS_D_SCHEMA_BROKEN, XS_NOWHERE, _("%.*s: the schema cannot be used: %.*s"),
          XS_TEXT(path), XS_TEXT(why));
  return XS_EINPUT;
}

static xs_status compile(xs_arena *a, xs_schema *schema, xs_text path, xs_diags *diags)
{
  verdict v = {0};
  xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewDocParserCtxt(schema->doc); /* works on a copy */
  if (!parser) return XS_ENOMEM;
  xmlRelaxNGSetParserStructuredErrors(parser, on_error, &v);
  schema->rng = xmlRelaxNGParse(parser);
  xmlRelaxNGFreeParserCtxt(parser);
  if (!schema->rng && (v.no_memory || !v.text[0])) return XS_ENOMEM;
  if (!schema->rng) return say_broken(path, xs_text_trim(xs_text_of(v.text)), diags);
  if (!xs_arena_defer(a, free_rng, schema->rng)) return XS_ENOMEM;
  xs_status st = xs_grammar_read(a, xmlDocGetRootElement(schema->doc), &schema->grammar);
  if (st == XS_EINPUT)
    return say_broken(path, xs_text_of(_("it uses a part of RELAX NG that is not supported")),
                      diags);
  return st;
}

xs_status xs_schema_load(xs_arena *a, xs_text path, xs_diags *diags, const xs_schema **out)
{
  xs_schema *schema = XS_NEW(a, xs_schema);
  if (!schema) return XS_ENOMEM;
  xs_status st = xs_xml_load(a, path, diags, &schema->doc);
  if (!st) st = collect_names(a, schema);
  if (!st) st = compile(a, schema, path, diags);
  if (!st) *out = schema;
  return st;
}

const xs_grammar *xs_schema_grammar(const xs_schema *schema)
{
  return &schema->grammar;
}

/* ---- judging: libxml2 says whether, the patterns say what ---- */

xs_status xs_schema_check(const xs_schema *schema, xmlDocPtr doc, xs_diags *diags)
{
  verdict v = {0};
  xmlRelaxNGValidCtxtPtr judge = xmlRelaxNGNewValidCtxt(schema->rng);
  if (!judge) return XS_ENOMEM;
  xmlRelaxNGSetValidStructuredErrors(judge, on_error, &v);
  int result = xmlRelaxNGValidateDoc(judge, doc);
  xmlRelaxNGFreeValidCtxt(judge);
  if (!result) return XS_OK;
  if (result < 0 || v.no_memory) return XS_ENOMEM;

  xs_status st = xs_schema_explain(&schema->grammar, doc, diags);
  if (st) return st;
  xs_text why = xs_text_trim(xs_text_of(v.text));
  xs_diag(diags, XS_D_SCHEMA_MISMATCH, xs_xml_any_span(v.node),
          _("the file does not fit the schema: %.*s"), XS_TEXT(why));
  return XS_EINPUT;
}
