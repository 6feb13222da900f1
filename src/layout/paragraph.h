/* A paragraph set into lines. */
#ifndef XS_LAYOUT_PARAGRAPH_H
#define XS_LAYOUT_PARAGRAPH_H

#include "layout/linebreak.h"
#include "model/pagelist.h"

/*
 * One line, ready to be put on a page: its items count from the left end of the measure and the
 * upper edge of the line. The slacks are what stands empty above and below the ems of the line;
 * they fall away at the edges of a page.
 */
typedef struct xs_line {
  xs_len height;
  xs_len slack_top, slack_bottom;
  const xs_item *items;
  size_t item_count;
} xs_line;

/*
 * Sets a paragraph within `measure`. A paragraph without content is one empty line. Characters
 * without a glyph are recorded as errors; the lines then lack them and must not be used.
 *
 * The lines live in c->scratch until the composer is closed, their items in c->a.
 */
xs_status xs_paragraph_set(xs_composer *c, const xs_paragraph *par, xs_len measure,
                           const xs_line **lines, size_t *line_count);

/* The width of the paragraph on one line, indents included. Its units, with all but their lines
 * settled, stay in the composer until the next paragraph. */
xs_status xs_paragraph_width(xs_composer *c, const xs_paragraph *par, xs_len *width);

#endif
