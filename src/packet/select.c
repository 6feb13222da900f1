/* What a plan says of one case: the papers of the packet and those that are missing. */
#include "base/limits.h"
#include "base/text.h"
#include "packet/name.h"
#include "packet/packet.h"

#include <string.h>

static xs_fill_options options_at(const xs_packet *p, const xs_plan_entry *e, const xmlNode *about)
{
  return (xs_fill_options){.copy = e->copy, .date = p->date, .about = about, .record = p->record};
}

static xs_status test(xs_packet *p, const xs_plan_entry *e, const xs_expression *x, bool *out)
{
  *out = true;
  if (!x) return XS_OK;
  const xs_fill_options options = options_at(p, e, NULL);
  return xs_expression_test(x, p->kase, p->rules, &options, p->diags, out);
}

static xs_status text_at(xs_packet *p, const xs_paper *paper, const xs_expression *x, xs_text *out)
{
  if (!x) return XS_OK;
  const xs_fill_options options = options_at(p, paper->entry, paper->about);
  return xs_expression_text(p->a, x, p->kase, p->rules, &options, p->diags, out);
}

/* ---- papers ---- */

static xs_status find_template(xs_packet *p, xs_paper *paper)
{
  const xs_plan_entry *e = paper->entry;
  if (e->template_id.len) return xs_packet_template(p, e->template_id, e->template_span, &paper->t);
  const xs_plan_page *page = &p->plan->attached;
  if (!page->template_id.len) return XS_OK;
  return xs_packet_template(p, page->template_id, page->span, &paper->t);
}

static xs_text choose_name(const xs_paper *paper, xs_text worked_out)
{
  const xs_plan_entry *e = paper->entry;
  if (worked_out.len) return worked_out;
  if (e->title.len) return e->title;
  if (e->template_id.len) return xs_template_name(paper->t);
  xs_text title = xs_xml_attr(paper->about, "title");
  return title.len ? title : xs_text_of((const char *)paper->about->name);
}

static xs_status add_paper(xs_packet *p, size_t part, const xs_plan_entry *e, const xmlNode *about)
{
  if (p->paper_count >= XS_MAX_PACKET_FILES) {
    xs_diag(p->diags, XS_D_LIMIT, e->span, _("a packet of more than %u papers"),
            XS_MAX_PACKET_FILES);
    return XS_ELIMIT;
  }
  xs_paper *paper = XS_PUSH(p->a, p->papers, p->paper_count, p->paper_capacity);
  if (!paper) return XS_ENOMEM;
  *paper = (xs_paper){.entry = e, .part = part, .about = about, .remark = e->remark};
  paper->order = (uint32_t)p->paper_count;
  xs_text name = XS_NO_TEXT;
  xs_status status = find_template(p, paper);
  if (!status) status = text_at(p, paper, e->named, &name);
  if (!status) paper->name = paper->title = choose_name(paper, name);
  if (!status) status = text_at(p, paper, e->by, &paper->organ);
  if (!status) status = text_at(p, paper, e->date, &paper->date);
  if (!status) status = text_at(p, paper, e->mark, &paper->mark);
  return status;
}

/* What the papers of an entry are about: what the plan says, or else what the template says. */
static xs_status find_nodes(xs_packet *p, const xs_plan_entry *e, const xmlNode *const **nodes,
                            size_t *count)
{
  const xs_fill_options options = options_at(p, e, NULL);
  if (e->each)
    return xs_expression_nodes(p->a, e->each, p->kase, p->rules, &options, p->diags, nodes, count);
  const xs_template *t = NULL;
  xs_status status = xs_packet_template(p, e->template_id, e->template_span, &t);
  if (status) return status;
  return xs_template_nodes(p->a, t, p->kase, p->rules, &options, p->diags, nodes, count);
}

static xs_status add_each(xs_packet *p, size_t part, const xs_plan_entry *e)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status status = find_nodes(p, e, &nodes, &count);
  for (size_t i = 0; i < count && !status; i++) status = add_paper(p, part, e, nodes[i]);
  return status;
}

/* ---- what is missing ---- */

/* Only a law whose text has been read is shown as one. */
static bool is_verified(const xs_packet *p, xs_text source)
{
  const char *colon = memchr(source.ptr, ':', source.len);
  xs_text id = {source.ptr, colon ? (size_t)(colon - source.ptr) : source.len};
  const xmlNode *law = xs_rules_law(p->rules, id);
  return !law || xs_grade_is_law(xs_xml_attr(law, "grade"));
}

static xs_status cite_one(xs_packet *p, const xs_plan_entry *e, xs_text source, xs_text *out)
{
  const xs_fill_options options = {.date = p->date, .record = p->record};
  xs_text one = XS_NO_TEXT, call = xs_arena_printf(p->a, "law('%.*s')", XS_TEXT(source));
  if (!call.ptr) return XS_ENOMEM;
  size_t before = xs_diags_count(p->diags, XS_ERROR);
  xs_status status = xs_template_eval(p->a, call, p->kase, p->rules, &options, p->diags, &one);
  if (status && xs_diags_count(p->diags, XS_ERROR) > before)
    xs_diag_note(p->diags, e->source_span, _("the plan names this law"));
  if (status) return status;
  *out = out->len ? xs_arena_printf(p->a, "%.*s；%.*s", XS_TEXT(*out), XS_TEXT(one)) : one;
  return out->ptr ? XS_OK : XS_ENOMEM;
}

/* The laws that ask for it: those of the plan, or what its expression finds in the rule pack. */
static xs_status find_source(xs_packet *p, const xs_plan_entry *e, xs_text *out)
{
  const xs_fill_options options = options_at(p, e, NULL);
  *out = e->source;
  if (!e->law) return XS_OK;
  return xs_expression_text(p->a, e->law, p->kase, p->rules, &options, p->diags, out);
}

/* "r22:42 r9:21" → 《集体合同规定》第四十二条；《工资集体协商试行办法》第二十一条 */
static xs_status cite(xs_packet *p, const xs_plan_entry *e, xs_text *out)
{
  xs_text laws = XS_NO_TEXT;
  xs_status status = find_source(p, e, &laws);
  for (size_t off = 0; off < laws.len && !status;) {
    size_t end = off;
    while (end < laws.len && laws.ptr[end] != ' ') end++;
    xs_text source = {laws.ptr + off, end - off};
    if (source.len && is_verified(p, source)) status = cite_one(p, e, source, out);
    off = end + 1;
  }
  return status;
}

/* An attachment that is not there has no title of its own; its part has. */
static xs_status name_missing(xs_packet *p, size_t part, const xs_plan_entry *e, xs_text *out)
{
  const xs_template *t = NULL;
  const xs_fill_options options = options_at(p, e, NULL);
  xs_status status = XS_OK;
  *out = e->title;
  if (e->named)
    status = xs_expression_text(p->a, e->named, p->kase, p->rules, &options, p->diags, out);
  if (status || out->len) return status;
  *out = p->plan->parts[part].name;
  if (!e->template_id.len) return XS_OK;
  status = xs_packet_template(p, e->template_id, e->template_span, &t);
  if (!status) *out = xs_template_name(t);
  return status;
}

/* A warning when the packet is written all the same, an error otherwise. */
static void report(xs_packet *p, const xs_missing *m)
{
  xs_diag_code code = p->options->allow_missing ? XS_D_PAPER_LEFT_OUT : XS_D_PAPER_MISSING;
  const xs_plan_entry *e = m->entry;
  xs_diag(p->diags, code, e->need_span, _("%.*s “%.*s” is missing: %.*s"), XS_TEXT(e->number),
          XS_TEXT(m->title), XS_TEXT(m->reason));
  if (m->law.len) xs_diag_note(p->diags, XS_NOWHERE, _("as %.*s demands"), XS_TEXT(m->law));
}

static xs_status add_missing(xs_packet *p, size_t part, const xs_plan_entry *e)
{
  xs_missing *m = XS_PUSH(p->a, p->missing, p->missing_count, p->missing_capacity);
  if (!m) return XS_ENOMEM;
  *m = (xs_missing){.entry = e, .reason = e->why};
  xs_status status = name_missing(p, part, e, &m->title);
  if (!status) status = cite(p, e, &m->law);
  if (status) return status;
  report(p, m);
  return XS_OK;
}

static xs_status judge(xs_packet *p, size_t part, const xs_plan_entry *e)
{
  bool belongs = false, there = false;
  xs_status status = test(p, e, e->when, &belongs);
  if (status || !belongs) return status;
  status = test(p, e, e->need, &there);
  if (status) return status;
  return there ? add_each(p, part, e) : add_missing(p, part, e);
}

/* ---- file names ---- */

static bool shares_name(const xs_paper *a, const xs_paper *b)
{
  return xs_text_equal(a->entry->number, b->entry->number) && xs_text_equal(a->name, b->name);
}

/* Which of several papers of one name it is, from 1; 0 when it is the only one. */
static uint32_t count_before(const xs_packet *p, size_t i)
{
  uint32_t before = 1, all = 0;
  for (size_t k = 0; k < p->paper_count; k++) {
    if (!shares_name(&p->papers[k], &p->papers[i])) continue;
    all++;
    if (k < i) before++;
  }
  return all > 1 ? before : 0;
}

static bool is_plain_ending(xs_text t)
{
  if (t.len == 0 || t.len > 8) return false;
  for (size_t i = 0; i < t.len; i++) {
    char c = t.ptr[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  }
  return true;
}

/* Of the attached file, when it is one; NULL when out of memory. */
static const char *choose_ending(xs_packet *p, const xs_paper *paper)
{
  if (paper->entry->template_id.len) return "pdf";
  xs_text ending = xs_xml_attr(paper->about, "file");
  for (size_t i = ending.len; i > 0; i--) {
    if (ending.ptr[i - 1] != '.') continue;
    ending = (xs_text){ending.ptr + i, ending.len - i};
    return is_plain_ending(ending) ? xs_arena_text(p->a, ending).ptr : "bin";
  }
  return "bin";
}

static bool has_file(const xs_paper *paper)
{
  return paper->entry->template_id.len || xs_xml_attr(paper->about, "file").len;
}

static xs_status name_files(xs_packet *p)
{
  for (size_t i = 0; i < p->paper_count; i++) {
    xs_paper *paper = &p->papers[i];
    if (!has_file(paper)) continue;
    const char *ending = choose_ending(p, paper);
    if (!ending) return XS_ENOMEM;
    paper->file = xs_name_make(p->a, paper->entry->number, paper->name, count_before(p, i), ending);
    if (!paper->file.ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

/* Two names that differ only in what a file system may ignore would overwrite one another. */
static xs_status check_names(xs_packet *p)
{
  xs_text *keys = XS_NEW_ARRAY(p->a, p->paper_count, xs_text);
  if (p->paper_count && !keys) return XS_ENOMEM;
  xs_status status = XS_OK;
  for (size_t i = 0; i < p->paper_count; i++) {
    keys[i] = p->papers[i].file.len ? xs_name_key(p->a, p->papers[i].file) : XS_NO_TEXT;
    if (p->papers[i].file.len && !keys[i].ptr) return XS_ENOMEM;
    for (size_t k = 0; k < i; k++) {
      if (!keys[i].len || !xs_text_equal(keys[i], keys[k])) continue;
      xs_diag(p->diags, XS_D_PAPER_NAME, p->papers[i].entry->span,
              _("two papers would be written to “%.*s”"), XS_TEXT(p->papers[i].file));
      status = XS_EINPUT;
      break;
    }
  }
  return status;
}

xs_status xs_packet_select(xs_packet *p)
{
  size_t before = xs_diags_count(p->diags, XS_ERROR);
  for (size_t i = 0; i < p->plan->part_count; i++) {
    const xs_plan_part *part = &p->plan->parts[i];
    for (size_t k = 0; k < part->entry_count; k++) {
      xs_status status = judge(p, i, &part->entries[k]);
      if (status && status != XS_EINPUT) return status;
    }
  }
  xs_status status = xs_diags_since(p->diags, before);
  if (!status && p->paper_count == 0) {
    xs_diag(p->diags, XS_D_PACKET_EMPTY, XS_NOWHERE,
            _("no paper of the plan “%.*s” applies to the case"), XS_TEXT(p->plan->name));
    status = XS_EINPUT;
  }
  if (!status) status = name_files(p);
  if (!status) status = check_names(p);
  return status;
}
