/*
 * Expressions: XPath 1.0 over a case, with the functions of formatters.def.
 *
 * An expression is compiled once and evaluated against many cases. Compiling finds everything
 * that can be known without a case: syntax, unknown functions, the number of their arguments,
 * and names that no case has. XPath itself would answer a misspelt path with silence.
 *
 * The scan of an expression follows every path to where it starts (its root), because only
 * paths that start in the case are held against the schema of cases: `limit('answer')/@unit`
 * walks over the rule pack, `$packet/part` over the contents of a packet.
 */
#ifndef XS_TEMPLATE_EXPRESSION_H
#define XS_TEMPLATE_EXPRESSION_H

#include "template/template.h"

#include <libxml/xpath.h>

typedef enum xs_path_root {
  XS_ROOT_NONE,     /* no path: words, numbers, truth */
  XS_ROOT_CONTEXT,  /* the node the expression is evaluated at */
  XS_ROOT_CASE,     /* the case, wherever the expression stands */
  XS_ROOT_VARIABLE, /* a variable of `let` */
  XS_ROOT_FOREIGN,  /* the rule pack, the contents of a packet, the record of a case */
} xs_path_root;

/* One name in a step of a path. */
typedef struct xs_path_name {
  xs_text name;
  xs_text variable; /* of XS_ROOT_VARIABLE */
  xs_span span;
  xs_path_root root;
  bool is_attribute;
} xs_path_name;

typedef struct xs_expression {
  xs_text source;
  xs_span span;
  xmlXPathCompExprPtr compiled;
  const struct xs_function *outer; /* the function that the whole expression is a call of */
  const xs_path_name *names;       /* of all steps but those with a foreign root */
  size_t name_count;
  const xs_path_name *variables; /* those used: name and span */
  size_t variable_count;
  bool uses_context; /* the node it is evaluated at matters */
  bool uses_case;    /* reaches the case by itself */
  xs_path_root result;
  xs_text result_variable;
} xs_expression;

/*
 * Compiles; a mistake is a diagnostic at its place within `at`, which is where `source` stands.
 * Names are not checked yet. Lives in `a`.
 */
xs_status xs_expression_parse(xs_arena *a, xs_text source, xs_span at, xs_diags *diags,
                              xs_expression **out);

/* Fills all of `e` but `compiled`; part of xs_expression_parse. */
xs_status xs_expression_scan(xs_arena *a, xs_expression *e, xs_diags *diags);

/* The place of a part of an expression. */
xs_span xs_expression_place(const xs_expression *e, const xs_diags *diags, size_t off, size_t len);

/* Reports a name of a path that the schema of cases does not know. */
void xs_path_name_check(const xs_path_name *name, const xs_schema *case_schema, xs_diags *diags);

/* Text in which {XPath} stands for a value. */
typedef struct xs_avt_part {
  xs_text words; /* when there is no expression */
  const xs_expression *value;
} xs_avt_part;

typedef struct xs_avt {
  const xs_avt_part *parts;
  size_t part_count;
} xs_avt;

xs_status xs_avt_parse(xs_arena *a, xs_text source, xs_span at, xs_diags *diags, xs_avt **out);

/*
 * For other floors: compiled with all checks, an unknown variable and an unknown name included;
 * evaluated at options->about, or at the case element when that is NULL. A mistake is a
 * diagnostic and XS_EINPUT. Texts and lists live in `a`; a path that selects nothing gives
 * empty text.
 */
xs_status xs_expression_compile(xs_arena *a, xs_text source, xs_span at,
                                const xs_schema *case_schema, xs_diags *diags,
                                const xs_expression **out);
xs_status xs_expression_test(const xs_expression *e, const xs_case *kase, const xs_rules *rules,
                             const xs_fill_options *options, xs_diags *diags, bool *out);
xs_status xs_expression_text(xs_arena *a, const xs_expression *e, const xs_case *kase,
                             const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                             xs_text *out);
xs_status xs_expression_nodes(xs_arena *a, const xs_expression *e, const xs_case *kase,
                              const xs_rules *rules, const xs_fill_options *options,
                              xs_diags *diags, const xmlNode *const **nodes, size_t *count);

#endif
