#include "template/fill.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/dump.h"

#include <string.h>

/* Sections on their way into the document. */
typedef struct xs_builder {
  xs_section *items;
  size_t count, capacity;
  xs_flow *flow;            /* of the section under way */
  const xs_page_form *page; /* its page */
  bool resumes;             /* it goes on after a section that stood within it */
  xs_span span;
} xs_builder;

/* ---- heads, feet, watermarks ---- */

static bool is_on(const xs_node *edge, xs_page_kind kind)
{
  static const char *const names[XS_PAGE_KIND_COUNT] = {"first", "odd", "even"};
  xs_text on = xs_node_word(edge, XS_A_ON);
  if (!on.len) return true;
  for (size_t from = 0; from < on.len;) {
    size_t end = from;
    while (end < on.len && on.ptr[end] > ' ') end++;
    xs_text word = {on.ptr + from, end - from};
    if (xs_text_is(word, "all") || xs_text_is(word, names[kind])) return true;
    from = end + 1;
  }
  return false;
}

/* One edge of the page; elements that name a kind of page win over one for all. */
static xs_status fill_edges(xs_fill *f, const xs_node *page, xs_element element, xs_len otherwise,
                            xs_page_edge edges[XS_PAGE_KIND_COUNT])
{
  xs_status st = XS_OK;
  const xs_node *edge = page ? xs_node_child(page, element) : NULL;
  for (; edge && !st; edge = xs_node_after(edge, element)) {
    xs_flow flow = {.style = &f->t->plain};
    f->in_edge = true;
    st = xs_fill_each(f, edge->first, f->ev.item, xs_emit_block, &flow);
    f->in_edge = false;
    xs_text on = xs_node_word(edge, XS_A_ON);
    bool is_for_all = !on.len || xs_text_is(on, "all");
    for (int k = 0; k < XS_PAGE_KIND_COUNT; k++) {
      if (!is_on(edge, (xs_page_kind)k) || (is_for_all && edges[k].blocks.count)) continue;
      edges[k].blocks = xs_flow_take(&flow);
      edges[k].distance = xs_node_length(edge, XS_A_DISTANCE, XS_PT(12), otherwise);
    }
  }
  return st;
}

static int32_t read_angle(const xs_node *n, int32_t otherwise)
{
  int64_t milli = 0;
  xs_text t = xs_text_trim(xs_node_word(n, XS_A_ANGLE));
  if (!xs_text_milli(t, &milli) || milli > 360000 || milli < -360000) return otherwise;
  return (int32_t)(milli / 1000);
}

static xs_status fill_watermark(xs_fill *f, xs_watermark *out)
{
  xs_text copy = xs_text_of(xs_copy_name(f->options->copy));
  const xs_definition *d = xs_template_definition(f->t, XS_E_WATERMARK, copy);
  const xs_avt *text = d ? xs_node_avt(d->node, XS_A_TEXT) : NULL;
  if (!text) return XS_OK;
  xs_text words;
  xs_status st = xs_evaluate_avt(&f->ev, text, f->ev.item, &words);
  if (st) return xs_fill_go_on(st);
  out->text = words;
  out->style = (xs_char_style){.role = XS_ROLE_HEI, .size = XS_PT(96), .color = 0xe4e4e4};
  xs_char_style_read(d->node, &out->style);
  out->angle_deg = read_angle(d->node, 45);
  return XS_OK;
}

/* ---- sections ---- */

static xs_status close_section(xs_fill *f, xs_builder *b, bool even_if_empty)
{
  if (b->flow->count == 0 && !even_if_empty) return XS_OK;
  const xs_page_form *page = b->page;
  xs_section *s = XS_PUSH(f->a, b->items, b->count, b->capacity);
  if (!s) return XS_ENOMEM;
  *s = (xs_section){.width = page->width,
                    .height = page->height,
                    .top = page->top,
                    .right = page->right,
                    .bottom = page->bottom,
                    .left = page->left,
                    .line_pitch = page->line_pitch,
                    .tighten = page->tighten,
                    .restart_numbers = page->first_number > 0 && !b->resumes,
                    .first_number = page->first_number ? page->first_number : 1,
                    .blocks = xs_flow_take(b->flow),
                    .span = b->span};
  xs_builder *open = f->sections;
  f->sections = NULL;
  xs_status st = fill_edges(f, page->heads, XS_E_HEAD, page->top / 2, s->head);
  if (!st) st = fill_edges(f, page->feet, XS_E_FOOT, xs_len_of_micron(7000), s->foot);
  if (!st) st = fill_watermark(f, &s->watermark);
  f->sections = open;
  b->flow->items = NULL;
  b->flow->count = b->flow->capacity = 0;
  return st;
}

static xs_len measure_of(const xs_page_form *page)
{
  return page->width - page->left - page->right;
}

xs_status xs_fill_section(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_builder *b = f->sections;
  if (!b || b->flow != flow) {
    xs_diag(f->diags, XS_D_SECTION_NESTED, n->span,
            _("a section cannot stand inside a box, a table or a head"));
    return XS_OK;
  }
  const xs_page_form *page = xs_template_page(f->t, xs_node_word(n, XS_A_PAGE));
  if (!page) return XS_OK; /* said at load */
  const xs_page_form *outer = b->page;
  xs_len measure = f->measure;
  xs_span outer_span = b->span;
  xs_status st = close_section(f, b, false);
  b->page = page;
  f->measure = measure_of(page);
  b->span = n->span;
  b->resumes = false;
  if (!st) st = xs_fill_each(f, n->first, context, xs_emit_block, flow);
  if (!st) st = close_section(f, b, false);
  b->page = outer;
  f->measure = measure;
  b->span = outer_span;
  b->resumes = true;
  return st;
}

static xs_status fill_body(xs_fill *f, xs_document *doc)
{
  const xs_node *body = f->t->body;
  xs_flow flow = {.style = &f->t->plain};
  xs_builder b = {.flow = &flow, .page = f->t->page, .span = body ? body->span : XS_NOWHERE};
  f->sections = &b;
  f->measure = measure_of(b.page);
  xs_status st = XS_OK;
  if (body) st = xs_fill_each(f, body->first, f->ev.item, xs_emit_block, &flow);
  if (!st) st = close_section(f, &b, b.count == 0);
  f->sections = NULL;
  doc->sections = b.items;
  doc->section_count = b.count;
  return st;
}

/* ---- the document ---- */

/* The words of title, subject and author as plain text. */
static xs_status fill_text(xs_fill *f, const xs_node *n, xs_text *out)
{
  *out = XS_LIT("");
  if (!n) return XS_OK;
  xs_words words = {.style = f->t->plain.para.text};
  xs_status st = xs_fill_each(f, n->first, f->ev.item, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  *out = xs_words_text(f, &words);
  return out->ptr ? XS_OK : XS_ENOMEM;
}

static xs_status copy_text(xs_arena *a, xs_text t, xs_text *out)
{
  *out = xs_arena_text(a, t.len ? t : XS_LIT(""));
  return out->ptr ? XS_OK : XS_ENOMEM;
}

static xs_status fill_document(xs_fill *f, xs_document *doc)
{
  const xs_template *t = f->t;
  doc->copy = f->options->copy;
  memcpy(doc->template_digest, t->digest, sizeof doc->template_digest);
  xs_status st = copy_text(f->a, t->id, &doc->template_id);
  if (!st) st = copy_text(f->a, t->version, &doc->template_version);
  if (!st) st = copy_text(f->a, f->ev.kase ? f->ev.kase->id : XS_NO_TEXT, &doc->case_id);
  if (!st) st = fill_text(f, t->title, &doc->title);
  if (!st && doc->title.len == 0) st = copy_text(f->a, t->name, &doc->title);
  if (!st) st = fill_text(f, t->subject, &doc->subject);
  if (!st) st = fill_text(f, t->author, &doc->author);
  if (!st) st = fill_body(f, doc);
  return st;
}

/* ---- what a paper is about ---- */

static xs_status about_nodes(xs_evaluation *ev, const xs_template *t, const xmlNode *const **nodes,
                             size_t *count)
{
  return xs_evaluate_nodes(ev, t->about, NULL, nodes, count);
}

xs_status xs_template_nodes(xs_arena *a, const xs_template *t, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                            const xmlNode *const **nodes, size_t *count)
{
  static const xmlNode *const nothing[1] = {NULL};
  *nodes = nothing;
  *count = 1;
  if (!t->about) return XS_OK;
  xs_evaluation ev;
  xs_status st = xs_evaluation_open(&ev, a, kase, rules, options, NULL, diags);
  if (!st) st = about_nodes(&ev, t, nodes, count);
  xs_evaluation_close(&ev);
  return st;
}

xs_status xs_fill_find_item(xs_evaluation *ev, const xs_template *t, const xmlNode **out)
{
  const xs_fill_options *o = ev->options;
  *out = o->about;
  if (o->about || !t->about || o->blank) return XS_OK;
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status st = about_nodes(ev, t, &nodes, &count);
  if (st) return st;
  if (count == 0 || o->item > count) {
    xs_diag(ev->diags, XS_D_ABOUT_MISSING, t->about->span,
            _("the case has %zu of “%.*s”, the paper is about number %zu"), count,
            XS_TEXT(t->about->source), o->item ? o->item : 1);
    const xmlNode *root = xs_evaluation_root_node(ev);
    if (root) xs_diag_note(ev->diags, xs_xml_span(root), _("the case begins here"));
    return XS_EINPUT;
  }
  *out = nodes[o->item ? o->item - 1 : count - 1];
  return XS_OK;
}

/* ---- passes ---- */

static xs_status open_fill(xs_fill *f, const xs_case *kase, const xs_rules *rules)
{
  f->counters = (xs_counters){.t = f->t, .a = f->a};
  f->styles = XS_NEW_ARRAY(f->a, f->t->style_count + 1, const xs_para_style *);
  f->block_contents = XS_NEW_ARRAY(f->a, f->t->definition_count + 1, unsigned char);
  if (!f->styles || !f->block_contents) return XS_ENOMEM;
  const xmlNode *item = NULL;
  xs_status st = xs_evaluation_open(&f->ev, f->a, kase, rules, f->options, NULL, f->diags);
  if (!st) st = xs_fill_find_item(&f->ev, f->t, &item);
  if (st || !item) return st;
  xs_evaluation_close(&f->ev);
  return xs_evaluation_open(&f->ev, f->a, kase, rules, f->options, item, f->diags);
}

/* One pass over the template; *out is the document, or NULL. */
static xs_status fill_once(const xs_fill *common, const xs_case *kase, const xs_rules *rules,
                           xs_document **out)
{
  *out = NULL;
  xs_fill f = *common;
  size_t before = xs_diags_count(f.diags, XS_ERROR);
  f.a = xs_arena_new(f.host);
  xs_document *doc = f.a ? XS_NEW(f.a, xs_document) : NULL;
  if (!doc) {
    xs_arena_free(f.a);
    return XS_ENOMEM;
  }
  doc->arena = f.a;
  xs_status st = open_fill(&f, kase, rules);
  if (!st) st = fill_document(&f, doc);
  if (!st) st = xs_diags_since(f.diags, before);
  st = xs_diags_arena(f.diags, f.a, st);
  xs_evaluation_close(&f.ev);
  if (st)
    xs_document_free(doc);
  else
    *out = doc;
  return st;
}

xs_status xs_template_fill(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                           const xs_fill_options *options, xs_diags *diags, xs_document **out)
{
  *out = NULL;
  const xs_host *host = xs_arena_host(t->arena);
  xs_labels labels = {.a = xs_arena_new(host)};
  if (!labels.a) return XS_ENOMEM;
  xs_fill common = {.t = t, .options = options, .host = host, .diags = diags, .labels = &labels};
  xs_status st = fill_once(&common, kase, rules, out);
  if (!st && labels.are_wanted) {
    xs_document_free(*out);
    xs_labels_complete(&labels);
    st = fill_once(&common, kase, rules, out);
  }
  xs_arena_free(labels.a);
  if (!st) xs_document_check(*out);
  return st;
}

/* ---- one expression ---- */

static xs_status object_text(xs_evaluation *ev, const xs_expression *e, xs_text *out)
{
  xmlXPathObjectPtr object = NULL;
  xs_status st = xs_evaluate_object(ev, e, ev->item, &object);
  if (st) return st;
  const xmlNodeSet *nodes = object->type == XPATH_NODESET ? object->nodesetval : NULL;
  if (nodes && nodes->nodeNr > 1) { /* one a line */
    xs_buf b;
    xs_buf_init(&b, xs_arena_host(ev->a), XS_MAX_DOCUMENT_BYTES);
    for (int i = 0; i < nodes->nodeNr; i++) {
      if (i > 0) xs_buf_str(&b, "\n");
      xs_buf_text(&b, xs_node_value(ev->a, nodes->nodeTab[i]));
    }
    xmlXPathFreeObject(object);
    *out = b.status ? XS_NO_TEXT : xs_arena_text(ev->a, xs_buf_view(&b));
    xs_buf_free(&b);
    return out->ptr ? XS_OK : XS_ENOMEM;
  }
  xmlXPathFreeObject(object);
  xs_value v;
  st = xs_evaluate_value(ev, e, ev->item, &v);
  if (st) return st;
  if (v.is_missing) {
    xs_evaluation_report_missing(ev, e, ev->item);
    return XS_EINPUT;
  }
  *out = v.text;
  return XS_OK;
}

xs_status xs_template_eval(xs_arena *a, xs_text expression, const xs_case *kase,
                           const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                           xs_text *out)
{
  uint32_t source = xs_diags_source_copy(diags, XS_LIT("expression"), expression);
  xs_span at = {source, 0, (uint32_t)expression.len};
  const xs_expression *e = NULL;
  xs_status st = xs_expression_compile(a, expression, at, NULL, diags, &e);
  if (st) return st;
  xs_evaluation ev;
  st = xs_evaluation_open(&ev, a, kase, rules, options, options->about, diags);
  if (!st) st = object_text(&ev, e, out);
  xs_evaluation_close(&ev);
  return st;
}
