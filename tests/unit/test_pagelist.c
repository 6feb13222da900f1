#include "model/pagelist.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static xs_face face = {.name = {"NotoSerifCJKsc-Regular", 22}, .upem = 1000};

static void test_pagelist__dump_shows_one_item_a_line(void **state)
{
  const xs_glyph glyphs[] = {{11, 0, 3, 0, XS_PT(16)}, {12, 3, 3, XS_PT(20), XS_PT(16)}};
  const xs_picture seal = {.name = XS_LIT("seal.png")};
  const xs_path_step wedge[] = {
      {.verb = XS_PATH_MOVE, .x = XS_PT(1), .y = XS_PT(2)},
      {.verb = XS_PATH_LINE, .x = XS_PT(3)},
      {XS_PATH_CURVE, XS_PT(3), XS_PT(1), XS_PT(2), XS_PT(2), XS_PT(1), XS_PT(2)},
      {.verb = XS_PATH_CLOSE},
  };
  const xs_item items[] = {
      {.kind = XS_ITEM_GLYPHS,
       .u.glyphs = {.face = &face,
                    .size = XS_PT(16),
                    .x = XS_PT(80),
                    .y = XS_PT(100),
                    .glyphs = glyphs,
                    .glyph_count = 2,
                    .text = XS_LIT("要约")}},
      {.kind = XS_ITEM_LINE,
       .artifact = true,
       .u.line = {XS_PT(80), XS_PT(110), XS_PT(116), XS_PT(110), XS_PT(1), 0xff0000, true}},
      {.kind = XS_ITEM_RECT, .u.rect = {XS_PT(-1), 0, XS_PT(2), XS_PT(3) / 2, 0x0000ff}},
      {.kind = XS_ITEM_PICTURE,
       .u.picture = {&seal, XS_PT(300), XS_PT(600), XS_PT(119), XS_PT(119)}},
      {.kind = XS_ITEM_PATH,
       .u.path = {XS_PT(10), XS_PT(20), wedge, XS_COUNT(wedge), true, 0xffffff, XS_PT(1), 0, true}},
      {.kind = XS_ITEM_PATH, .u.path = {.steps = wedge, .step_count = 2, .width = XS_PT(2)}},
  };
  const xs_page page = {XS_PT(595), XS_PT(842), XS_LIT("1"), items, XS_COUNT(items)};
  const xs_bookmark mark = {XS_LIT("一、协商内容"), 1, 0, XS_PT(100)};
  xs_buf out;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_pagelist *list = XS_NEW(a, xs_pagelist);
  *list = (xs_pagelist){.arena = a,
                        .title = XS_LIT("要约书"),
                        .author = XS_LIT("工会"),
                        .pages = &page,
                        .page_count = 1,
                        .bookmarks = &mark,
                        .bookmark_count = 1};
  xs_pagelist_check(list);
  xs_pagelist_dump(list, &out);
  xs_buf_add(&out, "", 1);
  assert_string_equal(out.ptr,
                      "pages “要约书” 1\n"
                      "  author “工会”\n"
                      "  bookmark 1, page 1, y 100.00: “一、协商内容”\n"
                      "  page 1, 595.00×842.00, label “1”\n"
                      "    text 80.00–116.00 100.00 NotoSerifCJKsc-Regular 16.00 “要约”\n"
                      "    artifact line 80.00 110.00 – 116.00 110.00 width 1.00 #FF0000 dashed\n"
                      "    rect -1.00 0.00 2.00×1.50 #0000FF\n"
                      "    picture 300.00 600.00 119.00×119.00 “seal.png”\n"
                      "    path fill #FFFFFF width 1.00 dashed M 11.00 22.00 L 13.00 20.00"
                      " C 13.00 21.00 12.00 22.00 11.00 22.00 Z\n"
                      "    path width 2.00 M 1.00 2.00 L 3.00 0.00\n");
  xs_buf_free(&out);
  xs_pagelist_free(list);
}

static void test_pagelist__free_takes_null(void **state)
{
  xs_pagelist_free(NULL);
  xs_document_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pagelist__dump_shows_one_item_a_line),
      cmocka_unit_test(test_pagelist__free_takes_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
