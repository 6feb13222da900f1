#include "layout/line_grid.h"

/*
 * PG-01  The ems of lines begin at whole multiples of the pitch below the upper edge of the type
 *        area: paragraphs of a style with `grid`, on a page with a grid of lines
 *        (GB/T 9704 5.2.3).
 * PG-02  What is left over between a title or another thing off the grid and the next line on it
 *        goes in equal parts above all of these that have room above them.
 */

/* A line so little below its place stands on it: lengths in mm and in pt do not meet exactly. */
static const xs_len tolerance = XS_PT(1) / 32;

xs_len xs_line_grid_room(xs_len pitch, xs_len y, const xs_piece *p)
{
  if (!pitch || !p->on_grid) return 0;
  xs_len over = (y + p->slack_top) % pitch;
  if (over < 0) over += pitch;
  return over <= tolerance ? 0 : pitch - over;
}

/* PG-02, among the pieces (fixed, last]. */
static void share(xs_piece *pieces, size_t fixed, size_t last, xs_len room)
{
  xs_len places = 0, seen = 0;
  for (size_t i = fixed + 1; i <= last; i++) places += pieces[i].before > 0;
  if (!places) {
    pieces[last].before += room;
    return;
  }
  for (size_t i = fixed + 1; i <= last; i++) {
    if (pieces[i].before <= 0) continue;
    pieces[i].before += room / places + (seen < room % places);
    seen++;
  }
}

void xs_line_grid_settle(xs_len pitch, xs_piece *pieces, size_t count)
{
  if (!count) return;
  size_t fixed = 0;
  xs_len y = pieces[0].height - pieces[0].slack_top;
  for (size_t i = 1; i < count; i++) {
    y += pieces[i].before;
    xs_len room = xs_line_grid_room(pitch, y, &pieces[i]);
    if (room) share(pieces, fixed, i, room);
    if (pieces[i].on_grid) fixed = i;
    y += room + pieces[i].height;
  }
}
