/* Tables: columns, rows and cells, each with conditions and loops. */
#include "base/limits.h"
#include "base/text.h"
#include "template/carry.h"
#include "template/fill.h"
#include "template/grid.h"

static const xs_len thin_line = XS_PT(1) / 2;

/* What a row hands to its cells. */
typedef struct row_fill {
  xs_grid *grid;
  const xs_node *table;
  const xs_style *style;
  int32_t shrink_milli;
  size_t row; /* index in the grid */
} row_fill;

/* ---- columns ---- */

/* 12mm, 1.5*, auto. Shares count in hundredths. */
static bool parse_column(xs_text t, xs_len em, xs_column *out)
{
  xs_measure m;
  int64_t milli = 0;
  if (xs_text_is(t, "auto")) {
    *out = (xs_column){XS_WIDTH_CONTENT, 0};
  } else if (xs_text_ends(t, "*")) {
    xs_text number = {t.ptr, t.len - 1};
    if (number.len == 0) number = XS_LIT("1");
    if (!xs_text_milli(number, &milli) || milli < 10 || milli > 1000000) return false;
    *out = (xs_column){XS_WIDTH_SHARE, (int32_t)(milli / 10)};
  } else if (xs_measure_parse(t, &m) && xs_measure_resolve(m, em) > 0) {
    *out = (xs_column){XS_WIDTH_FIXED, xs_measure_resolve(m, em)};
  } else {
    return false;
  }
  return true;
}

static xs_status add_column(xs_fill *f, row_fill *r, xs_text t, xs_span at)
{
  xs_grid *g = r->grid;
  xs_column column;
  if (!parse_column(t, r->style->para.text.size, &column)) {
    xs_diag(f->diags, XS_D_LENGTH_BAD, at, _("“%.*s” is no width such as 12mm, 2* or auto"),
            XS_TEXT(t));
    return XS_EINPUT;
  }
  if (g->column_count == XS_MAX_TABLE_COLUMNS) {
    xs_diag(f->diags, XS_D_LIMIT, at, _("a table has more than %u columns"), XS_MAX_TABLE_COLUMNS);
    return XS_ELIMIT;
  }
  xs_column *slot = XS_PUSH(f->a, g->columns, g->column_count, g->column_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = column;
  return XS_OK;
}

static xs_status emit_column(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  const xs_avt *width = xs_node_avt(n, XS_A_WIDTH);
  xs_text t;
  if (n->element != XS_E_COLUMN || !width) return XS_OK;
  xs_status st = xs_evaluate_avt(&f->ev, width, context, &t);
  row_fill *r = (row_fill *)to;
  if (!st) st = add_column(f, r, xs_text_trim(t), xs_node_place(n, XS_A_WIDTH));
  if (!st) r->grid->decimal[r->grid->column_count - 1] = xs_node_is(n, XS_A_ALIGN, "decimal");
  return xs_fill_go_on(st);
}

static xs_status columns_of_list(xs_fill *f, row_fill *r, const xs_attr *list)
{
  xs_text t = list->text;
  xs_status st = XS_OK;
  for (size_t from = 0; from < t.len && !st;) {
    size_t end = from;
    while (end < t.len && t.ptr[end] > ' ') end++;
    if (end > from) st = add_column(f, r, (xs_text){t.ptr + from, end - from}, list->span);
    from = end + 1;
  }
  return xs_fill_go_on(st);
}

/* A table that states no columns has equal ones, as many as its first row. */
static xs_status columns_of_first_row(xs_fill *f, row_fill *r)
{
  size_t count = 0;
  const xs_grid_row *first = r->grid->row_count ? &r->grid->rows[0] : NULL;
  for (size_t i = 0; first && i < first->count; i++) count += first->cells[i].cell.colspan;
  xs_status st = XS_OK;
  for (size_t i = 0; i < count && !st; i++) st = add_column(f, r, XS_LIT("1*"), r->table->span);
  return st;
}

/* ---- cells ---- */

/* A span such as 2 or {count(…)}; on a blank form what only a case can tell is 1. */
static xs_status read_span(xs_fill *f, const xs_node *n, xs_attribute id, const xmlNode *context,
                           uint32_t *out)
{
  const xs_avt *avt = xs_node_avt(n, id);
  xs_text t;
  uint64_t value = 0;
  *out = 1;
  if (!avt) return XS_OK;
  xs_status st = xs_evaluate_avt(&f->ev, avt, context, &t);
  if (st) return xs_fill_go_on(st);
  if (t.len == 0 && f->options->blank) return XS_OK;
  uint32_t most = id == XS_A_COLSPAN ? XS_MAX_TABLE_COLUMNS : XS_MAX_TABLE_ROWS;
  if (!xs_text_uint(xs_text_trim(t), &value) || value == 0 || value > most) {
    xs_diag(f->diags, XS_D_TABLE_GRID, xs_node_place(n, id),
            _("“%.*s” is no span, which is a number from 1 to %u"), XS_TEXT(t), (unsigned)most);
    return XS_OK;
  }
  *out = (uint32_t)value;
  return XS_OK;
}

static xs_valign read_valign(const xs_node *n)
{
  if (xs_node_is(n, XS_A_VALIGN, "top")) return XS_VALIGN_TOP;
  if (xs_node_is(n, XS_A_VALIGN, "bottom")) return XS_VALIGN_BOTTOM;
  return XS_VALIGN_MIDDLE;
}

/* Percent as thousandths; what stands around holds when nothing is stated. 100% is 0: no shrinking.
 */
static int32_t read_shrink(const xs_node *n, int32_t otherwise)
{
  xs_text t = xs_node_word(n, XS_A_SHRINK);
  uint64_t percent = 0;
  if (t.len < 2 || !xs_text_uint((xs_text){t.ptr, t.len - 1}, &percent) || !percent)
    return otherwise;
  return percent < 100 ? (int32_t)percent * 10 : 0;
}

static xs_len padding_x_of(const xs_node *table, xs_len em)
{
  xs_len padding = xs_node_length(table, XS_A_PADDING, em, XS_PT(4));
  return xs_node_length(table, XS_A_PADDING_X, em, padding);
}

static xs_status fill_cell(xs_fill *f, const xs_node *n, const xmlNode *context, const row_fill *r,
                           xs_cell *c)
{
  xs_status st = read_span(f, n, XS_A_COLSPAN, context, &c->colspan);
  if (!st) st = read_span(f, n, XS_A_ROWSPAN, context, &c->rowspan);
  if (st) return st;
  xs_flow flow = {.style = xs_fill_style(f, n, r->style), .in_cell = true};
  flow.has_align = xs_align_parse(xs_node_word(n, XS_A_ALIGN), &flow.align);
  c->decimal = xs_node_is(n, XS_A_ALIGN, "decimal");
  c->upright = xs_node_is(n, XS_A_UPRIGHT, "yes");
  c->shrink_milli = read_shrink(n, r->shrink_milli);
  struct xs_builder *sections = f->sections;
  f->sections = NULL;
  st = xs_fill_content(f, n->first, context, &flow, n->span);
  f->sections = sections;
  xs_len em = flow.style->para.text.size;
  c->padding_x = padding_x_of(r->table, em);
  c->padding_y = xs_node_length(r->table, XS_A_PADDING, em, XS_PT(2));
  c->valign = read_valign(n);
  c->diagonal = xs_node_is(n, XS_A_DIAGONAL, "yes");
  c->span = n->span;
  c->blocks = xs_flow_take(&flow);
  for (size_t i = 0; i < flow.count && !c->from.source; i++) c->from = flow.items[i].from;
  return st;
}

static xs_status emit_cell(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  row_fill *r = (row_fill *)to;
  if (n->element != XS_E_CELL) return XS_OK;
  xs_grid_cell gc = {.has_align = xs_node_attr(n, XS_A_ALIGN)};
  if (xs_node_is(n, XS_A_BORDER, "none")) gc.border = XS_BORDER_NONE;
  if (xs_node_is(n, XS_A_BORDER, "all")) gc.border = XS_BORDER_ALL;
  xs_status st = fill_cell(f, n, context, r, &gc.cell);
  if (st) return st;
  xs_grid_row *row = &r->grid->rows[r->row];
  xs_grid_cell *slot = XS_PUSH(f->a, row->cells, row->count, row->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = gc;
  return XS_OK;
}

/* ---- rows ---- */

static xs_status emit_row(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  row_fill *table = (row_fill *)to;
  if (n->element != XS_E_ROW) return XS_OK;
  xs_grid *g = table->grid;
  if (g->row_count == XS_MAX_TABLE_ROWS) {
    xs_diag(f->diags, XS_D_LIMIT, n->span, _("a table has more than %u rows"), XS_MAX_TABLE_ROWS);
    return XS_ELIMIT;
  }
  row_fill r = *table;
  r.style = xs_fill_style(f, n, table->style);
  r.shrink_milli = read_shrink(n, table->shrink_milli);
  r.row = g->row_count;
  xs_grid_row *slot = XS_PUSH(f->a, g->rows, g->row_count, g->row_capacity);
  if (!slot) return XS_ENOMEM;
  xs_len em = r.style->para.text.size;
  xs_len least = xs_node_length(r.table, XS_A_ROW_HEIGHT, em, 0);
  *slot = (xs_grid_row){.row = {.min_height = xs_node_length(n, XS_A_HEIGHT, em, least),
                                .exact_height = xs_node_is(n, XS_A_EXACT, "yes"),
                                .head = xs_node_is(n, XS_A_HEAD, "yes"),
                                .may_split = xs_node_is(n, XS_A_SPLIT, "yes"),
                                .span = n->span},
                        .is_total = xs_node_is(n, XS_A_CARRY, "no")};
  return xs_fill_each(f, n->first, context, emit_cell, &r);
}

/* ---- the table ---- */

/* Cells take 表格 when it is defined, else the text around without its indent. */
static const xs_style *cell_style(xs_fill *f, const xs_node *n, const xs_flow *flow)
{
  const xs_style *stated = xs_fill_style(f, n, NULL);
  if (!stated) stated = xs_template_style(f->t, XS_LIT("表格"));
  if (stated) return stated;
  const xs_para_style *base = xs_fill_keep_style(f, flow->style);
  xs_style *own = base ? XS_NEW(f->a, xs_style) : NULL;
  if (!own) return NULL;
  *own = (xs_style){.para = *base};
  own->para.first_indent = own->para.left = own->para.right = 0;
  own->para.before = own->para.after = 0;
  own->para.align = XS_ALIGN_LEFT;
  return own;
}

static xs_grid_border read_border(const xs_node *n)
{
  if (xs_node_is(n, XS_A_BORDER, "outer")) return XS_GRID_OUTER;
  if (xs_node_is(n, XS_A_BORDER, "none")) return XS_GRID_NONE;
  if (xs_node_is(n, XS_A_BORDER, "rows")) return XS_GRID_ROWS;
  return XS_GRID_ALL;
}

static xs_text words_or(xs_fill *f, const xs_node *n, xs_attribute id, xs_text otherwise)
{
  return xs_node_attr(n, id) ? xs_arena_text(f->a, xs_node_word(n, id)) : otherwise;
}

/* 过次页, 承前页 */
static xs_status fill_carry(xs_fill *f, const row_fill *r, xs_row *rows, xs_carry *out)
{
  const xs_node *n = r->table;
  if (!xs_node_attr(n, XS_A_CARRY)) return XS_OK;
  xs_len em = r->style->para.text.size, line = xs_node_length(n, XS_A_LINE, em, thin_line);
  xs_carry_terms terms = {
      .columns = xs_node_word(n, XS_A_CARRY),
      .span = xs_node_place(n, XS_A_CARRY),
      .foot = words_or(f, n, XS_A_CARRY_FOOT, XS_LIT("过次页")),
      .head = words_or(f, n, XS_A_CARRY_HEAD, XS_LIT("承前页")),
      .style = xs_fill_keep_style(f, r->style),
      .padding_x = padding_x_of(n, em),
      .padding_y = xs_node_length(n, XS_A_PADDING, em, XS_PT(2)),
      .row_height = xs_node_length(n, XS_A_ROW_HEIGHT, em, 0),
      .line = line,
      .outer_line = xs_node_length(n, XS_A_OUTER_LINE, em, line),
      .border = read_border(n),
  };
  if (!terms.style || !terms.foot.ptr || !terms.head.ptr) return XS_ENOMEM;
  return xs_carry_make(r->grid, &terms, rows, f->diags, out);
}

static xs_status push_table(xs_fill *f, const row_fill *r, xs_flow *flow)
{
  const xs_node *n = r->table;
  xs_row *rows = xs_grid_take(r->grid);
  xs_carry carry = {0};
  xs_status st = rows ? fill_carry(f, r, rows, &carry) : XS_ENOMEM;
  if (st) return xs_fill_go_on(st);
  xs_block *b = xs_flow_push(f, flow, XS_BLOCK_TABLE, n->span, XS_NOWHERE);
  if (!b) return XS_ENOMEM;
  const xs_style *named = xs_fill_named_style(f, "续表");
  xs_text continued = xs_arena_text(f->a, xs_node_word(n, XS_A_CONTINUED));
  if (!continued.ptr) return XS_ENOMEM;
  b->u.table = (xs_table){
      .columns = r->grid->columns,
      .column_count = r->grid->column_count,
      .rows = rows,
      .row_count = r->grid->row_count,
      .align = XS_ALIGN_CENTER,
      .continued = continued,
      .continued_style = (named ? named : r->style)->para.text,
      .split_columns = xs_node_is(n, XS_A_SPLIT, "columns"),
      .key_columns = xs_node_count(n, XS_A_KEYS, 0),
      .carry = carry,
  };
  xs_align_parse(xs_node_word(n, XS_A_ALIGN), &b->u.table.align);
  return XS_OK;
}

xs_status xs_fill_table(xs_fill *f, const xs_node *n, const xmlNode *context, xs_flow *flow)
{
  xs_grid grid = {.a = f->a, .span = n->span};
  row_fill r = {.grid = &grid,
                .table = n,
                .style = cell_style(f, n, flow),
                .shrink_milli = read_shrink(n, 0)};
  if (!r.style) return XS_ENOMEM;
  size_t errors = xs_diags_count(f->diags, XS_ERROR);
  const xs_attr *list = xs_node_attr(n, XS_A_COLUMNS);
  const xs_node *columns = xs_node_child(n, XS_E_COLUMNS);
  xs_status st = list ? columns_of_list(f, &r, list) : XS_OK;
  if (!st && columns) st = xs_fill_each(f, columns->first, context, emit_column, &r);
  if (!st) st = xs_fill_each(f, n->first, context, emit_row, &r);
  if (!st && !list && !columns) st = columns_of_first_row(f, &r);
  if (st || grid.row_count == 0) return st; /* a table without rows has fallen away */
  if (xs_diags_since(f->diags, errors)) return XS_OK;
  if (xs_node_count(n, XS_A_KEYS, 0) >= grid.column_count) {
    xs_diag(f->diags, XS_D_TABLE_GRID, xs_node_place(n, XS_A_KEYS),
            _("a table of %zu columns has no others beside so many that are repeated"),
            grid.column_count);
    return XS_OK;
  }
  xs_len em = r.style->para.text.size;
  xs_len line = xs_node_length(n, XS_A_LINE, em, thin_line);
  st = xs_grid_place(&grid, f->diags);
  if (st) return xs_fill_go_on(st);
  xs_grid_align(&grid);
  xs_grid_rule(&grid, read_border(n), line, xs_node_length(n, XS_A_OUTER_LINE, em, line));
  return push_table(f, &r, flow);
}
