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

/* The glyphs of the characters of `text`, with all that belongs to them. False when the file is
 * not there. */
bool small_font_cut(const char *path, unsigned index, const char *text, small_font *out);

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
