#include "unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "output/svg.h"
#include "support/sheet.h"

static xs_face *song;

static int open_faces(void **state)
{
  song = sheet_face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2);
  return 0;
}

static int close_faces(void **state)
{
  sheet_face_close(song);
  return 0;
}

/* The file as a C string; the caller frees the buffer. */
static const char *write_sheet(const sheet *s, xs_buf *out)
{
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_buf_init(out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_svg_write(&s->list, diags, out), XS_OK);
  assert_int_equal(xs_buf_add(out, "", 1), XS_OK);
  xs_diags_free(diags);
  return out->ptr;
}

static size_t count_of(const char *text, const char *word)
{
  size_t count = 0;
  for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) count++;
  return count;
}

static void test_svg__outlines_stand_once_and_words_where_they_are(void **state)
{
  sheet *s = sheet_new();
  xs_buf out;
  sheet_text(s, song, 16, 80, 100, 0, "要约要约");
  sheet_end_page(s, "1");
  const char *svg = write_sheet(s, &out);
  assert_int_equal(count_of(svg, "<path id="), 2);
  assert_int_equal(count_of(svg, "<use "), 4);
  assert_non_null(strstr(svg, " x=\"80\" y=\"100\" font-size=\"16\" textLength=\"64\""));
  assert_non_null(strstr(svg, ">要约要约</text>"));
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_svg__signs_of_markup_are_escaped(void **state)
{
  sheet *s = sheet_new();
  xs_buf out;
  s->list.title = XS_LIT("甲 & 乙 <草案>");
  s->list.subject = XS_LIT("说明");
  sheet_text(s, song, 16, 80, 100, 0, "<1> & 2");
  sheet_end_page(s, "1");
  const char *svg = write_sheet(s, &out);
  assert_non_null(strstr(svg, "<title>甲 &amp; 乙 &lt;草案&gt;</title>\n<desc>说明</desc>"));
  assert_non_null(strstr(svg, ">&lt;1&gt; &amp; 2</text>"));
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_svg__pages_stand_one_below_the_other(void **state)
{
  sheet *s = sheet_new();
  xs_buf out;
  sheet_text(s, song, 16, 80, 100, 0, "一");
  sheet_end_page(s, "1");
  sheet_text(s, song, 16, 80, 100, 0, "二");
  sheet_end_page(s, "2");
  const char *svg = write_sheet(s, &out);
  assert_non_null(strstr(svg, "viewBox=\"0 0 595.275 1695.779\"")); /* with 12 pt between them */
  assert_non_null(strstr(svg, "translate(80 100)"));
  assert_non_null(strstr(svg, "translate(80 953.89)"));
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_svg__pictures_lie_beneath_the_text(void **state)
{
  sheet *s = sheet_new();
  xs_buf out;
  sheet_text(s, song, 16, 80, 100, 0, "公司");
  sheet_picture(s, sheet_seal(s, 8), 80, 90, 40);
  xs_item *shade = sheet_item(s, XS_ITEM_RECT);
  shade->u.rect.width = shade->u.rect.height = XS_PT(30);
  sheet_end_page(s, "1");
  const char *svg = write_sheet(s, &out);
  const char *rect = strstr(svg, "width=\"30\""), *image = strstr(svg, "<image ");
  assert_true(rect && image && rect < image && image < strstr(svg, "<use "));
  assert_non_null(strstr(image, "data:image/png;base64,iVBORw0KGgo"));
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_svg__broken_picture_leaves_what_was_there(void **state)
{
  sheet *s = sheet_new();
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_diag_view view;
  xs_buf out;
  xs_picture *seal = sheet_seal(s, 8);
  seal->bytes.len -= 20;
  sheet_picture(s, seal, 80, 90, 40);
  sheet_end_page(s, "1");
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_buf_str(&out, "before");
  assert_int_equal(xs_svg_write(&s->list, diags, &out), XS_EINPUT);
  assert_text(xs_buf_view(&out), "before");
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "picture-broken");
  xs_buf_free(&out);
  xs_diags_free(diags);
  sheet_free(s);
}

static void test_svg__turned_text_turns_the_other_way(void **state)
{
  sheet *s = sheet_new();
  xs_buf out;
  sheet_text(s, song, 40, 200, 500, 0, "案")->u.glyphs.angle_deg = 45;
  sheet_end_page(s, "1");
  /* Counter-clockwise for us, clockwise for SVG, whose y runs down. */
  assert_non_null(strstr(write_sheet(s, &out), "translate(200 500) rotate(-45) scale(.04)"));
  xs_buf_free(&out);
  sheet_free(s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_svg__outlines_stand_once_and_words_where_they_are),
      cmocka_unit_test(test_svg__signs_of_markup_are_escaped),
      cmocka_unit_test(test_svg__pages_stand_one_below_the_other),
      cmocka_unit_test(test_svg__pictures_lie_beneath_the_text),
      cmocka_unit_test(test_svg__broken_picture_leaves_what_was_there),
      cmocka_unit_test(test_svg__turned_text_turns_the_other_way),
  };
  return cmocka_run_group_tests(tests, open_faces, close_faces);
}
