#include "model/face.h"

#include "base/diag.h"

xs_span xs_face_span(const xs_face *face, xs_diags *diags)
{
  const xs_face_place *place = &face->place;
  if (!place->bytes.ptr) return XS_NOWHERE;
  /* The list may have been read for another list of messages, long ago. */
  uint32_t source = xs_diags_source_copy(diags, place->list, place->bytes);
  return source ? (xs_span){source, place->off, place->len} : XS_NOWHERE;
}
