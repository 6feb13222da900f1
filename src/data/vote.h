/*
 * Votes of a congress, judged by the rules of the place: is there a quorum, is the majority
 * reached, was the ballot secret where it has to be? 半数以上 (at least half) and 过半数 (more than
 * half) differ at exactly half, and both count all who should be there, not those who came.
 */
#ifndef XS_DATA_VOTE_H
#define XS_DATA_VOTE_H

#include "data/rules.h"

typedef enum xs_vote_outcome {
  XS_VOTE_CARRIED,
  XS_VOTE_LOST,        /* the majority was not reached */
  XS_VOTE_NO_QUORUM,   /* too few came: nothing was decided */
  XS_VOTE_OPEN_BALLOT, /* not known to be secret, where the place wants a secret ballot */
  XS_VOTE_IMPOSSIBLE,  /* numbers that do not add up, or are not there */
  XS_VOTE_UNKNOWN,     /* the rules of the place were not verified */
} xs_vote_outcome;

typedef struct xs_vote {
  uint64_t expected, present, in_favour, against, abstained, invalid;
  uint64_t sum; /* of the four kinds of votes */
  bool has_numbers;
  bool is_secret;
  bool adds_up;              /* the sum is those present, who are not more than were expected */
  bool has_quorum_rule;      /* … and the next two say something */
  uint64_t over, under;      /* of the quorum, such as 2/3 */
  uint64_t present_needed;   /* the least number that is a quorum */
  bool has_majority_rule;    /* … and the next two say something */
  bool more_than_half;       /* else at least half */
  uint64_t in_favour_needed; /* the least number that carries */
  bool needs_secrecy;
  xs_vote_outcome outcome;
} xs_vote;

/* Any number of people above this is impossible. */
enum { XS_MAX_VOTES = 1000000000 };

/* `vote` is the element of that name in a congress. Rules that were not verified are no rules. */
void xs_vote_judge(const xmlNode *vote, const xs_rules *rules, xs_vote *out);

/* What so many people need to decide about `about`, a node of the case, by the rules in force last:
 * all members up to needs_secrecy but those of the vote itself. */
void xs_vote_expect(uint64_t expected, const xmlNode *about, const xs_rules *rules, xs_vote *out);

/* "carried", "lost", "no-quorum", "open-ballot", "impossible", "unknown". */
const char *xs_vote_outcome_name(xs_vote_outcome outcome);

#endif
