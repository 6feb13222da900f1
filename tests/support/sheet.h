/*
 * Page lists put together by hand, for tests of what comes after layout: one glyph for each
 * character, by the cmap of the face, at its own advance.
 */
#ifndef TESTS_SHEET_H
#define TESTS_SHEET_H

#include "model/pagelist.h"

enum { SHEET_ITEMS = 512, SHEET_PAGES = 16, SHEET_BOOKMARKS = 16 };

typedef struct sheet {
  xs_arena *arena;
  xs_item items[SHEET_ITEMS];
  size_t item_count, page_start;
  xs_page pages[SHEET_PAGES];
  xs_bookmark bookmarks[SHEET_BOOKMARKS];
  xs_pagelist list;
} sheet;

/* Opens a face of a font file that Debian installs; ends the program when it is not there. */
xs_face *sheet_face(const char *path, unsigned index);
void sheet_face_close(xs_face *face);

/* NULL when out of memory; all of it lives in one arena. A4. */
sheet *sheet_new(void);
void sheet_free(sheet *s);
/* An empty item on the page that is being filled. */
xs_item *sheet_item(sheet *s, xs_item_kind kind);
/* A run of text at x, y points, with `gap` points added behind each character. */
xs_item *sheet_text(sheet *s, const xs_face *face, int size_pt, int x_pt, int y_pt, xs_len gap,
                    const char *text);
/* A square picture, `side` pixels, red with a transparent middle; it lives with the sheet. */
xs_picture *sheet_seal(sheet *s, unsigned side);
xs_item *sheet_picture(sheet *s, const xs_picture *picture, int x_pt, int y_pt, int side_pt);
void sheet_bookmark(sheet *s, unsigned level, const char *title, int y_pt);
/* Ends the page; the page list in `list` is good after each end. */
void sheet_end_page(sheet *s, const char *label);

#endif
