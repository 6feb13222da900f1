/* The small pieces that both dumps are put together from. */
#ifndef XS_MODEL_DUMP_H
#define XS_MODEL_DUMP_H

#include "base/buf.h"
#include "base/len.h"
#include "model/document.h"

/* Two spaces a level. */
void xs_dump_indent(xs_buf *out, unsigned depth);
/* Points with two decimals, and millimetres with one, rounded half away from zero. */
void xs_dump_pt(xs_buf *out, xs_len len);
void xs_dump_mm(xs_buf *out, xs_len len);
/* “text”; a control character is written as <U+0009>. */
void xs_dump_text(xs_buf *out, xs_text t);
/* A line of its own, ` key “text”`; nothing when the text is empty. */
void xs_dump_field(xs_buf *out, unsigned depth, const char *key, xs_text t);
/* ` #C00000`; nothing for black. */
void xs_dump_color(xs_buf *out, xs_color color);

const char *xs_align_name(xs_align align);
const char *xs_copy_name(xs_copy copy);

#endif
