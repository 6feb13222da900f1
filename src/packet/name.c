#include "packet/name.h"

#include "base/diag.h"
#include "base/text.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { MAX_NAME_BYTES = 255 };

/* ---- making ---- */

/* What Windows forbids in a name, and the full-width character that stands for it. */
static const struct {
  uint32_t forbidden, instead;
} stand_ins[] = {
    {'\\', 0xff3c}, {'/', 0xff0f}, {':', 0xff1a}, {'*', 0xff0a}, {'?', 0xff1f},
    {'"', 0xff02},  {'<', 0xff1c}, {'>', 0xff1e}, {'|', 0xff5c},
};

/* Control characters, and those that cannot be seen but turn or split what is around them. */
static bool is_invisible(uint32_t c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff0 && c <= 0xffff);
}

static uint32_t allowed(uint32_t c)
{
  for (size_t i = 0; i < XS_COUNT(stand_ins); i++)
    if (stand_ins[i].forbidden == c) return stand_ins[i].instead;
  return c;
}

/* Writes at most `room` bytes; returns how many. A dot or space at the end is not kept. */
static size_t clean_title(xs_text title, char *out, size_t room)
{
  size_t len = 0, kept = 0;
  for (size_t off = 0; off < title.len;) {
    char bytes[4];
    uint32_t c = allowed(xs_text_next(title, &off));
    if (is_invisible(c)) continue;
    size_t n = xs_text_encode(c, bytes);
    if (len + n > room) break;
    memcpy(out + len, bytes, n);
    len += n;
    if (c != ' ' && c != '.' && c != 0x3000) kept = len;
  }
  return kept;
}

xs_text xs_name_make(xs_arena *a, xs_text number, xs_text title, uint32_t ordinal, const char *ext)
{
  xs_text tail = ordinal ? xs_arena_printf(a, "_%u.%s", (unsigned)ordinal, ext)
                         : xs_arena_printf(a, ".%s", ext);
  if (!tail.ptr) return XS_NO_TEXT;
  char clean[MAX_NAME_BYTES];
  size_t taken = number.len + 1 + tail.len;
  size_t len =
      clean_title(xs_text_trim(title), clean, taken < MAX_NAME_BYTES ? MAX_NAME_BYTES - taken : 0);
  return xs_arena_printf(a, "%.*s_%.*s%.*s", XS_TEXT(number), (int)len, clean, XS_TEXT(tail));
}

/* ---- judging ---- */

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does some part between slashes consist of dots alone? */
static bool climbs(xs_text name)
{
  size_t start = 0;
  for (size_t i = 0; i <= name.len; i++) {
    if (i < name.len && name.ptr[i] != '/') continue;
    size_t len = i - start;
    if ((len == 1 || len == 2) && memcmp(name.ptr + start, "..", len) == 0) return true;
    start = i + 1;
  }
  return false;
}

static bool has_invisible(xs_text name)
{
  for (size_t off = 0; off < name.len;)
    if (is_invisible(xs_text_next(name, &off))) return true;
  return false;
}

const char *xs_name_danger(xs_text name)
{
  if (name.len == 0) return N_("it is empty");
  if (name.len > MAX_NAME_BYTES) return N_("it is longer than 255 bytes");
  if (name.ptr[0] == '/') return N_("it is an absolute path");
  if (memchr(name.ptr, '\\', name.len)) return N_("it holds a backslash");
  if (name.len > 1 && name.ptr[1] == ':' && is_letter(name.ptr[0]))
    return N_("it begins with a drive letter");
  if (climbs(name)) return N_("it leaves its folder");
  if (has_invisible(name)) return N_("it holds characters that cannot be seen");
  return NULL;
}

/* ---- comparing ---- */

typedef struct wide {
  UChar *ptr;
  int32_t len, room;
} wide;

static bool widen(xs_arena *a, xs_text t, wide *out)
{
  UErrorCode error = U_ZERO_ERROR;
  *out = (wide){.room = (int32_t)t.len * 3 + 1};
  out->ptr = XS_NEW_ARRAY(a, (size_t)out->room, UChar);
  if (!out->ptr) return false;
  u_strFromUTF8WithSub(out->ptr, out->room, &out->len, t.ptr, (int32_t)t.len, 0xfffd, NULL, &error);
  return U_SUCCESS(error);
}

xs_text xs_name_key(xs_arena *a, xs_text name)
{
  if (name.len > (1u << 16)) name.len = 1u << 16;
  wide plain, folded, composed;
  if (!widen(a, name, &plain)) return XS_NO_TEXT;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  folded = composed = (wide){.room = plain.room * 3};
  folded.ptr = XS_NEW_ARRAY(a, (size_t)folded.room, UChar);
  composed.ptr = XS_NEW_ARRAY(a, (size_t)composed.room, UChar);
  if (!folded.ptr || !composed.ptr) return XS_NO_TEXT;
  folded.len =
      u_strFoldCase(folded.ptr, folded.room, plain.ptr, plain.len, U_FOLD_CASE_DEFAULT, &error);
  composed.len = unorm2_normalize(nfc, folded.ptr, folded.len, composed.ptr, composed.room, &error);
  if (U_FAILURE(error)) return XS_NO_TEXT;
  return (xs_text){(const char *)composed.ptr, (size_t)composed.len * sizeof(UChar)};
}
