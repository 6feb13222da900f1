/* Packs the streams of one file with zlib, keeping its working memory between them. */
#ifndef XS_OUTPUT_DEFLATE_H
#define XS_OUTPUT_DEFLATE_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct xs_deflater xs_deflater;

/* NULL when out of memory. */
xs_deflater *xs_deflater_new(const xs_host *host);
void xs_deflater_free(xs_deflater *d);

/* One stream piece by piece: begin, add any number of times, end. A failure on the way is kept
 * and returned by `end`. The packed form lies in `a`. */
void xs_deflate_begin(xs_deflater *d);
void xs_deflate_add(xs_deflater *d, xs_text raw);
xs_status xs_deflate_end(xs_deflater *d, xs_arena *a, xs_text *out);

/* The same in one step. */
xs_status xs_deflate(xs_deflater *d, xs_arena *a, xs_text raw, xs_text *out);

#endif
