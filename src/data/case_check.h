/* What the checks of a case share. Each file checks one side of it and reports all it finds. */
#ifndef XS_DATA_CASE_CHECK_H
#define XS_DATA_CASE_CHECK_H

#include "base/date.h"
#include "data/case.h"
#include "data/case_index.h"
#include "data/rules.h"

typedef struct xs_case_checking {
  const xmlNode *root;
  xs_arena *arena; /* dropped when the check is over */
  xs_case_index index;
  const xs_rules *rules;
  xs_diags *diags;
} xs_case_checking;

void xs_case_check_numbers(const xs_case_checking *c); /* credit codes, ID numbers, empty fields */
void xs_case_check_references(const xs_case_checking *c); /* ids and what refers to them */
void xs_case_check_dates(const xs_case_checking *c);      /* real days and times, their order */
void xs_case_check_delegates(const xs_case_checking *c);
void xs_case_check_counts(const xs_case_checking *c); /* people, votes */
void xs_case_check_contracts(const xs_case_checking *c);
void xs_case_check_notices(const xs_case_checking *c); /* the forms annexed to notices */
void xs_case_check_statistics(const xs_case_checking *c);

/* ---- small questions ---- */

/* The text of a child element, or of an attribute as a number; false when there is none. */
xs_text xs_case_child_text(const xs_case_checking *c, const xmlNode *e, const char *name);
bool xs_case_attr_count(const xmlNode *e, const char *name, uint64_t *out);
bool xs_case_attr_date(const xmlNode *e, const char *name, xs_date *out);
/* The first element of this kind with this id; not for clauses and schedules. */
const xmlNode *xs_case_find_id(const xs_case_checking *c, const char *kind, xs_text id);
/* The next element of a kind in the order of the document; the first with NULL. */
const xmlNode *xs_case_each(const xs_case_checking *c, const char *kind, const xmlNode *last);

/* ---- figures of the rule pack ---- */

/*
 * The value of a figure as a whole number, or as a fraction such as 2/3: that which holds for the
 * kind of contract that the element `e` is about, on its day. False when the pack has none, or none
 * that was verified; it is then not checked.
 */
bool xs_case_figure_count(const xs_case_checking *c, const xmlNode *e, const char *id,
                          uint64_t *out);
bool xs_case_figure_fraction(const xs_case_checking *c, const xmlNode *e, const char *id,
                             uint64_t *over, uint64_t *under);
xs_text xs_case_figure(const xs_case_checking *c, const xmlNode *e, const char *id);
/* Adds the law that a figure stands on to the diagnostic recorded last. */
void xs_case_note_figure(const xs_case_checking *c, const xmlNode *e, const char *id);
/* The same for a requirement of the rule pack; nothing when the pack does not state it. */
void xs_case_note_requirement(const xs_case_checking *c, const xmlNode *e, const char *id);

#endif
