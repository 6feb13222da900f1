/* A host whose clock the test sets. Stores lie in a file of the test's folder. */
#ifndef TESTS_CLOCK_HOST_H
#define TESTS_CLOCK_HOST_H

#include "xieshang/base.h"

typedef struct clock_host {
  xs_host host;
  int64_t now;
} clock_host;

static int64_t clock_host_now(void *user)
{
  return ((clock_host *)user)->now;
}

/* The host to pass on is &c->host. */
static inline void clock_host_init(clock_host *c, int64_t now)
{
  *c = (clock_host){*xs_host_posix(), now};
  c->host.user = c;
  c->host.now = clock_host_now;
}

#endif
