/* Styles: each with all that its bases say. The chain of bases serves pages, too. */
#include "template/compiled.h"

#include "base/limits.h"
#include "base/text.h"

static const struct {
  const char *name;
  xs_align align;
} aligns[] = {
    {"justify", XS_ALIGN_JUSTIFY}, {"left", XS_ALIGN_LEFT},     {"center", XS_ALIGN_CENTER},
    {"right", XS_ALIGN_RIGHT},     {"spread", XS_ALIGN_SPREAD},
};
static const struct {
  const char *name;
  xs_color color;
} colors[] = {{"black", 0x000000}, {"red", 0xff0000}, {"gray", 0x808080}, {"white", 0xffffff}};

bool xs_align_parse(xs_text t, xs_align *out)
{
  for (size_t i = 0; i < XS_COUNT(aligns); i++) {
    if (!xs_text_is(t, aligns[i].name)) continue;
    *out = aligns[i].align;
    return true;
  }
  return false;
}

static int hex_digit(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool xs_color_parse(xs_text t, xs_color *out)
{
  for (size_t i = 0; i < XS_COUNT(colors); i++) {
    if (!xs_text_is(t, colors[i].name)) continue;
    *out = colors[i].color;
    return true;
  }
  if (t.len != 7 || t.ptr[0] != '#') return false;
  xs_color color = 0;
  for (size_t i = 1; i < t.len; i++) {
    int digit = hex_digit(t.ptr[i]);
    if (digit < 0) return false;
    color = color << 4 | (xs_color)digit;
  }
  *out = color;
  return true;
}

void xs_char_style_read(const xs_node *n, xs_char_style *text)
{
  text->size = xs_node_length(n, XS_A_SIZE, text->size, text->size);
  if (text->size < 1) text->size = 1; /* too small all the same, which is told where it is set */
  text->tracking = xs_node_length(n, XS_A_TRACKING, text->size, text->tracking);
  xs_role_find(xs_node_word(n, XS_A_ROLE), &text->role);
  xs_color_parse(xs_node_word(n, XS_A_COLOR), &text->color);
  if (xs_node_attr(n, XS_A_UNDERLINE)) text->underline = xs_node_is(n, XS_A_UNDERLINE, "yes");
}

void xs_style_apply(const xs_style *style, xs_char_style *text)
{
  for (size_t i = style->chain_count; i-- > 0;) xs_char_style_read(style->chain[i], text);
}

/* ---- the chain of bases ---- */

/* What `base` of a definition stands for; its own name means the definition it overrides. */
static const xs_definition *base_of(const xs_template *t, const xs_definition *d)
{
  xs_text name = xs_node_word(d->node, XS_A_BASE);
  if (!xs_text_equal(name, d->name)) return xs_template_definition(t, d->node->element, name);
  const xs_definition *below = d + 1;
  bool overrides = below < t->definitions + t->definition_count &&
                   below->node->element == d->node->element && xs_text_equal(below->name, d->name);
  return overrides ? below : NULL;
}

xs_status xs_compile_chain(const xs_template *t, const xs_definition *d, xs_diags *diags,
                           const xs_node *chain[], size_t *count)
{
  *count = 0;
  for (;;) {
    chain[(*count)++] = d->node;
    if (!xs_node_attr(d->node, XS_A_BASE)) return XS_OK;
    const xs_definition *base = base_of(t, d);
    xs_span at = xs_node_place(d->node, XS_A_BASE);
    if (!base) {
      xs_report_unknown(t, d->node->element, xs_node_word(d->node, XS_A_BASE), at, diags);
      return XS_EINPUT;
    }
    bool circle = *count == XS_MAX_TEMPLATE_DEPTH;
    for (size_t i = 0; i < *count && !circle; i++) circle = chain[i] == base->node;
    if (circle) {
      xs_diag(diags, XS_D_TEMPLATE_CIRCLE, at, _("the bases of “%.*s” go round in a circle"),
              XS_TEXT(d->name));
      xs_diag_note(diags, base->node->span, _("which comes back here"));
      return XS_EINPUT;
    }
    d = base;
  }
}

/* The first of the chain that has the attribute. */
static const xs_node *says(const xs_style *s, xs_attribute id)
{
  for (size_t i = 0; i < s->chain_count; i++)
    if (xs_node_attr(s->chain[i], id)) return s->chain[i];
  return NULL;
}

static xs_len length_of(const xs_style *s, xs_attribute id, xs_len otherwise)
{
  const xs_node *n = says(s, id);
  return n ? xs_node_length(n, id, s->para.text.size, otherwise) : otherwise;
}

static bool flag_of(const xs_style *s, xs_attribute id)
{
  const xs_node *n = says(s, id);
  return n && xs_node_is(n, id, "yes");
}

/* Marks keep their em on the grid unless the style asks for something else. */
static void resolve_line(xs_style *s)
{
  xs_para_style *p = &s->para;
  const xs_node *kinsoku = says(s, XS_A_KINSOKU), *marks = says(s, XS_A_MARKS);
  for (unsigned i = 0; kinsoku && i < XS_KINSOKU_SET_COUNT; i++)
    if (xs_node_is(kinsoku, XS_A_KINSOKU, xs_kinsoku_set_name(i))) p->kinsoku = i;
  p->grid = flag_of(s, XS_A_GRID);
  p->marks = p->grid ? XS_MARKS_FULL : XS_MARKS_SQUEEZE;
  for (unsigned i = 0; marks && i < XS_MARKS_COUNT; i++)
    if (xs_node_is(marks, XS_A_MARKS, xs_marks_name(i))) p->marks = i;
  p->hyphenate = flag_of(s, XS_A_HYPHENATE);
}

/* Chain in hand, works out the paragraph. Lengths in em follow the size that holds in the end. */
static void resolve(xs_style *s, xs_text name)
{
  xs_para_style *p = &s->para;
  *p = (xs_para_style){.name = name, .text = {.role = XS_ROLE_SONG, .size = XS_PT(12)}};
  xs_style_apply(s, &p->text);
  p->leading = length_of(s, XS_A_LEADING, p->text.size + p->text.size / 2);
  p->first_indent = length_of(s, XS_A_FIRST, 0);
  p->left = length_of(s, XS_A_LEFT, 0);
  p->right = length_of(s, XS_A_RIGHT, 0);
  p->before = length_of(s, XS_A_BEFORE, 0);
  p->after = length_of(s, XS_A_AFTER, 0);
  const xs_node *align = says(s, XS_A_ALIGN);
  if (align) xs_align_parse(xs_node_word(align, XS_A_ALIGN), &p->align);
  resolve_line(s);
  p->keep_next = flag_of(s, XS_A_KEEP_NEXT);
  p->keep_lines = flag_of(s, XS_A_KEEP_LINES);
  p->page_break_before = flag_of(s, XS_A_NEW_PAGE);
  const xs_node *outline = says(s, XS_A_OUTLINE);
  uint32_t level = outline ? xs_node_count(outline, XS_A_OUTLINE, 0) : 0;
  s->outline = (uint8_t)(level > 6 ? 6 : level);
}

/* ---- metrics in which nothing can be read ---- */

/* Blames the node nearest to the style that states one of the two. */
static void refuse(const xs_style *s, xs_attribute id, xs_attribute other, xs_diags *diags,
                   const char *message)
{
  for (size_t i = 0; i < s->chain_count; i++) {
    const xs_node *n = s->chain[i];
    xs_attribute stated = xs_node_attr(n, id) ? id : other;
    if (!xs_node_attr(n, stated)) continue;
    xs_diag(diags, XS_D_STYLE_INVALID, xs_node_place(n, stated), "%s", message);
    return;
  }
}

static void check_metrics(const xs_style *s, xs_diags *diags)
{
  const xs_char_style *text = &s->para.text;
  if (text->size < XS_PT(XS_MIN_SIZE_PT) || text->size > XS_PT(XS_MAX_SIZE_PT))
    refuse(s, XS_A_SIZE, XS_A_SIZE, diags, _("a character must be from 1 pt to 2000 pt high"));
  else if (s->para.leading < text->size / 2)
    refuse(s, XS_A_LEADING, XS_A_SIZE, diags,
           _("the leading must be at least half the size, or lines would lie on one another"));
  if (text->tracking < -text->size / 2)
    refuse(s, XS_A_TRACKING, XS_A_SIZE, diags,
           _("the tracking must be at least -0.5em, or characters would lie on one another"));
}

static xs_status compile_style(xs_template *t, const xs_definition *d, xs_style *out,
                               xs_diags *diags)
{
  const xs_node *chain[XS_MAX_TEMPLATE_DEPTH];
  size_t count = 0;
  (void)xs_compile_chain(t, d, diags, chain, &count);
  const xs_node **kept = XS_NEW_ARRAY(t->arena, count, const xs_node *);
  if (!kept) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) kept[i] = chain[i];
  *out = (xs_style){.chain = kept, .chain_count = count};
  resolve(out, d->name);
  check_metrics(out, diags);
  return XS_OK;
}

xs_status xs_compile_styles(xs_template *t, xs_diags *diags)
{
  t->styles = XS_NEW_ARRAY(t->arena, t->definition_count + 1, xs_style);
  if (!t->styles) return XS_ENOMEM;
  for (size_t i = 0; i < t->definition_count; i++) {
    const xs_definition *d = &t->definitions[i];
    if (d->node->element != XS_E_STYLE) continue;
    if (t->style_count > 0 && xs_text_equal(t->styles[t->style_count - 1].para.name, d->name))
      continue; /* overridden */
    xs_status st = compile_style(t, d, &t->styles[t->style_count], diags);
    if (st) return st;
    t->style_count++;
  }
  const xs_style *body = xs_template_style(t, XS_LIT("正文"));
  if (body)
    t->plain = *body;
  else
    resolve(&t->plain, XS_LIT(""));
  return XS_OK;
}

const xs_style *xs_template_style(const xs_template *t, xs_text name)
{
  size_t low = 0, high = t->style_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = xs_text_compare(t->styles[middle].para.name, name);
    if (order == 0) return &t->styles[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}
