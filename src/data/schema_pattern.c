#include "data/schema_pattern.h"

#include "base/text.h"
#include "data/xml.h"

#include <libxml/xmlschemastypes.h>
#include <string.h>

const xs_pattern xs_pattern_nothing = {.kind = XS_PATTERN_NOTHING};
const xs_pattern xs_pattern_empty = {.kind = XS_PATTERN_EMPTY};

/* ---- reading a grammar ---- */

typedef const xs_pattern *reader(xs_grammar *g, const xmlNode *node);
static const xs_pattern *read_pattern(xs_grammar *g, const xmlNode *node);

static const xs_pattern *keep(xs_grammar *g, xs_pattern p)
{
  xs_pattern *kept = XS_NEW(g->arena, xs_pattern);
  if (kept)
    *kept = p;
  else
    g->out_of_memory = true;
  return kept;
}

static bool is_annotation(const xmlNode *node)
{
  return node->ns && node->ns->href &&
         !strstr((const char *)node->ns->href, "relaxng.org/ns/struc");
}

static const xmlNode *first_pattern(const xmlNode *node)
{
  while (node && is_annotation(node)) node = xs_xml_next(node, NULL);
  return node;
}

/* The children from `node` on, one after another. */
static const xs_pattern *read_joined(xs_grammar *g, const xmlNode *node, xs_pattern_kind joint)
{
  node = first_pattern(node);
  if (!node) return &xs_pattern_empty;
  const xs_pattern *a = read_pattern(g, node);
  const xmlNode *rest = first_pattern(xs_xml_next(node, NULL));
  if (!a || !rest) return a;
  const xs_pattern *b = read_joined(g, rest, joint);
  return b ? keep(g, (xs_pattern){.kind = joint, .a = a, .b = b}) : NULL;
}

static const xs_pattern *read_content(xs_grammar *g, const xmlNode *node)
{
  return read_joined(g, xs_xml_child(node, NULL), XS_PATTERN_GROUP);
}

static const xs_pattern *read_around(xs_grammar *g, const xmlNode *node, xs_pattern_kind kind)
{
  const xs_pattern *a = read_content(g, node);
  return a ? keep(g, (xs_pattern){.kind = kind, .a = a}) : NULL;
}

static const xs_pattern *or_empty(xs_grammar *g, const xs_pattern *p)
{
  if (!p) return NULL;
  return keep(g, (xs_pattern){.kind = XS_PATTERN_CHOICE, .a = p, .b = &xs_pattern_empty});
}

static const xs_pattern *read_element(xs_grammar *g, const xmlNode *node)
{
  const xs_pattern *a = read_content(g, node);
  xs_text name = xs_xml_attr(node, "name");
  if (!a || !name.ptr) return NULL;
  return keep(g, (xs_pattern){.kind = XS_PATTERN_ELEMENT, .name = name, .a = a});
}

static const xs_pattern *read_attribute(xs_grammar *g, const xmlNode *node)
{
  static const xs_pattern text = {.kind = XS_PATTERN_TEXT};
  const xmlNode *inner = first_pattern(xs_xml_child(node, NULL));
  const xs_pattern *a = inner ? read_pattern(g, inner) : &text;
  xs_text name = xs_xml_attr(node, "name");
  if (!a || !name.ptr) return NULL;
  return keep(g, (xs_pattern){.kind = XS_PATTERN_ATTRIBUTE, .name = name, .a = a});
}

static void free_regexp(void *regexp)
{
  xmlRegFreeRegexp(regexp);
}

static const xs_pattern *read_data(xs_grammar *g, const xmlNode *node)
{
  xs_pattern p = {.kind = XS_PATTERN_DATA, .name = xs_xml_attr(node, "type")};
  const xmlNode *param = xs_xml_child(node, "param");
  if (param && xs_xml_attr_is(param, "name", "pattern")) {
    p.form = xs_arena_text(g->arena, xs_xml_content(g->arena, param)).ptr;
    g->out_of_memory = g->out_of_memory || !p.form;
    p.regexp = p.form ? xmlRegexpCompile(BAD_CAST p.form) : NULL;
    bool is_kept = p.regexp && xs_arena_defer(g->arena, free_regexp, p.regexp);
    if (!p.form || (p.regexp && !is_kept)) g->out_of_memory = true;
    if (!is_kept) return NULL;
  }
  return keep(g, p);
}

static const xs_pattern *read_value(xs_grammar *g, const xmlNode *node)
{
  return keep(g, (xs_pattern){.kind = XS_PATTERN_VALUE, .name = xs_xml_content(g->arena, node)});
}

static const xs_pattern *read_ref(xs_grammar *g, const xmlNode *node)
{
  xs_text name = xs_xml_attr(node, "name");
  for (size_t i = 0; i < g->define_count; i++)
    if (xs_text_equal(g->defines[i].name, name))
      return keep(g, (xs_pattern){.kind = XS_PATTERN_REF, .define = &g->defines[i]});
  return NULL;
}

static const xs_pattern *read_text(xs_grammar *g, const xmlNode *node)
{
  (void)node;
  return keep(g, (xs_pattern){.kind = XS_PATTERN_TEXT});
}

static const xs_pattern *read_empty(xs_grammar *g, const xmlNode *node)
{
  (void)g, (void)node;
  return &xs_pattern_empty;
}

static const xs_pattern *read_choice(xs_grammar *g, const xmlNode *node)
{
  return read_joined(g, xs_xml_child(node, NULL), XS_PATTERN_CHOICE);
}

static const xs_pattern *read_interleave(xs_grammar *g, const xmlNode *node)
{
  return read_joined(g, xs_xml_child(node, NULL), XS_PATTERN_INTERLEAVE);
}

static const xs_pattern *read_mixed(xs_grammar *g, const xmlNode *node)
{
  const xs_pattern *a = read_content(g, node), *text = read_text(g, node);
  if (!a || !text) return NULL;
  return keep(g, (xs_pattern){.kind = XS_PATTERN_INTERLEAVE, .a = a, .b = text});
}

static const xs_pattern *read_optional(xs_grammar *g, const xmlNode *node)
{
  return or_empty(g, read_content(g, node));
}

static const xs_pattern *read_more(xs_grammar *g, const xmlNode *node)
{
  return read_around(g, node, XS_PATTERN_MORE);
}

static const xs_pattern *read_any_number(xs_grammar *g, const xmlNode *node)
{
  return or_empty(g, read_more(g, node));
}

static const xs_pattern *read_list(xs_grammar *g, const xmlNode *node)
{
  return read_around(g, node, XS_PATTERN_LIST);
}

static const struct {
  const char *name;
  reader *read;
} readers[] = {
    {"attribute", read_attribute},
    {"choice", read_choice},
    {"data", read_data},
    {"element", read_element},
    {"empty", read_empty},
    {"group", read_content},
    {"interleave", read_interleave},
    {"list", read_list},
    {"mixed", read_mixed},
    {"oneOrMore", read_more},
    {"optional", read_optional},
    {"ref", read_ref},
    {"text", read_text},
    {"value", read_value},
    {"zeroOrMore", read_any_number},
};

static const xs_pattern *read_pattern(xs_grammar *g, const xmlNode *node)
{
  for (size_t i = 0; i < XS_COUNT(readers); i++)
    if (xs_xml_is(node, readers[i].name)) return readers[i].read(g, node);
  return NULL;
}

static xs_status name_defines(xs_grammar *g, const xmlNode *root)
{
  size_t capacity = 0;
  for (const xmlNode *d = xs_xml_child(root, "define"); d; d = xs_xml_next(d, "define")) {
    xs_define *slot = XS_PUSH(g->arena, g->defines, g->define_count, capacity);
    if (!slot) return XS_ENOMEM;
    slot->name = xs_xml_attr(d, "name");
  }
  return XS_OK;
}

xs_status xs_grammar_read(xs_arena *a, const xmlNode *root, xs_grammar *out)
{
  *out = (xs_grammar){.arena = a, .ns = xs_xml_attr(root, "ns")};
  xs_status st = name_defines(out, root);
  if (st) return st;
  size_t i = 0;
  for (const xmlNode *d = xs_xml_child(root, "define"); d; d = xs_xml_next(d, "define")) {
    out->defines[i].pattern = read_content(out, d);
    if (!out->defines[i++].pattern) return out->out_of_memory ? XS_ENOMEM : XS_EINPUT;
  }
  const xmlNode *start = xs_xml_child(root, "start");
  out->start = start ? read_content(out, start) : NULL;
  if (out->out_of_memory) return XS_ENOMEM;
  if (out->start) return XS_OK;
  return out->out_of_memory ? XS_ENOMEM : XS_EINPUT;
}

/* ---- derivatives ---- */

const xs_pattern *xs_pattern_itself(const xs_pattern *p)
{
  while (p->kind == XS_PATTERN_REF) p = p->define->pattern;
  return p;
}

bool xs_pattern_is_nullable(const xs_pattern *p)
{
  p = xs_pattern_itself(p);
  switch (p->kind) {
  case XS_PATTERN_NOTHING:
  case XS_PATTERN_ELEMENT:
    return false;
  case XS_PATTERN_GROUP:
  case XS_PATTERN_INTERLEAVE:
    return xs_pattern_is_nullable(p->a) && xs_pattern_is_nullable(p->b);
  case XS_PATTERN_CHOICE:
    return xs_pattern_is_nullable(p->a) || xs_pattern_is_nullable(p->b);
  case XS_PATTERN_MORE:
    return xs_pattern_is_nullable(p->a);
  case XS_PATTERN_EMPTY:
  case XS_PATTERN_TEXT:
  case XS_PATTERN_DATA:
  case XS_PATTERN_VALUE:
  case XS_PATTERN_LIST:
  case XS_PATTERN_ATTRIBUTE:
  case XS_PATTERN_REF:
    break;
  }
  return true;
}

static bool is(const xs_pattern *p, xs_pattern_kind kind)
{
  return p->kind == kind;
}

static size_t slot_of(const xs_pattern_pool *pool, const xs_pattern *p)
{
  uint64_t hash = ((uint64_t)(uintptr_t)p->a * 31 + (uintptr_t)p->b) * 31 + (uint64_t)p->kind;
  hash ^= hash >> 29;
  hash *= 0xBF58476D1CE4E5B9u;
  size_t i = (size_t)(hash >> 32) & (pool->slot_count - 1);
  for (;; i = (i + 1) & (pool->slot_count - 1)) {
    const xs_pattern *q = pool->slots[i];
    if (!q || (q->kind == p->kind && q->a == p->a && q->b == p->b)) return i;
  }
}

static bool grow(xs_pattern_pool *pool)
{
  xs_pattern_pool larger = {.arena = pool->arena, .count = pool->count};
  larger.slot_count = pool->slot_count ? pool->slot_count * 2 : 64;
  larger.slots = XS_NEW_ARRAY(pool->arena, larger.slot_count, const xs_pattern *);
  if (!larger.slots) return false;
  for (size_t i = 0; i < pool->slot_count; i++)
    if (pool->slots[i]) larger.slots[slot_of(&larger, pool->slots[i])] = pool->slots[i];
  *pool = larger;
  return true;
}

/* The one pattern of the pool with this kind and these parts. */
static const xs_pattern *pooled(xs_pattern_pool *pool, xs_pattern_kind kind, const xs_pattern *a,
                                const xs_pattern *b)
{
  if (pool->count * 2 >= pool->slot_count && !grow(pool)) return NULL;
  const xs_pattern wanted = {.kind = kind, .a = a, .b = b};
  const xs_pattern **slot = &pool->slots[slot_of(pool, &wanted)];
  if (*slot) return *slot;
  xs_pattern *kept = XS_NEW(pool->arena, xs_pattern);
  if (!kept) return NULL;
  *kept = wanted;
  pool->count++;
  return *slot = kept;
}

static const xs_pattern *join(xs_pattern_pool *pool, xs_pattern_kind kind, const xs_pattern *p,
                              const xs_pattern *q)
{
  if (!p || !q) return NULL;
  if (is(p, XS_PATTERN_NOTHING) || is(q, XS_PATTERN_NOTHING)) return &xs_pattern_nothing;
  if (is(p, XS_PATTERN_EMPTY)) return q;
  if (is(q, XS_PATTERN_EMPTY)) return p;
  return pooled(pool, kind, p, q);
}

const xs_pattern *xs_pattern_choice(xs_pattern_pool *pool, const xs_pattern *p, const xs_pattern *q)
{
  if (!p || !q) return NULL;
  if (is(p, XS_PATTERN_NOTHING) || p == q) return q;
  if (is(q, XS_PATTERN_NOTHING)) return p;
  return pooled(pool, XS_PATTERN_CHOICE, p, q);
}

static const xs_pattern *derive_group(xs_pattern_pool *pool, const xs_pattern *p, xs_text child)
{
  const xs_pattern *first =
      join(pool, XS_PATTERN_GROUP, xs_pattern_derive(pool, p->a, child), p->b);
  if (!xs_pattern_is_nullable(p->a)) return first;
  return xs_pattern_choice(pool, first, xs_pattern_derive(pool, p->b, child));
}

static const xs_pattern *derive_interleave(xs_pattern_pool *pool, const xs_pattern *p,
                                           xs_text child)
{
  const xs_pattern *a = xs_pattern_derive(pool, p->a, child);
  const xs_pattern *b = xs_pattern_derive(pool, p->b, child);
  return xs_pattern_choice(pool, join(pool, XS_PATTERN_INTERLEAVE, a, p->b),
                           join(pool, XS_PATTERN_INTERLEAVE, p->a, b));
}

static const xs_pattern *derive_more(xs_pattern_pool *pool, const xs_pattern *p, xs_text child)
{
  const xs_pattern *once = xs_pattern_derive(pool, p->a, child);
  return join(pool, XS_PATTERN_GROUP, once, xs_pattern_choice(pool, p, &xs_pattern_empty));
}

const xs_pattern *xs_pattern_derive(xs_pattern_pool *pool, const xs_pattern *p, xs_text child)
{
  p = xs_pattern_itself(p);
  switch (p->kind) {
  case XS_PATTERN_ELEMENT:
    return xs_text_equal(p->name, child) ? &xs_pattern_empty : &xs_pattern_nothing;
  case XS_PATTERN_GROUP:
    return derive_group(pool, p, child);
  case XS_PATTERN_INTERLEAVE:
    return derive_interleave(pool, p, child);
  case XS_PATTERN_CHOICE:
    return xs_pattern_choice(pool, xs_pattern_derive(pool, p->a, child),
                             xs_pattern_derive(pool, p->b, child));
  case XS_PATTERN_MORE:
    return derive_more(pool, p, child);
  case XS_PATTERN_NOTHING:
  case XS_PATTERN_EMPTY:
  case XS_PATTERN_TEXT:
  case XS_PATTERN_DATA:
  case XS_PATTERN_VALUE:
  case XS_PATTERN_LIST:
  case XS_PATTERN_ATTRIBUTE:
  case XS_PATTERN_REF:
    break;
  }
  return &xs_pattern_nothing;
}

/* ---- looking inside ---- */

bool xs_pattern_visit(const xs_pattern *p, unsigned kinds,
                      bool (*visit)(void *arg, const xs_pattern *found), void *arg)
{
  p = xs_pattern_itself(p);
  if (kinds & XS_PATTERN_BIT(p->kind)) return visit(arg, p);
  if (is(p, XS_PATTERN_ELEMENT) || is(p, XS_PATTERN_ATTRIBUTE)) return true;
  return (!p->a || xs_pattern_visit(p->a, kinds, visit, arg)) &&
         (!p->b || xs_pattern_visit(p->b, kinds, visit, arg));
}

bool xs_pattern_visit_first(const xs_pattern *p, bool (*visit)(void *arg, const xs_pattern *found),
                            void *arg)
{
  p = xs_pattern_itself(p);
  switch (p->kind) {
  case XS_PATTERN_ELEMENT:
    return visit(arg, p);
  case XS_PATTERN_GROUP:
    if (!xs_pattern_visit_first(p->a, visit, arg)) return false;
    return !xs_pattern_is_nullable(p->a) || xs_pattern_visit_first(p->b, visit, arg);
  case XS_PATTERN_INTERLEAVE:
  case XS_PATTERN_CHOICE:
    return xs_pattern_visit_first(p->a, visit, arg) && xs_pattern_visit_first(p->b, visit, arg);
  case XS_PATTERN_MORE:
    return xs_pattern_visit_first(p->a, visit, arg);
  case XS_PATTERN_NOTHING:
  case XS_PATTERN_EMPTY:
  case XS_PATTERN_TEXT:
  case XS_PATTERN_DATA:
  case XS_PATTERN_VALUE:
  case XS_PATTERN_LIST:
  case XS_PATTERN_ATTRIBUTE:
  case XS_PATTERN_REF:
    break;
  }
  return true;
}

/* ---- text ---- */

static bool fits_data(const xs_pattern *p, xs_text t)
{
  char name[64], value[4096];
  if (p->name.len >= sizeof name || t.len >= sizeof value) return true;
  memcpy(name, p->name.ptr, p->name.len);
  name[p->name.len] = '\0';
  memcpy(value, t.ptr, t.len);
  value[t.len] = '\0';
  xmlSchemaTypePtr type =
      xmlSchemaGetPredefinedType(BAD_CAST name, BAD_CAST "http://www.w3.org/2001/XMLSchema");
  if (type && xmlSchemaValPredefTypeNode(type, BAD_CAST value, NULL, NULL) != 0) return false;
  return !p->regexp || xmlRegexpExec(p->regexp, BAD_CAST value) == 1;
}

/* The words of a list, each against the patterns that a word may have. */
static bool fits_list(const xs_pattern *p, xs_text t)
{
  for (size_t from = 0; from < t.len;) {
    size_t to = from;
    while (to < t.len && !strchr(" \t\r\n", t.ptr[to])) to++;
    if (to > from && !xs_pattern_fits_text(p->a, (xs_text){t.ptr + from, to - from})) return false;
    from = to + 1;
  }
  return true;
}

bool xs_pattern_fits_text(const xs_pattern *p, xs_text t)
{
  p = xs_pattern_itself(p);
  switch (p->kind) {
  case XS_PATTERN_EMPTY:
  case XS_PATTERN_ATTRIBUTE:
    return xs_text_trim(t).len == 0;
  case XS_PATTERN_TEXT:
    return true;
  case XS_PATTERN_DATA:
    return fits_data(p, t);
  case XS_PATTERN_VALUE:
    return xs_text_equal(p->name, xs_text_trim(t));
  case XS_PATTERN_LIST:
    return fits_list(p, t);
  case XS_PATTERN_GROUP:
  case XS_PATTERN_INTERLEAVE:
  case XS_PATTERN_CHOICE:
    return xs_pattern_fits_text(p->a, t) || xs_pattern_fits_text(p->b, t);
  case XS_PATTERN_MORE:
    return xs_pattern_fits_text(p->a, t);
  case XS_PATTERN_NOTHING:
  case XS_PATTERN_ELEMENT:
  case XS_PATTERN_REF:
    break;
  }
  return false;
}

/* ---- what an element may hold ---- */

typedef struct merging {
  xs_pattern_pool *pool;
  xs_text name;
  const xs_pattern *content;
} merging;

static bool merge_content(void *arg, const xs_pattern *p)
{
  merging *m = arg;
  if (xs_text_equal(p->name, m->name)) m->content = xs_pattern_choice(m->pool, m->content, p->a);
  return m->content != NULL;
}

const xs_pattern *xs_pattern_content(xs_pattern_pool *pool, const xs_pattern *around, xs_text child)
{
  merging m = {pool, child, &xs_pattern_nothing};
  xs_pattern_visit(around, XS_PATTERN_BIT(XS_PATTERN_ELEMENT), merge_content, &m);
  return m.content;
}
