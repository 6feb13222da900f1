#include "support/plan_check.h"

#include "unit/unit.h"

static bool overlap(xs_diagram_box a, xs_diagram_box b)
{
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* The box around a piece of a line, as thick as it is drawn and a little more. */
static xs_diagram_box box_of_piece(xs_diagram_point a, xs_diagram_point b)
{
  const xs_len half = XS_PT(1);
  return (xs_diagram_box){(a.x < b.x ? a.x : b.x) - half, (a.y < b.y ? a.y : b.y) - half,
                          (a.x < b.x ? b.x : a.x) + half, (a.y < b.y ? b.y : a.y) + half};
}

static xs_diagram_box shrunk(xs_diagram_box box)
{
  return (xs_diagram_box){box.left + XS_PT(2), box.top + XS_PT(2), box.right - XS_PT(2),
                          box.bottom - XS_PT(2)};
}

static void check_boxes(const xs_diagram_plan *p)
{
  for (size_t i = 0; i < p->node_count; i++) {
    assert_true(p->nodes[i].left >= 0 && p->nodes[i].right <= p->width);
    assert_true(p->nodes[i].top >= 0 && p->nodes[i].bottom <= p->height);
    for (size_t j = i + 1; j < p->node_count; j++) assert_false(overlap(p->nodes[i], p->nodes[j]));
    for (size_t j = 0; j < p->route_count; j++)
      assert_false(overlap(p->nodes[i], p->routes[j].label));
  }
  for (size_t i = 0; i < p->route_count; i++) {
    assert_true(p->routes[i].label.left >= 0 && p->routes[i].label.right <= p->width);
    for (size_t j = i + 1; j < p->route_count; j++)
      assert_false(overlap(p->routes[i].label, p->routes[j].label));
  }
}

/* A piece of a line touches a box only where its arrow begins or ends, and no label. */
static void check_piece(const xs_diagram_plan *p, const xs_diagram_route *r, size_t i)
{
  xs_diagram_box piece = box_of_piece(r->points[i], r->points[i + 1]);
  for (size_t j = 0; j < p->node_count; j++) {
    bool at_end = (i == 0 && j == r->from) || (i + 2 == r->point_count && j == r->to);
    assert_false(overlap(piece, at_end ? shrunk(p->nodes[j]) : p->nodes[j]));
  }
  for (size_t j = 0; j < p->route_count; j++) assert_false(overlap(piece, p->routes[j].label));
}

static bool is_level(const xs_diagram_point *p)
{
  return p[0].y == p[1].y;
}

/* Two arrows may cross; they may not run on one another. */
static void check_pieces(const xs_diagram_route *a, size_t i, const xs_diagram_route *b, size_t j)
{
  const xs_diagram_point *p = a->points + i, *q = b->points + j;
  if (is_level(p) != is_level(q)) return;
  assert_false(overlap(box_of_piece(p[0], p[1]), box_of_piece(q[0], q[1])));
}

static void check_routes(const xs_diagram_plan *p, const xs_diagram_lane *lane)
{
  for (size_t i = 0; i < p->route_count; i++) {
    const xs_diagram_route *r = &p->routes[i];
    assert_true(r->point_count >= 2);
    for (size_t k = 0; k + 1 < r->point_count; k++) {
      if (!r->curved) assert_true(is_level(r->points + k) || r->points[k].x == r->points[k + 1].x);
      if (!r->curved) check_piece(p, r, k);
      for (size_t j = i + 1; j < p->route_count && !r->curved; j++)
        for (size_t m = 0; m + 1 < p->routes[j].point_count && !p->routes[j].curved; m++)
          check_pieces(r, k, &p->routes[j], m);
    }
  }
  for (size_t i = 0; i < lane->arrow_count; i++) {
    size_t found = 0;
    for (size_t j = 0; j < p->route_count; j++)
      found += p->routes[j].from == lane->arrows[i].from && p->routes[j].to == lane->arrows[i].to;
    assert_int_equal(found, 1);
  }
}

/* A curve stays between the rows, so that what it passes is no box and no label. */
static void check_curves(const xs_diagram_plan *p)
{
  for (size_t i = 0; i < p->route_count; i++) {
    const xs_diagram_route *r = &p->routes[i];
    for (size_t k = 0; r->curved && k + 1 < r->point_count; k++) {
      if (r->points[k].x == r->points[k + 1].x) continue;
      xs_diagram_box wave = box_of_piece(r->points[k], r->points[k + 1]);
      for (size_t j = 0; j < p->node_count; j++) assert_false(overlap(wave, p->nodes[j]));
      for (size_t j = 0; j < p->route_count; j++) assert_false(overlap(wave, p->routes[j].label));
    }
  }
}

void plan_check(const xs_diagram_plan *p, const xs_diagram_lane *lane)
{
  check_boxes(p);
  check_routes(p, lane);
  check_curves(p);
}
