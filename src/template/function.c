#include "template/function.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

#include <libxml/xpathInternals.h>
#include <stdarg.h>
#include <stdio.h>

static const xs_function functions[] = {
#define X(id, name, min, max, root, arguments, example, result, blank_form, what)                  \
  {name, min, max, XS_ROOT_##root, arguments, example, result, blank_form, what, xs_function_##id},
#include "template/formatters.def"
#undef X
};

const xs_function *xs_function_find(xs_text name)
{
  for (size_t i = 0; i < XS_COUNT(functions); i++)
    if (xs_text_is(name, functions[i].name)) return &functions[i];
  return NULL;
}

xs_text xs_function_nearest(xs_text name)
{
  unsigned best = xs_text_reach(name);
  xs_text near = XS_NO_TEXT;
  for (size_t i = 0; i < XS_COUNT(functions); i++) {
    xs_text candidate = xs_text_of(functions[i].name);
    unsigned distance = xs_text_distance(name, candidate, best);
    if (distance >= best) continue;
    best = distance;
    near = candidate;
  }
  return near;
}

bool xs_function_at(size_t i, xs_function_view *out)
{
  if (i >= XS_COUNT(functions)) return false;
  const xs_function *f = &functions[i];
  *out = (xs_function_view){f->name, f->arguments, f->example, f->result, f->what};
  return true;
}

/* ---- the door to libxml2 ---- */

static void finish(xmlXPathParserContextPtr parser, xs_call *call)
{
  for (size_t i = 0; i < call->count; i++) xmlXPathFreeObject(call->arguments[i]);
  xmlXPathObjectPtr result = call->result;
  if (!result && call->function->root != XS_ROOT_NONE) result = xmlXPathNewNodeSet(NULL);
  if (!result) result = xmlXPathNewCString("");
  if (!result) call->ev->status = XS_ENOMEM;
  valuePush(parser, result);
}

/* Every function of ours is called through here; the context knows the name. */
static void run_function(xmlXPathParserContextPtr parser, int count)
{
  xs_evaluation *ev = (xs_evaluation *)parser->context->userData;
  const xs_function *f = xs_function_find(xs_text_of((const char *)parser->context->function));
  if (!f || count < f->min || count > f->max) {
    xmlXPathSetArityError(parser);
    return;
  }
  xs_call call = {.ev = ev, .function = f, .count = (size_t)count};
  for (size_t i = call.count; i-- > 0;) {
    call.arguments[i] = valuePop(parser);
    if (!call.arguments[i]) {
      ev->status = XS_ENOMEM;
      call.arguments[i] = xmlXPathNewCString("");
    }
  }
  if (!ev->failed && !ev->status) f->run(&call);
  finish(parser, &call);
}

static xmlXPathFunction look_up_function(void *data, const xmlChar *name, const xmlChar *uri)
{
  (void)data;
  (void)uri;
  return xs_function_find(xs_text_of((const char *)name)) ? run_function : NULL;
}

void xs_functions_register(xmlXPathContextPtr xpath)
{
  xmlXPathRegisterFuncLookup(xpath, look_up_function, xpath->userData);
}

/* ---- arguments and results ---- */

void xs_call_no_memory(xs_call *call)
{
  call->ev->status = XS_ENOMEM;
}

void xs_call_fail(xs_call *call, const char *format, ...)
{
  xs_evaluation *ev = call->ev;
  if (ev->failed) return;
  ev->failed = true;
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  xs_diag(ev->diags, XS_D_FUNCTION_VALUE, ev->now->span, "%s: %s", call->function->name, message);
  if (ev->from.source) xs_diag_note(ev->diags, ev->from, _("the value stands here"));
}

static bool one_node(xs_call *call, const xmlNodeSet *nodes, const xmlNode **out)
{
  xs_evaluation *ev = call->ev;
  int count = nodes ? nodes->nodeNr : 0;
  if (count == 0) {
    ev->missing = true;
    return false;
  }
  if (count > 1) {
    if (!ev->failed) {
      xs_diag(ev->diags, XS_D_VALUE_MANY, ev->now->span, _("%s is given %d nodes, it takes one"),
              call->function->name, count);
      xs_diag_note(ev->diags, xs_xml_any_span(nodes->nodeTab[0]), _("the first"));
      xs_diag_note(ev->diags, xs_xml_any_span(nodes->nodeTab[1]), _("the second"));
    }
    ev->failed = true;
    return false;
  }
  *out = nodes->nodeTab[0];
  if (!ev->from.source) ev->from = xs_xml_any_span(nodes->nodeTab[0]);
  return true;
}

bool xs_call_text(xs_call *call, size_t i, xs_text *out)
{
  const xmlXPathObject *object = call->arguments[i];
  xs_text t = XS_NO_TEXT;
  const xmlNode *node = NULL;
  switch (object->type) {
  case XPATH_NODESET:
    if (!one_node(call, object->nodesetval, &node)) return false;
    t = xs_node_value(call->ev->a, node);
    break;
  case XPATH_NUMBER:
    t = xs_number_value(call->ev->a, object->floatval);
    break;
  case XPATH_BOOLEAN:
    t = object->boolval ? XS_LIT("true") : XS_LIT("false");
    break;
  default:
    t = xs_text_trim(xs_text_of((const char *)object->stringval));
    break;
  }
  if (t.len == 0) {
    call->ev->missing = true;
    return false;
  }
  *out = t;
  return true;
}

bool xs_call_nodes(xs_call *call, size_t i, xmlNodeSetPtr *out)
{
  if (call->arguments[i]->type != XPATH_NODESET) {
    xs_call_fail(call, _("argument %zu must be a path"), i + 1);
    return false;
  }
  *out = call->arguments[i]->nodesetval;
  if (*out) xmlXPathNodeSetSort(*out);
  return true;
}

bool xs_call_element(xs_call *call, size_t i, const xmlNode **out)
{
  xmlNodeSetPtr nodes = NULL;
  if (!xs_call_nodes(call, i, &nodes) || !one_node(call, nodes, out)) return false;
  if ((*out)->type == XML_ELEMENT_NODE) return true;
  xs_call_fail(call, _("argument %zu must be an element"), i + 1);
  return false;
}

bool xs_call_count(xs_call *call, size_t i, size_t min, size_t max, size_t *out)
{
  xs_text t;
  uint64_t n = 0;
  if (!xs_call_text(call, i, &t)) return false;
  if (xs_text_uint(t, &n) && n >= min && n <= max) {
    *out = (size_t)n;
    return true;
  }
  xs_call_fail(call, _("“%.*s” is no number from %zu to %zu"), XS_TEXT(t), min, max);
  return false;
}

void xs_call_return(xs_call *call, xs_text text)
{
  xs_text copy = text.ptr ? xs_arena_text(call->ev->a, text) : XS_NO_TEXT;
  call->result = copy.ptr ? xmlXPathNewCString(copy.ptr) : NULL;
  if (!call->result) call->ev->status = XS_ENOMEM;
}

void xs_call_return_buffer(xs_call *call, xs_buf *b)
{
  xs_evaluation *ev = call->ev;
  if (b->status == XS_ELIMIT) {
    ev->status = XS_ELIMIT;
    xs_diag(ev->diags, XS_D_LIMIT, ev->now->span, _("a value has more than %u bytes"),
            XS_MAX_VALUE_BYTES);
  } else if (b->status) {
    ev->status = b->status;
  } else {
    xs_call_return(call, b->len ? xs_buf_view(b) : XS_LIT(""));
  }
  xs_buf_free(b);
}

void xs_call_return_node(xs_call *call, const xmlNode *node)
{
  call->result = xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)node);
  if (!call->result) call->ev->status = XS_ENOMEM;
}
