/* The shelf: which templates and packet plans lie in the data folder. */
#ifndef XS_PACKET_SHELF_H
#define XS_PACKET_SHELF_H

#include "xieshang/engine.h"

#include <stdbool.h>

typedef struct xs_shelf {
  bool read; /* the folder was walked; what it holds stands below, sorted by id */
  xs_paper_view *views;
  size_t count, capacity;
} xs_shelf;

#endif
