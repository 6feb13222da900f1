/*
 * How text looks: plain values, resolved by the template floor, read by the layout floor.
 */
#ifndef XS_MODEL_STYLE_H
#define XS_MODEL_STYLE_H

#include "base/len.h"
#include "xieshang/base.h"

#include <stdbool.h>

/* Fonts are named by role, never by file; fonts.xml maps each role to a chain of faces. */
typedef enum xs_role {
  XS_ROLE_SONG,     /* 宋: body of contracts and forms */
  XS_ROLE_XIAOBIAO, /* 小标宋: titles of official papers */
  XS_ROLE_FANGSONG, /* 仿宋: body of official papers */
  XS_ROLE_KAI,      /* 楷 */
  XS_ROLE_HEI,      /* 黑 */
  XS_ROLE_WESTERN,  /* 西文 */
  XS_ROLE_COUNT
} xs_role;

/* A role as templates and fonts.xml name it: 宋, 小标宋 … */
const char *xs_role_title(xs_role role);
bool xs_role_find(xs_text title, xs_role *out);

/* 0xRRGGBB */
typedef uint32_t xs_color;
#define XS_BLACK ((xs_color)0x000000)

/* What a run of characters looks like. */
typedef struct xs_char_style {
  xs_role role;
  xs_len size; /* the em */
  xs_color color;
  bool underline;
  xs_len tracking; /* added behind every character */
  xs_len rise;     /* of the baseline; positive is up */
} xs_char_style;

typedef enum xs_align {
  XS_ALIGN_JUSTIFY,
  XS_ALIGN_LEFT,
  XS_ALIGN_CENTER,
  XS_ALIGN_RIGHT,
  XS_ALIGN_SPREAD, /* 分散对齐: every line, the last too, fills the measure between characters */
} xs_align;

/* What a paragraph looks like. */
typedef struct xs_para_style {
  xs_text name;
  xs_char_style text;
  xs_align align;
  xs_len leading;      /* baseline to baseline */
  xs_len first_indent; /* of the first line, beside left; may be negative (hanging) */
  xs_len left, right;  /* indents */
  xs_len before, after;
  bool keep_next;  /* stays on the page of the next block's first lines */
  bool keep_lines; /* does not split over pages */
  bool page_break_before;
} xs_para_style;

#endif
