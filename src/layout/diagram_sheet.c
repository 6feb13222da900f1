/*
 * The sheet: lanes on panels side by side, a short one below another short one, a title above and a
 * key below. It is the smallest sheet of paper that holds all of it at the size at which it is
 * read; what is left over widens the panels.
 */
#include "layout/diagram.h"

#include "base/limits.h"
#include "base/text.h"
#include "layout/bounds.h"
#include "layout/diagram_parts.h"

static const xs_len margin = XS_PT(34), panel_gap = XS_PT(16), panel_pad = XS_PT(20);
static const xs_len head_height = XS_PT(34), panel_radius = XS_PT(8);
static const xs_len title_height = XS_PT(84), key_height = XS_PT(44);

enum { LEAST_MILLI = 850, MOST_MILLI = 1600 };

static const xs_char_style title_style = {XS_ROLE_XIAOBIAO, XS_PT(30), 0x262626, false,
                                          XS_PT(3),         0};
static const xs_char_style subtitle_style = {XS_ROLE_KAI, XS_PT(13), 0x6a6a6a, false, 0, 0};
static const xs_char_style lane_name = {XS_ROLE_XIAOBIAO, XS_PT(16), 0xffffff, false, XS_PT(2), 0};
static const xs_char_style lane_id = {XS_ROLE_WESTERN, XS_PT(9), 0xffffff, false, 0, 0};
static const xs_char_style key_style = {XS_ROLE_SONG, XS_PT(9), 0x6a6a6a, false, 0, 0};

/* A panel: a lane with its head, or the part of a column that it stands in. */
typedef struct panel {
  xs_diagram_plan plan;
  size_t column;
  xs_len left, top, width, height;
} panel;

typedef struct sheet {
  xs_sketch sketch;
  const xs_diagram *diagram;
  panel *panels;
  size_t column_count;
  xs_len width, height; /* of what is drawn … */
  xs_len paper_width, paper_height;
  int scale_milli; /* … and how much of it that is on paper */
} sheet;

/* ---- panels ---------------------------------------------------------------------------------- */

static xs_len larger(xs_len a, xs_len b)
{
  return a > b ? a : b;
}

/* A lane goes below the one before it when the two are no higher than the highest of all. */
static void make_columns(sheet *s)
{
  xs_len highest = 0, used = 0;
  for (size_t i = 0; i < s->diagram->lane_count; i++)
    highest = larger(highest, s->panels[i].height);
  for (size_t i = 0; i < s->diagram->lane_count; i++) {
    panel *p = &s->panels[i];
    bool below = i > 0 && used + panel_gap + p->height <= highest;
    used = below ? used + panel_gap + p->height : p->height;
    if (!below) s->column_count++;
    p->column = s->column_count - 1;
  }
}

static xs_len column_width(const sheet *s, size_t column)
{
  xs_len width = 0;
  for (size_t i = 0; i < s->diagram->lane_count; i++)
    if (s->panels[i].column == column) width = larger(width, s->panels[i].width);
  return width;
}

static xs_len column_height(const sheet *s, size_t column)
{
  xs_len height = 0;
  for (size_t i = 0; i < s->diagram->lane_count; i++)
    if (s->panels[i].column == column) height += s->panels[i].height + (height ? panel_gap : 0);
  return height;
}

static void measure(const sheet *s, xs_len *width, xs_len *height)
{
  *width = *height = 0;
  for (size_t i = 0; i < s->column_count; i++) {
    *width += column_width(s, i) + (i ? panel_gap : 0);
    *height = larger(*height, column_height(s, i));
  }
}

/* ---- paper ----------------------------------------------------------------------------------- */

/*
 * The first sheet of A4, A3 … A0, lying or upright, on which so much can be read: it is made larger
 * or a little smaller to fill it. Where none is large enough, the sheet is as large as needed.
 */
static void choose_paper(sheet *s, xs_len width, xs_len height)
{
  static const struct {
    int across, down; /* mm, upright */
  } papers[] = {{210, 297}, {297, 420}, {420, 594}, {594, 841}, {841, 1189}};
  s->paper_width = s->width = width;
  s->paper_height = s->height = height;
  s->scale_milli = 1000;
  for (size_t i = 0; i < 2 * XS_COUNT(papers); i++) {
    bool lying = i % 2 == 0;
    xs_len across = xs_len_of_micron(papers[i / 2].across * 1000);
    xs_len down = xs_len_of_micron(papers[i / 2].down * 1000);
    xs_len paper_width = lying ? down : across, paper_height = lying ? across : down;
    int64_t x = (int64_t)paper_width * 1000 / width, y = (int64_t)paper_height * 1000 / height;
    int64_t scale = x < y ? x : y;
    if (scale < LEAST_MILLI) continue;
    s->scale_milli = scale < MOST_MILLI ? (int)scale : MOST_MILLI;
    s->paper_width = paper_width;
    s->paper_height = paper_height;
    s->width = (xs_len)((int64_t)paper_width * 1000 / s->scale_milli);
    s->height = (xs_len)((int64_t)paper_height * 1000 / s->scale_milli);
    return;
  }
}

/* Columns share what the paper has left over; the last panel of each reaches down to its end. */
static void place_panels(sheet *s, xs_len width)
{
  xs_len left = margin, bottom = s->height - margin - key_height;
  xs_len more = s->column_count ? (s->width - 2 * margin - width) / (xs_len)s->column_count : 0;
  size_t lanes = s->diagram->lane_count;
  for (size_t column = 0; column < s->column_count; column++) {
    xs_len top = margin + title_height, across = column_width(s, column) + more;
    for (size_t i = 0; i < lanes; i++) {
      panel *p = &s->panels[i];
      if (p->column != column) continue;
      p->left = left;
      p->top = top;
      p->width = across;
      top += p->height + panel_gap;
      if (i + 1 == lanes || s->panels[i + 1].column != column) p->height = bottom - p->top;
    }
    left += across + panel_gap;
  }
}

/* ---- drawing --------------------------------------------------------------------------------- */

static xs_diagram_box moved(xs_diagram_box box, xs_len dx, xs_len dy)
{
  return (xs_diagram_box){box.left + dx, box.top + dy, box.right + dx, box.bottom + dy};
}

static xs_status draw_panel(sheet *s, size_t lane, const xs_lane_colors *colors)
{
  const panel *p = &s->panels[lane];
  const xs_diagram_lane *words = &s->diagram->lanes[lane];
  xs_diagram_box box = {p->left, p->top, p->left + p->width, p->top + p->height};
  xs_diagram_box head = box;
  head.bottom = head.top + head_height;
  xs_brush ground = {
      .filled = true, .fill = colors->faint, .width = XS_PT(3) / 4, .color = colors->pale};
  xs_brush strong = {.filled = true, .fill = colors->strong};
  xs_len baseline = p->top + XS_PT(23);
  xs_status st = xs_sketch_box(&s->sketch, box, panel_radius, &ground);
  if (!st) st = xs_sketch_box(&s->sketch, head, panel_radius, &strong);
  if (!st)
    st = xs_sketch_text(&s->sketch, &lane_name, words->name, XS_ALIGN_LEFT, p->left + XS_PT(14),
                        baseline);
  if (!st)
    st = xs_sketch_text(&s->sketch, &lane_id, words->id, XS_ALIGN_RIGHT,
                        p->left + p->width - XS_PT(14), baseline);
  return st;
}

static xs_status draw_route(sheet *s, size_t lane, const xs_diagram_route *route, xs_len dx,
                            xs_len dy, const xs_lane_colors *colors)
{
  xs_diagram_point *points =
      XS_NEW_ARRAY(s->sketch.c.scratch, route->point_count, xs_diagram_point);
  if (!points) return XS_ENOMEM;
  for (size_t i = 0; i < route->point_count; i++)
    points[i] = (xs_diagram_point){route->points[i].x + dx, route->points[i].y + dy};
  xs_status st =
      xs_part_arrow(&s->sketch, points, route->point_count, route->curved, route->back, colors);
  xs_diagram_label label = {&s->diagram->lanes[lane], route->from, route->to};
  if (!st)
    st = xs_part_label(&s->sketch, &label, route->label.left + dx, route->label.top + dy, colors);
  return st;
}

/* Where the lane begins: a disc and a short arrow above the first box. */
static xs_status draw_start(sheet *s, xs_diagram_box box, const xs_lane_colors *colors)
{
  xs_len x = box.left + (box.right - box.left) / 2;
  xs_diagram_point points[] = {{x, box.top - XS_PT(18)}, {x, box.top}};
  xs_status st = xs_sketch_disc(&s->sketch, x, box.top - XS_PT(19), XS_PT(4), colors->strong);
  return st ? st : xs_part_arrow(&s->sketch, points, 2, false, false, colors);
}

static xs_status draw_lane(sheet *s, size_t lane)
{
  const panel *p = &s->panels[lane];
  const xs_diagram_lane *words = &s->diagram->lanes[lane];
  xs_lane_colors colors = xs_lane_colors_of(words);
  xs_len dx = p->left + (p->width - p->plan.width) / 2, dy = p->top + head_height + panel_pad;
  xs_status st = draw_panel(s, lane, &colors);
  for (size_t i = 0; i < p->plan.route_count && !st; i++)
    st = draw_route(s, lane, &p->plan.routes[i], dx, dy, &colors);
  for (size_t i = 0; i < p->plan.node_count && !st; i++) {
    xs_diagram_box box = moved(p->plan.nodes[i], dx, dy);
    if (i == 0 && words->nodes[i].first) st = draw_start(s, box, &colors);
    if (!st) st = xs_part_node(&s->sketch, &words->nodes[i], box, &colors);
  }
  return st;
}

static xs_status draw_title(sheet *s)
{
  xs_len middle = s->width / 2;
  xs_status st = xs_sketch_text(&s->sketch, &title_style, s->diagram->title, XS_ALIGN_CENTER,
                                middle, margin + XS_PT(32));
  if (!st)
    st = xs_sketch_text(&s->sketch, &subtitle_style, s->diagram->subtitle, XS_ALIGN_CENTER, middle,
                        margin + XS_PT(58));
  return st;
}

/* ---- the key --------------------------------------------------------------------------------- */

typedef struct key {
  sheet *s;
  xs_len x, y; /* where the next sign goes; its middle */
  xs_lane_colors colors;
} key;

static xs_status key_word(key *k, const char *word)
{
  xs_text text = xs_text_of(word);
  xs_len width = 0, baseline = k->y + XS_PT(3);
  xs_status st = xs_sketch_measure(&k->s->sketch, &key_style, text, &width);
  if (!st) st = xs_sketch_text(&k->s->sketch, &key_style, text, XS_ALIGN_LEFT, k->x, baseline);
  k->x += width + XS_PT(20);
  return st;
}

static xs_status key_box(key *k, bool final, bool marked, const char *word)
{
  xs_diagram_box box = {k->x, k->y - XS_PT(7), k->x + XS_PT(26), k->y + XS_PT(7)};
  xs_brush brush = {.filled = true,
                    .fill = marked ? k->colors.strong : 0xffffff,
                    .width = XS_PT(1),
                    .color = k->colors.strong};
  xs_status st = xs_sketch_box(&k->s->sketch, box, XS_PT(4), &brush);
  if (!st && final) {
    box = (xs_diagram_box){box.left + XS_PT(2), box.top + XS_PT(2), box.right - XS_PT(2),
                           box.bottom - XS_PT(2)};
    brush.filled = false;
    brush.width = XS_PT(1) / 2;
    st = xs_sketch_box(&k->s->sketch, box, XS_PT(3), &brush);
  }
  k->x = box.right + XS_PT(final ? 8 : 6);
  return st ? st : key_word(k, word);
}

static xs_status key_arrow(key *k, bool back, const char *word)
{
  xs_diagram_point points[] = {{k->x, k->y}, {k->x + XS_PT(30), k->y}};
  xs_status st = xs_part_arrow(&k->s->sketch, points, 2, false, back, &k->colors);
  k->x += XS_PT(36);
  return st ? st : key_word(k, word);
}

static xs_status key_days(key *k, const char *days, const char *word)
{
  xs_len width = 0;
  xs_status st =
      xs_part_days(&k->s->sketch, xs_text_of(days), k->x, k->y + XS_PT(3), &k->colors, &width);
  k->x += width + XS_PT(6);
  return st ? st : key_word(k, word);
}

static bool is_anything_marked(const xs_diagram *diagram)
{
  for (size_t i = 0; i < diagram->lane_count; i++)
    for (size_t j = 0; j < diagram->lanes[i].node_count; j++)
      if (diagram->lanes[i].nodes[j].marked.len) return true;
  return false;
}

static xs_status draw_key(sheet *s)
{
  key k = {s, margin, s->height - margin - XS_PT(16), {0x4a4a4a, 0xdddddd, 0xf5f5f5}};
  xs_status st = xs_sketch_disc(&s->sketch, k.x + XS_PT(4), k.y, XS_PT(4), k.colors.strong);
  k.x += XS_PT(14);
  if (!st) st = key_word(&k, "由此开始");
  if (!st) st = key_box(&k, false, false, "状态");
  if (!st) st = key_box(&k, true, false, "终局");
  if (!st && is_anything_marked(s->diagram)) st = key_box(&k, false, true, "目前所处的状态");
  if (!st) st = key_arrow(&k, false, "步骤");
  if (!st) st = key_arrow(&k, true, "返回先前的状态");
  if (!st) st = key_days(&k, "n 日", "办理该步骤的期限和依据");
  if (!st)
    st = xs_sketch_text(&s->sketch, &key_style, s->diagram->foot, XS_ALIGN_RIGHT, s->width - margin,
                        k.y + XS_PT(3));
  return st;
}

/* ---- the page -------------------------------------------------------------------------------- */

static xs_status plan_lanes(sheet *s, xs_fontset *fonts, xs_diags *diags)
{
  xs_status st = XS_OK;
  s->panels = XS_NEW_ARRAY(s->sketch.c.scratch, s->diagram->lane_count + 1, panel);
  if (!s->panels) return XS_ENOMEM;
  for (size_t i = 0; i < s->diagram->lane_count && !st; i++) {
    panel *p = &s->panels[i];
    st = xs_diagram_plan_lane(s->sketch.c.scratch, fonts, &s->diagram->lanes[i], diags, &p->plan);
    p->width = p->plan.width + 2 * panel_pad;
    p->height = p->plan.height + 2 * panel_pad + head_height;
  }
  return st;
}

static xs_status draw_sheet(sheet *s)
{
  xs_len width = 0, height = 0;
  make_columns(s);
  measure(s, &width, &height);
  choose_paper(s, width + 2 * margin, height + 2 * margin + title_height + key_height);
  place_panels(s, width);
  xs_status st = draw_title(s);
  for (size_t i = 0; i < s->diagram->lane_count && !st; i++) st = draw_lane(s, i);
  if (!st) st = draw_key(s);
  return st ? st : xs_sketch_scale(&s->sketch, s->scale_milli);
}

static xs_status make_list(const sheet *s, xs_pagelist *list)
{
  xs_page *page = XS_NEW(list->arena, xs_page);
  if (!page) return XS_ENOMEM;
  *page = (xs_page){.width = s->paper_width,
                    .height = s->paper_height,
                    .items = s->sketch.items,
                    .item_count = s->sketch.count};
  list->title = xs_arena_text(list->arena, s->diagram->title);
  list->subject = xs_arena_text(list->arena, s->diagram->subtitle);
  list->pages = page;
  list->page_count = 1;
  return list->title.ptr && list->subject.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_diagram_draw(const xs_host *host, const xs_diagram *diagram, xs_fontset *fonts,
                          xs_diags *diags, xs_pagelist **out)
{
  *out = NULL;
  size_t errors = xs_diags_count(diags, XS_ERROR);
  xs_arena *a = xs_arena_new(host);
  xs_pagelist *list = a ? XS_NEW(a, xs_pagelist) : NULL;
  if (!list) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  list->arena = a;
  sheet s = {.diagram = diagram};
  xs_status st = xs_sketch_open(&s.sketch, a, fonts, diags);
  if (!st) st = plan_lanes(&s, fonts, diags);
  if (!st) st = draw_sheet(&s);
  if (!st) st = make_list(&s, list);
  if (xs_fontset_sound(fonts, diags) && !st) st = XS_EINPUT;
  if (!st) xs_bounds_check(list->pages, diags);
  if (!st) st = xs_diags_since(diags, errors);
  xs_sketch_close(&s.sketch);
  if (st) {
    xs_pagelist_free(list);
    return st;
  }
  xs_pagelist_check(list);
  *out = list;
  return XS_OK;
}
