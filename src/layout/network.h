/* The network simplex: places on a line, far enough apart and as near as can be. */
#ifndef XS_LAYOUT_NETWORK_H
#define XS_LAYOUT_NETWORK_H

#include "base/arena.h"
#include "base/len.h"

typedef struct xs_network_edge {
  size_t from, to;
  xs_len least;    /* place[to] - place[from] is at least this */
  uint32_t weight; /* how much each unit of that distance costs */
} xs_network_edge;

/*
 * Finds places for the nodes so that every edge is long enough and the weighted lengths of all
 * together are least. The least place is 0. Edges must hold all nodes together and make no circle;
 * both are ours to see to. Scratch memory is taken from `a`; XS_ENOMEM is the only failure.
 *
 * The same input gives the same places. After XS_NETWORK_PIVOTS a node it stops: the places then
 * keep all distances but may cost more.
 */
enum { XS_NETWORK_PIVOTS = 64 };
xs_status xs_network_solve(xs_arena *a, const xs_network_edge *edges, size_t edge_count,
                           xs_len *places, size_t node_count) XS_MUST_CHECK;

#endif
