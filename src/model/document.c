#include "model/document.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

#include <assert.h>

void xs_document_free(xs_document *doc)
{
  if (doc) xs_arena_free(doc->arena);
}

/*
 * The invariants of a document. They are promises of the template floor, not hopes about input:
 * each one that does not hold is a mistake of ours.
 *
 *   1  Text is well-formed UTF-8 without control characters.
 *   2  Nothing that is measured is negative, and every em is above zero.
 *   3  A paragraph has a style; its outline level is 0 to 6.
 *   4  The cells of a row stand in the order of their columns, and with the cells that hang down
 *      from the rows above they cover every column of the table exactly once.
 *   5  Head rows come first.
 *   6  The type area of a section is not empty.
 *   7  A table that carries totals forward has them in every row of its body, and two whole rows
 * for them; the carried columns ascend and are none of the first. 8  Blocks stand in one another no
 * deeper than XS_MAX_TEMPLATE_DEPTH.
 */
#ifdef NDEBUG

void xs_document_check(const xs_document *doc)
{
  (void)doc;
}

#else

static void check_blocks(xs_blocks blocks, unsigned depth);

static void check_text(xs_text t)
{
  size_t bad = 0;
  assert(t.ptr || !t.len);
  assert(xs_text_valid(t, &bad));
  for (size_t i = 0; i < t.len; i++) assert((unsigned char)t.ptr[i] >= 0x20);
}

static void check_char_style(const xs_char_style *s)
{
  assert((unsigned)s->role < XS_ROLE_COUNT);
  assert(s->size > 0);
  assert(s->color <= 0xffffff);
}

static void check_picture(const xs_inline *in)
{
  assert(in->u.picture.picture);
  assert(in->u.picture.picture->bytes.len > 0);
  assert(in->u.picture.width > 0 && in->u.picture.height > 0);
}

static void check_inline(const xs_inline *in)
{
  check_char_style(&in->style);
  switch (in->kind) {
  case XS_INLINE_TEXT:
    check_text(in->u.text.text);
    break;
  case XS_INLINE_BOX:
    check_text(in->u.box.text);
    assert(in->u.box.width >= 0);
    break;
  case XS_INLINE_PICTURE:
    check_picture(in);
    break;
  case XS_INLINE_FILL:
    assert(!in->u.fill.leader || in->u.fill.leader >= 0x20);
    break;
  case XS_INLINE_BREAK:
  case XS_INLINE_PAGE_NUMBER:
  case XS_INLINE_PAGE_COUNT:
    break;
  }
}

static void check_paragraph(const xs_paragraph *p)
{
  assert(p->style);
  check_char_style(&p->style->text);
  assert(p->style->leading > 0);
  assert(p->outline <= 6);
  check_text(p->bookmark);
  assert(p->inlines || !p->inline_count);
  for (size_t i = 0; i < p->inline_count; i++) check_inline(&p->inlines[i]);
}

/* `hanging[c]`: how many more rows the cell above covers in column c. */
static void check_row(const xs_table *table, const xs_row *row, size_t rows_left, uint32_t *hanging,
                      unsigned depth)
{
  uint32_t column = 0;
  for (size_t i = 0; i < row->cell_count; i++) {
    const xs_cell *cell = &row->cells[i];
    for (; column < cell->column; column++) assert(hanging[column]-- > 0);
    assert(cell->column == column);
    assert(cell->colspan > 0 && cell->colspan <= table->column_count - column);
    assert(cell->rowspan > 0 && cell->rowspan <= rows_left);
    assert(cell->padding_x >= 0 && cell->padding_y >= 0);
    assert(cell->shrink_milli >= 0 && cell->shrink_milli <= 1000);
    for (uint32_t end = column + cell->colspan; column < end; column++) {
      assert(hanging[column] == 0);
      hanging[column] = cell->rowspan - 1;
    }
    check_blocks(cell->blocks, depth + 1);
  }
  for (; column < table->column_count; column++) assert(hanging[column]-- > 0);
}

static void check_carry(const xs_table *table, uint32_t *hanging, unsigned depth)
{
  const xs_carry *carry = &table->carry;
  if (!carry->count) return;
  for (size_t i = 0; i < carry->count; i++)
    assert(carry->columns[i] > (i ? carry->columns[i - 1] : 0) &&
           carry->columns[i] < table->column_count);
  check_row(table, carry->foot, 1, hanging, depth);
  check_row(table, carry->head, 1, hanging, depth);
}

static void check_table(const xs_table *table, unsigned depth)
{
  uint32_t hanging[XS_MAX_TABLE_COLUMNS] = {0};
  bool body = false;
  assert(table->column_count > 0 && table->column_count <= XS_MAX_TABLE_COLUMNS);
  check_text(table->continued);
  for (size_t i = 0; i < table->row_count; i++) {
    const xs_row *row = &table->rows[i];
    assert(!(row->head && body));
    body = body || !row->head;
    assert(row->min_height >= 0);
    assert(!table->carry.count || row->carried || row->head);
    check_row(table, row, table->row_count - i, hanging, depth);
  }
  assert(table->key_columns < table->column_count);
  check_carry(table, hanging, depth);
}

static void check_issued(const xs_issued *issued)
{
  assert(issued->name_count > 0 && issued->below_count > 0);
  for (size_t i = 0; i < issued->name_count; i++) check_paragraph(&issued->names[i]);
  for (size_t i = 0; i < issued->below_count; i++) check_paragraph(&issued->below[i]);
}

static void check_block(const xs_block *block, unsigned depth)
{
  switch (block->kind) {
  case XS_BLOCK_PARAGRAPH:
    check_paragraph(&block->u.paragraph);
    break;
  case XS_BLOCK_TABLE:
    check_table(&block->u.table, depth);
    break;
  case XS_BLOCK_GROUP:
    check_blocks(block->u.group.blocks, depth + 1);
    break;
  case XS_BLOCK_ISSUED:
    check_issued(&block->u.issued);
    break;
  case XS_BLOCK_RULE:
    assert(block->u.rule.line.width >= 0);
    break;
  case XS_BLOCK_SPACE:
    assert(block->u.space.height >= 0);
    break;
  case XS_BLOCK_PAGE_BREAK:
    break;
  }
}

static void check_blocks(xs_blocks blocks, unsigned depth)
{
  assert(depth <= XS_MAX_TEMPLATE_DEPTH);
  assert(blocks.items || !blocks.count);
  for (size_t i = 0; i < blocks.count; i++) check_block(&blocks.items[i], depth);
}

static void check_section(const xs_section *section)
{
  assert(section->top >= 0 && section->right >= 0 && section->bottom >= 0 && section->left >= 0);
  assert(section->left + section->right < section->width);
  assert(section->top + section->bottom < section->height);
  check_text(section->watermark.text);
  if (section->watermark.text.len) check_char_style(&section->watermark.style);
  for (size_t i = 0; i < XS_PAGE_KIND_COUNT; i++) {
    check_blocks(section->head[i].blocks, 1);
    check_blocks(section->foot[i].blocks, 1);
  }
  check_blocks(section->blocks, 1);
}

void xs_document_check(const xs_document *doc)
{
  assert(doc->arena);
  check_text(doc->title);
  check_text(doc->author);
  check_text(doc->subject);
  check_text(doc->case_id);
  for (size_t i = 0; i < doc->section_count; i++) check_section(&doc->sections[i]);
}

#endif
