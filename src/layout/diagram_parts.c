#include "layout/diagram_parts.h"

const xs_color xs_diagram_ink = 0x262626, xs_diagram_gray = 0x6a6a6a;

static const xs_color white = 0xffffff;

/* Boxes */
static const xs_len node_pad = XS_PT(14), node_least_width = XS_PT(92), node_radius = XS_PT(6);
static const xs_len name_down = XS_PT(19), id_down = XS_PT(14), mark_down = XS_PT(14);
static const xs_len node_foot = XS_PT(9), rim = XS_PT(3);
static const xs_len crowd_pad = XS_PT(7), crowd_line = XS_PT(13), crowd_base = XS_PT(10);
/* Labels */
static const xs_len name_line = XS_PT(15), term_line = XS_PT(15), step_gap = XS_PT(4);
static const xs_len name_base = XS_PT(11), term_base = XS_PT(11), note_gap = XS_PT(5);
/* Days */
static const xs_len days_pad = XS_PT(4), days_above = XS_PT(9), days_below = XS_PT(3);

static const xs_char_style node_name = {XS_ROLE_HEI, XS_PT(13), 0x262626, false, 0, 0};
static const xs_char_style node_id = {XS_ROLE_WESTERN, XS_PT(8), 0x6a6a6a, false, 0, 0};
static const xs_char_style node_note = {XS_ROLE_KAI, XS_PT(9), 0x6a6a6a, false, 0, 0};
static const xs_char_style node_crowd = {XS_ROLE_KAI, XS_PT(9), 0x262626, false, 0, 0};
static const xs_char_style node_mark = {XS_ROLE_HEI, XS_PT(9), 0xffffff, false, 0, 0};
static const xs_char_style step_name = {XS_ROLE_HEI, XS_PT(10), 0x262626, false, 0, 0};
static const xs_char_style step_note = {XS_ROLE_KAI, XS_PT(9), 0x6a6a6a, false, 0, 0};
static const xs_char_style term_days = {XS_ROLE_HEI, XS_PT(9), 0xffffff, false, 0, 0};
static const xs_char_style term_law = {XS_ROLE_SONG, XS_PT(8), 0x6a6a6a, false, 0, 0};

xs_lane_colors xs_lane_colors_of(const xs_diagram_lane *lane)
{
  static const xs_lane_colors colors[] = {
      {0xa8242c, 0xf3dcdc, 0xfcf6f5}, /* red */
      {0x1c5d7d, 0xd9e7ee, 0xf4f8fa}, /* blue */
      {0x8a5a00, 0xf2e5c9, 0xfcf8f0}, /* ochre */
      {0x55468a, 0xe3dff0, 0xf8f7fb}, /* violet */
      {0x2f6b3a, 0xdcebdd, 0xf5faf5}, /* green */
  };
  return colors[lane->color % XS_COUNT(colors)];
}

static xs_len larger(xs_len a, xs_len b)
{
  return a > b ? a : b;
}

/* Two pieces of text in one line, with a gap where both are there. */
static xs_status measure_pair(xs_sketch *s, const xs_char_style *left_style, xs_text left,
                              const xs_char_style *right_style, xs_text right, xs_len *left_width,
                              xs_len *width)
{
  xs_len right_width = 0;
  xs_status st = xs_sketch_measure(s, left_style, left, left_width);
  if (!st) st = xs_sketch_measure(s, right_style, right, &right_width);
  *width = *left_width + right_width + (left.len && right.len ? note_gap : 0);
  return st;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

/* The next line of a text; false at its end. */
static bool take_line(xs_text text, size_t *off, xs_text *line)
{
  if (*off >= text.len) return false;
  size_t end = *off;
  while (end < text.len && text.ptr[end] != '\n') end++;
  *line = (xs_text){text.ptr + *off, end - *off};
  *off = end + 1;
  return true;
}

static xs_status measure_crowd(xs_sketch *s, const xs_diagram_node *node, xs_len *width,
                               xs_len *height)
{
  xs_status st = XS_OK;
  xs_text line;
  *width = 0;
  *height = 2 * crowd_pad;
  for (size_t off = 0; !st && take_line(node->name, &off, &line);) {
    xs_len across = 0;
    st = xs_sketch_measure(s, &node_crowd, line, &across);
    *width = larger(*width, across + 2 * crowd_pad);
    *height += crowd_line;
  }
  return st;
}

static xs_status draw_crowd(xs_sketch *s, const xs_diagram_node *node, xs_diagram_box box,
                            const xs_lane_colors *colors)
{
  xs_brush brush = {.filled = true,
                    .fill = colors->pale,
                    .width = XS_PT(3) / 4,
                    .color = colors->strong,
                    .dashed = true};
  xs_status st = xs_sketch_box(s, box, node_radius, &brush);
  xs_len middle = box.left + (box.right - box.left) / 2, y = box.top + crowd_pad;
  xs_text line;
  for (size_t off = 0; !st && take_line(node->name, &off, &line); y += crowd_line)
    st = xs_sketch_text(s, &node_crowd, line, XS_ALIGN_CENTER, middle, y + crowd_base);
  return st;
}

xs_status xs_part_node_size(xs_sketch *s, const xs_diagram_node *node, xs_len *width,
                            xs_len *height)
{
  if (node->crowd) return measure_crowd(s, node, width, height);
  xs_len name = 0, id = 0, second = 0, mark = 0;
  xs_status st = xs_sketch_measure(s, &node_name, node->name, &name);
  if (!st) st = measure_pair(s, &node_id, node->id, &node_note, node->note, &id, &second);
  if (!st) st = xs_sketch_measure(s, &node_mark, node->marked, &mark);
  *width = larger(node_least_width, larger(larger(name, second), mark) + 2 * node_pad);
  *height = name_down + id_down + node_foot + (node->marked.len ? mark_down : 0);
  return st;
}

static xs_diagram_box inset(xs_diagram_box box, xs_len by)
{
  return (xs_diagram_box){box.left + by, box.top + by, box.right - by, box.bottom - by};
}

static xs_status draw_frame(xs_sketch *s, const xs_diagram_node *node, xs_diagram_box box,
                            const xs_lane_colors *colors)
{
  bool marked = node->marked.len > 0;
  xs_brush brush = {.filled = true,
                    .fill = marked ? colors->strong : white,
                    .width = XS_PT(5) / 4,
                    .color = colors->strong};
  xs_status st = xs_sketch_box(s, box, node_radius, &brush);
  if (st || !node->final) return st;
  brush = (xs_brush){.width = XS_PT(3) / 4, .color = marked ? white : colors->strong};
  return xs_sketch_box(s, inset(box, rim), node_radius - rim + XS_PT(1), &brush);
}

static xs_char_style in_color(const xs_char_style *style, bool marked, xs_color color)
{
  xs_char_style changed = *style;
  if (marked) changed.color = color;
  return changed;
}

xs_status xs_part_node(xs_sketch *s, const xs_diagram_node *node, xs_diagram_box box,
                       const xs_lane_colors *colors)
{
  if (node->crowd) return draw_crowd(s, node, box, colors);
  bool marked = node->marked.len > 0;
  xs_char_style name = in_color(&node_name, marked, white);
  xs_char_style id = in_color(&node_id, marked, colors->pale);
  xs_char_style note = in_color(&node_note, marked, colors->pale);
  xs_len middle = box.left + (box.right - box.left) / 2, y = box.top + name_down;
  xs_len id_width = 0, second = 0;
  xs_status st = draw_frame(s, node, box, colors);
  if (!st) st = measure_pair(s, &id, node->id, &note, node->note, &id_width, &second);
  if (!st) st = xs_sketch_text(s, &name, node->name, XS_ALIGN_CENTER, middle, y);
  y += id_down;
  xs_len left = middle - second / 2, right = middle + second / 2;
  if (!st) st = xs_sketch_text(s, &id, node->id, XS_ALIGN_LEFT, left, y);
  if (!st) st = xs_sketch_text(s, &note, node->note, XS_ALIGN_RIGHT, right, y);
  y += mark_down;
  if (!st) st = xs_sketch_text(s, &node_mark, node->marked, XS_ALIGN_CENTER, middle, y);
  return st;
}

/* ---- labels ---------------------------------------------------------------------------------- */

static bool is_at(const xs_diagram_label *label, const xs_diagram_arrow *arrow)
{
  return arrow->from == label->from && arrow->to == label->to;
}

xs_status xs_part_days(xs_sketch *s, xs_text days, xs_len left, xs_len baseline,
                       const xs_lane_colors *colors, xs_len *width)
{
  xs_len text = 0;
  xs_status st = xs_sketch_measure(s, &term_days, days, &text);
  xs_diagram_box box = {left, baseline - days_above, left + text + 2 * days_pad,
                        baseline + days_below};
  if (width) *width = box.right - box.left;
  if (st || !colors) return st;
  st = xs_sketch_box(s, box, XS_PT(3), &(xs_brush){.filled = true, .fill = colors->strong});
  return st ? st : xs_sketch_text(s, &term_days, days, XS_ALIGN_LEFT, left + days_pad, baseline);
}

static xs_status measure_term(xs_sketch *s, const xs_diagram_term *term, xs_len *width)
{
  xs_len days = 0, law = 0;
  xs_status st = xs_part_days(s, term->days, 0, 0, NULL, &days);
  if (!st) st = xs_sketch_measure(s, &term_law, term->law, &law);
  *width = days + (term->law.len ? note_gap + law : 0);
  return st;
}

static xs_status measure_step(xs_sketch *s, const xs_diagram_arrow *arrow, xs_len *width,
                              xs_len *height)
{
  xs_len name = 0, line = 0;
  xs_status st = measure_pair(s, &step_name, arrow->name, &step_note, arrow->note, &name, &line);
  *width = larger(*width, line);
  *height += name_line;
  for (size_t i = 0; i < arrow->term_count && !st; i++) {
    st = measure_term(s, &arrow->terms[i], &line);
    *width = larger(*width, line);
    *height += term_line;
  }
  return st;
}

xs_status xs_part_label_size(xs_sketch *s, const xs_diagram_label *label, xs_len *width,
                             xs_len *height)
{
  xs_status st = XS_OK;
  *width = *height = 0;
  for (size_t i = 0; i < label->lane->arrow_count && !st; i++) {
    if (!is_at(label, &label->lane->arrows[i])) continue;
    *height += *height ? step_gap : 0;
    st = measure_step(s, &label->lane->arrows[i], width, height);
  }
  return st;
}

static xs_status draw_step(xs_sketch *s, const xs_diagram_arrow *arrow, xs_len left, xs_len *y,
                           const xs_lane_colors *colors)
{
  xs_len name = 0, line = 0;
  xs_status st = measure_pair(s, &step_name, arrow->name, &step_note, arrow->note, &name, &line);
  xs_len baseline = *y + name_base;
  if (!st) st = xs_sketch_text(s, &step_name, arrow->name, XS_ALIGN_LEFT, left, baseline);
  if (!st)
    st =
        xs_sketch_text(s, &step_note, arrow->note, XS_ALIGN_LEFT, left + name + note_gap, baseline);
  *y += name_line;
  for (size_t i = 0; i < arrow->term_count && !st; i++) {
    xs_len days = 0;
    baseline = *y + term_base;
    st = xs_part_days(s, arrow->terms[i].days, left, baseline, colors, &days);
    if (!st)
      st = xs_sketch_text(s, &term_law, arrow->terms[i].law, XS_ALIGN_LEFT, left + days + note_gap,
                          baseline);
    *y += term_line;
  }
  return st;
}

xs_status xs_part_label(xs_sketch *s, const xs_diagram_label *label, xs_len left, xs_len top,
                        const xs_lane_colors *colors)
{
  xs_status st = XS_OK;
  xs_len y = top;
  for (size_t i = 0; i < label->lane->arrow_count && !st; i++) {
    if (!is_at(label, &label->lane->arrows[i])) continue;
    if (y > top) y += step_gap;
    st = draw_step(s, &label->lane->arrows[i], left, &y, colors);
  }
  return st;
}

/* ---- arrows ---------------------------------------------------------------------------------- */

xs_status xs_part_arrow(xs_sketch *s, const xs_diagram_point *points, size_t count, bool curved,
                        bool back, const xs_lane_colors *colors)
{
  xs_brush brush = {.width = XS_PT(5) / 4, .color = colors->strong, .dashed = back};
  return xs_sketch_arrow(s, points, count, curved, &brush);
}
