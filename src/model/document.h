/*
 * The document: what a template says about one case, before any line is broken.
 *
 * This is the first of the two frozen hand-overs. The template floor makes it; the layout floor
 * reads it and changes nothing. Everything in it lives in the document's arena: no condition,
 * loop, reference or number is left to work out, except page numbers.
 *
 *   document ─ section* ─ block* ─┬ paragraph ─ inline*
 *                                 ├ table ─ row* ─ cell* ─ block*
 *                                 ├ group ─ block*
 *                                 ├ issued ─ paragraph*
 *                                 ├ rule
 *                                 ├ space
 *                                 └ page break
 *
 * Every block and inline keeps two places: `span` in the template and `from` in the case
 * (XS_NOWHERE for fixed words).
 */
#ifndef XS_MODEL_DOCUMENT_H
#define XS_MODEL_DOCUMENT_H

#include "model/style.h"
#include "xieshang/engine.h"

/* A picture file as it stands in memory; decoded by the output floor. */
typedef struct xs_picture {
  xs_text name;  /* for messages */
  xs_text bytes; /* a PNG */
  uint32_t width_px, height_px;
} xs_picture;

typedef enum xs_inline_kind {
  XS_INLINE_TEXT,
  XS_INLINE_BOX, /* a fixed width: a blank to be filled by hand, or text set into a width */
  XS_INLINE_PICTURE,
  XS_INLINE_BREAK,       /* a new line */
  XS_INLINE_FILL,        /* stretches to push what follows to the right edge */
  XS_INLINE_PAGE_NUMBER, /* of this page as its section counts */
  XS_INLINE_PAGE_COUNT,  /* of the document */
} xs_inline_kind;

typedef enum xs_picture_place {
  XS_PICTURE_INLINE, /* stands in the line like a large character */
  XS_PICTURE_OVER,   /* a seal: centred on this point of the line, takes no room */
} xs_picture_place;

typedef struct xs_inline {
  xs_inline_kind kind;
  xs_char_style style;
  bool unbreakable; /* no line break inside: names of persons, numbers of documents */
  xs_span span;
  xs_span from;
  union {
    struct {
      xs_text text; /* NFC, no control characters, white space folded */
    } text;
    struct {
      xs_len width;
      xs_text text;   /* may be empty */
      xs_align align; /* of the text within the width: left, center, right or spread */
      bool underline; /* a rule below the whole width: a blank */
    } box;
    struct {
      const xs_picture *picture;
      xs_len width, height;
      xs_picture_place place;
      xs_len dx, dy; /* moves an XS_PICTURE_OVER from the point; right and down */
    } picture;
    struct {
      uint32_t leader; /* a character repeated over the stretch, 0 for none */
    } fill;
  } u;
} xs_inline;

typedef struct xs_block xs_block;

typedef struct xs_blocks {
  const xs_block *items;
  size_t count;
} xs_blocks;

/* A line of a stated thickness; width 0 draws nothing. */
typedef struct xs_line_style {
  xs_len width;
  xs_color color;
  bool dashed;
} xs_line_style;

typedef struct xs_paragraph {
  const xs_para_style *style;
  const xs_inline *inlines;
  size_t inline_count;
  uint8_t outline;  /* 1–6: the paragraph is a heading and a bookmark; 0: it is not */
  xs_text bookmark; /* its title in the outline */
} xs_paragraph;

typedef enum xs_valign { XS_VALIGN_MIDDLE, XS_VALIGN_TOP, XS_VALIGN_BOTTOM } xs_valign;

typedef struct xs_cell {
  uint32_t column, colspan, rowspan; /* the grid is complete: checked by the template floor */
  xs_valign valign;
  bool diagonal; /* 斜线表头: with one block a line from the top left corner to the bottom right
                    one; with two or three blocks each has its own part of the cell */
  bool decimal;  /* numbers stand with their points one below the other, other text in the middle */
  bool upright;  /* 竖排: characters one below the other, columns from right to left */
  int32_t shrink_milli; /* text too large is set down to so many thousandths; 0: it is not */
  xs_line_style top, right, bottom, left;
  xs_len padding_x, padding_y;
  xs_blocks blocks;
  xs_span span;
  xs_span from;
} xs_cell;

typedef struct xs_row {
  const xs_cell *cells;
  size_t cell_count;
  xs_len min_height;
  bool exact_height;      /* min_height is the height; text that does not fit is an error */
  bool head;              /* repeated on every page of the table; heads come first */
  bool may_split;         /* may go over two pages */
  const xs_text *carried; /* of a table that carries totals forward: what each of its carried
                             columns comes to up to this row; else NULL */
  xs_span span;
} xs_row;

typedef enum xs_width_kind {
  XS_WIDTH_FIXED,   /* value is a length */
  XS_WIDTH_SHARE,   /* value is a share of what fixed and content columns leave over */
  XS_WIDTH_CONTENT, /* as wide as its widest unbroken content */
} xs_width_kind;

typedef struct xs_column {
  xs_width_kind kind;
  int32_t value;
} xs_column;

/* 过次页 and 承前页: where a page ends within the table, the totals so far stand in a last row, and
 * again in the first row of the next page. */
typedef struct xs_carry {
  const uint32_t *columns;   /* whose numbers are added up, in ascending order, never the first */
  size_t count;              /* 0: nothing is carried */
  const xs_row *foot, *head; /* the rows, whose cells in those columns are still empty */
} xs_carry;

typedef struct xs_table {
  const xs_column *columns;
  size_t column_count;
  const xs_row *rows;
  size_t row_count;
  xs_align align;    /* of a table narrower than the measure */
  xs_text continued; /* “（续表）” over the head on further pages; empty for none */
  xs_char_style continued_style;
  bool split_columns;   /* wider than its place: parted into groups of columns, page after page */
  uint32_t key_columns; /* the first columns, which every group repeats */
  xs_carry carry;
} xs_table;

/* Blocks that belong together. */
typedef struct xs_group {
  xs_blocks blocks;
  bool keep_together; /* on one page, unless higher than a page */
  uint32_t keep_with; /* at least so many lines of the text before stand on the same page */
  bool at_top;        /* its room above stays also at the top of a page (版头) */
  bool at_bottom;     /* its lower edge lies on the lower edge of the type area (版记) */
  xs_line_style top, right, bottom, left;
  xs_len padding_x, padding_y;
  xs_len before, after;
} xs_group;

/*
 * 署名、成文日期、印章: who issues a paper, when, under which seals. Where each stands depends on
 * the widths of the others and of the seals, so layout finds the places (GB/T 9704 7.3.5).
 */
typedef struct xs_issued {
  const xs_paragraph *names; /* of the bodies, in their order; an XS_PICTURE_OVER among the words
                                is the seal that presses this name, its dx and dy without meaning */
  size_t name_count;         /* at least one */
  const xs_paragraph *below; /* below the last name; the last of them is the date */
  size_t below_count;        /* at least one */
  bool sealed;               /* set for seals, whether pictures of them are there or not */
  uint32_t keep_with;        /* at least so many lines of the text before stand on the same page */
} xs_issued;

typedef enum xs_block_kind {
  XS_BLOCK_PARAGRAPH,
  XS_BLOCK_TABLE,
  XS_BLOCK_GROUP,
  XS_BLOCK_ISSUED,
  XS_BLOCK_RULE,
  XS_BLOCK_SPACE,
  XS_BLOCK_PAGE_BREAK,
} xs_block_kind;

struct xs_block {
  xs_block_kind kind;
  xs_span span;
  xs_span from;
  union {
    xs_paragraph paragraph;
    xs_table table;
    xs_group group;
    xs_issued issued;
    struct {
      xs_line_style line;
      xs_len before, after;
      xs_len left, right; /* indents; below 0 the rule reaches into the margin */
    } rule;
    struct {
      xs_len height; /* dropped at the top of a page */
    } space;
  } u;
};

typedef enum xs_page_kind {
  XS_PAGE_FIRST, /* on which the numbers begin */
  XS_PAGE_ODD,
  XS_PAGE_EVEN,
  XS_PAGE_KIND_COUNT
} xs_page_kind;

/* Head and foot of one kind of page. */
typedef struct xs_page_edge {
  xs_blocks blocks;
  xs_len distance; /* head: from the upper page edge to its top; foot: from the lower edge of the
                      type area to its top */
} xs_page_edge;

/* Words laid across every page: 草案, 征求意见稿, 副本. Empty text draws nothing. */
typedef struct xs_watermark {
  xs_text text;
  xs_char_style style;
  int32_t angle_deg; /* counter-clockwise */
} xs_watermark;

typedef struct xs_section {
  xs_len width, height;            /* of the page, turned already when landscape */
  xs_len top, right, bottom, left; /* margins */
  xs_len line_pitch; /* of the grid on which paragraphs of a grid style begin; 0: none */
  xs_len tighten;    /* so much the pitch may give up for a sign-off to stay on its page */
  xs_page_edge head[XS_PAGE_KIND_COUNT];
  xs_page_edge foot[XS_PAGE_KIND_COUNT];
  bool restart_numbers; /* page numbers start at first_number here */
  uint32_t first_number;
  xs_watermark watermark;
  xs_blocks blocks;
  xs_span span;
} xs_section;

typedef struct xs_document {
  xs_arena *arena; /* owns all of this */
  xs_text title, author, subject, case_id;
  xs_text template_id, template_version;
  char template_digest[65]; /* SHA-256 over the template and all that it includes, hex */
  xs_copy copy;
  const xs_section *sections;
  size_t section_count;
} xs_document;

void xs_document_free(xs_document *doc);

/* Writes the document as text, one node a line, for the golden tests and `xieshang dump`. */
struct xs_buf;
void xs_document_dump(const xs_document *doc, struct xs_buf *out);

/* The invariants above, asserted in debug builds after the stage that makes a document. */
void xs_document_check(const xs_document *doc);

#endif
