#include "unit.h"

#include "support/page_fixture.h"

/* All text of a page, runs one behind the other. */
static xs_text text_of_page(page_fixture *f, size_t page)
{
  const xs_page *p = &f->pages->pages[page];
  xs_text all = XS_LIT("");
  for (size_t i = 0; i < p->item_count; i++) {
    if (p->items[i].kind != XS_ITEM_GLYPHS || p->items[i].artifact) continue;
    all = xs_arena_printf(f->a, "%.*s%.*s", XS_TEXT(all), XS_TEXT(p->items[i].u.glyphs.text));
  }
  return all;
}

static int open_fixture(void **state)
{
  static page_fixture f;
  *state = &f;
  return page_fixture_open(&f) != XS_OK;
}

static int close_fixture(void **state)
{
  page_fixture_close(*state);
  return 0;
}

static void test_layout__one_paragraph_stands_on_one_page(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  xs_block block = paragraph(f->a, style, "现就2024年度工资集体协商提出要约。");
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_int_equal(f->pages->page_count, 1);
  assert_text(text_of_page(f, 0), "现就2024年度工资集体协商提出要约。");
  const xs_item *first = &f->pages->pages[0].items[0];
  assert_int_equal(first->u.glyphs.x, section.left + style->first_indent);
  /* the em of the first line begins at the upper edge of the type area */
  assert_int_equal(first->u.glyphs.y, section.top + (int)(XS_PT(16) * 0.88));
  assert_text(f->pages->pages[0].label, "1");
}

/* 22 lines of 15.75 pt with a leading of 29.62 pt fill the 637.8 pt of GB/T 9704. */
static void test_layout__a_page_holds_22_lines(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  style->text.size = xs_len_of_millipt(15750);
  style->leading = xs_len_of_millipt(29620);
  style->first_indent = 0;
  xs_block blocks[44];
  for (size_t i = 0; i < XS_COUNT(blocks); i++) blocks[i] = paragraph(f->a, style, "一行");
  xs_section section = a4_section(blocks, XS_COUNT(blocks));
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_int_equal(f->pages->page_count, 2);
  assert_int_equal(f->pages->pages[0].item_count, 22);
}

static void test_layout__a_missing_glyph_is_an_error_with_its_code(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  xs_block block = paragraph(f->a, style, "甲\xf4\x8f\xbf\xbd乙\xf4\x8f\xbf\xbd");
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_null(f->pages);
  xs_diag_view view;
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, "glyph-missing");
  assert_non_null(strstr(view.text.ptr, "U+10FFFD"));
  assert_false(xs_diags_view(f->diags, 1, &view));
}

static void test_layout__characters_above_the_bmp_are_set(void **state)
{
  page_fixture *f = *state;
  xs_block block = paragraph(f->a, body_style(f->a), "𠮷㛃𬱖䶮");
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_text(text_of_page(f, 0), "𠮷㛃𬱖䶮");
}

static void test_layout__a_heading_is_never_stranded(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a), *heading = body_style(f->a);
  heading->keep_next = true;
  xs_block blocks[24];
  for (size_t i = 0; i < XS_COUNT(blocks); i++) blocks[i] = paragraph(f->a, style, "一行");
  for (size_t lines = 18; lines < 24; lines++) {
    blocks[lines - 1] = paragraph(f->a, heading, "标题");
    xs_section section = a4_section(blocks, lines + 1);
    if (lines + 1 > XS_COUNT(blocks)) break;
    assert_int_equal(set_sections(f, &section, 1), XS_OK);
    xs_text first = text_of_page(f, 0);
    assert_false(first.len >= 6 && !memcmp(first.ptr + first.len - 6, "标题", 6) &&
                 f->pages->page_count > 1);
    blocks[lines - 1] = paragraph(f->a, style, "一行");
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_layout__one_paragraph_stands_on_one_page, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_page_holds_22_lines, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_missing_glyph_is_an_error_with_its_code,
                                      open_fixture, close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__characters_above_the_bmp_are_set, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_heading_is_never_stranded, open_fixture,
                                      close_fixture),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
