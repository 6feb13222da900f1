#include "cli/rule_text.h"

#include "base/diag.h"
#include "base/text.h"

#include <stdio.h>

/* ---- for people ---- */

static const char *kind_word(const xs_rule_view *rule)
{
  static const struct {
    const char *kind, *word;
  } words[] = {
      {"limit", N_("time limit")},
      {"figure", N_("figure")},
      {"materials", N_("materials")},
      {"requirement", N_("demand")},
      {"paper", N_("paper")},
      {"basis", N_("stands on")},
      {"law", N_("law")},
  };
  for (size_t i = 0; i < XS_COUNT(words); i++)
    if (xs_text_is(rule->kind, words[i].kind)) return _(words[i].word);
  return "";
}

static void print_limit(const xs_rule_view *rule)
{
  xs_text trigger = rule->trigger_name.len ? rule->trigger_name : rule->trigger;
  bool backward = xs_text_is(rule->direction, "backward");
  if (rule->window)
    printf(_(", open for so long before: %.*s"), XS_TEXT(trigger));
  else if (backward)
    printf(_(", before: %.*s"), XS_TEXT(trigger));
  else
    printf(_(", after: %.*s"), XS_TEXT(trigger));
}

void xs_rule_print_title(const xs_rule_view *rule)
{
  bool has_name = rule->name.len && !xs_text_equal(rule->name, rule->says);
  printf("  %s %.*s", kind_word(rule), XS_TEXT(rule->id));
  if (has_name) printf(" %.*s", XS_TEXT(rule->name));
  if (rule->contracts.len) printf(" [%.*s]", XS_TEXT(rule->contracts));
  if (rule->says.len) printf(": %.*s", XS_TEXT(rule->says));
  if (rule->trigger.len) print_limit(rule);
  putchar('\n');
}

static void print_validity(const xs_rule_view *rule)
{
  if (rule->from.len) printf(_(", from %.*s"), XS_TEXT(rule->from));
  if (rule->to.len) printf(_(", to %.*s"), XS_TEXT(rule->to));
}

void xs_rule_print_facts(const xs_rule_view *rule)
{
  xs_text law = rule->law.len ? rule->law : rule->source;
  if (rule->actor.len) printf(_("      who: %.*s\n"), XS_TEXT(rule->actor));
  if (rule->stopped_by.len) printf(_("      stopped by: %.*s\n"), XS_TEXT(rule->stopped_by));
  bool says_more = law.len || rule->grade.len || rule->from.len || rule->to.len;
  if (says_more) {
    printf("      %.*s%s%.*s", XS_TEXT(law), law.len ? "  " : "", XS_TEXT(rule->grade));
    print_validity(rule);
    if (rule->pack.len) printf("  (%.*s)", XS_TEXT(rule->pack));
    putchar('\n');
  }
  if (rule->text.len) printf("      %.*s\n", XS_TEXT(rule->text));
}

/* ---- for machines ---- */

static void set(json_t *object, const char *key, xs_text value)
{
  if (value.len) json_object_set_new(object, key, xs_json_text(value));
}

json_t *xs_rule_json(const xs_rule_view *rule)
{
  json_t *o = json_object();
  set(o, "kind", rule->kind);
  set(o, "id", rule->id);
  set(o, "name", rule->name);
  set(o, "step", rule->step);
  set(o, "step-name", rule->step_name);
  set(o, "for", rule->contracts);
  set(o, "says", rule->says);
  set(o, "n", rule->n);
  set(o, "unit", rule->unit);
  set(o, "trigger", rule->trigger);
  set(o, "trigger-name", rule->trigger_name);
  set(o, "direction", rule->direction);
  if (rule->window) json_object_set_new(o, "window", json_true());
  set(o, "roll", rule->roll);
  set(o, "stopped-by", rule->stopped_by);
  set(o, "actor", rule->actor);
  set(o, "source", rule->source);
  set(o, "law", rule->law);
  set(o, "grade", rule->grade);
  json_object_set_new(o, "verified", json_boolean(rule->verified));
  set(o, "from", rule->from);
  set(o, "to", rule->to);
  set(o, "pack", rule->pack);
  set(o, "text", rule->text);
  return o;
}

json_t *xs_pack_json(const xs_pack_view *pack)
{
  json_t *o = json_object();
  set(o, "id", pack->id);
  set(o, "version", pack->version);
  set(o, "name", pack->name);
  set(o, "base", pack->base);
  set(o, "applies", pack->applies);
  set(o, "site", pack->site);
  set(o, "sha256", pack->digest);
  return o;
}
