/* Conditions, loops, variables and inserted blocks, the same at every level. */
#include "base/limits.h"
#include "base/text.h"
#include "template/fill.h"
#include "template/sort.h"

#include <libxml/xpathInternals.h>

xs_status xs_fill_go_on(xs_status st)
{
  return st == XS_EINPUT ? XS_OK : st;
}

xs_status xs_fill_spend(xs_fill *f, const xs_node *n, size_t bytes)
{
  f->bytes += bytes;
  if (++f->steps > XS_MAX_FILL_STEPS) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("the template takes more than %u steps"),
            XS_MAX_FILL_STEPS);
    return XS_ELIMIT;
  }
  if (f->bytes > XS_MAX_DOCUMENT_BYTES) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("the document has more than %u bytes"),
            XS_MAX_DOCUMENT_BYTES);
    return XS_ELIMIT;
  }
  return XS_OK;
}

/* ---- conditions ---- */

/* Does the element's content stand? On a blank form `blank` decides; without it, a test that
 * does not ask for a case decides, and otherwise `shown`. */
static xs_status holds(xs_fill *f, const xs_node *n, const xmlNode *context, bool shown, bool *out)
{
  const xs_expression *test = xs_node_expression(n, XS_A_TEST);
  *out = shown;
  if (f->options->blank && xs_node_attr(n, XS_A_BLANK)) {
    *out = xs_node_is(n, XS_A_BLANK, "show");
    return XS_OK;
  }
  if (!test || xs_evaluation_is_blank(&f->ev, test, context)) return XS_OK;
  *out = false;
  return xs_fill_go_on(xs_evaluate_test(&f->ev, test, context, out));
}

static xs_status fill_if(xs_fill *f, const xs_node *n, const xmlNode *context, xs_emit *emit,
                         void *to)
{
  bool shown = false;
  xs_status st = holds(f, n, context, true, &shown);
  return st || !shown ? st : xs_fill_each(f, n->first, context, emit, to);
}

/* On a blank form: the `when` with blank="show", else `otherwise`, else the first. */
static const xs_node *blank_choice(const xs_node *n)
{
  for (const xs_node *w = xs_node_child(n, XS_E_WHEN); w; w = xs_node_after(w, XS_E_WHEN))
    if (xs_node_is(w, XS_A_BLANK, "show")) return w;
  const xs_node *otherwise = xs_node_child(n, XS_E_OTHERWISE);
  return otherwise ? otherwise : xs_node_child(n, XS_E_WHEN);
}

static bool asks_case(const xs_fill *f, const xs_node *n, const xmlNode *context)
{
  for (const xs_node *w = xs_node_child(n, XS_E_WHEN); w; w = xs_node_after(w, XS_E_WHEN)) {
    const xs_expression *test = xs_node_expression(w, XS_A_TEST);
    if (xs_node_attr(w, XS_A_BLANK)) return true;
    if (test && xs_evaluation_is_blank(&f->ev, test, context)) return true;
  }
  return false;
}

static xs_status fill_choose(xs_fill *f, const xs_node *n, const xmlNode *context, xs_emit *emit,
                             void *to)
{
  const xs_node *chosen = NULL;
  if (f->options->blank && asks_case(f, n, context)) {
    chosen = blank_choice(n);
  } else {
    for (const xs_node *w = xs_node_child(n, XS_E_WHEN); w && !chosen;
         w = xs_node_after(w, XS_E_WHEN)) {
      bool shown = false;
      xs_status st = holds(f, w, context, false, &shown);
      if (st) return st;
      if (shown) chosen = w;
    }
    if (!chosen) chosen = xs_node_child(n, XS_E_OTHERWISE);
  }
  return chosen ? xs_fill_each(f, chosen->first, context, emit, to) : XS_OK;
}

/* ---- loops ---- */

xs_status xs_fill_loop(xs_fill *f, const xs_node *n, xs_attribute of, const xmlNode *context,
                       const xmlNode *const **nodes, size_t *count, size_t *blank_rounds)
{
  const xs_expression *each = xs_node_expression(n, of);
  *nodes = NULL;
  *count = *blank_rounds = 0;
  if (!each) return XS_OK;
  if (xs_evaluation_is_blank(&f->ev, each, context)) {
    *blank_rounds = n->element == XS_E_FOR ? xs_node_count(n, XS_A_BLANK, 1) : 1;
    return XS_OK;
  }
  xs_status st = xs_evaluate_nodes(&f->ev, each, context, nodes, count);
  if (!st && xs_node_attr(n, XS_A_SORT)) st = xs_sort_nodes(&f->ev, n, nodes, *count);
  return xs_fill_go_on(st);
}

/* So many rounds at one node: rows that wait for people to fill them. */
static xs_status count_rounds(xs_fill *f, const xs_node *n, const xmlNode *context, size_t *rounds)
{
  const xs_expression *times = xs_node_expression(n, XS_A_TIMES);
  xs_value v;
  uint64_t number = 0;
  *rounds = 0;
  if (xs_evaluation_is_blank(&f->ev, times, context)) {
    *rounds = xs_node_count(n, XS_A_BLANK, 1);
    return XS_OK;
  }
  xs_status st = xs_evaluate_value(&f->ev, times, context, &v);
  if (st) return xs_fill_go_on(st);
  if (v.is_missing) {
    xs_evaluation_report_missing(&f->ev, times, context);
  } else if (!xs_text_uint(v.text, &number) || number > XS_MAX_TABLE_ROWS) {
    xs_diag(f->diags, XS_D_VALUE_KIND, times->span, _("“%.*s” is no number of rounds up to %u"),
            XS_TEXT(v.text), XS_MAX_TABLE_ROWS);
    number = 0;
  }
  *rounds = (size_t)number;
  return XS_OK;
}

static xs_status fill_for(xs_fill *f, const xs_node *n, const xmlNode *context, xs_emit *emit,
                          void *to)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0, blank_rounds = 0;
  xs_status st = xs_node_attr(n, XS_A_TIMES)
                     ? count_rounds(f, n, context, &blank_rounds)
                     : xs_fill_loop(f, n, XS_A_EACH, context, &nodes, &count, &blank_rounds);
  size_t rounds = blank_rounds ? blank_rounds : count;
  size_t mark = f->ev.variable_count;
  for (size_t i = 0; i < rounds && !st; i++) {
    st = xs_fill_spend(f, n, 0);
    if (!st) st = xs_evaluation_push_round(&f->ev, i + 1, rounds);
    if (!st) st = xs_fill_each(f, n->first, blank_rounds ? context : nodes[i], emit, to);
    xs_evaluation_pop(&f->ev, mark);
  }
  return st;
}

/* ---- variables ---- */

static xs_status fill_let(xs_fill *f, const xs_node *n, const xmlNode *context)
{
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  if (!of) return XS_OK;
  if (f->ev.variable_count >= XS_MAX_VARIABLES) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("there are more than %u variables"), XS_MAX_VARIABLES);
    return XS_ELIMIT;
  }
  bool is_blank = xs_evaluation_is_blank(&f->ev, of, context);
  xmlXPathObjectPtr value = NULL;
  if (is_blank) {
    value = xmlXPathNewNodeSet(NULL);
  } else {
    xs_status st = xs_evaluate_object(&f->ev, of, context, &value);
    if (st == XS_EINPUT) value = xmlXPathNewNodeSet(NULL); /* said already */
    if (st && st != XS_EINPUT) return st;
  }
  return xs_evaluation_push(&f->ev, xs_node_word(n, XS_A_NAME), value, is_blank);
}

/* ---- words or paragraphs ---- */

typedef enum content { UNKNOWN, NOTHING, WORDS, BLOCKS } content;

static content content_of_list(const xs_fill *f, const xs_node *first, unsigned depth);

/* Each block is looked at once: blocks that insert blocks could be looked at without end. */
static content content_of_block(const xs_fill *f, const xs_definition *d, unsigned depth)
{
  unsigned char *known = &f->block_contents[d - f->t->definitions];
  if (*known == UNKNOWN) *known = (unsigned char)content_of_list(f, d->node->first, depth);
  return (content)*known;
}

static content content_of(const xs_fill *f, const xs_node *n, unsigned depth)
{
  const xs_definition *d = NULL;
  switch (n->element) {
  case XS_E_WORDS:
    return xs_text_trim(n->words).len ? WORDS : NOTHING;
  case XS_E_BLOCK:
    return BLOCKS;
  case XS_E_LET:
    return NOTHING;
  case XS_E_INSERT:
    d = xs_template_definition(f->t, XS_E_BLOCK, xs_node_word(n, XS_A_BLOCK));
    return d ? content_of_block(f, d, depth + 1) : NOTHING;
  default:
    break;
  }
  switch (xs_element_kind_of(n->element)) {
  case XS_KIND_BLOCK:
    return BLOCKS;
  case XS_KIND_INLINE:
    return WORDS;
  case XS_KIND_PART:
  case XS_KIND_CONTROL:
    break;
  }
  return content_of_list(f, n->first, depth + 1);
}

/* The first thing that can only be one or the other decides. */
static content content_of_list(const xs_fill *f, const xs_node *first, unsigned depth)
{
  content c = NOTHING;
  for (const xs_node *n = first; n && c == NOTHING && depth < XS_MAX_XML_DEPTH; n = n->next)
    c = content_of(f, n, depth);
  return c;
}

bool xs_fill_holds_words(const xs_fill *f, const xs_node *first)
{
  return content_of_list(f, first, 0) != BLOCKS;
}

/* ---- blocks by name ---- */

const xs_node *xs_fill_block_content(const xs_fill *f, const xs_node *block)
{
  const xs_definition *d = xs_template_definition(f->t, XS_E_BLOCK, xs_node_word(block, XS_A_NAME));
  return d ? d->node->first : block->first;
}

/* The block an insert means; NULL when there is none (said at load, or here). */
static xs_status find_inserted(xs_fill *f, const xs_node *n, const xmlNode *context,
                               const xs_definition **out)
{
  *out = NULL;
  const xs_attr *block = xs_node_attr(n, XS_A_BLOCK);
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  if (block) *out = xs_template_definition(f->t, XS_E_BLOCK, block->text);
  if (block || !of || xs_evaluation_is_blank(&f->ev, of, context)) return XS_OK;
  xs_value name;
  xs_status st = xs_evaluate_value(&f->ev, of, context, &name);
  if (st) return xs_fill_go_on(st);
  if (name.is_missing) {
    xs_evaluation_report_missing(&f->ev, of, context);
    return XS_OK;
  }
  *out = xs_template_definition(f->t, XS_E_BLOCK, name.text);
  if (*out) return XS_OK;
  xs_report_unknown(f->t, XS_E_BLOCK, name.text, of->span, f->diags);
  if (name.from.source) xs_diag_note(f->diags, name.from, _("the name comes from here"));
  return XS_OK;
}

/* The node an insert puts its block on. False: there is none, said already. */
static xs_status find_context(xs_fill *f, const xs_node *n, const xmlNode **context, bool *found)
{
  const xs_expression *on = xs_node_expression(n, XS_A_ON);
  *found = true;
  if (!on || xs_evaluation_is_blank(&f->ev, on, *context)) return XS_OK;
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  *found = false;
  xs_status st = xs_evaluate_nodes(&f->ev, on, *context, &nodes, &count);
  if (st) return xs_fill_go_on(st);
  if (count == 0) {
    xs_evaluation_report_missing(&f->ev, on, *context);
  } else if (count > 1) {
    xs_diag(f->diags, XS_D_VALUE_MANY, on->span, _("“%.*s” selects %zu nodes, one is needed"),
            XS_TEXT(on->source), count);
    xs_diag_note(f->diags, xs_xml_any_span(nodes[0]), _("the first"));
    xs_diag_note(f->diags, xs_xml_any_span(nodes[1]), _("the second"));
  } else {
    *context = nodes[0];
    *found = true;
  }
  return XS_OK;
}

/* Words that were inserted among paragraphs become a paragraph; the other way round is wrong. */
static xs_status emit_inserted(xs_fill *f, const xs_node *n, const xs_definition *d,
                               const xmlNode *context, xs_emit *emit, void *to)
{
  bool holds_words = content_of_block(f, d, 0) != BLOCKS;
  if (emit == xs_emit_block && holds_words)
    return xs_fill_content(f, d->node->first, context, (xs_flow *)to, d->node->span);
  if (emit == xs_emit_words && !holds_words && d->node->first) {
    xs_diag(f->diags, XS_D_CONTENT_KIND, n->span,
            _("block “%.*s” holds paragraphs, only words can stand here"), XS_TEXT(d->name));
    xs_diag_note(f->diags, d->node->span, _("it stands here"));
    return XS_OK;
  }
  return xs_fill_each(f, d->node->first, context, emit, to);
}

static xs_status fill_insert(xs_fill *f, const xs_node *n, const xmlNode *context, xs_emit *emit,
                             void *to)
{
  const xs_definition *d = NULL;
  bool found = false;
  xs_status st = find_inserted(f, n, context, &d);
  if (!st && d) st = find_context(f, n, &context, &found);
  if (st || !found) return st;
  if (f->insert_depth == XS_MAX_TEMPLATE_DEPTH) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("blocks are inserted deeper than %u"),
            XS_MAX_TEMPLATE_DEPTH);
    return XS_ELIMIT;
  }
  f->insert_depth++;
  st = emit_inserted(f, n, d, context, emit, to);
  f->insert_depth--;
  return st;
}

/* ---- the walk ---- */

static xs_status fill_one(xs_fill *f, const xs_node *n, const xmlNode *context, xs_emit *emit,
                          void *to)
{
  switch (n->element) {
  case XS_E_IF:
    return fill_if(f, n, context, emit, to);
  case XS_E_CHOOSE:
    return fill_choose(f, n, context, emit, to);
  case XS_E_FOR:
    return fill_for(f, n, context, emit, to);
  case XS_E_LET:
    return fill_let(f, n, context);
  case XS_E_INSERT:
    return fill_insert(f, n, context, emit, to);
  case XS_E_BLOCK:
    return xs_fill_each(f, xs_fill_block_content(f, n), context, emit, to);
  default:
    return emit(f, n, context, to);
  }
}

xs_status xs_fill_each(xs_fill *f, const xs_node *first, const xmlNode *context, xs_emit *emit,
                       void *to)
{
  size_t mark = f->ev.variable_count;
  xs_status st = XS_OK;
  if (++f->depth > XS_MAX_XML_DEPTH * 2) {
    xs_diag(f->diags, XS_D_LIMIT, first ? first->span : XS_NOWHERE,
            _("blocks are nested deeper than %u"), XS_MAX_XML_DEPTH * 2);
    st = XS_ELIMIT;
  }
  for (const xs_node *n = first; n && !st; n = n->next) {
    st = xs_fill_spend(f, n, 0);
    if (!st) st = fill_one(f, n, context, emit, to);
  }
  f->depth--;
  xs_evaluation_pop(&f->ev, mark);
  return st;
}
