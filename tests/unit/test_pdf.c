#include "unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "output/pdf.h"
#include "support/fail_host.h"
#include "support/sheet.h"

#include <hb.h>

static xs_face *song, *kai;

static int open_faces(void **state)
{
  song = sheet_face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2);
  kai = sheet_face("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0);
  return 0;
}

static int close_faces(void **state)
{
  sheet_face_close(song);
  sheet_face_close(kai);
  return 0;
}

/* Two pages with all that a page list can hold. */
static sheet *full_sheet(void)
{
  sheet *s = sheet_new();
  assert_non_null(s);
  s->list.author = XS_LIT("川河机械厂工会");
  s->list.subject = XS_LIT("要约 <与> & 𠮷");
  sheet_bookmark(s, 1, "一、协商内容", 100);
  sheet_bookmark(s, 3, "1. 工资", 150);
  sheet_text(s, song, 22, 150, 100, 0, "集体协商要约书");
  sheet_text(s, kai, 16, 80, 150, XS_PT(1) / 3, "根据《集体合同规定》第三十二条");
  sheet_picture(s, sheet_seal(s, 32), 300, 600, 119);
  xs_item *line = sheet_item(s, XS_ITEM_LINE);
  line->artifact = true;
  line->u.line.x2 = line->u.line.width = XS_PT(1);
  sheet_end_page(s, "1");
  sheet_bookmark(s, 2, "（二）", 150);
  sheet_bookmark(s, 1, "二、其他", 150);
  sheet_text(s, song, 16, 80, 150, 0, "𠮷");
  sheet_end_page(s, "2");
  return s;
}

static xs_status write_with(const xs_host *host, const sheet *s, xs_buf *out)
{
  const xs_pdf_attachment attachment = {XS_LIT("案卷.xml"), XS_LIT("text/xml"), XS_LIT("案卷数据"),
                                        XS_LIT("<case/>")};
  xs_pdf_options options = {.date = 20240305,
                            .producer = XS_LIT("xieshang"),
                            .icc = XS_LIT("stands for a profile"),
                            .attachments = &attachment,
                            .attachment_count = 1};
  xs_diags *diags = xs_diags_new(xs_host_posix());
  assert_non_null(diags);
  xs_buf_init(out, host, XS_MAX_BUF_BYTES);
  xs_pagelist_check(&s->list);
  xs_status status = xs_pdf_write(&s->list, &options, diags, out);
  if (!status) assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
  xs_diags_free(diags);
  return status;
}

static void test_pdf__same_pages_give_the_same_bytes(void **state)
{
  sheet *s = full_sheet();
  xs_buf first, second;
  assert_int_equal(write_with(xs_host_posix(), s, &first), XS_OK);
  assert_int_equal(write_with(xs_host_posix(), s, &second), XS_OK);
  assert_int_equal(first.len, second.len);
  assert_memory_equal(first.ptr, second.ptr, first.len);
  xs_buf_free(&first);
  xs_buf_free(&second);
  sheet_free(s);
}

static void test_pdf__another_word_gives_another_id(void **state)
{
  sheet *s = full_sheet();
  xs_buf first, second;
  assert_int_equal(write_with(xs_host_posix(), s, &first), XS_OK);
  sheet_text(s, song, 16, 80, 150, 0, "𠮷");
  sheet_end_page(s, "3");
  assert_int_equal(write_with(xs_host_posix(), s, &second), XS_OK);
  const char *a = strstr(first.ptr + first.len - 200, "/ID");
  const char *b = strstr(second.ptr + second.len - 200, "/ID");
  assert_non_null(a);
  assert_non_null(b);
  assert_memory_not_equal(a, b, 40);
  xs_buf_free(&first);
  xs_buf_free(&second);
  sheet_free(s);
}

static void test_pdf__is_small(void **state)
{
  sheet *s = full_sheet();
  xs_buf out;
  assert_int_equal(write_with(xs_host_posix(), s, &out), XS_OK);
  assert_memory_equal(out.ptr, "%PDF-1.7\n", 9);
  assert_true(out.len < 20000);
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_pdf__survives_every_failed_allocation(void **state)
{
  sheet *s = full_sheet();
  xs_status status = XS_ENOMEM;
  for (long passes = 0; status; passes++) {
    fail_host host;
    xs_buf out;
    fail_host_init(&host, passes);
    status = write_with(&host.host, s, &out);
    assert_true(status == XS_OK || status == XS_ENOMEM);
    if (status) assert_int_equal(out.len, 0);
    xs_buf_free(&out);
    assert_int_equal(host.live, 0);
  }
  sheet_free(s);
}

static void test_pdf__broken_picture_is_an_error_at_its_place(void **state)
{
  sheet *s = sheet_new();
  xs_picture *seal = sheet_seal(s, 32);
  seal->bytes.len -= 40;
  sheet_picture(s, seal, 300, 600, 119)->span = (xs_span){1, 6, 3};
  sheet_end_page(s, "1");
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_diags_source_copy(diags, XS_LIT("t.xml"), XS_LIT("<page>seal</page>"));
  xs_buf out;
  xs_diag_view view;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_pdf_write(&s->list, &(xs_pdf_options){0}, diags, &out), XS_EINPUT);
  assert_int_equal(out.len, 0);
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "picture-broken");
  assert_int_equal(view.column, 7);
  xs_buf_free(&out);
  xs_diags_free(diags);
  sheet_free(s);
}

static void test_pdf__face_that_is_no_font_is_an_error(void **state)
{
  sheet *s = sheet_new();
  hb_face_t *nothing = hb_face_create(hb_blob_get_empty(), 0);
  xs_face broken = {.name = XS_LIT("Broken"),
                    .file = XS_LIT("broken.otf"),
                    .is_cff = true,
                    .upem = 1000,
                    .hb = nothing};
  sheet_text(s, &broken, 16, 80, 150, 0, "协商");
  sheet_end_page(s, "1");
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf out;
  xs_diag_view view;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_pdf_write(&s->list, &(xs_pdf_options){0}, diags, &out), XS_EINPUT);
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "font-broken");
  xs_buf_free(&out);
  xs_diags_free(diags);
  hb_face_destroy(nothing);
  sheet_free(s);
}

/* The face with another permission written into it. */
static void warn_for_permission(unsigned type, size_t warnings)
{
  unsigned char os2[96] = {[8] = (unsigned char)(type >> 8), [9] = (unsigned char)type};
  hb_tag_t tags[] = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('h', 'e', 'a', 'd'),
                     HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'h', 'e', 'a'),
                     HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                     HB_TAG('c', 'm', 'a', 'p')};
  hb_face_t *built = hb_face_builder_create();
  hb_blob_t *table = hb_blob_create((char *)os2, sizeof os2, HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_builder_add_table(built, HB_TAG('O', 'S', '/', '2'), table);
  hb_blob_destroy(table);
  for (size_t i = 0; i < XS_COUNT(tags); i++) {
    table = hb_face_reference_table(kai->hb, tags[i]);
    hb_face_builder_add_table(built, tags[i], table);
    hb_blob_destroy(table);
  }
  xs_face face = *kai;
  face.hb = built;
  sheet *s = sheet_new();
  xs_diags *diags = xs_diags_new(xs_host_posix());
  sheet_text(s, &face, 16, 80, 150, 0, "协商");
  sheet_end_page(s, "1");
  for (int i = 0; i < 2; i++) {
    xs_buf out;
    xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
    assert_int_equal(xs_pdf_write(&s->list, &(xs_pdf_options){0}, diags, &out), XS_OK);
    xs_buf_free(&out);
  }
  xs_diag_view view;
  assert_int_equal(xs_diags_count(diags, XS_NOTE), warnings);
  if (warnings && xs_diags_view(diags, 0, &view)) assert_text(view.slug, "font-restricted");
  xs_diags_free(diags);
  sheet_free(s);
  hb_face_destroy(built);
}

static void test_pdf__font_that_may_not_be_embedded_is_a_warning_once(void **state)
{
  static const unsigned allowed[] = {0, 4, 8, 6};
  static const unsigned forbidden[] = {2, 0x102, 0x104, 0x200};
  for (size_t i = 0; i < XS_COUNT(allowed); i++) warn_for_permission(allowed[i], 0);
  for (size_t i = 0; i < XS_COUNT(forbidden); i++) warn_for_permission(forbidden[i], 1);
}

static void write_file(const sheet *s, const xs_pdf_options *options, xs_buf *out)
{
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf_init(out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_pdf_write(&s->list, options, diags, out), XS_OK);
  xs_diags_free(diags);
}

static size_t find_in(const xs_buf *file, const char *words)
{
  size_t len = strlen(words), at = 0;
  while (at + len <= file->len && memcmp(file->ptr + at, words, len) != 0) at++;
  return at + len <= file->len ? at : SIZE_MAX;
}

static bool contains(const xs_buf *file, const char *words)
{
  return find_in(file, words) != SIZE_MAX;
}

/* The part of PDF/A that the file of these options claims, with the version that goes with it. */
static int claimed_part(const sheet *s, const xs_pdf_options *options)
{
  xs_buf out;
  int part = 0;
  write_file(s, options, &out);
  for (int i = 1; i <= 4; i++) {
    char claim[] = "<pdfaid:part>0</pdfaid:part>";
    claim[13] = (char)('0' + i);
    if (contains(&out, claim)) part = i;
  }
  if (part) {
    assert_true(contains(&out, "<pdfaid:conformance>B<"));
    assert_memory_equal(out.ptr, part == 1 ? "%PDF-1.4\n" : "%PDF-1.7\n", 9);
  }
  xs_buf_free(&out);
  return part;
}

static void test_pdf__claims_the_oldest_part_of_pdfa_that_holds(void **state)
{
  const xs_pdf_attachment attachment = {.name = XS_LIT("a.txt")};
  const xs_pdf_options plain = {.icc = XS_NO_TEXT}, profile = {.icc = XS_LIT("a profile")},
                       flat = {.icc = XS_LIT("a profile"), .flatten = true},
                       attached = {.icc = XS_LIT("a profile"),
                                   .attachments = &attachment,
                                   .attachment_count = 1};
  sheet *s = sheet_new();
  sheet_text(s, song, 16, 80, 150, 0, "协商");
  sheet_end_page(s, "1");
  assert_int_equal(claimed_part(s, &plain), 0);
  assert_int_equal(claimed_part(s, &profile), 1);
  assert_int_equal(claimed_part(s, &attached), 3);
  sheet_picture(s, sheet_seal(s, 8), 300, 600, 119);
  sheet_end_page(s, "2");
  assert_int_equal(claimed_part(s, &plain), 0);
  assert_int_equal(claimed_part(s, &profile), 2);
  assert_int_equal(claimed_part(s, &flat), 1);
  assert_int_equal(claimed_part(s, &attached), 3);
  sheet_free(s);
}

static void test_pdf__only_pages_with_transparency_are_groups(void **state)
{
  const xs_pdf_options options = {.icc = XS_LIT("a profile")},
                       flat = {.icc = XS_LIT("a profile"), .flatten = true};
  sheet *s = full_sheet();
  xs_buf out;
  write_file(s, &options, &out);
  static const char group[] = "/S /Transparency\n/CS /DeviceRGB";
  size_t at = find_in(&out, group), end = at + sizeof group;
  assert_true(at != SIZE_MAX && contains(&out, "/SMask"));
  xs_buf rest = {.ptr = out.ptr + end, .len = out.len - end};
  assert_false(contains(&rest, "/Transparency"));
  xs_buf_free(&out);
  write_file(s, &flat, &out);
  assert_false(contains(&out, "/Transparency") || contains(&out, "/SMask"));
  assert_true(contains(&out, "/ImageMask true"));
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_pdf__tells_what_made_it(void **state)
{
  const xs_pdf_options options = {
      .origin = {XS_LIT("offer"), XS_LIT("1.0"), XS_LIT("00ff"), XS_LIT("public")}};
  sheet *s = full_sheet();
  xs_buf out;
  s->list.case_id = XS_LIT("川河<1>");
  write_file(s, &options, &out);
  assert_true(contains(&out, "<xieshang:Case>川河&lt;1&gt;</xieshang:Case>"));
  assert_true(contains(&out, "<xieshang:Template>offer</xieshang:Template>"));
  assert_true(contains(&out, "<xieshang:TemplateVersion>1.0</xieshang:TemplateVersion>"));
  assert_true(contains(&out, "<xieshang:TemplateDigest>00ff</xieshang:TemplateDigest>"));
  assert_true(contains(&out, "<xieshang:Copy>public</xieshang:Copy>"));
  assert_true(contains(&out, "<pdfaProperty:name>TemplateDigest</pdfaProperty:name>"));
  xs_buf_free(&out);
  sheet_free(s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pdf__same_pages_give_the_same_bytes),
      cmocka_unit_test(test_pdf__another_word_gives_another_id),
      cmocka_unit_test(test_pdf__is_small),
      cmocka_unit_test(test_pdf__claims_the_oldest_part_of_pdfa_that_holds),
      cmocka_unit_test(test_pdf__only_pages_with_transparency_are_groups),
      cmocka_unit_test(test_pdf__tells_what_made_it),
      cmocka_unit_test(test_pdf__font_that_may_not_be_embedded_is_a_warning_once),
      cmocka_unit_test(test_pdf__broken_picture_is_an_error_at_its_place),
      cmocka_unit_test(test_pdf__face_that_is_no_font_is_an_error),
      cmocka_unit_test(test_pdf__survives_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, open_faces, close_faces);
}
