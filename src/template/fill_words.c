/* Words of a paragraph: values, runs, blanks, fits, references. */
#include "base/limits.h"
#include "base/text.h"
#include "template/fill.h"
#include "template/function.h"
#include "template/whitespace.h"

#include <string.h>

enum { BYTES_OF_INLINE = 128 };

/* A place to be filled by hand where the template states no width. */
static xs_len default_blank(const xs_words *words)
{
  return 6 * words->style.size;
}

xs_inline *xs_words_push(xs_fill *f, xs_words *words, xs_inline_kind kind, xs_span span,
                         xs_span from)
{
  f->bytes += BYTES_OF_INLINE;
  xs_inline *slot = XS_PUSH(f->a, words->items, words->count, words->capacity);
  if (!slot) return NULL;
  *slot = (xs_inline){.kind = kind,
                      .style = words->style,
                      .unbreakable = words->unbreakable,
                      .span = span,
                      .from = from};
  return slot;
}

xs_status xs_words_add(xs_fill *f, xs_words *words, xs_text text, xs_span span, xs_span from)
{
  if (text.len == 0) return XS_OK;
  f->bytes += text.len;
  xs_text copy = xs_arena_text(f->a, text);
  xs_inline *slot = copy.ptr ? xs_words_push(f, words, XS_INLINE_TEXT, span, from) : NULL;
  if (!slot) return XS_ENOMEM;
  slot->u.text.text = copy;
  return XS_OK;
}

xs_status xs_words_fold(xs_fill *f, xs_words *words)
{
  return xs_whitespace_fold(f->a, words->items, &words->count);
}

static xs_text inline_text(const xs_inline *i)
{
  if (i->kind == XS_INLINE_TEXT) return i->u.text.text;
  return i->kind == XS_INLINE_BOX ? i->u.box.text : XS_NO_TEXT;
}

xs_text xs_words_text(xs_fill *f, const xs_words *words)
{
  size_t len = 0;
  for (size_t i = 0; i < words->count; i++) len += inline_text(&words->items[i]).len;
  char *text = XS_NEW_ARRAY(f->a, len + 1, char);
  if (!text) return XS_NO_TEXT;
  size_t off = 0;
  for (size_t i = 0; i < words->count; i++) {
    xs_text part = inline_text(&words->items[i]);
    if (part.len) memcpy(text + off, part.ptr, part.len);
    off += part.len;
  }
  return (xs_text){text, len};
}

static xs_status add_box(xs_fill *f, xs_words *words, xs_len width, xs_text text, xs_align align,
                         bool underline, xs_span span)
{
  xs_inline *box = xs_words_push(f, words, XS_INLINE_BOX, span, XS_NOWHERE);
  if (!box) return XS_ENOMEM;
  box->u.box.width = width > 0 ? width : 1;
  box->u.box.text = text;
  box->u.box.align = align;
  box->u.box.underline = underline;
  return XS_OK;
}

/* ---- values ---- */

/* ____年__月__日: three quarters of an em to be filled by hand for each _. */
static xs_status add_blank_form(xs_fill *f, xs_words *words, const char *form, xs_span span)
{
  xs_status st = XS_OK;
  while (*form && !st) {
    size_t blanks = strspn(form, "_");
    size_t letters = strcspn(form + blanks, "_");
    if (blanks)
      st = add_box(f, words, words->style.size * (xs_len)blanks * 3 / 4, XS_NO_TEXT, XS_ALIGN_LEFT,
                   true, span);
    if (!st) st = xs_words_add(f, words, (xs_text){form + blanks, letters}, span, XS_NOWHERE);
    form += blanks + letters;
  }
  return st;
}

/* What stands for a value that is not there, to be filled by hand. */
static xs_status add_blank_value(xs_fill *f, const xs_node *n, const xs_expression *of,
                                 xs_words *words)
{
  if (of->outer && of->outer->blank_form[0])
    return add_blank_form(f, words, of->outer->blank_form, n->span);
  bool is_stated = xs_node_attr(n, XS_A_BLANK) || xs_node_attr(n, XS_A_WIDTH);
  if (!is_stated) words->blank_count++;
  xs_len em = words->style.size;
  xs_len width = xs_node_length(n, XS_A_WIDTH, em, default_blank(words));
  width = xs_node_length(n, XS_A_BLANK, em, width);
  return add_box(f, words, width, XS_NO_TEXT, XS_ALIGN_LEFT, true, n->span);
}

static xs_status add_missing(xs_fill *f, const xs_node *n, const xs_expression *of,
                             const xmlNode *context, xs_words *words)
{
  if (xs_node_attr(n, XS_A_BLANK)) return add_blank_value(f, n, of, words);
  const xs_attr *otherwise = xs_node_attr(n, XS_A_ELSE);
  if (otherwise) return xs_words_add(f, words, otherwise->text, otherwise->span, XS_NOWHERE);
  xs_evaluation_report_missing(&f->ev, of, context);
  return XS_OK;
}

static xs_status fill_value(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  if (!of) return XS_OK;
  if (xs_evaluation_is_blank(&f->ev, of, context)) return add_blank_value(f, n, of, words);
  xs_value v;
  xs_status st = xs_evaluate_value(&f->ev, of, context, &v);
  if (st) return xs_fill_go_on(st);
  if (v.is_missing) return add_missing(f, n, of, context, words);
  if (v.is_truth) {
    xs_diag(f->diags, XS_D_VALUE_KIND, of->span,
            _("“%.*s” is true or false; “if” asks such things"), XS_TEXT(of->source));
    return XS_OK;
  }
  bool was_unbreakable = words->unbreakable;
  words->unbreakable |= xs_node_is(n, XS_A_NOBREAK, "yes");
  st = xs_words_add(f, words, v.text, n->span, v.from);
  words->unbreakable = was_unbreakable;
  return st;
}

/* ---- runs and boxes ---- */

static xs_status fill_run(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  xs_char_style style = words->style;
  bool unbreakable = words->unbreakable;
  const xs_style *named = xs_fill_style(f, n, NULL);
  if (named) xs_style_apply(named, &words->style);
  xs_char_style_read(n, &words->style);
  words->unbreakable |= xs_node_is(n, XS_A_NOBREAK, "yes");
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, words);
  words->style = style;
  words->unbreakable = unbreakable;
  return st;
}

static xs_status fill_fit(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  xs_words inner = {.style = words->style, .in_cell = words->in_cell};
  xs_status st = xs_fill_each(f, n->first, context, xs_emit_words, &inner);
  if (!st) st = xs_words_fold(f, &inner);
  xs_text text = st ? XS_NO_TEXT : xs_words_text(f, &inner);
  if (!text.ptr) return st ? st : XS_ENOMEM;
  xs_align align = XS_ALIGN_SPREAD;
  xs_align_parse(xs_node_word(n, XS_A_ALIGN), &align);
  xs_len width = xs_node_length(n, XS_A_WIDTH, words->style.size, default_blank(words));
  xs_char_style style = words->style;
  if (inner.count) words->style = inner.items[0].style;
  st = add_box(f, words, width, text, align, xs_node_is(n, XS_A_UNDERLINE, "yes"), n->span);
  if (!st && inner.count) words->items[words->count - 1].from = inner.items[0].from;
  words->style = style;
  return st;
}

static xs_status fill_blank(xs_fill *f, const xs_node *n, xs_words *words)
{
  xs_len width = xs_node_length(n, XS_A_WIDTH, words->style.size, default_blank(words));
  return add_box(f, words, width, XS_NO_TEXT, XS_ALIGN_LEFT, true, n->span);
}

static xs_status fill_fill(xs_fill *f, const xs_node *n, xs_words *words)
{
  xs_inline *slot = xs_words_push(f, words, XS_INLINE_FILL, n->span, XS_NOWHERE);
  if (!slot) return XS_ENOMEM;
  size_t off = 0;
  slot->u.fill.leader = xs_text_next(xs_node_word(n, XS_A_LEADER), &off);
  return XS_OK;
}

/* ---- lists and references ---- */

static xs_status fill_join(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  const xmlNode *const *nodes = NULL;
  size_t count = 0, blank_rounds = 0;
  xs_status st = xs_fill_loop(f, n, XS_A_OF, context, &nodes, &count, &blank_rounds);
  if (st) return st;
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  if (blank_rounds) {
    words->blank_count++;
    return add_box(f, words, default_blank(words), XS_NO_TEXT, XS_ALIGN_LEFT, true, n->span);
  }
  if (count == 0 && of) xs_evaluation_report_missing(&f->ev, of, context);
  const xs_attr *mark = xs_node_attr(n, XS_A_MARK), *last = xs_node_attr(n, XS_A_LAST);
  xs_text between = mark ? mark->text : XS_LIT("、");
  size_t variables = f->ev.variable_count;
  for (size_t i = 0; i < count && !st; i++) {
    bool is_last = i + 1 == count;
    if (i > 0)
      st = xs_words_add(f, words, is_last && last ? last->text : between, n->span, XS_NOWHERE);
    if (!st) st = xs_evaluation_push_round(&f->ev, i + 1, count);
    if (!st) st = xs_fill_each(f, n->first, nodes[i], xs_emit_words, words);
    xs_evaluation_pop(&f->ev, variables);
  }
  return st;
}

static xs_status fill_ref(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  const xs_avt *to = xs_node_avt(n, XS_A_TO);
  xs_text id, number;
  if (!to) return XS_OK;
  xs_status st = xs_evaluate_avt(&f->ev, to, context, &id);
  if (!st) st = xs_labels_find(f->labels, id, xs_node_place(n, XS_A_TO), f->diags, &number);
  if (!st) number = xs_arena_text(f->a, number); /* labels are dropped before the document */
  if (!st && !number.ptr) st = XS_ENOMEM;
  if (!st) st = xs_words_add(f, words, number, n->span, XS_NOWHERE);
  return xs_fill_go_on(st);
}

static xs_status push_plain(xs_fill *f, const xs_node *n, xs_inline_kind kind, xs_words *words)
{
  return xs_words_push(f, words, kind, n->span, XS_NOWHERE) ? XS_OK : XS_ENOMEM;
}

/* Text is broken into lines once; only heads and feet are set anew for each page. */
static xs_status fill_page_number(xs_fill *f, const xs_node *n, xs_words *words)
{
  if (f->in_edge) return push_plain(f, n, XS_INLINE_PAGE_NUMBER, words);
  xs_diag(f->diags, XS_D_CONTENT_KIND, n->span,
          _("“%s” can only stand in the head or the foot of a page"), xs_element_name(n->element));
  return XS_OK;
}

xs_status xs_emit_words(xs_fill *f, const xs_node *n, const xmlNode *context, void *to)
{
  xs_words *words = (xs_words *)to;
  switch (n->element) {
  case XS_E_WORDS:
    return xs_words_add(f, words, n->words, n->span, XS_NOWHERE);
  case XS_E_V:
    return fill_value(f, n, context, words);
  case XS_E_R:
    return fill_run(f, n, context, words);
  case XS_E_BLANK:
    return fill_blank(f, n, words);
  case XS_E_FIT:
    return fill_fit(f, n, context, words);
  case XS_E_BR:
    return push_plain(f, n, XS_INLINE_BREAK, words);
  case XS_E_FILL:
    return fill_fill(f, n, words);
  case XS_E_PICTURE:
    return xs_fill_picture(f, n, context, words);
  case XS_E_REF:
    return fill_ref(f, n, context, words);
  case XS_E_JOIN:
    return fill_join(f, n, context, words);
  case XS_E_PAGE_NUMBER:
    return fill_page_number(f, n, words);
  case XS_E_PAGE_COUNT:
    return push_plain(f, n, XS_INLINE_PAGE_COUNT, words);
  default:
    xs_diag(f->diags, XS_D_CONTENT_KIND, n->span, _("“%s” cannot stand among words"),
            xs_element_name(n->element));
    return XS_OK;
  }
}
