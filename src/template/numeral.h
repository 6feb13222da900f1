/*
 * Decimal numbers as text, and how they are written in Chinese. Nothing here is a floating
 * number: an amount keeps every digit it has in the case.
 */
#ifndef XS_TEMPLATE_NUMERAL_H
#define XS_TEMPLATE_NUMERAL_H

#include "base/arena.h"

#include <stdbool.h>

enum { XS_DECIMAL_DIGITS = 16 }; /* before the point, and behind it */

/* A number such as -1234.50: digits without leading zeros ("0" at least), decimals as given. */
typedef struct xs_decimal {
  bool is_negative;
  xs_text whole;
  xs_text decimals;
} xs_decimal;

/* False when `t` is no decimal number or has more digits than that. Borrows from `t`. */
bool xs_decimal_parse(xs_text t, xs_decimal *out);
/* The value of the whole part; it always fits. */
uint64_t xs_decimal_whole(const xs_decimal *d);
/* Decimals without the zeros at their end. */
xs_text xs_decimal_significant(const xs_decimal *d);

typedef enum xs_numeral_kind {
  XS_NUMERAL_HAN,   /* 一百零一 */
  XS_NUMERAL_UPPER, /* 壹佰零壹, the numerals of bills (支付结算办法 附一) */
} xs_numeral_kind;

/*
 * A number in words; a run of zeros within it is one 零. `t` must be a decimal number. No text
 * when out of memory.
 */
xs_text xs_numeral(xs_arena *a, xs_text t, xs_numeral_kind kind);
/* Digits one by one: 二〇二四, 贰零贰肆; what is no digit stays as it is. */
xs_text xs_numeral_digits(xs_arena *a, xs_text t, xs_numeral_kind kind);
/* ① to ㊿; no text above. */
xs_text xs_numeral_circled(xs_arena *a, uint32_t n);

#endif
