/* A font of the file: what its codes stand for, how far they advance, where their ink lies. */
#ifndef XS_SURVEY_SEEN_FONT_H
#define XS_SURVEY_SEEN_FONT_H

#include "survey/pdf_file.h"
#include "survey/survey.h"
#include "survey/to_unicode.h"

struct hb_font_t;

typedef struct xs_seen_font {
  const char *name; /* PostScript name without the tag of the subset */
  xs_unicode_map characters;
  const int32_t *widths; /* by code, 1/1000 em */
  uint32_t upem;
  struct hb_font_t *hb; /* closed with the arena */
} xs_seen_font;

/*
 * Opens a font of the file, in `a`. A program that HarfBuzz cannot use is XS_EINPUT; the caller
 * says so.
 */
xs_status xs_seen_font_open(xs_arena *a, const xs_pdf_font *font, xs_seen_font *out);

/* The ink of a code at this size with its origin at x, baseline. False: it leaves none. */
bool xs_seen_font_ink(const xs_seen_font *font, uint32_t code, xs_len size, xs_len x,
                      xs_len baseline, xs_box *out);

#endif
