/* The file of --output: a path, or - for standard output. */
#ifndef XS_CLI_OUT_FILE_H
#define XS_CLI_OUT_FILE_H

#include "cli/session.h"

/* Whether it is standard output; false when the option was not given. */
bool xs_out_file_is_stdout(const xs_session *s);
/* Before there is anything to write: says on stderr when the PDF would go to a terminal or among
 * JSON, and returns false. */
bool xs_out_file_check(const xs_session *s);
/* Writes it in one step, and tells the path and the number of bytes in the result. */
xs_status xs_out_file_write(xs_session *s, const xs_bytes *pdf);

#endif
