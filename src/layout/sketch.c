#include "layout/sketch.h"

#include "layout/place.h"

/* A quarter of a circle as one cubic curve: how far its control points lie along the tangents. */
enum { ARC_MILLI = 552 };

static const xs_len corner_radius = XS_PT(5), head_length = XS_PT(8), head_half = XS_PT(3);

xs_status xs_sketch_open(xs_sketch *s, xs_arena *a, xs_fontset *fonts, xs_diags *diags)
{
  *s = (xs_sketch){0};
  return xs_composer_open(&s->c, a, fonts, diags);
}

void xs_sketch_close(xs_sketch *s)
{
  xs_composer_close(&s->c);
}

static xs_item *push(xs_sketch *s, xs_item_kind kind)
{
  xs_item *item = XS_PUSH(s->c.a, s->items, s->count, s->capacity);
  if (item) *item = (xs_item){.kind = kind};
  return item;
}

/* ---- text ------------------------------------------------------------------------------------ */

static xs_status place(xs_sketch *s, const xs_char_style *style, xs_text text, xs_align align,
                       xs_len x, xs_len y, const xs_item **items, size_t *count)
{
  *items = NULL;
  *count = 0;
  if (!text.len) return XS_OK;
  return xs_text_place(&s->c, style, text, XS_NOWHERE, align, x, y, items, count);
}

xs_status xs_sketch_measure(xs_sketch *s, const xs_char_style *style, xs_text text, xs_len *width)
{
  const xs_item *items = NULL;
  size_t count = 0;
  xs_status st = place(s, style, text, XS_ALIGN_LEFT, 0, 0, &items, &count);
  *width = 0;
  for (size_t i = 0; i < count; i++) {
    const xs_glyph *last = &items[i].u.glyphs.glyphs[items[i].u.glyphs.glyph_count - 1];
    xs_len end = items[i].u.glyphs.x + last->x + last->advance;
    if (end > *width) *width = end;
  }
  return st;
}

xs_status xs_sketch_text(xs_sketch *s, const xs_char_style *style, xs_text text, xs_align align,
                         xs_len x, xs_len y)
{
  const xs_item *items = NULL;
  size_t count = 0;
  xs_status st = place(s, style, text, align, x, y, &items, &count);
  for (size_t i = 0; i < count && !st; i++) {
    xs_item *item = push(s, items[i].kind);
    if (!item) return XS_ENOMEM;
    *item = items[i];
  }
  return st;
}

/* ---- paths ----------------------------------------------------------------------------------- */

typedef struct path {
  xs_arena *a;
  xs_path_step *steps;
  size_t count, capacity;
  bool failed;
  xs_len x, y; /* where it stands */
} path;

static void add_step(path *p, const xs_path_step *step)
{
  xs_path_step *slot = XS_PUSH(p->a, p->steps, p->count, p->capacity);
  p->failed = p->failed || !slot;
  if (slot) *slot = *step;
  p->x = step->x;
  p->y = step->y;
}

static void move_to(path *p, xs_len x, xs_len y)
{
  add_step(p, &(xs_path_step){.verb = XS_PATH_MOVE, .x = x, .y = y});
}

static void line_to(path *p, xs_len x, xs_len y)
{
  add_step(p, &(xs_path_step){.verb = XS_PATH_LINE, .x = x, .y = y});
}

static xs_len towards(xs_len from, xs_len to, int milli)
{
  return from + (xs_len)((int64_t)(to - from) * milli / 1000);
}

/* A quarter circle past a corner. */
static void turn_to(path *p, xs_len corner_x, xs_len corner_y, xs_len x, xs_len y)
{
  add_step(p, &(xs_path_step){XS_PATH_CURVE, towards(p->x, corner_x, ARC_MILLI),
                              towards(p->y, corner_y, ARC_MILLI), towards(x, corner_x, ARC_MILLI),
                              towards(y, corner_y, ARC_MILLI), x, y});
}

static void close_path(path *p)
{
  add_step(p, &(xs_path_step){.verb = XS_PATH_CLOSE, .x = p->x, .y = p->y});
}

static xs_status end_path(xs_sketch *s, const path *p, const xs_brush *brush)
{
  xs_item *item = p->failed ? NULL : push(s, XS_ITEM_PATH);
  if (!item) return XS_ENOMEM;
  item->artifact = true;
  item->u.path.steps = p->steps;
  item->u.path.step_count = p->count;
  item->u.path.filled = brush->filled;
  item->u.path.fill = brush->fill;
  item->u.path.width = brush->width;
  item->u.path.color = brush->color;
  item->u.path.dashed = brush->dashed;
  return XS_OK;
}

xs_status xs_sketch_box(xs_sketch *s, xs_diagram_box box, xs_len radius, const xs_brush *brush)
{
  path p = {.a = s->c.a};
  xs_len r = radius;
  if (r > (box.right - box.left) / 2) r = (box.right - box.left) / 2;
  if (r > (box.bottom - box.top) / 2) r = (box.bottom - box.top) / 2;
  move_to(&p, box.left + r, box.top);
  line_to(&p, box.right - r, box.top);
  if (r) turn_to(&p, box.right, box.top, box.right, box.top + r);
  line_to(&p, box.right, box.bottom - r);
  if (r) turn_to(&p, box.right, box.bottom, box.right - r, box.bottom);
  line_to(&p, box.left + r, box.bottom);
  if (r) turn_to(&p, box.left, box.bottom, box.left, box.bottom - r);
  line_to(&p, box.left, box.top + r);
  if (r) turn_to(&p, box.left, box.top, box.left + r, box.top);
  close_path(&p);
  return end_path(s, &p, brush);
}

xs_status xs_sketch_disc(xs_sketch *s, xs_len x, xs_len y, xs_len radius, xs_color color)
{
  xs_diagram_box box = {x - radius, y - radius, x + radius, y + radius};
  return xs_sketch_box(s, box, radius, &(xs_brush){.filled = true, .fill = color});
}

/* ---- arrows ---------------------------------------------------------------------------------- */

static xs_len distance(xs_diagram_point a, xs_diagram_point b)
{
  xs_len dx = a.x < b.x ? b.x - a.x : a.x - b.x, dy = a.y < b.y ? b.y - a.y : a.y - b.y;
  return dx > dy ? dx : dy;
}

/* The point so far from a on the way to b; the way is level or upright. */
static xs_diagram_point on_way(xs_diagram_point a, xs_diagram_point b, xs_len length)
{
  xs_len all = distance(a, b);
  if (!all) return a;
  return (xs_diagram_point){a.x + (xs_len)((int64_t)(b.x - a.x) * length / all),
                            a.y + (xs_len)((int64_t)(b.y - a.y) * length / all)};
}

static void draw_corner(path *p, const xs_diagram_point *at)
{
  xs_len before = distance(at[-1], at[0]), behind = distance(at[0], at[1]), r = corner_radius;
  if (r > before / 2) r = before / 2;
  if (r > behind / 2) r = behind / 2;
  xs_diagram_point in = on_way(at[0], at[-1], r), out = on_way(at[0], at[1], r);
  line_to(p, in.x, in.y);
  turn_to(p, at[0].x, at[0].y, out.x, out.y);
}

static void draw_wave(path *p, xs_diagram_point to)
{
  xs_len middle = p->y + (to.y - p->y) / 2;
  add_step(p, &(xs_path_step){XS_PATH_CURVE, p->x, middle, to.x, middle, to.x, to.y});
}

static xs_status draw_head(xs_sketch *s, xs_diagram_point tip, xs_diagram_point from,
                           xs_color color)
{
  path p = {.a = s->c.a};
  xs_diagram_point back = on_way(tip, from, head_length), notch = on_way(tip, from, XS_PT(6));
  bool level = tip.y == from.y;
  xs_len dx = level ? 0 : head_half, dy = level ? head_half : 0;
  move_to(&p, tip.x, tip.y);
  line_to(&p, back.x + dx, back.y + dy);
  line_to(&p, notch.x, notch.y);
  line_to(&p, back.x - dx, back.y - dy);
  close_path(&p);
  return end_path(s, &p, &(xs_brush){.filled = true, .fill = color});
}

xs_status xs_sketch_arrow(xs_sketch *s, const xs_diagram_point *points, size_t count, bool curved,
                          const xs_brush *brush)
{
  path p = {.a = s->c.a};
  xs_diagram_point tip = points[count - 1], from = points[count - 2];
  xs_diagram_point end = on_way(tip, from, XS_PT(6));
  move_to(&p, points[0].x, points[0].y);
  for (size_t i = 1; i + 1 < count; i++) {
    if (curved && points[i].x != p.x)
      draw_wave(&p, points[i]);
    else if (curved)
      line_to(&p, points[i].x, points[i].y);
    else
      draw_corner(&p, &points[i]);
  }
  line_to(&p, end.x, end.y);
  xs_status st = end_path(s, &p, brush);
  return st ? st : draw_head(s, tip, from, brush->color);
}

/* ---- size ------------------------------------------------------------------------------------ */

static xs_len scaled(xs_len length, int milli)
{
  int64_t product = (int64_t)length * milli;
  return (xs_len)((product + (product < 0 ? -500 : 500)) / 1000);
}

static xs_status scale_glyphs(xs_sketch *s, xs_item *item, int milli)
{
  size_t count = item->u.glyphs.glyph_count;
  xs_glyph *glyphs = XS_NEW_ARRAY(s->c.a, count, xs_glyph);
  if (!glyphs) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    glyphs[i] = item->u.glyphs.glyphs[i];
    glyphs[i].x = scaled(glyphs[i].x, milli);
    glyphs[i].advance = scaled(glyphs[i].advance, milli);
  }
  item->u.glyphs.glyphs = glyphs;
  item->u.glyphs.x = scaled(item->u.glyphs.x, milli);
  item->u.glyphs.y = scaled(item->u.glyphs.y, milli);
  item->u.glyphs.size = scaled(item->u.glyphs.size, milli);
  return XS_OK;
}

static xs_status scale_path(xs_sketch *s, xs_item *item, int milli)
{
  size_t count = item->u.path.step_count;
  xs_path_step *steps = XS_NEW_ARRAY(s->c.a, count, xs_path_step);
  if (!steps) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    const xs_path_step *from = &item->u.path.steps[i];
    steps[i] = (xs_path_step){from->verb,
                              scaled(from->x1, milli),
                              scaled(from->y1, milli),
                              scaled(from->x2, milli),
                              scaled(from->y2, milli),
                              scaled(from->x, milli),
                              scaled(from->y, milli)};
  }
  item->u.path.steps = steps;
  item->u.path.width = scaled(item->u.path.width, milli);
  return XS_OK;
}

xs_status xs_sketch_scale(xs_sketch *s, int milli)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < s->count && !st; i++)
    st = s->items[i].kind == XS_ITEM_PATH ? scale_path(s, &s->items[i], milli)
                                          : scale_glyphs(s, &s->items[i], milli);
  return st;
}
