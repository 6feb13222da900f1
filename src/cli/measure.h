/* xieshang check --format-9704: finished papers under the ruler. */
#ifndef XS_CLI_MEASURE_H
#define XS_CLI_MEASURE_H

#include "cli/session.h"

xs_exit xs_cli_measure(xs_session *s);

#endif
