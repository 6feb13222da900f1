/*
 * The functions of the expression language. formatters.def lists them; each lives in the file
 * of its noun (format_date.c, format_number.c, …) as `xs_function_<id>`.
 */
#ifndef XS_TEMPLATE_FUNCTION_H
#define XS_TEMPLATE_FUNCTION_H

#include "template/evaluation.h"

enum { XS_MAX_ARGUMENTS = 32 };

/* One call under way. A function reads its arguments, then sets a result or fails. */
typedef struct xs_call {
  xs_evaluation *ev;
  const struct xs_function *function;
  size_t count;
  xmlXPathObjectPtr arguments[XS_MAX_ARGUMENTS];
  xmlXPathObjectPtr result; /* NULL: empty text */
} xs_call;

typedef struct xs_function {
  const char *name;
  int min, max;           /* arguments */
  xs_path_root root;      /* of the nodes it gives; XS_ROOT_NONE when it gives text */
  const char *arguments;  /* as a person reads them */
  const char *example;    /* a call … */
  const char *result;     /* … and its text */
  const char *blank_form; /* drawn where the value is missing: _ is an em to be filled by hand */
  const char *what;       /* msgid */
  void (*run)(xs_call *call);
} xs_function;

const xs_function *xs_function_find(xs_text name);
xs_text xs_function_nearest(xs_text name);

/* Makes every function known to an XPath context whose userData is an xs_evaluation. */
void xs_functions_register(xmlXPathContextPtr xpath);

/*
 * The text of argument i, trimmed. False when it selects nothing (the value is then missing) or
 * more than one node (a diagnostic); the function returns at once.
 */
bool xs_call_text(xs_call *call, size_t i, xs_text *out);
/* The nodes of argument i; false, with a diagnostic, when it is no node set. */
bool xs_call_nodes(xs_call *call, size_t i, xmlNodeSetPtr *out);
/* The one element of argument i. */
bool xs_call_element(xs_call *call, size_t i, const xmlNode **out);
/* A whole number from `min` to `max`. */
bool xs_call_count(xs_call *call, size_t i, size_t min, size_t max, size_t *out);

void xs_call_return(xs_call *call, xs_text text);
void xs_call_return_node(xs_call *call, const xmlNode *node);
/* The value cannot be written: a diagnostic at the expression, and at the value in the case. */
void xs_call_fail(xs_call *call, const char *format, ...) XS_PRINTF(2, 3);
/* Returns what was written and frees the buffer; a full buffer passes the limit of values. */
void xs_call_return_buffer(xs_call *call, struct xs_buf *b);
void xs_call_no_memory(xs_call *call);

#define X(id, name, min, max, root, arguments, example, result, blank_form, what)                  \
  void xs_function_##id(xs_call *call);
#include "template/formatters.def"
#undef X

#endif
