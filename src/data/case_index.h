/* Finding the elements of a case by id, so that a check stays quick however long the case is. */
#ifndef XS_DATA_CASE_INDEX_H
#define XS_DATA_CASE_INDEX_H

#include "base/arena.h"

#include <libxml/tree.h>

/* `scope` is the order of the contract that a clause or schedule belongs to; 0 for all else. */
typedef struct xs_case_key {
  const char *kind;
  xs_text text;
  uint32_t scope;
} xs_case_key;

typedef struct xs_case_entry {
  xs_case_key key;
  uint32_t order; /* in the document */
  const xmlNode *node;
} xs_case_entry;

typedef struct xs_case_index {
  xs_case_entry *entries; /* by key, then by order */
  size_t count, capacity;
} xs_case_index;

/* Kinds that are not names of elements: meetings by number, delegates by person. */
#define XS_KEY_MEETING   "#meeting"
#define XS_KEY_ID_NUMBER "#id-number"
#define XS_KEY_PERSON    "#person"

xs_status xs_case_index_build(xs_arena *a, const xmlNode *root, xs_case_index *out);
/* The key of an element with an id; text.ptr is NULL when it has none. */
xs_case_key xs_case_key_of(const xmlNode *e);
/* Name and unit of a delegate as one key. */
xs_case_key xs_case_person_key(xs_arena *a, const xmlNode *delegate);
/* The first entry with this key; NULL when there is none. Those behind it may have the same. */
const xs_case_entry *xs_case_index_find(const xs_case_index *index, xs_case_key key);
/* The entry behind `e` when it has the same key. */
const xs_case_entry *xs_case_index_next(const xs_case_index *index, const xs_case_entry *e);

#endif
