#include "data/schema_explain.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/xml.h"

#include <string.h>

enum { MAX_LIST_BYTES = 400 };

typedef struct explaining {
  const xs_host *host;
  const xs_grammar *grammar;
  xs_diags *diags;
  size_t found;
  xs_status status; /* XS_ENOMEM, or XS_OK */
} explaining;

static xs_text name_of(const xmlNode *node)
{
  return xs_text_of((const char *)node->name);
}

/* Our vocabularies have one namespace each, and attributes without. */
static bool is_foreign(const explaining *x, const xmlNode *e)
{
  xs_text ns = e->ns ? xs_text_of((const char *)e->ns->href) : XS_LIT("");
  return !xs_text_equal(ns, x->grammar->ns);
}

unsigned xs_schema_reach(xs_text name)
{
  return name.len <= 3 ? 2 : name.len <= 7 ? 3 : 4;
}

/* ---- lists of names for messages ---- */

typedef struct name_list {
  xs_buf buf;
  const char *before, *behind;
  xs_text last;
} name_list;

static bool is_listed(const name_list *l, xs_text name)
{
  const char *p = l->buf.ptr;
  size_t left = l->buf.len;
  while (left >= name.len && p) {
    if (memcmp(p, name.ptr, name.len) == 0) {
      bool starts = p == l->buf.ptr || p[-1] == ' ' || p[-1] == '<' || p[-1] == '"';
      bool ends = left == name.len || strchr(",>\" ", p[name.len]);
      if (starts && ends) return true;
    }
    p++;
    left--;
  }
  return false;
}

static bool list_name(void *arg, const xs_pattern *p)
{
  name_list *l = arg;
  if (is_listed(l, p->name)) return true;
  if (l->buf.len) xs_buf_str(&l->buf, ", ");
  if (l->buf.len + p->name.len > MAX_LIST_BYTES) {
    xs_buf_str(&l->buf, "…");
    return false;
  }
  xs_buf_str(&l->buf, l->before);
  xs_buf_text(&l->buf, p->name);
  xs_buf_str(&l->buf, l->behind);
  return true;
}

static void list_start(const explaining *x, name_list *l, const char *before, const char *behind)
{
  *l = (name_list){.before = before, .behind = behind};
  xs_buf_init(&l->buf, x->host, 4096);
}

static void note_list(explaining *x, name_list *l, xs_span at, const char *format)
{
  if (l->buf.len) xs_diag_note(x->diags, at, format, (int)l->buf.len, l->buf.ptr);
  xs_buf_free(&l->buf);
}

/* ---- the nearest name ---- */

typedef struct search {
  xs_text wanted;
  unsigned best;
  const xs_pattern *found;
} search;

static bool compare_name(void *arg, const xs_pattern *p)
{
  search *s = arg;
  unsigned distance = xs_text_distance(s->wanted, p->name, s->best);
  if (distance < s->best) {
    s->best = distance;
    s->found = p;
  }
  return true;
}

static const xs_pattern *find_nearest(const xs_pattern *content, xs_pattern_kind kind, xs_text name)
{
  search s = {.wanted = name, .best = xs_schema_reach(name)};
  xs_pattern_visit(content, XS_PATTERN_BIT(kind), compare_name, &s);
  return s.found;
}

static const xs_pattern *find_named(const xs_pattern *content, xs_pattern_kind kind, xs_text name)
{
  search s = {.wanted = name, .best = 1};
  xs_pattern_visit(content, XS_PATTERN_BIT(kind), compare_name, &s);
  return s.found;
}

/* ---- values ---- */

static const struct {
  const char *type;
  const char *text;
} types[] = {
    {"positiveInteger", N_("it must be a whole number from 1")},
    {"nonNegativeInteger", N_("it must be a whole number from 0")},
    {"integer", N_("it must be a whole number")},
    {"decimal", N_("it must be a number such as 1234.56")},
    {"NCName", N_("it must be one word that begins with a letter")},
    {"NMTOKEN", N_("it must be one word of letters, digits and - . _ :")},
};

static bool note_type(void *arg, const xs_pattern *p)
{
  explaining *x = arg;
  if (p->form) {
    xs_diag_note(x->diags, XS_NOWHERE, _("it must have the form %s"), p->form);
    return false;
  }
  for (size_t i = 0; i < XS_COUNT(types); i++)
    if (xs_text_is(p->name, types[i].type))
      xs_diag_note(x->diags, XS_NOWHERE, "%s", _(types[i].text));
  return false;
}

static void say_value(explaining *x, const xs_pattern *p, const char *what, xs_text name,
                      xs_text value, xs_span at)
{
  x->found++;
  xs_diag(x->diags, XS_D_VALUE_WRONG, at, _("“%.*s” is not a value of %s%.*s"), XS_TEXT(value),
          what, XS_TEXT(name));
  const xs_pattern *near = find_nearest(p, XS_PATTERN_VALUE, value);
  if (near) xs_diag_note(x->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near->name));
  name_list l;
  list_start(x, &l, "", "");
  xs_pattern_visit(p, XS_PATTERN_BIT(XS_PATTERN_VALUE), list_name, &l);
  note_list(x, &l, XS_NOWHERE, _("it may be one of these: %.*s"));
  xs_pattern_visit(p, XS_PATTERN_BIT(XS_PATTERN_DATA), note_type, x);
}

/* ---- attributes ---- */

static void say_unknown_attribute(explaining *x, const xmlNode *e, const xmlAttr *attr,
                                  const xs_pattern *content)
{
  const char *name = (const char *)attr->name;
  x->found++;
  xs_diag(x->diags, XS_D_ATTRIBUTE_UNKNOWN, xs_xml_attr_name_span(x->diags, attr),
          _("<%s> has no attribute “%s”"), (const char *)e->name, name);
  const xs_pattern *near = find_nearest(content, XS_PATTERN_ATTRIBUTE, xs_text_of(name));
  if (near) {
    xs_diag_note(x->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near->name));
    return;
  }
  name_list l;
  list_start(x, &l, "", "");
  xs_pattern_visit(content, XS_PATTERN_BIT(XS_PATTERN_ATTRIBUTE), list_name, &l);
  note_list(x, &l, XS_NOWHERE, _("it may have these: %.*s"));
}

/* Any of the attribute patterns of this name may be meant; the last one seen is kept for the
 * message. */
typedef struct trial {
  xs_text name;
  xs_text value;
  bool fits;
  const xs_pattern *seen;
} trial;

static bool try_attribute(void *arg, const xs_pattern *p)
{
  trial *t = arg;
  if (!xs_text_equal(p->name, t->name)) return true;
  t->seen = p;
  t->fits = xs_pattern_fits_text(p->a, t->value);
  return !t->fits;
}

static void explain_attribute(explaining *x, const xmlNode *e, const xmlAttr *attr,
                              const xs_pattern *content)
{
  trial t = {.name = xs_text_of((const char *)attr->name)};
  t.value = xs_xml_attr(e, (const char *)attr->name);
  if (!attr->ns) xs_pattern_visit(content, XS_PATTERN_BIT(XS_PATTERN_ATTRIBUTE), try_attribute, &t);
  if (!t.seen)
    say_unknown_attribute(x, e, attr, content);
  else if (!t.fits)
    say_value(x, t.seen->a, "@", t.name, t.value, xs_xml_any_span((const xmlNode *)attr));
}

/* An attribute with a misspelt name stands for the one that it is nearest to. */
static bool has_attribute(const xmlNode *e, xs_text name, const xs_pattern *content)
{
  for (const xmlAttr *attr = e->properties; attr; attr = attr->next) {
    xs_text own = xs_text_of((const char *)attr->name);
    if (xs_text_equal(own, name)) return true;
    if (find_named(content, XS_PATTERN_ATTRIBUTE, own)) continue;
    const xs_pattern *near = find_nearest(content, XS_PATTERN_ATTRIBUTE, own);
    if (near && xs_text_equal(near->name, name)) return true;
  }
  return false;
}

static bool attributes_suffice(const xs_pattern *p, const xmlNode *e, const xs_pattern *content)
{
  p = xs_pattern_itself(p);
  if (p->kind == XS_PATTERN_ATTRIBUTE) return has_attribute(e, p->name, content);
  if (p->kind == XS_PATTERN_CHOICE)
    return attributes_suffice(p->a, e, content) || attributes_suffice(p->b, e, content);
  if (p->kind == XS_PATTERN_ELEMENT) return true;
  return (!p->a || attributes_suffice(p->a, e, content)) &&
         (!p->b || attributes_suffice(p->b, e, content));
}

static void say_lacking_attributes(explaining *x, const xmlNode *e, const xs_pattern *p)
{
  name_list l;
  list_start(x, &l, "", "");
  xs_pattern_visit(p, XS_PATTERN_BIT(XS_PATTERN_ATTRIBUTE), list_name, &l);
  bool several = memchr(l.buf.ptr ? l.buf.ptr : "", ',', l.buf.len) != NULL;
  x->found++;
  xs_diag(x->diags, XS_D_ATTRIBUTE_MISSING, xs_xml_span(e),
          several ? _("<%s> lacks one of the attributes %.*s")
                  : _("<%s> lacks the attribute “%.*s”"),
          (const char *)e->name, (int)l.buf.len, l.buf.ptr);
  xs_buf_free(&l.buf);
}

static void explain_lacking_attributes(explaining *x, const xmlNode *e, const xs_pattern *p,
                                       const xs_pattern *content)
{
  p = xs_pattern_itself(p);
  if (attributes_suffice(p, e, content)) return;
  if (p->kind == XS_PATTERN_ATTRIBUTE || p->kind == XS_PATTERN_CHOICE) {
    say_lacking_attributes(x, e, p);
    return;
  }
  if (p->a) explain_lacking_attributes(x, e, p->a, content);
  if (p->b) explain_lacking_attributes(x, e, p->b, content);
}

/* ---- children ---- */

/* A child that has been accepted, and what could have come in its place. */
typedef struct step {
  const xmlNode *child;
  const xs_pattern *before;
  xs_text as; /* its name, or the one that was meant */
} step;

/* One element, and what may still come inside it. */
typedef struct place {
  const xmlNode *element;
  const xs_pattern *content; /* all of it */
  const xs_pattern *rest;    /* what may still come */
  xs_arena *arena;           /* of derivatives and steps */
  xs_pattern_pool *pool;
  step *steps;
  size_t step_count, step_capacity;
} place;

static void explain_element(explaining *x, const xmlNode *e, const xs_pattern *content);

static void explain_child(explaining *x, const place *in, const xmlNode *child, xs_text as)
{
  const xs_pattern *content = xs_pattern_content(in->pool, in->content, as);
  if (!content)
    x->status = XS_ENOMEM;
  else if (content->kind != XS_PATTERN_NOTHING)
    explain_element(x, child, content);
}

static void note_allowed(explaining *x, const place *in)
{
  name_list l;
  list_start(x, &l, "<", ">");
  xs_pattern_visit(in->content, XS_PATTERN_BIT(XS_PATTERN_ELEMENT), list_name, &l);
  note_list(x, &l, XS_NOWHERE, _("these may stand in it: %.*s"));
}

static bool advance(explaining *x, place *in, xs_text name)
{
  const xs_pattern *rest = xs_pattern_derive(in->pool, in->rest, name);
  if (!rest) x->status = XS_ENOMEM;
  if (!rest || rest->kind == XS_PATTERN_NOTHING) return false;
  in->rest = rest;
  return true;
}

/* Goes past `child`, read as if it had the name `as`. */
static bool step_over(explaining *x, place *in, const xmlNode *child, xs_text as)
{
  const xs_pattern *before = in->rest;
  if (!advance(x, in, as)) return false;
  step *s = XS_PUSH(in->arena, in->steps, in->step_count, in->step_capacity);
  if (s)
    *s = (step){child, before, as};
  else
    x->status = XS_ENOMEM;
  return true;
}

static void explain_unknown(explaining *x, place *in, const xmlNode *child)
{
  x->found++;
  xs_text name = name_of(child);
  if (is_foreign(x, child)) {
    xs_diag(x->diags, XS_D_NAMESPACE_WRONG, xs_xml_span(child),
            _("<%.*s> is not in the namespace %.*s"), XS_TEXT(name), XS_TEXT(x->grammar->ns));
    return;
  }
  xs_diag(x->diags, XS_D_ELEMENT_UNKNOWN, xs_xml_span(child), _("there is no <%.*s> in <%s>"),
          XS_TEXT(name), (const char *)in->element->name);
  const xs_pattern *near = find_nearest(in->content, XS_PATTERN_ELEMENT, name);
  if (!near) {
    note_allowed(x, in);
    return;
  }
  xs_diag_note(x->diags, XS_NOWHERE, _("did you mean <%.*s>?"), XS_TEXT(near->name));
  step_over(x, in, child, near->name);
  explain_child(x, in, child, near->name);
}

static const xmlNode *sibling_named(const xmlNode *from, xs_text name, bool backward)
{
  for (const xmlNode *n = backward ? from->prev : from->next; n; n = backward ? n->prev : n->next)
    if (n->type == XML_ELEMENT_NODE && xs_text_equal(name_of(n), name)) return n;
  return NULL;
}

/* An element that is missing in front of `child`: with it, the child would be right. */
typedef struct gap {
  explaining *x;
  const place *in;
  const xmlNode *child;
  const xs_pattern *missing;
} gap;

static bool try_gap(void *arg, const xs_pattern *p)
{
  gap *g = arg;
  place after = *g->in;
  bool fills = advance(g->x, &after, p->name) && advance(g->x, &after, name_of(g->child));
  if (fills && !sibling_named(g->child, p->name, false)) g->missing = p;
  return !g->missing;
}

/* The first element in front of which `child` could have stood. */
static const xmlNode *find_rightful(explaining *x, const place *in, const xmlNode *child)
{
  enum { MAX_LOOKED_AT = 1000 };
  for (size_t i = 0; i < in->step_count && i < MAX_LOOKED_AT; i++) {
    place then = *in;
    then.rest = in->steps[i].before;
    if (advance(x, &then, name_of(child)) && advance(x, &then, in->steps[i].as))
      return in->steps[i].child;
  }
  return NULL;
}

static void say_misplaced(explaining *x, const place *in, const xmlNode *child)
{
  xs_text name = name_of(child);
  xs_diag(x->diags, XS_D_ELEMENT_MISPLACED, xs_xml_span(child),
          _("<%.*s> may not stand at this place in <%s>"), XS_TEXT(name),
          (const char *)in->element->name);
  const xmlNode *other = sibling_named(child, name, true);
  const xmlNode *rightful = other ? NULL : find_rightful(x, in, child);
  if (other) xs_diag_note(x->diags, xs_xml_span(other), _("there is one already"));
  if (rightful) xs_diag_note(x->diags, xs_xml_span(rightful), _("it belongs before this element"));
  if (other || rightful) return;
  name_list l;
  list_start(x, &l, "<", ">");
  xs_pattern_visit_first(in->rest, list_name, &l);
  note_list(x, &l, XS_NOWHERE, _("these may follow here: %.*s"));
}

static void explain_misplaced(explaining *x, place *in, const xmlNode *child)
{
  xs_text name = name_of(child);
  gap g = {x, in, child, NULL};
  xs_pattern_visit_first(in->rest, try_gap, &g);
  x->found++;
  if (g.missing) {
    xs_diag(x->diags, XS_D_ELEMENT_MISSING, xs_xml_span(child),
            _("<%.*s> is missing before <%.*s>"), XS_TEXT(g.missing->name), XS_TEXT(name));
    advance(x, in, g.missing->name);
    step_over(x, in, child, name);
  } else {
    say_misplaced(x, in, child);
  }
  explain_child(x, in, child, name);
}

static void explain_children(explaining *x, place *in)
{
  const xmlNode *child = xs_xml_child(in->element, NULL);
  for (; child && !x->status && x->found < XS_MAX_DIAGS; child = xs_xml_next(child, NULL)) {
    xs_text name = name_of(child);
    if (is_foreign(x, child) || !find_named(in->content, XS_PATTERN_ELEMENT, name))
      explain_unknown(x, in, child);
    else if (step_over(x, in, child, name))
      explain_child(x, in, child, name);
    else if (!x->status)
      explain_misplaced(x, in, child);
  }
}

static void say_lacking(explaining *x, const place *in, const xs_pattern *p)
{
  name_list l;
  list_start(x, &l, "<", ">");
  xs_pattern_visit_first(p, list_name, &l);
  bool several = memchr(l.buf.ptr ? l.buf.ptr : "", ',', l.buf.len) != NULL;
  x->found++;
  xs_diag(x->diags, XS_D_ELEMENT_MISSING, xs_xml_span(in->element),
          several ? _("<%s> lacks one of %.*s") : _("<%s> lacks %.*s"),
          (const char *)in->element->name, (int)l.buf.len, l.buf.ptr);
  xs_buf_free(&l.buf);
}

static void explain_lacking(explaining *x, const place *in, const xs_pattern *p)
{
  p = xs_pattern_itself(p);
  if (xs_pattern_is_nullable(p)) return;
  if (p->kind == XS_PATTERN_GROUP || p->kind == XS_PATTERN_INTERLEAVE) {
    explain_lacking(x, in, p->a);
    explain_lacking(x, in, p->b);
  } else {
    say_lacking(x, in, p);
  }
}

/* ---- text ---- */

static bool stop(void *arg, const xs_pattern *p)
{
  (void)arg, (void)p;
  return false;
}

static bool holds(const xs_pattern *p, unsigned kinds)
{
  return !xs_pattern_visit(p, kinds, stop, NULL);
}

static void explain_text(explaining *x, const place *in)
{
  const unsigned data = XS_PATTERN_BIT(XS_PATTERN_DATA) | XS_PATTERN_BIT(XS_PATTERN_VALUE) |
                        XS_PATTERN_BIT(XS_PATTERN_LIST);
  if (holds(in->content, XS_PATTERN_BIT(XS_PATTERN_TEXT))) return;
  if (holds(in->content, data)) {
    xs_text value = xs_xml_content(in->arena, in->element);
    if (!xs_pattern_fits_text(in->content, value))
      say_value(x, in->content, "", name_of(in->element), value, xs_xml_content_span(in->element));
    return;
  }
  for (const xmlNode *n = in->element->children; n; n = n->next) {
    if (n->type != XML_TEXT_NODE) continue;
    if (!xs_text_trim(xs_text_of((const char *)n->content)).len) continue;
    x->found++;
    xs_diag(x->diags, XS_D_TEXT_MISPLACED, xs_xml_span(n), _("<%s> may hold elements only"),
            (const char *)in->element->name);
    return;
  }
}

/* ---- the whole ---- */

static void explain_element(explaining *x, const xmlNode *e, const xs_pattern *content)
{
  xs_pattern_pool pool = {.arena = xs_arena_new(x->host)};
  place in = {.element = e, .content = content, .rest = content, .arena = pool.arena};
  in.pool = &pool;
  if (!in.arena) {
    x->status = XS_ENOMEM;
    return;
  }
  for (const xmlAttr *attr = e->properties; attr; attr = attr->next)
    explain_attribute(x, e, attr, content);
  explain_lacking_attributes(x, e, content, content);
  explain_text(x, &in);
  explain_children(x, &in);
  if (!x->status && x->found < XS_MAX_DIAGS) explain_lacking(x, &in, in.rest);
  xs_arena_free(in.arena);
}

static void explain_root(explaining *x, const xmlNode *root)
{
  xs_text name = name_of(root);
  const xs_pattern *p = find_named(x->grammar->start, XS_PATTERN_ELEMENT, name);
  if (p && !is_foreign(x, root)) {
    explain_element(x, root, p->a);
    return;
  }
  x->found++;
  name_list l;
  list_start(x, &l, "<", ">");
  xs_pattern_visit(x->grammar->start, XS_PATTERN_BIT(XS_PATTERN_ELEMENT), list_name, &l);
  xs_diag(x->diags, p ? XS_D_NAMESPACE_WRONG : XS_D_ELEMENT_UNKNOWN, xs_xml_span(root),
          _("the outermost element must be %.*s with xmlns=\"%.*s\""), (int)l.buf.len, l.buf.ptr,
          XS_TEXT(x->grammar->ns));
  xs_buf_free(&l.buf);
}

xs_status xs_schema_explain(const xs_grammar *grammar, const xmlDoc *doc, xs_diags *diags)
{
  explaining x = {.host = xs_arena_host(grammar->arena), .grammar = grammar, .diags = diags};
  explain_root(&x, xmlDocGetRootElement(doc));
  if (x.status) return x.status;
  return x.found ? XS_EINPUT : XS_OK;
}
