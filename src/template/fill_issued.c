/* 署名、成文日期、印章: the words of each; layout/issued.c finds their places. */
#include "template/fill.h"

typedef struct issuers {
  xs_paragraph *names, *below;
  size_t name_count, name_capacity, below_count, below_capacity;
  const xs_para_style *style;
} issuers;

/* The words of one element as a paragraph at the end of its list. */
static xs_status emit_part(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  issuers *list = (issuers *)to;
  bool is_name = n->element == XS_E_BY;
  if (!is_name && n->element != XS_E_LINE && n->element != XS_E_DATE) return XS_OK;
  xs_words words = {.style = list->style->text};
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  xs_paragraph *p = is_name ? XS_PUSH(f->a, list->names, list->name_count, list->name_capacity)
                            : XS_PUSH(f->a, list->below, list->below_count, list->below_capacity);
  if (!p) return XS_ENOMEM;
  *p = (xs_paragraph){.style = list->style, .inlines = words.items, .inline_count = words.count};
  return XS_OK;
}

xs_status xs_fill_issued(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  const xs_style *named = xs_fill_named_style(f, "落款");
  issuers list = {.style = xs_fill_keep_style(f, named ? named : flow->style)};
  if (!list.style) return XS_ENOMEM;
  xs_status st = xs_fill_each(f, n->first, context, emit_part, &list);
  if (st) return st;
  if (!list.name_count || !list.below_count) {
    xs_diag(f->diags, XS_D_CONTENT_KIND, n->span,
            _("“issued” needs at least one “by” and a “date”"));
    return XS_OK;
  }
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_ISSUED, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  b->u.issued = (xs_issued){.names = list.names,
                            .name_count = list.name_count,
                            .below = list.below,
                            .below_count = list.below_count,
                            .sealed = !xs_node_is(n, XS_A_SEAL, "no"),
                            .keep_with = xs_node_count(n, XS_A_WITH, 2)};
  return XS_OK;
}
