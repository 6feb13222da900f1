/* Moments as text: 2025-03-04T02:11:00Z. They are kept as seconds since 1970 in UTC. */
#ifndef XS_STORE_MOMENT_H
#define XS_STORE_MOMENT_H

#include "xieshang/base.h"

#include <stdbool.h>

enum { XS_MOMENT_ROOM = 32 };

/* Of the years 1970 to 2100; anything else is written as the nearest of them. */
void xs_moment_write(int64_t seconds, char out[XS_MOMENT_ROOM]);
/* False on anything but exactly this form, and on a moment that does not exist. */
bool xs_moment_read(xs_text text, int64_t *seconds);

#endif
