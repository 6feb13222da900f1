/*
 * Small fonts for tests: a few glyphs cut out of a font of the system, whose tables can then be
 * damaged. No font file is kept in the tree.
 */
#ifndef TESTS_SMALL_FONT_H
#define TESTS_SMALL_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct small_font {
  unsigned char *bytes;
  size_t len;
} small_font;

/* What the small fonts hold, so far as their source does: marks whose ink is measured, letters that
 * are shaped, ideographs. */
#define SMALL_FONT_TEXT "协商，“一”——……（2024年）·Offer fi é 5%𠮷"

/* Fonts to cut: outlines of both kinds, and of the second one in a collection with subroutines, and
 * one without. */
enum { SMALL_LIBERATION, SMALL_WENKAI, SMALL_NOTO, SMALL_FANDOL, SMALL_SOURCES };

/* The glyphs of the text, with all that belongs to them. False when the font is not installed. */
bool small_font_cut(size_t source, small_font *out);
const char *small_font_name(size_t source);

/* A collection of `count` copies of the font. */
bool small_font_collect(const small_font *one, unsigned count, small_font *out);

bool small_font_copy(const small_font *from, small_font *out);
void small_font_free(small_font *font);

/* Where a table begins, and how long it is; NULL when there is none. */
unsigned char *small_font_table(small_font *font, const char tag[4], size_t *len);
/* The entry of a table in the directory: tag, checksum, offset, length, 4 bytes each. */
unsigned char *small_font_entry(small_font *font, const char tag[4]);

uint32_t small_font_get(const unsigned char *at, unsigned bytes);
void small_font_put(unsigned char *at, unsigned bytes, uint32_t value);

#endif
