/* A count day by day, for people and for programs. */
#ifndef XS_CLI_DAY_TABLE_H
#define XS_CLI_DAY_TABLE_H

#include "xieshang/days.h"

#include <jansson.h>

/* One line a day on stdout, in columns, `indent` spaces before each. */
void xs_day_table_print(const xs_days *days, size_t indent);

/* The same as an array of objects; docs/json.md has their members. */
json_t *xs_day_table_json(const xs_days *days);

/* The answer alone, as an object. */
json_t *xs_day_answer_json(const xs_days *days);

#endif
