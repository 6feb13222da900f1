/*
 * What can be known wrong before any case is seen: names of styles, numberings, pages and blocks
 * that are not defined, variables that nobody sets, paths that no case has, blocks that insert
 * themselves.
 *
 * The walk follows the node at which expressions are evaluated: into a loop over the rule pack,
 * and into a block that is inserted `on` an element of it, so that names are held against the
 * schema of cases only where they belong to one. A block is walked where it is inserted, once
 * for each of the two kinds of context.
 */
#include "template/compiled.h"

#include "base/limits.h"
#include "base/text.h"
#include "template/evaluation.h"

typedef struct let_name {
  xs_text name;
  bool is_foreign; /* may hold what is no part of a case */
} let_name;

typedef struct check {
  const xs_template *t;
  const xs_template_place *place;
  xs_diags *diags;
  let_name *lets;
  size_t let_count, let_capacity;
  unsigned char *walked;   /* one a definition: bits 1 and 2 for the contexts, 4 while open */
  bool inserts_on_foreign; /* a block named by an expression, on what is no part of a case */
  unsigned depth;
} check;

enum { WALKED_ON_CASE = 1, WALKED_ON_FOREIGN = 2, OPEN = 4 };

/* ---- variables ---- */

static const let_name *find_let(const check *c, xs_text name)
{
  for (size_t i = 0; i < c->let_count; i++)
    if (xs_text_equal(c->lets[i].name, name)) return &c->lets[i];
  return NULL;
}

static xs_status note_let(check *c, const xs_node *n)
{
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  let_name *known = (let_name *)(uintptr_t)find_let(c, xs_node_word(n, XS_A_NAME));
  bool is_foreign = !of || of->result == XS_ROOT_FOREIGN || of->result == XS_ROOT_VARIABLE;
  if (known) {
    known->is_foreign |= is_foreign;
    return XS_OK;
  }
  if (c->let_count == XS_MAX_VARIABLES) {
    xs_diag(c->diags, XS_D_LIMIT, n->span, _("there are more than %u variables"), XS_MAX_VARIABLES);
    return XS_ELIMIT;
  }
  let_name *slot = XS_PUSH(c->t->arena, c->lets, c->let_count, c->let_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (let_name){xs_node_word(n, XS_A_NAME), is_foreign};
  return XS_OK;
}

static xs_status note_lets(check *c, const xs_node *n)
{
  xs_status st = XS_OK;
  for (; n && !st; n = n->next) {
    if (n->element == XS_E_LET) st = note_let(c, n);
    if (!st) st = note_lets(c, n->first);
  }
  return st;
}

/* ---- expressions ---- */

static bool is_of_case(const check *c, xs_path_root root, xs_text variable, bool foreign)
{
  const let_name *let;
  switch (root) {
  case XS_ROOT_NONE:
  case XS_ROOT_FOREIGN:
    return false;
  case XS_ROOT_CASE:
    return true;
  case XS_ROOT_CONTEXT:
    return !foreign;
  case XS_ROOT_VARIABLE:
    let = find_let(c, variable);
    return let && !let->is_foreign;
  }
  return false;
}

/* Slots are asked for without the body, where the variables of `let` stand. */
static void check_provided(const check *c, const xs_expression *e)
{
  for (size_t i = 0; e && i < e->variable_count; i++) {
    xs_text name = e->variables[i].name;
    if (xs_evaluation_provides(name) || !find_let(c, name)) continue; /* said elsewhere */
    xs_diag(c->diags, XS_D_VARIABLE_UNKNOWN, e->variables[i].span,
            _("a slot does not see “$%.*s”, which is set in the body"), XS_TEXT(name));
  }
}

static void check_expression(const check *c, const xs_expression *e, bool foreign)
{
  if (!e) return;
  for (size_t i = 0; i < e->variable_count; i++) {
    xs_text name = e->variables[i].name;
    if (xs_evaluation_provides(name) || find_let(c, name)) continue;
    xs_diag(c->diags, XS_D_VARIABLE_UNKNOWN, e->variables[i].span, _("no variable “$%.*s”"),
            XS_TEXT(name));
  }
  if (!c->place->case_schema) return;
  for (size_t i = 0; i < e->name_count; i++) {
    const xs_path_name *name = &e->names[i];
    if (is_of_case(c, name->root, name->variable, foreign))
      xs_path_name_check(name, c->place->case_schema, c->diags);
  }
}

/* Where the nodes that `e` selects come from. */
static bool selects_foreign(const check *c, const xs_expression *e, bool foreign)
{
  return e && !is_of_case(c, e->result, e->result_variable, foreign);
}

static void check_expressions(const check *c, const xs_node *n, bool foreign)
{
  bool inner = foreign;
  if (n->element == XS_E_FOR && xs_node_attr(n, XS_A_EACH))
    inner = selects_foreign(c, xs_node_expression(n, XS_A_EACH), foreign);
  if (n->element == XS_E_JOIN) inner = selects_foreign(c, xs_node_expression(n, XS_A_OF), foreign);
  for (size_t i = 0; i < n->attr_count; i++) {
    const xs_attr *attr = &n->attrs[i];
    if (attr->kind == XS_IS_EXPRESSION)
      check_expression(c, attr->u.expression, attr->id == XS_A_SORT ? inner : foreign);
    if (attr->kind != XS_IS_AVT) continue;
    for (size_t k = 0; k < attr->u.avt->part_count; k++)
      check_expression(c, attr->u.avt->parts[k].value, foreign);
  }
}

/* `each` stands on what the paper is about, `name` on what that selects. */
static void check_slot(const check *c, const xs_node *n, bool foreign)
{
  const xs_expression *each = xs_node_expression(n, XS_A_EACH);
  const xs_expression *name = xs_node_expression(n, XS_A_NAME);
  check_expression(c, each, foreign);
  check_expression(c, name, each ? selects_foreign(c, each, foreign) : foreign);
  check_provided(c, each);
  check_provided(c, name);
}

/* ---- names ---- */

static void check_name(const check *c, const xs_node *n, xs_attribute id, xs_element element)
{
  xs_text name = xs_node_word(n, id);
  if (!name.ptr || xs_template_definition(c->t, element, name)) return;
  xs_report_unknown(c->t, element, name, xs_node_place(n, id), c->diags);
}

static void check_color(const check *c, const xs_node *n)
{
  const xs_attr *attr = xs_node_attr(n, XS_A_COLOR);
  xs_color color;
  if (!attr || xs_color_parse(attr->text, &color)) return;
  xs_diag(c->diags, XS_D_COLOR_BAD, attr->span, _("“%.*s” is no color such as #C00000"),
          XS_TEXT(attr->text));
}

static void check_names(const check *c, const xs_node *n)
{
  check_color(c, n);
  if (n->element != XS_E_STYLE) check_name(c, n, XS_A_STYLE, XS_E_STYLE);
  if (n->element == XS_E_P) check_name(c, n, XS_A_NUMBER, XS_E_NUMBERING);
  if (n->element == XS_E_SECTION) check_name(c, n, XS_A_PAGE, XS_E_PAGE);
  if (n->element == XS_E_NUMBERING) check_name(c, n, XS_A_WITHIN, XS_E_NUMBERING);
  if (n->element == XS_E_INSERT) check_name(c, n, XS_A_BLOCK, XS_E_BLOCK);
}

/* ---- the walk ---- */

static xs_status walk(check *c, const xs_node *n, bool foreign);

static xs_status walk_block(check *c, const xs_definition *d, const xs_node *from, bool foreign)
{
  unsigned char *state = &c->walked[d - c->t->definitions];
  if (*state & OPEN) {
    xs_diag(c->diags, XS_D_TEMPLATE_CIRCLE, from->span, _("block “%.*s” inserts itself"),
            XS_TEXT(d->name));
    xs_diag_note(c->diags, d->node->span, _("it stands here"));
    return XS_OK;
  }
  unsigned char bit = foreign ? WALKED_ON_FOREIGN : WALKED_ON_CASE;
  if (*state & bit) return XS_OK;
  *state |= (unsigned char)(bit | OPEN);
  xs_status st = walk(c, d->node->first, foreign);
  *state &= (unsigned char)~OPEN;
  return st;
}

static xs_status walk_insert(check *c, const xs_node *n, bool foreign)
{
  const xs_attr *block = xs_node_attr(n, XS_A_BLOCK);
  const xs_definition *d = block ? xs_template_definition(c->t, XS_E_BLOCK, block->text) : NULL;
  const xs_expression *on = xs_node_expression(n, XS_A_ON);
  if (on) foreign = selects_foreign(c, on, foreign);
  if (!block && foreign) c->inserts_on_foreign = true;
  return d ? walk_block(c, d, n, foreign) : XS_OK;
}

static xs_status walk(check *c, const xs_node *n, bool foreign)
{
  if (++c->depth > XS_MAX_XML_DEPTH * 2) {
    xs_diag(c->diags, XS_D_LIMIT, n ? n->span : XS_NOWHERE, _("blocks are nested deeper than %u"),
            XS_MAX_XML_DEPTH * 2);
    return XS_ELIMIT;
  }
  xs_status st = XS_OK;
  for (; n && !st; n = n->next) {
    check_expressions(c, n, foreign);
    check_names(c, n);
    if (n->element == XS_E_INSERT) st = walk_insert(c, n, foreign);
    if (n->element == XS_E_BLOCK) {
      const xs_definition *d = xs_template_definition(c->t, XS_E_BLOCK, xs_node_word(n, XS_A_NAME));
      if (d) st = walk_block(c, d, n, foreign);
    } else if (!st) {
      bool inner = foreign;
      if (n->element == XS_E_FOR && xs_node_attr(n, XS_A_EACH))
        inner = selects_foreign(c, xs_node_expression(n, XS_A_EACH), foreign);
      if (n->element == XS_E_JOIN)
        inner = selects_foreign(c, xs_node_expression(n, XS_A_OF), foreign);
      st = walk(c, n->first, inner);
    }
  }
  c->depth--;
  return st;
}

/* Definitions that nothing above has reached. Where such a block may be put is not known, but
 * clauses are named by expressions and stand on the case. */
static xs_status walk_rest(check *c, bool about_foreign)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < c->t->definition_count && !st; i++) {
    const xs_definition *d = &c->t->definitions[i];
    if (d->node->element == XS_E_BLOCK) {
      bool is_clause = xs_node_attr(d->node, XS_A_ITEM) != NULL;
      if (!c->walked[i]) st = walk_block(c, d, d->node, !is_clause || c->inserts_on_foreign);
      continue;
    }
    if (d->node->element == XS_E_SLOT) {
      check_slot(c, d->node, about_foreign);
      continue;
    }
    check_expressions(c, d->node, false);
    check_names(c, d->node);
    st = walk(c, d->node->first, false);
  }
  return st;
}

xs_status xs_compile_check(xs_template *t, const xs_template_place *place, xs_diags *diags)
{
  check c = {.t = t, .place = place, .diags = diags};
  c.walked = XS_NEW_ARRAY(t->arena, t->definition_count + 1, unsigned char);
  if (!c.walked) return XS_ENOMEM;
  xs_status st = XS_OK;
  const xs_node *parts[] = {t->title, t->subject, t->author, t->body};
  for (size_t i = 0; i < XS_COUNT(parts) && !st; i++)
    if (parts[i]) st = note_lets(&c, parts[i]->first);
  for (size_t i = 0; i < t->definition_count && !st; i++)
    st = note_lets(&c, t->definitions[i].node->first);
  check_expression(&c, t->about, false);
  bool foreign = t->about && selects_foreign(&c, t->about, false);
  check_expression(&c, t->later, foreign);
  for (size_t i = 0; i < XS_COUNT(parts) && !st; i++)
    if (parts[i]) st = walk(&c, parts[i]->first, foreign);
  return st ? st : walk_rest(&c, foreign);
}
