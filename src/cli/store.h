/* The store of --store, or the user's own, for the commands that look after it as a file. */
#ifndef XS_CLI_STORE_H
#define XS_CLI_STORE_H

#include "cli/session.h"
#include "store/check.h"

/* Opens it with flags of xs_store_open. The path stands in the result. */
xs_status xs_session_store(xs_session *s, unsigned flags, xs_store **out);

#endif
