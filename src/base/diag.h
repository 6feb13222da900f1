/*
 * What the engine tells a person. A stage that finds a mistake records it with its place, goes
 * on to find the next one, and returns XS_EINPUT at its end.
 */
#ifndef XS_BASE_DIAG_H
#define XS_BASE_DIAG_H

#include "base/arena.h"

/* clang-format off */
typedef enum xs_diag_code {
#define X(id, severity, slug, title) XS_D_##id,
#include "base/diag.def"
#undef X
  XS_D_COUNT
} xs_diag_code;
/* clang-format on */

/* Translates a message of the engine; marks it for xgettext. */
const char *xs_message(const char *msgid) XS_FORMAT_ARG(1);
#define _(s)  xs_message(s)
#define N_(s) (s)

/*
 * Registers a source. `bytes` is its UTF-8 form and must live as long as the list; `name` is
 * copied. Returns its number for spans, 0 when out of memory or above XS_MAX_SOURCES.
 */
uint32_t xs_diags_source(xs_diags *diags, xs_text name, xs_text bytes);
/* Like xs_diags_source, and the list keeps a copy of the bytes. */
uint32_t xs_diags_source_copy(xs_diags *diags, xs_text name, xs_text bytes);
xs_text xs_diags_source_name(const xs_diags *diags, uint32_t source);
xs_text xs_diags_source_bytes(const xs_diags *diags, uint32_t source);

/* Records one diagnostic; the format stands in _() at the call. Above XS_MAX_DIAGS of one
 * severity a last entry, too-many, says so and the rest is counted only. */
void xs_diag(xs_diags *diags, xs_diag_code code, xs_span at, const char *format, ...)
    XS_PRINTF(4, 5);
/* Adds a second place to the diagnostic recorded last. */
void xs_diag_note(xs_diags *diags, xs_span at, const char *format, ...) XS_PRINTF(3, 4);

/* XS_EINPUT when errors were recorded since `before` = xs_diags_count(diags, XS_ERROR). */
xs_status xs_diags_since(const xs_diags *diags, size_t before);
/* XS_ENOMEM becomes XS_ELIMIT, with a diagnostic, when it was the ceiling of the arena that stood
 * in the way; any other status stays. */
xs_status xs_diags_arena(xs_diags *diags, const xs_arena *a, xs_status st);

/* What was recorded so far; and the way back to it, for a try whose mistakes are no mistakes of
 * anybody: what came behind the mark is forgotten, notes to the diagnostic before it included. */
typedef struct xs_diag_mark {
  size_t entry_count;
  size_t found[XS_ERROR + 1];
} xs_diag_mark;
xs_diag_mark xs_diags_mark(const xs_diags *diags);
void xs_diags_forget(xs_diags *diags, xs_diag_mark mark);

const char *xs_diag_slug(xs_diag_code code);
const char *xs_diag_title(xs_diag_code code); /* untranslated, for lists */
xs_severity xs_diag_severity(xs_diag_code code);

/* Line and column of a place, and the whole line it stands in. False for XS_NOWHERE. */
int xs_diags_locate(const xs_diags *diags, xs_span at, xs_diag_view *out);

#endif
