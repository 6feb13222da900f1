/* The store of --store, or the user's own, for the commands that look after it as a file. */
#ifndef XS_CLI_STORE_H
#define XS_CLI_STORE_H

#include "cli/session.h"
#include "store/check.h"

typedef enum xs_store_use {
  XS_STORE_TO_READ,
  XS_STORE_TO_WRITE,
  XS_STORE_TO_CHECK, /* written where it can be: the index of the search is checked so */
} xs_store_use;

/* Opens it. The path stands in the result. */
xs_status xs_session_store(xs_session *s, xs_store_use use, xs_store **out);

#endif
