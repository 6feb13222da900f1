/*
 * The objects of a PDF file, read by libqpdf. This is the only header behind which qpdf is known.
 *
 * qpdf is not asked to unpack anything: a file of ours has neither object streams nor
 * cross-reference streams, and its streams are unpacked here, under the ceilings of
 * base/limits.h. What is damaged is refused and not mended.
 */
#ifndef XS_SURVEY_PDF_FILE_H
#define XS_SURVEY_PDF_FILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/len.h"

typedef struct xs_pdf_file xs_pdf_file;

/* `bytes` must live as long as the file. */
xs_status xs_pdf_file_open(xs_arena *a, xs_text name, xs_text bytes, xs_diags *diags,
                           xs_pdf_file **out);
/* NULL is fine. */
void xs_pdf_file_close(xs_pdf_file *f);

size_t xs_pdf_file_page_count(const xs_pdf_file *f);

typedef struct xs_pdf_page {
  xs_len width, height;
  xs_text content; /* unpacked */
} xs_pdf_page;

/* Page i, from 0; its text lives in `a`. */
xs_status xs_pdf_file_page(xs_pdf_file *f, xs_arena *a, size_t i, xs_pdf_page *out);

/* Codes from `first` on, and their widths in 1/1000 em. */
typedef struct xs_pdf_widths {
  uint32_t first;
  const int32_t *widths;
  size_t count;
} xs_pdf_widths;

typedef struct xs_pdf_font {
  const char *name;   /* PostScript name, with the tag of the subset */
  xs_text program;    /* a CFF font or a TrueType file */
  xs_text to_unicode; /* the character map */
  bool is_cff;
  int32_t default_width;
  const xs_pdf_widths *widths;
  size_t width_count;
} xs_pdf_font;

typedef struct xs_pdf_image {
  uint32_t width, height;
  unsigned channels; /* 1 or 3 */
  xs_text pixels;    /* unpacked, 8 bits a channel */
  xs_text alpha;     /* one byte a pixel; empty: all of it is opaque */
} xs_pdf_image;

/*
 * The object by which page i knows a font or a picture, so that it is read once: 0 when there is
 * none of this name.
 */
int xs_pdf_file_font_id(xs_pdf_file *f, size_t i, xs_text name);
int xs_pdf_file_image_id(xs_pdf_file *f, size_t i, xs_text name);
/* Both live in `a`, the arena of the file for the font. */
xs_status xs_pdf_file_font(xs_pdf_file *f, int id, xs_pdf_font *out);
xs_status xs_pdf_file_image(xs_pdf_file *f, xs_arena *a, int id, xs_pdf_image *out);

/* Says that the file is not one of the engine's, and why. Returns XS_EINPUT. */
xs_status xs_pdf_file_foreign(const xs_pdf_file *f, const char *format, ...) XS_PRINTF(2, 3);
/* Says that a budget is exceeded. Returns XS_ELIMIT. */
xs_status xs_pdf_file_limit(const xs_pdf_file *f, const char *what);

#endif
