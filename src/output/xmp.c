/*
 * One property a line, without indentation: the packet is not packed, since it has to be readable
 * to programs that do not know PDF, and so each byte of it counts.
 *
 * What stands in the information dictionary too says the same here, as PDF/A-1 demands: title,
 * author, subject, producer, creator, dates.
 */
#include "output/xmp.h"

#include "base/text.h"
#include "output/markup.h"

#define OWN_SCHEMA "urn:xieshang:paper:1#"
#define OWN_PREFIX "xieshang"

/* <name>open text close</name>; nothing when the text is empty. */
static void put_property(xs_buf *out, const char *name, const char *open, xs_text text,
                         const char *close)
{
  if (!text.len) return;
  xs_buf_printf(out, "<%s>%s", name, open);
  xs_markup_put(out, text);
  xs_buf_printf(out, "%s</%s>\n", close, name);
}

static void put_dates(xs_buf *out, uint32_t date)
{
  static const char *const names[] = {"xmp:CreateDate", "xmp:ModifyDate"};
  if (!date) return;
  for (size_t i = 0; i < XS_COUNT(names); i++) {
    xs_buf_printf(out, "<%s>%04u-%02u-%02uT00:00:00+08:00</%s>\n", names[i],
                  (unsigned)(date / 10000), (unsigned)(date / 100 % 100), (unsigned)(date % 100),
                  names[i]);
  }
}

static void put_known(const xs_pagelist *pages, const xs_pdf_options *options, unsigned part,
                      xs_buf *out)
{
  static const char open[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
  static const char close[] = "</rdf:li></rdf:Alt>";
  xs_buf_str(out, "<rdf:Description rdf:about=\"\""
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
                  "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n");
  put_property(out, "dc:title", open, pages->title, close);
  put_property(out, "dc:creator", "<rdf:Seq><rdf:li>", pages->author, "</rdf:li></rdf:Seq>");
  put_property(out, "dc:description", open, pages->subject, close);
  put_property(out, "pdf:Producer", "",
               options->producer.len ? options->producer : XS_LIT(XS_PDF_CREATOR), "");
  put_property(out, "xmp:CreatorTool", "", XS_LIT(XS_PDF_CREATOR), "");
  put_dates(out, options->date);
  if (part) {
    xs_buf_printf(
        out, "<pdfaid:part>%u</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n", part);
  }
  xs_buf_str(out, "</rdf:Description>\n");
}

/* ---- the schema of our own ------------------------------------------------------------------- */

static void put_own(const xs_pagelist *pages, const xs_pdf_options *options, xs_buf *out)
{
  xs_buf_str(out, "<rdf:Description rdf:about=\"\" xmlns:" OWN_PREFIX "=\"" OWN_SCHEMA "\">\n");
#define X(property, value, what) put_property(out, OWN_PREFIX ":" property, "", value, "");
#include "output/record.def"
#undef X
  xs_buf_str(out, "</rdf:Description>\n");
}

static void describe(xs_buf *out, const char *property, xs_text value, const char *what)
{
  if (!value.len) return;
  xs_buf_printf(out,
                "<rdf:li rdf:parseType=\"Resource\">"
                "<pdfaProperty:name>%s</pdfaProperty:name>"
                "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
                "<pdfaProperty:category>external</pdfaProperty:category>"
                "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
                property, what);
}

/* PDF/A allows only those properties beside the known ones that the file explains. */
static void put_extension(const xs_pagelist *pages, const xs_pdf_options *options, xs_buf *out)
{
  xs_buf_str(out, "<rdf:Description rdf:about=\"\""
                  " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                  " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                  " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                  "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaSchema:schema>Origin of a paper</pdfaSchema:schema>\n"
                  "<pdfaSchema:namespaceURI>" OWN_SCHEMA "</pdfaSchema:namespaceURI>\n"
                  "<pdfaSchema:prefix>" OWN_PREFIX "</pdfaSchema:prefix>\n"
                  "<pdfaSchema:property><rdf:Seq>\n");
#define X(property, value, what) describe(out, property, value, what);
#include "output/record.def"
#undef X
  xs_buf_str(out, "</rdf:Seq></pdfaSchema:property>\n"
                  "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

static bool has_own(const xs_pagelist *pages, const xs_pdf_options *options)
{
  size_t len = 0;
#define X(property, value, what) len += value.len;
#include "output/record.def"
#undef X
  return len > 0;
}

void xs_xmp_write(const xs_pagelist *pages, const xs_pdf_options *options, unsigned part,
                  xs_buf *out)
{
  xs_buf_str(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
  put_known(pages, options, part, out);
  if (has_own(pages, options)) {
    put_own(pages, options, out);
    put_extension(pages, options, out);
  }
  xs_buf_str(out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}
