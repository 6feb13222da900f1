/*
 * After Gansner, Koutsofios, North and Vo, “A technique for drawing directed graphs” (1993).
 *
 * A tree of edges that are exactly as long as they must be holds all nodes: it fixes their places.
 * Taking an edge out of the tree parts the nodes in two; its cut value says what it would cost to
 * pull the two apart by one. Where that is negative the parts are pulled until another edge between
 * them is tight, which takes its place in the tree. When no cut value is negative nothing can be
 * gained any more.
 *
 * Cut values come from one walk up the tree: the weights of the edges that leave the nodes below an
 * edge, less those that enter them; edges among those nodes cancel out.
 */
#include "layout/network.h"

#include <assert.h>
#include <string.h>

#define NONE ((size_t)-1)

typedef struct network {
  const xs_network_edge *edges;
  size_t edge_count, node_count;
  xs_len *places;
  bool *in_tree;       /* of edges */
  size_t *up;          /* of nodes: the tree edge towards the root, NONE at the root */
  size_t *order;       /* nodes, parents before children */
  size_t *first, *end; /* of nodes: order[first, end) is the tree below */
  int64_t *outflow;    /* of nodes: weights that leave the tree below, less those that enter */
  size_t *queue;
  size_t *next_of[2], *head_of; /* tree edges of a node, as lists: by their from and by their to */
} network;

static xs_len slack(const network *n, size_t edge)
{
  const xs_network_edge *e = &n->edges[edge];
  return n->places[e->to] - n->places[e->from] - e->least;
}

static xs_status open_network(xs_arena *a, network *n)
{
  size_t nodes = n->node_count + 1, edges = n->edge_count + 1;
  n->in_tree = XS_NEW_ARRAY(a, edges, bool);
  n->up = XS_NEW_ARRAY(a, nodes, size_t);
  n->order = XS_NEW_ARRAY(a, nodes, size_t);
  n->first = XS_NEW_ARRAY(a, nodes, size_t);
  n->end = XS_NEW_ARRAY(a, nodes, size_t);
  n->outflow = XS_NEW_ARRAY(a, nodes, int64_t);
  n->queue = XS_NEW_ARRAY(a, nodes, size_t);
  n->head_of = XS_NEW_ARRAY(a, nodes, size_t);
  n->next_of[0] = XS_NEW_ARRAY(a, edges, size_t);
  n->next_of[1] = XS_NEW_ARRAY(a, edges, size_t);
  bool ok = n->in_tree && n->up && n->order && n->first && n->end && n->outflow && n->queue &&
            n->head_of && n->next_of[0] && n->next_of[1];
  return ok ? XS_OK : XS_ENOMEM;
}

/* Every node as far to the left as its edges allow. */
static void place_leftmost(network *n)
{
  bool moved = true;
  memset(n->places, 0, n->node_count * sizeof *n->places);
  for (size_t round = 0; moved; round++) {
    assert(round <= n->node_count); /* else there is a circle */
    moved = false;
    for (size_t i = 0; i < n->edge_count; i++) {
      if (slack(n, i) >= 0) continue;
      n->places[n->edges[i].to] = n->places[n->edges[i].from] + n->edges[i].least;
      moved = true;
    }
  }
}

/* ---- the first tree -------------------------------------------------------------------------- */

/* The edge between the tree and the rest with the least slack; NONE when nothing is left over. */
static size_t nearest_edge(const network *n, const bool *reached)
{
  size_t best = NONE;
  for (size_t i = 0; i < n->edge_count; i++) {
    if (reached[n->edges[i].from] == reached[n->edges[i].to]) continue;
    if (best == NONE || slack(n, i) < slack(n, best)) best = i;
  }
  return best;
}

static xs_status grow_tree(xs_arena *a, network *n)
{
  bool *reached = XS_NEW_ARRAY(a, n->node_count, bool);
  if (!reached) return XS_ENOMEM;
  reached[0] = true;
  for (size_t grown = 1; grown < n->node_count; grown++) {
    size_t edge = nearest_edge(n, reached);
    assert(edge != NONE); /* else the nodes do not hang together */
    const xs_network_edge *e = &n->edges[edge];
    xs_len by = reached[e->to] ? -slack(n, edge) : slack(n, edge);
    for (size_t i = 0; i < n->node_count; i++)
      if (reached[i]) n->places[i] += by;
    n->in_tree[edge] = true;
    reached[e->from] = reached[e->to] = true;
  }
  return XS_OK;
}

/* ---- walking the tree ------------------------------------------------------------------------ */

static size_t other_end(const network *n, size_t edge, size_t node)
{
  return n->edges[edge].from == node ? n->edges[edge].to : n->edges[edge].from;
}

/* The lists of tree edges at each node. An edge stands in two lists, so it has two links. */
static void list_tree(network *n)
{
  for (size_t i = 0; i < n->node_count; i++) n->head_of[i] = NONE;
  for (size_t i = n->edge_count; i-- > 0;) {
    if (!n->in_tree[i]) continue;
    n->next_of[0][i] = n->head_of[n->edges[i].from];
    n->head_of[n->edges[i].from] = i;
    n->next_of[1][i] = n->head_of[n->edges[i].to];
    n->head_of[n->edges[i].to] = i;
  }
}

static size_t next_edge(const network *n, size_t edge, size_t node)
{
  return n->next_of[n->edges[edge].from != node][edge];
}

/* Parents before children, each tree below a node in one piece. */
static void walk_tree(network *n)
{
  size_t depth = 0, count = 0;
  list_tree(n);
  n->queue[depth++] = 0;
  n->up[0] = NONE;
  while (depth) {
    size_t node = n->queue[--depth];
    n->first[node] = count;
    n->order[count++] = node;
    for (size_t e = n->head_of[node]; e != NONE; e = next_edge(n, e, node)) {
      if (e == n->up[node]) continue;
      size_t child = other_end(n, e, node);
      n->up[child] = e;
      n->queue[depth++] = child;
    }
  }
  for (size_t i = 0; i < count; i++) n->end[n->order[i]] = n->first[n->order[i]] + 1;
  for (size_t i = count; i-- > 1;) {
    size_t node = n->order[i], parent = other_end(n, n->up[node], node);
    if (n->end[node] > n->end[parent]) n->end[parent] = n->end[node];
  }
}

static void sum_flows(network *n)
{
  memset(n->outflow, 0, n->node_count * sizeof *n->outflow);
  for (size_t i = 0; i < n->edge_count; i++) {
    n->outflow[n->edges[i].from] += n->edges[i].weight;
    n->outflow[n->edges[i].to] -= n->edges[i].weight;
  }
  for (size_t i = n->node_count; i-- > 1;) {
    size_t node = n->order[i];
    n->outflow[other_end(n, n->up[node], node)] += n->outflow[node];
  }
}

static bool is_below(const network *n, size_t node, size_t top)
{
  return n->first[node] >= n->first[top] && n->first[node] < n->end[top];
}

/* ---- exchanges ------------------------------------------------------------------------------- */

/* The node below the tree edge with the least cut value; NONE when no value is negative. */
static size_t node_to_part(const network *n)
{
  size_t best = NONE;
  int64_t least = 0;
  for (size_t i = 1; i < n->node_count; i++) {
    size_t node = n->order[i];
    bool from_below = n->edges[n->up[node]].from == node;
    int64_t cut = from_below ? n->outflow[node] : -n->outflow[node];
    if (cut >= least) continue;
    least = cut;
    best = node;
  }
  return best;
}

/* Of the edges that run against the one that leaves, the one with the least slack. */
static size_t edge_to_enter(const network *n, size_t node)
{
  bool from_below = n->edges[n->up[node]].from == node;
  size_t best = NONE;
  for (size_t i = 0; i < n->edge_count; i++) {
    bool a = is_below(n, n->edges[i].from, node), b = is_below(n, n->edges[i].to, node);
    if (a == b || a == from_below) continue;
    if (best == NONE || slack(n, i) < slack(n, best)) best = i;
  }
  return best;
}

static void exchange(network *n, size_t node, size_t enters)
{
  size_t leaves = n->up[node];
  bool from_below = n->edges[leaves].from == node;
  xs_len by = from_below ? -slack(n, enters) : slack(n, enters);
  for (size_t i = n->first[node]; i < n->end[node]; i++) n->places[n->order[i]] += by;
  n->in_tree[leaves] = false;
  n->in_tree[enters] = true;
}

static void begin_at_zero(network *n)
{
  xs_len least = n->node_count ? n->places[0] : 0;
  for (size_t i = 0; i < n->node_count; i++)
    if (n->places[i] < least) least = n->places[i];
  for (size_t i = 0; i < n->node_count; i++) n->places[i] -= least;
}

xs_status xs_network_solve(xs_arena *a, const xs_network_edge *edges, size_t edge_count,
                           xs_len *places, size_t node_count)
{
  network n = {
      .edges = edges, .edge_count = edge_count, .node_count = node_count, .places = places};
  if (!node_count) return XS_OK;
  xs_status st = open_network(a, &n);
  if (st) return st;
  place_leftmost(&n);
  st = grow_tree(a, &n);
  if (st) return st;
  for (size_t pivot = 0; pivot < node_count * XS_NETWORK_PIVOTS; pivot++) {
    walk_tree(&n);
    sum_flows(&n);
    size_t node = node_to_part(&n);
    size_t enters = node == NONE ? NONE : edge_to_enter(&n, node);
    if (enters == NONE) break;
    exchange(&n, node, enters);
  }
  begin_at_zero(&n);
  return XS_OK;
}
