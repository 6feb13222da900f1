/* The pages and files of the papers of a packet. */
#include "base/limits.h"
#include "base/text.h"
#include "output/pdf.h"
#include "packet/name.h"
#include "packet/packet.h"

#include <errno.h>
#include <string.h>

/* ---- things that live as long as an arena ---- */

static void free_document(void *doc)
{
  xs_document_free(doc);
}

static void free_pages(void *pages)
{
  xs_pagelist_free(pages);
}

static void free_buf(void *buf)
{
  xs_buf_free(buf);
}

/* The document is registered first and so dropped last: pictures of the pages stand in it. */
xs_status xs_packet_pages(xs_packet *p, xs_arena *a, const xs_template *t,
                          const xs_fill_options *options, const xs_document **doc,
                          const xs_pagelist **pages)
{
  xs_document *filled = NULL;
  xs_pagelist *list = NULL;
  xs_status status =
      xs_engine_set(p->engine, t, p->kase, p->rules, options, p->diags, &filled, &list);
  if (status) return status;
  if (!xs_arena_defer(a, free_document, filled)) {
    xs_pagelist_free(list);
    return XS_ENOMEM;
  }
  if (!xs_arena_defer(a, free_pages, list)) return XS_ENOMEM;
  *doc = filled;
  *pages = list;
  return XS_OK;
}

xs_status xs_packet_template(xs_packet *p, xs_text id, xs_span named, const xs_template **out)
{
  size_t before = xs_diags_count(p->diags, XS_ERROR);
  xs_status status = xs_engine_template(p->engine, id, p->diags, out);
  if (status && named.source && xs_diags_count(p->diags, XS_ERROR) > before)
    xs_diag_note(p->diags, named, _("the plan asks for this template here"));
  return status;
}

/* ---- one paper ---- */

static xs_status write_pdf(xs_packet *p, xs_paper *paper)
{
  xs_buf *pdf = XS_NEW(p->a, xs_buf);
  if (!pdf) return XS_ENOMEM;
  xs_buf_init(pdf, p->engine->host, XS_MAX_BUF_BYTES);
  if (!xs_arena_defer(p->a, free_buf, pdf)) return XS_ENOMEM;
  xs_pdf_options options =
      xs_engine_pdf_options(p->engine, p->date, p->options->flatten != 0, p->diags);
  options.origin = xs_engine_pdf_origin(paper->t, paper->entry->copy);
  xs_status status = xs_pdf_write(paper->pages, &options, p->diags, pdf);
  paper->bytes = xs_buf_view(pdf);
  return status;
}

/* ---- one attached file ---- */

typedef struct mapped {
  const xs_host *host;
  const void *ptr;
  size_t len;
} mapped;

static void unmap(void *thing)
{
  mapped *m = thing;
  m->host->unmap(m->host->user, m->ptr, m->len);
}

static xs_status refuse(xs_packet *p, const xs_paper *paper, const char *why)
{
  xs_text file = xs_xml_attr(paper->about, "file");
  xs_diag(p->diags, XS_D_ATTACHMENT, xs_xml_attr_span(paper->about, "file"),
          _("“%.*s” cannot be attached: %s"), XS_TEXT(file), why);
  return XS_EINPUT;
}

/* Attached files stand beside the case or in folders below it. */
static xs_text path_of(xs_packet *p, xs_text file)
{
  xs_text folder = p->kase->path;
  while (folder.len && folder.ptr[folder.len - 1] != '/') folder.len--;
  return xs_arena_printf(p->a, "%.*s%.*s", XS_TEXT(folder), XS_TEXT(file));
}

static xs_status read_attachment(xs_packet *p, xs_paper *paper)
{
  xs_text file = xs_xml_attr(paper->about, "file");
  const char *danger = xs_name_danger(file);
  if (danger) return refuse(p, paper, _(danger));

  const xs_host *host = p->kase->files ? p->kase->files : p->engine->host;
  xs_text path = path_of(p, file);
  mapped *m = XS_NEW(p->a, mapped);
  if (!path.ptr || !m) return XS_ENOMEM;
  m->host = host;
  if (host->map(host->user, path.ptr, XS_MAX_ATTACHED_BYTES, &m->ptr, &m->len) != 0)
    return refuse(p, paper, strerror(errno));
  if (!xs_arena_defer(p->a, unmap, m)) return XS_ENOMEM;
  paper->bytes = (xs_text){m->ptr, m->len};
  return XS_OK;
}

/* The page that says what is attached is only a page of the packet, not a file of its own. */
static xs_status set_paper(xs_packet *p, xs_paper *paper)
{
  const xs_plan_entry *e = paper->entry;
  const xs_fill_options options = {
      .copy = e->copy, .date = p->date, .about = paper->about, .record = p->record};
  const xs_document *doc = NULL;
  xs_status status = XS_OK;
  if (paper->t) status = xs_packet_pages(p, p->a, paper->t, &options, &doc, &paper->pages);
  if (status) return status;
  if (doc && doc->title.len) paper->title = doc->title;
  if (paper->pages) paper->page_count = (uint32_t)paper->pages->page_count;
  if (e->template_id.len) return write_pdf(p, paper);
  return paper->file.len ? read_attachment(p, paper) : XS_OK;
}

/* Another copy of a paper that has failed would fail in the same places again. */
static bool has_failed_before(const xs_packet *p, const xs_paper *paper)
{
  for (const xs_paper *other = p->papers; other < paper; other++)
    if (other->failed && other->t == paper->t && other->about == paper->about) return true;
  return false;
}

/* A mistake in one paper does not hide those of the others. */
xs_status xs_packet_set(xs_packet *p)
{
  xs_status worst = XS_OK;
  for (size_t i = 0; i < p->paper_count; i++) {
    xs_paper *paper = &p->papers[i];
    if (p->options->progress)
      p->options->progress(p->options->user, i, p->paper_count, paper->name);
    if (has_failed_before(p, paper)) continue;
    xs_status status = set_paper(p, paper);
    if (status && status != XS_EINPUT) return status;
    paper->failed = status != XS_OK;
    if (status) worst = status;
  }
  return worst;
}
