/*
 * What the rule pack says: laws, time limits, figures, names of papers. Only what is verified
 * (grade A or B) is shown as law; anything else reads 待核实.
 */
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "template/function.h"
#include "template/law.h"

static const char unverified[] = "待核实";

/* Cuts `t` at the first `c`; the part before it is returned. */
static xs_text cut(xs_text *t, char c)
{
  size_t i = 0;
  while (i < t->len && t->ptr[i] != c) i++;
  xs_text head = {t->ptr, i};
  *t = i < t->len ? (xs_text){t->ptr + i + 1, t->len - i - 1} : XS_LIT("");
  return head;
}

static bool has_rules(xs_call *call)
{
  if (call->ev->rules) return true;
  xs_call_fail(call, _("there is no rule pack here"));
  return false;
}

/* Says what is wrong with a citation; true when nothing is. */
static bool is_sound(xs_call *call, xs_law_flaw flaw, xs_text law, xs_text article)
{
  switch (flaw) {
  case XS_LAW_SOUND:
    return true;
  case XS_LAW_UNKNOWN:
    xs_call_fail(call, _("no law “%.*s” in the rule pack"), XS_TEXT(law));
    return false;
  case XS_LAW_NO_ARTICLE:
    xs_call_fail(call, _("“%.*s” is no article such as 32 or 32:2"), XS_TEXT(article));
    return false;
  }
  return false;
}

static bool write_article(xs_call *call, xs_buf *b, xs_text article)
{
  return is_sound(call, xs_law_write_article(call->ev->a, article, b), XS_LIT(""), article);
}

/* 《title》 and article of one law, given as id or id:article. */
static bool write_law(xs_call *call, xs_buf *b, xs_text reference, xs_text article)
{
  xs_text stated = reference, id = cut(&stated, ':');
  xs_law_flaw flaw = xs_law_write(call->ev->a, call->ev->rules, reference, article, b);
  return is_sound(call, flaw, id, stated.len ? stated : article);
}

static void return_law_text(xs_call *call, xs_buf *b, bool done)
{
  if (done)
    xs_call_return_buffer(call, b);
  else
    xs_buf_free(b);
}

enum { MAX_LAW_BYTES = 65536 };

void xs_function_law(xs_call *call)
{
  xs_text reference, article = XS_LIT("");
  if (!has_rules(call) || !xs_call_text(call, 0, &reference)) return;
  if (call->count > 1 && !xs_call_text(call, 1, &article)) return;
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(call->ev->a), MAX_LAW_BYTES);
  return_law_text(call, &b, write_law(call, &b, reference, article));
}

/* ---- entries of the pack ---- */

/* The kind of contract in question: that of what the paper is about; where that has none, of the
 * node the expression is at. */
static xs_text kind_in_question(const xs_call *call)
{
  const xs_evaluation *ev = call->ev;
  const xmlNode *root = xs_evaluation_root_node(ev);
  xs_text kind = xs_rules_kind_of(ev->rules, ev->item ? ev->item : root);
  return kind.len || !ev->context ? kind : xs_rules_kind_of(ev->rules, ev->context);
}

/* The day whose rules hold: of what the paper is about, such as an offer or a signing; else that
 * of the paper. */
static xs_date day_in_question(const xs_call *call)
{
  xs_date day = {0};
  const xmlNode *item = call->ev->item;
  if (item && (xs_date_parse(xs_xml_attr(item, "date"), &day) ||
               xs_date_parse(xs_xml_attr(xs_xml_child(item, "signing"), "date"), &day)))
    return day;
  xs_date_of_number(call->ev->options->date, &day);
  return day;
}

/* The entry that the first argument names, for the kind of contract that the second one does, if
 * there is one; a failure when there is none. */
static const xmlNode *entry(xs_call *call, const char *element)
{
  xs_text id, kind = XS_NO_TEXT;
  if (!has_rules(call) || !xs_call_text(call, 0, &id)) return NULL;
  if (call->count > 1 && !xs_call_text(call, 1, &kind)) return NULL;
  if (!kind.len) kind = kind_in_question(call);
  const xs_rules *rules = call->ev->rules;
  const xmlNode *found = xs_rules_find(rules, element, id, kind, day_in_question(call));
  if (found) return found;
  if (xs_rules_find(rules, element, id, kind, (xs_date){0}))
    xs_call_fail(call, _("“%.*s” of the rule pack does not hold on the day of the paper"),
                 XS_TEXT(id));
  else
    xs_call_fail(call, _("the rule pack has no “%.*s”"), XS_TEXT(id));
  return NULL;
}

void xs_function_basis(xs_call *call)
{
  xs_text paper, mark = XS_LIT("、");
  if (!has_rules(call) || !xs_call_text(call, 0, &paper)) return;
  if (call->count > 1) xs_call_text(call, 1, &mark);
  xs_text last = mark;
  if (call->count > 2) xs_call_text(call, 2, &last);
  const xmlNode *basis =
      xs_rules_find(call->ev->rules, "basis", paper, kind_in_question(call), day_in_question(call));
  if (!basis) {
    xs_call_fail(call, _("the rule pack has no basis for “%.*s”"), XS_TEXT(paper));
    return;
  }
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(call->ev->a), MAX_LAW_BYTES);
  xs_text rest = xs_xml_attr(basis, "laws");
  xs_text named = XS_LIT(""); /* the title of a law is not said again for its next article */
  bool done = true;
  for (bool is_first = true; done && rest.len; is_first = false) {
    xs_text word;
    if (!xs_text_word(&rest, &word)) break;
    xs_text article = word, id = cut(&article, ':');
    if (!is_first) xs_buf_text(&b, rest.len ? mark : last);
    done = article.len && xs_text_equal(id, named) ? write_article(call, &b, article)
                                                   : write_law(call, &b, word, XS_LIT(""));
    named = id;
  }
  return_law_text(call, &b, done);
}

void xs_function_limit(xs_call *call)
{
  const xmlNode *limit = entry(call, "limit");
  if (limit) xs_call_return_node(call, limit);
}

void xs_function_figure(xs_call *call)
{
  const xmlNode *figure = entry(call, "figure");
  if (figure) xs_call_return_node(call, figure);
}

void xs_function_materials(xs_call *call)
{
  const xmlNode *materials = entry(call, "materials");
  if (materials) xs_call_return_node(call, materials);
}

void xs_function_limit_text(xs_call *call)
{
  const xmlNode *limit = entry(call, "limit");
  if (!limit) return;
  xs_text n = xs_xml_attr(limit, "n"), unit = xs_xml_attr(limit, "unit");
  const char *counter = xs_text_is(unit, "日") ? "" : "个";
  if (xs_grade_is_law(xs_xml_attr(limit, "grade")))
    xs_call_return(call,
                   xs_arena_printf(call->ev->a, "%.*s%s%.*s", XS_TEXT(n), counter, XS_TEXT(unit)));
  else
    xs_call_return(call, xs_text_of(unverified));
}

void xs_function_paper_name(xs_call *call)
{
  const xmlNode *paper = entry(call, "paper");
  if (paper) xs_call_return(call, xs_xml_attr(paper, "name"));
}
