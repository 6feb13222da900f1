/*
 * Loading a template: its file, the bases it lies on, the libraries they include.
 *
 * The sources form a graph. A visit goes to the source itself, then to its libraries, the last
 * one first, then to its base. A source that is met again moves behind everything met so far, so
 * that in the end each one stands behind all that lie on it, and a definition holds when it is
 * the first of its name in this order:
 *
 *   province ─▶ province's libraries ─▶ nation ─▶ nation's libraries
 *
 * A library included by both province and nation is the nation's: what the nation overrides in
 * it stays overridden.
 */
#include "template/compiled.h"
#include "template/source.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A source that is being visited: meeting it again is a circle. */
typedef struct visited {
  const xs_source *source;
  xs_span at; /* where it was asked for */
} visited;

typedef struct loader {
  const xs_template_place *place;
  xs_sources *sources;
  xs_template *t;
  xs_arena *a;
  xs_diags *diags;
  const xs_source **order; /* the order of the essay above */
  size_t order_count, order_capacity;
  visited open[XS_MAX_TEMPLATE_DEPTH + 1];
  size_t visits, definition_capacity;
} loader;

enum { MAX_VISITS = 4096 };

/* ---- visiting ---- */

static xs_status put_last(loader *l, const xs_source *u)
{
  size_t kept = 0;
  for (size_t i = 0; i < l->order_count; i++)
    if (l->order[i] != u) l->order[kept++] = l->order[i];
  l->order_count = kept;
  const xs_source **slot = XS_PUSH(l->a, l->order, l->order_count, l->order_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = u;
  return XS_OK;
}

static xs_status check_circle(const loader *l, const xs_source *u, unsigned depth, xs_span at)
{
  for (unsigned i = 0; i < depth; i++) {
    if (l->open[i].source != u) continue;
    xs_diag(l->diags, XS_D_TEMPLATE_CIRCLE, at, _("“%.*s” is reached again from itself"),
            XS_TEXT(xs_xml_attr(u->root, "id")));
    xs_span begin = l->open[i].at;
    xs_diag_note(l->diags, begin.source ? begin : xs_xml_span(u->root),
                 _("the circle begins here"));
    return XS_EINPUT;
  }
  return XS_OK;
}

static xs_status check_visit(loader *l, const xs_source *u, bool wants_library, unsigned depth,
                             xs_span at)
{
  if (depth > XS_MAX_TEMPLATE_DEPTH || ++l->visits > MAX_VISITS) {
    xs_diag(l->diags, XS_D_LIMIT, at, _("bases and libraries are nested deeper than %u"),
            XS_MAX_TEMPLATE_DEPTH);
    return XS_ELIMIT;
  }
  xs_status st = check_circle(l, u, depth, at);
  if (st || u->is_library == wants_library) return st;
  xs_diag(l->diags, XS_D_TEMPLATE_KIND, at,
          wants_library ? _("“%.*s” is a template, a library is needed")
                        : _("“%.*s” is a library, a template is needed"),
          XS_TEXT(xs_xml_attr(u->root, "id")));
  return XS_EINPUT;
}

static xs_status visit(loader *l, xs_text path, bool wants_library, unsigned depth, xs_span at);

static xs_status visit_named(loader *l, const xs_source *from, const xmlNode *element,
                             const char *attribute, bool wants_library, unsigned depth)
{
  xs_text id = xs_xml_attr(element, attribute);
  xs_span at = xs_xml_attr_span(element, attribute);
  xs_text path;
  xs_status st = xs_source_find(l->sources, l->place, id, from->path, at, l->diags, &path);
  return st ? st : visit(l, path, wants_library, depth + 1, at);
}

/* The include before `n`, or the last one when n is NULL. */
static const xmlNode *include_before(const xs_source *u, const xmlNode *n)
{
  const xmlNode *last = NULL;
  for (const xmlNode *i = xs_xml_child(u->root, "include"); i && i != n;
       i = xs_xml_next(i, "include"))
    last = i;
  return last;
}

static xs_status visit(loader *l, xs_text path, bool wants_library, unsigned depth, xs_span at)
{
  const xs_source *u = NULL;
  xs_status st = xs_source_open(l->sources, l->place, path, l->diags, &u);
  if (!st) st = check_visit(l, u, wants_library, depth, at);
  if (!st) st = put_last(l, u);
  if (st) return st;
  l->open[depth] = (visited){u, at};
  for (const xmlNode *i = include_before(u, NULL); i && !st; i = include_before(u, i))
    st = visit_named(l, u, i, "library", true, depth);
  if (!st && xs_xml_attr(u->root, "base").ptr)
    st = visit_named(l, u, u->root, "base", false, depth);
  return st;
}

/* ---- putting together ---- */

static int compare_definitions(const void *left, const void *right)
{
  const xs_definition *a = (const xs_definition *)left, *b = (const xs_definition *)right;
  if (a->node->element != b->node->element) return a->node->element < b->node->element ? -1 : 1;
  int order = xs_text_compare(a->name, b->name);
  if (order) return order;
  return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static bool is_definition(const xs_node *n)
{
  return n->element == XS_E_STYLE || n->element == XS_E_PAGE || n->element == XS_E_NUMBERING ||
         n->element == XS_E_WATERMARK || n->element == XS_E_SLOT || n->element == XS_E_BLOCK;
}

/* The attribute that tells it from others of its kind. */
static xs_attribute naming_attribute(const xs_node *n)
{
  if (n->element == XS_E_SLOT) return XS_A_ID;
  return n->element == XS_E_WATERMARK ? XS_A_COPY : XS_A_NAME;
}

static xs_text definition_name(const xs_node *n)
{
  return xs_node_word(n, naming_attribute(n));
}

/* Blocks are also defined where they stand, so that they can be replaced there. */
static xs_status collect_definition(loader *l, const xs_node *n, size_t rank, bool at_top)
{
  xs_template *t = l->t;
  if (at_top ? is_definition(n) : n->element == XS_E_BLOCK) {
    xs_definition *slot =
        XS_PUSH(l->a, t->definitions, t->definition_count, l->definition_capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_definition){definition_name(n), n, rank};
  }
  xs_status st = XS_OK;
  for (const xs_node *c = n->first; c && !st; c = c->next)
    st = collect_definition(l, c, rank, false);
  return st;
}

static xs_status collect_definitions(loader *l)
{
  xs_template *t = l->t;
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const xs_source *u = l->order[rank];
    for (size_t i = 0; i < u->definition_count; i++) {
      xs_status st = collect_definition(l, u->definitions[i], rank, true);
      if (st) return st;
    }
  }
  if (t->definition_count)
    qsort(t->definitions, t->definition_count, sizeof *t->definitions, compare_definitions);
  for (size_t i = 1; i < t->definition_count; i++) {
    const xs_definition *a = &t->definitions[i - 1], *b = &t->definitions[i];
    if (compare_definitions(a, b) != 0) continue;
    bool later = a->node->span.off < b->node->span.off;
    const xs_node *second = (later ? b : a)->node, *first = (later ? a : b)->node;
    xs_diag(l->diags, XS_D_NAME_TWICE, xs_node_place(second, naming_attribute(second)),
            _("“%.*s” is defined twice in one file"), XS_TEXT(a->name));
    xs_diag_note(l->diags, xs_node_place(first, naming_attribute(first)), _("the first"));
  }
  return XS_OK;
}

const xs_definition *xs_template_definition(const xs_template *t, xs_element element, xs_text name)
{
  size_t low = 0, high = t->definition_count;
  while (low < high) { /* the first that is not below (element, name) */
    size_t middle = low + (high - low) / 2;
    const xs_definition *d = &t->definitions[middle];
    bool below = d->node->element != element ? d->node->element < element
                                             : xs_text_compare(d->name, name) < 0;
    if (below)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == t->definition_count) return NULL;
  const xs_definition *d = &t->definitions[low];
  bool found = d->node->element == element && xs_text_equal(d->name, name);
  return found ? d : NULL;
}

static bool is_clause(const xs_node *n)
{
  return n->element == XS_E_BLOCK && xs_node_attr(n, XS_A_ITEM) != NULL;
}

/* The definition of the nearest name; NULL when none is near. */
static const xs_definition *find_nearest(const xs_template *t, xs_element element, xs_text name,
                                         bool clauses)
{
  unsigned best = xs_text_reach(name);
  const xs_definition *near = NULL;
  for (size_t i = 0; i < t->definition_count; i++) {
    const xs_definition *d = &t->definitions[i];
    if (d->node->element != element || (clauses && !is_clause(d->node))) continue;
    unsigned distance = xs_text_distance(name, d->name, best);
    if (distance >= best) continue;
    best = distance;
    near = d;
  }
  return near;
}

static void note_nearest(const xs_definition *near, xs_diags *diags)
{
  if (near)
    xs_diag_note(diags, near->node->span, _("the nearest name is “%.*s”"), XS_TEXT(near->name));
}

void xs_report_unknown(const xs_template *t, xs_element element, xs_text name, xs_span at,
                       xs_diags *diags)
{
  if (xs_diags_count(diags, XS_ERROR) > XS_MAX_DIAGS) return; /* nobody would see it */
  xs_diag(diags, XS_D_NAME_UNKNOWN, at, _("no %s “%.*s”"), xs_element_name(element), XS_TEXT(name));
  note_nearest(find_nearest(t, element, name, false), diags);
}

void xs_template_check_clause(const xs_template *t, xs_text name, xs_span at, xs_diags *diags)
{
  const xs_definition *d = xs_template_definition(t, XS_E_BLOCK, name);
  if ((d && is_clause(d->node)) || xs_diags_count(diags, XS_WARNING) > XS_MAX_DIAGS) return;
  xs_diag(diags, XS_D_CLAUSE_UNKNOWN, at, _("no clause library has “%.*s”"), XS_TEXT(name));
  note_nearest(find_nearest(t, XS_E_BLOCK, name, true), diags);
}

/* Body, title and the like come from the first template of the chain that has them. */
static void collect_parts(loader *l, xs_text *page, xs_span *page_at)
{
  xs_template *t = l->t;
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const xs_source *u = l->order[rank];
    if (u->is_library) continue;
    for (size_t i = 0; i < u->definition_count; i++) {
      const xs_node *n = u->definitions[i];
      if (n->element == XS_E_TITLE && !t->title) t->title = n;
      if (n->element == XS_E_SUBJECT && !t->subject) t->subject = n;
      if (n->element == XS_E_AUTHOR && !t->author) t->author = n;
      if (n->element == XS_E_BODY && !t->body) t->body = n;
    }
    if (!t->paper.len) t->paper = xs_xml_attr(u->root, "paper");
    if (!page->len) {
      *page = xs_xml_attr(u->root, "page");
      *page_at = xs_xml_attr_span(u->root, "page");
    }
  }
}

/* An expression that stands on the root; the first template of the chain that has it states it. */
static xs_status read_expression(loader *l, const char *attribute, const xs_expression **out)
{
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const xs_source *u = l->order[rank];
    xs_text source = u->is_library ? XS_NO_TEXT : xs_xml_attr(u->root, attribute);
    if (!source.len) continue;
    xs_expression *e = NULL;
    xs_status st =
        xs_expression_parse(l->a, source, xs_xml_attr_span(u->root, attribute), l->diags, &e);
    *out = e;
    return st == XS_ENOMEM ? st : XS_OK;
  }
  return XS_OK;
}

static xs_status make_digest(loader *l)
{
  xs_digest *d = xs_digest_new(l->place->host);
  if (!d) return XS_ENOMEM;
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const char *part = xs_xml_digest(l->order[rank]->doc);
    xs_digest_add(d, part, strlen(part));
  }
  xs_status st = xs_digest_end(d, l->t->digest);
  xs_digest_free(d);
  return st;
}

static xs_status load(loader *l, xs_text which)
{
  xs_text path = xs_arena_text(l->a, which);
  xs_status st = path.ptr ? XS_OK : XS_ENOMEM;
  if (!st && !xs_text_ends(which, ".xml"))
    st = xs_source_find(l->sources, l->place, which, XS_NO_TEXT, XS_NOWHERE, l->diags, &path);
  if (!st) st = visit(l, path, false, 0, XS_NOWHERE);
  if (st) return st;
  const xs_source *u = l->order[0];
  xs_template *t = l->t;
  t->path = u->path;
  t->id = xs_xml_attr(u->root, "id");
  t->name = xs_xml_attr(u->root, "name");
  t->version = xs_xml_attr(u->root, "version");
  xs_text page = XS_NO_TEXT;
  xs_span page_at = XS_NOWHERE;
  collect_parts(l, &page, &page_at);
  st = collect_definitions(l);
  if (!st) st = read_expression(l, "for", &t->about);
  if (!st) st = read_expression(l, "later", &t->later);
  if (!st) st = xs_compile_styles(t, l->diags);
  if (!st) st = xs_compile_pages(t, page, page_at, l->diags);
  if (!st) st = xs_compile_check(t, l->place, l->diags);
  if (!st) st = make_digest(l);
  return st;
}

xs_status xs_template_load(const xs_template_place *place, xs_text which, xs_diags *diags,
                           xs_template **out)
{
  *out = NULL;
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_arena *a = xs_arena_new(place->host);
  xs_template *t = a ? XS_NEW(a, xs_template) : NULL;
  if (!t) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  t->arena = a;
  xs_sources own = {.a = a};
  loader l = {.place = place,
              .sources = place->sources ? place->sources : &own,
              .t = t,
              .a = a,
              .diags = diags};
  xs_status st = load(&l, which);
  if (!st) st = xs_diags_since(diags, before);
  if (st)
    xs_arena_free(a);
  else
    *out = t;
  return st;
}

void xs_template_free(xs_template *t)
{
  if (t) xs_arena_free(t->arena);
}

xs_text xs_template_id(const xs_template *t)
{
  return t->id;
}

xs_text xs_template_name(const xs_template *t)
{
  return t->name;
}

xs_text xs_template_version(const xs_template *t)
{
  return t->version;
}

xs_text xs_template_paper(const xs_template *t)
{
  return t->paper;
}

const char *xs_template_digest(const xs_template *t)
{
  return t->digest;
}
