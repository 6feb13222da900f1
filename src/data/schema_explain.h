/* Says what is wrong with a tree that does not fit its schema. */
#ifndef XS_DATA_SCHEMA_EXPLAIN_H
#define XS_DATA_SCHEMA_EXPLAIN_H

#include "base/diag.h"
#include "data/schema_pattern.h"

/*
 * One diagnostic for each mistake, in the order of the file. A mistake is mended in thought, so
 * that what stands behind it is judged as if it had not been made. Returns XS_EINPUT when
 * something was found, XS_OK when the explanation lies deeper than it looks.
 */
xs_status xs_schema_explain(const xs_grammar *grammar, const xmlDoc *doc, xs_diags *diags);

/* How far off a known name must be to be no longer taken for `name`: words of a vocabulary lie
 * closer together than names that people choose (xs_text_reach). */
unsigned xs_schema_reach(xs_text name);

#endif
