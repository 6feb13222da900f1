#include "template/evaluation.h"

#include "base/limits.h"
#include "base/text.h"
#include "model/dump.h"
#include "template/function.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

/* The variables that are always there, in the order in which they are pushed. */
static const struct {
  const char *name;
  xs_path_root root;
} provided[] = {
    {"case", XS_ROOT_CASE},      {"item", XS_ROOT_CASE},      {"employer", XS_ROOT_CASE},
    {"union", XS_ROOT_CASE},     {"superior", XS_ROOT_CASE},  {"rules", XS_ROOT_FOREIGN},
    {"packet", XS_ROOT_FOREIGN}, {"record", XS_ROOT_FOREIGN}, {"copy", XS_ROOT_NONE},
    {"date", XS_ROOT_NONE},      {"n", XS_ROOT_NONE},         {"count", XS_ROOT_NONE},
};

bool xs_evaluation_provides(xs_text variable)
{
  for (size_t i = 0; i < XS_COUNT(provided); i++)
    if (xs_text_is(variable, provided[i].name)) return true;
  return false;
}

xs_path_root xs_evaluation_root(xs_text variable)
{
  for (size_t i = 0; i < XS_COUNT(provided); i++)
    if (xs_text_is(variable, provided[i].name)) return provided[i].root;
  return XS_ROOT_VARIABLE;
}

/* ---- the variables ---- */

static const xs_variable *find_variable(const xs_evaluation *ev, xs_text name)
{
  for (size_t i = ev->variable_count; i-- > 0;)
    if (xs_text_equal(ev->variables[i].name, name)) return &ev->variables[i];
  return NULL;
}

static xmlXPathObjectPtr look_up_variable(void *data, const xmlChar *name, const xmlChar *uri)
{
  (void)uri;
  const xs_variable *v = find_variable((xs_evaluation *)data, xs_text_of((const char *)name));
  return v ? xmlXPathObjectCopy(v->value) : NULL;
}

xs_status xs_evaluation_push(xs_evaluation *ev, xs_text name, xmlXPathObjectPtr value,
                             bool is_blank)
{
  xs_variable *slot =
      value ? XS_PUSH(ev->a, ev->variables, ev->variable_count, ev->variable_capacity) : NULL;
  if (!slot) {
    xmlXPathFreeObject(value);
    return XS_ENOMEM;
  }
  *slot = (xs_variable){name, value, is_blank};
  return XS_OK;
}

xs_status xs_evaluation_push_round(xs_evaluation *ev, size_t n, size_t count)
{
  xs_status st = xs_evaluation_push(ev, XS_LIT("n"), xmlXPathNewFloat((double)n), false);
  if (!st) st = xs_evaluation_push(ev, XS_LIT("count"), xmlXPathNewFloat((double)count), false);
  return st;
}

void xs_evaluation_pop(xs_evaluation *ev, size_t count)
{
  while (ev->variable_count > count) xmlXPathFreeObject(ev->variables[--ev->variable_count].value);
}

static xs_status push_node(xs_evaluation *ev, const char *name, const xmlNode *node)
{
  bool is_blank = ev->options->blank && (!node || !ev->kase || node->doc == ev->kase->doc);
  return xs_evaluation_push(ev, xs_text_of(name), xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)node),
                            is_blank);
}

static xs_status push_text(xs_evaluation *ev, const char *name, const char *text, bool is_blank)
{
  return xs_evaluation_push(ev, xs_text_of(name), xmlXPathNewCString(text), is_blank);
}

static const xmlNode *root_of(const xmlDoc *doc)
{
  return doc ? xmlDocGetRootElement((xmlDocPtr)(uintptr_t)doc) : NULL;
}

const xmlNode *xs_evaluation_root_node(const xs_evaluation *ev)
{
  return ev->kase ? root_of(ev->kase->doc) : NULL;
}

static xs_status push_date(xs_evaluation *ev)
{
  uint32_t d = ev->options->date;
  xs_text text =
      d ? xs_arena_printf(ev->a, "%04u-%02u-%02u", d / 10000 % 10000, d / 100 % 100, d % 100)
        : XS_LIT("");
  if (!text.ptr) return XS_ENOMEM;
  return push_text(ev, "date", text.ptr, ev->options->blank);
}

/* A tree that is no part of the case; a blank form comes without it. */
static xs_status push_foreign(xs_evaluation *ev, const char *name, const xmlNode *root)
{
  return xs_evaluation_push(ev, xs_text_of(name), xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)root),
                            ev->options->blank && !root);
}

static xs_status push_provided(xs_evaluation *ev)
{
  const xmlNode *root = xs_evaluation_root_node(ev);
  const xmlNode *rules = ev->rules ? root_of(ev->rules->doc) : NULL;
  xs_status st = push_node(ev, "case", root);
  if (!st) st = push_node(ev, "item", ev->item);
  if (!st) st = push_node(ev, "employer", root ? xs_xml_child(root, "employer") : NULL);
  if (!st) st = push_node(ev, "union", root ? xs_xml_child(root, "union") : NULL);
  if (!st) st = push_node(ev, "superior", root ? xs_xml_child(root, "superior-union") : NULL);
  if (!st)
    st = xs_evaluation_push(ev, XS_LIT("rules"), xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)rules),
                            false);
  if (!st) st = push_foreign(ev, "packet", ev->options->packet);
  if (!st) st = push_foreign(ev, "record", ev->options->record);
  if (!st) st = push_text(ev, "copy", xs_copy_name(ev->options->copy), false);
  if (!st) st = push_date(ev);
  if (!st) st = xs_evaluation_push_round(ev, 1, 1);
  return st;
}

/* ---- opening, closing, errors of libxml2 ---- */

static void note_error(void *user, xmlErrorPtr error)
{
  xs_evaluation *ev = (xs_evaluation *)user;
  if (ev->failed || !ev->now) return;
  ev->failed = true;
  int code = error->code - XML_XPATH_EXPRESSION_OK;
  if (code == XPATH_OP_LIMIT_EXCEEDED) {
    ev->status = XS_ELIMIT;
    xs_diag(ev->diags, XS_D_LIMIT, ev->now->span, _("the expressions take more than %u steps"),
            XS_MAX_XPATH_STEPS);
  } else if (error->code == XML_ERR_NO_MEMORY) {
    ev->status = XS_ENOMEM;
  } else if (code == XPATH_UNDEF_VARIABLE_ERROR) {
    xs_diag(ev->diags, XS_D_VARIABLE_UNKNOWN, ev->now->span,
            _("a variable of “%.*s” has no value here"), XS_TEXT(ev->now->source));
  } else {
    xs_diag(ev->diags, XS_D_VALUE_KIND, ev->now->span, _("“%.*s” cannot be worked out"),
            XS_TEXT(ev->now->source));
  }
}

xs_status xs_evaluation_open(xs_evaluation *ev, xs_arena *a, const xs_case *kase,
                             const xs_rules *rules, const xs_fill_options *options,
                             const xmlNode *item, xs_diags *diags)
{
  *ev = (xs_evaluation){
      .a = a, .kase = kase, .rules = rules, .options = options, .diags = diags, .item = item};
  if (!ev->item) ev->item = xs_evaluation_root_node(ev);
  ev->xpath = xmlXPathNewContext(kase ? kase->doc : NULL);
  if (!ev->xpath) return XS_ENOMEM;
  ev->xpath->error = note_error;
  ev->xpath->userData = ev;
  ev->xpath->opLimit = XS_MAX_XPATH_STEPS;
  xmlXPathContextSetCache(ev->xpath, 1, -1, 0);
  xmlXPathRegisterVariableLookup(ev->xpath, look_up_variable, ev);
  xs_functions_register(ev->xpath);
  return push_provided(ev);
}

void xs_evaluation_close(xs_evaluation *ev)
{
  xs_evaluation_pop(ev, 0);
  if (ev->xpath) xmlXPathFreeContext(ev->xpath);
  ev->xpath = NULL;
}

bool xs_evaluation_is_blank(const xs_evaluation *ev, const xs_expression *e, const xmlNode *context)
{
  if (!ev->options->blank) return false;
  if (e->uses_case) return true;
  if (e->uses_context && (!context || !ev->kase || context->doc == ev->kase->doc)) return true;
  for (size_t i = 0; i < e->variable_count; i++) {
    const xs_variable *v = find_variable(ev, e->variables[i].name);
    if (v && v->is_blank) return true;
  }
  return false;
}

/* ---- texts ---- */

xs_text xs_node_value(xs_arena *a, const xmlNode *node)
{
  if (node->type == XML_ELEMENT_NODE) return xs_xml_content(a, node);
  const xmlChar *content = node->content;
  if (node->type == XML_ATTRIBUTE_NODE) content = node->children ? node->children->content : NULL;
  xs_text t = xs_text_trim(xs_text_of((const char *)content));
  return t.len ? t : XS_LIT("");
}

/* No money passes through here: amounts stay text from the case to the page. */
xs_text xs_number_value(xs_arena *a, double number)
{
  if (!(fabs(number) < 1e15)) return XS_NO_TEXT; /* NaN too */
  double rounded = round(number * 1e6);
  if (fabs(rounded) < 9e15 && number != trunc(number)) {
    int64_t micro = (int64_t)rounded;
    int64_t size = micro < 0 ? -micro : micro;
    xs_text t = xs_arena_printf(a, "%s%lld.%06lld", micro < 0 ? "-" : "",
                                (long long)(size / 1000000), (long long)(size % 1000000));
    while (t.len && t.ptr[t.len - 1] == '0') t.len--;
    if (t.len && t.ptr[t.len - 1] == '.') t.len--;
    return t;
  }
  return xs_arena_printf(a, "%lld", (long long)number);
}

/* ---- evaluating ---- */

xs_status xs_evaluate_object(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                             xmlXPathObjectPtr *out)
{
  if (!context) context = xs_evaluation_root_node(ev);
  ev->now = e;
  ev->context = context;
  ev->missing = ev->failed = false;
  ev->from = XS_NOWHERE;
  ev->xpath->doc = context ? context->doc : NULL;
  ev->xpath->node = (xmlNodePtr)(uintptr_t)context;
  ev->xpath->contextSize = ev->xpath->proximityPosition = 1;
  xmlXPathObjectPtr object = xmlXPathCompiledEval(e->compiled, ev->xpath);
  ev->now = NULL;
  if (ev->status) {
    xmlXPathFreeObject(object);
    return ev->status;
  }
  if (ev->failed || !object) {
    xmlXPathFreeObject(object);
    return ev->failed ? XS_EINPUT : XS_ENOMEM;
  }
  *out = object;
  return XS_OK;
}

static xs_status report_many(const xs_evaluation *ev, const xs_expression *e,
                             const xmlNodeSet *nodes)
{
  xs_diag(ev->diags, XS_D_VALUE_MANY, e->span, _("“%.*s” selects %d nodes, one is needed"),
          XS_TEXT(e->source), nodes->nodeNr);
  xs_diag_note(ev->diags, xs_xml_any_span(nodes->nodeTab[0]), _("the first"));
  xs_diag_note(ev->diags, xs_xml_any_span(nodes->nodeTab[1]), _("the second"));
  return XS_EINPUT;
}

static xs_status value_of_object(xs_evaluation *ev, const xs_expression *e,
                                 xmlXPathObjectPtr object, xs_value *out)
{
  *out = (xs_value){.from = ev->from};
  switch (object->type) {
  case XPATH_NODESET: {
    const xmlNodeSet *nodes = object->nodesetval;
    int count = nodes ? nodes->nodeNr : 0;
    if (count > 1) return report_many(ev, e, nodes);
    if (count == 0) break;
    out->text = xs_arena_text(ev->a, xs_node_value(ev->a, nodes->nodeTab[0]));
    out->from = xs_xml_any_span(nodes->nodeTab[0]);
    break;
  }
  case XPATH_NUMBER:
    if (isnan(object->floatval)) break;
    out->text = xs_number_value(ev->a, object->floatval);
    break;
  case XPATH_BOOLEAN:
    out->is_truth = true;
    out->text = object->boolval ? XS_LIT("true") : XS_LIT("false");
    break;
  case XPATH_STRING:
    out->text = xs_arena_text(ev->a, xs_text_trim(xs_text_of((const char *)object->stringval)));
    break;
  default:
    xs_diag(ev->diags, XS_D_VALUE_KIND, e->span, _("“%.*s” gives no text"), XS_TEXT(e->source));
    return XS_EINPUT;
  }
  out->is_missing = ev->missing || out->text.len == 0;
  return XS_OK;
}

xs_status xs_evaluate_value(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                            xs_value *out)
{
  xmlXPathObjectPtr object = NULL;
  xs_status st = xs_evaluate_object(ev, e, context, &object);
  if (st) return st;
  st = value_of_object(ev, e, object, out);
  xmlXPathFreeObject(object);
  return st;
}

xs_status xs_evaluate_test(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                           bool *out)
{
  xmlXPathObjectPtr object = NULL;
  xs_status st = xs_evaluate_object(ev, e, context, &object);
  if (st) return st;
  *out = xmlXPathCastToBoolean(object) != 0;
  xmlXPathFreeObject(object);
  return XS_OK;
}

static xs_status copy_nodes(xs_evaluation *ev, const xmlNodeSet *set, const xmlNode *const **nodes,
                            size_t *count)
{
  *nodes = NULL;
  *count = set && set->nodeNr > 0 ? (size_t)set->nodeNr : 0;
  if (*count == 0) return XS_OK;
  const xmlNode **list = XS_NEW_ARRAY(ev->a, *count, const xmlNode *);
  if (!list) return XS_ENOMEM;
  for (size_t i = 0; i < *count; i++) list[i] = set->nodeTab[i];
  *nodes = list;
  return XS_OK;
}

xs_status xs_evaluate_nodes(xs_evaluation *ev, const xs_expression *e, const xmlNode *context,
                            const xmlNode *const **nodes, size_t *count)
{
  xmlXPathObjectPtr object = NULL;
  xs_status st = xs_evaluate_object(ev, e, context, &object);
  if (st) return st;
  if (object->type != XPATH_NODESET) {
    xs_diag(ev->diags, XS_D_VALUE_KIND, e->span, _("“%.*s” gives no nodes"), XS_TEXT(e->source));
    st = XS_EINPUT;
  } else {
    if (object->nodesetval) xmlXPathNodeSetSort(object->nodesetval);
    st = copy_nodes(ev, object->nodesetval, nodes, count);
  }
  xmlXPathFreeObject(object);
  return st;
}

void xs_evaluation_report_missing(const xs_evaluation *ev, const xs_expression *e,
                                  const xmlNode *context)
{
  xs_diag(ev->diags, XS_D_VALUE_MISSING, e->span, _("“%.*s” selects nothing"), XS_TEXT(e->source));
  if (!context) context = xs_evaluation_root_node(ev);
  if (context && context->type == XML_ELEMENT_NODE)
    xs_diag_note(ev->diags, xs_xml_span(context), _("looked for from “%s” here"),
                 (const char *)context->name);
}

xs_status xs_evaluate_avt(xs_evaluation *ev, const xs_avt *avt, const xmlNode *context,
                          xs_text *out)
{
  *out = XS_LIT("");
  for (size_t i = 0; i < avt->part_count; i++) {
    const xs_avt_part *part = &avt->parts[i];
    xs_value v = {.text = part->words};
    if (part->value) {
      if (xs_evaluation_is_blank(ev, part->value, context)) continue;
      xs_status st = xs_evaluate_value(ev, part->value, context, &v);
      if (st) return st;
      if (v.is_missing) {
        xs_evaluation_report_missing(ev, part->value, context);
        return XS_EINPUT;
      }
    }
    *out = xs_arena_printf(ev->a, "%.*s%.*s", XS_TEXT(*out), XS_TEXT(v.text));
    if (!out->ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

/* ---- for other floors ---- */

xs_status xs_expression_test(const xs_expression *e, const xs_case *kase, const xs_rules *rules,
                             const xs_fill_options *options, xs_diags *diags, bool *out)
{
  xs_arena *a = xs_arena_new(xs_arena_host(kase->arena));
  if (!a) return XS_ENOMEM;
  xs_evaluation ev;
  xs_status st = xs_evaluation_open(&ev, a, kase, rules, options, options->about, diags);
  if (!st) st = xs_evaluate_test(&ev, e, options->about, out);
  xs_evaluation_close(&ev);
  xs_arena_free(a);
  return st;
}

xs_status xs_expression_text(xs_arena *a, const xs_expression *e, const xs_case *kase,
                             const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                             xs_text *out)
{
  xs_evaluation ev;
  xs_value v = {0};
  xs_status st = xs_evaluation_open(&ev, a, kase, rules, options, options->about, diags);
  if (!st) st = xs_evaluate_value(&ev, e, options->about, &v);
  if (!st) *out = v.is_missing ? XS_LIT("") : v.text;
  xs_evaluation_close(&ev);
  return st;
}

xs_status xs_expression_nodes(xs_arena *a, const xs_expression *e, const xs_case *kase,
                              const xs_rules *rules, const xs_fill_options *options,
                              xs_diags *diags, const xmlNode *const **nodes, size_t *count)
{
  xs_evaluation ev;
  xs_status st = xs_evaluation_open(&ev, a, kase, rules, options, options->about, diags);
  if (!st) st = xs_evaluate_nodes(&ev, e, options->about, nodes, count);
  xs_evaluation_close(&ev);
  return st;
}
