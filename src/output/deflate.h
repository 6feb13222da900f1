/* Packs the streams of one file into the form of FlateDecode. */
#ifndef XS_OUTPUT_DEFLATE_H
#define XS_OUTPUT_DEFLATE_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct xs_deflater xs_deflater;

/* NULL when out of memory. */
xs_deflater *xs_deflater_new(const xs_host *host);
void xs_deflater_free(xs_deflater *d);

/* The packed form of `raw`, in `a`. */
xs_status xs_deflate(xs_deflater *d, xs_arena *a, xs_text raw, xs_text *out);

#endif
