/* Pages: what keeps together, what stands again, what is numbered. */
#include "unit.h"

#include "base/text.h"
#include "support/page_fixture.h"

#include <stdio.h>
#include <stdlib.h>

static const xs_line_style thin = {.width = XS_PT(1) / 2};

static xs_block line_block(xs_arena *a, const char *text)
{
  xs_para_style *style = body_style(a);
  style->first_indent = 0;
  return paragraph(a, style, text);
}

static xs_block *line_blocks(xs_arena *a, size_t count)
{
  xs_block *blocks = XS_NEW_ARRAY(a, count + 8, xs_block);
  for (size_t i = 0; i < count; i++) blocks[i] = line_block(a, "行");
  return blocks;
}

static xs_cell cell_of(xs_arena *a, uint32_t column, const char *text)
{
  xs_block *block = XS_NEW(a, xs_block);
  *block = line_block(a, text);
  return (xs_cell){.column = column,
                   .colspan = 1,
                   .rowspan = 1,
                   .top = thin,
                   .right = thin,
                   .bottom = thin,
                   .left = thin,
                   .padding_y = XS_PT(2),
                   .blocks = {block, 1}};
}

static xs_row row_of(xs_arena *a, const char *left, const char *right)
{
  xs_cell *cells = XS_NEW_ARRAY(a, 2, xs_cell);
  cells[0] = cell_of(a, 0, left);
  cells[1] = cell_of(a, 1, right);
  return (xs_row){.cells = cells, .cell_count = 2};
}

static xs_block table_of(const xs_row *rows, size_t count)
{
  static const xs_column columns[] = {{XS_WIDTH_SHARE, 1}, {XS_WIDTH_SHARE, 1}};
  xs_block block = {.kind = XS_BLOCK_TABLE};
  block.u.table =
      (xs_table){.columns = columns, .column_count = 2, .rows = rows, .row_count = count};
  return block;
}

static size_t count_text(xs_text text, const char *part)
{
  size_t count = 0, len = strlen(part);
  for (size_t i = 0; i + len <= text.len; i++) count += !memcmp(text.ptr + i, part, len);
  return count;
}

static void set_blocks(page_fixture *f, const xs_block *blocks, size_t count)
{
  xs_section section = a4_section(blocks, count);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
}

static void test_flow__a_sign_off_takes_lines_along(void **state)
{
  page_fixture *f = *state;
  for (size_t lines = 18; lines <= 23; lines++) {
    xs_block *blocks = line_blocks(f->a, lines);
    xs_block *inner = line_blocks(f->a, 3);
    blocks[lines] = (xs_block){.kind = XS_BLOCK_GROUP};
    blocks[lines].u.group = (xs_group){.blocks = {inner, 3}, .keep_together = true, .keep_with = 2};
    inner[0] = line_block(f->a, "签");
    set_blocks(f, blocks, lines + 1);
    xs_text last = text_of_page(f, f->pages->page_count - 1);
    const char *sign = strstr(last.ptr, "签");
    assert_non_null(sign);
    assert_true((size_t)(sign - last.ptr) >= 2 * strlen("行"));
    assert_int_equal(count_text((xs_text){sign, strlen(sign)}, "行"), 2);
  }
}

/* PG-03 */
static void test_flow__a_last_line_does_not_begin_a_page(void **state)
{
  page_fixture *f = *state;
  for (size_t lines = 18; lines <= 23; lines++) {
    xs_block *blocks = line_blocks(f->a, lines);
    xs_para_style *style = body_style(f->a);
    style->first_indent = 0;
    char text[3 * 27 * 4 + 1] = "";
    for (size_t i = 0; i < 27 * 4; i++) memcpy(text + 3 * i, "文", 3);
    blocks[lines] = paragraph(f->a, style, text);
    set_blocks(f, blocks, lines + 1);
    size_t on_last = count_text(text_of_page(f, f->pages->page_count - 1), "文");
    assert_true(on_last == 0 || on_last > 27);
    assert_true(lines < 19 || count_text(text_of_page(f, 0), "行") + 1 >= lines);
  }
}

static void test_flow__heads_stand_again_below_a_notice(void **state)
{
  page_fixture *f = *state;
  enum { ROWS = 60 };
  xs_row rows[ROWS];
  rows[0] = row_of(f->a, "表头", "表头");
  rows[0].head = true;
  for (size_t i = 1; i < ROWS; i++) rows[i] = row_of(f->a, "栏", "目");
  xs_block block = table_of(rows, ROWS);
  block.u.table.continued = XS_LIT("（续表）");
  block.u.table.continued_style = body_style(f->a)->text;
  set_blocks(f, &block, 1);
  assert_true(f->pages->page_count > 2);
  size_t body_rows = 0;
  for (size_t p = 0; p < f->pages->page_count; p++) {
    xs_text text = text_of_page(f, p);
    assert_int_equal(count_text(text, "表头"), 2);
    assert_int_equal(count_text(text, "（续表）"), p > 0);
    assert_true(p == 0 || xs_text_starts(text, "（续表）表头表头"));
    body_rows += count_text(text, "栏");
  }
  assert_int_equal(body_rows, ROWS - 1);
}

static void test_flow__rows_tied_by_a_cell_keep_together(void **state)
{
  page_fixture *f = *state;
  for (size_t lines = 17; lines <= 22; lines++) {
    xs_block *blocks = line_blocks(f->a, lines);
    xs_row rows[2] = {row_of(f->a, "左", "右上"), row_of(f->a, "左", "右下")};
    ((xs_cell *)(uintptr_t)rows[0].cells)[0].rowspan = 2;
    rows[1].cells++;
    rows[1].cell_count = 1;
    blocks[lines] = table_of(rows, 2);
    set_blocks(f, blocks, lines + 1);
    xs_text last = text_of_page(f, f->pages->page_count - 1);
    assert_int_equal(count_text(last, "右上"), 1);
    assert_int_equal(count_text(last, "右下"), 1);
  }
}

static void test_flow__a_row_splits_only_when_it_may(void **state)
{
  page_fixture *f = *state;
  for (int may_split = 0; may_split < 2; may_split++) {
    xs_block *blocks = line_blocks(f->a, 18);
    xs_row row = row_of(f->a, "左", "右");
    xs_cell *right = (xs_cell *)(uintptr_t)&row.cells[1];
    right->blocks = (xs_blocks){line_blocks(f->a, 10), 10};
    row.may_split = may_split;
    blocks[18] = table_of(&row, 1);
    set_blocks(f, blocks, 19);
    assert_int_equal(f->pages->page_count, 2);
    size_t first = count_text(text_of_page(f, 0), "行");
    size_t second = count_text(text_of_page(f, 1), "行");
    assert_int_equal(first + second, 28);
    assert_true(may_split ? first > 18 : first == 18);
  }
}

static void test_flow__a_row_higher_than_a_page_is_split(void **state)
{
  page_fixture *f = *state;
  xs_row row = row_of(f->a, "左", "右");
  ((xs_cell *)(uintptr_t)row.cells)[1].blocks = (xs_blocks){line_blocks(f->a, 100), 100};
  xs_block block = table_of(&row, 1);
  set_blocks(f, &block, 1);
  size_t lines = 0;
  for (size_t p = 0; p < f->pages->page_count; p++) lines += count_text(text_of_page(f, p), "行");
  assert_int_equal(lines, 100);
  assert_true(f->pages->page_count >= 5);
}

static void test_flow__text_that_an_exact_row_cannot_hold_is_an_error(void **state)
{
  page_fixture *f = *state;
  xs_row row = row_of(f->a, "左", "右");
  row.min_height = XS_PT(10);
  row.exact_height = true;
  xs_block block = table_of(&row, 1);
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_EINPUT);
  assert_true(has_diag(f, "cell-overfull"));
}

static void test_flow__cells_share_one_line(void **state)
{
  page_fixture *f = *state;
  xs_row rows[2] = {row_of(f->a, "一", "二"), row_of(f->a, "三", "四")};
  xs_block block = table_of(rows, 2);
  set_blocks(f, &block, 1);
  size_t level = 0, upright = 0;
  for (size_t i = 0; i < f->pages->pages[0].item_count; i++) {
    const xs_item *item = &f->pages->pages[0].items[i];
    if (item->kind != XS_ITEM_LINE) continue;
    level += item->u.line.y1 == item->u.line.y2;
    upright += item->u.line.x1 == item->u.line.x2;
  }
  assert_int_equal(level, 3);
  assert_int_equal(upright, 3);
}

/* A frame over two pages: closed above on the first, below on the last, within the type area. */
static void test_flow__a_frame_goes_over_pages(void **state)
{
  page_fixture *f = *state;
  xs_block *inner = line_blocks(f->a, 30), *blocks = line_blocks(f->a, 1);
  blocks[1] = (xs_block){.kind = XS_BLOCK_GROUP};
  blocks[1].u.group = (xs_group){.blocks = {inner, 30},
                                 .top = thin,
                                 .right = thin,
                                 .bottom = thin,
                                 .left = thin,
                                 .padding_x = XS_PT(6),
                                 .padding_y = XS_PT(6)};
  xs_section section = a4_section(blocks, 2);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_int_equal(f->pages->page_count, 2);
  for (size_t p = 0; p < 2; p++) {
    size_t level = 0, upright = 0;
    for (size_t i = 0; i < f->pages->pages[p].item_count; i++) {
      const xs_item *item = &f->pages->pages[p].items[i];
      if (item->kind != XS_ITEM_LINE) continue;
      level += item->u.line.y1 == item->u.line.y2;
      upright += item->u.line.x1 == item->u.line.x2;
      assert_true(item->u.line.y2 <= section.height - section.bottom + XS_PT(1));
    }
    assert_int_equal(level, 1);
    assert_int_equal(upright, 2);
  }
}

static void test_flow__an_imprint_ends_on_the_type_area(void **state)
{
  page_fixture *f = *state;
  xs_block *blocks = line_blocks(f->a, 3), *inner = line_blocks(f->a, 1);
  blocks[3] = (xs_block){.kind = XS_BLOCK_GROUP};
  blocks[3].u.group =
      (xs_group){.blocks = {inner, 1}, .keep_together = true, .at_bottom = true, .bottom = thin};
  xs_section section = a4_section(blocks, 4);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  const xs_page *page = &f->pages->pages[0];
  const xs_item *last = &page->items[page->item_count - 1];
  assert_int_equal(last->kind, XS_ITEM_LINE);
  assert_int_equal(last->u.line.y1, section.height - section.bottom);
}

static void test_flow__pages_are_numbered_and_counted(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  xs_inline foot[4] = {text_inline(style, "第"),
                       {.kind = XS_INLINE_PAGE_NUMBER},
                       text_inline(style, "共"),
                       {.kind = XS_INLINE_PAGE_COUNT}};
  foot[1].style = foot[3].style = style->text;
  xs_block foot_block = paragraph_of(style, foot, 4);
  xs_section sections[2] = {a4_section(line_blocks(f->a, 30), 30),
                            a4_section(line_blocks(f->a, 30), 30)};
  for (size_t s = 0; s < 2; s++)
    for (size_t k = 0; k < XS_PAGE_KIND_COUNT; k++)
      sections[s].foot[k].blocks = (xs_blocks){&foot_block, 1};
  sections[1].restart_numbers = true;
  sections[1].first_number = 7;
  assert_int_equal(set_sections(f, sections, 2), XS_OK);
  assert_int_equal(f->pages->page_count, 4);
  static const char *const labels[] = {"1", "2", "7", "8"};
  for (size_t p = 0; p < 4; p++) {
    const xs_page *page = &f->pages->pages[p];
    assert_text(page->label, labels[p]);
    const xs_item *count = &page->items[page->item_count - 1];
    assert_true(count->artifact);
    assert_text(count->u.glyphs.text, "4");
    assert_text(page->items[page->item_count - 3].u.glyphs.text, labels[p]);
  }
}

static void test_flow__the_text_may_name_the_number_of_pages(void **state)
{
  page_fixture *f = *state;
  xs_block *blocks = line_blocks(f->a, 40);
  xs_inline count = {.kind = XS_INLINE_PAGE_COUNT, .style = body_style(f->a)->text};
  blocks[0] = paragraph_of(body_style(f->a), &count, 1);
  set_blocks(f, blocks, 40);
  assert_int_equal(f->pages->page_count, 2);
  assert_true(xs_text_starts(text_of_page(f, 0), "2行"));
}

static void test_flow__headings_become_bookmarks(void **state)
{
  page_fixture *f = *state;
  xs_block *blocks = line_blocks(f->a, 40);
  blocks[0].u.paragraph.outline = 1;
  blocks[0].u.paragraph.bookmark = XS_LIT("第一章");
  blocks[35].u.paragraph.outline = 2;
  blocks[35].u.paragraph.bookmark = XS_LIT("第一条");
  set_blocks(f, blocks, 40);
  assert_int_equal(f->pages->bookmark_count, 2);
  assert_text(f->pages->bookmarks[0].title, "第一章");
  assert_int_equal(f->pages->bookmarks[0].page, 0);
  assert_int_equal(f->pages->bookmarks[1].level, 2);
  assert_int_equal(f->pages->bookmarks[1].page, 1);
}

static void test_flow__a_page_break_leaves_no_empty_page(void **state)
{
  page_fixture *f = *state;
  xs_block *blocks = line_blocks(f->a, 5);
  blocks[0] = blocks[1] = blocks[3] = (xs_block){.kind = XS_BLOCK_PAGE_BREAK};
  set_blocks(f, blocks, 5);
  assert_int_equal(f->pages->page_count, 2);
}

static void test_flow__a_thousand_rows_lose_none(void **state)
{
  page_fixture *f = *state;
  enum { ROWS = 1000 };
  xs_row *rows = XS_NEW_ARRAY(f->a, ROWS, xs_row);
  for (size_t i = 0; i < ROWS; i++) {
    xs_text number = xs_arena_printf(f->a, "%zu", i);
    rows[i] = row_of(f->a, number.ptr, "行");
  }
  xs_block block = table_of(rows, ROWS);
  set_blocks(f, &block, 1);
  size_t seen = 0;
  for (size_t p = 0; p < f->pages->page_count; p++) seen += count_text(text_of_page(f, p), "行");
  assert_int_equal(seen, ROWS);
}

static size_t artifacts_of_page(page_fixture *f, size_t page, const char *text)
{
  size_t count = 0;
  const xs_page *p = &f->pages->pages[page];
  for (size_t i = 0; i < p->item_count; i++)
    if (p->items[i].kind == XS_ITEM_GLYPHS && p->items[i].artifact)
      count += count_text(p->items[i].u.glyphs.text, text);
  return count;
}

/* PG-09 */
static void test_flow__first_is_the_page_on_which_numbers_begin(void **state)
{
  page_fixture *f = *state;
  xs_block *feet = XS_NEW_ARRAY(f->a, XS_PAGE_KIND_COUNT, xs_block);
  feet[XS_PAGE_FIRST] = line_block(f->a, "首");
  feet[XS_PAGE_ODD] = line_block(f->a, "单");
  feet[XS_PAGE_EVEN] = line_block(f->a, "双");
  xs_section sections[4];
  for (size_t i = 0; i < 4; i++) {
    sections[i] = a4_section(line_blocks(f->a, 1), 1);
    for (size_t k = 0; k < XS_PAGE_KIND_COUNT; k++)
      sections[i].foot[k].blocks = (xs_blocks){&feet[k], 1};
  }
  sections[3].restart_numbers = true;
  sections[3].first_number = 1;
  assert_int_equal(set_sections(f, sections, 4), XS_OK);
  const char *wanted[] = {"首", "双", "单", "首"};
  for (size_t i = 0; i < 4; i++) assert_int_equal(artifacts_of_page(f, i, wanted[i]), 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_flow__##name, open_fixture, close_fixture)
  const struct CMUnitTest tests[] = {
      T(a_sign_off_takes_lines_along),
      T(a_last_line_does_not_begin_a_page),
      T(heads_stand_again_below_a_notice),
      T(rows_tied_by_a_cell_keep_together),
      T(a_row_splits_only_when_it_may),
      T(a_row_higher_than_a_page_is_split),
      T(text_that_an_exact_row_cannot_hold_is_an_error),
      T(cells_share_one_line),
      T(a_frame_goes_over_pages),
      T(an_imprint_ends_on_the_type_area),
      T(pages_are_numbered_and_counted),
      T(the_text_may_name_the_number_of_pages),
      T(headings_become_bookmarks),
      T(a_page_break_leaves_no_empty_page),
      T(first_is_the_page_on_which_numbers_begin),
      T(a_thousand_rows_lose_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
