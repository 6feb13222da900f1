/*
 * What stands behind xs_template: the sources it was made of, and their definitions with the
 * overridden ones below those that override them.
 */
#ifndef XS_TEMPLATE_COMPILED_H
#define XS_TEMPLATE_COMPILED_H

#include "template/node.h"

/* A style, page, numbering, watermark, slot or block, by name. */
typedef struct xs_definition {
  xs_text name; /* of a watermark its copy, of a slot its id */
  const xs_node *node;
  size_t rank; /* 0: the template itself; what it is made of comes after it */
} xs_definition;

/* A style with all that its bases say. */
typedef struct xs_style {
  const xs_node *const *chain; /* itself, its base, the base of that, … */
  size_t chain_count;
  xs_para_style para;
  uint8_t outline;
} xs_style;

/* A page with all that its bases say. */
typedef struct xs_page_form {
  xs_text name;
  xs_len width, height, top, right, bottom, left;
  xs_len line_pitch; /* 0: no grid of lines */
  xs_len tighten;
  uint32_t first_number; /* 0: not stated */
  const xs_node *heads;  /* the page element whose head (foot) elements hold; may be NULL */
  const xs_node *feet;
} xs_page_form;

struct xs_template {
  xs_arena *arena;
  xs_text id, name, version, paper, path;
  char digest[65];
  const xs_expression *about;
  const xs_expression *later; /* what comes to be after the paper; NULL: nothing */
  const xs_node *title, *subject, *author, *body;
  xs_definition *definitions; /* sorted by element, name, rank */
  size_t definition_count;
  xs_style *styles; /* one a name, sorted by name */
  size_t style_count;
  xs_page_form *pages; /* the same */
  size_t page_count;
  xs_style plain;           /* where no style is named: 正文, or a style of our own */
  const xs_page_form *page; /* of the body */
};

/* The definition that holds; NULL when there is none. */
const xs_definition *xs_template_definition(const xs_template *t, xs_element element, xs_text name);
const xs_style *xs_template_style(const xs_template *t, xs_text name);
const xs_page_form *xs_template_page(const xs_template *t, xs_text name);

/* Parts of loading, in this order. Mistakes are diagnostics. */
xs_status xs_compile_styles(xs_template *t, xs_diags *diags);
xs_status xs_compile_pages(xs_template *t, xs_text page_name, xs_span at, xs_diags *diags);
xs_status xs_compile_check(xs_template *t, const xs_template_place *place, xs_diags *diags);

/*
 * In chain, which has room for XS_MAX_TEMPLATE_DEPTH: a style or page, its base, the base of that,
 * … down to one without a base. What is wrong (an unknown base, a circle) is a diagnostic and
 * XS_EINPUT; the chain then holds what comes before.
 */
xs_status xs_compile_chain(const xs_template *t, const xs_definition *d, xs_diags *diags,
                           const xs_node *chain[], size_t *count);

/* A name that stands for nothing, with the nearest one that does. */
void xs_report_unknown(const xs_template *t, xs_element element, xs_text name, xs_span at,
                       xs_diags *diags);

/* Lays what a style (of characters) says over what stands. */
void xs_style_apply(const xs_style *style, xs_char_style *text);
/* Lays the attributes of one element (r, style, watermark, numbering) over what stands. */
void xs_char_style_read(const xs_node *n, xs_char_style *text);
bool xs_align_parse(xs_text t, xs_align *out);
bool xs_color_parse(xs_text t, xs_color *out);

#endif
