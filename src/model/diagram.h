/*
 * A drawing of states and of the steps between them, before anything has a place: what stands on
 * it, in words. layout/diagram.h makes pages of it.
 *
 *   diagram ── lane* (one a track) ─┬ node* (a state)
 *                                   └ arrow* (a step from one state to another)
 */
#ifndef XS_MODEL_DIAGRAM_H
#define XS_MODEL_DIAGRAM_H

#include "xieshang/base.h"

#include <stdbool.h>

/* A time limit beside its step: 10日, 《集体合同规定》第四十二条. */
typedef struct xs_diagram_term {
  xs_text days;
  xs_text law; /* may be empty */
} xs_diagram_term;

typedef struct xs_diagram_node {
  xs_text name, id;
  xs_text note;   /* in small letters beside the id: 草案 …; may be empty */
  xs_text marked; /* says what stands here at present; empty: nothing does */
  bool first;     /* where the track begins */
  bool final;     /* where it ends */
  bool crowd;     /* no state but several, from each of which its arrows go: `name` has them, in
                     lines parted by \n; it has nothing else */
} xs_diagram_node;

/* One step. Those between the same two nodes share one arrow. `from` may be `to`. */
typedef struct xs_diagram_arrow {
  size_t from, to; /* indices into the nodes of the lane */
  xs_text name;
  xs_text note; /* who does it; may be empty */
  const xs_diagram_term *terms;
  size_t term_count;
} xs_diagram_arrow;

typedef struct xs_diagram_lane {
  xs_text name, id;
  size_t color;                 /* which of the colours; the same track keeps it on every drawing */
  const xs_diagram_node *nodes; /* the drawing runs downwards in their order */
  size_t node_count;
  const xs_diagram_arrow *arrows;
  size_t arrow_count;
} xs_diagram_lane;

typedef struct xs_diagram {
  xs_text title, subtitle;
  xs_text foot; /* one line at the lower edge; may be empty */
  const xs_diagram_lane *lanes;
  size_t lane_count;
} xs_diagram;

#endif
