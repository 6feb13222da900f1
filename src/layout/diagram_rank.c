#include "layout/diagram_graph.h"

#include "layout/network.h"

/* What a line that passes a row keeps free on either side. */
static const xs_len bend_half = XS_PT(5);

static size_t upper_node(const xs_link *link)
{
  return link->back ? link->to : link->from;
}

static size_t lower_node(const xs_link *link)
{
  return link->back ? link->from : link->to;
}

/* ---- holding together ------------------------------------------------------------------------ */

static size_t root_of(const size_t *parents, size_t node)
{
  while (parents[node] != node) node = parents[node];
  return node;
}

/* A node that no link ties to the first one gets a hidden link, so that it stands below it. */
static xs_status tie_together(xs_layered *g)
{
  size_t *parents = XS_NEW_ARRAY(g->a, g->node_count, size_t);
  if (!parents) return XS_ENOMEM;
  for (size_t i = 0; i < g->node_count; i++) parents[i] = i;
  for (size_t i = 0; i < g->link_count; i++)
    parents[root_of(parents, g->links[i].from)] = root_of(parents, g->links[i].to);
  for (size_t i = 1; i < g->node_count; i++) {
    if (root_of(parents, i) == root_of(parents, 0)) continue;
    parents[root_of(parents, i)] = root_of(parents, 0);
    xs_link *link = XS_PUSH(g->a, g->links, g->link_count, g->link_capacity);
    if (!link) return XS_ENOMEM;
    *link = (xs_link){.from = 0, .to = i, .hidden = true};
  }
  return XS_OK;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Short links are good links: the sum of their lengths in rows is made as small as can be. */
static xs_status find_rows(xs_layered *g)
{
  xs_network_edge *edges = XS_NEW_ARRAY(g->a, g->link_count + 1, xs_network_edge);
  xs_len *places = XS_NEW_ARRAY(g->a, g->node_count, xs_len);
  if (!edges || !places) return XS_ENOMEM;
  for (size_t i = 0; i < g->link_count; i++) {
    const xs_link *link = &g->links[i];
    edges[i] = (xs_network_edge){upper_node(link), lower_node(link), 1, link->weight};
  }
  xs_status st = xs_network_solve(g->a, edges, g->link_count, places, g->node_count);
  for (size_t i = 0; i < g->node_count && !st; i++) {
    g->vertices[i].row = (size_t)places[i] * 2;
    if (g->vertices[i].row >= g->row_count) g->row_count = g->vertices[i].row + 1;
  }
  return st;
}

/* ---- chains ---------------------------------------------------------------------------------- */

/*
 * Which row the label of a link stands in: the row of labels that is least wide so far, and of
 * those the one nearest to where the arrow begins.
 */
static size_t label_row(const xs_layered *g, const xs_link *link, xs_len *widths)
{
  size_t first = g->vertices[upper_node(link)].row + 1,
         last = g->vertices[lower_node(link)].row - 1;
  size_t best = link->back ? last : first;
  for (size_t i = first; i <= last; i += 2) {
    size_t row = link->back ? last - (i - first) : i;
    if (widths[row] < widths[best]) best = row;
  }
  widths[best] += link->label_width;
  return best;
}

static xs_status push_segment(xs_layered *g, size_t upper, size_t lower, size_t link)
{
  xs_segment *s = XS_PUSH(g->a, g->segments, g->segment_count, g->segment_capacity);
  if (!s) return XS_ENOMEM;
  bool passes =
      g->vertices[upper].kind != XS_VERTEX_NODE && g->vertices[lower].kind != XS_VERTEX_NODE;
  *s = (xs_segment){.upper = upper, .lower = lower, .link = link};
  s->weight = g->links[link].weight * (passes ? 8 : 2);
  return XS_OK;
}

static xs_vertex vertex_on(const xs_layered *g, size_t index, size_t row, bool is_label)
{
  const xs_link *link = &g->links[index];
  xs_vertex v = {.kind = XS_VERTEX_BEND, .index = index, .row = row};
  v.left = v.right = bend_half;
  if (!is_label || link->hidden) return v;
  v.kind = XS_VERTEX_LABEL;
  v.right = link->label_width;
  v.height = link->label_height;
  return v;
}

static xs_status make_chain(xs_layered *g, size_t index, xs_len *widths)
{
  size_t above = upper_node(&g->links[index]), below = lower_node(&g->links[index]);
  size_t label = label_row(g, &g->links[index], widths);
  xs_status st = XS_OK;
  for (size_t row = g->vertices[above].row + 1; row < g->vertices[below].row && !st; row++) {
    xs_vertex *v = XS_PUSH(g->a, g->vertices, g->vertex_count, g->vertex_capacity);
    if (!v) return XS_ENOMEM;
    *v = vertex_on(g, index, row, row == label);
    if (row == label) g->links[index].label = g->vertex_count - 1;
    st = push_segment(g, above, g->vertex_count - 1, index);
    above = g->vertex_count - 1;
  }
  return st ? st : push_segment(g, above, below, index);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static xs_status open_rows(xs_layered *g)
{
  g->rows = XS_NEW_ARRAY(g->a, g->row_count, size_t *);
  g->row_lengths = XS_NEW_ARRAY(g->a, g->row_count, size_t);
  g->channels = XS_NEW_ARRAY(g->a, g->row_count, size_t *);
  g->channel_lengths = XS_NEW_ARRAY(g->a, g->row_count, size_t);
  g->track_counts = XS_NEW_ARRAY(g->a, g->row_count, size_t);
  g->tangled = XS_NEW_ARRAY(g->a, g->row_count, bool);
  bool ok = g->rows && g->row_lengths && g->channels && g->channel_lengths && g->track_counts &&
            g->tangled;
  return ok ? XS_OK : XS_ENOMEM;
}

/* Lists of exactly as many as `lengths` counts; the counts begin at 0 again. */
static xs_status open_lists(xs_layered *g, size_t **lists, size_t *lengths)
{
  for (size_t i = 0; i < g->row_count; i++) {
    lists[i] = XS_NEW_ARRAY(g->a, lengths[i] + 1, size_t);
    if (!lists[i]) return XS_ENOMEM;
    lengths[i] = 0;
  }
  return XS_OK;
}

static xs_status fill_rows(xs_layered *g)
{
  xs_status st = open_rows(g);
  if (st) return st;
  for (size_t i = 0; i < g->vertex_count; i++) g->row_lengths[g->vertices[i].row]++;
  st = open_lists(g, g->rows, g->row_lengths);
  for (size_t i = 0; i < g->vertex_count && !st; i++) {
    xs_vertex *v = &g->vertices[i];
    v->column = g->row_lengths[v->row]++;
    g->rows[v->row][v->column] = i;
  }
  return st;
}

static xs_status fill_channels(xs_layered *g)
{
  for (size_t i = 0; i < g->segment_count; i++)
    g->channel_lengths[g->vertices[g->segments[i].upper].row]++;
  xs_status st = open_lists(g, g->channels, g->channel_lengths);
  for (size_t i = 0; i < g->segment_count && !st; i++) {
    size_t row = g->vertices[g->segments[i].upper].row;
    g->channels[row][g->channel_lengths[row]++] = i;
  }
  return st;
}

xs_status xs_layered_rank(xs_layered *g)
{
  xs_status st = tie_together(g);
  if (!st) st = find_rows(g);
  xs_len *widths = st ? NULL : XS_NEW_ARRAY(g->a, g->row_count + 1, xs_len);
  if (!st && !widths) st = XS_ENOMEM;
  for (size_t i = 0; i < g->link_count && !st; i++) st = make_chain(g, i, widths);
  if (!st) st = fill_rows(g);
  return st ? st : fill_channels(g);
}
