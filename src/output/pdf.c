#include "output/pdf.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "output/attachment.h"
#include "output/content.h"
#include "output/deflate.h"
#include "output/font.h"
#include "output/haru.h"
#include "output/image.h"
#include "output/metadata.h"
#include "output/outline.h"
#include "output/subset.h"
#include "output/usage.h"

#include <stdlib.h>

enum { PAGES_PER_NODE = 100 };

/* One file while it is made. */
typedef struct job {
  const xs_pagelist *pages;
  const xs_pdf_options *options;
  xs_diags *diags;
  xs_haru haru;
  xs_deflater *deflater;
  xs_digest *digest; /* of all that goes into the file, for its ID */
  xs_usage usage;
  xs_images images;
  HPDF_Dict *page_dicts;
  HPDF_Dict resources; /* one for all pages: they share their fonts anyway */
} job;

static bool is_said(const xs_diags *diags, xs_text message)
{
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    if (xs_text_equal(view.text, message)) return true;
  return false;
}

/* Once for all the files of a packet: PDF/A asks for fonts that may be embedded. */
static xs_status warn_of_licence(job *j, const xs_face *face)
{
  xs_text message = xs_arena_printf(
      j->haru.arena, _("the maker of the font “%.*s” does not allow that it is cut and embedded"),
      XS_TEXT(face->name));
  if (!message.ptr) return XS_ENOMEM;
  if (!is_said(j->diags, message))
    xs_diag(j->diags, XS_D_FONT_RESTRICTED, xs_face_span(face, j->diags), "%.*s", XS_TEXT(message));
  return XS_OK;
}

static xs_status embed_fonts(job *j)
{
  HPDF_Dict fonts = xs_haru_dict(&j->haru);
  for (size_t i = 0; i < j->usage.face_count; i++) {
    xs_used_face *face = j->usage.faces[i];
    xs_status status = xs_font_embed(&j->haru, j->deflater, face, fonts, j->digest);
    if (status == XS_EINPUT) {
      xs_diag(j->diags, XS_D_FONT_BROKEN, xs_face_span(face->face, j->diags),
              _("the font “%.*s” cannot be embedded: %.*s"), XS_TEXT(face->face->name),
              XS_TEXT(face->face->file));
    }
    if (!status && !xs_subset_allowed(face->face)) status = warn_of_licence(j, face->face);
    if (status) return status;
  }
  xs_haru_set(j->resources, "Font", fonts);
  return xs_haru_status(&j->haru);
}

static xs_status embed_images(job *j)
{
  HPDF_Dict images = xs_haru_dict(&j->haru);
  xs_status status = xs_images_embed(&j->haru, j->deflater, j->pages, j->options->flatten, j->diags,
                                     images, j->digest, &j->images);
  if (status) return status;
  if (j->images.count) xs_haru_set(j->resources, "XObject", images);
  return xs_haru_status(&j->haru);
}

/* In what colours a page with transparency is blended. */
static HPDF_Dict make_group(xs_haru *h)
{
  HPDF_Dict group = xs_haru_dict(h);
  xs_haru_set_name(group, "S", "Transparency");
  xs_haru_set_name(group, "CS", "DeviceRGB");
  return group;
}

static xs_status add_page(job *j, size_t i, xs_buf *content)
{
  const xs_page *page = &j->pages->pages[i];
  xs_text packed = XS_NO_TEXT;
  content->len = 0;
  xs_status status = xs_content_write(page, &j->usage, &j->images, content);
  if (!status) status = xs_deflate(j->deflater, j->haru.arena, xs_buf_view(content), &packed);
  if (status) return status;
  xs_digest_add(j->digest, content->ptr, content->len);

  HPDF_Page dict = HPDF_AddPage(j->haru.doc);
  HPDF_Array box = xs_haru_array(&j->haru);
  if (!dict) return xs_haru_status(&j->haru);
  xs_haru_push_number(box, 0);
  xs_haru_push_number(box, 0);
  xs_haru_push_len(box, page->width);
  xs_haru_push_len(box, page->height);
  xs_haru_set(dict, "MediaBox", box);
  xs_haru_set(dict, "Resources", j->resources);
  if (xs_images_transparent(&j->images, page)) xs_haru_set(dict, "Group", make_group(&j->haru));
  j->page_dicts[i] = dict;
  HPDF_PageAttr attr = dict->attr;
  xs_haru_stream_set(&j->haru, attr->contents, packed, "FlateDecode");
  return xs_haru_status(&j->haru);
}

static xs_status add_pages(job *j)
{
  xs_status status = XS_OK;
  xs_buf content;
  j->page_dicts = XS_NEW_ARRAY(j->haru.arena, j->pages->page_count, HPDF_Dict);
  if (!j->page_dicts) return XS_ENOMEM;
  xs_buf_init(&content, xs_arena_host(j->haru.arena), XS_MAX_BUF_BYTES);
  if (j->pages->page_count > PAGES_PER_NODE) {
    HPDF_SetPagesConfiguration(j->haru.doc, PAGES_PER_NODE);
  }
  for (size_t i = 0; !status && i < j->pages->page_count; i++) {
    status = add_page(j, i, &content);
  }
  xs_buf_free(&content);
  return status;
}

static unsigned char byte_of(const char hex[2])
{
  const char pair[] = {hex[0], hex[1], 0};
  return (unsigned char)strtoul(pair, NULL, 16);
}

/* The first half of the digest of all that is in the file. */
static xs_status set_id(job *j)
{
  char hex[XS_DIGEST_HEX_LEN + 1];
  unsigned char bytes[16];
  xs_status status = xs_digest_end(j->digest, hex);
  if (status) return status;
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = byte_of(hex + 2 * i);
  HPDF_Array id = xs_haru_array(&j->haru);
  xs_haru_push(id, xs_haru_bytes(&j->haru, bytes, sizeof bytes));
  xs_haru_push(id, xs_haru_bytes(&j->haru, bytes, sizeof bytes));
  xs_haru_set(j->haru.doc->trailer, "ID", id);
  return xs_haru_status(&j->haru);
}

/* The oldest part of PDF/A that allows what is in the file; 0: colours have no meaning without a
 * profile, and the file is none. */
static unsigned archival_part(const job *j)
{
  if (!j->options->icc.len) return 0;
  if (j->options->attachment_count) return 3;
  return j->images.transparent ? 2 : 1;
}

static xs_status build(job *j)
{
  xs_status status = xs_usage_collect(j->haru.arena, j->pages, &j->usage);
  if (status) return status;
  j->resources = xs_haru_indirect_dict(&j->haru);
  status = embed_fonts(j);
  if (!status) status = embed_images(j);
  if (!status) status = add_pages(j);
  unsigned part = archival_part(j);
  bool is_new = part > 1 || j->options->attachment_count;
  j->haru.doc->pdf_version = is_new ? HPDF_VER_17 : HPDF_VER_14;
  if (!status) status = xs_outline_write(&j->haru, j->pages, j->page_dicts);
  if (!status) status = xs_labels_write(&j->haru, j->pages);
  if (!status) {
    status = xs_metadata_write(&j->haru, j->deflater, j->pages, j->options, part, j->digest);
  }
  if (!status) status = xs_attachments_write(&j->haru, j->deflater, j->options, j->digest);
  if (!status) status = set_id(j);
  return status;
}

xs_status xs_pdf_write(const xs_pagelist *pages, const xs_pdf_options *options, xs_diags *diags,
                       xs_buf *out)
{
  const xs_host *host = out->host;
  job j = {.pages = pages, .options = options, .diags = diags};
  size_t before = out->len;
  xs_status status = xs_haru_open(host, &j.haru);
  if (status) return status;
  j.deflater = xs_deflater_new(host);
  j.digest = xs_digest_new(host);
  status = j.deflater && j.digest ? build(&j) : XS_ENOMEM;
  if (!status) status = xs_haru_write(&j.haru, out);
  if (status) out->len = before;
  xs_digest_free(j.digest);
  xs_deflater_free(j.deflater);
  xs_haru_close(&j.haru);
  return status;
}
