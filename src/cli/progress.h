/* A bar on the terminal for work that takes longer than a second. */
#ifndef XS_CLI_PROGRESS_H
#define XS_CLI_PROGRESS_H

#include "xieshang/base.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct xs_progress {
  size_t width;     /* of the terminal; 0: nothing is drawn */
  int64_t begun_ms; /* by the monotonic clock */
  bool drawn;
} xs_progress;

void xs_progress_begin(xs_progress *p);
/* Has the form of xs_packet_options.progress; `progress` is an xs_progress. */
void xs_progress_step(void *progress, size_t done, size_t all, xs_text title);
/* Wipes the bar. */
void xs_progress_end(xs_progress *p);

#endif
