/*
 * Official papers drawn by hand, as a survey sees them: every element has a name and stands where
 * the standard wants it. A test moves one of them and looks which rule says so.
 */
#ifndef TESTS_DRAWN_H
#define TESTS_DRAWN_H

#include "survey/survey.h"

/* Text, a rule or a picture. Places in mm from the upper left corner; sizes of text in pt. */
typedef struct drawn_element {
  const char *name; /* NULL ends a paper */
  int page;         /* from 1; 0: the element is left out */
  const char *text; /* NULL: no text */
  const char *face;
  double size;
  double x, y;          /* text: left edge, top of the em; else the upper left corner */
  double width, height; /* a rule: its length and its thickness; a picture: its sides */
  xs_color color;
} drawn_element;

enum { DRAWN_MAX = 64 };

typedef struct drawn_paper {
  drawn_element elements[DRAWN_MAX];
  double page_width, page_height;
} drawn_paper;

/* The element of this name; ends the program when there is none. */
drawn_element *drawn_find(drawn_paper *paper, const char *name);
/* What a reader of the pages would see; dropped with xs_survey_free. */
xs_survey *drawn_survey(const drawn_paper *paper);

extern const drawn_paper drawn_document; /* 文件: two issuers, seals, an annex, 版记 */
extern const drawn_paper drawn_upward;   /* 上行文: 签发人, no seal */
extern const drawn_paper drawn_letter;   /* 信函 */
extern const drawn_paper drawn_minutes;  /* 纪要 */

#endif
