/* What an XML file is, told by its root element alone. */
#ifndef XS_PACKET_KIND_H
#define XS_PACKET_KIND_H

#include "packet/engine.h"

typedef struct xs_kind {
  xs_vocabulary vocabulary; /* XS_VOCABULARY_COUNT: none of ours, or not to be read as XML */
  bool template_whole;      /* a template, not a library of parts */
  bool calendar_over;       /* a calendar that lies over another one */
  xs_text about;            /* of a template: the path of what it is about */
} xs_kind;

/*
 * Looks at a file and reports nothing: whoever loads it then in earnest does. Texts live in `a`.
 * Fails only for want of memory.
 */
xs_status xs_kind_find(xs_arena *a, xs_text path, xs_kind *out);

#endif
