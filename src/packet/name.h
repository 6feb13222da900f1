/*
 * Names of files in a packet: safe on every system that an archive may be opened on, stable, and
 * readable.
 */
#ifndef XS_PACKET_NAME_H
#define XS_PACKET_NAME_H

#include "base/arena.h"

#include <stdbool.h>

/*
 * NN_题名.ext, or NN_题名_N.ext when `ordinal` is not 0. Characters that a file system forbids
 * are replaced by their full-width forms, invisible ones fall away, and a long title is cut, so
 * that the name has at most 255 bytes. ptr is NULL when out of memory.
 */
xs_text xs_name_make(xs_arena *a, xs_text number, xs_text title, uint32_t ordinal, const char *ext);

/* Why a name of an archive entry must not be unpacked as it is; NULL when it may. Untranslated. */
const char *xs_name_danger(xs_text name);

/*
 * The form under which two names are the same file on a system that ignores case and composes
 * characters. ptr is NULL when out of memory.
 */
xs_text xs_name_key(xs_arena *a, xs_text name);

#endif
