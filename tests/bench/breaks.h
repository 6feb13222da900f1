/* What choosing the breaks of paragraphs costs: greedily, and as the engine does it. */
#ifndef BENCH_BREAKS_H
#define BENCH_BREAKS_H

#include "layout/layout.h"

/*
 * Sets every paragraph of the document's first section on a measure of 28 characters, and counts
 * the CPU time of the whole and of the choice alone. False when something fails.
 */
bool breaks_measure(const xs_document *doc, xs_fontset *fonts, xs_diags *diags, bool greedy,
                    double *whole_ms, double *choice_ms);

#endif
