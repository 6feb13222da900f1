#include "template/text_digest.h"

#include "base/digest.h"
#include "base/limits.h"
#include "model/document_text.h"
#include "template/fill.h"

/* The case as it was when the paper was made: a copy without the later facts. */
typedef struct earlier {
  xs_case kase;
  const xmlNode *about; /* in the copy */
  const xmlNode *const *later;
  size_t later_count;
  const xmlNode *original_about;
  xmlNodePtr *dropped; /* in the copy */
  size_t dropped_count;
} earlier;

/* ---- finding what is later ---- */

static xs_status find_later(xs_arena *a, const xs_template *t, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                            earlier *e)
{
  xs_evaluation ev;
  xs_status st = xs_evaluation_open(&ev, a, kase, rules, options, NULL, diags);
  if (!st) st = xs_fill_find_item(&ev, t, &e->original_about);
  xs_evaluation_close(&ev);
  if (st || !t->later) return st;
  st = xs_evaluation_open(&ev, a, kase, rules, options, e->original_about, diags);
  if (!st) st = xs_evaluate_nodes(&ev, t->later, ev.item, &e->later, &e->later_count);
  xs_evaluation_close(&ev);
  return st;
}

/* ---- the copy ---- */

/* A paper cannot be later than itself. */
static bool is_around(const xmlNode *outer, const xmlNode *n)
{
  while (n && n != outer) n = n->parent;
  return n != NULL;
}

static void match(earlier *e, const xmlNode *from, xmlNodePtr to)
{
  if (from == e->original_about) e->about = to;
  for (size_t i = 0; i < e->later_count; i++)
    if (e->later[i] == from && !is_around(from, e->original_about))
      e->dropped[e->dropped_count++] = to;
}

static void match_attributes(earlier *e, const xmlNode *from, xmlNodePtr to)
{
  const xmlAttr *f = from->properties;
  for (xmlAttrPtr t = to->properties; f && t; f = f->next, t = t->next)
    match(e, (const xmlNode *)f, (xmlNodePtr)t);
}

/* The two trees are alike; elements only, which is what templates are about. */
static void match_tree(earlier *e, const xmlNode *from, xmlNodePtr to)
{
  match(e, from, to);
  match_attributes(e, from, to);
  const xmlNode *f = xs_xml_child(from, NULL);
  for (xmlNodePtr t = xs_xml_child(to, NULL); f && t; t = xs_xml_next(t, NULL)) {
    match_tree(e, f, t);
    f = xs_xml_next(f, NULL);
  }
}

static void drop(xmlNodePtr n)
{
  if (n->type == XML_ATTRIBUTE_NODE) {
    xmlRemoveProp((xmlAttrPtr)n);
    return;
  }
  xmlUnlinkNode(n);
  xmlFreeNode(n);
}

static void free_doc(void *doc)
{
  xmlFreeDoc((xmlDocPtr)doc);
}

static xs_status make_copy(xs_arena *a, const xs_case *kase, earlier *e)
{
  e->kase = *kase;
  e->dropped = XS_NEW_ARRAY(a, e->later_count + 1, xmlNodePtr);
  e->kase.doc = xmlCopyDoc(kase->doc, 1);
  if (e->kase.doc && !xs_arena_defer(a, free_doc, e->kase.doc)) return XS_ENOMEM;
  if (!e->dropped || !e->kase.doc) return XS_ENOMEM;
  const xmlNode *from = xmlDocGetRootElement(kase->doc);
  xmlNodePtr to = xmlDocGetRootElement(e->kase.doc);
  e->kase.doc->_private = kase->doc->_private;
  xs_xml_copy_places(from, to);
  match_tree(e, from, to);
  while (e->dropped_count > 0) drop(e->dropped[--e->dropped_count]); /* inner ones first */
  return XS_OK;
}

/* ---- the text ---- */

static xs_status write_text(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                            const xs_fill_options *options, xs_diags *diags, xs_buf *out)
{
  xs_document *doc = NULL;
  xs_status st = xs_template_fill(t, kase, rules, options, diags, &doc);
  if (st) return st;
  xs_document_text(doc, out);
  xs_document_free(doc);
  return out->status;
}

xs_status xs_template_text(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                           const xs_fill_options *options, xs_diags *diags, xs_buf *out)
{
  xs_arena *a = xs_arena_new(xs_arena_host(t->arena));
  if (!a) return XS_ENOMEM;
  earlier e = {.about = NULL};
  xs_status st = find_later(a, t, kase, rules, options, diags, &e);
  if (!st) st = make_copy(a, kase, &e);
  if (!st) {
    xs_fill_options as_filed = *options;
    as_filed.copy = XS_COPY_FILING;
    as_filed.about = e.about;
    st = write_text(t, &e.kase, rules, &as_filed, diags, out);
  }
  xs_arena_free(a);
  return st;
}

xs_status xs_template_text_digest(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                                  const xs_fill_options *options, xs_diags *diags, char out[65])
{
  xs_buf text;
  xs_buf_init(&text, xs_arena_host(t->arena), XS_MAX_DOCUMENT_BYTES);
  xs_status st = xs_template_text(t, kase, rules, options, diags, &text);
  if (!st) st = xs_digest_hex(text.ptr, text.len, out);
  xs_buf_free(&text);
  return st;
}
