/* Tables, from the template to the page: what stands where. */
#include "unit.h"

#include "layout/layout.h"
#include "support/paper.h"

static paper p;
static xs_fontset *fonts;
static xs_pagelist *pages;

/* A page whose type area is 400 pt wide and 300 pt high, and cells of 10 pt text. */
static char head[] =
    "<page name='small' size='A4' top='50pt' right='95.276pt' bottom='491.89pt' left='100pt'/>"
    "<style name='表格' role='宋' size='10pt' leading='12pt' align='center'/>"
    "<style name='续表' role='宋' size='10pt' leading='14pt'/>";

static int open_all(void **state)
{
  paper_open(&p);
  p.head = head;
  if (paper_load_rules(&p)) return 1;
  return xs_fontset_open(xs_host_posix(), XS_LIT(XS_TEST_ROOT "/fonts/fonts.xml"), NULL, 0, p.diags,
                         &fonts) != XS_OK;
}

static int close_all(void **state)
{
  xs_pagelist_free(pages);
  xs_fontset_close(fonts);
  paper_close(&p);
  return 0;
}

static int reset(void **state)
{
  p.options = (xs_fill_options){.copy = XS_COPY_FILING, .date = 20240305};
  return 0;
}

/* Sets a body of blocks on the small page. */
static xs_status set(const char *body)
{
  static char text[1 << 15];
  snprintf(text, sizeof text, "<section page='small'>%s</section>", body);
  xs_pagelist_free(pages);
  pages = NULL;
  xs_status st = paper_fill(&p, text);
  return st ? st : xs_layout(p.doc, fonts, p.diags, &pages);
}

static void set_well(const char *body)
{
  if (set(body)) print_error("%s", paper_messages(&p));
  assert_non_null(pages);
}

/* The n-th run of exactly this text on a page, from 0. */
static const xs_item *run_at(size_t page, const char *text, size_t n)
{
  const xs_page *on = &pages->pages[page];
  for (size_t i = 0; i < on->item_count; i++)
    if (on->items[i].kind == XS_ITEM_GLYPHS && xs_text_is(on->items[i].u.glyphs.text, text) &&
        n-- == 0)
      return &on->items[i];
  print_error("no run “%s” on page %zu\n", text, page + 1);
  fail();
  return NULL;
}

static const xs_item *run(const char *text)
{
  return run_at(0, text, 0);
}

static size_t count_runs(size_t page, const char *text)
{
  size_t count = 0;
  const xs_page *on = &pages->pages[page];
  for (size_t i = 0; i < on->item_count; i++)
    count += on->items[i].kind == XS_ITEM_GLYPHS && xs_text_is(on->items[i].u.glyphs.text, text);
  return count;
}

/* Where the n-th glyph of a run stands. */
static xs_len glyph_x(const char *text, size_t n)
{
  const xs_item *item = run(text);
  assert_true(n < item->u.glyphs.glyph_count);
  return item->u.glyphs.x + item->u.glyphs.glyphs[n].x;
}

static xs_len end_of(const char *text)
{
  const xs_item *item = run(text);
  const xs_glyph *last = &item->u.glyphs.glyphs[item->u.glyphs.glyph_count - 1];
  return item->u.glyphs.x + last->x + last->advance;
}

static xs_len middle_of(const char *text)
{
  return (run(text)->u.glyphs.x + end_of(text)) / 2;
}

static xs_len distance(xs_len a, xs_len b)
{
  return a > b ? a - b : b - a;
}

#define assert_near(a, b) assert_true(distance((a), (b)) <= 2)

static void print_rows(char *out, size_t bytes, size_t from, size_t to, const char *format)
{
  size_t len = strlen(out);
  for (size_t i = from; i < to && len < bytes; i++)
    len += (size_t)snprintf(out + len, bytes - len, format, i);
}

/* ---- numbers by their points ---------------------------------------------------------------- */

static void test_table__numbers_stand_by_their_points(void **state)
{
  set_well("<table><columns><column width='120pt' align='decimal'/></columns>"
           "<row head='yes'><cell>金额</cell></row>"
           "<row><cell>1,234.5</cell></row><row><cell>-7.25</cell></row><row><cell>88</cell></row>"
           "<row><cell>¥3.14</cell></row><row><cell>85%</cell></row><row><cell>6.5元</cell></row>"
           "<row><cell>—</cell></row><row><cell/></row><row><cell>2024年5月</cell></row></table>");
  xs_len point = glyph_x("1,234.5", 5);
  assert_near(glyph_x("-7.25", 2), point);
  assert_near(end_of("88"), point);
  assert_near(glyph_x("85%", 2), point);
  assert_near(glyph_x("6.5", 1), point);
  assert_true(glyph_x("-7.25", 0) > glyph_x("1,234.5", 0));
  /* The block of numbers, what is no number and the head stand in the middle of the column. */
  xs_len middle = middle_of("金额");
  assert_near(middle_of("—"), middle);
  assert_near((glyph_x("1,234.5", 0) + end_of("元")) / 2, middle);
}

static void test_table__a_number_as_wide_as_its_cell_stays_within(void **state)
{
  set_well("<table columns='46pt'><row><cell align='decimal'>123456</cell></row>"
           "<row><cell align='decimal'>0.12345</cell></row></table>");
  const xs_len left = XS_PT(100) + (XS_PT(400) - XS_PT(46)) / 2;
  assert_true(glyph_x("123456", 0) >= left + XS_PT(4) - 2);
  assert_true(end_of("0.12345") <= left + XS_PT(42) + 2);
}

/* ---- totals carried forward ------------------------------------------------------------------ */

static void carry_table(const char *attributes, const char *row, const char *last)
{
  static char body[1 << 14];
  snprintf(
      body, sizeof body,
      "<table columns='60pt 1* 80pt 60pt' row-height='20pt' continued='（续表）' %s>"
      "<row head='yes'><cell>序号</cell><cell>项目</cell><cell>金额</cell><cell>备注</cell></row>",
      attributes);
  print_rows(body, sizeof body, 1, 31, row);
  size_t len = strlen(body);
  snprintf(body + len, sizeof body - len, "%s</table>", last);
  set_well(body);
}

static void test_table__totals_go_over_the_page(void **state)
{
  carry_table("carry='3'",
              "<row><cell>%zu</cell><cell>甲</cell><cell align='decimal'>1,000.01</cell>"
              "<cell/></row>",
              "<row carry='no'><cell>合计</cell><cell/><cell>30,000.30</cell><cell/></row>");
  /* 300 pt: a head, 13 rows and 过次页; then （续表）, head, 承前页, 11 rows and 过次页. */
  assert_int_equal(pages->page_count, 3);
  assert_int_equal(count_runs(0, "过次页"), 1);
  assert_int_equal(count_runs(0, "承前页"), 0);
  assert_int_equal(count_runs(0, "13,000.13"), 1);
  assert_int_equal(count_runs(1, "承前页"), 1);
  assert_int_equal(count_runs(1, "13,000.13"), 1);
  assert_int_equal(count_runs(1, "24,000.24"), 1);
  assert_int_equal(count_runs(2, "24,000.24"), 1);
  assert_int_equal(count_runs(2, "过次页"), 0);
  assert_int_equal(count_runs(2, "30,000.30"), 1);
  /* The row that carries is the last one of the page, on its lower edge at most. */
  const xs_item *foot = run_at(0, "过次页", 0);
  assert_true(foot->u.glyphs.y < XS_PT(350));
  assert_true(foot->u.glyphs.y > XS_PT(330));
}

static void test_table__a_total_is_exact_and_in_words_of_its_own(void **state)
{
  carry_table("carry='3' carry-foot='转下页' carry-head='接上页'",
              "<row><cell>%zu</cell><cell>甲</cell><cell>0.1</cell><cell/></row>", "");
  assert_int_equal(count_runs(0, "1.3"), 1);
  assert_int_equal(count_runs(0, "转下页"), 1);
  assert_int_equal(count_runs(1, "接上页"), 1);
}

static void test_table__a_table_that_ends_on_its_page_carries_nothing(void **state)
{
  static char body[1 << 13] = "<table columns='1* 1*' row-height='20pt' carry='2'>";
  size_t rows = 15; /* 300 pt: no room for one row more */
  print_rows(body, sizeof body, 0, rows, "<row><cell>%zu</cell><cell>1</cell></row>");
  strcat(body, "</table>");
  set_well(body);
  assert_int_equal(pages->page_count, 1);
  assert_int_equal(count_runs(0, "过次页"), 0);
}

static void test_table__what_cannot_be_carried_is_an_error(void **state)
{
  assert_int_equal(
      set("<table columns='1* 1*' carry='2'><row><cell>甲</cell><cell>许多</cell></row>"
          "</table>"),
      XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:75 table-carry\n");
  assert_int_equal(set("<table columns='1* 1*' carry='1'><row><cell/><cell/></row></table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:53 table-carry\n");
  assert_int_equal(set("<table columns='1* 1*' carry='3'><row><cell/><cell/></row></table>"),
                   XS_EINPUT);
  set_well("<table columns='1* 1*' carry='2'><row><cell/><cell>—</cell></row>"
           "<row><cell/><cell/></row></table>");
}

/* ---- columns over pages ---------------------------------------------------------------------- */

static const char wide_rows[] =
    "<row head='yes'><cell rowspan='2'>号</cell><cell colspan='3'>甲组</cell>"
    "<cell colspan='3'>乙组</cell></row>"
    "<row head='yes'><cell>甲一</cell><cell>甲二</cell><cell>甲三</cell><cell>乙一</cell>"
    "<cell>乙二</cell><cell>乙三</cell></row>"
    "<for each='$case/delegates/delegate' blank='20'><row height='20pt'><cell>第<v of='$n'/></cell>"
    "<cell>a</cell><cell>b</cell><cell>c</cell><cell>d</"
    "cell><cell>很长的字很长的字很长的字很长的字</cell>"
    "<cell>f</cell></row></for>";

static void test_table__a_wide_table_is_parted_by_columns(void **state)
{
  static char body[1 << 13];
  p.options.blank = true;
  snprintf(body, sizeof body,
           "<p>题目</p><table columns='40pt 100pt 100pt 100pt 100pt 100pt 100pt' split='columns' "
           "keys='1' continued='（续表）'>%s</table><p>表后</p>",
           wide_rows);
  set_well(body);
  /* Two groups of columns, rows over three pages: six pages, group by group. */
  assert_int_equal(pages->page_count, 6);
  for (size_t page = 0; page < 6; page++) {
    assert_int_equal(count_runs(page, "号"), 1);
    assert_int_equal(count_runs(page, "甲组"), page % 2 == 0);
    assert_int_equal(count_runs(page, "甲三"), page % 2 == 0);
    assert_int_equal(count_runs(page, "乙组"), page % 2 == 1);
    assert_int_equal(count_runs(page, "乙三"), page % 2 == 1);
  }
  assert_int_equal(count_runs(0, "题目"), 1);
  assert_int_equal(count_runs(1, "题目"), 0);
  assert_int_equal(count_runs(4, "表后"), 0);
  assert_int_equal(count_runs(5, "表后"), 1);
  /* The same rows, at the same height, although only one of them has long words. */
  for (size_t page = 0; page < 6; page += 2) {
    size_t rows = count_runs(page, "第");
    assert_true(rows > 0);
    assert_int_equal(count_runs(page + 1, "第"), rows);
    for (size_t n = 0; n < rows; n++)
      assert_int_equal(run_at(page, "第", n)->u.glyphs.y, run_at(page + 1, "第", n)->u.glyphs.y);
  }
  assert_int_equal(count_runs(0, "第") + count_runs(2, "第") + count_runs(4, "第"), 20);
}

static void test_table__groups_of_columns_fill_the_measure(void **state)
{
  set_well("<table columns='60pt 150pt 150pt 150pt 150pt 150pt' split='columns' keys='1'>"
           "<row><cell>键</cell><cell colspan='4'>跨</cell><cell>末</cell></row>"
           "<row><cell>键</cell><cell>1</cell><cell>2</cell><cell>3</cell><cell>4</cell>"
           "<cell>5</cell></row></table>");
  assert_int_equal(pages->page_count, 3);
  assert_int_equal(count_runs(0, "键"), 2);
  assert_int_equal(count_runs(2, "键"), 2);
  /* A cell that is cut stands in both groups. */
  assert_int_equal(count_runs(0, "跨"), 1);
  assert_int_equal(count_runs(1, "跨"), 1);
  for (size_t page = 0; page < 3; page++) {
    xs_len right = 0;
    for (size_t i = 0; i < pages->pages[page].item_count; i++) {
      const xs_item *item = &pages->pages[page].items[i];
      if (item->kind == XS_ITEM_LINE && item->u.line.x2 > right) right = item->u.line.x2;
    }
    assert_true(distance(right, XS_PT(500)) < XS_PT(1));
  }
}

static void test_table__a_table_that_fits_is_not_parted(void **state)
{
  set_well("<table columns='60pt 1* 1*' split='columns' keys='1'>"
           "<row><cell>键</cell><cell>甲</cell><cell>乙</cell></row></table>");
  assert_int_equal(pages->page_count, 1);
  assert_int_equal(set("<table columns='1* 1*' split='columns' keys='2'><row><cell/><cell/></row>"
                       "</table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:68 table-grid\n");
}

/* ---- text made smaller ------------------------------------------------------------------------
 */

static void test_table__text_shrinks_only_when_told_and_needed(void **state)
{
  set_well("<table columns='60pt 60pt' shrink='50%'><row><cell>915107000000000000</cell>"
           "<cell>短</cell></row></table>");
  assert_string_equal(paper_messages(&p), "3:68 cell-shrunk\n");
  assert_true(run("915107000000000000")->u.glyphs.size < XS_PT(10));
  assert_true(run("915107000000000000")->u.glyphs.size > XS_PT(5));
  assert_true(end_of("915107000000000000") - glyph_x("915107000000000000", 0) <= XS_PT(52));
  assert_int_equal(run("短")->u.glyphs.size, XS_PT(10));
  set_well("<table columns='60pt' shrink='50%'><row><cell shrink='100%'>915107000000000000</cell>"
           "</row></table>");
  assert_string_equal(paper_messages(&p), "3:83 line-overfull\n");
  set_well("<table columns='60pt' shrink='95%'><row><cell>915107000000000000</cell></row></table>");
  assert_string_equal(paper_messages(&p), "3:69 line-overfull\n");
}

static void test_table__text_shrinks_into_an_exact_row(void **state)
{
  static const char body[] = "<table columns='60pt'><row height='20pt' exact='yes' shrink='%s'>"
                             "<cell>这一格里的字有两行</cell></row></table>";
  char text[256];
  snprintf(text, sizeof text, body, "60%");
  set_well(text);
  assert_string_equal(paper_messages(&p), "3:89 cell-shrunk\n");
  snprintf(text, sizeof text, body, "95%");
  assert_int_equal(set(text), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:89 cell-overfull\n");
}

/* ---- diagonal and upright ---------------------------------------------------------------------
 */

static const xs_item *slanted(size_t n)
{
  for (size_t i = 0; i < pages->pages[0].item_count; i++) {
    const xs_item *item = &pages->pages[0].items[i];
    if (item->kind == XS_ITEM_LINE && item->u.line.x1 != item->u.line.x2 &&
        item->u.line.y1 != item->u.line.y2 && n-- == 0)
      return item;
  }
  return NULL;
}

/* Where a slanted line is at x. */
static xs_len height_at(const xs_item *line, xs_len x)
{
  int64_t run_of_it = line->u.line.x2 - line->u.line.x1, rise = line->u.line.y2 - line->u.line.y1;
  return (xs_len)(line->u.line.y1 + rise * (x - line->u.line.x1) / run_of_it);
}

static void test_table__two_texts_stand_beside_a_diagonal(void **state)
{
  set_well("<table columns='80pt 1*'><row><cell diagonal='yes'><p>月份</p><p>项目</p></cell><cell/>"
           "</row></table>");
  const xs_item *line = slanted(0);
  assert_non_null(line);
  assert_null(slanted(1));
  /* The lower left corner of the upper text lies above the line, the upper right one of the lower
   * text below it. */
  const xs_item *upper = run("月份"), *lower = run("项目");
  assert_true(upper->u.glyphs.y + XS_PT(1) < height_at(line, upper->u.glyphs.x));
  assert_true(lower->u.glyphs.y - XS_PT(8) > height_at(line, end_of("项目")));
  assert_true(upper->u.glyphs.x > lower->u.glyphs.x);
}

static void test_table__three_texts_stand_beside_two_diagonals(void **state)
{
  set_well("<table columns='100pt 1*'><row><cell diagonal='yes'><p>月份</p><p>金额</p><p>项目</p>"
           "</cell><cell/></row></table>");
  const xs_item *upper = slanted(0), *lower = slanted(1);
  assert_non_null(upper);
  assert_non_null(lower);
  assert_true(run("月份")->u.glyphs.y + XS_PT(1) < height_at(upper, run("月份")->u.glyphs.x));
  assert_true(run("金额")->u.glyphs.y - XS_PT(8) > height_at(upper, end_of("金额")));
  assert_true(run("金额")->u.glyphs.y + XS_PT(1) < height_at(lower, run("金额")->u.glyphs.x));
  assert_true(run("项目")->u.glyphs.y - XS_PT(8) > height_at(lower, end_of("项目")));
}

static void test_table__upright_text_runs_downwards(void **state)
{
  set_well("<table columns='24pt'><row><cell upright='yes'>职工（12）方2024</cell></row></table>");
  const xs_item *first = run("职"), *second = run("工"), *pair = run("12"), *long_one = run("2024");
  assert_int_equal(second->u.glyphs.x, first->u.glyphs.x);
  assert_int_equal(second->u.glyphs.y - first->u.glyphs.y, XS_PT(10));
  assert_false(first->u.glyphs.goes_on);
  assert_true(second->u.glyphs.goes_on);
  assert_int_equal(pair->u.glyphs.glyph_count, 2);
  assert_int_equal(pair->u.glyphs.angle_deg, 0);
  assert_near(middle_of("12"), middle_of("职"));
  assert_int_equal(pair->u.glyphs.y - first->u.glyphs.y, XS_PT(30));
  assert_int_equal(long_one->u.glyphs.angle_deg, -90);
  /* （ has another glyph than in a line. */
  uint32_t vertical = run("（")->u.glyphs.glyphs[0].id;
  set_well("<p style='表格'>（</p>");
  assert_int_not_equal(run("（")->u.glyphs.glyphs[0].id, vertical);
}

static void test_table__columns_of_upright_text_go_to_the_left(void **state)
{
  set_well("<table columns='60pt'><row><cell upright='yes'>甲乙<br/>丙丁</cell></row></table>");
  assert_true(run("丙")->u.glyphs.x < run("甲")->u.glyphs.x);
  assert_int_equal(run("丙")->u.glyphs.y, run("甲")->u.glyphs.y);
  assert_true(run("丙")->u.glyphs.goes_on);
  set_well(
      "<table columns='60pt'><row height='34pt' exact='yes'><cell upright='yes'>甲乙丙丁</cell>"
      "</row></table>");
  assert_int_equal(run("丁")->u.glyphs.y, run("甲")->u.glyphs.y);
  assert_int_equal(set("<table columns='20pt'><row height='34pt' exact='yes'>"
                       "<cell upright='yes'>甲乙丙丁</cell></row></table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:76 cell-overfull\n");
}

/* ---- the grid ---------------------------------------------------------------------------------
 */

static void test_table__cells_span_columns_and_rows(void **state)
{
  set_well("<table columns='100pt 100pt 100pt'>"
           "<row height='20pt'><cell colspan='2' rowspan='2'>甲</cell><cell>乙</cell></row>"
           "<row height='20pt'><cell>丙</cell></row>"
           "<row height='20pt'><cell>丁</cell><cell colspan='2'>戊</cell></row></table>");
  assert_near(middle_of("甲"), XS_PT(100) + XS_PT(50) + XS_PT(100));
  assert_near(middle_of("戊"), XS_PT(100) + XS_PT(50) + XS_PT(200));
  /* In the middle of both rows: as far below 乙 as above 丙. */
  xs_len upper = run("乙")->u.glyphs.y, lower = run("丙")->u.glyphs.y;
  assert_int_equal(lower - upper, XS_PT(20));
  assert_near(run("甲")->u.glyphs.y, (upper + lower) / 2);
}

static void test_table__columns_are_fixed_shared_or_as_wide_as_their_content(void **state)
{
  set_well("<table columns='50pt auto 1* 2*' padding='5pt' border='all'>"
           "<row><cell>甲</cell><cell>八个字宽的一栏呀</cell><cell>乙</cell><cell>丙</cell></row>"
           "</table>");
  /* 400 pt: 50, then eight characters and the padding, then a third and two thirds of the rest. */
  xs_len left = XS_PT(100), content = XS_PT(90), rest = XS_PT(260);
  assert_near(middle_of("甲"), left + XS_PT(25));
  assert_near(middle_of("八个字宽的一栏呀"), left + XS_PT(50) + content / 2);
  assert_true(distance(middle_of("乙"), left + XS_PT(140) + rest / 6) < XS_PT(1) / 2);
  assert_true(distance(middle_of("丙"), left + XS_PT(140) + rest * 2 / 3) < XS_PT(1) / 2);
}

static void test_table__long_content_leaves_room_for_words_beside_it(void **state)
{
  set_well(
      "<table columns='auto auto 1*' padding='4pt'><row><cell>号</cell><cell>这一格的字很多很多，"
      "一行放不下，于是要分成几行来排，而左右两栏的一两个字仍旧要有地方站，不能挤没了，"
      "这一格的字还有很多</cell><cell>备注</cell></row></table>");
  assert_string_equal(paper_messages(&p), "");
  assert_int_equal(count_runs(0, "备注"), 1);
  assert_int_equal(count_runs(0, "号"), 1);
  assert_true(end_of("备注") < XS_PT(496) + 2);
}

static void test_table__text_stands_where_its_cell_says(void **state)
{
  set_well(
      "<table columns='1* 1* 1*' padding='4pt' border='none'><row height='60pt'>"
      "<cell valign='top'>上</cell><cell>中</cell><cell valign='bottom'>下</cell></row></table>");
  xs_len top = run("上")->u.glyphs.y, middle = run("中")->u.glyphs.y;
  assert_int_equal(middle - top, XS_PT(20));
  assert_int_equal(run("下")->u.glyphs.y - middle, XS_PT(20));
}

/* ---- bad input --------------------------------------------------------------------------------
 */

static void test_table__ten_thousand_columns_are_refused(void **state)
{
  static char body[1 << 15] = "<table columns='";
  size_t len = strlen(body);
  for (size_t i = 0; i < 10000 && len < sizeof body - 100; i++, len += 3)
    memcpy(body + len, "1* ", 4);
  snprintf(body + len, sizeof body - len, "'><row><cell/></row></table>");
  static char text[1 << 15];
  memcpy(text, body, sizeof text);
  assert_int_not_equal(paper_fill(&p, text), XS_OK);
  assert_null(p.doc);
  assert_string_equal(paper_messages(&p), "3:17 limit\n");
}

static void test_table__spans_out_of_range_are_refused(void **state)
{
  assert_int_equal(set("<table columns='1*'><row><cell colspan='4000000000'/></row></table>"),
                   XS_EINPUT);
  assert_int_equal(set("<table columns='1*'><row><cell rowspan='199999'/></row></table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:48 table-grid\n");
  assert_int_equal(set("<table columns='9999999999pt'><row><cell/></row></table>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:39 length-bad\n");
}

static void test_table__absurd_widths_are_fitted_with_a_warning(void **state)
{
  set_well(
      "<table columns='3000pt 3000pt 3000pt'><row><cell>甲</cell><cell>乙</cell><cell>丙</cell>"
      "</row></table>");
  assert_string_equal(paper_messages(&p), "3:23 table-overfull\n");
  assert_true(end_of("丙") < XS_PT(500));
}

static void test_table__a_cell_narrower_than_a_character_is_an_error(void **state)
{
  assert_int_equal(set("<table columns='1pt 1*'><row><cell>甲</cell><cell>乙</cell></row></table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:58 line-narrow\n");
  assert_int_equal(set("<table columns='1pt 1*'><row><cell upright='yes'>甲</cell><cell/></row>"
                       "</table>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:52 cell-overfull\n");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup(test_table__##name, reset)
  const struct CMUnitTest tests[] = {
      T(numbers_stand_by_their_points),
      T(a_number_as_wide_as_its_cell_stays_within),
      T(totals_go_over_the_page),
      T(a_total_is_exact_and_in_words_of_its_own),
      T(a_table_that_ends_on_its_page_carries_nothing),
      T(what_cannot_be_carried_is_an_error),
      T(a_wide_table_is_parted_by_columns),
      T(groups_of_columns_fill_the_measure),
      T(a_table_that_fits_is_not_parted),
      T(text_shrinks_only_when_told_and_needed),
      T(text_shrinks_into_an_exact_row),
      T(two_texts_stand_beside_a_diagonal),
      T(three_texts_stand_beside_two_diagonals),
      T(upright_text_runs_downwards),
      T(columns_of_upright_text_go_to_the_left),
      T(cells_span_columns_and_rows),
      T(columns_are_fixed_shared_or_as_wide_as_their_content),
      T(long_content_leaves_room_for_words_beside_it),
      T(text_stands_where_its_cell_says),
      T(ten_thousand_columns_are_refused),
      T(spans_out_of_range_are_refused),
      T(absurd_widths_are_fitted_with_a_warning),
      T(a_cell_narrower_than_a_character_is_an_error),
  };
  return cmocka_run_group_tests(tests, open_all, close_all);
}
