#include "store/log.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/moment.h"

#include <string.h>

typedef enum form { TEXT, NUMBER, DAY, MOMENT, LIST } form;

typedef struct member {
  xs_text name;
  form form;
  size_t off; /* in xs_event */
} member;

static const member members[] = {
#define X(name, field, form) {XS_LIT_INIT(name), form, offsetof(xs_event, field)},
#include "store/event.def"
#undef X
};

/* ---- writing ---- */

static xs_status write_string(xs_text text, xs_buf *out)
{
  xs_buf_str(out, "\"");
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c == '"' || c == '\\')
      xs_buf_printf(out, "\\%c", c);
    else if ((unsigned char)c < 0x20)
      xs_buf_printf(out, "\\u%04x", (unsigned)c);
    else
      xs_buf_add(out, &c, 1);
  }
  return xs_buf_str(out, "\"");
}

static void write_list(const xs_text *items, size_t count, xs_buf *out)
{
  xs_buf_str(out, "[");
  for (size_t i = 0; i < count; i++) {
    if (i) xs_buf_str(out, ",");
    write_string(items[i], out);
  }
  xs_buf_str(out, "]");
}

static const void *at(const xs_event *event, const member *m)
{
  return (const char *)event + m->off;
}

static bool is_empty(const xs_event *event, const member *m)
{
  switch (m->form) {
  case TEXT:
    return ((const xs_text *)at(event, m))->len == 0;
  case NUMBER:
  case MOMENT:
    return *(const int64_t *)at(event, m) == 0;
  case DAY:
    return *(const uint32_t *)at(event, m) == 0;
  case LIST:
    return event->file_count == 0;
  }
  return true;
}

static void write_member(const xs_event *event, const member *m, xs_buf *out)
{
  char moment[XS_MOMENT_ROOM];
  switch (m->form) {
  case TEXT:
    write_string(*(const xs_text *)at(event, m), out);
    break;
  case NUMBER:
    xs_buf_printf(out, "%lld", (long long)*(const int64_t *)at(event, m));
    break;
  case MOMENT:
    xs_moment_write(*(const int64_t *)at(event, m), moment);
    xs_buf_printf(out, "\"%s\"", moment);
    break;
  case DAY: {
    uint32_t day = *(const uint32_t *)at(event, m);
    xs_buf_printf(out, "\"%04u-%02u-%02u\"", day / 10000, day / 100 % 100, day % 100);
    break;
  }
  case LIST:
    write_list(event->files, event->file_count, out);
    break;
  }
}

xs_status xs_event_write(const xs_event *event, xs_buf *out)
{
  const char *before = "{";
  for (size_t i = 0; i < XS_COUNT(members); i++) {
    const member *m = &members[i];
    if (is_empty(event, m)) continue;
    xs_buf_printf(out, "%s\"%.*s\":", before, XS_TEXT(m->name));
    write_member(event, m, out);
    before = ",";
  }
  if (*before == '{') xs_buf_str(out, before);
  return xs_buf_str(out, "}");
}

/* ---- reading ---- */

/*
 * Only what xs_event_write writes is read: members in their order, no blanks. Whether it is exactly
 * that is found out in the end by writing it again.
 */
typedef struct reader {
  xs_arena *a;
  bool starved; /* of memory */
  const char *p, *end;
} reader;

static bool take(reader *r, const char *word)
{
  size_t len = strlen(word);
  if ((size_t)(r->end - r->p) < len || memcmp(r->p, word, len) != 0) return false;
  r->p += len;
  return true;
}

/* Of the characters below U+0020, as \u00XX. */
static bool read_code(reader *r, char *out)
{
  static const char digits[] = "0123456789abcdef";
  if (r->end - r->p < 5 || memcmp(r->p, "u00", 3) != 0) return false;
  const char *high = memchr(digits, r->p[3], 16), *low = memchr(digits, r->p[4], 16);
  if (!high || !low) return false;
  *out = (char)((high - digits) * 16 + (low - digits));
  r->p += 5;
  return true;
}

static bool read_string(reader *r, xs_text *out)
{
  if (!take(r, "\"")) return false;
  const char *close = r->p;
  while (close < r->end && *close != '"') close += *close == '\\' && close + 1 < r->end ? 2 : 1;
  if (close >= r->end) return false;
  char *room = xs_arena_alloc(r->a, (size_t)(close - r->p) + 1);
  if (!room) r->starved = true;
  if (!room) return false;
  size_t len = 0;
  while (r->p < close) {
    char c = *r->p++;
    if (c == '\\' && *r->p != 'u')
      c = *r->p++;
    else if (c == '\\' && !read_code(r, &c))
      return false;
    room[len++] = c;
  }
  *out = (xs_text){room, len};
  return take(r, "\"");
}

static bool read_number(reader *r, int64_t *out)
{
  const char *from = r->p;
  uint64_t number;
  while (r->p < r->end && *r->p >= '0' && *r->p <= '9') r->p++;
  if (!xs_text_uint((xs_text){from, (size_t)(r->p - from)}, &number) || number > INT64_MAX)
    return false;
  *out = (int64_t)number;
  return true;
}

static bool read_list(reader *r, xs_event *event)
{
  size_t capacity = 0;
  xs_text *items = NULL;
  if (!take(r, "[")) return false;
  do {
    xs_text *item = XS_PUSH(r->a, items, event->file_count, capacity);
    if (!item) r->starved = true;
    if (!item || !read_string(r, item)) return false;
  } while (take(r, ","));
  event->files = items;
  return take(r, "]");
}

static bool read_member(reader *r, const member *m, xs_event *event)
{
  void *to = (char *)event + m->off;
  xs_text text;
  xs_date day;
  switch (m->form) {
  case TEXT:
    return read_string(r, to);
  case NUMBER:
    return read_number(r, to);
  case MOMENT:
    return read_string(r, &text) && xs_moment_read(text, to);
  case DAY:
    if (!read_string(r, &text) || !xs_date_parse(text, &day)) return false;
    *(uint32_t *)to = xs_date_number(day);
    return true;
  case LIST:
    return read_list(r, event);
  }
  return false;
}

static bool read_members(reader *r, xs_event *event)
{
  if (!take(r, "{")) return false;
  for (size_t i = 0; i < XS_COUNT(members); i++) {
    reader ahead = *r;
    xs_text name;
    bool named = read_string(&ahead, &name);
    r->starved |= ahead.starved;
    if (!named) return false;
    if (!xs_text_equal(name, members[i].name)) continue;
    *r = ahead;
    if (!take(r, ":") || !read_member(r, &members[i], event)) return false;
    if (!take(r, ",")) break;
  }
  return take(r, "}") && r->p == r->end;
}

static xs_status compare(const xs_arena *a, const xs_event *event, xs_text line)
{
  xs_buf again;
  xs_buf_init(&again, xs_arena_host(a), XS_MAX_EVENT_BYTES);
  xs_status st = xs_event_write(event, &again);
  if (st == XS_ELIMIT || (!st && !xs_text_equal(xs_buf_view(&again), line))) st = XS_EINPUT;
  xs_buf_free(&again);
  return st;
}

xs_status xs_event_read(xs_arena *a, xs_text line, xs_event *out)
{
  char hash[65];
  *out = (xs_event){.seq = 0};
  reader r = {.a = a, .p = line.ptr, .end = line.ptr + line.len};
  if (!line.len || line.len > XS_MAX_EVENT_BYTES || !xs_text_valid(line, NULL)) return XS_EINPUT;
  if (!read_members(&r, out)) return r.starved ? XS_ENOMEM : XS_EINPUT;
  xs_status st = compare(a, out, line);
  if (!st) st = xs_digest_hex(line.ptr, line.len, hash);
  if (st) return st;
  out->hash = xs_arena_text(a, xs_text_of(hash));
  return out->hash.ptr ? XS_OK : XS_ENOMEM;
}
