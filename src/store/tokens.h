/* What a text is made of for the search: single characters, pairs of them, and words. */
#ifndef XS_STORE_TOKENS_H
#define XS_STORE_TOKENS_H

#include "base/arena.h"

#include <stdbool.h>

typedef enum xs_letter {
  XS_LETTER_NONE, /* parts what stands around it */
  XS_LETTER_HAN,  /* written without blanks: found by one character or more */
  XS_LETTER_WORD, /* letters and digits: found by words */
  XS_LETTER_DOT,  /* the dot within a name: as if it were not there */
} xs_letter;

xs_letter xs_letter_of(uint32_t c);

/* The text as it is compared: NFKC, without case, every zero 〇. ptr is NULL when out of memory. */
xs_text xs_tokens_fold(xs_arena *a, xs_text text);

/*
 * A run of letters of one sort: Han with the dots within, or a word. False at the end. `*off` moves
 * behind it.
 */
typedef struct xs_run_of_letters {
  xs_text text;
  xs_letter letter;
  size_t count; /* letters, dots aside */
} xs_run_of_letters;
bool xs_tokens_run(xs_text text, size_t *off, xs_run_of_letters *out);

#endif
