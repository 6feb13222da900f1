/* Where a new element may stand in a tree that fits its schema. */
#ifndef XS_DATA_SCHEMA_PLACE_H
#define XS_DATA_SCHEMA_PLACE_H

#include "data/xml.h"

typedef enum xs_place_kind {
  XS_PLACE_NONE,  /* the parent holds no such thing */
  XS_PLACE_TAKEN, /* it holds one, and one stands there */
  XS_PLACE_FREE,
} xs_place_kind;

typedef struct xs_place {
  xs_place_kind kind;
  const xmlNode *behind; /* XS_PLACE_FREE: the child it follows, as late as may be; NULL: none */
} xs_place;

/* The place of a child `name` among those that `parent` has. The tree may have lost its namespace.
 */
xs_status xs_schema_place(const xs_schema *schema, const xmlNode *parent, xs_text name,
                          xs_place *out);

#endif
