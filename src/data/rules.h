/*
 * Rule packs: what the law of a place says, as data under templates/rules/. A pack is merged
 * over its bases when it is loaded; what it yields is one tree.
 */
#ifndef XS_DATA_RULES_H
#define XS_DATA_RULES_H

#include "data/xml.h"

typedef struct xs_rules {
  xs_arena *arena;
  xmlDocPtr doc;  /* <rules> merged: paper, basis, limit, figure, requirement, each matched by id */
  xmlDocPtr laws; /* laws.xml */
  xs_text id;
} xs_rules;

/* `dir` is the folder of packs, `id` such as "national". Reports unknown packs, circles and
 * sources that laws.xml does not have. */
xs_status xs_rules_load(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                        xs_diags *diags, xs_rules **out);
void xs_rules_free(xs_rules *rules);

/* Checks the file of a pack or of the laws: where laws.xml stands beside it, together with its
 * bases; elsewhere its form only. */
xs_status xs_rules_check(const xs_host *host, const xs_schema *schema, xs_text path,
                         xs_diags *diags);

/* Elements of the merged pack; NULL when it has none. */
const xmlNode *xs_rules_limit(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_figure(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_requirement(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_paper(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_law(const xs_rules *rules, xs_text id);

#endif
