/*
 * libharu as the layer of PDF objects: dictionaries, arrays, streams, the page tree, the
 * cross-reference table. What stands in them is ours.
 *
 * All of a file's objects live in one arena and are dropped with it; libharu's own destructors
 * never run, so a failure half way leaves nothing to untangle. Errors are sticky: every call below
 * takes what an earlier one failed to make, does nothing then, and xs_haru_status tells at the end
 * of a step what the first failure was.
 */
#ifndef XS_OUTPUT_HARU_H
#define XS_OUTPUT_HARU_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/len.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>

typedef struct xs_haru {
  xs_arena *arena;
  HPDF_Doc doc;
} xs_haru;

/* One file at a time in each thread: libharu hands no context to its allocation function. */
xs_status xs_haru_open(const xs_host *host, xs_haru *out);
void xs_haru_close(xs_haru *h);

xs_status xs_haru_status(const xs_haru *h);
/* Makes a failure of ours libharu's own, so that it sticks. */
void xs_haru_fail(xs_haru *h, xs_status status);

/* Objects. An indirect one has a number and may be referred to from many places. */
HPDF_Dict xs_haru_dict(xs_haru *h);
HPDF_Dict xs_haru_indirect_dict(xs_haru *h);
HPDF_Array xs_haru_array(xs_haru *h);
/*
 * A stream over bytes that live as long as the arena; they are not copied. `filter` names how
 * they are packed already, NULL for not at all.
 */
HPDF_Dict xs_haru_stream(xs_haru *h, xs_text bytes, const char *filter);
void xs_haru_stream_set(xs_haru *h, HPDF_Dict stream, xs_text bytes, const char *filter);
/* A text string: UTF-16BE with its mark, or, of the first, ASCII as it is. */
void *xs_haru_text(xs_haru *h, xs_text utf8);
void *xs_haru_utf16(xs_haru *h, xs_text utf8);
/* A string of bytes that are printable ASCII. */
void *xs_haru_ascii(xs_haru *h, xs_text ascii);
void *xs_haru_bytes(xs_haru *h, const void *bytes, size_t len);

void xs_haru_set(HPDF_Dict dict, const char *key, void *object);
void xs_haru_set_name(HPDF_Dict dict, const char *key, const char *name);
void xs_haru_set_number(HPDF_Dict dict, const char *key, int64_t number);
void xs_haru_set_true(HPDF_Dict dict, const char *key);
void xs_haru_push(HPDF_Array array, void *object);
void xs_haru_push_number(HPDF_Array array, int64_t number);
void xs_haru_push_len(HPDF_Array array, xs_len len);
void xs_haru_push_name(HPDF_Array array, const char *name);

/* Appends the whole file to `out`. */
xs_status xs_haru_write(xs_haru *h, xs_buf *out);

#endif
