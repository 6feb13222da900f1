/* Sorting the nodes of a loop. */
#ifndef XS_TEMPLATE_SORT_H
#define XS_TEMPLATE_SORT_H

#include "template/evaluation.h"
#include "template/node.h"

/*
 * Replaces *nodes by a list sorted as `n` says: `sort` gives the key of a node, `order` how keys
 * compare (pinyin, stroke, number, text), `descending` the direction. Equal keys keep the order
 * of the case. A node without a key is a diagnostic and XS_EINPUT.
 */
xs_status xs_sort_nodes(xs_evaluation *ev, const xs_node *n, const xmlNode *const **nodes,
                        size_t count);

#endif
