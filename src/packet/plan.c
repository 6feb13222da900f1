#include "packet/plan.h"

#include "base/text.h"

#include <string.h>

typedef struct loader {
  const xs_plan_place *place;
  xs_arena *a;
  xs_diags *diags;
  xs_text last_number;
} loader;

/* ---- which file ---- */

enum { NEAR = 3 }; /* edits between a mistyped name and the one that was meant */

typedef struct nearest {
  xs_arena *a;
  xs_text wanted, found;
  unsigned distance;
} nearest;

static int compare_name(void *arg, const char *file)
{
  nearest *n = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml")) return 0;
  name.len -= strlen(".xml");
  unsigned distance = xs_text_distance(n->wanted, name, NEAR);
  if (distance > NEAR || distance >= n->distance) return 0;
  n->found = xs_arena_text(n->a, name);
  n->distance = distance;
  return 0;
}

static int find_file(void *arg, const char *file)
{
  nearest *n = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml")) return 0;
  name.len -= strlen(".xml");
  if (xs_text_equal(name, n->wanted)) n->found = n->wanted;
  return n->found.ptr != NULL;
}

/* An id names a file only when the folder lists it: a path never gets in. */
static xs_status find_path(const loader *l, xs_text which, xs_text *path)
{
  if (xs_text_ends(which, ".xml")) {
    *path = xs_arena_text(l->a, which);
    return path->ptr ? XS_OK : XS_ENOMEM;
  }
  const xs_host *host = l->place->host;
  nearest n = {.a = l->a, .wanted = which, .distance = NEAR + 1};
  (void)host->list(host->user, l->place->dir.ptr, find_file, &n);
  if (n.found.ptr) {
    *path = xs_arena_printf(l->a, "%.*s/%.*s.xml", XS_TEXT(l->place->dir), XS_TEXT(which));
    return path->ptr ? XS_OK : XS_ENOMEM;
  }
  xs_diag(l->diags, XS_D_PLAN_UNKNOWN, XS_NOWHERE, _("there is no packet plan “%.*s”"),
          XS_TEXT(which));
  (void)host->list(host->user, l->place->dir.ptr, compare_name, &n);
  if (n.found.ptr) xs_diag_note(l->diags, XS_NOWHERE, _("the nearest is “%.*s”"), XS_TEXT(n.found));
  return XS_EINPUT;
}

/* ---- what it says ---- */

static xs_status compile(loader *l, const xmlNode *node, const char *attribute,
                         const xs_expression **out)
{
  xs_text source = xs_xml_attr(node, attribute);
  if (!source.ptr) return XS_OK;
  return xs_expression_compile(l->a, source, xs_xml_attr_span(node, attribute),
                               l->place->case_schema, l->diags, out);
}

/* The worse of two: a mistake is no reason to stop looking for the next one. */
static xs_status worse(xs_status a, xs_status b)
{
  return a && a != XS_EINPUT ? a : (b ? b : a);
}

static xs_status compile_all(loader *l, const xmlNode *node, xs_plan_entry *e)
{
  const struct {
    const char *attribute;
    const xs_expression **out;
  } wanted[] = {
      {"each", &e->each}, {"when", &e->when}, {"need", &e->need},   {"by", &e->by},
      {"date", &e->date}, {"mark", &e->mark}, {"named", &e->named}, {"law", &e->law},
  };
  xs_status status = XS_OK;
  for (size_t i = 0; i < XS_COUNT(wanted); i++)
    status = worse(status, compile(l, node, wanted[i].attribute, wanted[i].out));
  return status;
}

/* Papers stand in the packet as they stand in the plan, and so must their files in a folder. */
static xs_status check_number(loader *l, const xmlNode *node, xs_text number)
{
  bool in_order = xs_text_compare(l->last_number, number) <= 0;
  l->last_number = number;
  if (in_order) return XS_OK;
  xs_diag(l->diags, XS_D_PLAN_NUMBER, xs_xml_attr_span(node, "number"),
          _("the numbers of papers must rise: %.*s stands behind a higher one"), XS_TEXT(number));
  return XS_EINPUT;
}

static xs_status read_entry(loader *l, const xmlNode *node, xs_plan_entry *e)
{
  *e = (xs_plan_entry){
      .number = xs_xml_attr(node, "number"),
      .template_id = xs_xml_attr(node, "template"),
      .title = xs_xml_attr(node, "title"),
      .why = xs_xml_attr(node, "why"),
      .source = xs_xml_attr(node, "source"),
      .remark = xs_xml_attr(node, "remark"),
      .span = xs_xml_span(node),
      .template_span = xs_xml_attr_span(node, "template"),
      .need_span = xs_xml_attr_span(node, "need"),
      .source_span = xs_xml_attr_span(node, "source"),
  };
  if (xs_xml_attr_is(node, "copy", "public")) e->copy = XS_COPY_PUBLIC;
  if (xs_xml_attr_is(node, "copy", "draft")) e->copy = XS_COPY_DRAFT;
  xs_status status = check_number(l, node, e->number);
  return worse(status, compile_all(l, node, e));
}

static xs_status read_part(loader *l, const xmlNode *node, xs_plan_part *part)
{
  size_t capacity = 0;
  xs_plan_entry *entries = NULL;
  xs_status status = XS_OK;
  part->name = xs_xml_attr(node, "name");
  for (const xmlNode *n = xs_xml_child(node, NULL); n; n = xs_xml_next(n, NULL)) {
    xs_plan_entry *e = XS_PUSH(l->a, entries, part->entry_count, capacity);
    if (!e) return XS_ENOMEM;
    status = worse(status, read_entry(l, n, e));
  }
  part->entries = entries;
  return status;
}

static xs_plan_page read_page(const xmlNode *root, const char *attribute)
{
  return (xs_plan_page){xs_xml_attr(root, attribute), xs_xml_attr_span(root, attribute)};
}

static xs_status read_plan(loader *l, xmlDocPtr doc, xs_plan *plan)
{
  const xmlNode *root = xmlDocGetRootElement(doc);
  plan->id = xs_xml_attr(root, "id");
  plan->version = xs_xml_attr(root, "version");
  plan->name = xs_xml_attr(root, "name");
  plan->cover = read_page(root, "cover");
  plan->contents = read_page(root, "contents");
  plan->missing = read_page(root, "missing");
  plan->divider = read_page(root, "divider");
  plan->note = read_page(root, "note");
  plan->attached = read_page(root, "attached");
  plan->digest = xs_xml_digest(doc);

  size_t capacity = 0;
  xs_plan_part *parts = NULL;
  xs_status status = XS_OK;
  for (const xmlNode *n = xs_xml_child(root, "part"); n; n = xs_xml_next(n, "part")) {
    xs_plan_part *part = XS_PUSH(l->a, parts, plan->part_count, capacity);
    if (!part) return XS_ENOMEM;
    *part = (xs_plan_part){0};
    status = worse(status, read_part(l, n, part));
  }
  plan->parts = parts;
  return status;
}

static xs_status load(loader *l, xs_text which, xs_plan *plan)
{
  xs_text path = XS_NO_TEXT;
  xmlDocPtr doc = NULL;
  xs_status status = find_path(l, which, &path);
  if (!status) status = xs_xml_load(l->a, path, l->diags, &doc);
  if (!status) status = xs_schema_check(l->place->schema, doc, l->diags);
  if (!status) status = read_plan(l, doc, plan);
  return status;
}

xs_status xs_plan_load(const xs_plan_place *place, xs_text which, xs_diags *diags, xs_plan **out)
{
  *out = NULL;
  loader l = {.place = place, .a = xs_arena_new(place->host), .diags = diags};
  xs_plan *plan = l.a ? XS_NEW(l.a, xs_plan) : NULL;
  xs_status status = XS_ENOMEM;
  if (plan) {
    plan->arena = l.a;
    status = load(&l, which, plan);
  }
  if (status)
    xs_arena_free(l.a);
  else
    *out = plan;
  return status;
}

void xs_plan_free(xs_plan *plan)
{
  if (plan) xs_arena_free(plan->arena);
}
