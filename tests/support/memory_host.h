/*
 * A host with one file in memory. All other files are those of the system.
 */
#ifndef TESTS_MEMORY_HOST_H
#define TESTS_MEMORY_HOST_H

#include "xieshang/base.h"

#include <errno.h>
#include <string.h>

typedef struct memory_host {
  xs_host host;
  const char *path;
  const void *ptr; /* NULL: the file is not there */
  size_t len;
} memory_host;

static int memory_host_map(void *user, const char *path, size_t max_bytes, const void **ptr,
                           size_t *len)
{
  const memory_host *m = (const memory_host *)user;
  if (strcmp(path, m->path) != 0) return xs_host_posix()->map(NULL, path, max_bytes, ptr, len);
  errno = !m->ptr ? ENOENT : m->len > max_bytes ? EFBIG : 0;
  if (errno) return -1;
  *ptr = m->ptr;
  *len = m->len;
  return 0;
}

static void memory_host_unmap(void *user, const void *ptr, size_t len)
{
  const memory_host *m = (const memory_host *)user;
  if (ptr != m->ptr) xs_host_posix()->unmap(NULL, ptr, len);
}

static inline void memory_host_init(memory_host *m, const char *path, const void *ptr, size_t len)
{
  *m = (memory_host){.host = *xs_host_posix(), .path = path, .ptr = ptr, .len = len};
  m->host.user = m;
  m->host.map = memory_host_map;
  m->host.unmap = memory_host_unmap;
}

#endif
