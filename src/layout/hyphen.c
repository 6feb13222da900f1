#include "layout/hyphen.h"

#include <hyphen.h>
#include <stdlib.h>

/* LB-14: at least two letters stay on the line, and three go to the next. */
enum { LETTERS_BEFORE = 2, LETTERS_BEHIND = 3 };

xs_hyphens *xs_hyphens_open(const char *path)
{
  return (xs_hyphens *)hnj_hyphen_load(path);
}

void xs_hyphens_close(xs_hyphens *h)
{
  if (h) hnj_hyphen_free((HyphenDict *)h);
}

bool xs_hyphens_find(xs_hyphens *h, const char *word, size_t len, bool *points)
{
  if (len < LETTERS_BEFORE + LETTERS_BEHIND || len > XS_HYPHENS_MAX_WORD) return false;
  char lower[XS_HYPHENS_MAX_WORD + 1] = {0}, marks[XS_HYPHENS_MAX_WORD + 8] = {0};
  for (size_t i = 0; i < len; i++) lower[i] = (char)(word[i] | 0x20);
  char **rep = NULL;
  int *pos = NULL, *cut = NULL;
  if (hnj_hyphen_hyphenate3((HyphenDict *)h, lower, (int)len, marks, NULL, &rep, &pos, &cut,
                            LETTERS_BEFORE, LETTERS_BEHIND, LETTERS_BEFORE, LETTERS_BEHIND))
    return false;
  bool any = false;
  for (size_t i = 0; i < len; i++) {
    bool changes_letters = rep && rep[i];
    points[i] = (marks[i] & 1) && !changes_letters && i + 1 < len;
    any |= points[i];
    if (rep) free(rep[i]);
  }
  free(rep);
  free(pos);
  free(cut);
  return any;
}
