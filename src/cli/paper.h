/* The one paper that `render` and `dump` are asked for. */
#ifndef XS_CLI_PAPER_H
#define XS_CLI_PAPER_H

#include "cli/session.h"

typedef struct xs_paper {
  const char *which; /* template id or path */
  xs_render_options options;
} xs_paper;

/* Reads the options. False: wrong usage, said already. */
bool xs_paper_read(const xs_args *args, xs_paper *out);

#endif
