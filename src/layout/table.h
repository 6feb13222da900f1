/*
 * A table while it is set: columns, the grid, rows.
 *
 *   columns.c       widths                    table_cell.c  what stands in a cell
 *   column_group.c  parts of a wide table     decimal.c     numbers by their points
 *   table.c         the grid, rows, heads     diagonal.c    斜线表头
 *   row.c           a row as one piece        upright.c     竖排
 *   border.c        lines between cells       carried.c     过次页, 承前页
 *   page_part.c     pages of a wide table
 */
#ifndef XS_LAYOUT_TABLE_H
#define XS_LAYOUT_TABLE_H

#include "layout/stack.h"

typedef struct xs_cell_set {
  const xs_cell *cell;
  const xs_piece *pieces;
  size_t piece_count;
  xs_len content_height;
  const struct xs_diagonal *diagonal; /* two or three texts beside its lines; then no pieces */
} xs_cell_set;

typedef struct xs_row_set {
  const struct xs_table_set *table;
  size_t index; /* of the row in its table */
  xs_len height;
  xs_cell_set *cells; /* those that begin in this row */
  size_t cell_count;
  bool tied;    /* a cell reaches into it from the row before */
  bool is_rest; /* what a page left over of it */
} xs_row_set;

/* How far the numbers of a column reach to both sides of their points. */
typedef struct xs_points {
  xs_len left, right;
} xs_points;

typedef struct xs_table_set {
  const xs_table *table;
  xs_len *edges;        /* of the columns: column_count + 1 places from the left end */
  const xs_cell **grid; /* row by row: the cell at each place */
  xs_row_set *rows;
  xs_points *points; /* of each column; NULL when no numbers stand by their points */
  xs_piece *heads;   /* what stands again on further pages: “（续表）” and the head rows */
  size_t head_count, head_rows;
  xs_len head_height;
  xs_len carry_height; /* of the higher of the two rows that carry totals, 0 for none */
  xs_len x;            /* of the table from the left end of the measure */

  struct xs_table_set *next; /* the next group of columns */
  const uint32_t *numbers;   /* of a group: its columns in the whole table */
  const xs_piece *pieces;    /* of a group but the first: its rows */
} xs_table_set;

/* ---- columns.c ---- */

/* Widths of the columns within `measure`. */
xs_status xs_table_columns(xs_composer *c, const xs_table *table, xs_span span, xs_len measure,
                           xs_len *edges);
/* The widths that columns ask for; a share for half the lines of its heads and its widest word. */
xs_status xs_table_natural(xs_composer *c, const xs_table *table, xs_len *widths);
/* The width that the blocks of a cell take on one line each. */
xs_status xs_blocks_width(xs_composer *c, const xs_blocks *blocks, xs_len *width);
/* The width of their widest word, below which words are broken; in table_cell.c. */
xs_status xs_blocks_least_width(xs_composer *c, const xs_blocks *blocks, xs_len *width);

/* ---- column_group.c ---- */

typedef struct xs_column_group {
  xs_table table;
  const uint32_t *numbers; /* its columns in the whole table */
} xs_column_group;

/* Parts a table that is wider than `measure`, and that asks for it, into groups of columns; *count
 * is 0 when it stays whole. */
xs_status xs_table_groups(xs_composer *c, const xs_block *block, xs_len measure,
                          const xs_column_group **groups, size_t *count);

/* ---- table.c ---- */

/* Sets one row of a table, whose edges stand; `r` is its index, or that of none (carried.c). */
xs_status xs_row_set_cells(xs_composer *c, const xs_table_set *t, xs_len page_height,
                           const xs_row *source, xs_row_set *row);

/* ---- what a page adds to the rows on it ---- */

/* What stands above `first` on a page that begins with it: “（续表）”, heads, 承前页. */
xs_status xs_table_heads(xs_composer *c, const xs_piece *first, const xs_piece **heads,
                         size_t *count, xs_len *height);
/* The room that 过次页 takes below a page that ends after `p`. */
xs_len xs_table_foot_room(const xs_piece *p);
/* 过次页 below `last` on a page that ends there; *has_foot is false when nothing is carried. */
xs_status xs_table_foot(xs_composer *c, const xs_piece *last, xs_piece *foot, bool *has_foot);

/*
 * A table that is parted by columns makes several pages of one: the first has what stands above the
 * table and its first group, each further one the same rows of the next group at the same height,
 * and the last one also what stands below the table.
 */
typedef struct xs_page_part {
  const xs_piece *rows; /* of the first group, on this page */
  size_t row_count;
  xs_len above;          /* the height of what stands above them */
  const xs_piece *below; /* what stands below them */
  size_t below_count;
  bool is_first; /* the page begins with them */
  bool goes_on;  /* the table does so on the next page */
} xs_page_part;

/* The pieces of a further group, and where they begin; in page_part.c. */
xs_status xs_page_part_gather(xs_composer *c, const xs_page_part *part, const xs_table_set *group,
                              const xs_piece **pieces, size_t *count, xs_len *y);

/* carried.c: sets the two rows once, to know how wide their numbers and how high they are. */
xs_status xs_table_carry_points(xs_composer *c, xs_table_set *t);
xs_status xs_table_carry_measure(xs_composer *c, xs_table_set *t);
/* One of the two rows, with what `from` carries. */
xs_status xs_table_carry_row(xs_composer *c, const xs_table_set *t, const xs_row *row,
                             const xs_row *from, xs_piece *out);

/* ---- cells ---- */

/* Sets what stands in a cell of the row `r` (from 0). `exact` is the height it must keep to, or 0.
 */
xs_status xs_cell_set_content(xs_composer *c, const xs_table_set *t, size_t r, const xs_cell *cell,
                              xs_len page_height, xs_len exact, xs_cell_set *out);

/* Numbers: how far they reach from their points, column by column; and one of them. */
xs_status xs_decimal_points(xs_composer *c, xs_table_set *t);
xs_status xs_decimal_widen(xs_composer *c, const xs_cell *cell, xs_table_set *t);
xs_status xs_decimal_place(xs_composer *c, const xs_blocks *blocks, const xs_points *points,
                           xs_len measure, xs_blocks *placed);

/* 竖排: the width of the columns of characters, and the columns as one piece, none longer than
 * `longest`. */
xs_status xs_upright_width(xs_composer *c, const xs_cell *cell, xs_len *width);
xs_status xs_upright_set(xs_composer *c, const xs_blocks *blocks, xs_len measure, xs_len longest,
                         xs_piece *out);

/* 斜线表头: the two or three texts of a cell, and the height they need; then the cell drawn. */
xs_status xs_diagonal_set(xs_composer *c, const xs_cell *cell, xs_len width,
                          const struct xs_diagonal **out, xs_len *height);
xs_status xs_diagonal_draw(xs_stack *s, const xs_cell_set *set, xs_len left, xs_len width,
                           xs_len height);

/* ---- row.c ---- */

/* Puts the cells of a row into one piece. */
xs_status xs_row_compose(xs_composer *c, const xs_row_set *row, xs_piece *out);

/*
 * Parts a row at `room`: what fits of each cell, and the rest. False when the row may not be
 * parted, or nothing would fit. `page_height` parts also rows that no page could hold.
 */
xs_status xs_row_split(xs_composer *c, const xs_piece *piece, xs_len room, xs_len page_height,
                       bool *parted, xs_piece *first, xs_piece *rest);

/* ---- border.c ---- */

/* The level line between two rows, or at the upper or lower end of what stands on one page;
 * and the upright lines of a row. */
xs_status xs_row_rule(xs_stack *s, const xs_row_set *above, const xs_row_set *below, xs_len x,
                      xs_len y);
xs_status xs_row_sides(xs_stack *s, const xs_row_set *row, xs_len x, xs_len y, xs_len height);

#endif
