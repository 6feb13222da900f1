/*
 * A page is written item by item, in the order of the page list, which is the order of reading.
 *
 * PDF measures upwards from the lower left corner; everything is turned over at the moment it is
 * written. What does not change from one item to the next (font, colours, width of lines) is not
 * written again.
 *
 * Text: each run begins at a place of its own (Tm). Within it a reader advances by the width of
 * the font dictionary; where the page list has a glyph elsewhere, a number of TJ closes the gap.
 * That number comes from where the reader's pen stands and where the glyph belongs, both from the
 * beginning of the run, so rounding never adds up: every glyph stands within 3/10000 em.
 */
#include "output/content.h"

#include "base/text.h"
#include "output/font.h"
#include "output/number.h"

#include <math.h>

typedef struct writer {
  xs_buf *out;
  xs_len page_height;
  const xs_usage *usage;
  const xs_images *images;
  bool in_text, in_artifact;
  const xs_used_face *face;
  uint32_t layer;
  xs_len size;
  xs_color fill, stroke;
  xs_len line_width;
  bool dashed;
  size_t upright_end; /* the last run of the upright text under way */
} writer;

/* ---- states ---------------------------------------------------------------------------------- */

static void put(writer *w, const char *operators)
{
  xs_buf_str(w->out, operators);
}

static void put_point(writer *w, xs_len x, xs_len y)
{
  xs_number_put_len(w->out, x);
  xs_number_put_len(w->out, w->page_height - y);
}

static void put_color(writer *w, xs_color color, const char *gray, const char *rgb)
{
  uint32_t r = color >> 16 & 0xff, g = color >> 8 & 0xff, b = color & 0xff;
  const uint32_t parts[] = {r, g, b};
  bool is_gray = r == g && g == b;
  for (size_t i = 0; i < (is_gray ? 1 : 3); i++) {
    xs_number_put(w->out, xs_number_divide((int64_t)parts[i] * 1000, 255), 3);
  }
  put(w, is_gray ? gray : rgb);
}

static void set_fill(writer *w, xs_color color)
{
  if (w->fill == color) return;
  w->fill = color;
  put_color(w, color, "g\n", "rg\n");
}

static void begin_text(writer *w)
{
  if (!w->in_text) put(w, "BT\n");
  w->in_text = true;
}

static void end_text(writer *w)
{
  if (w->in_text) put(w, "ET\n");
  w->in_text = false;
}

/* Marked content is opened and closed outside text objects, so that the two nest. */
static void set_artifact(writer *w, bool artifact)
{
  if (w->in_artifact == artifact) return;
  end_text(w);
  put(w, artifact ? "/Artifact BMC\n" : "EMC\n");
  w->in_artifact = artifact;
}

/* ---- text ------------------------------------------------------------------------------------ */

static void set_font(writer *w, const xs_used_face *face, uint32_t layer, xs_len size)
{
  char name[XS_FONT_NAME_MAX];
  if (w->face == face && w->layer == layer && w->size == size) return;
  w->face = face;
  w->layer = layer;
  w->size = size;
  xs_font_name(face, layer, name);
  put(w, "/");
  put(w, name);
  put(w, " ");
  xs_number_put_len(w->out, size);
  put(w, "Tf\n");
}

static void set_place(writer *w, const xs_item *item)
{
  enum { DECIMALS = 5, ONE = 100000 };
  int32_t angle = item->u.glyphs.angle_deg;
  if (angle) {
    double radians = angle * 3.14159265358979323846 / 180;
    int64_t c = llround(cos(radians) * ONE), s = llround(sin(radians) * ONE);
    xs_number_put(w->out, c, DECIMALS);
    xs_number_put(w->out, s, DECIMALS);
    xs_number_put(w->out, -s, DECIMALS);
    xs_number_put(w->out, c, DECIMALS);
  } else {
    put(w, "1 0 0 1 ");
  }
  put_point(w, item->u.glyphs.x, item->u.glyphs.y);
  put(w, "Tm\n");
}

/* The array of one TJ while it is written. Places count in 1/10000 em from the run's origin. */
enum { EM = 10000, NEAR_ENOUGH = 3 };

typedef struct pen {
  int64_t at;
  bool in_array, in_string;
} pen;

static void close_string(writer *w, pen *p)
{
  if (p->in_string) put(w, ">");
  p->in_string = false;
}

static void close_array(writer *w, pen *p)
{
  close_string(w, p);
  if (p->in_array) put(w, "]TJ\n");
  p->in_array = false;
}

static void put_glyph(writer *w, pen *p, const xs_used_glyph *used, int64_t place)
{
  static const char hex[] = "0123456789ABCDEF";
  if (!p->in_array) put(w, "[");
  p->in_array = true;
  int64_t off = p->at - place;
  if (off < -NEAR_ENOUGH || off > NEAR_ENOUGH) {
    close_string(w, p);
    xs_number_put(w->out, off, 1);
    p->at = place;
  }
  char code[5] = {'<', hex[used->code >> 12 & 15], hex[used->code >> 8 & 15],
                  hex[used->code >> 4 & 15], hex[used->code & 15]};
  xs_buf_add(w->out, code + p->in_string, (size_t)(5 - p->in_string));
  p->in_string = true;
  p->at += (int64_t)used->width * (EM / 1000);
}

static void put_utf16(writer *w, xs_text text)
{
  for (size_t off = 0; off < text.len;) {
    uint32_t c = xs_text_next(text, &off);
    if (c > 0xffff) {
      xs_buf_printf(w->out, "%04X", (unsigned)(0xd800 + ((c - 0x10000) >> 10)));
      c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    xs_buf_printf(w->out, "%04X", (unsigned)c);
  }
}

/* Several glyphs that only together stand for their characters. */
static void put_actual_text(writer *w, xs_text text)
{
  put(w, "/Span <</ActualText <FEFF");
  put_utf16(w, text);
  put(w, ">>> BDC\n");
}

static bool goes_on(const xs_item *items, size_t count, size_t i)
{
  return i < count && items[i].kind == XS_ITEM_GLYPHS && items[i].u.glyphs.goes_on;
}

/* Runs that stand one below the other and are read as one text; returns the last of them. */
static size_t begin_upright(writer *w, const xs_page *page, size_t i)
{
  size_t last = i;
  while (goes_on(page->items, page->item_count, last + 1)) last++;
  if (last == i) return i;
  begin_text(w);
  put(w, "/Span <</ActualText <FEFF");
  for (size_t k = i; k <= last; k++) put_utf16(w, page->items[k].u.glyphs.text);
  put(w, ">>> BDC\n");
  return last;
}

static void write_glyph(writer *w, pen *p, const xs_used_face *face, const xs_item *run, size_t i)
{
  const xs_glyph *glyph = &run->u.glyphs.glyphs[i];
  const xs_used_glyph *used = xs_usage_glyph(face, glyph->id);
  uint32_t layer = xs_usage_layer(used, xs_glyph_text(run, i));
  if (layer != w->layer) close_array(w, p);
  set_font(w, face, layer, run->u.glyphs.size);
  put_glyph(w, p, used, xs_number_divide((int64_t)glyph->x * EM, run->u.glyphs.size));
}

static void write_run(writer *w, const xs_item *run)
{
  const xs_used_face *face = xs_usage_face(w->usage, run->u.glyphs.face);
  pen p = {0, false, false};
  begin_text(w);
  set_fill(w, run->u.glyphs.color);
  set_place(w, run);
  for (size_t i = 0, end; i < run->u.glyphs.glyph_count; i = end) {
    end = i + xs_cluster_glyphs(run, i);
    bool together = end - i > 1 && run->u.glyphs.glyphs[i].text_len;
    if (together) {
      close_array(w, &p);
      put_actual_text(w, xs_glyph_text(run, i));
    }
    for (size_t j = i; j < end; j++) write_glyph(w, &p, face, run, j);
    if (together) {
      close_array(w, &p);
      put(w, "EMC\n");
    }
  }
  close_array(w, &p);
}

/* ---- the rest -------------------------------------------------------------------------------- */

static void set_stroke(writer *w, xs_len width, xs_color color, bool dashed)
{
  if (w->stroke != color) {
    w->stroke = color;
    put_color(w, w->stroke, "G\n", "RG\n");
  }
  if (w->line_width != width) {
    w->line_width = width;
    xs_number_put_len(w->out, w->line_width);
    put(w, "w\n");
  }
  if (w->dashed != dashed) {
    w->dashed = dashed;
    put(w, w->dashed ? "[3 2]0 d\n" : "[]0 d\n");
  }
}

static void write_line(writer *w, const xs_item *item)
{
  if (!item->u.line.width) return;
  set_stroke(w, item->u.line.width, item->u.line.color, item->u.line.dashed);
  put_point(w, item->u.line.x1, item->u.line.y1);
  put(w, "m ");
  put_point(w, item->u.line.x2, item->u.line.y2);
  put(w, "l S\n");
}

static void write_rect(writer *w, const xs_item *item)
{
  set_fill(w, item->u.rect.color);
  put_point(w, item->u.rect.x, item->u.rect.y + item->u.rect.height);
  xs_number_put_len(w->out, item->u.rect.width);
  xs_number_put_len(w->out, item->u.rect.height);
  put(w, "re f\n");
}

static void write_picture(writer *w, const xs_item *item)
{
  char name[XS_IMAGE_NAME_MAX];
  xs_image_name(w->images, item->u.picture.picture, name);
  put(w, "q ");
  xs_number_put_len(w->out, item->u.picture.width);
  put(w, "0 0 ");
  xs_number_put_len(w->out, item->u.picture.height);
  put_point(w, item->u.picture.x, item->u.picture.y + item->u.picture.height);
  put(w, "cm /");
  put(w, name);
  put(w, " Do Q\n");
}

static void put_step(writer *w, xs_len x, xs_len y, const xs_path_step *step)
{
  switch (step->verb) {
  case XS_PATH_MOVE:
    put_point(w, x + step->x, y + step->y);
    put(w, "m ");
    break;
  case XS_PATH_LINE:
    put_point(w, x + step->x, y + step->y);
    put(w, "l ");
    break;
  case XS_PATH_CURVE:
    put_point(w, x + step->x1, y + step->y1);
    put_point(w, x + step->x2, y + step->y2);
    put_point(w, x + step->x, y + step->y);
    put(w, "c ");
    break;
  case XS_PATH_CLOSE:
    put(w, "h ");
    break;
  }
}

static void write_path(writer *w, const xs_item *item)
{
  bool filled = item->u.path.filled, stroked = item->u.path.width > 0;
  if (filled) set_fill(w, item->u.path.fill);
  if (stroked) set_stroke(w, item->u.path.width, item->u.path.color, item->u.path.dashed);
  for (size_t i = 0; i < item->u.path.step_count; i++)
    put_step(w, item->u.path.x, item->u.path.y, &item->u.path.steps[i]);
  put(w, !stroked ? "f\n" : filled ? "B\n" : "S\n");
}

/* ---- order ----------------------------------------------------------------------------------- */

/*
 * A picture that nothing shines through would hide what it is pressed on, so it is drawn before it:
 * shades, then these pictures, then the rest. On a page without one there is one layer.
 */
enum { SHADES, OPAQUE, REST, LAYERS };

static int layer_of(const writer *w, const xs_item *item)
{
  if (item->kind == XS_ITEM_RECT) return SHADES;
  if (item->kind != XS_ITEM_PICTURE) return REST;
  const xs_image *image = xs_images_find(w->images, item->u.picture.picture);
  return image && image->transparent ? REST : OPAQUE;
}

static bool has_opaque(const writer *w, const xs_page *page)
{
  for (size_t i = 0; i < page->item_count; i++)
    if (layer_of(w, &page->items[i]) == OPAQUE) return true;
  return false;
}

static void write_item(writer *w, const xs_page *page, size_t i)
{
  const xs_item *item = &page->items[i];
  set_artifact(w, item->artifact);
  if (item->kind != XS_ITEM_GLYPHS) end_text(w);
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    if (!item->u.glyphs.goes_on) w->upright_end = begin_upright(w, page, i);
    write_run(w, item);
    if (item->u.glyphs.goes_on && i == w->upright_end) put(w, "EMC\n");
    break;
  case XS_ITEM_LINE:
    write_line(w, item);
    break;
  case XS_ITEM_RECT:
    write_rect(w, item);
    break;
  case XS_ITEM_PICTURE:
    write_picture(w, item);
    break;
  case XS_ITEM_PATH:
    write_path(w, item);
    break;
  }
}

xs_status xs_content_write(const xs_page *page, const xs_usage *usage, const xs_images *images,
                           xs_buf *out)
{
  /* The widths and colours a page begins with, and a font it never has. */
  writer w = {.out = out,
              .page_height = page->height,
              .usage = usage,
              .images = images,
              .line_width = XS_PT(1),
              .size = -1};
  bool layered = has_opaque(&w, page);
  for (int layer = layered ? SHADES : REST; layer < LAYERS; layer++)
    for (size_t i = 0; i < page->item_count; i++)
      if (!layered || layer_of(&w, &page->items[i]) == layer) write_item(&w, page, i);
  set_artifact(&w, false);
  end_text(&w);
  return out->status;
}
