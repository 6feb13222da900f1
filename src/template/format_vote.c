/* What a vote of the congress comes to, by the rules of the place. */
#include "data/vote.h"

#include "base/text.h"
#include "template/function.h"

/* The vote of the congress that argument 0 is; on a form that nobody has filled there is none. */
static bool judge(xs_call *call, xs_vote *out)
{
  const xmlNode *congress = NULL;
  if (!xs_call_element(call, 0, &congress)) return false;
  const xmlNode *vote = xs_xml_child(congress, "vote");
  if (!vote) {
    xs_call_fail(call, _("“%s” holds no vote"), (const char *)congress->name);
    return false;
  }
  if (!call->ev->rules) {
    xs_call_fail(call, _("there is no rule pack here"));
    return false;
  }
  xs_vote_judge(vote, call->ev->rules, out);
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
  if (judge(call, &v)) return_number(call, v.has_quorum_rule, v.present_needed);
}

void xs_function_votes_needed(xs_call *call)
{
  xs_vote v;
  if (judge(call, &v)) return_number(call, v.has_majority_rule, v.in_favour_needed);
}
