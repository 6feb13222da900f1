/*
 * The deadlines of one case: who must do what by when, and under which article.
 *
 *   case, rule pack, calendar, clock ─ find ─▶ deadlines ─ state on a day ─▶ open, overdue, met …
 *
 * They are a function of what was put in, and know no today. Every limit of the rule pack whose
 * trigger has a day in the case gives one deadline for each time it happened (three offers, three
 * answers due); so does every day that the papers agree on where the law names none.
 *
 *   known ........ trigger ............. due          a forward limit
 *   known ... due .................. trigger          a backward one: so long before
 *   known ... opens ............ trigger = due        a window: within so long before
 *
 * A limit that was not verified (grade other than A, B) has a day, but that day is not law: it is
 * shown as 待核实, and `law` is empty.
 */
#ifndef XS_WORKFLOW_DEADLINE_H
#define XS_WORKFLOW_DEADLINE_H

#include "data/count.h"
#include "workflow/clock.h"

typedef enum xs_deadline_state {
  XS_DEADLINE_HIDDEN,  /* not yet known on that day */
  XS_DEADLINE_WAITING, /* a window that is not open yet */
  XS_DEADLINE_OPEN,
  XS_DEADLINE_TODAY, /* due today */
  XS_DEADLINE_OVERDUE,
  XS_DEADLINE_PAUSED, /* the clock stands still, and nobody knows for how long */
  XS_DEADLINE_MET,
  XS_DEADLINE_LATE,   /* met after the day */
  XS_DEADLINE_LAPSED, /* a right that was not used in time */
  XS_DEADLINE_VOID,   /* it is no longer needed */
} xs_deadline_state;

typedef struct xs_deadline {
  const xs_due_rule *rule;
  const xmlNode *node;  /* of the case, that it is about */
  const xmlNode *entry; /* of the rule pack; NULL for an appointment */
  xs_text limit;        /* id of the limit or of the appointment */
  xs_text track, key;
  xs_text item;  /* @id of the node, or of the nearest around it that has one; may be empty */
  xs_text kind;  /* of contract, by which the limit was chosen; empty: of none */
  xs_text what;  /* 书面应约 */
  xs_text since; /* what it counts from: 收到要约 */
  xs_text actor;
  xs_text period; /* 20日, 15个工作日; empty for an appointment */
  xs_text law; /* 《集体合同规定》第三十二条; empty when there is none that may be cited */
  xs_text note; /* what the rule pack says of the limit; may be empty */
  xs_text grade;
  xs_text agreed_in; /* the paper that agrees on `agreed`, or on the whole appointment */

  /* Days; of year 0 when there is none. */
  xs_date known;   /* before this day nobody could know of it; none: always known */
  xs_date trigger; /* what it counts from, or back from */
  xs_date opens;   /* the first day of a window */
  xs_date due;     /* the last day; none while it is paused without an end */
  xs_date met;
  xs_date ceased; /* from this day on it is no longer needed */
  xs_date agreed; /* the day that a paper names beside the legal one */

  bool is_limit, verified, provisional, backward, window, right;
  xs_period how;          /* of a limit */
  xs_count count;         /* of a limit; with lines when they were asked for */
  const xs_pause *pauses; /* that stopped it, by their first day */
  size_t pause_count;
} xs_deadline;

typedef struct xs_deadlines {
  xs_deadline *items; /* by due (those without one last), then in the order of the clock */
  size_t count;
} xs_deadlines;

/* What they are worked out from. All borrowed. */
typedef struct xs_deadline_question {
  const xs_clock *clock;
  const xs_case *kase;
  const xs_rules *rules;
  const xs_calendar *calendar;
  xs_date as_of; /* pauses that begin later have not happened, and one without an end lasts beyond
                    this day; year 0: everything in the file has happened */
  bool explain;  /* counts with their lines */
} xs_deadline_question;

/*
 * All deadlines of a case, in `a`. XS_EINPUT when an expression or a count fails; what could be
 * worked out is in *out all the same.
 */
xs_status xs_deadlines_find(xs_arena *a, const xs_deadline_question *q, xs_diags *diags,
                            xs_deadlines *out);

/* Facts after `as_of` have not happened. */
xs_deadline_state xs_deadline_state_on(const xs_deadline *d, xs_date as_of);
/* The stable word: open, today, overdue … */
const char *xs_deadline_state_word(xs_deadline_state state);
/* What people read, untranslated. */
const char *xs_deadline_state_name(xs_deadline_state state);

/* Of what is void: had the day passed before it was no longer needed? */
bool xs_deadline_was_missed(const xs_deadline *d);
/* What people read then, untranslated. */
const char *xs_deadline_missed_name(void);

/* Has it still to be done? */
bool xs_deadline_is_pending(xs_deadline_state state);

/*
 * Adds <deadline> elements to a record, for guards and templates: as they are on `as_of`, those
 * hidden then left out. docs/deadlines.md lists the attributes.
 */
xs_status xs_deadlines_record(const xs_deadlines *list, xs_date as_of, xmlNodePtr record);

#endif
