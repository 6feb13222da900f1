#include "workflow/question.h"

#include "base/text.h"

#include <libxml/xpathInternals.h>
#include <string.h>

xs_status xs_question_open(xs_question *q, xs_arena *a, const xs_case *kase, const xs_rules *rules,
                           const xmlNode *record, const xmlNode *node, xs_diags *diags)
{
  *q = (xs_question){.a = a, .kase = kase, .rules = rules, .diags = diags};
  q->options = (xs_fill_options){.copy = XS_COPY_FILING, .record = record};
  q->node = node ? node : xmlDocGetRootElement(kase->doc);
  return xs_evaluation_open(&q->ev, a, kase, rules, &q->options, q->node, diags);
}

void xs_question_close(xs_question *q)
{
  xs_evaluation_close(&q->ev);
}

xs_status xs_question_set_node(xs_question *q, const xmlNode *node)
{
  q->node = node;
  return xs_evaluation_push(&q->ev, XS_LIT("item"), xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)node),
                            false);
}

xs_status xs_question_set_fact(xs_question *q, const xmlNode *fact)
{
  q->fact = fact;
  return xs_evaluation_push(&q->ev, XS_LIT(XS_GUARD_FACT),
                            xmlXPathNewNodeSet((xmlNodePtr)(uintptr_t)fact), false);
}

xs_status xs_question_set_date(xs_question *q, xs_date date)
{
  xs_text t = xs_arena_printf(q->a, "%04d-%02d-%02d", date.year, date.month, date.day);
  if (!t.ptr) return XS_ENOMEM;
  q->date = date;
  return xs_evaluation_push(&q->ev, XS_LIT("date"), xmlXPathNewCString(t.ptr), false);
}

bool xs_question_can_ask(const xs_question *q, const xs_expression *e)
{
  for (size_t i = 0; i < e->variable_count; i++) {
    if (!q->fact && xs_text_is(e->variables[i].name, XS_GUARD_FACT)) return false;
    if (!q->date.year && xs_text_is(e->variables[i].name, "date")) return false;
  }
  return true;
}

xs_status xs_question_text(xs_question *q, const xs_expression *e, xs_text *out)
{
  xs_value v = {0};
  xs_status st = xs_evaluate_value(&q->ev, e, q->node, &v);
  if (!st) *out = v.is_missing ? XS_LIT("") : v.text;
  return st;
}

xs_status xs_question_words(xs_question *q, const xs_avt_part *parts, size_t count,
                            const char *empty, xs_text *out)
{
  *out = XS_LIT("");
  for (size_t i = 0; i < count; i++) {
    xs_text words = parts[i].words;
    xs_status st = parts[i].value ? xs_question_text(q, parts[i].value, &words) : XS_OK;
    if (st) return st;
    if (!words.len && parts[i].value) words = xs_text_of(empty);
    *out = xs_arena_printf(q->a, "%.*s%.*s", XS_TEXT(*out), XS_TEXT(words));
    if (!out->ptr) return XS_ENOMEM;
  }
  *out = xs_text_trim(*out);
  return XS_OK;
}

xs_status xs_question_key(xs_question *q, const xs_track_rule *track, const xmlNode *node,
                          xs_text *out)
{
  xs_value v = {0};
  xs_status st = track->key ? xs_evaluate_value(&q->ev, track->key, node, &v) : XS_OK;
  *out = st || v.is_missing || !v.text.ptr ? XS_LIT("") : v.text;
  return st;
}

xs_status xs_question_abouts(xs_question *q, const xs_track_rule *track, xs_about **out,
                             size_t *count)
{
  const xmlNode *const *nodes = NULL;
  *count = 0;
  xs_status st = xs_evaluate_nodes(&q->ev, track->about, NULL, &nodes, count);
  xs_about *list = st ? NULL : XS_NEW_ARRAY(q->a, *count ? *count : 1, xs_about);
  if (!st && !list) st = XS_ENOMEM;
  for (size_t i = 0; !st && i < *count; i++) {
    list[i].node = nodes[i];
    st = xs_question_key(q, track, nodes[i], &list[i].key);
  }
  *out = list;
  return st;
}

bool xs_workflow_in_chinese(void)
{
  /* TRANSLATORS: the language of this catalogue as a file of data names it: zh or en */
  return strcmp(_("en"), "zh") == 0;
}
