/* What the terminal can do. */
#ifndef XS_CLI_TERMINAL_H
#define XS_CLI_TERMINAL_H

#include "xieshang/base.h"

#include <stdbool.h>

/* stderr is a terminal, NO_COLOR is not set, and TERM is not "dumb". */
bool xs_terminal_colour(void);
/* The same of stdout. */
bool xs_terminal_colour_out(void);
/* Columns of the terminal on stderr; 0 when it is none. */
size_t xs_terminal_width(void);

/* How many columns a text takes: two for each wide character. */
size_t xs_terminal_cells(xs_text text);
/* Prints a text on stdout and spaces up to `cells` columns, at least one. */
void xs_terminal_pad(xs_text text, size_t cells);

#endif
