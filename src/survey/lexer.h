/* The words of a content stream or of a character map: the syntax of PDF without its objects. */
#ifndef XS_SURVEY_LEXER_H
#define XS_SURVEY_LEXER_H

#include "xieshang/base.h"

typedef enum xs_token_kind {
  XS_TOKEN_END,
  XS_TOKEN_NUMBER,
  XS_TOKEN_NAME,   /* text: without its slash */
  XS_TOKEN_HEX,    /* text: the digits between < and > */
  XS_TOKEN_STRING, /* text: between the brackets, as written */
  XS_TOKEN_ARRAY,
  XS_TOKEN_ARRAY_END,
  XS_TOKEN_DICT,
  XS_TOKEN_DICT_END,
  XS_TOKEN_WORD, /* an operator */
  XS_TOKEN_BROKEN,
} xs_token_kind;

typedef struct xs_token {
  xs_token_kind kind;
  xs_text text;
  int64_t number; /* 1/XS_FINE */
} xs_token;

/* Numbers are read with five decimals; those beyond XS_FINE_MAX are broken. */
enum { XS_FINE = 100000 };
#define XS_FINE_MAX (INT64_C(1000000) * XS_FINE)

typedef struct xs_lexer {
  xs_text bytes;
  size_t at;
} xs_lexer;

xs_token xs_lexer_next(xs_lexer *l);
/* The number that `text` is as a whole; false when it is none. */
int xs_lexer_number(xs_text text, int64_t *out);
/* The value of a hexadecimal digit, -1 for any other byte. */
int xs_lexer_digit(char c);

#endif
