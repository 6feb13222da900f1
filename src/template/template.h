/*
 * Templates: loaded and compiled once, then filled from any number of cases.
 *
 * A compiled template is read-only and may be shared between threads. Its digest covers the
 * template, its bases and all libraries it includes.
 */
#ifndef XS_TEMPLATE_TEMPLATE_H
#define XS_TEMPLATE_TEMPLATE_H

#include "data/case.h"
#include "data/rules.h"
#include "model/document.h"

typedef struct xs_template xs_template;

/*
 * Sources that templates share: each file is read and checked once. Templates made from them must
 * be freed first. NULL when out of memory; free accepts NULL.
 */
typedef struct xs_sources xs_sources;
xs_sources *xs_sources_new(const xs_host *host);
void xs_sources_free(xs_sources *s);

/* Where templates come from. All borrowed. */
typedef struct xs_template_place {
  const xs_host *host;
  xs_text dir;                  /* searched for ID.xml, sub-folders too */
  const xs_schema *schema;      /* of templates */
  const xs_schema *case_schema; /* for the names that paths may use */
  xs_sources *sources;          /* shared with other templates; NULL: the template has its own */
} xs_template_place;

/* `which` is an id or, when it ends in .xml, a path. */
xs_status xs_template_load(const xs_template_place *place, xs_text which, xs_diags *diags,
                           xs_template **out);
void xs_template_free(xs_template *t);
xs_text xs_template_id(const xs_template *t);
xs_text xs_template_name(const xs_template *t);
xs_text xs_template_version(const xs_template *t);
xs_text xs_template_paper(const xs_template *t); /* 文书种类; empty when not stated */
const char *xs_template_digest(const xs_template *t);

/* Looks whether the template has the clause that a case takes by this name; warns at `at` when not,
 * with the nearest that there is. */
void xs_template_check_clause(const xs_template *t, xs_text name, xs_span at, xs_diags *diags);

typedef struct xs_fill_options {
  xs_copy copy;
  uint32_t date; /* YYYYMMDD: the day printed where a paper says today */
  bool blank;    /* an empty form to be filled by hand */
  size_t item;   /* which of the nodes the template is about, from 1; 0: the last. Ignored when
                    `about` is given. */
  const xmlNode *about;  /* the node the paper is about; NULL: by `item` */
  const xmlNode *packet; /* what $packet stands for (contents, cover); NULL: nothing */
  const xmlNode *record; /* what $record stands for (steps, sign-offs, log); NULL: nothing */
} xs_fill_options;

/*
 * The nodes of the case the template is about (`for`), in document order, in `a`; a template that
 * does not say what it is about has one, NULL.
 */
xs_status xs_template_nodes(xs_arena *a, const xs_template *t, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                            const xmlNode *const **nodes, size_t *count);

/* Fills a template. On any error *out stays NULL and the diagnostics say what is wrong. */
xs_status xs_template_fill(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                           const xs_fill_options *options, xs_diags *diags, xs_document **out);

/* The value of one expression with our functions, as text; `kase` may be NULL. */
xs_status xs_template_eval(xs_arena *a, xs_text expression, const xs_case *kase,
                           const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                           xs_text *out);

/* One function of the expression language, for `eval --list`. False when i is past the end. */
typedef struct xs_function_view {
  const char *name, *arguments, *example, *result;
  const char *what; /* untranslated msgid */
} xs_function_view;
bool xs_function_at(size_t i, xs_function_view *out);

#endif
