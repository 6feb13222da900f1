/*
 * What a file draws: which faces, which of their glyphs, and which characters each glyph stands
 * for. Collected over the whole page list before anything is written, because a face is cut down
 * once, and codes are known only then.
 *
 * One glyph may stand for several characters (a compatibility character and its unified one, a
 * no-break space and a space). A PDF font maps a code to one text, so such a face becomes several
 * PDF fonts, "layers", which share the font program and differ in their ToUnicode maps alone: the
 * n-th meaning of a glyph is found in the n-th layer.
 */
#ifndef XS_OUTPUT_USAGE_H
#define XS_OUTPUT_USAGE_H

#include "base/arena.h"
#include "model/pagelist.h"

typedef struct xs_meaning {
  xs_text text;
  struct xs_meaning *next;
  uint32_t layer;
} xs_meaning;

typedef struct xs_used_glyph {
  uint32_t id;
  uint32_t code; /* in content streams; set when the face has been cut down */
  int32_t width; /* 1/1000 em; set at the same time */
  xs_meaning *meanings;
} xs_used_glyph;

typedef struct xs_used_face {
  const xs_face *face;
  uint32_t number; /* from 1, in order of first use */
  uint32_t layer_count;
  xs_used_glyph **glyphs; /* in order of first use */
  size_t glyph_count, glyph_capacity;
  xs_used_glyph **pages[256]; /* the same by the two bytes of their id */
} xs_used_face;

typedef struct xs_usage {
  xs_used_face **faces;
  size_t face_count, face_capacity;
} xs_usage;

xs_status xs_usage_collect(xs_arena *a, const xs_pagelist *pages, xs_usage *out);

/* NULL when the list it was collected from does not use the face. */
const xs_used_face *xs_usage_face(const xs_usage *usage, const xs_face *face);
const xs_used_glyph *xs_usage_glyph(const xs_used_face *face, uint32_t id);
/* The layer in which the glyph stands for `text`. */
uint32_t xs_usage_layer(const xs_used_glyph *glyph, xs_text text);

/* How many glyphs belong to the cluster that begins at glyph i of a run. */
size_t xs_cluster_glyphs(const xs_item *run, size_t i);
/*
 * What glyph i of a run stands for. In a cluster of several glyphs that is all of its text for the
 * first one and a zero width space for the others: to readers that do not know ActualText, a
 * character without width does less harm than one they cannot tell.
 */
xs_text xs_glyph_text(const xs_item *run, size_t i);

#endif
