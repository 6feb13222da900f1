#include "output/metadata.h"

#include "base/limits.h"
#include "base/text.h"

#define CREATOR "xieshang"

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
  set_text(h, info, "Creator", XS_LIT(CREATOR));
  set_text(h, info, "Producer", options->producer.len ? options->producer : XS_LIT(CREATOR));
  xs_metadata_set_dates(h, info, options->date, "CreationDate", "ModDate");
}

/* ---- XMP ------------------------------------------------------------------------------------- */

static void put_escaped(xs_buf *out, xs_text text)
{
  for (size_t i = 0; i < text.len; i++) {
    switch (text.ptr[i]) {
    case '&':
      xs_buf_str(out, "&amp;");
      break;
    case '<':
      xs_buf_str(out, "&lt;");
      break;
    case '>':
      xs_buf_str(out, "&gt;");
      break;
    default:
      xs_buf_add(out, text.ptr + i, 1);
    }
  }
}

/* <name>open text close</name> on a line of its own; nothing when the text is empty. */
static void put_property(xs_buf *out, const char *name, const char *open, xs_text text,
                         const char *close)
{
  if (!text.len) return;
  xs_buf_printf(out, "   <%s>%s", name, open);
  put_escaped(out, text);
  xs_buf_printf(out, "%s</%s>\n", close, name);
}

static void put_dates(xs_buf *out, uint32_t date)
{
  static const char *const names[] = {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"};
  if (!date) return;
  for (size_t i = 0; i < XS_COUNT(names); i++) {
    xs_buf_printf(out, "   <%s>%04u-%02u-%02uT00:00:00+08:00</%s>\n", names[i],
                  (unsigned)(date / 10000), (unsigned)(date / 100 % 100), (unsigned)(date % 100),
                  names[i]);
  }
}

static void put_packet(xs_buf *out, const xs_pagelist *pages, const xs_pdf_options *options,
                       bool archival)
{
  xs_buf_str(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "  <rdf:Description rdf:about=\"\"\n"
                  "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                  "    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                  "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                  "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
                  "   <dc:format>application/pdf</dc:format>\n"
                  "   <dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n");
  put_property(out, "dc:title", "<rdf:Alt><rdf:li xml:lang=\"x-default\">", pages->title,
               "</rdf:li></rdf:Alt>");
  put_property(out, "dc:creator", "<rdf:Seq><rdf:li>", pages->author, "</rdf:li></rdf:Seq>");
  put_property(out, "dc:description", "<rdf:Alt><rdf:li xml:lang=\"x-default\">", pages->subject,
               "</rdf:li></rdf:Alt>");
  put_property(out, "dc:identifier", "", pages->case_id, "");
  put_property(out, "pdf:Producer", "", options->producer.len ? options->producer : XS_LIT(CREATOR),
               "");
  put_property(out, "xmp:CreatorTool", "", XS_LIT(CREATOR), "");
  put_dates(out, options->date);
  if (archival) {
    xs_buf_str(out, "   <pdfaid:part>1</pdfaid:part>\n"
                    "   <pdfaid:conformance>B</pdfaid:conformance>\n");
  }
  xs_buf_str(out, "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}

/* XMP stays readable to programs that do not know PDF: it is not packed. */
static void write_xmp(xs_haru *h, const xs_pagelist *pages, const xs_pdf_options *options,
                      bool archival, xs_digest *digest)
{
  xs_buf packet;
  xs_buf_init(&packet, xs_arena_host(h->arena), XS_MAX_BUF_BYTES);
  put_packet(&packet, pages, options, archival);
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
                            const xs_pdf_options *options, bool archival, xs_digest *digest)
{
  HPDF_Dict preferences = xs_haru_dict(h);
  write_info(h, pages, options);
  write_xmp(h, pages, options, archival, digest);
  write_output_intent(h, deflater, options->icc);
  xs_haru_set_true(preferences, "DisplayDocTitle");
  xs_haru_set(h->doc->catalog, "ViewerPreferences", preferences);
  xs_haru_set(h->doc->catalog, "Lang", xs_haru_ascii(h, XS_LIT("zh-CN")));
  return xs_haru_status(h);
}
