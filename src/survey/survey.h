/*
 * A finished PDF of ours read back into plain values: what stands on each page, where, how large
 * and in which colour. Nothing here knows how the page was made; the file alone is asked.
 *
 * Places are in xs_len from the upper left corner of the page, y downwards.
 */
#ifndef XS_SURVEY_SURVEY_H
#define XS_SURVEY_SURVEY_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/len.h"
#include "model/style.h"

typedef struct xs_box {
  xs_len left, top, right, bottom;
} xs_box;

/* Makes a box as large as to hold another one, too. */
void xs_box_widen(xs_box *box, const xs_box *by);

/* Is it an ideograph? */
static inline bool xs_seen_is_han(uint32_t c)
{
  return (c >= 0x3400 && c < 0xa000) || (c >= 0x20000 && c < 0x40000);
}

typedef struct xs_seen_char {
  uint32_t codepoint; /* the first of `text` */
  xs_text text;       /* what it stands for; several characters for a cluster */
  const char *font;   /* PostScript name without the tag of the subset */
  xs_len size;        /* the em */
  xs_color color;
  bool turned;      /* does not stand upright: a watermark */
  bool blank;       /* leaves no ink */
  xs_len x, origin; /* of the glyph */
  xs_len baseline;  /* of the em that its ink fills: faces stand high or low in theirs */
  xs_len advance;
  xs_box ink; /* of the glyph's outline; empty when blank */
} xs_seen_char;

/* A stroke, or a filled rectangle that is as thin as one. */
typedef struct xs_seen_rule {
  xs_len x1, y1, x2, y2; /* its middle, x1 <= x2, y1 <= y2 */
  xs_len thickness;
  xs_color color;
} xs_seen_rule;

typedef struct xs_seen_picture {
  xs_box box;
  bool has_color;
  xs_color color; /* the mean of what is not transparent */
} xs_seen_picture;

typedef struct xs_seen_page {
  xs_len width, height;
  xs_seen_char *chars; /* in the order of the file, which is that of reading */
  size_t char_count, char_capacity;
  xs_seen_rule *rules;
  size_t rule_count, rule_capacity;
  xs_seen_picture *pictures;
  size_t picture_count, picture_capacity;
} xs_seen_page;

typedef struct xs_survey {
  xs_arena *arena;
  xs_seen_page *pages;
  size_t page_count;
} xs_survey;

/*
 * Reads a PDF from memory; `name` stands in messages. XS_EINPUT with pdf-broken, pdf-encrypted,
 * pdf-text (a character that cannot be told) or pdf-foreign (something that the engine never
 * writes) when it cannot be read; XS_ELIMIT above the ceilings of base/limits.h. *out is NULL on
 * failure.
 */
xs_status xs_survey_read(const xs_host *host, xs_text name, xs_text bytes, xs_diags *diags,
                         xs_survey **out);
void xs_survey_free(xs_survey *survey);

#endif
