/* A case (案卷): one collective bargaining, from one XML file. */
#ifndef XS_DATA_CASE_H
#define XS_DATA_CASE_H

#include "data/xml.h"
#include "xieshang/engine.h"

struct xs_rules;

typedef struct xs_case {
  xs_arena *arena;
  xmlDocPtr doc; /* namespace taken off; read-only */
  xs_text id;
  xs_text path;         /* of the file; pictures and attachments are found beside it */
  bool fits;            /* the schema found nothing wrong */
  const xs_host *files; /* maps what lies beside it; NULL: the host of whoever reads */
} xs_case;

/* Loads a case and checks it against the schema. On XS_EINPUT *out stays NULL. */
xs_status xs_case_load(const xs_host *host, const xs_schema *schema, xs_text path, xs_diags *diags,
                       xs_case **out);
/*
 * The same for a file that is only to be checked: when it is XML but does not fit the schema, *out
 * is set beside XS_EINPUT, so that xs_case_check can go on to what does not depend on the schema.
 */
xs_status xs_case_open(const xs_host *host, const xs_schema *schema, xs_text path, xs_diags *diags,
                       xs_case **out);
/*
 * xs_case_open for a case that is not a file. `path` stands in messages, and names of pictures and
 * attachments are asked of `files` as if the case lay there; it must outlive the case.
 */
xs_status xs_case_parse(const xs_host *host, const xs_schema *schema, xs_text path, xs_text bytes,
                        const xs_host *files, xs_diags *diags, xs_case **out);
/* An empty case, for `render --blank`. xs_case_free, of the public header, drops either. */
xs_status xs_case_blank(const xs_host *host, xs_diags *diags, xs_case **out);

/*
 * What the schema cannot say: check digits, real dates in legal order, numbers of delegates, one
 * 首席 a side, nobody on both sides, vote sums, references between elements.
 */
xs_status xs_case_check(const xs_case *kase, const struct xs_rules *rules, xs_diags *diags);

/* The day the file speaks of last: the latest date in it that is not after anything else, used
 * where no date was stated. 0 when it holds none. YYYYMMDD. */
uint32_t xs_case_latest_date(const xs_case *kase);

#endif
