/* Choosing the breaks of a paragraph. */
#ifndef XS_LAYOUT_LINEBREAK_H
#define XS_LAYOUT_LINEBREAK_H

#include "layout/unit.h"

/* What a line may be: the paragraph's part of the choice. */
typedef struct xs_measure {
  xs_len left; /* of the lines, from the left edge of what the paragraph may fill */
  xs_len width;
  xs_len first_indent; /* taken off the first line */
  xs_align align;
  xs_len em;   /* of the paragraph's own text */
  bool greedy; /* each line takes what fits; what is compared with the best choice */
} xs_measure;

/* One line: the units [first, end). */
typedef struct xs_line_range {
  size_t first, end;
  bool last; /* nothing follows, or a new line was asked for: it is not stretched */
} xs_line_range;

/* How much room the units of one line take and could take. */
typedef struct xs_line_room {
  xs_len natural;     /* without what falls away at its edges */
  xs_len shrink;      /* the most it can give up */
  uint32_t gap_count; /* places that may open up */
} xs_line_room;

/*
 * Breaks the units of the composer into lines. A word wider than the measure is broken where
 * the line is full, with the warning line-overfull. The ranges live in c->scratch until the
 * next paragraph.
 */
xs_status xs_lines_choose(xs_composer *c, const xs_measure *m, const xs_line_range **lines,
                          size_t *line_count);

/* What the lines cost that were chosen last; the least of all choices unless `greedy`. */
int64_t xs_lines_cost(const xs_composer *c, const xs_measure *m, const xs_line_range *lines,
                      size_t line_count);

/* Whether the space between two neighbours may open up. */
bool xs_units_stretch(const xs_unit *left, const xs_unit *right);
/* Says that text which must stand on one line is too long for any; XS_ELIMIT. */
xs_status xs_line_refuse(xs_composer *c, xs_span at);
/* The width all units take that are not broken at all, edges trimmed. */
xs_len xs_units_natural(const xs_composer *c, size_t first, size_t end);
/* Room before the first unit of a line that falls away. */
xs_len xs_line_lead(const xs_composer *c, size_t first);
/* The room of the hyphen that a line takes when it ends here. */
xs_len xs_line_hyphen(const xs_composer *c, size_t end);
/* The end of what is seen of a line: spaces at its end do not count. */
size_t xs_line_visible_end(const xs_composer *c, size_t first, size_t end);

#endif
