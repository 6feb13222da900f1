/* Counts for those who show them: with the words of days, reasons and laws. */
#ifndef XS_PACKET_DAYS_H
#define XS_PACKET_DAYS_H

#include "data/count.h"
#include "data/rules.h"
#include "xieshang/days.h"

/* A count, and what was counted. */
typedef struct xs_counted {
  xs_date from;
  xs_period period;
  const xs_pause *pauses;
  size_t pause_count;
  xs_count count; /* with its lines */
} xs_counted;

/*
 * The count in words, in `a`: of a deadline, say. Pauses, lines and the calendar are borrowed and
 * must live as long; the rules name its laws and are needed only now. xs_days_free does nothing to
 * it.
 */
xs_status xs_days_new(xs_arena *a, const xs_calendar *calendar, const xs_rules *rules,
                      const xs_counted *counted, xs_days **out);

/*
 * Adds under `parent` what papers print of a count:
 *   <count from n unit direction roll due last provisional unknown-year stopped number paused
 *          calendar>
 *     <pause from to/>…
 *     <line date weekday kind holiday day number reason why law grade/>…
 *     <notice year source/>…
 *   </count>
 * What there is none of has no attribute.
 */
xs_status xs_days_add_record(const xs_days *days, xmlNodePtr parent);

#endif
