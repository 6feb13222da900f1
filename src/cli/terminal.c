#include "cli/terminal.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, FIRST_WIDE = 0x1100 };

static bool has_colour(int stream)
{
  const char *no_color = getenv("NO_COLOR");
  const char *term = getenv("TERM");
  if (no_color && *no_color) return false;
  if (!term || strcmp(term, "dumb") == 0) return false;
  return isatty(stream);
}

bool xs_terminal_colour(void)
{
  return has_colour(STDERR_FILENO);
}

bool xs_terminal_colour_out(void)
{
  return has_colour(STDOUT_FILENO);
}

size_t xs_terminal_width(void)
{
  struct winsize size;
  if (!isatty(STDERR_FILENO)) return 0;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return USUAL_WIDTH;
  return size.ws_col;
}

size_t xs_terminal_cells(xs_text text)
{
  size_t cells = 0;
  for (size_t off = 0; off < text.len;) cells += xs_text_next(text, &off) < FIRST_WIDE ? 1 : 2;
  return cells;
}

void xs_terminal_pad(xs_text text, size_t cells)
{
  size_t used = xs_terminal_cells(text);
  size_t spaces = used < cells ? cells - used : 1;
  printf("%.*s%*s", XS_TEXT(text), (int)spaces, "");
}
