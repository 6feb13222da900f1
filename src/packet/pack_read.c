/* The entries of a rule pack as people read them. */
#include "base/text.h"
#include "packet/pack.h"
#include "template/law.h"

const char *const xs_pack_kinds[XS_PACK_KINDS] = {"limit", "figure", "materials", "requirement",
                                                  "paper", "basis",  "law"};

/* clang-format off */
static const struct {
  const char *value, *word;
} words[] = {
#define X(value, word) {value, word},
#include "packet/figure_words.def"
#undef X
};
/* clang-format on */

xs_pack_view xs_pack_view_of(const xs_rules *rules)
{
  const xmlNode *root = xmlDocGetRootElement(rules->doc);
  return (xs_pack_view){
      .id = rules->id,
      .name = xs_xml_attr(root, "name"),
      .version = xs_xml_attr(root, "version"),
      .base = xs_xml_attr(root, "base"),
      .applies = xs_xml_attr(root, "applies"),
      .site = xs_xml_attr(root, "site"),
      .digest = xs_text_of(xs_rules_digest(rules)),
  };
}

/* ---- what an entry says ---- */

static xs_text say_limit(xs_arena *a, const xmlNode *e)
{
  xs_text n = xs_xml_attr(e, "n"), unit = xs_xml_attr(e, "unit");
  return xs_arena_printf(a, "%.*s%s%.*s", XS_TEXT(n), xs_text_is(unit, "日") ? "" : "个",
                         XS_TEXT(unit));
}

static xs_text say_figure(const xmlNode *e)
{
  xs_text value = xs_xml_attr(e, "value");
  for (size_t i = 0; i < XS_COUNT(words); i++)
    if (xs_text_is(value, words[i].value)) return xs_text_of(_(words[i].word));
  return value;
}

static xs_text say_materials(xs_arena *a, const xmlNode *e)
{
  xs_text list = XS_LIT("");
  for (const xmlNode *m = xs_xml_child(e, "material"); m; m = xs_xml_next(m, "material")) {
    xs_text grade = xs_xml_attr(m, "grade"), name = xs_xml_attr(m, "name");
    bool doubtful = grade.ptr && !xs_grade_is_law(grade);
    list = xs_arena_printf(a, "%.*s%s%.*s%s", XS_TEXT(list), list.len ? "、" : "", XS_TEXT(name),
                           doubtful ? "（待核实）" : "");
  }
  return list;
}

static xs_text say_basis(const xs_pack *pack, const xmlNode *e)
{
  xs_text list = XS_LIT(""), rest = xs_xml_attr(e, "laws");
  while (rest.len) {
    size_t to = 0;
    while (to < rest.len && rest.ptr[to] != ' ' && rest.ptr[to] != '\n') to++;
    xs_text law = {rest.ptr, to}, cited = xs_law_text(pack->a, pack->rules, law);
    if (law.len)
      list = xs_arena_printf(pack->a, "%.*s%s%.*s", XS_TEXT(list), list.len ? "、" : "",
                             XS_TEXT(cited.ptr ? cited : law));
    rest = xs_text_trim((xs_text){rest.ptr + to, rest.len - to});
  }
  return list;
}

static xs_text say(const xs_pack *pack, const xmlNode *e, bool verified)
{
  if (xs_xml_is(e, "basis")) return say_basis(pack, e);
  if (xs_xml_is(e, "paper")) return xs_xml_attr(e, "name");
  if (xs_xml_is(e, "law")) return xs_xml_attr(e, "title");
  if (!verified) return XS_LIT("待核实");
  if (xs_xml_is(e, "limit")) return say_limit(pack->a, e);
  if (xs_xml_is(e, "figure")) return say_figure(e);
  if (xs_xml_is(e, "materials")) return say_materials(pack->a, e);
  return XS_LIT("");
}

/* ---- one entry ---- */

static xs_text name_of_child(const xmlNode *root, const char *element, xs_text id)
{
  for (const xmlNode *e = id.len ? xs_xml_child(root, element) : NULL; e;
       e = xs_xml_next(e, element))
    if (xs_text_equal(xs_xml_attr(e, "id"), id)) return xs_xml_attr(e, "name");
  return XS_NO_TEXT;
}

static void view_limit(const xs_pack *pack, const xmlNode *e, xs_rule_view *v)
{
  v->trigger = xs_xml_attr(e, "trigger");
  v->trigger_name = name_of_child(pack->moments, "moment", v->trigger);
  v->direction = xs_xml_attr(e, "direction");
  if (!v->direction.len) v->direction = XS_LIT("forward");
  v->roll = xs_rules_rolls(e) ? XS_LIT("on") : XS_LIT("not");
  v->stopped_by = xs_xml_attr(e, "stopped-by");
  v->actor = xs_xml_attr(e, "actor");
  v->window = xs_xml_attr_is(e, "window", "yes");
  if (!v->verified) return;
  v->n = xs_xml_attr(e, "n");
  v->unit = xs_xml_attr(e, "unit");
}

static xs_rule_view view_of(const xs_pack *pack, const xmlNode *e)
{
  bool is_basis = xs_xml_is(e, "basis");
  xs_text grade = xs_xml_attr(e, "grade"), source = xs_xml_attr(e, "source");
  xs_rule_view v = {
      .kind = xs_text_of((const char *)e->name),
      .id = xs_xml_attr(e, is_basis ? "paper" : "id"),
      .name = xs_xml_attr(e, xs_xml_is(e, "law") ? "title" : "name"),
      .step = xs_xml_attr(e, "step"),
      .contracts = xs_xml_attr(e, "for"),
      .from = xs_xml_attr(e, "from"),
      .to = xs_xml_attr(e, "to"),
      .source = source,
      .law = source.len ? xs_law_text(pack->a, pack->rules, source) : XS_NO_TEXT,
      .grade = grade,
      .pack = xs_xml_attr(e, "pack"),
      .text = xs_xml_child(e, NULL) ? XS_NO_TEXT : xs_xml_content(pack->a, e),
      .verified = is_basis || xs_grade_is_law(grade),
  };
  v.step_name = name_of_child(xmlDocGetRootElement(pack->rules->doc), "step", v.step);
  v.says = say(pack, e, v.verified);
  if (xs_xml_is(e, "limit")) view_limit(pack, e, &v);
  return v;
}

/* ---- all entries ---- */

static xs_status add(xs_pack *pack, const xmlNode *e)
{
  xs_pack_entry *slot = XS_PUSH(pack->a, pack->entries, pack->count, pack->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (xs_pack_entry){e, view_of(pack, e)};
  return XS_OK;
}

/* Those of one step, or of none, in the order of kinds. */
static xs_status add_step(xs_pack *pack, const xmlNode *root, xs_text step)
{
  xs_status status = XS_OK;
  for (size_t i = 0; i < XS_PACK_KINDS; i++) {
    const xmlNode *e = xs_xml_child(root, xs_pack_kinds[i]);
    for (; e && !status; e = xs_xml_next(e, xs_pack_kinds[i]))
      if (xs_text_equal(xs_xml_attr(e, "step"), step)) status = add(pack, e);
  }
  return status;
}

xs_status xs_pack_read(xs_pack *pack)
{
  xs_status status = XS_OK;
  const xmlNode *root = xmlDocGetRootElement(pack->rules->doc);
  const xmlNode *laws = xmlDocGetRootElement(pack->rules->laws);
  for (const xmlNode *s = xs_xml_child(root, "step"); s && !status; s = xs_xml_next(s, "step"))
    status = add_step(pack, root, xs_xml_attr(s, "id"));
  if (!status) status = add_step(pack, root, XS_NO_TEXT);
  for (const xmlNode *e = xs_xml_child(laws, "law"); e && !status; e = xs_xml_next(e, "law"))
    status = add(pack, e);
  pack->asked = XS_NEW_ARRAY(pack->a, pack->count ? pack->count : 1, size_t);
  return pack->asked ? status : XS_ENOMEM;
}
