#include "model/document_text.h"

static void write_blocks(xs_buf *out, xs_blocks blocks);

static void write_paragraph(xs_buf *out, const xs_paragraph *p)
{
  for (size_t i = 0; i < p->inline_count; i++) {
    const xs_inline *n = &p->inlines[i];
    switch (n->kind) {
    case XS_INLINE_TEXT:
      xs_buf_text(out, n->u.text.text);
      break;
    case XS_INLINE_BOX:
      xs_buf_text(out, n->u.box.text.len ? n->u.box.text : XS_LIT("____"));
      break;
    case XS_INLINE_BREAK:
    case XS_INLINE_FILL:
      xs_buf_str(out, " ");
      break;
    case XS_INLINE_PICTURE:
    case XS_INLINE_PAGE_NUMBER:
    case XS_INLINE_PAGE_COUNT:
      break;
    }
  }
  xs_buf_str(out, "\n");
}

static void write_table(xs_buf *out, const xs_table *table)
{
  for (size_t r = 0; r < table->row_count; r++) {
    const xs_row *row = &table->rows[r];
    for (size_t c = 0; c < row->cell_count; c++) write_blocks(out, row->cells[c].blocks);
  }
}

static void write_issued(xs_buf *out, const xs_issued *issued)
{
  for (size_t i = 0; i < issued->name_count; i++) write_paragraph(out, &issued->names[i]);
  for (size_t i = 0; i < issued->below_count; i++) write_paragraph(out, &issued->below[i]);
}

static void write_blocks(xs_buf *out, xs_blocks blocks)
{
  for (size_t i = 0; i < blocks.count; i++) {
    const xs_block *b = &blocks.items[i];
    switch (b->kind) {
    case XS_BLOCK_PARAGRAPH:
      write_paragraph(out, &b->u.paragraph);
      break;
    case XS_BLOCK_TABLE:
      write_table(out, &b->u.table);
      break;
    case XS_BLOCK_GROUP:
      write_blocks(out, b->u.group.blocks);
      break;
    case XS_BLOCK_ISSUED:
      write_issued(out, &b->u.issued);
      break;
    case XS_BLOCK_RULE:
    case XS_BLOCK_SPACE:
    case XS_BLOCK_PAGE_BREAK:
      break;
    }
  }
}

void xs_document_text(const xs_document *doc, xs_buf *out)
{
  for (size_t i = 0; i < doc->section_count; i++) write_blocks(out, doc->sections[i].blocks);
}
