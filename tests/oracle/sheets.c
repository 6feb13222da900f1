/*
 * Writes a PDF with what is hard to get right, put together by hand, and beside it the text that
 * a reader has to find in it:  sheets OUT.pdf OUT.txt
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "output/pdf.h"
#include "support/sheet.h"

#include <stdio.h>
#include <string.h>

static xs_face *song, *kai, *fang, *hana, *western;

static void open_faces(void)
{
  song = sheet_face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2);
  kai = sheet_face("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0);
  fang = sheet_face("/usr/local/share/fonts/xieshang/FandolFang-Regular.otf", 0);
  hana = sheet_face("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0);
  western = sheet_face("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 0);
}

static void close_faces(void)
{
  xs_face *all[] = {song, kai, fang, hana, western};
  for (size_t i = 0; i < XS_COUNT(all); i++) sheet_face_close(all[i]);
}

/* CFF keyed by CIDs that are glyph numbers, CFF with other CIDs, TrueType, planes above 0. */
static void fonts_of_all_kinds(sheet *s)
{
  sheet_bookmark(s, 1, "一、各种字体", 100);
  sheet_text(s, song, 22, 150, 100, 0, "集体协商要约书");
  sheet_text(s, kai, 16, 80, 150, XS_PT(1) / 3, "根据《集体合同规定》第三十二条，");
  sheet_text(s, fang, 16, 80, 180, -XS_PT(1) / 7, "职工年度工资水平、调整幅度（2024年）。");
  sheet_text(s, song, 16, 80, 210, 0, "王𠮷、李㛃、刘䶮");
  sheet_text(s, hana, 16, 80, 240, 0, "陈𬱖");
  sheet_text(s, western, 16, 80, 270, 0, "No. 1,234.56 AVAVA <&>");
}

/* One glyph of Noto for two characters each time. */
static void glyphs_of_many_meanings(sheet *s)
{
  sheet_bookmark(s, 2, "（一）一形多字", 300);
  sheet_text(s, song, 16, 80, 300, 0, "更\uf901更金\uf90a金");
}

/* One glyph for three characters; three glyphs that stand for two characters together. */
static void clusters(sheet *s)
{
  xs_item *ligature = sheet_text(s, western, 16, 80, 330, 0, "o");
  xs_glyph *glyph = (xs_glyph *)(uintptr_t)ligature->u.glyphs.glyphs;
  ligature->u.glyphs.text = XS_LIT("ffi");
  glyph->text_len = 3;

  xs_item *cluster = sheet_text(s, western, 16, 80, 360, 0, "XYZ-");
  glyph = (xs_glyph *)(uintptr_t)cluster->u.glyphs.glyphs;
  cluster->u.glyphs.text = XS_LIT("\u1e8d\u03a9-");
  glyph[0].text_len = 5;
  glyph[1].text_len = glyph[2].text_len = 0;
  glyph[3].text_off = 5;
}

static void drawings(sheet *s)
{
  xs_picture *seal = sheet_seal(s, 64);
  sheet_picture(s, seal, 300, 500, 119);
  sheet_picture(s, seal, 100, 500, 60);
  xs_item *line = sheet_item(s, XS_ITEM_LINE);
  line->artifact = true;
  line->u.line.x1 = XS_PT(80);
  line->u.line.x2 = XS_PT(510);
  line->u.line.y1 = line->u.line.y2 = XS_PT(400);
  line->u.line.width = XS_PT(1);
  line->u.line.color = 0xc00000;
  line->u.line.dashed = true;
  xs_item *rect = sheet_item(s, XS_ITEM_RECT);
  rect->u.rect.x = rect->u.rect.y = XS_PT(410);
  rect->u.rect.width = rect->u.rect.height = XS_PT(30);
  rect->u.rect.color = 0xd9d9d9;
}

static void turned_text(sheet *s)
{
  sheet_bookmark(s, 1, "二、斜排", 100);
  sheet_text(s, kai, 16, 80, 100, 0, "次页")->u.glyphs.color = 0x003366;
  xs_item *turned = sheet_text(s, song, 40, 200, 500, 0, "案");
  turned->u.glyphs.angle_deg = 45;
  turned->u.glyphs.color = 0xcccccc;
  turned->artifact = true;
}

static int write_file(const char *path, xs_text bytes)
{
  FILE *file = fopen(path, "wb");
  if (!file) return 0;
  size_t written = fwrite(bytes.ptr, 1, bytes.len, file);
  return fclose(file) == 0 && written == bytes.len;
}

static int write_pdf(const sheet *s, const char *path)
{
  const xs_pdf_attachment attachment = {XS_LIT("案卷.xml"), XS_LIT("text/xml"), XS_LIT("案卷数据"),
                                        XS_LIT("<case/>")};
  const xs_pdf_options options = {.date = 20240305,
                                  .producer = XS_LIT("xieshang"),
                                  .attachments = &attachment,
                                  .attachment_count = 1};
  xs_buf out;
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  int done = diags && !xs_pdf_write(&s->list, &options, diags, &out) &&
             write_file(path, xs_buf_view(&out));
  xs_buf_free(&out);
  xs_diags_free(diags);
  return done;
}

static int write_text(const sheet *s, const char *path)
{
  xs_buf out;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  for (size_t i = 0; i < s->item_count; i++) {
    if (s->items[i].kind != XS_ITEM_GLYPHS) continue;
    xs_buf_text(&out, s->items[i].u.glyphs.text);
    xs_buf_str(&out, "\n");
  }
  int done = !out.status && write_file(path, xs_buf_view(&out));
  xs_buf_free(&out);
  return done;
}

int main(int argc, char **argv)
{
  if (argc != 3) return 2;
  sheet *s = sheet_new();
  if (!s) return 2;
  open_faces();
  s->list.author = XS_LIT("川河机械厂工会");
  s->list.subject = XS_LIT("要约 <与> & 𠮷");
  s->list.case_id = XS_LIT("2024-7");
  fonts_of_all_kinds(s);
  glyphs_of_many_meanings(s);
  clusters(s);
  drawings(s);
  sheet_end_page(s, "3");
  turned_text(s);
  sheet_end_page(s, "附");
  int done = write_pdf(s, argv[1]) && write_text(s, argv[2]);
  close_faces();
  sheet_free(s);
  return done ? 0 : 1;
}
