#include "workflow/guard.h"

#include "base/text.h"

#include <libxml/xpathInternals.h>
#include <string.h>

/* ---- what it rests on ---- */

static xs_text cut(xs_text *t, char c)
{
  const char *at = t->len ? memchr(t->ptr, c, t->len) : NULL;
  size_t len = at ? (size_t)(at - t->ptr) : t->len;
  xs_text head = {t->ptr, len};
  *t = at ? (xs_text){at + 1, t->len - len - 1} : XS_LIT("");
  return head;
}

/* The entry that holds for this kind of contract on the day of the step. */
static const xmlNode *find_entry(const xs_question *q, const xs_guard_rule *guard)
{
  xs_text kind = xs_rules_kind_of(q->rules, q->node), rest = guard->basis;
  switch (guard->ground) {
  case XS_GROUND_FIGURE:
    return xs_rules_find(q->rules, "figure", guard->basis, kind, q->date);
  case XS_GROUND_REQUIREMENT:
    return xs_rules_find(q->rules, "requirement", guard->basis, kind, q->date);
  case XS_GROUND_LIMIT:
    return xs_rules_find(q->rules, "limit", guard->basis, kind, q->date);
  case XS_GROUND_LAW:
    return xs_rules_law(q->rules, cut(&rest, ':'));
  }
  return NULL;
}

static bool was_read(const xmlNode *e)
{
  return xs_grade_is_law(xs_xml_attr(e, "grade"));
}

/* Law and article such as r22:36; empty when it may not be shown as law. */
static xs_text find_law(const xs_question *q, const xs_guard_rule *guard, const xmlNode *entry)
{
  xs_text source = guard->ground == XS_GROUND_LAW ? guard->basis : xs_xml_attr(entry, "source");
  xs_text rest = source;
  const xmlNode *law = xs_rules_law(q->rules, cut(&rest, ':'));
  return law && was_read(law) && was_read(entry) ? source : XS_LIT("");
}

/* 集体合同规定 §36 */
static xs_text cite(const xs_question *q, xs_text law)
{
  xs_text article = law;
  xs_text title = xs_xml_attr(xs_rules_law(q->rules, cut(&article, ':')), "title");
  return article.len ? xs_arena_printf(q->a, "%.*s §%.*s", XS_TEXT(title), XS_TEXT(article))
                     : xs_arena_text(q->a, title);
}

/* ---- what is said ---- */

static xs_status find_place(xs_question *q, const xs_guard_rule *guard, xs_span *out)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  *out = xs_xml_any_span(q->fact ? q->fact : q->node);
  if (!guard->at || !xs_question_can_ask(q, guard->at)) return XS_OK;
  xs_status st = xs_evaluate_nodes(&q->ev, guard->at, q->node, &nodes, &count);
  if (!st && count) *out = xs_xml_any_span(nodes[0]);
  return st;
}

static xs_status hinder(xs_question *q, const xs_guard_rule *guard, const xmlNode *entry,
                        xs_move *move, size_t *capacity)
{
  const xs_say *say = xs_workflow_in_chinese() ? &guard->zh : &guard->en;
  xs_hindrance h = {.guard = guard->id, .law = find_law(q, guard, entry)};
  h.code = h.law.len ? XS_D_GUARD_UNMET : XS_D_GUARD_DOUBTFUL;
  xs_text words;
  xs_status st = xs_question_words(q, say->parts, say->part_count, "—", &words);
  if (!st) st = find_place(q, guard, &h.at);
  if (st) return st;
  xs_text law = h.law.len ? cite(q, h.law) : XS_LIT("");
  if (!law.ptr) return XS_ENOMEM;
  h.words = h.law.len
                ? xs_arena_printf(q->a, _("%.*s: %.*s"), XS_TEXT(words), XS_TEXT(law))
                : xs_arena_printf(q->a, _("%.*s (the rule was not verified)"), XS_TEXT(words));
  return xs_hinder(q->a, move, capacity, h);
}

/* ---- asking ---- */

static bool can_ask(const xs_question *q, const xs_guard_rule *guard)
{
  return guard->test && xs_question_can_ask(q, guard->test) &&
         (!guard->when || xs_question_can_ask(q, guard->when));
}

static xs_status ask(xs_question *q, const xs_guard_rule *guard, const xmlNode *entry,
                     xs_move *move, size_t *capacity)
{
  bool applies = true, met = true;
  xs_status st = guard->when ? xs_evaluate_test(&q->ev, guard->when, q->node, &applies) : XS_OK;
  if (!st && applies) st = xs_evaluate_test(&q->ev, guard->test, q->node, &met);
  if (st || met) return st;
  return hinder(q, guard, entry, move, capacity);
}

xs_status xs_guard_ask(xs_question *q, const xs_guard_rule *guard, xs_move *move, size_t *capacity)
{
  const xmlNode *entry = find_entry(q, guard);
  if (!entry || !can_ask(q, guard)) return XS_OK;
  size_t before = q->ev.variable_count;
  xs_status st = xs_evaluation_push(&q->ev, XS_LIT(XS_GUARD_RULE),
                                    xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)entry), false);
  if (!st) st = ask(q, guard, entry, move, capacity);
  xs_evaluation_pop(&q->ev, before);
  return st;
}
