/* Where the program finds its own things: beside its executable, or where it was installed. */
#ifndef XS_CLI_PLACE_H
#define XS_CLI_PLACE_H

#include <stdbool.h>

/*
 * The folder that holds templates/ and fonts/: `stated`, else XIESHANG_DATA, else
 * ../share/xieshang beside the executable, else the place of installation. The caller frees it.
 * NULL when there is none; what was stated is returned unseen.
 */
char *xs_place_data(const char *stated);

/*
 * The file of the store: `stated`, else xieshang/xieshang.db in XDG_DATA_HOME or ~/.local/share.
 * With `create` the folder is made, for its owner alone. The caller frees it; NULL when there is no
 * home, or the folder cannot be made.
 */
char *xs_place_store(const char *stated, bool create);
/* The folder with the operator's own rules: xieshang/site in XDG_CONFIG_HOME, else in ~/.config.
 * The caller frees it. NULL when neither is known; whether it is there is not looked at. */
char *xs_place_site(void);

/* Chooses the language of the messages from the environment; numbers stay as in "C". */
void xs_place_language(void);

#endif
