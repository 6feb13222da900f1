/*
 * Packet plans: which papers belong to a packet, in which order and under which condition.
 *
 * A plan is loaded and its expressions are compiled once; it is read-only then. What it says of
 * one case is worked out in packet/select.c.
 */
#ifndef XS_PACKET_PLAN_H
#define XS_PACKET_PLAN_H

#include "data/xml.h"
#include "template/expression.h"

/* One line of a plan: a paper made from a template, or a file that the case attaches. */
typedef struct xs_plan_entry {
  xs_text number;
  xs_text template_id; /* empty: an attached file */
  xs_text title;       /* empty: the template's name, or the attachment's title */
  xs_copy copy;
  const xs_expression *each, *when, *need; /* NULL when not stated */
  const xs_expression *named;              /* the title, worked out */
  const xs_expression *law;                /* in place of `source` */
  const xs_expression *by, *date, *mark;   /* for the contents */
  xs_text why, source, remark;
  xs_span span, template_span, need_span, source_span;
} xs_plan_entry;

typedef struct xs_plan_part {
  xs_text name;
  const xs_plan_entry *entries;
  size_t entry_count;
} xs_plan_part;

/* A template that the plan names for pages of the packet itself; empty when it names none. */
typedef struct xs_plan_page {
  xs_text template_id;
  xs_span span;
} xs_plan_page;

typedef struct xs_plan {
  xs_arena *arena;
  xs_text id, version, name;
  const char *digest; /* of the file, hex */
  xs_plan_page cover, contents, missing, divider, note, attached;
  const xs_plan_part *parts;
  size_t part_count;
} xs_plan;

/* Where plans come from. All borrowed. */
typedef struct xs_plan_place {
  const xs_host *host;
  xs_text dir; /* holds ID.xml */
  const xs_schema *schema;
  const xs_schema *case_schema; /* for the names that paths may use */
} xs_plan_place;

/* `which` is an id or, when it ends in .xml, a path. */
xs_status xs_plan_load(const xs_plan_place *place, xs_text which, xs_diags *diags, xs_plan **out);
void xs_plan_free(xs_plan *plan);

#endif
