/*
 * What a character is to Chinese line breaking, and which two may not be parted. The marks
 * stand in kinsoku.def.
 */
#ifndef XS_LAYOUT_KINSOKU_H
#define XS_LAYOUT_KINSOKU_H

#include "model/style.h"

typedef enum xs_char_class {
  /* not in the table */
  XS_CHAR_HAN,        /* an ideograph, or what is set like one */
  XS_CHAR_LETTER,     /* of an alphabet */
  XS_CHAR_DIGIT,      /* 0–9 */
  XS_CHAR_SPACE,      /* between Western words */
  XS_CHAR_WIDE_SPACE, /* U+3000 */
  XS_CHAR_OTHER,      /* Western signs that are no marks: + - / @ */
  XS_CHAR_COMBINING,  /* sits on the character before */
  XS_CHAR_INVISIBLE,  /* joiners, U+200B, soft hyphen */
  /* classes of kinsoku.def */
  XS_CHAR_PAUSE,
  XS_CHAR_STOP,
  XS_CHAR_OPEN,
  XS_CHAR_CLOSE,
  XS_CHAR_MIDDLE,
  XS_CHAR_DASH,
  XS_CHAR_ELLIPSIS,
  XS_CHAR_CONNECTOR,
  XS_CHAR_SOLIDUS,
  XS_CHAR_PREFIX,
  XS_CHAR_SUFFIX,
  XS_CHAR_REPEAT,
  XS_CHAR_WEST_OPEN,
  XS_CHAR_WEST_CLOSE,
} xs_char_class;

xs_char_class xs_kinsoku_class(uint32_t codepoint);

/* Which mark of kinsoku.def this is, from 0; XS_KINSOKU_NO_MARK for all others. */
#define XS_KINSOKU_NO_MARK 0xffu
enum {
#define X(codepoint, class, start, end) XS_KINSOKU_MARK_##codepoint,
#include "layout/kinsoku.def"
#undef X
  XS_KINSOKU_MARK_COUNT
};
uint32_t xs_kinsoku_mark(uint32_t codepoint);

/* LB-01, LB-02 */
bool xs_kinsoku_not_at_start(uint32_t codepoint, xs_kinsoku_set set);
bool xs_kinsoku_not_at_end(uint32_t codepoint, xs_kinsoku_set set);

/* Set in a face of the Chinese role, in an em of its own: ideographs and the marks among them,
 * and the full-width signs of numbers. */
bool xs_kinsoku_is_wide(uint32_t codepoint, xs_char_class c);

/* A Chinese numeral, as in 第二十一条. */
bool xs_kinsoku_is_numeral(uint32_t codepoint);
/* What is counted behind a number and stays with it: 年月日条号元… */
bool xs_kinsoku_is_counted(uint32_t codepoint);
/* What multiplies a number and may be counted on: 万元 */
bool xs_kinsoku_is_multiple(uint32_t codepoint);

#endif
