/*
 * Few crossings: each row in turn is sorted by the mean place of what its vertices are tied to in
 * the row before, downwards and upwards again, and then neighbours change places as long as that
 * takes a crossing away. The best order that was met is kept (Sugiyama, Tagawa and Toda, 1981).
 */
#include "layout/diagram_graph.h"

enum { SWEEPS = 24, MEAN_UNIT = 1024 };

/* ---- counting -------------------------------------------------------------------------------- */

static bool crosses(const xs_layered *g, const xs_segment *a, const xs_segment *b)
{
  const xs_vertex *v = g->vertices;
  bool above = v[a->upper].column < v[b->upper].column,
       below = v[a->lower].column < v[b->lower].column;
  if (!a->weight || !b->weight) return false; /* one of them is not drawn */
  return a->upper != b->upper && a->lower != b->lower && above != below;
}

/* The crossings in the channel below a row. */
static uint64_t count_below(const xs_layered *g, size_t row)
{
  uint64_t count = 0;
  for (size_t i = 0; i < g->channel_lengths[row]; i++)
    for (size_t j = i + 1; j < g->channel_lengths[row]; j++)
      count += crosses(g, &g->segments[g->channels[row][i]], &g->segments[g->channels[row][j]]);
  return count;
}

static uint64_t count_all(const xs_layered *g)
{
  uint64_t count = 0;
  for (size_t row = 0; row + 1 < g->row_count; row++) count += count_below(g, row);
  return count;
}

static uint64_t count_around(const xs_layered *g, size_t row)
{
  return (row ? count_below(g, row - 1) : 0) + count_below(g, row);
}

/* ---- changing -------------------------------------------------------------------------------- */

static void set_at(xs_layered *g, size_t row, size_t column, size_t vertex)
{
  g->rows[row][column] = vertex;
  g->vertices[vertex].column = column;
}

/* The mean column of its neighbours in the other row; its own one when it has none. */
static uint64_t mean_of(const xs_layered *g, size_t vertex, bool from_above)
{
  uint64_t sum = 0, count = 0;
  size_t row = g->vertices[vertex].row - from_above;
  for (size_t i = 0; i < g->channel_lengths[row]; i++) {
    const xs_segment *s = &g->segments[g->channels[row][i]];
    if ((from_above ? s->lower : s->upper) != vertex) continue;
    sum += g->vertices[from_above ? s->upper : s->lower].column;
    count++;
  }
  return count ? sum * MEAN_UNIT / count : g->vertices[vertex].column * MEAN_UNIT;
}

static void sort_row(xs_layered *g, size_t row, bool from_above, uint64_t *means)
{
  for (size_t i = 0; i < g->row_lengths[row]; i++)
    means[i] = mean_of(g, g->rows[row][i], from_above);
  for (size_t i = 1; i < g->row_lengths[row]; i++) {
    size_t vertex = g->rows[row][i], at = i;
    uint64_t mean = means[i];
    for (; at > 0 && means[at - 1] > mean; at--) {
      means[at] = means[at - 1];
      set_at(g, row, at, g->rows[row][at - 1]);
    }
    means[at] = mean;
    set_at(g, row, at, vertex);
  }
}

static void swap(xs_layered *g, size_t row, size_t column)
{
  size_t left = g->rows[row][column], right = g->rows[row][column + 1];
  set_at(g, row, column, right);
  set_at(g, row, column + 1, left);
}

/* Neighbours change places while that helps. */
static void exchange_neighbours(xs_layered *g)
{
  bool better = true;
  while (better) {
    better = false;
    for (size_t row = 0; row < g->row_count; row++)
      for (size_t i = 0; i + 1 < g->row_lengths[row]; i++) {
        uint64_t before = count_around(g, row);
        if (!before) break;
        swap(g, row, i);
        if (count_around(g, row) < before)
          better = true;
        else
          swap(g, row, i);
      }
  }
}

static void sweep(xs_layered *g, bool downwards, uint64_t *means)
{
  for (size_t i = 1; i < g->row_count; i++)
    sort_row(g, downwards ? i : g->row_count - 1 - i, downwards, means);
}

/* ---- keeping the best ------------------------------------------------------------------------ */

static void keep(const xs_layered *g, size_t *columns)
{
  for (size_t i = 0; i < g->vertex_count; i++) columns[i] = g->vertices[i].column;
}

static void restore(xs_layered *g, const size_t *columns)
{
  for (size_t i = 0; i < g->vertex_count; i++) set_at(g, g->vertices[i].row, columns[i], i);
}

xs_status xs_layered_order(xs_layered *g)
{
  size_t *best = XS_NEW_ARRAY(g->a, g->vertex_count, size_t);
  uint64_t *means = XS_NEW_ARRAY(g->a, g->vertex_count, uint64_t);
  if (!best || !means) return XS_ENOMEM;
  exchange_neighbours(g);
  uint64_t least = count_all(g);
  keep(g, best);
  for (int i = 0; i < SWEEPS && least; i++) {
    sweep(g, i % 2 == 0, means);
    exchange_neighbours(g);
    uint64_t count = count_all(g);
    if (count >= least) continue;
    least = count;
    keep(g, best);
  }
  restore(g, best);
  return XS_OK;
}
