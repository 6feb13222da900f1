/*
 * One lane while it is laid out. The steps, each finishing what the next one reads:
 *
 *   bundle   arrows → links: one for each two nodes, with the size of its label     diagram.c
 *   rank     which row each node stands in; chains of vertices along long links     diagram_rank.c
 *   order    the order within each row, with few crossings                          diagram_order.c
 *   place    where each vertex stands, and on which track each link turns           diagram_place.c
 *
 * Rows of nodes have even numbers, rows of labels odd ones.
 */
#ifndef XS_LAYOUT_DIAGRAM_GRAPH_H
#define XS_LAYOUT_DIAGRAM_GRAPH_H

#include "layout/diagram.h"

typedef enum xs_vertex_kind { XS_VERTEX_NODE, XS_VERTEX_LABEL, XS_VERTEX_BEND } xs_vertex_kind;

/* Something that takes room in a row: a box, a label with its line, or a line that passes. */
typedef struct xs_vertex {
  xs_vertex_kind kind;
  size_t index;       /* of the node or of the link */
  size_t row, column; /* which row, and which place in it */
  xs_len left, right; /* how far it reaches from its x */
  xs_len beside;      /* room to the right of a box, for arrows that come back to it */
  xs_len height;
  xs_len x, top;
} xs_vertex;

/* All arrows between two nodes, in one direction. */
typedef struct xs_link {
  size_t from, to; /* nodes */
  bool back;       /* laid out from `to` to `from`, against the order of the nodes */
  bool hidden;     /* only holds together what nothing holds together */
  uint32_t weight; /* how much it wants to be short and straight */
  xs_len label_width, label_height;
  size_t label; /* the vertex */
} xs_link;

/* A link from one row to the next. */
typedef struct xs_segment {
  size_t upper, lower; /* vertices */
  size_t link;
  uint32_t weight;
  xs_len out, in; /* where it leaves the upper and enters the lower one, from their x */
  size_t track;   /* on which it runs level; 0: it is straight */
} xs_segment;

typedef struct xs_layered {
  xs_arena *a;
  xs_vertex *vertices; /* the nodes first */
  size_t vertex_count, vertex_capacity, node_count;
  xs_link *links;
  size_t link_count, link_capacity;
  xs_segment *segments; /* those of a link one after another, downwards */
  size_t segment_count, segment_capacity;
  size_t row_count;
  size_t **rows; /* vertices, from left to right */
  size_t *row_lengths;
  size_t **channels; /* the segments below each row */
  size_t *channel_lengths;
  size_t *track_counts; /* of the channel below each row */
  bool *tangled;        /* of the channel below each row: its links are drawn as curves */
  xs_len width, height;
} xs_layered;

/* Fills rows, vertices and segments. Vertices of the nodes and the links are there. */
xs_status xs_layered_rank(xs_layered *g) XS_MUST_CHECK;
/* Puts the vertices of each row in order. */
xs_status xs_layered_order(xs_layered *g) XS_MUST_CHECK;
/* Sets x and top of every vertex, the ports and tracks of every segment, width and height. */
xs_status xs_layered_place(xs_layered *g) XS_MUST_CHECK;

/* Where a segment leaves its upper vertex and enters the lower one. */
static inline xs_len xs_segment_start(const xs_layered *g, const xs_segment *s)
{
  return g->vertices[s->upper].x + s->out;
}

static inline xs_len xs_segment_end(const xs_layered *g, const xs_segment *s)
{
  return g->vertices[s->lower].x + s->in;
}

/* The room between two rows; `y` is its upper end. */
xs_len xs_channel_top(const xs_layered *g, size_t row);
xs_len xs_channel_height(const xs_layered *g, size_t row);
/* Where a track runs, from the upper end of its channel. */
xs_len xs_track_depth(size_t track);

#endif
