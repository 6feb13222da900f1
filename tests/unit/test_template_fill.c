#include "unit.h"

#include "support/fail_host.h"
#include "support/paper.h"

static paper p;

static int open_paper(void **state)
{
  paper_open(&p);
  return paper_load_rules(&p);
}

static int close_paper(void **state)
{
  paper_close(&p);
  return 0;
}

static int reset(void **state)
{
  p.head = NULL;
  p.options = (xs_fill_options){.copy = XS_COPY_FILING, .date = 20240305};
  return 0;
}

#define expect_lines(body, lines)                                                                  \
  do {                                                                                             \
    if (paper_fill(&p, body)) print_error("%s", paper_messages(&p));                               \
    assert_string_equal(paper_lines(&p), lines);                                                   \
  } while (0)
#define expect_messages(body, messages)                                                            \
  do {                                                                                             \
    assert_int_equal(paper_fill(&p, body), XS_EINPUT);                                             \
    assert_null(p.doc);                                                                            \
    assert_string_equal(paper_messages(&p), messages);                                             \
  } while (0)

/* ---- values ---- */

static void test_template_fill__values(void **state)
{
  expect_lines("<p>致<v of='employer/name'/>：</p>", "paragraph : “致” “云杉公司” “：”\n");
  expect_lines("<p><v of='date-zh($date)'/></p>", "paragraph : “2024年3月5日”\n");
  expect_lines("<p><v of='name3(delegates/delegate[1]/name)' nobreak='yes'/></p>",
               "paragraph : {whole}“苏　荷”\n");
}

static void test_template_fill__missing_value_is_an_error_with_both_places(void **state)
{
  expect_messages("<p><v of='employer/address'/></p>", "3:11 value-missing\ncase.xml:1:1 note\n");
  expect_messages("<p><v of='date-zh(answer/@date)'/></p>",
                  "3:11 value-missing\ncase.xml:1:1 note\n");
  expect_lines("<p><v of='employer/address' else='无'/></p>", "paragraph : “无”\n");
  expect_lines("<p><v of='employer/address' blank='5em'/></p>",
               "paragraph : box 60.00 underline\n");
}

static void test_template_fill__truth_is_no_value(void **state)
{
  expect_messages("<p><v of='1 = 1'/></p>", "3:11 value-kind\n");
}

static void test_template_fill__many_values_are_an_error_with_three_places(void **state)
{
  expect_messages("<p><v of='delegates/delegate/name'/></p>",
                  "3:11 value-many\ncase.xml:6:31 note\ncase.xml:7:19 note\n");
}

static void test_template_fill__all_mistakes_are_found_in_one_run(void **state)
{
  expect_messages("<p><v of='employer/address'/></p>\n<p><v of='topics/topic'/></p>",
                  "3:11 value-missing\ncase.xml:1:1 note\n"
                  "4:11 value-many\ncase.xml:10:9 note\ncase.xml:10:46 note\n");
}

static void test_template_fill__values_know_where_they_come_from(void **state)
{
  assert_int_equal(paper_fill(&p, "<p>甲<v of='union/name'/></p>"), XS_OK);
  const xs_block *b = &p.doc->sections[0].blocks.items[0];
  const xs_inline *words = b->u.paragraph.inlines;
  assert_int_equal(words[0].from.source, 0);
  assert_text(xs_diags_source_name(p.diags, words[1].from.source), "case.xml");
  xs_text source = xs_diags_source_bytes(p.diags, words[1].from.source);
  xs_text place = {source.ptr + words[1].from.off, words[1].from.len};
  assert_text(place, "<name>");
  assert_int_equal(b->from.off, words[1].from.off);
}

/* ---- what falls away ---- */

static void test_template_fill__what_falls_away_leaves_no_hole(void **state)
{
  expect_lines("<p>甲</p><if test='rectification'><p>乙</p></if><p>丙</p>",
               "paragraph : “甲”\nparagraph : “丙”\n");
  expect_lines("<p>甲</p><p><if test='rectification'>乙</if></p><p/>",
               "paragraph : “甲”\nparagraph :\n");
  expect_lines("<table columns='1*'><if test='false()'><row><cell>甲</cell></row></if></table>",
               "");
  expect_lines("<box><if test='false()'><p>甲</p></if></box>", "");
}

static void test_template_fill__choose(void **state)
{
  expect_lines("<p><choose><when test='false()'>甲</when><when test='1 = 1'>乙</when>"
               "<otherwise>丙</otherwise></choose></p>",
               "paragraph : “乙”\n");
  expect_lines("<p><choose><when test='false()'>甲</when><otherwise>丙</otherwise></choose></p>",
               "paragraph : “丙”\n");
}

static void test_template_fill__loops_count_and_sort(void **state)
{
  expect_lines("<for each='topics/topic'><p><v of='$n'/>／<v of='$count'/><v of='name'/></p></for>",
               "paragraph : “1” “／” “3” “工资”\nparagraph : “2” “／” “3” “工时”\n"
               "paragraph : “3” “／” “3” “培训”\n");
  expect_lines("<p><for each='topics/topic' sort='name' order='pinyin'><v of='name'/></for></p>",
               "paragraph : “工时” “工资” “培训”\n");
  expect_lines("<p><for each='delegates/delegate' sort='name' order='stroke'><v of='name'/></for>"
               "</p>",
               "paragraph : “叶知远” “白晓” “苏荷”\n");
  expect_lines("<p><for each='delegates/delegate' sort='@id' order='text' descending='yes'>"
               "<v of='@id'/></for></p>",
               "paragraph : “w3” “w2” “w1”\n");
  expect_lines("<for times='$employer/headcount/@total - 324'><p><v of='$n'/>／<v of='$count'/>"
               "<v of='title'/></p></for>",
               "paragraph : “1” “／” “2” “云杉案”\nparagraph : “2” “／” “2” “云杉案”\n");
  expect_lines("<for times='0'><p>甲</p></for>", "");
  expect_messages("<for times=\"'三'\"><p>甲</p></for>", "3:13 value-kind\n");
  expect_messages("<for times='200001'><p>甲</p></for>", "3:13 value-kind\n");
  expect_messages("<for times='topics/topic[4]'><p>甲</p></for>",
                  "3:13 value-missing\ncase.xml:1:1 note\n");
  expect_messages("<p><for each='topics/topic' sort='name' order='number'>甲</for></p>",
                  "3:35 function-value\ncase.xml:10:23 note\n");
}

static void test_template_fill__variables_end_with_their_element(void **state)
{
  expect_lines("<let name='x' of='employer/name'/><p><v of='$x'/></p>"
               "<box><let name='x' of=\"'乙'\"/><p><v of='$x'/></p></box><p><v of='$x'/></p>",
               "paragraph : “云杉公司”\ngroup\n  paragraph : “乙”\nparagraph : “云杉公司”\n");
  expect_messages("<box><let name='y' of='1'/><p/></box><p><v of='$y'/></p>",
                  "3:48 variable-unknown\n");
}

static void test_template_fill__join(void **state)
{
  expect_lines("<p><join of='topics/topic' last='和'><v of='name'/></join>。</p>",
               "paragraph : “工资” “、” “工时” “和” “培训” “。”\n");
  expect_messages("<p><join of='congress'><v of='@body'/></join></p>",
                  "3:14 value-missing\ncase.xml:1:1 note\n");
}

/* ---- blocks and references ---- */

static void test_template_fill__blocks_by_name(void **state)
{
  p.head = "<block name='who'>由<v of='name'/></block><block name='all'><p>甲</p><p>乙</p></block>";
  expect_lines("<p><insert block='who' on='union'/></p>", "paragraph : “由” “云杉工会”\n");
  expect_lines("<insert block='who' on='union'/>", "paragraph : “由” “云杉工会”\n");
  expect_lines("<insert of=\"concat('a', 'll')\"/>", "paragraph : “甲”\nparagraph : “乙”\n");
  expect_messages("<insert of=\"'wo'\"/>", "3:13 name-unknown\n1:75 note\n");
  expect_messages("<p><page-number/></p>", "3:4 content-kind\n");
  expect_messages("<p><insert block='all'/></p>", "3:4 content-kind\n1:116 note\n");
  expect_messages("<insert block='who' on='congress'/>", "3:25 value-missing\ncase.xml:1:1 note\n");
}

static void test_template_fill__references_outlive_the_first_pass(void **state)
{
  p.head = "<numbering name='a' form='第{一}条'/>";
  expect_lines("<p>见<ref to='x'/></p><p number='a'>甲</p><p number='a' id='x'>乙</p>",
               "paragraph : “见” “第二条”\nparagraph : “第一条” “甲”\n"
               "paragraph : “第二条” “乙”\n");
  expect_messages("<p>见<ref to='x'/></p><p id='x'>无号</p>", "3:14 ref-unknown\n3:29 note\n");
}

/* ---- words ---- */

static void test_template_fill__white_space(void **state)
{
  expect_lines("<p>\n  甲，\n  乙\n  <v of='$n'/>\n  X\n  Y  Z\n</p>",
               "paragraph : “甲，乙” “1” “ X Y Z”\n");
  expect_lines("<p>— <page-count/> —</p>", "paragraph : “— ” page-count “ —”\n");
  expect_lines("<p>年　月</p>", "paragraph : “年　月”\n");
}

static void test_template_fill__runs_and_boxes(void **state)
{
  p.head = "<style name='强调' role='黑'/>";
  expect_lines("<p>甲<r style='强调' size='2em'>乙<v of='$n'/></r>丙</p>",
               "paragraph : “甲” {黑 24.00}“乙” {黑 24.00}“1” “丙”\n");
  expect_lines("<p><fit width='4em'>云<v of='$n'/></fit><blank width='10mm'/><br/><fill/>右</p>",
               "paragraph : box 48.00 spread “云1” box 28.35 underline break fill “右”\n");
}

/* ---- tables ---- */

static void test_template_fill__tables(void **state)
{
  expect_lines("<table columns='20mm auto 2*' border='rows'>"
               "<row head='yes'><cell colspan='2'>头</cell><cell/></row>"
               "<for each='topics/topic[1]'><row><cell><v of='name'/></cell>"
               "<if test='true()'><cell>乙</cell></if><cell diagonal='yes'/></row></for></table>",
               "table center, columns 56.69 content share 200\n"
               "  head\n"
               "    cell 0 columns 2 top 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph : “头”\n"
               "    cell 2 top 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph :\n"
               "  row\n"
               "    cell 0 top 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph : “工资”\n"
               "    cell 1 top 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph : “乙”\n"
               "    cell 2 diagonal top 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph :\n");
}

/* Columns, cells and spans follow the same loops and conditions. */
static void test_template_fill__columns_come_and_go(void **state)
{
  expect_lines(
      "<table border='none'><columns><column width='20mm'/><for each='topics/topic'>"
      "<column width='{$n}*'/></for><if test='false()'><column width='auto'/></if></columns>"
      "<row><cell colspan='{count(topics/topic) + 1}'>头</cell></row>"
      "<row><cell>侧</cell><for each='topics/topic'><cell><v of='name'/></cell></for>"
      "<choose><when test='false()'><cell/></when><otherwise/></choose></row></table>",
      "table center, columns 56.69 share 100 share 200 share 300\n"
      "  row\n"
      "    cell 0 columns 4 padding 4.00 2.00\n"
      "      paragraph : “头”\n"
      "  row\n"
      "    cell 0 padding 4.00 2.00\n"
      "      paragraph : “侧”\n"
      "    cell 1 padding 4.00 2.00\n"
      "      paragraph : “工资”\n"
      "    cell 2 padding 4.00 2.00\n"
      "      paragraph : “工时”\n"
      "    cell 3 padding 4.00 2.00\n"
      "      paragraph : “培训”\n");
}

static void test_template_fill__spans_that_do_not_fit(void **state)
{
  expect_messages("<table columns='1* 1*'><row><cell colspan='3'/></row></table>",
                  "3:29 table-grid\n3:1 note\n");
  expect_messages("<table columns='1* 1*'><row><cell/></row></table>", "3:24 table-grid\n");
  expect_messages("<table columns='1*'><row><cell rowspan='2'/></row></table>",
                  "3:26 table-grid\n");
  expect_messages("<table columns='1* 1*'><row><cell rowspan='2'/><cell/></row>"
                  "<row><cell colspan='2'/></row></table>",
                  "3:66 table-grid\n3:1 note\n");
  expect_messages("<table columns='1*'><row head='yes'><cell rowspan='2'/></row><row/></table>",
                  "3:37 table-grid\n");
  expect_messages("<table columns='1*'><row><cell/></row><row head='yes'><cell/></row></table>",
                  "3:39 table-grid\n");
  expect_messages("<table columns='x'><row><cell/></row></table>", "3:17 length-bad\n");
}

static void test_template_fill__cell_borders_hold_for_both_sides(void **state)
{
  expect_lines("<table columns='1* 1*'><row><cell border='none'/><cell/></row></table>",
               "table center, columns share 100 share 100\n"
               "  row\n"
               "    cell 0 padding 4.00 2.00\n"
               "      paragraph :\n"
               "    cell 1 top 0.50 right 0.50 bottom 0.50 padding 4.00 2.00\n"
               "      paragraph :\n");
}

/* ---- parts ---- */

static void test_template_fill__sign_off_and_receipt_stay_together(void **state)
{
  expect_lines("<signoff><side><p>甲方</p></side><side><p>乙方</p></side></signoff>",
               "group together with 2 lines before\n"
               "  table center, columns share 1 share 1\n"
               "    row\n"
               "      cell 0 top\n"
               "        paragraph : “甲方”\n"
               "      cell 1 top\n"
               "        paragraph : “乙方”\n");
  expect_lines("<receipt title='回执'><p>今收到</p></receipt>",
               "group together with 2 lines before top 0.75 dashed padding 0.00 6.00 before 18.00\n"
               "  paragraph : “回执”\n"
               "  paragraph : “今收到”\n");
}

static void test_template_fill__red_heads(void **state)
{
  expect_lines("<red-head><issuer>川工会</issuer><word>文件</word>"
               "<number><v of='doc-number(offer/number)'/></number></red-head>",
               "group together at-top\n"
               "  paragraph : {whole}“川工会” {whole}“文件”\n"
               "  paragraph : “川工发〔2024〕7号”\n"
               "  rule width 2.00 #FF0000 before 8.34\n");
  expect_lines("<red-head><issuer>甲</issuer><issuer>乙丙</issuer><word>文件</word></red-head>",
               "group together at-top\n"
               "  space 95.21\n"
               "  table center, columns content content\n"
               "    row\n"
               "      cell 0 padding 4.00 0.00\n"
               "        paragraph : {whole}“甲”\n"
               "      cell 1 rows 2 padding 4.00 0.00\n"
               "        paragraph : {whole}“文件”\n"
               "    row\n"
               "      cell 0 padding 4.00 0.00\n"
               "        paragraph : {whole}“乙丙”\n"
               "  rule width 2.00 #FF0000 before 7.34\n");
}

/* The 156 mm of a page hold 442 pt: twelve characters of 36 pt, twenty of 22 pt. */
static void test_template_fill__long_issuers_are_set_smaller(void **state)
{
  assert_int_equal(paper_fill(&p, "<red-head><issuer>一二三四五六七八九十</issuer><word>文件</word>"
                                  "</red-head><red-head><issuer>一二三四五六七八九十</issuer>"
                                  "<issuer>一二三四五六七八九十一二三四五六七八</issuer>"
                                  "<word>文件</word></red-head>"),
                   XS_OK);
  const xs_block *heads = p.doc->sections[0].blocks.items;
  const xs_block *one = &heads[0].u.group.blocks.items[0];
  assert_int_equal(one->u.paragraph.style->text.size, XS_PT(36));
  const xs_row *rows = heads[1].u.group.blocks.items[1].u.table.rows;
  for (size_t i = 0; i < 2; i++) {
    const xs_paragraph *issuer = &rows[i].cells[0].blocks.items[0].u.paragraph;
    assert_int_equal(issuer->style->text.size / 1024, 21);
    assert_int_equal(issuer->inlines[0].style.size, issuer->style->text.size);
    assert_int_equal(issuer->style->align, XS_ALIGN_SPREAD);
  }
}

static void test_template_fill__issued(void **state)
{
  expect_lines("<issued with='3'><by>甲</by><by>乙</by><line>签名</line><date>日</date></issued>",
               "issued with seal, with 3 lines before\n"
               "  paragraph : “甲”\n"
               "  paragraph : “乙”\n"
               "  paragraph : “签名”\n"
               "  paragraph : “日”\n");
  assert_int_equal(paper_fill(&p, "<issued seal='no'><by>甲</by></issued>"), XS_EINPUT);
}

static void test_template_fill__imprint_and_attachments(void **state)
{
  expect_lines("<imprint><copy-to>抄送：甲。</copy-to><printer>乙</printer><printed>丙</printed>"
               "</imprint>",
               "group together at-bottom top 0.99 bottom 0.99\n"
               "  paragraph : “抄送：甲。”\n"
               "  rule width 0.71\n"
               "  paragraph : “乙” fill “丙”\n");
  expect_lines("<attachment-list><attachment>甲</attachment></attachment-list>",
               "group together with 2 lines before\n"
               "  paragraph : box 36.00 left “附件：” “甲”\n");
  expect_lines("<attachment-list><attachment>甲</attachment>"
               "<for each='topics/topic[1]'><attachment><v of='name'/></attachment></for>"
               "<if test='false()'><attachment>乙</attachment></if></attachment-list>",
               "group together with 2 lines before\n"
               "  paragraph : box 36.00 left “附件：” box 10.20 left “1.” “甲”\n"
               "  paragraph : box 10.20 left “2.” “工资”\n");
}

/* ---- pages ---- */

static void test_template_fill__sections_go_back_to_their_page(void **state)
{
  p.head = "<page name='wide' landscape='yes' first-number='5'><foot><p><page-number/></p></foot>"
           "</page><watermark copy='draft' text='草案{@year}'/>";
  p.options.copy = XS_COPY_DRAFT;
  assert_int_equal(paper_fill(&p, "<p>甲</p><section page='wide'><p>乙</p></section><p>丙</p>"),
                   XS_OK);
  assert_int_equal(p.doc->section_count, 3);
  const xs_section *s = p.doc->sections;
  assert_true(s[0].width < s[0].height && s[1].width > s[1].height && s[2].width == s[0].width);
  assert_true(s[1].restart_numbers && s[1].first_number == 5 && !s[2].restart_numbers);
  assert_int_equal(s[1].foot[XS_PAGE_EVEN].blocks.count, 1);
  assert_int_equal(s[0].foot[XS_PAGE_EVEN].blocks.count, 0);
  assert_text(s[2].watermark.text, "草案2024");
  assert_int_equal(paper_fill(&p,
                              "<for each='topics/topic'><section page='wide'><p>甲</p></section>"
                              "</for><if test='false()'><section page='wide'><p>乙</p>"
                              "</section></if>"),
                   XS_OK);
  assert_int_equal(p.doc->section_count, 3);
  expect_messages("<box><section page='wide'><p>乙</p></section></box>", "3:6 section-nested\n");
}

static void test_template_fill__headings_are_bookmarks(void **state)
{
  p.head = "<numbering name='a' form='{一}、'/><style name='章' outline='1'/>";
  expect_lines("<p style='章' number='a'>总<r role='黑'>则</r></p><p outline='2'>甲</p>",
               "paragraph 章: “一、” “总” {黑}“则” outline 1 “一、总则”\n"
               "paragraph : “甲” outline 2 “甲”\n");
}

/* ---- blank forms ---- */

static void test_template_fill__blank_forms(void **state)
{
  p.options.blank = true;
  expect_lines(
      "<p><v of='employer/name'/>，<v of='employer/name' blank='3em' else='无'/>"
      "，<v of='employer/name' width='2em'/></p>",
      "paragraph : box 72.00 underline “，” box 36.00 underline “，” box 24.00 underline\n");
  expect_lines("<p><v of='date-zh(offer/@date)'/></p>",
               "paragraph : box 36.00 underline “年” box 18.00 underline “月” box 18.00 underline "
               "“日”\n");
  expect_lines("<p><v of=\"limit-text('answer')\"/><insert block='n' on=\"limit('answer')\"/></p>"
               "<block name='n'/>",
               "paragraph : “20日”\n");
  expect_lines("<for each='topics/topic' blank='2'><p><v of='$n'/><v of='name'/></p></for>",
               "paragraph : “1” box 72.00 underline\nparagraph : “2” box 72.00 underline\n");
  expect_lines("<if test='offer'><p>甲</p></if><if test='offer' blank='hide'><p>乙</p></if>"
               "<if test=\"$copy = 'draft'\"><p>丙</p></if>",
               "paragraph : “甲”\n");
  expect_lines(
      "<choose><when test='offer'><p>甲</p></when><when test='answer' blank='show'><p>乙</p>"
      "</when><otherwise><p>丙</p></otherwise></choose>",
      "paragraph : “乙”\n");
  expect_lines(
      "<choose><when test='offer'><p>甲</p></when><otherwise><p>丙</p></otherwise></choose>",
      "paragraph : “丙”\n");
  expect_lines("<table columns='1* 1*'><row><cell><v of='offer/@date'/></cell>"
               "<cell>第<v of='offer/@date'/>号</cell></row></table>",
               "table center, columns share 100 share 100\n"
               "  row\n"
               "    cell 0 border 0.50 padding 4.00 2.00\n"
               "      paragraph :\n"
               "    cell 1 border 0.50 padding 4.00 2.00\n"
               "      paragraph : “第” box 72.00 underline “号”\n");
}

/* ---- pictures ---- */

/* One black pixel. */
static const unsigned char png[] = {0x89, 'P', 'N', 'G',  0x0d, 0x0a, 0x1a, 0x0a, 0,    0, 0, 0x0d,
                                    'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
                                    8,    0,   0,   0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                                    0x0a, 'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
                                    2,    0,   1,   0x48, 0xaf, 0xa4, 0x71, 0,    0,    0, 0, 'I',
                                    'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82};

static void test_template_fill__pictures(void **state)
{
  paper_bytes(&p, "t/seal.png", (const char *)png, sizeof png);
  paper_bytes(&p, "t/cut.png", (const char *)png, sizeof png - 6);
  expect_lines("<p><picture src='seal.png' width='20mm' place='over'/></p>",
               "paragraph : seal “t/seal.png” 20.0×20.0 mm\n");
  expect_messages("<p><picture src='cut.png' width='20mm'/></p>", "3:18 picture-broken\n");
  expect_messages("<p><picture src='none.png' width='20mm'/></p>", "3:18 file-read\n");
  expect_messages("<p><picture src='../seal.png' width='20mm'/></p>", "3:18 picture-path\n");
  expect_messages("<p><picture src='/etc/hosts' width='20mm'/></p>", "3:18 picture-path\n");
  expect_messages("<p><picture src='case.xml' width='20mm'/></p>", "3:18 file-read\n");
  expect_messages("<p><picture of='union/name' width='20mm'/></p>", "case.xml:4:8 file-read\n");
}

/* ---- budgets ---- */

static void test_template_fill__a_template_always_ends(void **state)
{
  p.head = "<block name='a'><insert block='b'/></block><block name='b'><insert block='a'/></block>";
  expect_messages("<insert block='a'/>", "1:134 template-circle\n1:75 note\n");
  p.head = "<block name='a'><insert of=\"'a'\"/></block>";
  assert_int_equal(paper_fill(&p, "<insert block='a'/>"), XS_ELIMIT);
  p.head = NULL;
  static const char loops[] =
      "<for each='//node()'><for each='//node()'><for each='//node()'><for each='//node()'>"
      "<for each='//node()'><p/></for></for></for></for></for>";
  assert_int_equal(paper_fill(&p, loops), XS_ELIMIT);
  assert_string_equal(paper_messages(&p), "3:85 limit\n");
}

/* A text that doubles, and blocks that insert the next one twice, forty deep. */
static void test_template_fill__doubling_ends(void **state)
{
  char body[1 << 14] = "<let name='x' of=\"'0123456789'\"/>";
  for (int i = 0; i < 40; i++) strcat(body, "<let name='x' of='concat($x, $x)'/>");
  assert_int_equal(paper_fill(&p, body), XS_ELIMIT);
  assert_string_equal(paper_messages(&p), "3:682 limit\n");
  static char blocks[1 << 14];
  size_t len = 0;
  for (int i = 0; i < 40; i++)
    len += (size_t)snprintf(blocks + len, sizeof blocks - len,
                            "<block name='b%d'><insert block='b%d'/><insert block='b%d'/></block>",
                            i, i + 1, i + 1);
  snprintf(blocks + len, sizeof blocks - len, "<block name='b40'/>");
  p.head = blocks;
  assert_int_equal(paper_fill(&p, "<insert block='b0'/>"), XS_ELIMIT);
  p.head = NULL;
}

static void test_template_fill__same_input_gives_the_same_document(void **state)
{
  static const char body[] = "<for each='topics/topic' sort='name'><p><v of='name'/></p></for>";
  assert_int_equal(paper_fill(&p, body), XS_OK);
  char digest[65];
  memcpy(digest, xs_template_digest(p.t), sizeof digest);
  assert_int_equal(paper_fill(&p, body), XS_OK);
  assert_string_equal(digest, xs_template_digest(p.t));
  assert_string_equal(digest, p.doc->template_digest);
}

/* The document lives on when its template and case are gone. */
static void test_template_fill__document_owns_all_it_says(void **state)
{
  p.head = "<style name='甲' role='黑'/><numbering name='a' form='{一}、' gap='　'/>";
  assert_int_equal(paper_fill(&p,
                              "<p style='甲' number='a' outline='1'>字<v of='title'/></p>"
                              "<table continued='（续表）' columns='1*'><row><cell>乙</cell></row>"
                              "</table><receipt title='回执'><p>丙</p></receipt>"),
                   XS_OK);
  xs_template_free(p.t);
  xs_case_free(p.kase);
  p.t = NULL;
  p.kase = NULL;
  assert_non_null(strstr(paper_lines(&p), "paragraph 甲: “一、” “　” “字” “云杉案”"));
}

static void test_template_fill__every_allocation_may_fail(void **state)
{
  static const char body[] =
      "<p number='a' id='x'><v of='title'/><ref to='x'/></p><for each='topics/topic'><p style='s'>"
      "<join of='.'><v of='date-zh($date)'/></join></p></for><table "
      "columns='1*'><row><cell>甲</cell>"
      "</row></table><signoff><side><p>乙</p></side></signoff>";
  xs_status st = XS_ENOMEM;
  for (long passes = 0; st == XS_ENOMEM; passes += 1 + passes / 32) {
    fail_host failing;
    fail_host_init(&failing, -1);
    paper q;
    assert_int_equal(paper_open_on(&q, &failing.host), XS_OK);
    q.head = "<numbering name='a' form='{一}、'/><style name='s' role='黑'/>";
    failing.passes = passes;
    st = paper_fill(&q, body);
    if (st) assert_null(q.doc);
    paper_close(&q);
    assert_int_equal(failing.live, 0);
    if (st && st != XS_ENOMEM) print_error("%ld: status %d\n", passes, st);
    assert_true(st == XS_OK || st == XS_ENOMEM);
  }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup(test_template_fill__##name, reset)
  const struct CMUnitTest tests[] = {
      T(values),
      T(missing_value_is_an_error_with_both_places),
      T(truth_is_no_value),
      T(many_values_are_an_error_with_three_places),
      T(all_mistakes_are_found_in_one_run),
      T(values_know_where_they_come_from),
      T(what_falls_away_leaves_no_hole),
      T(choose),
      T(loops_count_and_sort),
      T(variables_end_with_their_element),
      T(join),
      T(blocks_by_name),
      T(references_outlive_the_first_pass),
      T(white_space),
      T(runs_and_boxes),
      T(tables),
      T(columns_come_and_go),
      T(spans_that_do_not_fit),
      T(cell_borders_hold_for_both_sides),
      T(sign_off_and_receipt_stay_together),
      T(red_heads),
      T(long_issuers_are_set_smaller),
      T(issued),
      T(imprint_and_attachments),
      T(sections_go_back_to_their_page),
      T(headings_are_bookmarks),
      T(blank_forms),
      T(pictures),
      T(a_template_always_ends),
      T(doubling_ends),
      T(same_input_gives_the_same_document),
      T(document_owns_all_it_says),
      T(every_allocation_may_fail),
  };
#undef T
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
