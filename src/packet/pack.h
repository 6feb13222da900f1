/* Inside of xs_pack: the merged pack, and its entries as people read them. */
#ifndef XS_PACKET_PACK_H
#define XS_PACKET_PACK_H

#include "data/rules.h"
#include "xieshang/rules.h"

typedef struct xs_pack_entry {
  const xmlNode *node;
  xs_rule_view view;
} xs_pack_entry;

struct xs_pack {
  xs_arena *a;
  xs_rules *rules;
  const xmlNode *moments; /* root of the file that names them, or NULL */
  xs_pack_entry *entries; /* by step, in it by kind; the laws at the end */
  size_t count, capacity;
  size_t *asked; /* places in `entries` */
  size_t asked_count;
};

/* The order of entries within a step. */
enum { XS_PACK_KINDS = 7 };
extern const char *const xs_pack_kinds[XS_PACK_KINDS];

/* What a merged pack says of itself; the texts live as long as `rules`. */
xs_pack_view xs_pack_view_of(const xs_rules *rules);
/* Fills pack->entries from pack->rules. */
xs_status xs_pack_read(xs_pack *pack);

#endif
