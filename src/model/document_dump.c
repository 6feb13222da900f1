/*
 * The document as text:
 *
 *   document “集体协商要约书” offer-workers 1 filing
 *     section 210.0×297.0 mm, margins 37.0 26.0 35.0 28.0
 *       style title: 小标宋 22.00 leading 32.00 center
 *       paragraph title: “集体协商要约书”
 *       paragraph body: “根据” “《集体合同规定》” {黑}“第三十二条” box 30.00 underline
 *
 * A style is written out where it is first used, and again where the same name comes to mean
 * something else. Before a run stands in braces what sets it off from its paragraph's style.
 */
#include "base/text.h"
#include "model/dump.h"

enum { STYLES_KEPT = 64 };

typedef struct dumper {
  xs_buf *out;
  const xs_para_style *styles[STYLES_KEPT]; /* as last written, one for each name */
  size_t style_count, next_style;
} dumper;

static void dump_blocks(dumper *d, unsigned depth, xs_blocks blocks);

/* ---- styles ---------------------------------------------------------------------------------- */

static void dump_char_style(xs_buf *out, const xs_char_style *s)
{
  xs_buf_printf(out, "%s ", xs_role_title(s->role));
  xs_dump_pt(out, s->size);
  xs_dump_color(out, s->color);
  if (s->underline) xs_buf_str(out, " underline");
  if (s->tracking) {
    xs_buf_str(out, " tracking ");
    xs_dump_pt(out, s->tracking);
  }
  if (s->rise) {
    xs_buf_str(out, " rise ");
    xs_dump_pt(out, s->rise);
  }
}

static void dump_len(xs_buf *out, const char *key, xs_len len)
{
  if (!len) return;
  xs_buf_printf(out, " %s ", key);
  xs_dump_pt(out, len);
}

static void dump_para_style(xs_buf *out, unsigned depth, const xs_para_style *s)
{
  xs_dump_indent(out, depth);
  xs_buf_printf(out, "style %.*s: ", XS_TEXT(s->name));
  dump_char_style(out, &s->text);
  xs_buf_str(out, " leading ");
  xs_dump_pt(out, s->leading);
  xs_buf_printf(out, " %s", xs_align_name(s->align));
  dump_len(out, "first", s->first_indent);
  dump_len(out, "left", s->left);
  dump_len(out, "right", s->right);
  dump_len(out, "before", s->before);
  dump_len(out, "after", s->after);
  if (s->kinsoku) xs_buf_printf(out, " kinsoku %s", xs_kinsoku_set_name(s->kinsoku));
  if (s->grid) xs_buf_str(out, " grid");
  if (s->marks) xs_buf_printf(out, " marks %s", xs_marks_name(s->marks));
  if (s->hyphenate) xs_buf_str(out, " hyphenate");
  if (s->keep_next) xs_buf_str(out, " keep-next");
  if (s->keep_lines) xs_buf_str(out, " keep-lines");
  if (s->page_break_before) xs_buf_str(out, " page-break-before");
  xs_buf_str(out, "\n");
}

static bool same_char_style(const xs_char_style *a, const xs_char_style *b)
{
  return a->role == b->role && a->size == b->size && a->color == b->color &&
         a->underline == b->underline && a->tracking == b->tracking && a->rise == b->rise;
}

static bool same_para_style(const xs_para_style *a, const xs_para_style *b)
{
  return same_char_style(&a->text, &b->text) && a->align == b->align && a->leading == b->leading &&
         a->first_indent == b->first_indent && a->left == b->left && a->right == b->right &&
         a->before == b->before && a->after == b->after && a->kinsoku == b->kinsoku &&
         a->marks == b->marks && a->grid == b->grid && a->hyphenate == b->hyphenate &&
         a->keep_next == b->keep_next && a->keep_lines == b->keep_lines &&
         a->page_break_before == b->page_break_before;
}

/* Writes the style unless the reader has seen it under this name. */
static void introduce_style(dumper *d, unsigned depth, const xs_para_style *s)
{
  size_t i = 0;
  while (i < d->style_count && !xs_text_equal(d->styles[i]->name, s->name)) i++;
  if (i < d->style_count && same_para_style(d->styles[i], s)) return;
  if (i == d->style_count) {
    if (d->style_count < STYLES_KEPT) {
      d->style_count++;
    } else {
      i = d->next_style++ % STYLES_KEPT;
    }
  }
  d->styles[i] = s;
  dump_para_style(d->out, depth, s);
}

/* ---- inlines --------------------------------------------------------------------------------- */

/* What of a run's look its paragraph does not say already: {黑 16.00 #C00000 whole}. */
static void dump_difference(xs_buf *out, const xs_inline *in, const xs_char_style *base)
{
  const xs_char_style *s = &in->style;
  const char *space = "";
  if (same_char_style(s, base) && !in->unbreakable) return;
  xs_buf_str(out, "{");
  if (s->role != base->role) {
    xs_buf_str(out, xs_role_title(s->role));
    space = " ";
  }
  if (s->size != base->size) {
    xs_buf_str(out, space);
    xs_dump_pt(out, s->size);
    space = " ";
  }
  if (s->color != base->color) {
    xs_buf_printf(out, "%s#%06X", space, (unsigned)s->color);
    space = " ";
  }
  if (s->underline != base->underline) {
    xs_buf_printf(out, "%s%s", space, s->underline ? "underline" : "no-underline");
    space = " ";
  }
  if (s->tracking != base->tracking) {
    xs_buf_printf(out, "%stracking ", space);
    xs_dump_pt(out, s->tracking);
    space = " ";
  }
  if (s->rise != base->rise) {
    xs_buf_printf(out, "%srise ", space);
    xs_dump_pt(out, s->rise);
    space = " ";
  }
  if (in->unbreakable) xs_buf_printf(out, "%swhole", space);
  xs_buf_str(out, "}");
}

static void dump_box(xs_buf *out, const xs_inline *in)
{
  xs_buf_str(out, "box ");
  xs_dump_pt(out, in->u.box.width);
  if (in->u.box.underline) xs_buf_str(out, " underline");
  if (in->u.box.text.len) {
    xs_buf_printf(out, " %s ", xs_align_name(in->u.box.align));
    xs_dump_text(out, in->u.box.text);
  }
}

static void dump_picture(xs_buf *out, const xs_inline *in)
{
  xs_buf_printf(out, "%s ", in->u.picture.place == XS_PICTURE_OVER ? "seal" : "picture");
  xs_dump_text(out, in->u.picture.picture->name);
  xs_buf_str(out, " ");
  xs_dump_mm(out, in->u.picture.width);
  xs_buf_str(out, "×");
  xs_dump_mm(out, in->u.picture.height);
  xs_buf_str(out, " mm");
  if (in->u.picture.dx || in->u.picture.dy) {
    xs_buf_str(out, " moved ");
    xs_dump_mm(out, in->u.picture.dx);
    xs_buf_str(out, " ");
    xs_dump_mm(out, in->u.picture.dy);
  }
}

static void dump_inline(xs_buf *out, const xs_inline *in, const xs_char_style *base)
{
  dump_difference(out, in, base);
  switch (in->kind) {
  case XS_INLINE_TEXT:
    xs_dump_text(out, in->u.text.text);
    break;
  case XS_INLINE_BOX:
    dump_box(out, in);
    break;
  case XS_INLINE_PICTURE:
    dump_picture(out, in);
    break;
  case XS_INLINE_BREAK:
    xs_buf_str(out, "break");
    break;
  case XS_INLINE_FILL:
    xs_buf_str(out, "fill");
    if (in->u.fill.leader) {
      char utf8[4];
      xs_buf_str(out, " ");
      xs_dump_text(out, (xs_text){utf8, xs_text_encode(in->u.fill.leader, utf8)});
    }
    break;
  case XS_INLINE_PAGE_NUMBER:
    xs_buf_str(out, "page-number");
    break;
  case XS_INLINE_PAGE_COUNT:
    xs_buf_str(out, "page-count");
    break;
  }
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static void dump_line(xs_buf *out, const char *key, const xs_line_style *line)
{
  if (!line->width) return;
  xs_buf_printf(out, " %s ", key);
  xs_dump_pt(out, line->width);
  xs_dump_color(out, line->color);
  if (line->dashed) xs_buf_str(out, " dashed");
}

/* The four edges, as one word when they are alike. */
static void dump_edges(xs_buf *out, const xs_line_style *top, const xs_line_style *right,
                       const xs_line_style *bottom, const xs_line_style *left)
{
  const xs_line_style *all[] = {right, bottom, left};
  bool alike = true;
  for (size_t i = 0; i < XS_COUNT(all); i++) {
    alike = alike && all[i]->width == top->width && all[i]->color == top->color &&
            all[i]->dashed == top->dashed;
  }
  if (alike) {
    dump_line(out, "border", top);
    return;
  }
  dump_line(out, "top", top);
  dump_line(out, "right", right);
  dump_line(out, "bottom", bottom);
  dump_line(out, "left", left);
}

static void dump_padding(xs_buf *out, xs_len x, xs_len y)
{
  if (!x && !y) return;
  xs_buf_str(out, " padding ");
  xs_dump_pt(out, x);
  xs_buf_str(out, " ");
  xs_dump_pt(out, y);
}

static void dump_paragraph(dumper *d, unsigned depth, const xs_paragraph *p)
{
  xs_buf *out = d->out;
  introduce_style(d, depth, p->style);
  xs_dump_indent(out, depth);
  xs_buf_printf(out, "paragraph %.*s:", XS_TEXT(p->style->name));
  for (size_t i = 0; i < p->inline_count; i++) {
    xs_buf_str(out, " ");
    dump_inline(out, &p->inlines[i], &p->style->text);
  }
  if (p->outline) {
    xs_buf_printf(out, " outline %u ", (unsigned)p->outline);
    xs_dump_text(out, p->bookmark);
  }
  xs_buf_str(out, "\n");
}

static void dump_cell(dumper *d, unsigned depth, const xs_cell *cell)
{
  xs_buf *out = d->out;
  xs_dump_indent(out, depth);
  xs_buf_printf(out, "cell %u", (unsigned)cell->column);
  if (cell->colspan != 1) xs_buf_printf(out, " columns %u", (unsigned)cell->colspan);
  if (cell->rowspan != 1) xs_buf_printf(out, " rows %u", (unsigned)cell->rowspan);
  switch (cell->valign) {
  case XS_VALIGN_MIDDLE:
    break;
  case XS_VALIGN_TOP:
    xs_buf_str(out, " top");
    break;
  case XS_VALIGN_BOTTOM:
    xs_buf_str(out, " bottom");
    break;
  }
  if (cell->diagonal) xs_buf_str(out, " diagonal");
  if (cell->decimal) xs_buf_str(out, " decimal");
  if (cell->upright) xs_buf_str(out, " upright");
  if (cell->shrink_milli) xs_buf_printf(out, " shrink %d‰", (int)cell->shrink_milli);
  dump_edges(out, &cell->top, &cell->right, &cell->bottom, &cell->left);
  dump_padding(out, cell->padding_x, cell->padding_y);
  xs_buf_str(out, "\n");
  dump_blocks(d, depth + 1, cell->blocks);
}

static void dump_row(dumper *d, unsigned depth, const char *word, const xs_row *row, size_t carried)
{
  xs_buf *out = d->out;
  xs_dump_indent(out, depth);
  xs_buf_str(out, word);
  if (row->min_height) {
    xs_buf_str(out, row->exact_height ? " exactly " : " at-least ");
    xs_dump_pt(out, row->min_height);
  }
  if (row->may_split) xs_buf_str(out, " may-split");
  for (size_t i = 0; row->carried && i < carried; i++) {
    xs_buf_str(out, i ? " " : " carried ");
    xs_dump_text(out, row->carried[i]);
  }
  xs_buf_str(out, "\n");
  for (size_t i = 0; i < row->cell_count; i++) dump_cell(d, depth + 1, &row->cells[i]);
}

static void dump_column(xs_buf *out, const xs_column *column)
{
  switch (column->kind) {
  case XS_WIDTH_FIXED:
    xs_buf_str(out, " ");
    xs_dump_pt(out, column->value);
    break;
  case XS_WIDTH_SHARE:
    xs_buf_printf(out, " share %d", (int)column->value);
    break;
  case XS_WIDTH_CONTENT:
    xs_buf_str(out, " content");
    break;
  }
}

static void dump_table(dumper *d, unsigned depth, const xs_table *table)
{
  xs_buf *out = d->out;
  xs_dump_indent(out, depth);
  xs_buf_printf(out, "table %s, columns", xs_align_name(table->align));
  for (size_t i = 0; i < table->column_count; i++) dump_column(out, &table->columns[i]);
  if (table->continued.len) {
    xs_buf_str(out, ", continued ");
    xs_dump_text(out, table->continued);
  }
  if (table->split_columns) xs_buf_printf(out, ", split after %u", (unsigned)table->key_columns);
  size_t carried = table->carry.count;
  for (size_t i = 0; i < carried; i++)
    xs_buf_printf(out, "%s %u", i ? "" : ", carry", (unsigned)table->carry.columns[i]);
  xs_buf_str(out, "\n");
  for (size_t i = 0; i < table->row_count; i++) {
    const xs_row *row = &table->rows[i];
    dump_row(d, depth + 1, row->head ? "head" : "row", row, carried);
  }
  if (!carried) return;
  dump_row(d, depth + 1, "carry-foot", table->carry.foot, 0);
  dump_row(d, depth + 1, "carry-head", table->carry.head, 0);
}

static void dump_group(dumper *d, unsigned depth, const xs_group *group)
{
  xs_buf *out = d->out;
  xs_dump_indent(out, depth);
  xs_buf_str(out, "group");
  if (group->keep_together) xs_buf_str(out, " together");
  if (group->keep_with) xs_buf_printf(out, " with %u lines before", (unsigned)group->keep_with);
  if (group->at_top) xs_buf_str(out, " at-top");
  if (group->at_bottom) xs_buf_str(out, " at-bottom");
  dump_edges(out, &group->top, &group->right, &group->bottom, &group->left);
  dump_padding(out, group->padding_x, group->padding_y);
  dump_len(out, "before", group->before);
  dump_len(out, "after", group->after);
  xs_buf_str(out, "\n");
  dump_blocks(d, depth + 1, group->blocks);
}

static void dump_rule(xs_buf *out, unsigned depth, const xs_block *block)
{
  xs_dump_indent(out, depth);
  xs_buf_str(out, "rule");
  dump_line(out, "width", &block->u.rule.line);
  dump_len(out, "before", block->u.rule.before);
  dump_len(out, "after", block->u.rule.after);
  dump_len(out, "left", block->u.rule.left);
  dump_len(out, "right", block->u.rule.right);
  xs_buf_str(out, "\n");
}

static void dump_issued(dumper *d, unsigned depth, const xs_issued *issued)
{
  xs_dump_indent(d->out, depth);
  xs_buf_printf(d->out, "issued %s seal", issued->sealed ? "with" : "without");
  if (issued->keep_with)
    xs_buf_printf(d->out, ", with %u lines before", (unsigned)issued->keep_with);
  xs_buf_str(d->out, "\n");
  for (size_t i = 0; i < issued->name_count; i++) dump_paragraph(d, depth + 1, &issued->names[i]);
  for (size_t i = 0; i < issued->below_count; i++) dump_paragraph(d, depth + 1, &issued->below[i]);
}

static void dump_block(dumper *d, unsigned depth, const xs_block *block)
{
  switch (block->kind) {
  case XS_BLOCK_PARAGRAPH:
    dump_paragraph(d, depth, &block->u.paragraph);
    break;
  case XS_BLOCK_TABLE:
    dump_table(d, depth, &block->u.table);
    break;
  case XS_BLOCK_GROUP:
    dump_group(d, depth, &block->u.group);
    break;
  case XS_BLOCK_ISSUED:
    dump_issued(d, depth, &block->u.issued);
    break;
  case XS_BLOCK_RULE:
    dump_rule(d->out, depth, block);
    break;
  case XS_BLOCK_SPACE:
    xs_dump_indent(d->out, depth);
    xs_buf_str(d->out, "space ");
    xs_dump_pt(d->out, block->u.space.height);
    xs_buf_str(d->out, "\n");
    break;
  case XS_BLOCK_PAGE_BREAK:
    xs_dump_indent(d->out, depth);
    xs_buf_str(d->out, "page-break\n");
    break;
  }
}

static void dump_blocks(dumper *d, unsigned depth, xs_blocks blocks)
{
  for (size_t i = 0; i < blocks.count; i++) dump_block(d, depth, &blocks.items[i]);
}

/* ---- sections -------------------------------------------------------------------------------- */

static void dump_page_edges(dumper *d, unsigned depth, const char *what,
                            const xs_page_edge edges[XS_PAGE_KIND_COUNT])
{
  static const char *const kinds[XS_PAGE_KIND_COUNT] = {
      [XS_PAGE_FIRST] = "first", [XS_PAGE_ODD] = "odd", [XS_PAGE_EVEN] = "even"};
  for (size_t i = 0; i < XS_PAGE_KIND_COUNT; i++) {
    if (!edges[i].blocks.count) continue;
    xs_dump_indent(d->out, depth);
    xs_buf_printf(d->out, "%s %s, distance ", what, kinds[i]);
    xs_dump_mm(d->out, edges[i].distance);
    xs_buf_str(d->out, " mm\n");
    dump_blocks(d, depth + 1, edges[i].blocks);
  }
}

static void dump_watermark(xs_buf *out, unsigned depth, const xs_watermark *mark)
{
  if (!mark->text.len) return;
  xs_dump_indent(out, depth);
  xs_buf_str(out, "watermark ");
  xs_dump_text(out, mark->text);
  xs_buf_str(out, " ");
  dump_char_style(out, &mark->style);
  xs_buf_printf(out, " angle %d\n", (int)mark->angle_deg);
}

static void dump_section(dumper *d, unsigned depth, const xs_section *section)
{
  xs_buf *out = d->out;
  const xs_len margins[] = {section->top, section->right, section->bottom, section->left};
  xs_dump_indent(out, depth);
  xs_buf_str(out, "section ");
  xs_dump_mm(out, section->width);
  xs_buf_str(out, "×");
  xs_dump_mm(out, section->height);
  xs_buf_str(out, " mm, margins");
  for (size_t i = 0; i < XS_COUNT(margins); i++) {
    xs_buf_str(out, " ");
    xs_dump_mm(out, margins[i]);
  }
  if (section->line_pitch) {
    xs_buf_str(out, ", lines of ");
    xs_dump_pt(out, section->line_pitch);
  }
  if (section->tighten) {
    xs_buf_str(out, ", tightened by up to ");
    xs_dump_pt(out, section->tighten);
  }
  if (section->restart_numbers) {
    xs_buf_printf(out, ", numbers from %u", (unsigned)section->first_number);
  }
  xs_buf_str(out, "\n");
  dump_watermark(out, depth + 1, &section->watermark);
  dump_page_edges(d, depth + 1, "page-head", section->head);
  dump_page_edges(d, depth + 1, "page-foot", section->foot);
  dump_blocks(d, depth + 1, section->blocks);
}

void xs_document_dump(const xs_document *doc, struct xs_buf *out)
{
  dumper d = {.out = out};
  xs_buf_str(out, "document ");
  xs_dump_text(out, doc->title);
  xs_buf_printf(out, " %.*s %.*s %s\n", XS_TEXT(doc->template_id), XS_TEXT(doc->template_version),
                xs_copy_name(doc->copy));
  xs_dump_field(out, 1, "author", doc->author);
  xs_dump_field(out, 1, "subject", doc->subject);
  xs_dump_field(out, 1, "case", doc->case_id);
  for (size_t i = 0; i < doc->section_count; i++) dump_section(&d, 1, &doc->sections[i]);
}
