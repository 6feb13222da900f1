/* Small questions about UTF-8 text. */
#ifndef XS_BASE_TEXT_H
#define XS_BASE_TEXT_H

#include "xieshang/base.h"

#include <stdbool.h>

xs_text xs_text_of(const char *s); /* NULL gives empty text */
bool xs_text_equal(xs_text a, xs_text b);
bool xs_text_is(xs_text a, const char *s);
int xs_text_compare(xs_text a, xs_text b); /* by bytes */
bool xs_text_starts(xs_text t, const char *prefix);
bool xs_text_ends(xs_text t, const char *suffix);
xs_text xs_text_trim(xs_text t); /* XML white space off both ends */
/* Cuts the next word off the front of a list of words with white space between them; false at its
 * end. */
bool xs_text_word(xs_text *list, xs_text *word);

/* The character at *off, which moves behind it. Invalid bytes give U+FFFD one at a time;
 * the end of the text gives 0. */
uint32_t xs_text_next(xs_text t, size_t *off);
/* Writes 1–4 bytes; returns how many. */
size_t xs_text_encode(uint32_t codepoint, char out[4]);
size_t xs_text_char_count(xs_text t);
/* True when every byte belongs to well-formed UTF-8; else *bad is the first offset that does not.
 */
bool xs_text_valid(xs_text t, size_t *bad);

/* Non-negative decimal without sign; false on anything else or overflow. */
bool xs_text_uint(xs_text t, uint64_t *out);
/* Decimal with optional sign and fraction as an integer of 1/1000, such as "15.75" -> 15750. */
bool xs_text_milli(xs_text t, int64_t *out);

/* Edit distance up to `max`, in characters; `max + 1` when further, and when two different texts
 * are longer than names are (128 characters). For "did you mean". */
unsigned xs_text_distance(xs_text a, xs_text b, unsigned max);
/* How far off a name must be to be no longer taken for `name`: at most 4, less for a short one. */
unsigned xs_text_reach(xs_text name);

#endif
