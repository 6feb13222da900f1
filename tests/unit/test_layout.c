#include "unit.h"

#include "base/limits.h"
#include "support/fail_host.h"
#include "support/page_fixture.h"

#include <stdlib.h>

static void test_layout__one_paragraph_stands_on_one_page(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  style->text.role = XS_ROLE_SONG; /* whose face is not shifted */
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

/* A document with everything in it: text, blanks, a group, a table, a foot, a watermark. */
static xs_section rich_section(xs_arena *a)
{
  xs_para_style *style = body_style(a);
  style->hyphenate = true;
  xs_inline *line = XS_NEW_ARRAY(a, 3, xs_inline);
  line[0] = text_inline(style, "签收人：");
  line[1] = (xs_inline){.kind = XS_INLINE_BOX, .style = style->text};
  line[1].u.box.width = XS_PT(100);
  line[1].u.box.underline = true;
  line[1].u.box.text = XS_LIT("张三");
  line[2] = (xs_inline){.kind = XS_INLINE_PAGE_COUNT, .style = style->text};
  xs_block *blocks = XS_NEW_ARRAY(a, 4, xs_block);
  blocks[0] = paragraph(a, style, "“引号”与Latin text，2024年——……《集体合同规定》第二十一条。𠮷");
  blocks[1] = paragraph_of(style, line, 3);
  xs_line_style thin = {.width = XS_PT(1) / 2};
  blocks[2] = (xs_block){.kind = XS_BLOCK_GROUP};
  blocks[2].u.group = (xs_group){.blocks = {blocks, 2},
                                 .keep_together = true,
                                 .keep_with = 2,
                                 .top = thin,
                                 .bottom = thin,
                                 .padding_x = XS_PT(4),
                                 .padding_y = XS_PT(4)};
  xs_cell *cells = XS_NEW_ARRAY(a, 2, xs_cell);
  for (uint32_t i = 0; i < 2; i++)
    cells[i] = (xs_cell){.column = i,
                         .colspan = 1,
                         .rowspan = 1,
                         .diagonal = i == 0,
                         .top = thin,
                         .right = thin,
                         .bottom = thin,
                         .left = thin,
                         .blocks = {blocks, 1}};
  static const xs_column columns[] = {{XS_WIDTH_SHARE, 2}, {XS_WIDTH_SHARE, 1}};
  xs_row *row = XS_NEW(a, xs_row);
  *row = (xs_row){.cells = cells, .cell_count = 2};
  blocks[3] = (xs_block){.kind = XS_BLOCK_TABLE};
  blocks[3].u.table =
      (xs_table){.columns = columns, .column_count = 2, .rows = row, .row_count = 1};
  xs_section section = a4_section(blocks, 4);
  section.foot[XS_PAGE_FIRST].blocks = (xs_blocks){blocks + 1, 1};
  section.watermark = (xs_watermark){XS_LIT("草案"), style->text, 45};
  return section;
}

static void test_layout__every_allocation_may_fail(void **state)
{
  page_fixture *f = *state;
  xs_section section = rich_section(f->a);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st == XS_ENOMEM; passes++) {
    assert_true(passes < 100000);
    fail_host host;
    fail_host_init(&host, passes);
    xs_arena *a = xs_arena_new(&host.host);
    if (!a) continue;
    xs_document doc = {.arena = a, .sections = &section, .section_count = 1};
    xs_pagelist *pages = NULL;
    st = xs_layout(&doc, f->fonts, f->diags, &pages);
    assert_true(st == XS_OK ? pages != NULL : pages == NULL);
    xs_pagelist_free(pages);
    xs_arena_free(a);
    assert_int_equal(host.live, 0);
  }
  assert_int_equal(st, XS_OK);
}

static void test_layout__a_word_of_a_megabyte_is_refused(void **state)
{
  page_fixture *f = *state;
  char *word = malloc((1 << 20) + 1);
  memset(word, 'x', 1 << 20);
  word[1 << 20] = '\0';
  xs_block block = paragraph(f->a, body_style(f->a), word);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_ELIMIT);
  assert_true(has_diag(f, "limit"));
  free(word);
}

static void test_layout__a_word_wider_than_its_line_is_broken_with_a_warning(void **state)
{
  page_fixture *f = *state;
  char word[400];
  memset(word, 'm', sizeof word - 1);
  word[sizeof word - 1] = '\0';
  xs_block block = paragraph(f->a, body_style(f->a), word);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_true(has_diag(f, "line-overfull"));
  xs_text text = text_of_page(f, 0);
  assert_int_equal(text.len, sizeof word - 1);
}

static void test_layout__text_of_one_line_has_a_ceiling(void **state)
{
  page_fixture *f = *state;
  enum { COUNT = 3000 };
  xs_para_style *style = body_style(f->a);
  style->text.size = XS_PT(2000);
  char *text = calloc(COUNT, 3);
  for (size_t i = 0; i < COUNT; i++) memcpy(text + 3 * i, "甲", 3);
  xs_inline box = {.kind = XS_INLINE_BOX, .style = style->text};
  box.u.box.width = XS_PT(1);
  box.u.box.text = (xs_text){text, (size_t)3 * COUNT};
  xs_block block = paragraph_of(style, &box, 1);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_ELIMIT);
  assert_true(has_diag(f, "limit"));
  box.kind = XS_INLINE_TEXT;
  section.watermark.text = box.u.box.text;
  section.watermark.style = style->text;
  section.blocks.count = 0;
  assert_int_equal(set_sections(f, &section, 1), XS_ELIMIT);
  free(text);
}

static void test_layout__lengths_never_overflow(void **state)
{
  page_fixture *f = *state;
  enum { COUNT = 3000 };
  xs_block *blocks = calloc(COUNT + 1, sizeof *blocks);
  for (size_t i = 0; i < COUNT; i++) {
    blocks[i].kind = XS_BLOCK_SPACE;
    blocks[i].u.space.height = XS_PT(XS_MAX_LENGTH_PT);
  }
  xs_para_style *style = body_style(f->a);
  style->text.tracking = XS_PT(XS_MAX_LENGTH_PT);
  style->first_indent = style->left = -XS_PT(XS_MAX_LENGTH_PT);
  style->right = -10 * XS_PT(XS_MAX_LENGTH_PT);
  xs_inline wide[2] = {text_inline(style, "甲乙丙"), {.kind = XS_INLINE_BOX, .style = style->text}};
  wide[1].u.box.width = XS_PT(XS_MAX_LENGTH_PT);
  blocks[COUNT] = paragraph_of(style, wide, 2);
  xs_section section = a4_section(blocks, COUNT + 1);
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "off-page"));
  style->align = XS_ALIGN_CENTER;
  style->text.size = wide[0].style.size = wide[1].style.size = XS_PT(XS_MAX_SIZE_PT);
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  free(blocks);
}

static void test_layout__blocks_nested_too_deep_are_refused(void **state)
{
  page_fixture *f = *state;
  enum { DEPTH = 10000 };
  xs_block *blocks = calloc(DEPTH, sizeof *blocks);
  blocks[0] = paragraph(f->a, body_style(f->a), "甲");
  for (size_t i = 1; i < DEPTH; i++) {
    blocks[i].kind = XS_BLOCK_GROUP;
    blocks[i].u.group.blocks = (xs_blocks){&blocks[i - 1], 1};
  }
  xs_section section = a4_section(&blocks[DEPTH - 1], 1);
  assert_int_equal(set_sections(f, &section, 1), XS_ELIMIT);
  assert_true(has_diag(f, "limit"));
  free(blocks);
}

static void test_layout__a_style_without_height_is_refused(void **state)
{
  page_fixture *f = *state;
  static const xs_len sizes[] = {0, -XS_PT(5), XS_PT(1) - 1, XS_PT(3000)};
  for (size_t i = 0; i < XS_COUNT(sizes); i++) {
    xs_para_style *style = body_style(f->a);
    style->text.size = sizes[i];
    xs_block block = paragraph(f->a, style, "甲");
    xs_section section = a4_section(&block, 1);
    assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
    assert_true(has_diag(f, "style-invalid"));
    xs_diags_clear(f->diags);
  }
}

static void test_layout__margins_without_room_are_refused(void **state)
{
  page_fixture *f = *state;
  xs_block block = paragraph(f->a, body_style(f->a), "甲");
  xs_section section = a4_section(&block, 1);
  section.left = section.right = section.width;
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "page-margins"));
}

static void test_layout__characters_on_one_another_are_refused(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  xs_block block = paragraph(f->a, style, "甲");
  xs_section section = a4_section(&block, 1);
  style->text.tracking = -XS_PT(32); /* -200 % */
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "style-invalid"));
}

static void test_layout__a_leading_higher_than_the_page_is_refused(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  xs_block block = paragraph(f->a, style, "甲");
  xs_section section = a4_section(&block, 1);
  style->leading = section.height;
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "style-invalid"));
}

/* Sets “甲，2” on lines of this width. */
static xs_status set_narrow(page_fixture *f, xs_len width, xs_len first_indent)
{
  xs_diags_clear(f->diags);
  xs_para_style *style = body_style(f->a);
  style->first_indent = first_indent;
  xs_block block = paragraph(f->a, style, "甲，2");
  xs_section section = a4_section(&block, 1);
  section.right = section.width - section.left - width;
  return set_sections(f, &section, 1);
}

static void test_layout__a_measure_below_one_character_is_refused(void **state)
{
  page_fixture *f = *state;
  assert_int_equal(set_narrow(f, XS_PT(16), 0), XS_OK);
  assert_text(text_of_page(f, 0), "甲，2");
  assert_int_equal(set_narrow(f, XS_PT(16) - 1, 0), XS_EINPUT);
  assert_true(has_diag(f, "line-narrow"));
  assert_int_equal(set_narrow(f, XS_PT(40), XS_PT(25)), XS_EINPUT); /* of the first line */
  assert_true(has_diag(f, "line-narrow"));
}

/* Each item of a page lies on the paper, or nothing is set. */
static void test_layout__nothing_is_cut_off_by_the_edge_of_the_paper(void **state)
{
  page_fixture *f = *state;
  static const xs_picture seal = {.name = {"seal.png", 8}, .bytes = {"png", 3}};
  xs_para_style *style = body_style(f->a);
  xs_inline inl = {.kind = XS_INLINE_PICTURE, .style = style->text};
  inl.u.picture.picture = &seal;
  inl.u.picture.width = inl.u.picture.height = XS_PT(100);
  inl.u.picture.place = XS_PICTURE_OVER;
  xs_block block = paragraph_of(style, &inl, 1);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  inl.u.picture.dx = -XS_PT(100);
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "off-page"));
  xs_diags_clear(f->diags);
  style->left = -XS_PT(120);
  block = paragraph(f->a, style, "甲乙丙");
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "off-page"));
}

/* A seal is centred on the point where it stands and moves nothing. */
static void test_layout__a_seal_takes_no_room(void **state)
{
  page_fixture *f = *state;
  static const xs_picture seal = {.name = {"seal.png", 8}, .bytes = {"png", 3}};
  xs_para_style *style = body_style(f->a);
  style->first_indent = 0;
  xs_inline line[3] = {text_inline(style, "甲乙"),
                       {.kind = XS_INLINE_PICTURE, .style = style->text},
                       text_inline(style, "丙")};
  line[1].u.picture.picture = &seal;
  line[1].u.picture.width = line[1].u.picture.height = XS_PT(100);
  line[1].u.picture.place = XS_PICTURE_OVER;
  line[1].u.picture.dx = XS_PT(10);
  xs_block block = paragraph_of(style, line, 3);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  const xs_item *items = f->pages->pages[0].items;
  assert_int_equal(f->pages->pages[0].item_count, 3);
  assert_int_equal(items[1].kind, XS_ITEM_PICTURE);
  assert_int_equal(items[1].u.picture.x, section.left + XS_PT(2 * 16 + 10 - 50));
  assert_ptr_not_equal(items[1].u.picture.picture, &seal); /* the page list owns its own */
  assert_text(items[1].u.picture.picture->name, "seal.png");
  assert_int_equal(items[2].u.glyphs.x, section.left + XS_PT(2 * 16));
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
      cmocka_unit_test_setup_teardown(test_layout__every_allocation_may_fail, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_word_of_a_megabyte_is_refused, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(
          test_layout__a_word_wider_than_its_line_is_broken_with_a_warning, open_fixture,
          close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__blocks_nested_too_deep_are_refused, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_style_without_height_is_refused, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__margins_without_room_are_refused, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__characters_on_one_another_are_refused,
                                      open_fixture, close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_leading_higher_than_the_page_is_refused,
                                      open_fixture, close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_measure_below_one_character_is_refused,
                                      open_fixture, close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__nothing_is_cut_off_by_the_edge_of_the_paper,
                                      open_fixture, close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__text_of_one_line_has_a_ceiling, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__lengths_never_overflow, open_fixture,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_layout__a_seal_takes_no_room, open_fixture,
                                      close_fixture),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
