/*
 * What the rule pack says: laws, time limits, figures, names of papers. Only what is verified
 * (grade A or B) is shown as law; anything else reads 待核实.
 */
#include "base/buf.h"
#include "base/text.h"
#include "template/function.h"
#include "template/law.h"

static const char unverified[] = "待核实";

static bool is_verified(const xmlNode *entry)
{
  return xs_xml_attr_is(entry, "grade", "A") || xs_xml_attr_is(entry, "grade", "B");
}

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

static const xmlNode *find_basis(const xs_evaluation *ev, xs_text paper)
{
  const xmlNode *root = xmlDocGetRootElement(ev->rules->doc);
  const xmlNode *n = root ? xs_xml_child(root, "basis") : NULL;
  while (n && !xs_text_equal(xs_xml_attr(n, "paper"), paper)) n = xs_xml_next(n, "basis");
  return n;
}

void xs_function_basis(xs_call *call)
{
  xs_text paper, mark = XS_LIT("、");
  if (!has_rules(call) || !xs_call_text(call, 0, &paper)) return;
  if (call->count > 1) xs_call_text(call, 1, &mark);
  xs_text last = mark;
  if (call->count > 2) xs_call_text(call, 2, &last);
  const xmlNode *basis = find_basis(call->ev, paper);
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

/* An entry of the pack, found by the function that knows its kind. */
static const xmlNode *entry(xs_call *call,
                            const xmlNode *(*find)(const xs_rules *rules, xs_text id))
{
  xs_text id;
  if (!has_rules(call) || !xs_call_text(call, 0, &id)) return NULL;
  const xmlNode *found = find(call->ev->rules, id);
  if (!found) xs_call_fail(call, _("the rule pack has no “%.*s”"), XS_TEXT(id));
  return found;
}

void xs_function_limit(xs_call *call)
{
  const xmlNode *limit = entry(call, xs_rules_limit);
  if (limit) xs_call_return_node(call, limit);
}

void xs_function_figure(xs_call *call)
{
  const xmlNode *figure = entry(call, xs_rules_figure);
  if (figure) xs_call_return_node(call, figure);
}

void xs_function_limit_text(xs_call *call)
{
  const xmlNode *limit = entry(call, xs_rules_limit);
  if (!limit) return;
  xs_text n = xs_xml_attr(limit, "n"), unit = xs_xml_attr(limit, "unit");
  const char *counter = xs_text_is(unit, "日") ? "" : "个";
  if (is_verified(limit))
    xs_call_return(call,
                   xs_arena_printf(call->ev->a, "%.*s%s%.*s", XS_TEXT(n), counter, XS_TEXT(unit)));
  else
    xs_call_return(call, xs_text_of(unverified));
}

void xs_function_paper_name(xs_call *call)
{
  const xmlNode *paper = entry(call, xs_rules_paper);
  if (paper) xs_call_return(call, xs_xml_attr(paper, "name"));
}
