/* A law as people cite it: 《集体合同规定》第三十二条第二款, from `r22:32:2` of the rule packs. */
#ifndef XS_TEMPLATE_LAW_H
#define XS_TEMPLATE_LAW_H

#include "base/buf.h"
#include "data/rules.h"

typedef enum xs_law_flaw {
  XS_LAW_SOUND,
  XS_LAW_UNKNOWN,    /* the rule pack has no such law */
  XS_LAW_NO_ARTICLE, /* what stands behind the colon is no article */
} xs_law_flaw;

/* Writes 第三十二条第二款第（三）项 for 32:2:3, 第三十二条之一 for 32-1, nothing for an empty one.
 * What was written before a flaw was met stays. Scratch memory comes from `a`. */
xs_law_flaw xs_law_write_article(xs_arena *a, xs_text article, xs_buf *b);

/* Writes title and article. `reference` is a law, or a law and an article; `article` counts when it
 * names none. A law that was not verified is marked 待核实. */
xs_law_flaw xs_law_write(xs_arena *a, const xs_rules *rules, xs_text reference, xs_text article,
                         xs_buf *b);

/* The same in `a`. XS_NO_TEXT when it cannot be cited or memory runs out. */
xs_text xs_law_text(xs_arena *a, const xs_rules *rules, xs_text reference);

#endif
