/* What a vote of the congress comes to, by the rules of the place. */
#include "data/vote.h"

#include "base/text.h"
#include "template/function.h"

static bool has_rules(xs_call *call)
{
  if (call->ev->rules) return true;
  xs_call_fail(call, _("there is no rule pack here"));
  return false;
}

/* The vote of the congress that argument 0 is. */
static bool judge(xs_call *call, xs_vote *out)
{
  const xmlNode *congress = NULL;
  if (!has_rules(call) || !xs_call_element(call, 0, &congress)) return false;
  const xmlNode *vote = xs_xml_child(congress, "vote");
  if (!vote) {
    xs_call_fail(call, _("“%s” holds no vote"), (const char *)congress->name);
    return false;
  }
  xs_vote_judge(vote, call->ev->rules, out);
  return true;
}

/* The same, or so many people, of whom nobody has come yet. */
static bool expect(xs_call *call, xs_vote *out)
{
  size_t expected = 0;
  if (call->arguments[0]->type == XPATH_NODESET) return judge(call, out);
  if (!has_rules(call) || !xs_call_count(call, 0, 0, XS_MAX_VOTES, &expected)) return false;
  xs_vote_expect(expected, call->ev->item, call->ev->rules, out);
  return true;
}

static void return_number(xs_call *call, bool is_known, uint64_t number)
{
  if (is_known)
    xs_call_return(call, xs_arena_printf(call->ev->a, "%llu", (unsigned long long)number));
  else
    xs_call_return(call, XS_LIT("待核实"));
}

void xs_function_vote_outcome(xs_call *call)
{
  xs_vote v;
  if (judge(call, &v)) xs_call_return(call, xs_text_of(xs_vote_outcome_name(v.outcome)));
}

void xs_function_quorum_needed(xs_call *call)
{
  xs_vote v;
  if (expect(call, &v)) return_number(call, v.has_quorum_rule, v.present_needed);
}

void xs_function_votes_needed(xs_call *call)
{
  xs_vote v;
  if (expect(call, &v)) return_number(call, v.has_majority_rule, v.in_favour_needed);
}
