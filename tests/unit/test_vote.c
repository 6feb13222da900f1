#include "unit.h"

#include "base/text.h"
#include "data/vote.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

/* A vote, judged by rules with these figures. */
static xs_vote judge(const char *figures, const char *attributes)
{
  char rules_text[1024], vote_text[512];
  snprintf(rules_text, sizeof rules_text, "<rules>%s</rules>", figures);
  snprintf(vote_text, sizeof vote_text,
           "<case><congress date='2025-03-01'><vote %s/></congress></case>", attributes);
  xs_rules rules = {.doc = xmlReadMemory(rules_text, (int)strlen(rules_text), NULL, NULL, 0)};
  xmlDocPtr doc = xmlReadMemory(vote_text, (int)strlen(vote_text), NULL, NULL, 0);
  assert_non_null(rules.doc);
  assert_non_null(doc);
  xs_vote v;
  const xmlNode *congress = xs_xml_child(xmlDocGetRootElement(doc), "congress");
  xs_vote_judge(xs_xml_child(congress, "vote"), &rules, &v);
  xmlFreeDoc(doc);
  xmlFreeDoc(rules.doc);
  return v;
}

#define FIGURE(id, value, grade)                                                                   \
  "<figure id='" id "' value='" value "' source='r22:36' grade='" grade "'/>"
static const char at_least_half[] =
    FIGURE("quorum", "2/3", "A") FIGURE("majority", "at-least-half", "A");
static const char more_than_half[] =
    FIGURE("quorum", "2/3", "A") FIGURE("majority", "more-than-half", "B");
static const char secret[] = FIGURE("quorum", "2/3", "A") FIGURE("majority", "at-least-half", "A")
    FIGURE("ballot", "secret", "A");

static void expect(const char *figures, unsigned expected, unsigned present, unsigned in_favour,
                   const char *outcome)
{
  char attributes[256];
  snprintf(attributes, sizeof attributes,
           "expected='%u' present='%u' in-favour='%u' against='%u' abstained='0'", expected,
           present, in_favour, present - in_favour);
  xs_vote v = judge(figures, attributes);
  assert_string_equal(xs_vote_outcome_name(v.outcome), outcome);
}

static void test_vote__at_exactly_half_the_two_majorities_differ(void **state)
{
  expect(at_least_half, 100, 90, 50, "carried");
  expect(more_than_half, 100, 90, 50, "lost");
  expect(more_than_half, 100, 90, 51, "carried");
  expect(at_least_half, 100, 90, 49, "lost");
}

static void test_vote__of_an_odd_number_half_is_the_larger_part(void **state)
{
  expect(at_least_half, 101, 90, 50, "lost");
  expect(at_least_half, 101, 90, 51, "carried");
  expect(more_than_half, 101, 90, 50, "lost");
  expect(more_than_half, 101, 90, 51, "carried");
}

static void test_vote__the_majority_is_of_all_not_of_those_present(void **state)
{
  expect(at_least_half, 100, 70, 49, "lost"); /* 70% of those present */
}

static void test_vote__two_thirds_are_a_quorum(void **state)
{
  expect(at_least_half, 99, 66, 60, "carried");
  expect(at_least_half, 99, 65, 60, "no-quorum");
  expect(at_least_half, 100, 66, 66, "no-quorum");
  expect(at_least_half, 100, 67, 67, "carried");
}

static void test_vote__says_what_is_needed(void **state)
{
  xs_vote v =
      judge(more_than_half, "expected='100' present='61' in-favour='61' against='0' abstained='0'");
  assert_int_equal(v.present_needed, 67);
  assert_int_equal(v.in_favour_needed, 51);
  assert_int_equal(v.outcome, XS_VOTE_NO_QUORUM);
}

static void test_vote__must_be_secret_where_the_place_says_so(void **state)
{
  expect(secret, 100, 90, 80, "open-ballot");
  xs_vote v = judge(secret, "expected='100' present='90' in-favour='80' against='10' "
                            "abstained='0' secret='yes'");
  assert_int_equal(v.outcome, XS_VOTE_CARRIED);
}

static void test_vote__impossible_numbers(void **state)
{
  static const char *const rows[] = {
      "expected='100' present='90' in-favour='80' against='5' abstained='0'",    /* 85, not 90 */
      "expected='100' present='110' in-favour='100' against='10' abstained='0'", /* more than all */
      "expected='0' present='0' in-favour='0' against='0' abstained='0'",
      "expected='18446744073709551615' present='90' in-favour='90' against='0' abstained='0'",
      "expected='100' present='90' in-favour='18446744073709551615' against='91' abstained='0'",
      "expected='100' present='90' in-favour='90' against='0'",
      "expected='100' present='90' in-favour='80' against='10' abstained='0' invalid='x'",
  };
  for (size_t i = 0; i < XS_COUNT(rows); i++)
    assert_int_equal(judge(at_least_half, rows[i]).outcome, XS_VOTE_IMPOSSIBLE);
}

static void test_vote__rules_that_were_not_verified_judge_nothing(void **state)
{
  expect(FIGURE("quorum", "2/3", "A") FIGURE("majority", "at-least-half", "I"), 100, 90, 80,
         "unknown");
  expect(FIGURE("quorum", "2/0", "A") FIGURE("majority", "at-least-half", "A"), 100, 90, 80,
         "unknown");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_vote__at_exactly_half_the_two_majorities_differ),
      cmocka_unit_test(test_vote__of_an_odd_number_half_is_the_larger_part),
      cmocka_unit_test(test_vote__the_majority_is_of_all_not_of_those_present),
      cmocka_unit_test(test_vote__two_thirds_are_a_quorum),
      cmocka_unit_test(test_vote__says_what_is_needed),
      cmocka_unit_test(test_vote__must_be_secret_where_the_place_says_so),
      cmocka_unit_test(test_vote__impossible_numbers),
      cmocka_unit_test(test_vote__rules_that_were_not_verified_judge_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
