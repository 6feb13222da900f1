/*
 * The patterns of a RELAX NG schema, for explaining what libxml2 has found to be wrong.
 *
 * What an element may hold is followed by derivatives: the derivative of a pattern by a child is
 * the pattern of what may still come after it. Attributes, text and data count as empty there; they
 * are looked at one by one.
 */
#ifndef XS_DATA_SCHEMA_PATTERN_H
#define XS_DATA_SCHEMA_PATTERN_H

#include "base/arena.h"

#include <libxml/tree.h>
#include <libxml/xmlregexp.h>
#include <stdbool.h>

typedef enum xs_pattern_kind {
  XS_PATTERN_NOTHING, /* fits nothing */
  XS_PATTERN_EMPTY,
  XS_PATTERN_TEXT,
  XS_PATTERN_DATA,  /* text of a type */
  XS_PATTERN_VALUE, /* exactly this text */
  XS_PATTERN_LIST,  /* words, each of which fits `a` */
  XS_PATTERN_ATTRIBUTE,
  XS_PATTERN_ELEMENT,
  XS_PATTERN_GROUP,      /* a, then b */
  XS_PATTERN_INTERLEAVE, /* a and b in any order */
  XS_PATTERN_CHOICE,     /* a or b */
  XS_PATTERN_MORE,       /* a once or several times */
  XS_PATTERN_REF,
} xs_pattern_kind;

typedef struct xs_pattern xs_pattern;

typedef struct xs_define {
  xs_text name;
  const xs_pattern *pattern;
} xs_define;

struct xs_pattern {
  xs_pattern_kind kind;
  xs_text name;            /* element, attribute; the type of data; the text of a value */
  const xs_pattern *a, *b; /* a: also the content of an element or attribute */
  const xs_define *define; /* ref */
  const char *form;        /* data: the regular expression it must fit, or NULL */
  xmlRegexpPtr regexp;
};

typedef struct xs_grammar {
  xs_arena *arena;
  const xs_pattern *start;
  xs_define *defines;
  size_t define_count;
  xs_text ns;
  bool out_of_memory; /* while it was read */
} xs_grammar;

/* Reads the grammar in `root`, which libxml2 has accepted. XS_EINPUT when it uses a part of
 * RELAX NG that our schemas do not use. */
xs_status xs_grammar_read(xs_arena *a, const xmlNode *root, xs_grammar *out);

/* The grammar that a schema was read from. */
struct xs_schema;
const xs_grammar *xs_schema_grammar(const struct xs_schema *schema);

/* Derivatives, each kept once, so that a thousand children of one kind cost no more than two. */
typedef struct xs_pattern_pool {
  xs_arena *arena;
  const xs_pattern **slots; /* a hash table, at most half full */
  size_t slot_count, count;
} xs_pattern_pool;

/* What a reference stands for; any other pattern is itself. */
const xs_pattern *xs_pattern_itself(const xs_pattern *p);
/* May the children end here? */
bool xs_pattern_is_nullable(const xs_pattern *p);
/* What may follow behind a child of this name; XS_PATTERN_NOTHING when it may not stand here.
 * NULL when out of memory. */
const xs_pattern *xs_pattern_derive(xs_pattern_pool *pool, const xs_pattern *p, xs_text child);
/* a or b; NULL when out of memory. */
const xs_pattern *xs_pattern_choice(xs_pattern_pool *pool, const xs_pattern *p,
                                    const xs_pattern *q);

extern const xs_pattern xs_pattern_nothing;
extern const xs_pattern xs_pattern_empty;

/*
 * Calls `visit` for every pattern of these kinds (a bit for each) within `p`, elements and
 * attributes not entered. A false answer ends the walk, and it is then false itself.
 */
#define XS_PATTERN_BIT(kind) (1u << (kind))
bool xs_pattern_visit(const xs_pattern *p, unsigned kinds,
                      bool (*visit)(void *arg, const xs_pattern *found), void *arg);
/* The same for the elements that may stand first. */
bool xs_pattern_visit_first(const xs_pattern *p, bool (*visit)(void *arg, const xs_pattern *found),
                            void *arg);

/* What a child of this name may hold: what any pattern that stands for it within `around` allows.
 * XS_PATTERN_NOTHING when none does; NULL when out of memory. */
const xs_pattern *xs_pattern_content(xs_pattern_pool *pool, const xs_pattern *around,
                                     xs_text child);

/* Does the text fit a pattern made of text, data, values and lists? */
bool xs_pattern_fits_text(const xs_pattern *p, xs_text t);

#endif
