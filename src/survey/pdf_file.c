#include "survey/pdf_file.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "survey/lexer.h"

#include <qpdf/qpdf-c.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct xs_pdf_file {
  xs_arena *arena;
  xs_text name;
  xs_diags *diags;
  qpdf_data q;
  size_t page_count;
  size_t unpacked_bytes; /* of all streams so far */
};

/* ---- what is said ---- */

static xs_status say_broken(const xs_pdf_file *f, const char *why)
{
  xs_diag(f->diags, XS_D_PDF_BROKEN, XS_NOWHERE, _("%.*s: the PDF cannot be read: %s"),
          XS_TEXT(f->name), why);
  return XS_EINPUT;
}

xs_status xs_pdf_file_foreign(const xs_pdf_file *f, const char *format, ...)
{
  char why[256];
  va_list rest;
  va_start(rest, format);
  vsnprintf(why, sizeof why, format, rest);
  va_end(rest);
  xs_diag(f->diags, XS_D_PDF_FOREIGN, XS_NOWHERE,
          _("%.*s: not a file of this engine, which alone can be measured: %s"), XS_TEXT(f->name),
          why);
  return XS_EINPUT;
}

xs_status xs_pdf_file_limit(const xs_pdf_file *f, const char *what)
{
  xs_diag(f->diags, XS_D_LIMIT, XS_NOWHERE, "%.*s: %s", XS_TEXT(f->name), what);
  return XS_ELIMIT;
}

/* What qpdf found wrong since it was last asked. */
static xs_status look_at_health(xs_pdf_file *f)
{
  qpdf_error e = NULL;
  if (qpdf_has_error(f->q))
    e = qpdf_get_error(f->q);
  else if (qpdf_more_warnings(f->q))
    e = qpdf_next_warning(f->q);
  return e ? say_broken(f, qpdf_get_error_message_detail(f->q, e)) : XS_OK;
}

/* ---- opening ---- */

static bool contains(xs_text bytes, const char *word)
{
  size_t len = strlen(word);
  for (size_t at = 0; at + len <= bytes.len; at++) {
    const char *hit = memchr(bytes.ptr + at, word[0], bytes.len - at - len + 1);
    if (!hit) return false;
    at = (size_t)(hit - bytes.ptr);
    if (memcmp(hit, word, len) == 0) return true;
  }
  return false;
}

static xs_status say_unreadable(xs_pdf_file *f, xs_text bytes)
{
  qpdf_error e = qpdf_has_error(f->q) ? qpdf_get_error(f->q) : NULL;
  if (e && qpdf_get_error_code(f->q, e) == qpdf_e_password) {
    xs_diag(f->diags, XS_D_PDF_ENCRYPTED, XS_NOWHERE, _("%.*s: the PDF is encrypted"),
            XS_TEXT(f->name));
    return XS_EINPUT;
  }
  if (contains(bytes, "/XRef") || contains(bytes, "/ObjStm"))
    return xs_pdf_file_foreign(f, "%s", _("its objects are packed into streams"));
  return say_broken(f, e ? qpdf_get_error_message_detail(f->q, e) : "?");
}

static xs_status begin(xs_pdf_file *f, xs_text bytes)
{
  if (!xs_text_starts(bytes, "%PDF-")) return say_broken(f, _("it does not begin with %PDF-"));
  qpdf_silence_errors(f->q);
  qpdf_set_suppress_warnings(f->q, QPDF_TRUE);
  qpdf_set_ignore_xref_streams(f->q, QPDF_TRUE);
  qpdf_set_attempt_recovery(f->q, QPDF_FALSE);
  if (qpdf_read_memory(f->q, "", bytes.ptr, bytes.len, NULL) & QPDF_ERRORS)
    return say_unreadable(f, bytes);
  if (qpdf_is_encrypted(f->q)) {
    xs_diag(f->diags, XS_D_PDF_ENCRYPTED, XS_NOWHERE, _("%.*s: the PDF is encrypted"),
            XS_TEXT(f->name));
    return XS_EINPUT;
  }
  int count = qpdf_get_num_pages(f->q);
  xs_status status = look_at_health(f);
  if (status) return status;
  if (count <= 0) return say_broken(f, _("it has no pages"));
  if ((unsigned)count > XS_MAX_SURVEY_PAGES) return xs_pdf_file_limit(f, _("too many pages"));
  f->page_count = (size_t)count;
  return XS_OK;
}

xs_status xs_pdf_file_open(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags,
                           xs_pdf_file **out)
{
  *out = NULL;
  xs_pdf_file *f = XS_NEW(a, xs_pdf_file);
  if (!f) return XS_ENOMEM;
  *f = (xs_pdf_file){.arena = a, .name = name, .diags = diags, .q = qpdf_init()};
  if (!f->q) return XS_ENOMEM;
  xs_status status = begin(f, bytes);
  if (status)
    xs_pdf_file_close(f);
  else
    *out = f;
  return status;
}

void xs_pdf_file_close(xs_pdf_file *f)
{
  if (f && f->q) qpdf_cleanup(&f->q);
}

size_t xs_pdf_file_page_count(const xs_pdf_file *f)
{
  return f->page_count;
}

/* ---- objects ---- */

static qpdf_oh key(xs_pdf_file *f, qpdf_oh dict, const char *name)
{
  return qpdf_oh_is_dictionary(f->q, dict) ? qpdf_oh_get_key(f->q, dict, name)
                                           : qpdf_oh_new_null(f->q);
}

/* A number in 1/XS_FINE; false when it is none, or far too large. */
static bool number(xs_pdf_file *f, qpdf_oh oh, int64_t *out)
{
  if (qpdf_oh_is_integer(f->q, oh)) {
    long long value = qpdf_oh_get_int_value(f->q, oh);
    if (value > XS_FINE_MAX / XS_FINE || value < -(XS_FINE_MAX / XS_FINE)) return false;
    *out = value * XS_FINE;
    return true;
  }
  return qpdf_oh_is_real(f->q, oh) &&
         xs_lexer_number(xs_text_of(qpdf_oh_get_real_value(f->q, oh)), out);
}

static bool integer_key(xs_pdf_file *f, qpdf_oh dict, const char *name, int64_t most, int64_t *out)
{
  qpdf_oh oh = key(f, dict, name);
  if (!qpdf_oh_is_integer(f->q, oh)) return false;
  *out = qpdf_oh_get_int_value(f->q, oh);
  return *out >= 0 && *out <= most;
}

static const char *name_key(xs_pdf_file *f, qpdf_oh dict, const char *name)
{
  qpdf_oh oh = key(f, dict, name);
  return qpdf_oh_is_name(f->q, oh) ? qpdf_oh_get_name(f->q, oh) : "";
}

/* ---- streams ---- */

static voidpf take_memory(voidpf user, uInt items, uInt each)
{
  const xs_host *host = user;
  return host->resize(host->user, NULL, (size_t)items * each);
}

static void give_memory(voidpf user, voidpf ptr)
{
  const xs_host *host = user;
  host->resize(host->user, ptr, 0);
}

/* Unpacks `raw` to the end of `out`, which has its ceiling. XS_EINPUT for broken data. */
static xs_status inflate_all(xs_text raw, xs_buf *out)
{
  enum { STEP = 1 << 16 };
  z_stream z = {.zalloc = take_memory,
                .zfree = give_memory,
                .opaque = (void *)(uintptr_t)out->host,
                .next_in = (Bytef *)(uintptr_t)raw.ptr,
                .avail_in = (uInt)raw.len};
  if (inflateInit(&z) != Z_OK) return XS_ENOMEM;
  int result = Z_OK;
  while (result == Z_OK && !out->status) {
    char *room = xs_buf_room(out, STEP);
    if (!room) break;
    z.next_out = (Bytef *)room;
    z.avail_out = STEP;
    result = inflate(&z, Z_NO_FLUSH);
    out->len -= z.avail_out;
  }
  inflateEnd(&z);
  if (out->status) return out->status;
  if (result == Z_MEM_ERROR) return XS_ENOMEM;
  return result == Z_STREAM_END ? XS_OK : XS_EINPUT;
}

static xs_status unpack(xs_pdf_file *f, xs_arena *a, xs_text raw, bool packed, xs_text *out)
{
  xs_buf bytes;
  xs_status status = XS_OK;
  xs_buf_init(&bytes, xs_arena_host(f->arena), XS_MAX_SURVEY_BYTES - f->unpacked_bytes);
  if (packed)
    status = inflate_all(raw, &bytes);
  else
    status = xs_buf_add(&bytes, raw.ptr, raw.len);
  if (!status) {
    f->unpacked_bytes += bytes.len;
    *out = xs_arena_text(a, xs_buf_view(&bytes));
    if (!out->ptr) status = XS_ENOMEM;
  }
  xs_buf_free(&bytes);
  if (status == XS_ELIMIT) return xs_pdf_file_limit(f, _("its streams unpack to too much"));
  if (status == XS_EINPUT) return say_broken(f, _("a stream is damaged"));
  return status;
}

/* The bytes of a stream that is packed as the engine packs them, or not at all. */
static xs_status stream(xs_pdf_file *f, xs_arena *a, qpdf_oh oh, xs_text *out)
{
  if (!qpdf_oh_is_stream(f->q, oh)) return xs_pdf_file_foreign(f, "%s", _("a stream is missing"));
  qpdf_oh dict = qpdf_oh_get_dict(f->q, oh);
  qpdf_oh filter = key(f, dict, "/Filter");
  bool packed = qpdf_oh_is_name_and_equals(f->q, filter, "/FlateDecode");
  if ((!packed && !qpdf_oh_is_null(f->q, filter)) || qpdf_oh_has_key(f->q, dict, "/DecodeParms"))
    return xs_pdf_file_foreign(f, "%s", _("a stream is packed in another way"));
  unsigned char *raw = NULL;
  size_t len = 0;
  int failed = qpdf_oh_get_stream_data(f->q, oh, qpdf_dl_none, NULL, &raw, &len) & QPDF_ERRORS;
  xs_status status = failed ? look_at_health(f) : XS_OK;
  if (!failed) status = unpack(f, a, (xs_text){(const char *)raw, len}, packed, out);
  free(raw);
  return failed && !status ? XS_ENOMEM : status;
}

/* ---- pages ---- */

static bool page_size(xs_pdf_file *f, qpdf_oh page, xs_pdf_page *out)
{
  qpdf_oh box = key(f, page, "/MediaBox");
  int64_t sides[4];
  if (!qpdf_oh_is_array(f->q, box) || qpdf_oh_get_array_n_items(f->q, box) != 4) return false;
  for (int i = 0; i < 4; i++)
    if (!number(f, qpdf_oh_get_array_item(f->q, box, i), &sides[i])) return false;
  const int64_t most = (int64_t)XS_MAX_LENGTH_PT * XS_FINE;
  if (sides[0] || sides[1] || sides[2] <= 0 || sides[3] <= 0) return false;
  if (sides[2] > most || sides[3] > most) return false;
  out->width = xs_len_of_millipt(sides[2] / (XS_FINE / 1000));
  out->height = xs_len_of_millipt(sides[3] / (XS_FINE / 1000));
  return true;
}

xs_status xs_pdf_file_page(xs_pdf_file *f, xs_arena *a, size_t i, xs_pdf_page *out)
{
  qpdf_oh page = qpdf_get_page_n(f->q, i);
  if (!page_size(f, page, out))
    return xs_pdf_file_foreign(f, _("page %zu has no size of its own, or an odd one"), i + 1);
  if (qpdf_oh_has_key(f->q, page, "/Rotate") || qpdf_oh_has_key(f->q, page, "/CropBox") ||
      qpdf_oh_has_key(f->q, page, "/UserUnit"))
    return xs_pdf_file_foreign(f, _("page %zu is turned or cropped"), i + 1);
  xs_status status = stream(f, a, key(f, page, "/Contents"), &out->content);
  qpdf_oh_release_all(f->q);
  return status ? status : look_at_health(f);
}

/* ---- resources ---- */

static int resource_id(xs_pdf_file *f, size_t i, const char *kind, xs_text name)
{
  char slashed[64];
  if (name.len > sizeof slashed - 2) return 0;
  snprintf(slashed, sizeof slashed, "/%.*s", XS_TEXT(name));
  qpdf_oh resources = key(f, qpdf_get_page_n(f->q, i), "/Resources");
  qpdf_oh oh = key(f, key(f, resources, kind), slashed);
  int id = qpdf_oh_is_indirect(f->q, oh) ? qpdf_oh_get_object_id(f->q, oh) : 0;
  qpdf_oh_release_all(f->q);
  return id;
}

int xs_pdf_file_font_id(xs_pdf_file *f, size_t i, xs_text name)
{
  return resource_id(f, i, "/Font", name);
}

int xs_pdf_file_image_id(xs_pdf_file *f, size_t i, xs_text name)
{
  return resource_id(f, i, "/XObject", name);
}

/* ---- fonts ---- */

static xs_status read_run_of_widths(xs_pdf_file *f, qpdf_oh list, xs_pdf_widths *out)
{
  int count = qpdf_oh_get_array_n_items(f->q, list);
  int32_t *widths = XS_NEW_ARRAY(f->arena, (size_t)count, int32_t);
  if (!widths) return XS_ENOMEM;
  for (int i = 0; i < count; i++) {
    int64_t width;
    if (!number(f, qpdf_oh_get_array_item(f->q, list, i), &width)) return XS_EINPUT;
    widths[i] = (int32_t)(width / XS_FINE);
  }
  out->widths = widths;
  out->count = (size_t)count;
  return XS_OK;
}

/* [code [width width …] code [width …] …] */
static xs_status read_widths(xs_pdf_file *f, qpdf_oh list, xs_pdf_font *out)
{
  if (qpdf_oh_is_null(f->q, list)) return XS_OK;
  int count = qpdf_oh_is_array(f->q, list) ? qpdf_oh_get_array_n_items(f->q, list) : -1;
  if (count < 0 || count % 2 || (unsigned)count > 2 * XS_MAX_SURVEY_GLYPHS) return XS_EINPUT;
  xs_pdf_widths *runs = XS_NEW_ARRAY(f->arena, (size_t)count / 2 + 1, xs_pdf_widths);
  xs_status status = runs ? XS_OK : XS_ENOMEM;
  for (int i = 0; !status && i < count; i += 2) {
    qpdf_oh first = qpdf_oh_get_array_item(f->q, list, i);
    qpdf_oh run = qpdf_oh_get_array_item(f->q, list, i + 1);
    long long code = qpdf_oh_is_integer(f->q, first) ? qpdf_oh_get_int_value(f->q, first) : -1;
    if (code < 0 || code > UINT16_MAX || !qpdf_oh_is_array(f->q, run)) return XS_EINPUT;
    runs[i / 2].first = (uint32_t)code;
    status = read_run_of_widths(f, run, &runs[i / 2]);
  }
  out->widths = runs;
  out->width_count = (size_t)count / 2;
  return status;
}

static xs_status read_program(xs_pdf_file *f, qpdf_oh descriptor, xs_pdf_font *out)
{
  qpdf_oh cff = key(f, descriptor, "/FontFile3");
  out->is_cff = qpdf_oh_is_stream(f->q, cff);
  if (out->is_cff &&
      strcmp(name_key(f, qpdf_oh_get_dict(f->q, cff), "/Subtype"), "/CIDFontType0C") != 0)
    return xs_pdf_file_foreign(f, "%s", _("a font of another kind"));
  return stream(f, f->arena, out->is_cff ? cff : key(f, descriptor, "/FontFile2"), &out->program);
}

static xs_status read_font(xs_pdf_file *f, qpdf_oh font, xs_pdf_font *out)
{
  qpdf_oh descendants = key(f, font, "/DescendantFonts");
  int64_t width = 1000;
  if (strcmp(name_key(f, font, "/Subtype"), "/Type0") != 0 ||
      strcmp(name_key(f, font, "/Encoding"), "/Identity-H") != 0 ||
      !qpdf_oh_is_array(f->q, descendants) || qpdf_oh_get_array_n_items(f->q, descendants) != 1)
    return xs_pdf_file_foreign(f, "%s", _("a font of another kind"));
  qpdf_oh cid_font = qpdf_oh_get_array_item(f->q, descendants, 0);
  const char *name = name_key(f, cid_font, "/BaseFont");
  out->name = xs_arena_text(f->arena, xs_text_of(name[0] ? name + 1 : name)).ptr;
  if (!out->name) return XS_ENOMEM;
  qpdf_oh to_unicode = key(f, font, "/ToUnicode");
  if (!qpdf_oh_is_stream(f->q, to_unicode)) {
    xs_diag(f->diags, XS_D_PDF_TEXT, XS_NOWHERE,
            _("%.*s: the font %s does not say which characters its glyphs stand for"),
            XS_TEXT(f->name), out->name);
    return XS_EINPUT;
  }
  if (!qpdf_oh_is_null(f->q, key(f, cid_font, "/DW")) &&
      !integer_key(f, cid_font, "/DW", UINT16_MAX, &width))
    return xs_pdf_file_foreign(f, "%s", _("the widths of a font"));
  out->default_width = (int32_t)width;
  xs_status status = read_widths(f, key(f, cid_font, "/W"), out);
  if (status == XS_EINPUT) return xs_pdf_file_foreign(f, "%s", _("the widths of a font"));
  if (!status) status = stream(f, f->arena, to_unicode, &out->to_unicode);
  if (!status) status = read_program(f, key(f, cid_font, "/FontDescriptor"), out);
  return status;
}

xs_status xs_pdf_file_font(xs_pdf_file *f, int id, xs_pdf_font *out)
{
  *out = (xs_pdf_font){0};
  xs_status status = read_font(f, qpdf_get_object_by_id(f->q, id, 0), out);
  qpdf_oh_release_all(f->q);
  return status ? status : look_at_health(f);
}

/* ---- pictures ---- */

static xs_status read_image(xs_pdf_file *f, xs_arena *a, qpdf_oh image, xs_pdf_image *out)
{
  if (!qpdf_oh_is_stream(f->q, image)) return XS_EINPUT;
  qpdf_oh dict = qpdf_oh_get_dict(f->q, image);
  int64_t width, height, bits;
  bool gray = strcmp(name_key(f, dict, "/ColorSpace"), "/DeviceGray") == 0;
  bool rgb = strcmp(name_key(f, dict, "/ColorSpace"), "/DeviceRGB") == 0;
  if ((!gray && !rgb) || strcmp(name_key(f, dict, "/Subtype"), "/Image") != 0 ||
      !integer_key(f, dict, "/Width", XS_MAX_PICTURE_SIDE, &width) ||
      !integer_key(f, dict, "/Height", XS_MAX_PICTURE_SIDE, &height) ||
      !integer_key(f, dict, "/BitsPerComponent", 16, &bits) || bits != 8)
    return XS_EINPUT;
  *out =
      (xs_pdf_image){.width = (uint32_t)width, .height = (uint32_t)height, .channels = rgb ? 3 : 1};
  xs_status status = stream(f, a, image, &out->pixels);
  qpdf_oh mask = key(f, dict, "/SMask");
  if (!status && qpdf_oh_is_stream(f->q, mask)) status = stream(f, a, mask, &out->alpha);
  size_t count = (size_t)width * (size_t)height;
  if (!status &&
      (out->pixels.len != count * out->channels || (out->alpha.len && out->alpha.len != count)))
    return XS_EINPUT;
  return status;
}

xs_status xs_pdf_file_image(xs_pdf_file *f, xs_arena *a, int id, xs_pdf_image *out)
{
  size_t before = xs_diags_count(f->diags, XS_ERROR);
  xs_status status = read_image(f, a, qpdf_get_object_by_id(f->q, id, 0), out);
  qpdf_oh_release_all(f->q);
  if (status == XS_EINPUT && xs_diags_count(f->diags, XS_ERROR) == before)
    return xs_pdf_file_foreign(f, "%s", _("a picture of another kind"));
  return status ? status : look_at_health(f);
}
