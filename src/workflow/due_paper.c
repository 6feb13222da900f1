/* The papers of a list of what is due: the list itself, its counts, the papers it proposes. */
#include "base/limits.h"
#include "base/text.h"
#include "data/xml_write.h"
#include "packet/days.h"
#include "workflow/due.h"

/* ---- the record ---- */

typedef struct writing {
  xmlNodePtr element;
  bool failed;
} writing;

static void put_text(writing *w, const char *name, xs_text value)
{
  if (!xs_xml_put(w->element, name, value)) w->failed = true;
}

static void put_day(writing *w, const char *name, uint32_t day)
{
  if (!xs_xml_put_day(w->element, name, day)) w->failed = true;
}

static void put_number(writing *w, const char *name, int number)
{
  if (!xs_xml_put_number(w->element, name, number)) w->failed = true;
}

static void put_yes(writing *w, const char *name, int yes)
{
  put_text(w, name, yes ? XS_LIT("yes") : XS_LIT("no"));
}

static const char *const term_words[] = {
    [XS_DUE_OVERDUE] = "overdue",   [XS_DUE_WEEK] = "week",
    [XS_DUE_MONTH] = "month",       [XS_DUE_LATER] = "later",
    [XS_DUE_STOPPED] = "stopped",   [XS_DUE_UNVERIFIED] = "unverified",
    [XS_DUE_POSSIBLE] = "possible", [XS_DUE_DONE] = "done",
};

const char *xs_due_term_word(xs_due_term term)
{
  return term_words[term];
}

static void write_texts(writing *w, const xs_due_view *v)
{
  const struct {
    const char *name;
    xs_text value;
  } texts[] = {{"uid", v->uid},       {"title", v->title},
               {"limit", v->limit},   {"track", v->track},
               {"key", v->key},       {"item", v->item},
               {"kind", v->kind},     {"what", v->what},
               {"actor", v->actor},   {"law", v->law},
               {"grade", v->grade},   {"since", v->since},
               {"period", v->period}, {"agreed-in", v->agreed_in},
               {"note", v->note},     {"why", v->why},
               {"step", v->step},     {"template", v->template_id}};
  for (size_t i = 0; i < XS_COUNT(texts); i++) put_text(w, texts[i].name, texts[i].value);
}

static void write_entry(writing *w, const xs_due_view *v)
{
  write_texts(w, v);
  put_text(w, "term", xs_text_of(term_words[v->term]));
  put_text(w, "state", xs_text_of(v->state));
  put_day(w, "trigger", v->trigger);
  put_day(w, "opens", v->opens);
  put_day(w, "due", v->due);
  put_day(w, "met", v->met);
  put_day(w, "agreed", v->agreed);
  if (v->due) put_number(w, "days-left", v->days_left);
  put_yes(w, "legal", v->legal);
  put_yes(w, "verified", v->verified);
  put_yes(w, "provisional", v->provisional);
  put_yes(w, "window", v->window);
  put_yes(w, "backward", v->backward);
}

xs_status xs_due_record(const xs_due *due, xmlDocPtr *out)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  writing root = {.element = doc ? xmlNewDocNode(doc, NULL, BAD_CAST "record", NULL) : NULL};
  *out = doc;
  if (!root.element) return XS_ENOMEM;
  xmlDocSetRootElement(doc, root.element);
  put_day(&root, "as-of", xs_due_as_of(due));
  put_day(&root, "week-end", xs_due_week_end(due));
  put_day(&root, "month-end", xs_due_month_end(due));
  for (size_t i = 0; i < due->count && !root.failed; i++) {
    const xs_due_item *item = &due->items[i];
    const char *name = item->view.is_proposal ? "proposal" : "deadline";
    writing w = {.element = xs_xml_add(root.element, name)};
    if (!w.element) return XS_ENOMEM;
    write_entry(&w, &item->view);
    if (item->days && xs_days_add_record(item->days, w.element)) w.failed = true;
    root.failed = w.failed;
  }
  return root.failed ? XS_ENOMEM : XS_OK;
}

/* ---- the list, the counts ---- */

static xs_status render(xs_due *due, const char *which, xs_diags *diags, xs_bytes *out)
{
  xmlDocPtr record = NULL;
  *out = (xs_bytes){due->engine->host, NULL, 0};
  xs_status status = xs_due_record(due, &record);
  if (!status) {
    const xs_paper_order order = {.which = which,
                                  .kase = due->kase,
                                  .rules = due->question.rules,
                                  .record = xmlDocGetRootElement(record),
                                  .options = {.date = xs_due_as_of(due)}};
    status = xs_engine_render_order(due->engine, &order, diags, out);
  }
  xmlFreeDoc(record);
  return status;
}

xs_status xs_due_worklist(xs_due *due, xs_diags *diags, xs_bytes *out)
{
  return render(due, "work-list", diags, out);
}

xs_status xs_due_annex(xs_due *due, xs_diags *diags, xs_bytes *out)
{
  return render(due, "count-annex", diags, out);
}

/* ---- the paper of a proposal ---- */

/* Which of the nodes that its template is about an element is, from 1: the last of its role, since
 * it has just been added; so 0, the last, always fits. */
static xs_status render_draft(xs_due *due, const xs_proposal *p, const xs_case *copy,
                              xs_diags *diags, xs_bytes *out)
{
  xs_text which = xs_arena_text(due->a, p->rule->template_id);
  if (!which.ptr) return XS_ENOMEM;
  const xs_paper_order order = {
      .which = which.ptr,
      .kase = copy,
      .rules = due->question.rules,
      .options = {.copy = XS_COPY_DRAFT, .date = xs_due_as_of(due)},
  };
  return xs_engine_render_order(due->engine, &order, diags, out);
}

static xs_status make_draft(xs_due *due, const xs_proposal *p, xs_diags *diags, xs_bytes *pdf,
                            xs_buf *xml)
{
  const xs_schema *schema = NULL;
  const xmlNode *element = NULL;
  xs_case *copy = NULL;
  xs_status status = xs_engine_schema(due->engine, XS_VOCABULARY_CASE, diags, &schema);
  if (!status)
    status = xs_proposal_draft(due->a, &due->question, &due->deadlines, p, schema, diags, &copy,
                               &element, xml);
  if (!status) status = render_draft(due, p, copy, diags, pdf);
  xs_case_free(copy);
  return status;
}

xs_status xs_due_draft(xs_due *due, size_t i, xs_diags *diags, xs_bytes *pdf, xs_bytes *xml)
{
  const xs_host *host = due->engine->host;
  const xs_proposal *p = i < due->count ? due->items[i].proposal : NULL;
  xs_buf text;
  *pdf = *xml = (xs_bytes){host, NULL, 0};
  if (!p) {
    xs_diag(diags, XS_D_PROPOSAL_NONE, XS_NOWHERE, "%s",
            _("only what a case proposes has a paper; ask with the case itself"));
    return XS_EINPUT;
  }
  xs_buf_init(&text, host, XS_MAX_XML_BYTES);
  xs_status status = make_draft(due, p, diags, pdf, &text);
  if (status)
    xs_buf_free(&text);
  else
    *xml = (xs_bytes){host, text.ptr, text.len};
  return status;
}
