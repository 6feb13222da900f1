#include "template/carry.h"

#include "base/text.h"
#include "template/numeral.h"

#include <string.h>

/* A sum counts in 1/1000000; 12 digits before the point leave room for a million of them. */
enum { DECIMALS = 6, ONE = 1000000, WHOLE_DIGITS = 12, NUMBER_BYTES = 64 };

/* One column while it is added up. */
typedef struct adder {
  int64_t sum;
  size_t decimals; /* as many as its finest number has */
  bool grouped;    /* 1,234 */
  bool begun;      /* a number was met */
} adder;

/* ---- columns -------------------------------------------------------------------------------- */

static xs_status refuse_column(const xs_carry_terms *terms, xs_text word, xs_diags *diags)
{
  xs_diag(diags, XS_D_TABLE_CARRY, terms->span,
          _("“%.*s” is no column that totals are carried in: those count from 2 and ascend"),
          XS_TEXT(word));
  return XS_EINPUT;
}

static xs_status read_columns(const xs_grid *g, const xs_carry_terms *terms, xs_diags *diags,
                              xs_carry *out)
{
  xs_text t = terms->columns;
  uint32_t *columns = XS_NEW_ARRAY(g->a, g->column_count, uint32_t);
  if (!columns) return XS_ENOMEM;
  for (size_t from = 0; from < t.len;) {
    size_t end = from;
    while (end < t.len && t.ptr[end] > ' ') end++;
    xs_text word = {t.ptr + from, end - from};
    uint64_t number = 0, least = out->count ? columns[out->count - 1] + 2 : 2;
    from = end + 1;
    if (!word.len) continue;
    if (!xs_text_uint(word, &number) || number < least || number > g->column_count)
      return refuse_column(terms, word, diags);
    columns[out->count++] = (uint32_t)number - 1;
  }
  out->columns = columns;
  return XS_OK;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static const xs_cell *cell_of(const xs_row *row, uint32_t column)
{
  for (size_t i = 0; i < row->cell_count; i++)
    if (row->cells[i].column == column) return &row->cells[i];
  return NULL;
}

/* The characters of a number: signs made plain, marks of currency and commas left out. False when
 * there are more than any number has. */
static bool collect(const xs_cell *cell, char *number, size_t *len, bool *grouped)
{
  for (size_t b = 0; b < cell->blocks.count; b++) {
    const xs_block *block = &cell->blocks.items[b];
    if (block->kind != XS_BLOCK_PARAGRAPH) return false;
    const xs_paragraph *par = &block->u.paragraph;
    for (size_t i = 0; i < par->inline_count; i++) {
      if (par->inlines[i].kind != XS_INLINE_TEXT) continue;
      xs_text t = par->inlines[i].u.text.text;
      for (size_t off = 0; off < t.len;) {
        size_t start = off;
        uint32_t c = xs_text_next(t, &off);
        if (c == ',') *grouped = true;
        if (c == ',' || c == 0xa5 || c == 0xffe5 || c <= ' ' || c == 0x3000) continue;
        if (*len + 4 > NUMBER_BYTES) return false;
        if (c == 0x2212 || c == 0xff0d) {
          number[(*len)++] = '-';
          continue;
        }
        memcpy(number + *len, t.ptr + start, off - start);
        *len += off - start;
      }
    }
  }
  return true;
}

static bool is_empty(xs_text t)
{
  static const char *const words[] = {"", "-", "—", "——", "–", "/", "／"};
  for (size_t i = 0; i < XS_COUNT(words); i++)
    if (xs_text_is(t, words[i])) return true;
  return false;
}

static xs_status refuse_number(const xs_cell *cell, xs_text t, xs_diags *diags)
{
  xs_diag(diags, XS_D_TABLE_CARRY, cell->span,
          _("“%.*s” is no number that a total carried forward could take up"), XS_TEXT(t));
  if (cell->from.source) xs_diag_note(diags, cell->from, _("it comes from here"));
  return XS_EINPUT;
}

/* Adds the number of a cell, if it holds one. */
static xs_status add_cell(adder *a, const xs_cell *cell, xs_diags *diags)
{
  char number[NUMBER_BYTES];
  xs_decimal d;
  xs_text t = {number, 0};
  if (!collect(cell, number, &t.len, &a->grouped)) return refuse_number(cell, t, diags);
  if (is_empty(t)) return XS_OK;
  if (!xs_decimal_parse(t, &d) || d.whole.len > WHOLE_DIGITS || d.decimals.len > DECIMALS)
    return refuse_number(cell, t, diags);
  int64_t n = (int64_t)xs_decimal_whole(&d);
  for (size_t k = 0; k < DECIMALS; k++)
    n = n * 10 + (k < d.decimals.len ? d.decimals.ptr[k] - '0' : 0);
  if (__builtin_add_overflow(a->sum, d.is_negative ? -n : n, &a->sum))
    return refuse_number(cell, t, diags);
  if (d.decimals.len > a->decimals) a->decimals = d.decimals.len;
  a->begun = true;
  return XS_OK;
}

/* The sum as its column writes numbers; empty as long as there was none. */
static xs_text sum_text(xs_arena *a, const adder *sum)
{
  if (!sum->begun) return XS_LIT("");
  uint64_t size = sum->sum < 0 ? -(uint64_t)sum->sum : (uint64_t)sum->sum;
  char digits[NUMBER_BYTES], *at = digits + sizeof digits;
  uint64_t whole = size / ONE, places = 0;
  do {
    if (sum->grouped && places && places % 3 == 0) *--at = ',';
    *--at = (char)('0' + whole % 10);
    whole /= 10;
    places++;
  } while (whole);
  xs_text t =
      xs_arena_printf(a, "%s%.*s.%06llu", sum->sum < 0 ? "-" : "",
                      (int)(digits + sizeof digits - at), at, (unsigned long long)(size % ONE));
  if (t.ptr) t.len -= sum->decimals ? DECIMALS - sum->decimals : DECIMALS + 1;
  return t;
}

/* ---- sums ----------------------------------------------------------------------------------- */

static xs_status add_row(const xs_grid *g, size_t r, const xs_carry *carry, const xs_row *rows,
                         adder *sums, xs_diags *diags)
{
  xs_status worst = XS_OK;
  for (size_t i = 0; i < carry->count && !g->rows[r].is_total; i++) {
    const xs_cell *cell = cell_of(&rows[r], carry->columns[i]);
    xs_status st = cell ? add_cell(&sums[i], cell, diags) : XS_OK;
    if (st) worst = st;
  }
  return worst;
}

/* How a column writes its numbers is known only when all have been seen; so they are added twice.
 */
static xs_status add_up(const xs_grid *g, const xs_carry *carry, xs_row *rows, xs_diags *diags)
{
  adder *sums = XS_NEW_ARRAY(g->a, carry->count, adder);
  if (!sums) return XS_ENOMEM;
  xs_status worst = XS_OK;
  for (size_t r = 0; r < g->row_count; r++) {
    xs_status st = rows[r].head ? XS_OK : add_row(g, r, carry, rows, sums, diags);
    if (st) worst = st;
  }
  for (size_t i = 0; i < carry->count; i++) {
    sums[i].sum = 0;
    sums[i].begun = false;
  }
  for (size_t r = 0; r < g->row_count && !worst; r++) {
    if (rows[r].head) continue;
    xs_text *texts = XS_NEW_ARRAY(g->a, carry->count, xs_text);
    if (!texts) return XS_ENOMEM;
    worst = add_row(g, r, carry, rows, sums, diags);
    for (size_t i = 0; i < carry->count; i++) {
      texts[i] = sum_text(g->a, &sums[i]);
      if (!texts[i].ptr) return XS_ENOMEM;
    }
    rows[r].carried = texts;
  }
  return worst;
}

/* ---- the two rows --------------------------------------------------------------------------- */

static bool put_paragraph(xs_arena *a, xs_cell *cell, const xs_para_style *style, xs_text text)
{
  xs_block *block = XS_NEW(a, xs_block);
  xs_inline *inl = XS_NEW(a, xs_inline);
  if (!block || !inl) return false;
  *inl = (xs_inline){.kind = XS_INLINE_TEXT, .style = style->text, .span = cell->span};
  inl->u.text.text = text;
  *block = (xs_block){.kind = XS_BLOCK_PARAGRAPH, .span = cell->span};
  block->u.paragraph = (xs_paragraph){.style = style, .inlines = inl, .inline_count = text.len > 0};
  cell->blocks = (xs_blocks){block, 1};
  return true;
}

/* A carried cell looks like the first one of its column. */
static bool put_carried(const xs_grid *g, const xs_carry_terms *terms, const xs_row *rows,
                        xs_cell *cell)
{
  const xs_para_style *style = terms->style;
  for (size_t r = 0; r < g->row_count; r++) {
    const xs_cell *first = rows[r].head ? NULL : cell_of(&rows[r], cell->column);
    if (!first || !first->blocks.count || first->blocks.items[0].kind != XS_BLOCK_PARAGRAPH)
      continue;
    style = first->blocks.items[0].u.paragraph.style;
    cell->decimal = first->decimal;
    cell->shrink_milli = first->shrink_milli;
    break;
  }
  return put_paragraph(g->a, cell, style, XS_LIT(""));
}

static void rule_cell(const xs_carry_terms *terms, xs_cell *cell, bool is_first, bool is_last)
{
  bool inner = terms->border == XS_GRID_ALL, outer = inner || terms->border == XS_GRID_OUTER;
  bool level = inner || terms->border == XS_GRID_ROWS;
  cell->top.width = cell->bottom.width = level ? terms->line : 0;
  cell->left.width = is_first ? (outer ? terms->outer_line : 0) : (inner ? terms->line : 0);
  cell->right.width = is_last ? (outer ? terms->outer_line : 0) : (inner ? terms->line : 0);
}

/* The words stand over all columns before the first one that is carried. */
static const xs_row *make_row(const xs_grid *g, const xs_carry_terms *terms, const xs_carry *carry,
                              const xs_row *rows, xs_text words)
{
  uint32_t first = carry->columns[0], count = (uint32_t)g->column_count;
  xs_row *row = XS_NEW(g->a, xs_row);
  xs_cell *cells = XS_NEW_ARRAY(g->a, count - first + 1, xs_cell);
  if (!row || !cells) return NULL;
  *row = (xs_row){.cells = cells, .min_height = terms->row_height, .span = g->span};
  for (uint32_t column = 0, next = 0; column < count; column = next) {
    next = column ? column + 1 : first;
    xs_cell *cell = &cells[row->cell_count++];
    *cell = (xs_cell){.column = column,
                      .colspan = next - column,
                      .rowspan = 1,
                      .padding_x = terms->padding_x,
                      .padding_y = terms->padding_y,
                      .span = g->span};
    rule_cell(terms, cell, column == 0, next == count);
    bool is_carried = false;
    for (size_t i = 0; i < carry->count; i++) is_carried |= carry->columns[i] == column;
    if (!(is_carried ? put_carried(g, terms, rows, cell)
                     : put_paragraph(g->a, cell, terms->style, column ? XS_LIT("") : words)))
      return NULL;
  }
  return row;
}

xs_status xs_carry_make(const xs_grid *g, const xs_carry_terms *terms, xs_row *rows,
                        xs_diags *diags, xs_carry *out)
{
  xs_status st = read_columns(g, terms, diags, out);
  if (st || !out->count) return st;
  st = add_up(g, out, rows, diags);
  if (st) return st;
  out->foot = make_row(g, terms, out, rows, terms->foot);
  out->head = make_row(g, terms, out, rows, terms->head);
  return out->foot && out->head ? XS_OK : XS_ENOMEM;
}
