#include "base/arena.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * Blocks hang in a list, the one being filled first. A thing too large to share a block gets one
 * of its own behind the first, so that the room left in the first is not lost.
 *
 * Under AddressSanitizer every allocation is a block of its own and exactly as long as was
 * asked, so that reading or writing past its end is seen.
 */
#if defined __SANITIZE_ADDRESS__
#define CHECKED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define CHECKED 1
#endif
#endif
#ifndef CHECKED
#define CHECKED 0
#endif

enum { BLOCK_MIN_BYTES = 4096, BLOCK_MAX_BYTES = 256 * 1024 };

typedef struct block {
  struct block *next;
  size_t used;
  size_t len;
  _Alignas(max_align_t) unsigned char data[];
} block;

typedef struct closing {
  struct closing *next;
  void (*close)(void *);
  void *thing;
} closing;

struct xs_arena {
  const xs_host *host;
  block *blocks;
  closing *closings;
  size_t total_bytes; /* of all blocks, their heads included */
  bool is_full;
};

xs_arena *xs_arena_new(const xs_host *host)
{
  xs_arena *a = host->resize(host->user, NULL, sizeof *a);
  if (a) *a = (xs_arena){.host = host};
  return a;
}

void xs_arena_free(xs_arena *a)
{
  if (!a) return;
  for (closing *c = a->closings; c; c = c->next) c->close(c->thing);

  const xs_host *host = a->host;
  for (block *b = a->blocks; b;) {
    block *next = b->next;
    host->resize(host->user, b, 0);
    b = next;
  }
  host->resize(host->user, a, 0);
}

static void *refuse(xs_arena *a)
{
  a->is_full = true;
  return NULL;
}

/* A block that is not in the list yet; NULL when out of memory or above the ceiling. */
static block *block_new(xs_arena *a, size_t len)
{
  size_t room = XS_MAX_ARENA_BYTES - a->total_bytes;
  if (room < sizeof(block) || len > room - sizeof(block)) return refuse(a);
  size_t bytes = sizeof(block) + len;
  block *b = a->host->resize(a->host->user, NULL, bytes);
  if (!b) return NULL;
  *b = (block){.len = len};
  a->total_bytes += bytes;
  return b;
}

static void *take(block *b, size_t bytes)
{
  void *p = b->data + b->used;
  b->used += bytes;
  return memset(p, 0, bytes);
}

/* Blocks grow with the arena: a small one stays small, a large one asks seldom. */
static size_t next_block_len(const xs_arena *a)
{
  size_t len = a->total_bytes / 2;
  if (len < BLOCK_MIN_BYTES) len = BLOCK_MIN_BYTES;
  if (len > BLOCK_MAX_BYTES) len = BLOCK_MAX_BYTES;
  return len - sizeof(block);
}

static void *alloc_pooled(xs_arena *a, size_t bytes)
{
  const size_t align = _Alignof(max_align_t);
  bytes = bytes ? (bytes + align - 1) / align * align : align;

  block *first = a->blocks;
  if (first && first->len - first->used >= bytes) return take(first, bytes);

  size_t len = next_block_len(a);
  if (first && bytes > len / 4) {
    block *own = block_new(a, bytes);
    if (!own) return NULL;
    own->next = first->next;
    first->next = own;
    return take(own, bytes);
  }
  block *b = block_new(a, bytes > len ? bytes : len);
  if (!b) return NULL;
  b->next = first;
  a->blocks = b;
  return take(b, bytes);
}

static void *alloc_checked(xs_arena *a, size_t bytes)
{
  block *b = block_new(a, bytes);
  if (!b) return NULL;
  b->next = a->blocks;
  a->blocks = b;
  return take(b, bytes);
}

void *xs_arena_alloc(xs_arena *a, size_t bytes)
{
  if (bytes > XS_MAX_ARENA_BYTES) return refuse(a);
  return CHECKED ? alloc_checked(a, bytes) : alloc_pooled(a, bytes);
}

void *xs_arena_array(xs_arena *a, size_t count, size_t each)
{
  if (each && count > XS_MAX_ARENA_BYTES / each) return refuse(a);
  return xs_arena_alloc(a, count * each);
}

xs_text xs_arena_text(xs_arena *a, xs_text t)
{
  char *p = t.len < XS_MAX_ARENA_BYTES ? xs_arena_alloc(a, t.len + 1) : refuse(a);
  if (!p) return XS_NO_TEXT;
  if (t.len) memcpy(p, t.ptr, t.len);
  return (xs_text){p, t.len};
}

xs_text xs_arena_printf(xs_arena *a, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (len < 0) return XS_NO_TEXT;

  char *p = xs_arena_alloc(a, (size_t)len + 1);
  if (!p) return XS_NO_TEXT;
  va_start(args, format);
  vsnprintf(p, (size_t)len + 1, format, args);
  va_end(args);
  return (xs_text){p, (size_t)len};
}

int xs_arena_defer(xs_arena *a, void (*close)(void *), void *thing)
{
  closing *c = XS_NEW(a, closing);
  if (!c) {
    close(thing);
    return 0;
  }
  *c = (closing){.next = a->closings, .close = close, .thing = thing};
  a->closings = c;
  return 1;
}

const xs_host *xs_arena_host(const xs_arena *a)
{
  return a->host;
}

bool xs_arena_is_full(const xs_arena *a)
{
  return a->is_full;
}

/* `items` is a pointer to a pointer of some other type, so it is read and written as bytes. */
int xs_arena_grow(xs_arena *a, void **items, size_t count, size_t *capacity, size_t each)
{
  if (count < *capacity) return 1;
  size_t larger = *capacity ? *capacity * 2 : 8;
  void *new_items = xs_arena_array(a, larger, each);
  if (!new_items) return 0;

  void *old_items;
  memcpy(&old_items, (const void *)items, sizeof old_items);
  if (count) memcpy(new_items, old_items, count * each);
  memcpy((void *)items, &new_items, sizeof new_items);
  *capacity = larger;
  return 1;
}
