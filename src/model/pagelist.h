/*
 * The page list: everything that will be on paper, each thing at its place.
 *
 * The second frozen hand-over. The layout floor makes it; the output floors read it. Page lists
 * can be joined: a packet is the page lists of its papers, one after another. All coordinates
 * are measured from the upper left corner of the page, to the right and down.
 *
 *   page list ─┬ page* ─ item* (glyph run, line, rectangle, picture, path), in reading order
 *              └ bookmark*
 */
#ifndef XS_MODEL_PAGELIST_H
#define XS_MODEL_PAGELIST_H

#include "model/document.h"
#include "model/face.h"

typedef struct xs_glyph {
  uint32_t id;       /* in the face */
  uint32_t text_off; /* where its characters begin in the run's text … */
  uint32_t text_len; /* … and how many bytes they take; 0 for a further glyph of a cluster */
  xs_len x;          /* of its origin, from the run's origin */
  xs_len advance;    /* of the face at this size, without what justification added */
} xs_glyph;

/* One step of a path. A curve is cubic: from where the path stands, past (x1, y1) and (x2, y2). */
typedef enum xs_path_verb {
  XS_PATH_MOVE,
  XS_PATH_LINE,
  XS_PATH_CURVE,
  XS_PATH_CLOSE /* back to the last move; its coordinates say nothing */
} xs_path_verb;

typedef struct xs_path_step {
  xs_path_verb verb;
  xs_len x1, y1, x2, y2; /* of a curve */
  xs_len x, y;           /* where it ends */
} xs_path_step;

typedef enum xs_item_kind {
  XS_ITEM_GLYPHS,
  XS_ITEM_LINE,
  XS_ITEM_RECT,
  XS_ITEM_PICTURE,
  XS_ITEM_PATH
} xs_item_kind;

typedef struct xs_item {
  xs_item_kind kind;
  bool artifact; /* not part of the text: page numbers, watermarks, rules */
  xs_span span;
  xs_span from;
  union {
    struct {
      const xs_face *face;
      xs_len size;
      xs_len x, y;       /* origin on the baseline */
      int32_t angle_deg; /* counter-clockwise about the origin */
      bool goes_on;      /* upright text: read as one with the run before, though it stands below */
      xs_color color;
      const xs_glyph *glyphs;
      size_t glyph_count;
      xs_text text; /* the source characters */
    } glyphs;
    struct {
      xs_len x1, y1, x2, y2, width;
      xs_color color;
      bool dashed;
    } line;
    struct {
      xs_len x, y, width, height;
      xs_color color; /* filled */
    } rect;
    struct {
      const xs_picture *picture;
      xs_len x, y, width, height;
    } picture;
    struct {
      xs_len x, y;               /* the steps count from here */
      const xs_path_step *steps; /* the first is a move */
      size_t step_count;
      bool filled; /* whatever lies inside, counted by winding */
      xs_color fill;
      xs_len width; /* of the stroke, drawn over the filling; 0: none */
      xs_color color;
      bool dashed;
    } path;
  } u;
} xs_item;

typedef struct xs_page {
  xs_len width, height;
  xs_text label; /* the page number as printed, for the reader's page labels; may be empty */
  const xs_item *items;
  size_t item_count;
} xs_page;

typedef struct xs_bookmark {
  xs_text title;
  uint8_t level; /* from 1 */
  uint32_t page; /* index */
  xs_len y;
} xs_bookmark;

typedef struct xs_pagelist {
  xs_arena *arena; /* owns all of this but the faces, which the font set owns */
  xs_text title, author, subject, case_id;
  const xs_page *pages;
  size_t page_count;
  const xs_bookmark *bookmarks;
  size_t bookmark_count;
} xs_pagelist;

void xs_pagelist_free(xs_pagelist *list);

/* Writes the page list as text, one item a line, for the golden tests and `xieshang dump`. */
struct xs_buf;
void xs_pagelist_dump(const xs_pagelist *list, struct xs_buf *out);

/* The invariants (listed in pagelist.c), asserted in debug builds. */
void xs_pagelist_check(const xs_pagelist *list);

#endif
