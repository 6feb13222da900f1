/*
 * The galley: everything of a section set, one piece below the other, before it is cut into
 * pages.
 *
 * A piece is what no page break goes through: a line, a row of a table, a rule, a group that
 * stays together. Between two pieces stands a join that says whether a page may end there.
 */
#ifndef XS_LAYOUT_GALLEY_H
#define XS_LAYOUT_GALLEY_H

#include "layout/paragraph.h"

typedef enum xs_join {
  XS_JOIN_FREE,
  XS_JOIN_SOFT, /* the last two lines of a paragraph: given up when nothing else helps */
  XS_JOIN_KEEP, /* a heading and its text, a sign-off block and the lines before it */
  XS_JOIN_PAGE, /* a new page begins here */
} xs_join;

/* A place that goes into the outline of the file. */
typedef struct xs_heading {
  xs_text title;
  uint8_t level;
  xs_len y; /* from the upper edge of the piece */
} xs_heading;

/* A group whose blocks flow over pages: its borders are drawn around what stands on each. */
typedef struct xs_frame {
  const xs_group *group;
  struct xs_frame *outer; /* the frame it stands in */
  xs_len x, width;
  xs_len above; /* from its upper border to its first piece */
  xs_len below; /* from its last piece to its lower border */
  xs_span span, from;
} xs_frame;

typedef struct xs_piece {
  xs_len before; /* empty room above; dropped at the top of a page */
  xs_len height;
  xs_len slack_top, slack_bottom; /* part of the height; dropped at the edges of a page */
  xs_len x;                       /* of its items, from the left end of the measure */
  const xs_item *items;           /* from the upper left corner of the piece */
  size_t item_count;
  const xs_heading *headings;
  size_t heading_count;
  const struct xs_row_set *row; /* of a table */
  xs_frame *frame;              /* the innermost it stands in */
  xs_span span, from;
  uint8_t join;                       /* between it and the piece before */
  bool is_text;                       /* a line of a paragraph */
  bool begins_text;                   /* the first one */
  bool on_grid;                       /* its em stands on the grid of lines of the page */
  bool at_bottom;                     /* of the page */
  bool signs_off;                     /* begins what stands with lines of the text before */
  uint8_t frames_begun, frames_ended; /* so many of its frames begin, end with it */
} xs_piece;

typedef struct xs_galley {
  xs_piece *items;
  size_t count, capacity;
  xs_len pending; /* room that the next piece gets above */
  uint8_t join;   /* of the next piece */
  xs_len measure;
  xs_len page_height; /* what keeps together is never higher than this */
} xs_galley;

/* Sets the blocks and appends their pieces. Pieces live in c->scratch. */
xs_status xs_galley_blocks(xs_composer *c, xs_galley *g, const xs_blocks *blocks);
xs_piece *xs_galley_push(xs_composer *c, xs_galley *g);

/* The height of all its pieces. XS_ELIMIT with a diagnostic at `at` when that is no length. */
xs_status xs_galley_height(xs_composer *c, const xs_galley *g, xs_span at, xs_len *height);

/* Sets 署名、成文日期 and seals as one piece; in issued.c. */
xs_status xs_galley_issued(xs_composer *c, xs_galley *g, const xs_block *block);

/* Sets a table; in table.c. */
xs_status xs_galley_table(xs_composer *c, xs_galley *g, const xs_block *block);

#endif
