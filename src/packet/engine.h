/*
 * Inside the engine: what is opened once and kept, and the one place where the stages meet.
 *
 *   template ─ fill ─▶ document ─ layout ─▶ page list
 *
 * Places in a cached template point into the list of diagnostics that it was loaded with. A call
 * with another list drops templates, plans and rule packs, so that they are loaded anew for it.
 */
#ifndef XS_PACKET_ENGINE_H
#define XS_PACKET_ENGINE_H

#include "base/arena.h"
#include "base/diag.h"
#include "data/calendar.h"
#include "data/case.h"
#include "data/rules.h"
#include "layout/layout.h"
#include "output/pdf.h"
#include "packet/plan.h"
#include "packet/shelf.h"
#include "template/template.h"
#include "xieshang/rules.h"

typedef enum xs_vocabulary {
  XS_VOCABULARY_CASE,
  XS_VOCABULARY_TEMPLATE,
  XS_VOCABULARY_PLAN,
  XS_VOCABULARY_RULES,
  XS_VOCABULARY_FORMAT,
  XS_VOCABULARY_ROLES,
  XS_VOCABULARY_CALENDAR,
  XS_VOCABULARY_WORKFLOW,
  XS_VOCABULARY_DEADLINES,
  XS_VOCABULARY_COUNT
} xs_vocabulary;

typedef struct xs_kept_template {
  xs_text which;
  xs_template *t;
} xs_kept_template;

typedef struct xs_kept_plan {
  xs_text which;
  xs_plan *plan;
} xs_kept_plan;

typedef struct xs_kept_rules {
  xs_text id;
  xs_rules *rules;
} xs_kept_rules;

struct xs_engine {
  const xs_host *host;
  xs_arena *arena; /* paths, schemas */
  xs_text data_dir;
  xs_text template_dir; /* data_dir/templates */
  xs_text producer;     /* "xieshang 0.1.0", of every PDF file */
  const xs_schema *schemas[XS_VOCABULARY_COUNT];
  xs_fontset *fonts;
  xs_calendar *calendar;
  xs_arena *site_arena; /* holds the paths of the site; NULL: there is none */
  xs_rules_site site;
  xs_pack_view *packs; /* of the rule packs there are, once somebody asked */
  size_t pack_count, pack_capacity;
  bool packs_listed;
  xs_text icc; /* the colour profile of the PDF files; empty when the system has none */
  bool looked_for_icc;

  const xs_diags *loaded_for; /* the list that the caches below point into */
  xs_arena *kept;             /* the three lists */
  xs_sources *sources;        /* of all templates */
  xs_kept_template *templates;
  size_t template_count, template_capacity;
  xs_kept_plan *plans;
  size_t plan_count, plan_capacity;
  xs_kept_rules *rules;
  size_t rules_count, rules_capacity;

  xs_shelf shelf, plan_shelf; /* what there is, for those who ask */
};

/* Each is opened at its first use and kept. Borrowed from the engine. */
xs_status xs_engine_schema(xs_engine *engine, xs_vocabulary which, xs_diags *diags,
                           const xs_schema **out);
xs_status xs_engine_fonts(xs_engine *engine, xs_diags *diags, xs_fontset **out);
/* A profile for the output intent. Empty, with a warning the first time, when the system has none
 * that PDF/A-1 allows. */
xs_text xs_engine_icc(xs_engine *engine, xs_diags *diags);
xs_status xs_engine_template(xs_engine *engine, xs_text which, xs_diags *diags,
                             const xs_template **out);
xs_status xs_engine_plan(xs_engine *engine, xs_text which, xs_diags *diags, const xs_plan **out);
/* The rule pack that a case names; "national" when it names none or is NULL. */
xs_status xs_engine_rules(xs_engine *engine, const xs_case *kase, xs_diags *diags,
                          const xs_rules **out);
/* The pack of this id, the site of the engine over it. */
xs_status xs_engine_rules_named(xs_engine *engine, xs_text id, xs_diags *diags,
                                const xs_rules **out);

/* The root of the file that has the moments of cases, in `a`: <moment id name>. NULL when there is
 * none that can be read; nothing is reported. Fails only for want of memory. */
xs_status xs_engine_moments(xs_engine *engine, xs_arena *a, const xmlNode **out);

/* The calendar of working days. */
xs_status xs_engine_calendar(xs_engine *engine, xs_diags *diags, const xs_calendar **out);

/* The day to print: `wanted`, or the latest date of the case, or today. `wanted` that is no day of
 * the calendar is an error. */
xs_status xs_engine_date(const xs_engine *engine, const xs_case *kase, uint32_t wanted,
                         xs_diags *diags, uint32_t *out);

/* How a PDF file is written; its origin is left to the caller. */
xs_pdf_options xs_engine_pdf_options(xs_engine *engine, uint32_t date, bool flatten,
                                     xs_diags *diags);
xs_pdf_origin xs_engine_pdf_origin(const xs_template *t, xs_copy copy);

/*
 * What one paper is made of. A case in the store brings the rule pack that it began with, and the
 * record of what happened to it; without them the pack is the one that the case names, and $record
 * is empty. Without a case the paper is made of the record alone, or is an empty form.
 */
typedef struct xs_paper_order {
  const char *which;     /* a template id or a path that ends in .xml */
  const xs_case *kase;   /* or NULL */
  const xs_rules *rules; /* or NULL */
  const xmlNode *record; /* or NULL */
  xs_render_options options;
} xs_paper_order;

/* xs_engine_render and xs_engine_dump, for such an order. */
xs_status xs_engine_render_order(xs_engine *engine, const xs_paper_order *order, xs_diags *diags,
                                 xs_bytes *out);
xs_status xs_engine_dump_order(xs_engine *engine, const xs_paper_order *order, xs_stage stage,
                               xs_diags *diags, xs_bytes *out);

/* The same for a packet. With a record its manifest states the head of the log. */
typedef struct xs_packet_order {
  const char *which; /* a plan id or a path that ends in .xml */
  const xs_case *kase;
  const xs_rules *rules; /* or NULL */
  const xmlNode *record; /* or NULL */
  const xs_packet_options *options;
} xs_packet_order;
xs_status xs_engine_packet_order(xs_engine *engine, const xs_packet_order *order, const char *dir,
                                 xs_diags *diags);

/*
 * Fills a template and sets its pages. The caller frees the page list and then the document,
 * which pictures of the pages may stand in; on failure both are NULL.
 */
xs_status xs_engine_set(xs_engine *engine, const xs_template *t, const xs_case *kase,
                        const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                        xs_document **doc, xs_pagelist **pages);

#endif
