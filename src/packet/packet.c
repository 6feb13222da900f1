/*
 * Packets: papers, one merged file and one archive, written all or nothing.
 *
 * Everything is made in memory. Only when all of it is there does one call of the host put the
 * new folder in the place of the old one, so that a failure at any time before leaves the old
 * folder as it was.
 */
#include "packet/packet.h"

#include "base/limits.h"
#include "base/text.h"
#include "output/pdf.h"
#include "packet/manifest.h"
#include "packet/zip.h"

#include <errno.h>
#include <string.h>

#define PACKET_PDF "packet.pdf"
#define PACKET_ZIP "packet.zip"
#define CASE_XML   "case.xml"

/* The files of a packet on their way to the disk. */
typedef struct shelf {
  xs_host_file *files;
  size_t count, capacity;
  xs_buf pdf, manifest, sums, zip;
} shelf;

static xs_status put(xs_packet *p, shelf *s, xs_text name, xs_text bytes)
{
  xs_host_file *file = XS_PUSH(p->a, s->files, s->count, s->capacity);
  if (!file) return XS_ENOMEM;
  *file = (xs_host_file){name, bytes.ptr, bytes.len};
  return XS_OK;
}

static xs_status put_papers(xs_packet *p, shelf *s)
{
  xs_status status = XS_OK;
  for (size_t i = 0; i < p->paper_count && !status; i++)
    if (p->papers[i].file.len) status = put(p, s, p->papers[i].file, p->papers[i].bytes);
  return status;
}

static xs_status write_pdf(xs_packet *p, shelf *s)
{
  xs_pagelist *pages = NULL;
  xs_status status = xs_packet_bind(p, &pages);
  if (status) return status;
  const xs_pdf_attachment attachment = {
      .name = XS_LIT(CASE_XML),
      .mime = XS_LIT("application/xml"),
      .description = pages->title,
      .bytes = xs_xml_raw(p->kase->doc),
  };
  xs_pdf_options options =
      xs_engine_pdf_options(p->engine, p->date, p->options->flatten != 0, p->diags);
  options.origin =
      (xs_pdf_origin){p->plan->id, p->plan->version, xs_text_of(p->plan->digest), XS_NO_TEXT};
  options.attachments = &attachment;
  options.attachment_count = p->options->attach_case ? 1 : 0;
  status = xs_pdf_write(pages, &options, p->diags, &s->pdf);
  xs_pagelist_free(pages);
  if (!status) status = put(p, s, XS_LIT(PACKET_PDF), xs_buf_view(&s->pdf));
  return status;
}

/* In the folder stand papers and packet.pdf; in the archive the case, the manifest and the sums
 * as well. */
static xs_status write_zip(xs_packet *p, shelf *s)
{
  size_t kept = s->count;
  xs_status status = put(p, s, XS_LIT(CASE_XML), xs_xml_raw(p->kase->doc));
  if (!status) status = xs_manifest_write(p, s->files, s->count, &s->manifest, &s->sums);
  if (!status) status = put(p, s, XS_LIT(XS_MANIFEST_NAME), xs_buf_view(&s->manifest));
  if (!status) status = put(p, s, XS_LIT(XS_SUMS_NAME), xs_buf_view(&s->sums));
  if (!status)
    status = xs_zip_write(p->engine->host, s->files, s->count, p->date, p->diags, &s->zip);
  s->count = kept;
  if (!status) status = put(p, s, XS_LIT(PACKET_ZIP), xs_buf_view(&s->zip));
  return status;
}

/* ---- the folder ---- */

/* NN_… is how papers are named. What a manifest names otherwise is not removed on its word. */
static bool is_numbered(xs_text name)
{
  for (size_t i = 0; i < 2; i++)
    if (i >= name.len || name.ptr[i] < '0' || name.ptr[i] > '9') return false;
  return name.len > 2 && name.ptr[2] == '_';
}

/*
 * What the packet that stands in the folder now wrote there, so that it goes away with it. A
 * packet that cannot be read, or none, wrote nothing that we know of.
 */
static xs_status find_stale(xs_packet *p, xs_text old_zip, const xs_text **names, size_t *count)
{
  xs_diags *quiet = xs_diags_new(p->engine->host);
  if (!quiet) return XS_ENOMEM;
  xs_zip *zip = NULL;
  xs_manifest manifest = {0};
  xs_buf bytes;
  xs_buf_init(&bytes, p->engine->host, XS_MAX_MANIFEST_BYTES);
  xs_status status = xs_zip_open(p->a, old_zip, XS_LIT(PACKET_ZIP), quiet, &zip);
  if (!status) status = xs_zip_find(zip, XS_MANIFEST_NAME, XS_MAX_MANIFEST_BYTES, &bytes);
  if (!status)
    status = xs_manifest_read(p->a, xs_buf_view(&bytes), XS_LIT(PACKET_ZIP), quiet, &manifest);
  xs_buf_free(&bytes);
  xs_diags_free(quiet);
  if (status == XS_ENOMEM) return status;

  xs_text *stale = XS_NEW_ARRAY(p->a, manifest.count, xs_text);
  if (manifest.count && !stale) return XS_ENOMEM;
  *count = 0;
  for (size_t i = 0; i < manifest.count; i++)
    if (is_numbered(manifest.files[i].name)) stale[(*count)++] = manifest.files[i].name;
  *names = stale;
  return XS_OK;
}

/* With what to do about it, where the folder itself is the reason. */
static void say_unwritable(xs_diags *diags, const char *dir, int error)
{
  xs_diag(diags, XS_D_FILE_WRITE, XS_NOWHERE, _("“%s” cannot be written: %s"), dir,
          strerror(error));
  if (error == EINVAL)
    xs_diag_note(diags, XS_NOWHERE,
                 _("a packet takes the place of a whole folder; name one of its own"));
  if (error == ENOTEMPTY)
    xs_diag_note(diags, XS_NOWHERE,
                 _("the folder holds other folders; name an empty or a new one"));
}

static xs_status save(xs_packet *p, const shelf *s, const char *dir)
{
  const xs_host *host = p->engine->host;
  const xs_text *stale = NULL;
  size_t stale_count = 0;
  const void *old = NULL;
  size_t old_len = 0;
  xs_text path = xs_arena_printf(p->a, "%s/" PACKET_ZIP, dir);
  if (!path.ptr) return XS_ENOMEM;
  if (host->map(host->user, path.ptr, XS_MAX_ZIP_BYTES, &old, &old_len) == 0) {
    xs_status status = find_stale(p, (xs_text){old, old_len}, &stale, &stale_count);
    host->unmap(host->user, old, old_len);
    if (status) return status;
  }
  if (host->save_dir(host->user, dir, s->files, s->count, stale, stale_count) == 0) return XS_OK;
  say_unwritable(p->diags, dir, errno);
  return XS_EIO;
}

/* ---- from start to end ---- */

static xs_status make(xs_packet *p, const char *dir)
{
  const xs_host *host = p->engine->host;
  shelf s = {0};
  xs_buf_init(&s.pdf, host, XS_MAX_BUF_BYTES);
  xs_buf_init(&s.manifest, host, XS_MAX_MANIFEST_BYTES);
  xs_buf_init(&s.sums, host, XS_MAX_MANIFEST_BYTES);
  xs_buf_init(&s.zip, host, XS_MAX_BUF_BYTES);
  xs_status status = xs_packet_select(p);
  if (!status) status = xs_packet_set(p);
  if (!status) status = xs_packet_settle(p);
  if (!status) status = put_papers(p, &s);
  if (!status) status = write_pdf(p, &s);
  if (!status) status = write_zip(p, &s);
  if (!status) status = save(p, &s, dir);
  xs_buf_free(&s.pdf);
  xs_buf_free(&s.manifest);
  xs_buf_free(&s.sums);
  xs_buf_free(&s.zip);
  return status;
}

xs_status xs_engine_packet_order(xs_engine *engine, const xs_packet_order *order, const char *dir,
                                 xs_diags *diags)
{
  xs_packet p = {
      .engine = engine,
      .kase = order->kase,
      .rules = order->rules,
      .record = order->record,
      .options = order->options,
      .diags = diags,
      .a = xs_arena_new(engine->host),
  };
  xs_status status = p.a ? XS_OK : XS_ENOMEM;
  if (!status) status = xs_engine_date(engine, p.kase, order->options->date, diags, &p.date);
  if (!status && !p.rules) status = xs_engine_rules(engine, p.kase, diags, &p.rules);
  if (!status) status = xs_engine_plan(engine, xs_text_of(order->which), diags, &p.plan);
  if (!status) status = make(&p, dir);
  xs_arena_free(p.a);
  return status;
}

xs_status xs_engine_packet(xs_engine *engine, const char *which, const xs_case *kase,
                           const xs_packet_options *options, const char *dir, xs_diags *diags)
{
  const xs_packet_order order = {.which = which, .kase = kase, .options = options};
  return xs_engine_packet_order(engine, &order, dir, diags);
}
