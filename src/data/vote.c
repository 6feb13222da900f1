#include "data/vote.h"

#include "base/text.h"

#include <string.h>

static bool read_count(const xmlNode *e, const char *name, uint64_t *out)
{
  return xs_text_uint(xs_text_trim(xs_xml_attr(e, name)), out) && *out <= XS_MAX_VOTES;
}

/* A count that may be left out, which means none. */
static bool read_optional(const xmlNode *e, const char *name, uint64_t *out)
{
  *out = 0;
  return !xs_xml_attr(e, name).len || read_count(e, name, out);
}

static void read_numbers(const xmlNode *vote, xs_vote *v)
{
  v->has_numbers =
      read_count(vote, "expected", &v->expected) && read_count(vote, "present", &v->present) &&
      read_count(vote, "in-favour", &v->in_favour) && read_count(vote, "against", &v->against) &&
      read_count(vote, "abstained", &v->abstained) && read_optional(vote, "invalid", &v->invalid);
  v->is_secret = xs_xml_attr_is(vote, "secret", "yes");
  v->sum = v->in_favour + v->against + v->abstained + v->invalid;
  v->adds_up = v->has_numbers && v->sum == v->present && v->present <= v->expected;
}

/* The rules of a vote: those of the kind of contract it is about, on the day it was held. */
typedef struct law {
  const xs_rules *rules;
  xs_text kind;
  xs_date on;
} law;

static law law_of(const xmlNode *vote, const xs_rules *rules)
{
  law l = {.rules = rules, .kind = xs_rules_kind_of(rules, vote)};
  if (!xs_date_parse(xs_text_trim(xs_xml_attr(vote->parent, "date")), &l.on)) l.on = (xs_date){0};
  return l;
}

/* The value of a figure that was verified. */
static xs_text figure_of(const law *l, const char *id)
{
  const xmlNode *figure = xs_rules_figure_for(l->rules, xs_text_of(id), l->kind, l->on);
  bool was_read = figure && xs_grade_is_law(xs_xml_attr(figure, "grade"));
  return was_read ? xs_text_trim(xs_xml_attr(figure, "value")) : XS_NO_TEXT;
}

static void read_quorum(const law *l, xs_vote *v)
{
  xs_text value = figure_of(l, "quorum");
  const char *slash = value.len ? (const char *)memchr(value.ptr, '/', value.len) : NULL;
  if (!slash) return;
  size_t at = (size_t)(slash - value.ptr);
  v->has_quorum_rule = xs_text_uint((xs_text){value.ptr, at}, &v->over) &&
                       xs_text_uint((xs_text){slash + 1, value.len - at - 1}, &v->under) &&
                       v->under > 0 && v->under <= XS_MAX_VOTES && v->over <= v->under;
  if (v->has_quorum_rule) v->present_needed = (v->expected * v->over + v->under - 1) / v->under;
}

static void read_majority(const law *l, xs_vote *v)
{
  xs_text value = figure_of(l, "majority");
  v->more_than_half = xs_text_is(value, "more-than-half");
  v->has_majority_rule = v->more_than_half || xs_text_is(value, "at-least-half");
  v->in_favour_needed = v->more_than_half ? v->expected / 2 + 1 : (v->expected + 1) / 2;
}

static xs_vote_outcome judge(const xs_vote *v)
{
  if (!v->adds_up || v->expected == 0) return XS_VOTE_IMPOSSIBLE;
  if (!v->has_quorum_rule || !v->has_majority_rule) return XS_VOTE_UNKNOWN;
  if (v->present < v->present_needed) return XS_VOTE_NO_QUORUM;
  if (v->needs_secrecy && !v->is_secret) return XS_VOTE_OPEN_BALLOT;
  return v->in_favour < v->in_favour_needed ? XS_VOTE_LOST : XS_VOTE_CARRIED;
}

static void read_rules(const law *l, xs_vote *v)
{
  read_quorum(l, v);
  read_majority(l, v);
  v->needs_secrecy = xs_text_is(figure_of(l, "ballot"), "secret");
}

void xs_vote_judge(const xmlNode *vote, const xs_rules *rules, xs_vote *out)
{
  *out = (xs_vote){.under = 1};
  read_numbers(vote, out);
  const law l = law_of(vote, rules);
  read_rules(&l, out);
  out->outcome = judge(out);
}

void xs_vote_expect(uint64_t expected, const xmlNode *about, const xs_rules *rules, xs_vote *out)
{
  *out = (xs_vote){.under = 1, .expected = expected, .outcome = XS_VOTE_IMPOSSIBLE};
  const law l = {.rules = rules, .kind = xs_rules_kind_of(rules, about)};
  read_rules(&l, out);
}

const char *xs_vote_outcome_name(xs_vote_outcome outcome)
{
  switch (outcome) {
  case XS_VOTE_CARRIED:
    return "carried";
  case XS_VOTE_LOST:
    return "lost";
  case XS_VOTE_NO_QUORUM:
    return "no-quorum";
  case XS_VOTE_OPEN_BALLOT:
    return "open-ballot";
  case XS_VOTE_IMPOSSIBLE:
    return "impossible";
  case XS_VOTE_UNKNOWN:
    break;
  }
  return "unknown";
}
