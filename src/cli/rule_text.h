/* One entry of a rule pack, as a line for people and as JSON. */
#ifndef XS_CLI_RULE_TEXT_H
#define XS_CLI_RULE_TEXT_H

#include "cli/session.h"
#include "xieshang/rules.h"

/* 期限 送审 filing [wage]  10日 … */
void xs_rule_print_title(const xs_rule_view *rule);
/* The lines below it: when, who, which law, since when. */
void xs_rule_print_facts(const xs_rule_view *rule);
json_t *xs_rule_json(const xs_rule_view *rule);
json_t *xs_pack_json(const xs_pack_view *pack);

#endif
