/*
 * Filling: a compiled template and a case become a document.
 *
 *   sections ─ fill.c        paragraphs, boxes ─ fill_block.c    words ─ fill_words.c
 *   tables ─ fill_table.c    sign-offs, red heads ─ fill_parts.c
 *
 * Conditions, loops, variables and inserted blocks mean the same wherever they stand
 * (fill_control.c). It walks over the children of an element, decides, and hands every other
 * element to the emitter of its level: blocks, words, columns, rows, cells. An emitter puts what
 * it makes into the list `to` of its level.
 *
 * References may point forward. A template that has any is filled twice: the first pass learns
 * the numbers of all paragraphs that have an id, the second one writes them.
 */
#ifndef XS_TEMPLATE_FILL_H
#define XS_TEMPLATE_FILL_H

#include "template/compiled.h"
#include "template/evaluation.h"
#include "template/label.h"
#include "template/numbering.h"

typedef struct xs_fill {
  const xs_template *t;
  const xs_fill_options *options;
  const xs_host *host;
  xs_diags *diags;
  xs_arena *a; /* of the document */
  xs_evaluation ev;
  xs_counters counters;
  xs_labels *labels;
  struct xs_builder *sections;  /* NULL where no section may begin */
  const xs_para_style **styles; /* of the template, copied when first used; the last is plain */
  xs_picture **pictures;        /* each file is read once */
  size_t picture_count, picture_capacity;
  size_t pixels;                 /* of all pictures */
  unsigned char *block_contents; /* what each definition holds, found out when first asked */
  xs_len measure;                /* of the page under way */
  size_t steps, bytes, blocks;
  unsigned depth, insert_depth, block_depth;
  bool in_edge; /* in a head or a foot of the page */
} xs_fill;

/* The node the paper is about, as ev->options say; NULL: the template does not say. One that the
 * case does not have is a diagnostic and XS_EINPUT. */
xs_status xs_fill_find_item(xs_evaluation *ev, const xs_template *t, const xmlNode **out);

/* Blocks on their way into a section, a group or a cell. */
typedef struct xs_flow {
  xs_block *items;
  size_t count, capacity;
  const xs_style *style; /* of paragraphs that name none */
  bool has_align;
  xs_align align; /* of paragraphs that state none */
  bool in_cell;
} xs_flow;

/* Words on their way into a paragraph. */
typedef struct xs_words {
  xs_inline *items;
  size_t count, capacity;
  xs_char_style style;
  bool unbreakable;
  bool in_cell;
  size_t blank_count; /* boxes that nobody asked for, on a blank form */
} xs_words;

/*
 * XS_OK also after a diagnostic: the fill goes on to find the next mistake, and counts the errors
 * at its end. XS_ENOMEM and XS_ELIMIT end it.
 */
typedef xs_status xs_emit(xs_fill *f, const xs_node *n, const xmlNode *context, void *to);

/* Everything from `first` on, one after another. Variables set on the way are gone at the end. */
xs_status xs_fill_each(xs_fill *f, const xs_node *first, const xmlNode *context, xs_emit *emit,
                       void *to);
/* The nodes an element loops over, sorted as it says; *blank_rounds stands for them on a blank
 * form, 0 otherwise. `of` is the attribute that selects them. */
xs_status xs_fill_loop(xs_fill *f, const xs_node *n, xs_attribute of, const xmlNode *context,
                       const xmlNode *const **nodes, size_t *count, size_t *blank_rounds);
/* Is what stands here words, rather than paragraphs? */
bool xs_fill_holds_words(const xs_fill *f, const xs_node *first);
/* What is put in place of a block, which a derived template may have replaced. */
const xs_node *xs_fill_block_content(const xs_fill *f, const xs_node *block);
/* Counts one instruction and `bytes` of output. */
xs_status xs_fill_spend(xs_fill *f, const xs_node *n, size_t bytes);
/* Drops what has been reported: XS_EINPUT becomes XS_OK. */
xs_status xs_fill_go_on(xs_status st);

/* Emitters. */
xs_status xs_emit_block(xs_fill *f, const xs_node *n, const xmlNode *context, void *flow);
xs_status xs_emit_words(xs_fill *f, const xs_node *n, const xmlNode *context, void *words);

/* Blocks of an element that holds either blocks or words. */
xs_status xs_fill_content(xs_fill *f, const xs_node *first, const xmlNode *context, xs_flow *flow,
                          xs_span span);
xs_blocks xs_flow_take(const xs_flow *flow);
xs_block *xs_flow_push(xs_fill *f, xs_flow *flow, xs_block_kind kind, xs_span span, xs_span from);
/* A paragraph of words that are there already; NULL when out of memory. */
xs_block *xs_flow_paragraph(xs_fill *f, xs_flow *flow, const xs_para_style *style,
                            const xs_words *words, xs_span span);
/* The style named by the attribute, or `otherwise`. */
const xs_style *xs_fill_style(const xs_fill *f, const xs_node *n, const xs_style *otherwise);
/* A style by its name, or NULL. Templates may define it; the caller has a form of its own. */
const xs_style *xs_fill_named_style(const xs_fill *f, const char *name);
/* How a style's paragraphs look, in the document's arena; NULL when out of memory. */
const xs_para_style *xs_fill_keep_style(xs_fill *f, const xs_style *style);

/* Words are copied. White space is folded, then taken as one text. */
xs_status xs_words_fold(xs_fill *f, xs_words *words);
xs_text xs_words_text(xs_fill *f, const xs_words *words);
xs_inline *xs_words_push(xs_fill *f, xs_words *words, xs_inline_kind kind, xs_span span,
                         xs_span from);
xs_status xs_words_add(xs_fill *f, xs_words *words, xs_text text, xs_span span, xs_span from);

/* fill_table.c, fill_parts.c, fill_issued.c, fill_picture.c */
xs_status xs_fill_table(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_signoff(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_receipt(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_red_head(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_imprint(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_attachments(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_issued(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);
xs_status xs_fill_picture(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words);

/* fill.c */
xs_status xs_fill_section(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow);

#endif
