/*
 * Rule packs: what the law of a place says, as data under templates/rules/. A pack is laid over
 * its bases when it is loaded, and the files of an operator (the site) over both; what it yields
 * is one tree.
 *
 * An entry may hold for some kinds of contract only (for="wage") and for some time only (from,
 * to; without them, those of the law it stands on). So several entries may share an id, and the
 * first that fits, in the order of the merged tree, is the one that holds:
 *
 *   1. what is laid above comes before what lies below: site, pack, base of the pack …
 *   2. within one file, what names the kind of contract comes before what names none.
 *
 * An entry that could never be reached is left out of the merged tree, and one that another takes
 * over from some day on ends the day before. Every entry there says in
 * @pack which file it is from, and in @from and @to when it holds; it has the @name and the @step
 * of the entry below where it states none.
 */
#ifndef XS_DATA_RULES_H
#define XS_DATA_RULES_H

#include "base/buf.h"
#include "base/date.h"
#include "data/xml.h"

typedef struct xs_rules {
  xs_arena *arena;
  xmlDocPtr doc;  /* <rules> merged: step, paper, basis, limit, figure, materials, requirement */
  xmlDocPtr laws; /* <laws> merged: those of laws.xml and those that packs add */
  xs_text id;     /* of the pack; the site has none of its own */
  char digest[65];
} xs_rules;

/* The files of an operator, laid over a pack one after another: the last lies on top. */
typedef struct xs_rules_site {
  const xs_text *paths;
  size_t count;
} xs_rules_site;

/*
 * `dir` is the folder of packs, `id` such as "national"; `site` may be NULL. Reports unknown
 * packs, circles, entries that are stated twice, sources that laws.xml does not have, and grades
 * better than that of the law. On failure *out is as it was.
 */
xs_status xs_rules_load(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                        xs_diags *diags, xs_rules **out);
xs_status xs_rules_load_site(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                             const xs_rules_site *site, xs_diags *diags, xs_rules **out);
void xs_rules_free(xs_rules *rules);

/* Checks the file of a pack or of the laws: where laws.xml stands beside it, together with its
 * bases; elsewhere as a file of a site, over the packs of the folder `packs` when there is one. */
xs_status xs_rules_check(const xs_host *host, const xs_schema *schema, xs_text packs, xs_text path,
                         xs_diags *diags);
/* Every limit begins at a moment that a workflow knows: its root element holds <moment id>. */
xs_status xs_rules_check_triggers(const xs_rules *rules, const xmlNode *workflow, xs_diags *diags);

/* ---- a pack as bytes ---- */

/*
 * The merged pack and the laws as one XML: always the same bytes, wherever the files lay. Reading
 * them back gives a pack that answers the same; XS_EINPUT when they are something else. The
 * digest is that of these bytes, SHA-256 in hex.
 */
xs_status xs_rules_bytes(const xs_rules *rules, xs_buf *out);
xs_status xs_rules_of_bytes(const xs_host *host, xs_text bytes, xs_diags *diags, xs_rules **out);
const char *xs_rules_digest(const xs_rules *rules);

/* ---- questions ---- */

/*
 * The entry of an element (limit, figure …) with this id that holds for a kind of contract on a
 * day; NULL when there is none. No kind, XS_NO_TEXT: what holds for contracts in general. No day,
 * {0}: what holds last. A limit is to be asked for with the day of its trigger.
 */
const xmlNode *xs_rules_find(const xs_rules *rules, const char *element, xs_text id,
                             xs_text contract_kind, xs_date on);
const xmlNode *xs_rules_limit_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                  xs_date on);
const xmlNode *xs_rules_figure_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                   xs_date on);
const xmlNode *xs_rules_materials_for(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                      xs_date on);
/* The same for contracts in general, in force last. */
const xmlNode *xs_rules_limit(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_figure(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_requirement(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_paper(const xs_rules *rules, xs_text id);
const xmlNode *xs_rules_law(const xs_rules *rules, xs_text id);

/* The limits of this id for a kind of contract, by precedence and whenever they hold: the first
 * with NULL, NULL at the end. Their triggers may differ. */
const xmlNode *xs_rules_limit_next(const xs_rules *rules, xs_text id, xs_text contract_kind,
                                   const xmlNode *last);
bool xs_rules_in_force(const xmlNode *entry, xs_date on);

/*
 * The kind of contract that a node of a case is about: that of the contract it lies in or names
 * (@contract), or that an offer asks for (@kind); else the one kind of all contracts of the case;
 * else the one kind that the pack @applies to; else none.
 */
xs_text xs_rules_kind_of(const xs_rules *rules, const xmlNode *node);

/* A last day on a holiday rolls on (民法典 §203): as the limit says in @roll; else forward ones
 * do and backward ones do not. */
bool xs_rules_rolls(const xmlNode *limit);

/* A or B: what was read, and may be shown as law. */
bool xs_grade_is_law(xs_text grade);

#endif
