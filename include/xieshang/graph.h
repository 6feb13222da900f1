/*
 * The workflow as a drawing for the wall: states, steps, and the days within which the law wants
 * them done.
 */
#ifndef XIESHANG_GRAPH_H
#define XIESHANG_GRAPH_H

#include "xieshang/office.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum xs_graph_format {
  XS_GRAPH_PDF, /* PDF/A-1b */
  XS_GRAPH_SVG, /* looks the same where no font is installed */
} xs_graph_format;

typedef struct xs_graph_options {
  xs_graph_format format;
  const char *track; /* the only track to be drawn; NULL: all, side by side */
  uint32_t as_of;    /* YYYYMMDD: facts after it have not happened; 0: today */
} xs_graph_options;

/*
 * One page. With a case its rule pack is asked for the limits, and the states that it stands in, as
 * far as its facts tell, are marked; `kase` may be NULL.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_graph(xs_engine *engine, const xs_case *kase,
                                               const xs_graph_options *options, xs_diags *diags,
                                               xs_bytes *out);

/* The same with the states that a case of the store stands in. */
XS_API XS_MUST_CHECK xs_status xs_office_graph(xs_office *office, const char *uid,
                                               const xs_graph_options *options, xs_diags *diags,
                                               xs_bytes *out);

#ifdef __cplusplus
}
#endif

#endif
