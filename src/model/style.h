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

/* Sets of prohibited line starts and ends after CLREQ: each of the first three holds the one
 * before. */
typedef enum xs_kinsoku_set {
  XS_KINSOKU_BASIC,
  XS_KINSOKU_GB,
  XS_KINSOKU_STRICT,
  XS_KINSOKU_NONE,
  XS_KINSOKU_SET_COUNT
} xs_kinsoku_set;

/* What marks give up of their em. */
typedef enum xs_marks {
  XS_MARKS_SQUEEZE, /* beside marks, at a line end, at the start of a line that is not indented */
  XS_MARKS_INDENT,  /* the same, and an opening mark at an indent, too */
  XS_MARKS_FULL,    /* nothing */
  XS_MARKS_COUNT
} xs_marks;

/* Both as templates and dumps name them: basic, GB …; squeeze … */
const char *xs_kinsoku_set_name(xs_kinsoku_set set);
const char *xs_marks_name(xs_marks marks);

/* What a paragraph looks like. */
typedef struct xs_para_style {
  xs_text name;
  xs_char_style text;
  xs_align align;
  xs_len leading;      /* baseline to baseline */
  xs_len first_indent; /* of the first line, beside left; may be negative (hanging) */
  xs_len left, right;  /* indents */
  xs_len before, after;
  xs_kinsoku_set kinsoku;
  xs_marks marks;
  bool grid;       /* every character stands in a cell: as many whole ems as the measure holds */
  bool hyphenate;  /* Western words may be parted at their hyphenation points */
  bool keep_next;  /* stays on the page of the next block's first lines */
  bool keep_lines; /* does not split over pages */
  bool page_break_before;
} xs_para_style;

#endif
