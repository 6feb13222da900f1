/* xieshang rules list, rules show: the rule packs, and what they say. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/rule_text.h"
#include "cli/terminal.h"

#include <stdio.h>

xs_exit xs_cli_rules_list(xs_session *s);
xs_exit xs_cli_rules_show(xs_session *s);

enum { ID_CELLS = 12, VERSION_CELLS = 6, NAME_CELLS = 16, BASE_CELLS = 12 };

/* ---- list ---- */

static void print_pack(const xs_pack_view *pack)
{
  xs_terminal_pad(pack->id, ID_CELLS);
  xs_terminal_pad(pack->version, VERSION_CELLS);
  xs_terminal_pad(pack->name, NAME_CELLS);
  if (pack->applies.len)
    xs_terminal_pad(pack->base, BASE_CELLS);
  else
    printf("%.*s", XS_TEXT(pack->base));
  printf("%.*s\n", XS_TEXT(pack->applies));
}

xs_exit xs_cli_rules_list(xs_session *s)
{
  json_t *all = json_array();
  xs_status status = xs_session_engine(s);
  for (size_t i = 0; !status; i++) {
    xs_pack_view pack;
    status = xs_engine_pack_at(s->engine, i, s->diags, &pack);
    if (status || !pack.id.ptr) break;
    if (s->json)
      json_array_append_new(all, xs_pack_json(&pack));
    else
      print_pack(&pack);
  }
  json_object_set_new(s->result, "packs", all);
  return xs_session_report(s, status);
}

/* ---- show ---- */

static void print_about(const xs_pack *pack)
{
  xs_pack_view v = xs_pack_about(pack);
  xs_text remark;
  printf("%.*s  %.*s %.*s", XS_TEXT(v.name), XS_TEXT(v.id), XS_TEXT(v.version));
  if (v.base.len) printf(_(", over %.*s"), XS_TEXT(v.base));
  if (v.site.len) printf(_(", below %.*s"), XS_TEXT(v.site));
  printf("\nSHA-256 %.*s\n", XS_TEXT(v.digest));
  for (size_t i = 0; xs_pack_remark_at(pack, i, &remark); i++)
    printf("  * %.*s\n", XS_TEXT(remark));
}

static void print_rules(const xs_pack *pack)
{
  xs_rule_view rule;
  xs_text step = XS_NO_TEXT;
  for (size_t i = 0; xs_pack_rule_at(pack, i, &rule); i++) {
    if (i == 0 || !xs_text_equal(rule.step, step))
      printf("\n%.*s %.*s\n", XS_TEXT(rule.step_name), XS_TEXT(rule.step));
    step = rule.step;
    xs_rule_print_title(&rule);
    xs_rule_print_facts(&rule);
  }
}

static void keep(xs_session *s, const xs_pack *pack)
{
  xs_rule_view rule;
  xs_text remark;
  xs_pack_view v = xs_pack_about(pack);
  json_t *rules = json_array(), *remarks = json_array();
  for (size_t i = 0; xs_pack_rule_at(pack, i, &rule); i++)
    json_array_append_new(rules, xs_rule_json(&rule));
  for (size_t i = 0; xs_pack_remark_at(pack, i, &remark); i++)
    json_array_append_new(remarks, xs_json_text(remark));
  json_object_set_new(s->result, "pack", xs_pack_json(&v));
  json_object_set_new(s->result, "remarks", remarks);
  json_object_set_new(s->result, "rules", rules);
}

xs_exit xs_cli_rules_show(xs_session *s)
{
  xs_pack *pack = NULL;
  const char *which = xs_args_value(s->args, XS_OPTION_PACK);
  const char *asked = s->args->operand_count ? s->args->operands[0] : NULL;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_pack_open(s->engine, which ? which : "national", s->diags, &pack);
  if (!status) status = xs_pack_ask(pack, asked, s->diags);
  if (!status) keep(s, pack);
  if (!status && !s->json) {
    print_about(pack);
    print_rules(pack);
  }
  xs_exit exit = xs_session_report(s, status);
  xs_pack_close(pack);
  return exit;
}
