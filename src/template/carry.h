/*
 * Totals that a table carries from page to page (过次页, 承前页): read from the cells of a table
 * that is filled already, and added up exactly, in integers.
 */
#ifndef XS_TEMPLATE_CARRY_H
#define XS_TEMPLATE_CARRY_H

#include "template/grid.h"

/* What a table says about it. */
typedef struct xs_carry_terms {
  xs_text columns; /* numbers from 1, such as “5 6” */
  xs_span span;    /* of these */
  xs_text foot, head;
  const xs_para_style *style; /* of the words in the two rows */
  xs_len padding_x, padding_y, row_height, line, outer_line;
  xs_grid_border border;
} xs_carry_terms;

/*
 * Adds up the stated columns of `rows`, sets what each row of the body carries, and makes the two
 * rows in *out. Rows of the grid that are totals themselves count for nothing. A cell
 * that is neither a number nor empty is an error at its place; “—” and “/” are empty, too.
 */
xs_status xs_carry_make(const xs_grid *g, const xs_carry_terms *terms, xs_row *rows,
                        xs_diags *diags, xs_carry *out);

#endif
