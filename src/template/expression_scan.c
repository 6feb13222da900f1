/*
 * What an expression uses, read from its tokens.
 *
 * XPath tells operators from names by what stands before (XPath 1.0, 3.7): after an operand,
 * `and or mod div *` are operators. A path is followed by keeping its root while steps are
 * joined by `/`; any other token between operands ends it. Brackets are levels: inside `[…]` a
 * relative path starts where the path before the bracket is; inside `(…)` where the expression
 * around starts.
 *
 * The expression has been compiled by libxml2 before, so quotes close and operators have operands.
 */
#include "template/expression.h"

#include "base/limits.h"
#include "base/text.h"
#include "template/evaluation.h"
#include "template/function.h"

#include <string.h>

typedef struct level {
  char bracket;                /* '(' or '[', 0 at the bottom */
  const xs_function *function; /* called by this bracket */
  bool is_core_call;
  size_t argument_count, start; /* offset of the call's name */
  size_t name_len;
  xs_path_root context; /* where relative paths start here */
  xs_text context_variable;
  xs_path_root path; /* root of the path under way */
  xs_text variable;
} level;

typedef struct scan {
  xs_arena *a;
  xs_expression *e;
  xs_diags *diags;
  xs_text t;
  size_t off;
  bool after_operand; /* what stood before was an operand */
  bool joins;         /* what stood before was / or :: or @, so that a step continues a path */
  bool is_attribute;  /* the next name is of an attribute */
  level levels[XS_MAX_XPATH_DEPTH];
  size_t depth; /* index of the level we are in */
  size_t name_capacity, variable_capacity;
  xs_path_name *names, *variables;
  xs_status status;
} scan;

/* Functions of XPath itself: name, arguments at least, at most, works on the context without. */
static const struct {
  const char *name;
  size_t min, max;
  bool reads_context;
} core[] = {
    {"last", 0, 0, false},
    {"position", 0, 0, false},
    {"count", 1, 1, false},
    {"name", 0, 1, true},
    {"local-name", 0, 1, true},
    {"string", 0, 1, true},
    {"starts-with", 2, 2, false},
    {"contains", 2, 2, false},
    {"substring-before", 2, 2, false},
    {"substring-after", 2, 2, false},
    {"substring", 2, 3, false},
    {"string-length", 0, 1, true},
    {"normalize-space", 0, 1, true},
    {"translate", 3, 3, false},
    {"boolean", 1, 1, false},
    {"not", 1, 1, false},
    {"true", 0, 0, false},
    {"false", 0, 0, false},
    {"number", 0, 1, true},
    {"sum", 1, 1, false},
    {"floor", 1, 1, false},
    {"ceiling", 1, 1, false},
    {"round", 1, 1, false},
};

static size_t core_find(xs_text name)
{
  size_t i = 0;
  while (i < XS_COUNT(core) && !xs_text_is(name, core[i].name)) i++;
  return i;
}

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool starts_name(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static void skip_space(scan *s)
{
  while (s->off < s->t.len && is_space(s->t.ptr[s->off])) s->off++;
}

static xs_text take_name(scan *s)
{
  size_t from = s->off;
  while (s->off < s->t.len) {
    char c = s->t.ptr[s->off];
    if (!starts_name(c) && !is_digit(c) && c != '-' && c != '.') break;
    s->off++;
  }
  return (xs_text){s->t.ptr + from, s->off - from};
}

static bool next_is(const scan *s, const char *token)
{
  size_t off = s->off;
  while (off < s->t.len && is_space(s->t.ptr[off])) off++;
  size_t len = strlen(token);
  return s->t.len - off >= len && memcmp(s->t.ptr + off, token, len) == 0;
}

static level *here(scan *s)
{
  return &s->levels[s->depth];
}

static xs_span place_of(const scan *s, xs_text part)
{
  return xs_expression_place(s->e, s->diags, (size_t)(part.ptr - s->t.ptr), part.len);
}

/* A step that does not continue a path starts one at the context. */
static void begin_step(scan *s)
{
  level *l = here(s);
  if (!s->joins) {
    l->path = l->context;
    l->variable = l->context_variable;
    if (l->path == XS_ROOT_CONTEXT) s->e->uses_context = true;
  }
}

static void record(scan *s, xs_path_name **list, size_t *count, size_t *capacity,
                   xs_path_name entry)
{
  xs_path_name *slot = XS_PUSH(s->a, *list, *count, *capacity);
  if (slot)
    *slot = entry;
  else
    s->status = XS_ENOMEM;
}

static void end_step(scan *s)
{
  s->after_operand = true;
  s->joins = false;
  s->is_attribute = false;
}

static void name_step(scan *s, xs_text name)
{
  begin_step(s);
  const level *l = here(s);
  if (l->path != XS_ROOT_FOREIGN && l->path != XS_ROOT_NONE) {
    xs_path_name entry = {name, l->variable, place_of(s, name), l->path, s->is_attribute};
    record(s, &s->names, &s->e->name_count, &s->name_capacity, entry);
  }
  end_step(s);
}

static void variable_step(scan *s)
{
  s->off++;
  skip_space(s);
  xs_text name = take_name(s);
  xs_path_name entry = {.name = name, .span = place_of(s, name)};
  record(s, &s->variables, &s->e->variable_count, &s->variable_capacity, entry);
  level *l = here(s);
  l->path = xs_evaluation_root(name);
  l->variable = name;
  end_step(s);
}

static void open_bracket(scan *s, char bracket, const level *call)
{
  if (s->depth + 1 == XS_MAX_XPATH_DEPTH) {
    xs_diag(s->diags, XS_D_LIMIT, s->e->span, _("brackets are nested deeper than %u"),
            XS_MAX_XPATH_DEPTH);
    s->status = XS_EINPUT;
    return;
  }
  const level *outer = here(s);
  level inner = call ? *call : (level){0};
  inner.bracket = bracket;
  inner.context = bracket == '[' ? outer->path : outer->context;
  inner.context_variable = bracket == '[' ? outer->variable : outer->context_variable;
  inner.path = XS_ROOT_NONE;
  s->levels[++s->depth] = inner;
  s->after_operand = s->joins = s->is_attribute = false;
}

static void check_call(scan *s, const level *call)
{
  xs_text name = {s->t.ptr + call->start, call->name_len};
  size_t count = call->argument_count;
  size_t i = core_find(name);
  size_t min = call->is_core_call ? core[i].min : (size_t)call->function->min;
  size_t max = call->is_core_call ? core[i].max : (size_t)call->function->max;
  if (count < min || count > max) {
    xs_diag(s->diags, XS_D_FUNCTION_ARGUMENTS, place_of(s, name),
            _("“%.*s” takes %zu to %zu arguments, not %zu"), XS_TEXT(name), min, max, count);
    s->status = XS_EINPUT;
  }
  if (count == 0 && call->is_core_call && core[i].reads_context) s->e->uses_context = true;
}

static void close_bracket(scan *s)
{
  if (s->depth == 0) return;
  level inner = *here(s);
  s->depth--;
  level *outer = here(s);
  if (inner.bracket == '[') {
    end_step(s);
    return;
  }
  if (inner.function || inner.is_core_call) {
    if (s->after_operand) inner.argument_count++;
    check_call(s, &inner);
    outer->path = inner.function ? inner.function->root : XS_ROOT_NONE;
    if (outer->path == XS_ROOT_CASE) s->e->uses_case = true;
    if (outer->path == XS_ROOT_CONTEXT) s->e->uses_context = true;
    if (s->depth == 0 && inner.start == 0 && s->off == s->t.len) s->e->outer = inner.function;
  } else {
    outer->path = inner.path;
    outer->variable = inner.variable;
  }
  end_step(s);
}

static void unknown_function(scan *s, xs_text name)
{
  xs_diag(s->diags, XS_D_FUNCTION_UNKNOWN, place_of(s, name), _("no function “%.*s”"),
          XS_TEXT(name));
  xs_text near = xs_function_nearest(name);
  if (near.len) xs_diag_note(s->diags, XS_NOWHERE, _("the nearest name is “%.*s”"), XS_TEXT(near));
  s->status = XS_EINPUT;
}

static bool is_node_type(xs_text name)
{
  return xs_text_is(name, "node") || xs_text_is(name, "text") || xs_text_is(name, "comment") ||
         xs_text_is(name, "processing-instruction");
}

static void call_or_node_type(scan *s, xs_text name)
{
  skip_space(s);
  s->off++; /* the bracket */
  if (is_node_type(name)) {
    begin_step(s);
    while (s->off < s->t.len && s->t.ptr[s->off] != ')') s->off++;
    s->off++;
    end_step(s);
    return;
  }
  level call = {.start = (size_t)(name.ptr - s->t.ptr), .name_len = name.len};
  call.function = xs_function_find(name);
  call.is_core_call = !call.function && core_find(name) < XS_COUNT(core);
  if (!call.function && !call.is_core_call)
    unknown_function(s, name);
  else
    open_bracket(s, '(', &call);
}

static void name_token(scan *s)
{
  xs_text name = take_name(s);
  if (s->after_operand) { /* and, or, mod, div */
    s->after_operand = false;
    here(s)->path = XS_ROOT_NONE;
    return;
  }
  if (next_is(s, "::")) {
    skip_space(s);
    s->off += 2;
    begin_step(s);
    s->joins = true;
    s->is_attribute = xs_text_is(name, "attribute");
  } else if (next_is(s, "(")) {
    call_or_node_type(s, name);
  } else if (next_is(s, ":") && !s->is_attribute) {
    xs_diag(s->diags, XS_D_PATH_UNKNOWN, place_of(s, name), _("names have no prefix here"));
    s->status = XS_EINPUT;
  } else {
    name_step(s, name);
  }
}

static void literal(scan *s)
{
  char quote = s->t.ptr[s->off++];
  while (s->off < s->t.len && s->t.ptr[s->off] != quote) s->off++;
  s->off++;
  here(s)->path = XS_ROOT_NONE;
  end_step(s);
}

static void slash(scan *s)
{
  level *l = here(s);
  if (!s->after_operand) { /* from the root of the document the context is in */
    bool foreign = l->context == XS_ROOT_FOREIGN;
    l->path = foreign ? XS_ROOT_FOREIGN : XS_ROOT_CASE;
    if (!foreign) s->e->uses_case = true;
  }
  while (s->off < s->t.len && s->t.ptr[s->off] == '/') s->off++;
  s->after_operand = false;
  s->joins = true;
  /* a lone “/” is the root itself */
  if (next_is(s, ")") || next_is(s, ",") || next_is(s, "]") || next_is(s, "|") || next_is(s, "=") ||
      next_is(s, "!"))
    end_step(s);
}

static void comma(scan *s)
{
  s->off++;
  level *l = here(s);
  l->argument_count++;
  l->path = XS_ROOT_NONE;
  s->after_operand = s->joins = s->is_attribute = false;
}

static void dots(scan *s)
{
  while (s->off < s->t.len && s->t.ptr[s->off] == '.') s->off++;
  begin_step(s);
  end_step(s);
}

static void star(scan *s)
{
  s->off++;
  if (s->after_operand) { /* times */
    s->after_operand = false;
    here(s)->path = XS_ROOT_NONE;
    return;
  }
  begin_step(s);
  end_step(s);
}

static void number_token(scan *s)
{
  while (s->off < s->t.len && (is_digit(s->t.ptr[s->off]) || s->t.ptr[s->off] == '.')) s->off++;
  here(s)->path = XS_ROOT_NONE;
  end_step(s);
}

static void at_sign(scan *s)
{
  s->off++;
  begin_step(s);
  s->joins = true;
  s->after_operand = false;
  s->is_attribute = true;
}

static void operator_token(scan *s)
{
  s->off++;
  here(s)->path = XS_ROOT_NONE;
  s->after_operand = s->joins = s->is_attribute = false;
}

static void token(scan *s)
{
  char c = s->t.ptr[s->off];
  if (starts_name(c)) {
    name_token(s);
    return;
  }
  if (is_digit(c) || (c == '.' && s->off + 1 < s->t.len && is_digit(s->t.ptr[s->off + 1]))) {
    number_token(s);
    return;
  }
  switch (c) {
  case '$':
    variable_step(s);
    break;
  case '\'':
  case '"':
    literal(s);
    break;
  case '/':
    slash(s);
    break;
  case '@':
    at_sign(s);
    break;
  case '.':
    dots(s);
    break;
  case '*':
    star(s);
    break;
  case ',':
    comma(s);
    break;
  case '[':
    s->off++;
    open_bracket(s, '[', NULL);
    break;
  case '(':
    s->off++;
    open_bracket(s, '(', NULL);
    break;
  case ']':
  case ')':
    s->off++;
    close_bracket(s);
    break;
  default:
    operator_token(s);
    break;
  }
}

xs_status xs_expression_scan(xs_arena *a, xs_expression *e, xs_diags *diags)
{
  scan s = {.a = a, .e = e, .diags = diags, .t = e->source};
  s.levels[0].context = XS_ROOT_CONTEXT;
  for (skip_space(&s); s.off < s.t.len && !s.status; skip_space(&s)) token(&s);
  e->names = s.names;
  e->variables = s.variables;
  e->result = s.levels[0].path;
  e->result_variable = s.levels[0].variable;
  if (s.depth && !s.status) { /* libxml2 takes a call without its closing bracket */
    xs_diag(diags, XS_D_EXPRESSION_SYNTAX, xs_expression_place(e, diags, s.t.len, 1),
            _("“%.*s” ends before a bracket is closed"), XS_TEXT(e->source));
    return XS_EINPUT;
  }
  return s.status;
}
