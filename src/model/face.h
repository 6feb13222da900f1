/*
 * One face of one font file, open for reading. The layout floor chooses faces and shapes with
 * them; the output floor cuts them down to what a file uses.
 */
#ifndef XS_MODEL_FACE_H
#define XS_MODEL_FACE_H

#include "base/len.h"
#include "xieshang/base.h"

#include <stdbool.h>

/* Where a list of fonts names a face. The texts belong to the font set. */
typedef struct xs_face_place {
  xs_text list, bytes; /* the path of the list, and what stands in it */
  uint32_t off, len;
} xs_face_place;

typedef struct xs_face {
  xs_text name;   /* PostScript name */
  xs_text family; /* as fonts.xml calls it */
  xs_text file;   /* path */
  uint32_t index; /* in a collection */
  xs_face_place place;
  bool is_cff;
  uint32_t upem;
  int32_t ascent, descent; /* font units; descent is negative */
  int32_t cap_height, x_min, y_min, x_max, y_max;
  struct hb_face_t *hb; /* immutable, shared between threads */
} xs_face;

/* The place for a message about the face; nowhere when it was not read from a list. */
xs_span xs_face_span(const xs_face *face, xs_diags *diags);

#endif
