/* Where words of Western text may be parted, by libhyphen and its patterns. */
#ifndef XS_LAYOUT_HYPHEN_H
#define XS_LAYOUT_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct xs_hyphens xs_hyphens;

/* The patterns of a file, NULL when it cannot be read. The caller closes them. */
xs_hyphens *xs_hyphens_open(const char *path);
void xs_hyphens_close(xs_hyphens *h);

enum { XS_HYPHENS_MAX_WORD = 60 };

/*
 * Marks the letters of an English word behind which a hyphen may stand: points[i] for letter i.
 * The word is of ASCII letters, at most XS_HYPHENS_MAX_WORD of them. False when there is no point.
 */
bool xs_hyphens_find(xs_hyphens *h, const char *word, size_t len, bool *points);

#endif
