/* The store of a command, and who acts in it. */
#ifndef XS_CLI_OFFICE_H
#define XS_CLI_OFFICE_H

#include "cli/session.h"
#include "xieshang/office.h"

#include <libxml/tree.h>

/*
 * Opens the engine and the store of --store, or the user's own. A query opens it read-only: then
 * nothing changes, not even a byte of the file. *out is closed by the caller.
 */
xs_status xs_session_office(xs_session *s, unsigned flags, xs_office **out);

/* --as, --role, --date, --reason, --evidence, --with, --into, --base. False, and said on stderr,
 * when --as is missing or one cannot be read. `evidence` holds the paths. */
typedef struct xs_cli_act {
  xs_act act;
  const char *evidence[XS_MAX_REPEATED];
} xs_cli_act;
bool xs_args_act(const xs_args *args, xs_cli_act *out);

/* What was done, as members of the result and as lines on stdout. */
void xs_office_tell(xs_session *s, const xs_done *done);

/* An element with its attributes, and its children by their names in arrays. */
json_t *xs_json_element(const xmlNode *element);

#endif
