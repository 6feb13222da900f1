#include "unit/unit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "output/content.h"
#include "support/sheet.h"

#include <string.h>

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

/* Where the words stand in what is written for a shaded line of text with a seal on it. */
typedef struct order {
  ptrdiff_t shade, text, rule, seal;
} order;

static ptrdiff_t place_of(const char *content, const char *words)
{
  const char *at = strstr(content, words);
  assert_non_null(at);
  return at - content;
}

static order write_sealed_line(bool transparent)
{
  sheet *s = sheet_new();
  xs_picture *seal = sheet_seal(s, 8);
  sheet_text(s, song, 16, 80, 150, 0, "公司");
  xs_item *rule = sheet_item(s, XS_ITEM_LINE);
  rule->u.line.x2 = rule->u.line.width = XS_PT(1);
  sheet_picture(s, seal, 80, 140, 20);
  xs_item *shade = sheet_item(s, XS_ITEM_RECT);
  shade->u.rect.width = shade->u.rect.height = XS_PT(30);
  sheet_end_page(s, "1");

  xs_usage usage;
  xs_buf out;
  xs_image image = {seal, transparent};
  const xs_images images = {.images = &image, .count = 1, .transparent = transparent};
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_usage_collect(s->arena, &s->list, &usage), XS_OK);
  assert_int_equal(xs_content_write(&s->pages[0], &usage, &images, &out), XS_OK);
  assert_int_equal(xs_buf_add(&out, "", 1), XS_OK);
  order found = {place_of(out.ptr, "re f"), place_of(out.ptr, "TJ"), place_of(out.ptr, "l S"),
                 place_of(out.ptr, "/Im1 Do")};
  xs_buf_free(&out);
  sheet_free(s);
  return found;
}

static void test_content__opaque_picture_lies_between_shades_and_text(void **state)
{
  order o = write_sealed_line(false);
  assert_true(o.shade < o.seal && o.seal < o.text && o.text < o.rule);
}

static void test_content__transparent_picture_is_pressed_on_the_text(void **state)
{
  order o = write_sealed_line(true);
  assert_true(o.text < o.rule && o.rule < o.seal && o.seal < o.shade);
}

/* What is written for one path on an A4 page. */
static void check_path(bool filled, xs_len width, const char *want)
{
  const xs_path_step steps[] = {
      {.verb = XS_PATH_MOVE},
      {.verb = XS_PATH_LINE, .x = XS_PT(10)},
      {XS_PATH_CURVE, XS_PT(10), XS_PT(5), XS_PT(5), XS_PT(10), 0, XS_PT(10)},
      {.verb = XS_PATH_CLOSE},
  };
  sheet *s = sheet_new();
  xs_item *item = sheet_item(s, XS_ITEM_PATH);
  item->u.path.x = XS_PT(100);
  item->u.path.y = xs_len_of_micron(297000) - XS_PT(50);
  item->u.path.steps = steps;
  item->u.path.step_count = XS_COUNT(steps);
  item->u.path.filled = filled;
  item->u.path.fill = 0xff0000;
  item->u.path.width = width;
  sheet_end_page(s, "1");
  xs_buf out;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_content_write(&s->pages[0], &(xs_usage){0}, &(xs_images){0}, &out), XS_OK);
  assert_int_equal(xs_buf_add(&out, "", 1), XS_OK);
  assert_string_equal(out.ptr, want);
  xs_buf_free(&out);
  sheet_free(s);
}

static void test_content__path_is_filled_stroked_or_both(void **state)
{
#define OUTLINE "100 50 m 110 50 l 110 45 105 40 100 40 c h "
  check_path(true, 0, "1 0 0 rg\n" OUTLINE "f\n");
  check_path(false, XS_PT(2), "2 w\n" OUTLINE "S\n");
  check_path(true, XS_PT(1), "1 0 0 rg\n" OUTLINE "B\n");
#undef OUTLINE
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_content__opaque_picture_lies_between_shades_and_text),
      cmocka_unit_test(test_content__transparent_picture_is_pressed_on_the_text),
      cmocka_unit_test(test_content__path_is_filled_stroked_or_both),
  };
  return cmocka_run_group_tests(tests, open_faces, close_faces);
}
