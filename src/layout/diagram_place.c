/*
 * Where things stand. Across: a second network, in which each segment wants to be straight and
 * neighbours in a row keep apart. Down: rows as high as what stands in them, and channels between
 * them as high as their tracks.
 *
 * A segment that is not straight runs down from its upper vertex, level along a track, and down to
 * its lower one. Tracks are chosen so that
 *
 *   1  no two level parts lie on one another;
 *   2  no two upright parts lie on one another: where one segment begins above the place at which
 *      another one ends, its track is the upper one;
 *   3  among what these allow, few segments cross.
 *
 * Two segments that change places with one another cannot keep the second rule. Then their channel
 * is tangled, and its segments are drawn as curves, which only touch where they cross.
 */
#include "layout/diagram_graph.h"

#include "layout/network.h"

static const xs_len port_pitch = XS_PT(16), box_pad = XS_PT(10);
static const xs_len node_gap = XS_PT(26), label_gap = XS_PT(16), bend_gap = XS_PT(8);
static const xs_len track_pitch = XS_PT(9), track_first = XS_PT(13), track_last = XS_PT(15);
static const xs_len channel_least = XS_PT(18), wave_height = XS_PT(24);
static const xs_len clearance = XS_PT(6); /* between lines */

/* ---- ports ----------------------------------------------------------------------------------- */

/* The segments at one side of a vertex, from left to right. */
static size_t list_ports(const xs_layered *g, size_t vertex, bool below, size_t *ports)
{
  size_t count = 0, row = g->vertices[vertex].row;
  if (!below && !row) return 0;
  row -= !below;
  for (size_t i = 0; i < g->channel_lengths[row]; i++) {
    size_t index = g->channels[row][i], at = count;
    const xs_segment *s = &g->segments[index];
    if ((below ? s->upper : s->lower) != vertex || !s->weight) continue;
    size_t column = g->vertices[below ? s->lower : s->upper].column;
    for (; at > 0; at--) {
      const xs_segment *left = &g->segments[ports[at - 1]];
      if (g->vertices[below ? left->lower : left->upper].column <= column) break;
      ports[at] = ports[at - 1];
    }
    ports[at] = index;
    count++;
  }
  return count;
}

/* The heaviest segment stands in the middle, so that the main road runs straight. */
static void set_ports(xs_layered *g, size_t vertex, bool below, size_t *ports)
{
  size_t count = list_ports(g, vertex, below, ports), middle = 0;
  for (size_t i = 1; i < count; i++)
    if (g->segments[ports[i]].weight > g->segments[ports[middle]].weight) middle = i;
  xs_vertex *v = &g->vertices[vertex];
  for (size_t i = 0; i < count; i++) {
    xs_len at = ((xs_len)i - (xs_len)middle) * port_pitch;
    *(below ? &g->segments[ports[i]].out : &g->segments[ports[i]].in) = at;
    if (v->left < box_pad - at) v->left = box_pad - at;
    if (v->left < box_pad + at) v->left = box_pad + at;
    v->right = v->left;
  }
}

static xs_status set_all_ports(xs_layered *g)
{
  size_t *ports = XS_NEW_ARRAY(g->a, g->segment_count + 1, size_t);
  if (!ports) return XS_ENOMEM;
  for (size_t i = 0; i < g->node_count; i++) {
    set_ports(g, i, false, ports);
    set_ports(g, i, true, ports);
  }
  return XS_OK;
}

/* ---- across ---------------------------------------------------------------------------------- */

static xs_len gap_between(const xs_vertex *left, const xs_vertex *right)
{
  if (left->kind == XS_VERTEX_NODE && right->kind == XS_VERTEX_NODE) return node_gap;
  if (left->kind == XS_VERTEX_LABEL || right->kind == XS_VERTEX_LABEL) return label_gap;
  return bend_gap;
}

/* Each segment is a node of its own that both its ends hang on: the farther apart they are, the
 * longer one of the two edges. */
static void add_segment(const xs_layered *g, size_t index, xs_network_edge *edges)
{
  const xs_segment *s = &g->segments[index];
  size_t hook = g->vertex_count + index;
  xs_len off = s->out - s->in;
  edges[0] = (xs_network_edge){hook, s->upper, off < 0 ? -off : 0, s->weight};
  edges[1] = (xs_network_edge){hook, s->lower, off > 0 ? off : 0, s->weight};
}

static size_t add_neighbours(const xs_layered *g, xs_network_edge *edges)
{
  size_t count = 0;
  for (size_t row = 0; row < g->row_count; row++)
    for (size_t i = 0; i + 1 < g->row_lengths[row]; i++) {
      size_t a = g->rows[row][i], b = g->rows[row][i + 1];
      const xs_vertex *left = &g->vertices[a], *right = &g->vertices[b];
      xs_len least = left->right + left->beside + gap_between(left, right) + right->left;
      edges[count++] = (xs_network_edge){a, b, least, 0};
    }
  return count;
}

/* Moves all so that nothing reaches over the left edge, and measures the width. */
static void settle(xs_layered *g, const xs_len *places)
{
  xs_len least = XS_LEN_MAX;
  for (size_t i = 0; i < g->vertex_count; i++)
    if (places[i] - g->vertices[i].left < least) least = places[i] - g->vertices[i].left;
  g->width = 0;
  for (size_t i = 0; i < g->vertex_count; i++) {
    xs_vertex *v = &g->vertices[i];
    v->x = places[i] - least;
    if (v->x + v->right + v->beside > g->width) g->width = v->x + v->right + v->beside;
  }
}

static xs_status place_across(xs_layered *g)
{
  size_t node_count = g->vertex_count + g->segment_count;
  xs_len *places = XS_NEW_ARRAY(g->a, node_count, xs_len);
  xs_network_edge *edges =
      XS_NEW_ARRAY(g->a, g->vertex_count + 2 * g->segment_count, xs_network_edge);
  if (!places || !edges) return XS_ENOMEM;
  for (size_t i = 0; i < g->segment_count; i++) add_segment(g, i, edges + 2 * i);
  size_t edge_count = 2 * g->segment_count;
  edge_count += add_neighbours(g, edges + edge_count);
  xs_status st = xs_network_solve(g->a, edges, edge_count, places, node_count);
  if (!st) settle(g, places);
  return st;
}

/* ---- tracks ---------------------------------------------------------------------------------- */

typedef struct span {
  size_t segment;
  xs_len from, to; /* where it comes down and where it goes on down */
  xs_len left, right;
} span;

static xs_len apart(xs_len a, xs_len b)
{
  return a < b ? b - a : a - b;
}

static bool meet(const span *a, const span *b)
{
  return a->left < b->right + clearance && b->left < a->right + clearance;
}

static bool is_within(const span *s, xs_len x)
{
  return x > s->left && x < s->right;
}

enum { OVERLAP = 1000 }; /* costs as much as that many crossings */

/* What it costs that `a` runs above `b`. */
static int cost_above(const span *a, const span *b)
{
  int cost = is_within(a, b->from) + is_within(b, a->to);
  return cost + (apart(b->from, a->to) < clearance ? OVERLAP : 0);
}

/* Upper ones first. Neighbours change places while that costs less. */
static void sort_spans(span *spans, size_t count)
{
  for (size_t round = 0; round < count; round++)
    for (size_t i = 0; i + 1 < count; i++) {
      if (cost_above(&spans[i + 1], &spans[i]) >= cost_above(&spans[i], &spans[i + 1])) continue;
      span upper = spans[i + 1];
      spans[i + 1] = spans[i];
      spans[i] = upper;
    }
}

static bool is_tangled(const span *spans, size_t count)
{
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      if (meet(&spans[i], &spans[j]) && cost_above(&spans[i], &spans[j]) >= OVERLAP) return true;
  return false;
}

static size_t list_spans(const xs_layered *g, size_t row, span *spans)
{
  size_t count = 0;
  for (size_t i = 0; i < g->channel_lengths[row]; i++) {
    const xs_segment *s = &g->segments[g->channels[row][i]];
    xs_len from = xs_segment_start(g, s), to = xs_segment_end(g, s);
    if (from == to || !s->weight) continue;
    spans[count++] =
        (span){g->channels[row][i], from, to, from < to ? from : to, from < to ? to : from};
  }
  return count;
}

/* Each runs below all that meet it and come before it. */
static void choose_tracks(xs_layered *g, size_t row, const span *spans, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    size_t track = 1;
    for (size_t j = 0; j < i; j++) {
      size_t above = g->segments[spans[j].segment].track;
      if (meet(&spans[i], &spans[j]) && above >= track) track = above + 1;
    }
    g->segments[spans[i].segment].track = track;
    if (track > g->track_counts[row]) g->track_counts[row] = track;
  }
}

static xs_status set_tracks(xs_layered *g)
{
  span *spans = XS_NEW_ARRAY(g->a, g->segment_count + 1, span);
  if (!spans) return XS_ENOMEM;
  for (size_t row = 0; row + 1 < g->row_count; row++) {
    size_t count = list_spans(g, row, spans);
    sort_spans(spans, count);
    g->tangled[row] = is_tangled(spans, count);
    choose_tracks(g, row, spans, count);
  }
  return XS_OK;
}

/* ---- down ------------------------------------------------------------------------------------ */

xs_len xs_track_depth(size_t track)
{
  return track_first + (xs_len)(track - 1) * track_pitch;
}

xs_len xs_channel_height(const xs_layered *g, size_t row)
{
  size_t tracks = g->track_counts[row];
  xs_len height = tracks ? xs_track_depth(tracks) + track_last : channel_least;
  return height + (g->tangled[row] ? wave_height : 0);
}

static xs_len row_height(const xs_layered *g, size_t row)
{
  xs_len height = 0;
  for (size_t i = 0; i < g->row_lengths[row]; i++)
    if (g->vertices[g->rows[row][i]].height > height) height = g->vertices[g->rows[row][i]].height;
  return height;
}

xs_len xs_channel_top(const xs_layered *g, size_t row)
{
  const xs_vertex *v = &g->vertices[g->rows[row][0]];
  xs_len middle = v->top + v->height / 2, height = row_height(g, row);
  return middle - height / 2 + height;
}

static void place_down(xs_layered *g)
{
  xs_len top = 0;
  for (size_t row = 0; row < g->row_count; row++) {
    xs_len height = row_height(g, row);
    for (size_t i = 0; i < g->row_lengths[row]; i++) {
      xs_vertex *v = &g->vertices[g->rows[row][i]];
      v->top = top + height / 2 - v->height / 2;
    }
    g->height = top + height;
    top = g->height + (row + 1 < g->row_count ? xs_channel_height(g, row) : 0);
  }
}

xs_status xs_layered_place(xs_layered *g)
{
  xs_status st = set_all_ports(g);
  if (!st) st = place_across(g);
  if (!st) st = set_tracks(g);
  if (!st) place_down(g);
  return st;
}
