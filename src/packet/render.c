/* One paper: the stages one after another, from a template and a case to bytes. */
#include "base/limits.h"
#include "base/text.h"
#include "model/dump.h"
#include "packet/engine.h"

/* What one render holds. */
typedef struct render {
  xs_case *blank; /* the empty case, when none was given */
  const xs_case *kase;
  const xs_template *t;
  const xs_rules *rules;
  xs_fill_options fill;
} render;

static xs_status prepare(xs_engine *engine, const xs_paper_order *order, xs_diags *diags, render *r)
{
  *r = (render){.kase = order->kase, .rules = order->rules};
  r->fill = (xs_fill_options){
      .copy = order->options.copy,
      .blank = order->options.blank != 0,
      .item = order->options.item,
      .record = order->record,
  };
  xs_status status = XS_OK;
  if (!r->kase) {
    status = xs_case_blank(engine->host, diags, &r->blank);
    r->kase = r->blank;
  }
  uint32_t date = order->options.date;
  if (!status) status = xs_engine_date(engine, r->kase, date, diags, &r->fill.date);
  if (!status && !r->rules) status = xs_engine_rules(engine, r->kase, diags, &r->rules);
  if (!status) status = xs_engine_template(engine, xs_text_of(order->which), diags, &r->t);
  return status;
}

xs_status xs_engine_set(xs_engine *engine, const xs_template *t, const xs_case *kase,
                        const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                        xs_document **doc, xs_pagelist **pages)
{
  xs_fontset *fonts = NULL;
  *doc = NULL;
  *pages = NULL;
  xs_status status = xs_engine_fonts(engine, diags, &fonts);
  if (!status) status = xs_template_fill(t, kase, rules, options, diags, doc);
  if (status) return status;
  xs_document_check(*doc);
  status = xs_layout(*doc, fonts, diags, pages);
  if (!status) {
    xs_pagelist_check(*pages);
    return XS_OK;
  }
  xs_document_free(*doc);
  *doc = NULL;
  return status;
}

xs_pdf_options xs_engine_pdf_options(xs_engine *engine, uint32_t date, bool flatten,
                                     xs_diags *diags)
{
  return (xs_pdf_options){
      .date = date,
      .producer = engine->producer,
      .icc = xs_engine_icc(engine, diags),
      .flatten = flatten,
  };
}

xs_pdf_origin xs_engine_pdf_origin(const xs_template *t, xs_copy copy)
{
  return (xs_pdf_origin){
      .id = xs_template_id(t),
      .version = xs_template_version(t),
      .digest = xs_text_of(xs_template_digest(t)),
      .copy = xs_text_of(xs_copy_name(copy)),
  };
}

/* Gives the bytes of a buffer away, or frees them after a failure. */
static xs_status hand_over(xs_buf *buf, xs_status status, xs_bytes *out)
{
  if (status)
    xs_buf_free(buf);
  else
    *out = (xs_bytes){buf->host, buf->ptr, buf->len};
  return status;
}

xs_status xs_engine_render_order(xs_engine *engine, const xs_paper_order *order, xs_diags *diags,
                                 xs_bytes *out)
{
  *out = (xs_bytes){engine->host, NULL, 0};
  render r;
  xs_document *doc = NULL;
  xs_pagelist *pages = NULL;
  xs_buf pdf;
  xs_buf_init(&pdf, engine->host, XS_MAX_BUF_BYTES);
  xs_status status = prepare(engine, order, diags, &r);
  if (!status) status = xs_engine_set(engine, r.t, r.kase, r.rules, &r.fill, diags, &doc, &pages);
  if (!status) {
    bool flatten = order->options.flatten != 0;
    xs_pdf_options how = xs_engine_pdf_options(engine, r.fill.date, flatten, diags);
    how.origin = xs_engine_pdf_origin(r.t, order->options.copy);
    status = xs_pdf_write(pages, &how, diags, &pdf);
  }
  xs_pagelist_free(pages);
  xs_document_free(doc);
  xs_case_free(r.blank);
  return hand_over(&pdf, status, out);
}

xs_status xs_engine_render(xs_engine *engine, const char *which, const xs_case *kase,
                           const xs_render_options *options, xs_diags *diags, xs_bytes *out)
{
  const xs_paper_order order = {.which = which, .kase = kase, .options = *options};
  return xs_engine_render_order(engine, &order, diags, out);
}

xs_status xs_engine_dump_order(xs_engine *engine, const xs_paper_order *order, xs_stage stage,
                               xs_diags *diags, xs_bytes *out)
{
  *out = (xs_bytes){engine->host, NULL, 0};
  render r;
  xs_document *doc = NULL;
  xs_pagelist *pages = NULL;
  xs_buf text;
  xs_buf_init(&text, engine->host, XS_MAX_BUF_BYTES);
  xs_status status = prepare(engine, order, diags, &r);
  switch (stage) {
  case XS_STAGE_DOCUMENT:
    if (!status) status = xs_template_fill(r.t, r.kase, r.rules, &r.fill, diags, &doc);
    if (!status) xs_document_check(doc);
    if (!status) xs_document_dump(doc, &text);
    break;
  case XS_STAGE_PAGES:
    if (!status) status = xs_engine_set(engine, r.t, r.kase, r.rules, &r.fill, diags, &doc, &pages);
    if (!status) xs_pagelist_dump(pages, &text);
    break;
  }
  if (!status) status = text.status;
  xs_pagelist_free(pages);
  xs_document_free(doc);
  xs_case_free(r.blank);
  return hand_over(&text, status, out);
}

xs_status xs_engine_dump(xs_engine *engine, const char *which, const xs_case *kase,
                         const xs_render_options *options, xs_stage stage, xs_diags *diags,
                         xs_bytes *out)
{
  const xs_paper_order order = {.which = which, .kase = kase, .options = *options};
  return xs_engine_dump_order(engine, &order, stage, diags, out);
}

void xs_bytes_free(xs_bytes *bytes)
{
  if (!bytes || !bytes->ptr) return;
  bytes->host->resize(bytes->host->user, bytes->ptr, 0);
  bytes->ptr = NULL;
  bytes->len = 0;
}
