/*
 * What the deadlines of a case are about, as data: templates/workflow/deadlines.xml.
 *
 * A rule pack says how long a limit is and what it runs from (its trigger). Here stands where
 * that trigger is found in a case, when the limit is kept, what stops it, which days the papers
 * agree on beside it, and what may be done when it has passed. Together with a case and a
 * calendar that makes its deadlines (workflow/deadline.h).
 *
 * A clock is read-only after it is loaded.
 */
#ifndef XS_WORKFLOW_CLOCK_H
#define XS_WORKFLOW_CLOCK_H

#include "packet/engine.h"
#include "template/expression.h"

/* Where in a case something happens. */
typedef struct xs_spot {
  xs_text track;              /* kind of the track */
  const xs_expression *about; /* the nodes, from the case element; each counts for itself */
  const xs_expression *key;   /* of the track; NULL: it has none */
  const xs_expression *date;  /* the rest is looked for at the node */
  const xs_expression *known; /* when the date became known; NULL: on that day. When it selects
                                 nothing, the date was known always */
} xs_spot;

/* A day that limits run from, or are counted back from. */
typedef struct xs_moment {
  xs_text id, name;
  bool is_outside; /* no case tells of it */
  xs_spot spot;
  xs_span span;
} xs_moment;

/* 中止: days that stop a limit. */
typedef struct xs_stop {
  xs_text id, name;
  const xs_expression *about, *from, *to;
  const xs_expression *planned; /* the last day as agreed, while there is no other; or NULL */
} xs_stop;

/* What is due: a limit of the rule pack, or a day that the papers agree on. */
typedef struct xs_due_rule {
  xs_text id; /* of the limit, or of the appointment */
  xs_text name;
  bool is_limit;
  const xs_expression *when;                  /* a test at the node; NULL: always */
  const xs_expression *met, *ceased, *agreed; /* days, from the node; NULL: none */
  bool is_latest;                             /* of several days when it was met, the last */
  bool is_right;                              /* nobody must; when the day is over it is gone */
  xs_text steps;                              /* that it is kept by; ids, blanks between them */
  xs_text agreed_in;                          /* the paper that agrees on the day */
  xs_text actor;                              /* of an appointment */
  xs_spot spot;                               /* of an appointment */
  const uint32_t *remind;                     /* days before, as they stand in the file */
  size_t remind_count;
  xs_span span;
} xs_due_rule;

/* From which day on a step may be proposed. */
typedef struct xs_after {
  xs_text overdue;           /* the day after this one passed unmet … */
  const xs_expression *at;   /* … at these nodes; NULL: at that of the proposal */
  const xs_expression *date; /* or on this day */
  const xs_expression *when; /* NULL: always */
  const xs_avt *why;
} xs_after;

/* One sentence of a proposed paper. */
typedef struct xs_sentence {
  const char *element;       /* fact, evidence, demand */
  const xs_expression *when; /* NULL: always */
  const xs_expression *each; /* one for each node; NULL: one, at the node of the proposal */
  const xs_avt *words;
} xs_sentence;

typedef struct xs_proposal_rule {
  xs_text id, step, track;
  const xs_expression *about, *key, *unless;
  const xs_after *afters;
  size_t after_count;
  xs_text template_id, role; /* of the paper */
  const xs_avt *to;
  const xs_sentence *sentences;
  size_t sentence_count;
  xs_span span;
} xs_proposal_rule;

typedef struct xs_clock {
  xs_arena *arena;
  xs_text id, version;
  const char *digest; /* of the file, hex */
  uint32_t remind_at; /* minutes after midnight at which reminders come */
  const xs_stop *stops;
  size_t stop_count;
  const xs_moment *moments;
  size_t moment_count;
  const xs_due_rule *dues;
  size_t due_count;
  const xs_proposal_rule *proposals;
  size_t proposal_count;
} xs_clock;

/*
 * Loads a file of this vocabulary; `path` NULL is that of the engine's data. Expressions are
 * compiled and their names held against the schema of cases. Places point into `diags`, which must
 * outlive the clock. XS_EINPUT leaves *out NULL.
 */
xs_status xs_clock_load(xs_engine *engine, const char *path, xs_diags *diags, xs_clock **out);
void xs_clock_free(xs_clock *clock); /* NULL is fine */

/* NULL when there is none. */
const xs_moment *xs_clock_moment(const xs_clock *clock, xs_text id);
const xs_stop *xs_clock_stop(const xs_clock *clock, xs_text id);
const xs_due_rule *xs_clock_due(const xs_clock *clock, xs_text id);

/*
 * Whether a rule pack and the clock speak of the same things: every limit of the pack has a trigger
 * that is a moment, is stopped by stops there are, and stands among the deadlines unless its moment
 * is outside the case.
 */
xs_status xs_clock_check(const xs_clock *clock, const xs_rules *rules, xs_diags *diags);

#endif
