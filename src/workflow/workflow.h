/*
 * The machine: which steps a case may take, under which conditions, as one table in data.
 *
 *   templates/workflow/bargaining.xml ─ load, check ─▶ workflow ┐
 *   case, rule pack, record, position ──────────────────────────┴─ try, next ─▶ move, or what is
 * unmet
 *
 * A case goes along several tracks at a time: one of talks, one for each contract, one for each
 * offer that was refused, one for each dispute. Every track stands in one state; a step leads from
 * one state to another. Nothing here changes anything or knows what day it is: a step is tried, and
 * whoever keeps the case writes down what came of it.
 *
 * A workflow is read-only after it is loaded; its members are for those who draw or list it.
 */
#ifndef XS_WORKFLOW_WORKFLOW_H
#define XS_WORKFLOW_WORKFLOW_H

#include "base/date.h"
#include "packet/engine.h"
#include "template/expression.h"

#define XS_NO_STATE SIZE_MAX

/* Words with values between them, in one language. */
typedef struct xs_say {
  const xs_avt_part *parts;
  size_t part_count;
} xs_say;

typedef struct xs_state_rule {
  xs_text id, name, name_en;
  xs_copy copy; /* of what is printed in this state */
  bool is_final;
  xs_span span;
} xs_state_rule;

/* What a guard rests on. */
typedef enum xs_ground {
  XS_GROUND_LAW,
  XS_GROUND_FIGURE,
  XS_GROUND_REQUIREMENT,
  XS_GROUND_LIMIT
} xs_ground;

typedef struct xs_guard_rule {
  xs_text id;
  const xs_expression *test; /* true: met */
  const xs_expression *when; /* asked only then; NULL: always */
  const xs_expression *at;   /* where the evidence stands in the case; NULL: where the fact does */
  xs_ground ground;
  xs_text basis; /* id of the entry of the rule pack, or law:article */
  xs_say zh, en; /* what is said when it is not met */
  xs_span span;
} xs_guard_rule;

typedef struct xs_after_rule {
  const xs_expression *date;
  xs_text name, name_en;
} xs_after_rule;

typedef struct xs_open_rule {
  size_t track; /* index */
  const xs_expression *each;
} xs_open_rule;

typedef struct xs_paper_rule {
  xs_text template_id;
  const xs_expression *when; /* NULL: always */
  bool states_copy;          /* else it is that of the state that the step leads to */
  xs_copy copy;
  xs_span span;
} xs_paper_rule;

typedef struct xs_step_rule {
  xs_text id; /* no other step of the workflow has it */
  const xs_avt *name, *name_en;
  const size_t *from; /* indices of states of the track */
  size_t from_count, to;
  const xs_expression *date; /* of the fact, from the node of the track; NULL: stated by who acts */
  const xs_text *moments;    /* that it brings about, from which limits run */
  size_t moment_count;
  const xs_text *roles;
  size_t role_count; /* 0: any */
  bool needs_reason, needs_evidence, settles;
  const xs_after_rule *afters;
  size_t after_count;
  const xs_guard_rule *guards;
  size_t guard_count;
  const xs_open_rule *opens;
  size_t open_count;
  const xs_paper_rule *papers;
  size_t paper_count;
  xs_span span, moment_span, role_span;
} xs_step_rule;

typedef struct xs_track_rule {
  xs_text id, name, name_en;
  const xs_expression *about; /* the nodes it follows, from the case element */
  const xs_expression *key;   /* from such a node; NULL: there is one track of this kind */
  bool starts;                /* with the case */
  const xs_text *moments;     /* that come without a step */
  size_t moment_count;
  const xs_state_rule *states;
  size_t state_count; /* the first one is where it begins */
  const xs_step_rule *steps;
  size_t step_count;
  xs_span span, moment_span;
} xs_track_rule;

typedef struct xs_workflow {
  xs_arena *arena;
  xs_text id, version, name;
  const char *digest; /* of the file, hex */
  const xs_track_rule *tracks;
  size_t track_count;
} xs_workflow;

/*
 * Loads templates/workflow/bargaining.xml, or the file `path`. What is wrong with the table is said
 * with its place: names that stand for nothing, paths that no case has, states that cannot be
 * reached or left, steps that could never be made. XS_EINPUT leaves *out NULL. Places point into
 * `diags`, which must outlive the workflow.
 */
xs_status xs_workflow_load(xs_engine *engine, xs_diags *diags, xs_workflow **out);
xs_status xs_workflow_load_file(xs_engine *engine, xs_text path, xs_diags *diags,
                                xs_workflow **out);
void xs_workflow_free(xs_workflow *workflow); /* NULL is fine */

/*
 * Loads the file `path`, NULL for that of the engine, and holds it against all that it rests on:
 * laws, figures, requirements and limits that some rule pack has; templates; roles; the moments and
 * deadlines of deadlines.xml, each of which some step must bring about; the triggers of all packs.
 */
xs_status xs_workflow_check(xs_engine *engine, const char *path, xs_diags *diags);

/* By id; NULL, or XS_NO_STATE, when there is none. */
const xs_track_rule *xs_workflow_track(const xs_workflow *workflow, xs_text kind);
const xs_step_rule *xs_workflow_step(const xs_workflow *workflow, xs_text id,
                                     const xs_track_rule **track);
size_t xs_track_state(const xs_track_rule *track, xs_text id);

/* ---- where a case stands ---- */

typedef struct xs_track {
  xs_text kind, key, state;
} xs_track;

typedef struct xs_position {
  xs_track *tracks;
  size_t count;
} xs_position;

/* The position a case starts from: the tracks that begin with the case, each in its first state. */
xs_status xs_position_start(xs_arena *a, const xs_workflow *workflow, const xs_case *kase,
                            xs_diags *diags, xs_position *out);
/* The track of a kind and key; NULL when there is none. */
const xs_track *xs_position_find(const xs_position *position, xs_text kind, xs_text key);

/* ---- steps ---- */

/* All borrowed. */
typedef struct xs_attempt {
  const xs_workflow *workflow;
  const xs_case *kase;
  const xs_rules *rules;
  const xmlNode *record; /* what $record stands for; NULL: nothing happened yet */
  const xs_position *position;
  xs_text step;
  xs_text key;  /* of the track; empty: the only one of its kind */
  xs_date date; /* year 0: that of the fact */
  xs_text reason;
  size_t evidence_count;
  xs_text role; /* of who acts; empty: not asked */
} xs_attempt;

/* Something that stands in the way of a step, or is doubtful about it. */
typedef struct xs_hindrance {
  xs_diag_code code;
  xs_text guard; /* id; empty: not a guard */
  xs_text words; /* in the language of the process, with the article */
  xs_text law;   /* such as r22:36; empty when it is none, or is not verified */
  xs_span at;    /* the evidence */
} xs_hindrance;

/* What a step comes to. */
typedef struct xs_move {
  xs_text step, name;
  xs_track before, after;
  xs_date date;
  xs_track *opened; /* tracks that begin, in their first states */
  size_t opened_count;
  xs_text paper;       /* template id; may be empty */
  const xmlNode *node; /* in the case: what the track follows … */
  const xmlNode *fact; /* … and the fact of the step; NULL: it has none */
  xs_copy copy;        /* of what is printed afterwards */
  bool settles;        /* 草案 becomes 定稿 */
  bool needs_reason, needs_evidence;
  bool is_possible;
  xs_hindrance *hindrances;
  size_t hindrance_count;
} xs_move;

/*
 * One step. XS_EINPUT: one diagnostic for each thing that stands in the way – all guards that are
 * not met, not only the first –, with its evidence and its article; *out is set all the same when
 * the step is known. What rests on rules that were not verified warns only. Changes nothing.
 */
xs_status xs_workflow_try(xs_arena *a, const xs_attempt *attempt, xs_diags *diags, xs_move *out);

/*
 * Every step that leaves the present states, in the order of the position and of the file, and
 * whether it would be refused. Of the attempt, step, key, reason and evidence are not looked at:
 * that a reason or evidence is needed stands in the move. Diagnostics are made only of mistakes in
 * the workflow.
 */
xs_status xs_workflow_next(xs_arena *a, const xs_attempt *attempt, xs_diags *diags, xs_move **out,
                           size_t *count);

/* What a step is called, values in its name worked out over the case, in Chinese or in English; its
 * id where it is not known or they cannot be. `step` and `key` of the attempt say which one. */
xs_status xs_workflow_step_name(xs_arena *a, const xs_attempt *attempt, bool in_chinese,
                                xs_text *out);

/* Which copy of a paper about this track is printed in its present state. */
xs_copy xs_workflow_copy(const xs_workflow *workflow, const xs_track *track);

#endif
