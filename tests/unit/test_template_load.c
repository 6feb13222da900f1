#include "unit.h"

#include "support/paper.h"

#define NS "xmlns='urn:xieshang:template:1'"

static paper p;

static int open_paper(void **state)
{
  paper_open(&p);
  return 0;
}

static int close_paper(void **state)
{
  paper_close(&p);
  return 0;
}

static int reset(void **state)
{
  paper_drop(&p);
  p.file_count = 1; /* the case */
  p.head = NULL;
  return 0;
}

static void expect_lines(const char *id, const char *lines)
{
  if (paper_run(&p, id)) print_error("%s", paper_messages(&p));
  assert_string_equal(paper_lines(&p), lines);
}

static void expect_messages(const char *id, const char *messages)
{
  assert_int_equal(paper_run(&p, id), XS_EINPUT);
  assert_string_equal(paper_messages(&p), messages);
}

/* A nation's template, and a province's over it. */
static const char nation[] =
    "<template " NS " id='nation' version='1' name='国' paper='offer' for='offer'>\n"
    "<include library='styles'/>\n"
    "<style name='s' role='黑'/>\n"
    "<block name='who'><p style='s'>国</p></block>\n"
    "<body><insert block='who'/><block name='here'><p style='t'>此处</p></block></body></template>";
static const char styles[] =
    "<library " NS " id='styles' version='1'>\n"
    "<style name='s' role='宋'/><style name='t' role='楷' size='三号' first='2em'/></library>";

static void test_template_load__a_province_over_the_nation(void **state)
{
  paper_file(&p, "t/nation.xml", nation);
  paper_file(&p, "t/styles.xml", styles);
  paper_file(&p, "t/province.xml",
             "<template " NS " id='province' version='2' name='省' base='nation'>"
             "<include library='styles'/>"
             "<style name='t' base='t' role='仿宋'/>"
             "<block name='here'><p style='t'>省里</p></block></template>");
  expect_lines("nation", "paragraph s: “国”\nparagraph t: “此处”\n");
  expect_lines("province", "paragraph s: “国”\nparagraph t: “省里”\n");
  const xs_blocks *blocks = &p.doc->sections[0].blocks;
  const xs_para_style *s = blocks->items[0].u.paragraph.style;
  const xs_para_style *t = blocks->items[1].u.paragraph.style;
  assert_int_equal(s->text.role, XS_ROLE_HEI);      /* the nation's, not the library's */
  assert_int_equal(t->text.role, XS_ROLE_FANGSONG); /* the province's … */
  assert_int_equal(t->text.size, XS_PT(63) / 4);    /* … over the library's */
  assert_text(xs_template_id(p.t), "province");
  assert_text(xs_template_name(p.t), "省");
  assert_text(xs_template_version(p.t), "2");
  assert_text(xs_template_paper(p.t), "offer");
  const xs_fill_options options = {0};
  const xmlNode *const *nodes = NULL;
  size_t count = 0;
  xs_arena *a = xs_arena_new(xs_host_posix());
  assert_int_equal(xs_template_nodes(a, p.t, p.kase, NULL, &options, p.diags, &nodes, &count),
                   XS_OK);
  assert_int_equal(count, 1);
  assert_non_null(nodes[0]);
  xs_arena_free(a);
}

static void test_template_load__styles_say_what_their_bases_say(void **state)
{
  p.head = "<style name='a' role='黑' size='10pt' leading='20pt' first='2em' outline='2'/>"
           "<style name='b' base='a' size='20pt' align='center' keep-next='yes'/>";
  assert_int_equal(paper_fill(&p, "<p style='b' left='1em'>字</p>"), XS_OK);
  const xs_paragraph *paragraph = &p.doc->sections[0].blocks.items[0].u.paragraph;
  const xs_para_style *s = paragraph->style;
  assert_int_equal(s->text.role, XS_ROLE_HEI);
  assert_int_equal(s->text.size, XS_PT(20));
  assert_int_equal(s->first_indent, XS_PT(40));
  assert_int_equal(s->left, XS_PT(20));
  assert_int_equal(s->leading, XS_PT(20));
  assert_int_equal(s->align, XS_ALIGN_CENTER);
  assert_true(s->keep_next);
  assert_int_equal(paragraph->outline, 2);
}

static void test_template_load__a_style_chooses_how_lines_are_set(void **state)
{
  p.head = "<style name='a' kinsoku='gb' hyphenate='yes'/>"
           "<style name='b' base='a' grid='yes'/>"
           "<style name='c' base='b' marks='squeeze-indent' kinsoku='strict' hyphenate='no'/>";
  assert_int_equal(paper_fill(&p, "<p style='a'>字</p><p style='b'>字</p><p style='c'>字</p>"),
                   XS_OK);
  const xs_block *blocks = p.doc->sections[0].blocks.items;
  const xs_para_style *a = blocks[0].u.paragraph.style, *b = blocks[1].u.paragraph.style,
                      *c = blocks[2].u.paragraph.style;
  assert_int_equal(a->kinsoku, XS_KINSOKU_GB);
  assert_int_equal(a->marks, XS_MARKS_SQUEEZE);
  assert_true(a->hyphenate && !a->grid);
  assert_int_equal(b->kinsoku, XS_KINSOKU_GB);
  assert_int_equal(b->marks, XS_MARKS_FULL);
  assert_true(b->grid && b->hyphenate);
  assert_int_equal(c->kinsoku, XS_KINSOKU_STRICT);
  assert_int_equal(c->marks, XS_MARKS_INDENT);
  assert_true(c->grid && !c->hyphenate);
}

static void test_template_load__digest_covers_all_sources(void **state)
{
  char first[65], second[65];
  paper_file(&p, "t/nation.xml", nation);
  paper_file(&p, "t/styles.xml", styles);
  assert_int_equal(paper_run(&p, "nation"), XS_OK);
  memcpy(first, xs_template_digest(p.t), sizeof first);
  paper_file(&p, "t/styles.xml",
             "<library " NS " id='styles' version='1'><style name='t' role='楷' size='三号'/>"
             "</library>");
  assert_int_equal(paper_run(&p, "nation"), XS_OK);
  memcpy(second, xs_template_digest(p.t), sizeof second);
  assert_string_not_equal(first, second);
  assert_int_equal(strlen(first), 64);
}

static void test_template_load__shared_sources_are_read_once(void **state)
{
  paper_file(&p, "t/nation.xml", nation);
  paper_file(&p, "t/styles.xml", styles);
  p.sources = xs_sources_new(&p.host);
  expect_lines("nation", "paragraph s: “国”\nparagraph t: “此处”\n");
  paper_file(&p, "t/styles.xml", "no longer XML");
  paper_file(&p, "t/nation.xml", "no longer XML");
  expect_lines("nation", "paragraph s: “国”\nparagraph t: “此处”\n");
  paper_drop(&p);
  xs_sources_free(p.sources);
  p.sources = NULL;
  assert_int_equal(paper_run(&p, "nation"), XS_EINPUT);
}

static void test_template_load__circles_are_refused_with_both_places(void **state)
{
  paper_file(&p, "t/a.xml",
             "<template " NS " id='a' version='1' name='甲'>"
             "<include library='b'/></template>");
  paper_file(&p, "t/b.xml", "<library " NS " id='b' version='1'><include library='c'/></library>");
  paper_file(&p, "t/c.xml", "<library " NS " id='c' version='1'><include library='b'/></library>");
  expect_messages("a", "t/c.xml:1:79 template-circle\nt/a.xml:1:89 note\n");
  paper_file(&p, "t/d.xml", "<template " NS " id='d' version='1' name='丁' base='d'/>");
  expect_messages("d", "t/d.xml:1:77 template-circle\nt/d.xml:1:1 note\n");
  p.head = "<style name='x' base='y'/><style name='y' base='x'/>";
  assert_int_equal(paper_fill(&p, "<p/>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "1:123 template-circle\n1:75 note\n1:97 template-circle\n"
                                          "1:101 note\n");
}

static void test_template_load__unknown_names_tell_the_nearest(void **state)
{
  paper_file(&p, "t/styles.xml", styles);
  paper_file(&p, "t/a.xml",
             "<template " NS " id='a' version='1' name='甲'>"
             "<include library='stiles'/></template>");
  expect_messages("a", "t/a.xml:1:89 template-unknown\nnote\n");
  expect_messages("nowhere", "template-unknown\n");
  expect_messages("../a", "template-unknown\nnote\n");
  paper_file(&p, "t/b.xml",
             "<template " NS " id='b' version='1' name='乙' page='none'><include library='styles'/>"
             "<style name='正文'/><numbering name='n1' form='{1}'/>"
             "<body>\n<p style='正闻'/>\n<p number='n2'/>\n<insert block='x'/>\n"
             "<section page='y'/>\n</body></template>");
  expect_messages("b", "t/b.xml:1:77 name-unknown\n"
                       "t/b.xml:2:11 name-unknown\nt/b.xml:1:110 note\n"
                       "t/b.xml:3:12 name-unknown\nt/b.xml:1:128 note\n"
                       "t/b.xml:4:16 name-unknown\nt/b.xml:5:16 name-unknown\n");
}

static void test_template_load__a_library_is_no_template(void **state)
{
  paper_file(&p, "t/styles.xml", styles);
  paper_file(&p, "t/a.xml",
             "<template " NS " id='a' version='1' name='甲' base='styles'></template>");
  expect_messages("a", "t/a.xml:1:77 template-kind\n");
  expect_messages("styles", "template-kind\n");
}

static void test_template_load__paths_are_held_against_the_case(void **state)
{
  assert_int_equal(paper_fill(&p,
                              "<p><v of='employer/nmae'/></p>\n<p><v of='employer/@nmae'/></p>\n"
                              "<p><v of='count($case//delegat[name])'/></p>"),
                   XS_EINPUT);
  assert_string_equal(
      paper_messages(&p),
      "3:20 path-unknown\nnote\n4:21 path-unknown\nnote\n5:24 path-unknown\nnote\n");
  assert_int_equal(paper_fill(&p, "<p><v of=\"$case/offer[@by = 'x' and\n  seriall]\"/></p>"),
                   XS_EINPUT);
  assert_string_equal(paper_messages(&p), "4:3 path-unknown\nnote\n");
  assert_int_equal(paper_fill(&p, "<p><v of=\"offer[@serial &lt; nmae]\"/></p>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "3:11 path-unknown\nnote\n");
}

static void test_template_load__paths_of_the_rule_pack_are_their_own(void **state)
{
  p.head = "<block name='n'><v of='@trigger'/></block>";
  assert_int_equal(paper_load_rules(&p), XS_OK);
  assert_int_equal(
      paper_fill(&p, "<p><v of=\"limit('answer')/@trigger\"/><v of=\"$rules/limit[1]/@actor\" "
                     "else=''/><insert block='n' on=\"limit('answer')\"/></p>"
                     "<for each='$rules/limit[1]'><p><v of='@grade'/></p></for>"
                     "<let name='x' of=\"limit('answer')\"/><p><v of='$x/@grade'/></p>"),
      XS_OK);
  assert_int_equal(paper_fill(&p, "<p><insert block='n' on='union'/></p>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "1:99 path-unknown\n");
  xs_rules_free(p.rules);
  p.rules = NULL;
}

static void test_template_load__lengths_and_colors(void **state)
{
  p.head = "<style name='a' size='13'/><style name='b' color='blau'/>"
           "<page name='c' left='130mm' right='80mm'/>";
  assert_int_equal(paper_fill(&p, "<space height='1cm'/>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p),
                      "1:97 length-bad\n3:16 length-bad\n1:132 length-bad\n1:125 color-bad\n");
}

static void test_template_load__a_name_stands_once_in_a_file(void **state)
{
  p.head = "<style name='a'/>\n<style name='a'/>";
  assert_int_equal(paper_fill(&p, "<p/>"), XS_EINPUT);
  assert_string_equal(paper_messages(&p), "2:14 name-twice\n1:88 note\n");
}

static void test_template_load__a_paper_needs_what_it_is_about(void **state)
{
  paper_file(&p, "t/a.xml",
             "<template " NS " id='a' version='1' name='甲' for='answer'><body/></template>");
  expect_messages("a", "t/a.xml:1:76 about-missing\ncase.xml:1:1 note\n");
  paper_file(&p, "t/b.xml",
             "<template " NS " id='b' version='1' name='乙' "
             "for='delegates/delegate'><body><p><v of='name'/></p></body></template>");
  expect_lines("b", "paragraph : “白晓”\n");
  p.options.item = 1;
  expect_lines("b", "paragraph : “苏荷”\n");
  p.options.item = 4;
  expect_messages("b", "t/b.xml:1:76 about-missing\ncase.xml:1:1 note\n");
  p.options.item = 0;
}

int main(void)
{
#define T(name) cmocka_unit_test_setup(test_template_load__##name, reset)
  const struct CMUnitTest tests[] = {
      T(a_province_over_the_nation),
      T(styles_say_what_their_bases_say),
      T(a_style_chooses_how_lines_are_set),
      T(digest_covers_all_sources),
      T(shared_sources_are_read_once),
      T(circles_are_refused_with_both_places),
      T(unknown_names_tell_the_nearest),
      T(a_library_is_no_template),
      T(paths_are_held_against_the_case),
      T(paths_of_the_rule_pack_are_their_own),
      T(lengths_and_colors),
      T(a_name_stands_once_in_a_file),
      T(a_paper_needs_what_it_is_about),
  };
#undef T
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
