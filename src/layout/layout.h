/*
 * Layout: a document becomes a page list. Reads the document and leaves it alone.
 *
 * The faces of the font set stay open as long as the page list is used.
 */
#ifndef XS_LAYOUT_LAYOUT_H
#define XS_LAYOUT_LAYOUT_H

#include "base/diag.h"
#include "model/document.h"
#include "model/pagelist.h"

/*
 * The faces of the file `fonts_xml`, opened when first needed. The files are looked for in
 * `dirs`, then in the folders that fonts.xml names. One set serves one thread at a time.
 */
typedef struct xs_fontset xs_fontset;
xs_status xs_fontset_open(const xs_host *host, xs_text fonts_xml, const xs_text *dirs,
                          size_t dir_count, xs_diags *diags, xs_fontset **out);
void xs_fontset_close(xs_fontset *fonts);

/*
 * XS_EINPUT, with an error at its place in fonts.xml, for each face asked for so far whose file is
 * there but broken. Layouts ask on their own; a set that has met such a file makes no pages.
 */
xs_status xs_fontset_sound(const xs_fontset *fonts, xs_diags *diags);

/* One face of a chain as fonts.xml states it, found or not. False when i is past the end. */
typedef struct xs_font_view {
  xs_role role; /* XS_ROLE_COUNT: a last resort */
  xs_text family, file;
  bool found;
  char digest[65]; /* of the file; empty when not found */
} xs_font_view;
bool xs_fontset_at(xs_fontset *fonts, size_t i, xs_font_view *out);
/* SHA-256 of the file a face stands in, hex; worked out when first asked for and kept. NULL when
 * out of memory or when the file cannot be read any more. */
const char *xs_fontset_digest(xs_fontset *fonts, const xs_face *face);
/* True when some face of the role's chain, or a last resort, has the character. */
bool xs_fontset_has(xs_fontset *fonts, xs_role role, uint32_t codepoint);

/* Sets the document. A character that no face has is an error with its code and both places;
 * *out stays NULL then. */
xs_status xs_layout(const xs_document *doc, xs_fontset *fonts, xs_diags *diags, xs_pagelist **out);

/*
 * Sets one line of text at a point of a page of a list that is being put together (a packet's
 * running page number): its baseline at y, and its left end, its middle or its right end at x
 * as `align` says. Items live in `a`.
 */
xs_status xs_layout_line(xs_arena *a, xs_fontset *fonts, const xs_char_style *style, xs_text text,
                         xs_align align, xs_len x, xs_len y, xs_diags *diags, const xs_item **items,
                         size_t *item_count);

#endif
