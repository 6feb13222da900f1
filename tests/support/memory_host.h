/*
 * A host whose files are held in memory: one file to read, and a record of what is written.
 */
#ifndef TESTS_MEMORY_HOST_H
#define TESTS_MEMORY_HOST_H

#include "xieshang/base.h"

#include <errno.h>

typedef struct memory_host {
  xs_host host;
  const void *ptr; /* of every file that is read; NULL: there is none */
  size_t len;
} memory_host;

static int memory_host_map(void *user, const char *path, size_t max_bytes, const void **ptr,
                           size_t *len)
{
  (void)path;
  const memory_host *m = (const memory_host *)user;
  errno = !m->ptr ? ENOENT : m->len > max_bytes ? EFBIG : 0;
  if (errno) return -1;
  *ptr = m->ptr;
  *len = m->len;
  return 0;
}

static void memory_host_unmap(void *user, const void *ptr, size_t len)
{
  (void)user;
  (void)ptr;
  (void)len;
}

static inline void memory_host_init(memory_host *m, const void *ptr, size_t len)
{
  *m = (memory_host){.host = *xs_host_posix(), .ptr = ptr, .len = len};
  m->host.user = m;
  m->host.map = memory_host_map;
  m->host.unmap = memory_host_unmap;
}

#endif
