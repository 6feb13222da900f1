#include "unit/unit.h"

#include "base/arena.h"
#include "output/usage.h"

static const xs_face song = {.upem = 1000}, kai = {.upem = 1000};

typedef struct fixture {
  xs_arena *arena;
  xs_usage usage;
} fixture;

static xs_item run_of(const xs_face *face, const xs_glyph *glyphs, size_t count, const char *text)
{
  xs_item item = {.kind = XS_ITEM_GLYPHS};
  item.u.glyphs.face = face;
  item.u.glyphs.size = 1024;
  item.u.glyphs.glyphs = glyphs;
  item.u.glyphs.glyph_count = count;
  item.u.glyphs.text = (xs_text){text, strlen(text)};
  return item;
}

static fixture collect(const xs_item *items, size_t count)
{
  const xs_page page = {.width = 1, .height = 1, .items = items, .item_count = count};
  const xs_pagelist list = {.pages = &page, .page_count = 1};
  fixture f = {.arena = xs_arena_new(xs_host_posix())};
  assert_non_null(f.arena);
  assert_int_equal(xs_usage_collect(f.arena, &list, &f.usage), XS_OK);
  return f;
}

static void test_usage__counts_each_face_and_glyph_once(void **state)
{
  const xs_glyph first[] = {{.id = 7, .text_len = 3}, {.id = 300, .text_off = 3, .text_len = 3}};
  const xs_glyph second[] = {{.id = 7, .text_len = 3}};
  const xs_item items[] = {run_of(&song, first, 2, "协商"), run_of(&kai, second, 1, "协"),
                           run_of(&song, second, 1, "协")};
  fixture f = collect(items, XS_COUNT(items));
  assert_int_equal(f.usage.face_count, 2);
  assert_int_equal(xs_usage_face(&f.usage, &song)->glyph_count, 2);
  assert_int_equal(xs_usage_face(&f.usage, &kai)->glyph_count, 1);
  assert_int_equal(xs_usage_face(&f.usage, &song)->layer_count, 1);
  assert_null(xs_usage_glyph(xs_usage_face(&f.usage, &kai), 300));
  xs_arena_free(f.arena);
}

static void test_usage__second_meaning_lies_in_a_second_layer(void **state)
{
  const xs_glyph glyph[] = {{.id = 7, .text_len = 3}};
  const xs_item items[] = {run_of(&song, glyph, 1, "更"), run_of(&song, glyph, 1, "\uf901"),
                           run_of(&song, glyph, 1, "更")};
  fixture f = collect(items, XS_COUNT(items));
  const xs_used_face *face = xs_usage_face(&f.usage, &song);
  const xs_used_glyph *used = xs_usage_glyph(face, 7);
  assert_int_equal(face->glyph_count, 1);
  assert_int_equal(face->layer_count, 2);
  assert_int_equal(xs_usage_layer(used, XS_LIT("更")), 0);
  assert_int_equal(xs_usage_layer(used, XS_LIT("\uf901")), 1);
  xs_arena_free(f.arena);
}

static void test_usage__cluster_gives_its_text_to_its_first_glyph(void **state)
{
  const xs_glyph glyphs[] = {
      {.id = 1, .text_len = 5}, {.id = 2}, {.id = 3, .text_off = 5, .text_len = 1}};
  const xs_item item = run_of(&song, glyphs, 3, "\u1e8d\u03a9-");
  assert_int_equal(xs_cluster_glyphs(&item, 0), 2);
  assert_int_equal(xs_cluster_glyphs(&item, 2), 1);
  assert_text(xs_glyph_text(&item, 0), "\u1e8d\u03a9");
  assert_text(xs_glyph_text(&item, 1), "\u200b");
  assert_text(xs_glyph_text(&item, 2), "-");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_usage__counts_each_face_and_glyph_once),
      cmocka_unit_test(test_usage__second_meaning_lies_in_a_second_layer),
      cmocka_unit_test(test_usage__cluster_gives_its_text_to_its_first_glyph),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
