/*
 * A face as the layout floor works with it: the file mapped when first needed, glyphs by
 * character, and the shape of each mark as it stands in Chinese text.
 */
#ifndef XS_LAYOUT_FACE_H
#define XS_LAYOUT_FACE_H

#include "base/arena.h"
#include "layout/kinsoku.h"
#include "model/face.h"

struct hb_font_t;

/* How one mark stands: in an em of its own, with so much empty room on both sides of its ink.
 * Font units. */
typedef struct xs_mark_shape {
  bool known;
  uint32_t glyph;
  int32_t advance; /* of the glyph in the face */
  int32_t width;   /* the room it takes: at least an em for a wide mark */
  int32_t shift;   /* of the glyph from the left edge of that room */
  int32_t blank_left, blank_right;
} xs_mark_shape;

typedef enum xs_face_state {
  XS_FACE_UNTRIED,
  XS_FACE_OPEN,
  XS_FACE_MISSING,
  XS_FACE_BROKEN /* there is a file, but not one that can be set with */
} xs_face_state;

typedef struct xs_typeface {
  xs_face face; /* what the page list sees */
  xs_text file_name;
  int32_t scale_milli;     /* of the size of the role, for optical evenness */
  int32_t shift_milli;     /* of the baseline, in 1/1000 of the size; positive is up */
  const uint32_t *skipped; /* characters that the next face of the chain draws better */
  size_t skipped_count;
  xs_face_state state;
  xs_text fault; /* what is wrong with the file, found when it was opened or with a glyph later */
  const void *bytes; /* mapped */
  size_t bytes_len;
  char digest[65];        /* SHA-256 of the file, hex; empty until asked for */
  struct hb_font_t *font; /* scaled to font units, immutable */
  xs_mark_shape marks[XS_KINSOKU_MARK_COUNT];
  xs_mark_shape dash_pair; /* —— as one sign of two ems; glyph 0 when the face has none */
} xs_typeface;

/*
 * Opens the mapped file as `t->face`. XS_EINPUT, with nothing kept, when it holds no sound face at
 * that index; *fault says why then, untranslated. The caller owns the mapping.
 *
 * Sound means: every table within the file, those that are needed there, outlines in order.
 * Checksums are not looked at, since fonts in good use have wrong ones; single glyphs are looked
 * at when they are first asked for.
 */
xs_status xs_typeface_open(xs_arena *a, xs_typeface *t, const void *bytes, size_t len,
                           const char **fault);
void xs_typeface_close(xs_typeface *t);

/* What a glyph that a character map names turns out to be. */
typedef enum xs_glyph_state { XS_GLYPH_INK, XS_GLYPH_EMPTY, XS_GLYPH_BROKEN } xs_glyph_state;
xs_glyph_state xs_typeface_look(const xs_typeface *t, uint32_t glyph);

/* The glyph of a character, 0 when the face has none; with a variation selector, only when the
 * face has that very variant. */
uint32_t xs_typeface_glyph(const xs_typeface *t, uint32_t codepoint);
uint32_t xs_typeface_variant(const xs_typeface *t, uint32_t codepoint, uint32_t selector);
/* The glyph of a mark in text that runs downwards (the feature vert); 0 when it is not one glyph.
 */
uint32_t xs_typeface_vertical(const xs_typeface *t, uint32_t codepoint);
int32_t xs_typeface_advance(const xs_typeface *t, uint32_t glyph);
bool xs_typeface_skips(const xs_typeface *t, uint32_t codepoint);

/* How a mark stands in this face, which must have it. */
const xs_mark_shape *xs_typeface_mark(xs_typeface *t, uint32_t codepoint);
/* “——” as one sign, or NULL when the face draws two. */
const xs_mark_shape *xs_typeface_dash_pair(xs_typeface *t);

#endif
