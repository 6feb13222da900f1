/*
 * A paragraph on its way to lines: a row of units, each one thing that stands in a line.
 *
 * Four steps, each finishing what the next one reads:
 *
 *   collect runs     inlines → units: characters, faces, glyphs            shape.c
 *   adjust widths    room that marks give up, gaps between scripts          width.c
 *   choose breaks    where a line may end (breaks.c), and which of these
 *                    places set the whole paragraph best                    linebreak.c
 *   place glyphs     each line shrunk or stretched to its measure
 *                    (justify.c) or put into cells (cells.c), items         place.c
 *
 * paragraph.c calls them one after the other. Every rule has an id; docs/typesetting.md lists them
 * with their sources.
 */
#ifndef XS_LAYOUT_UNIT_H
#define XS_LAYOUT_UNIT_H

#include "layout/fontset.h"
#include "model/document.h"

typedef enum xs_unit_kind {
  XS_UNIT_GLYPH,
  XS_UNIT_FURTHER, /* one more glyph of the cluster before: never parted from it */
  XS_UNIT_BOX,
  XS_UNIT_PICTURE,
  XS_UNIT_SEAL, /* a picture that takes no room */
  XS_UNIT_FILL,
  XS_UNIT_BREAK, /* a new line */
} xs_unit_kind;

typedef enum xs_break {
  XS_BREAK_NO,
  XS_BREAK_HELD,   /* inside a word of ours: only when the word is wider than the measure */
  XS_BREAK_POOR,   /* only when the line would else open up far */
  XS_BREAK_HYPHEN, /* with a hyphen at the end of the line */
  XS_BREAK_YES,
  XS_BREAK_WORD,   /* only because a word is wider than the measure */
  XS_BREAK_FORCED, /* a new line was asked for */
} xs_break;

typedef struct xs_unit {
  const xs_inline *inl;
  const char *text; /* its characters, in the document or in the arena of the product */
  uint32_t text_len;
  uint32_t codepoint; /* the first of them */
  xs_typeface *face;
  uint32_t glyph;
  xs_len size;                  /* of the glyph */
  xs_len advance;               /* of the glyph */
  xs_len shift;                 /* of the glyph from the left edge of the unit */
  xs_len rise;                  /* of a combining mark; positive is up */
  xs_len width;                 /* the room it takes in a line */
  xs_len gap;                   /* between it and the unit before; dropped at a line start */
  xs_len trim_left, trim_right; /* room without ink that it can still give up */
  uint8_t kind;
  uint8_t class;        /* xs_char_class */
  uint8_t break_before; /* xs_break */
  uint8_t cells;        /* of the grid that it fills; 0: it fits none */
  bool glued;           /* U+2060 or U+00A0 stands before it: no break */
  bool loosened;        /* U+200B stands before it: a break may be here */
  bool soft;            /* U+00AD stands before it */
  bool western;         /* set in a Western face as part of a Western run */
  bool centred;         /* its ink stands in the middle: it gives up both sides alike */
  bool solid;           /* a space within a number: never wider or narrower */
  uint32_t hyphen;      /* with XS_BREAK_HYPHEN: the unit of the hyphen */
  uint32_t inner_first, inner_count; /* the units of the text of a box */
} xs_unit;

/* The scratch of one paragraph after the other; what is placed lives in `a`. */
typedef struct xs_composer {
  xs_arena *a;       /* of the product */
  xs_arena *scratch; /* of the paragraph: reused, dropped with the composer */
  xs_fontset *fonts;
  xs_diags *diags;
  xs_kinsoku_set kinsoku; /* these six: of the paragraph */
  xs_marks marks;
  xs_len grid_width; /* what the cells of its grid share */
  xs_len grid_em;
  uint32_t cell_count; /* 0 when it has no grid */
  bool hyphenate;
  uint32_t page_number, page_count; /* what the fields say */
  bool without_patterns;            /* said already that no word can be parted */
  bool asked_for_pages;             /* a field was met */
  bool artifact;                    /* what is placed is no part of the text */
  unsigned depth;                   /* of blocks within blocks */

  xs_unit *units;
  size_t unit_count, unit_capacity;
  size_t line_unit_count; /* the units of boxes stand behind these */

  struct xs_line_sums *sums; /* linebreak.c */
  size_t sums_capacity;
  struct xs_line_range *ranges;
  size_t ranges_capacity;
  struct xs_room *rooms; /* paragraph.c */
  size_t rooms_capacity;
  struct xs_item *placed;
  size_t placed_capacity;
  struct hb_buffer_t *buffer;    /* shape.c */
  struct UBreakIterator *breaks; /* breaks.c */
  struct UBreakIterator *words;  /* title.c */
  uint32_t *missing;             /* characters reported already */
  size_t missing_count, missing_capacity;
} xs_composer;

/* The font size of an inline in 1/1000 of its em, as a length. */
static inline xs_len xs_len_milli(xs_len length, int32_t milli)
{
  return (xs_len)((int64_t)length * milli / 1000);
}

/* The room above the baseline that an ideograph of this size takes; the rest is below. */
static inline xs_len xs_em_above(xs_len size)
{
  return xs_len_milli(size, 880);
}

/* Where a cell of the grid begins. Worked out for each, so that no error adds up. */
static inline xs_len xs_cell_at(const xs_composer *c, uint32_t cell)
{
  return (xs_len)((int64_t)c->grid_width * cell / (c->cell_count ? c->cell_count : 1));
}

static inline bool xs_unit_is_space(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH && u->class == XS_CHAR_SPACE;
}

/* 0–9, of either width */
static inline bool xs_unit_is_digit(const xs_unit *u)
{
  bool wide = u->codepoint >= 0xff10 && u->codepoint <= 0xff19;
  return u->kind == XS_UNIT_GLYPH && (u->class == XS_CHAR_DIGIT || wide);
}

xs_status xs_composer_open(xs_composer *c, xs_arena *a, xs_fontset *fonts, xs_diags *diags);
void xs_composer_close(xs_composer *c);

/* False, with an error at `at`, when nothing can be read in this style: characters that no page
 * could hold, or that would lie on one another. */
bool xs_style_check(xs_composer *c, const xs_char_style *style, xs_span at);

/* Takes from a style what the steps ask of it; NULL is a style that asks for nothing. The grid
 * has as many cells as `measure` holds ems. */
void xs_composer_style(xs_composer *c, const xs_para_style *style, xs_len measure);

/* Collects the units of a paragraph. A character without a glyph is recorded as an error and
 * left out; the caller gives up the product at its end. */
xs_status xs_units_collect(xs_composer *c, const xs_inline *inlines, size_t count);

/* Makes a hyphen that looks like the text of unit `i`, behind all units. *place is where, or 0 when
 * no face has one. */
xs_status xs_unit_push_hyphen(xs_composer *c, size_t i, uint32_t *place);

/* Settles the room between neighbours. XS_ELIMIT when the text of a box is wider than any page. */
xs_status xs_units_adjust(xs_composer *c);

/* What the unit gives up at a line end. */
xs_len xs_unit_end_trim(const xs_unit *u);
/* How far the gap before it may shrink. */
xs_len xs_unit_gap_shrink(const xs_unit *u);
/* How far a Western word space may shrink. */
xs_len xs_unit_space_shrink(const xs_unit *u);

/* Two digits of one number, or a number and its sign. */
bool xs_unit_is_number_pair(const xs_unit *left, const xs_unit *right);

/* Finds where lines may end. XS_ELIMIT when a word is longer than XS_MAX_WORD_BYTES. */
xs_status xs_units_allow(xs_composer *c);

#endif
