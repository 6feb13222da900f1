/*
 * What a document says, as plain text: all words in the order in which they are read, a paragraph
 * or a cell a line. How it looks, heads and feet of pages, watermarks and pictures are left out, so
 * that two documents of the same words have the same text.
 */
#ifndef XS_MODEL_DOCUMENT_TEXT_H
#define XS_MODEL_DOCUMENT_TEXT_H

#include "base/buf.h"
#include "model/document.h"

void xs_document_text(const xs_document *doc, xs_buf *out);

#endif
