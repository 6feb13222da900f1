/*
 * Evaluating expressions: everything an expression can see, and what comes out of it.
 *
 * An evaluation belongs to one fill (or one question of another floor) and one thread. It never
 * changes the case.
 */
#ifndef XS_TEMPLATE_EVALUATION_H
#define XS_TEMPLATE_EVALUATION_H

#include "template/expression.h"

typedef struct xs_variable {
  xs_text name;
  xmlXPathObjectPtr value;
  bool is_blank; /* comes from the case, which a blank form does not have */
} xs_variable;

typedef struct xs_evaluation {
  xs_arena *a; /* texts live here */
  const xs_case *kase;
  const xs_rules *rules;
  const xs_fill_options *options;
  xs_diags *diags;
  const xmlNode *item; /* what the paper is about */
  xmlXPathContextPtr xpath;
  xs_variable *variables;
  size_t variable_count, variable_capacity;

  /* of the evaluation under way */
  const xs_expression *now;
  const xmlNode *context;
  bool missing;     /* an argument of a function selected nothing */
  bool failed;      /* a diagnostic has been recorded */
  xs_span from;     /* the first place in the case that went into the value */
  xs_status status; /* XS_ENOMEM or XS_ELIMIT: give up */
} xs_evaluation;

/* Does every evaluation have a variable of this name? And where do its paths start? */
bool xs_evaluation_provides(xs_text variable);
xs_path_root xs_evaluation_root(xs_text variable);

/*
 * All of `ev` is set here; `item` NULL is the case element. kase and rules may be NULL. Close it
 * also after a failure.
 */
xs_status xs_evaluation_open(xs_evaluation *ev, xs_arena *a, const xs_case *kase,
                             const xs_rules *rules, const xs_fill_options *options,
                             const xmlNode *item, xs_diags *diags);
void xs_evaluation_close(xs_evaluation *ev);

/* The root element of the case; NULL when there is none. */
const xmlNode *xs_evaluation_root_node(const xs_evaluation *ev);

/* Variables of `let` and of loops: pushed, and popped down to a count again. The value is taken
 * over, also on failure. */
xs_status xs_evaluation_push(xs_evaluation *ev, xs_text name, xmlXPathObjectPtr value,
                             bool is_blank);
/* $n and $count of the n-th round of a loop. */
xs_status xs_evaluation_push_round(xs_evaluation *ev, size_t n, size_t count);
void xs_evaluation_pop(xs_evaluation *ev, size_t count);

/* On a blank form: does the expression ask for something only a case can tell? */
bool xs_evaluation_is_blank(const xs_evaluation *ev, const xs_expression *e,
                            const xmlNode *context);

typedef struct xs_value {
  bool is_missing; /* nothing selected, or empty */
  bool is_truth;   /* true or false, which no paper says */
  xs_text text;    /* NFC, trimmed; lives in ev->a */
  xs_span from;
} xs_value;

/*
 * XS_EINPUT: a diagnostic says why; go on with the next expression. XS_ENOMEM and XS_ELIMIT: end.
 * What is missing is no error here, more than one node is.
 */
xs_status xs_evaluate_value(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                            xs_value *out);
xs_status xs_evaluate_test(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                           bool *out);
/* In document order. */
xs_status xs_evaluate_nodes(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                            const xmlNode *const **nodes, size_t *count);
/* Anything; the caller frees it with xmlXPathFreeObject. */
xs_status xs_evaluate_object(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                             xmlXPathObjectPtr *out);
/* A value that must be there. */
xs_status xs_evaluate_avt(xs_evaluation *ev, const xs_avt *avt, const xmlNode *context,
                          xs_text *out);

/* Says that `e` selects nothing, and from where it was looked for. */
void xs_evaluation_report_missing(const xs_evaluation *ev, const xs_expression *e,
                                  const xmlNode *context);

/* The text of one node, trimmed, in `a`. */
xs_text xs_node_value(xs_arena *a, const xmlNode *node);
/* A number as decimal text without exponent, at most six decimals; no text when it is none. */
xs_text xs_number_value(xs_arena *a, double number);

#endif
