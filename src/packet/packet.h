/*
 * A packet in the making. Each step finishes its part of xs_packet and leaves the rest alone:
 *
 *   select    which papers the plan wants of this case, and which are missing
 *   set       the pages of each paper
 *   settle    the packet's own pages (cover, contents, …), whose number decides on what page
 *             each paper begins, which in turn stands in the contents
 *   bind      one page list of them all, with running page numbers and bookmarks
 *   manifest  what is in the archive, with digests
 */
#ifndef XS_PACKET_PACKET_H
#define XS_PACKET_PACKET_H

#include "base/buf.h"
#include "packet/engine.h"
#include "packet/plan.h"

/* One paper (件). */
typedef struct xs_paper {
  const xs_plan_entry *entry;
  size_t part;          /* index */
  const xmlNode *about; /* the node of the case; NULL: the whole case */
  const xs_template *t; /* NULL: an attached file without a page of its own */
  xs_text name;         /* for the file name */
  xs_text title;        /* 题名, as on the paper */
  xs_text organ, date, mark, remark;
  xs_text file;  /* name in the packet; empty: an attachment on paper */
  xs_text bytes; /* of that file */
  const xs_pagelist *pages;
  uint32_t order; /* 顺序号, from 1 */
  uint32_t first_page, page_count;
  bool failed; /* it could not be made; diagnostics say why */
} xs_paper;

/* What the plan demands and the case lacks. */
typedef struct xs_missing {
  const xs_plan_entry *entry;
  xs_text title, reason, law;
} xs_missing;

typedef enum xs_leaf_place { XS_LEAF_FRONT, XS_LEAF_DIVIDER, XS_LEAF_BACK } xs_leaf_place;

/* A page or pages of the packet itself. */
typedef struct xs_leaf {
  xs_leaf_place place;
  size_t part; /* that a divider stands before */
  const xs_template *t;
  xs_text title; /* the bookmark */
  const xs_pagelist *pages;
  uint32_t first_page, page_count;
} xs_leaf;

typedef struct xs_packet {
  xs_engine *engine;
  const xs_plan *plan;
  const xs_case *kase;
  const xs_rules *rules;
  const xmlNode *record; /* of the case in a store; NULL: it comes from a file */
  const xs_packet_options *options;
  uint32_t date;
  xs_diags *diags;
  xs_arena *a; /* owns all of this, the page lists too */

  xs_paper *papers;
  size_t paper_count, paper_capacity;
  xs_missing *missing;
  size_t missing_count, missing_capacity;
  xs_leaf *leaves; /* in the order of the packet; the papers of a part follow its divider */
  size_t leaf_count, leaf_capacity;
  uint32_t page_count;
} xs_packet;

/* Fills papers and missing. XS_EINPUT when papers are missing and that is not allowed. */
xs_status xs_packet_select(xs_packet *p);

/* Sets and writes every paper: pages, title, bytes. */
xs_status xs_packet_set(xs_packet *p);

/* Sets the packet's own pages; all page numbers are known then. */
xs_status xs_packet_settle(xs_packet *p);

/* Joins all pages. The list borrows from the packet. */
xs_status xs_packet_bind(xs_packet *p, xs_pagelist **out);

/* What a packet consists of, in order. Calls `leaf` or `paper` for each; either may stop the walk
 * with a status. */
typedef struct xs_packet_visitor {
  xs_status (*leaf)(void *arg, xs_leaf *leaf);
  xs_status (*paper)(void *arg, xs_paper *paper);
  xs_status (*part)(void *arg, size_t part); /* before its divider; may be NULL */
  void *arg;
} xs_packet_visitor;
xs_status xs_packet_walk(xs_packet *p, const xs_packet_visitor *visitor);

/* What templates see as $packet: an XML tree in `a`. */
xs_status xs_packet_tree(xs_packet *p, xs_arena *a, xmlDocPtr *out);

/* A template of the engine, with a note where the plan names it when it cannot be loaded. */
xs_status xs_packet_template(xs_packet *p, xs_text id, xs_span named, const xs_template **out);

/* A fill and its pages, which live as long as `a`. */
xs_status xs_packet_pages(xs_packet *p, xs_arena *a, const xs_template *t,
                          const xs_fill_options *options, const xs_document **doc,
                          const xs_pagelist **pages);

#endif
