/* The figures of one statistics form: whole numbers that agree with one another. */
#include "base/text.h"
#include "data/case_check.h"

#include <stdlib.h>
#include <string.h>

typedef enum relation { AT_MOST, AT_LEAST, EQUAL, ZERO_WITH } relation;
typedef enum severity { WRONG, DOUBTFUL } severity;

/* clang-format off */
static const struct {
  const char *form;
  const char *left;
  relation relation;
  const char *right;
  severity severity;
} relations[] = {
#define X(form, left, relation, right, severity) {form, left, relation, right, severity},
#include "data/case_statistics.def"
#undef X
};
/* clang-format on */

/* ---- the figures, by name ---- */

typedef struct figure {
  xs_text name;
  const xmlNode *node;
  uint64_t value;
  bool counts; /* neither blank nor marked as not applicable */
} figure;

typedef struct form {
  const xs_case_checking *c;
  xs_text id;
  figure *figures; /* by name */
  size_t count, capacity;
} form;

static int by_name(const void *a, const void *b)
{
  const figure *x = a, *y = b;
  int order = xs_text_compare(x->name, y->name);
  if (order) return order;
  xs_span at_x = xs_xml_any_span(x->node), at_y = xs_xml_any_span(y->node);
  return (at_x.off > at_y.off) - (at_x.off < at_y.off);
}

static const figure *find_figure(const form *f, xs_text name)
{
  size_t from = 0, to = f->count;
  while (from < to) {
    size_t mid = from + (to - from) / 2;
    if (xs_text_compare(f->figures[mid].name, name) < 0)
      from = mid + 1;
    else
      to = mid;
  }
  return from < f->count && xs_text_equal(f->figures[from].name, name) ? &f->figures[from] : NULL;
}

static bool is_not_applicable(xs_text t)
{
  return t.len == 0 || xs_text_is(t, "/") || xs_text_is(t, "／") || xs_text_is(t, "—") ||
         xs_text_is(t, "－");
}

static bool has_relations(xs_text id)
{
  for (size_t i = 0; i < XS_COUNT(relations); i++)
    if (xs_text_is(id, relations[i].form)) return true;
  return false;
}

static bool read_figures(form *f, const xmlNode *statistics)
{
  for (const xmlNode *e = xs_xml_child(statistics, "figure"); e; e = xs_xml_next(e, "figure")) {
    figure *slot = XS_PUSH(f->c->arena, f->figures, f->count, f->capacity);
    if (!slot) return false;
    *slot = (figure){.name = xs_xml_attr(e, "name"), .node = e};
    xs_text value = xs_xml_content(f->c->arena, e);
    slot->counts = xs_text_uint(value, &slot->value) && slot->value < UINT32_MAX;
    if (!slot->counts && !is_not_applicable(value))
      xs_diag(f->c->diags, XS_D_FIGURE_INVALID, xs_xml_content_span(e),
              _("“%.*s” is not a count; write a whole number, 0, or / for not applicable"),
              XS_TEXT(value));
  }
  if (f->count) qsort(f->figures, f->count, sizeof *f->figures, by_name);
  return true;
}

static void check_once(const form *f)
{
  for (size_t i = 1; i < f->count; i++) {
    if (!xs_text_equal(f->figures[i].name, f->figures[i - 1].name)) continue;
    xs_diag(f->c->diags, XS_D_ID_TWICE, xs_xml_attr_span(f->figures[i].node, "name"),
            _("the figure “%.*s” is stated twice"), XS_TEXT(f->figures[i].name));
    xs_diag_note(f->c->diags, xs_xml_span(f->figures[i - 1].node), _("the other one is here"));
  }
}

/* ---- sums ---- */

/* One side of a relation: the sum of its figures, the star standing for `stem`. */
typedef struct sum {
  uint64_t value;
  bool complete;
  const xmlNode *node; /* of the first figure */
  xs_text name;        /* as it is shown, such as single.answers */
} sum;

static xs_text expand(xs_arena *a, xs_text term, xs_text stem)
{
  if (!term.len || term.ptr[0] != '*') return term;
  return xs_arena_printf(a, "%.*s%.*s", XS_TEXT(stem), (int)term.len - 1, term.ptr + 1);
}

static sum add_up(const form *f, const char *terms, xs_text stem)
{
  sum s = {.complete = true};
  while (*terms) {
    size_t len = strcspn(terms, "+");
    xs_text name = expand(f->c->arena, (xs_text){terms, len}, stem);
    const figure *found = find_figure(f, name);
    if (!found || !found->counts) {
      s.complete = false;
      return s;
    }
    s.value += found->value;
    if (!s.node) s.node = found->node;
    s.name = s.name.len
                 ? xs_arena_printf(f->c->arena, "%.*s + %.*s", XS_TEXT(s.name), XS_TEXT(name))
                 : name;
    terms += len + (terms[len] == '+');
  }
  return s;
}

/* ---- relations ---- */

static bool holds(relation r, uint64_t left, uint64_t right)
{
  switch (r) {
  case AT_MOST:
    return left <= right;
  case AT_LEAST:
    return left >= right;
  case EQUAL:
    return left == right;
  case ZERO_WITH:
    return (left == 0) == (right == 0);
  }
  return true;
}

static const char *text_of(relation r)
{
  switch (r) {
  case AT_MOST:
    return _("%.*s is %llu, but it may be at most %.*s, which is %llu");
  case AT_LEAST:
    return _("%.*s is %llu, but it must be at least %.*s, which is %llu");
  case EQUAL:
    return _("%.*s is %llu, but it must be equal to %.*s, which is %llu");
  case ZERO_WITH:
    return _("%.*s is %llu and %.*s is %llu, but both are 0 or neither is");
  }
  return "";
}

static void check_relation(const form *f, size_t i, xs_text stem)
{
  sum left = add_up(f, relations[i].left, stem), right = add_up(f, relations[i].right, stem);
  if (!left.complete || !right.complete) return;
  if (holds(relations[i].relation, left.value, right.value)) return;
  xs_diag(f->c->diags, relations[i].severity == WRONG ? XS_D_FIGURE_WRONG : XS_D_FIGURE_DOUBTFUL,
          xs_xml_content_span(left.node), text_of(relations[i].relation), XS_TEXT(left.name),
          (unsigned long long)left.value, XS_TEXT(right.name), (unsigned long long)right.value);
  xs_diag_note(f->c->diags, xs_xml_content_span(right.node), _("the other figure is here"));
}

/* The first term says which names the star can stand for. */
static void check_starred(const form *f, size_t i)
{
  const char *ending = relations[i].left + 1;
  size_t len = strcspn(ending, "+");
  for (size_t k = 0; k < f->count; k++) {
    xs_text name = f->figures[k].name;
    if (name.len <= len || memcmp(name.ptr + name.len - len, ending, len) != 0) continue;
    check_relation(f, i, (xs_text){name.ptr, name.len - len});
  }
}

static void check_year(const xs_case_checking *c, const xmlNode *statistics)
{
  xs_date day;
  uint64_t year;
  if (!xs_case_attr_date(statistics, "date", &day) ||
      !xs_case_attr_count(statistics, "year", &year) || (uint64_t)day.year == year ||
      (uint64_t)day.year == year + 1)
    return;
  xs_diag(c->diags, XS_D_FIGURE_DOUBTFUL, xs_xml_attr_span(statistics, "date"),
          _("the form of %llu was filled in in %d"), (unsigned long long)year, day.year);
}

static void check_form(const xs_case_checking *c, const xmlNode *statistics)
{
  form f = {.c = c, .id = xs_xml_attr(statistics, "form")};
  check_year(c, statistics);
  if (!has_relations(f.id) || !read_figures(&f, statistics)) return;
  check_once(&f);
  for (size_t i = 0; i < XS_COUNT(relations); i++) {
    if (!xs_text_is(f.id, relations[i].form)) continue;
    if (relations[i].left[0] == '*')
      check_starred(&f, i);
    else
      check_relation(&f, i, XS_NO_TEXT);
  }
}

void xs_case_check_statistics(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_child(c->root, "statistics"); e; e = xs_xml_next(e, "statistics"))
    check_form(c, e);
}
