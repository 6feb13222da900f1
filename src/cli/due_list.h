/* What is due, as a list for people and for programs. */
#ifndef XS_CLI_DUE_LIST_H
#define XS_CLI_DUE_LIST_H

#include "xieshang/due.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct xs_due_style {
  bool colour;
  bool all;     /* what is done, too */
  bool explain; /* each count day by day */
  bool titles;  /* of the cases: there may be several */
} xs_due_style;

/* On stdout, by term, in columns; Chinese is two columns wide. */
void xs_due_list_print(const xs_due *due, const xs_due_style *style);

/* docs/json.md has the members. */
void xs_due_list_json(const xs_due *due, const xs_due_style *style, json_t *result);

/* “YYYY-MM-DD”; `out` has room for it. Empty for 0. */
xs_text xs_due_date_text(uint32_t day, char out[16]);

#endif
