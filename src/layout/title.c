#include "layout/title.h"

#include "base/text.h"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

/*
 * TI-01  A title is broken by sense: lines of centred text end between words, if they can.
 * TI-02  The terms of terms.def are words.
 * TI-03  Three lines of a title form a trapezoid or a diamond, never an hourglass: the middle one
 * is not shorter than both others, if there are words to make it so.
 *
 * Which of these places is chosen is a matter of balance: the fewest lines, and these as even as
 * can be (linebreak.c). A template that knows better says <br/>.
 */

static const char *const terms[] = {
#define X(term) term,
#include "layout/terms.def"
#undef X
};

static bool is_han(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH && u->class == XS_CHAR_HAN;
}

/* Inside a word: a poor place where there was a good one. */
static void hold(xs_composer *c, size_t i)
{
  xs_unit *u = &c->units[i];
  if (i && is_han(u) && is_han(u - 1) && u->break_before == XS_BREAK_YES)
    u->break_before = XS_BREAK_POOR;
}

/* How many units from `i` on are the term; 0 when they are not. */
static size_t length_of_term(const xs_composer *c, size_t i, xs_text term)
{
  size_t first = i;
  for (size_t off = 0; off < term.len; i++) {
    uint32_t codepoint = xs_text_next(term, &off);
    if (i == c->line_unit_count || !is_han(&c->units[i]) || c->units[i].codepoint != codepoint)
      return 0;
  }
  return i - first;
}

static void hold_terms(xs_composer *c)
{
  for (size_t i = 0; i < c->line_unit_count; i++)
    for (size_t k = 0; k < XS_COUNT(terms); k++)
      for (size_t n = length_of_term(c, i, xs_text_of(terms[k])); n > 1; n--) hold(c, i + n - 1);
}

/* The characters, one a unit; what is none of Han parts words. */
static int32_t write_text(const xs_composer *c, UChar *text, uint32_t *unit_at)
{
  int32_t len = 0, room = (int32_t)c->line_unit_count * 2;
  for (size_t i = 0; i < c->line_unit_count; i++) {
    const xs_unit *u = &c->units[i];
    UBool failed = false;
    unit_at[len] = (uint32_t)i;
    U16_APPEND(text, len, room, is_han(u) ? (UChar32)u->codepoint : ' ', failed);
    if (failed) return 0;
  }
  unit_at[len] = (uint32_t)c->line_unit_count;
  return len;
}

xs_status xs_title_hold_words(xs_composer *c)
{
  size_t count = c->line_unit_count;
  UErrorCode error = U_ZERO_ERROR;
  UChar *text = XS_NEW_ARRAY(c->scratch, count * 2 + 1, UChar);
  uint32_t *unit_at = XS_NEW_ARRAY(c->scratch, count * 2 + 1, uint32_t);
  if (!text || !unit_at) return XS_ENOMEM;
  int32_t len = write_text(c, text, unit_at);
  if (!c->words) c->words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
  if (U_SUCCESS(error)) ubrk_setText(c->words, text, len, &error);
  if (U_FAILURE(error)) return XS_ENOMEM;
  size_t from = 0;
  for (int32_t at = ubrk_next(c->words); at != UBRK_DONE; at = ubrk_next(c->words)) {
    size_t end = unit_at[at];
    for (size_t i = from + 1; i < end; i++) hold(c, i);
    from = end;
  }
  hold_terms(c);
  return XS_OK;
}

/* ---- TI-03 ---------------------------------------------------------------------------------- */

enum { TITLE_LINES = 3, LONGEST_TITLE = 200 };

typedef struct title_shape {
  size_t ends[TITLE_LINES];
  xs_len widths[TITLE_LINES];
} title_shape;

static bool is_hourglass(const title_shape *s)
{
  return s->widths[1] < s->widths[0] && s->widths[1] < s->widths[2];
}

/* From the narrowest line to the widest; XS_LEN_MAX when one does not fit. */
static xs_len unevenness(const xs_composer *c, const xs_measure *m, size_t first, title_shape *s)
{
  xs_len least = XS_LEN_MAX, most = 0;
  for (size_t i = 0; i < TITLE_LINES; i++) {
    xs_len width = xs_units_natural(c, first, s->ends[i]);
    if (width > m->width) return XS_LEN_MAX;
    if (width < least) least = width;
    if (width > most) most = width;
    s->widths[i] = width;
    first = s->ends[i];
  }
  return most - least;
}

static bool may_end(const xs_composer *c, size_t i)
{
  return c->units[i].break_before == XS_BREAK_YES;
}

void xs_title_shape(const xs_composer *c, const xs_measure *m, xs_line_range *lines, size_t count)
{
  if (count != TITLE_LINES || lines[2].end - lines[0].first > LONGEST_TITLE) return;
  if (lines[0].last || lines[1].last) return; /* the template says where they end */
  size_t first = lines[0].first, end = lines[2].end;
  title_shape chosen = {.ends = {lines[0].end, lines[1].end, end}};
  if (unevenness(c, m, first, &chosen) == XS_LEN_MAX || !is_hourglass(&chosen)) return;
  xs_len least = XS_LEN_MAX;
  for (size_t i = first + 1; i < end; i++) {
    for (size_t j = i + 1; may_end(c, i) && j < end; j++) {
      title_shape tried = {.ends = {i, j, end}};
      xs_len uneven = may_end(c, j) ? unevenness(c, m, first, &tried) : XS_LEN_MAX;
      if (uneven >= least || is_hourglass(&tried)) continue;
      least = uneven;
      chosen = tried;
    }
  }
  for (size_t k = 0; least < XS_LEN_MAX && k < TITLE_LINES; k++) {
    lines[k].first = k ? chosen.ends[k - 1] : first;
    lines[k].end = chosen.ends[k];
  }
}
