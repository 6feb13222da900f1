#include "data/xml.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/xml_decode.h"
#include "data/xml_places.h"
#include "data/xml_text.h"

#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* What the callbacks of one parse share; hangs on the context. */
typedef struct parse {
  xs_text text;
  uint32_t source;
  xs_diags *diags;
  xs_status status; /* of the first trouble; what follows from it is not said */
  size_t depth;
  size_t node_count;
  uint32_t opened[XS_MAX_XML_DEPTH]; /* where the start tags of the open elements begin */
} parse;

static xs_span span_at(const parse *p, size_t off, size_t len)
{
  if (off > p->text.len) off = p->text.len;
  if (len > p->text.len - off) len = p->text.len - off;
  return (xs_span){p->source, (uint32_t)off, (uint32_t)len};
}

static size_t parser_off(xmlParserCtxtPtr c, const parse *p)
{
  long off = xmlByteConsumed(c);
  return off < 0 ? 0 : (size_t)off > p->text.len ? p->text.len : (size_t)off;
}

static size_t back_to(const parse *p, size_t off, char ch)
{
  if (off >= p->text.len && off) off = p->text.len - 1;
  while (off && p->text.ptr[off] != ch) off--;
  return off;
}

static void refuse(xmlParserCtxtPtr c, parse *p, xs_status status)
{
  if (!p->status) p->status = status;
  xmlStopParser(c);
}

/* ---- errors of libxml2 ---- */

/* clang-format off */
static const struct {
  int code;
  xs_diag_code ours;
  const char *text;
} errors[] = {
#define X(code, ours, text) {code, XS_D_##ours, text},
#include "data/xml_errors.def"
#undef X
};
/* clang-format on */

/* The whole tag that the cursor stands in or behind. */
static xs_span tag_span(const parse *p, size_t off)
{
  size_t from = back_to(p, off ? off - 1 : 0, '<');
  const char *end = memchr(p->text.ptr + from, '>', p->text.len - from);
  size_t len = end ? (size_t)(end - p->text.ptr) - from + 1 : 1;
  return span_at(p, from, len);
}

static void note_opening(const parse *p, const char *name)
{
  if (!p->depth) return;
  size_t from = p->opened[p->depth - 1];
  xs_diag_note(p->diags, span_at(p, from, 1 + (name ? strlen(name) : 0)),
               _("the element was opened here"));
}

static void say_mismatch(const parse *p, size_t off, const xmlError *error)
{
  xs_diag(p->diags, XS_D_XML_SYNTAX, tag_span(p, off),
          _("this end tag closes <%s>, but <%s> is open"), error->str2 ? error->str2 : "?",
          error->str1 ? error->str1 : "?");
  note_opening(p, error->str1);
}

static void say_in_our_words(const parse *p, size_t off, const xmlError *error)
{
  xs_span at = span_at(p, off, 1);
  const char *name = error->str1 ? error->str1 : error->str2 ? error->str2 : "?";
  for (size_t i = 0; i < XS_COUNT(errors); i++) {
    if (errors[i].code != error->code) continue;
    if (strstr(errors[i].text, "%.*s"))
      xs_diag(p->diags, errors[i].ours, at, _(errors[i].text), (int)strlen(name), name);
    else
      xs_diag(p->diags, errors[i].ours, at, "%s", _(errors[i].text));
    return;
  }
  xs_diag(p->diags, XS_D_XML_SYNTAX, at, _("the XML is not well-formed here (libxml2 error %d)"),
          error->code);
}

static void on_error(void *context, xmlErrorPtr error)
{
  xmlParserCtxtPtr c = context;
  parse *p = c->_private;
  if (p->status || error->level < XML_ERR_ERROR) return;
  if (error->code == XML_ERR_NO_MEMORY) {
    p->status = XS_ENOMEM;
    return;
  }
  p->status = XS_EINPUT;
  size_t off = parser_off(c, p);
  switch (error->code) {
  case XML_ERR_TAG_NAME_MISMATCH:
    say_mismatch(p, off, error);
    break;
  case XML_ERR_TAG_NOT_FINISHED:
    say_in_our_words(p, off, error);
    note_opening(p, error->str1);
    break;
  default:
    say_in_our_words(p, off, error);
    break;
  }
}

/* ---- what the parser meets on its way ---- */

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int ns_count, const xmlChar **ns, int attr_count, int defaulted,
                     const xmlChar **attrs)
{
  xmlParserCtxtPtr c = context;
  parse *p = c->_private;
  size_t from = back_to(p, parser_off(c, p), '<');
  if (p->depth == XS_MAX_XML_DEPTH) {
    if (!p->status)
      xs_diag(p->diags, XS_D_LIMIT, span_at(p, from, 1), _("more than %u elements within another"),
              XS_MAX_XML_DEPTH);
    refuse(c, p, XS_ELIMIT);
    return;
  }
  p->opened[p->depth++] = (uint32_t)from;
  p->node_count += 2 + (size_t)attr_count;
  if (p->node_count > XS_MAX_XML_NODES) {
    if (!p->status)
      xs_diag(p->diags, XS_D_LIMIT, span_at(p, from, 1), _("more than %u elements and attributes"),
              XS_MAX_XML_NODES);
    refuse(c, p, XS_ELIMIT);
    return;
  }
  xmlSAX2StartElementNs(c, local, prefix, uri, ns_count, ns, attr_count, defaulted, attrs);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
  xmlParserCtxtPtr c = context;
  parse *p = c->_private;
  if (p->depth) p->depth--;
  xmlSAX2EndElementNs(c, local, prefix, uri);
}

/* Before anything of the DOCTYPE has been read but its name. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
  (void)name, (void)external, (void)system;
  xmlParserCtxtPtr c = context;
  parse *p = c->_private;
  if (!p->status)
    xs_diag(p->diags, XS_D_XML_DOCTYPE,
            span_at(p, xs_xml_doctype_off(p->text), sizeof "<!DOCTYPE" - 1),
            _("DOCTYPE is not allowed, and neither are entities and external files"));
  refuse(c, p, XS_EINPUT);
}

static void set_callbacks(xmlParserCtxtPtr c, parse *p)
{
  c->_private = p;
  c->sax->serror = on_error;
  c->sax->startElementNs = on_start;
  c->sax->endElementNs = on_end;
  c->sax->internalSubset = on_doctype;
  c->sax->comment = NULL;
  c->sax->processingInstruction = NULL;
}

/* ---- one parse ---- */

/* HUGE lifts the limits of libxml2 on the length of texts, names and values; ours on the file are
 * narrower, and entities, which HUGE would let grow, are refused. */
static xs_status parse_text(parse *p, xmlDocPtr *out)
{
  xmlParserCtxtPtr c = xmlCreateMemoryParserCtxt(p->text.ptr, (int)p->text.len);
  if (!c) return XS_ENOMEM;
  xmlCtxtUseOptions(c, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA |
                           XML_PARSE_BIG_LINES | XML_PARSE_HUGE);
  set_callbacks(c, p);
  xmlParseDocument(c);
  xmlDocPtr doc = c->myDoc;
  c->myDoc = NULL;
  bool good = c->wellFormed && c->nsWellFormed && doc && xmlDocGetRootElement(doc);
  xmlFreeParserCtxt(c);
  if (good && !p->status) {
    *out = doc;
    return XS_OK;
  }
  if (doc) xmlFreeDoc(doc);
  if (p->status) return p->status;
  xs_diag(p->diags, XS_D_XML_SYNTAX, span_at(p, 0, 1), _("the XML is not well-formed"));
  return XS_EINPUT;
}

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

static xs_status set_info(xs_arena *a, xmlDocPtr doc, xs_text bytes, const parse *p)
{
  xs_xml_info *info = XS_NEW(a, xs_xml_info);
  if (!info) return XS_ENOMEM;
  info->source = p->source;
  /* A file that is UTF-8 without a mark is what the diagnostics keep anyway. */
  bool same = bytes.len == p->text.len && memcmp(bytes.ptr, p->text.ptr, bytes.len) == 0;
  info->raw = same ? p->text : xs_arena_text(a, bytes);
  if (!info->raw.ptr) return XS_ENOMEM;
  doc->_private = info;
  return xs_digest_hex(bytes.ptr, bytes.len, info->digest);
}

xs_status xs_xml_parse(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags, xmlDocPtr *out)
{
  parse p = {.diags = diags};
  if (bytes.len > XS_MAX_XML_BYTES) {
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("%.*s: the file is larger than %u MB"), XS_TEXT(name),
            XS_MAX_XML_BYTES >> 20);
    return XS_ELIMIT;
  }
  xs_status st = xs_xml_decode(a, name, bytes, diags, &p.text, &p.source);
  if (st) return st;
  if (!p.text.len) {
    xs_diag(diags, XS_D_XML_SYNTAX, span_at(&p, 0, 0), _("the file is empty"));
    return XS_EINPUT;
  }
  xs_span crowded = xs_xml_crowded_tag(p.text, p.source);
  if (crowded.source) {
    xs_diag(diags, XS_D_LIMIT, crowded, _("more than %u attributes in one element"),
            XS_MAX_XML_ATTRIBUTES);
    return XS_ELIMIT;
  }
  xmlDocPtr doc = NULL;
  st = parse_text(&p, &doc);
  if (st) return st;
  if (!xs_arena_defer(a, free_doc, doc)) return XS_ENOMEM;
  st = set_info(a, doc, bytes, &p);
  if (!st) st = xs_xml_places_set(a, doc, p.text, p.source);
  if (!st) st = xs_xml_text_check(xs_arena_host(a), doc, diags);
  if (!st) *out = doc;
  return st;
}

static xs_status say_unreadable(xs_text path, int error, xs_diags *diags)
{
  if (error == EFBIG) {
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("%.*s: the file is larger than %u MB"), XS_TEXT(path),
            XS_MAX_XML_BYTES >> 20);
    return XS_ELIMIT;
  }
  if (error == ENOMEM) return XS_ENOMEM;
  xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE, _("%.*s: the file cannot be read: %s"), XS_TEXT(path),
          strerror(error));
  return XS_EIO;
}

xs_status xs_xml_load(xs_arena *a, xs_text path, xs_diags *diags, xmlDocPtr *out)
{
  const xs_host *host = xs_arena_host(a);
  xs_text name = xs_arena_text(a, path);
  if (!name.ptr) return XS_ENOMEM;
  const void *ptr = NULL;
  size_t len = 0;
  errno = 0;
  if (host->map(host->user, name.ptr, XS_MAX_XML_BYTES, &ptr, &len))
    return say_unreadable(path, errno, diags);
  xs_status st = xs_xml_parse(a, name, (xs_text){ptr, len}, diags, out);
  host->unmap(host->user, ptr, len);
  return st;
}
