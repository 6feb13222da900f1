/* The parts of a drawing: how large each is, and how it is drawn. */
#ifndef XS_LAYOUT_DIAGRAM_PARTS_H
#define XS_LAYOUT_DIAGRAM_PARTS_H

#include "layout/sketch.h"

/* Which arrows stand at one label: those of a lane between two nodes. */
typedef struct xs_diagram_label {
  const xs_diagram_lane *lane;
  size_t from, to;
} xs_diagram_label;

/* The colours of a lane: its own, and one for large faces behind dark text. */
typedef struct xs_lane_colors {
  xs_color strong, pale, faint;
} xs_lane_colors;
xs_lane_colors xs_lane_colors_of(const xs_diagram_lane *lane);

extern const xs_color xs_diagram_ink, xs_diagram_gray;

xs_status xs_part_node_size(xs_sketch *s, const xs_diagram_node *node, xs_len *width,
                            xs_len *height);
xs_status xs_part_node(xs_sketch *s, const xs_diagram_node *node, xs_diagram_box box,
                       const xs_lane_colors *colors);

xs_status xs_part_label_size(xs_sketch *s, const xs_diagram_label *label, xs_len *width,
                             xs_len *height);
xs_status xs_part_label(xs_sketch *s, const xs_diagram_label *label, xs_len left, xs_len top,
                        const xs_lane_colors *colors);

/* A number of days on its coloured ground; *width may be NULL. */
xs_status xs_part_days(xs_sketch *s, xs_text days, xs_len left, xs_len baseline,
                       const xs_lane_colors *colors, xs_len *width);

/* A step forward, or one that leads back. */
xs_status xs_part_arrow(xs_sketch *s, const xs_diagram_point *points, size_t count, bool curved,
                        bool back, const xs_lane_colors *colors);

#endif
