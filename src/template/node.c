#include "template/node.h"

#include "base/limits.h"
#include "base/text.h"

static const struct {
  xs_text name;
  xs_element_kind kind;
} elements[XS_E_COUNT] = {
    [XS_E_WORDS] = {XS_LIT_INIT("text"), XS_KIND_INLINE},
#define X(id, name, kind) [XS_E_##id] = {XS_LIT_INIT(name), XS_KIND_##kind},
#include "template/elements.def"
#undef X
};

static const struct {
  xs_text name;
  xs_attr_kind kind;
} attributes[XS_A_COUNT] = {
#define X(id, name, kind) [XS_A_##id] = {XS_LIT_INIT(name), XS_IS_##kind},
#include "template/attributes.def"
#undef X
};

/* Names with a second kind on some element. */
static xs_attr_kind attribute_kind(xs_element e, xs_attribute id)
{
  static const struct {
    xs_element element;
    xs_attribute id;
    xs_attr_kind kind;
  } others[] = {
      {XS_E_P, XS_A_ID, XS_IS_AVT},
      {XS_E_V, XS_A_BLANK, XS_IS_LENGTH},
      {XS_E_BOX, XS_A_BORDER, XS_IS_LENGTH},
      {XS_E_COLUMN, XS_A_WIDTH, XS_IS_AVT},
      {XS_E_INSERT, XS_A_ON, XS_IS_EXPRESSION},
      {XS_E_PAGE, XS_A_SIZE, XS_IS_WORD},
      {XS_E_SLOT, XS_A_NAME, XS_IS_EXPRESSION},
      {XS_E_STYLE, XS_A_BEFORE, XS_IS_SHIFT},
  };
  for (size_t i = 0; i < XS_COUNT(others); i++)
    if (others[i].element == e && others[i].id == id) return others[i].kind;
  return attributes[id].kind;
}

const char *xs_element_name(xs_element e)
{
  return elements[e].name.ptr;
}

xs_element_kind xs_element_kind_of(xs_element e)
{
  return elements[e].kind;
}

/* ---- reading ---- */

typedef struct reader {
  xs_arena *a;
  xs_text path;
  xs_diags *diags;
} reader;

static xs_status read_length(reader *r, xs_attr *attr)
{
  int32_t least = attr->kind == XS_IS_SHIFT ? INT32_MIN : attr->kind == XS_IS_EXTENT;
  if (!xs_measure_parse(attr->text, &attr->u.length)) {
    xs_diag(r->diags, XS_D_LENGTH_BAD, attr->span,
            _("“%.*s” is no length such as 12pt, 5mm, 2em or 三号"), XS_TEXT(attr->text));
    return XS_EINPUT;
  }
  if (attr->u.length.value >= least) return XS_OK;
  xs_diag(r->diags, XS_D_LENGTH_BAD, attr->span,
          least ? _("“%.*s”: here a length must be greater than nothing")
                : _("“%.*s”: here a length must not be negative"),
          XS_TEXT(attr->text));
  return XS_EINPUT;
}

static xs_status read_value(reader *r, xs_attr *attr)
{
  xs_expression *expression = NULL;
  xs_avt *avt = NULL;
  xs_status st = XS_OK;
  switch (attr->kind) {
  case XS_IS_WORD:
    break;
  case XS_IS_LENGTH:
  case XS_IS_EXTENT:
  case XS_IS_SHIFT:
    return read_length(r, attr);
  case XS_IS_EXPRESSION:
    st = xs_expression_parse(r->a, attr->text, attr->span, r->diags, &expression);
    attr->u.expression = expression;
    break;
  case XS_IS_AVT:
    st = xs_avt_parse(r->a, attr->text, attr->span, r->diags, &avt);
    attr->u.avt = avt;
    break;
  }
  return st;
}

static size_t count_attributes(const xmlNode *source)
{
  size_t count = 0;
  for (const xmlAttr *at = source->properties; at; at = at->next) count++;
  return count;
}

static xs_status read_attributes(reader *r, const xmlNode *source, xs_node *n)
{
  size_t count = count_attributes(source);
  xs_attr *list = count ? XS_NEW_ARRAY(r->a, count, xs_attr) : NULL;
  if (count && !list) return XS_ENOMEM;
  n->attrs = list;
  for (const xmlAttr *at = source->properties; at; at = at->next) {
    const char *name = (const char *)at->name;
    const xs_text wanted = xs_text_of(name);
    size_t id = 0;
    while (id < XS_A_COUNT && !xs_text_equal(wanted, attributes[id].name)) id++;
    if (id == XS_A_COUNT) continue;
    xs_attr *attr = &list[n->attr_count];
    *attr = (xs_attr){.id = (xs_attribute)id,
                      .kind = attribute_kind(n->element, (xs_attribute)id),
                      .text = xs_xml_attr(source, name),
                      .span = xs_xml_attr_span(source, name)};
    xs_status st = read_value(r, attr);
    if (st == XS_ENOMEM) return st;
    if (!st) n->attr_count++;
  }
  return XS_OK;
}

static xs_status read_words(reader *r, const xmlNode *source, xs_node **out)
{
  if (source->type != XML_TEXT_NODE && source->type != XML_CDATA_SECTION_NODE) return XS_OK;
  *out = XS_NEW(r->a, xs_node);
  if (!*out) return XS_ENOMEM;
  **out = (xs_node){.element = XS_E_WORDS,
                    .words = xs_text_of((const char *)source->content),
                    .path = r->path,
                    .span = xs_xml_span(source)};
  return XS_OK;
}

static xs_element element_of(const xmlNode *source)
{
  const xs_text wanted = xs_text_of((const char *)source->name);
  for (int e = XS_E_WORDS + 1; e < XS_E_COUNT; e++)
    if (xs_text_equal(wanted, elements[e].name)) return (xs_element)e;
  return XS_E_COUNT;
}

static xs_status read_node(reader *r, const xmlNode *source, unsigned depth, xs_node **out)
{
  *out = NULL;
  if (source->type != XML_ELEMENT_NODE) return read_words(r, source, out);
  xs_element e = element_of(source);
  if (e == XS_E_COUNT) return XS_OK; /* the schema has refused it */
  if (depth > XS_MAX_XML_DEPTH) {
    xs_diag(r->diags, XS_D_LIMIT, xs_xml_span(source), _("elements are nested deeper than %u"),
            XS_MAX_XML_DEPTH);
    return XS_OK;
  }
  xs_node *n = XS_NEW(r->a, xs_node);
  if (!n) return XS_ENOMEM;
  *n = (xs_node){.element = e, .path = r->path, .span = xs_xml_span(source)};
  xs_status st = read_attributes(r, source, n);
  const xs_node **tail = &n->first;
  for (const xmlNode *c = source->children; c && !st; c = c->next) {
    xs_node *child = NULL;
    st = read_node(r, c, depth + 1, &child);
    if (!child) continue;
    *tail = child;
    tail = &child->next;
  }
  *out = n;
  return st;
}

xs_status xs_node_read(xs_arena *a, const xmlNode *source, xs_text path, xs_diags *diags,
                       xs_node **out)
{
  reader r = {a, path, diags};
  return read_node(&r, source, 0, out);
}

/* ---- asking ---- */

const xs_node *xs_node_after(const xs_node *n, xs_element e)
{
  for (n = n->next; n && n->element != e;) n = n->next;
  return n;
}

const xs_node *xs_node_child(const xs_node *n, xs_element e)
{
  const xs_node *first = n->first;
  return first && first->element != e ? xs_node_after(first, e) : first;
}

const xs_attr *xs_node_attr(const xs_node *n, xs_attribute id)
{
  for (size_t i = 0; i < n->attr_count; i++)
    if (n->attrs[i].id == id) return &n->attrs[i];
  return NULL;
}

xs_text xs_node_word(const xs_node *n, xs_attribute id)
{
  const xs_attr *attr = xs_node_attr(n, id);
  return attr ? attr->text : XS_NO_TEXT;
}

bool xs_node_is(const xs_node *n, xs_attribute id, const char *value)
{
  return xs_text_is(xs_node_word(n, id), value);
}

uint32_t xs_node_count(const xs_node *n, xs_attribute id, uint32_t otherwise)
{
  uint64_t value = 0;
  if (!xs_text_uint(xs_text_trim(xs_node_word(n, id)), &value) || value > UINT32_MAX)
    return otherwise;
  return (uint32_t)value;
}

xs_len xs_node_length(const xs_node *n, xs_attribute id, xs_len em, xs_len otherwise)
{
  const xs_attr *attr = xs_node_attr(n, id);
  bool is_length = attr && (attr->kind == XS_IS_LENGTH || attr->kind == XS_IS_EXTENT ||
                            attr->kind == XS_IS_SHIFT);
  return is_length ? xs_measure_resolve(attr->u.length, em) : otherwise;
}

const xs_expression *xs_node_expression(const xs_node *n, xs_attribute id)
{
  const xs_attr *attr = xs_node_attr(n, id);
  return attr && attr->kind == XS_IS_EXPRESSION ? attr->u.expression : NULL;
}

const xs_avt *xs_node_avt(const xs_node *n, xs_attribute id)
{
  const xs_attr *attr = xs_node_attr(n, id);
  return attr && attr->kind == XS_IS_AVT ? attr->u.avt : NULL;
}

xs_span xs_node_place(const xs_node *n, xs_attribute id)
{
  const xs_attr *attr = xs_node_attr(n, id);
  return attr ? attr->span : n->span;
}
