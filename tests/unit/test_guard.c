/* Every guard of the shipped workflow, met and not met, shares at exactly their border. */
#include "support/world.h"

#include "base/text.h"

const char world_dir[] = "test_guard.world";

/* ---- talks ---- */

static void test_guard__offer(void **state)
{
  TALKS("begun", "offer", "");
  TALKS("begun", "offer", "step-fact", "<offer id='o1' by='workers' date='2025-03-03'>", "<!--",
        "</withdrawn></offer>", "</withdrawn></offer>-->", "<answer id='a1' offer='o1'",
        "<answer id='a1' offer='o2'");
  TALKS("begun", "offer", "time-and-place", " place='一楼'/>\n<received", "/>\n<received");
  TALKS("begun", "offer", "topics", "<topics><topic id='t1'><name>工资</name></topic></topics>",
        "");
}

static void test_guard__receipt_and_answer(void **state)
{
  TALKS("offered", "receive", "");
  TALKS("offered", "receive", "step-date", "received date='2025-03-04'",
        "received date='2025-03-02'");
  TALKS("received", "accept", "");
  TALKS("lapsed", "accept", "");
  TALKS("received", "accept", "step-date", "date='2025-03-18'", "date='2025-03-03'");
  TALKS("received", "accept", "this-offer", "</offer>\n",
        "</offer><offer id='o2' by='workers' date='2025-03-10'><meeting/></offer>\n");
  TALKS("received", "accept-changes", "", "result='accept'", "result='accept-with-changes'");
  TALKS("received", "accept-changes", "changes", "result='accept'", "result='accept-with-changes'",
        "<meeting date='2025-03-28'/></answer>", "</answer>");
  TALKS("received", "refuse", "", "result='accept'", "result='refuse'",
        "<meeting date='2025-03-28'/></answer>", "<reason>不</reason></answer>");
  TALKS("received", "refuse", "refusal-reason", "result='accept'", "result='refuse'");
}

static void test_guard__silence_of_the_other_side(void **state)
{
  world_stated = 20250325;
  TALKS("received", "lapse", "no-answer");
  world_stated = 20250325;
  TALKS("received", "lapse", "", "<answer id='a1' offer='o1'", "<answer id='a1' offer='o0'");
  world_stated = 20250324;
  TALKS("received", "lapse", "answer-overdue", "<answer id='a1' offer='o1'",
        "<answer id='a1' offer='o0'");
  world_stated = 20250324;
  TALKS("received", "lapse", "answer-overdue?", "<answer id='a1' offer='o1'",
        "<answer id='a1' offer='o0'", "source='r22:32' grade='A'", "source='r22:32' grade='I'");
  TALKS("received", "lapse", "step-date no-answer");
}

static void test_guard__meeting_and_its_delegates(void **state)
{
  static const char w3[] = "<delegate id='w3'><name>罗丙</name></delegate>";
  static const char e3[] = "<delegate id='e3'><name>纪三</name></delegate>";
  TALKS("answered", "meet", "");
  TALKS("answered", "meet", "step-date", "id='m1' number='1' date='2025-03-28'",
        "id='m1' number='1' date='2025-03-17'");
  TALKS("answered", "meet", "delegates-chosen", "elected='2025-02-21'", "elected='2025-03-29'");
  TALKS("answered", "meet", "", "elected='2025-02-21'", "elected='2025-03-28'");
  TALKS("answered", "meet", "delegates-min", w3, "", e3, "");
  TALKS("answered", "meet", "delegates-min parity", e3, "");
  TALKS("answered", "meet", "delegates-max", "id='delegates-max' value='10'",
        "id='delegates-max' value='2'");
  TALKS("answered", "meet", "", "id='delegates-max' value='10'", "id='delegates-max' value='3'");
  TALKS("answered", "meet", "parity", w3,
        "<delegate id='w3'><name>罗丙</name></delegate>"
        "<delegate id='w4'><name>周丁</name></delegate>",
        "frontline-min' value='1/3'", "frontline-min' value='1/4'");
  TALKS("answered", "meet", "", w3,
        "<delegate id='w3'><name>罗丙</name></delegate>"
        "<delegate id='w4'><name>周丁</name></delegate>",
        "frontline-min' value='1/3'", "frontline-min' value='1/4'", "value='equal'",
        "value='workers-at-least'");
  TALKS("answered", "meet", "workers-at-least", e3,
        "<delegate id='e3'><name>纪三</name></delegate><delegate id='e4'><name>郑四</name>"
        "</delegate>",
        "value='equal'", "value='workers-at-least'");
  TALKS("answered", "meet", "one-chief", "id='e1' chief='yes'", "id='e1'");
  TALKS("answered", "meet", "workers-chief", "<chair>叶甲</chair></union>",
        "<chair>叶乙</chair></union>");
  TALKS("answered", "meet", "employer-chief", "<legal-representative>方总",
        "<legal-representative>方董");
  TALKS("answered", "meet", "", "<legal-representative>方总", "<legal-representative>方董",
        "<name>方总</name></delegate>",
        "<name>方总</name><mandate by='方董' date='2025-03-01'>代表</mandate></delegate>");
  TALKS("answered", "meet", "one-side-only", "<name>方总</name></delegate>",
        "<name>方总</name><id-number>519999197806120011</id-number></delegate>");
  TALKS("answered", "meet", "recorder", "<recorder>何青", "<recorder>苏乙");
}

static void test_guard__quotas_at_the_border(void **state)
{
  TALKS("answered", "meet", "", "id='w3'", "id='w3' outsider='yes'");
  TALKS("answered", "meet", "outsiders-workers", "id='w3'", "id='w3' outsider='yes'", "id='w2'",
        "id='w2' outsider='yes'");
  TALKS("answered", "meet", "outsiders-employer", "id='e3'", "id='e3' outsider='yes'", "id='e2'",
        "id='e2' outsider='yes'");
  TALKS("answered", "meet", "frontline", " frontline='yes'", "");
  TALKS("answered", "meet", "women", "women='20'", "women='21'");
  TALKS("answered", "meet", "", "women='20'", "women='21'", "苏乙</name><sex>男",
        "苏乙</name><sex>女");
  TALKS("answered", "meet", "dispatched", "dispatched='5'", "dispatched='6'");
  TALKS("answered", "meet", "", "dispatched='5'", "dispatched='6'", "id='w3'",
        "id='w3' dispatched='yes'");
}

/* A pack that does not know a figure does not ask for it, one that did not verify it warns. */
static void test_guard__rules_that_are_not_law(void **state)
{
  TALKS("answered", "meet", "frontline?", " frontline='yes'", "",
        "value='1/3' source='r22:19' grade='A'", "value='1/3' source='r22:19' grade='I'");
  TALKS("answered", "meet", "", " frontline='yes'", "",
        "<figure id='frontline-min' value='1/3' source='r22:19' grade='A'/>", "");
}

static void test_guard__suspension(void **state)
{
  TALKS("talking", "suspend", "");
  TALKS("talking", "suspend", "suspension-end", " until='2025-04-20'", "");
  TALKS("talking", "suspend", "", " until='2025-04-20'", "", "cause='agreement'>测",
        "cause='force-majeure'>测");
  TALKS("talking", "suspend", "", "until='2025-04-20'", "until='2025-05-31'");
  TALKS("talking", "suspend", "suspension-long", "until='2025-04-20'", "until='2025-06-01'");
  TALKS("suspended", "resume", "");
  TALKS("suspended", "resume", "step-fact", " to='2025-04-05'", "");
}

static void test_guard__dispute(void **state)
{
  TALKS("talking", "dispute", "");
  world_stated = 20250601;
  TALKS("disputed", "dispute-over", "");
  world_stated = 20250601;
  TALKS("disputed", "dispute-over", "dispute-closed", "state='settled'", "state='accepted'");
  DISPUTE("applied", "accept-dispute", "");
  DISPUTE("accepted", "extend-dispute", "");
  DISPUTE("accepted", "settle-dispute", "");
  DISPUTE("extended", "fail-dispute", "step-fact");
  DISPUTE("extended", "fail-dispute", "", "result='settled'", "result='failed'");
  DISPUTE("applied", "accept-dispute", "step-date", "applied='2025-04-02'", "applied='2025-04-04'");
}

static void test_guard__draft_and_end_of_talks(void **state)
{
  TALKS("talking", "agree", "draft");
  TALKS("talking", "agree", "", "kind='contract' key='k1'", "kind='contract' key='k0'");
  TALKS("talking", "agree", "minutes", "kind='contract' key='k1'", "kind='contract' key='k0'",
        "item='m1' valid='yes'", "item='m1' valid='no'");
  TALKS("talking", "agree", "minutes?", "kind='contract' key='k1'", "kind='contract' key='k0'",
        "item='m1' valid='yes'", "item='m1' valid='no'", "source='r22:34' grade='A'",
        "source='r22:34' grade='I'");
  TALKS("talking", "agree", "step-fact draft", "<agreed>乙</agreed>",
        "<agreed>乙</agreed><open>丙</open>");
  TALKS("agreed", "conclude", "");
  TALKS("agreed", "conclude", "contracts-signed", "since='2025-01-02' state='signed'",
        "since='2025-01-02' state='adopted'");
  TALKS("agreed", "conclude", "contract-made", "since='2025-01-02' state='signed'",
        "since='2025-01-02' state='given-up'");
  TALKS("talking", "fail", "no-contract", "cause='concluded'", "cause='failed'");
  TALKS("talking", "fail", "", "cause='concluded'", "cause='failed'",
        "since='2025-01-02' state='signed'", "since='2025-01-02' state='given-up'");
  TALKS("talking", "withdraw", "");
}

/* ---- contracts ---- */

static void test_guard__draft_is_signed_and_submitted(void **state)
{
  CONTRACT("draft", "sign-draft", "");
  CONTRACT("draft", "sign-draft", "meeting-before", "draft-date='2025-04-10'",
           "draft-date='2025-03-27'");
  CONTRACT("draft-signed", "submit", "");
  CONTRACT("draft-signed", "submit", "draft-complete", "copy='draft' valid='yes' complete='yes'",
           "copy='draft' valid='yes' complete='no'");
  CONTRACT("draft-signed", "submit", "draft-complete", "copy='draft' valid='yes'",
           "copy='draft' valid='no'");
  CONTRACT("rejected", "resubmit", "");
  CONTRACT("rejected", "resubmit", "draft-complete", "copy='draft' valid='yes'",
           "copy='draft' valid='no'");
}

/* 66 of 99 are two thirds; 50 of 99 and of 100 are half. */
static void test_guard__vote_at_exactly_two_thirds_and_half(void **state)
{
  static const char vote[] = "expected='99' present='66' in-favour='50' against='10' abstained='6'";
  static const char more[] = "id='majority' value='at-least-half'";
  static const char over[] = "id='majority' value='more-than-half'";
  CONTRACT("deliberating", "adopt", "");
  CONTRACT("deliberating", "adopt", "quorum", vote,
           "expected='99' present='65' in-favour='50' against='10' abstained='5'");
  CONTRACT("deliberating", "adopt", "", vote,
           "expected='100' present='67' in-favour='50' against='10' abstained='7'");
  CONTRACT("deliberating", "adopt", "majority", vote,
           "expected='100' present='67' in-favour='49' against='10' abstained='8'");
  CONTRACT("deliberating", "adopt", "majority", more, over, vote,
           "expected='100' present='67' in-favour='50' against='10' abstained='7'");
  CONTRACT("deliberating", "adopt", "", more, over, vote,
           "expected='100' present='67' in-favour='51' against='10' abstained='6'");
  CONTRACT("deliberating", "adopt", "majority", vote,
           "expected='99' present='66' in-favour='49' against='10' abstained='7'");
  CONTRACT("deliberating", "adopt", "quorum majority", vote,
           "expected='100' present='61' in-favour='40' against='10' abstained='11'");
}

static void test_guard__vote_that_cannot_be(void **state)
{
  CONTRACT("deliberating", "adopt", "votes-add-up", "abstained='6'", "abstained='7'");
  CONTRACT("deliberating", "adopt", "", "abstained='6'", "abstained='4' invalid='2'");
  CONTRACT("deliberating", "adopt", "votes-add-up", "expected='99'", "expected='65'");
  CONTRACT("deliberating", "adopt", "secret-ballot", " secret='yes'", "");
  CONTRACT("deliberating", "adopt", "", " secret='yes'", "", "value='secret'", "value='any'");
  CONTRACT("deliberating", "adopt", "step-date", "deliberation date='2025-04-15'",
           "deliberation date='2025-04-19'");
  CONTRACT("deliberating", "adopt", "text-voted", "digest='aa'/>", "digest='bb'/>");
}

static void test_guard__vote_that_fails(void **state)
{
  CONTRACT("deliberating", "reject", "not-carried");
  CONTRACT("deliberating", "reject", "", "in-favour='50' against='10'",
           "in-favour='49' against='11'");
  CONTRACT("deliberating", "reject", "", "present='66' in-favour='50'",
           "present='65' in-favour='49'");
  world_stated = 20250419;
  CONTRACT("rejected", "rework", "");
}

static void test_guard__text_is_settled_and_signed(void **state)
{
  world_stated = 20250420;
  CONTRACT("adopted", "settle", "");
  world_stated = 20250420;
  CONTRACT("adopted", "settle", "text-same", "digest='aa'/>", "digest='bb'/>");
  CONTRACT("settled", "sign", "");
  CONTRACT("settled", "sign", "adopted-before", "signing date='2025-04-21'",
           "signing date='2025-04-17'");
  CONTRACT("settled", "sign", "all-signed", "copy='filing' valid='yes' complete='yes'",
           "copy='filing' valid='yes' complete='no'", "name='方总' signed='2025-04-21'",
           "name='方总'");
  CONTRACT("settled", "sign", "wage-sealed", "side='employer' signed='2025-04-21'",
           "side='employer'");
  CONTRACT("settled", "sign", "", "side='employer' signed='2025-04-21'", "side='employer'",
           "id='k1' kind='wage'", "id='k1' kind='safety'");
  CONTRACT("settled", "sign", "text-same", "digest='aa'/>", "digest='bb'/>");
}

static void test_guard__filing(void **state)
{
  CONTRACT("signed", "file", "");
  CONTRACT("signed", "file", "copies", "copies='3'", "copies='2'");
  CONTRACT("signed", "file", "copies statement", " copies='3'", "", "<statement>说明</statement>",
           "");
  CONTRACT("signed", "file", "", "<statement>说明</statement>", "", "id='k1' kind='wage'",
           "id='k1' kind='women'");
  CONTRACT("signed", "file", "step-date", "filing date='2025-04-25'", "filing date='2025-04-20'");
  CONTRACT("filed", "accept-filing", "");
  CONTRACT("filed", "accept-filing", "step-date", "accepted date='2025-04-26'",
           "accepted date='2025-04-24'");
}

static void test_guard__review(void **state)
{
  CONTRACT("accepted", "no-objection", "");
  CONTRACT("accepted", "no-objection", "delivered", "delivered='2025-05-09'",
           "delivered='2025-05-10'");
  CONTRACT("accepted", "no-objection", "", "delivered='2025-05-09'", "delivered='2025-05-10'",
           "id='k1' kind='wage'", "id='k1' kind='safety'");
  CONTRACT("accepted", "no-objection", "opinion", "result='no-objection'", "result='objection'");
  CONTRACT("accepted", "object", "", "result='no-objection'", "result='objection'");
  CONTRACT("accepted", "object", "", "result='no-objection'", "result='objection'",
           "review date='2025-05-08'", "review date='2025-05-12'");
  CONTRACT("accepted", "object", "objection-in-time", "result='no-objection'", "result='objection'",
           "review date='2025-05-08'", "review date='2025-05-13'");
  CONTRACT("accepted", "object", "objection-stated", "result='no-objection'", "result='objection'",
           "<opinion>无异议</opinion>", "");
}

static void test_guard__silence_of_the_authority(void **state)
{
  static const char opinion[] = "effect date='2025-05-09' by='opinion'";
  CONTRACT("accepted", "silence", "", opinion, "effect date='2025-05-13' by='silence'");
  CONTRACT("accepted", "silence", "silence-over", opinion, "effect date='2025-05-12' by='silence'");
  CONTRACT("accepted", "silence", "no-opinion", opinion, "effect date='2025-05-13' by='silence'",
           "result='no-objection'", "result='objection'");
  CONTRACT("accepted", "silence", "silence-over?", opinion, "effect date='2025-05-12' by='silence'",
           "source='r22:47' grade='A'", "source='r22:47' grade='N'");
}

static void test_guard__after_an_objection(void **state)
{
  world_stated = 20250520;
  CONTRACT("objected", "renegotiate", "new-contract");
  world_stated = 20250520;
  CONTRACT("objected", "renegotiate", "", "</contract>\n",
           "</contract><contract id='k2' kind='wage' replaces='k1'><title>新</title>"
           "<term from='2025-06-01' to='2026-05-31'/></contract>\n");
  world_stated = 20250520;
  CONTRACT("objected", "abandon", "");
}

static void test_guard__performance(void **state)
{
  CONTRACT("effective", "publish", "");
  CONTRACT("effective", "publish", "in-effect", "publication date='2025-05-12'",
           "publication date='2025-05-08'");
  CONTRACT("published", "report", "");
  CONTRACT("published", "terminate", "");
  CONTRACT("published", "expire", "");
  CONTRACT("published", "expire", "step-date", "as-of='2026-12-31'", "as-of='2026-05-30'");
  world_stated = 20250520;
  CONTRACT("draft", "give-up", "");
}

static void test_guard__renewal_and_amendment(void **state)
{
  static const char renewed[] =
      "</contract><contract id='k2' kind='wage' renews='k1'><title>续</title>"
      "<term from='2026-06-01' to='2027-05-31'/></contract>\n";
  static const char amended[] =
      "</contract><contract id='k2' kind='wage' amends='k1'><title>变</title>"
      "<term from='2025-06-01' to='2026-05-31'/><effect date='2026-02-01' by='silence'/>"
      "</contract>\n";
  world_stated = 20260301;
  CONTRACT("published", "renew", "", "</contract>\n", renewed);
  world_stated = 20260228;
  CONTRACT("published", "renew", "renewal-window", "</contract>\n", renewed);
  world_stated = 20260301;
  CONTRACT("published", "renew", "renewal-contract");
  world_stated = 20251001;
  CONTRACT("published", "amend", "", "</contract>\n", amended);
  world_stated = 20251001;
  CONTRACT("published", "amend", "amending-contract");
  CONTRACT("amending", "amended", "amendment-in-effect", "</contract>\n", amended);
  CONTRACT("amending", "amended", "", "</contract>\n", amended, "<track kind='ladder'",
           "<track kind='contract' key='k2' state='effective'/><track kind='ladder'");
  world_stated = 20251001;
  CONTRACT("amending", "keep", "", "</contract>\n", amended);
  world_stated = 20251001;
  CONTRACT("amending", "keep", "amendment-given-up", "</contract>\n", amended,
           "<track kind='ladder'",
           "<track kind='contract' key='k2' state='draft'/><track kind='ladder'");
}

/* ---- the ladder ---- */

#define REFUSED "result='accept'", "result='refuse'"

static void test_guard__ladder(void **state)
{
  LADDER("open", "remind", "", REFUSED);
  LADDER("open", "remind", "step-date", REFUSED, "role='remind' date='2025-03-20'",
         "role='remind' date='2025-03-03'");
  LADDER("reminded", "opinion", "", REFUSED);
  LADDER("reminded", "opinion", "not-answered");
  LADDER("advised", "demand", "", REFUSED);
  LADDER("advised", "demand", "step-date not-answered", "role='demand' date='2025-05-12'",
         "role='demand' date='2025-04-07'");
  LADDER("demanded", "refer", "", REFUSED);
  LADDER("demanded", "refer", "demand-reply-over", REFUSED, "role='refer' date='2025-06-09'",
         "role='refer' date='2025-06-04'");
  LADDER("demanded", "refer", "", REFUSED, "role='refer' date='2025-06-09'",
         "role='refer' date='2025-06-04'",
         "<fact>三</fact><service date='2025-05-13' method='直接'/>",
         "<fact>三</fact><service date='2025-05-13' method='直接'/>"
         "<answered date='2025-05-20'>不</answered>");
  LADDER("advised", "refer", "opinion-reply-over", REFUSED, "role='demand'", "role='remind'",
         "role='refer' date='2025-06-09'", "role='refer' date='2025-04-29'");
  LADDER("advised", "refer", "", REFUSED, "role='demand'", "role='remind'",
         "role='refer' date='2025-06-09'", "role='refer' date='2025-04-30'");
  LADDER("demanded", "refer", "served", REFUSED,
         "<fact>二</fact><service date='2025-04-08' method='直接'/>", "<fact>二</fact>",
         "<fact>三</fact><service date='2025-05-13' method='直接'/>", "<fact>三</fact>");
  LADDER("referred", "publicise", "", REFUSED);
  LADDER("demanded", "publicise", "demand-reply-over", REFUSED, "state='referred'",
         "state='demanded'", "role='publish' date='2025-07-21'",
         "role='publish' date='2025-06-01'");
}

static void test_guard__ways_off_the_ladder(void **state)
{
  LADDER("demanded", "comply", "");
  LADDER("demanded", "comply", "step-fact", REFUSED);
  LADDER("publicised", "comply", "", REFUSED, "<fact>五</fact>",
         "<fact>五</fact><complied date='2025-08-01'>改正</complied>");
  world_stated = 20250801;
  LADDER("publicised", "drop", "");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_guard__offer),
      cmocka_unit_test(test_guard__receipt_and_answer),
      cmocka_unit_test(test_guard__silence_of_the_other_side),
      cmocka_unit_test(test_guard__meeting_and_its_delegates),
      cmocka_unit_test(test_guard__quotas_at_the_border),
      cmocka_unit_test(test_guard__rules_that_are_not_law),
      cmocka_unit_test(test_guard__suspension),
      cmocka_unit_test(test_guard__dispute),
      cmocka_unit_test(test_guard__draft_and_end_of_talks),
      cmocka_unit_test(test_guard__draft_is_signed_and_submitted),
      cmocka_unit_test(test_guard__vote_at_exactly_two_thirds_and_half),
      cmocka_unit_test(test_guard__vote_that_cannot_be),
      cmocka_unit_test(test_guard__vote_that_fails),
      cmocka_unit_test(test_guard__text_is_settled_and_signed),
      cmocka_unit_test(test_guard__filing),
      cmocka_unit_test(test_guard__review),
      cmocka_unit_test(test_guard__silence_of_the_authority),
      cmocka_unit_test(test_guard__after_an_objection),
      cmocka_unit_test(test_guard__performance),
      cmocka_unit_test(test_guard__renewal_and_amendment),
      cmocka_unit_test(test_guard__ladder),
      cmocka_unit_test(test_guard__ways_off_the_ladder),
  };
  return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
