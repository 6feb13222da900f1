#include "unit.h"

#include "support/paper.h"
#include "template/text_digest.h"

static paper p;
static char source[4096];

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
  p.options.copy = XS_COPY_FILING;
  return 0;
}

/* A template for the offer: these attributes, this body. */
static void load(const char *attributes, const char *body)
{
  snprintf(source, sizeof source,
           "<template xmlns='urn:xieshang:template:1' id='paper' version='1' name='试' "
           "for='offer' %s><body>%s</body></template>\n",
           attributes, body);
  paper_file(&p, "t/paper.xml", source);
  if (paper_run(&p, "paper")) print_error("%s", paper_messages(&p));
  assert_int_equal(p.status, XS_OK);
}

static void expect_text(const char *text)
{
  xs_buf b;
  xs_buf_init(&b, &p.host, 1 << 20);
  if (xs_template_text(p.t, p.kase, p.rules, &p.options, p.diags, &b))
    print_error("%s", paper_messages(&p));
  assert_int_equal(b.len, strlen(text));
  assert_memory_equal(b.ptr, text, b.len);
  xs_buf_free(&b);
}

static void digest(char out[65])
{
  assert_int_equal(xs_template_text_digest(p.t, p.kase, p.rules, &p.options, p.diags, out), XS_OK);
}

static void test_text_digest__words_in_reading_order(void **state)
{
  load("", "<p>甲<br/>乙<blank width='3em'/></p>"
           "<table columns='1* 1*'><row><cell>一</cell><cell><p>二</p></cell></row></table>"
           "<box><p>丙</p></box><page-break/><rule/>");
  expect_text("甲 乙____\n一\n二\n丙\n");
}

static void test_text_digest__what_is_later_is_left_out(void **state)
{
  static const char body[] =
      "<p><v of='@date'/><if test='number'>，<v of='doc-number(number)'/></if>"
      "<if test='meeting/@time'>，<v of='meeting/@time'/></if></p>";
  load("", body);
  expect_text("2024-03-05，川工发〔2024〕7号，14:30\n");
  reset(NULL);
  load("later='number | meeting | meeting/@time'", body); /* one within the other */
  expect_text("2024-03-05\n");
  assert_non_null(xs_xml_child(xs_xml_child(xmlDocGetRootElement(p.kase->doc), "offer"), "number"));
}

static void test_text_digest__it_is_that_of_the_filing_copy(void **state)
{
  char filed[65], draft[65];
  load("", "<p>字<if test=\"$copy='draft'\">（草案）</if></p>");
  digest(filed);
  p.options.copy = XS_COPY_DRAFT;
  digest(draft);
  assert_string_equal(filed, draft);
  assert_string_equal(filed, "bcdd2585c1ab3e122bdb3c23ebdfaeca6b643f6011ce2bf567eefbc3e3c6b22c");
}

static void test_text_digest__another_word_is_another_digest(void **state)
{
  char one[65], other[65];
  load("", "<p>三年</p>");
  digest(one);
  reset(NULL);
  load("", "<p>二年</p>");
  digest(other);
  assert_string_not_equal(one, other);
}

static void test_text_digest__looks_do_not_matter(void **state)
{
  char one[65], other[65];
  load("", "<p>三年</p>");
  digest(one);
  reset(NULL);
  load("", "<p align='center'><r role='黑' size='22pt'>三</r>年</p><space height='9mm'/>");
  digest(other);
  assert_string_equal(one, other);
}

static void test_text_digest__a_paper_is_not_later_than_itself(void **state)
{
  load("later='. | .. | @date'", "<p><v of='@by'/></p>");
  expect_text("workers\n");
}

static void test_text_digest__what_cannot_be_filled_has_none(void **state)
{
  load("later='number'", "<p><v of='@by'/></p>");
  reset(NULL);
  snprintf(source, sizeof source,
           "<template xmlns='urn:xieshang:template:1' id='paper' version='1' name='试' for='offer' "
           "later='number'><body><p><v of='doc-number(number)'/></p></body></template>\n");
  paper_file(&p, "t/paper.xml", source);
  assert_int_equal(paper_run(&p, "paper"), XS_OK);
  char out[65];
  assert_int_equal(xs_template_text_digest(p.t, p.kase, p.rules, &p.options, p.diags, out),
                   XS_EINPUT);
  assert_non_null(strstr(paper_messages(&p), "value-missing"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(test_text_digest__words_in_reading_order, reset),
      cmocka_unit_test_setup(test_text_digest__what_is_later_is_left_out, reset),
      cmocka_unit_test_setup(test_text_digest__it_is_that_of_the_filing_copy, reset),
      cmocka_unit_test_setup(test_text_digest__another_word_is_another_digest, reset),
      cmocka_unit_test_setup(test_text_digest__looks_do_not_matter, reset),
      cmocka_unit_test_setup(test_text_digest__a_paper_is_not_later_than_itself, reset),
      cmocka_unit_test_setup(test_text_digest__what_cannot_be_filled_has_none, reset),
  };
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
