/*
 * One face of one font file, open for reading. The layout floor chooses faces and shapes with
 * them; the output floor cuts them down to what a file uses.
 */
#ifndef XS_MODEL_FACE_H
#define XS_MODEL_FACE_H

#include "base/len.h"
#include "xieshang/base.h"

#include <stdbool.h>

typedef struct xs_face {
  xs_text name;   /* PostScript name */
  xs_text family; /* as fonts.xml calls it */
  xs_text file;   /* path */
  uint32_t index; /* in a collection */
  bool is_cff;
  uint32_t upem;
  int32_t ascent, descent; /* font units; descent is negative */
  int32_t cap_height, x_min, y_min, x_max, y_max;
  struct hb_face_t *hb; /* immutable, shared between threads */
} xs_face;

#endif
