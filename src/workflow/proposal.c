#include "workflow/proposal.h"

#include "base/text.h"
#include "data/case_days.h"
#include "template/evaluation.h"

#include <stdio.h>
#include <string.h>

typedef struct proposing {
  xs_arena *a;
  const xs_deadline_question *q;
  const xs_deadlines *list;
  xs_diags *diags;
  xmlDocPtr record; /* with the deadlines, for the sentences */
  xs_fill_options options;
  xs_evaluation ev;
} proposing;

/* ---- what the expressions see ---- */

static xs_status make_record(proposing *p)
{
  p->record = xmlNewDoc(BAD_CAST "1.0");
  xmlNodePtr root = p->record ? xmlNewDocNode(p->record, NULL, BAD_CAST "record", NULL) : NULL;
  if (!root) return XS_ENOMEM;
  xmlDocSetRootElement(p->record, root);
  p->options = (xs_fill_options){.date = xs_date_number(p->q->as_of), .record = root};
  return xs_deadlines_record(p->list, p->q->as_of, root);
}

static xs_status open_proposing(proposing *p, xs_arena *a, const xs_deadline_question *q,
                                const xs_deadlines *list, xs_diags *diags)
{
  *p = (proposing){.a = a, .q = q, .list = list, .diags = diags};
  xs_status status = make_record(p);
  if (status) return status;
  return xs_evaluation_open(&p->ev, a, q->kase, q->rules, &p->options, NULL, diags);
}

static void close_proposing(proposing *p)
{
  xs_evaluation_close(&p->ev);
  xmlFreeDoc(p->record);
}

static xs_status test_at(proposing *p, const xs_expression *e, const xmlNode *node, bool otherwise,
                         bool *out)
{
  *out = otherwise;
  return e ? xs_evaluate_test(&p->ev, e, node, out) : XS_OK;
}

/* ---- since when ---- */

/* An earlier day takes the place of a later one. */
static void offer_day(xs_proposal *out, xs_date day, xs_text why, const xs_deadline *d)
{
  if (out->since.year && xs_date_compare(out->since, day) <= 0) return;
  out->since = day;
  out->why = why;
  out->law = d ? d->law : XS_LIT("");
  out->verified = !d || d->verified;
}

/* The day after the deadlines of this id at a node that have passed unmet. */
static xs_status after_overdue(proposing *p, const xs_after *after, const xmlNode *node,
                               xs_text why, xs_proposal *out)
{
  for (size_t i = 0; i < p->list->count; i++) {
    const xs_deadline *d = &p->list->items[i];
    xs_date next;
    if (d->node != node || !xs_text_equal(d->limit, after->overdue)) continue;
    if (xs_deadline_state_on(d, p->q->as_of) != XS_DEADLINE_OVERDUE) continue;
    if (xs_date_of_days(xs_date_days(d->due) + 1, &next)) offer_day(out, next, why, d);
  }
  return XS_OK;
}

static xs_status after_days(proposing *p, const xs_after *after, const xmlNode *node, xs_text why,
                            xs_proposal *out)
{
  const xmlNode *const *days = NULL;
  size_t count = 0;
  xs_status status = xs_evaluate_nodes(&p->ev, after->date, node, &days, &count);
  for (size_t i = 0; i < count && !status; i++) {
    xs_date day;
    if (xs_date_parse(xs_node_value(p->a, days[i]), &day) && xs_date_compare(day, p->q->as_of) <= 0)
      offer_day(out, day, why, NULL);
  }
  return status;
}

static xs_status look_after(proposing *p, const xs_after *after, const xmlNode *node,
                            xs_proposal *out)
{
  const xmlNode *const *nodes = &node;
  size_t count = 1;
  xs_text why = XS_LIT("");
  bool wanted = false;
  xs_status status = test_at(p, after->when, node, true, &wanted);
  if (status || !wanted) return status;
  status = xs_evaluate_avt(&p->ev, after->why, node, &why);
  if (!status && after->date) return after_days(p, after, node, why, out);
  if (!status && after->at) status = xs_evaluate_nodes(&p->ev, after->at, node, &nodes, &count);
  for (size_t i = 0; i < count && !status; i++)
    status = after_overdue(p, after, nodes[i], why, out);
  return status;
}

static xs_status read_key(proposing *p, const xs_proposal_rule *r, const xmlNode *node,
                          xs_text *out)
{
  xs_value value = {.text = XS_LIT("")};
  xs_status status = r->key ? xs_evaluate_value(&p->ev, r->key, node, &value) : XS_OK;
  *out = value.text;
  return status;
}

/* One rule at one node of the case; `since` stays of year 0 when it is not possible yet. */
static xs_status look_at(proposing *p, const xs_proposal_rule *r, const xmlNode *node,
                         xs_proposal *out)
{
  bool is_done = false;
  *out = (xs_proposal){.rule = r, .node = node, .step = r->step, .track = r->track};
  xs_status status = test_at(p, r->unless, node, false, &is_done);
  for (size_t i = 0; i < r->after_count && !status && !is_done; i++)
    status = look_after(p, &r->afters[i], node, out);
  if (status || !out->since.year) return status;
  const xmlNode *paper = xs_rules_paper(p->q->rules, r->role);
  out->paper = paper ? xs_xml_attr(paper, "name") : r->role;
  out->item = xs_xml_attr(node, "id");
  return read_key(p, r, node, &out->key);
}

xs_status xs_proposals_find(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                            xs_diags *diags, xs_proposals *out)
{
  proposing p;
  xs_proposals found = {0};
  size_t capacity = 0;
  xs_status status = open_proposing(&p, a, q, list, diags);
  for (size_t i = 0; i < q->clock->proposal_count && !status; i++) {
    const xs_proposal_rule *r = &q->clock->proposals[i];
    const xmlNode *const *nodes = NULL;
    size_t count = 0;
    status = xs_evaluate_nodes(&p.ev, r->about, NULL, &nodes, &count);
    for (size_t k = 0; k < count && !status; k++) {
      xs_proposal one;
      status = look_at(&p, r, nodes[k], &one);
      if (status || !one.since.year) continue;
      xs_proposal *slot = XS_PUSH(a, found.items, found.count, capacity);
      if (!slot) status = XS_ENOMEM;
      if (slot) *slot = one;
    }
  }
  close_proposing(&p);
  *out = found;
  return status;
}

/* ---- its paper ---- */

static bool put_text(xmlNodePtr parent, const char *name, xs_text text)
{
  xmlNodePtr e = xmlNewChild(parent, NULL, BAD_CAST name, NULL);
  xmlNodePtr words = e ? xmlNewTextLen(BAD_CAST text.ptr, (int)text.len) : NULL;
  return words && xmlAddChild(e, words);
}

static xs_status add_sentence(proposing *p, const xs_sentence *s, const xmlNode *node,
                              xmlNodePtr element)
{
  bool wanted = false;
  xs_text words = XS_LIT("");
  xs_status status = test_at(p, s->when, node, true, &wanted);
  if (status || !wanted) return status;
  status = xs_evaluate_avt(&p->ev, s->words, node, &words);
  if (status) return status;
  return put_text(element, s->element, words) ? XS_OK : XS_ENOMEM;
}

static xs_status add_sentences(proposing *p, const xs_sentence *s, const xmlNode *node,
                               xmlNodePtr element)
{
  const xmlNode *const *nodes = &node;
  size_t count = 1;
  xs_status status = s->each ? xs_evaluate_nodes(&p->ev, s->each, node, &nodes, &count) : XS_OK;
  for (size_t i = 0; i < count && !status; i++) status = add_sentence(p, s, nodes[i], element);
  return status;
}

/* Ids of letters are r1, r2 …; the next one that is free. */
static bool id_is_taken(const xmlNode *root, const char *id)
{
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e))
    if (xs_xml_attr_is(e, "id", id)) return true;
  return false;
}

static bool put_attributes(const proposing *p, const xs_proposal *proposal, xmlNodePtr element)
{
  char id[32], day[32];
  const xmlNode *root = xmlDocGetRootElement(p->q->kase->doc);
  xs_date d = p->q->as_of;
  unsigned n = 1;
  do snprintf(id, sizeof id, "r%u", n++);
  while (id_is_taken(root, id));
  snprintf(day, sizeof day, "%04d-%02d-%02d", d.year, d.month, d.day);
  xs_text offer = xs_arena_text(p->a, proposal->item);
  xs_text role = xs_arena_text(p->a, proposal->rule->role);
  return offer.ptr && role.ptr && xmlNewProp(element, BAD_CAST "id", BAD_CAST id) &&
         xmlNewProp(element, BAD_CAST "role", BAD_CAST role.ptr) &&
         xmlNewProp(element, BAD_CAST "date", BAD_CAST day) &&
         (!offer.len || xmlNewProp(element, BAD_CAST "offer", BAD_CAST offer.ptr));
}

static xs_status fill_element(proposing *p, const xs_proposal *proposal, xmlNodePtr element)
{
  const xs_proposal_rule *r = proposal->rule;
  xs_text to = XS_LIT("");
  if (!put_attributes(p, proposal, element)) return XS_ENOMEM;
  xs_status status = xs_evaluate_avt(&p->ev, r->to, proposal->node, &to);
  if (!status && !put_text(element, "to", to)) status = XS_ENOMEM;
  for (size_t i = 0; i < r->sentence_count && !status; i++)
    status = add_sentences(p, &r->sentences[i], proposal->node, element);
  return status;
}

/* The element by itself, as a file of the vocabulary of cases. */
static xs_status write_xml(const xmlNode *element, xs_buf *xml)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  xmlNodePtr copy = doc ? xmlDocCopyNode((xmlNodePtr)(uintptr_t)element, doc, 1) : NULL;
  xmlChar *bytes = NULL;
  int len = 0;
  if (copy) {
    xmlDocSetRootElement(doc, copy);
    xmlNewNs(copy, BAD_CAST "urn:xieshang:case:1", NULL);
    xmlDocDumpFormatMemoryEnc(doc, &bytes, &len, "UTF-8", 1);
  }
  xs_status status = bytes ? xs_buf_add(xml, bytes, (size_t)len) : XS_ENOMEM;
  xmlFree(bytes);
  xmlFreeDoc(doc);
  return status;
}

static xs_status draft(proposing *p, const xs_proposal *proposal, const xs_schema *case_schema,
                       xs_case *copy, const xmlNode **element, xs_buf *xml)
{
  xmlNodePtr e = xmlNewDocNode(copy->doc, NULL, BAD_CAST "rectification", NULL);
  if (!e) return XS_ENOMEM;
  xs_status status = fill_element(p, proposal, e);
  if (status) {
    xmlFreeNode(e);
    return status;
  }
  status = xs_case_insert(copy, case_schema, e);
  if (status) return status;
  *element = e;
  return write_xml(e, xml);
}

xs_status xs_proposal_draft(xs_arena *a, const xs_deadline_question *q, const xs_deadlines *list,
                            const xs_proposal *proposal, const xs_schema *case_schema,
                            xs_diags *diags, xs_case **copy, const xmlNode **element, xs_buf *xml)
{
  proposing p;
  xs_case *made = NULL;
  xs_status status = xs_case_past(q->kase, (xs_date){0}, &made);
  if (status) return status;
  status = open_proposing(&p, a, q, list, diags);
  if (!status) status = draft(&p, proposal, case_schema, made, element, xml);
  close_proposing(&p);
  if (status)
    xs_case_free(made);
  else
    *copy = made;
  return status;
}
