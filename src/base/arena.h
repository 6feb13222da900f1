/*
 * Memory by lifetime: a case, a compiled template, a document and a page list own an arena each
 * and are dropped whole. Nothing in an arena is freed alone.
 */
#ifndef XS_BASE_ARENA_H
#define XS_BASE_ARENA_H

#include "xieshang/base.h"

#include <stdbool.h>

/* NULL when out of memory. In checked builds each allocation is a block of its own. */
xs_arena *xs_arena_new(const xs_host *host);
void xs_arena_free(xs_arena *a);

/* Zeroed and aligned for any type. NULL when out of memory or above XS_MAX_ARENA_BYTES. */
void *xs_arena_alloc(xs_arena *a, size_t bytes);

/* Room for `count` things of `each` bytes; NULL also when the product overflows. */
void *xs_arena_array(xs_arena *a, size_t count, size_t each);

/* A copy with a NUL behind it that `len` does not count. ptr is NULL when out of memory. */
xs_text xs_arena_text(xs_arena *a, xs_text t);

/* printf into the arena; ptr is NULL when out of memory. */
xs_text xs_arena_printf(xs_arena *a, const char *format, ...) XS_PRINTF(2, 3);

/* Runs `close(thing)` when the arena is dropped, last registered first. False: out of memory,
 * and `close` has been called already. */
int xs_arena_defer(xs_arena *a, void (*close)(void *), void *thing);

const xs_host *xs_arena_host(const xs_arena *a);
/* Whether something was refused because it would pass XS_MAX_ARENA_BYTES. */
bool xs_arena_is_full(const xs_arena *a);

#define XS_NEW(a, type)          ((type *)xs_arena_alloc((a), sizeof(type)))
#define XS_NEW_ARRAY(a, n, type) ((type *)xs_arena_array((a), (n), sizeof(type)))

/*
 * Appends to an array that lives in an arena and doubles as it grows:
 *   xs_run *slot = XS_PUSH(a, list.items, list.count, list.capacity);
 * NULL when out of memory; the array is then as it was.
 */
#define XS_PUSH(a, items, count, capacity)                                                         \
  (xs_arena_grow((a), (void **)&(items), (count), &(capacity), sizeof *(items))                    \
       ? &(items)[(count)++]                                                                       \
       : NULL)
int xs_arena_grow(xs_arena *a, void **items, size_t count, size_t *capacity, size_t each);

#endif
