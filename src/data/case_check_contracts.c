/* Contracts: term, items, copies, signatures, review. */
#include "base/buf.h"
#include "base/text.h"
#include "data/case_check.h"
#include "data/rules_entry.h"

#include <string.h>

/* clang-format off */
static const struct {
  const char *id;
  const char *name;
} items[] = {
#define X(id, name) {id, name},
#include "data/contract_items.def"
#undef X
};
/* clang-format on */

/* ---- term ---- */

/* The same day `years` years later, the day before it being the last of the term. */
static xs_date years_later(xs_date from, uint64_t years)
{
  xs_date d = from;
  d.year += (int)years;
  if (d.day > xs_date_month_days(d.year, d.month)) d.day = xs_date_month_days(d.year, d.month);
  return d;
}

static void check_term(const xs_case_checking *c, const xmlNode *contract)
{
  const xmlNode *term = xs_xml_child(contract, "term");
  xs_date from, to;
  uint64_t least, most;
  if (!xs_case_attr_date(term, "from", &from) || !xs_case_attr_date(term, "to", &to)) return;
  if (!xs_case_figure_count(c, contract, "term-min-years", &least) ||
      !xs_case_figure_count(c, contract, "term-max-years", &most) || least > 100 || most > 100)
    return;
  int32_t last = xs_date_days(to);
  bool too_short = last < xs_date_days(years_later(from, least)) - 1;
  bool too_long = last > xs_date_days(years_later(from, most));
  if (xs_date_compare(to, from) < 0 || (!too_short && !too_long)) return;
  xs_diag(c->diags, XS_D_CONTRACT_TERM, xs_xml_span(term),
          too_short ? _("the term is shorter than %llu years")
                    : _("the term is longer than %llu years"),
          (unsigned long long)(too_short ? least : most));
  xs_case_note_figure(c, contract, too_short ? "term-min-years" : "term-max-years");
}

/* ---- items ---- */

static size_t item_of(const xmlNode *clause)
{
  xs_text item = xs_xml_attr(clause, "item");
  const char *dot = item.len ? memchr(item.ptr, '.', item.len) : NULL;
  if (dot) item.len = (size_t)(dot - item.ptr);
  size_t i = 0;
  while (i < XS_COUNT(items) && !xs_text_is(item, items[i].id)) i++;
  return i;
}

static void say_unknown_item(const xs_case_checking *c, const xmlNode *clause)
{
  xs_text item = xs_xml_attr(clause, "item");
  xs_diag(c->diags, XS_D_CLAUSE_ITEM, xs_xml_attr_span(clause, "item"),
          _("“%.*s” is none of the fifteen items of a collective contract"), XS_TEXT(item));
  unsigned best = 4;
  const char *near = NULL;
  for (size_t i = 0; i < XS_COUNT(items); i++) {
    unsigned distance = xs_text_distance(item, xs_text_of(items[i].id), best);
    if (distance >= best) continue;
    best = distance;
    near = items[i].id;
  }
  if (near) xs_diag_note(c->diags, XS_NOWHERE, _("did you mean “%s”?"), near);
}

static void list_absent(const bool present[XS_COUNT(items)], xs_buf *out)
{
  for (size_t i = 0; i < XS_COUNT(items); i++) {
    if (present[i]) continue;
    if (out->len) xs_buf_str(out, _(", "));
    xs_buf_str(out, _(items[i].name));
  }
}

/* Contracts of a trade or region settle what is common to its employers, not all fifteen. */
static bool is_comprehensive(const xs_case_checking *c, const xmlNode *contract)
{
  xs_text scope = xs_xml_attr(contract, "scope");
  if (!scope.ptr) scope = xs_xml_attr(c->root, "kind");
  return xs_xml_attr_is(contract, "kind", "comprehensive") && xs_text_is(scope, "enterprise");
}

static void check_items(const xs_case_checking *c, const xmlNode *contract)
{
  bool present[XS_COUNT(items)] = {false};
  for (const xmlNode *e = xs_xml_child(contract, "clause"); e; e = xs_xml_next(e, "clause")) {
    size_t i = item_of(e);
    if (i < XS_COUNT(items))
      present[i] = true;
    else
      say_unknown_item(c, e);
  }
  if (!is_comprehensive(c, contract)) return;
  xs_buf absent;
  xs_buf_init(&absent, xs_arena_host(c->arena), 4096);
  list_absent(present, &absent);
  if (absent.len) {
    xs_diag(c->diags, XS_D_CONTRACT_ITEMS, xs_xml_span(contract),
            _("a comprehensive contract may settle fifteen items; this one lacks: %.*s"),
            (int)absent.len, absent.ptr);
    xs_case_note_requirement(c, contract, "contract-items");
  }
  xs_buf_free(&absent);
}

/* ---- copies ---- */

static void check_at_least(const xs_case_checking *c, const xmlNode *e, const char *attribute,
                           uint64_t least)
{
  uint64_t n;
  if (!xs_case_attr_count(e, attribute, &n) || n >= least) return;
  xs_diag(c->diags, XS_D_CONTRACT_COPIES, xs_xml_attr_span(e, attribute),
          _("%llu copies are fewer than the %llu that are needed"), (unsigned long long)n,
          (unsigned long long)least);
  xs_case_note_figure(c, e, "copies-authority");
}

static void check_copies(const xs_case_checking *c, const xmlNode *contract)
{
  enum { SIDES = 2 };
  uint64_t authority;
  if (!xs_case_figure_count(c, contract, "copies-authority", &authority)) return;
  const xmlNode *copies = xs_xml_child(contract, "copies");
  check_at_least(c, copies, "authority", authority);
  check_at_least(c, copies, "total", authority + SIDES);
  check_at_least(c, xs_xml_child(contract, "filing"), "copies", authority);
}

/* ---- signatures ---- */

static bool has_signed(const xmlNode *signing, const xmlNode *delegate)
{
  xs_text id = xs_xml_attr(delegate, "id");
  for (const xmlNode *s = xs_xml_child(signing, "signature"); s; s = xs_xml_next(s, "signature"))
    if (xs_text_equal(xs_xml_attr(s, "ref"), id)) return true;
  return false;
}

/* Who signed may be left out of a case; when it is stated, both chief delegates are among them. */
static void check_signatures(const xs_case_checking *c, const xmlNode *contract)
{
  const xmlNode *signing = xs_xml_child(contract, "signing");
  if (!xs_xml_child(signing, "signature")) return;
  for (const xmlNode *side = xs_xml_child(c->root, "delegates"); side;
       side = xs_xml_next(side, "delegates"))
    for (const xmlNode *d = xs_xml_child(side, "delegate"); d; d = xs_xml_next(d, "delegate")) {
      if (!xs_xml_attr_is(d, "chief", "yes") || has_signed(signing, d)) continue;
      xs_diag(c->diags, XS_D_CONTRACT_SIGNATURE, xs_xml_span(signing),
              _("the chief delegate %.*s has not signed"),
              XS_TEXT(xs_case_child_text(c, d, "name")));
      xs_diag_note(c->diags, xs_xml_span(d), _("the delegate stands here"));
      xs_case_note_requirement(c, contract, "chiefs-sign");
    }
}

/* ---- review ---- */

static void check_review(const xs_case_checking *c, const xmlNode *contract)
{
  const xmlNode *review = xs_xml_child(contract, "review");
  const xmlNode *publication = xs_xml_child(contract, "publication");
  if (!publication || !xs_xml_attr_is(review, "result", "objection")) return;
  xs_diag(c->diags, XS_D_CONTRACT_OBJECTION, xs_xml_span(publication),
          _("the contract was published although the authority objected to it"));
  xs_diag_note(c->diags, xs_xml_attr_span(review, "result"), _("the objection is here"));
  xs_case_note_requirement(c, contract, "objection-met");
}

/* ---- the pack ---- */

/* The regulation of a place may be on wages only: other contracts keep the national rules. */
static void check_pack(const xs_case_checking *c, const xmlNode *contract)
{
  const xmlNode *pack = xmlDocGetRootElement(c->rules->doc);
  xs_text applies = xs_xml_attr(pack, "applies");
  xs_text kind = xs_xml_attr(contract, "kind");
  if (!applies.ptr || xs_word_in(applies, kind)) return;
  xs_diag(c->diags, XS_D_RULES_KIND, xs_xml_attr_span(contract, "kind"),
          _("the rules of “%.*s” are for other kinds of contract, %.*s; for this one the national "
            "ones hold"),
          XS_TEXT(xs_xml_attr(pack, "name")), XS_TEXT(applies));
  xs_diag_note(c->diags, xs_xml_attr_span(pack, "applies"), _("the pack says so here"));
}

void xs_case_check_contracts(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_child(c->root, "contract"); e; e = xs_xml_next(e, "contract")) {
    check_term(c, e);
    check_items(c, e);
    check_copies(c, e);
    check_signatures(c, e);
    check_review(c, e);
    check_pack(c, e);
  }
}
