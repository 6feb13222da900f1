#include "data/xml_text.h"

#include "base/limits.h"
#include "base/text.h"
#include "data/xml.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* ---- characters that are refused or doubted ---- */

typedef struct kind {
  uint32_t first;
  uint32_t last;
  xs_diag_code code;
  const char *what;
} kind;

static const kind kinds[] = {
    {0x007F, 0x009F, XS_D_TEXT_CONTROL, N_("a control character")},
    {0xFDD0, 0xFDEF, XS_D_TEXT_CONTROL, N_("not a character")},
    {0x200B, 0x200B, XS_D_TEXT_HIDDEN, N_("a space without width")},
    {0x200E, 0x200F, XS_D_TEXT_HIDDEN, N_("a mark of direction")},
    {0x2028, 0x2029, XS_D_TEXT_HIDDEN, N_("a separator of lines or paragraphs")},
    {0x202A, 0x202E, XS_D_TEXT_HIDDEN, N_("a mark of direction")},
    {0x2060, 0x2064, XS_D_TEXT_HIDDEN, N_("a mark that cannot be seen")},
    {0x2066, 0x206F, XS_D_TEXT_HIDDEN, N_("a mark of direction")},
    {0xFEFF, 0xFEFF, XS_D_TEXT_HIDDEN, N_("a byte order mark within the text")},
    {0xFFFC, 0xFFFC, XS_D_TEXT_HIDDEN, N_("a placeholder of a lost object")},
    {0xFFFD, 0xFFFD, XS_D_TEXT_LOST, N_("the sign for a character that was lost earlier")},
    {0xE000, 0xF8FF, XS_D_TEXT_PRIVATE, N_("a character for private use")},
    {0xF0000, 0xFFFFD, XS_D_TEXT_PRIVATE, N_("a character for private use")},
    {0x100000, 0x10FFFD, XS_D_TEXT_PRIVATE, N_("a character for private use")},
};

static const kind noncharacter = {0, 0, XS_D_TEXT_CONTROL, N_("not a character")};

static const kind *kind_of(uint32_t c)
{
  if (c < 0x7F || (c >= 0x2E80 && c < 0xE000)) return NULL;
  if ((c & 0xFFFE) == 0xFFFE) return &noncharacter;
  for (size_t i = 0; i < XS_COUNT(kinds); i++)
    if (c >= kinds[i].first && c <= kinds[i].last) return &kinds[i];
  return NULL;
}

/* The place of the next such character in the source, from *from bytes into the text on; the whole
 * text when it was written as a character reference. */
static xs_span char_span(const xs_diags *diags, xs_span text, uint32_t c, size_t *from)
{
  xs_text source = xs_diags_source_bytes(diags, text.source);
  if (text.off + (size_t)text.len > source.len) return text;
  xs_text raw = {source.ptr + text.off, text.len};
  for (size_t off = *from; off < raw.len;) {
    size_t at = off;
    if (xs_text_next(raw, &off) != c) continue;
    *from = off;
    return (xs_span){text.source, text.off + (uint32_t)at, (uint32_t)(off - at)};
  }
  return text;
}

static void report(const kind *k, uint32_t c, xs_span at, xs_diags *diags)
{
  switch (k->code) {
  case XS_D_TEXT_PRIVATE:
    xs_diag(diags, k->code, at, _("U+%04X is %s: other machines show another character or none"), c,
            _(k->what));
    break;
  default:
    xs_diag(diags, k->code, at, _("U+%04X is %s"), c, _(k->what));
    break;
  }
}

/* Beyond the diagnostics that are kept, places are not looked for any more. */
static xs_status check_chars(xs_text t, xs_span span, xs_diags *diags)
{
  xs_status st = XS_OK;
  size_t from = 0, found = 0;
  for (size_t off = 0; off < t.len;) {
    uint32_t c = xs_text_next(t, &off);
    const kind *k = kind_of(c);
    if (!k) continue;
    report(k, c, found++ < XS_MAX_DIAGS ? char_span(diags, span, c, &from) : span, diags);
    if (xs_diag_severity(k->code) == XS_ERROR) st = XS_EINPUT;
  }
  return st;
}

/* ---- NFC ---- */

/* Below U+0300 everything is NFC, and so is plain Han text; most texts end here. */
static bool is_surely_nfc(xs_text t)
{
  for (size_t off = 0; off < t.len;) {
    uint32_t c = xs_text_next(t, &off);
    bool plain = c < 0x300 || (c >= 0x2010 && c < 0x2027) || (c >= 0x3000 && c < 0x302A) ||
                 (c >= 0x3400 && c < 0xA000) || (c >= 0xFF00 && c < 0xFFE7);
    if (!plain) return false;
  }
  return true;
}

static xs_status normalise_utf16(const UChar *from, int32_t from_len, UChar *to, int32_t to_room,
                                 const xs_host *host, xmlNodePtr node)
{
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  int32_t len = unorm2_normalize(nfc, from, from_len, to, to_room, &error);
  if (U_FAILURE(error)) return XS_ENOMEM;
  if (len == from_len && u_memcmp(from, to, len) == 0) return XS_OK;

  size_t room = (size_t)len * 3 + 1;
  char *utf8 = host->resize(host->user, NULL, room);
  if (!utf8) return XS_ENOMEM;
  int32_t utf8_len = 0;
  u_strToUTF8(utf8, (int32_t)room, &utf8_len, to, len, &error);
  if (U_SUCCESS(error)) xmlNodeSetContentLen(node, BAD_CAST utf8, utf8_len);
  host->resize(host->user, utf8, 0);
  return U_SUCCESS(error) ? XS_OK : XS_ENOMEM;
}

/* A character becomes three at most in NFC (Unicode, UAX 15). */
static xs_status normalise(const xs_host *host, xmlNodePtr node, xs_text t)
{
  if (is_surely_nfc(t)) return XS_OK;
  if (t.len > INT32_MAX / 16) return XS_ELIMIT;
  size_t from_room = t.len + 1, to_room = t.len * 3 + 1;
  UChar *units = host->resize(host->user, NULL, (from_room + to_room) * sizeof *units);
  if (!units) return XS_ENOMEM;
  UErrorCode error = U_ZERO_ERROR;
  int32_t len = 0;
  u_strFromUTF8(units, (int32_t)from_room, &len, t.ptr, (int32_t)t.len, &error);
  xs_status st = XS_ENOMEM;
  if (U_SUCCESS(error))
    st = normalise_utf16(units, len, units + from_room, (int32_t)to_room, host, node);
  host->resize(host->user, units, 0);
  return st;
}

static xs_status check_text(const xs_host *host, xmlNodePtr node, xs_diags *diags)
{
  xs_text t = xs_text_of((const char *)node->content);
  xs_status st = check_chars(t, xs_xml_span(node), diags);
  xs_status normal = normalise(host, node, t);
  return normal ? normal : st;
}

static xs_status check_element(const xs_host *host, xmlNodePtr element, xs_diags *diags)
{
  xs_status st = XS_OK;
  for (xmlAttrPtr attr = element->properties; attr; attr = attr->next)
    for (xmlNodePtr text = attr->children; text; text = text->next)
      if (text->type == XML_TEXT_NODE) {
        xs_status one = check_text(host, text, diags);
        if (one) st = one;
      }
  for (xmlNodePtr text = element->children; text; text = text->next)
    if (text->type == XML_TEXT_NODE) {
      xs_status one = check_text(host, text, diags);
      if (one) st = one;
    }
  return st;
}

xs_status xs_xml_text_check(const xs_host *host, xmlDocPtr doc, xs_diags *diags)
{
  xs_status st = XS_OK;
  const xmlNode *root = xmlDocGetRootElement(doc);
  for (xmlNodePtr e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    xs_status one = check_element(host, e, diags);
    if (one == XS_ENOMEM || one == XS_ELIMIT) return one;
    if (one) st = one;
  }
  return st;
}
