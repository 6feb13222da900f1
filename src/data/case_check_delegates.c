/* The delegates of both sides. */
#include "base/text.h"
#include "data/case_check.h"

#include <string.h>

/* What is counted of one side. */
typedef struct side {
  const xmlNode *element; /* NULL: the case does not name them yet */
  uint64_t count, outsiders, frontline;
  const xmlNode *chief;
} side;

static bool is_yes(const xmlNode *e, const char *attribute)
{
  return xs_xml_attr_is(e, attribute, "yes");
}

/* ---- one side ---- */

static void count_delegate(const xs_case_checking *c, side *s, const xmlNode *delegate)
{
  s->count++;
  s->outsiders += is_yes(delegate, "outsider");
  s->frontline += is_yes(delegate, "frontline");
  if (!is_yes(delegate, "chief")) return;
  if (s->chief) {
    xs_diag(c->diags, XS_D_DELEGATE_CHIEF, xs_xml_attr_span(delegate, "chief"),
            _("a side has one chief delegate, and this would be a second one"));
    xs_diag_note(c->diags, xs_xml_span(s->chief), _("the first one is here"));
    return;
  }
  s->chief = delegate;
}

static side count_side(const xs_case_checking *c, const char *name)
{
  side s = {0};
  for (const xmlNode *e = xs_xml_child(c->root, "delegates"); e; e = xs_xml_next(e, "delegates")) {
    if (!xs_xml_attr_is(e, "side", name)) continue;
    if (s.element) {
      xs_diag(c->diags, XS_D_DELEGATES_TWICE, xs_xml_span(e),
              _("the delegates of a side stand in one element"));
      xs_diag_note(c->diags, xs_xml_span(s.element), _("the other one is here"));
      continue;
    }
    s.element = e;
    for (const xmlNode *d = xs_xml_child(e, "delegate"); d; d = xs_xml_next(d, "delegate"))
      count_delegate(c, &s, d);
  }
  return s;
}

/* Which figure says the least number: 规模以上企业 may need more. */
static const char *least_figure(const xs_case_checking *c, const xmlNode *delegates)
{
  uint64_t least;
  bool is_large = false;
  for (const xmlNode *e = xs_xml_child(c->root, "employer"); e; e = xs_xml_next(e, "employer"))
    is_large = is_large || is_yes(e, "above-scale");
  bool asks_more =
      is_large && xs_case_figure_count(c, delegates, "delegates-min-above-scale", &least);
  return asks_more ? "delegates-min-above-scale" : "delegates-min";
}

static void check_number(const xs_case_checking *c, const side *s)
{
  uint64_t least, most;
  const char *figure = least_figure(c, s->element);
  if (xs_case_figure_count(c, s->element, figure, &least) && s->count < least) {
    xs_diag(c->diags, XS_D_DELEGATES_NUMBER, xs_xml_span(s->element),
            _("a side has at least %llu delegates, this one %llu"), (unsigned long long)least,
            (unsigned long long)s->count);
    xs_case_note_figure(c, s->element, figure);
  }
  if (xs_case_figure_count(c, s->element, "delegates-max", &most) && s->count > most) {
    xs_diag(c->diags, XS_D_DELEGATES_NUMBER, xs_xml_span(s->element),
            _("a side has at most %llu delegates, this one %llu"), (unsigned long long)most,
            (unsigned long long)s->count);
    xs_case_note_figure(c, s->element, "delegates-max");
  }
}

static void check_outsiders(const xs_case_checking *c, const side *s)
{
  uint64_t over, under;
  if (!xs_case_figure_fraction(c, s->element, "outsiders-max", &over, &under)) return;
  if (s->outsiders * under <= s->count * over) return;
  xs_diag(c->diags, XS_D_DELEGATES_OUTSIDERS, xs_xml_span(s->element),
          _("%llu of %llu delegates are outsiders, more than %llu/%llu"),
          (unsigned long long)s->outsiders, (unsigned long long)s->count, (unsigned long long)over,
          (unsigned long long)under);
  xs_case_note_figure(c, s->element, "outsiders-max");
}

/* 工会主席 or 法定代表人 leads the own side, or mandates another delegate in writing. */
static void check_mandate(const xs_case_checking *c, const side *s)
{
  bool workers = xs_xml_attr_is(s->element, "side", "workers");
  const xmlNode *body = xs_xml_child(c->root, workers ? "union" : "employer");
  xs_text head = xs_case_child_text(c, body, workers ? "chair" : "legal-representative");
  xs_text chief = xs_case_child_text(c, s->chief, "name");
  if (!head.len || xs_text_equal(head, chief) || xs_xml_child(s->chief, "mandate")) return;
  if (!xs_xml_attr_is(c->root, "kind", "enterprise")) return;
  xs_diag(c->diags, XS_D_CHIEF_MANDATE, xs_xml_span(s->chief),
          _("%.*s leads a side without being %.*s, and there is no <mandate>"), XS_TEXT(chief),
          XS_TEXT(head));
  xs_case_note_requirement(c, s->element, workers ? "workers-chief" : "employer-chief");
}

static void check_chief(const xs_case_checking *c, const side *s)
{
  if (!s->chief) {
    xs_diag(c->diags, XS_D_DELEGATE_CHIEF, xs_xml_span(s->element),
            _("no delegate of this side is marked chief=\"yes\""));
    return;
  }
  if (is_yes(s->chief, "outsider")) {
    xs_diag(c->diags, XS_D_CHIEF_OUTSIDER, xs_xml_attr_span(s->chief, "outsider"),
            _("the chief delegate may not be an outsider"));
    xs_case_note_figure(c, s->element, "outsiders-max");
  }
  check_mandate(c, s);
}

static void check_frontline(const xs_case_checking *c, const side *s)
{
  uint64_t over, under;
  if (!xs_xml_attr_is(s->element, "side", "workers")) return;
  if (!xs_case_figure_fraction(c, s->element, "frontline-min", &over, &under)) return;
  if (s->frontline * under >= s->count * over) return;
  xs_diag(c->diags, XS_D_DELEGATES_NUMBER, xs_xml_span(s->element),
          _("%llu of %llu delegates are marked frontline=\"yes\", less than %llu/%llu"),
          (unsigned long long)s->frontline, (unsigned long long)s->count, (unsigned long long)over,
          (unsigned long long)under);
  xs_case_note_figure(c, s->element, "frontline-min");
}

static bool is_woman(const xs_case_checking *c, const xmlNode *delegate)
{
  return xs_text_is(xs_case_child_text(c, delegate, "sex"), "女");
}

static bool is_dispatched(const xs_case_checking *c, const xmlNode *delegate)
{
  (void)c;
  return is_yes(delegate, "dispatched");
}

/* Groups of the staff that are to have a delegate of their own where they are many. */
static const struct {
  const char *figure;
  bool from; /* the share of the figure is enough; else they must be more */
  const char *counted;
  bool (*has)(const xs_case_checking *c, const xmlNode *delegate);
  const char *message;
} groups[] = {
    {"women-delegate-above", false, "women", is_woman,
     N_("no delegate is a woman, though women are more than %llu/%llu of the staff")},
    {"women-proportionate-from", true, "women", is_woman,
     N_("no delegate is a woman, though women are %llu/%llu of the staff or more")},
    {"dispatched-delegate-above", false, "dispatched", is_dispatched,
     N_("no delegate is marked dispatched=\"yes\", though more than %llu/%llu of the staff are")},
};

static bool is_many(const xmlNode *headcount, const char *counted, uint64_t over, uint64_t under,
                    bool from)
{
  uint64_t part, total;
  if (!xs_case_attr_count(headcount, counted, &part) ||
      !xs_case_attr_count(headcount, "total", &total))
    return false;
  return from ? part * under >= total * over : part * under > total * over;
}

static void check_group(const xs_case_checking *c, const side *s, size_t i)
{
  uint64_t over, under;
  const xmlNode *headcount = xs_xml_child(xs_xml_child(c->root, "employer"), "headcount");
  for (const xmlNode *d = xs_xml_child(s->element, "delegate"); d; d = xs_xml_next(d, "delegate"))
    if (groups[i].has(c, d)) return;
  if (!xs_case_figure_fraction(c, s->element, groups[i].figure, &over, &under) ||
      !is_many(headcount, groups[i].counted, over, under, groups[i].from))
    return;
  xs_diag(c->diags, XS_D_DELEGATES_NUMBER, xs_xml_span(s->element), _(groups[i].message),
          (unsigned long long)over, (unsigned long long)under);
  xs_diag_note(c->diags, xs_xml_span(headcount), _("the staff is counted here"));
  xs_case_note_figure(c, s->element, groups[i].figure);
}

static void check_groups(const xs_case_checking *c, const side *s)
{
  if (!xs_xml_attr_is(s->element, "side", "workers")) return;
  for (size_t i = 0; i < XS_COUNT(groups); i++) check_group(c, s, i);
}

static void check_side(const xs_case_checking *c, const side *s)
{
  if (!s->element) return;
  check_number(c, s);
  check_outsiders(c, s);
  check_frontline(c, s);
  check_groups(c, s);
  check_chief(c, s);
}

/* ---- both sides ---- */

static void check_balance(const xs_case_checking *c, const side *workers, const side *employer)
{
  if (!workers->element || !employer->element) return;
  bool may_be_more = xs_text_is(xs_case_figure(c, workers->element, "balance"), "workers-at-least");
  bool good = may_be_more ? workers->count >= employer->count : workers->count == employer->count;
  if (good) return;
  xs_diag(c->diags, XS_D_DELEGATES_BALANCE, xs_xml_span(employer->element),
          may_be_more ? _("the employer's side has %llu delegates, more than the workers' %llu")
                      : _("the employer's side has %llu delegates, the workers' side %llu"),
          (unsigned long long)employer->count, (unsigned long long)workers->count);
  xs_diag_note(c->diags, xs_xml_span(workers->element), _("the other side is here"));
  xs_case_note_figure(c, workers->element, "balance");
}

static void report_same(const xs_case_checking *c, const xmlNode *a, const xmlNode *b)
{
  xs_text name = xs_case_child_text(c, b, "name");
  bool one_side = xs_text_equal(xs_xml_attr(a->parent, "side"), xs_xml_attr(b->parent, "side"));
  xs_diag(c->diags, one_side ? XS_D_DELEGATE_TWICE : XS_D_DELEGATE_BOTH_SIDES, xs_xml_span(b),
          one_side ? _("%.*s is a delegate of this side already")
                   : _("%.*s is a delegate of both sides"),
          XS_TEXT(name));
  xs_diag_note(c->diags, xs_xml_span(a), _("the other entry is here"));
  if (!one_side) xs_case_note_requirement(c, b, "one-side-only");
}

/* Of the entries before `d` with its key, the first that is the same person. The ID number
 * decides; where one is not stated, the name together with the unit. */
static const xmlNode *find_same(const xs_case_checking *c, xs_case_key key, const xmlNode *d)
{
  enum { MAX_NAMESAKES = 64 };
  bool has_number = xs_xml_child(d, "id-number") != NULL;
  bool by_number = strcmp(key.kind, XS_KEY_ID_NUMBER) == 0;
  const xs_case_entry *e = key.text.len ? xs_case_index_find(&c->index, key) : NULL;
  for (size_t i = 0; e && e->node != d && i < MAX_NAMESAKES; i++) {
    if (by_number || !has_number || !xs_xml_child(e->node, "id-number")) return e->node;
    e = xs_case_index_next(&c->index, e);
  }
  return NULL;
}

static void check_persons(const xs_case_checking *c)
{
  for (const xmlNode *d = xs_case_each(c, "delegate", NULL); d;
       d = xs_case_each(c, "delegate", d)) {
    xs_case_key number = {XS_KEY_ID_NUMBER, xs_case_child_text(c, d, "id-number"), 0};
    const xmlNode *same = find_same(c, number, d);
    if (!same) same = find_same(c, xs_case_person_key(c->arena, d), d);
    if (same) report_same(c, same, d);
  }
}

/* 记录员 is a person outside the delegates. */
static void check_recorder(const xs_case_checking *c)
{
  const xmlNode *recorder = xs_xml_child(c->root, "recorder");
  xs_text name = xs_case_child_text(c, recorder, "name");
  for (const xmlNode *d = xs_case_each(c, "delegate", NULL); d && name.len;
       d = xs_case_each(c, "delegate", d)) {
    if (!xs_text_equal(xs_case_child_text(c, d, "name"), name)) continue;
    xs_diag(c->diags, XS_D_RECORDER_DELEGATE, xs_xml_span(recorder),
            _("the recorder is not one of the delegates"));
    xs_diag_note(c->diags, xs_xml_span(d), _("a delegate has the same name"));
    xs_case_note_requirement(c, recorder, "neutral-recorder");
  }
}

void xs_case_check_delegates(const xs_case_checking *c)
{
  side workers = count_side(c, "workers"), employer = count_side(c, "employer");
  check_side(c, &workers);
  check_side(c, &employer);
  check_balance(c, &workers, &employer);
  check_persons(c);
  check_recorder(c);
}
