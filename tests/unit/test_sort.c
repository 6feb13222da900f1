#include "unit.h"

#include "support/paper.h"

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

/* The order in which topics of these names come out. */
static const char *sorted(const char *names, const char *attributes)
{
  static char text[4096], body[512];
  size_t len = (size_t)snprintf(
      text, sizeof text,
      "<case xmlns='urn:xieshang:case:1' id='k' kind='enterprise' year='2024'><title>案</title>"
      "<employer><name>甲</name></employer><topics>");
  int n = 0;
  for (const char *name = names; *name; n++) {
    size_t word = strcspn(name, " ");
    len += (size_t)snprintf(text + len, sizeof text - len,
                            "<topic id='t%d'><name>%.*s</name></topic>", n, (int)word, name);
    name += word + strspn(name + word, " ");
  }
  snprintf(text + len, sizeof text - len, "</topics></case>");
  p.file_count = 1;
  paper_file(&p, "case.xml", text);
  snprintf(body, sizeof body, "<p><for each='topics/topic' sort='name' %s><v of='name'/></for></p>",
           attributes);
  if (paper_fill(&p, body)) print_error("%s", paper_messages(&p));
  return paper_lines(&p);
}

static void test_sort__pinyin(void **state)
{
  assert_string_equal(sorted("赵一 王二 张三 李四 欧阳五", "order='pinyin'"),
                      "paragraph : “李四” “欧阳五” “王二” “张三” “赵一”\n");
  assert_string_equal(sorted("张三 张二 张", "order='pinyin'"), "paragraph : “张” “张二” “张三”\n");
}

static void test_sort__strokes_of_the_surname(void **state)
{
  assert_string_equal(sorted("李四 王二 丁一 叶三 赵五", "order='stroke'"),
                      "paragraph : “丁一” “王二” “叶三” “李四” “赵五”\n");
}

static void test_sort__names_outside_the_basic_plane(void **state)
{
  assert_string_equal(sorted("𬱖 丁 䶮 一", "order='stroke' descending='no'"),
                      "paragraph : “一” “丁” “𬱖” “䶮”\n");
}

static void test_sort__numbers_by_their_value(void **state)
{
  assert_string_equal(sorted("10 9 2.5 -1 2.25 -10 0 -0.5", "order='number'"),
                      "paragraph : “-10” “-1” “-0.5” “0” “2.25” “2.5” “9” “10”\n");
  assert_string_equal(sorted("1 3 2", "order='number' descending='yes'"),
                      "paragraph : “3” “2” “1”\n");
}

static void test_sort__text_by_its_code_points(void **state)
{
  assert_string_equal(sorted("b B a 10 9", "order='text'"), "paragraph : “10” “9” “B” “a” “b”\n");
}

static void test_sort__equal_keys_stay_in_order(void **state)
{
  p.file_count = 1;
  static const char body[] = "<p><for each='topics/topic' sort='string-length(name)' "
                             "order='number'><v of='@id'/></for></p>";
  sorted("一一 二 三三 四 五五", "");
  assert_int_equal(paper_fill(&p, body), XS_OK);
  assert_string_equal(paper_lines(&p), "paragraph : “t1” “t3” “t0” “t2” “t4”\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sort__pinyin),
      cmocka_unit_test(test_sort__strokes_of_the_surname),
      cmocka_unit_test(test_sort__names_outside_the_basic_plane),
      cmocka_unit_test(test_sort__numbers_by_their_value),
      cmocka_unit_test(test_sort__text_by_its_code_points),
      cmocka_unit_test(test_sort__equal_keys_stay_in_order),
  };
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
