/*
 * A case in which everything is in order, with its record and the rules of a place, and the
 * shipped workflow over them. A test spoils something of the three and names what stands in the
 * way of a step then.
 *
 *   CONTRACT("deliberating", "adopt", "quorum", "present='66'", "present='65'");
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "unit/unit.h"

#include "workflow/workflow.h"

typedef struct world {
  char *texts[3]; /* case, record, rules */
  xs_arena *a;
  xs_case *kase;
  xs_rules *rules;
  xmlDocPtr record;
  xs_track tracks[4]; /* talks, contract k1, ladder o1, dispute d1 */
  xs_position position;
  xs_attempt attempt;
  xs_move move;
} world;

/* A folder of the test's own; each test program defines it. */
extern const char world_dir[];

extern xs_diags *world_diags;
extern xs_workflow *world_workflow;
/* A stated day of the next world_expect, where the step has none of its own; 0 for none. */
extern uint32_t world_stated;

int world_set_up(void **state);
int world_tear_down(void **state);

void world_new(world *w);
/* Replaces the first `what` in whichever text has it. */
void world_spoil(world *w, const char *what, const char *with);
/* Reads the texts; part of world_try. */
void world_open(world *w);
/* Tries a step, the track of `kind` standing in `state`. */
void world_try(world *w, const char *kind, const char *state, const char *step);
/* Ids of guards and slugs of other hindrances; a warning has a question mark. */
void world_assert_hindered(const world *w, const char *expected);
void world_say_all(void);
void world_close(world *w);

/* Tries `step` after replacements (what, with, …, NULL); expects these hindrances. */
void world_expect(const char *kind, const char *state, const char *step, const char *expected, ...);

#define TALKS(state, step, ...)    world_expect("talks", state, step, __VA_ARGS__, NULL)
#define CONTRACT(state, step, ...) world_expect("contract", state, step, __VA_ARGS__, NULL)
#define LADDER(state, step, ...)   world_expect("ladder", state, step, __VA_ARGS__, NULL)
#define DISPUTE(state, step, ...)  world_expect("dispute", state, step, __VA_ARGS__, NULL)

#endif
