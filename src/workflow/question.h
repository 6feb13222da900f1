/*
 * Questions a workflow asks of one case: one evaluation for all of them, with $record, and with
 * $date, $fact and $rule as far as they are known.
 */
#ifndef XS_WORKFLOW_QUESTION_H
#define XS_WORKFLOW_QUESTION_H

#include "workflow/workflow_load.h"

typedef struct xs_question {
  xs_arena *a;
  const xs_case *kase;
  const xs_rules *rules;
  xs_diags *diags;
  xs_fill_options options;
  xs_evaluation ev;
  const xmlNode *node; /* that the track follows; expressions are evaluated at it */
  const xmlNode *fact; /* NULL: not known */
  xs_date date;        /* of the step; year 0: not known */
} xs_question;

/* `node` NULL is the case element. Close it also after a failure. */
xs_status xs_question_open(xs_question *q, xs_arena *a, const xs_case *kase, const xs_rules *rules,
                           const xmlNode *record, const xmlNode *node, xs_diags *diags);
void xs_question_close(xs_question *q);

/* What is known of the step from now on: the node its track follows, its fact, its date. */
xs_status xs_question_set_node(xs_question *q, const xmlNode *node);
xs_status xs_question_set_fact(xs_question *q, const xmlNode *fact);
xs_status xs_question_set_date(xs_question *q, xs_date date);

/* Can the expression be asked, as far as fact and date are known? */
bool xs_question_can_ask(const xs_question *q, const xs_expression *e);

/* Missing values are empty text. */
xs_status xs_question_text(xs_question *q, const xs_expression *e, xs_text *out);
/* Words of the workflow with values between them; `empty` stands for a value that is missing. */
xs_status xs_question_words(xs_question *q, const xs_avt_part *parts, size_t count,
                            const char *empty, xs_text *out);

/* One thing a track of a kind can follow. */
typedef struct xs_about {
  const xmlNode *node;
  xs_text key;
} xs_about;

/* All of them, in the order of the case. */
xs_status xs_question_abouts(xs_question *q, const xs_track_rule *track, xs_about **out,
                             size_t *count);
/* The key of one. */
xs_status xs_question_key(xs_question *q, const xs_track_rule *track, const xmlNode *node,
                          xs_text *out);

/* Is the process asked to speak Chinese? */
bool xs_workflow_in_chinese(void);

#endif
