/*
 * Outlines come from HarfBuzz once for each glyph that is used, in units of its face, and stand at
 * the head of the file; a run of text is a group, scaled and moved to its place, of references to
 * them. All numbers are integers until they are printed, and none is longer than it has to be.
 *
 *   <defs><path id="f1g36" d="…"/></defs>
 *   <g transform="translate(80 100) scale(.016)"><use xlink:href="#f1g36" x="1000"/>…</g>
 *   <text x="80" y="100" …>要约</text>
 */
#include "output/svg.h"

#include "base/arena.h"
#include "base/limits.h"
#include "model/picture.h"
#include "output/markup.h"
#include "output/number.h"
#include "output/usage.h"

#include <hb.h>
#include <math.h>

static const xs_len page_gap = XS_PT(12);

typedef struct writer {
  xs_buf *out;
  const xs_usage *usage;
  xs_diags *diags;
  xs_len top; /* of the page that is written */
} writer;

static void put(writer *w, const char *markup)
{
  xs_buf_str(w->out, markup);
}

/* Numbers are parted by a space, and the last one needs none behind it. */
static void put_number(writer *w, int64_t value, unsigned decimals)
{
  xs_number_put(w->out, value, decimals);
  if (!w->out->status) w->out->len--;
}

static void put_len(writer *w, xs_len len)
{
  put_number(w, xs_number_divide((int64_t)len * 1000, 1024), 3);
}

static void put_attribute(writer *w, const char *name, xs_len len)
{
  xs_buf_printf(w->out, " %s=\"", name);
  put_len(w, len);
  put(w, "\"");
}

static void put_color(writer *w, const char *name, xs_color color)
{
  xs_buf_printf(w->out, " %s=\"#%06x\"", name, (unsigned)color);
}

static void put_point(writer *w, xs_len x, xs_len y)
{
  put_len(w, x);
  put(w, " ");
  put_len(w, w->top + y);
}

/* ---- outlines -------------------------------------------------------------------------------- */

/* Units of a face with one decimal, downwards. */
static void put_units(writer *w, const char *letter, float x, float y)
{
  put(w, letter);
  put_number(w, llroundf(x * 10), 1);
  put(w, " ");
  put_number(w, llroundf(-y * 10), 1);
}

static void draw_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                      void *user)
{
  (void)funcs, (void)state, (void)user;
  put_units(data, "M", x, y);
}

static void draw_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                      void *user)
{
  (void)funcs, (void)state, (void)user;
  put_units(data, "L", x, y);
}

static void draw_quadratic(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1,
                           float y1, float x, float y, void *user)
{
  (void)funcs, (void)state, (void)user;
  put_units(data, "Q", x1, y1);
  put_units(data, " ", x, y);
}

static void draw_cubic(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1,
                       float y1, float x2, float y2, float x, float y, void *user)
{
  (void)funcs, (void)state, (void)user;
  put_units(data, "C", x1, y1);
  put_units(data, " ", x2, y2);
  put_units(data, " ", x, y);
}

static void draw_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
  (void)funcs, (void)state, (void)user;
  put(data, "Z");
}

static hb_draw_funcs_t *make_pen(void)
{
  hb_draw_funcs_t *pen = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(pen, draw_move, NULL, NULL);
  hb_draw_funcs_set_line_to_func(pen, draw_line, NULL, NULL);
  hb_draw_funcs_set_quadratic_to_func(pen, draw_quadratic, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func(pen, draw_cubic, NULL, NULL);
  hb_draw_funcs_set_close_path_func(pen, draw_close, NULL, NULL);
  return pen;
}

static void draw_glyph(hb_font_t *font, uint32_t glyph, hb_draw_funcs_t *pen, writer *w)
{
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(font, glyph, pen, w);
#else
  hb_font_get_glyph_shape(font, glyph, pen, w);
#endif
}

static void put_outlines(writer *w)
{
  hb_draw_funcs_t *pen = make_pen();
  put(w, "<defs>\n");
  for (size_t i = 0; i < w->usage->face_count; i++) {
    const xs_used_face *face = w->usage->faces[i];
    hb_font_t *font = hb_font_create(face->face->hb);
    for (size_t j = 0; j < face->glyph_count; j++) {
      xs_buf_printf(w->out, "<path id=\"f%ug%u\" d=\"", (unsigned)face->number,
                    (unsigned)face->glyphs[j]->id);
      draw_glyph(font, face->glyphs[j]->id, pen, w);
      put(w, "\"/>\n");
    }
    hb_font_destroy(font);
  }
  put(w, "</defs>\n");
  hb_draw_funcs_destroy(pen);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void put_transform(writer *w, const xs_item *run)
{
  enum { DECIMALS = 8 };
  const int64_t one = 100000000; /* with these decimals */
  put(w, " transform=\"translate(");
  put_point(w, run->u.glyphs.x, run->u.glyphs.y);
  put(w, ")");
  if (run->u.glyphs.angle_deg) xs_buf_printf(w->out, " rotate(%d)", -(int)run->u.glyphs.angle_deg);
  put(w, " scale(");
  put_number(w, xs_number_divide(run->u.glyphs.size * one, run->u.glyphs.face->upem * 1024LL),
             DECIMALS);
  put(w, ")\"");
}

static void put_glyphs(writer *w, const xs_item *run)
{
  const xs_used_face *face = xs_usage_face(w->usage, run->u.glyphs.face);
  put(w, "<g aria-hidden=\"true\"");
  put_color(w, "fill", run->u.glyphs.color);
  put_transform(w, run);
  put(w, ">");
  for (size_t i = 0; i < run->u.glyphs.glyph_count; i++) {
    const xs_glyph *glyph = &run->u.glyphs.glyphs[i];
    int64_t units = (int64_t)glyph->x * face->face->upem * 10;
    xs_buf_printf(w->out, "<use xlink:href=\"#f%ug%u\" x=\"", (unsigned)face->number,
                  (unsigned)glyph->id);
    put_number(w, xs_number_divide(units, run->u.glyphs.size), 1);
    put(w, "\"/>");
  }
  put(w, "</g>\n");
}

/* The words of a run, over their outlines and as long as they are. */
static void put_words(writer *w, const xs_item *run)
{
  const xs_glyph *last = &run->u.glyphs.glyphs[run->u.glyphs.glyph_count - 1];
  if (run->artifact && run->u.glyphs.angle_deg) return; /* a watermark says the same on each page */
  put(w, "<text fill-opacity=\"0\"");
  put_attribute(w, "x", run->u.glyphs.x);
  put_attribute(w, "y", w->top + run->u.glyphs.y);
  put_attribute(w, "font-size", run->u.glyphs.size);
  if (last->x + last->advance > 0) {
    put_attribute(w, "textLength", last->x + last->advance);
    put(w, " lengthAdjust=\"spacingAndGlyphs\"");
  }
  put(w, ">");
  xs_markup_put(w->out, run->u.glyphs.text);
  put(w, "</text>\n");
}

/* ---- the rest -------------------------------------------------------------------------------- */

static void put_stroke(writer *w, xs_len width, xs_color color, bool dashed)
{
  put_color(w, "stroke", color);
  put_attribute(w, "stroke-width", width);
  if (dashed) put(w, " stroke-dasharray=\"3 2\"");
}

static void put_line(writer *w, const xs_item *item)
{
  if (!item->u.line.width) return;
  put(w, "<path d=\"M");
  put_point(w, item->u.line.x1, item->u.line.y1);
  put(w, "L");
  put_point(w, item->u.line.x2, item->u.line.y2);
  put(w, "\"");
  put_stroke(w, item->u.line.width, item->u.line.color, item->u.line.dashed);
  put(w, "/>\n");
}

static void put_box(writer *w, xs_len x, xs_len y, xs_len width, xs_len height)
{
  put_attribute(w, "x", x);
  put_attribute(w, "y", w->top + y);
  put_attribute(w, "width", width);
  put_attribute(w, "height", height);
}

static void put_rect(writer *w, const xs_item *item)
{
  put(w, "<rect");
  put_box(w, item->u.rect.x, item->u.rect.y, item->u.rect.width, item->u.rect.height);
  put_color(w, "fill", item->u.rect.color);
  put(w, "/>\n");
}

static void put_step(writer *w, xs_len x, xs_len y, const xs_path_step *step)
{
  static const char *const letters[] = {"M", "L", "C", "Z"};
  put(w, letters[step->verb]);
  if (step->verb == XS_PATH_CLOSE) return;
  if (step->verb == XS_PATH_CURVE) {
    put_point(w, x + step->x1, y + step->y1);
    put(w, " ");
    put_point(w, x + step->x2, y + step->y2);
    put(w, " ");
  }
  put_point(w, x + step->x, y + step->y);
}

static void put_path(writer *w, const xs_item *item)
{
  put(w, "<path d=\"");
  for (size_t i = 0; i < item->u.path.step_count; i++)
    put_step(w, item->u.path.x, item->u.path.y, &item->u.path.steps[i]);
  put(w, "\"");
  if (item->u.path.filled)
    put_color(w, "fill", item->u.path.fill);
  else
    put(w, " fill=\"none\"");
  if (item->u.path.width)
    put_stroke(w, item->u.path.width, item->u.path.color, item->u.path.dashed);
  put(w, "/>\n");
}

static void put_base64(writer *w, xs_text bytes)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.len; i += 3) {
    size_t left = bytes.len - i;
    uint32_t three = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
    if (left > 1) three |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
    if (left > 2) three |= (unsigned char)bytes.ptr[i + 2];
    char four[] = {letters[three >> 18], letters[three >> 12 & 63],
                   left > 1 ? letters[three >> 6 & 63] : '=', left > 2 ? letters[three & 63] : '='};
    xs_buf_add(w->out, four, sizeof four);
  }
}

static xs_status put_picture(writer *w, const xs_item *item)
{
  const xs_picture *picture = item->u.picture.picture;
  xs_buf png;
  xs_buf_init(&png, w->out->host, XS_MAX_PICTURE_BYTES);
  xs_status status = xs_picture_essence(picture, &png);
  if (status == XS_EINPUT)
    xs_diag(w->diags, XS_D_PICTURE_BROKEN, item->span,
            _("the picture “%.*s” cannot be decoded: %s"), XS_TEXT(picture->name),
            _("it was cut off"));
  put(w, "<image");
  put_box(w, item->u.picture.x, item->u.picture.y, item->u.picture.width, item->u.picture.height);
  put(w, " preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,");
  put_base64(w, xs_buf_view(&png));
  put(w, "\"/>\n");
  xs_buf_free(&png);
  return status;
}

/* ---- order ----------------------------------------------------------------------------------- */

enum { SHADES, PICTURES, REST, LAYERS };

static int layer_of(const xs_item *item)
{
  if (item->kind == XS_ITEM_RECT) return SHADES;
  return item->kind == XS_ITEM_PICTURE ? PICTURES : REST;
}

static bool has_picture(const xs_page *page)
{
  for (size_t i = 0; i < page->item_count; i++)
    if (page->items[i].kind == XS_ITEM_PICTURE) return true;
  return false;
}

static xs_status put_item(writer *w, const xs_item *item)
{
  switch (item->kind) {
  case XS_ITEM_GLYPHS:
    put_glyphs(w, item);
    put_words(w, item);
    break;
  case XS_ITEM_LINE:
    put_line(w, item);
    break;
  case XS_ITEM_RECT:
    put_rect(w, item);
    break;
  case XS_ITEM_PICTURE:
    return put_picture(w, item);
  case XS_ITEM_PATH:
    put_path(w, item);
    break;
  }
  return w->out->status;
}

static xs_status put_page(writer *w, const xs_page *page)
{
  xs_status status = XS_OK;
  bool layered = has_picture(page);
  put(w, "<g>\n<rect");
  put_box(w, 0, 0, page->width, page->height);
  put_color(w, "fill", 0xffffff);
  put(w, "/>\n");
  for (int layer = layered ? SHADES : REST; layer < LAYERS && !status; layer++)
    for (size_t i = 0; i < page->item_count && !status; i++)
      if (!layered || layer_of(&page->items[i]) == layer) status = put_item(w, &page->items[i]);
  put(w, "</g>\n");
  return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void put_named(writer *w, const char *name, xs_text text)
{
  if (!text.len) return;
  xs_buf_printf(w->out, "<%s>", name);
  xs_markup_put(w->out, text);
  xs_buf_printf(w->out, "</%s>\n", name);
}

static void put_head(writer *w, const xs_pagelist *pages)
{
  xs_len width = 0, height = 0;
  for (size_t i = 0; i < pages->page_count; i++) {
    const xs_page *page = &pages->pages[i];
    if (page->width > width) width = page->width;
    height = xs_len_clamp((int64_t)height + page->height + (i ? page_gap : 0));
  }
  put(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<svg xmlns=\"http://www.w3.org/2000/svg\""
         " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" xml:lang=\"zh-CN\""
         " viewBox=\"0 0 ");
  put_len(w, width);
  put(w, " ");
  put_len(w, height);
  put(w, "\" width=\"");
  put_len(w, width);
  put(w, "pt\" height=\"");
  put_len(w, height);
  put(w, "pt\">\n");
  put_named(w, "title", pages->title);
  put_named(w, "desc", pages->subject);
}

xs_status xs_svg_write(const xs_pagelist *pages, xs_diags *diags, xs_buf *out)
{
  size_t before = out->len;
  xs_usage usage;
  xs_arena *a = xs_arena_new(out->host);
  if (!a) return XS_ENOMEM;
  writer w = {.out = out, .usage = &usage, .diags = diags};
  xs_status status = xs_usage_collect(a, pages, &usage);
  if (!status) {
    put_head(&w, pages);
    put_outlines(&w);
  }
  for (size_t i = 0; i < pages->page_count && !status; i++) {
    status = put_page(&w, &pages->pages[i]);
    w.top = xs_len_clamp((int64_t)w.top + pages->pages[i].height + page_gap);
  }
  put(&w, "</svg>\n");
  if (!status) status = out->status;
  if (status) out->len = before;
  xs_arena_free(a);
  return status;
}
