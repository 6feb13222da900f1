/*
 * A diagram gets its places, and becomes a page.
 *
 * Each lane is laid out by itself, downwards: boxes for the states, arrows with their labels
 * between them. Lanes stand side by side on one sheet, the smallest of A4 to A0 that holds them, or
 * one as large as they need. The essay is in diagram.c.
 */
#ifndef XS_LAYOUT_DIAGRAM_H
#define XS_LAYOUT_DIAGRAM_H

#include "layout/layout.h"
#include "model/diagram.h"

typedef struct xs_diagram_box {
  xs_len left, top, right, bottom;
} xs_diagram_box;

typedef struct xs_diagram_point {
  xs_len x, y;
} xs_diagram_point;

/* An arrow as it is drawn: corners from the first box to the head, and what is written beside. */
typedef struct xs_diagram_route {
  size_t from, to;
  const xs_diagram_point *points;
  size_t point_count;
  xs_diagram_box label;
  bool back;   /* it runs upwards */
  bool curved; /* from point to point in curves, since straight lines would lie on one another */
} xs_diagram_route;

/* Where everything of a lane is, from its upper left corner. */
typedef struct xs_diagram_plan {
  xs_len width, height;
  const xs_diagram_box *nodes; /* in the order of the lane */
  size_t node_count;
  const xs_diagram_route *routes; /* one for each two nodes with arrows between them */
  size_t route_count;
} xs_diagram_plan;

/*
 * Lays one lane out. Every arrow must be between nodes that there are. The plan lives in `a`.
 * XS_EINPUT when a character has no glyph, with its diagnostic; XS_ELIMIT when there are more than
 * XS_MAX_DIAGRAM_NODES nodes or arrows.
 */
xs_status xs_diagram_plan_lane(xs_arena *a, xs_fontset *fonts, const xs_diagram_lane *lane,
                               xs_diags *diags, xs_diagram_plan *out) XS_MUST_CHECK;

/* One page with all lanes. *out stays NULL on failure; the caller frees it. */
xs_status xs_diagram_draw(const xs_host *host, const xs_diagram *diagram, xs_fontset *fonts,
                          xs_diags *diags, xs_pagelist **out) XS_MUST_CHECK;

#endif
