/*
 * Writes one page with everything that a page can have twice, as PDF and as SVG, so that the two
 * can be laid on one another:  drawing OUT.pdf OUT.svg
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "output/pdf.h"
#include "output/svg.h"
#include "support/sheet.h"

#include <stdio.h>

static const xs_path_step leaf[] = {
    {.verb = XS_PATH_MOVE},
    {XS_PATH_CURVE, XS_PT(0), -XS_PT(60), XS_PT(100), -XS_PT(60), XS_PT(100), 0},
    {.verb = XS_PATH_LINE, .x = XS_PT(50), .y = XS_PT(40)},
    {.verb = XS_PATH_CLOSE},
};

static xs_item *add_leaf(sheet *s, int x_pt, int y_pt)
{
  xs_item *item = sheet_item(s, XS_ITEM_PATH);
  item->u.path.x = XS_PT(x_pt);
  item->u.path.y = XS_PT(y_pt);
  item->u.path.steps = leaf;
  item->u.path.step_count = XS_COUNT(leaf);
  return item;
}

static void add_paths(sheet *s)
{
  xs_item *filled = add_leaf(s, 80, 500);
  filled->u.path.filled = true;
  filled->u.path.fill = 0xb5232b;
  xs_item *stroked = add_leaf(s, 220, 500);
  stroked->u.path.width = XS_PT(4);
  stroked->u.path.color = 0x1f5f7a;
  xs_item *both = add_leaf(s, 360, 500);
  both->u.path.filled = both->u.path.dashed = true;
  both->u.path.fill = 0xf0e0c0;
  both->u.path.width = XS_PT(2);
}

static void add_text(sheet *s, xs_face *const *faces, size_t count)
{
  for (size_t i = 0; i < count; i++)
    sheet_text(s, faces[i], 30, 80, 100 + 50 * (int)i, XS_PT(2), i ? "集体合同" : "Contract & <1>");
  xs_item *turned = sheet_text(s, faces[1], 60, 380, 300, 0, "草案");
  turned->u.glyphs.angle_deg = 45;
  turned->u.glyphs.color = 0x808080;
}

static void add_rules(sheet *s)
{
  xs_item *line = sheet_item(s, XS_ITEM_LINE);
  line->u.line.x1 = XS_PT(80);
  line->u.line.x2 = XS_PT(500);
  line->u.line.y1 = line->u.line.y2 = XS_PT(600);
  line->u.line.width = XS_PT(5);
  line->u.line.dashed = true;
  xs_item *rect = sheet_item(s, XS_ITEM_RECT);
  rect->u.rect.x = XS_PT(80);
  rect->u.rect.y = XS_PT(640);
  rect->u.rect.width = XS_PT(200);
  rect->u.rect.height = XS_PT(90);
  rect->u.rect.color = 0xd9d9d9;
  sheet_picture(s, sheet_seal(s, 64), 220, 630, 110);
}

static int write_file(const char *path, const xs_buf *bytes)
{
  FILE *file = fopen(path, "wb");
  if (!file) return 0;
  size_t written = fwrite(bytes->ptr, 1, bytes->len, file);
  return fclose(file) == 0 && written == bytes->len;
}

static int write_both(const sheet *s, const char *pdf_path, const char *svg_path)
{
  const xs_pdf_options options = {.flatten = true};
  xs_buf pdf, svg;
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf_init(&pdf, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_buf_init(&svg, xs_host_posix(), XS_MAX_BUF_BYTES);
  int done = diags && !xs_pdf_write(&s->list, &options, diags, &pdf) &&
             !xs_svg_write(&s->list, diags, &svg) && write_file(pdf_path, &pdf) &&
             write_file(svg_path, &svg);
  xs_buf_free(&pdf);
  xs_buf_free(&svg);
  xs_diags_free(diags);
  return done;
}

int main(int argc, char **argv)
{
  if (argc != 3) return 2;
  sheet *s = sheet_new();
  xs_face *faces[] = {
      sheet_face("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 0),
      sheet_face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
      sheet_face("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
      sheet_face("/usr/local/share/fonts/xieshang/FandolFang-Regular.otf", 0)};
  if (!s) return 2;
  s->list.subject = XS_LIT("同一页写成 PDF 与 SVG <对照> & 比较");
  add_rules(s);
  add_text(s, faces, XS_COUNT(faces));
  add_paths(s);
  sheet_end_page(s, "1");
  int done = write_both(s, argv[1], argv[2]);
  for (size_t i = 0; i < XS_COUNT(faces); i++) sheet_face_close(faces[i]);
  sheet_free(s);
  return done ? 0 : 1;
}
