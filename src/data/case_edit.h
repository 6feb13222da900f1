/*
 * New facts in a case: one element is put into the text of the file, at the place that the schema
 * has for it, and not a byte elsewhere changes. Comments, indents and the order of attributes are
 * the clerk's; a program that wrote the tree out anew would lose them.
 */
#ifndef XS_DATA_CASE_EDIT_H
#define XS_DATA_CASE_EDIT_H

#include "data/case.h"

typedef struct xs_case_edit {
  const xs_case *kase;     /* fits the schema; loaded with the same list of diagnostics */
  const xs_schema *schema; /* of cases */
  xmlDocPtr facts;         /* its root is a whole case, or one element of one */
  xs_text into;            /* id of the element it belongs to; empty: the only one it can */
  xs_text hint;            /* id of the one it belongs to when there are several; may be empty */
} xs_case_edit;

/*
 * The new text of the file. A whole case takes the place of the old one. An element takes the place
 * of the one with its id (or what else tells it from its like, case_keys.def), or that may stand
 * only once; else it is added behind its like.
 *
 * fact-misplaced: no case holds such an element, or not there. fact-ambiguous: it could belong to
 * several, and `into` says nothing. fact-encoding: the file is not UTF-8, and only a whole case can
 * take its place. That the new file fits the schema is left to whoever reads it.
 */
xs_status xs_case_edit_make(xs_arena *a, const xs_case_edit *edit, xs_diags *diags, xs_text *out);

#endif
