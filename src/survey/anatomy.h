/*
 * The elements of an official paper, recognised as a person would: by colour, size and place.
 *
 *   red rule(s) on page 1 ── form: one rule 文件; pairs of rules, or a rule wider than the type
 *                            area 信函; a mark that ends in 纪要 纪要; neither mark nor rule: none
 *   red text above them   ── 发文机关标志
 *   large text below      ── 标题
 *   flush left, ends in ： ── 主送机关
 *   a date on its own     ── 成文日期, and above it 署名
 *   附件： before it       ── 附件说明
 *   black rules at the end, with 抄送 or 印发 between ── 版记
 *   — n — below the type area ── 页码
 */
#ifndef XS_SURVEY_ANATOMY_H
#define XS_SURVEY_ANATOMY_H

#include "survey/seen_line.h"

typedef enum xs_form {
  XS_FORM_NONE,     /* no official paper */
  XS_FORM_DOCUMENT, /* 文件 */
  XS_FORM_LETTER,   /* 信函 */
  XS_FORM_MINUTES,  /* 纪要 */
  XS_FORM_COUNT
} xs_form;

/* The sheet that a format states: it says where to look, never what is right. */
typedef struct xs_sheet {
  xs_len width, height;
  xs_len top, left;
  xs_len area_width, area_height;
  xs_len em;       /* of the body */
  xs_len line;     /* a line of the body with the room to the next one */
  xs_len small_em; /* of 版记 and page numbers */
} xs_sheet;

enum { XS_MAX_HEAD_RULES = 8, XS_MAX_SEALS = 64 };

typedef struct xs_anatomy {
  const xs_survey *survey;
  const xs_sheet *sheet;
  xs_seen_lines lines;
  xs_form form;
  const xs_seen_rule *head_rules[XS_MAX_HEAD_RULES]; /* red, of page 1, downwards */
  size_t head_rule_count;
  size_t date_line;                   /* the line of 成文日期; lines.count: there is none */
  size_t first_annex_page;            /* page_count: there is none */
  const xs_seen_rule **imprint_rules; /* of 版记, downwards */
  size_t imprint_rule_count;
  size_t imprint_page;           /* page_count: there is none */
  const xs_seen_picture **seals; /* on the page of the date */
  size_t seal_count;
} xs_anatomy;

xs_status xs_anatomy_find(xs_arena *a, const xs_survey *survey, const xs_sheet *sheet,
                          xs_anatomy *out);

/* 附件说明, 署名, 成文日期, seals and 附注, among the lines from `body` on. */
xs_status xs_anatomy_sign_off(xs_arena *a, xs_anatomy *anatomy, size_t body);

/* The first line at or after i that is this part; lines.count when there is none. */
size_t xs_anatomy_next(const xs_anatomy *anatomy, size_t i, xs_part part);
/* The edges of the type area. */
xs_len xs_sheet_right(const xs_sheet *sheet);
xs_len xs_sheet_bottom(const xs_sheet *sheet);

/* Is the whole line a day: 2024年3月5日, or the same in Han figures? */
bool xs_text_is_day(xs_text text);
/* Is it a page number between dashes? `number` is 0 when it is not. */
bool xs_text_is_folio(xs_text text, uint32_t *number);

#endif
