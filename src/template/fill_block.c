/* Paragraphs, boxes, rules and spaces. */
#include "base/limits.h"
#include "base/text.h"
#include "template/fill.h"

enum { BYTES_OF_BLOCK = 256 };

static const xs_len hairline = XS_PT(1) / 2;

xs_blocks xs_flow_take(const xs_flow *flow)
{
  return (xs_blocks){flow->items, flow->count};
}

xs_block *xs_flow_push(xs_fill *f, xs_flow *flow, xs_block_kind kind, xs_span span, xs_span from)
{
  if (++f->blocks > XS_MAX_BLOCKS) return NULL;
  f->bytes += BYTES_OF_BLOCK;
  xs_block *slot = XS_PUSH(f->a, flow->items, flow->count, flow->capacity);
  if (slot) *slot = (xs_block){.kind = kind, .span = span, .from = from};
  return slot;
}

const xs_style *xs_fill_style(const xs_fill *f, const xs_node *n, const xs_style *otherwise)
{
  const xs_attr *attr = xs_node_attr(n, XS_A_STYLE);
  const xs_style *style = attr ? xs_template_style(f->t, attr->text) : NULL;
  return style ? style : otherwise;
}

const xs_style *xs_fill_named_style(const xs_fill *f, const char *name)
{
  return xs_template_style(f->t, xs_text_of(name));
}

const xs_para_style *xs_fill_keep_style(xs_fill *f, const xs_style *style)
{
  const xs_template *t = f->t;
  uintptr_t first = (uintptr_t)t->styles, at = (uintptr_t)style;
  size_t i = t->style_count;
  if (at >= first && at < first + t->style_count * sizeof *style)
    i = (at - first) / sizeof *style;
  else if (style != &t->plain)
    return &style->para; /* made by this fill */
  if (f->styles[i]) return f->styles[i];
  xs_para_style *copy = XS_NEW(f->a, xs_para_style);
  if (!copy) return NULL;
  *copy = style->para;
  copy->name = xs_arena_text(f->a, style->para.name.len ? style->para.name : XS_LIT(""));
  if (!copy->name.ptr) return NULL;
  f->styles[i] = copy;
  return copy;
}

/* ---- paragraphs ---- */

static bool overrides_style(const xs_node *n)
{
  static const xs_attribute ids[] = {XS_A_ALIGN,  XS_A_FIRST, XS_A_LEFT,     XS_A_RIGHT,
                                     XS_A_BEFORE, XS_A_AFTER, XS_A_KEEP_NEXT};
  for (size_t i = 0; i < XS_COUNT(ids); i++)
    if (xs_node_attr(n, ids[i])) return true;
  return false;
}

/* The style of a paragraph with what its attributes, and the cell around it, say. */
static const xs_para_style *paragraph_style(xs_fill *f, const xs_node *n, const xs_flow *flow,
                                            const xs_style *named)
{
  const xs_para_style *style = xs_fill_keep_style(f, named ? named : flow->style);
  bool takes_align = flow->has_align && !named;
  if (!style || (!takes_align && !overrides_style(n))) return style;
  xs_para_style *own = XS_NEW(f->a, xs_para_style);
  if (!own) return NULL;
  *own = *style;
  xs_len em = own->text.size;
  if (takes_align) own->align = flow->align;
  xs_align_parse(xs_node_word(n, XS_A_ALIGN), &own->align);
  own->first_indent = xs_node_length(n, XS_A_FIRST, em, own->first_indent);
  own->left = xs_node_length(n, XS_A_LEFT, em, own->left);
  own->right = xs_node_length(n, XS_A_RIGHT, em, own->right);
  own->before = xs_node_length(n, XS_A_BEFORE, em, own->before);
  own->after = xs_node_length(n, XS_A_AFTER, em, own->after);
  if (xs_node_attr(n, XS_A_KEEP_NEXT)) own->keep_next = xs_node_is(n, XS_A_KEEP_NEXT, "yes");
  return own;
}

xs_block *xs_flow_paragraph(xs_fill *f, xs_flow *flow, const xs_para_style *style,
                            const xs_words *words, xs_span span)
{
  xs_span from = XS_NOWHERE;
  for (size_t i = 0; i < words->count && !from.source; i++) from = words->items[i].from;
  xs_block *b = style ? xs_flow_push(f, flow, XS_BLOCK_PARAGRAPH, span, from) : NULL;
  if (!b) return NULL;
  b->u.paragraph =
      (xs_paragraph){.style = style, .inlines = words->items, .inline_count = words->count};
  return b;
}

/* The next number goes in front: label and gap. */
static xs_status number_words(xs_fill *f, const xs_node *n, const xs_para_style *style,
                              xs_words *words, xs_text *label)
{
  const xs_node *numbering = NULL;
  xs_status st = xs_counters_next(&f->counters, xs_node_word(n, XS_A_NUMBER),
                                  xs_node_place(n, XS_A_NUMBER), f->diags, label, &numbering);
  if (st) return xs_fill_go_on(st);
  xs_words numbered = {.style = style->text};
  xs_role_find(xs_node_word(numbering, XS_A_ROLE), &numbered.style.role);
  st = xs_words_add(f, &numbered, *label, xs_node_place(n, XS_A_NUMBER), XS_NOWHERE);
  numbered.style = style->text;
  const xs_attr *gap = xs_node_attr(numbering, XS_A_GAP);
  if (!st && gap) st = xs_words_add(f, &numbered, gap->text, gap->span, XS_NOWHERE);
  for (size_t i = 0; i < words->count && !st; i++) {
    xs_inline *slot = XS_PUSH(f->a, numbered.items, numbered.count, numbered.capacity);
    if (!slot) return XS_ENOMEM;
    *slot = words->items[i];
  }
  *words = numbered;
  return st;
}

static xs_status add_label(xs_fill *f, const xs_node *n, const xmlNode *context, xs_text label)
{
  const xs_avt *id = xs_node_avt(n, XS_A_ID);
  xs_text text;
  if (!id) return XS_OK;
  xs_status st = xs_evaluate_avt(&f->ev, id, context, &text);
  if (st) return xs_fill_go_on(st);
  return xs_labels_add(f->labels, text, xs_number_reference(label), xs_node_place(n, XS_A_ID));
}

static bool holds_elements(const xs_node *n)
{
  for (const xs_node *c = n->first; c; c = c->next)
    if (c->element != XS_E_WORDS) return true;
  return false;
}

static xs_status fill_paragraph(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  const xs_style *named = xs_fill_style(f, n, NULL);
  const xs_para_style *style = paragraph_style(f, n, flow, named);
  if (!style) return XS_ENOMEM;
  xs_words words = {.style = style->text, .in_cell = flow->in_cell};
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  if (words.count == 0 && holds_elements(n)) return XS_OK; /* all of it fell away */
  xs_text label = XS_LIT("");
  if (xs_node_attr(n, XS_A_NUMBER)) st = number_words(f, n, style, &words, &label);
  if (!st) st = add_label(f, n, context, label);
  if (st) return st;
  xs_block *b = xs_flow_paragraph(f, flow, style, &words, n->span);
  if (!b) return XS_ENOMEM;
  uint32_t inherited = named ? named->outline : 0;
  uint32_t outline = xs_node_count(n, XS_A_OUTLINE, inherited);
  if (outline > 6) outline = 6;
  if (words.count == 0) outline = 0;
  b->u.paragraph.outline = (uint8_t)outline;
  if (outline) b->u.paragraph.bookmark = xs_words_text(f, &words);
  return XS_OK;
}

/* ---- content of cells, inserted blocks and the like ---- */

static xs_status fill_words_as_paragraph(xs_fill *f, const xs_node *first, const xmlNode *context,
                                         xs_flow *flow, xs_span span)
{
  const xs_para_style *plain = xs_fill_keep_style(f, flow->style);
  xs_para_style *style = plain ? XS_NEW(f->a, xs_para_style) : NULL;
  if (!style) return XS_ENOMEM;
  *style = *plain;
  if (flow->has_align) style->align = flow->align;
  xs_words words = {.style = style->text, .in_cell = flow->in_cell};
  xs_status st = xs_fill_each(f, first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  bool only_blanks = words.blank_count > 0 && words.blank_count == words.count;
  if (flow->in_cell && only_blanks) words.count = 0; /* the cell itself is the blank */
  return xs_flow_paragraph(f, flow, style, &words, span) ? XS_OK : XS_ENOMEM;
}

xs_status xs_fill_content(xs_fill *f, const xs_node *first, const xmlNode *context, xs_flow *flow,
                          xs_span span)
{
  if (xs_fill_holds_words(f, first)) return fill_words_as_paragraph(f, first, context, flow, span);
  return xs_fill_each(f, first, context, xs_emit_block, flow);
}

/* ---- the others ---- */

static xs_status fill_box(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_flow inner = {.style = flow->style,
                   .has_align = flow->has_align,
                   .align = flow->align,
                   .in_cell = flow->in_cell};
  struct xs_builder *sections = f->sections;
  f->sections = NULL;
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_block, &inner);
  f->sections = sections;
  if (st || inner.count == 0) return st;
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_GROUP, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  xs_len em = flow->style->para.text.size;
  bool dashed = xs_node_is(n, XS_A_DASHED, "yes");
  xs_len all = xs_node_length(n, XS_A_BORDER, em, 0);
  xs_line_style line = {all, XS_BLACK, dashed};
  xs_group *g = &b->u.group;
  *g = (xs_group){.blocks = xs_flow_take(&inner),
                  .keep_together = xs_node_is(n, XS_A_KEEP, "yes"),
                  .keep_with = xs_node_count(n, XS_A_WITH, 0),
                  .at_top = xs_node_is(n, XS_A_AT, "top"),
                  .at_bottom = xs_node_is(n, XS_A_AT, "bottom"),
                  .top = line,
                  .right = line,
                  .bottom = line,
                  .left = line};
  g->top.width = xs_node_length(n, XS_A_BORDER_TOP, em, all);
  g->bottom.width = xs_node_length(n, XS_A_BORDER_BOTTOM, em, all);
  g->padding_x = all ? xs_node_length(n, XS_A_PADDING, em, 0) : 0;
  g->padding_y = xs_node_length(n, XS_A_PADDING, em, 0);
  g->before = xs_node_length(n, XS_A_BEFORE, em, 0);
  g->after = xs_node_length(n, XS_A_AFTER, em, 0);
  return XS_OK;
}

static xs_status fill_rule(xs_fill *f, const xs_node *n, xs_flow *flow)
{
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_RULE, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  xs_len em = flow->style->para.text.size;
  b->u.rule.line.width = xs_node_length(n, XS_A_WIDTH, em, hairline);
  b->u.rule.line.dashed = xs_node_is(n, XS_A_DASHED, "yes");
  xs_color_parse(xs_node_word(n, XS_A_COLOR), &b->u.rule.line.color);
  b->u.rule.before = xs_node_length(n, XS_A_BEFORE, em, 0);
  b->u.rule.after = xs_node_length(n, XS_A_AFTER, em, 0);
  b->u.rule.left = xs_node_length(n, XS_A_LEFT, em, 0);
  b->u.rule.right = xs_node_length(n, XS_A_RIGHT, em, 0);
  return XS_OK;
}

static xs_status fill_space(xs_fill *f, const xs_node *n, xs_flow *flow)
{
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_SPACE, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  b->u.space.height = xs_node_length(n, XS_A_HEIGHT, flow->style->para.text.size, 0);
  return XS_OK;
}

static xs_status refuse_words(xs_fill *f, const xs_node *n)
{
  if (n->element == XS_E_WORDS && xs_text_trim(n->words).len == 0) return XS_OK;
  xs_diag(f->diags, XS_D_CONTENT_KIND, n->span, _("“%s” cannot stand among paragraphs"),
          xs_element_name(n->element));
  return XS_OK;
}

static xs_status fill_one(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  switch (n->element) {
  case XS_E_P:
    return fill_paragraph(f, n, context, flow);
  case XS_E_TABLE:
    return xs_fill_table(f, n, context, flow);
  case XS_E_BOX:
    return fill_box(f, n, context, flow);
  case XS_E_RULE:
    return fill_rule(f, n, flow);
  case XS_E_SPACE:
    return fill_space(f, n, flow);
  case XS_E_PAGE_BREAK:
    return xs_flow_push(f, flow, XS_BLOCK_PAGE_BREAK, n->span, XS_NOWHERE) ? XS_OK : XS_ENOMEM;
  case XS_E_SECTION:
    return xs_fill_section(f, n, context, flow);
  case XS_E_SIGNOFF:
    return xs_fill_signoff(f, n, context, flow);
  case XS_E_RECEIPT:
    return xs_fill_receipt(f, n, context, flow);
  case XS_E_RED_HEAD:
    return xs_fill_red_head(f, n, context, flow);
  case XS_E_IMPRINT:
    return xs_fill_imprint(f, n, context, flow);
  case XS_E_ATTACHMENT_LIST:
    return xs_fill_attachments(f, n, context, flow);
  case XS_E_ISSUED:
    return xs_fill_issued(f, n, context, flow);
  default:
    return refuse_words(f, n);
  }
}

xs_status xs_emit_block(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  if (f->blocks >= XS_MAX_BLOCKS) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("the document has more than %u blocks"),
            XS_MAX_BLOCKS);
    return XS_ELIMIT;
  }
  if (f->block_depth >= XS_MAX_BLOCK_DEPTH) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("blocks stand more than %u deep in one another"),
            XS_MAX_BLOCK_DEPTH);
    return XS_ELIMIT;
  }
  f->block_depth++;
  xs_status st = fill_one(f, n, context, (xs_flow *)to);
  f->block_depth--;
  return st;
}
