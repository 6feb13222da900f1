/* The operator's own rules, which lie over all rule packs. */
#ifndef XS_CLI_SITE_H
#define XS_CLI_SITE_H

#include "cli/session.h"

/*
 * Gives the engine of the session the files of --site; without that option all that end in .xml in
 * the folder of the user, by name; with --site none no file. What they say is read only when a pack
 * is asked for.
 */
xs_status xs_site_lay(xs_session *s);

#endif
