/*
 * A lane is laid out in layers, after Sugiyama and others:
 *
 *        ●
 *     ┌──┴──┐          row 0: nodes
 *     │draft│
 *     └─┬─┬─┘          channel: tracks on which links run level
 *       │ └────┐
 *  sign │      │ drop  row 1: labels, each beside its own line
 *       │      │
 *     ┌─▼───┐ ┌▼────┐  row 2: nodes
 *
 * What makes it readable is true by construction, and tested as such:
 *
 *   1  The drawing runs downwards in the order of the nodes; what leads back runs upwards, dashed.
 *   2  A line passes a row only at a vertex of its own, and level only in a channel, which holds
 *      nothing else: so no line runs through a box or a label.
 *   3  Vertices of a row keep apart by their widths: so neither boxes nor labels overlap.
 *   4  A label touches no line but its own, which it stands beside.
 *
 * A network simplex finds rows and places across, so links are short, and those of the main road
 * are straight.
 */
#include "layout/diagram.h"

#include "base/limits.h"
#include "layout/diagram_graph.h"
#include "layout/diagram_parts.h"

static const xs_len label_off = XS_PT(7); /* from its line */
static const xs_len loop_width = XS_PT(16), loop_half = XS_PT(7);
static const xs_len lead = XS_PT(24); /* above the first box, for the disc that it begins at */
static const xs_len wave_in = XS_PT(8), wave_out = XS_PT(12);

enum { NEXT_WEIGHT = 2, MAIN_WEIGHT = 8 };

/* One lane while it becomes a plan. */
typedef struct work {
  xs_sketch sketch;
  xs_arena *a; /* of the plan */
  const xs_diagram_lane *lane;
  xs_layered g;
  xs_len *box_heights;
} work;

/* ---- bundling -------------------------------------------------------------------------------- */

static bool has_link(const xs_layered *g, size_t from, size_t to)
{
  for (size_t i = 0; i < g->link_count; i++)
    if (g->links[i].from == from && g->links[i].to == to) return true;
  return false;
}

static xs_status add_link(work *w, size_t from, size_t to)
{
  xs_layered *g = &w->g;
  xs_link *link = XS_PUSH(g->a, g->links, g->link_count, g->link_capacity);
  if (!link) return XS_ENOMEM;
  *link = (xs_link){.from = from, .to = to, .back = to < from, .weight = 1};
  if (to == from + 1) link->weight = NEXT_WEIGHT;
  xs_diagram_label label = {w->lane, from, to};
  xs_status st = xs_part_label_size(&w->sketch, &label, &link->label_width, &link->label_height);
  link->label_width += label_off;
  return st;
}

/* How many links can follow one another downwards from each node. */
static void measure_depths(const xs_layered *g, size_t node_count, size_t *depths)
{
  for (size_t node = node_count; node-- > 0;)
    for (size_t i = 0; i < g->link_count; i++) {
      const xs_link *link = &g->links[i];
      if (link->from == node && !link->back && depths[link->to] + 1 > depths[node])
        depths[node] = depths[link->to] + 1;
    }
}

/* The main road is the longest one downwards from the first node. */
static xs_status pave_main_road(work *w)
{
  size_t *depths = XS_NEW_ARRAY(w->g.a, w->lane->node_count, size_t);
  if (!depths) return XS_ENOMEM;
  measure_depths(&w->g, w->lane->node_count, depths);
  for (size_t node = 0; depths[node];) {
    xs_link *best = NULL;
    for (size_t i = 0; i < w->g.link_count; i++) {
      xs_link *link = &w->g.links[i];
      if (link->from != node || link->back) continue;
      if (!best || depths[link->to] > depths[best->to] ||
          (depths[link->to] == depths[best->to] && link->to < best->to))
        best = link;
    }
    best->weight = MAIN_WEIGHT;
    node = best->to;
  }
  return XS_OK;
}

static xs_status bundle(work *w)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < w->lane->arrow_count && !st; i++) {
    size_t from = w->lane->arrows[i].from, to = w->lane->arrows[i].to;
    if (from != to && !has_link(&w->g, from, to)) st = add_link(w, from, to);
  }
  return st ? st : pave_main_road(w);
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static bool has_loop(const xs_diagram_lane *lane, size_t node)
{
  for (size_t i = 0; i < lane->arrow_count; i++)
    if (lane->arrows[i].from == node && lane->arrows[i].to == node) return true;
  return false;
}

static xs_len lead_of(const xs_diagram_lane *lane, size_t node)
{
  return node == 0 && lane->nodes[node].first ? lead : 0;
}

static xs_status measure_node(work *w, size_t i)
{
  xs_vertex *v = XS_PUSH(w->g.a, w->g.vertices, w->g.vertex_count, w->g.vertex_capacity);
  if (!v) return XS_ENOMEM;
  *v = (xs_vertex){.kind = XS_VERTEX_NODE, .index = i};
  xs_len width = 0, label_width = 0, label_height = 0;
  xs_status st = xs_part_node_size(&w->sketch, &w->lane->nodes[i], &width, &w->box_heights[i]);
  v->left = v->right = (width + 1) / 2;
  v->height = lead_of(w->lane, i) + w->box_heights[i];
  if (st || !has_loop(w->lane, i)) return st;
  xs_diagram_label label = {w->lane, i, i};
  st = xs_part_label_size(&w->sketch, &label, &label_width, &label_height);
  v->beside = loop_width + label_off + label_width;
  if (v->height < lead_of(w->lane, i) + label_height)
    v->height = lead_of(w->lane, i) + label_height;
  return st;
}

static xs_status measure_nodes(work *w)
{
  xs_status st = XS_OK;
  w->box_heights = XS_NEW_ARRAY(w->g.a, w->lane->node_count + 1, xs_len);
  if (!w->box_heights) return XS_ENOMEM;
  for (size_t i = 0; i < w->lane->node_count && !st; i++) st = measure_node(w, i);
  w->g.node_count = w->lane->node_count;
  return st;
}

/* ---- the plan -------------------------------------------------------------------------------- */

static xs_diagram_box box_of(const work *w, size_t node)
{
  const xs_vertex *v = &w->g.vertices[node];
  xs_len height = w->box_heights[node], above = lead_of(w->lane, node);
  xs_len top = v->top + above + (v->height - above - height) / 2;
  return (xs_diagram_box){v->x - v->left, top, v->x + v->right, top + height};
}

static void turn_round(xs_diagram_point *points, size_t count)
{
  for (size_t i = 0; i < count / 2; i++) {
    xs_diagram_point p = points[i];
    points[i] = points[count - 1 - i];
    points[count - 1 - i] = p;
  }
}

static bool is_curved(const xs_layered *g, size_t link)
{
  for (size_t i = 0; i < g->segment_count; i++) {
    const xs_segment *s = &g->segments[i];
    if (s->link == link && s->track && g->tangled[g->vertices[s->upper].row]) return true;
  }
  return false;
}

/* The two corners of a segment that is not straight. */
static size_t add_corners(const xs_layered *g, const xs_segment *s, bool curved,
                          xs_diagram_point *points)
{
  size_t row = g->vertices[s->upper].row;
  xs_len top = xs_channel_top(g, row), height = xs_channel_height(g, row);
  if (!s->track) return 0;
  points[0].x = xs_segment_start(g, s);
  points[1].x = xs_segment_end(g, s);
  points[0].y = top + (curved ? wave_in : xs_track_depth(s->track));
  points[1].y = top + (curved ? height - wave_out : xs_track_depth(s->track));
  return 2;
}

static xs_status plan_route(work *w, size_t index, xs_diagram_route *route)
{
  const xs_layered *g = &w->g;
  const xs_link *link = &g->links[index];
  const xs_vertex *label = &g->vertices[link->label];
  xs_diagram_point *points = XS_NEW_ARRAY(w->a, 2 * g->row_count + 2, xs_diagram_point);
  if (!points) return XS_ENOMEM;
  *route = (xs_diagram_route){.from = link->from, .to = link->to, .back = link->back};
  route->curved = is_curved(g, index);
  route->label = (xs_diagram_box){label->x + label_off, label->top, label->x + link->label_width,
                                  label->top + link->label_height};
  size_t count = 0;
  const xs_segment *last = NULL;
  for (size_t i = 0; i < g->segment_count; i++) {
    const xs_segment *s = &g->segments[i];
    if (s->link != index) continue;
    if (!last)
      points[count++] = (xs_diagram_point){xs_segment_start(g, s), box_of(w, s->upper).bottom};
    count += add_corners(g, s, route->curved, points + count);
    last = s;
  }
  points[count++] = (xs_diagram_point){xs_segment_end(g, last), box_of(w, last->lower).top};
  if (link->back) turn_round(points, count);
  route->points = points;
  route->point_count = count;
  return XS_OK;
}

static xs_status plan_loop(work *w, size_t node, xs_diagram_route *route)
{
  xs_diagram_box box = box_of(w, node);
  const xs_vertex *v = &w->g.vertices[node];
  xs_diagram_point *points = XS_NEW_ARRAY(w->a, 4, xs_diagram_point);
  if (!points) return XS_ENOMEM;
  xs_len middle = box.top + (box.bottom - box.top) / 2, out = box.right + loop_width;
  points[0] = (xs_diagram_point){box.right, middle - loop_half};
  points[1] = (xs_diagram_point){out, middle - loop_half};
  points[2] = (xs_diagram_point){out, middle + loop_half};
  points[3] = (xs_diagram_point){box.right, middle + loop_half};
  xs_len width = 0, height = 0;
  xs_diagram_label label = {w->lane, node, node};
  xs_status st = xs_part_label_size(&w->sketch, &label, &width, &height);
  *route = (xs_diagram_route){.from = node, .to = node, .points = points, .point_count = 4};
  xs_len top = middle - height / 2;
  route->label = (xs_diagram_box){out + label_off, top, v->x + v->right + v->beside, top + height};
  return st;
}

static xs_status plan_routes(work *w, xs_diagram_plan *out)
{
  size_t most = w->g.link_count + w->lane->node_count;
  xs_diagram_route *routes = XS_NEW_ARRAY(w->a, most + 1, xs_diagram_route);
  if (!routes) return XS_ENOMEM;
  xs_status st = XS_OK;
  for (size_t i = 0; i < w->g.link_count && !st; i++)
    if (!w->g.links[i].hidden) st = plan_route(w, i, &routes[out->route_count++]);
  for (size_t i = 0; i < w->lane->node_count && !st; i++)
    if (has_loop(w->lane, i)) st = plan_loop(w, i, &routes[out->route_count++]);
  out->routes = routes;
  return st;
}

static xs_status plan_nodes(work *w, xs_diagram_plan *out)
{
  xs_diagram_box *boxes = XS_NEW_ARRAY(w->a, w->lane->node_count + 1, xs_diagram_box);
  if (!boxes) return XS_ENOMEM;
  for (size_t i = 0; i < w->lane->node_count; i++) boxes[i] = box_of(w, i);
  out->nodes = boxes;
  out->node_count = w->lane->node_count;
  out->width = w->g.width;
  out->height = w->g.height;
  return XS_OK;
}

static xs_status lay_out(work *w, xs_diagram_plan *out)
{
  xs_status st = measure_nodes(w);
  if (!st) st = bundle(w);
  if (!st) st = xs_layered_rank(&w->g);
  if (!st) st = xs_layered_order(&w->g);
  if (!st) st = xs_layered_place(&w->g);
  if (!st) st = plan_nodes(w, out);
  return st ? st : plan_routes(w, out);
}

xs_status xs_diagram_plan_lane(xs_arena *a, xs_fontset *fonts, const xs_diagram_lane *lane,
                               xs_diags *diags, xs_diagram_plan *out)
{
  *out = (xs_diagram_plan){0};
  if (!lane->node_count) return XS_OK;
  if (lane->node_count > XS_MAX_DIAGRAM_NODES || lane->arrow_count > XS_MAX_DIAGRAM_NODES) {
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("a drawing has at most %u states and as many steps"),
            XS_MAX_DIAGRAM_NODES);
    return XS_ELIMIT;
  }
  size_t errors = xs_diags_count(diags, XS_ERROR);
  xs_arena *scratch = xs_arena_new(xs_arena_host(a));
  if (!scratch) return XS_ENOMEM;
  work w = {.a = a, .lane = lane, .g = {.a = scratch}};
  xs_status st = xs_sketch_open(&w.sketch, scratch, fonts, diags);
  if (!st) st = lay_out(&w, out);
  if (!st) st = xs_diags_since(diags, errors);
  xs_sketch_close(&w.sketch);
  xs_arena_free(scratch);
  return st;
}
