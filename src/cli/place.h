/* Where the program finds its own things: beside its executable, or where it was installed. */
#ifndef XS_CLI_PLACE_H
#define XS_CLI_PLACE_H

/*
 * The folder that holds templates/ and fonts/: `stated`, else XIESHANG_DATA, else
 * ../share/xieshang beside the executable, else the place of installation. The caller frees it.
 * NULL when there is none; what was stated is returned unseen.
 */
char *xs_place_data(const char *stated);

/* Chooses the language of the messages from the environment; numbers stay as in "C". */
void xs_place_language(void);

#endif
