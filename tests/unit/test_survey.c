#include "unit/unit.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "output/pdf.h"
#include "support/fail_host.h"
#include "support/plain_pdf.h"
#include "support/sheet.h"
#include "survey/survey.h"

#include <hb.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>

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

/* ---- reading what the engine writes ---- */

/* One page with all that a page list can hold. */
static sheet *full_sheet(void)
{
  sheet *s = sheet_new();
  assert_non_null(s);
  sheet_text(s, song, 22, 150, 100, 0, "国𠮷");
  xs_item *item = sheet_text(s, kai, 16, 80, 150, XS_PT(1) / 2, "根据一");
  item->u.glyphs.color = 0xe60012;
  xs_item *line = sheet_item(s, XS_ITEM_LINE);
  line->u.line.x1 = XS_PT(80);
  line->u.line.x2 = XS_PT(500);
  line->u.line.y1 = line->u.line.y2 = XS_PT(200);
  line->u.line.width = XS_PT(2);
  line->u.line.color = 0xff0000;
  xs_item *rect = sheet_item(s, XS_ITEM_RECT);
  rect->u.rect.x = XS_PT(80);
  rect->u.rect.y = XS_PT(300);
  rect->u.rect.width = XS_PT(100);
  rect->u.rect.height = XS_PT(1);
  sheet_picture(s, sheet_seal(s, 32), 300, 600, 119);
  xs_item *turned = sheet_text(s, song, 60, 200, 500, 0, "草案");
  turned->u.glyphs.angle_deg = 45;
  sheet_end_page(s, "1");
  return s;
}

static void write_sheet(const sheet *s, xs_buf *out)
{
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf_init(out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_pdf_write(&s->list, &(xs_pdf_options){0}, diags, out), XS_OK);
  xs_diags_free(diags);
}

static xs_survey *read_back(xs_text bytes)
{
  xs_survey *survey = NULL;
  xs_diags *diags = xs_diags_new(xs_host_posix());
  assert_int_equal(xs_survey_read(xs_host_posix(), XS_LIT("a.pdf"), bytes, diags, &survey), XS_OK);
  assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
  xs_diags_free(diags);
  return survey;
}

static xs_survey *survey_of_sheet(void)
{
  xs_buf pdf;
  sheet *s = full_sheet();
  write_sheet(s, &pdf);
  sheet_free(s);
  xs_survey *survey = read_back(xs_buf_view(&pdf));
  xs_buf_free(&pdf);
  return survey;
}

static void assert_near(xs_len actual, xs_len expected, xs_len reach)
{
  assert_in_range(actual - expected + reach, 0, 2 * reach);
}

enum { HAIR = 8 }; /* 1/128 pt: three decimals of a point, and TJ's 3/10000 em */

static void test_survey__reads_characters_where_they_stand(void **state)
{
  xs_survey *survey = survey_of_sheet();
  assert_int_equal(survey->page_count, 1);
  const xs_seen_page *page = &survey->pages[0];
  assert_near(page->width, xs_len_of_micron(210000), HAIR);
  assert_near(page->height, xs_len_of_micron(297000), HAIR);
  assert_int_equal(page->char_count, 7);
  const xs_seen_char *c = page->chars;
  assert_text(c[0].text, "国");
  assert_int_equal(c[1].codepoint, 0x20bb7);
  assert_string_equal(c[0].font, "NotoSerifCJKsc-Regular");
  assert_string_equal(c[2].font, "LXGWWenKai-Regular");
  assert_int_equal(c[0].size, XS_PT(22));
  assert_int_equal(c[2].color, 0xe60012);
  assert_near(c[0].x, XS_PT(150), HAIR);
  assert_near(c[0].origin, XS_PT(100), HAIR);
  assert_near(c[1].x, XS_PT(172), HAIR);
  assert_near(c[3].x, XS_PT(80) + XS_PT(16) + XS_PT(1) / 2, HAIR);
  assert_int_equal(c[0].advance, XS_PT(22));
  assert_false(c[0].turned);
  assert_true(c[5].turned && c[6].turned);
  xs_survey_free(survey);
}

/* The ink of the embedded, cut-down font is that of the font of the system. */
static void test_survey__ink_is_that_of_the_face(void **state)
{
  xs_survey *survey = survey_of_sheet();
  const xs_face *faces[] = {song, song, kai, kai, kai};
  for (size_t i = 0; i < XS_COUNT(faces); i++) {
    const xs_seen_char *c = &survey->pages[0].chars[i];
    hb_font_t *font = hb_font_create(faces[i]->hb);
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t e;
    assert_true(hb_font_get_nominal_glyph(font, c->codepoint, &glyph));
    assert_true(hb_font_get_glyph_extents(font, glyph, &e));
    xs_len reach = c->size / 200 + HAIR, upem = (xs_len)faces[i]->upem;
    assert_false(c->blank);
    assert_near(c->ink.left, c->x + e.x_bearing * c->size / upem, reach);
    assert_near(c->ink.top, c->origin - e.y_bearing * c->size / upem, reach);
    assert_near(c->ink.right, c->x + (e.x_bearing + e.width) * c->size / upem, reach);
    assert_near(c->ink.bottom, c->origin - (e.y_bearing + e.height) * c->size / upem, reach);
    hb_font_destroy(font);
  }
  xs_survey_free(survey);
}

static void test_survey__reads_rules_and_pictures(void **state)
{
  xs_survey *survey = survey_of_sheet();
  const xs_seen_page *page = &survey->pages[0];
  assert_int_equal(page->rule_count, 2);
  const xs_seen_rule *stroke = &page->rules[0], *thin = &page->rules[1];
  assert_near(stroke->x1, XS_PT(80), HAIR);
  assert_near(stroke->x2, XS_PT(500), HAIR);
  assert_near(stroke->y1, XS_PT(200), HAIR);
  assert_near(stroke->thickness, XS_PT(2), HAIR);
  assert_int_equal(stroke->color, 0xff0000);
  assert_near(thin->y1, XS_PT(300) + XS_PT(1) / 2, HAIR);
  assert_near(thin->x2, XS_PT(180), HAIR);
  assert_near(thin->thickness, XS_PT(1), HAIR);
  assert_int_equal(page->picture_count, 1);
  const xs_seen_picture *picture = &page->pictures[0];
  assert_near(picture->box.left, XS_PT(300), HAIR);
  assert_near(picture->box.top, XS_PT(600), HAIR);
  assert_near(picture->box.right, XS_PT(419), HAIR);
  assert_near(picture->box.bottom, XS_PT(719), HAIR);
  assert_true(picture->has_color);
  assert_int_equal(picture->color, 0xc00000);
  xs_survey_free(survey);
}

/* Two faces, one of which sets its Han characters higher: their ink shares one em. */
static void test_survey__baselines_follow_the_ink(void **state)
{
  static const char text[] = "国固圆团因困围园回图国固圆团因困围园回图国固圆团因困围园回图";
  sheet *s = sheet_new();
  xs_buf pdf;
  sheet_text(s, song, 16, 80, 100, 0, text);
  sheet_text(s, kai, 16, 80, 200, 0, text);
  sheet_end_page(s, "1");
  write_sheet(s, &pdf);
  xs_survey *survey = read_back(xs_buf_view(&pdf));
  const xs_seen_char *c = survey->pages[0].chars;
  for (size_t i = 0; i < 2; i++) {
    const xs_seen_char *first = &c[i * survey->pages[0].char_count / 2];
    xs_len middle = first->ink.top + (first->ink.bottom - first->ink.top) / 2;
    assert_near(first->baseline - middle, XS_PT(16) * 38 / 100, XS_PT(16) / 25);
  }
  xs_survey_free(survey);
  xs_buf_free(&pdf);
  sheet_free(s);
}

static void test_survey__survives_failed_allocations(void **state)
{
  enum { STEP = 3 };
  xs_buf pdf;
  sheet *s = full_sheet();
  write_sheet(s, &pdf);
  sheet_free(s);
  xs_status status = XS_ENOMEM;
  for (long passes = 0; status; passes += STEP) {
    fail_host host;
    xs_survey *survey = NULL;
    fail_host_init(&host, passes);
    xs_diags *diags = xs_diags_new(xs_host_posix());
    status = xs_survey_read(&host.host, XS_LIT("a.pdf"), xs_buf_view(&pdf), diags, &survey);
    assert_true(status == XS_OK || status == XS_ENOMEM);
    xs_survey_free(survey);
    xs_diags_free(diags);
    assert_int_equal(host.live, 0);
  }
  xs_buf_free(&pdf);
}

/* ---- what cannot be read ---- */

static void expect_refusal(xs_text bytes, const char *slug, const char *word)
{
  xs_survey *survey = NULL;
  xs_diag_view view;
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_status status = xs_survey_read(xs_host_posix(), XS_LIT("a.pdf"), bytes, diags, &survey);
  assert_int_equal(status, XS_EINPUT);
  assert_null(survey);
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, slug);
  if (word && !strstr(view.text.ptr, word)) {
    print_error("“%s” is not in “%.*s”\n", word, XS_TEXT(view.text));
    fail();
  }
  xs_diags_free(diags);
}

static void expect_foreign(const char *content, const char *page, const char *word)
{
  plain_pdf pdf;
  plain_pdf_make(&pdf, content, page, "");
  expect_refusal((xs_text){pdf.bytes, pdf.len}, "pdf-foreign", word);
}

static void test_survey__plain_page_is_read(void **state)
{
  plain_pdf pdf;
  plain_pdf_make(&pdf, "1 0 0 RG 2 w 80 700 m 500 700 l S", "", "");
  xs_survey *survey = read_back((xs_text){pdf.bytes, pdf.len});
  assert_int_equal(survey->pages[0].rule_count, 1);
  assert_int_equal(survey->pages[0].rules[0].color, 0xff0000);
  xs_survey_free(survey);
}

static void test_survey__what_the_engine_never_writes_is_named(void **state)
{
  expect_foreign("1 2 3 4 k", "", "operator “k”");
  expect_foreign("1 0 0 rg 0 g 1 rg", "", "“rg” with other operands");
  expect_foreign("BT /F1 12 Tf ET", "", "no font F1");
  expect_foreign("q 10 0 0 10 0 0 cm /Im1 Do Q", "", "no picture Im1");
  expect_foreign("q 0 1 1 0 0 0 cm", "", "moved or turned");
  expect_foreign("[<00>]TJ", "", "text outside of text");
  expect_foreign("0 g 12", "", "content of page 1 is damaged");
  expect_foreign("<0", "", "content of page 1 is damaged");
  expect_foreign("99999999999999999999 w", "", "content of page 1 is damaged");
  expect_foreign("0 g", "/Rotate 90", "turned or cropped");
}

static void test_survey__broken_files_are_refused(void **state)
{
  xs_buf pdf;
  sheet *s = full_sheet();
  write_sheet(s, &pdf);
  expect_refusal((xs_text){pdf.ptr, pdf.len / 2}, "pdf-broken", NULL);
  expect_refusal((xs_text){pdf.ptr, 4}, "pdf-broken", "%PDF-");
  expect_refusal(XS_LIT(""), "pdf-broken", "%PDF-");
  expect_refusal(XS_LIT("%PDF-1.4\n"), "pdf-broken", NULL);
  /* A stream that is damaged in its middle. */
  char *stream = strstr(pdf.ptr, "stream");
  assert_non_null(stream);
  memset(stream + 20, 0xff, 16);
  expect_refusal(xs_buf_view(&pdf), "pdf-broken", NULL);
  xs_buf_free(&pdf);
  sheet_free(s);
}

static void write_with_qpdf(qpdf_data q, xs_buf *out)
{
  qpdf_set_suppress_warnings(q, QPDF_TRUE);
  qpdf_set_deterministic_ID(q, QPDF_TRUE);
  assert_int_equal(qpdf_write(q) & QPDF_ERRORS, 0);
  xs_buf_init(out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_buf_add(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q)), XS_OK);
  qpdf_cleanup(&q);
}

static qpdf_data open_with_qpdf(xs_buf *pdf)
{
  sheet *s = full_sheet();
  write_sheet(s, pdf);
  sheet_free(s);
  qpdf_data q = qpdf_init();
  qpdf_silence_errors(q);
  assert_int_equal(qpdf_read_memory(q, "a.pdf", pdf->ptr, pdf->len, NULL) & QPDF_ERRORS, 0);
  return q;
}

static void test_survey__encrypted_files_are_refused(void **state)
{
  static const char *const passwords[] = {"", "secret"};
  for (size_t i = 0; i < XS_COUNT(passwords); i++) {
    xs_buf pdf, changed;
    qpdf_data q = open_with_qpdf(&pdf);
    assert_int_equal(qpdf_init_write_memory(q) & QPDF_ERRORS, 0);
    qpdf_set_static_aes_IV(q, QPDF_TRUE);
    qpdf_set_static_ID(q, QPDF_TRUE);
    qpdf_set_r6_encryption_parameters2(q, passwords[i], "owner", QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                       QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    assert_int_equal(qpdf_write(q) & QPDF_ERRORS, 0);
    xs_buf_init(&changed, xs_host_posix(), XS_MAX_BUF_BYTES);
    xs_buf_add(&changed, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    qpdf_cleanup(&q);
    expect_refusal(xs_buf_view(&changed), "pdf-encrypted", NULL);
    xs_buf_free(&changed);
    xs_buf_free(&pdf);
  }
}

static void test_survey__text_without_unicode_is_refused(void **state)
{
  xs_buf pdf, changed;
  qpdf_data q = open_with_qpdf(&pdf);
  qpdf_oh resources = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Resources");
  qpdf_oh font = qpdf_oh_get_key(q, qpdf_oh_get_key(q, resources, "/Font"), "/F1");
  qpdf_oh_remove_key(q, font, "/ToUnicode");
  assert_int_equal(qpdf_init_write_memory(q) & QPDF_ERRORS, 0);
  write_with_qpdf(q, &changed);
  expect_refusal(xs_buf_view(&changed), "pdf-text", NULL);
  xs_buf_free(&changed);
  xs_buf_free(&pdf);
}

static void test_survey__packed_objects_are_foreign(void **state)
{
  xs_buf pdf, changed;
  qpdf_data q = open_with_qpdf(&pdf);
  assert_int_equal(qpdf_init_write_memory(q) & QPDF_ERRORS, 0);
  qpdf_set_object_stream_mode(q, qpdf_o_generate);
  write_with_qpdf(q, &changed);
  expect_refusal(xs_buf_view(&changed), "pdf-foreign", "packed into streams");
  xs_buf_free(&changed);
  xs_buf_free(&pdf);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_survey__reads_characters_where_they_stand),
      cmocka_unit_test(test_survey__ink_is_that_of_the_face),
      cmocka_unit_test(test_survey__reads_rules_and_pictures),
      cmocka_unit_test(test_survey__baselines_follow_the_ink),
      cmocka_unit_test(test_survey__survives_failed_allocations),
      cmocka_unit_test(test_survey__plain_page_is_read),
      cmocka_unit_test(test_survey__what_the_engine_never_writes_is_named),
      cmocka_unit_test(test_survey__broken_files_are_refused),
      cmocka_unit_test(test_survey__encrypted_files_are_refused),
      cmocka_unit_test(test_survey__text_without_unicode_is_refused),
      cmocka_unit_test(test_survey__packed_objects_are_foreign),
  };
  return cmocka_run_group_tests(tests, open_faces, close_faces);
}
