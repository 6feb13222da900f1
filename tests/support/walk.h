/*
 * A case walked from the offer to the publication of its contract: everything that people do to it,
 * in order, each act by the one whose duty it is. The case is samples/factory under another id.
 */
#ifndef XS_TESTS_WALK_H
#define XS_TESTS_WALK_H

#include "xieshang/sign.h"

size_t xs_walk_count(void);
/* The i-th act in a word: a step, or a slot that is signed; "new" for the first. */
const char *xs_walk_name(size_t i);

/* Adds those who act to a store that has nobody yet. */
xs_status xs_walk_hire(xs_office *office, xs_diags *diags);

/* Does the i-th act on a case. `path` is its file, `picture` one that shows a signature or a seal.
 */
xs_status xs_walk_act(xs_office *office, const char *uid, const char *path, const char *picture,
                      size_t i, xs_diags *diags);

#endif
