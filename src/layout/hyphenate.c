#include "layout/breaks.h"

/*
 * LB-14  Western words part at hyphenation points only where the style asks for it, and at soft
 *        hyphens always; a hyphen is seen at the end of such a line. Under the page it is a soft
 *        hyphen, so that a word that is copied is whole.
 */

static bool is_letter(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH && u->western && u->class == XS_CHAR_LETTER;
}

static bool is_ascii_letter(const xs_unit *u)
{
  uint32_t lower = u->codepoint | 0x20;
  return is_letter(u) && lower >= 'a' && lower <= 'z';
}

/* The hyphen of the word before serves, too, when it looks the same. */
static xs_status allow_hyphen(xs_composer *c, size_t i, uint32_t *known)
{
  xs_status st = XS_OK;
  if (!*known || c->units[*known].inl != c->units[i].inl) st = xs_unit_push_hyphen(c, i, known);
  if (st || !*known) return st;
  c->units[i].hyphen = *known;
  c->units[i].break_before = XS_BREAK_HYPHEN;
  return XS_OK;
}

/* A word that stands alone: no part of an address, a file name or a number. */
static bool stands_alone(const xs_composer *c, size_t first, size_t end)
{
  const xs_unit *before = first > 0 ? &c->units[first - 1] : NULL;
  const xs_unit *behind = end < c->line_unit_count ? &c->units[end] : NULL;
  bool free_before = !before || !before->western || before->class == XS_CHAR_SPACE ||
                     before->class == XS_CHAR_WEST_OPEN;
  bool free_behind = !behind || !behind->western || behind->class == XS_CHAR_SPACE ||
                     behind->class == XS_CHAR_WEST_CLOSE;
  bool more = behind && behind->class == XS_CHAR_WEST_CLOSE && end + 1 < c->line_unit_count &&
              behind[1].western && behind[1].class == XS_CHAR_LETTER; /* example.org */
  return free_before && free_behind && !more && !c->units[first].inl->unbreakable;
}

static xs_status part_word(xs_composer *c, size_t first, size_t end, xs_hyphens *hyphens,
                           uint32_t *known)
{
  xs_status st = XS_OK;
  char word[XS_HYPHENS_MAX_WORD];
  bool points[XS_HYPHENS_MAX_WORD];
  if (end - first > XS_HYPHENS_MAX_WORD || !stands_alone(c, first, end)) return XS_OK;
  for (size_t i = first; i < end; i++) word[i - first] = (char)c->units[i].codepoint;
  if (!xs_hyphens_find(hyphens, word, end - first, points)) return XS_OK;
  for (size_t i = first; i + 1 < end && !st; i++)
    if (points[i - first] && c->units[i + 1].break_before == XS_BREAK_NO)
      st = allow_hyphen(c, i + 1, known);
  return st;
}

/* Said once, at the first paragraph that asks. */
static void report_no_patterns(xs_composer *c)
{
  if (c->without_patterns || !c->line_unit_count) return;
  c->without_patterns = true;
  xs_diag(c->diags, XS_D_HYPHENS_MISSING, c->units[0].inl->span,
          _("there are no patterns to part words by; fonts.xml names their file"));
}

static xs_status part_words(xs_composer *c, uint32_t *known)
{
  xs_status st = XS_OK;
  xs_hyphens *hyphens = xs_fontset_hyphens(c->fonts);
  if (!hyphens) report_no_patterns(c);
  for (size_t first = 0; hyphens && first < c->line_unit_count && !st;) {
    size_t end = first;
    while (end < c->line_unit_count && is_ascii_letter(&c->units[end])) end++;
    if (end > first) st = part_word(c, first, end, hyphens, known);
    first = end > first ? end : first + 1;
  }
  return st;
}

xs_status xs_words_hyphenate(xs_composer *c)
{
  uint32_t known = 0;
  xs_status st = XS_OK;
  for (size_t i = 1; i < c->line_unit_count && !st; i++)
    if (c->units[i].soft && is_letter(&c->units[i - 1]) && is_letter(&c->units[i]))
      st = allow_hyphen(c, i, &known);
  return st || !c->hyphenate ? st : part_words(c, &known);
}
