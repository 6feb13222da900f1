/*
 * A host whose n-th allocation fails. Tests run the same thing with n = 1, 2, 3 … until it
 * passes, and expect XS_ENOMEM, no leak and nothing half done before that.
 */
#ifndef TESTS_FAIL_HOST_H
#define TESTS_FAIL_HOST_H

#include "xieshang/base.h"

typedef struct fail_host {
  xs_host host;
  long passes;  /* allocations that still succeed; below 0: all do */
  size_t asked; /* allocations asked for, failures included */
  size_t live;  /* blocks not freed yet */
} fail_host;

static void *fail_host_resize(void *user, void *ptr, size_t n)
{
  fail_host *f = (fail_host *)user;
  const xs_host *real = xs_host_posix();
  if (n == 0) {
    f->live -= ptr != NULL;
    return real->resize(real->user, ptr, 0);
  }
  f->asked++;
  if (f->passes == 0) return NULL;
  if (f->passes > 0) f->passes--;
  void *moved = real->resize(real->user, ptr, n);
  f->live += moved && !ptr;
  return moved;
}

/* The host to pass on is &f->host. */
static inline void fail_host_init(fail_host *f, long passes)
{
  *f = (fail_host){*xs_host_posix(), passes, 0, 0};
  f->host.user = f;
  f->host.resize = fail_host_resize;
}

#endif
