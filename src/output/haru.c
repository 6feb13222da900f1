#include "output/haru.h"

#include "base/text.h"

#include <limits.h>
#include <string.h>

/* ---- memory ---------------------------------------------------------------------------------- */

static _Thread_local xs_arena *arena_in_use;

static void *HPDF_STDCALL allocate(HPDF_UINT size)
{
  return xs_arena_alloc(arena_in_use, size);
}

static void HPDF_STDCALL leave_to_arena(void *ptr)
{
  (void)ptr;
}

xs_status xs_haru_open(const xs_host *host, xs_haru *out)
{
  *out = (xs_haru){NULL, NULL};
  xs_arena *arena = xs_arena_new(host);
  if (!arena) return XS_ENOMEM;
  arena_in_use = arena;
  HPDF_Doc doc = HPDF_NewEx(NULL, allocate, leave_to_arena, 0, NULL);
  if (!doc) {
    arena_in_use = NULL;
    xs_arena_free(arena);
    return XS_ENOMEM;
  }
  *out = (xs_haru){arena, doc};
  return XS_OK;
}

void xs_haru_close(xs_haru *h)
{
  if (!h->arena) return;
  arena_in_use = NULL;
  xs_arena_free(h->arena);
  *h = (xs_haru){NULL, NULL};
}

xs_status xs_haru_status(const xs_haru *h)
{
  HPDF_STATUS code = HPDF_Error_GetCode(&h->doc->error);
  if (code == HPDF_OK) return XS_OK;
  return code == HPDF_FAILD_TO_ALLOC_MEM ? XS_ENOMEM : XS_ELIMIT;
}

void xs_haru_fail(xs_haru *h, xs_status status)
{
  if (!status || xs_haru_status(h)) return;
  HPDF_SetError(&h->doc->error,
                status == XS_ENOMEM ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_INVALID_DOCUMENT, 0);
}

/* ---- objects --------------------------------------------------------------------------------- */

HPDF_Dict xs_haru_dict(xs_haru *h)
{
  return HPDF_Dict_New(h->doc->mmgr);
}

HPDF_Dict xs_haru_indirect_dict(xs_haru *h)
{
  HPDF_Dict dict = HPDF_Dict_New(h->doc->mmgr);
  return dict && HPDF_Xref_Add(h->doc->xref, dict) == HPDF_OK ? dict : NULL;
}

HPDF_Array xs_haru_array(xs_haru *h)
{
  return HPDF_Array_New(h->doc->mmgr);
}

/* Cut to what a string of libharu may hold. */
void *xs_haru_utf16(xs_haru *h, xs_text utf8)
{
  enum { CEILING = HPDF_LIMIT_MAX_STRING_LEN - 4 };
  size_t room = 2 + 2 * (utf8.len < CEILING / 2 ? utf8.len : CEILING / 2);
  unsigned char *utf16 = xs_arena_alloc(h->arena, room + 4);
  size_t len = 0;
  if (!utf16) {
    xs_haru_fail(h, XS_ENOMEM);
    return NULL;
  }
  utf16[len++] = 0xfe;
  utf16[len++] = 0xff;
  for (size_t off = 0; off < utf8.len && len < room;) {
    uint32_t c = xs_text_next(utf8, &off);
    if (c > 0xffff) {
      uint32_t high = 0xd800 + ((c - 0x10000) >> 10);
      utf16[len++] = (unsigned char)(high >> 8);
      utf16[len++] = (unsigned char)high;
      c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    utf16[len++] = (unsigned char)(c >> 8);
    utf16[len++] = (unsigned char)c;
  }
  return xs_haru_bytes(h, utf16, len);
}

static bool is_ascii(xs_text text)
{
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] < 0x20 || text.ptr[i] > 0x7e) return false;
  return text.len < HPDF_LIMIT_MAX_STRING_LEN;
}

void *xs_haru_text(xs_haru *h, xs_text utf8)
{
  return is_ascii(utf8) ? xs_haru_ascii(h, utf8) : xs_haru_utf16(h, utf8);
}

void *xs_haru_ascii(xs_haru *h, xs_text ascii)
{
  xs_text terminated = xs_arena_text(h->arena, ascii);
  if (!terminated.ptr) {
    xs_haru_fail(h, XS_ENOMEM);
    return NULL;
  }
  return HPDF_String_New(h->doc->mmgr, terminated.ptr, NULL);
}

void *xs_haru_bytes(xs_haru *h, const void *bytes, size_t len)
{
  /* libharu reads the bytes and leaves them alone, whatever its declaration says. */
  return HPDF_Binary_New(h->doc->mmgr, (HPDF_BYTE *)(uintptr_t)bytes, (HPDF_UINT)len);
}

void xs_haru_set(HPDF_Dict dict, const char *key, void *object)
{
  if (dict) HPDF_Dict_Add(dict, key, object);
}

void xs_haru_set_name(HPDF_Dict dict, const char *key, const char *name)
{
  if (dict) HPDF_Dict_AddName(dict, key, name);
}

void xs_haru_set_number(HPDF_Dict dict, const char *key, int64_t number)
{
  if (dict) HPDF_Dict_AddNumber(dict, key, (HPDF_INT32)number);
}

void xs_haru_set_true(HPDF_Dict dict, const char *key)
{
  if (dict) HPDF_Dict_AddBoolean(dict, key, HPDF_TRUE);
}

void xs_haru_push(HPDF_Array array, void *object)
{
  if (array) HPDF_Array_Add(array, object);
}

void xs_haru_push_number(HPDF_Array array, int64_t number)
{
  if (array) HPDF_Array_AddNumber(array, (HPDF_INT32)number);
}

void xs_haru_push_len(HPDF_Array array, xs_len len)
{
  if (array) HPDF_Array_AddReal(array, (HPDF_REAL)((double)len / 1024));
}

void xs_haru_push_name(HPDF_Array array, const char *name)
{
  if (array) HPDF_Array_AddName(array, name);
}

/* ---- streams --------------------------------------------------------------------------------- */

/* What the stream of a dictionary reads from. */
typedef struct source {
  xs_text bytes;
  size_t at;
  const char *filter;
} source;

static HPDF_STATUS read_source(HPDF_Stream stream, HPDF_BYTE *ptr, HPDF_UINT *size)
{
  source *s = stream->attr;
  size_t left = s->bytes.len - s->at;
  size_t count = *size < left ? *size : left;
  if (count) memcpy(ptr, s->bytes.ptr + s->at, count);
  s->at += count;
  *size = (HPDF_UINT)count;
  return s->at == s->bytes.len ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS rewind_source(HPDF_Stream stream, HPDF_INT pos, HPDF_WhenceMode mode)
{
  source *s = stream->attr;
  if (mode != HPDF_SEEK_SET || pos < 0 || (size_t)pos > s->bytes.len) return HPDF_INVALID_PARAMETER;
  s->at = (size_t)pos;
  return HPDF_OK;
}

static HPDF_INT32 tell_source(HPDF_Stream stream)
{
  const source *s = stream->attr;
  return (HPDF_INT32)s->at;
}

static HPDF_UINT32 measure_source(HPDF_Stream stream)
{
  const source *s = stream->attr;
  return (HPDF_UINT32)s->bytes.len;
}

/* libharu would name only those filters that it is to apply itself. */
static HPDF_STATUS write_filter(HPDF_Dict dict, HPDF_Stream out)
{
  const source *s = dict->stream->attr;
  HPDF_STATUS status = HPDF_Stream_WriteStr(out, "/Filter ");
  if (status == HPDF_OK) status = HPDF_Stream_WriteEscapeName(out, s->filter);
  if (status == HPDF_OK) status = HPDF_Stream_WriteStr(out, "\n");
  return status;
}

void xs_haru_stream_set(xs_haru *h, HPDF_Dict stream, xs_text bytes, const char *filter)
{
  if (!stream) return;
  source *s = XS_NEW(h->arena, source);
  if (!s || bytes.len > INT_MAX) {
    xs_haru_fail(h, s ? XS_ELIMIT : XS_ENOMEM);
    return;
  }
  *s = (source){bytes, 0, filter};
  HPDF_Stream reader = HPDF_CallbackReader_New(h->doc->mmgr, read_source, rewind_source,
                                               tell_source, measure_source, s);
  if (!reader) return;
  stream->stream = reader;
  stream->filter = HPDF_STREAM_FILTER_NONE;
  stream->write_fn = filter ? write_filter : NULL;
}

HPDF_Dict xs_haru_stream(xs_haru *h, xs_text bytes, const char *filter)
{
  HPDF_Dict stream = HPDF_DictStream_New(h->doc->mmgr, h->doc->xref);
  xs_haru_stream_set(h, stream, bytes, filter);
  return stream;
}

/* ---- the file -------------------------------------------------------------------------------- */

static HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE *ptr, HPDF_UINT size)
{
  xs_buf *out = stream->attr;
  if (xs_buf_add(out, ptr, size) == XS_OK) return HPDF_OK;
  return HPDF_SetError(stream->error, HPDF_FILE_IO_ERROR, 0);
}

static const char *header_of(HPDF_PDFVer version)
{
  /* Four bytes above 127 tell tools that the file is not text. */
  return version >= HPDF_VER_17 ? "%PDF-1.7\n%\342\343\317\323\n" : "%PDF-1.4\n%\342\343\317\323\n";
}

xs_status xs_haru_write(xs_haru *h, xs_buf *out)
{
  xs_haru_set(h->doc->trailer, "Root", h->doc->catalog);
  xs_haru_set(h->doc->trailer, "Info", h->doc->info);
  HPDF_Stream stream = HPDF_CallbackWriter_New(h->doc->mmgr, append, out);
  xs_status status = xs_haru_status(h);
  if (status) return status;
  HPDF_Stream_WriteStr(stream, header_of(h->doc->pdf_version));
  HPDF_Xref_WriteToStream(h->doc->xref, stream, NULL);
  return out->status ? out->status : xs_haru_status(h);
}
