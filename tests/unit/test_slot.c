#include "unit.h"

#include "support/paper.h"
#include "template/slot.h"

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

/* A template for the offer with these definitions, and its slots, one a line. */
static xs_status run(const char *slots, char *out, size_t room)
{
  static char source[1 << 14];
  snprintf(source, sizeof source,
           "<template xmlns='urn:xieshang:template:1' id='paper' version='1' name='试' "
           "for='offer'>\n%s\n<body><p>字</p></body></template>\n",
           slots);
  paper_file(&p, "t/paper.xml", source);
  *out = 0;
  xs_status st = paper_run(&p, "paper");
  if (st) return st;
  const xs_slot *list = NULL;
  size_t count = 0;
  st = xs_template_slots(p.a, p.t, p.kase, p.rules, &p.options, p.diags, &list, &count);
  size_t used = 0;
  for (size_t i = 0; i < count; i++)
    used += (size_t)snprintf(out + used, room - used, "%u %.*s %s %.*s %.*s=%.*s %.*s\n",
                             list[i].order, XS_TEXT(list[i].id), xs_slot_kind_name(list[i].kind),
                             XS_TEXT(list[i].side.len ? list[i].side : XS_LIT("-")),
                             XS_TEXT(list[i].title), XS_TEXT(list[i].name),
                             XS_TEXT(list[i].person.len ? list[i].person : XS_LIT("-")));
  return st;
}

static void expect_slots(const char *slots, const char *lines)
{
  char out[2048];
  xs_status st = run(slots, out, sizeof out);
  if (st) print_error("%s", paper_messages(&p));
  assert_int_equal(st, XS_OK);
  assert_string_equal(out, lines);
}

static void expect_messages(const char *slots, const char *messages)
{
  char out[2048];
  assert_int_equal(run(slots, out, sizeof out), XS_EINPUT);
  assert_string_equal(paper_messages(&p), messages);
}

#define CHIEF                                                                                      \
  "<slot id='chief' kind='signature' side='workers' title='首席' order='1' "                     \
  "each=\"$case/delegates[@side='workers']/delegate[@chief='yes']\" name='name'/>"
#define SEAL "<slot id='seal' kind='seal' title='印章' each='$union' name='name' order='2'/>"

static void test_slot__lower_orders_come_first(void **state)
{
  expect_slots(SEAL CHIEF, "1 chief signature workers 首席=苏荷 w1\n"
                           "2 seal seal - 印章=云杉工会 -\n");
}

static void test_slot__one_for_each_person(void **state)
{
  expect_slots("<slot id='d' kind='signature' title='代表' each='$case/delegates/delegate' "
               "name='name'/>",
               "1 d-w1 signature - 代表=苏荷 w1\n"
               "1 d-w2 signature - 代表=叶知远 w2\n"
               "1 d-w3 signature - 代表=白晓 w3\n");
}

static void test_slot__none_where_each_selects_nothing(void **state)
{
  expect_slots("<slot id='d' kind='signature' title='代表' each='$case/meeting' name='chair'/>",
               "");
}

static void test_slot__without_each_it_stands_for_the_item(void **state)
{
  expect_slots("<slot id='d' kind='signature' title='收' name='@by'/>",
               "1 d signature - 收=workers o1\n");
}

static void test_slot__an_heir_replaces_the_one_of_the_same_id(void **state)
{
  paper_file(&p, "t/lib.xml",
             "<library xmlns='urn:xieshang:template:1' id='lib' version='1'>" SEAL CHIEF
             "</library>");
  expect_slots("<include library='lib'/>"
               "<slot id='seal' kind='seal' title='企业章' each='$employer' name='name'/>",
               "1 seal seal - 企业章=云杉公司 -\n"
               "1 chief signature workers 首席=苏荷 w1\n");
}

static void test_slot__somebody_must_be_named(void **state)
{
  expect_messages("<slot id='d' kind='signature' title='签收' name='received/@by'/>",
                  "2:48 slot-nameless\n"
                  "case.xml:12:1 note\n");
}

static void test_slot__names_of_paths_are_checked(void **state)
{
  expect_messages("<slot id='d' kind='seal' title='章' each='$case/unoin' name='nmae'/>",
                  "2:48 path-unknown\nnote\n2:61 path-unknown\nnote\n");
}

static void test_slot__variables_of_the_body_are_not_seen(void **state)
{
  paper_file(&p, "t/lib.xml",
             "<library xmlns='urn:xieshang:template:1' id='lib' version='1'>"
             "<block name='b'><let name='x' of='$union'/></block></library>");
  expect_messages("<include library='lib'/><slot id='d' kind='seal' title='章' each='$x' "
                  "name='name'/>",
                  "2:67 variable-unknown\n");
}

static void test_slot__an_id_stands_once_in_a_file(void **state)
{
  expect_messages(SEAL SEAL, "2:87 name-twice\n2:11 note\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(test_slot__lower_orders_come_first, reset),
      cmocka_unit_test_setup(test_slot__one_for_each_person, reset),
      cmocka_unit_test_setup(test_slot__none_where_each_selects_nothing, reset),
      cmocka_unit_test_setup(test_slot__without_each_it_stands_for_the_item, reset),
      cmocka_unit_test_setup(test_slot__an_heir_replaces_the_one_of_the_same_id, reset),
      cmocka_unit_test_setup(test_slot__somebody_must_be_named, reset),
      cmocka_unit_test_setup(test_slot__names_of_paths_are_checked, reset),
      cmocka_unit_test_setup(test_slot__variables_of_the_body_are_not_seen, reset),
      cmocka_unit_test_setup(test_slot__an_id_stands_once_in_a_file, reset),
  };
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
