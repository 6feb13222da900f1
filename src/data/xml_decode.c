/*
 * Decoding of XML files.
 *
 * A byte order mark decides, whatever the declaration says: editors on Windows put the mark and
 * leave the old declaration alone. Without a mark the two first characters "<?" betray UTF-16;
 * all else is a superset of ASCII as far as the declaration reaches, so that it can be read.
 *
 * GB2312 and GBK are read as GB18030, of which they are parts. ICU 72 has the table of 2005, which
 * leaves 24 characters in the private use area; GB 18030-2022 moved them to their own code points.
 */
#include "data/xml_decode.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>

typedef enum encoding { UTF_8, UTF_16LE, UTF_16BE, GB_18030, UNKNOWN } encoding;

static const char *const converter_names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "gb18030"};

static const struct {
  const char *name;
  encoding encoding;
} declared_names[] = {
    {"UTF-8", UTF_8},      {"UTF8", UTF_8},        {"US-ASCII", UTF_8},      {"ASCII", UTF_8},
    {"GB18030", GB_18030}, {"GBK", GB_18030},      {"GB2312", GB_18030},     {"CP936", GB_18030},
    {"MS936", GB_18030},   {"x-gbk", GB_18030},    {"GB_2312-80", GB_18030}, {"EUC-CN", GB_18030},
    {"UTF-16", UTF_16LE},  {"UTF-16LE", UTF_16LE}, {"UTF-16BE", UTF_16BE},
};

/* What the first bytes say. */
typedef struct finding {
  encoding encoding;
  size_t mark_len;  /* of the byte order mark */
  xs_text declared; /* name of the encoding in the declaration; empty when there is none */
} finding;

static bool begins(xs_text t, const char *bytes, size_t len)
{
  return t.len >= len && memcmp(t.ptr, bytes, len) == 0;
}

static size_t find(xs_text t, const char *what, size_t from)
{
  size_t len = strlen(what);
  for (size_t i = from; i + len <= t.len; i++)
    if (memcmp(t.ptr + i, what, len) == 0) return i;
  return t.len;
}

/* The name in encoding="…" of the declaration at the start of ASCII-compatible bytes. */
static xs_text find_declared(xs_text bytes)
{
  if (!begins(bytes, "<?xml", 5)) return XS_NO_TEXT;
  xs_text declaration = {bytes.ptr, find(bytes, "?>", 5)};
  if (declaration.len > 256) declaration.len = 256;
  size_t at = find(declaration, "encoding", 5);
  while (at < declaration.len && declaration.ptr[at] != '"' && declaration.ptr[at] != '\'') at++;
  if (at >= declaration.len) return XS_NO_TEXT;
  const char quote[2] = {declaration.ptr[at], '\0'};
  size_t end = find(declaration, quote, at + 1);
  if (end >= declaration.len) return XS_NO_TEXT;
  return (xs_text){declaration.ptr + at + 1, end - at - 1};
}

static encoding encoding_of(xs_text name)
{
  for (size_t i = 0; i < XS_COUNT(declared_names); i++)
    if (strlen(declared_names[i].name) == name.len &&
        strncasecmp(declared_names[i].name, name.ptr, name.len) == 0)
      return declared_names[i].encoding;
  return UNKNOWN;
}

static finding find_encoding(xs_text bytes)
{
  finding f = {.encoding = UTF_8};
  if (begins(bytes, "\xFF\xFE\0\0", 4) || begins(bytes, "\0\0\xFE\xFF", 4)) {
    f.encoding = UNKNOWN;
    f.declared = XS_LIT("UTF-32");
  } else if (begins(bytes, "\xEF\xBB\xBF", 3)) {
    f.mark_len = 3;
    f.declared = find_declared((xs_text){bytes.ptr + 3, bytes.len - 3});
  } else if (begins(bytes, "\xFF\xFE", 2)) {
    f.encoding = UTF_16LE;
    f.mark_len = 2;
  } else if (begins(bytes, "\xFE\xFF", 2)) {
    f.encoding = UTF_16BE;
    f.mark_len = 2;
  } else if (begins(bytes, "<\0?\0", 4)) {
    f.encoding = UTF_16LE;
  } else if (begins(bytes, "\0<\0?", 4)) {
    f.encoding = UTF_16BE;
  } else {
    f.declared = find_declared(bytes);
    if (f.declared.len) f.encoding = encoding_of(f.declared);
    /* Bytes in which the declaration can be read are not UTF-16. */
    if (f.encoding == UTF_16LE || f.encoding == UTF_16BE) f.encoding = UTF_8;
  }
  return f;
}

/* ---- the bytes that do not fit ---- */

typedef struct fault {
  bool found;
  size_t byte; /* in the file */
  size_t off;  /* of the U+FFFD that stands for it */
  size_t count;
} fault;

static void add_fault(fault *f, xs_buf *out, size_t byte)
{
  if (!f->count++) {
    f->found = true;
    f->byte = byte;
    f->off = out->len;
  }
  xs_buf_char(out, 0xFFFD);
}

static void decode_utf8(xs_text bytes, size_t skipped, xs_buf *out, fault *f)
{
  while (bytes.len) {
    size_t good = bytes.len;
    if (xs_text_valid(bytes, &good)) good = bytes.len;
    xs_buf_add(out, bytes.ptr, good);
    if (good == bytes.len) return;
    add_fault(f, out, skipped + good);
    skipped += good + 1;
    bytes = (xs_text){bytes.ptr + good + 1, bytes.len - good - 1};
  }
}

/* Appends UTF-16; a lead surrogate at the end waits in *lead for the next call. */
static void add_utf16(xs_buf *out, const UChar *units, const UChar *end, UChar *lead)
{
  for (; units < end; units++) {
    if (*lead && U16_IS_TRAIL(*units)) {
      xs_buf_char(out, (uint32_t)U16_GET_SUPPLEMENTARY(*lead, *units));
      *lead = 0;
    } else if (U16_IS_LEAD(*units)) {
      *lead = *units;
    } else {
      xs_buf_char(out, *units);
    }
  }
}

static xs_status decode_icu(UConverter *from, xs_text bytes, size_t skipped, xs_buf *out, fault *f)
{
  enum { ROOM = 2048 };
  UChar room[ROOM], lead = 0;
  const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    UChar *target = room;
    ucnv_toUnicode(from, &target, room + ROOM, &at, end, NULL, true, &error);
    add_utf16(out, room, target, &lead);
    if (out->status || U_SUCCESS(error)) return out->status;
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (error == U_MEMORY_ALLOCATION_ERROR) return XS_ENOMEM;

    char bad[16];
    int8_t bad_len = (int8_t)sizeof bad;
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(from, bad, &bad_len, &ignored);
    add_fault(f, out, skipped + (size_t)(at - bytes.ptr) - (size_t)(bad_len > 0 ? bad_len : 0));
    ucnv_resetToUnicode(from);
    if (at >= end) return out->status;
  }
}

/* GB 18030-2022 over the table of 2005: what ICU leaves in private use, and where it belongs. */
static const struct {
  uint16_t private_use;
  uint32_t assigned;
} gb_2022[] = {
    {0xE78D, 0xFE10},  {0xE78E, 0xFE12},  {0xE78F, 0xFE11},  {0xE790, 0xFE13}, {0xE791, 0xFE14},
    {0xE792, 0xFE15},  {0xE793, 0xFE16},  {0xE794, 0xFE17},  {0xE795, 0xFE18}, {0xE796, 0xFE19},
    {0xE816, 0x20087}, {0xE817, 0x20089}, {0xE818, 0x200CC}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5},
    {0xE82B, 0x9FB6},  {0xE82C, 0x9FB7},  {0xE831, 0x215D7}, {0xE832, 0x9FB8}, {0xE83B, 0x2298F},
    {0xE843, 0x9FB9},  {0xE854, 0x9FBA},  {0xE855, 0x241FE}, {0xE864, 0x9FBB},
};

static uint32_t assigned_in_2022(uint32_t c)
{
  for (size_t i = 0; i < XS_COUNT(gb_2022); i++)
    if (gb_2022[i].private_use == c) return gb_2022[i].assigned;
  return c;
}

/* Replaces what `in` holds of the table; U+E000–U+EFFF are the characters that begin with 0xEE. */
static void assign_2022(xs_buf *in, fault *f)
{
  if (!in->len || !memchr(in->ptr, 0xEE, in->len)) return;
  xs_buf out;
  xs_buf_init(&out, in->host, in->max);
  size_t fault_off = f->off;
  for (size_t off = 0; off < in->len;) {
    if (f->found && off == fault_off) f->off = out.len;
    xs_buf_char(&out, assigned_in_2022(xs_text_next(xs_buf_view(in), &off)));
  }
  xs_buf_free(in);
  *in = out;
}

static xs_status decode_with_icu(encoding e, xs_text bytes, size_t skipped, xs_buf *out, fault *f)
{
  UErrorCode error = U_ZERO_ERROR;
  UConverter *from = ucnv_open(converter_names[e], &error);
  xs_status st = XS_ENOMEM;
  if (U_SUCCESS(error)) {
    ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    st = decode_icu(from, bytes, skipped, out, f);
    if (!st && e == GB_18030) assign_2022(out, f);
  }
  if (from) ucnv_close(from);
  return st;
}

static xs_status decode(encoding e, xs_text bytes, size_t skipped, xs_buf *out, fault *f)
{
  if (e == UTF_8 || e == UNKNOWN)
    decode_utf8(bytes, skipped, out, f);
  else
    return decode_with_icu(e, bytes, skipped, out, f);
  return out->status;
}

/* ---- what is said about it ---- */

/* Text in GBK is hardly ever UTF-8 by chance: most of its characters do not fit. */
static bool looks_like_gb18030(const xs_host *host, xs_text bytes, xs_text decoded, size_t faults)
{
  size_t beyond_ascii = 0;
  for (size_t off = 0; off < decoded.len;) beyond_ascii += xs_text_next(decoded, &off) > 0x7F;
  if (faults * 3 < beyond_ascii * 2) return false;
  xs_buf trial;
  fault f = {0};
  xs_buf_init(&trial, host, XS_MAX_XML_BYTES);
  xs_status st = decode(GB_18030, bytes, 0, &trial, &f);
  xs_buf_free(&trial);
  return !st && !f.found;
}

static void say_invalid(const xs_host *host, xs_text bytes, const finding *found, const fault *f,
                        uint32_t source, xs_diags *diags)
{
  const char *name = found->encoding == GB_18030 ? "GB18030" : converter_names[found->encoding];
  xs_diag(diags, XS_D_XML_ENCODING, (xs_span){source, (uint32_t)f->off, 3},
          _("byte %zu of the file (0x%02X) is not %s; such places in all: %zu"), f->byte + 1,
          (unsigned)(unsigned char)bytes.ptr[f->byte], name, f->count);
  xs_text decoded = xs_diags_source_bytes(diags, source);
  if (found->encoding == UTF_8 && !found->mark_len &&
      looks_like_gb18030(host, bytes, decoded, f->count))
    xs_diag_note(diags, XS_NOWHERE,
                 _("the file can be read as GB18030; if it is, its first line must be "
                   "<?xml version=\"1.0\" encoding=\"GB18030\"?>"));
}

static void say_unknown(xs_text bytes, const finding *found, uint32_t source, xs_diags *diags)
{
  xs_span at = {source, 0, 0};
  const char *p = found->declared.ptr;
  if (p >= bytes.ptr && p < bytes.ptr + bytes.len)
    at = (xs_span){source, (uint32_t)(p - bytes.ptr), (uint32_t)found->declared.len};
  xs_diag(diags, XS_D_XML_ENCODING, at,
          _("the encoding “%.*s” is not known; use UTF-8, GB18030, GBK or UTF-16"),
          XS_TEXT(found->declared));
}

/* The mark and the declaration disagree: the mark is right, and the reader is told. */
static void say_conflict(const finding *found, xs_text text, uint32_t source, xs_diags *diags)
{
  xs_text declared = find_declared(text);
  encoding said = encoding_of(declared);
  bool utf16 = found->encoding == UTF_16LE || found->encoding == UTF_16BE;
  bool said_utf16 = said == UTF_16LE || said == UTF_16BE;
  if (!declared.len || said == found->encoding || (utf16 && said_utf16)) return;
  xs_diag(diags, XS_D_XML_ENCODING_CONFLICT,
          (xs_span){source, (uint32_t)(declared.ptr - text.ptr), (uint32_t)declared.len},
          _("the file says “%.*s”, but its first bytes are those of %s, and it was read so"),
          XS_TEXT(declared), converter_names[found->encoding]);
}

static xs_status keep(xs_text name, const xs_buf *text, xs_diags *diags, xs_text *out,
                      uint32_t *source)
{
  *source = xs_diags_source_copy(diags, name, xs_buf_view(text));
  if (!*source) return XS_ENOMEM;
  *out = xs_diags_source_bytes(diags, *source);
  return XS_OK;
}

xs_status xs_xml_decode(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags, xs_text *out,
                        uint32_t *source)
{
  const xs_host *host = xs_arena_host(a);
  finding found = find_encoding(bytes);
  xs_text body = {bytes.ptr + found.mark_len, bytes.len - found.mark_len};
  xs_buf text;
  fault f = {0};
  xs_buf_init(&text, host, XS_MAX_XML_BYTES);
  xs_status st = decode(found.encoding, body, found.mark_len, &text, &f);
  if (st == XS_ELIMIT)
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("%.*s: more than %u MB of text"), XS_TEXT(name),
            XS_MAX_XML_BYTES >> 20);
  if (!st) st = keep(name, &text, diags, out, source);
  xs_buf_free(&text);
  if (st) return st;

  if (found.encoding == UNKNOWN) {
    say_unknown(bytes, &found, *source, diags);
    return XS_EINPUT;
  }
  if (f.found) {
    say_invalid(host, bytes, &found, &f, *source, diags);
    return XS_EINPUT;
  }
  if (found.mark_len) say_conflict(&found, *out, *source, diags);
  return XS_OK;
}
