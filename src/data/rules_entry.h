/* What the files of rule packs share: entries, and the sources that a pack is made of. */
#ifndef XS_DATA_RULES_ENTRY_H
#define XS_DATA_RULES_ENTRY_H

#include "data/rules.h"

/* The attribute by which entries of this element are told apart. */
const char *xs_entry_key(const xmlNode *entry);

/* Is the word one of a list of words with white space between them? */
bool xs_word_in(xs_text list, xs_text word);

/*
 * Lays layers over one another, the one on top first; each is the document of a pack or of a site
 * file, its namespace taken off, and `laws` is that of laws.xml. Reports entries of one layer that
 * would hold at the same time. Fills doc and laws of `rules`; their root has the attributes of
 * layers[pack].
 */
xs_status xs_rules_merge(xs_rules *rules, const xmlDocPtr *layers, size_t count, size_t pack,
                         xmlDocPtr laws, xs_diags *diags);
/* Reports what is stated twice within one file. */
xs_status xs_rules_check_twice(const xmlNode *root, xs_diags *diags);
/* Of a merged pack: unknown laws and steps, grades better than that of the law, days that do not
 * exist. */
xs_status xs_rules_check_entries(const xs_rules *rules, xs_diags *diags);

xs_status xs_rules_digest_make(xs_rules *rules);

#endif
