/* Numbers of people: headcounts, elections, votes. */
#include "base/text.h"
#include "data/case_check.h"

/* ---- a part is not more than the whole ---- */

static bool check_part(const xs_case_checking *c, const xmlNode *e, const char *part,
                       const char *whole)
{
  uint64_t less, more;
  if (!xs_case_attr_count(e, part, &less) || !xs_case_attr_count(e, whole, &more)) return true;
  if (less <= more) return true;
  xs_diag(c->diags, XS_D_COUNT_WRONG, xs_xml_attr_span(e, part),
          _("@%s is %llu, more than @%s, which is %llu"), part, (unsigned long long)less, whole,
          (unsigned long long)more);
  xs_diag_note(c->diags, xs_xml_attr_span(e, whole), _("the whole is stated here"));
  return false;
}

static void check_headcount(const xs_case_checking *c, const xmlNode *e)
{
  static const char *const parts[] = {"women",    "frontline", "migrant",
                                      "disabled", "minors",    "members"};
  for (size_t i = 0; i < XS_COUNT(parts); i++) check_part(c, e, parts[i], "total");
}

/* ---- votes ---- */

static bool check_sum(const xs_case_checking *c, const xmlNode *vote)
{
  static const char *const parts[] = {"in-favour", "against", "abstained", "invalid"};
  uint64_t present, sum = 0;
  if (!xs_case_attr_count(vote, "present", &present)) return false;
  for (size_t i = 0; i < XS_COUNT(parts); i++) {
    uint64_t n;
    if (xs_case_attr_count(vote, parts[i], &n)) sum += n;
  }
  if (sum == present) return true;
  xs_diag(c->diags, XS_D_VOTE_SUM, xs_xml_span(vote),
          _("%llu were present, but the votes in favour, against, abstained and invalid are %llu"),
          (unsigned long long)present, (unsigned long long)sum);
  return false;
}

static void check_quorum(const xs_case_checking *c, const xmlNode *vote)
{
  uint64_t expected, present, over, under;
  if (!xs_case_attr_count(vote, "expected", &expected) ||
      !xs_case_attr_count(vote, "present", &present) ||
      !xs_case_figure_fraction(c, "quorum", &over, &under))
    return;
  if (present * under >= expected * over) return;
  xs_diag(c->diags, XS_D_VOTE_QUORUM, xs_xml_attr_span(vote, "present"),
          _("%llu of %llu were present, less than the %llu/%llu that the vote needs"),
          (unsigned long long)present, (unsigned long long)expected, (unsigned long long)over,
          (unsigned long long)under);
  xs_case_note_figure(c, "quorum");
}

static void check_majority(const xs_case_checking *c, const xmlNode *vote)
{
  uint64_t expected, favour;
  if (!xs_case_attr_count(vote, "expected", &expected) ||
      !xs_case_attr_count(vote, "in-favour", &favour))
    return;
  bool more = xs_text_is(xs_case_figure(c, "majority"), "more-than-half");
  if (more ? favour * 2 > expected : favour * 2 >= expected) return;
  xs_diag(c->diags, XS_D_VOTE_MAJORITY, xs_xml_attr_span(vote, "in-favour"),
          more ? _("%llu of all %llu are in favour; adoption needs more than half of all")
               : _("%llu of all %llu are in favour; adoption needs at least half of all"),
          (unsigned long long)favour, (unsigned long long)expected);
  xs_case_note_figure(c, "majority");
}

static void check_vote(const xs_case_checking *c, const xmlNode *vote)
{
  bool good = check_part(c, vote, "present", "expected");
  if (check_sum(c, vote) && good) {
    check_quorum(c, vote);
    check_majority(c, vote);
  }
}

static void check_election(const xs_case_checking *c, const xmlNode *election)
{
  check_part(c, election, "present", "expected");
  check_part(c, election, "in-favour", "present");
}

void xs_case_check_counts(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_walk(c->root, NULL); e; e = xs_xml_walk(c->root, e)) {
    if (xs_xml_is(e, "headcount")) check_headcount(c, e);
    if (xs_xml_is(e, "vote")) check_vote(c, e);
    if (xs_xml_is(e, "election")) check_election(c, e);
  }
}
