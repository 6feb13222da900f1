/* Lists, numbers of documents, and what is looked up in the case. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "template/function.h"
#include "template/numeral.h"

/* The marks between the parts of a list; argument `i` may state them. */
static void list_marks(xs_call *call, size_t i, xs_text *mark, xs_text *last)
{
  *mark = XS_LIT("、");
  if (call->count > i) xs_call_text(call, i, mark);
  *last = *mark;
  if (call->count > i + 1) xs_call_text(call, i + 1, last);
}

void xs_function_join(xs_call *call)
{
  xmlNodeSetPtr nodes = NULL;
  if (!xs_call_nodes(call, 0, &nodes)) return;
  if (!nodes || nodes->nodeNr == 0) {
    call->ev->missing = true;
    return;
  }
  xs_text mark, last;
  list_marks(call, 1, &mark, &last);
  call->ev->from = xs_xml_any_span(nodes->nodeTab[0]);
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(call->ev->a), XS_MAX_VALUE_BYTES);
  for (int i = 0; i < nodes->nodeNr; i++) {
    if (i > 0) xs_buf_text(&b, i + 1 == nodes->nodeNr ? last : mark);
    xs_buf_text(&b, xs_node_value(call->ev->a, nodes->nodeTab[i]));
  }
  xs_call_return_buffer(call, &b);
}

/* XPath's concat would leave out what is not there without a word. White space stays. */
void xs_function_concat(xs_call *call)
{
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(call->ev->a), XS_MAX_VALUE_BYTES);
  for (size_t i = 0; i < call->count; i++) {
    const xmlXPathObject *argument = call->arguments[i];
    xs_text t = XS_NO_TEXT;
    if (argument->type == XPATH_STRING)
      t = xs_text_of((const char *)argument->stringval);
    else if (!xs_call_text(call, i, &t))
      break;
    xs_buf_text(&b, t);
  }
  if (call->ev->missing || call->ev->failed)
    xs_buf_free(&b);
  else
    xs_call_return_buffer(call, &b);
}

void xs_function_either(xs_call *call)
{
  bool was_missing = call->ev->missing;
  for (size_t i = 0; i < call->count; i++) {
    xs_text t;
    if (xs_call_text(call, i, &t)) {
      call->ev->missing = was_missing;
      xs_call_return(call, t);
      return;
    }
    if (call->ev->failed) return;
  }
}

void xs_function_doc_number(xs_call *call)
{
  const xmlNode *number = NULL;
  if (!xs_call_element(call, 0, &number)) return;
  xs_text organ = xs_xml_attr(number, "organ");
  xs_text year = xs_xml_attr(number, "year");
  xs_text serial = xs_xml_attr(number, "serial");
  uint64_t n = 0;
  if (!organ.len || !year.len || !xs_text_uint(serial, &n)) {
    xs_call_fail(call, _("the element has no organ, year and serial"));
    return;
  }
  xs_call_return(call, xs_arena_printf(call->ev->a, "%.*s〔%.*s〕%llu号", XS_TEXT(organ),
                                       XS_TEXT(year), (unsigned long long)n));
}

/* The next element in document order below `root`; NULL behind the last. */
static const xmlNode *next_element(const xmlNode *node, const xmlNode *root)
{
  const xmlNode *child = xs_xml_child(node, NULL);
  if (child) return child;
  for (; node && node != root; node = node->parent) {
    const xmlNode *next = xs_xml_next(node, NULL);
    if (next) return next;
  }
  return NULL;
}

void xs_function_by_id(xs_call *call)
{
  xs_text id;
  if (!xs_call_text(call, 0, &id)) return;
  const xmlNode *root = xs_evaluation_root_node(call->ev);
  for (const xmlNode *n = root; n; n = next_element(n, root)) {
    if (!xs_text_equal(xs_xml_attr(n, "id"), id)) continue;
    xs_call_return_node(call, n);
    return;
  }
}

void xs_function_current(xs_call *call)
{
  if (call->ev->context) xs_call_return_node(call, call->ev->context);
}
