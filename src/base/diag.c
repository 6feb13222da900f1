#include "base/diag.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct source {
  xs_text name;
  xs_text bytes;
} source;

typedef struct entry {
  xs_diag_code code;
  xs_severity severity;
  xs_span span;
  xs_text text;
  bool is_note; /* a second place of the entry before it */
} entry;

enum { SEVERITY_COUNT = XS_ERROR + 1 };

struct xs_diags {
  const xs_host *host;

  xs_arena *source_arena;
  source *sources;
  size_t source_count;
  size_t source_capacity;

  xs_arena *entry_arena; /* NULL until the first diagnostic after new or clear */
  entry *entries;
  size_t entry_count;
  size_t entry_capacity;

  size_t found[SEVERITY_COUNT]; /* what was found, recorded or not */
  size_t note_count;            /* of the diagnostic recorded last */
  bool takes_notes;             /* the last diagnostic was recorded */
};

/* clang-format off */
static const struct {
  const char *slug;
  const char *title;
  xs_severity severity;
} codes[XS_D_COUNT] = {
#define X(id, severity, slug, title) {slug, title, XS_##severity},
#include "base/diag.def"
#undef X
};
/* clang-format on */

const char *xs_diag_slug(xs_diag_code code)
{
  return codes[code].slug;
}

const char *xs_diag_title(xs_diag_code code)
{
  return codes[code].title;
}

xs_severity xs_diag_severity(xs_diag_code code)
{
  return codes[code].severity;
}

xs_diags *xs_diags_new(const xs_host *host)
{
  xs_diags *d = host->resize(host->user, NULL, sizeof *d);
  if (!d) return NULL;
  *d = (xs_diags){.host = host, .source_arena = xs_arena_new(host)};
  if (!d->source_arena) {
    xs_diags_free(d);
    return NULL;
  }
  return d;
}

void xs_diags_free(xs_diags *d)
{
  if (!d) return;
  xs_arena_free(d->entry_arena);
  xs_arena_free(d->source_arena);
  d->host->resize(d->host->user, d, 0);
}

void xs_diags_clear(xs_diags *d)
{
  xs_arena_free(d->entry_arena);
  d->entry_arena = NULL;
  d->entries = NULL;
  d->entry_count = d->entry_capacity = 0;
  d->note_count = 0;
  d->takes_notes = false;
  memset(d->found, 0, sizeof d->found);
}

uint32_t xs_diags_source(xs_diags *d, xs_text name, xs_text bytes)
{
  if (d->source_count >= XS_MAX_SOURCES) return 0;
  xs_text kept_name = xs_arena_text(d->source_arena, name);
  if (!kept_name.ptr) return 0;
  source *s = XS_PUSH(d->source_arena, d->sources, d->source_count, d->source_capacity);
  if (!s) return 0;
  *s = (source){kept_name, bytes};
  return (uint32_t)d->source_count;
}

uint32_t xs_diags_source_copy(xs_diags *d, xs_text name, xs_text bytes)
{
  if (d->source_count >= XS_MAX_SOURCES) return 0;
  xs_text kept = xs_arena_text(d->source_arena, bytes);
  return kept.ptr ? xs_diags_source(d, name, kept) : 0;
}

/* NULL for a place that is nowhere. */
static const source *find_source(const xs_diags *d, uint32_t number)
{
  return number >= 1 && number <= d->source_count ? &d->sources[number - 1] : NULL;
}

xs_text xs_diags_source_name(const xs_diags *d, uint32_t number)
{
  const source *s = find_source(d, number);
  return s ? s->name : XS_NO_TEXT;
}

xs_text xs_diags_source_bytes(const xs_diags *d, uint32_t number)
{
  const source *s = find_source(d, number);
  return s ? s->bytes : XS_NO_TEXT;
}

/* The message, cut between two characters when it is very long; empty when out of memory. */
static xs_text format_text(xs_arena *a, const char *format, va_list args)
{
  char text[XS_MAX_DIAG_BYTES];
  int printed = vsnprintf(text, sizeof text, format, args);
  if (printed < 0) return XS_NO_TEXT;
  size_t len = (size_t)printed;
  if (len >= sizeof text) {
    static const char more[] = "…";
    len = sizeof text - sizeof more;
    while (len && ((unsigned char)text[len] & 0xC0u) == 0x80) len--;
    memcpy(text + len, more, sizeof more);
    len += sizeof more - 1;
  }
  return xs_arena_text(a, (xs_text){text, len});
}

static bool push(xs_diags *d, entry e, const char *format, va_list args)
{
  if (!d->entry_arena) d->entry_arena = xs_arena_new(d->host);
  if (!d->entry_arena) return false;
  e.text = format_text(d->entry_arena, format, args);
  entry *slot = XS_PUSH(d->entry_arena, d->entries, d->entry_count, d->entry_capacity);
  if (!slot) return false;
  *slot = e;
  return true;
}

static bool push_printf(xs_diags *d, entry e, const char *format, ...) XS_PRINTF(3, 4);
static bool push_printf(xs_diags *d, entry e, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  bool done = push(d, e, format, args);
  va_end(args);
  return done;
}

/* Each severity has its own ceiling, so that warnings never crowd out errors nor turn into one. */
void xs_diag(xs_diags *d, xs_diag_code code, xs_span at, const char *format, ...)
{
  xs_severity severity = xs_diag_severity(code);
  size_t found = ++d->found[severity];
  d->note_count = 0;
  d->takes_notes = false;
  if (found > XS_MAX_DIAGS) {
    entry last = {.code = XS_D_TOO_MANY, .severity = severity};
    if (found == XS_MAX_DIAGS + 1u)
      push_printf(d, last, _("more than %u of these; the rest is counted only"), XS_MAX_DIAGS);
    return;
  }
  va_list args;
  va_start(args, format);
  d->takes_notes = push(d, (entry){.code = code, .severity = severity, .span = at}, format, args);
  va_end(args);
}

void xs_diag_note(xs_diags *d, xs_span at, const char *format, ...)
{
  if (!d->takes_notes || d->note_count >= XS_MAX_DIAG_NOTES) return;
  d->note_count++;
  entry note = {
      .code = d->entries[d->entry_count - 1].code,
      .severity = XS_NOTE,
      .span = at,
      .is_note = true,
  };
  va_list args;
  va_start(args, format);
  push(d, note, format, args);
  va_end(args);
}

size_t xs_diags_count(const xs_diags *d, xs_severity at_least)
{
  size_t count = 0;
  for (size_t i = at_least; i < SEVERITY_COUNT; i++) count += d->found[i];
  return count;
}

xs_diag_mark xs_diags_mark(const xs_diags *d)
{
  xs_diag_mark mark = {.entry_count = d->entry_count};
  memcpy(mark.found, d->found, sizeof mark.found);
  return mark;
}

void xs_diags_forget(xs_diags *d, xs_diag_mark mark)
{
  d->entry_count = mark.entry_count;
  memcpy(d->found, mark.found, sizeof d->found);
  d->note_count = 0;
  d->takes_notes = false;
}

xs_status xs_diags_since(const xs_diags *d, size_t before)
{
  return xs_diags_count(d, XS_ERROR) > before ? XS_EINPUT : XS_OK;
}

xs_status xs_diags_arena(xs_diags *d, const xs_arena *a, xs_status st)
{
  if (st != XS_ENOMEM || !xs_arena_is_full(a)) return st;
  xs_diag(d, XS_D_LIMIT, XS_NOWHERE, _("it would take more than %u megabytes of memory"),
          (unsigned)(XS_MAX_ARENA_BYTES >> 20));
  return XS_ELIMIT;
}

/* The line around `off`, without its line end; *number counts from 1. */
static xs_text find_line(xs_text bytes, size_t off, uint32_t *number)
{
  size_t start = 0;
  *number = 1;
  for (size_t i = 0; i < off; i++) {
    if (bytes.ptr[i] == '\n') {
      start = i + 1;
      ++*number;
    }
  }
  size_t end = off;
  while (end < bytes.len && bytes.ptr[end] != '\n') end++;
  if (end > start && bytes.ptr[end - 1] == '\r') end--;
  return bytes.ptr ? (xs_text){bytes.ptr + start, end - start} : XS_NO_TEXT;
}

int xs_diags_locate(const xs_diags *d, xs_span at, xs_diag_view *out)
{
  const source *s = find_source(d, at.source);
  if (!s) return 0;
  size_t off = at.off < s->bytes.len ? at.off : s->bytes.len;
  out->file = s->name;
  out->source_line = find_line(s->bytes, off, &out->line);

  /* A place on the line end itself counts as just behind the last character. */
  size_t line_off = s->bytes.ptr ? (size_t)(out->source_line.ptr - s->bytes.ptr) : 0;
  size_t before = off - line_off, len = out->source_line.len;
  if (before > len) before = len;
  size_t meant = at.len < len - before ? at.len : len - before;
  const char *line = out->source_line.ptr;
  out->column = (uint32_t)xs_text_char_count((xs_text){line, before}) + 1;
  out->column_count = meant ? (uint32_t)xs_text_char_count((xs_text){line + before, meant}) : 0;
  return 1;
}

int xs_diags_view(const xs_diags *d, size_t i, xs_diag_view *out)
{
  if (i >= d->entry_count) return 0;
  const entry *e = &d->entries[i];
  *out = (xs_diag_view){.severity = e->severity, .text = e->text};
  if (!e->is_note) out->slug = xs_text_of(xs_diag_slug(e->code));
  xs_diags_locate(d, e->span, out);
  return 1;
}
