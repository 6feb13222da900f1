#include "output/metadata.h"

#include "base/limits.h"
#include "base/text.h"
#include "output/xmp.h"

/* ---- dates ----------------------------------------------------------------------------------- */

void xs_metadata_set_dates(xs_haru *h, HPDF_Dict dict, uint32_t date, const char *created,
                           const char *modified)
{
  if (!date) return;
  xs_text stamp = xs_arena_printf(h->arena, "D:%08u000000+08'00'", (unsigned)date);
  if (!stamp.ptr) {
    xs_haru_fail(h, XS_ENOMEM);
    return;
  }
  xs_haru_set(dict, created, xs_haru_ascii(h, stamp));
  xs_haru_set(dict, modified, xs_haru_ascii(h, stamp));
}

/* ---- information dictionary ------------------------------------------------------------------ */

static void set_text(xs_haru *h, HPDF_Dict dict, const char *key, xs_text text)
{
  if (text.len) xs_haru_set(dict, key, xs_haru_text(h, text));
}

static void write_info(xs_haru *h, const xs_pagelist *pages, const xs_pdf_options *options)
{
  HPDF_Dict info = h->doc->info; /* libharu has made one, with its own name as Producer */
  set_text(h, info, "Title", pages->title);
  set_text(h, info, "Author", pages->author);
  set_text(h, info, "Subject", pages->subject);
  set_text(h, info, "Creator", XS_LIT(XS_PDF_CREATOR));
  set_text(h, info, "Producer", options->producer.len ? options->producer : XS_LIT(XS_PDF_CREATOR));
  xs_metadata_set_dates(h, info, options->date, "CreationDate", "ModDate");
}

/* ---- XMP ------------------------------------------------------------------------------------- */

/* XMP stays readable to programs that do not know PDF: it is not packed. */
static void write_xmp(xs_haru *h, const xs_pagelist *pages, const xs_pdf_options *options,
                      unsigned part, xs_digest *digest)
{
  xs_buf packet;
  xs_buf_init(&packet, xs_arena_host(h->arena), XS_MAX_BUF_BYTES);
  xs_xmp_write(pages, options, part, &packet);
  xs_haru_fail(h, packet.status);
  if (!packet.status) {
    xs_text kept = xs_arena_text(h->arena, xs_buf_view(&packet));
    HPDF_Dict stream = xs_haru_stream(h, kept, NULL);
    xs_haru_set_name(stream, "Type", "Metadata");
    xs_haru_set_name(stream, "Subtype", "XML");
    xs_haru_set(h->doc->catalog, "Metadata", stream);
    xs_digest_add(digest, packet.ptr, packet.len);
    if (!kept.ptr) xs_haru_fail(h, XS_ENOMEM);
  }
  xs_buf_free(&packet);
}

/* ---- colours --------------------------------------------------------------------------------- */

static void write_output_intent(xs_haru *h, xs_deflater *deflater, xs_text icc)
{
  xs_text packed = XS_NO_TEXT;
  if (!icc.len) return;
  xs_haru_fail(h, xs_deflate(deflater, h->arena, icc, &packed));
  if (xs_haru_status(h)) return;
  HPDF_Dict profile = xs_haru_stream(h, packed, "FlateDecode");
  HPDF_Dict intent = xs_haru_indirect_dict(h);
  HPDF_Array intents = xs_haru_array(h);
  xs_haru_set_number(profile, "N", 3);
  xs_haru_set_name(intent, "Type", "OutputIntent");
  xs_haru_set_name(intent, "S", "GTS_PDFA1");
  xs_haru_set(intent, "OutputConditionIdentifier", xs_haru_ascii(h, XS_LIT("sRGB")));
  xs_haru_set(intent, "Info", xs_haru_ascii(h, XS_LIT("sRGB IEC61966-2.1")));
  xs_haru_set(intent, "DestOutputProfile", profile);
  xs_haru_push(intents, intent);
  xs_haru_set(h->doc->catalog, "OutputIntents", intents);
}

xs_status xs_metadata_write(xs_haru *h, xs_deflater *deflater, const xs_pagelist *pages,
                            const xs_pdf_options *options, unsigned part, xs_digest *digest)
{
  HPDF_Dict preferences = xs_haru_dict(h);
  write_info(h, pages, options);
  write_xmp(h, pages, options, part, digest);
  write_output_intent(h, deflater, options->icc);
  xs_haru_set_true(preferences, "DisplayDocTitle");
  xs_haru_set(h->doc->catalog, "ViewerPreferences", preferences);
  xs_haru_set(h->doc->catalog, "Lang", xs_haru_ascii(h, XS_LIT("zh-CN")));
  return xs_haru_status(h);
}
