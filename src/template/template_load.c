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

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct unit {
  xs_text path;
  xmlDocPtr doc;
  const xmlNode *root;
  xs_node **definitions; /* read from the children of the root */
  size_t definition_count;
  bool is_library;
  bool is_open; /* a visit is under way: meeting it again is a circle */
  xs_span opened_at;
} unit;

typedef struct loader {
  const xs_template_place *place;
  xs_template *t;
  xs_arena *a;
  xs_diags *diags;
  unit **units; /* all that were loaded, in the order of loading */
  size_t unit_count, unit_capacity;
  unit **order; /* the order of the essay above */
  size_t order_count, order_capacity;
  size_t visits, definition_capacity;
} loader;

enum { MAX_VISITS = 4096, MAX_FOLDERS_DEEP = 4, MAX_FOLDER_ENTRIES = 10000 };

/* ---- finding files ---- */

typedef struct folder {
  xs_arena *a;
  xs_text *names;
  size_t count, capacity;
  bool failed;
} folder;

static int note_entry(void *arg, const char *name)
{
  folder *f = (folder *)arg;
  xs_text *slot = XS_PUSH(f->a, f->names, f->count, f->capacity);
  if (slot) *slot = xs_arena_text(f->a, xs_text_of(name));
  f->failed = !slot || !slot->ptr;
  return f->failed || f->count >= MAX_FOLDER_ENTRIES;
}

typedef struct search {
  xs_text file; /* ID.xml */
  xs_text found;
  xs_text near; /* the name of a file that is nearly the one */
  unsigned near_distance;
} search;

/* Plans, rule packs and schemas stand in folders of their own, and their ids are their own. */
static bool may_hold_templates(xs_text folder_name)
{
  static const char *const others[] = {"plans", "rules", "schema"};
  for (size_t i = 0; i < XS_COUNT(others); i++)
    if (xs_text_is(folder_name, others[i])) return false;
  return folder_name.len > 0 && !memchr(folder_name.ptr, '.', folder_name.len);
}

static void note_near(search *s, xs_text name)
{
  if (!xs_text_ends(name, ".xml")) return;
  unsigned distance = xs_text_distance(name, s->file, s->near_distance);
  if (distance >= s->near_distance) return;
  s->near_distance = distance;
  s->near = name;
}

static xs_status search_folder(loader *l, xs_text dir, unsigned depth, search *s)
{
  const xs_host *host = l->place->host;
  folder f = {.a = l->a};
  xs_text path = xs_arena_text(l->a, dir);
  if (!path.ptr) return XS_ENOMEM;
  if (host->list(host->user, path.ptr, note_entry, &f) != 0) return XS_OK; /* no folder */
  if (f.failed) return XS_ENOMEM;
  for (size_t i = 0; i < f.count; i++) {
    note_near(s, f.names[i]);
    if (!xs_text_equal(f.names[i], s->file)) continue;
    s->found = xs_arena_printf(l->a, "%.*s/%.*s", XS_TEXT(dir), XS_TEXT(s->file));
    return s->found.ptr ? XS_OK : XS_ENOMEM;
  }
  for (size_t i = 0; i < f.count && depth < MAX_FOLDERS_DEEP && !s->found.ptr; i++) {
    if (!may_hold_templates(f.names[i])) continue;
    xs_text sub = xs_arena_printf(l->a, "%.*s/%.*s", XS_TEXT(dir), XS_TEXT(f.names[i]));
    xs_status st = sub.ptr ? search_folder(l, sub, depth + 1, s) : XS_ENOMEM;
    if (st) return st;
  }
  return XS_OK;
}

static bool is_id(xs_text which)
{
  for (size_t i = 0; i < which.len; i++)
    if (which.ptr[i] == '/' || which.ptr[i] == '\\') return false;
  return which.len > 0 && which.ptr[0] != '.';
}

/* The path of a template (library) by id; `beside` is the folder of the file that asks. */
static xs_status find_file(loader *l, xs_text id, xs_text beside, xs_span at, xs_text *out)
{
  search s = {.near_distance = xs_text_reach(id)};
  s.file = xs_arena_printf(l->a, "%.*s.xml", XS_TEXT(id));
  if (!s.file.ptr) return XS_ENOMEM;
  xs_status st = XS_OK;
  if (is_id(id)) st = search_folder(l, l->place->dir, 0, &s);
  if (!st && is_id(id) && !s.found.ptr && beside.len)
    st = search_folder(l, beside, MAX_FOLDERS_DEEP, &s);
  if (st) return st;
  if (s.found.ptr) {
    *out = s.found;
    return XS_OK;
  }
  xs_diag(l->diags, XS_D_TEMPLATE_UNKNOWN, at, _("no template or library “%.*s”"), XS_TEXT(id));
  if (s.near.len > 4)
    xs_diag_note(l->diags, XS_NOWHERE, _("the nearest name is “%.*s”"), (int)s.near.len - 4,
                 s.near.ptr);
  return XS_EINPUT;
}

static xs_text folder_of(xs_text path)
{
  size_t len = path.len;
  while (len > 0 && path.ptr[len - 1] != '/') len--;
  return len > 1 ? (xs_text){path.ptr, len - 1} : XS_LIT(".");
}

/* ---- opening one source ---- */

static xs_status read_definitions(loader *l, unit *u)
{
  size_t count = 0;
  for (const xmlNode *n = xs_xml_child(u->root, NULL); n; n = xs_xml_next(n, NULL)) count++;
  u->definitions = XS_NEW_ARRAY(l->a, count + 1, xs_node *);
  if (!u->definitions) return XS_ENOMEM;
  for (const xmlNode *n = xs_xml_child(u->root, NULL); n; n = xs_xml_next(n, NULL)) {
    xs_node *read = NULL;
    xs_status st = xs_node_read(l->a, n, u->path, l->diags, &read);
    if (st) return st;
    if (read) u->definitions[u->definition_count++] = read;
  }
  return XS_OK;
}

static xs_status open_unit(loader *l, xs_text path, unit **out)
{
  for (size_t i = 0; i < l->unit_count; i++) {
    *out = l->units[i];
    if (xs_text_equal((*out)->path, path)) return XS_OK;
  }
  unit *u = XS_NEW(l->a, unit);
  unit **slot = u ? XS_PUSH(l->a, l->units, l->unit_count, l->unit_capacity) : NULL;
  if (!slot) return XS_ENOMEM;
  *slot = u;
  u->path = path;
  xs_status st = xs_xml_load(l->a, path, l->diags, &u->doc);
  if (!st && l->place->schema) st = xs_schema_check(l->place->schema, u->doc, l->diags);
  if (st) return st;
  xs_xml_strip_namespace(u->doc);
  u->root = xmlDocGetRootElement(u->doc);
  u->is_library = xs_xml_is(u->root, "library");
  *out = u;
  return read_definitions(l, u);
}

/* ---- visiting ---- */

static xs_status put_last(loader *l, unit *u)
{
  size_t kept = 0;
  for (size_t i = 0; i < l->order_count; i++)
    if (l->order[i] != u) l->order[kept++] = l->order[i];
  l->order_count = kept;
  unit **slot = XS_PUSH(l->a, l->order, l->order_count, l->order_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = u;
  return XS_OK;
}

static xs_status check_visit(loader *l, const unit *u, bool wants_library, unsigned depth,
                             xs_span at)
{
  if (u->is_open) {
    xs_diag(l->diags, XS_D_TEMPLATE_CIRCLE, at, _("“%.*s” is reached again from itself"),
            XS_TEXT(xs_xml_attr(u->root, "id")));
    xs_diag_note(l->diags, u->opened_at.source ? u->opened_at : xs_xml_span(u->root),
                 _("the circle begins here"));
    return XS_EINPUT;
  }
  if (depth > XS_MAX_TEMPLATE_DEPTH || ++l->visits > MAX_VISITS) {
    xs_diag(l->diags, XS_D_LIMIT, at, _("bases and libraries are nested deeper than %u"),
            XS_MAX_TEMPLATE_DEPTH);
    return XS_ELIMIT;
  }
  if (u->is_library == wants_library) return XS_OK;
  xs_diag(l->diags, XS_D_TEMPLATE_KIND, at,
          wants_library ? _("“%.*s” is a template, a library is needed")
                        : _("“%.*s” is a library, a template is needed"),
          XS_TEXT(xs_xml_attr(u->root, "id")));
  return XS_EINPUT;
}

static xs_status visit(loader *l, xs_text path, bool wants_library, unsigned depth, xs_span at);

static xs_status visit_named(loader *l, const unit *from, const xmlNode *element,
                             const char *attribute, bool wants_library, unsigned depth)
{
  xs_text id = xs_xml_attr(element, attribute);
  xs_span at = xs_xml_attr_span(element, attribute);
  xs_text path;
  xs_status st = find_file(l, id, folder_of(from->path), at, &path);
  return st ? st : visit(l, path, wants_library, depth + 1, at);
}

/* The include before `n`, or the last one when n is NULL. */
static const xmlNode *include_before(const unit *u, const xmlNode *n)
{
  const xmlNode *last = NULL;
  for (const xmlNode *i = xs_xml_child(u->root, "include"); i && i != n;
       i = xs_xml_next(i, "include"))
    last = i;
  return last;
}

static xs_status visit(loader *l, xs_text path, bool wants_library, unsigned depth, xs_span at)
{
  unit *u = NULL;
  xs_status st = open_unit(l, path, &u);
  if (!st) st = check_visit(l, u, wants_library, depth, at);
  if (!st) st = put_last(l, u);
  if (st) return st;
  u->is_open = true;
  u->opened_at = at;
  for (const xmlNode *i = include_before(u, NULL); i && !st; i = include_before(u, i))
    st = visit_named(l, u, i, "library", true, depth);
  if (!st && xs_xml_attr(u->root, "base").ptr)
    st = visit_named(l, u, u->root, "base", false, depth);
  u->is_open = false;
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
         n->element == XS_E_WATERMARK || n->element == XS_E_BLOCK;
}

static xs_text definition_name(const xs_node *n)
{
  return xs_node_word(n, n->element == XS_E_WATERMARK ? XS_A_COPY : XS_A_NAME);
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
    const unit *u = l->order[rank];
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
    xs_diag(l->diags, XS_D_NAME_TWICE, xs_node_place((later ? b : a)->node, XS_A_NAME),
            _("“%.*s” is defined twice in one file"), XS_TEXT(a->name));
    xs_diag_note(l->diags, xs_node_place((later ? a : b)->node, XS_A_NAME), _("the first"));
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
  const xs_definition *d = &t->definitions[low];
  bool found =
      low < t->definition_count && d->node->element == element && xs_text_equal(d->name, name);
  return found ? d : NULL;
}

void xs_report_unknown(const xs_template *t, xs_element element, xs_text name, xs_span at,
                       xs_diags *diags)
{
  unsigned best = xs_text_reach(name);
  const xs_definition *near = NULL;
  if (xs_diags_count(diags, XS_ERROR) > XS_MAX_DIAGS) return; /* nobody would see it */
  for (size_t i = 0; i < t->definition_count; i++) {
    const xs_definition *d = &t->definitions[i];
    if (d->node->element != element) continue;
    unsigned distance = xs_text_distance(name, d->name, best);
    if (distance >= best) continue;
    best = distance;
    near = d;
  }
  xs_diag(diags, XS_D_NAME_UNKNOWN, at, _("no %s “%.*s”"), xs_element_name(element), XS_TEXT(name));
  if (near)
    xs_diag_note(diags, near->node->span, _("the nearest name is “%.*s”"), XS_TEXT(near->name));
}

/* Body, title and the like come from the first template of the chain that has them. */
static void collect_parts(loader *l, xs_text *page, xs_span *page_at)
{
  xs_template *t = l->t;
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const unit *u = l->order[rank];
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

static xs_status read_about(loader *l)
{
  for (size_t rank = 0; rank < l->order_count; rank++) {
    const unit *u = l->order[rank];
    xs_text source = u->is_library ? XS_NO_TEXT : xs_xml_attr(u->root, "for");
    if (!source.len) continue;
    xs_expression *e = NULL;
    xs_status st =
        xs_expression_parse(l->a, source, xs_xml_attr_span(u->root, "for"), l->diags, &e);
    l->t->about = e;
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
  if (!st && !xs_text_ends(which, ".xml")) st = find_file(l, which, XS_NO_TEXT, XS_NOWHERE, &path);
  if (!st) st = visit(l, path, false, 0, XS_NOWHERE);
  if (st) return st;
  const unit *u = l->order[0];
  xs_template *t = l->t;
  t->path = u->path;
  t->id = xs_xml_attr(u->root, "id");
  t->name = xs_xml_attr(u->root, "name");
  t->version = xs_xml_attr(u->root, "version");
  xs_text page = XS_NO_TEXT;
  xs_span page_at = XS_NOWHERE;
  collect_parts(l, &page, &page_at);
  st = collect_definitions(l);
  if (!st) st = read_about(l);
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
  loader l = {.place = place, .t = t, .a = a, .diags = diags};
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
