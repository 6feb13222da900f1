#include "data/case_names.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/xml.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define INTERPUNCT 0x00B7u

static const char *const name_elements[] = {
    "name",           "short-name", "legal-representative", "chair",  "women-chair",
    "representative", "recorder",   "scrutineer",           "teller", "signer",
    "filler",         "approver",
};

/* ・ U+30FB, • U+2022, ‧ U+2027, ． U+FF0E, ･ U+FF65, ∙ U+2219, ⋅ U+22C5 */
static bool is_other_dot(uint32_t c)
{
  return c == 0x30FB || c == 0x2022 || c == 0x2027 || c == 0xFF0E || c == 0xFF65 || c == 0x2219 ||
         c == 0x22C5;
}

static bool is_han(uint32_t c)
{
  UErrorCode error = U_ZERO_ERROR;
  return c > 0x2E7F && uscript_getScript((UChar32)c, &error) == USCRIPT_HAN;
}

static bool holds_other_dot(xs_text t)
{
  for (size_t off = 0; off < t.len;)
    if (is_other_dot(xs_text_next(t, &off))) return true;
  return false;
}

/* Copies `t` to `out`, the dots between two Han characters as interpuncts; the first such dot. */
static uint32_t replace_dots(xs_text t, xs_buf *out)
{
  uint32_t before = 0, first = 0;
  for (size_t off = 0; off < t.len;) {
    uint32_t c = xs_text_next(t, &off);
    size_t ahead = off;
    if (is_other_dot(c) && is_han(before) && is_han(xs_text_next(t, &ahead))) {
      if (!first) first = c;
      c = INTERPUNCT;
    }
    xs_buf_char(out, c);
    before = c;
  }
  return first;
}

static xs_status normalise(xmlNodePtr text, const xs_host *host, xs_diags *diags)
{
  xs_text t = xs_text_of((const char *)text->content);
  if (!holds_other_dot(t)) return XS_OK;
  xs_buf out;
  xs_buf_init(&out, host, XS_MAX_XML_BYTES);
  uint32_t dot = replace_dots(t, &out);
  xs_status st = out.status;
  if (!st && dot) {
    xmlNodeSetContentLen(text, BAD_CAST out.ptr, (int)out.len);
    xs_text now = xs_text_trim(xs_buf_view(&out));
    xs_diag(diags, XS_D_NAME_INTERPUNCT, xs_xml_span(text),
            _("U+%04X in a name was read as the interpunct · (U+00B7): %.*s"), dot, XS_TEXT(now));
  }
  xs_buf_free(&out);
  return st;
}

static bool is_name(const xmlNode *e)
{
  for (size_t i = 0; i < XS_COUNT(name_elements); i++)
    if (xs_xml_is(e, name_elements[i])) return true;
  return false;
}

xs_status xs_case_names_normalise(const xs_host *host, xmlDocPtr doc, xs_diags *diags)
{
  const xmlNode *root = xmlDocGetRootElement(doc);
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    if (!is_name(e)) continue;
    for (xmlNodePtr text = e->children; text; text = text->next) {
      if (text->type != XML_TEXT_NODE) continue;
      xs_status st = normalise(text, host, diags);
      if (st) return st;
    }
  }
  return XS_OK;
}
