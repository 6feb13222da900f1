#include "template/expression.h"

#include "base/limits.h"
#include "base/text.h"
#include "template/evaluation.h"

#include <string.h>

/* What libxml2 said last about an expression. */
typedef struct syntax_error {
  bool found;
  size_t off;
  const char *message; /* static text of ours */
} syntax_error;

static void note_syntax_error(void *user, xmlErrorPtr error)
{
  syntax_error *seen = (syntax_error *)user;
  if (seen->found) return;
  seen->found = true;
  seen->off = error->int1 > 0 ? (size_t)error->int1 : 0;
}

static void free_compiled(void *compiled)
{
  xmlXPathFreeCompExpr((xmlXPathCompExprPtr)compiled);
}

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* False when it was written with references such as &lt;. XML makes spaces of line ends. */
static bool stands_as_written(const xs_expression *e, xs_text bytes)
{
  if (e->span.len != e->source.len || e->span.off > bytes.len ||
      bytes.len - e->span.off < e->source.len)
    return false;
  const char *raw = bytes.ptr + e->span.off;
  for (size_t i = 0; i < e->source.len; i++)
    if (raw[i] != e->source.ptr[i] && !(is_space(raw[i]) && is_space(e->source.ptr[i])))
      return false;
  return true;
}

xs_span xs_expression_place(const xs_expression *e, const xs_diags *diags, size_t off, size_t len)
{
  if (!stands_as_written(e, xs_diags_source_bytes(diags, e->span.source))) return e->span;
  if (off >= e->source.len) off = e->source.len ? e->source.len - 1 : 0;
  if (len > e->source.len - off) len = e->source.len - off;
  return (xs_span){e->span.source, e->span.off + (uint32_t)off, (uint32_t)len};
}

static xs_status compile_xpath(xs_arena *a, xs_expression *e, xs_diags *diags)
{
  xs_text zero_ended = xs_arena_text(a, e->source);
  if (!zero_ended.ptr) return XS_ENOMEM;
  xmlXPathContextPtr context = xmlXPathNewContext(NULL);
  if (!context) return XS_ENOMEM;
  syntax_error seen = {0};
  context->error = note_syntax_error;
  context->userData = &seen;
  e->compiled = xmlXPathCtxtCompile(context, (const xmlChar *)zero_ended.ptr);
  xmlXPathFreeContext(context);
  if (e->compiled && !seen.found)
    return xs_arena_defer(a, free_compiled, e->compiled) ? XS_OK : XS_ENOMEM;
  if (e->compiled) xmlXPathFreeCompExpr(e->compiled);
  e->compiled = NULL;
  xs_diag(diags, XS_D_EXPRESSION_SYNTAX, xs_expression_place(e, diags, seen.off, 1),
          _("“%.*s” cannot be read as an expression from here on"), XS_TEXT(e->source));
  return XS_EINPUT;
}

xs_status xs_expression_parse(xs_arena *a, xs_text source, xs_span at, xs_diags *diags,
                              xs_expression **out)
{
  if (source.len > XS_MAX_XPATH_BYTES) {
    xs_diag(diags, XS_D_LIMIT, at, _("an expression has more than %u bytes"), XS_MAX_XPATH_BYTES);
    return XS_EINPUT;
  }
  xs_expression *e = XS_NEW(a, xs_expression);
  if (!e) return XS_ENOMEM;
  *e = (xs_expression){.source = source, .span = at};
  xs_status st = compile_xpath(a, e, diags);
  if (!st) st = xs_expression_scan(a, e, diags);
  if (!st) *out = e;
  return st;
}

void xs_path_name_check(const xs_path_name *name, const xs_schema *case_schema, xs_diags *diags)
{
  bool known = name->is_attribute ? xs_schema_knows_attribute(case_schema, name->name)
                                  : xs_schema_knows_element(case_schema, name->name);
  if (known || xs_diags_count(diags, XS_ERROR) > XS_MAX_DIAGS) return;
  xs_diag(diags, XS_D_PATH_UNKNOWN, name->span,
          name->is_attribute ? _("no case has an attribute “%.*s”")
                             : _("no case has an element “%.*s”"),
          XS_TEXT(name->name));
  xs_text near = xs_schema_nearest(case_schema, name->name);
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("the nearest name is “%.*s”"), XS_TEXT(near));
}

xs_status xs_expression_compile(xs_arena *a, xs_text source, xs_span at,
                                const xs_schema *case_schema, xs_diags *diags,
                                const xs_expression **out)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  xs_expression *e = NULL;
  xs_status st = xs_expression_parse(a, source, at, diags, &e);
  if (st) return st;
  for (size_t i = 0; i < e->variable_count; i++) {
    if (xs_evaluation_provides(e->variables[i].name)) continue;
    xs_diag(diags, XS_D_VARIABLE_UNKNOWN, e->variables[i].span, _("no variable “$%.*s”"),
            XS_TEXT(e->variables[i].name));
  }
  for (size_t i = 0; case_schema && i < e->name_count; i++)
    xs_path_name_check(&e->names[i], case_schema, diags);
  *out = e;
  return xs_diags_since(diags, before);
}

/* ---- attribute value templates ---- */

static xs_status avt_push(xs_arena *a, xs_avt_part **parts, size_t *count, size_t *capacity,
                          xs_avt_part part)
{
  xs_avt_part *slot = XS_PUSH(a, *parts, *count, *capacity);
  if (!slot) return XS_ENOMEM;
  *slot = part;
  return XS_OK;
}

/* The offset of the brace that closes the one before `off`; braces in quotes do not count. */
static size_t closing_brace(xs_text t, size_t off)
{
  char quote = 0;
  for (; off < t.len; off++) {
    char c = t.ptr[off];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '}') {
      return off;
    }
  }
  return t.len;
}

xs_status xs_avt_parse(xs_arena *a, xs_text source, xs_span at, xs_diags *diags, xs_avt **out)
{
  if (source.len > XS_MAX_XPATH_BYTES) {
    xs_diag(diags, XS_D_LIMIT, at, _("an expression has more than %u bytes"), XS_MAX_XPATH_BYTES);
    return XS_EINPUT;
  }
  xs_avt *avt = XS_NEW(a, xs_avt);
  if (!avt) return XS_ENOMEM;
  xs_avt_part *parts = NULL;
  size_t count = 0, capacity = 0;
  xs_expression whole = {.source = source, .span = at};
  for (size_t off = 0; off < source.len;) {
    const char *brace = (const char *)memchr(source.ptr + off, '{', source.len - off);
    size_t end = brace ? (size_t)(brace - source.ptr) : source.len;
    xs_avt_part part = {.words = {source.ptr + off, end - off}};
    if (end > off && avt_push(a, &parts, &count, &capacity, part)) return XS_ENOMEM;
    if (!brace) break;
    size_t close = closing_brace(source, end + 1);
    xs_span place = xs_expression_place(&whole, diags, end + 1, close - end - 1);
    if (close == source.len) {
      xs_diag(diags, XS_D_EXPRESSION_SYNTAX, place, _("“{” without “}”"));
      return XS_EINPUT;
    }
    xs_expression *value = NULL;
    xs_text inner = {source.ptr + end + 1, close - end - 1};
    xs_status st = xs_expression_parse(a, inner, place, diags, &value);
    if (!st) st = avt_push(a, &parts, &count, &capacity, (xs_avt_part){.value = value});
    if (st) return st;
    off = close + 1;
  }
  *avt = (xs_avt){parts, count};
  *out = avt;
  return XS_OK;
}
