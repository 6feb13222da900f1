/* Bytes that are kept once, under their digest: case files, packs, documents, evidence. */
#ifndef XS_STORE_BLOB_H
#define XS_STORE_BLOB_H

#include "store/store.h"

/*
 * The row of these bytes, new or not. `like` is the row of bytes they hardly differ from, 0 when
 * there is none: then only the difference takes room.
 */
xs_status xs_blob_put(xs_store *store, xs_text bytes, int64_t like, xs_diags *diags, int64_t *id);

/* The bytes of a row, with a NUL behind them, checked against their digest: store-damaged when
 * they are not what was put. */
xs_status xs_blob_get(xs_arena *a, xs_store *store, int64_t id, xs_diags *diags, xs_text *out);

#endif
