/*
 * Parts that official papers and contracts have in common, put together from paragraphs, tables
 * and groups. A template may define the styles named here; without them each part has a form of
 * its own after GB/T 9704.
 */
#include "base/text.h"
#include "template/fill.h"

static const xs_len dashed_line = XS_PT(3) / 4;
enum { RED = 0xff0000 };

/* A style of the template, or a plain one without indents that the caller may still change. */
static xs_para_style *own_style(xs_fill *f, const char *name, const xs_style *plain)
{
  const xs_style *named = xs_fill_named_style(f, name);
  const xs_para_style *base = xs_fill_keep_style(f, named ? named : plain);
  xs_para_style *own = base ? XS_NEW(f->a, xs_para_style) : NULL;
  if (!own) return NULL;
  *own = *base;
  if (named) return own;
  own->first_indent = own->left = own->right = own->before = own->after = 0;
  own->align = XS_ALIGN_LEFT;
  return own;
}

/* Blocks inside a part that name no style take this one. */
static const xs_style *inner_style(xs_fill *f, const char *name, const xs_style *plain)
{
  const xs_style *named = xs_fill_named_style(f, name);
  const xs_para_style *base = named ? NULL : xs_fill_keep_style(f, plain);
  xs_style *own = base ? XS_NEW(f->a, xs_style) : NULL;
  if (!own) return named;
  *own = (xs_style){.para = *base};
  own->para.first_indent = own->para.left = own->para.right = 0;
  return own;
}

/* The words of one element as a paragraph. */
static xs_status add_words(xs_fill *f, const xs_node *n, const xmlNode *context,
                           const xs_para_style *style, xs_flow *flow)
{
  xs_words words = {.style = style->text};
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  return xs_flow_paragraph(f, flow, style, &words, n->span) ? XS_OK : XS_ENOMEM;
}

static xs_block *push_group(xs_fill *f, xs_flow *flow, const xs_node *n, const xs_flow *inner)
{
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_GROUP, n->span, XS_NOWHERE);
  if (b) b->u.group = (xs_group){.blocks = xs_flow_take(inner), .keep_together = true};
  return b;
}

static size_t count_children(const xs_node *n, xs_element e)
{
  size_t count = 0;
  for (const xs_node *c = xs_node_child(n, e); c; c = xs_node_after(c, e)) count++;
  return count;
}

/* A table of one kind of columns without lines; cells are the caller's. */
static xs_status push_plain_table(xs_fill *f, xs_flow *flow, const xs_node *n,
                                  const xs_column *columns, size_t column_count, const xs_row *rows,
                                  size_t row_count)
{
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_TABLE, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  b->u.table = (xs_table){.columns = columns,
                          .column_count = column_count,
                          .rows = rows,
                          .row_count = row_count,
                          .align = XS_ALIGN_CENTER,
                          .continued_style = flow->style->para.text};
  return XS_OK;
}

/* ---- 签章栏 ---- */

static xs_status fill_side(xs_fill *f, const xs_node *side, const xmlNode *context,
                           const xs_style *style, uint32_t column, xs_cell *c)
{
  xs_flow inner = {.style = style};
  xs_status st = xs_fill_each(f, side->first, context, xs_emit_block, &inner);
  *c = (xs_cell){.column = column,
                 .colspan = 1,
                 .rowspan = 1,
                 .valign = XS_VALIGN_TOP,
                 .blocks = xs_flow_take(&inner),
                 .span = side->span};
  return st;
}

xs_status xs_fill_signoff(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  size_t count = count_children(n, XS_E_SIDE);
  xs_cell *cells = XS_NEW_ARRAY(f->a, count + 1, xs_cell);
  xs_column *columns = XS_NEW_ARRAY(f->a, count + 1, xs_column);
  xs_row *row = XS_NEW(f->a, xs_row);
  const xs_style *style = inner_style(f, "签章", flow->style);
  if (!cells || !columns || !row || !style) return XS_ENOMEM;
  struct xs_builder *sections = f->sections;
  f->sections = NULL;
  xs_status st = XS_OK;
  size_t i = 0;
  for (const xs_node *s = xs_node_child(n, XS_E_SIDE); s && !st; s = xs_node_after(s, XS_E_SIDE)) {
    columns[i] = (xs_column){XS_WIDTH_SHARE, 1};
    st = fill_side(f, s, context, style, (uint32_t)i, &cells[i]);
    i++;
  }
  f->sections = sections;
  *row = (xs_row){.cells = cells, .cell_count = count, .span = n->span};
  xs_flow inner = {.style = style};
  if (!st) st = push_plain_table(f, &inner, n, columns, count, row, 1);
  xs_block *b = st ? NULL : push_group(f, flow, n, &inner);
  if (!b) return st ? st : XS_ENOMEM;
  b->u.group.keep_with = xs_node_count(n, XS_A_WITH, 2);
  return XS_OK;
}

/* ---- 回执 ---- */

xs_status xs_fill_receipt(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_flow inner = {.style = inner_style(f, "回执", flow->style)};
  xs_para_style *heading = own_style(f, "回执标题", flow->style);
  if (!inner.style || !heading) return XS_ENOMEM;
  const xs_attr *title = xs_node_attr(n, XS_A_TITLE);
  xs_status st = XS_OK;
  if (title) {
    if (!xs_fill_named_style(f, "回执标题")) heading->align = XS_ALIGN_CENTER;
    heading->keep_next = true;
    xs_words words = {.style = heading->text};
    st = xs_words_add(f, &words, title->text, title->span, XS_NOWHERE);
    if (!st && !xs_flow_paragraph(f, &inner, heading, &words, title->span)) st = XS_ENOMEM;
  }
  struct xs_builder *sections = f->sections;
  f->sections = NULL;
  if (!st) st = xs_fill_each(f, n->first, context, xs_emit_block, &inner);
  f->sections = sections;
  xs_block *b = st ? NULL : push_group(f, flow, n, &inner);
  if (!b) return st ? st : XS_ENOMEM;
  b->u.group.keep_with = xs_node_count(n, XS_A_WITH, 2);
  b->u.group.top = (xs_line_style){dashed_line, XS_BLACK, true};
  b->u.group.padding_y = inner.style->para.text.size / 2;
  b->u.group.before = inner.style->para.leading;
  return XS_OK;
}

/* ---- 版头 ---- */

static xs_para_style *mark_style(xs_fill *f, const xs_flow *flow)
{
  xs_para_style *style = own_style(f, "发文机关标志", flow->style);
  if (!style || xs_fill_named_style(f, "发文机关标志")) return style;
  style->text = (xs_char_style){.role = XS_ROLE_XIAOBIAO, .size = XS_PT(36), .color = RED};
  style->leading = XS_PT(44);
  style->align = XS_ALIGN_CENTER;
  style->before = xs_len_of_micron(35000);
  return style;
}

/* The words of one element of the mark, which never break. */
static xs_status mark_words(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  bool was_unbreakable = words->unbreakable;
  words->unbreakable = true;
  xs_status st = n ? xs_fill_each(f, n->first, context, xs_emit_words, words) : XS_OK;
  words->unbreakable = was_unbreakable;
  return st ? st : xs_words_fold(f, words);
}

/* As wide as full-width characters are. */
static int64_t width_of(const xs_words *words)
{
  int64_t width = 0;
  for (size_t i = 0; i < words->count; i++) {
    const xs_inline *w = &words->items[i];
    if (w->kind == XS_INLINE_TEXT)
      width += (int64_t)xs_text_char_count(w->u.text.text) * w->style.size;
    else if (w->kind == XS_INLINE_BOX)
      width += w->u.box.width;
  }
  return width;
}

/* Long names are set smaller, so that a name, with 文件 beside it, stands on one line: what is
 * `width` wide goes into `room`. */
typedef struct shrink {
  int64_t room, width;
} shrink;

static xs_len shrunk(const shrink *s, xs_len length)
{
  return s->width > s->room && s->room > 0 ? (xs_len)(length * s->room / s->width) : length;
}

/* The size of the largest characters, so that the mark begins where these begin. */
static xs_len largest_of(const xs_words *words, xs_len otherwise)
{
  xs_len size = 0;
  for (size_t i = 0; i < words->count; i++)
    if (words->items[i].style.size > size) size = words->items[i].style.size;
  return size > 0 ? size : otherwise;
}

static xs_block *push_mark(xs_fill *f, xs_flow *flow, xs_para_style *style, xs_words *words,
                           const shrink *s, xs_span span)
{
  xs_para_style *own = XS_NEW(f->a, xs_para_style);
  if (!own) return NULL;
  *own = *style;
  xs_len size = largest_of(words, own->text.size);
  own->leading = (xs_len)((int64_t)shrunk(s, own->leading) * size / own->text.size);
  own->text.size = shrunk(s, size);
  for (size_t i = 0; i < words->count; i++) {
    xs_inline *w = &words->items[i];
    w->style.size = shrunk(s, w->style.size);
    if (w->kind == XS_INLINE_BOX) w->u.box.width = shrunk(s, w->u.box.width);
  }
  return xs_flow_paragraph(f, flow, own, words, span);
}

static xs_status one_issuer(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_para_style *style = mark_style(f, flow);
  if (!style) return XS_ENOMEM;
  xs_words words = {.style = style->text};
  xs_status st = mark_words(f, xs_node_child(n, XS_E_ISSUER), context, &words);
  if (!st) st = mark_words(f, xs_node_child(n, XS_E_WORD), context, &words);
  if (st) return st;
  const shrink s = {f->measure, width_of(&words)};
  return push_mark(f, flow, style, &words, &s, n->span) ? XS_OK : XS_ENOMEM;
}

static const xs_len mark_padding = XS_PT(4);

static xs_status push_mark_cell(xs_fill *f, const xs_node *n, xs_para_style *style, xs_words *words,
                                const shrink *s, xs_cell *c)
{
  xs_flow inner = {.style = &f->t->plain};
  if (!push_mark(f, &inner, style, words, s, n->span)) return XS_ENOMEM;
  *c = (xs_cell){.colspan = 1,
                 .rowspan = 1,
                 .padding_x = mark_padding,
                 .blocks = xs_flow_take(&inner),
                 .span = n->span};
  return XS_OK;
}

/* The words of every issuer, and the width of the longest. */
static xs_status read_issuers(xs_fill *f, const xs_node *n, const xmlNode *context,
                              xs_char_style style, xs_words *issuers, int64_t *longest)
{
  xs_status st = XS_OK;
  size_t i = 0;
  for (const xs_node *issuer = xs_node_child(n, XS_E_ISSUER); issuer && !st;
       issuer = xs_node_after(issuer, XS_E_ISSUER)) {
    issuers[i].style = style;
    st = mark_words(f, issuer, context, &issuers[i]);
    int64_t width = st ? 0 : width_of(&issuers[i++]);
    if (width > *longest) *longest = width;
  }
  return st;
}

/* The empty part of a line above its characters, and below them. */
static xs_len half_slack(const xs_para_style *style)
{
  return (style->leading - style->text.size) / 2;
}

/* Names one below another, spread to the width of the longest; 文件 at their right, in the
 * middle of their height. */
static xs_status several_issuers(xs_fill *f, const xs_node *n, const xmlNode *context,
                                 xs_flow *flow)
{
  size_t count = count_children(n, XS_E_ISSUER), used = 0, row = 0;
  int64_t longest = 0;
  const xs_node *word = xs_node_child(n, XS_E_WORD);
  xs_para_style *spread = mark_style(f, flow), *plain = mark_style(f, flow);
  xs_words *issuers = XS_NEW_ARRAY(f->a, count, xs_words);
  xs_cell *cells = XS_NEW_ARRAY(f->a, count + 1, xs_cell);
  xs_row *rows = XS_NEW_ARRAY(f->a, count, xs_row);
  xs_column *columns = XS_NEW_ARRAY(f->a, 2, xs_column);
  if (!spread || !plain || !issuers || !cells || !rows || !columns) return XS_ENOMEM;
  xs_words beside = {.style = plain->text};
  xs_status st = read_issuers(f, n, context, spread->text, issuers, &longest);
  if (!st) st = mark_words(f, word, context, &beside);
  if (st) return st;
  xs_len paddings = (word ? 4 : 2) * mark_padding;
  const shrink s = {f->measure - paddings, longest + width_of(&beside)};
  spread->align = XS_ALIGN_SPREAD;
  columns[0] = columns[1] = (xs_column){XS_WIDTH_CONTENT, 0};
  xs_len above = spread->before - shrunk(&s, half_slack(spread));
  xs_block *space = xs_flow_push(f, flow, XS_BLOCK_SPACE, n->span, XS_NOWHERE);
  if (!space) return XS_ENOMEM;
  space->u.space.height = above > 0 ? above : 0;
  spread->before = plain->before = 0;
  for (const xs_node *i = xs_node_child(n, XS_E_ISSUER); i && !st;
       i = xs_node_after(i, XS_E_ISSUER)) {
    bool has_word = row == 0 && word;
    rows[row] = (xs_row){.cells = &cells[used], .cell_count = has_word ? 2 : 1, .span = i->span};
    st = push_mark_cell(f, i, spread, &issuers[row++], &s, &cells[used++]);
    if (st || !has_word) continue;
    st = push_mark_cell(f, word, plain, &beside, &s, &cells[used]);
    cells[used].column = 1;
    cells[used++].rowspan = (uint32_t)count;
  }
  return st ? st : push_plain_table(f, flow, n, columns, word ? 2 : 1, rows, count);
}

static xs_para_style *number_style(xs_fill *f, const xs_flow *flow)
{
  xs_para_style *style = own_style(f, "发文字号", flow->style);
  if (style && !xs_fill_named_style(f, "发文字号")) style->before = 2 * style->leading;
  return style;
}

/* 发文字号 in the middle, or at the left with 签发人 at the right. */
static xs_status number_line(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  const xs_node *number = xs_node_child(n, XS_E_NUMBER), *signer = xs_node_child(n, XS_E_SIGNER);
  if (!number && !signer) return XS_OK;
  xs_para_style *style = number_style(f, flow);
  if (!style) return XS_ENOMEM;
  style->align = signer ? XS_ALIGN_LEFT : XS_ALIGN_CENTER;
  if (signer) style->left = style->right = style->text.size;
  xs_words words = {.style = style->text};
  xs_status st = XS_OK;
  if (number) st = xs_fill_each(f, number->first, context, xs_emit_words, &words);
  if (!st && signer && !xs_words_push(f, &words, XS_INLINE_FILL, signer->span, XS_NOWHERE))
    st = XS_ENOMEM;
  if (!st && signer) st = xs_fill_each(f, signer->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  return xs_flow_paragraph(f, flow, style, &words, n->span) ? XS_OK : XS_ENOMEM;
}

xs_status xs_fill_red_head(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_flow inner = {.style = flow->style};
  bool has_number = xs_node_child(n, XS_E_NUMBER) || xs_node_child(n, XS_E_SIGNER);
  const xs_para_style *last = has_number ? number_style(f, flow) : mark_style(f, flow);
  if (!last) return XS_ENOMEM;
  xs_status st = count_children(n, XS_E_ISSUER) > 1 ? several_issuers(f, n, context, &inner)
                                                    : one_issuer(f, n, context, &inner);
  if (!st) st = number_line(f, n, context, &inner);
  xs_block *rule = st ? NULL : xs_flow_push(f, &inner, XS_BLOCK_RULE, n->span, XS_NOWHERE);
  if (!rule) return st ? st : XS_ENOMEM;
  rule->u.rule.line = (xs_line_style){XS_PT(2), RED, false};
  rule->u.rule.before = xs_len_of_micron(4000) - half_slack(last);
  xs_block *b = push_group(f, flow, n, &inner);
  if (!b) return XS_ENOMEM;
  b->u.group.at_top = true;
  return XS_OK;
}

/* ---- 版记 ---- */

static xs_para_style *imprint_style(xs_fill *f, const xs_flow *flow)
{
  xs_para_style *style = own_style(f, "版记", flow->style);
  if (!style || xs_fill_named_style(f, "版记")) return style;
  style->text = (xs_char_style){.role = XS_ROLE_FANGSONG, .size = XS_PT(14)};
  style->leading = XS_PT(24);
  style->left = style->right = style->text.size;
  return style;
}

/* 印发机关 at the left, the date at the right. */
static xs_status printer_line(xs_fill *f, const xs_node *n, const xmlNode *context,
                              const xs_para_style *style, xs_flow *flow)
{
  const xs_node *printer = xs_node_child(n, XS_E_PRINTER);
  const xs_node *printed = xs_node_child(n, XS_E_PRINTED);
  xs_words words = {.style = style->text};
  xs_status st = XS_OK;
  if (printer) st = xs_fill_each(f, printer->first, context, xs_emit_words, &words);
  if (!st && !xs_words_push(f, &words, XS_INLINE_FILL, n->span, XS_NOWHERE)) st = XS_ENOMEM;
  if (!st && printed) st = xs_fill_each(f, printed->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  return xs_flow_paragraph(f, flow, style, &words, n->span) ? XS_OK : XS_ENOMEM;
}

xs_status xs_fill_imprint(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  const xs_line_style thick = {xs_len_of_micron(350), XS_BLACK, false};
  const xs_line_style thin = {xs_len_of_micron(250), XS_BLACK, false};
  xs_para_style *style = imprint_style(f, flow);
  xs_para_style *copies = imprint_style(f, flow);
  if (!style || !copies) return XS_ENOMEM;
  xs_flow inner = {.style = flow->style};
  const xs_node *copy_to = xs_node_child(n, XS_E_COPY_TO);
  xs_status st = XS_OK;
  if (copy_to) { /* further lines stand below the first name behind 抄送： */
    copies->left += 3 * copies->text.size;
    copies->first_indent = -3 * copies->text.size;
    st = add_words(f, copy_to, context, copies, &inner);
    xs_block *rule = st ? NULL : xs_flow_push(f, &inner, XS_BLOCK_RULE, copy_to->span, XS_NOWHERE);
    if (!rule) return st ? st : XS_ENOMEM;
    rule->u.rule.line = thin;
  }
  st = printer_line(f, n, context, style, &inner);
  xs_block *b = st ? NULL : push_group(f, flow, n, &inner);
  if (!b) return st ? st : XS_ENOMEM;
  b->u.group.at_bottom = true;
  b->u.group.top = b->u.group.bottom = thick;
  return XS_OK;
}

/* ---- 附件说明 ---- */

enum { MAX_KEPT_ATTACHMENTS = 8 }; /* a list that is longer may go over two pages */

typedef struct attachments {
  xs_words *items; /* the words of each */
  size_t count, capacity;
  xs_char_style style;
} attachments;

static xs_status emit_attachment(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  attachments *list = (attachments *)to;
  if (n->element != XS_E_ATTACHMENT) return XS_OK;
  xs_words words = {.style = list->style};
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, &words);
  if (!st) st = xs_words_fold(f, &words);
  if (st) return st;
  xs_words *slot = XS_PUSH(f->a, list->items, list->count, list->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = words;
  return XS_OK;
}

static xs_inline box_of(const xs_node *n, xs_char_style style, xs_text text, xs_len width)
{
  return (xs_inline){.kind = XS_INLINE_BOX,
                     .style = style,
                     .span = n->span,
                     .u.box = {.width = width, .text = text, .align = XS_ALIGN_LEFT}};
}

/* 附件：1.甲 – 附件： and the number stand in boxes, so that every line of a name begins below its
 * first character. One attachment has no number. */
static xs_status add_attachment(xs_fill *f, const xs_node *n, const attachments *list, size_t i,
                                const xs_para_style *plain, xs_flow *flow)
{
  xs_len em = plain->text.size;
  bool numbered = list->count > 1;
  xs_len number_width = numbered ? (list->count > 9 ? em * 27 / 20 : em * 17 / 20) : 0;
  xs_para_style *style = XS_NEW(f->a, xs_para_style);
  if (!style) return XS_ENOMEM;
  *style = *plain;
  style->align = XS_ALIGN_JUSTIFY;
  style->keep_lines = true;
  style->left += 3 * em + number_width;
  style->first_indent = -number_width - (i == 0 ? 3 * em : 0);
  xs_words words = {.style = plain->text};
  xs_inline boxes[2];
  size_t box_count = 0;
  if (i == 0) boxes[box_count++] = box_of(n, plain->text, XS_LIT("附件："), 3 * em);
  if (numbered) {
    xs_text number = xs_arena_printf(f->a, "%zu.", i + 1);
    if (!number.ptr) return XS_ENOMEM;
    boxes[box_count++] = box_of(n, plain->text, number, number_width);
  }
  for (size_t k = 0; k < box_count + list->items[i].count; k++) {
    xs_inline *slot = XS_PUSH(f->a, words.items, words.count, words.capacity);
    if (!slot) return XS_ENOMEM;
    *slot = k < box_count ? boxes[k] : list->items[i].items[k - box_count];
  }
  return xs_flow_paragraph(f, flow, style, &words, n->span) ? XS_OK : XS_ENOMEM;
}

xs_status xs_fill_attachments(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_para_style *style = own_style(f, "附件说明", flow->style);
  if (!style) return XS_ENOMEM;
  if (!xs_fill_named_style(f, "附件说明")) style->left = 2 * style->text.size;
  style->first_indent = 0;
  attachments list = {.style = style->text};
  xs_flow inner = {.style = flow->style};
  xs_status st = xs_fill_each(f, n->first, context, emit_attachment, &list);
  for (size_t i = 0; i < list.count && !st; i++) st = add_attachment(f, n, &list, i, style, &inner);
  xs_block *b = st ? NULL : push_group(f, flow, n, &inner);
  if (!b) return st ? st : XS_ENOMEM;
  b->u.group.keep_together = list.count <= MAX_KEPT_ATTACHMENTS;
  b->u.group.keep_with = 2; /* it is no text that a sign-off could stand with */
  return XS_OK;
}
