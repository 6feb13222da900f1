/*
 * A compiled template: the elements of its sources with every attribute read already, so that a
 * fill parses nothing. Read-only once made.
 */
#ifndef XS_TEMPLATE_NODE_H
#define XS_TEMPLATE_NODE_H

#include "template/expression.h"
#include "template/measure.h"

/* clang-format off */
typedef enum xs_element {
  XS_E_WORDS, /* text between elements */
#define X(id, name, kind) XS_E_##id,
#include "template/elements.def"
#undef X
  XS_E_COUNT
} xs_element;

typedef enum xs_attribute {
#define X(id, name, kind) XS_A_##id,
#include "template/attributes.def"
#undef X
  XS_A_COUNT
} xs_attribute;
/* clang-format on */

typedef enum xs_element_kind {
  XS_KIND_BLOCK,
  XS_KIND_INLINE,
  XS_KIND_CONTROL,
  XS_KIND_PART
} xs_element_kind;
typedef enum xs_attr_kind {
  XS_IS_WORD,
  XS_IS_LENGTH, /* these three are lengths: not negative, above nothing, any */
  XS_IS_EXTENT,
  XS_IS_SHIFT,
  XS_IS_EXPRESSION,
  XS_IS_AVT
} xs_attr_kind;

typedef struct xs_attr {
  xs_attribute id;
  xs_attr_kind kind;
  xs_text text;
  xs_span span;
  union {
    xs_measure length;
    const xs_expression *expression;
    const xs_avt *avt;
  } u;
} xs_attr;

typedef struct xs_node {
  xs_element element;
  xs_text words; /* of XS_E_WORDS, as they stand in the source */
  xs_text path;  /* of the source file */
  xs_span span;
  const xs_attr *attrs;
  size_t attr_count;
  const struct xs_node *first; /* what it holds, … */
  const struct xs_node *next;  /* … one after another */
} xs_node;

/*
 * Reads an element and all it holds. Mistakes are diagnostics; reading goes on behind them, and
 * what could not be read is left out.
 */
xs_status xs_node_read(xs_arena *a, const xmlNode *source, xs_text path, xs_diags *diags,
                       xs_node **out);

const char *xs_element_name(xs_element e);
xs_element_kind xs_element_kind_of(xs_element e);

const xs_node *xs_node_child(const xs_node *n, xs_element e);
const xs_node *xs_node_after(const xs_node *n, xs_element e);

/* Attributes; what is absent is empty text, false, NULL, the default. */
const xs_attr *xs_node_attr(const xs_node *n, xs_attribute id);
xs_text xs_node_word(const xs_node *n, xs_attribute id);
bool xs_node_is(const xs_node *n, xs_attribute id, const char *value);
uint32_t xs_node_count(const xs_node *n, xs_attribute id, uint32_t otherwise);
xs_len xs_node_length(const xs_node *n, xs_attribute id, xs_len em, xs_len otherwise);
const xs_expression *xs_node_expression(const xs_node *n, xs_attribute id);
const xs_avt *xs_node_avt(const xs_node *n, xs_attribute id);
/* The place of an attribute, or of the element when it has no such attribute. */
xs_span xs_node_place(const xs_node *n, xs_attribute id);

#endif
