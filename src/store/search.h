/*
 * Search over all cases: firms, people, numbers, any words. Chinese is found by one character, by
 * two or by more, wherever it stands; letters and digits are found by the beginning of a word, from
 * three on, else by the whole of it. Width and case do not matter, nor does the dot in a name. All
 * words of a question must be there.
 */
#ifndef XS_STORE_SEARCH_H
#define XS_STORE_SEARCH_H

#include "store/store.h"

#include <sqlite3.h>

/* The text that the case is found by, instead of the one it had. */
XS_MUST_CHECK xs_status xs_store_search_put(xs_store *store, xs_text uid, xs_text text,
                                            xs_diags *diags);

/*
 * A question of a person as FTS5 has them. XS_EINPUT, with a diagnostic, when there is nothing in
 * it that could be found.
 */
XS_MUST_CHECK xs_status xs_search_question(xs_arena *a, xs_text words, xs_diags *diags,
                                           xs_text *out);

/* Teaches a connection how texts are taken apart. An SQLite code. */
int xs_tokens_register(sqlite3 *db);

#endif
