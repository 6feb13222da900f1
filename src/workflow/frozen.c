#include "workflow/frozen.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "template/text_digest.h"

/* A wish with all that it names found. */
typedef struct order {
  const xs_template *t;
  xs_fill_options fill;
  xs_text item;
} order;

/* ---- what the paper is about ---- */

static xs_text id_of(const xmlNode *node)
{
  return node && node->type == XML_ELEMENT_NODE ? xs_xml_attr(node, "id") : XS_NO_TEXT;
}

static xs_status report_item(const xs_template *t, xs_text item, const xmlNode *const *nodes,
                             size_t count, xs_diags *diags)
{
  xs_diag(diags, XS_D_PAPER_ITEM, XS_NOWHERE,
          _("the case has no “%.*s” that “%.*s” could be about"), XS_TEXT(item),
          XS_TEXT(xs_template_name(t)));
  for (size_t i = 0; i < count; i++)
    if (id_of(nodes[i]).len)
      xs_diag_note(diags, xs_xml_any_span(nodes[i]), _("it has “%.*s”"), XS_TEXT(id_of(nodes[i])));
  return XS_EINPUT;
}

static bool is_around(const xmlNode *outer, const xmlNode *n)
{
  while (n && n != outer) n = n->parent;
  return n != NULL;
}

static const xmlNode *find_near(const xmlNode *near, const xmlNode *const *nodes, size_t count)
{
  for (size_t i = 0; near && i < count; i++)
    if (is_around(nodes[i], near)) return nodes[i];
  for (size_t i = count; near && i-- > 0;)
    if (is_around(near, nodes[i])) return nodes[i];
  return NULL;
}

/* The node of that id; or one in or around what it is near to; or the last one. */
static xs_status choose_node(const xs_template *t, const xs_paper_wish *wish,
                             const xmlNode *const *nodes, size_t count, xs_diags *diags,
                             const xmlNode **out)
{
  *out = NULL;
  for (size_t i = 0; i < count && wish->item.len; i++)
    if (xs_text_equal(id_of(nodes[i]), wish->item)) *out = nodes[i];
  if (!*out && wish->item.len) return report_item(t, wish->item, nodes, count, diags);
  for (size_t i = 0; i < XS_COUNT(wish->near) && !*out; i++)
    *out = find_near(wish->near[i], nodes, count);
  if (!*out && count > 0) *out = nodes[count - 1]; /* none at all: the fill says so */
  return XS_OK;
}

static xs_status place_order(xs_arena *a, xs_engine *engine, const xs_case *kase,
                             const xs_rules *rules, const xs_paper_wish *wish, xs_diags *diags,
                             order *o)
{
  *o = (order){.fill = {.copy = wish->copy}};
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_status st = xs_engine_template(engine, wish->template_id, diags, &o->t);
  if (!st) st = xs_engine_date(engine, kase, wish->date, diags, &o->fill.date);
  if (!st) st = xs_template_nodes(a, o->t, kase, rules, &o->fill, diags, &nodes, &count);
  if (!st) st = choose_node(o->t, wish, nodes, count, diags, &o->fill.about);
  if (!st) o->item = id_of(o->fill.about);
  return st;
}

/* ---- its bytes ---- */

static xs_status write_pdf(xs_arena *a, xs_engine *engine, const xs_case *kase,
                           const xs_rules *rules, const order *o, xs_diags *diags, xs_frozen *out)
{
  xs_document *doc = NULL;
  xs_pagelist *pages = NULL;
  xs_buf pdf;
  xs_buf_init(&pdf, engine->host, XS_MAX_BUF_BYTES);
  xs_status st = xs_engine_set(engine, o->t, kase, rules, &o->fill, diags, &doc, &pages);
  if (!st) {
    xs_pdf_options how = xs_engine_pdf_options(engine, o->fill.date, false, diags);
    how.origin = xs_engine_pdf_origin(o->t, o->fill.copy);
    st = xs_pdf_write(pages, &how, diags, &pdf);
  }
  if (!st) {
    out->title = xs_arena_text(a, doc->title);
    out->bytes = xs_arena_text(a, xs_buf_view(&pdf));
    if (!out->title.ptr || !out->bytes.ptr) st = XS_ENOMEM;
  }
  if (!st) st = xs_digest_hex(out->bytes.ptr, out->bytes.len, out->digest);
  xs_pagelist_free(pages);
  xs_document_free(doc);
  xs_buf_free(&pdf);
  return st;
}

/* ---- the whole ---- */

static xs_status describe(xs_arena *a, const order *o, xs_frozen *out)
{
  out->template_id = xs_arena_text(a, xs_template_id(o->t));
  out->template_version = xs_arena_text(a, xs_template_version(o->t));
  out->template_digest = xs_arena_text(a, xs_text_of(xs_template_digest(o->t)));
  out->item = xs_arena_text(a, o->item);
  out->copy = o->fill.copy;
  out->date = o->fill.date;
  bool is_whole = out->template_id.ptr && out->template_version.ptr && out->template_digest.ptr &&
                  out->item.ptr;
  return is_whole ? XS_OK : XS_ENOMEM;
}

xs_status xs_paper_freeze(xs_arena *a, xs_engine *engine, const xs_case *kase,
                          const xs_rules *rules, const xs_paper_wish *wish, xs_diags *diags,
                          xs_frozen *out)
{
  *out = (xs_frozen){.copy = wish->copy};
  order o;
  xs_status st = place_order(a, engine, kase, rules, wish, diags, &o);
  if (!st)
    st = xs_template_slots(a, o.t, kase, rules, &o.fill, diags, &out->slots, &out->slot_count);
  if (!st) st = describe(a, &o, out);
  if (!st) st = write_pdf(a, engine, kase, rules, &o, diags, out);
  if (!st) st = xs_template_text_digest(o.t, kase, rules, &o.fill, diags, out->text_digest);
  return st;
}

xs_status xs_paper_text_digest(xs_arena *a, xs_engine *engine, const xs_case *kase,
                               const xs_rules *rules, const xs_paper_wish *wish, xs_diags *diags,
                               char out[65])
{
  order o;
  xs_status st = place_order(a, engine, kase, rules, wish, diags, &o);
  if (!st) st = xs_template_text_digest(o.t, kase, rules, &o.fill, diags, out);
  return st;
}
