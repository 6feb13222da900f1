/*
 * Rule packs for people: which there are, what each says, in what two of them differ; and the site,
 * the rules that an operator lays over them.
 *
 *   xs_pack *pack = NULL;
 *   xs_rule_view rule;
 *   xs_pack_open(engine, "山东", diags, &pack);
 *   xs_pack_ask(pack, "送审", diags);
 *   for (size_t i = 0; xs_pack_rule_at(pack, i, &rule); i++) …
 *   xs_pack_close(pack);
 */
#ifndef XIESHANG_RULES_H
#define XIESHANG_RULES_H

#include "xieshang/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Files of the operator, laid over every rule pack from now on, the last on top; they are read when
 * a pack is opened next. The paths are copied. None takes the site away again. XS_ENOMEM leaves the
 * engine as it was.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_site(xs_engine *engine, const char *const *paths,
                                              size_t count);

/* ---- packs ---- */

/* What a pack says of itself. */
typedef struct xs_pack_view {
  xs_text id, name, version;
  xs_text base;    /* the id of the pack it lies over; may be empty */
  xs_text applies; /* the kinds of contract its own figures are for; empty: all */
  xs_text site;    /* the ids of the operator's files that lie over it, the topmost first */
  xs_text digest;  /* SHA-256 of all that it says, hex */
} xs_pack_view;

/*
 * The i-th pack of the data folder, in the order of the ids. Past the end out->id.ptr is NULL. The
 * texts live as long as the engine. One that cannot be used is reported and left out.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_pack_at(xs_engine *engine, size_t i, xs_diags *diags,
                                                 xs_pack_view *out);

typedef struct xs_pack xs_pack;

/*
 * Opens a pack by its id, by the name of the place (山东, 宁波市), or by a file that ends in .xml:
 * a pack with its bases and laws beside it, a file of a site, which is laid over the packs of the
 * engine, or what a store kept of a pack. The site of the engine lies over it only when it is asked
 * for by id or name. The engine must outlive it.
 */
XS_API XS_MUST_CHECK xs_status xs_pack_open(xs_engine *engine, const char *which, xs_diags *diags,
                                            xs_pack **out);
XS_API void xs_pack_close(xs_pack *pack); /* NULL is fine */

XS_API xs_pack_view xs_pack_about(const xs_pack *pack);
/* The i-th remark for readers. False past the end. */
XS_API int xs_pack_remark_at(const xs_pack *pack, size_t i, xs_text *out);

/* One entry of a pack. What it does not state is empty. The texts live as long as the pack. */
typedef struct xs_rule_view {
  xs_text kind; /* limit, figure, materials, requirement, paper, basis, law */
  xs_text id, name;
  xs_text step, step_name;
  xs_text says;         /* 10日; 2/3; the materials; 待核实 when it was not verified */
  xs_text trigger;      /* of a limit: the id of the moment */
  xs_text trigger_name; /* and what that is called */
  xs_text direction;    /* forward or backward */
  xs_text n, unit;      /* only when it was verified */
  xs_text roll;         /* on or not: a last day on a holiday */
  xs_text stopped_by, actor;
  xs_text contracts; /* the kinds of contract it holds for; empty: all */
  xs_text from, to;  /* YYYY-MM-DD; empty: without end */
  xs_text source;    /* r22:32 */
  xs_text law;       /* 《集体合同规定》第三十二条 */
  xs_text grade;
  xs_text pack; /* the id of the file it is from */
  xs_text text;
  int verified; /* it may be shown as law */
  int window;   /* from so long before the trigger until it */
} xs_rule_view;

/*
 * Narrows the pack to a step or to entries, by id or name: filing, 送审, 公布. NULL shows all
 * again. XS_EINPUT when nothing is called so.
 */
XS_API XS_MUST_CHECK xs_status xs_pack_ask(xs_pack *pack, const char *asked, xs_diags *diags);
/* The i-th entry of what was asked for, by step. False past the end. */
XS_API int xs_pack_rule_at(const xs_pack *pack, size_t i, xs_rule_view *out);

/* ---- what is different ---- */

typedef enum xs_rule_change_kind {
  XS_RULE_CHANGED,
  XS_RULE_ADDED,
  XS_RULE_REMOVED
} xs_rule_change_kind;

typedef struct xs_rule_change {
  xs_rule_change_kind kind;
  xs_rule_view before, after; /* all empty where there is none */
} xs_rule_change;

/* One attribute in which an entry changed; the text of the entry is the field "text". */
typedef struct xs_rule_field {
  xs_text name, before, after;
} xs_rule_field;

typedef struct xs_pack_changes xs_pack_changes;

/* Compares two packs entry by entry, the laws among them; both must outlive the result. */
XS_API XS_MUST_CHECK xs_status xs_pack_compare(const xs_pack *before, const xs_pack *after,
                                               xs_pack_changes **out);
XS_API void xs_pack_changes_free(xs_pack_changes *changes);
XS_API int xs_pack_change_at(const xs_pack_changes *changes, size_t i, xs_rule_change *out);
/* The k-th field in which the i-th change differs. False past the end. */
XS_API int xs_pack_field_at(const xs_pack_changes *changes, size_t i, size_t k, xs_rule_field *out);

#ifdef __cplusplus
}
#endif

#endif
