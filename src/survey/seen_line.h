/*
 * Characters that a reader takes together: what stands on one baseline without a wide gap. Turned
 * characters (watermarks) and blanks belong to no line.
 */
#ifndef XS_SURVEY_SEEN_LINE_H
#define XS_SURVEY_SEEN_LINE_H

#include "survey/survey.h"

/* What a line is on the page of an official paper; survey/anatomy.c finds out. */
typedef enum xs_part {
  XS_PART_UNKNOWN,
  XS_PART_LABEL,       /* 份号、密级、紧急程度 */
  XS_PART_MARK,        /* 发文机关标志 */
  XS_PART_MARK_WORD,   /* 文件 beside several names */
  XS_PART_NUMBER,      /* 发文字号 */
  XS_PART_SIGNER,      /* 签发人 */
  XS_PART_TITLE,       /* 标题 */
  XS_PART_ADDRESSEE,   /* 主送机关 */
  XS_PART_BODY,        /* 正文 */
  XS_PART_TABLE,       /* within a table: not measured */
  XS_PART_ATTACHMENT,  /* 附件说明 */
  XS_PART_ATTENDANCE,  /* 出席、请假、列席 */
  XS_PART_NAME,        /* 署名 */
  XS_PART_DATE,        /* 成文日期 */
  XS_PART_NOTE,        /* 附注 */
  XS_PART_ANNEX_LABEL, /* 附件1 over an annex */
  XS_PART_ANNEX_TITLE,
  XS_PART_COPIES,  /* 抄送 */
  XS_PART_PRINTER, /* 印发机关 */
  XS_PART_PRINTED, /* 印发日期 */
  XS_PART_FOLIO,   /* 页码 */
} xs_part;

typedef struct xs_seen_line {
  size_t page; /* from 0 */
  xs_part part;
  const xs_seen_char **chars; /* from left to right */
  size_t count;
  xs_text text; /* without blanks */
  xs_len baseline;
  xs_len size;      /* of most of its characters, like font and color */
  const char *font; /* the same */
  xs_color color;
  xs_box cell; /* left to right by the widths, top to bottom by the em */
  xs_box ink;
} xs_seen_line;

typedef struct xs_seen_lines {
  xs_seen_line *items; /* by page, then downwards, then from left to right */
  size_t count, capacity;
  size_t *page_starts; /* the first line of each page; one more, which is count */
} xs_seen_lines;

xs_status xs_seen_lines_find(xs_arena *a, const xs_survey *survey, xs_seen_lines *out);

/* The first `count` characters of a line, and the rest of it. */
xs_status xs_seen_line_part(xs_arena *a, const xs_seen_line *line, size_t count,
                            xs_seen_line *first, xs_seen_line *rest);

/* Red as ink, black as ink; what is neither is named by its number. */
bool xs_color_is_red(xs_color color);
bool xs_color_is_black(xs_color color);

#endif
