/* The drawing as a file. */
#ifndef XS_WORKFLOW_GRAPH_FILE_H
#define XS_WORKFLOW_GRAPH_FILE_H

#include "workflow/graph.h"
#include "xieshang/graph.h"

/* Draws the order and writes it as `format`. *out is the caller's, to be freed. */
xs_status xs_graph_write(xs_engine *engine, const xs_graph_order *order, xs_graph_format format,
                         xs_diags *diags, xs_bytes *out) XS_MUST_CHECK;

#endif
