/*
 * Who must do what by when: the deadlines of a case on a day, in words, as a list of work, as a
 * calendar feed; and what may be done next because a day has passed, with its paper.
 *
 *   xs_due_filter filter = {.as_of = 20250325};
 *   xs_due *due = NULL;
 *   xs_engine_due(engine, kase, &filter, diags, &due);
 *   for (size_t i = 0; xs_due_at(due, i, &view); i++) …
 *   xs_due_free(due);
 *
 * docs/deadlines.md says how they are found.
 */
#ifndef XIESHANG_DUE_H
#define XIESHANG_DUE_H

#include "xieshang/days.h"
#include "xieshang/office.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xs_due xs_due;

/* Which deadlines. Members that are 0 or NULL ask for nothing. */
typedef struct xs_due_filter {
  uint32_t as_of;         /* YYYYMMDD; 0: today. What happened later has not happened */
  uint32_t until;         /* of a store: the last day that is looked at; 0: however late */
  const char *uid;        /* of a store: one case */
  const char *person;     /* cases in which a person of this name has a part */
  const char *union_name; /* … that this union or superior union has a part in */
  const char *campaign;   /* … of a year, a round of a year, or a kind of case in them */
  size_t most;            /* of a store: of those that are overdue, and of those to come, so many
                             are given and the others counted; 0: all */
  int explain;            /* keep how days were counted, for xs_due_days and xs_due_annex */
} xs_due_filter;

/* Where an entry stands in a list of work. */
typedef enum xs_due_term {
  XS_DUE_OVERDUE,
  XS_DUE_WEEK,  /* from the day that was asked about to the Sunday of its week */
  XS_DUE_MONTH, /* later in its month */
  XS_DUE_LATER,
  XS_DUE_STOPPED,    /* suspended without an end: there is no day */
  XS_DUE_UNVERIFIED, /* 待核实: a day, but none of the law */
  XS_DUE_POSSIBLE,   /* nobody must, but may: a proposal */
  XS_DUE_DONE,       /* met, void or lapsed */
} xs_due_term;

/* One deadline, or one proposal. The texts live as long as the list. Days are YYYYMMDD, or 0. */
typedef struct xs_due_view {
  xs_due_term term;
  const char *term_name;  /* in the language of the process */
  const char *state;      /* stable: open, today, overdue, met, late, void, paused, waiting, lapsed,
                             possible */
  const char *state_name; /* in the language of the process */
  xs_text uid, title;     /* of the case */
  xs_text limit;          /* id of the limit, of the appointment, of the proposal */
  xs_text track, key, item, kind;
  xs_text what;  /* 书面应约 */
  xs_text actor; /* 收到要约的一方 */
  xs_text law;   /* 《集体合同规定》第三十二条; empty when nothing may be cited */
  xs_text grade;
  xs_text since;     /* what it counts from: 收到要约 */
  xs_text period;    /* 20日 */
  xs_text note;      /* of the rule pack */
  xs_text agreed_in; /* the paper that agrees on a day */
  uint32_t trigger, opens, due, met, agreed;
  int days_left; /* from the day that was asked about to `due`; below 0 when it has passed */
  int legal;     /* else the papers agree on it */
  int verified;  /* else 待核实 */
  int provisional, window, backward;

  /* of a proposal: `due` is the first day on which it is possible, `law` that of the deadline that
   * passed */
  int is_proposal;
  xs_text why;         /* 期满未应约 */
  xs_text step;        /* of the workflow */
  xs_text template_id; /* of its paper */
} xs_due_view;

/*
 * The deadlines of a case, those that are done among them, and what may be proposed. By term, then
 * by day. XS_EINPUT with diagnostics when one cannot be worked out; *out then stays NULL.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_due(xs_engine *engine, const xs_case *kase,
                                             const xs_due_filter *filter, xs_diags *diags,
                                             xs_due **out);
/*
 * The same of the cases in a store. Of one case (`uid`) everything, by the rule pack that it began
 * with; of many what is pending, from what the store keeps beside each case. One of person,
 * union_name and campaign may be asked for. The office must outlive the list.
 */
XS_API XS_MUST_CHECK xs_status xs_office_due(xs_office *office, const xs_due_filter *filter,
                                             xs_diags *diags, xs_due **out);
XS_API void xs_due_free(xs_due *due); /* NULL is fine */

/* The i-th entry. False past the end. */
XS_API int xs_due_at(const xs_due *due, size_t i, xs_due_view *out);
/* The day that was asked about, and the last days of its week and its month. */
XS_API uint32_t xs_due_as_of(const xs_due *due);
XS_API uint32_t xs_due_week_end(const xs_due *due);
XS_API uint32_t xs_due_month_end(const xs_due *due);

/* How many are due later than all that are given; and how many more are overdue. */
XS_API size_t xs_due_left_out(const xs_due *due);
XS_API size_t xs_due_overdue_left_out(const xs_due *due);

/* How the day of the i-th entry was counted, of a list that was asked to explain; NULL for what was
 * not counted. Borrowed from the list. */
XS_API const xs_days *xs_due_days(const xs_due *due, size_t i);

/* The list as a paper (待办清单), and all its counts day by day (期限计算表). */
XS_API XS_MUST_CHECK xs_status xs_due_worklist(xs_due *due, xs_diags *diags, xs_bytes *out);
XS_API XS_MUST_CHECK xs_status xs_due_annex(xs_due *due, xs_diags *diags, xs_bytes *out);

/* The paper of the i-th entry, which is a proposal, as a draft filled from the case; and its
 * element for the case file, to be taken in when the paper was sent. Only of a list made from a
 * case. */
XS_API XS_MUST_CHECK xs_status xs_due_draft(xs_due *due, size_t i, xs_diags *diags, xs_bytes *pdf,
                                            xs_bytes *xml);

/*
 * What is not done as an iCalendar feed (RFC 5545): one event a day on which something is due, with
 * alarms. `name` is what calendars show the feed as. The same list gives the same events: their
 * UIDs come from the case and the deadline, DTSTAMP from the host.
 */
XS_API XS_MUST_CHECK xs_status xs_due_feed(xs_due *due, const char *name, xs_diags *diags,
                                           xs_bytes *out);

#ifdef __cplusplus
}
#endif

#endif
