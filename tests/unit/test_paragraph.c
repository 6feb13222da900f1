/* Paragraphs on real pages and real faces: what the examples of tests/spec cannot say. */
#include "unit.h"

#include "base/text.h"
#include "layout/justify.h"
#include "support/page_fixture.h"

#include <hb.h>

/* Of 公文: 三号 on 156 mm, 22 lines of 28 characters on 225 mm. */
static xs_para_style *grid_style(xs_arena *a)
{
  xs_para_style *s = body_style(a);
  s->text.size = xs_len_of_millipt(15750);
  s->leading = xs_len_of_millipt(29620);
  s->first_indent = 0;
  s->grid = true;
  s->marks = XS_MARKS_FULL;
  return s;
}

static const char *repeated(xs_arena *a, const char *text, size_t count)
{
  size_t len = strlen(text);
  char *all = XS_NEW_ARRAY(a, len * count + 1, char);
  for (size_t i = 0; i < count; i++) memcpy(all + i * len, text, len);
  return all;
}

/* GR-01 */
static void test_paragraph__a_page_of_the_grid_holds_22_lines_of_28(void **state)
{
  page_fixture *f = *state;
  enum { LINES = 22, CELLS = 28 };
  const xs_len hundredth = XS_PT(1) / 100;
  xs_block block = paragraph(f->a, grid_style(f->a), repeated(f->a, "协商", LINES * CELLS));
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_int_equal(f->pages->page_count, 2);
  const xs_page *page = &f->pages->pages[0];
  assert_int_equal(page->item_count, LINES);
  xs_len measure = section.width - section.left - section.right;
  for (size_t line = 0; line < LINES; line++) {
    const xs_item *item = &page->items[line];
    assert_int_equal(item->u.glyphs.glyph_count, CELLS);
    xs_len y = page->items[0].u.glyphs.y + (xs_len)line * xs_len_of_millipt(29620);
    assert_in_range(item->u.glyphs.y - y + hundredth, 0, 2 * hundredth);
    for (size_t i = 0; i < CELLS; i++) {
      xs_len x = item->u.glyphs.x + item->u.glyphs.glyphs[i].x;
      xs_len place = section.left + (xs_len)((int64_t)measure * (int64_t)i / CELLS);
      assert_in_range(x - place + hundredth, 0, 2 * hundredth);
    }
  }
}

/* ---- PW-05: a face that sets 、 and 。 in the middle of the em ---------------------------------
 */

typedef struct ink {
  int64_t left, right; /* in 1/1024 pt */
} ink;

static ink ink_of(const xs_item *item, const xs_glyph *g)
{
  hb_font_t *font = hb_font_create(item->u.glyphs.face->hb);
  hb_glyph_extents_t box = {0};
  assert_true(hb_font_get_glyph_extents(font, g->id, &box));
  hb_font_destroy(font);
  int64_t upem = item->u.glyphs.face->upem, x = (int64_t)item->u.glyphs.x + g->x;
  int64_t left = x + (int64_t)box.x_bearing * item->u.glyphs.size / upem;
  return (ink){left, left + (int64_t)box.width * item->u.glyphs.size / upem};
}

static void check_ink(page_fixture *f, const char *text, size_t *pairs)
{
  const xs_page *page = &f->pages->pages[0];
  int64_t last_y = 0, last_right = 0;
  for (size_t k = 0; k < page->item_count; k++) {
    const xs_item *item = &page->items[k];
    for (size_t i = 0; i < item->u.glyphs.glyph_count; i++) {
      ink box = ink_of(item, &item->u.glyphs.glyphs[i]);
      if (item->u.glyphs.y == last_y && (*pairs)++ && box.left < last_right)
        fail_msg("%s: ink meets ink", text);
      last_y = item->u.glyphs.y;
      last_right = box.right;
    }
  }
}

static int open_centred(void **state)
{
  static page_fixture f;
  *state = &f;
  f = (page_fixture){.diags = xs_diags_new(xs_host_posix()), .a = xs_arena_new(xs_host_posix())};
  return xs_fontset_open(xs_host_posix(), XS_LIT(XS_TEST_ROOT "/tests/data/centred-fonts.xml"),
                         NULL, 0, f.diags, &f.fonts) != XS_OK;
}

static void test_paragraph__ink_never_meets_ink(void **state)
{
  page_fixture *f = *state;
  static const char *const texts[] = {"甲、。乙。”丙、”丁。）（戊）、己，。庚",
                                      "工资、工时、休假、保险、培训、奖惩、裁员、其他。",
                                      "“工资”、“工时”、《劳动法》、《工会法》。",
                                      "（一）；（二）。（三）、（四）：“甲”。",
                                      "甲％、乙℃。丙！？丁？”戊！）己",
                                      "国国，国国、国国。国国；国国：国国，国国、国国。国国"};
  size_t pairs = 0;
  for (size_t i = 0; i < XS_COUNT(texts); i++) {
    for (int ems = 4; ems < 16; ems++) {
      xs_para_style *style = body_style(f->a);
      style->text.role = XS_ROLE_SONG;
      style->first_indent = 0;
      xs_block block = paragraph(f->a, style, texts[i]);
      xs_section section = a4_section(&block, 1);
      section.right = section.width - section.left - ems * XS_PT(16) - XS_PT(5);
      assert_int_equal(set_sections(f, &section, 1), XS_OK);
      check_ink(f, texts[i], &pairs);
    }
  }
  assert_true(pairs > 1000);
}

/* 、 in the middle of its em takes half an em at the line end, a quarter off each side. */
static void test_paragraph__a_centred_mark_gives_up_both_sides(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  style->text.role = XS_ROLE_SONG;
  style->first_indent = 0;
  xs_block block = paragraph(f->a, style, "甲乙、。丙");
  xs_section section = a4_section(&block, 1);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  const xs_item *item = &f->pages->pages[0].items[0];
  assert_int_equal(item->u.glyphs.glyph_count, 5);
  assert_int_equal(item->u.glyphs.glyphs[2].x, XS_PT(32) - XS_PT(4));
  assert_int_equal(item->u.glyphs.glyphs[3].x, XS_PT(40));
  assert_int_equal(item->u.glyphs.glyphs[4].x, XS_PT(56));
}

/* LB-14: this list of fonts names no patterns. */
static void test_paragraph__without_patterns_words_are_whole_and_it_says_so(void **state)
{
  page_fixture *f = *state;
  xs_para_style *style = body_style(f->a);
  style->hyphenate = true;
  xs_block blocks[] = {paragraph(f->a, style, "依照agreement"), paragraph(f->a, style, "依照it")};
  xs_section section = a4_section(blocks, 2);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_true(has_diag(f, "hyphens-missing"));
  assert_int_equal(xs_diags_count(f->diags, XS_WARNING), 1);
}

/* ---- JU-02, JU-03: Western word spaces ---------------------------------------------------------
 */

/* How much the first space of a line takes when the line is to be so much wider than it is; with
 * tracking a space is 6 pt wide in 16 pt. */
static xs_len space_taken(page_fixture *f, xs_len wider)
{
  xs_composer c;
  xs_room rooms[16];
  xs_len start = 0;
  xs_para_style *style = body_style(f->a);
  style->text.tracking = XS_PT(2);
  xs_inline inl = text_inline(style, "甲，乙 丙，丁 戊己");
  assert_int_equal(xs_composer_open(&c, f->a, f->fonts, f->diags), XS_OK);
  xs_composer_style(&c, style, XS_PT(400));
  assert_int_equal(xs_units_collect(&c, &inl, 1), XS_OK);
  assert_int_equal(xs_units_adjust(&c), XS_OK);
  size_t count = c.line_unit_count;
  xs_len width = xs_units_natural(&c, 0, count) + wider;
  xs_line_justify(&c, 0, count, 0, width, XS_ALIGN_JUSTIFY, false, rooms, &start);
  assert_int_equal(c.units[3].class, XS_CHAR_SPACE);
  xs_len taken = c.units[3].width - rooms[3].cut_right + rooms[4].before;
  xs_composer_close(&c);
  return taken;
}

static void test_paragraph__word_spaces_give_way_first(void **state)
{
  page_fixture *f = *state;
  assert_int_equal(space_taken(f, 0), XS_PT(6));
  assert_int_equal(space_taken(f, -XS_PT(2)), XS_PT(5));
  assert_int_equal(space_taken(f, -XS_PT(6)), XS_PT(4)); /* a quarter of an em; then the commas */
  assert_int_equal(space_taken(f, XS_PT(2)), XS_PT(7));
  assert_int_equal(space_taken(f, XS_PT(4)), XS_PT(8)); /* half an em; then all places alike */
  assert_int_equal(space_taken(f, XS_PT(4) + 7 * XS_PT(1)), XS_PT(9));
}

/* ---- CB-01 ----------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

/* Official prose by the roll of a die. */
static const char *random_text(page_fixture *f, uint32_t *seed)
{
  static const char *const parts[] = {"双方",
                                      "协商",
                                      "一致",
                                      "，",
                                      "。",
                                      "、",
                                      "《集体合同规定》",
                                      "第二十条",
                                      "“工资”",
                                      "——",
                                      "……",
                                      "川工发〔2024〕7号",
                                      "2024年",
                                      "3月",
                                      "工会",
                                      "职工",
                                      "和",
                                      "（一）",
                                      "labour contract ",
                                      "85%",
                                      "的",
                                      "；",
                                      "代表大会",
                                      "¥1,234.56元",
                                      "阿依古丽·买买提",
                                      "）。"};
  size_t count = 5 + next_random(seed) % 60, len = 0;
  char *text = XS_NEW_ARRAY(f->a, count * 40, char);
  for (size_t i = 0; i < count; i++) {
    const char *part = parts[next_random(seed) % XS_COUNT(parts)];
    memcpy(text + len, part, strlen(part) + 1);
    len += strlen(part);
  }
  return text;
}

static int64_t cost_of_breaks(page_fixture *f, const xs_para_style *style, const char *text,
                              xs_len width, bool greedy)
{
  xs_composer c;
  assert_int_equal(xs_composer_open(&c, f->a, f->fonts, f->diags), XS_OK);
  xs_inline inl = text_inline(style, text);
  xs_measure m = {.width = width,
                  .first_indent = style->first_indent,
                  .align = style->align,
                  .em = style->text.size,
                  .greedy = greedy};
  const xs_line_range *lines = NULL;
  size_t count = 0;
  xs_composer_style(&c, style, width);
  assert_int_equal(xs_units_collect(&c, &inl, 1), XS_OK);
  assert_int_equal(xs_units_adjust(&c), XS_OK);
  assert_int_equal(xs_units_allow(&c), XS_OK);
  assert_int_equal(xs_lines_choose(&c, &m, &lines, &count), XS_OK);
  int64_t cost = xs_lines_cost(&c, &m, lines, count);
  xs_composer_close(&c);
  return cost;
}

static void test_paragraph__the_choice_is_never_worse_than_greedy(void **state)
{
  page_fixture *f = *state;
  uint32_t seed = 9704;
  size_t better = 0;
  xs_para_style *style = body_style(f->a);
  for (int round = 0; round < 2000; round++) {
    const char *text = random_text(f, &seed);
    xs_len width = XS_PT(16) * (xs_len)(6 + next_random(&seed) % 30);
    int64_t best = cost_of_breaks(f, style, text, width, false);
    int64_t greedy = cost_of_breaks(f, style, text, width, true);
    if (best > greedy) fail_msg("worse than greedy at %d: %s", (int)width, text);
    better += best < greedy;
  }
  assert_true(better > 500);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_paragraph__##name, open_fixture, close_fixture)
  const struct CMUnitTest tests[] = {
      T(a_page_of_the_grid_holds_22_lines_of_28),
      T(word_spaces_give_way_first),
      T(the_choice_is_never_worse_than_greedy),
      cmocka_unit_test_setup_teardown(
          test_paragraph__without_patterns_words_are_whole_and_it_says_so, open_centred,
          close_fixture),
      cmocka_unit_test_setup_teardown(test_paragraph__ink_never_meets_ink, open_centred,
                                      close_fixture),
      cmocka_unit_test_setup_teardown(test_paragraph__a_centred_mark_gives_up_both_sides,
                                      open_centred, close_fixture),
  };
#undef T
  return cmocka_run_group_tests(tests, NULL, NULL);
}
