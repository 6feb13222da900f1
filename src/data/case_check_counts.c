/* Numbers of people: headcounts, elections, votes. */
#include "base/text.h"
#include "data/case_check.h"
#include "data/vote.h"

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

static void check_sum(const xs_case_checking *c, const xmlNode *e, const xs_vote *v)
{
  if (v->sum == v->present) return;
  xs_diag(c->diags, XS_D_VOTE_SUM, xs_xml_span(e),
          _("in favour %llu + against %llu + abstained %llu + invalid %llu = %llu, but %llu were "
            "present"),
          (unsigned long long)v->in_favour, (unsigned long long)v->against,
          (unsigned long long)v->abstained, (unsigned long long)v->invalid,
          (unsigned long long)v->sum, (unsigned long long)v->present);
}

static void check_quorum(const xs_case_checking *c, const xmlNode *e, const xs_vote *v)
{
  if (!v->has_quorum_rule || v->present >= v->present_needed) return;
  xs_diag(c->diags, XS_D_VOTE_QUORUM, xs_xml_attr_span(e, "present"),
          _("%llu of %llu were present, less than the %llu/%llu that the vote needs"),
          (unsigned long long)v->present, (unsigned long long)v->expected,
          (unsigned long long)v->over, (unsigned long long)v->under);
  xs_case_note_figure(c, e, "quorum");
}

static void check_majority(const xs_case_checking *c, const xmlNode *e, const xs_vote *v)
{
  if (!v->has_majority_rule || v->in_favour >= v->in_favour_needed) return;
  xs_diag(c->diags, XS_D_VOTE_MAJORITY, xs_xml_attr_span(e, "in-favour"),
          v->more_than_half
              ? _("%llu of all %llu are in favour; adoption needs more than half of all")
              : _("%llu of all %llu are in favour; adoption needs at least half of all"),
          (unsigned long long)v->in_favour, (unsigned long long)v->expected);
  xs_case_note_figure(c, e, "majority");
}

static void check_secrecy(const xs_case_checking *c, const xmlNode *e, const xs_vote *v)
{
  if (!v->needs_secrecy || v->is_secret) return;
  xs_diag(c->diags, XS_D_VOTE_BALLOT, xs_xml_attr_span(e, "secret"),
          _("the vote was not by secret ballot, which is needed here"));
  xs_case_note_figure(c, e, "ballot");
}

static void check_vote(const xs_case_checking *c, const xmlNode *e)
{
  xs_vote v;
  xs_vote_judge(e, c->rules, &v);
  check_part(c, e, "present", "expected");
  if (!v.has_numbers) return; /* the schema has refused it */
  check_sum(c, e, &v);
  if (!v.adds_up) return;
  check_quorum(c, e, &v);
  check_majority(c, e, &v);
  check_secrecy(c, e, &v);
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
